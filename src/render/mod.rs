//! Verdicts to bytes: what was kept, what was dropped, both, and why.
//!
//! Input: an [`Extraction`]. Output: bytes or text in one of the formats. Pure functions: nothing here judges a block,
//! changes a document, or reads anything but the extraction.
//!
//! HTML is printed block by block, in UTF-8. Plain text is printed line by line, byte for byte as it came in, so that
//! [`text`] and [`removed`] together are exactly the lines of the input.

pub mod explain;
mod html;
mod inline;
mod json;
mod language;
mod link;
mod markdown;
#[cfg(test)]
mod sample;
mod table;
mod text;

pub use html::{html, html_page};
pub use json::{Fallback, JsonFields, Removed, json, json_failure};
pub use markdown::{front_matter, markdown};
pub use text::{kept_lines, marked, removed, text};

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::document::{Block, Document, ElementId, Extraction, Tag, joined};

/// The kept blocks, in document order. Lines of one block that were judged apart are one again.
fn kept<'e>(extraction: &'e Extraction<'_>) -> Vec<Cow<'e, Block>> {
    let kept = judged(extraction).enumerate().filter(|(_, (_, keep))| *keep);
    joined(kept.map(|(number, (block, _))| (number, block)))
}

/// Each block with whether it is kept.
fn judged<'e>(extraction: &'e Extraction<'_>) -> impl Iterator<Item = (&'e Block, bool)> {
    extraction.document.blocks.iter().zip(extraction.verdicts.iter().map(|verdict| verdict.keep))
}

/// What the lines of the document point into: the input, or the body of a letter.
fn source<'e>(extraction: &'e Extraction<'_>) -> &'e [u8] {
    match &extraction.document.letter {
        Some(letter) => letter.body.as_bytes(),
        None => extraction.input,
    }
}

/// The encoding of [`source`].
fn encoding(extraction: &Extraction<'_>) -> &'static Encoding {
    if extraction.document.letter.is_some() {
        return UTF_8;
    }
    Encoding::for_label(extraction.charset.name.as_bytes()).unwrap_or(UTF_8)
}

/// Bytes of [`source`] as text, without a byte order mark; what cannot be decoded becomes U+FFFD.
fn decoded<'b>(extraction: &Extraction<'_>, bytes: &'b [u8]) -> Cow<'b, str> {
    encoding(extraction).decode_with_bom_removal(bytes).0
}

/// Lines of the input that a block stands in, as far as they exist.
fn block_lines(document: &Document, block: &Block) -> std::ops::Range<usize> {
    let end = (block.lines.end as usize).min(document.lines.len());
    (block.lines.start as usize).min(end)..end
}

/// The nearest list item around a block, and the list that holds it; `None` outside of lists.
fn item_of(document: &Document, block: &Block) -> Option<(ElementId, ElementId)> {
    document.outline.elements.get(block.element as usize)?;
    let item = document.outline.ancestors(block.element).find(|(_, element)| element.tag == Tag::Li);
    item.map(|(id, element)| (id, element.parent))
}

/// The list of definitions that a paragraph stands in, and whether in a term or a description; `None` outside of them and in
/// lists within.
fn definition_of(document: &Document, block: &Block) -> Option<(ElementId, Tag)> {
    document.outline.elements.get(block.element as usize)?;
    let is_part = |tag| matches!(tag, Tag::Dt | Tag::Dd);
    let mut around = document.outline.ancestors(block.element);
    let (_, part) = around.find(|(_, element)| is_part(element.tag) || element.tag == Tag::Li)?;
    let (list, _) = around.find(|(_, element)| element.tag == Tag::Dl)?;
    is_part(part.tag).then_some((list, part.tag))
}

/// The table a row stands in; the root where there is none.
fn table_of(document: &Document, row: ElementId) -> ElementId {
    if document.outline.elements.get(row as usize).is_none() {
        return 0;
    }
    document.outline.ancestors(row).find(|(_, element)| element.tag == Tag::Table).map_or(0, |(id, _)| id)
}
