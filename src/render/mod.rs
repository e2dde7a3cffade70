//! Verdicts to bytes.

use crate::document::Extraction;

/// The kept blocks as plain text.
#[must_use]
pub fn text(extraction: &Extraction<'_>) -> Vec<u8> {
    let _ = extraction;
    Vec::new()
}
