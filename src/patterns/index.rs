//! The index of line patterns: for a line's text, ends and inside, the rules that may match it.
//!
//! The index of the built-in table is generated (`UNBOIL_RECORD=1 cargo test the_index`) and proved current by a test. The
//! file is little-endian: whole texts as a count (u32) and pairs of hash (u64) and rule (u16), sorted; beginnings, ends
//! (backwards) and inner texts, each as a count, and for each its eight bytes, length (u8) and trial (u16); the trials without
//! a text as a count and numbers; trials as a count, and for each its rule, three sets of bytes (256 bits) and the fewest and
//! most bytes of a line (u32).

use crate::hash::Fnv;

use super::plan::{Key, Place, Plan};
use super::shape::{Bytes, Shape};

/// Which rules may match a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    whole: Vec<(u64, u16)>,
    /// The beginnings of lines, each with the number of a trial.
    pub(super) first: Vec<(Key, u16)>,
    /// Their ends, backwards.
    pub(super) last: Vec<(Key, u16)>,
    /// Texts that they hold.
    pub(super) inside: Vec<(Key, u16)>,
    /// The trials that ask for no text.
    pub(super) everywhere: Vec<u16>,
    /// By number the rules that are tried, and the shapes of the lines on which they are.
    pub(super) trials: Vec<(u16, Shape)>,
}

impl Index {
    /// Adds a rule.
    pub(super) fn add(&mut self, rule: u16, plan: Plan) {
        self.whole.extend(plan.whole.iter().map(|text| (hash(text), rule)));
        for (place, texts, shape) in plan.tried {
            let trial = self.trials.len() as u16;
            self.trials.push((rule, shape));
            let known = match place {
                Place::First => &mut self.first,
                Place::Last => &mut self.last,
                Place::Inside => &mut self.inside,
                Place::Everywhere => {
                    self.everywhere.push(trial);
                    continue;
                }
            };
            known.extend(texts.into_iter().map(|text| (text, trial)));
        }
    }

    /// Sorts what is searched: to be called when all rules are added.
    pub(super) fn sort(&mut self) {
        self.whole.sort_unstable();
        self.whole.dedup();
    }

    /// The rules that stand for this very line.
    pub(super) fn whole(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        matching(&self.whole, &hash(line))
    }

    /// The bytes of the file.
    #[cfg(test)]
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let count = |out: &mut Vec<u8>, count: usize| out.extend((count as u32).to_le_bytes());
        count(&mut out, self.whole.len());
        for (hash, rule) in &self.whole {
            out.extend(hash.to_le_bytes());
            out.extend(rule.to_le_bytes());
        }
        for texts in [&self.first, &self.last, &self.inside] {
            count(&mut out, texts.len());
            for (text, trial) in texts {
                out.extend(text.bytes);
                out.push(text.length);
                out.extend(trial.to_le_bytes());
            }
        }
        count(&mut out, self.everywhere.len());
        self.everywhere.iter().for_each(|trial| out.extend(trial.to_le_bytes()));
        count(&mut out, self.trials.len());
        for (rule, Shape { first, last, held, length }) in &self.trials {
            out.extend(rule.to_le_bytes());
            [first, last, held].into_iter().for_each(|bytes| out.extend(bytes.to_le_bytes()));
            out.extend([length.0.to_le_bytes(), length.1.to_le_bytes()].concat());
        }
        out
    }

    /// Reads a file; `None` for one that is damaged.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let mut index = Self::default();
        for _ in 0..reader.count()? {
            index.whole.push((u64::from_le_bytes(reader.array()?), reader.number()?));
        }
        for texts in [&mut index.first, &mut index.last, &mut index.inside] {
            for _ in 0..reader.count()? {
                let key = Key { bytes: reader.array()?, length: reader.array().map(u8::from_le_bytes)? };
                texts.push((key, reader.number()?));
            }
        }
        for _ in 0..reader.count()? {
            index.everywhere.push(reader.number()?);
        }
        for _ in 0..reader.count()? {
            let rule = reader.number()?;
            let [first, last, held] = [reader.bytes()?, reader.bytes()?, reader.bytes()?];
            index.trials.push((rule, Shape { first, last, held, length: (reader.count()?, reader.count()?) }));
        }
        reader.0.is_empty().then_some(index)
    }
}

/// The numbers of all entries with a key, in entries that are sorted.
pub(super) fn matching<'i, K: Ord>(entries: &'i [(K, u16)], key: &K) -> impl Iterator<Item = u16> + use<'i, K> {
    let start = entries.partition_point(|(known, _)| known < key);
    let count = entries.get(start..).unwrap_or_default().iter().take_while(|(known, _)| known == key).count();
    entries.get(start..start + count).unwrap_or_default().iter().map(|(_, number)| *number)
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

    fn number(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn bytes(&mut self) -> Option<Bytes> {
        self.array().map(Bytes::from_le_bytes)
    }

    fn count(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}
