//! The header of a WARC record.

use std::io::{BufRead, Read};

use memchr::memmem;

use super::super::stream::Reason;
use super::super::tape::{Source, Tape};

/// Bytes of a version line, with its line break: `WARC/1.1`.
pub(super) const VERSION: usize = 10;

/// Bytes a header has at most. Addresses in crawls reach some kilobytes.
const HEADER: u64 = 64 << 10;

/// What is needed of a header.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// `WARC-Type`, lower case.
    kind: String,
    /// `WARC-Record-ID` without its brackets.
    pub(super) id: Option<String>,
    /// `WARC-Target-URI`; some writers put it in brackets, as the examples of the standard did.
    pub(super) uri: Option<String>,
    /// `Content-Type` of the block.
    pub(super) content_type: Option<String>,
    /// `Content-Length` of the block, in bytes.
    pub(super) length: u64,
    /// `WARC-Truncated`: the crawler stopped before the end.
    pub(super) is_cut: bool,
}

impl Header {
    /// Whether the block holds a document: what a server answered, a file, or a text made of either. What a crawler tells of
    /// itself is none: wget writes its arguments and its log as resources of `metadata:` addresses.
    pub(super) fn is_document(&self) -> bool {
        let is_of_crawler = self.uri.as_deref().is_some_and(|uri| uri.starts_with("metadata:"));
        matches!(self.kind.as_str(), "response" | "resource" | "conversion") && !is_of_crawler
    }

    /// Whether the block is what another record's block was turned into, as in WET files.
    pub(super) fn is_conversion(&self) -> bool {
        self.kind == "conversion"
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let value = value.trim();
        let bare = || Some(value.trim_start_matches('<').trim_end_matches('>').to_owned());
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-record-id" => self.id = bare(),
            "warc-target-uri" => self.uri = bare(),
            "warc-truncated" => self.is_cut = !value.is_empty(),
            "content-type" => self.content_type = Some(value.to_owned()),
            "content-length" => self.length = value.parse().ok()?,
            _ => {}
        }
        Some(())
    }
}

/// Whether bytes begin with a whole version line.
pub(super) fn is_version(bytes: &[u8]) -> bool {
    match bytes {
        [b'W', b'A', b'R', b'C', b'/', major, b'.', minor, rest @ ..] => {
            let digits = major.is_ascii_digit() && minor.is_ascii_digit();
            // `WARC/0.18` has one digit more.
            let rest = rest.strip_prefix(b"7").or(rest.strip_prefix(b"8")).unwrap_or(rest);
            digits && (rest.starts_with(b"\r\n") || rest.starts_with(b"\n"))
        }
        _ => false,
    }
}

/// Reads a header and the blank lines before it; `None` at the end.
///
/// # Errors
/// What is wrong with it. Its lines are consumed up to the one that is wrong.
pub(super) fn read<S: Source>(tape: &mut Tape<S>) -> Result<Option<Header>, Reason> {
    let damaged = |reason: &str| Reason::Damaged(reason.to_owned());
    loop {
        let next = peek(tape, VERSION + 1)?;
        if next.is_empty() {
            return Ok(None);
        }
        let blank = next.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if blank == 0 {
            if !is_version(next) {
                return Err(damaged("no WARC record begins here"));
            }
            break;
        }
        tape.consume(blank);
    }
    let mut again = Vec::new();
    fields(tape, &mut again).map(Some).inspect_err(|_| tape.unread(again))
}

/// Reads the version line and the fields. A record that breaks off in its header is followed by another in the middle
/// of a line; `again` is then what is to be read once more: what follows the last such place.
fn fields<S: Source>(tape: &mut Tape<S>, again: &mut Vec<u8>) -> Result<Header, Reason> {
    let damaged = |reason: &str| Reason::Damaged(reason.to_owned());
    let (mut header, mut has_length, mut left) = (Header::default(), false, HEADER);
    line(tape, &mut left)?;
    let mut field = String::new();
    loop {
        if is_version(peek(tape, VERSION + 1)?) {
            again.clear();
            return Err(damaged("the header of the record ends early"));
        }
        let line = line(tape, &mut left)?;
        if let Some(at) = memmem::rfind(&line, b"WARC/").filter(|at| is_version(line.get(*at..).unwrap_or_default())) {
            again.clear();
            again.extend_from_slice(line.get(at..).unwrap_or_default());
        } else if !again.is_empty() {
            again.extend_from_slice(&line);
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        // A line that begins with white space goes on with the one before.
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            field.push_str(&line);
            continue;
        }
        if !field.is_empty() {
            let (name, value) = field.split_once(':').ok_or_else(|| damaged("a line of the header has no colon"))?;
            if !header.kind.is_empty() && name.trim().eq_ignore_ascii_case("warc-type") {
                return Err(damaged("the header of the record ends early"));
            }
            header.set(name, value).ok_or_else(|| damaged("the length of the record is no number"))?;
            has_length |= name.trim().eq_ignore_ascii_case("content-length");
        }
        if line.trim().is_empty() {
            break;
        }
        field = line;
    }
    again.clear();
    match (has_length, header.kind.is_empty()) {
        (false, _) => Err(damaged("the header of the record has no length")),
        (_, true) => Err(damaged("the header of the record has no type")),
        _ => Ok(header),
    }
}

fn peek<S: Source>(tape: &mut Tape<S>, count: usize) -> Result<&[u8], Reason> {
    tape.peek(count).map_err(|error| Reason::of(&error))
}

fn line<S: Source>(tape: &mut Tape<S>, left: &mut u64) -> Result<Vec<u8>, Reason> {
    let mut line = Vec::new();
    match tape.by_ref().take(*left).read_until(b'\n', &mut line) {
        Ok(length) => *left -= length as u64,
        Err(error) => return Err(Reason::of(&error)),
    }
    if line.ends_with(b"\n") {
        return Ok(line);
    }
    Err(match left {
        0 => Reason::Damaged("the header of the record is too long".to_owned()),
        _ => Reason::CutOff("the header of the record ends early".to_owned()),
    })
}
