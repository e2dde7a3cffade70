//! WARC files (ISO 28500; 1.0, 1.1 and the drafts before them) and their text extracts, WET.
//!
//! Input: unpacked bytes. Output: one [`Envelope`] for each `response`, `resource` and `conversion` record, in their
//! order. What damages a record costs this record: whatever its length says, the next one is found by its version line,
//! and a record is whole only if its blank lines and another record, or the end, stand behind it. Bytes are gone over a
//! bounded number of times, and memory is bounded by the limit on one document.

mod header;
mod http;
mod open;

use std::collections::VecDeque;
use std::io::{self, BufRead};

use memchr::memmem;

use self::header::Header;
use super::stream::{Content, Envelope, Fault, Reason, Splitter};
use super::tape::{Source, Tape};
use super::unpack::Damage;

pub(super) use open::open;

/// Room for the HTTP header of a document that has the size of the limit.
const HTTP_HEADER: usize = 64 << 10;

/// Bytes that are searched at a time for the next record.
const WINDOW: usize = 64 << 10;

/// A record as it stands in the file.
#[derive(Debug)]
pub(super) struct Stored {
    header: Header,
    block: Vec<u8>,
}

impl Stored {
    /// The record's id and address.
    pub(super) fn names(&self) -> (Option<String>, Option<String>) {
        (self.header.id.clone(), self.header.uri.clone())
    }
}

/// What stands behind a record.
#[derive(Debug, PartialEq, Eq)]
enum Tail {
    /// Blank lines, then another record, the end, or a member that is damaged itself.
    Whole,
    /// Another record or the end at once.
    NoBlankLines,
    /// Something else: the length is wrong, unless blank lines stood before it.
    Other { after_blank_lines: bool },
}

pub(super) struct Warc<'r> {
    tape: Tape<Box<dyn Source + 'r>>,
    limit: usize,
    number: u64,
    /// Damage that has not been reported yet, because the next record is still searched.
    lost: Option<Fault>,
    ready: VecDeque<Result<Envelope, Fault>>,
    ended: bool,
}

impl<'r> Warc<'r> {
    pub(super) fn new(tape: Tape<Box<dyn Source + 'r>>, limit: usize, lost: Option<Fault>) -> Self {
        let number = u64::from(lost.is_some());
        let lost = lost.map(|fault| Fault { number, ..fault });
        Self { tape, limit, number, lost, ready: VecDeque::new(), ended: false }
    }

    /// Reads on until something is ready or the end is reached.
    fn advance(&mut self) {
        let offset = self.tape.offset();
        match header::read(&mut self.tape) {
            Ok(None) => self.end(),
            Ok(Some(header)) => {
                self.ready.extend(self.lost.take().map(Err));
                self.number += 1;
                self.record(header, offset);
            }
            Err(Reason::Failed(reason)) => self.fail(reason, offset),
            Err(reason) => {
                if self.lost.is_none() {
                    self.number += 1;
                    self.lost = Some(Fault::new(self.number, offset, reason));
                }
                self.resynchronise();
            }
        }
    }

    fn end(&mut self) {
        self.ready.extend(self.lost.take().map(Err));
        self.ended = true;
    }

    fn fail(&mut self, reason: String, offset: u64) {
        self.ready.extend(self.lost.take().map(Err));
        self.ready.push_back(Err(Fault::new(self.number, offset, Reason::Failed(reason))));
        self.ended = true;
    }

    /// Reads the block of a record and hands it over, or tells why not.
    fn record(&mut self, header: Header, offset: u64) {
        let (id, uri, number) = (header.id.clone(), header.uri.clone(), self.number);
        let fault = |reason| Fault::new(number, offset, reason).named(id, uri);
        let room = self.limit.saturating_add(HTTP_HEADER) as u64;
        if header.length > room {
            let broken = self.skip(header.length);
            let reason = broken.unwrap_or(Reason::TooLong);
            let is_lost = !matches!(reason, Reason::TooLong);
            if header.is_document() || is_lost {
                self.ready.push_back(Err(fault(reason)));
            }
            return;
        }
        match self.block(header.length, offset) {
            Ok((block, tail)) => {
                let fault = (tail == Tail::NoBlankLines).then(|| {
                    let reason = Reason::Damaged("no blank lines behind the record, which is kept".to_owned());
                    fault(reason).beside_its_record()
                });
                if header.is_document() {
                    let content = Content::Warc(Stored { header, block });
                    self.ready.push_back(Ok(Envelope::new(self.number, offset, content)));
                }
                self.ready.extend(fault.map(Err));
            }
            Err(Reason::Failed(reason)) => self.fail(reason, offset),
            Err(reason) => {
                self.lost = Some(fault(reason));
                self.resynchronise();
            }
        }
    }

