//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): what stands for a small number of texts is looked up whole;
//! the rest is tried where the line has one of its beginnings, ends or inner texts, if it has its shape. Each pattern is
//! compiled when it is first tried, so that a run that meets no footer pays for none.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex::Regex;

use super::fold;

/// Trials of a pattern from which the faster engine is worth its compilation, which takes as long as some hundred trials.
const OFTEN: u32 = 100;

/// The patterns of lines, compiled when they are first tried.
#[derive(Debug)]
pub(super) struct Lines(Vec<OnceLock<Box<Compiled>>>);

/// A rule, compiled. The two engines agree on patterns without classes by name, such as `\d`: the built-in ones.
#[derive(Debug, Default)]
struct Compiled {
    /// How often it was tried.
    trials: AtomicU32,
    /// Compiled in an eighth of the time, for the first trials of a built-in pattern. `None` inside for what cannot be
    /// compiled.
    small: OnceLock<Option<regex_lite::Regex>>,
    full: OnceLock<Option<Regex>>,
}

impl Compiled {
    fn is_match(&self, pattern: &str, is_builtin: bool, line: &str) -> bool {
        // The pattern was parsed when the index was made, so that only one of absurd size fails here.
        if is_builtin && self.trials.fetch_add(1, Ordering::Relaxed) < OFTEN {
            let small = self.small.get_or_init(|| regex_lite::Regex::new(&fold::line_source(pattern)).ok());
            return small.as_ref().is_some_and(|regex| regex.is_match(line));
        }
        let full = self.full.get_or_init(|| Regex::new(&fold::line_source(pattern)).ok());
        full.as_ref().is_some_and(|regex| regex.is_match(line))
    }
}

impl Lines {
    /// Room for the patterns of so many rules.
    pub(super) fn of(rules: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(rules).collect())
    }

    /// Whether the pattern of a rule, by its number, matches the whole line.
    pub(super) fn is_match(&self, rule: usize, pattern: &str, is_builtin: bool, line: &str) -> bool {
        let compiled = self.0.get(rule);
        compiled.is_some_and(|compiled| compiled.get_or_init(Box::default).is_match(pattern, is_builtin, line))
    }
}
