//! The bodies of a parsed message: which parts are text, which are HTML, and what is attached.

use std::borrow::Cow;
use std::collections::VecDeque;

use encoding_rs::Encoding;
use mail_parser::{ContentType, Message, MessagePart, MessagePartId, MimeHeaders, PartType};
use memchr::memmem;

use super::{Body, Mail, flowed, transfer};
use crate::decode::{self, Hints};
use crate::document::{Attachment, Kind};

/// Letters within a letter that are read where it has no text of its own; a digest holds many.
const MOST_NESTED: usize = 500;

/// Bytes at the head of a part in which its boundary is looked for.
const BOUNDARY_WINDOW: usize = 64 << 10;

/// Puts the texts and the attachments of a message into the mail.
pub(super) fn read(message: &Message<'_>, forced: Option<&'static Encoding>, mail: &mut Mail) {
    let mut reader = Reader { forced, text: Vec::new(), html: Vec::new(), fault: None };
    let is_digest = message.parts.iter().any(|part| part.is_content_type("multipart", "digest"));
    // The letters of a digest come before its footer, and with it before its masthead.
    if is_digest {
        reader.add_nested(message, is_digest);
    }
    reader.add(message);
    if !is_digest && !reader.has_words() {
        reader.add_nested(message, is_digest);
    }
    if !reader.has_words() {
        reader.add_unknown(message);
    }
    mail.letter.attachments = attachments(message);
    mail.letter.fault = reader.fault;
    mail.text = join(reader.text);
    mail.html = join(reader.html);
}

/// The body of a message without a header: all of it, as text.
pub(super) fn bare(message: &[u8], forced: Option<&'static Encoding>) -> Body {
    body(message, None, Kind::Text, forced)
}

struct Reader {
    forced: Option<&'static Encoding>,
    text: Vec<Body>,
    html: Vec<Body>,
    fault: Option<&'static str>,
}

impl Reader {
    /// Adds the bodies of one message.
    fn add(&mut self, message: &Message<'_>) {
        let in_html = shown(message, &message.html_body);
        if in_html.iter().any(|part| part.is_text_html()) {
            let pieces: Vec<Body> = in_html.iter().map(|part| self.html_piece(message, part)).collect();
            self.html.extend(pieces);
        }
        // Where HTML stands in no other form, only the HTML of all parts together is the whole letter.
        let in_text = shown(message, &message.text_body);
        if !in_text.iter().any(|part| part.is_text_html()) {
            let pieces: Vec<Body> = in_text.iter().map(|part| self.decoded(message, part, Kind::Text)).collect();
            self.text.extend(pieces);
        }
        self.add_damaged(message);
    }

