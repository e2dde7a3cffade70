//! Full dumps of pages.

use unboil::lab::{segment, text_nodes};
use unboil::{Block, BlockKind, Document, Record, Tag};

/// Every text node on lines of its own, as `get_text("\n")` of common parsers gives them.
pub(crate) fn nodes(record: &Record) -> String {
    let nodes = text_nodes(record);
    let lines = nodes.iter().flat_map(|node| node.lines()).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// The page as a text browser lays it out: a blank line around paragraphs, headings, lists and tables; items with a
/// mark; the cells of a row on one line.
pub(crate) fn layout(record: &Record) -> String {
    let document = segment(record);
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in &document.blocks {
        if let Some(before) = before {
            out.push_str(separator(&document, before, block));
        }
        out.push_str(&mark(block));
        let indent = if matches!(block.kind, BlockKind::Quote) { "  " } else { "" };
        out.push_str(&block.text.replace('\n', &format!("\n{indent}")));
        before = Some(block);
    }
    out.push('\n');
    out
}

/// What stands before a block's text.
fn mark(block: &Block) -> String {
    match block.kind {
        BlockKind::ListItem { depth, number: 0 } => format!("{}* ", "  ".repeat(usize::from(depth))),
        BlockKind::ListItem { depth, number } => format!("{}{number}. ", "  ".repeat(usize::from(depth))),
        BlockKind::Quote => "  ".to_owned(),
        _ => String::new(),
    }
}

/// What parts two blocks.
fn separator(document: &Document, before: &Block, block: &Block) -> &'static str {
    match (before.kind, block.kind) {
        (BlockKind::TableCell { row: a, .. }, BlockKind::TableCell { row: b, .. }) if a == b => "  ",
        (BlockKind::TableCell { .. }, BlockKind::TableCell { .. }) => "\n",
        (BlockKind::ListItem { .. }, BlockKind::ListItem { .. }) => "\n",
        _ if has_margin(document, before) || has_margin(document, block) => "\n\n",
        _ => "\n",
    }
}

/// Whether browsers set a block off by a margin.
fn has_margin(document: &Document, block: &Block) -> bool {
    let margin = matches!(
        document.outline.element(block.element).tag,
        Tag::P | Tag::Blockquote | Tag::Pre | Tag::Figure | Tag::Dl | Tag::Table
    );
    margin || matches!(block.kind, BlockKind::Heading(_))
}
