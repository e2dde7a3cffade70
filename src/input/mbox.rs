//! Mailboxes: a stream of letters in one file, one after the other.
//!
//! Input: any buffered reader. Output: an iterator of letters as bytes, each with the place where it began. A letter
//! begins with a line `From SENDER DATE` at the beginning of the file, after an empty line, or before a field of a
//! header, since some programs leave the empty line out. `From ` at the beginning of a line of a letter was escaped
//! when it was stored: mboxrd puts one `>` before any number of `>` and `From `, mboxo before `From ` alone, and taking
//! one away is right for both but for the quoted line that mboxo left alone.
//!
//! Nothing is read ahead but the reader's buffer and a line, and no more than the limit is kept of a letter, so that a
//! mailbox of any size needs the memory of its largest letter. This module must not look into letters.

use std::io::{self, BufRead};

use super::stream::{Content, Envelope, Fault, Reason, Splitter};
use super::tape::{Source, Tape};
use super::unpack::Damage;

/// A letter of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Where its `From ` line began, in bytes from the beginning of the stream.
    pub offset: u64,
    /// The message, without its `From ` line, the empty line after it and the escapes.
    pub bytes: Vec<u8>,
    /// It was longer than the limit; `bytes` holds its beginning.
    pub truncated: bool,
}

/// The letters of a mailbox, in their order.
///
/// ```
/// let mailbox = b"From ada@a.example Mon Feb  3 10:00:00 2025\nSubject: a\n\n>From here\n\nFrom b Tue Feb  4 10:00:00 2025\nSubject: b\n\n";
/// let letters: Vec<_> = unboil::input::Mbox::new(&mailbox[..], 1 << 20).collect::<Result<_, _>>()?;
/// assert_eq!(letters[0].bytes, b"Subject: a\n\nFrom here\n");
/// assert_eq!((letters[1].offset, letters.len()), (68, 2));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Mbox<R> {
    reader: R,
    /// Bytes of a letter that are kept.
    limit: usize,
    /// Bytes read of the stream.
    read: u64,
    /// Where in the file the next byte stands, from the reader and the bytes read.
    place: fn(&R, u64) -> u64,
    /// Where the line that began the next letter stands, if it was read.
    begun: Option<u64>,
    failed: bool,
    line: Vec<u8>,
    /// Where the line in the buffer begins, and what it is, if it was read ahead.
    ahead: Option<(u64, Piece)>,
}

/// Bytes of a line that are held at once; a longer one is passed on in pieces.
const PIECE: usize = 64 << 10;

/// A line, or a piece of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    End,
    /// The line's number of bytes is in the buffer; whether it is whole.
    Bytes {
        whole: bool,
    },
}

impl<R: BufRead> Mbox<R> {
    /// The letters of a reader; of each letter no more than `limit` bytes are kept, and at least one byte more than a
    /// limit on records lets it be noticed.
    pub fn new(reader: R, limit: usize) -> Self {
        Self {
            reader,
            limit,
            read: 0,
            place: |_, read| read,
            begun: None,
            failed: false,
            line: Vec::new(),
            ahead: None,
        }
    }

    /// Where in the file the next byte stands.
    fn place(&self) -> u64 {
        (self.place)(&self.reader, self.read)
    }

