//! Plans: how the lines that a pattern may match are found without trying it.
//!
//! Input: a rule whose cue is the line. Output: a [`Plan`]. Analysing the built-in patterns takes longer than judging a
//! short text, so their plans stand in a file ([`super::index`]); this runs for a caller's own rules, and in the test that
//! proves the file current.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

use super::shape::Shape;
use super::{Rule, fold};
use crate::error::{Error, ErrorKind, Result};

/// Texts that one pattern may stand for to be looked up whole; menus in several spellings have a few hundred.
const MOST_TEXTS: usize = 400;

/// Bytes at a line's ends that choose the patterns that are tried.
pub(super) const KEY: usize = 3;

pub(super) type Key = [u8; KEY];

/// How the lines that a pattern may match are found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// It stands for these texts.
    Whole(Vec<Vec<u8>>),
    /// It is tried on lines that begin with one of these.
    Prefix(Vec<Key>),
    /// It is tried on lines that end with one of these.
    Suffix(Vec<Key>),
    /// It is tried on lines that hold one of these.
    Inner(Vec<Vec<u8>>),
    /// It is tried on lines of this shape.
    Shaped(Shape),
}

/// The plan of a rule.
///
/// # Errors
/// [`ErrorKind::Patterns`], naming the rule, for a pattern that is no regular expression.
pub(super) fn plan(rule: &Rule) -> Result<Plan> {
    let source = fold::regex_source(&rule.pattern);
    let hir = regex_syntax::parse(&source).map_err(|error| {
        let reason = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        Error::new(ErrorKind::Patterns, format!("rule {}: field pattern: {reason}", rule.id))
    })?;
    let prefixes = literals(&hir, ExtractKind::Prefix);
    let simple = hir.properties().look_set().is_empty();
    if let Some(texts) = prefixes.literals().filter(|_| simple && prefixes.is_exact()) {
        return Ok(Plan::Whole(texts.iter().map(|text| text.as_bytes().to_vec()).collect()));
    }
    Ok(if let Some(keys) = keys(&prefixes, |text| text.first_chunk()) {
        Plan::Prefix(keys)
    } else if let Some(keys) = keys(&literals(&hir, ExtractKind::Suffix), |text| text.last_chunk()) {
        Plan::Suffix(keys)
    } else {
        required(&hir).map_or_else(|| Plan::Shaped(Shape::of(&hir)), Plan::Inner)
    })
}

fn literals(hir: &Hir, kind: ExtractKind) -> Seq {
    let mut extractor = Extractor::new();
    extractor.kind(kind).limit_total(MOST_TEXTS).limit_class(16).limit_repeat(8).limit_literal_len(200);
    extractor.extract(hir)
}

/// The distinct keys of literals, if all of them are long enough to have one.
fn keys(literals: &Seq, key: fn(&[u8]) -> Option<&Key>) -> Option<Vec<Key>> {
    let keys: Option<Vec<Key>> = literals.literals()?.iter().map(|text| key(text.as_bytes()).copied()).collect();
    let mut keys = keys.filter(|keys| !keys.is_empty())?;
    keys.sort_unstable();
    keys.dedup();
    Some(keys)
}

/// Texts of which every match holds at least one, all of them long enough to be rare. Recurses on the depth of a
/// pattern, which the parser limits.
fn required(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let long_enough = |texts: &Vec<Vec<u8>>| !texts.is_empty() && texts.iter().all(|text| text.len() >= KEY);
    let whole = literals(hir, ExtractKind::Prefix);
    let exact = whole.literals().filter(|_| whole.is_exact());
    let exact = exact.map(|texts| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>());
    if let Some(texts) = exact.filter(long_enough) {
        return Some(texts);
    }
    match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required).collect();
            all.map(|texts| texts.concat())
        }
        // The part whose shortest text is longest is the rarest.
        HirKind::Concat(parts) => {
            let shortest = |texts: &Vec<Vec<u8>>| texts.iter().map(Vec::len).min();
            parts.iter().filter_map(required).max_by_key(shortest)
        }
        _ => None,
    }
}
