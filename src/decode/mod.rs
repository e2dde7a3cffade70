//! Bytes and hints to text.
//!
//! Input: the bytes of one document, and what the caller, the transport and the document itself say about their
//! encoding. Output: the encoding with the reason for it, and the text.
//!
//! The sources are asked in the order of the WHATWG standards, with two changes that suit a reader of archives rather
//! than a browser:
//!
//! - The caller's choice beats everything, the byte order mark included: who gives it has looked at the document. A
//!   byte order mark of the same family is not text and is skipped.
//! - A declaration that the bytes contradict loses, and the next one is asked. Browsers must obey, because pages have
//!   come to rely on it; here a wrong declaration only costs text.
//!
//! So: caller, byte order mark, transport, `<meta>`, XML declaration, and then the bytes themselves: UTF-8 where they
//! are valid UTF-8, or else the detector's guess.
//!
//! This module must not fail, must not look at more than a bounded sample with anything slower than a validator, and
//! must not change what can be decoded.

mod declared;
mod evidence;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::document::{Charset, CharsetSource, Kind};
use crate::error::{Error, ErrorKind, Result};

use evidence::Evidence;

/// What is known about the encoding before the bytes are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hints<'a> {
    /// The caller's choice.
    pub(crate) forced: Option<&'static Encoding>,
    /// The label in an HTTP or MIME header.
    pub(crate) transport: Option<&'a str>,
    /// The top-level domain of the document's host, such as `ru`. One that is not a DNS label in ASCII is no hint.
    pub(crate) tld: Option<&'a str>,
    /// Declarations inside the document count in HTML only.
    pub(crate) kind: Kind,
}

/// The encoding of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    /// To decode with.
    pub(crate) encoding: &'static Encoding,
    /// Bytes of the byte order mark, 0 where there is none.
    pub(crate) bom: usize,
    /// For the result.
    pub(crate) charset: Charset,
}

/// The encoding with this label, white space around it aside.
///
/// # Errors
/// [`ErrorKind::Charset`] for a label that is not in the WHATWG Encoding Standard, and for the labels that the standard
/// retired because their encodings are unsafe (`iso-2022-kr`, `hz-gb-2312` and the like): it decodes nothing with them.
pub(crate) fn encoding(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes())
        .ok_or_else(|| Error::new(ErrorKind::Charset, format!("unknown character encoding {label:?}")))
}

/// Chooses the encoding.
///
/// [`Charset::source`] names what decided. [`Charset::overruled`] is the first declaration (transport, `<meta>`, XML)
/// that lost against the bytes or their byte order mark; the caller's choice overrules in silence.
#[must_use]
pub(crate) fn choose(bytes: &[u8], hints: Hints<'_>) -> Choice {
    let bom = Encoding::for_bom(bytes);
    if let Some(forced) = hints.forced {
        return obey(forced, bom);
    }
    let declared = declared::declarations(bytes, hints);
    let (encoding, source, bom) = match bom {
        Some((encoding, length)) => (encoding, CharsetSource::Bom, length),
        None => weigh(bytes, &declared, hints.tld),
    };
    let first = declared.first().map(|&(encoding, _)| encoding);
    // `utf-16` is a label of UTF-16LE, so its byte order says nothing.
    let overruled = first.filter(|first| !same_family(first, encoding)).map(Encoding::name);
    Choice { encoding, bom, charset: Charset { name: encoding.name(), source, overruled } }
}

/// The encoding that the bytes themselves show, by a byte order mark or as UTF-16 by their zeroes, and the length of
/// the mark.
pub(crate) fn shown(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes).or_else(|| Some((evidence::utf16(bytes)?, 0)))
}

/// Decodes all bytes, without the byte order mark; what cannot be decoded becomes U+FFFD.
#[must_use]
pub(crate) fn decode(bytes: &[u8], choice: Choice) -> Cow<'_, str> {
    let text = bytes.get(choice.bom..).unwrap_or_default();
    choice.encoding.decode_without_bom_handling(text).0
}

/// The caller's choice. The byte order mark settles the order of UTF-16 even against the caller: read the other way it
/// is U+FFFE, which no text contains.
fn obey(forced: &'static Encoding, bom: Option<(&'static Encoding, usize)>) -> Choice {
    let (encoding, bom) = bom.filter(|(marked, _)| same_family(marked, forced)).unwrap_or((forced, 0));
    let charset = Charset { name: encoding.name(), source: CharsetSource::Option, overruled: None };
    Choice { encoding, bom, charset }
}

/// Whether the two are one encoding but for the byte order.
fn same_family(one: &'static Encoding, other: &'static Encoding) -> bool {
    let wide = |encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    one == other || wide(one) && wide(other)
}

/// The first declaration that the bytes allow, or else what the bytes themselves say.
fn weigh(
    bytes: &[u8],
    declared: &[(&'static Encoding, CharsetSource)],
    tld: Option<&str>,
) -> (&'static Encoding, CharsetSource, usize) {
    let evidence = Evidence::of(bytes);
    if let Some(&(encoding, source)) = declared.iter().find(|(encoding, _)| evidence.allows(encoding, bytes)) {
        return (encoding, source, 0);
    }
    match evidence {
        Evidence::Ascii | Evidence::Utf8 => (UTF_8, CharsetSource::Utf8, 0),
        _ => (evidence.guess(bytes, tld), CharsetSource::Detected, 0),
    }
}
