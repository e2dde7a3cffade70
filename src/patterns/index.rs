//! The index of line patterns: for a line's text, ends and inside, the rules that may match it.
//!
//! The index of the built-in table is generated (`UNBOIL_RECORD=1 cargo test the_index`) and proved current by a test. The
//! file is little-endian: whole texts as a count (u32) and pairs of hash (u64) and rule (u16), sorted; beginnings and ends
//! as a count and pairs of three bytes and rule, sorted; inner texts as a count, and for each its length (u8), bytes and
//! rule; the rules that are tried by shape as a count, and for each its number and three sets of bytes (256 bits).

use super::plan::{KEY, Key, Plan};
use super::shape::{Bytes, Shape};

/// Which rules may match a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    whole: Vec<(u64, u16)>,
    prefix: Vec<(Key, u16)>,
    suffix: Vec<(Key, u16)>,
    pub(super) inner: Vec<(Vec<u8>, u16)>,
    shaped: Vec<(u16, Shape)>,
}

impl Index {
    /// Adds a rule.
    pub(super) fn add(&mut self, rule: u16, plan: Plan) {
        match plan {
            Plan::Whole(texts) => self.whole.extend(texts.iter().map(|text| (hash(text), rule))),
            Plan::Prefix(keys) => self.prefix.extend(keys.into_iter().map(|key| (key, rule))),
            Plan::Suffix(keys) => self.suffix.extend(keys.into_iter().map(|key| (key, rule))),
            Plan::Inner(texts) => self.inner.extend(texts.into_iter().map(|text| (text, rule))),
            Plan::Shaped(shape) => self.shaped.push((rule, shape)),
        }
    }

    /// Sorts what is searched: to be called when all rules are added.
    pub(super) fn sort(&mut self) {
        self.whole.sort_unstable();
        self.whole.dedup();
        self.prefix.sort_unstable();
        self.suffix.sort_unstable();
    }

    /// The rules that stand for this very line.
    pub(super) fn whole(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        matching(&self.whole, &hash(line))
    }

    /// The rules to try on lines that begin so.
    pub(super) fn beginning(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        line.first_chunk().into_iter().flat_map(|key| matching(&self.prefix, key))
    }

    /// The rules to try on lines that end so.
    pub(super) fn end(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        line.last_chunk().into_iter().flat_map(|key| matching(&self.suffix, key))
    }

    /// The rules to try on lines of this shape.
    pub(super) fn shaped(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        let bytes = Bytes::of(line);
        self.shaped.iter().filter(move |(_, shape)| shape.fits(line, &bytes)).map(|(rule, _)| *rule)
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
        for keys in [&self.prefix, &self.suffix] {
            count(&mut out, keys.len());
            for (key, rule) in keys {
                out.extend(key);
                out.extend(rule.to_le_bytes());
            }
        }
        count(&mut out, self.inner.len());
        for (text, rule) in &self.inner {
            out.push(text.len() as u8);
            out.extend(text);
            out.extend(rule.to_le_bytes());
        }
        count(&mut out, self.shaped.len());
        for (rule, Shape { first, last, held }) in &self.shaped {
            out.extend(rule.to_le_bytes());
            [first, last, held].into_iter().for_each(|bytes| out.extend(bytes.to_le_bytes()));
        }
        out
    }

    /// Reads a file; `None` for one that is damaged.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let mut index = Self::default();
        for _ in 0..reader.count()? {
            index.whole.push((u64::from_le_bytes(reader.array()?), reader.rule()?));
        }
        for keys in [&mut index.prefix, &mut index.suffix] {
            for _ in 0..reader.count()? {
                keys.push((reader.array::<KEY>()?, reader.rule()?));
            }
        }
        for _ in 0..reader.count()? {
            let [length] = reader.array()?;
            index.inner.push((reader.take(usize::from(length))?.to_vec(), reader.rule()?));
        }
        for _ in 0..reader.count()? {
            let rule = reader.rule()?;
            let shape = Shape { first: reader.bytes()?, last: reader.bytes()?, held: reader.bytes()? };
            index.shaped.push((rule, shape));
        }
        reader.0.is_empty().then_some(index)
    }
}

/// The rules of all entries with a key, in entries that are sorted.
fn matching<'i, K: Ord>(entries: &'i [(K, u16)], key: &K) -> impl Iterator<Item = u16> + use<'i, K> {
    let start = entries.partition_point(|(known, _)| known < key);
    let count = entries.get(start..).unwrap_or_default().iter().take_while(|(known, _)| known == key).count();
    entries.get(start..start + count).unwrap_or_default().iter().map(|(_, rule)| *rule)
}

/// FNV-1a of a text: the same on every machine.
fn hash(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
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

    fn rule(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn bytes(&mut self) -> Option<Bytes> {
        self.array().map(Bytes::from_le_bytes)
    }

    fn count(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}
