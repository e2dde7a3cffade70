//! `lab texts`: how well plain texts are cleaned. Every set of pages becomes five sets of texts (two kinds of dump, the
//! gold alone, the gold with some of its page's boilerplate after it, bulletins); files of letters are judged line by line.
//!
//! The tables have the columns of `lab eval`, and floors know a set as `SET:nodes`, `SET:layout`, `SET:clean` (`with` is the
//! share of texts that pass unchanged), `SET:footers` and `SET:bulletins`.

use std::io::Write;
use std::path::PathBuf;

use unboil::lab::segment;
use unboil::{Extractor, Kind, Options, Record, render};

use super::{ModeName, Outcome, Selection, Threads};
use crate::error::Result;
use crate::extractors::Extractors;
use crate::floors;
use crate::groups::Labels;
use crate::page_file::Row;
use crate::runner::each;
use crate::score::{Gold, Score};
use crate::set::{Page, Set};
use crate::table::{self, Line as TableLine};
use crate::tallies::{LetterTally, Tally};
use crate::truncate::Random;
use crate::worlds::{Draw, Labelled, Line, World, bulletin, footers, gold_lines, layout, letter, nodes, text_of};

/// Arguments of `lab texts`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Sets of HTML pages, and files of letters
    #[arg(required = true, value_name = "SET")]
    sets: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// How much doubt is enough to drop a line
    #[arg(long, value_enum, default_value = "balanced")]
    mode: ModeName,
    /// Judge each text by FOLDER/fold-N.model, which was trained without the page's domain
    #[arg(long, value_name = "FOLDER")]
    cross_validated: Option<PathBuf>,
    /// Only these kinds of text
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kinds: Vec<String>,
    /// Write each text that loses main content, with what it loses
    #[arg(long, value_name = "OUT.txt")]
    losses: Option<PathBuf>,
    /// Exit with 1 if an average misses its floor; a set that is not present is skipped
    #[arg(long, value_name = "FILE.tsv")]
    floors: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
}

/// One text, cleaned.
struct Cleaned {
    row: Row,
    tally: Tally,
    losses: String,
}

/// The kinds of text that pages become, in the order of the report.
const KINDS: [World; 5] = [World::Nodes, World::Layout, World::Clean, World::Nearly, World::Bulletin];

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let extractors = self.extractors()?;
        let mut tables = Vec::new();
        let mut losses = String::new();
        for path in self.sets.iter().filter(|path| self.floors.is_none() || path.exists()) {
            let set = self.selection.open(path)?;
            if set.pages.iter().all(|page| page.kind != Kind::Html) {
                self.letters(out, &set, &extractors)?;
                continue;
            }
            for world in KINDS.into_iter().filter(|world| self.wants(*world)) {
                let cleaned =
                    each(&set.pages, self.threads.jobs, |page| page_text(&set, page, world, extractors.of(page)))?;
                let cleaned: Vec<Cleaned> = cleaned.into_iter().flatten().collect();
                if cleaned.is_empty() {
                    continue;
                }
                let rows: Vec<Row> = cleaned.iter().map(|cleaned| cleaned.row.clone()).collect();
                let lines = table::lines(&rows);
                let name = format!("{}:{}", set.name, kind_name(world));
                writeln!(out, "{name}")?;
                table::print(out, &lines)?;
                let tallies: Vec<&Tally> = cleaned.iter().map(|cleaned| &cleaned.tally).collect();
                Tally::print(out, &tallies)?;
                losses.extend(cleaned.iter().map(|cleaned| cleaned.losses.as_str()));
                tables.push((name, lines));
            }
        }
        if let Some(path) = &self.losses {
            std::fs::write(path, losses)?;
        }
        self.check(out, &tables)
    }

    fn wants(&self, world: World) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == kind_name(world))
    }

    fn extractors(&self) -> Result<Extractors> {
        let options = Options::default().mode(self.mode.mode());
        match &self.cross_validated {
            Some(folder) => Extractors::of_texts(folder, &options),
            None => Ok(Extractors::one(Extractor::new(options))),
        }
    }

    fn letters(&self, out: &mut dyn Write, set: &Set, extractors: &Extractors) -> Result<()> {
        let tallies = each(&set.pages, self.threads.jobs, |page| {
            Ok(letter(page).map(|lines| {
                let kept = clean(extractors.of(page), &text_of(&lines)).kept;
                let labels = page.letter.as_ref().map_or(&[][..], |gold| &gold.lines);
                LetterTally::of(&lines, labels, &kept)
            }))
        })?;
        writeln!(out, "{}", set.name)?;
        LetterTally::print(out, &tallies.into_iter().flatten().collect::<Vec<_>>())?;
        Ok(())
    }

    fn check(&self, out: &mut dyn Write, tables: &[(String, Vec<TableLine>)]) -> Result<Outcome> {
        let Some(path) = &self.floors else { return Ok(Outcome::Done) };
        let floors = floors::read(path)?.into_iter().filter(floors::Floor::is_of_texts).collect::<Vec<_>>();
        Ok(if floors::check(out, &floors, tables)? { Outcome::Done } else { Outcome::BelowFloor })
    }
}

