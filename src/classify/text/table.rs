//! Table debris: lines that a flattened table left, grouped into runs and settled run by run.
//!
//! A row that is named as boilerplate, or that the model drops, goes with the rows and bare pipes it adjoins, but for
//! what is likely prose: a manual may begin each line with a bar. A lone label between the pipes parts them and stays:
//! it may be a heading. A table of data that nothing names stays verbatim.

use std::ops::Range;

use super::Text;
use crate::document::Block;
use crate::features::lines::FIRM;
use crate::features::words_between_spaces;

/// Lines without a pipe that may stand between two lines with one and still belong to the run.
const GAP_LINES: usize = 2;

/// Words such a line may have.
const GAP_WORDS: usize = 6;

/// Rows with two filled cells that make a table one of data.
const DATA_ROWS: usize = 3;

/// Decides about the units that stand in runs of table debris.
pub(super) fn settle(text: &Text<'_>, keep: &mut [bool], notes: &mut [Option<&'static str>]) {
    let blocks = &text.document.blocks;
    let mut from = 0;
    for run in runs(blocks, text.window.clone()) {
        from += text.units[from..].iter().take_while(|unit| unit.blocks.start < run.start).count();
        let length = text.units[from..].iter().take_while(|unit| unit.blocks.start < run.end).count();
        settle_run(text, run, from..from + length, keep, notes);
    }
}

fn settle_run(
    text: &Text<'_>,
    run: Range<usize>,
    units: Range<usize>,
    keep: &mut [bool],
    notes: &mut [Option<&'static str>],
) {
    let firm = |unit: usize| text.facts.strength(unit) >= FIRM;
    if is_data(&text.document.blocks[run]) {
        if !units.clone().any(firm) {
            keep[units.clone()].fill(true);
            notes[units].fill(Some("a row of a table"));
        }
        return;
    }
    let is_label = |unit: &usize| !firm(*unit) && !text.units[*unit].text.contains('|');
    let rows: Vec<usize> = units.clone().collect();
    for part in rows.split(is_label) {
        if part.iter().any(|unit| firm(*unit) || !keep[*unit]) {
            for unit in part {
                if firm(*unit) || !keep[*unit] || !text.is_prose(*unit) {
                    keep[*unit] = false;
                    notes[*unit] = Some("a row of a flattened table that is named");
                }
            }
        }
    }
    let labels: Vec<usize> = units.filter(is_label).collect();
    if let [label] = labels.as_slice() {
        keep[*label] = true;
        notes[*label] = Some("may be a heading");
    }
}

/// Runs of table debris, as ranges of blocks. A run begins and ends with a line of pipes.
fn runs(blocks: &[Block], window: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for number in window {
        let block = &blocks[number];
        if !is_row(&block.text) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if joins(&blocks[run.end..number]) => run.end = number + 1,
            _ => runs.push(number..number + 1),
        }
    }
    runs
}

fn joins(gap: &[Block]) -> bool {
    let short = |text: &str| words_between_spaces(text) <= GAP_WORDS;
    gap.len() <= GAP_LINES && gap.iter().all(|block| short(&block.text))
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
fn is_data(blocks: &[Block]) -> bool {
    is_data_table(blocks.iter().map(|block| block.text.as_str()))
}

fn is_data_table<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    texts.filter(|text| filled_cells(text) >= 2).count() >= DATA_ROWS
}

#[cfg(test)]
mod tests {
    use super::{is_data_table, is_row};

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
        assert!(is_data_table(["| a | b |", "|---|---|", "| 1 | 2 |", "| 3 | 4 |"].into_iter()));
        assert!(!is_data_table(["|", "| Join the list |", "|"].into_iter()));
    }
}
