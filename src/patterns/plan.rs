//! Plans: how the lines that a pattern may match are found without trying it.
//!
//! Input: a rule whose cue is the line. Output: a [`Plan`]. The alternatives of a pattern are looked at one by one, since
//! one that any line may begin would have all others tried on every line. Analysing the built-in patterns takes longer than
//! judging a short text, so their plans stand in a file ([`super::index`]); this runs for a caller's own rules, and in the
//! test that proves the file current.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Literal, Seq};
use regex_syntax::hir::{Hir, HirKind};

use super::shape::Shape;
use super::{Rule, fold, pattern_fault};
use crate::error::Result;

/// Texts that one pattern may stand for to be looked up whole; menus in several spellings have a few hundred.
const MOST_TEXTS: usize = 400;

/// Bytes that a text of which every match holds one needs at least, to be rare; at the beginning of lines fewer are.
/// And to be asked for where the line was found already.
const RARE: usize = 3;
const RARE_FIRST: usize = 2;
const LEAST: usize = 2;

/// Openings of a pattern that get a copy of what follows them, at most.
const MOST_OPENINGS: usize = 100;

/// Texts at most of which a line is asked for one before a pattern is tried, and sets of them: to ask for one takes 34
/// instructions, and a trial 17,000.
const MOST_NEEDS: usize = 100;
const MOST_SETS: usize = 3;

/// How the lines that a pattern may match are found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The texts it stands for.
    pub(super) whole: Vec<Vec<u8>>,
    /// It is tried on lines with one of these texts in this place, if they fit.
    pub(super) tried: Vec<(Place, Vec<Key>, Trial)>,
}

/// When a pattern is tried on a line that has its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trial {
    /// The line has this shape.
    pub(super) shape: Shape,
    /// It holds one text of each of these sets.
    pub(super) needs: Vec<Vec<Key>>,
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

    /// Bytes of it in a file: its own and their number.
    pub(super) const SIZE: usize = Self::LENGTH + 1;

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

    /// Its bytes and its length.
    pub(super) fn to_row(self) -> [u8; Self::SIZE] {
        let [a, b, c, d, e, f, g, h] = self.bytes;
        [a, b, c, d, e, f, g, h, self.length]
    }

    pub(super) fn of_row(row: &[u8; Self::SIZE]) -> Self {
        let [bytes @ .., length] = *row;
        Self { bytes, length }
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
    let hir = regex_syntax::parse(&source).map_err(|error| pattern_fault(rule, &last_line(&error.to_string())))?;
    let mut plan = Plan::default();
    for part in alternatives(&hir) {
        match exact(&part).filter(|texts| plan.whole.len() + texts.len() <= MOST_TEXTS) {
            Some(texts) => plan.whole.extend(texts),
            None => plan.tried.push(trial(&part)),
        }
    }
    Ok(plan)
}

/// The patterns of which a line has to match one: of `(a|b)c` the two `ac` and `bc`, unless there are too many.
fn alternatives(hir: &Hir) -> Vec<Hir> {
    match peeled(hir).kind() {
        HirKind::Alternation(parts) => parts.clone(),
        HirKind::Concat(parts) => {
            let opens = parts.split_first().map(|(first, rest)| (peeled(first).kind(), rest));
            let Some((HirKind::Alternation(opens), rest)) = opens else { return vec![hir.clone()] };
            if opens.len() > MOST_OPENINGS {
                return vec![hir.clone()];
            }
            let with_rest = |open: &Hir| Hir::concat(std::iter::once(open).chain(rest).cloned().collect());
            opens.iter().map(with_rest).collect()
        }
        _ => vec![hir.clone()],
    }
}

/// A pattern without the groups around all of it.
fn peeled(mut hir: &Hir) -> &Hir {
    while let HirKind::Capture(capture) = hir.kind() {
        hir = &capture.sub;
    }
    hir
}

/// The texts that a pattern stands for, if they can be counted.
fn exact(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let texts = literals(hir, ExtractKind::Prefix);
    let simple = hir.properties().look_set().is_empty();
    let counted = texts.literals().filter(|_| simple && texts.is_exact())?;
    Some(counted.iter().map(|text| text.as_bytes().to_vec()).collect())
}

