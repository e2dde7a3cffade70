//! Plain texts that are longer than memory should hold: cut into pieces at blank lines, each cleaned as a text of its own.

use std::io::{self, Read};

/// Bytes of a piece at most. A text of this length needs about half a gigabyte while it is judged; one of short lines more.
pub(crate) const PIECE: usize = 4 << 20;

/// A long text, read piece by piece.
pub(crate) struct Pieces<R> {
    reader: R,
    /// What was read and not yet given.
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    /// The pieces of what was read already and what the reader still gives.
    pub(crate) fn new(read: Vec<u8>, reader: R) -> Self {
        Self { reader, rest: read, ended: false }
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.ended && self.rest.len() < PIECE {
            let wanted = (PIECE - self.rest.len()) as u64;
            match self.reader.by_ref().take(wanted).read_to_end(&mut self.rest) {
                Ok(read) => self.ended = (read as u64) < wanted,
                Err(error) => {
                    self.ended = true;
                    self.rest.clear();
                    return Some(Err(error));
                }
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        let end = if self.ended && self.rest.len() <= PIECE { self.rest.len() } else { cut(&self.rest, PIECE) };
        let after = self.rest.split_off(end);
        Some(Ok(std::mem::replace(&mut self.rest, after)))
    }
}

/// Where to cut: after the last blank line in the second half, or else after the last line, or else between characters.
fn cut(bytes: &[u8], most: usize) -> usize {
    let most = most.min(bytes.len());
    let head = bytes.get(..most).unwrap_or(bytes);
    let half = most / 2;
    let mut last_line = None;
    for end in memrchr_lines(head) {
        if end <= half {
            break;
        }
        last_line = last_line.or(Some(end));
        let line = head.get(..end - 1).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.ends_with(b"\n") {
            return end;
        }
    }
    let character =
        || (most.saturating_sub(3)..=most).rev().find(|end| bytes.get(*end).is_none_or(|b| b & 0xc0 != 0x80));
    last_line.or_else(character).unwrap_or(most).max(1)
}

/// The ends of the lines, the last first.
fn memrchr_lines(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).rev().filter(|at| bytes[*at] == b'\n').map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Pieces, cut};

    #[test]
    fn pieces_end_at_blank_lines_or_lines_or_characters() {
        let cases: [(&[u8], usize, usize); 6] = [
            (b"a\nb\n\nc\nd\n", 8, 5),
            (b"a\nb\r\n\r\nc\nd\n", 9, 7),
            (b"aaaa\nbb\ncc\n", 9, 8),
            (b"aaaaaaaaaa", 6, 6),
            ("äääää".as_bytes(), 5, 4),
            (b"a\n", 9, 2),
        ];
        for (bytes, most, end) in cases {
            assert_eq!(cut(bytes, most), end, "{bytes:?}");
        }
    }

    #[test]
    fn all_pieces_together_are_the_text() {
        let text: Vec<u8> = (0..PIECE * 2 + 1000).map(|at| if at % 70 == 0 { b'\n' } else { b'x' }).collect();
        let pieces: Vec<Vec<u8>> =
            Pieces::new(text[..5000].to_vec(), &text[5000..]).map(|piece| piece.expect("memory can be read")).collect();
        assert!(pieces.len() == 3 && pieces.iter().all(|piece| piece.len() <= PIECE));
        assert!(pieces.concat() == text);
    }
}
