//! Finder: where the texts of a table stand in another text.
//!
//! Input: some hundred short texts, once; then bytes. Output: each place where one of the texts begins, in order. A text
//! is looked for only where its first bytes stand, which one look into a small table tells: on prose that takes a third
//! of the time of an Aho-Corasick automaton, and the table is built in no time. A place costs as much as there are texts
//! that begin alike, so that the work is linear in the bytes.

use crate::rows::{Reader, Rows, part};

/// Bytes that choose the texts to compare. Texts of fewer stand apart: there is no saying in which buckets they belong, and
/// one of a single byte would be in all of them.
const KEY: usize = 3;
const KEY_MASK: u32 = (1 << (8 * KEY)) - 1;

/// Bits of a bucket's number: 32 kB of buckets, which stay in a fast cache.
const BITS: u32 = 13;

/// Bits of a slot's number. A bucket has eight slots, and whether one is taken is a bit: where it is not, as at most places
/// of a text, the bucket need not be opened.
const SLOT_BITS: u32 = BITS + 3;

/// Bytes of a text that are compared at once.
const FIRST: usize = size_of::<u64>();

/// Texts by their beginnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finder {
    /// A bit a slot.
    taken: Rows<1>,
    /// Of each bucket which bytes follow the keys in its texts, as [`follower`] has them.
    followers: Rows<8>,
    /// Where the entries of each bucket begin, and where those of the last end.
    starts: Rows<4>,
    entries: Rows<{ Entry::SIZE }>,
    /// The entries of texts that are shorter than a key, by their first bytes, and where those of each byte begin.
    short_starts: Rows<4>,
    short: Rows<{ Entry::SIZE }>,
    /// What of the texts lies beyond their first bytes.
    rests: Rows<1>,
}

/// A text in a bucket.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// Its first bytes, zeros where it is shorter.
    first: u64,
    /// The number of the text.
    number: u32,
    /// Its bytes.
    length: u32,
    /// Where its rest begins.
    rest: u32,
}

impl Entry {
    const SIZE: usize = 8 + 3 * 4;

    fn to_row(self) -> [u8; Self::SIZE] {
        let mut row = [0; Self::SIZE];
        let numbers = [self.number, self.length, self.rest].into_iter().flat_map(u32::to_le_bytes);
        row.iter_mut().zip(self.first.to_le_bytes().into_iter().chain(numbers)).for_each(|(place, byte)| *place = byte);
        row
    }

    fn of_row(row: &[u8; Self::SIZE]) -> Self {
        let [a, b, c, d, e, f, g, h, number @ .., i, j, k, l, m, n, o, p] = *row;
        Self {
            first: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
            number: u32::from_le_bytes(number),
            length: u32::from_le_bytes([i, j, k, l]),
            rest: u32::from_le_bytes([m, n, o, p]),
        }
    }

    fn first_byte(&self) -> usize {
        usize::from(self.first as u8)
    }

    /// The slot of a text that is no shorter than a key.
    fn slot(&self) -> u32 {
        slot(self.first as u32 & KEY_MASK)
    }

    /// The bytes that may follow its key.
    fn followers(&self) -> u64 {
        if self.length as usize > KEY { follower(self.first) } else { u64::MAX }
    }

    /// The bits of its first bytes that are its own.
    fn mask(&self) -> u64 {
        u64::MAX.checked_shr(u64::BITS - 8 * self.length.min(FIRST as u32)).unwrap_or(0)
    }

    fn fits(&self, bytes: &[u8], begins: u64, rests: &[u8]) -> bool {
        let (length, rest) = (self.length as usize, self.rest as usize);
        begins & self.mask() == self.first
            && length <= bytes.len()
            && (length <= FIRST
                || bytes.get(FIRST..length) == rests.get(rest..).and_then(|rest| rest.get(..length - FIRST)))
    }
}

