//! Quality floors: figures below which an average may not fall.
//!
//! In comes a file of rows `set<TAB>group<TAB>measure<TAB>floor`, in which `#` begins a comment line; out comes what
//! fell below. For `without` and `lost`, of which less is better, the figure is a ceiling. Values count as the tables
//! print them, to four decimals, so that a floor can be copied from a table.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Result, at};
use crate::score::Measure;
use crate::table::Line;

/// One row of the file.
#[derive(Debug, PartialEq)]
pub(crate) struct Floor {
    set: String,
    group: String,
    measure: Measure,
    value: f64,
}

impl Floor {
    /// Whether it is a floor of texts made from pages, which `lab texts` checks, and not of a set as it is.
    pub(crate) fn is_of_texts(&self) -> bool {
        self.set.contains(':')
    }

    /// Whether it is a floor of this set.
    pub(crate) fn is_for(&self, set: &str) -> bool {
        self.set == set
    }
}

/// What became of one floor.
#[derive(Debug, PartialEq)]
enum Fate {
    Held,
    Skipped,
    /// The value that missed it; `None` where the set has no such group any more.
    Missed(Option<f64>),
}

/// Reads a file of floors.
pub(crate) fn read(path: &Path) -> Result<Vec<Floor>> {
    let text = fs::read_to_string(path).map_err(|error| at(path.display(), error))?;
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    rows.map(|(number, line)| {
        let wrong = || at(format_args!("{}:{}", path.display(), number + 1), "not set, group, measure, floor");
        parse(line).ok_or_else(wrong)
    })
    .collect()
}

fn parse(line: &str) -> Option<Floor> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[set, group, measure, value] = cells.as_slice() else { return None };
    let value: f64 = value.trim_end().parse().ok()?;
    let measure = Measure::from_name(measure)?;
    (0.0..=1.0).contains(&value).then(|| Floor { set: set.to_owned(), group: group.to_owned(), measure, value })
}

/// Prints what fell below its floor and which sets were skipped; says whether all floors held.
pub(crate) fn check(out: &mut dyn Write, floors: &[Floor], tables: &[(String, Vec<Line>)]) -> io::Result<bool> {
    let fates: Vec<Fate> = floors.iter().map(|floor| fate(floor, tables)).collect();
    for (floor, fate) in floors.iter().zip(&fates) {
        let Floor { set, group, measure, value } = floor;
        let (name, side) = (measure.name(), if measure.lower_is_better() { "above" } else { "below" });
        match fate {
            Fate::Missed(Some(found)) => writeln!(out, "{set} {group} {name}: {found:.4} is {side} {value:.4}")?,
            Fate::Missed(None) => writeln!(out, "{set} {group} {name}: the set has no such group")?,
            Fate::Held | Fate::Skipped => {}
        }
    }
    let skipped: BTreeSet<&str> =
        floors.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Skipped).map(|(floor, _)| &*floor.set).collect();
    for set in skipped {
        writeln!(out, "{set}: skipped, the set is not present")?;
    }
    let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
    let missed = count(|fate| matches!(fate, Fate::Missed(_)));
    let (held, skipped) = (count(|fate| *fate == Fate::Held), count(|fate| *fate == Fate::Skipped));
    writeln!(out, "floors: {held} held, {missed} missed, {skipped} skipped")?;
    Ok(missed == 0)
}

fn fate(floor: &Floor, tables: &[(String, Vec<Line>)]) -> Fate {
    let Some((_, lines)) = tables.iter().find(|(set, _)| *set == floor.set) else { return Fate::Skipped };
    let Some(line) = lines.iter().find(|line| line.key == floor.group) else { return Fate::Missed(None) };
    let found = line.mean.get(floor.measure);
    let gain = if floor.measure.lower_is_better() {
        printed(floor.value) - printed(found)
    } else {
        printed(found) - printed(floor.value)
    };
    if gain < 0 { Fate::Missed(Some(found)) } else { Fate::Held }
}

/// Ten-thousandths, as the tables print them.
fn printed(value: f64) -> i64 {
    (value * 1e4).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Score;

    #[test]
    fn a_row_needs_four_cells_a_known_measure_and_a_share() {
        let floor = |set: &str, measure, value| Floor { set: set.to_owned(), group: "all".to_owned(), measure, value };
        assert_eq!(parse("news\tall\tF1\t0.9"), Some(floor("news", Measure::F1, 0.9)));
        assert_eq!(parse("news\tall\tlost\t0.01\r"), Some(floor("news", Measure::Lost, 0.01)));
        for wrong in
            ["", "news all F1 0.9", "news\tall\tf1\t0.9", "news\tall\tF1\t90", "news\tall\tF1\tNaN", "a\tb\tF1\t0.9\t"]
        {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_report_names_each_missed_floor_and_each_skipped_set() -> io::Result<()> {
        let rows = [
            "news\tall\tF1\t0.9",
            "news\tall\tF1\t0.9123",
            "news\tall\tF1\t0.9124",
            "news\tall\tlost\t0.02",
            "news\tall\tlost\t0.019",
            "news\tforum\tF1\t0.1",
            "old\tall\tF1\t0.5",
            "old\tall\tR\t0.5",
        ];
        let floors: Vec<Floor> = rows.iter().filter_map(|row| parse(row)).collect();
        let line = Line { key: "all".to_owned(), pages: 7, mean: Score([0.9, 0.9, 0.912_26, 1.0, 0.0, 0.02]) };
        let mut out = Vec::new();
        let held = check(&mut out, &floors, &[("news".to_owned(), vec![line])])?;
        let expected = "\
news all F1: 0.9123 is below 0.9124
news all lost: 0.0200 is above 0.0190
news forum F1: the set has no such group
old: skipped, the set is not present
floors: 3 held, 3 missed, 2 skipped
";
        assert_eq!((String::from_utf8_lossy(&out).as_ref(), held), (expected, false));
        Ok(())
    }
}
