//! Plans: how the lines that a pattern may match are found without trying it.
//!
//! Input: a rule whose cue is the line. Output: a [`Plan`]. The alternatives of a pattern are looked at one by one, since
//! one that any line may begin would have all others tried on every line. Analysing the built-in patterns takes longer than
//! judging a short text, so their plans stand in a file ([`super::index`]); this runs for a caller's own rules, and in the
//! test that proves the file current.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

use super::shape::Shape;
use super::{Rule, fold};
use crate::error::{Error, ErrorKind, Result};

/// Texts that one pattern may stand for to be looked up whole; menus in several spellings have a few hundred.
const MOST_TEXTS: usize = 400;

/// Bytes that a text of which every match holds one needs at least, to be rare; at the beginning of lines fewer are.
const RARE: usize = 3;
const RARE_FIRST: usize = 2;

/// How the lines that a pattern may match are found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The texts it stands for.
    pub(super) whole: Vec<Vec<u8>>,
    /// It is tried on lines with one of these texts in this place, if they have this shape; each place stands once.
    pub(super) tried: Vec<(Place, Vec<Key>, Shape)>,
}

/// A short text: the beginning of a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) bytes: [u8; Key::LENGTH],
    pub(super) length: u8,
}

impl Key {
    /// Bytes at most.
    pub(super) const LENGTH: usize = 8;

    /// The first bytes of a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut key = Self { bytes: [0; Self::LENGTH], length: text.len().min(Self::LENGTH) as u8 };
        key.bytes.iter_mut().zip(text).for_each(|(place, byte)| *place = *byte);
        key
    }

    /// The last bytes of a text, the last one first.
    pub(super) fn backwards(text: &[u8]) -> Self {
        let mut key = Self { bytes: [0; Self::LENGTH], length: text.len().min(Self::LENGTH) as u8 };
        key.bytes.iter_mut().zip(text.iter().rev()).for_each(|(place, byte)| *place = *byte);
        key
    }

    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

/// Where a line has a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At its beginning.
    First,
    /// At its end; backwards.
    Last,
    /// Anywhere.
    Inside,
    /// There is no text to look for: the shape alone decides.
    Everywhere,
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
    let mut plan = Plan::default();
    for part in alternatives(&hir) {
        match exact(part).filter(|texts| plan.whole.len() + texts.len() <= MOST_TEXTS) {
            Some(texts) => plan.whole.extend(texts),
            None => add(&mut plan.tried, part),
        }
    }
    Ok(plan)
}

/// The patterns of which a line has to match one.
fn alternatives(hir: &Hir) -> &[Hir] {
    match hir.kind() {
        HirKind::Capture(capture) => alternatives(&capture.sub),
        HirKind::Alternation(parts) => parts,
        _ => std::slice::from_ref(hir),
    }
}

/// The texts that a pattern stands for, if they can be counted.
fn exact(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let texts = literals(hir, ExtractKind::Prefix);
    let simple = hir.properties().look_set().is_empty();
    let counted = texts.literals().filter(|_| simple && texts.is_exact())?;
    Some(counted.iter().map(|text| text.as_bytes().to_vec()).collect())
}

/// Adds a pattern to what is tried: one entry for each place.
fn add(tried: &mut Vec<(Place, Vec<Key>, Shape)>, hir: &Hir) {
    let shape = Shape::of(hir);
    let prefixes = literals(hir, ExtractKind::Prefix);
    let (place, keys) = if let Some(keys) = ends(&prefixes, RARE_FIRST, Key::of) {
        (Place::First, keys)
    } else if let Some(keys) = ends(&literals(hir, ExtractKind::Suffix), RARE, Key::backwards) {
        (Place::Last, keys)
    } else if let Some(texts) = required(hir) {
        (Place::Inside, texts.iter().map(|text| Key::of(text)).collect())
    } else if let Some(keys) = ends(&prefixes, 1, Key::of) {
        (Place::First, keys)
    } else {
        (Place::Everywhere, Vec::new())
    };
    match tried.iter_mut().find(|(known, _, _)| *known == place) {
        Some((_, known, joined)) => {
            known.extend(keys);
            known.sort_unstable();
            known.dedup();
            joined.join(&shape);
        }
        None => tried.push((place, keys, shape)),
    }
}

fn literals(hir: &Hir, kind: ExtractKind) -> Seq {
    let mut extractor = Extractor::new();
    extractor.kind(kind).limit_total(MOST_TEXTS).limit_class(16).limit_repeat(8).limit_literal_len(200);
    extractor.extract(hir)
}

/// The distinct ends of literals, if all of them are long enough.
fn ends(literals: &Seq, least: usize, key: fn(&[u8]) -> Key) -> Option<Vec<Key>> {
    let literals = literals.literals().filter(|literals| !literals.is_empty())?;
    if literals.iter().any(|text| text.len() < least) {
        return None;
    }
    let mut keys: Vec<Key> = literals.iter().map(|text| key(text.as_bytes())).collect();
    keys.sort_unstable();
    keys.dedup();
    Some(keys)
}

/// Texts of which every match holds at least one, all of them long enough to be rare. Recurses on the depth of a
/// pattern, which the parser limits.
fn required(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let long_enough = |texts: &Vec<Vec<u8>>| !texts.is_empty() && texts.iter().all(|text| text.len() >= RARE);
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
