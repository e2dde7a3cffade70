//! Which column a cell of a table stands in.

/// Columns that are told apart; cells beyond stand in the last.
const MOST: u16 = 1000;

/// An open table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The column after the last cell of the row.
    next: u16,
    /// Rows below the current one into which each column's last cell reaches.
    below: Vec<u16>,
}

impl Grid {
    /// The column of the next cell, which covers so many columns and rows.
    pub(super) fn cell(&mut self, columns: u16, rows: u16) -> u16 {
        let column = self.free();
        let end = column.saturating_add(columns.max(1)).min(MOST);
        if self.below.len() < usize::from(end) {
            self.below.resize(usize::from(end), 0);
        }
        self.below[usize::from(column)..usize::from(end)].fill(rows.saturating_sub(1));
        self.next = end.max(column);
        column
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        let rest = self.below.iter_mut().skip(usize::from(self.next));
        rest.for_each(|rows| *rows = rows.saturating_sub(1));
        self.next = 0;
    }

    /// The first column from here on into which no cell of a row above reaches.
    fn free(&mut self) -> u16 {
        while let Some(rows) = self.below.get_mut(usize::from(self.next)).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.next += 1;
        }
        self.next.min(MOST - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Grid;

    /// The columns of the cells of rows, each given by its columns and rows.
    fn columns(rows: &[&[(u16, u16)]]) -> Vec<Vec<u16>> {
        let mut grid = Grid::default();
        let row = |row: &&[(u16, u16)]| {
            let cells = row.iter().map(|(columns, rows)| grid.cell(*columns, *rows)).collect();
            grid.end_row();
            cells
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn cells_that_reach_over_columns_and_rows_move_the_others() {
        let rows: [&[(u16, u16)]; 4] =
            [&[(2, 1), (1, 3), (0, 0)], &[(1, 1), (1, 2), (1, 1)], &[(1, 1), (1, 1)], &[(1, 1), (1, 1), (1, 1)]];
        assert_eq!(columns(&rows), [vec![0, 2, 3], vec![0, 1, 3], vec![0, 3], vec![0, 1, 2]]);
    }

    #[test]
    fn absurd_spans_stay_in_bounds() {
        assert_eq!(columns(&[&[(u16::MAX, u16::MAX), (1, 1)], &[(1, 1), (u16::MAX, 1)]]), [[0, 999], [999, 999]]);
    }
}
