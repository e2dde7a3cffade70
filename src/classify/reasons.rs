//! Why a block of a page was judged so: the rules that hit it and the names around it, and what weighed most.

use super::blend::Blend;
use super::{family, rule_ids, strongest_evidence};
use crate::document::{Document, Evidence, Family, Reason};
use crate::features::{self, Columns, Facts, Feature};
use crate::options::{Detail, Options};
use crate::patterns::Patterns;

/// Ancestors whose names a reason looks at.
const NAMED_LEVELS: usize = 8;

/// What the names of the elements around a block say.
#[derive(Debug, Default)]
pub(super) struct ByName {
    /// The family of the strongest rule at the nearest element that any hits.
    pub(super) family: Option<Family>,
    /// All rules that hit, the nearest element's first.
    rules: Vec<u16>,
}

/// What is asked block by block.
pub(super) struct Reasons<'a> {
    document: &'a Document,
    facts: &'a Facts<'a>,
    columns: &'a Columns,
    blend: &'a Blend<'a>,
    patterns: &'a Patterns,
    /// Families by name are asked for: they are told, or they decide.
    wants_names: bool,
    /// The features, where they are told.
    table: Vec<Feature>,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(
        document: &'a Document,
        facts: &'a Facts<'a>,
        columns: &'a Columns,
        blend: &'a Blend<'a>,
        options: &'a Options,
    ) -> Self {
        let is_full = options.get_detail() == Detail::Full;
        Self {
            document,
            facts,
            columns,
            blend,
            patterns: options.get_rules(),
            wants_names: is_full || options.chooses_families(),
            table: if is_full { features::table() } else { Vec::new() },
        }
    }

    /// Why a block was judged so, without what the site says.
    pub(super) fn reason(&self, block: usize, by_name: &ByName, note: Option<&'static str>) -> Reason {
        let mut rules = rule_ids(&self.facts.hits[block], self.patterns);
        rules.extend(rule_ids(&by_name.rules, self.patterns));
        Reason { rules, evidence: self.evidence(block), note }
    }

    /// What the names of the elements around a block say; nothing where nobody asks.
    pub(super) fn by_name(&self, block: usize) -> ByName {
        let mut found = ByName::default();
        if !self.wants_names {
            return found;
        }
        let outline = &self.document.outline;
        for (_, element) in outline.ancestors(self.document.blocks[block].element).take(NAMED_LEVELS) {
            let first = found.rules.len();
            for rule in self.facts.rules_by_name(element) {
                if !found.rules.contains(&rule) {
                    found.rules.push(rule);
                }
            }
            found.family = found.family.or_else(|| family(found.rules.get(first..)?, self.patterns));
        }
        found
    }

    /// The features that weighed most; none in brief.
    fn evidence(&self, block: usize) -> Vec<Evidence> {
        if self.table.is_empty() {
            return Vec::new();
        }
        let mut parts = vec![0.0_f32; self.table.len()];
        self.blend.attribute(self.columns, block, |feature, part| parts[feature] += part);
        strongest_evidence(&parts, &self.table, |feature| self.columns.get(feature, block))
    }
}
