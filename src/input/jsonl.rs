//! JSON lines: one object a line, the document in one of its fields.
//!
//! Input: unpacked bytes. Output: one [`Envelope`] a line that is not blank. A line is parsed when it is opened, not when
//! it is split off, so that the work can be shared out; what is no JSON in it is mended as far as it can be. A line that is
//! too long is passed over and told of.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use super::Record;
use super::stream::{Content, Entry, Envelope, Fault, Reason, Splitter};
use super::tape::{Source, Tape};
use super::unpack::Damage;
use crate::json::mend;

/// How much longer a line may be than the document in it: escapes and other fields.
const LINE_FACTOR: usize = 2;

/// Room for the other fields of a line.
const LINE_ROOM: usize = 64 << 10;

pub(super) struct Jsonl<'r> {
    tape: Tape<Box<dyn Source + 'r>>,
    longest: usize,
    number: u64,
    lost: Option<Fault>,
    /// The next line may begin in the middle of a row: damage stood before it.
    torn: bool,
    ended: bool,
}

impl<'r> Jsonl<'r> {
    pub(super) fn new(tape: Tape<Box<dyn Source + 'r>>, limit: usize, lost: Option<Fault>) -> Self {
        let torn = lost.is_some();
        let longest = limit.saturating_mul(LINE_FACTOR).saturating_add(LINE_ROOM);
        let number = u64::from(torn);
        let lost = lost.map(|fault| Fault { number, ..fault });
        Self { tape, longest, number, lost, torn, ended: false }
    }

    /// Reads the rest of a line that is too long.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.tape.fill_buf()?;
            let length = buffer.len();
            let end = memchr::memchr(b'\n', buffer);
            self.tape.consume(end.map_or(length, |end| end + 1));
            if end.is_some() || length == 0 {
                return Ok(());
            }
        }
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        self.tape.by_ref().take((self.longest as u64).saturating_add(1)).read_until(b'\n', &mut line)?;
        if line.len() > self.longest && !line.ends_with(b"\n") {
            self.skip_line()?;
            return Ok(Some(Vec::new()));
        }
        Ok((!line.is_empty()).then_some(line))
    }

    fn fault(&self, offset: u64, reason: Reason) -> Option<Result<Envelope, Fault>> {
        Some(Err(Fault::new(self.number, offset, reason)))
    }
}

impl Splitter for Jsonl<'_> {
    fn next(&mut self) -> Option<Result<Envelope, Fault>> {
        if let Some(fault) = self.lost.take() {
            return Some(Err(fault));
        }
        while !self.ended {
            let offset = self.tape.offset();
            let line = match self.line() {
                Ok(Some(line)) => line,
                Ok(None) => return None,
                Err(error) => {
                    self.number += 1;
                    self.ended = Damage::of(&error).is_none();
                    self.torn = true;
                    return self.fault(offset, Reason::of(&error));
                }
            };
            let torn = std::mem::take(&mut self.torn);
            if !line.is_empty() && line.trim_ascii().is_empty() {
                continue;
            }
            if torn && object(&line).is_err() {
                continue;
            }
            self.number += 1;
            if line.is_empty() {
                return self.fault(offset, Reason::TooLong);
            }
            return Some(Ok(Envelope::new(self.number, offset, Content::Line(line))));
        }
        None
    }
}

/// Whether a beginning is that of JSON lines: an object on one line, or the beginning of one. `is_whole` tells that
/// nothing follows.
pub(super) fn begins(beginning: &[u8], is_whole: bool) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning).trim_ascii_start();
    if beginning.first() != Some(&b'{') {
        return false;
    }
    match memchr::memchr(b'\n', beginning) {
        Some(end) => object(beginning.get(..end).unwrap_or_default()).is_ok(),
        None if is_whole => object(beginning).is_ok(),
        None => {
            let goes_on = |text: &str| {
                let parsed = serde_json::from_str::<Value>(text);
                parsed.map_or_else(|error| error.is_eof(), |value| value.is_object())
            };
            let text = String::from_utf8_lossy(beginning);
            goes_on(&text) || goes_on(&mend(&text))
        }
    }
}

/// The object in a line: as it stands, or else mended, so that a character that is none costs no more than itself.
fn object(line: &[u8]) -> serde_json::Result<Map<String, Value>> {
    let mended = |error| serde_json::from_str(&mend(&String::from_utf8_lossy(line))).map_err(|_| error);
    serde_json::from_slice(line).or_else(mended)
}

/// The document in a line, and the line's other fields.
pub(super) fn open(number: u64, offset: u64, line: &[u8], fields: &[String]) -> Result<Entry, Fault> {
    let fault = |reason| Fault::new(number, offset, reason);
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let mut row = object(line).map_err(|error| fault(complaint(&error, line)))?;
    let of = |field: &&String| row.get(*field).and_then(Value::as_str);
    let is_told = |field: &&String| of(field).is_some_and(|text| !text.trim().is_empty());
    let field = fields.iter().find(is_told).or_else(|| fields.iter().find(|field| of(field).is_some()));
    let text = |row: &Map<String, Value>, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = match row.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let url = text(&row, "url");
    let Some(field) = field else {
        let reason = Reason::Damaged(format!("no text in the field {}", fields.join(", ")));
        return Err(fault(reason).named(id, url).with_fields(row));
    };
    // Shifting keeps the other fields in their order.
    let Some(Value::String(document)) = row.shift_remove(field) else {
        return Err(fault(Reason::Damaged(String::new())));
    };
    let mut record = Record::new(document);
    record.id = id.unwrap_or_default();
    record.url = url;
    record.transport_charset = Some("utf-8".to_owned());
    Ok(Entry { number, offset, record, fields: row })
}

fn complaint(error: &serde_json::Error, line: &[u8]) -> Reason {
    if error.is_eof() {
        let reason = "the line ends inside a JSON object".to_owned();
        // The last line of a file that was written to its end is seldom without a line break, and never cut.
        return if line.ends_with(b"\n") { Reason::Damaged(reason) } else { Reason::CutOff(reason) };
    }
    let text = error.to_string();
    // The line is the record, whose number is told anyway.
    let text = text.split(" at line ").next().unwrap_or(&text).to_owned();
    Reason::Damaged(if error.is_data() { "the line is no JSON object".to_owned() } else { format!("no JSON: {text}") })
}
