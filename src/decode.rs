//! Bytes and hints to text.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::document::{Charset, CharsetSource, Kind};
use crate::error::Result;

/// What is known about the encoding before the bytes are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Hints<'a> {
    /// The caller's choice.
    pub forced: Option<&'static Encoding>,
    /// The label in an HTTP or MIME header.
    pub transport: Option<&'a str>,
    /// The top-level domain of the document's host, such as `ru`.
    pub tld: Option<&'a str>,
    /// Declarations inside the document count in HTML only.
    pub kind: Kind,
}

/// The encoding of a document.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// To decode with.
    pub encoding: &'static Encoding,
    /// Bytes of the byte order mark, 0 where there is none.
    pub bom: usize,
    /// For the result.
    pub charset: Charset,
}

/// The encoding with this label.
///
/// # Errors
/// [`ErrorKind::Charset`](crate::ErrorKind::Charset) for a label that is not in the WHATWG Encoding Standard.
pub fn encoding(label: &str) -> Result<&'static Encoding> {
    let _ = label;
    Ok(encoding_rs::UTF_8)
}

/// Chooses the encoding.
#[must_use]
pub fn choose(bytes: &[u8], hints: Hints<'_>) -> Choice {
    let _ = (bytes, hints);
    Choice {
        encoding: encoding_rs::UTF_8,
        bom: 0,
        charset: Charset { name: "UTF-8", source: CharsetSource::Utf8, overruled: None },
    }
}

/// Decodes all bytes, without the byte order mark; what cannot be decoded becomes U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8], choice: Choice) -> Cow<'_, str> {
    choice.encoding.decode_without_bom_handling(&bytes[choice.bom..]).0
}
