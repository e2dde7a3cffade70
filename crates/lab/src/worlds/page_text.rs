//! Full dumps of pages.

use unboil::lab::text_nodes;
use unboil::{Block, BlockKind, Document, Record, Tag};

use super::Line;

/// Dumps of a hundred with a blank line after each line, as some tools write them.
pub(crate) const SPACED: u64 = 30;

/// Every text node on lines of its own, as `get_text("\n")` of common parsers gives them.
pub(crate) fn nodes(record: &Record) -> String {
    let nodes = text_nodes(record);
    let lines = nodes.iter().flat_map(|node| node.lines()).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// The page as a text browser lays it out: a blank line around paragraphs, headings, lists and tables; items with a
/// mark; the cells of a row on one line.
pub(crate) fn layout(document: &Document) -> String {
    let lines = laid_out(document, |_| 0.0);
    lines.iter().map(|line| format!("{}\n", line.text)).collect()
}

/// The lines of a page as a text browser lays it out, each with the label of its first block.
pub(crate) fn laid_out(document: &Document, label: impl Fn(usize) -> f32) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut before: Option<&Block> = None;
    for (number, block) in document.blocks.iter().enumerate() {
        let text = laid_out_block(block);
        let mut pieces = text.split('\n');
        let separator = before.map_or("\n", |before| separator(document, before, block));
        match (separator, lines.last_mut()) {
            ("  ", Some(last)) => last.text.extend([separator, pieces.next().unwrap_or_default()]),
            ("\n\n", _) => lines.push(Line::blank()),
            _ => {}
        }
        lines.extend(pieces.map(|piece| Line::new(piece, label(number))));
        before = Some(block);
    }
    lines
}

/// Every text node of a page on lines of its own, each with the label of its block.
pub(crate) fn node_lines(document: &Document, label: impl Fn(usize) -> f32) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let label = label(number);
        let texts = text_nodes_of(block).flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty());
        lines.extend(texts.map(|text| Line::new(text, label)));
    }
    lines
}

/// The text nodes of a block: marked pieces are elements of their own.
fn text_nodes_of(block: &Block) -> impl Iterator<Item = &str> {
    let ends = block.spans.iter().flat_map(|span| [span.range.start as usize, span.range.end as usize]);
    let mut cuts: Vec<usize> = ends.chain([0, block.text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    (1..cuts.len()).map(move |cut| block.text.get(cuts[cut - 1]..cuts[cut]).unwrap_or_default())
}

fn laid_out_block(block: &Block) -> String {
    let indent = if matches!(block.kind, BlockKind::Quote) { "  " } else { "" };
    format!("{}{}", mark(block), block.text.replace('\n', &format!("\n{indent}")))
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