impl Finder {
    /// A finder of these texts, which are numbered in this order. Empty ones are never found.
    pub(super) fn new<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut rests = Vec::new();
        let mut entries = Vec::new();
        for (number, text) in (0..).zip(texts) {
            let text = text.as_ref();
            let (length, rest) = (text.len() as u32, rests.len() as u32);
            rests.extend(text.iter().skip(FIRST).map(|byte| [*byte]));
            entries.extend((length > 0).then(|| Entry { first: first(text), number, length, rest }));
        }
        let (mut short, mut long): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| (entry.length as usize) < KEY);
        short.sort_by_key(Entry::first_byte);
        long.sort_by_key(|entry| bucket(entry.slot()));
        let mut taken = vec![[0_u8]; 1 << (SLOT_BITS - u8::BITS.ilog2())];
        let mut followers = vec![0_u64; 1 << BITS];
        for entry in &long {
            let slot = entry.slot();
            taken[slot as usize / 8][0] |= 1 << (slot % 8);
            followers[bucket(slot)] |= entry.followers();
        }
        Self {
            taken: taken.into(),
            followers: followers.into_iter().map(u64::to_le_bytes).collect(),
            starts: starts(1 << BITS, long.iter().map(|entry| bucket(entry.slot()))),
            entries: long.into_iter().map(Entry::to_row).collect(),
            short_starts: starts(1 << u8::BITS, short.iter().map(Entry::first_byte)),
            short: short.into_iter().map(Entry::to_row).collect(),
            rests: rests.into(),
        }
    }

    /// Appends it to a file.
    #[cfg(test)]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        use crate::rows::write;
        write(&self.taken, out);
        write(&self.followers, out);
        write(&self.starts, out);
        write(&self.entries, out);
        write(&self.short_starts, out);
        write(&self.short, out);
        write(&self.rests, out);
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let (taken, followers) = (reader.rows()?, reader.rows()?);
        let (starts, entries) = (reader.rows()?, reader.rows()?);
        let (short_starts, short) = (reader.rows()?, reader.rows()?);
        Some(Self { taken, followers, starts, entries, short_starts, short, rests: reader.rows()? })
    }

    /// Calls `found` with the number of each text that begins these bytes.
    pub(super) fn beginning(&self, bytes: &[u8], mut found: impl FnMut(usize)) {
        let key = key(bytes);
        if is_taken(&self.taken, slot(key)) {
            self.compare(slot(key), bytes, &mut found);
        }
        if !self.short.is_empty() {
            self.compare_short(bytes, &mut found);
        }
    }

    /// Calls `found` with the place and the number of each text, wherever it begins.
    pub(super) fn each(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        // Of a size that the compiler knows, so that it need not compare each slot with it.
        let taken = self.taken.first_chunk::<{ 1 << (SLOT_BITS - u8::BITS.ilog2()) }>();
        let mut at = 0;
        if let Some(taken) = taken.filter(|_| self.short.is_empty()) {
            for window in bytes.windows(KEY + 1) {
                let Ok(window) = window.try_into() else { break };
                let slot = slot(u32::from_le_bytes(window) & KEY_MASK);
                if is_taken(taken, slot) {
                    self.compare(slot, bytes.get(at..).unwrap_or_default(), &mut |number| found(at, number));
                }
                at += 1;
            }
        }
        for at in at..bytes.len() {
            self.beginning(bytes.get(at..).unwrap_or_default(), |number| found(at, number));
        }
    }

    fn compare(&self, slot: u32, bytes: &[u8], found: &mut impl FnMut(usize)) {
        let begins = first(bytes);
        let followers = self.followers.get(bucket(slot)).map_or(0, |row| u64::from_le_bytes(*row));
        if followers & follower(begins) != 0 {
            self.entries(self.entries.get(part(&self.starts, bucket(slot))), bytes, begins, found);
        }
    }

    fn compare_short(&self, bytes: &[u8], found: &mut impl FnMut(usize)) {
        let range = bytes.first().map(|byte| part(&self.short_starts, usize::from(*byte)));
        if let Some(range) = range.filter(|range| !range.is_empty()) {
            self.entries(self.short.get(range), bytes, first(bytes), found);
        }
    }

    fn entries(&self, entries: Option<&[[u8; Entry::SIZE]]>, bytes: &[u8], begins: u64, found: &mut impl FnMut(usize)) {
        let rests = self.rests.as_flattened();
        let entries = entries.unwrap_or_default().iter().map(Entry::of_row);
        entries.filter(|entry| entry.fits(bytes, begins, rests)).for_each(|entry| found(entry.number as usize));
    }
}

