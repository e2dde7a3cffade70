//! `lab worst`: the pages of a set with the lowest F1.

use std::io::Write;
use std::path::PathBuf;

use super::{Engine, Outcome, Selection, Threads};
use crate::error::Result;
use crate::evaluation::{self, Source};
use crate::page_file;
use crate::score::Measure;

/// Arguments of `lab worst`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A set, as for `lab eval`
    #[arg(value_name = "SET")]
    set: PathBuf,
    /// How many pages
    #[arg(short, value_name = "N", default_value_t = 20)]
    n: usize,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    engine: Engine,
    #[command(flatten)]
    threads: Threads,
    /// Score these predictions, {id: text}, instead of running the extractor
    #[arg(long, value_name = "PREDICTIONS.json", conflicts_with = "mode")]
    from: Option<PathBuf>,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let set = self.selection.open(&self.set)?;
        let source = match &self.from {
            Some(path) => Source::Predictions(page_file::read_predictions(path)?),
            None => Source::Extractors(self.engine.extractors()?),
        };
        let scored = evaluation::evaluate(&set, &source, self.threads.jobs)?;
        let mut pages: Vec<_> = set.pages.iter().zip(scored.iter().map(|scored| &scored.row.score)).collect();
        // Equal F1, as of many empty outputs, leaves the order of the set.
        pages.sort_by(|(_, a), (_, b)| a.get(Measure::F1).total_cmp(&b.get(Measure::F1)));
        writeln!(out, "{:>8}{:>8}{:>8}  {:<14}{:<5}id  address", "F1", "P", "R", "type", "lang")?;
        for (page, score) in pages.into_iter().take(self.n) {
            for measure in [Measure::F1, Measure::Precision, Measure::Recall] {
                write!(out, "{:>8.4}", score.get(measure))?;
            }
            let label = |label: &Option<String>| label.clone().unwrap_or_else(|| "-".to_owned());
            let (page_type, lang) = (label(&page.page_type), label(&page.lang));
            writeln!(out, "  {page_type:<14}{lang:<5}{}  {}", page.id, label(&page.url))?;
        }
        Ok(Outcome::Done)
    }
}
