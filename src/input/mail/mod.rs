//! Letters: the bytes of one message to its headers and the text and HTML that it holds.
//!
//! Input: a message of RFC 5322, however damaged, perhaps under the `From ` line of an mbox. Output: [`Mail`]: the
//! headers, and the bodies in UTF-8, decoded and joined. The structure and the headers are read by the mail-parser
//! crate; texts are decoded as those of any other document, so that a wrong charset loses against the bytes.
//!
//! This module must not judge any text, and must not choose between text and HTML: both are given.

mod bodies;
mod flowed;
mod headers;
mod transfer;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use mail_parser::Message;
use memchr::{memchr, memchr_iter};

use crate::decode::shown;
use crate::document::{Charset, CharsetSource, Letter, Limit};

/// Declarations of parts that hold parts, beyond which a message is cut: people forward a letter a dozen times, and a
/// digest of a busy list holds some hundred. What mail-parser makes of nested messages is dropped recursively, so that
/// depth must have a limit.
const MOST_CONTAINERS: usize = 256;

/// Bytes times containers that are read: a multipart that never ends is scanned to the end of the message.
const MOST_WORK: usize = 2 << 30;

/// Containers that are read of a message of any size.
const LEAST_CONTAINERS: usize = 16;

/// The fault of a multipart whose parts nothing delimits, or something else than it says.
const NO_BOUNDARY: &str = "a multipart without its boundary";

/// A body of a letter, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// Its text.
    pub(crate) text: String,
    /// The encoding it came in.
    pub(crate) charset: Charset,
}

impl Default for Body {
    fn default() -> Self {
        let charset = Charset { name: "UTF-8", source: CharsetSource::Utf8, overruled: None };
        Self { text: String::new(), charset }
    }
}

/// A letter, read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mail {
    /// Its headers and attachments; the body is empty.
    pub(crate) letter: Letter,
    /// The plain text.
    pub(crate) text: Option<Body>,
    /// The HTML.
    pub(crate) html: Option<Body>,
    /// The limit that was reached.
    pub(crate) limit: Option<Limit>,
}

/// Header fields of which a letter has at least two.
const FIELDS: [&[u8]; 9] =
    [b"from", b"to", b"subject", b"date", b"received", b"return-path", b"message-id", b"mime-version", b"list-id"];

/// Whether bytes begin as a letter does, or a mailbox.
#[must_use]
pub(crate) fn begins(head: &[u8]) -> bool {
    if super::mbox::is_mbox(head) {
        return true;
    }
    let mut found = 0_u16;
    let mut ends_well = false;
    for line in without_envelope(head).split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        // The end of what was read may cut a name in two.
        if !line.ends_with(b"\n") && !line.contains(&b' ') {
            break;
        }
        if matches!(line.first(), Some(b' ' | b'\t')) {
            continue;
        }
        // A damaged line may stand between two fields; prose that follows them without an empty line is a text.
        let name = super::mbox::field_name(line);
        ends_well = name.is_some();
        let known = FIELDS.iter().position(|field| name.is_some_and(|name| name.eq_ignore_ascii_case(field)));
        found |= known.map_or(0, |field| 1 << field);
    }
    found.count_ones() >= 2 && ends_well
}

/// Reads a letter. `forced` is the caller's choice of encoding, for all its texts.
#[must_use]
pub(crate) fn read(bytes: &[u8], forced: Option<&'static Encoding>) -> Mail {
    let bytes = &*in_bytes(bytes, forced);
    let lines = with_line_feeds(bytes);
    let message = without_envelope(&lines);
    let (message, limit) = within_limits(message);
    let ended = bodies::with_end_of_header(message);
    let repaired = bodies::with_boundary(&ended);
    let fault = matches!(repaired, Cow::Owned(_)).then_some(NO_BOUNDARY);
    let mut mail = match headers::PARSER.parse(repaired.as_ref()).filter(has_header) {
        Some(parsed) => from_message(&parsed, forced),
        None => Mail { text: Some(bodies::bare(message, forced)), ..faulty("no header") },
    };
    mail.letter.fault = fault.or(mail.letter.fault);
    mail.limit = limit;
    mail
}

/// The bytes as UTF-8 where their letters are of two bytes.
fn in_bytes<'b>(bytes: &'b [u8], forced: Option<&'static Encoding>) -> Cow<'b, [u8]> {
    let is_wide = |encoding: &&'static Encoding| *encoding == UTF_16LE || *encoding == UTF_16BE;
    match shown(bytes).map(|(encoding, _)| encoding).or(forced).filter(is_wide) {
        Some(encoding) => Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes()),
        None => Cow::Borrowed(bytes),
    }
}

/// The bytes with line feeds where their lines end in carriage returns alone.
fn with_line_feeds(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'\n', bytes).is_some() || memchr(b'\r', bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

fn from_message(message: &Message<'_>, forced: Option<&'static Encoding>) -> Mail {
    let mut mail = Mail { letter: headers::letter(message), ..Mail::default() };
    bodies::read(message, forced, &mut mail);
    mail
}

fn faulty(fault: &'static str) -> Mail {
    Mail { letter: Letter { fault: Some(fault), ..Letter::default() }, ..Mail::default() }
}

/// Whether a message has any header that could be one.
fn has_header(message: &Message<'_>) -> bool {
    message.headers().iter().any(|header| !header.name().contains([' ', '\t']))
}

/// The message without the `From ` line that an mbox puts before it.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = start.trim_ascii_start();
    if !start.starts_with(b"From ") && !start.starts_with(b">From ") {
        return start;
    }
    memchr(b'\n', start).and_then(|end| start.get(end + 1..)).unwrap_or_default()
}

/// The field that says what a part is.
const CONTENT_TYPE: &[u8] = b"content-type";

/// Whether what ends here is the name of a field, its colon and white space, so that a value follows. In a text and in an
/// address a word and a slash say nothing.
fn begins_value(before: &[u8]) -> bool {
    let field = before.trim_ascii_end();
    let Some(name) = field.strip_suffix(b":").map(<[u8]>::trim_ascii_end) else { return false };
    name.len().checked_sub(CONTENT_TYPE.len()).is_some_and(|start| {
        name[start..].eq_ignore_ascii_case(CONTENT_TYPE) && (start == 0 || name[start - 1] == b'\n')
    })
}

/// The message up to the part that is one container too many.
fn within_limits(message: &[u8]) -> (&[u8], Option<Limit>) {
    // mail-parser counts bytes in 32 bits.
    let message = message.get(..u32::MAX as usize - 1).unwrap_or(message);
    let most = (MOST_WORK / message.len().max(1)).clamp(LEAST_CONTAINERS, MOST_CONTAINERS);
    let lower = |at: usize, name: &[u8]| message.get(at..at + name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name));
    // `multipart/…` and `message/…`: the slash is rarer than any letter.
    let is_container = |slash: usize| {
        let before = |name: &[u8]| {
            let start = slash.checked_sub(name.len()).filter(|start| lower(*start, name))?;
            begins_value(message.get(..start)?).then_some(())
        };
        before(b"multipart").or_else(|| before(b"message")).is_some()
    };
    match memchr_iter(b'/', message).filter(|slash| is_container(*slash)).nth(most) {
        Some(cut) => (message.get(..cut).unwrap_or(message), Some(Limit::Parts)),
        None => (message, None),
    }
}
