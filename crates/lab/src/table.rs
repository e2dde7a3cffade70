//! The table of averages, one line a group, as the benchmark's own scorer prints it.

use std::io::{self, Write};

use crate::groups::{Group, groups};
use crate::page_file::Row;
use crate::score::{Measure, Score};

/// The averages of one group.
#[derive(Debug)]
pub(crate) struct Line {
    /// `all`, a type, or a language.
    pub(crate) key: String,
    /// How many pages it has.
    pub(crate) pages: usize,
    /// The averages over them.
    pub(crate) mean: Score,
}

/// The averages of each group of these pages.
pub(crate) fn lines(rows: &[Row]) -> Vec<Line> {
    let line = |Group { key, pages }: Group| Line {
        mean: Score::mean(&pages.iter().map(|&page| &rows[page].score).collect::<Vec<_>>()),
        pages: pages.len(),
        key,
    };
    groups(rows.iter().map(|row| &row.labels)).into_iter().map(line).collect()
}

/// Prints the averages.
pub(crate) fn print(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    write!(out, "{:<16}{:>6}", "group", "pages")?;
    for measure in Measure::ALL {
        write!(out, "{:>8}", measure.name())?;
    }
    writeln!(out)?;
    for Line { key, pages, mean } in lines {
        write!(out, "{key:<16}{pages:>6}")?;
        for value in mean.0 {
            write!(out, "{value:>8.4}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
