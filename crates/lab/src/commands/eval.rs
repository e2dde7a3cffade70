//! `lab eval`: scores on sets of pages, floors, metadata agreement, and the comparison of two evaluations.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Engine, Outcome, Selection, Threads};
use crate::agreement::Agreement;
use crate::calibration;
use crate::compare;
use crate::error::{Result, at};
use crate::evaluation::{self, Scored, Source};
use crate::floors::{self, Floor};
use crate::letters;
use crate::page_file::{self, Predictions, Row};
use crate::set::{self, Set};
use crate::table::{self, Line};
use crate::templates;

/// Arguments of `lab eval`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folders with truth.jsonl.gz and html/, files NAME.jsonl.gz of letters or texts, corpus folders
    #[arg(value_name = "SET", required_unless_present = "compare")]
    sets: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    engine: Engine,
    #[command(flatten)]
    threads: Threads,
    /// Score the blocks that the gold holds instead of running the extractor: the most that can be reached
    #[arg(long, conflicts_with = "from")]
    oracle: bool,
    /// Score these predictions, {id: text}, instead of running the extractor
    #[arg(long, value_name = "PREDICTIONS.json", conflicts_with_all = ["mode", "metadata", "confidence"])]
    from: Option<PathBuf>,
    /// Write the extracted texts as {id: text}
    #[arg(long, value_name = "OUT.json")]
    predictions: Option<PathBuf>,
    /// Write the score of each page
    #[arg(long, value_name = "OUT.tsv")]
    per_page: Option<PathBuf>,
    #[command(flatten)]
    also: Also,
    /// Exit with 1 if an average misses its floor; rows of set, group, measure, floor. A set that is not present is
    /// skipped
    #[arg(long, value_name = "FILE.tsv", conflicts_with_all = ["only", "limit"])]
    floors: Option<PathBuf>,
    /// Compare two prediction files on the sets, or two files of --per-page without any
    #[arg(long, num_args = 2, value_names = ["A", "B"],
          conflicts_with_all = ["from", "predictions", "per_page", "metadata", "floors", "mode"])]
    compare: Option<Vec<PathBuf>>,
}

/// What is printed beside the scores.
#[derive(Debug, clap::Args)]
struct Also {
    /// Print what changes where the pages of a host are learned first (`--learn`, `--templates` of the command)
    #[arg(long, conflicts_with_all = ["oracle", "from"])]
    templates: bool,
    /// Print how often title, author and date agree with the truth
    #[arg(long)]
    metadata: bool,
    /// Print how well the confidence tells the F1
    #[arg(long)]
    confidence: bool,
}

