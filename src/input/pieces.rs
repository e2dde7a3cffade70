//! Plain texts that are longer than memory should hold: cut into pieces at blank lines, each cleaned as a text of its own.

use std::collections::VecDeque;

use super::stream::{Content, Envelope, Fault, Place, Splitter, read_fault};
use super::tape::{Source, Tape};

/// A long text, read piece by piece.
pub(super) struct Pieces<S> {
    tape: Tape<S>,
    /// Bytes of a piece at most.
    most: usize,
    /// What was read and not yet given.
    rest: Vec<u8>,
    next: Place,
    ended: bool,
    /// What is told at the end.
    faults: VecDeque<Fault>,
}

impl<S: Source> Pieces<S> {
    /// The pieces of what was read already and what the tape still gives.
    pub(super) fn new(read: Vec<u8>, tape: Tape<S>, most: usize, lost: Option<Fault>) -> Self {
        Self { tape, most, rest: read, next: Place::First, ended: false, faults: lost.into_iter().collect() }
    }

    fn fill(&mut self) {
        if self.ended || self.rest.len() >= self.most {
            return;
        }
        let offset = self.tape.offset();
        let read = self.tape.read_on(&mut self.rest, self.most);
        self.ended = read.is_err() || self.rest.len() < self.most;
        self.faults.extend(read.err().map(|error| read_fault(&error, offset)));
    }
}

impl<S: Source> Splitter for Pieces<S> {
    fn next(&mut self) -> Option<Result<Envelope, Fault>> {
        self.fill();
        if self.rest.is_empty() {
            return self.faults.pop_front().map(|fault| Err(fault.beside_its_record()));
        }
        let end = if self.ended && self.rest.len() <= self.most { self.rest.len() } else { cut(&self.rest, self.most) };
        let after = self.rest.split_off(end);
        let piece = std::mem::replace(&mut self.rest, after);
        let place = std::mem::replace(&mut self.next, Place::Later);
        Some(Ok(Envelope::new(0, 0, Content::Piece(piece, place))))
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
    use super::cut;
    use crate::document::Kind;
    use crate::input::{Reading, Records};

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
        let text: Vec<u8> = (0..3000).map(|at| if at % 70 == 0 { b'\n' } else { b'x' }).collect();
        let reading = Reading { piece: Some(1000), ..Reading::default() };
        let pieces: Vec<Vec<u8>> = Records::new(&text[..], &reading)
            .map(|envelope| envelope.and_then(|envelope| envelope.open(&reading)).expect("a piece").record.bytes)
            .collect();
        assert!(pieces.len() == 4 && pieces.iter().all(|piece| piece.len() <= 1000));
        assert!(pieces.concat() == text);
    }

    #[test]
    fn a_piece_is_text_whatever_it_begins_with() {
        let text = format!("{}\n\n<p>So you write a paragraph.</p>\n{}", "x".repeat(700), "y".repeat(700));
        let reading = Reading { piece: Some(1000), ..Reading::default() };
        let kinds = Records::new(text.as_bytes(), &reading)
            .map(|envelope| envelope.and_then(|envelope| envelope.open(&reading)).expect("a piece").record.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [Some(Kind::Text); 2]);
    }

    #[test]
    fn pages_and_short_texts_are_not_cut() {
        // UTF-16 without a mark: its line ends are no single bytes.
        let wide: Vec<u8> = "one line\n\n".repeat(20).bytes().flat_map(|byte| [byte, 0]).collect();
        for (bytes, piece) in [(b"<p>one</p>\n<p>two</p>\n".as_slice(), 12), (b"one\ntwo\n", 8), (&wide, 100)] {
            let reading = Reading { piece: Some(piece), ..Reading::default() };
            assert_eq!(Records::new(bytes, &reading).count(), 1);
        }
    }
}
