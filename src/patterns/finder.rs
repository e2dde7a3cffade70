//! Finder: where the texts of a table stand in another text.
//!
//! Input: some hundred short texts, once; then bytes. Output: each place where one of the texts begins, in order. A text
//! is looked for only where its first bytes stand, which one look into a small table tells: on prose that takes a third
//! of the time of an Aho-Corasick automaton, and the table is built in no time. A place costs as much as there are texts
//! that begin alike, so that the work is linear in the bytes.

use crate::rows::{Reader, Rows, part};

/// Bytes that choose the texts to compare.
const KEY: usize = 3;

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
    /// Where the entries of each bucket begin, and where those of the last end, twice.
    starts: Rows<4>,
    entries: Rows<{ Entry::SIZE }>,
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
    pub(super) fn new<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T, IntoIter: Clone>) -> Self {
        let texts = texts.into_iter();
        let mut taken = vec![[0_u8]; 1 << (SLOT_BITS - u8::BITS.ilog2())];
        // Two places ahead of the bucket, so that filling it moves its beginning to where it belongs.
        let mut starts = vec![0_u32; (1 << BITS) + 2];
        for text in texts.clone() {
            slots(text.as_ref(), |slot, opens| {
                taken[slot as usize / 8][0] |= 1 << (slot % 8);
                starts[bucket(slot) + 2] += u32::from(opens);
            });
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut rests = Vec::new();
        let mut entries = vec![[0; Entry::SIZE]; end as usize];
        for (number, text) in (0..).zip(texts) {
            let text = text.as_ref();
            let (length, rest) = (text.len() as u32, rests.len() as u32);
            let entry = Entry { first: first(text), number, length, rest }.to_row();
            rests.extend(text.iter().skip(FIRST).map(|byte| [*byte]));
            slots(text, |slot, opens| {
                if opens {
                    let next = &mut starts[bucket(slot) + 1];
                    entries[*next as usize] = entry;
                    *next += 1;
                }
            });
        }
        let starts: Vec<_> = starts.into_iter().map(u32::to_le_bytes).collect();
        Self { taken: taken.into(), starts: starts.into(), entries: entries.into(), rests: rests.into() }
    }

    /// Appends it to a file.
    #[cfg(test)]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        use crate::rows::write;
        write(&self.taken, out);
        write(&self.starts, out);
        write(&self.entries, out);
        write(&self.rests, out);
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let (taken, starts) = (reader.rows()?, reader.rows()?);
        Some(Self { taken, starts, entries: reader.rows()?, rests: reader.rows()? })
    }

    /// Calls `found` with the number of each text that begins these bytes.
    pub(super) fn beginning(&self, bytes: &[u8], mut found: impl FnMut(usize)) {
        let slot = slot(key(bytes));
        if is_taken(&self.taken, slot) {
            self.compare(slot, bytes, &mut found);
        }
    }

    /// Calls `found` with the place and the number of each text, wherever it begins.
    pub(super) fn each(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        // Of a size that the compiler knows, so that it need not compare each slot with it.
        let Some(taken) = self.taken.first_chunk::<{ 1 << (SLOT_BITS - u8::BITS.ilog2()) }>() else { return };
        let mut at_key = |at: usize, key: u32| {
            let slot = slot(key);
            if is_taken(taken, slot) {
                self.compare(slot, bytes.get(at..).unwrap_or_default(), &mut |number| found(at, number));
            }
        };
        // A window more than a key is read in one go.
        let windows = bytes.windows(KEY + 1).enumerate();
        windows.for_each(|(at, window)| at_key(at, key(window)));
        for at in bytes.len().saturating_sub(KEY)..bytes.len() {
            at_key(at, key(bytes.get(at..).unwrap_or_default()));
        }
    }

    fn compare(&self, slot: u32, bytes: &[u8], found: &mut impl FnMut(usize)) {
        let begins = first(bytes);
        let entries = self.entries.get(part(&self.starts, bucket(slot))).unwrap_or_default();
        let rests = self.rests.as_flattened();
        entries
            .iter()
            .map(Entry::of_row)
            .filter(|entry| entry.fits(bytes, begins, rests))
            .for_each(|entry| found(entry.number as usize));
    }
}

fn is_taken(taken: &[[u8; 1]], slot: u32) -> bool {
    taken.get(slot as usize / 8).is_some_and(|[bits]| bits & 1 << (slot % 8) != 0)
}

/// The slots of a text, ascending, each with whether it is the first of its bucket. What follows a text that is shorter than
/// a key may be anything.
fn slots(text: &[u8], mut place: impl FnMut(u32, bool)) {
    let known = 8 * text.len().min(KEY);
    let key = key(text);
    match text.len() {
        0 => {}
        KEY.. => place(slot(key), true),
        _ => {
            let rests = 0..1_u32 << (8 * KEY - known);
            let mut all: Vec<u32> = rests.map(|rest| slot(key | rest << known)).collect();
            all.sort_unstable();
            all.dedup();
            let mut before = None;
            all.into_iter().for_each(|slot| place(slot, before.replace(bucket(slot)) != Some(bucket(slot))));
        }
    }
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
        [a, b, c, d, ..] => u32::from_le_bytes([a, b, c, d]) & 0x00ff_ffff,
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
