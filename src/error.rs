//! The one error of the library: opaque, one line, with a kind to match on.
//!
//! Extraction itself cannot fail; errors come from configuration and from models.

use std::fmt;

/// What went wrong, for callers that act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A label that names no encoding of the WHATWG Encoding Standard.
    Charset,
    /// A pattern table, or a regular expression, that cannot be read.
    Patterns,
    /// A model that is damaged, or that was trained on other features.
    Model,
    /// Statistics of templates that cannot be read.
    Templates,
    /// The bytes are not a document: neither HTML nor text.
    Binary,
}

/// An error of configuration, of a model, or of input that is not a document.
#[derive(Debug, Clone)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The kind, to match on.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// A result with this library's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
