//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): those that stand for a small number of texts are looked up
//! whole; of the others those are tried whose first or last bytes the line has, or one of the texts without which they
//! cannot match, or whose shape it has. Each is compiled when it is first tried, so that a run that meets no footer pays for none.

use std::sync::OnceLock;

use regex::Regex;

use super::finder::Finder;
use super::index::Index;
use super::plan::plan;
use super::{Cue, Rule, fold};
use crate::error::Result;

/// Line patterns, compiled.
#[derive(Debug)]
pub(super) struct Lines {
    index: Index,
    /// Finds the inner texts of the index.
    inner: Finder,
    /// One for every rule; `None` inside for what cannot be compiled.
    regexes: Vec<OnceLock<Option<Regex>>>,
}

impl Lines {
    /// The patterns of these rules, of which the index knows the first `known`.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`], naming the rule, for a pattern that is no regular expression.
    pub(super) fn new(mut index: Index, rules: &[Rule], known: usize) -> Result<Self> {
        let mut added = false;
        for (number, rule) in rules.iter().enumerate().skip(known).filter(|(_, rule)| rule.cue == Cue::Line) {
            index.add(number as u16, plan(rule)?);
            added = true;
        }
        if added {
            index.sort();
        }
        let inner = Finder::new(index.inner.iter().map(|(text, _)| text));
        Ok(Self { index, inner, regexes: rules.iter().map(|_| OnceLock::new()).collect() })
    }

    /// The index of all patterns.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// Calls `found` with each rule whose pattern matches the whole line. A rule may be named twice.
    pub(super) fn matches(&self, line: &str, rules: &[Rule], mut found: impl FnMut(u16)) {
        let bytes = line.as_bytes();
        self.index.whole(bytes).for_each(&mut found);
        let mut attempt = |rule: u16| {
            if self.is_match(rule, rules, line) {
                found(rule);
            }
        };
        self.index.beginning(bytes).chain(self.index.end(bytes)).chain(self.index.shaped(bytes)).for_each(&mut attempt);
        self.inner.each(
            bytes,
            |_| true,
            |_, text| self.index.inner.get(text).into_iter().for_each(|(_, rule)| attempt(*rule)),
        );
    }

    fn is_match(&self, rule: u16, rules: &[Rule], line: &str) -> bool {
        let number = usize::from(rule);
        let (Some(regex), Some(rule)) = (self.regexes.get(number), rules.get(number)) else { return false };
        // The pattern was parsed when the index was made, so that only one of absurd size fails here.
        let source = || format!("^(?:{})$", fold::regex_source(&rule.pattern));
        regex.get_or_init(|| Regex::new(&source()).ok()).as_ref().is_some_and(|regex| regex.is_match(line))
    }
}
