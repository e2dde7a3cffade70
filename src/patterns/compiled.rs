//! A table, compiled: one finder for all phrases, one for addresses, one for names, and the index of the line patterns.
//!
//! That of the built-in table is read from a file ([`super::file`]).

use super::index::{self, Index};
use super::literals::{Builder, Edge, Literals};
use super::plan::plan;
use super::{Cue, Rule, fold, pattern_fault};
use crate::error::Result;
use crate::rows::Reader;

/// A table, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compiled {
    pub(super) phrases: Literals,
    pub(super) urls: Literals,
    pub(super) names: Literals,
    pub(super) lines: Index,
}

impl Compiled {
    /// Compiles rules, of which each has its number.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`](crate::ErrorKind::Patterns) for a pattern that cannot be compiled, naming its id.
    pub(super) fn new<'r>(rules: impl Iterator<Item = (u16, &'r Rule)>) -> Result<Self> {
        let (mut phrases, mut urls, mut names) = (Builder::default(), Builder::default(), Builder::default());
        let mut lines = index::Builder::default();
        for (number, rule) in rules {
            match rule.cue {
                Cue::Phrase => phrases.pattern(number, parts(rule, fold::literal)?),
                Cue::Url => urls.pattern(number, parts(rule, fold::literal)?),
                Cue::Name => names.pattern(number, parts(rule, name_literal)?),
                Cue::Line => lines.add(number, plan(rule)?)?,
                Cue::Element => {}
            }
            let unless = rule.unless.split('|').map(fold::literal).filter(|literal| !literal.is_empty());
            unless.for_each(|literal| phrases.unless(number, literal));
        }
        let (phrases, urls) = (phrases.build(Edge::Word), urls.build(Edge::Address));
        Ok(Self { phrases, urls, names: names.build(Edge::Word), lines: lines.build() })
    }

    /// Appends it to a file.
    #[cfg(test)]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        [&self.phrases, &self.urls, &self.names].into_iter().for_each(|literals| literals.write(out));
        self.lines.write(out);
    }

    /// Reads what [`Self::write`] wrote; `None` for a file that is damaged.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let (phrases, urls) = (Literals::read(reader, Edge::Word)?, Literals::read(reader, Edge::Address)?);
        let names = Literals::read(reader, Edge::Word)?;
        Some(Self { phrases, urls, names, lines: Index::read(reader)? })
    }
}

/// The literals of a pattern, in order.
fn parts(rule: &Rule, fold: fn(&str) -> String) -> Result<Vec<String>> {
    let spelled = rule.pattern.replace('…', "...");
    let parts: Vec<String> = spelled.split("...").map(fold).collect();
    if parts.iter().any(String::is_empty) {
        return Err(pattern_fault(rule, "nothing to match on one side of a gap"));
    }
    Ok(parts)
}

/// The words of a name pattern, as names are read.
fn name_literal(pattern: &str) -> String {
    let mut words = String::new();
    fold::name_words(pattern.trim(), &mut words);
    words
}
