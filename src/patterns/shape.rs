//! Shapes: what the bytes of every line have that a pattern can match.
//!
//! A pattern is tried only on lines of its shape, which a few comparisons tell: that spares most of the trials, and a
//! pattern that is never tried is never compiled.

use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::utf8::Utf8Sequences;

/// A set of bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bytes([u64; 4]);

impl Bytes {
    const SIZE: usize = 32;
    const ALL: Self = Self([u64::MAX; 4]);

    /// The bytes of a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut bytes = Self::default();
        text.iter().for_each(|byte| bytes.insert(*byte));
        bytes
    }

    fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    pub(super) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] & 1 << (byte % 64) != 0
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
    }

    /// How many lines hold one of these, roughly: for choosing the rarest of several sets. Most have most letters, and few
    /// any digit.
    fn frequency(&self) -> u32 {
        let of_byte = |byte: u8| match byte {
            b' ' => 60,
            b'j' | b'k' | b'q' | b'x' | b'z' | b'-' | b':' => 5,
            b'a'..=b'z' | b'.' | b',' => 20,
            _ => 1,
        };
        (0..=u8::MAX).filter(|byte| self.has(*byte)).map(of_byte).sum()
    }

    fn to_le_bytes(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().flat_map(u64::to_le_bytes)
    }

    /// The set that begins at this byte of a row.
    fn of_row<const N: usize>(row: &[u8; N], start: usize) -> Self {
        let word = |at: usize| row.get(start + 8 * at..).and_then(|rest| rest.first_chunk());
        Self(std::array::from_fn(|at| word(at).map_or(0, |word| u64::from_le_bytes(*word))))
    }
}

/// What a line must have so that a pattern may match all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Its first byte is one of these.
    pub(super) first: Bytes,
    /// Its last byte is one of these.
    pub(super) last: Bytes,
    /// It holds one of these.
    pub(super) held: Bytes,
    /// The fewest and most bytes it may have.
    pub(super) length: (u32, u32),
}

impl Shape {
    /// Bytes of it in a file: the three sets, the fewest (u32) and the most (u32).
    pub(super) const SIZE: usize = 3 * Bytes::SIZE + 2 * 4;

    pub(super) fn to_row(self) -> [u8; Self::SIZE] {
        let sets = [self.first, self.last, self.held].into_iter().flat_map(Bytes::to_le_bytes);
        let length = [self.length.0, self.length.1].into_iter().flat_map(u32::to_le_bytes);
        let mut row = [0; Self::SIZE];
        row.iter_mut().zip(sets.chain(length)).for_each(|(place, byte)| *place = byte);
        row
    }

    /// The shape of a pattern.
    pub(super) fn of(hir: &Hir) -> Self {
        let ends = |end| {
            let (bytes, may_be_empty) = bytes_at(hir, end);
            if may_be_empty { Bytes::ALL } else { bytes }
        };
        let bytes = |length: Option<usize>| length.and_then(|length| u32::try_from(length).ok());
        let properties = hir.properties();
        let length =
            (bytes(properties.minimum_len()).unwrap_or(0), bytes(properties.maximum_len()).unwrap_or(u32::MAX));
        Self { first: ends(End::First), last: ends(End::Last), held: held(hir).unwrap_or(Bytes::ALL), length }
    }

