//! Plain text: the kept blocks, their complement, and both with marks.
//!
//! For plain text the unit of output is the line, copied byte for byte, and [`kept_lines`] alone decides about it.

use crate::document::{Block, BlockKind, Document, Extraction, Kind};

use super::table::{Cell, Content, Signs, aligned, share_row};
use super::{block_lines, decoded, encoding, judged, kept, source, table_of};

/// Lists within lists that are indented: each of a list's lines is written behind its indent.
pub(super) const MOST_DEPTH: u8 = 12;

/// The largest number of an item: CommonMark takes no more than nine digits (section 5.2).
pub(super) const MOST_NUMBER: u32 = 999_999_999;

/// The least width of a score in [`marked`]: `-3.4`.
const SCORE_WIDTH: usize = 4;

/// The kept blocks as plain text.
///
/// HTML: UTF-8; blocks are separated by a blank line, list items and table rows stand on consecutive lines, the cells
/// of a row are joined by ` | `, code stands as it is. Plain text: the kept lines, byte for byte. Nothing kept gives no
/// bytes.
///
/// ```
/// let record = unboil::Record::new("");
/// let extraction = unboil::Extractor::default().extract(&record);
/// assert_eq!(unboil::render::text(&extraction), b"");
/// ```
#[must_use]
pub fn text(extraction: &Extraction<'_>) -> Vec<u8> {
    match extraction.document.kind {
        Kind::Html => with_headline(kept_blocks(extraction), extraction, str::to_owned).into_bytes(),
        Kind::Text | Kind::Mail => with_subject(lines_where(extraction, Side::Kept), extraction),
    }
}

/// The output of a page under the headline that no block holds, if there is one and anything was kept.
pub(super) fn with_headline(output: String, extraction: &Extraction<'_>, write: impl FnOnce(&str) -> String) -> String {
    match &extraction.headline {
        Some(headline) if !output.is_empty() => format!("{}\n\n{output}", write(headline)),
        _ => output,
    }
}

/// The lines of a letter under its subject, if that was asked for and anything was kept.
fn with_subject(lines: Vec<u8>, extraction: &Extraction<'_>) -> Vec<u8> {
    match &extraction.headline {
        Some(subject) if !lines.is_empty() => [format!("{subject}\n\n").into_bytes(), lines].concat(),
        _ => lines,
    }
}

/// What [`text`] leaves out. HTML: the dropped blocks, each on one line. Plain text: exactly the lines that [`text`]
/// does not print.
#[must_use]
pub fn removed(extraction: &Extraction<'_>) -> Vec<u8> {
    match extraction.document.kind {
        Kind::Html => dropped_blocks(extraction).into_bytes(),
        Kind::Text | Kind::Mail => lines_where(extraction, Side::Removed),
    }
}

/// Everything, each line prefixed with `+ ` (kept) or `- ` (dropped) and the score of its block.
///
/// All prefixes of a document are equally wide. Blank lines of a plain text have no score. A text in an encoding that
/// is no superset of ASCII is printed in UTF-8, any other text as it came in.
#[must_use]
pub fn marked(extraction: &Extraction<'_>) -> Vec<u8> {
    let scores: Vec<String> = extraction.verdicts.iter().map(|verdict| format!("{:.1}", verdict.score)).collect();
    let width = scores.iter().map(String::len).max().unwrap_or(0).max(SCORE_WIDTH);
    match extraction.document.kind {
        Kind::Html => marked_blocks(extraction, &scores, width).into_bytes(),
        Kind::Text | Kind::Mail => marked_lines(extraction, &scores, width),
    }
}

