//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): those that stand for a small number of texts are looked up
//! whole; of the others those are tried whose beginning, end or inner text the line has, if it has their shape. Each is
//! compiled when it is first tried, so that a run that meets no footer pays for none.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex::Regex;

use super::finder::Finder;
use super::index::Index;
use super::plan::{Key, plan};
use super::shape::{Bytes, Shape};
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
    /// The rules of the empty ones among the inner texts, by the first byte of the lines on which to try them.
    everywhere: Vec<Vec<u16>>,
    rules: Vec<Compiled>,
    /// How many of them are built in.
    known: usize,
}

/// Trials of a pattern from which the faster engine is worth its compilation, which takes as long as some hundred trials.
const OFTEN: u32 = 100;

/// A rule, compiled. The two engines agree on patterns without classes by name, such as `\d`: the built-in ones.
#[derive(Debug, Default)]
struct Compiled {
    /// The shape of the lines it is tried on; `None` for one that is never tried.
    shape: Option<Shape>,
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
        let source = || format!("^(?:{})$", fold::regex_source(pattern));
        if is_builtin && self.trials.fetch_add(1, Ordering::Relaxed) < OFTEN {
            let small = self.small.get_or_init(|| regex_lite::Regex::new(&source()).ok());
            return small.as_ref().is_some_and(|regex| regex.is_match(line));
        }
        let full = self.full.get_or_init(|| Regex::new(&source()).ok());
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
            index.sort();
        }
        let mut compiled: Vec<Compiled> = rules.iter().map(|_| Compiled::default()).collect();
        for (rule, shape) in &index.shapes {
            if let Some(compiled) = compiled.get_mut(usize::from(*rule)) {
                compiled.shape = Some(*shape);
            }
        }
        let finder = |texts: &[(Key, u16)]| Finder::new(texts.iter().map(|(key, _)| key.text()));
        let (first, last, inside) = (finder(&index.first), finder(&index.last), finder(&index.inside));
        let everywhere = by_first_byte(&index);
        Ok(Self { first, last, inside, everywhere, rules: compiled, known, index })
    }

    /// The index of all patterns.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// Calls `found` with each rule whose pattern matches the whole line. A rule may be named twice.
    pub(super) fn matches(&self, line: &str, rules: &[Rule], mut found: impl FnMut(u16)) {
        let bytes = line.as_bytes();
        self.index.whole(bytes).for_each(&mut found);
        let held = Bytes::of(bytes);
        let mut attempt = |rule: u16| {
            if self.is_match(rule, rules, line, &held) {
                found(rule);
            }
        };
        let rule = |texts: &[(Key, u16)], text: usize| texts.get(text).map(|(_, rule)| *rule);
        self.first.beginning(bytes, |text| rule(&self.index.first, text).into_iter().for_each(&mut attempt));
        let backwards = Key::backwards(bytes);
        self.last.beginning(backwards.text(), |text| rule(&self.index.last, text).into_iter().for_each(&mut attempt));
        let everywhere = bytes.first().and_then(|first| self.everywhere.get(usize::from(*first)));
        everywhere.into_iter().flatten().copied().for_each(&mut attempt);
        self.inside.each(bytes, |_| true, |_, text| rule(&self.index.inside, text).into_iter().for_each(&mut attempt));
    }

    fn is_match(&self, rule: u16, rules: &[Rule], line: &str, held: &Bytes) -> bool {
        let number = usize::from(rule);
        let (Some(compiled), Some(rule)) = (self.rules.get(number), rules.get(number)) else { return false };
        if !compiled.shape.is_some_and(|shape| shape.fits(line.as_bytes(), held)) {
            return false;
        }
        compiled.is_match(&rule.pattern, number < self.known, line)
    }
}

/// For every byte the rules without a text to look for whose lines may begin with it.
fn by_first_byte(index: &Index) -> Vec<Vec<u16>> {
    let rules = || index.inside.iter().filter(|(key, _)| key.length == 0).map(|(_, rule)| *rule);
    let shapes: Vec<(u16, Shape)> =
        index.shapes.iter().filter(|(rule, _)| rules().any(|known| known == *rule)).copied().collect();
    let beginning =
        |byte| shapes.iter().filter(move |(_, shape)| shape.first.has(byte)).map(|(rule, _)| *rule).collect();
    (0..=u8::MAX).map(beginning).collect()
}
