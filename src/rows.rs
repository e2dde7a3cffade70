//! Rows: lists as they stand in a file, little-endian, read where they stand.
//!
//! A file that is part of the program need not be copied or computed at start: a run looks at few rows of it. What is made
//! in memory, such as a caller's own tables, makes the same rows.

use std::borrow::Cow;

/// Rows of so many bytes each.
pub(crate) type Rows<const N: usize> = Cow<'static, [[u8; N]]>;

/// Takes a file apart, from its beginning. Everything is `None` where the file ends too early.
pub(crate) struct Reader(pub(crate) &'static [u8]);

impl Reader {
    /// A count (u32), and so many rows. Never inlined: of the thirty calls that read the table of patterns the optimizer
    /// otherwise makes one function, over whose bounds it thinks for more than ten minutes.
    #[inline(never)]
    pub(crate) fn rows<const N: usize>(&mut self) -> Option<Rows<N>> {
        let count = u32::from_le_bytes(self.take(size_of::<u32>())?.try_into().ok()?) as usize;
        Some(self.take(count.checked_mul(N)?)?.as_chunks().0.into())
    }

    /// `None` where anything is left.
    pub(crate) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }
}

/// The number in a row of four bytes; zero beyond the last.
pub(crate) fn number(rows: &[[u8; 4]], at: usize) -> u32 {
    rows.get(at).map_or(0, |row| u32::from_le_bytes(*row))
}

/// The places of a part of a list whose parts stand one behind the other, by their beginnings and the end of the last.
pub(crate) fn part(starts: &[[u8; 4]], at: usize) -> std::ops::Range<usize> {
    number(starts, at) as usize..number(starts, at + 1) as usize
}

/// Appends rows to a file, as [`Reader::rows`] reads them.
#[cfg(test)]
pub(crate) fn write<const N: usize>(rows: &[[u8; N]], out: &mut Vec<u8>) {
    out.extend((rows.len() as u32).to_le_bytes());
    out.extend(rows.as_flattened());
}