/// Whether each line of a plain text is kept, in the order of [`Document::lines`].
///
/// A line of a block has the block's verdict. A run of lines in no block (blank lines) is kept if it is the first since the
/// last kept line and a later line is kept, or at the end of the text if the line before it is; at the head of the text, if
/// the first line after it is kept. So paragraphs stay apart where something between them goes, and a blank document keeps
/// nothing.
#[must_use]
pub fn kept_lines(extraction: &Extraction<'_>) -> Vec<bool> {
    let blocks = line_blocks(&extraction.document);
    let judged: Vec<Option<bool>> = blocks
        .iter()
        .map(|block| block.map(|block| extraction.verdicts.get(block).is_some_and(|verdict| verdict.keep)))
        .collect();
    let last = judged.iter().rposition(Option::is_some);
    let last_kept = judged.iter().rposition(|keep| *keep == Some(true));
    let mut before = judged.iter().copied().flatten().next().unwrap_or(false);
    // Whether nothing parts what comes from the last kept line, and what was decided about the blank run that is open.
    let (mut adjoins, mut run) = (before, None);
    judged
        .iter()
        .enumerate()
        .map(|(line, keep)| match keep {
            Some(keep) => {
                before = *keep;
                adjoins |= before;
                run = None;
                *keep
            }
            None => {
                let parts = adjoins && last_kept > Some(line) || before && last < Some(line);
                let keep = *run.get_or_insert(parts);
                adjoins &= !keep;
                keep
            }
        })
        .collect()
}

/// The block each line stands in.
fn line_blocks(document: &Document) -> Vec<Option<usize>> {
    let mut blocks = vec![None; document.lines.len()];
    for (number, block) in document.blocks.iter().enumerate() {
        blocks[block_lines(document, block)].fill(Some(number));
    }
    blocks
}

/// The two parts of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Kept,
    Removed,
}

fn lines_where(extraction: &Extraction<'_>, side: Side) -> Vec<u8> {
    let mut out = Vec::new();
    for (range, keep) in extraction.document.lines.iter().zip(kept_lines(extraction)) {
        if keep == (side == Side::Kept) {
            out.extend_from_slice(source(extraction).get(range.clone()).unwrap_or_default());
        }
    }
    out
}

fn marked_lines(extraction: &Extraction<'_>, scores: &[String], width: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let blocks = line_blocks(&extraction.document);
    let ascii_compatible = encoding(extraction).is_ascii_compatible();
    for ((range, keep), block) in extraction.document.lines.iter().zip(kept_lines(extraction)).zip(blocks) {
        let score = block.and_then(|block| scores.get(block)).map_or("", String::as_str);
        let line = source(extraction).get(range.clone()).unwrap_or_default();
        out.extend_from_slice(prefix(keep, score, width).as_bytes());
        if ascii_compatible {
            out.extend_from_slice(line);
        } else {
            out.extend_from_slice(decoded(extraction, line).as_bytes());
        }
    }
    out
}

fn prefix(keep: bool, score: &str, width: usize) -> String {
    format!("{} {score:>width$}  ", if keep { '+' } else { '-' })
}