    /// Adds parts that are no files as plain text.
    fn add_where(&mut self, message: &Message<'_>, chosen: impl Fn(&MessagePart<'_>) -> bool) {
        for part in message.parts.iter().filter(|part| chosen(part) && !is_file(part)) {
            let piece = self.decoded(message, part, Kind::Text);
            self.text.push(piece);
        }
    }

    /// Adds texts of kinds that nobody knows (RFC 2046, 4.1.4), and parts that should have parts and have none.
    fn add_unknown(&mut self, message: &Message<'_>) {
        self.add_where(message, is_other_text);
        let without_parts = |part: &MessagePart<'_>| media_type(part).starts_with("multipart/");
        if let [root] = message.parts.as_slice()
            && !self.has_words()
            && without_parts(root)
        {
            self.add_where(message, without_parts);
            self.fault = self.fault.or(Some(super::NO_BOUNDARY));
        }
    }

    /// Adds what mail-parser lists as attached only because its end is missing.
    fn add_damaged(&mut self, message: &Message<'_>) {
        let listed = |part: &MessagePart<'_>| {
            let same = |other: &MessagePart<'_>| other.offset_body == part.offset_body;
            is_untyped(part) || message.text_bodies().any(same) || message.html_bodies().any(same)
        };
        let texts = message.parts.iter().filter(|part| part.is_encoding_problem && part.is_text());
        for part in texts.filter(|part| !is_file(part)) {
            self.fault = Some("a part without its end");
            if listed(part) {
                continue;
            }
            match media_type(part).as_str() {
                "text/html" => {
                    let piece = self.decoded(message, part, Kind::Html);
                    self.html.push(piece);
                }
                name if name == "text/plain" || !name.starts_with("text/") => {
                    let piece = self.decoded(message, part, Kind::Text);
                    self.text.push(piece);
                }
                _ => {}
            }
        }
    }

    /// Adds the letters within a letter: all of a digest, or the first of one that has no text itself.
    fn add_nested(&mut self, message: &Message<'_>, is_digest: bool) {
        let mut open: VecDeque<&Message<'_>> = VecDeque::from([message]);
        for _ in 0..MOST_NESTED {
            let Some(next) = open.pop_front() else { return };
            let inner = next.parts.iter().filter_map(|part| part.message());
            for message in inner {
                open.push_back(message);
                self.add(message);
                if !is_digest && self.has_words() {
                    return;
                }
            }
        }
    }

    fn has_words(&self) -> bool {
        self.text.iter().chain(&self.html).any(|body| body.text.chars().any(char::is_alphanumeric))
    }

    /// A part as HTML: text among HTML, such as the footer that a list manager adds, keeps its lines.
    fn html_piece(&mut self, message: &Message<'_>, part: &MessagePart<'_>) -> Body {
        if part.is_text_html() {
            return self.decoded(message, part, Kind::Html);
        }
        let mut body = self.decoded(message, part, Kind::Text);
        let escaped = body.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        body.text = format!("<div>{}</div>", escaped.replace('\n', "<br>"));
        body
    }

    fn decoded(&mut self, message: &Message<'_>, part: &MessagePart<'_>, kind: Kind) -> Body {
        let range = part.offset_body as usize..(part.offset_end as usize).max(part.offset_body as usize);
        let raw = message.raw_message.get(range).unwrap_or_default();
        let encoding = transfer::named(part.content_transfer_encoding());
        let (bytes, damaged) = transfer::decode(raw, encoding);
        if damaged {
            self.fault = self.fault.or(Some("a damaged transfer encoding"));
        }
        let content_type = part.content_type();
        let attribute = |name| content_type.and_then(|content| content.attribute(name));
        let mut body = body(&bytes, attribute("charset"), kind, self.forced);
        if kind == Kind::Text && attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
            let delsp = attribute("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
            body.text = flowed::unflow(&body.text, delsp);
        }
        body
    }
}

/// The parts of a body, in their order: the texts that are listed for it, and those without a type.
fn shown<'m, 'x>(message: &'m Message<'x>, listed: &[MessagePartId]) -> Vec<&'m MessagePart<'x>> {
    let mut is_listed = vec![false; message.parts.len()];
    listed.iter().filter_map(|id| usize::try_from(*id).ok()).for_each(|id| is_listed[id] = true);
    let without_type = |part: &MessagePart<'_>| is_untyped(part) && !part.is_multipart() && !is_file(part);
    let parts = message.parts.iter().zip(is_listed);
    parts.filter(|(part, listed)| *listed && part.is_text() || without_type(part)).map(|(part, _)| part).collect()
}

/// Bytes to text, with the charset of the header as a hint that the bytes may overrule.
fn body(bytes: &[u8], transport: Option<&str>, kind: Kind, forced: Option<&'static Encoding>) -> Body {
    let choice = decode::choose(bytes, Hints { forced, transport, tld: None, kind });
    Body { text: decode::decode(bytes, choice).into_owned(), charset: choice.charset }
}

/// The pieces as one body, each on lines of its own.
fn join(pieces: Vec<Body>) -> Option<Body> {
    let mut pieces = pieces.into_iter();
    let mut joined = pieces.next()?;
    for piece in pieces {
        if !joined.text.is_empty() && !joined.text.ends_with('\n') {
            joined.text.push('\n');
        }
        joined.text.push_str(&piece.text);
    }
    Some(joined)
}

fn media_type(part: &MessagePart<'_>) -> String {
    part.content_type().map_or_else(
        || "text/plain".to_owned(),
        |content| {
            let name = format!("{}/{}", content.ctype(), content.subtype().unwrap_or_default());
            name.trim_end_matches('/').to_ascii_lowercase()
        },
    )
}

/// Whether a part tells no media type that holds: it is plain text then (RFC 2045, 5.2), unless it has a file's name.
fn is_untyped(part: &MessagePart<'_>) -> bool {
    let has_type = |content: &ContentType<'_>| content.subtype().is_some_and(|subtype| !subtype.is_empty());
    part.content_type().is_some_and(|content| !has_type(content)) && part.attachment_name().is_none()
}

/// Whether a part is text, but neither plain nor HTML.
fn is_other_text(part: &MessagePart<'_>) -> bool {
    let name = media_type(part);
    name.starts_with("text/") && !matches!(name.as_str(), "text/plain" | "text/html")
}

