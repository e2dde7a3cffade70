//! Hashes that are the same on every machine and in every run; and maps whose order nobody sees.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::rows::{Rows, part};

/// A map for keys of few bytes. Its hashes differ from run to run, so that no page can be made to fill one bucket.
pub(crate) type KeyMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// Such a map with room for so many keys: to grow takes as long as all else that is done with it.
pub(crate) fn map_for<K, V>(keys: usize) -> KeyMap<K, V> {
    KeyMap::with_capacity_and_hasher(keys, foldhash::fast::RandomState::default())
}

/// A set of such keys.
pub(crate) type KeySet<K> = HashSet<K, foldhash::fast::RandomState>;

/// Where in a sorted list the hashes begin that share their first bits: a lookup reads one place instead of the dozen of a
/// binary search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bins {
    pub(crate) bits: u32,
    /// The beginning of each bin, and the end of the last.
    pub(crate) starts: Rows<4>,
}

impl Bins {
    /// The bins of hashes in ascending order, by so many of their first bits.
    pub(crate) fn of(bits: u32, hashes: impl Iterator<Item = u32>) -> Self {
        let mut counts = vec![0_u32; (1 << bits) + 1];
        for hash in hashes {
            counts[bin(bits, hash) + 1] += 1;
        }
        let sums = counts.iter().scan(0, |sum, count| {
            *sum += count;
            Some(u32::to_le_bytes(*sum))
        });
        Self { bits, starts: sums.collect() }
    }

    /// The places in the list that a hash can have.
    pub(crate) fn range(&self, hash: u32) -> Range<usize> {
        part(&self.starts, bin(self.bits, hash))
    }
}

fn bin(bits: u32, hash: u32) -> usize {
    hash.unbounded_shr(u32::BITS - bits) as usize
}

/// FNV-1a, 64 bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    pub(crate) fn word(&mut self, value: u32) {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x0100_0000_01b3);
    }

    /// A hash of a part.
    pub(crate) fn long(&mut self, hash: u64) {
        self.0 = (self.0 ^ hash).wrapping_mul(0x0100_0000_01b3);
    }

    /// A character in lower case.
    pub(crate) fn lower(&mut self, c: char) {
        if c.is_ascii() {
            self.word(u32::from(c.to_ascii_lowercase()));
        } else {
            c.to_lowercase().for_each(|c| self.word(u32::from(c)));
        }
    }

    /// A text and its end, so that `ab`,`c` and `a`,`bc` differ.
    pub(crate) fn text(&mut self, text: impl AsRef<[u8]>) {
        text.as_ref().iter().for_each(|byte| self.byte(*byte));
        self.byte(0xff);
    }

    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

/// A hash of several numbers, for grouping within one document.
#[inline]
pub(crate) fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0, |hash, part| {
        let hash = (hash ^ part).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ (hash >> 32)
    })
}
