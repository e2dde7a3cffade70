//! `lab lines`: features, labels and weights of the units of plain texts, as flat files for the trainer.
//!
//! Every page becomes several texts (see `worlds`), every letter one. The vocabulary and the wording that some features
//! need are learned first, from the dumps, and from prompts and prose; every text gets scores that were learned without its
//! fold. Writes `fold-N.lexicon`, `full.lexicon`, `fold-N.wording`, `full.wording` and the files of [`RowWriter`].

use std::path::PathBuf;

use serde_json::json;
use unboil::Kind;
use unboil::lab::{Learned, Lexicon, Wording, line_columns, line_features, line_features_hash, line_units, segment};

use super::{Outcome, Threads};
use crate::documents::documents;
use crate::error::Result;
use crate::folds::{domain, fold};
use crate::lexicon;
use crate::rows::{RowWriter, Rows};
use crate::runner::each;
use crate::set::{Page, Set};
use crate::truncate::Random;
use crate::wording::{Examples, article};
use crate::worlds::{
    Draw, Labelled, Line, SPACED, World, bulletin, clean, cleaned, footed, layout, letter, nearly, nodes, sent,
    short_dumps,
};

/// Pages that are worked on before their rows are written.
const BATCH: usize = 64;

/// Nearly clean texts, clean texts and bulletins made of each page, or of each written document.
const NEARLY: usize = 5;
const CLEAN: usize = 2;
const BULLETINS: usize = 5;

/// Bulletins of a hundred of which there is also what is left when they are cleaned.
const CLEANED: u64 = 30;

/// Truncated copies of each article page, of which both dumps are made.
const COPIES: usize = 2;

/// Writes features and labels of plain texts for the trainer.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Sets of HTML pages, and files of letters
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// Folder to write into
    #[arg(short, long)]
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
}

impl Args {
    /// Runs the command.
    pub(super) fn run(&self) -> Result<Outcome> {
        let features = line_features();
        let sets: Vec<Set> = self.sets.iter().map(|path| Set::open(path)).collect::<Result<_>>()?;
        let mut writer = RowWriter::create(&self.output)?;
        let learned = self.learn(&sets)?;
        let written = Set { name: "documents".to_owned(), pages: documents()? };
        for set in sets.iter().chain([&written]) {
            for pages in set.pages.chunks(BATCH) {
                let texts = each(pages, self.threads.jobs, |page| texts(set, page, &learned[fold(page) as usize]))?;
                for rows in texts.into_iter().flatten() {
                    writer.add(rows, features.len())?;
                }
            }
        }
        writer.finish(&features, line_features_hash())?;
        Ok(Outcome::Done)
    }

    /// Learns and writes the tables; returns those of the folds.
    fn learn(&self, sets: &[Set]) -> Result<Vec<Learned>> {
        let tables = self.vocabularies(sets)?.into_iter().zip(self.wordings(sets)?);
        Ok(tables.map(|(lexicon, wording)| Learned { lexicon, wording }).collect())
    }

    fn wordings(&self, sets: &[Set]) -> Result<Vec<Wording>> {
        let pages = sets.iter().flat_map(|set| &set.pages).filter(|page| page.kind == Kind::Html);
        Examples::new(pages.map(article)).write(&self.output)
    }

    fn vocabularies(&self, sets: &[Set]) -> Result<Vec<Lexicon>> {
        let mut observations = Vec::new();
        for set in sets {
            let pages: Vec<Page> = set.pages.iter().filter(|page| page.kind == Kind::Html).cloned().collect();
            observations.extend(each(&pages, self.threads.jobs, |page| {
                let dump = layout(&segment(&page.record()?));
                let labelled = Labelled::by_gold(&dump, &page.body);
                let units: Vec<String> = line_units(&labelled.document).into_iter().map(|(_, text)| text).collect();
                let units: Vec<&str> = units.iter().map(String::as_str).collect();
                Ok(lexicon::observe_words(&units, &labelled.shares, &set.name, domain(page), fold(page)))
            })?);
        }
        let observations: Vec<_> = observations.iter().collect();
        lexicon::write(&observations, lexicon::WORD_DOMAINS, &self.output)
    }
}

/// The texts that a page, a document or a letter becomes.
fn texts(set: &Set, page: &Page, learned: &Learned) -> Result<Vec<Rows>> {
    let rows = |(world, text)| rows(&set.name, page, world, text, learned);
    let mut random = Random::new(&page.id);
    let mut draw = Draw(&mut random);
    match page.kind {
        Kind::Html => of_page(set, page, rows, &mut draw),
        Kind::Text => Ok(of_document(page, &mut draw).into_iter().map(rows).collect()),
        _ => Ok(letter(page).map(|lines| rows((World::Letter, Labelled::by_lines(&lines)))).into_iter().collect()),
    }
}

/// The texts of a page: its dumps, and what its article becomes.
fn of_page(set: &Set, page: &Page, rows: impl Fn((World, Labelled)) -> Rows, draw: &mut Draw<'_>) -> Result<Vec<Rows>> {
    let record = page.record()?;
    let document = segment(&record);
    let laid_out = Labelled::by_gold(&layout(&document), &page.body);
    let mut dump = nodes(&record);
    if draw.percent(SPACED) {
        dump = dump.replace('\n', "\n\n");
    }
    let headlines = set.headlines_beside(page);
    let mut texts = vec![(World::Nodes, Labelled::by_gold(&dump, &page.body))];
    texts.extend(labelled(World::Nearly, (0..NEARLY).filter_map(|_| nearly(page, &laid_out, draw))));
    texts.extend(labelled(World::Clean, (0..CLEAN).map(|_| clean(page, draw))));
    for _ in 0..BULLETINS {
        texts.extend(bulletins(bulletin(page, &headlines, &laid_out, draw), draw));
    }
    texts.push((World::Layout, laid_out));
    let copies = short_dumps(page, &document, COPIES).into_iter().map(|text| {
        let mut rows = rows(text);
        rows.about["copy"] = true.into();
        rows
    });
    Ok(texts.into_iter().map(&rows).chain(copies).collect())
}

/// The texts of a written document, which is main content from beginning to end.
fn of_document(page: &Page, draw: &mut Draw<'_>) -> Vec<(World, Labelled)> {
    let mut texts: Vec<_> = labelled(World::Nearly, (0..NEARLY).filter_map(|_| footed(page, draw))).collect();
    texts.extend(labelled(World::Clean, (0..CLEAN).map(|_| clean(page, draw))));
    for _ in 0..BULLETINS {
        texts.extend(bulletins(sent(page, draw), draw));
    }
    texts
}

fn labelled(world: World, texts: impl Iterator<Item = Vec<Line>>) -> impl Iterator<Item = (World, Labelled)> {
    texts.map(move |lines| (world, Labelled::by_lines(&lines)))
}

/// A bulletin, and perhaps what is left of it, which is to pass as it is.
fn bulletins(lines: Option<Vec<Line>>, draw: &mut Draw<'_>) -> impl Iterator<Item = (World, Labelled)> {
    let left = lines.as_deref().filter(|_| draw.percent(CLEANED)).map(cleaned).filter(|left| !left.is_empty());
    labelled(World::Bulletin, lines.into_iter().chain(left))
}

fn rows(set: &str, page: &Page, world: World, text: Labelled, learned: &Learned) -> Rows {
    let about = json!({
        "set": set, "id": page.id, "type": page.page_type, "lang": page.lang, "fold": fold(page),
        "world": world.name(), "blocks": text.shares.len(),
    });
    Rows { about, columns: line_columns(&text.document, learned), shares: text.shares, tokens: text.tokens }
}
