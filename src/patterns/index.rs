//! The index of line patterns: for a line's text, ends and inside, the rules that may match it.
//!
//! The index of the built-in table is generated (`UNBOIL_RECORD=1 cargo test the_index`) and proved current by a test. The
//! file is little-endian: whole texts as a count (u32) and pairs of hash (u64) and rule (u16), sorted; beginnings, ends
//! (backwards) and inner texts, each as a count, and for each its eight bytes, length (u8) and trial (u16); the trials without
//! a text as a count and numbers; trials as a count, and for each its rule, three sets of bytes (256 bits), the fewest and
//! most bytes of a line (u32), and a count of texts with their bytes and lengths.

use std::borrow::Cow;

use crate::hash::{Bins, Fnv};

use super::plan::{Key, Place, Plan, Trial};
use super::shape::{Bytes, Shape};

/// Bits of a hash by which its place is found: 64 kB of bins, most of them with one hash or two.
const BIN_BITS: u32 = 14;

/// A whole line as it stands in the file: its hash (u64) and the rule (u16) that stands for it.
type Whole = [u8; 8 + 2];

fn whole(hash: u64, rule: u16) -> Whole {
    let ([a, b, c, d, e, f, g, h], [low, high]) = (hash.to_le_bytes(), rule.to_le_bytes());
    [a, b, c, d, e, f, g, h, low, high]
}

fn hash_and_rule(whole: &Whole) -> (u64, u16) {
    let [a, b, c, d, e, f, g, h, low, high] = *whole;
    (u64::from_le_bytes([a, b, c, d, e, f, g, h]), u16::from_le_bytes([low, high]))
}

/// A text of lines as it stands in the file: its bytes, zeros behind them, their number (u8), and the trial (u16).
pub(super) type Text = [u8; Key::SIZE + 2];

/// A key with its trial.
fn with_trial(key: Key, trial: u16) -> Text {
    let mut text = Text::default();
    let parts = key.bytes.into_iter().chain([key.length]).chain(trial.to_le_bytes());
    text.iter_mut().zip(parts).for_each(|(place, byte)| *place = byte);
    text
}

/// Its bytes without the zeros.
pub(super) fn text(text: &Text) -> &[u8] {
    text.get(..usize::from(text[Key::LENGTH])).unwrap_or_default()
}

/// Its trial.
pub(super) fn trial(text: &Text) -> u16 {
    u16::from_le_bytes([text[Key::SIZE], text[Key::SIZE + 1]])
}

/// Which rules may match a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Whole lines, sorted by hash and rule. Read where they stand in the file: there are many, and a run looks at few.
    whole: Cow<'static, [Whole]>,
    bins: Bins,
    /// The beginnings of lines, each with the number of a trial.
    pub(super) first: Cow<'static, [Text]>,
    /// Their ends, backwards.
    pub(super) last: Cow<'static, [Text]>,
    /// Texts that they hold.
    pub(super) inside: Cow<'static, [Text]>,
    /// The trials that ask for no text.
    pub(super) everywhere: Vec<u16>,
    /// By number the rules that are tried, and the lines on which they are.
    pub(super) trials: Vec<(u16, Trial)>,
}

impl Index {
    /// Adds a rule.
    pub(super) fn add(&mut self, rule: u16, plan: Plan) {
        self.whole.to_mut().extend(plan.whole.iter().map(|text| whole(hash(text), rule)));
        for (place, texts, fitting) in plan.tried {
            let trial = self.trials.len() as u16;
            self.trials.push((rule, fitting));
            let known = match place {
                Place::First => &mut self.first,
                Place::Last => &mut self.last,
                Place::Inside => &mut self.inside,
                Place::Everywhere => {
                    self.everywhere.push(trial);
                    continue;
                }
            };
            known.to_mut().extend(texts.into_iter().map(|key| with_trial(key, trial)));
        }
    }