/// One set, scored.
#[derive(Debug)]
struct Evaluated {
    set: Set,
    pages: Vec<Scored>,
    lines: Vec<Line>,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        if let Some([before, after]) = self.compare.as_deref() {
            let (before, after) = (self.rows(before)?, self.rows(after)?);
            compare::print(out, before, &after)?;
            return Ok(Outcome::Done);
        }
        self.refuse_equal_names()?;
        let floors = self.floors.as_deref().map(floors::read).transpose()?;
        let floors = floors.map(|floors| floors.into_iter().filter(|floor| !floor.is_of_texts()).collect::<Vec<_>>());
        let source = self.source()?;
        let mut evaluated = Vec::new();
        for path in &self.sets {
            if floors.is_some() && !path.exists() {
                continue;
            }
            let one = self.evaluate(path, &source)?;
            self.print(out, &one)?;
            if let (Source::Extractors(extractors), true) = (&source, self.also.templates) {
                templates::print(out, &one.set, extractors, self.threads.jobs)?;
            }
            evaluated.push(one);
        }
        self.write(&evaluated)?;
        floors.map_or(Ok(Outcome::Done), |floors| self.check(out, &floors, evaluated))
    }

    /// Floors and page files know a set by its name.
    fn refuse_equal_names(&self) -> Result<()> {
        let mut names = BTreeSet::new();
        match self.sets.iter().map(|path| set::name(path)).find(|name| !names.insert(name.clone())) {
            Some(name) => Err(at(name, "two sets have this name")),
            None => Ok(()),
        }
    }

    fn source(&self) -> Result<Source> {
        if self.oracle {
            return Ok(Source::Oracle);
        }
        Ok(match &self.from {
            Some(path) => Source::Predictions(page_file::read_predictions(path)?),
            None => Source::Extractors(self.engine.extractors()?),
        })
    }

    fn evaluate(&self, path: &Path, source: &Source) -> Result<Evaluated> {
        let start = Instant::now();
        let set = self.selection.open(path)?;
        let opened = start.elapsed();
        let pages = evaluation::evaluate(&set, source, self.threads.jobs)?;
        let (all, rest) = (set.pages.len(), start.elapsed() - opened);
        eprintln!("{}: {all} pages listed in {opened:.2?}, worked on in {rest:.2?}", set.name);
        warn_of_missing(&set, source);
        let rows: Vec<Row> = pages.iter().map(|page| page.row.clone()).collect();
        Ok(Evaluated { set, pages, lines: table::lines(&rows) })
    }

    fn print(&self, out: &mut dyn Write, one: &Evaluated) -> Result<()> {
        if self.sets.len() > 1 {
            writeln!(out, "{}", one.set.name)?;
        }
        table::print(out, &one.lines)?;
        if self.from.is_none() && !self.oracle {
            letters::print(out, &one.set, self.threads.jobs)?;
        }
        if self.also.metadata {
            let mut agreement = Agreement::default();
            for (page, scored) in one.set.pages.iter().zip(&one.pages) {
                if let Some(found) = &scored.metadata {
                    agreement.add(page, found);
                }
            }
            agreement.print(out)?;
        }
        if self.also.confidence {
            let pairs: Vec<_> = one.pages.iter().filter_map(Scored::expected_and_measured).collect();
            calibration::print(out, &pairs)?;
        }
        out.flush()?;
        Ok(())
    }

    fn write(&self, evaluated: &[Evaluated]) -> Result<()> {
        let pages = || evaluated.iter().flat_map(|one| &one.pages);
        if let Some(path) = &self.per_page {
            let rows: Vec<Row> = pages().map(|page| page.row.clone()).collect();
            page_file::write_rows(path, &rows)?;
        }
        if let Some(path) = &self.predictions {
            let mut predictions = Predictions::new();
            for Scored { row, text, .. } in pages() {
                if predictions.insert(row.id.clone(), text.clone()).is_some() {
                    return Err(at(&row.id, "two sets have this id: write their predictions one set at a time"));
                }
            }
            page_file::write_predictions(path, &predictions)?;
        }
        Ok(())
    }

    fn check(&self, out: &mut dyn Write, floors: &[Floor], evaluated: Vec<Evaluated>) -> Result<Outcome> {
        let tables: Vec<(String, Vec<Line>)> = evaluated.into_iter().map(|one| (one.set.name, one.lines)).collect();
        for path in self.sets.iter().filter(|path| !path.exists()) {
            let name = set::name(path);
            if !floors.iter().any(|floor| floor.is_for(&name)) {
                writeln!(out, "{name}: skipped, the set is not present")?;
            }
        }
        Ok(if floors::check(out, floors, &tables)? { Outcome::Done } else { Outcome::BelowFloor })
    }

    /// The page scores of one side of a comparison.
    fn rows(&self, path: &Path) -> Result<Vec<Row>> {
        if path.extension().is_some_and(|extension| extension == "tsv") {
            if self.selection.is_some() {
                return Err(at(path.display(), "--only and --limit do not apply to scores page by page"));
            }
            return page_file::read_rows(path);
        }
        if self.sets.is_empty() {
            return Err(at(path.display(), "predictions are compared on a set: name it"));
        }
        let predictions = page_file::read_predictions(path)?;
        let mut rows = Vec::new();
        for set in &self.sets {
            rows.extend(evaluation::rows(&self.selection.open(set)?, &predictions, self.threads.jobs)?);
        }
        Ok(rows)
    }
}

fn warn_of_missing(set: &Set, source: &Source) {
    let Source::Predictions(predictions) = source else { return };
    let missing = set.pages.iter().filter(|page| !predictions.contains_key(&page.id)).count();
    if missing > 0 {
        eprintln!("{}: {missing} pages have no prediction and count as empty", set.name);
    }
}
