//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): what stands for a small number of texts is looked up whole;
//! the rest is tried where the line has one of its beginnings, ends or inner texts, if it has its shape. Each pattern is
//! compiled when it is first tried, so that a run that meets no footer pays for none.

use std::cell::OnceCell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex::Regex;

use super::finder::Finder;
use super::index::{Index, Text, text, trial};
use super::plan::{Key, Trial, plan};
use super::shape::Bytes;
use super::{Cue, Rule, fold};
use crate::error::Result;

/// Line patterns, compiled.
#[derive(Debug)]
pub(super) struct Lines {
    index: Index,
    /// Find the texts of the index: beginnings, ends, inner texts.
    first: Finder,
    last: Finder,
    inside: Finder,
    /// The beginnings of two bytes, sorted.
    short: Vec<([u8; 2], u16)>,
    /// The trials that ask for one byte or none, by the first byte of the lines.
    shortest: Vec<Vec<u16>>,
    /// By number; few are ever tried.
    rules: Vec<OnceLock<Box<Compiled>>>,
    /// How many of them are built in.
    known: usize,
}

/// Trials of a pattern from which the faster engine is worth its compilation, which takes as long as some hundred trials.
const OFTEN: u32 = 100;

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
    /// The patterns of these rules, of which the index knows the first `known`.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`](crate::ErrorKind::Patterns), naming the rule, for a pattern that is no regular expression.
    pub(super) fn new(mut index: Index, rules: &[Rule], known: usize) -> Result<Self> {
        let mut added = false;
        for (number, rule) in rules.iter().enumerate().skip(known).filter(|(_, rule)| rule.cue == Cue::Line) {
            index.add(number as u16, plan(rule)?);
            added = true;
        }
        if added {
            index.order();
        }
        let finder = |texts: &[Text]| Finder::new(texts.iter().map(text));
        // What is short would stand in many of a finder's buckets.
        let first = Finder::new(index.first.iter().map(text).map(|text| if text.len() > 2 { text } else { &[] }));
        let mut short: Vec<_> =
            index.first.iter().filter_map(|first| Some((text(first).try_into().ok()?, trial(first)))).collect();
        short.sort_unstable();
        let (last, inside) = (finder(&index.last), finder(&index.inside));
        let shortest = by_first_byte(&index);
        let rules = rules.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { first, last, inside, short, shortest, rules, known, index })
    }

    /// The index of all patterns.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// Calls `found` with each rule whose pattern matches the whole line. A rule may be named twice.
    pub(super) fn matches(&self, line: &str, rules: &[Rule], mut found: impl FnMut(u16)) {
        let bytes = line.as_bytes();
        self.index.whole(bytes).for_each(&mut found);
        // Few lines have a text of the index.
        let held = OnceCell::new();
        let mut before = None;
        let mut attempt = |trial: u16| {
            if let Some((rule, trial)) = self.index.trials.get(usize::from(trial))
                && before != Some(*rule)
                && trial.fits(bytes, || *held.get_or_init(|| Bytes::of(bytes)))
            {
                before = Some(*rule);
                if self.is_match(*rule, rules, line) {
                    found(*rule);
                }
            }
        };
        let trial = |texts: &[Text], number: usize| texts.get(number).map(trial);
        self.first.beginning(bytes, |text| trial(&self.index.first, text).into_iter().for_each(&mut attempt));
        if let Some(start) = bytes.first_chunk() {
            matching(&self.short, start).for_each(&mut attempt);
        }
        let backwards = Key::backwards(bytes);
        self.last.beginning(backwards.text(), |text| trial(&self.index.last, text).into_iter().for_each(&mut attempt));
        let shortest = bytes.first().and_then(|first| self.shortest.get(usize::from(*first)));
        shortest.into_iter().flatten().copied().for_each(&mut attempt);
        self.inside.each(bytes, |_| true, |_, text| trial(&self.index.inside, text).into_iter().for_each(&mut attempt));
    }

    fn is_match(&self, rule: u16, rules: &[Rule], line: &str) -> bool {
        let number = usize::from(rule);
        let (Some(compiled), Some(rule)) = (self.rules.get(number), rules.get(number)) else { return false };
        compiled.get_or_init(Box::default).is_match(&rule.pattern, number < self.known, line)
    }
}

/// For every byte the trials whose lines may begin with it, of those that ask for one byte or none.
fn by_first_byte(index: &Index) -> Vec<Vec<u16>> {
    let mut trials = vec![Vec::new(); 1 << u8::BITS];
    for first in index.first.iter() {
        if let [byte] = text(first) {
            trials[usize::from(*byte)].push(trial(first));
        }
    }
    for trial in &index.everywhere {
        let Some((_, Trial { shape, .. })) = index.trials.get(usize::from(*trial)) else { continue };
        let may_begin = (0..=u8::MAX).filter(|byte| shape.first.has(*byte));
        may_begin.for_each(|byte| trials[usize::from(byte)].push(*trial));
    }
    trials
}

/// The numbers of all entries with a key, in entries that are sorted.
fn matching<'i, K: Ord>(entries: &'i [(K, u16)], key: &K) -> impl Iterator<Item = u16> + use<'i, K> {
    let start = entries.partition_point(|(known, _)| known < key);
    let count = entries.get(start..).unwrap_or_default().iter().take_while(|(known, _)| known == key).count();
    entries.get(start..start + count).unwrap_or_default().iter().map(|(_, number)| *number)
}
