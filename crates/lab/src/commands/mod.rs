//! The commands, one module each: arguments in, report out. The work itself stands in the modules above.

mod bench;
mod calibrate;
mod dump;
mod eval;
mod export;
mod features;
mod fuzz;
mod growth;
mod lines;
mod pack;
mod texts;
mod worst;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use unboil::{Extractor, Mode, Options, PageKind};

use crate::error::Result;
use crate::extractors::Extractors;
use crate::folds::FOLDS;
use crate::runner;
use crate::set::Set;

/// Development tools of unboil.
#[derive(Debug, Parser)]
#[command(name = "lab", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Score the extractor, or given predictions, on sets of pages with gold
    Eval(eval::Args),
    /// Show what was kept and dropped of one page, with the share of each block that stands in the gold
    Dump(dump::Args),
    /// Write features and labels of every block, for the trainer
    Features(features::Args),
    /// Time the stages of an extraction beside the bare parse
    Bench(bench::Args),
    /// Hold the confidence of the models of the folds against what they reach
    Calibrate(calibrate::Args),
    /// Write features and labels of plain texts made from pages, for the trainer
    Lines(lines::Args),
    /// Score the cleaning of plain texts made from pages, and of letters
    Texts(texts::Args),
    /// Turn trained ensembles into a model file
    Export(export::Args),
    /// Write pages of sets as one dump, for tests and benchmarks
    Pack(pack::Args),
    /// Run mutated documents through the whole library and report what they break
    Fuzz(fuzz::Args),
    /// Count whether documents made to cost much cost more than in proportion to their length
    Growth(growth::Args),
    /// List the worst pages of a set
    Worst(worst::Args),
}

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did its work.
    Done,
    /// A quality floor was missed.
    BelowFloor,
}

impl Cli {
    /// Runs the command; its report goes to standard output.
    pub(crate) fn run(self) -> Result<Outcome> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let outcome = match self.command {
            Command::Eval(args) => args.run(&mut out)?,
            Command::Dump(args) => args.run(&mut out)?,
            Command::Features(args) => args.run()?,
            Command::Bench(args) => args.run(&mut out)?,
            Command::Calibrate(args) => args.run(&mut out)?,
            Command::Lines(args) => args.run()?,
            Command::Texts(args) => args.run(&mut out)?,
            Command::Export(args) => args.run()?,
            Command::Pack(args) => args.run()?,
            Command::Fuzz(args) => args.run(&mut out)?,
            Command::Growth(args) => args.run(&mut out)?,
            Command::Worst(args) => args.run(&mut out)?,
        };
        out.flush()?;
        Ok(outcome)
    }
}

/// Which pages of a set.
#[derive(Debug, Args)]
struct Selection {
    /// Only pages of this type or language: `forum`, `de`, `article/de`
    #[arg(long, value_name = "TYPE/LANG")]
    only: Option<String>,
    /// Only the first N pages of each set
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Selection {
    fn is_some(&self) -> bool {
        self.only.is_some() || self.limit.is_some()
    }

    fn open(&self, path: &Path) -> Result<Set> {
        let mut set = Set::open(path)?;
        set.select(self.only.as_deref(), self.limit);
        Ok(set)
    }
}

/// How the extractor runs.
#[derive(Debug, Args)]
struct Engine {
    /// How much doubt is enough to drop a block
    #[arg(long, value_enum, default_value = "balanced")]
    mode: ModeName,
    /// What the pages are
    #[arg(long, value_enum, default_value = "auto")]
    page: PageName,
    /// Use this model instead of the shipped one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Judge each page by FOLDER/fold-N.model, which was trained without the page's domain
    #[arg(long, value_name = "FOLDER", conflicts_with = "model")]
    cross_validated: Option<PathBuf>,
}

impl Engine {
    fn extractors(&self) -> Result<Extractors> {
        let page = match self.page {
            PageName::Auto => PageKind::Auto,
            PageName::Article => PageKind::Article,
            PageName::Mixed => PageKind::Mixed,
        };
        let options = Options::default().mode(self.mode.mode()).page(page);
        let load = |path: &Path| Extractors::load(path, &options);
        match (&self.model, &self.cross_validated) {
            (Some(path), _) => Ok(Extractors::one(load(path)?)),
            (_, Some(folder)) => {
                let fold = |number| load(&folder.join(format!("fold-{number}.model")));
                Ok(Extractors::by_fold((0..FOLDS).map(fold).collect::<Result<_>>()?))
            }
            _ => Ok(Extractors::one(Extractor::new(options))),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PageName {
    Auto,
    Article,
    Mixed,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ModeName {
    Precision,
    Balanced,
    Recall,
}

impl ModeName {
    fn mode(self) -> Mode {
        match self {
            Self::Precision => Mode::Precision,
            Self::Balanced => Mode::Balanced,
            Self::Recall => Mode::Recall,
        }
    }
}

/// How many threads.
#[derive(Debug, Args)]
struct Threads {
    /// Threads; as many as there are cores by default
    #[arg(short, long, value_name = "N", default_value_t = runner::cores())]
    jobs: usize,
}