    /// Reads the next line, or a piece of it, into the buffer.
    fn piece(&mut self) -> io::Result<Piece> {
        self.line.clear();
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let room = PIECE - self.line.len();
            let end = memchr::memchr(b'\n', available).map(|at| at + 1);
            let taken = end.unwrap_or(available.len()).min(room);
            self.line.extend_from_slice(&available[..taken]);
            self.reader.consume(taken);
            self.read += taken as u64;
            let whole = self.line.last() == Some(&b'\n');
            match taken {
                0 if self.line.is_empty() => return Ok(Piece::End),
                0 => return Ok(Piece::Bytes { whole: true }),
                _ if whole || self.line.len() == PIECE => return Ok(Piece::Bytes { whole }),
                _ => {}
            }
        }
    }

    /// Reads up to the next letter.
    fn letter(&mut self) -> io::Result<Option<Letter>> {
        let begun = self.begun.take();
        let mut any = begun.is_some();
        let offset = begun.unwrap_or_else(|| self.place());
        let mut letter = Letter { offset, bytes: Vec::new(), truncated: false };
        let (mut at_start, mut after_empty) = (true, !any);
        while let (start, Piece::Bytes { whole }) = self.next_piece()? {
            if at_start && is_separator(&self.line) {
                let separator = std::mem::take(&mut self.line);
                if !(after_empty || self.header_follows()?) {
                    self.keep(&separator, &mut letter);
                    (at_start, after_empty) = (whole, false);
                    continue;
                }
                if any {
                    self.begun = Some(start);
                    break;
                }
                (letter.offset, any) = (start, true);
                continue;
            }
            let blank = at_start && self.line.trim_ascii().is_empty();
            // What stands before the first letter is part of none unless it is text.
            if any || !blank {
                any = true;
                self.keep(if at_start { unescaped(&self.line) } else { &self.line }, &mut letter);
            }
            (at_start, after_empty) = (whole, blank && whole);
        }
        Ok(any.then(|| without_last_empty_line(letter)))
    }

    /// The line that was read ahead, or the next one, or a piece of it, and where it begins.
    fn next_piece(&mut self) -> io::Result<(u64, Piece)> {
        match self.ahead.take() {
            Some(ahead) => Ok(ahead),
            None => Ok((self.place(), self.piece()?)),
        }
    }

    /// Reads a line ahead and tells whether it is a field of a header.
    fn header_follows(&mut self) -> io::Result<bool> {
        self.ahead = Some((self.place(), self.piece()?));
        Ok(field_name(&self.line).is_some())
    }

    /// Adds a line to a letter.
    fn keep(&self, line: &[u8], letter: &mut Letter) {
        let room = self.limit.saturating_sub(letter.bytes.len());
        letter.truncated |= line.len() > room;
        letter.bytes.extend_from_slice(line.get(..room).unwrap_or(line));
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = io::Result<Letter>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let letter = self.letter();
        self.failed = letter.is_err();
        letter.transpose()
    }
}

/// The letters of a mailbox that may be damaged or packed, as documents of a stream.
pub(super) struct Letters<'r> {
    mbox: Mbox<Tape<Box<dyn Source + 'r>>>,
    number: u64,
    lost: Option<Fault>,
}

impl<'r> Letters<'r> {
    pub(super) fn new(tape: Tape<Box<dyn Source + 'r>>, limit: usize, lost: Option<Fault>) -> Self {
        let mut mbox = Mbox::new(tape, limit);
        mbox.place = |tape, _| tape.offset();
        let number = u64::from(lost.is_some());
        Self { mbox, number, lost: lost.map(|fault| Fault { number, ..fault }) }
    }
}

impl Splitter for Letters<'_> {
    fn next(&mut self) -> Option<Result<Envelope, Fault>> {
        if let Some(fault) = self.lost.take() {
            return Some(Err(fault));
        }
        let next = self.mbox.next()?;
        self.number += 1;
        let fault = |offset, reason| Err(Fault::new(self.number, offset, reason));
        Some(match next {
            Ok(letter) if letter.truncated => fault(letter.offset, Reason::TooLong),
            Ok(letter) => Ok(Envelope::new(self.number, letter.offset, Content::Letter(letter.bytes))),
            Err(error) => match Damage::of(&error) {
                Some(damage) => {
                    // What follows the damage is read on; the letter that it hit ends there.
                    self.mbox.failed = false;
                    fault(damage.offset, damage.to_reason())
                }
                None => fault(self.mbox.place(), Reason::of(&error)),
            },
        })
    }
}

/// Whether the bytes begin as a mailbox does: a `From ` line, then a header.
#[must_use]
pub fn is_mbox(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', bytes) else { return false };
    let (first, rest) = bytes.split_at(end + 1);
    is_separator(first) && (field_name(rest).is_some() || rest.starts_with(b">From "))
}