    /// The block of a record, and what stands behind it. An error leaves the tape where the next record is searched.
    fn block(&mut self, length: u64, offset: u64) -> Result<(Vec<u8>, Tail), Reason> {
        // What was read before under another length is not taken for a block once more if a record begins in it:
        // otherwise many wrong lengths would have the same bytes read many times.
        let seen = self.tape.seen();
        if (seen.len() as u64) < length && find_record(seen).is_some() {
            return Err(wrong_length(length));
        }
        let mut block = Vec::new();
        if let Err(error) = self.tape.read_on(&mut block, usize::try_from(length).unwrap_or(usize::MAX)) {
            return Err(Reason::of(&error));
        }
        if (block.len() as u64) < length {
            let reason = match find_record(&block) {
                Some(_) => wrong_length(length),
                None => Reason::CutOff("the record ends early".to_owned()),
            };
            self.tape.unread(block);
            return Err(reason);
        }
        match self.tail(offset) {
            Ok(Tail::Other { after_blank_lines: false }) => {
                self.tape.unread(block);
                Err(wrong_length(length))
            }
            Ok(tail) => Ok((block, tail)),
            Err(error) => Err(error),
        }
    }

    /// Consumes the blank lines behind a record and looks at what follows.
    fn tail(&mut self, offset: u64) -> Result<Tail, Reason> {
        let mut breaks = 0;
        loop {
            let next = match self.tape.peek(2) {
                Ok(next) => next,
                Err(error) => return self.damaged_behind(&error, offset).map(|()| Tail::Whole),
            };
            let length = if next.starts_with(b"\r\n") { 2 } else { usize::from(next.starts_with(b"\n")) };
            if length == 0 {
                break;
            }
            self.tape.consume(length);
            breaks += 1;
        }
        let next = match self.tape.peek(header::VERSION) {
            Ok(next) => next,
            Err(error) => return self.damaged_behind(&error, offset).map(|()| Tail::Whole),
        };
        let another = next.is_empty() || header::is_version(next);
        Ok(match (another, breaks) {
            (true, 2..) => Tail::Whole,
            (true, _) => Tail::NoBlankLines,
            (false, _) => Tail::Other { after_blank_lines: breaks >= 2 },
        })
    }

    /// Damage behind the bytes of a record: its own if it stands in its compressed member, whose checksum is then
    /// wrong, or that of the next one.
    fn damaged_behind(&mut self, error: &io::Error, offset: u64) -> Result<(), Reason> {
        match Damage::of(error) {
            Some(damage) if damage.offset != offset => {
                self.number += 1;
                self.lost = Some(Fault::new(self.number, damage.offset, Reason::of(error)));
                Ok(())
            }
            _ => Err(Reason::of(error)),
        }
    }

    /// Goes over a block that is too long to be read. Its length is believed unless a record begins in it or the file
    /// ends.
    fn skip(&mut self, length: u64) -> Option<Reason> {
        let mut left = length;
        loop {
            let window = match self.tape.peek(WINDOW) {
                Ok(window) => window,
                Err(error) => {
                    let offset = self.tape.offset();
                    self.lost = Some(Fault::new(self.number, offset, Reason::of(&error)));
                    return Some(Reason::of(&error));
                }
            };
            let size = window.len();
            if size as u64 > left {
                self.tape.consume(usize::try_from(left).unwrap_or(size));
                return None;
            }
            if let Some(at) = find_record(window) {
                self.tape.consume(at);
                return Some(wrong_length(length));
            }
            if size < WINDOW {
                self.tape.consume(size);
                return Some(Reason::CutOff(format!("the record ends {} bytes early", left - size as u64)));
            }
            let step = size - header::VERSION;
            self.tape.consume(step);
            left -= step as u64;
        }
    }

    /// Goes to the next place where a record may begin.
    fn resynchronise(&mut self) {
        loop {
            let (found, length) = match self.tape.peek(WINDOW) {
                Ok(window) => (find_record(window), window.len()),
                // One more damaged member before the next record.
                Err(error) if Damage::of(&error).is_some() => continue,
                Err(error) => return self.fail(error.to_string(), self.tape.offset()),
            };
            match found {
                Some(at) => return self.tape.consume(at),
                None if length < WINDOW => return self.tape.consume(length),
                None => self.tape.consume(length - header::VERSION),
            }
        }
    }
}

/// Where a record begins that is not cut off: at a version line with its line break.
fn find_record(bytes: &[u8]) -> Option<usize> {
    let mut candidates = memmem::find_iter(bytes, b"WARC/");
    candidates.find(|at| header::is_version(bytes.get(*at..).unwrap_or_default()))
}

fn wrong_length(length: u64) -> Reason {
    Reason::Damaged(format!("the length of the record, {length}, is wrong"))
}

impl Splitter for Warc<'_> {
    fn next(&mut self) -> Option<Result<Envelope, Fault>> {
        while self.ready.is_empty() && !self.ended {
            self.advance();
        }
        self.ready.pop_front()
    }
}