/// When a pattern is tried.
fn trial(hir: &Hir) -> (Place, Vec<Key>, Trial) {
    let (prefixes, suffixes) = (literals(hir, ExtractKind::Prefix), literals(hir, ExtractKind::Suffix));
    let mut required = required(hir);
    let (place, keys) = if let Some(keys) = ends(&prefixes, RARE_FIRST, Key::of) {
        (Place::First, keys)
    } else if let Some(keys) = ends(&suffixes, RARE, Key::backwards) {
        (Place::Last, keys)
    } else if required.first().is_some_and(|texts| shortest(texts) >= RARE) {
        // The line is found by these, and need not be searched for them again.
        (Place::Inside, distinct(required.remove(0), Key::of))
    } else if let Some(keys) = ends(&suffixes, LEAST, Key::backwards) {
        (Place::Last, keys)
    } else if let Some(keys) = ends(&prefixes, 1, Key::of) {
        (Place::First, keys)
    } else {
        (Place::Everywhere, Vec::new())
    };
    required.extend(joined(hir));
    required.sort_by_key(|texts| std::cmp::Reverse(shortest(texts)));
    let mut needs: Vec<Vec<Key>> = Vec::new();
    for texts in required.into_iter().map(|texts| distinct(texts, Key::of)) {
        if texts.len() <= MOST_NEEDS && needs.len() < MOST_SETS && !needs.contains(&texts) {
            needs.push(texts);
        }
    }
    (place, keys, Trial { shape: Shape::of(hir), needs })
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
    Some(distinct(literals.iter().map(Literal::as_bytes), key))
}

/// The distinct keys of texts, in order.
fn distinct<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>, key: fn(&[u8]) -> Key) -> Vec<Key> {
    let mut keys: Vec<Key> = texts.into_iter().map(|text| key(text.as_ref())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Sets of texts of each of which every match holds at least one, the rarest first: that whose shortest text is
/// longest. Recurses on the depth of a pattern, which the parser limits.
fn required(hir: &Hir) -> Vec<Vec<Vec<u8>>> {
    let whole = literals(hir, ExtractKind::Prefix);
    let exact = whole.literals().filter(|_| whole.is_exact());
    let exact = exact.map(|texts| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>());
    if let Some(texts) = exact.filter(|texts| tell(texts)) {
        return vec![texts];
    }
    match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(|part| required(part).into_iter().next()).collect();
            all.map(|texts| texts.concat()).into_iter().collect()
        }
        HirKind::Concat(parts) => {
            let mut all: Vec<_> = parts.iter().flat_map(required).collect();
            all.sort_by_key(|texts| std::cmp::Reverse(shortest(texts)));
            all
        }
        _ => Vec::new(),
    }
}

/// Sets of texts that parts of a pattern stand for together: of `[0-9]+ (of|/) [0-9]+` the texts ` of ` and ` / `. Recurses
/// as [`required`] does.
fn joined(hir: &Hir) -> Vec<Vec<Vec<u8>>> {
    match hir.kind() {
        HirKind::Capture(capture) => joined(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => joined(&repetition.sub),
        HirKind::Concat(parts) => {
            let mut all: Vec<_> = parts.iter().flat_map(joined).collect();
            let mut rest = parts.as_slice();
            while !rest.is_empty() {
                let runs = (2..=rest.len()).map_while(|length| texts_of(&rest[..length]).map(|texts| (length, texts)));
                let (length, texts) = runs.last().unwrap_or((1, Vec::new()));
                all.extend(tell(&texts).then_some(texts));
                rest = &rest[length..];
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The texts that parts in a row stand for, if they can be counted and are few.
fn texts_of(parts: &[Hir]) -> Option<Vec<Vec<u8>>> {
    let texts = literals(&Hir::concat(parts.to_vec()), ExtractKind::Prefix);
    let counted = texts.literals().filter(|counted| texts.is_exact() && counted.len() <= MOST_NEEDS)?;
    Some(counted.iter().map(|text| text.as_bytes().to_vec()).collect())
}

/// Whether a line without one of these texts is worth telling from others: many lines lack a slash, few a letter.
fn tell(texts: &[Vec<u8>]) -> bool {
    let tells = |text: &Vec<u8>| match text.as_slice() {
        [byte] => !byte.is_ascii_alphanumeric() && *byte != b' ',
        text => text.len() >= LEAST,
    };
    !texts.is_empty() && texts.iter().all(tells)
}

/// Bytes of the shortest of some texts.
fn shortest(texts: &[Vec<u8>]) -> usize {
    texts.iter().map(Vec::len).min().unwrap_or(0)
}

/// What an error of several lines comes to.
fn last_line(message: &str) -> String {
    message.lines().last().unwrap_or_default().trim().to_owned()
}
