//! Any input as a stream of documents: a page, or a file that holds many.
//!
//! Input: a reader. Output: [`Records`], an iterator over [`Envelope`]s in the order of the file. Compression is taken
//! off, however often it was put on up to [`LAYERS`] times. A splitter does as little as it can, so that one thread can
//! feed many; [`Envelope::open`] does the rest. What cannot be read is a [`Fault`] in its place among the records, and
//! the iterator goes on with the next one.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead};

use encoding_rs::UTF_8;
use serde_json::{Map, Value};

use super::Record;
use super::detect::detect;
use super::jsonl::{self, Jsonl};
use super::mbox::{Letters, is_mbox};
use super::pieces::Pieces;
use super::tape::{Plain, Source, Tape};
use super::unpack::{self, Damage, Packing};
use super::warc::{self, Stored, Warc};
use crate::decode::shown;
use crate::document::Kind;
use crate::options::Limits;

/// How often an input may be compressed. A file is sent compressed once more than it lies; beyond that are bombs.
const LAYERS: usize = 3;

/// Bytes that are looked at to tell JSON lines.
const WINDOW: usize = 64 << 10;

/// What an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// One document.
    Document,
    /// One JSON object a line, the document in one of its fields.
    Jsonl,
    /// A mailbox: letters, each under a `From ` line.
    Mbox,
    /// Records of a crawl: WARC, and WET, its text extracts.
    Warc,
}

impl Format {
    /// Whether it holds many documents.
    #[must_use]
    pub fn is_stream(self) -> bool {
        self != Self::Document
    }
}

/// How an input is read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What it holds; `None` looks at the first bytes.
    pub format: Option<Format>,
    /// What its documents are; `None` decides for each one.
    pub kind: Option<Kind>,
    /// The fields of a JSON object in which a document is looked for, first found first taken.
    pub fields: Vec<String>,
    /// Bytes of a document. Longer ones are a fault, or come cut to one byte more, so that an extractor of the same limit
    /// refuses them. Default as in [`Limits`].
    pub limit: usize,
    /// Bytes beyond which a plain text that is all of the input comes in pieces of that size, cut between paragraphs where
    /// there are any: for those who need no more than its lines. No piece is over the limit. `None` takes a text whole.
    pub piece: Option<usize>,
}

/// Fields of a JSON object in which a document is looked for.
pub const FIELDS: [&str; 4] = ["html", "content", "text", "body"];

impl Default for Reading {
    fn default() -> Self {
        let fields = FIELDS.map(str::to_owned).to_vec();
        Self { format: None, kind: None, fields, limit: Limits::default().bytes, piece: None }
    }
}

/// A document of a stream.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number in the stream, from 1; 0 for an input that is one document.
    pub number: u64,
    /// Where it stands in the file, in bytes: the record itself, or the compressed member that holds it.
    pub offset: u64,
    /// The document. Its id is empty where the stream gives it none.
    pub record: Record,
    /// The other fields of a JSON object, in their order.
    pub fields: Map<String, Value>,
}

/// Why a document does not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is damaged, or in a format that is not read.
    Damaged(String),
    /// The input ends in the middle of it. Where another document follows, it was damaged.
    CutOff(String),
    /// It is longer than the limit.
    TooLong,
    /// It is a picture, a script, data: neither HTML nor text. Its type, where it says one.
    NoDocument(String),
    /// The input could not be read any further.
    Failed(String),
}

/// A document that does not come out.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its number in the stream, from 1; 0 for an input that is one document.
    pub number: u64,
    /// Where it stands in the file, in bytes, as far as that can be told.
    pub offset: u64,
    /// Its id, where the stream gives it one.
    pub id: Option<String>,
    /// Its address, where known.
    pub url: Option<String>,
    /// The fields of a JSON object.
    pub fields: Box<Map<String, Value>>,
    /// Why.
    pub reason: Reason,
    /// Whether its document comes out all the same, beside this fault.
    pub has_record: bool,
}

impl Fault {
    /// A fault of which no more is known.
    #[must_use]
    pub fn new(number: u64, offset: u64, reason: Reason) -> Self {
        Self { number, offset, id: None, url: None, fields: Box::default(), reason, has_record: false }
    }

    pub(super) fn named(self, id: Option<String>, url: Option<String>) -> Self {
        Self { id, url, ..self }
    }

    pub(super) fn with_fields(self, fields: Map<String, Value>) -> Self {
        Self { fields: Box::new(fields), ..self }
    }

    pub(super) fn beside_its_record(self) -> Self {
        Self { has_record: true, ..self }
    }
}

