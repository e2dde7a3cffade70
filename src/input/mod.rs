//! Records: documents as they arrive, and what they are.
//!
//! Input: bytes, or a reader of bytes that holds one document or many. Output: [`Record`]s. Nothing here opens a file or
//! judges a document.

mod detect;
mod jsonl;
pub(crate) mod mail;
pub mod mbox;
mod pieces;
mod stream;
mod tape;
mod unpack;
mod warc;

pub use detect::detect;
pub use mbox::{Mbox, is_mbox};
pub use stream::{Entry, Envelope, FIELDS, Fault, Format, Reading, Reason, Records};

use encoding_rs::Encoding;

use crate::decode;
use crate::document::Kind;
use crate::error::Result;

/// One document as it arrived.
#[derive(Debug, Clone)]
pub struct Record {
    /// Names the record in errors and output: a path, a number.
    pub id: String,
    /// The document's address, where known: base for links, hint for the encoding.
    pub url: Option<String>,
    /// What the caller says it is; `None` detects it.
    pub kind: Option<Kind>,
    /// What the caller says its encoding is.
    pub charset: Option<&'static Encoding>,
    /// The encoding label that came with the bytes: an HTTP or MIME header.
    pub transport_charset: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether they are only the beginning of it, because it broke off on its way: [`Status::Truncated`](crate::Status).
    pub is_cut: bool,
}

impl Record {
    /// A record of these bytes, about which nothing else is known.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            id: String::new(),
            url: None,
            kind: None,
            charset: None,
            transport_charset: None,
            bytes: bytes.into(),
            is_cut: false,
        }
    }

    /// Names the record.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Gives the document's address.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Says what the document is, instead of detecting it.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Says what the encoding is, instead of finding out.
    ///
    /// # Errors
    /// [`ErrorKind::Charset`](crate::ErrorKind::Charset) for a label that is not in the WHATWG Encoding Standard.
    pub fn charset(mut self, label: &str) -> Result<Self> {
        self.charset = Some(decode::encoding(label)?);
        Ok(self)
    }

    /// What this record tells about its encoding.
    pub(crate) fn hints(&self, kind: Kind) -> decode::Hints<'_> {
        decode::Hints { forced: self.charset, transport: self.transport_charset.as_deref(), tld: self.tld(), kind }
    }

    /// The last label of the address's host.
    fn tld(&self) -> Option<&str> {
        let (_, rest) = self.url.as_deref()?.split_once("//")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?.split(':').next()?;
        host.rsplit_once('.').map(|(_, tld)| tld)
    }
}