/// The name of a kind of text in reports and floors.
fn kind_name(world: World) -> &'static str {
    if world == World::Nearly { "footers" } else { world.name() }
}

/// One page as a text of one kind, cleaned; `None` where the page gives none.
fn page_text(set: &Set, page: &Page, world: World, extractor: &Extractor) -> Result<Option<Cleaned>> {
    let lines: Option<Vec<Line>> = match world {
        World::Nodes | World::Layout | World::Letter => None,
        World::Clean => Some(gold_lines(&page.body)),
        World::Nearly | World::Bulletin => {
            let laid_out = Labelled::by_gold(&layout(&segment(&page.record()?)), &page.body);
            let mut random = Random::new(&format!("{} {}", kind_name(world), page.id));
            let mut draw = Draw(&mut random);
            let lines = match world {
                World::Nearly => footers(&laid_out, &page.body, &mut draw),
                _ => bulletin(page, &set.headlines_beside(page), &laid_out, &mut draw),
            };
            if lines.is_none() {
                return Ok(None);
            }
            lines
        }
    };
    let text = match (&lines, world) {
        (Some(lines), _) => text_of(lines),
        (None, World::Layout) => layout(&segment(&page.record()?)),
        (None, _) => nodes(&page.record()?),
    };
    if world == World::Clean && text.trim().is_empty() {
        return Ok(None);
    }
    let once = clean(extractor, &text);
    let again = clean(extractor, &once.text);
    // As it was given: lines of a body may end in white space, which is no loss.
    let whole = [text.trim().to_owned()];
    let with: &[String] = if world == World::Clean { &whole } else { &[] };
    let body = match (&lines, world) {
        (Some(lines), World::Bulletin) => {
            text_of(&lines.iter().filter(|line| line.label == Some(1.0)).cloned().collect::<Vec<_>>())
        }
        _ => page.body.clone(),
    };
    let score = Score::of(&once.text, &Gold { body: &body, with, without: &[] });
    let labels = Labels { page_type: page.page_type.clone(), lang: page.lang.clone() };
    let row = Row { set: set.name.clone(), id: page.id.clone(), labels, score };
    let lines = lines.unwrap_or_default();
    let tally = Tally::of(&lines, &once.kept, text == once.text, again.text == once.text);
    let lost = |(line, kept): (&Line, &bool)| {
        (line.label == Some(1.0) && !kept)
            .then(|| format!("{} {} {}\t{}\n", set.name, page.id, kind_name(world), line.text))
    };
    let losses = lines.iter().zip(&once.kept).filter_map(lost).collect();
    Ok(Some(Cleaned { row, tally, losses }))
}

/// What is left of a text.
struct Left {
    text: String,
    /// Whether each line is kept.
    kept: Vec<bool>,
}

fn clean(extractor: &Extractor, text: &str) -> Left {
    let record = Record::new(text).kind(Kind::Text);
    let extraction = extractor.extract(&record);
    let kept = render::kept_lines(&extraction);
    Left { text: String::from_utf8_lossy(&render::text(&extraction)).into_owned(), kept }
}
