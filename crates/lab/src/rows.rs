//! Rows for the trainer, as flat files in a folder, all numbers little-endian: `columns.f32` (`[rows x features]`,
//! row-major), `labels.f32` and `tokens.f32` (one a row), `pages.u32` (the page of each row) and `about.json` (feature
//! names and their hash; one object a page).

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use unboil::lab::{Columns, Feature};

use crate::error::Result;

/// The rows of one page or text.
pub(crate) struct Rows {
    /// What is known of it.
    pub(crate) about: Value,
    /// Its features.
    pub(crate) columns: Columns,
    /// The share of main content of each row.
    pub(crate) shares: Vec<f32>,
    /// Words of each row, as the metric counts them.
    pub(crate) tokens: Vec<u32>,
}

/// Files that are being written.
pub(crate) struct RowWriter {
    folder: PathBuf,
    columns: BufWriter<File>,
    labels: BufWriter<File>,
    tokens: BufWriter<File>,
    pages: BufWriter<File>,
    about: Vec<Value>,
}

impl RowWriter {
    /// Opens the files of a folder, which is made.
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let file = |name: &str| -> Result<BufWriter<File>> { Ok(BufWriter::new(File::create(folder.join(name))?)) };
        Ok(Self {
            folder: folder.to_owned(),
            columns: file("columns.f32")?,
            labels: file("labels.f32")?,
            tokens: file("tokens.f32")?,
            pages: file("pages.u32")?,
            about: Vec::new(),
        })
    }

    /// Adds a page.
    pub(crate) fn add(&mut self, rows: Rows, features: usize) -> Result<()> {
        let number = self.about.len() as u32;
        for row in 0..rows.columns.rows() {
            for feature in 0..features {
                self.columns.write_all(&rows.columns.get(feature, row).to_le_bytes())?;
            }
            self.labels.write_all(&rows.shares[row].to_le_bytes())?;
            self.tokens.write_all(&(rows.tokens[row] as f32).to_le_bytes())?;
            self.pages.write_all(&number.to_le_bytes())?;
        }
        self.about.push(rows.about);
        Ok(())
    }

    /// Writes what is known of the pages, and ends.
    pub(crate) fn finish(self, features: &[Feature], hash: u64) -> Result<()> {
        for mut file in [self.columns, self.labels, self.tokens, self.pages] {
            file.flush()?;
        }
        let names: Vec<&str> = features.iter().map(|feature| feature.name).collect();
        let about = json!({ "hash": format!("{hash:016x}"), "features": names, "pages": self.about });
        fs::write(self.folder.join("about.json"), about.to_string())?;
        Ok(())
    }
}
