//! `lab features`: every block's features, label and weight, as flat files for the trainer.
//!
//! The class-token lexicon that some features need is learned first. Every page gets scores that were learned without its
//! fold, as a page of an unseen site would.
//!
//! Writes into a folder: `fold-N.lexicon` (learned without fold N), `full.lexicon`, and the files of [`RowWriter`], one
//! row a block; for each page its set, id, type, language, fold and gold tokens.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use unboil::lab::{Learned, columns, features, features_hash, segment};
use unboil::{Document, Kind};

use super::{Outcome, Threads};
use crate::align::{Labels, label_blocks};
use crate::error::Result;
use crate::folds::{domain, fold};
use crate::lexicon::{self, Observation};
use crate::rows::{RowWriter, Rows};
use crate::runner::each;
use crate::set::{Page, Set};
use crate::truncate::{Random, truncate};
use crate::wording::{Article, Examples, article};

/// Writes features and labels of all pages of the sets for the trainer.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Sets of HTML pages
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// Folder to write into
    #[arg(short, long)]
    output: PathBuf,
    /// Learn the class-token lexicon from this set alone
    #[arg(long, value_name = "NAME")]
    lexicon_from: Option<String>,
    /// Truncated copies of each article page
    #[arg(long, default_value_t = 0)]
    copies: u32,
    #[command(flatten)]
    threads: Threads,
}

/// A page, cut and labelled.
struct Labelled {
    about: Value,
    document: Document,
    labels: Labels,
    observation: Observation,
}

impl Args {
    /// Runs the command.
    pub(super) fn run(&self) -> Result<Outcome> {
        let mut pages = Vec::new();
        let mut articles = Vec::new();
        for path in &self.sets {
            let set = Set::open(path)?;
            let html: Vec<Page> = set.pages.into_iter().filter(|page| page.kind == Kind::Html).collect();
            articles.extend(html.iter().map(article));
            pages.extend(each(&html, self.threads.jobs, |page| labelled(&set.name, page))?);
        }
        fs::create_dir_all(&self.output)?;
        let (pages, observations): (Vec<_>, Vec<_>) =
            pages.into_iter().map(|page| ((page.about, page.document, page.labels), page.observation)).unzip();
        let learned = self.learn(&observations, articles)?;
        let rows: Vec<Rows> = pages
            .into_iter()
            .zip(&observations)
            .flat_map(|((about, document, labels), observation)| {
                let learned = &learned[observation.fold as usize];
                let mut pages = copies(&about, &document, &labels, self.copies);
                pages.insert(0, (about, document, labels));
                let rows = |(about, document, labels): (Value, Document, Labels)| Rows {
                    about,
                    columns: columns(&document, learned),
                    shares: labels.shares,
                    tokens: labels.tokens,
                };
                pages.into_iter().map(rows).collect::<Vec<_>>()
            })
            .collect();
        let mut writer = RowWriter::create(&self.output)?;
        for page in rows {
            writer.add(page, features().len())?;
        }
        writer.finish(&features(), features_hash())?;
        Ok(Outcome::Done)
    }

    /// Learns and writes the tables; returns those of the folds.
    fn learn(&self, observations: &[Observation], articles: Vec<Article>) -> Result<Vec<Learned>> {
        let wordings = Examples::new(articles).write(&self.output)?;
        let wanted = |page: &&Observation| self.lexicon_from.as_ref().is_none_or(|set| page.set == *set);
        let observations: Vec<&Observation> = observations.iter().filter(wanted).collect();
        let lexicons = lexicon::write(&observations, lexicon::TOKEN_DOMAINS, &self.output)?;
        Ok(lexicons.into_iter().zip(wordings).map(|(lexicon, wording)| Learned { lexicon, wording }).collect())
    }
}

/// Truncated copies of a page, if it is an article.
fn copies(about: &Value, document: &Document, labels: &Labels, count: u32) -> Vec<(Value, Document, Labels)> {
    if about["type"] != "article" {
        return Vec::new();
    }
    let mut random = Random::new(about["id"].as_str().unwrap_or_default());
    let copies = (0..count).filter_map(|_| truncate(document, labels, &mut random));
    copies
        .map(|(document, labels)| {
            let mut about = about.clone();
            about["copy"] = Value::Bool(true);
            about["gold"] = labels.gold_tokens.into();
            (about, document, labels)
        })
        .collect()
}

fn labelled(set: &str, page: &Page) -> Result<Labelled> {
    let document = segment(&page.record()?);
    let labels = label_blocks(&document, &page.body);
    let about = json!({
        "set": set, "id": page.id, "type": page.page_type, "lang": page.lang, "fold": fold(page),
        "gold": labels.gold_tokens, "blocks": document.blocks.len(),
    });
    let observation = lexicon::observe(&document, &labels.shares, set, domain(page), fold(page));
    Ok(Labelled { about, document, labels, observation })
}
