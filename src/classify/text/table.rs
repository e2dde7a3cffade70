//! Table debris: lines that a flattened table left, grouped into runs.

use std::ops::Range;

use crate::document::Document;

/// Lines without a pipe that may stand between two lines with one and still belong to the run.
const GAP_LINES: usize = 2;

/// Words such a line may have.
const GAP_WORDS: usize = 6;

/// Rows with two filled cells that make a table one of data.
const DATA_ROWS: usize = 3;

/// Runs of table debris, as ranges of blocks. A run begins and ends with a line of pipes.
pub(super) fn runs(document: &Document) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        if !is_row(&block.text) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if joins(document, run.end..number) => run.end = number + 1,
            _ => runs.push(number..number + 1),
        }
    }
    runs
}

fn joins(document: &Document, gap: Range<usize>) -> bool {
    let short = |text: &str| text.split_whitespace().count() <= GAP_WORDS;
    gap.len() <= GAP_LINES && document.blocks[gap].iter().all(|block| short(&block.text))
}

/// Whether a line looks like a row of a table: bare pipes, or text with a pipe at either end.
fn is_row(text: &str) -> bool {
    text.starts_with('|') || text.ends_with('|') || is_rule(text)
}

/// The rule under a header row, such as `---|---`.
fn is_rule(text: &str) -> bool {
    text.contains('|') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' '))
}

fn filled_cells(text: &str) -> usize {
    text.split('|').filter(|cell| cell.chars().any(char::is_alphanumeric)).count()
}

/// Whether the lines are a table of data: enough rows with at least two filled cells.
pub(super) fn is_data(texts: &[&str]) -> bool {
    texts.iter().filter(|text| filled_cells(text) >= 2).count() >= DATA_ROWS
}

#[cfg(test)]
mod tests {
    use super::{is_data, is_row};

    #[test]
    fn rows_are_told_from_prose_with_a_pipe() {
        let cases = [
            ("|", true),
            ("| |", true),
            ("---|---", true),
            ("| Join the list |", true),
            ("Name | Age |", true),
            ("ls | wc -l counts files", false),
            ("----", false),
            ("plain", false),
        ];
        for (text, row) in cases {
            assert_eq!(is_row(text), row, "{text}");
        }
    }

    #[test]
    fn data_has_rows_of_several_cells() {
        assert!(is_data(&["| a | b |", "|---|---|", "| 1 | 2 |", "| 3 | 4 |"]));
        assert!(!is_data(&["|", "| Join the list |", "|"]));
    }
}