    /// Orders what is searched: to be called when all rules are added.
    pub(super) fn order(&mut self) {
        let whole = self.whole.to_mut();
        whole.sort_unstable_by_key(hash_and_rule);
        whole.dedup();
        self.bins = bins(&self.whole);
    }

    /// The rules that stand for this very line.
    pub(super) fn whole(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        let hash = hash(line);
        let alike = self.whole.get(self.bins.range(first_half(hash))).unwrap_or_default();
        alike.iter().map(hash_and_rule).filter(move |(known, _)| *known == hash).map(|(_, rule)| rule)
    }

    /// The bytes of the file.
    #[cfg(test)]
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let count = |out: &mut Vec<u8>, count: usize| out.extend((count as u32).to_le_bytes());
        count(&mut out, self.whole.len());
        self.whole.iter().for_each(|whole| out.extend(whole));
        for texts in [&self.first, &self.last, &self.inside] {
            count(&mut out, texts.len());
            texts.iter().for_each(|text| out.extend(text));
        }
        count(&mut out, self.everywhere.len());
        self.everywhere.iter().for_each(|trial| out.extend(trial.to_le_bytes()));
        count(&mut out, self.trials.len());
        for (rule, Trial { shape: Shape { first, last, held, length }, needs }) in &self.trials {
            out.extend(rule.to_le_bytes());
            [first, last, held].into_iter().for_each(|bytes| out.extend(bytes.to_le_bytes()));
            out.extend([length.0.to_le_bytes(), length.1.to_le_bytes()].concat());
            count(&mut out, needs.len());
            needs.iter().for_each(|text| text.write(&mut out));
        }
        out
    }

    /// Reads a file; `None` for one that is damaged.
    pub(super) fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let whole = reader.in_place()?;
        let [first, last, inside] = [reader.in_place()?.into(), reader.in_place()?.into(), reader.in_place()?.into()];
        let everywhere = reader.rows(2, Reader::number)?;
        let trials = (0..reader.count()?).map(|_| reader.trial()).collect::<Option<_>>()?;
        let index = Self { bins: bins(whole), whole: whole.into(), first, last, inside, everywhere, trials };
        reader.0.is_empty().then_some(index)
    }
}

/// The bins of whole lines that are sorted.
fn bins(whole: &[Whole]) -> Bins {
    Bins::of(BIN_BITS, whole.iter().map(|whole| first_half(hash_and_rule(whole).0)))
}

fn first_half(hash: u64) -> u32 {
    (hash >> u32::BITS) as u32
}

fn hash(text: &[u8]) -> u64 {
    let mut hash = Fnv::new();
    text.iter().for_each(|byte| hash.byte(*byte));
    hash.finish()
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// A count, and so many rows of so many bytes.
    fn rows<T>(&mut self, bytes: usize, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()? as usize;
        let mut part = Self(self.take(count.checked_mul(bytes)?)?);
        let mut rows = Vec::with_capacity(count);
        for _ in 0..count {
            rows.push(read(&mut part)?);
        }
        Some(rows)
    }

    /// A count, and so many rows, where they stand.
    fn in_place<const N: usize>(&mut self) -> Option<&'a [[u8; N]]> {
        let count = self.count()? as usize;
        Some(self.take(count.checked_mul(N)?)?.as_chunks().0)
    }

    fn number(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn trial(&mut self) -> Option<(u16, Trial)> {
        let rule = self.number()?;
        let [first, last, held] = [self.bytes()?, self.bytes()?, self.bytes()?];
        let shape = Shape { first, last, held, length: (self.count()?, self.count()?) };
        Some((rule, Trial { shape, needs: self.rows(Key::SIZE, Self::key)? }))
    }

    fn key(&mut self) -> Option<Key> {
        Some(Key { bytes: self.array()?, length: self.array().map(u8::from_le_bytes)? })
    }

    fn bytes(&mut self) -> Option<Bytes> {
        self.array().map(Bytes::from_le_bytes)
    }

    fn count(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}
