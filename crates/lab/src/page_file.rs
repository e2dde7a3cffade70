//! The two files an evaluation can leave behind and read again: scores page by page (TSV), and the predictions
//! themselves (JSON, `{id: text}`).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Result, at};
use crate::groups::Labels;
use crate::score::{Measure, Score};

/// The score of one page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The set it is from.
    pub(crate) set: String,
    /// Its id there.
    pub(crate) id: String,
    /// Its type and language.
    pub(crate) labels: Labels,
    /// Its score.
    pub(crate) score: Score,
}

const HEAD: &str = "set\tid\ttype\tlang\tP\tR\tF1\twith\twithout\tlost";

/// Writes scores, one page a line, at full precision.
pub(crate) fn write_rows(path: &Path, rows: &[Row]) -> Result<()> {
    let mut text = format!("{HEAD}\n");
    for Row { set, id, labels, score } in rows {
        let label = |label: &Option<String>| label.clone().unwrap_or_default();
        text += &format!("{set}\t{id}\t{}\t{}", label(&labels.page_type), label(&labels.lang));
        for value in score.0 {
            text += &format!("\t{value}");
        }
        text.push('\n');
    }
    fs::write(path, text).map_err(|error| at(path.display(), error))
}

/// Reads scores that [`write_rows`] wrote.
pub(crate) fn read_rows(path: &Path) -> Result<Vec<Row>> {
    let text = fs::read_to_string(path).map_err(|error| at(path.display(), error))?;
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return Err(at(path.display(), "not a file of scores page by page: its first line differs"));
    }
    let row = |(number, line): (usize, &str)| {
        parse_row(line).ok_or_else(|| at(format_args!("{}:{}", path.display(), number + 2), "not a row of scores"))
    };
    lines.enumerate().map(row).collect()
}

fn parse_row(line: &str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut text = || cells.next().map(str::to_owned);
    let (set, id, page_type, lang) = (text()?, text()?, text()?, text()?);
    let mut score = [0.0; Measure::ALL.len()];
    for value in &mut score {
        *value = cells.next()?.parse().ok()?;
    }
    let label = |label: String| Some(label).filter(|label| !label.is_empty());
    let labels = Labels { page_type: label(page_type), lang: label(lang) };
    cells.next().is_none().then_some(Row { set, id, labels, score: Score(score) })
}

/// Extracted texts by page id.
pub(crate) type Predictions = BTreeMap<String, String>;

/// Reads `{id: text}`; null counts as empty.
pub(crate) fn read_predictions(path: &Path) -> Result<Predictions> {
    let bytes = fs::read(path).map_err(|error| at(path.display(), error))?;
    let entries: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|error| at(path.display(), error))?;
    let text = |(id, value): (String, Value)| match value {
        Value::String(text) => Ok((id, text)),
        Value::Null => Ok((id, String::new())),
        _ => Err(at(path.display(), format_args!("the prediction for `{id}` is not a string"))),
    };
    entries.into_iter().map(text).collect()
}

/// Writes `{id: text}`.
pub(crate) fn write_predictions(path: &Path, predictions: &Predictions) -> Result<()> {
    let mut file = BufWriter::new(File::create(path).map_err(|error| at(path.display(), error))?);
    serde_json::to_writer(&mut file, predictions)?;
    writeln!(file)?;
    file.flush().map_err(|error| at(path.display(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_page_by_page_come_back_bit_by_bit() -> Result<()> {
        let row = |id: &str, page_type: Option<&str>, score| Row {
            set: "set".to_owned(),
            id: id.to_owned(),
            labels: Labels { page_type: page_type.map(str::to_owned), lang: Some("de".to_owned()) },
            score: Score(score),
        };
        let rows = [row("a", Some("forum"), [1.0 / 3.0, 0.1, 2.0 / 7.0, 1.0, 0.0, 0.0]), row("b c", None, [0.0; 6])];
        let path = std::env::temp_dir().join(format!("unboil-lab-rows-{}.tsv", std::process::id()));
        write_rows(&path, &rows)?;
        let back = read_rows(&path);
        fs::remove_file(&path)?;
        assert_eq!(back?, rows);
        Ok(())
    }

    #[test]
    fn a_row_with_a_cell_too_many_or_too_few_is_refused() {
        let row = "set\ta\tforum\tde\t1\t1\t1\t1\t0\t0";
        assert!(parse_row(row).is_some());
        for wrong in [format!("{row}\t0"), row.replacen("\t0", "", 1), row.replacen("\t1", "\tone", 1)] {
            assert_eq!(parse_row(&wrong), None, "{wrong:?}");
        }
    }
}
