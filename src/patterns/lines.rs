//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): what stands for a small number of texts is looked up whole;
//! the rest is tried where the line has one of its beginnings, ends or inner texts, if it has its shape. Each pattern is
//! compiled when it is first tried, so that a run that meets no footer pays for none.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex::Regex;

use super::fold;
use super::rules::Rules;

/// Trials of a pattern from which the faster engine is worth its compilation: 2.7 million instructions, where a trial by the
/// small one takes 14,000 and by the faster one 5,000.
const OFTEN: u32 = 300;

/// Rules that get room for their patterns together, once one of them is tried: a run tries some dozens of thousands.
const TOGETHER: usize = 64;

/// The patterns of lines, compiled when they are first tried.
#[derive(Debug)]
pub(super) struct Lines(Vec<OnceLock<Room>>);

/// Room for the patterns of some rules.
type Room = Box<[OnceLock<Box<Compiled>>]>;

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
    fn is_match(&self, rule: u16, rules: &Rules, line: &str) -> bool {
        let source = || rules.pattern(rule).map(|pattern| fold::line_source(&pattern));
        // The pattern was parsed when the index was made, so that only one of absurd size fails here.
        if !rules.is_own(rule) && self.trials.fetch_add(1, Ordering::Relaxed) < OFTEN {
            let small = self.small.get_or_init(|| regex_lite::Regex::new(&source()?).ok());
            return small.as_ref().is_some_and(|regex| regex.is_match(line));
        }
        let full = self.full.get_or_init(|| Regex::new(&source()?).ok());
        full.as_ref().is_some_and(|regex| regex.is_match(line))
    }
}

impl Lines {
    /// Room for the patterns of so many rules.
    pub(super) fn of(rules: usize) -> Self {
        Self(none(rules.div_ceil(TOGETHER)))
    }

    /// Whether the pattern of one of the rules matches the whole line.
    pub(super) fn is_match(&self, rule: u16, rules: &Rules, line: &str) -> bool {
        let Some(room) = self.0.get(usize::from(rule) / TOGETHER) else { return false };
        let room = room.get_or_init(|| none(TOGETHER).into());
        let compiled = room.get(usize::from(rule) % TOGETHER);
        compiled.is_some_and(|compiled| compiled.get_or_init(Box::default).is_match(rule, rules, line))
    }
}

/// Places of which none is taken.
fn none<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}