impl Reason {
    /// Why reading failed: a damaged member, or the reader itself.
    pub(super) fn of(error: &io::Error) -> Self {
        match Damage::of(error) {
            Some(damage) => damage.to_reason(),
            None => Self::Failed(error.to_string()),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(reason) | Self::CutOff(reason) | Self::Failed(reason) => f.write_str(reason),
            Self::TooLong => f.write_str("larger than the limit (limit:bytes)"),
            Self::NoDocument(kind) if kind.is_empty() => f.write_str("neither HTML nor text"),
            Self::NoDocument(kind) => write!(f, "{kind} is neither HTML nor text"),
        }
    }
}

/// A document as it was split off, still to be opened.
#[derive(Debug)]
pub struct Envelope {
    number: u64,
    offset: u64,
    content: Content,
}

/// Which piece of a text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Later,
}

/// What is in an envelope. A splitter for another format adds its own.
#[derive(Debug)]
pub(super) enum Content {
    Document(Vec<u8>),
    /// A piece of a text. Its beginning says nothing of what it is.
    Piece(Vec<u8>, Place),
    Line(Vec<u8>),
    Letter(Vec<u8>),
    Warc(Stored),
}

impl Envelope {
    pub(super) fn new(number: u64, offset: u64, content: Content) -> Self {
        Self { number, offset, content }
    }

    /// Its number in the stream, from 1; 0 for an input that is one document.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Where it stands in the file, in bytes.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether it goes on with the document of the envelope before it, as the pieces of a long text do.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        matches!(self.content, Content::Piece(_, Place::Later))
    }

    /// Takes the document out: parses its line, unpacks its body, finds out what it is.
    ///
    /// # Errors
    /// A [`Fault`] for what holds no document.
    pub fn open(self, reading: &Reading) -> Result<Entry, Fault> {
        let Self { number, offset, content } = self;
        let fault = |reason| Fault::new(number, offset, reason);
        let entry = |record| Entry { number, offset, record, fields: Map::new() };
        let mut entry = match content {
            Content::Document(bytes) => {
                let known = reading.kind.map_or_else(|| detect(&bytes), Ok);
                let kind = known.map_err(|error| fault(Reason::Damaged(error.to_string())))?;
                entry(Record::new(bytes).kind(kind))
            }
            Content::Piece(bytes, _) => entry(Record::new(bytes).kind(Kind::Text)),
            Content::Letter(bytes) => entry(Record::new(bytes).kind(Kind::Mail)),
            Content::Line(line) => jsonl::open(number, offset, &line, &reading.fields)?,
            Content::Warc(stored) => {
                let (id, url) = stored.names();
                entry(warc::open(stored, reading.limit).map_err(|reason| fault(reason).named(id, url))?)
            }
        };
        entry.record.kind = reading.kind.or(entry.record.kind);
        Ok(entry)
    }
}

/// Cuts an input into its documents.
pub(super) trait Splitter {
    fn next(&mut self) -> Option<Result<Envelope, Fault>>;
}

/// The documents of an input.
pub struct Records<'r> {
    format: Format,
    splitter: Box<dyn Splitter + Send + 'r>,
}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("format", &self.format).finish_non_exhaustive()
    }
}

impl<'r> Records<'r> {
    /// Reads an input. Looks at its first bytes, where the format is not given.
    ///
    /// ```
    /// use unboil::input::{Reading, Records};
    /// let lines: &[u8] = b"{\"id\":1,\"text\":\"Monday.\"}\n{\"id\":2,\"text\":\"Tuesday.\"}\n";
    /// let reading = Reading::default();
    /// let ids = Records::new(lines, &reading).map(|envelope| envelope.and_then(|envelope| envelope.open(&reading)));
    /// assert_eq!(ids.map(|entry| entry.unwrap().record.id).collect::<Vec<_>>(), ["1", "2"]);
    /// ```
    #[must_use]
    pub fn new(reader: impl BufRead + Send + 'r, reading: &Reading) -> Self {
        let mut source: Box<dyn Source + 'r> = Box::new(Plain(reader));
        let mut lost = None;
        for _ in 0..LAYERS {
            let mut tape = Tape::new(source);
            let packing = look(&mut tape, Packing::MARK, &mut lost).map(Packing::of);
            source = Box::new(tape);
            match packing {
                Ok(None) => break,
                Ok(Some(packing)) => match unpack::unpack(source, packing) {
                    Ok(unpacked) => source = unpacked,
                    Err(error) => return Self::failed(&error),
                },
                Err(error) => return Self::failed(&error),
            }
        }
        let mut tape = Tape::new(source);
        let format = match reading.format {
            Some(format) => Ok(format),
            None => format(&mut tape, &mut lost),
        };
        match format {
            Ok(format) => Self { format, splitter: splitter(format, tape, reading, lost) },
            Err(error) => Self::failed(&error),
        }
    }

