//! Lines of plain text to blocks.
//!
//! Input: the bytes as they came and their encoding. Output: a [`Document`] whose lines are byte ranges that together
//! are the whole input, so that any choice of lines can be printed byte for byte; each line that is not blank is a
//! block. A line is judged by its decoded text, and never changed.

use std::ops::Range;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::decode::Choice;
use crate::document::{Block, BlockKind, Document, Kind, Limit};
use crate::spaces::{collapse_by, is_plain};

/// Cuts a text into blocks, with the byte ranges of their lines. What is left behind so many lines is one more, and the
/// limit is noted.
#[must_use]
pub fn segment(bytes: &[u8], choice: Choice, most: usize) -> Document {
    let mut document = Document::empty(Kind::Text, None);
    document.lines = lines(bytes, choice.encoding, most);
    document.limit = (document.lines.len() > most).then_some(Limit::Nodes);
    for (number, range) in document.lines.iter().enumerate() {
        let start = if number == 0 { choice.bom.min(range.end) } else { range.start };
        let (text, _) = choice.encoding.decode_without_bom_handling(&bytes[start..range.end]);
        let text = collapse(&text);
        if !text.is_empty() {
            document.blocks.push(block(text, number as u32));
        }
    }
    document
}

pub(crate) fn block(text: String, line: u32) -> Block {
    Block {
        kind: BlockKind::Line,
        text,
        spans: Vec::new(),
        element: 0,
        lines: line..line + 1,
        images: 0,
        inlines: 0,
        joins: false,
        wishes: Vec::new(),
    }
}

/// The text with white space, NUL and zero-width padding collapsed to single spaces.
fn collapse(text: &str) -> String {
    let text = text.trim_ascii();
    if is_plain(text.as_bytes()) {
        return text.to_owned();
    }
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\0' | '\u{200b}' | '\u{feff}');
    collapse_by(text, is_space)
}

/// The byte ranges of the lines, each with its terminator. A line ends with `\n`, in the encoding's own width; where
/// there is none at all, with the `\r` of old Macintosh texts.
fn lines(bytes: &[u8], encoding: &'static Encoding, most: usize) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    let mut cut = |end: usize| lines.push(std::mem::replace(&mut start, end)..end);
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let newline = if encoding == UTF_16LE { [b'\n', 0] } else { [0, b'\n'] };
        let units = bytes.chunks_exact(2).enumerate();
        units.filter(|(_, unit)| *unit == newline).take(most).for_each(|(unit, _)| cut(unit * 2 + 2));
    } else if memchr::memchr(b'\n', bytes).is_some() {
        memchr::memchr_iter(b'\n', bytes).take(most).for_each(|at| cut(at + 1));
    } else {
        memchr::memchr_iter(b'\r', bytes).take(most).for_each(|at| cut(at + 1));
    }
    if lines.last().is_none_or(|last| last.end < bytes.len()) && !bytes.is_empty() {
        cut_rest(&mut lines, bytes.len());
    }
    lines
}

/// What follows the last terminator.
fn cut_rest(lines: &mut Vec<Range<usize>>, end: usize) {
    let start = lines.last().map_or(0, |last| last.end);
    lines.push(start..end);
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

    use super::segment;
    use crate::decode::Choice;
    use crate::document::{Charset, CharsetSource};

    fn choice(encoding: &'static Encoding, bom: usize) -> Choice {
        let charset = Charset { name: encoding.name(), source: CharsetSource::Option, overruled: None };
        Choice { encoding, bom, charset }
    }

    #[test]
    fn lines_are_the_whole_input_and_blocks_its_visible_lines() {
        let cases: [(&[u8], _, &[&str], &[usize]); 9] = [
            (b"", choice(UTF_8, 0), &[], &[]),
            (b"a\n\nb", choice(UTF_8, 0), &["a", "b"], &[2, 3, 4]),
            (b"a\r\n \t\r\nb\r\n", choice(UTF_8, 0), &["a", "b"], &[3, 7, 10]),
            (b"a\rb\r", choice(UTF_8, 0), &["a", "b"], &[2, 4]),
            (b"\xef\xbb\xbfa  b\n", choice(UTF_8, 3), &["a b"], &[8]),
            (b"\xff\xfea\0\n\0b\0", choice(UTF_16LE, 2), &["a", "b"], &[6, 8]),
            (b"\0a\0\n\x0a\0\0b", choice(UTF_16BE, 0), &["a", "\u{a00}b"], &[4, 8]),
            (b"caf\xe9\n", choice(WINDOWS_1252, 0), &["caf\u{e9}"], &[5]),
            (b"\x83\x5c\x0a\x83\x5c", choice(SHIFT_JIS, 0), &["ソ", "ソ"], &[3, 5]),
        ];
        for (bytes, choice, texts, ends) in cases {
            let document = segment(bytes, choice, usize::MAX);
            let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
            assert_eq!(found, texts, "{bytes:?}");
            let mut start = 0;
            for (line, end) in document.lines.iter().zip(ends) {
                assert_eq!(*line, start..*end, "{bytes:?}");
                start = *end;
            }
            assert_eq!(document.lines.len(), ends.len(), "{bytes:?}");
        }
    }
}
