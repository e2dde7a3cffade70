//! Tables: which cells stand beside each other in a row, and under each other in a column.

use std::cell::RefCell;

use crate::document::{Block, BlockKind, Document, ElementId, Sign};
use crate::hash::KeyMap;

/// Columns from which a table is no grid: its cells are set one after the other, so that wide rows do not fill narrow ones.
const MOST_COLUMNS: usize = 64;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content<'d> {
    Block(&'d Block),
    /// No letter and no digit.
    Sign(&'d str),
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell<'d> {
    /// Its column, from 0, as the table counts them.
    column: u16,
    /// What stands in it, in document order; nothing in a cell that fills a grid.
    pub(super) contents: Vec<Content<'d>>,
}

/// The cells without a letter or digit of a document, by row.
#[derive(Debug, Default)]
pub(super) struct Signs<'d>(RefCell<KeyMap<ElementId, Vec<&'d Sign>>>);

impl<'d> Signs<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut rows: KeyMap<ElementId, Vec<&Sign>> = KeyMap::default();
        document.signs.iter().for_each(|sign| rows.entry(sign.row).or_default().push(sign));
        Self(RefCell::new(rows))
    }

    /// The cells of the row in which these blocks are kept, with its signs. Where a row is printed in several parts, since
    /// other blocks stand in it, the first of them has the signs.
    pub(super) fn row(&self, blocks: &[&'d Block]) -> Vec<Cell<'d>> {
        let Some(row) = blocks.first().and_then(|block| block.kind.row()) else { return Vec::new() };
        let signs = self.0.borrow_mut().remove(&row).unwrap_or_default();
        let cell = |block: &&'d Block| match block.kind {
            BlockKind::TableCell { column, .. } => Some((column, Content::Block(block))),
            _ => None,
        };
        let mut cells: Vec<(u16, Content<'d>)> = blocks.iter().filter_map(cell).collect();
        cells.extend(signs.into_iter().map(|sign| (sign.column, Content::Sign(&sign.text))));
        cells.sort_by_key(|(column, _)| *column);
        let mut out: Vec<Cell<'d>> = Vec::new();
        for (column, content) in cells {
            match out.last_mut().filter(|cell| cell.column == column) {
                Some(cell) => cell.contents.push(content),
                None => out.push(Cell { column, contents: vec![content] }),
            }
        }
        out
    }
}

/// Whether two blocks are cells of one row.
pub(super) fn share_row(one: &Block, two: &Block) -> bool {
    one.kind.row().is_some() && one.kind.row() == two.kind.row()
}

/// The rows with every cell under those of its column: empty cells stand where a row has none, up to its last. Columns that
/// no row fills are left out.
pub(super) fn grid<'d>(rows: Vec<Vec<Cell<'d>>>) -> Vec<Vec<Cell<'d>>> {
    let mut columns: Vec<u16> = rows.iter().flatten().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() > MOST_COLUMNS {
        return rows;
    }
    rows.into_iter().map(|row| filled(row, &columns)).collect()
}

/// The rows of a table of data as a [`grid`], those of another as they are: what lays out a page stands beside nothing.
pub(super) fn aligned<'d>(rows: Vec<Vec<Cell<'d>>>) -> Vec<Vec<Cell<'d>>> {
    let is_data =
        rows.iter().filter(|row| is_wide(row)).count() >= 2 && rows.iter().all(|row| bytes(row) <= DATA_BYTES);
    if is_data { grid(rows) } else { rows }
}

/// Bytes of the longest row of a table that is surely one of data.
const DATA_BYTES: usize = 400;

/// Whether a row has cells that stand beside each other.
pub(super) fn is_wide(row: &[Cell<'_>]) -> bool {
    row.len() >= 2
}

/// Bytes of the text of a row.
pub(super) fn bytes(row: &[Cell<'_>]) -> usize {
    let contents = row.iter().flat_map(|cell| &cell.contents);
    contents.map(|content| if let Content::Block(block) = content { block.text.len() } else { 0 }).sum()
}

fn filled<'d>(row: Vec<Cell<'d>>, columns: &[u16]) -> Vec<Cell<'d>> {
    let mut out = Vec::with_capacity(row.len());
    let mut columns = columns.iter();
    for cell in row {
        let missing = columns.by_ref().take_while(|column| **column != cell.column);
        out.extend(missing.map(|column| Cell { column: *column, contents: Vec::new() }));
        out.push(cell);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    /// The texts of rows, each written as `column text`.
    fn shown(rows: &[&[(u16, &str)]], signs: &[(usize, u16, &str)]) -> Vec<String> {
        let mut sample = Sample::new();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in *cells {
                sample = sample.keep(BlockKind::TableCell { row: row as u32, column: *column }, text);
            }
        }
        let sign =
            |(row, column, text): &(usize, u16, &str)| Sign { row: *row as u32, column: *column, text: (*text).into() };
        sample.document.signs = signs.iter().map(sign).collect();
        let blocks: Vec<&Block> = sample.document.blocks.iter().collect();
        let signs = Signs::of(&sample.document);
        let rows = blocks.chunk_by(|one, two| share_row(one, two)).map(|row| signs.row(row)).collect();
        let text = |cell: &Cell<'_>| {
            let text = |content: &Content<'_>| match content {
                Content::Block(block) => block.text.clone(),
                Content::Sign(sign) => (*sign).to_owned(),
            };
            cell.contents.iter().map(text).collect::<Vec<_>>().join("+")
        };
        grid(rows).iter().map(|row| row.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn cells_stand_under_those_of_their_column() {
        let rows: [&[(u16, &str)]; 3] =
            [&[(0, "Year"), (1, "Cost"), (5, "Paid")], &[(0, "2020"), (5, "5")], &[(0, "2021"), (0, "late")]];
        assert_eq!(shown(&rows, &[(2, 5, "—")]), ["Year|Cost|Paid", "2020||5", "2021+late||—"]);
    }

    #[test]
    fn a_row_in_parts_has_its_signs_once() {
        let cell = |column| BlockKind::TableCell { row: 1, column };
        let mut sample = Sample::new().keep(cell(0), "a").keep(BlockKind::Paragraph, "x").keep(cell(3), "b");
        sample.document.signs = vec![Sign { row: 1, column: 1, text: "—".to_owned() }];
        assert_eq!(crate::render::text(&sample.html()), "a | —\n\nx\n\nb\n".as_bytes());
    }

    #[test]
    fn a_wide_row_does_not_fill_the_others() {
        let wide: Vec<(u16, &str)> = (0..100).map(|column| (column, "x")).collect();
        let rows: [&[(u16, &str)]; 2] = [&wide, &[(0, "a"), (99, "b")]];
        assert_eq!(shown(&rows, &[])[1], "a|b");
    }
}
