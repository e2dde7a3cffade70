//! `lab bench`: the time each stage takes, document by document on one thread: of pages beside the bare parse of the same
//! page, of plain texts made from pages beside nothing.
//!
//! Each stage is run several times on each document and its fastest run counts: what else the machine does can only slow it
//! down. The bare parse is the scraper crate's, of the decoded page, and is run in the same round, so that the ratio
//! holds where the machine's speed drifts.

use std::hint::black_box;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use scraper::Html;
use unboil::{Extractor, Kind, Options, Record, lab, render};

use super::{Outcome, Selection};
use crate::error::Result;
use crate::set::Page;
use crate::worlds::{gold_lines, nodes, text_of};

/// Times the stages of an extraction.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Sets of HTML pages
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// Runs of each stage on each document; the fastest counts
    #[arg(long, default_value_t = 5)]
    runs: u32,
    /// Time plain texts instead: the gold of each page, and the page with every text node on a line
    #[arg(long)]
    texts: bool,
}

/// A stage: its name, and what it does.
type Stage<'a> = (&'static str, Box<dyn Fn() + 'a>);

/// The times of the stages of some documents.
#[derive(Debug, Default)]
struct Times {
    stages: Vec<&'static str>,
    /// Milliseconds, one row a document.
    rows: Vec<Vec<f64>>,
    bytes: usize,
}

impl Args {
    /// Runs the command.
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let sets = self.sets.iter().map(|path| self.selection.open(path)).collect::<Result<Vec<_>>>()?;
        let pages: Vec<&Page> = sets.iter().flat_map(|set| &set.pages).filter(|page| page.kind == Kind::Html).collect();
        if self.texts {
            writeln!(out, "gold as text")?;
            self.time(pages.iter().map(|page| Ok(text(text_of(&gold_lines(&page.body))))), text_stages)?.print(out)?;
            writeln!(out, "every text node on a line")?;
            self.time(pages.iter().map(|page| Ok(text(nodes(&page.record()?)))), text_stages)?.print(out)?;
        } else {
            self.time(pages.iter().map(|page| page.record()), page_stages)?.print(out)?;
        }
        Ok(Outcome::Done)
    }

    /// Times the stages of each document that says anything.
    fn time(
        &self,
        records: impl Iterator<Item = Result<Record>>,
        stages: impl Fn(&Record, &mut dyn FnMut(&[Stage<'_>])),
    ) -> Result<Times> {
        let mut times = Times::default();
        for record in records {
            let record = record?;
            if !record.bytes.is_empty() {
                times.bytes += record.bytes.len();
                stages(&record, &mut |stages| {
                    times.stages = stages.iter().map(|(name, _)| *name).collect();
                    times.rows.push(fastest(stages, self.runs));
                });
            }
        }
        Ok(times)
    }
}

/// A plain text.
fn text(text: String) -> Record {
    Record::new(text).kind(Kind::Text)
}

/// Milliseconds of the fastest run of each stage; all stages are run in each round.
fn fastest(stages: &[Stage<'_>], runs: u32) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; stages.len()];
    for _ in 0..runs.max(1) {
        for (best, (_, work)) in best.iter_mut().zip(stages) {
            let start = Instant::now();
            work();
            *best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    best
}

fn page_stages(record: &Record, with: &mut dyn FnMut(&[Stage<'_>])) {
    let extractor = Extractor::new(Options::default());
    let text = lab::decoded(record);
    let document = lab::segment(record);
    let extraction = extractor.extract(record);
    with(&[
        ("bare parse", Box::new(|| drop(black_box(Html::parse_document(&text))))),
        ("decode", Box::new(|| drop(black_box(lab::decoded(record))))),
        ("segment", Box::new(|| drop(black_box(lab::segment(record))))),
        ("features", Box::new(|| drop(black_box(lab::shipped_columns(&document))))),
        ("classify", Box::new(|| lab::classify(&document, extractor.options()))),
        (
            "metadata, render",
            Box::new(|| {
                lab::metadata(&document);
                drop(black_box(render::text(&extraction)));
            }),
        ),
        ("whole", Box::new(|| drop(black_box(render::text(&extractor.extract(record)))))),
    ]);
}

fn text_stages(record: &Record, with: &mut dyn FnMut(&[Stage<'_>])) {
    let extractor = Extractor::new(Options::default());
    let document = lab::segment(record);
    with(&[
        ("segment", Box::new(|| drop(black_box(lab::segment(record))))),
        ("features", Box::new(|| drop(black_box(lab::shipped_line_columns(&document))))),
        ("classify", Box::new(|| lab::classify(&document, extractor.options()))),
        ("whole", Box::new(|| drop(black_box(render::text(&extractor.extract(record)))))),
    ]);
}

impl Times {
    /// A line a stage: milliseconds a document as a mean and a median, the median ratio to the first stage, and bytes a
    /// second over all documents.
    fn print(&self, out: &mut dyn Write) -> Result<()> {
        let count = self.rows.len().max(1);
        let first = self.stages.first().copied().unwrap_or_default();
        writeln!(out, "{count} documents of {} bytes on average; milliseconds each", self.bytes / count)?;
        writeln!(out, "{:<20}{:>8}{:>8}{:>16}{:>8}", "stage", "mean", "median", format!("to {first}"), "MB/s")?;
        for (stage, name) in self.stages.iter().enumerate() {
            let of = |row: &Vec<f64>| row.get(stage).copied().unwrap_or(f64::NAN);
            let all: f64 = self.rows.iter().map(of).sum();
            let median_time = median(self.rows.iter().map(of).collect());
            let ratio = median(self.rows.iter().map(|row| of(row) / row[0]).collect());
            let speed = self.bytes as f64 / all / 1000.0;
            writeln!(out, "{name:<20}{:>8.3}{median_time:>8.3}{ratio:>16.2}{speed:>8.1}", all / count as f64)?;
        }
        Ok(())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::Times;

    #[test]
    fn a_table_has_means_medians_ratios_and_speeds() {
        let rows = vec![vec![1.0, 2.0], vec![2.0, 3.0], vec![6.0, 24.0]];
        let times = Times { stages: vec!["bare parse", "whole"], rows, bytes: 29_000 };
        let mut out = Vec::new();
        times.print(&mut out).expect("a table");
        let lines: Vec<String> = String::from_utf8(out).expect("text").lines().map(str::to_owned).collect();
        assert_eq!(lines[0], "3 documents of 9666 bytes on average; milliseconds each");
        assert_eq!(lines[2], "bare parse             3.000   2.000            1.00     3.2");
        assert_eq!(lines[3], "whole                  9.667   3.000            2.00     1.0");
    }
}