    /// What the input holds.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    fn failed(error: &io::Error) -> Self {
        let fault = Fault::new(0, 0, Reason::Failed(error.to_string()));
        Self { format: Format::Document, splitter: Box::new(Once(VecDeque::from([Err(fault)]))) }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Envelope, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.splitter.next()
    }
}

fn splitter<'r>(
    format: Format,
    tape: Tape<Box<dyn Source + 'r>>,
    reading: &Reading,
    lost: Option<Fault>,
) -> Box<dyn Splitter + Send + 'r> {
    match format {
        Format::Document => document(tape, reading, lost),
        Format::Jsonl => Box::new(Jsonl::new(tape, reading.limit, lost)),
        Format::Mbox => Box::new(Letters::new(tape, reading.limit, lost)),
        Format::Warc => Box::new(Warc::new(tape, reading.limit, lost)),
    }
}

/// The next bytes. A damaged member before them is noted and passed over.
fn look<'t, S: Source>(tape: &'t mut Tape<S>, count: usize, lost: &mut Option<Fault>) -> io::Result<&'t [u8]> {
    while let Err(error) = tape.peek(count) {
        let Some(damage) = Damage::of(&error) else { return Err(error) };
        lost.get_or_insert(Fault::new(0, damage.offset, damage.to_reason()));
    }
    tape.peek(count)
}

/// What the first bytes say. No more is read than is needed to tell.
fn format<S: Source>(tape: &mut Tape<S>, lost: &mut Option<Fault>) -> io::Result<Format> {
    let beginning = look(tape, Packing::MARK, lost)?;
    if beginning.starts_with(b"WARC/1.") || beginning.starts_with(b"WARC/0.") {
        return Ok(Format::Warc);
    }
    let mut count = Packing::MARK;
    loop {
        let beginning = look(tape, count, lost)?;
        let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning).trim_ascii_start();
        let is_whole = beginning.len() < count;
        let has_lines = |count: usize| memchr::memchr_iter(b'\n', text).nth(count - 1).is_some();
        let is_open =
            text.is_empty() || text.starts_with(b"{") && !has_lines(1) || text.starts_with(b"From ") && !has_lines(2);
        if is_open && !is_whole && count < WINDOW {
            count = (2 * beginning.len()).min(WINDOW);
            continue;
        }
        return Ok(if jsonl::begins(beginning, is_whole) {
            Format::Jsonl
        } else if is_mbox(beginning) {
            Format::Mbox
        } else {
            Format::Document
        });
    }
}

/// Reads an input that is one document: up to one byte over the limit, or as a text in pieces.
fn document<'r>(
    mut tape: Tape<Box<dyn Source + 'r>>,
    reading: &Reading,
    lost: Option<Fault>,
) -> Box<dyn Splitter + Send + 'r> {
    let mut bytes = Vec::new();
    let offset = tape.offset();
    let piece = reading.piece.map(|piece| piece.min(reading.limit)).filter(|piece| *piece > 0);
    let most = piece.unwrap_or(reading.limit);
    // What it is may only be told by more than a small piece.
    let mut result = tape.read_on(&mut bytes, most.max(WINDOW).saturating_add(1));
    if result.is_ok() && bytes.len() > most {
        if piece.is_some() && is_text(&bytes, reading.kind) {
            return Box::new(Pieces::new(bytes, tape, most, lost));
        }
        result = tape.read_on(&mut bytes, reading.limit.saturating_add(1));
    }
    let mut ready = VecDeque::new();
    let fault = result.err().map(|error| read_fault(&error, offset));
    // What stands behind a whole member does not spoil it.
    let is_whole = fault.as_ref().is_none_or(|fault| fault.offset != offset && !bytes.is_empty());
    if is_whole && (lost.is_none() || !bytes.is_empty()) {
        ready.push_back(Ok(Envelope::new(0, offset, Content::Document(bytes))));
    }
    let fault = fault.map(|fault| if is_whole { fault.beside_its_record() } else { fault });
    ready.extend(lost.into_iter().chain(fault).map(Err));
    Box::new(Once(ready))
}

/// Why a document could not be read on from `offset`.
pub(super) fn read_fault(error: &io::Error, offset: u64) -> Fault {
    Fault::new(0, Damage::of(error).map_or(offset, |damage| damage.offset), Reason::of(error))
}

/// Whether the beginning of an input is that of a plain text whose line ends are single bytes.
fn is_text(bytes: &[u8], kind: Option<Kind>) -> bool {
    let wide = shown(bytes).is_some_and(|(encoding, _)| encoding != UTF_8);
    let kind = kind.or_else(|| detect(bytes).ok());
    kind == Some(Kind::Text) && !wide
}

/// An input that is read as a whole.
struct Once(VecDeque<Result<Envelope, Fault>>);

impl Splitter for Once {
    fn next(&mut self) -> Option<Result<Envelope, Fault>> {
        self.0.pop_front()
    }
}
