//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): those that stand for a small number of texts are looked up
//! whole; of the others those are tried whose beginning, end or inner text the line has, if it has their shape. Each is
//! compiled when it is first tried, so that a run that meets no footer pays for none.

use std::sync::OnceLock;

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
    /// The empty ones among the inner texts: rules to try on every line.
    everywhere: Vec<usize>,
    rules: Vec<Compiled>,
}

/// A rule, compiled.
#[derive(Debug, Default)]
struct Compiled {
    /// The shape of the lines it is tried on; `None` for one that is never tried.
    shape: Option<Shape>,
    /// `None` inside for what cannot be compiled.
    regex: OnceLock<Option<Regex>>,
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
        let everywhere = (0..index.inside.len()).filter(|text| index.inside[*text].0.length == 0).collect();
        Ok(Self { first, last, inside, everywhere, rules: compiled, index })
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
        let mut attempt = |texts: &[(Key, u16)], text: usize| {
            if let Some((_, rule)) = texts.get(text)
                && self.is_match(*rule, rules, line, &held)
            {
                found(*rule);
            }
        };
        self.first.beginning(bytes, |text| attempt(&self.index.first, text));
        self.last.beginning(Key::backwards(bytes).text(), |text| attempt(&self.index.last, text));
        self.everywhere.iter().for_each(|text| attempt(&self.index.inside, *text));
        self.inside.each(bytes, |_| true, |_, text| attempt(&self.index.inside, text));
    }

    fn is_match(&self, rule: u16, rules: &[Rule], line: &str, held: &Bytes) -> bool {
        let number = usize::from(rule);
        let (Some(compiled), Some(rule)) = (self.rules.get(number), rules.get(number)) else { return false };
        if !compiled.shape.is_some_and(|shape| shape.fits(line.as_bytes(), held)) {
            return false;
        }
        // The pattern was parsed when the index was made, so that only one of absurd size fails here.
        let source = || format!("^(?:{})$", fold::regex_source(&rule.pattern));
        compiled.regex.get_or_init(|| Regex::new(&source()).ok()).as_ref().is_some_and(|regex| regex.is_match(line))
    }
}