fn is_taken(taken: &[[u8; 1]], slot: u32) -> bool {
    taken.get(slot as usize / 8).is_some_and(|[bits]| bits & 1 << (slot % 8) != 0)
}

/// The byte behind the key as a bit: that of another letter, if not that of any other byte, is another one.
fn follower(first: u64) -> u64 {
    1 << (first >> (8 * KEY) & 63)
}

/// Where each of so many parts of a list begins, and where the last ends, by the part of each of its members in order.
fn starts(parts: usize, members: impl Iterator<Item = usize>) -> Rows<4> {
    let mut counts = vec![0_u32; parts + 1];
    members.for_each(|part| counts[part + 1] += 1);
    let sums = counts.iter().scan(0, |sum, count| {
        *sum += count;
        Some(u32::to_le_bytes(*sum))
    });
    sums.collect()
}

/// The bucket of a slot.
fn bucket(slot: u32) -> usize {
    (slot >> (SLOT_BITS - BITS)) as usize
}

/// The first [`FIRST`] bytes of a text, zeros where it is shorter.
fn first(text: &[u8]) -> u64 {
    text.first_chunk().map_or_else(
        || text.iter().rev().fold(0, |first, byte| first << 8 | u64::from(*byte)),
        |bytes| u64::from_le_bytes(*bytes),
    )
}

/// The first bytes of a text, zeros where it is shorter.
fn key(text: &[u8]) -> u32 {
    match *text {
        [a, b, c, d, ..] => u32::from_le_bytes([a, b, c, d]) & KEY_MASK,
        [a, b, c] => u32::from_le_bytes([a, b, c, 0]),
        [a, b] => u32::from_le_bytes([a, b, 0, 0]),
        [a] => u32::from(a),
        [] => 0,
    }
}

fn slot(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)
}

#[cfg(test)]
mod tests {
    use super::Finder;

    fn found(finder: &Finder, text: &str) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        finder.each(text.as_bytes(), |at, number| all.push((at, number)));
        assert!(all.is_sorted_by_key(|(at, _)| *at), "places stand in order, the texts of one in any");
        all.sort_unstable();
        all
    }

    #[test]
    fn texts_of_any_length_are_found_at_any_place() {
        assert_eq!(
            found(&Finder::new::<&str>(["share", "sha", "s", "", "e ©"]), "share ©, s"),
            [(0, 0), (0, 1), (0, 2), (4, 4), (10, 2)]
        );
        assert_eq!(found(&Finder::new::<&str>(["ad", "nad"]), "ad nad"), [(0, 0), (3, 1), (4, 0)]);
        assert_eq!(found(&Finder::new::<&str>(["ad"]), "a"), []);
        assert_eq!(found(&Finder::new::<&str>([]), "anything"), []);
        assert_eq!(found(&Finder::new::<&str>(["mailing list", "mailing lists"]), "our mailing list"), [(4, 0)]);
    }

    #[test]
    fn nothing_else_is_found_and_nothing_is_missed() {
        let texts = ["ab", "b", "abc", "ca", "bca", "aab"];
        let finder = Finder::new(texts);
        // All texts of nine letters a, b, c.
        for number in 0..3_usize.pow(9) {
            let text: String = (0..9).map(|place| ['a', 'b', 'c'][number / 3_usize.pow(place) % 3]).collect();
            let naive = (0..text.len()).flat_map(|at| {
                let rest = &text.as_bytes()[at..];
                (0..texts.len()).filter(move |n| rest.starts_with(texts[*n].as_bytes())).map(move |n| (at, n))
            });
            assert_eq!(found(&finder, &text), naive.collect::<Vec<_>>(), "{text}");
        }
    }
}
