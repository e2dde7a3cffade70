//! Whether what stands in a cell is one cell of its row, although it stands in paragraphs and lists.

use super::below::{has_text, texts};
use super::elements::{Display, display, heading_level};
use crate::document::Tag;
use crate::segment::dom::NodeRef;

/// Nodes of a cell and of its row that are looked at for whether it holds one paragraph beside other cells.
const CELL_NODES: usize = 30;
const ROW_NODES: usize = 8;

/// Nodes and bytes of a cell of several lines that are one cell, and levels and nodes of its table that are looked at
/// for a heading.
const SHORT_NODES: usize = 60;
const SHORT_BYTES: usize = 600;
const TABLE_LEVELS: usize = 4;
const TABLE_NODES: usize = 60;

/// Whether all that a cell shows are lines of it: one paragraph, or a little more in a table of data.
pub(super) fn holds_lines(cell: NodeRef<'_>) -> bool {
    (is_one_paragraph(cell) || is_short(cell) && is_in_data(cell)) && has_neighbour(cell)
}

/// The tags of what breaks the text in a cell.
fn blocks(cell: NodeRef<'_>) -> impl Iterator<Item = Tag> {
    cell.descendants().skip(1).filter_map(NodeRef::tag).filter(|tag| display(*tag) == Display::Block)
}

/// Whether all that a cell shows stands in one paragraph.
fn is_one_paragraph(cell: NodeRef<'_>) -> bool {
    let mut blocks = blocks(cell);
    cell.descendants().nth(CELL_NODES).is_none()
        && texts(cell.children()).all(|text| text.trim().is_empty())
        && matches!(blocks.next(), Some(Tag::P | Tag::Div))
        && blocks.next().is_none()
}

/// Whether a cell shows a few lines and lists that stand on one line, too.
fn is_short(cell: NodeRef<'_>) -> bool {
    let is_line = |tag| heading_level(tag).is_some() || matches!(tag, Tag::P | Tag::Div | Tag::Ul | Tag::Ol | Tag::Li);
    cell.descendants().nth(SHORT_NODES).is_none()
        && texts(cell.descendants()).map(str::len).sum::<usize>() <= SHORT_BYTES
        && blocks(cell).all(is_line)
}

/// Whether a cell stands in a table with headings, which lays out no page.
fn is_in_data(cell: NodeRef<'_>) -> bool {
    let table = cell.ancestors().take(TABLE_LEVELS).find(|node| node.tag() == Some(Tag::Table));
    table.is_some_and(|table| table.descendants().take(TABLE_NODES).any(|node| node.tag() == Some(Tag::Th)))
}

/// Whether beside a cell another one stands that shows text: a table that lays out a page often has one.
fn has_neighbour(cell: NodeRef<'_>) -> bool {
    let before = cell.previous_siblings().take(ROW_NODES);
    let after = cell.next_siblings().take(ROW_NODES);
    before.chain(after).filter(|node| matches!(node.tag(), Some(Tag::Td | Tag::Th))).any(has_text)
}