fn marked_blocks(extraction: &Extraction<'_>, scores: &[String], width: usize) -> String {
    let mut out = String::new();
    for ((block, keep), score) in judged(extraction).zip(scores) {
        let prefix = prefix(keep, score, width);
        for line in block.text.lines() {
            out.push_str(&prefix);
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn dropped_blocks(extraction: &Extraction<'_>) -> String {
    let mut out = String::new();
    for (block, keep) in judged(extraction) {
        if !keep {
            push_joined(&mut out, block.text.trim());
            out.push('\n');
        }
    }
    out
}

fn kept_blocks(extraction: &Extraction<'_>) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    let signs = Signs::of(&extraction.document);
    let document = &extraction.document;
    let kept = kept(extraction);
    let blocks: Vec<&Block> = kept.iter().map(AsRef::as_ref).collect();
    for run in blocks.chunk_by(|one, two| share_table(document, one, two)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if let Some(before) = before {
            out.push_str(separator(before, first));
        }
        match first.kind {
            BlockKind::TableCell { .. } => {
                push_table(&mut out, run.chunk_by(|a, b| share_row(a, b)).map(|row| signs.row(row)).collect())
            }
            _ => push_block(&mut out, first),
        }
        before = Some(last);
    }
    if before.is_some() {
        out.push('\n');
    }
    out
}

/// Whether two blocks are cells of one table.
fn share_table(document: &Document, one: &Block, two: &Block) -> bool {
    let table = |block: &Block| block.kind.row().map(|row| table_of(document, row));
    table(one).is_some() && table(one) == table(two)
}

/// What stands between two kept blocks that follow each other and are no cells of one table.
fn separator(before: &Block, block: &Block) -> &'static str {
    match (before.kind, block.kind) {
        (BlockKind::ListItem { .. }, BlockKind::ListItem { .. }) => "\n",
        _ => "\n\n",
    }
}

fn push_block(out: &mut String, block: &Block) {
    match block.kind {
        BlockKind::ListItem { depth, number } => push_item(out, &block.text, depth, number),
        BlockKind::Code => out.push_str(block.text.trim_end_matches(['\n', '\r'])),
        _ => out.push_str(block.text.trim_end()),
    }
}

fn push_table(out: &mut String, rows: Vec<Vec<Cell<'_>>>) {
    for (number, row) in aligned(rows).iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        push_row(out, row);
    }
}

fn push_row(out: &mut String, row: &[Cell<'_>]) {
    for (column, cell) in row.iter().enumerate() {
        if column > 0 {
            out.push_str(" | ");
        }
        for (index, content) in cell.contents.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            match content {
                Content::Block(block) => push_joined(out, block.text.trim()),
                Content::Sign(sign) => out.push_str(sign),
            }
        }
    }
}

fn push_item(out: &mut String, text: &str, depth: u8, number: u32) {
    let marker = marker(number);
    let indent = 2 * usize::from(depth.clamp(1, MOST_DEPTH) - 1);
    let hanging = " ".repeat(indent + marker.len());
    for (index, line) in text.trim_end().lines().enumerate() {
        if index == 0 {
            out.push_str(&" ".repeat(indent));
            out.push_str(&marker);
        } else {
            out.push('\n');
            out.push_str(&hanging);
        }
        out.push_str(line);
    }
}

/// What stands before a list item; the number 0 is an unordered one.
pub(super) fn marker(number: u32) -> String {
    if number == 0 { "- ".to_owned() } else { format!("{}. ", number.min(MOST_NUMBER)) }
}

/// Writes a text on one line.
fn push_joined(out: &mut String, text: &str) {
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Sample};
    use super::*;
    use crate::document::{Charset, CharsetSource};

    fn shown(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn blocks_are_set_apart_by_their_kind() {
        let cell = |row, column| BlockKind::TableCell { row, column };
        let item = |depth, number| BlockKind::ListItem { depth, number };
        let page = Sample::new()
            .keep(BlockKind::Heading(1), "Ferry runs again")
            .drop(BlockKind::Paragraph, "Menu")
            .keep(BlockKind::Paragraph, "The pier\nis open.")
            .keep(item(1, 0), "bread")
            .drop(item(1, 0), "advert")
            .keep(item(2, 1), "rye\nor wheat")
            .keep(item(2, 2), "barley")
            .keep(BlockKind::Code, "let a = 1;\n  let b;\n")
            .keep(cell(3, 0), "Day")
            .keep(cell(3, 1), "First\nferry")
            .keep(cell(4, 0), "Monday")
            .drop(cell(4, 0), "Buy")
            .keep(cell(4, 1), "07:10")
            .keep(cell(4, 1), "08:10")
            .keep(BlockKind::Caption, "Timetable.");
        assert_eq!(
            shown(text(&page.html())),
            "Ferry runs again\n\nThe pier\nis open.\n\n- bread\n  1. rye\n     or wheat\n  2. barley\n\n\
             let a = 1;\n  let b;\n\nDay | First ferry\nMonday | 07:10 08:10\n\nTimetable.\n"
        );
        assert_eq!(shown(removed(&page.html())), "Menu\nadvert\nBuy\n");
    }

    #[test]
    fn cells_beside_one_that_reaches_down_stay_in_their_columns() {
        let mut page = Sample::new();
        let first = page.row_of_new_table();
        let table = page.document.outline.elements[first as usize].parent;
        let [second, third] = [(); 2].map(|()| page.element(crate::document::Tag::Tr, table, ""));
        let cell = |row, column| BlockKind::TableCell { row, column };
        let page = page.keep(cell(first, 0), "Name").keep(cell(first, 1), "Width").keep(cell(first, 2), "Height");
        let page = page.keep(cell(second, 0), "Mill").keep(cell(second, 1), "2 m").keep(cell(third, 1), "3 m");
        assert_eq!(shown(text(&page.html())), "Name | Width | Height\nMill | 2 m\n | 3 m\n");
    }

    #[test]
    fn rows_of_two_tables_are_set_apart() {
        let mut page = Sample::new();
        let first = page.row_of_new_table();
        let second = page.row_of_new_table();
        let page = page
            .keep(BlockKind::TableCell { row: first, column: 0 }, "a")
            .keep(BlockKind::TableCell { row: second, column: 0 }, "b");
        assert_eq!(shown(text(&page.html())), "a\n\nb\n");
    }

    #[test]
    fn nothing_kept_prints_nothing() {
        let page = Sample::new().drop(BlockKind::Paragraph, "Menu");
        assert_eq!(text(&page.html()), b"");
        assert_eq!(text(&sample::lines(b"\n\n", &[]).extraction()), b"");
    }

    /// `K` a kept line, `D` a dropped one, `.` a blank one; the second column shows what becomes of each.
    #[test]
    fn blank_lines_go_with_what_stands_around_them() {
        let cases = [
            ("", ""),
            ("...", "---"),
            ("K", "+"),
            (".K.", "+++"),
            ("..D..", "-----"),
            ("K.K", "+++"),
            ("K.D", "+--"),
            ("K.D.", "+---"),
            ("D.K", "--+"),
            ("K.D.K", "++--+"),
            ("KD.K", "+-++"),
            ("K.D..KD.K", "++---+-++"),
            ("K..DD.D.K.", "+++-----++"),
            (".D.K.", "---++"),
            (".K.D.", "++---"),
        ];
        for (lines, expected) in cases {
            let text = sample::pattern(lines);
            let kept: String =
                kept_lines(&text.extraction()).iter().map(|keep| if *keep { '+' } else { '-' }).collect();
            assert_eq!(kept, expected, "{lines}");
        }
    }

    #[test]
    fn text_and_removed_together_are_the_input() {
        let input = b"\xEF\xBB\xBFone\r\n\xFF\xFE\r\n\r\nthree\n \t\nfour";
        for mask in 0_u32..16 {
            let keep = |bit: u32| mask >> bit & 1 == 1;
            let blocks = [(0..1, keep(0)), (1..2, keep(1)), (3..4, keep(2)), (5..6, keep(3))];
            let sample = sample::lines(input, &blocks);
            let extraction = sample.extraction();
            let (mut kept, mut gone) = (text(&extraction), removed(&extraction));
            let mut joined = Vec::new();
            for (range, keep) in extraction.document.lines.iter().zip(kept_lines(&extraction)) {
                let from = if keep { &mut kept } else { &mut gone };
                joined.extend(from.drain(..range.len()));
            }
            assert_eq!((joined.as_slice(), kept.as_slice(), gone.as_slice()), (&input[..], &[][..], &[][..]));
        }
    }

    #[test]
    fn marks_are_aligned_and_blank_lines_have_no_score() {
        let mut sample = sample::lines(b"one\n\ntwo\r\nthree", &[(0..1, true), (2..3, false), (3..4, true)]);
        sample.scores(&[3.42, -12.0, 0.5]);
        assert_eq!(shown(marked(&sample.extraction())), "+   3.4  one\n+        \n- -12.0  two\r\n+   0.5  three");
    }

    #[test]
    fn every_line_of_a_block_is_marked() {
        let page = Sample::new().keep(BlockKind::Code, "a\nb").drop(BlockKind::Paragraph, "Menu");
        assert_eq!(shown(marked(&page.html())), "+  1.0  a\n+  1.0  b\n- -1.0  Menu\n");
    }

    #[test]
    fn marks_do_not_tear_a_text_in_utf_16() {
        let mut sample = sample::lines(b"\xFF\xFEa\0\n\0b\0", &[(0..1, true), (1..2, false)]);
        sample.document.lines = vec![0..6, 6..8];
        sample.charset = Charset { name: "UTF-16LE", source: CharsetSource::Bom, overruled: None };
        assert_eq!(shown(marked(&sample.extraction())), "+  1.0  a\n- -1.0  b");
    }
}
