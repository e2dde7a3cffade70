//! Where the headline stands among the blocks, and the blocks near it.

use std::ops::Range;

use super::clean;
use crate::document::{Block, BlockKind, Document};

/// Blocks before the headline that may hold its date and author.
const BEFORE: usize = 4;

/// Blocks after the headline that may hold its date and author.
const AFTER: usize = 12;

/// A block of this many characters is running text; a byline does not come after it.
const RUNNING_TEXT: usize = 250;

/// Longest headline, in characters.
const HEADLINE_CHARS: usize = 300;

/// Bytes of such a line, and lines that are looked at.
const LINE_BYTES: usize = 600;
const LINES: usize = 200;

/// Headings of one level that are looked at.
const HEADINGS: usize = 50;

/// The headings that may be the headline, with the block they are.
pub(super) struct Headings {
    /// Level 1, in document order.
    pub first: Vec<(usize, String)>,
    /// Level 2, in document order.
    pub second: Vec<(usize, String)>,
}

/// Visible headings of the upper two levels.
pub(super) fn headings(document: &Document) -> Headings {
    let of = |level: u8| {
        let blocks = document.blocks.iter().enumerate();
        let found = blocks.filter(|(_, block)| block.kind == BlockKind::Heading(level) && is_visible(document, block));
        let lines = found.map(|(at, block)| (at, clean::line(&block.text)));
        lines.filter(|(_, text)| !text.is_empty() && text.chars().count() <= HEADLINE_CHARS).take(HEADINGS).collect()
    };
    Headings { first: of(1), second: of(2) }
}

/// The visible lines without links that may be the headline where no heading of the upper two levels is: old pages mark
/// theirs by its size alone.
pub(super) fn lines(document: &Document) -> Vec<(usize, String)> {
    let may_be = |block: &Block| match block.kind {
        BlockKind::Heading(level) => level > 2,
        BlockKind::Paragraph | BlockKind::TableCell { .. } => !block.has_link(),
        _ => false,
    };
    // A line of the same length in bytes is no longer in characters.
    let is_short = |block: &Block| block.text.len() <= LINE_BYTES && is_visible(document, block);
    let blocks = document.blocks.iter().enumerate();
    let lines = blocks.filter(|(_, block)| may_be(block) && is_short(block));
    lines.map(|(at, block)| (at, clean::line(block.text.lines().next().unwrap_or_default()))).take(LINES).collect()
}

/// Whether a reader sees the block.
pub(super) fn is_visible(document: &Document, block: &Block) -> bool {
    document.outline.elements.get(block.element as usize).is_none_or(|element| !element.hidden)
}

/// The first block behind the headline; its own where that has more lines.
pub(super) fn behind(document: &Document, headline: usize) -> usize {
    let has_more = document.blocks.get(headline).is_some_and(|block| block.text.contains('\n'));
    headline + usize::from(!has_more)
}

/// The blocks around the headline in which its byline stands: up to the first running text.
pub(super) fn near(document: &Document, headline: usize) -> Range<usize> {
    let last = document.blocks.len().min(headline + 1 + AFTER);
    let body = (headline + 1..last).find(|at| document.blocks[*at].text.chars().count() > RUNNING_TEXT);
    headline.saturating_sub(BEFORE)..body.unwrap_or(last)
}
