//! The rows of the table that hit, with counts; a buffer to be used again for block after block.

use std::cmp::max;

use super::fold::Folded;
use super::literals::Scratch;
use super::{Position, Rule, Strength};
use crate::document::Family;

const FAMILIES: usize = Family::ALL.len();

/// The distinct rules that hit since the last [`Hits::clear`], and the working memory to find them.
///
/// Counts are of distinct rules, not of places in the text.
#[derive(Debug, Clone)]
pub struct Hits {
    rules: Vec<u16>,
    families: [u16; FAMILIES],
    strongest: [Option<Strength>; FAMILIES],
    positions: [u16; 3],
    strengths: [u16; 3],
    pub(super) folded: Folded,
    pub(super) scratch: Scratch,
}

impl Default for Hits {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            families: [0; FAMILIES],
            strongest: [None; FAMILIES],
            positions: [0; 3],
            strengths: [0; 3],
            folded: Folded::default(),
            scratch: Scratch::default(),
        }
    }
}

impl Hits {
    /// Forgets all hits; the memory stays.
    pub fn clear(&mut self) {
        self.rules.clear();
        self.families = [0; FAMILIES];
        self.strongest = [None; FAMILIES];
        self.positions = [0; 3];
        self.strengths = [0; 3];
    }

    /// The rules that hit, as indices into [`Patterns::rules`](super::Patterns::rules): distinct, ascending.
    #[must_use]
    pub fn rules(&self) -> &[u16] {
        &self.rules
    }

    /// Rules that hit and are of this strength.
    #[must_use]
    pub fn strength(&self, strength: Strength) -> u16 {
        self.strengths.get(strength as usize).copied().unwrap_or(0)
    }

    /// Notes a hit; a rule that is noted already changes nothing.
    pub(super) fn insert(&mut self, index: u16, rule: &Rule) {
        let Err(place) = self.rules.binary_search(&index) else { return };
        self.rules.insert(place, index);
        self.positions[rule.position as usize] += 1;
        self.strengths[rule.strength as usize] += 1;
        if let (Some(count), Some(strongest)) =
            (self.families.get_mut(rule.family as usize), self.strongest.get_mut(rule.family as usize))
        {
            *count += 1;
            *strongest = max(*strongest, Some(rule.strength));
        }
    }
}
