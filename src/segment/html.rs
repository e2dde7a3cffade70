//! The DOM to blocks.

use crate::document::Document;
use crate::options::Limits;

/// Cuts a page into blocks.
#[must_use]
pub fn segment(text: &str, limits: Limits) -> Document {
    let dom = super::dom::parse(text, limits);
    Document::empty(crate::document::Kind::Html, dom.limit)
}