/// Whether a part says that it is a file.
fn is_file(part: &MessagePart<'_>) -> bool {
    part.content_disposition().is_some_and(|disposition| disposition.is_attachment())
}

/// The parts that are no text of the letter.
fn attachments(message: &Message<'_>) -> Vec<Attachment> {
    let is_read = |part: &MessagePart<'_>| part.is_encoding_problem || is_untyped(part);
    let attached = message.attachments().filter(|part| !is_read(part) || is_file(part));
    let list = |part: &MessagePart<'_>| Attachment {
        name: part.attachment_name().map(str::to_owned),
        media_type: media_type(part),
        bytes: match &part.body {
            PartType::Message(inner) => inner.raw_message().len(),
            _ => part.len(),
        },
    };
    attached.map(list).collect()
}

/// The message, with an empty line at its end where none ends its header: it has no body, and lost none.
pub(super) fn with_end_of_header(message: &[u8]) -> Cow<'_, [u8]> {
    match split_head(message) {
        Some(_) => Cow::Borrowed(message),
        None => Cow::Owned([message, b"\n\n"].concat()),
    }
}

/// The message, with the boundary that its body uses where the header names none, or another.
pub(super) fn with_boundary(message: &[u8]) -> Cow<'_, [u8]> {
    let Some((head, body)) = split_head(message) else { return Cow::Borrowed(message) };
    let lower = head.to_ascii_lowercase();
    let begins_line = |at: &usize| *at == 0 || lower.get(at - 1) == Some(&b'\n');
    let Some(at) = memmem::find_iter(&lower, b"content-type:").find(begins_line) else { return Cow::Borrowed(message) };
    let value = lower.get(at..).unwrap_or_default();
    let value = value.get(..field_end(value)).unwrap_or(value);
    if memmem::find(value, b"multipart/").is_none() {
        return Cow::Borrowed(message);
    }
    let window = body.get(..BOUNDARY_WINDOW).unwrap_or(body);
    let Some(boundary) = used_boundary(window) else { return Cow::Borrowed(message) };
    let named = head.get(at..at + value.len()).unwrap_or_default();
    if memmem::find(named, boundary).is_some() || names_one_in(named, body) {
        return Cow::Borrowed(message);
    }
    let kind: &[u8] = if memmem::find(value, b"alternative").is_some() { b"alternative" } else { b"mixed" };
    let mut mended = head.get(..at).unwrap_or_default().to_vec();
    for piece in [b"Content-Type: multipart/", kind, b"; boundary=\"", boundary, b"\"\n"] {
        mended.extend_from_slice(piece);
    }
    mended.extend_from_slice(head.get(at + value.len()..).unwrap_or_default());
    mended.extend_from_slice(body);
    Cow::Owned(mended)
}

/// The header, with the empty line after it, and the rest.
fn split_head(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let unix = memmem::find(message, b"\n\n").map(|at| at + 2);
    let dos = memmem::find(message, b"\r\n\r\n").map(|at| at + 4);
    let end = [unix, dos].into_iter().flatten().min()?;
    message.split_at_checked(end)
}

/// Where a header field with its folded lines ends.
fn field_end(field: &[u8]) -> usize {
    let folded = |at: usize| matches!(field.get(at + 1), Some(b' ' | b'\t'));
    memchr::memchr_iter(b'\n', field).find(|at| !folded(*at)).map_or(field.len(), |at| at + 1)
}

/// The first line of two hyphens and a name that a header of a part follows.
fn used_boundary(body: &[u8]) -> Option<&[u8]> {
    let mut lines = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).peekable();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix(b"--").filter(|name| !name.is_empty() && name.len() <= 200);
        let begins = lines.peek().and_then(|next| next.get(..8)).is_some_and(|s| s.eq_ignore_ascii_case(b"content-"));
        if let Some(name) = name.filter(|name| begins && !name.contains(&b'"') && !name.contains(&b' ')) {
            return Some(name);
        }
    }
    None
}

/// Whether the boundary that a field names delimits anything in the body.
fn names_one_in(field: &[u8], body: &[u8]) -> bool {
    let lower = field.to_ascii_lowercase();
    let Some(at) = memmem::find(&lower, b"boundary=") else { return false };
    let value = field.get(at + 9..).unwrap_or_default();
    let value = match value.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|byte| *byte == b'"').next(),
        None => value.split(|byte| byte.is_ascii_whitespace() || *byte == b';').next(),
    };
    let Some(name) = value.filter(|name| !name.is_empty()) else { return false };
    memmem::find(body, &[b"--", name].concat()).is_some()
}
