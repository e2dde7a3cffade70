//! The rules of the tables: briefs of all, and whole ones where they are asked for.
//!
//! Rules are numbered: those of the built-in table in its order, then the caller's own. Of a built-in one its brief and its
//! place in the table stand in the file that holds what is compiled ([`super::compiled`]), and its row is read anew
//! each time that more is wanted; the caller's own are kept as they were read.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::brief::Brief;
use super::{Rule, table};
use crate::rows::{Reader, Rows, number};

/// The built-in table.
pub(super) const TABLE: &str = include_str!("patterns.tsv");

/// The rules of the built-in table, if there is one, and of the caller's.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Of every rule.
    briefs: Rows<{ Brief::SIZE }>,
    /// Where the row of each built-in rule begins.
    places: Rows<4>,
    own: Vec<Rule>,
    /// All of them, once they are wanted.
    all: OnceLock<Vec<Rule>>,
}

impl Rules {
    /// Reads what [`Self::write`] wrote of the built-in table; `None` for a file that is damaged.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let rules = Self { briefs: reader.rows()?, places: reader.rows()?, ..Self::default() };
        (rules.briefs.len() == rules.places.len()).then_some(rules)
    }

    /// Appends the rules of the built-in table to a file.
    #[cfg(test)]
    pub(super) fn write(rules: &[Rule], out: &mut Vec<u8>) {
        use crate::rows::write;
        // The header line ends before the first row, and each row before the next.
        let ends = memchr::memchr_iter(b'\n', TABLE.as_bytes()).take(rules.len());
        let places: Vec<_> = ends.map(|end| (end as u32 + 1).to_le_bytes()).collect();
        let briefs: Vec<_> = rules.iter().map(|rule| Brief::of(rule).to_row()).collect();
        write(&briefs, out);
        write(&places, out);
    }

    /// These rules, and then the caller's own.
    pub(super) fn with(&self, own: Vec<Rule>) -> Self {
        let builtin = self.briefs.get(..self.first_own()).unwrap_or_default();
        let briefs = builtin.iter().copied().chain(own.iter().map(|rule| Brief::of(rule).to_row()));
        Self { briefs: briefs.collect(), places: self.places.clone(), own, all: OnceLock::new() }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.briefs.len()
    }

    /// The number of the first rule that is not built in.
    pub(super) fn first_own(&self) -> usize {
        self.places.len()
    }

    /// Whether a rule is the caller's own.
    pub(super) fn is_own(&self, rule: u16) -> bool {
        usize::from(rule) >= self.first_own()
    }

    /// What is asked of a rule at every hit.
    pub(super) fn brief(&self, rule: u16) -> Option<Brief> {
        self.briefs.get(usize::from(rule)).copied().and_then(Brief::of_row)
    }

    /// The id of a rule.
    pub(super) fn id(&self, rule: u16) -> Option<Cow<'static, str>> {
        match self.own(rule) {
            Some(own) => Some(own.id.clone()),
            None => self.row(rule).and_then(table::id).map(Cow::Borrowed),
        }
    }

    /// The pattern of a rule.
    pub(super) fn pattern(&self, rule: u16) -> Option<Cow<'static, str>> {
        match self.own(rule) {
            Some(own) => Some(own.pattern.clone()),
            None => self.row(rule).and_then(table::builtin).map(|rule| rule.pattern),
        }
    }

    /// Whether a rule counts on pages of this host. Built-in ones do on all.
    pub(super) fn applies(&self, rule: u16, host: Option<&str>) -> bool {
        self.own(rule).is_none_or(|own| own.applies(host))
    }

    /// All rules.
    pub(super) fn all(&self) -> &[Rule] {
        self.all.get_or_init(|| {
            let places = (0..self.first_own()).map(|rule| number(&self.places, rule));
            let builtin = places.filter_map(|place| row_at(place).and_then(table::builtin));
            builtin.chain(self.own.iter().cloned()).collect()
        })
    }

    /// The caller's own rule with this number.
    fn own(&self, rule: u16) -> Option<&Rule> {
        self.own.get(usize::from(rule).checked_sub(self.first_own())?)
    }

    /// The row of a built-in rule.
    fn row(&self, rule: u16) -> Option<&'static str> {
        let rule = usize::from(rule);
        (rule < self.first_own()).then(|| row_at(number(&self.places, rule)))?
    }
}

/// The row of the built-in table that begins at a place.
fn row_at(place: u32) -> Option<&'static str> {
    TABLE.get(place as usize..)?.split('\n').next()
}
