//! `lab features`: every block's features, label and weight, as flat files for the trainer.
//!
//! Writes into a folder: `columns.f32` (`[blocks x features]`, row-major), `labels.f32` and `tokens.f32` (one a block),
//! `pages.u32` (the page of each block) and `about.json` (feature names and their hash; for each page its set, id, type,
//! language, fold and gold tokens). All numbers are little-endian.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use unboil::Kind;
use unboil::lab::{Columns, columns, features, features_hash, segment};

use super::{Outcome, Threads};
use crate::align::{Labels, label};
use crate::error::Result;
use crate::folds::fold;
use crate::runner::each;
use crate::set::{Page, Set};

/// Writes features and labels of all pages of the sets for the trainer.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Sets of HTML pages
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// Folder to write into
    #[arg(short, long)]
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
}

struct Row {
    about: Value,
    columns: Columns,
    labels: Labels,
}

impl Args {
    /// Runs the command.
    pub(super) fn run(&self) -> Result<Outcome> {
        let mut rows = Vec::new();
        for path in &self.sets {
            let set = Set::open(path)?;
            let pages: Vec<Page> = set.pages.into_iter().filter(|page| page.kind == Kind::Html).collect();
            rows.extend(each(&pages, self.threads.jobs, |page| row(&set.name, page))?);
        }
        fs::create_dir_all(&self.output)?;
        write(&self.output, &rows)?;
        Ok(Outcome::Done)
    }
}

fn row(set: &str, page: &Page) -> Result<Row> {
    let record = page.record()?;
    let document = segment(&record);
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    let labels = label(&texts, &page.body);
    let about = json!({
        "set": set, "id": page.id, "type": page.page_type, "lang": page.lang, "fold": fold(page),
        "gold": labels.gold_tokens, "blocks": texts.len(),
    });
    Ok(Row { about, columns: columns(&document), labels })
}

fn write(folder: &Path, rows: &[Row]) -> Result<()> {
    let file = |name: &str| -> Result<BufWriter<File>> { Ok(BufWriter::new(File::create(folder.join(name))?)) };
    let (mut columns, mut labels) = (file("columns.f32")?, file("labels.f32")?);
    let (mut tokens, mut pages) = (file("tokens.f32")?, file("pages.u32")?);
    for (number, row) in rows.iter().enumerate() {
        for block in 0..row.columns.rows() {
            for feature in 0..features().len() {
                columns.write_all(&row.columns.get(feature, block).to_le_bytes())?;
            }
            labels.write_all(&row.labels.shares[block].to_le_bytes())?;
            tokens.write_all(&(row.labels.tokens[block] as f32).to_le_bytes())?;
            pages.write_all(&(number as u32).to_le_bytes())?;
        }
    }
    for mut file in [columns, labels, tokens, pages] {
        file.flush()?;
    }
    let names: Vec<&str> = features().iter().map(|feature| feature.name).collect();
    let pages: Vec<&Value> = rows.iter().map(|row| &row.about).collect();
    let about = json!({ "hash": format!("{:016x}", features_hash()), "features": names, "pages": pages });
    fs::write(folder.join("about.json"), about.to_string())?;
    Ok(())
}