    /// Whether a line has the shape of a row; `bytes` tells which bytes the line holds. Most lines are told by their length
    /// or an end, so that the rest of the row is not read.
    pub(super) fn fits(row: &[u8; Self::SIZE], line: &[u8], bytes: impl FnOnce() -> Bytes) -> bool {
        let [.., a, b, c, d, e, f, g, h] = *row;
        let (fewest, most) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        let in_bounds = u32::try_from(line.len()).is_ok_and(|length| fewest <= length && length <= most);
        let is_in = |byte: u8, set: usize| row[set * Bytes::SIZE + usize::from(byte / 8)] & 1 << (byte % 8) != 0;
        let has = |set: usize, byte: Option<&u8>| byte.is_none_or(|byte| is_in(*byte, set));
        in_bounds
            && has(0, line.first())
            && has(1, line.last())
            && (line.is_empty() || Bytes::of_row(row, 2 * Bytes::SIZE).meets(&bytes()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    First,
    Last,
}

/// The bytes at one end of what is matched, and whether nothing may be matched. Recurses on the depth of a pattern, which
/// the parser limits.
fn bytes_at(hir: &Hir, end: End) -> (Bytes, bool) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (Bytes::default(), true),
        HirKind::Literal(literal) => {
            let byte = if end == End::First { literal.0.first() } else { literal.0.last() };
            (Bytes::of(byte.map_or(&[][..], std::slice::from_ref)), false)
        }
        HirKind::Class(class) => (class_bytes(class, end), false),
        HirKind::Capture(capture) => bytes_at(&capture.sub, end),
        HirKind::Repetition(repetition) => {
            let (bytes, may_be_empty) = bytes_at(&repetition.sub, end);
            (bytes, may_be_empty || repetition.min == 0)
        }
        HirKind::Alternation(parts) => parts.iter().fold((Bytes::default(), false), |(mut all, may_be_empty), part| {
            let (bytes, empty) = bytes_at(part, end);
            all.join(&bytes);
            (all, may_be_empty || empty)
        }),
        HirKind::Concat(parts) => {
            let mut all = Bytes::default();
            let count = parts.len();
            for at in 0..count {
                let part = &parts[if end == End::First { at } else { count - 1 - at }];
                let (bytes, empty) = bytes_at(part, end);
                all.join(&bytes);
                if !empty {
                    return (all, false);
                }
            }
            (all, true)
        }
    }
}

/// The first or last bytes of the characters of a class.
fn class_bytes(class: &Class, end: End) -> Bytes {
    let mut bytes = Bytes::default();
    match class {
        Class::Bytes(class) => {
            class.iter().flat_map(|range| range.start()..=range.end()).for_each(|byte| bytes.insert(byte));
        }
        Class::Unicode(class) => {
            for sequence in class.iter().flat_map(|range| Utf8Sequences::new(range.start(), range.end())) {
                let ranges = sequence.as_slice();
                let range = if end == End::First { ranges.first() } else { ranges.last() };
                range.into_iter().flat_map(|range| range.start..=range.end).for_each(|byte| bytes.insert(byte));
            }
        }
    }
    bytes
}

/// Bytes of which every match holds at least one, the rarest such set; `None` where a match may be empty.
fn held(hir: &Hir) -> Option<Bytes> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(literal) => {
            let each = literal.0.iter().map(|byte| Bytes::of(&[*byte]));
            each.min_by_key(Bytes::frequency)
        }
        HirKind::Class(class) => Some(class_bytes(class, End::First)),
        HirKind::Capture(capture) => held(&capture.sub),
        HirKind::Repetition(repetition) => held(&repetition.sub).filter(|_| repetition.min > 0),
        HirKind::Alternation(parts) => parts.iter().try_fold(Bytes::default(), |mut all, part| {
            all.join(&held(part)?);
            Some(all)
        }),
        HirKind::Concat(parts) => parts.iter().filter_map(held).min_by_key(Bytes::frequency),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Shape};

    #[test]
    fn a_shape_fits_what_the_pattern_matches_and_little_else() {
        let cases: [(&str, &[&str], &[&str]); 5] = [
            (r"(> ?)*-- ?", &["--", "> -- "], &["word", "-a"]),
            (r"[-|:+ ]*---[-|:+ ]*\|[-|:+ ]*", &["|---|", "--- |"], &["--- b", "a|---|"]),
            (r"(von|an|cc): .*@.*", &["cc: a@b.example", "von: é@ü"], &["cc: nobody", "to: a@b.example"]),
            (r"(é|ü)?[0-9]{1,3}(km)?", &["7", "ü12km"], &["km", "7 n", "", "é12345km"]),
            (r".*", &["", "anything"], &[]),
        ];
        for (pattern, fitting, others) in cases {
            let shape = Shape::of(&regex_syntax::parse(pattern).expect("a pattern")).to_row();
            let fits = |line: &&str| Shape::fits(&shape, line.as_bytes(), || Bytes::of(line.as_bytes()));
            assert!(fitting.iter().all(fits), "{pattern}: {fitting:?}");
            assert!(!others.iter().any(fits), "{pattern}: {others:?}");
        }
    }
}
