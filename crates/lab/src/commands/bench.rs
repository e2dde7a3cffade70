//! `lab bench`: the time each stage takes, page by page on one thread, beside the bare parse of the same pages.
//!
//! Each stage is run several times on each page and its fastest run counts: what else the machine does can only slow it
//! down. The bare parse is the scraper crate's, of the decoded page, and is run in the same round, so that the ratio
//! holds where the machine's speed drifts.

use std::hint::black_box;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use scraper::Html;
use unboil::{Extractor, Kind, Options, lab, render};

use super::{Outcome, Selection};
use crate::error::Result;
use crate::set::Page;

/// Times the stages of an extraction.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Sets of HTML pages
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// Runs of each stage on each page; the fastest counts
    #[arg(long, default_value_t = 5)]
    runs: u32,
}

const STAGES: [&str; 7] = ["bare parse", "decode", "segment", "features", "classify", "metadata, render", "whole"];
const WHOLE: usize = STAGES.len() - 1;

impl Args {
    /// Runs the command.
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let mut times: Vec<[f64; STAGES.len()]> = Vec::new();
        let mut bytes = 0;
        for path in &self.sets {
            for page in self.selection.open(path)?.pages.iter().filter(|page| page.kind == Kind::Html) {
                let (size, page) = stages(page, self.runs)?;
                bytes += size;
                times.push(page);
            }
        }
        print(out, &times, bytes)?;
        Ok(Outcome::Done)
    }
}

/// Bytes of a page, and the milliseconds of each stage on it.
fn stages(page: &Page, runs: u32) -> Result<(usize, [f64; STAGES.len()])> {
    let record = page.record()?;
    let extractor = Extractor::new(Options::default());
    let mut best = [f64::INFINITY; STAGES.len()];
    for _ in 0..runs.max(1) {
        let text = lab::decoded(&record);
        let document = lab::segment(&record);
        let extraction = extractor.extract(&record);
        let mut time = |stage: usize, work: &dyn Fn()| {
            let start = Instant::now();
            work();
            best[stage] = best[stage].min(start.elapsed().as_secs_f64() * 1000.0);
        };
        time(0, &|| drop(black_box(Html::parse_document(&text))));
        time(1, &|| drop(black_box(lab::decoded(&record))));
        time(2, &|| drop(black_box(lab::segment(&record))));
        time(3, &|| drop(black_box(lab::shipped_columns(&document))));
        time(4, &|| lab::classify(&document, extractor.options()));
        time(5, &|| {
            lab::metadata(&document);
            drop(black_box(render::text(&extraction)));
        });
        time(WHOLE, &|| drop(black_box(render::text(&extractor.extract(&record)))));
    }
    Ok((record.bytes.len(), best))
}

/// A line a stage: milliseconds a page as a mean and a median, and the median ratio to the bare parse.
fn print(out: &mut dyn Write, times: &[[f64; STAGES.len()]], bytes: usize) -> Result<()> {
    let pages = times.len().max(1);
    writeln!(out, "{pages} pages of {} bytes on average; milliseconds a page", bytes / pages)?;
    writeln!(out, "{:<20}{:>8}{:>8}{:>16}", "stage", "mean", "median", "to bare parse")?;
    for (stage, name) in STAGES.iter().enumerate() {
        let mean = times.iter().map(|page| page[stage]).sum::<f64>() / pages as f64;
        let median = median(times.iter().map(|page| page[stage]).collect());
        let ratio = median_ratio(times, stage);
        writeln!(out, "{name:<20}{mean:>8.3}{median:>8.3}{ratio:>16.2}")?;
    }
    Ok(())
}

fn median_ratio(times: &[[f64; STAGES.len()]], stage: usize) -> f64 {
    median(times.iter().map(|page| page[stage] / page[0]).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::{STAGES, WHOLE, print};

    #[test]
    fn a_table_has_means_medians_and_ratios() {
        let page = |parse: f64, whole: f64| {
            let mut times = [0.0; STAGES.len()];
            (times[0], times[WHOLE]) = (parse, whole);
            times
        };
        let mut out = Vec::new();
        print(&mut out, &[page(1.0, 2.0), page(2.0, 3.0), page(6.0, 24.0)], 300).expect("a table");
        let lines: Vec<String> = String::from_utf8(out).expect("text").lines().map(str::to_owned).collect();
        assert_eq!(lines[0], "3 pages of 100 bytes on average; milliseconds a page");
        assert_eq!(lines[2], "bare parse             3.000   2.000            1.00");
        assert_eq!(lines[8], "whole                  9.667   3.000            2.00");
    }
}
