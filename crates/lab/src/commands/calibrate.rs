//! `lab calibrate`: how the F1 that the models of the folds expect compares with the one they reach.

use std::io::Write;
use std::path::PathBuf;

use super::{Engine, Outcome, Threads};
use crate::calibration::{self, Pair};
use crate::error::Result;
use crate::evaluation::{self, Source};
use crate::set::Set;

/// Writes expected and measured F1 as points of a line, for `lab export --confidence`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Sets of HTML pages
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    #[command(flatten)]
    engine: Engine,
    #[command(flatten)]
    threads: Threads,
    /// The file to write
    #[arg(short, long)]
    output: PathBuf,
}

impl Args {
    /// Runs the command.
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let source = Source::Extractors(self.engine.extractors()?);
        let mut pairs: Vec<Pair> = Vec::new();
        for path in &self.sets {
            let pages = evaluation::evaluate(&Set::open(path)?, &source, self.threads.jobs)?;
            pairs.extend(pages.iter().filter_map(evaluation::Scored::expected_and_measured));
        }
        let points = calibration::fit(&pairs);
        writeln!(out, "{} pages, {} points", pairs.len(), points.len())?;
        calibration::write(&self.output, &points)?;
        Ok(Outcome::Done)
    }
}
