//! Rows of tables: the cells of a row stand and fall together, since a value without its label says nothing.

use crate::document::{BlockKind, ElementId};

/// Words from which a cell is no entry of a table of data, but a column of a page that is laid out as a table.
const COLUMN_WORDS: f32 = 30.0;

/// The row that a block is a cell of.
fn row(kind: BlockKind) -> Option<ElementId> {
    match kind {
        BlockKind::TableCell { row } => Some(row),
        _ => None,
    }
}

/// Gives the cells of every row one score: the mean of theirs, by words.
pub(super) fn join(kinds: &[BlockKind], words: &[f32], scores: &mut [f32]) {
    let mut start = 0;
    for row in kinds.chunk_by(|a, b| row(*a).is_some() && row(*a) == row(*b)) {
        let cells = start..start + row.len();
        start = cells.end;
        if cells.len() > 1 && words[cells.clone()].iter().all(|words| *words < COLUMN_WORDS) {
            // A cell without words counts a little too.
            let weight = |cell: usize| words[cell] + 1.0;
            let sum: f32 = cells.clone().map(|cell| weight(cell) * scores[cell]).sum();
            let mean = sum / cells.clone().map(weight).sum::<f32>();
            scores[cells].fill(mean);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::document::BlockKind;

    #[test]
    fn cells_of_a_row_get_one_score_and_columns_of_a_layout_do_not() {
        let cell = |row| BlockKind::TableCell { row };
        let kinds = [cell(1), cell(1), cell(2), cell(2), BlockKind::Paragraph, BlockKind::Paragraph];
        let mut scores = [-2.0, 1.0, -3.0, 3.0, -1.0, 1.0];
        join(&kinds, &[0.0, 2.0, 4.0, 400.0, 9.0, 9.0], &mut scores);
        assert_eq!(scores, [0.25, 0.25, -3.0, 3.0, -1.0, 1.0]);
    }
}
