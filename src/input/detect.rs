//! What a document is, from its first bytes.

use crate::document::Kind;
use crate::error::Result;

/// Detects the kind of a document.
///
/// # Errors
/// [`ErrorKind::Binary`](crate::ErrorKind::Binary) for bytes that are neither HTML nor text.
pub fn detect(bytes: &[u8]) -> Result<Kind> {
    Ok(if bytes.trim_ascii_start().starts_with(b"<") { Kind::Html } else { Kind::Text })
}