/// The name of the field of a header that bytes begin with, if they do.
pub(super) fn field_name(bytes: &[u8]) -> Option<&[u8]> {
    let name = bytes.get(..memchr::memchr(b':', bytes)?)?;
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

/// Whether a line parts letters: `From `, a sender, and a date, of which no more is asked than a time or a year, since
/// programs write it in many ways. Prose that begins with "From " and was not escaped seldom has either.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let digits = |part: &[u8], least: usize| part.len() >= least && part.iter().all(u8::is_ascii_digit);
    let words = rest.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let is_time = |word: &[u8]| {
        let mut parts = word.split(|byte| *byte == b':');
        parts.next().is_some_and(|hour| digits(hour, 1)) && parts.next().is_some_and(|minute| digits(minute, 2))
    };
    let is_day = |word: &[u8]| [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"].iter().any(|day| word == *day);
    let (mut time, mut day, mut year) = (false, false, false);
    for word in words {
        time |= is_time(word);
        day |= is_day(word.get(..3).unwrap_or_default()) && word.len() <= 4;
        year |= word.len() == 4 && digits(word, 4);
    }
    time && (day || year) || day && year
}

/// A line without the `>` that escaped its `From `.
fn unescaped(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    let escaped = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
    if escaped { &line[1..] } else { line }
}

/// The letter without the empty line that a mailbox puts after it.
fn without_last_empty_line(mut letter: Letter) -> Letter {
    for ending in [&b"\r\n\r\n"[..], b"\n\n"] {
        if !letter.truncated && letter.bytes.ends_with(ending) {
            letter.bytes.truncate(letter.bytes.len() - ending.len() / 2);
            break;
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Read};

    fn letters(bytes: &[u8], limit: usize) -> Vec<(u64, String, bool)> {
        let mbox = Mbox::new(BufReader::with_capacity(7, bytes), limit);
        let shown =
            |letter: Letter| (letter.offset, String::from_utf8_lossy(&letter.bytes).into_owned(), letter.truncated);
        mbox.map(|letter| shown(letter.expect("no error"))).collect()
    }

    const FIRST: &str = "From a@x.example Mon Feb  3 10:00:00 2025\n";

    #[test]
    fn letters_are_parted_by_lines_with_a_date_after_an_empty_line() {
        let all = |body: &str| letters(format!("{FIRST}{body}").as_bytes(), 1000);
        let one = |text: &str| vec![(0, text.to_owned(), false)];
        assert_eq!(letters(b"", 9), []);
        assert_eq!(letters(b"\n \n", 9), []);
        assert_eq!(all(""), one(""));
        assert_eq!(all("S: a\n\nText\n\n"), one("S: a\n\nText\n"));
        assert_eq!(all("S: a\r\n\r\nText\r\n\r\n"), one("S: a\r\n\r\nText\r\n"));
        assert_eq!(all("S: a\n\n>From b\n>>From c\n> From d\n"), one("S: a\n\nFrom b\n>From c\n> From d\n"));
        // Neither an empty line before nor a header after, and no date.
        assert_eq!(all("S: a\n\nText\nFrom b Tue Feb  4 10:00:00 2025\n\nFrom the pier it is far.\n").len(), 1);
        let two = all("S: a\n\nA\n\nFrom - Tue, 4 Feb 2025 10:00:00 +0100\nS: b\n\nB");
        let second = FIRST.len() as u64 + 9;
        assert_eq!(two, [(0, "S: a\n\nA\n".to_owned(), false), (second, "S: b\n\nB".to_owned(), false)]);
        // No empty line before, but a header after.
        let glued = all("S: a\n\nA\nFrom - Tue, 4 Feb 2025 10:00:00 +0100\nS: b\n\nB\nFrom b Tue Feb  4 10:00:00 2025");
        let last = "S: b\n\nB\nFrom b Tue Feb  4 10:00:00 2025".to_owned();
        assert_eq!(glued, [(0, "S: a\n\nA\n".to_owned(), false), (second - 1, last, false)]);
        // Two separators in a row: a letter of nothing, not a lost one.
        assert_eq!(letters(format!("{FIRST}\n{FIRST}S: b\n").as_bytes(), 99).len(), 2);
        // A damaged first separator costs no letter.
        assert_eq!(letters(b"Fro\nS: a\n\nA\n\nFrom b Tue Feb  4 10:00:00 2025\nS: b\n", 99).len(), 2);
    }

    #[test]
    fn a_long_letter_is_cut_and_the_next_one_is_found() {
        let long = format!("{FIRST}S: a\n\n{}\n\n{FIRST}S: b\n", "x".repeat(200_000));
        let found = letters(long.as_bytes(), 20);
        assert_eq!(found[0], (0, format!("S: a\n\n{}", "x".repeat(14)), true));
        assert_eq!((found[1].1.as_str(), found.len()), ("S: b\n", 2));
    }

    #[test]
    fn an_error_of_the_reader_is_the_last_item() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::PermissionDenied.into())
            }
        }
        let mut mbox = Mbox::new(BufReader::new(FIRST.as_bytes().chain(Broken)), 99);
        assert!(mbox.next().is_some_and(|letter| letter.is_err()));
        assert!(mbox.next().is_none());
    }

    #[test]
    fn a_mailbox_is_told_from_a_letter_and_from_prose() {
        let cases: [(&[u8], bool); 7] = [
            (b"From a@x.example Mon Feb  3 10:00:00 2025\nReturn-Path: <a@x.example>\n", true),
            (b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\nFrom: Ada <a@x.example>\n", true),
            (b"From - Tue, 4 Feb 2025 10:00:00 +0100\r\nX: y\r\n", true),
            (b"From: a@x.example\nSubject: b\n", false),
            (b"From 10:00 on Monday 2025 boats go\nevery hour: bring a coat.\n", false),
            (b"From the pier it is far.\nThen: nothing.\n", false),
            (b"", false),
        ];
        for (bytes, expected) in cases {
            assert_eq!(is_mbox(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
