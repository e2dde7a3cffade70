//! Rows of tables: the cells of a row stand and fall together, since a value without its label says nothing.

use std::ops::Range;

use crate::document::{Document, ElementId};
use crate::features::Facts;

/// Words from which a cell is no entry of a table of data, but a column of a page that is laid out as a table.
const COLUMN_WORDS: f32 = 30.0;

/// A row of a table of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its `tr`.
    pub(super) element: ElementId,
    /// The blocks that are its cells, two or more.
    pub(super) cells: Range<usize>,
}

/// The rows of the tables of data, in order.
pub(super) fn find(document: &Document, facts: &Facts<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    for run in document.blocks.chunk_by(|a, b| a.kind.row().is_some() && a.kind.row() == b.kind.row()) {
        let cells = start..start + run.len();
        start = cells.end;
        if let Some(element) = run[0].kind.row()
            && cells.len() > 1
            && cells.clone().all(|cell| facts.words(cell) < COLUMN_WORDS)
        {
            rows.push(Row { element, cells });
        }
    }
    rows
}

/// Gives the cells of every row one score: the mean of theirs, by words.
pub(super) fn join(rows: &[Row], words: &[f32], scores: &mut [f32]) {
    for Row { cells, .. } in rows {
        let mean = mean(cells.clone(), words, scores);
        scores[cells.clone()].fill(mean);
    }
}

/// The mean of the scores of some blocks, by words. One without words counts a little too.
pub(super) fn mean(blocks: impl Iterator<Item = usize> + Clone, words: &[f32], scores: &[f32]) -> f32 {
    let weight = |block: usize| words[block] + 1.0;
    let sum: f32 = blocks.clone().map(|block| weight(block) * scores[block]).sum();
    sum / blocks.map(weight).sum::<f32>()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Row, find, join};
    use crate::Limits;
    use crate::document::Document;
    use crate::features::{Facts, Learned};
    use crate::patterns::Patterns;
    use crate::segment::html::segment;

    /// Checks something on the facts of a page, with tables that know nothing.
    pub(in crate::classify) fn with_facts(page: &str, check: impl Fn(&Document, &Facts<'_>)) {
        with_learned(page, &Learned::default(), check);
    }

    /// Checks something on the facts of a page, with these tables.
    pub(in crate::classify) fn with_learned(page: &str, learned: &Learned, check: impl Fn(&Document, &Facts<'_>)) {
        let document = segment(page, Limits::default(), &[]);
        check(&document, &Facts::new(&document, Patterns::builtin(), learned));
    }

    #[test]
    fn cells_of_a_row_get_one_score_and_columns_of_a_layout_do_not() {
        let column = "word ".repeat(40);
        let page = format!("<table><tr><td>A<td>two words<tr><td>b<td>{column}</table><p>One.<p>Two.");
        with_facts(&page, |document, facts| {
            let rows = find(document, facts);
            assert!(matches!(rows.as_slice(), [Row { cells, .. }] if *cells == (0..2)), "{rows:?}");
            let mut scores = [-2.0, 1.0, -3.0, 3.0, -1.0, 1.0];
            join(&rows, &[0.0, 2.0, 4.0, 400.0, 9.0, 9.0], &mut scores);
            assert_eq!(scores, [0.25, 0.25, -3.0, 3.0, -1.0, 1.0]);
        });
    }
}
