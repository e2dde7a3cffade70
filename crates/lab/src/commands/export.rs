//! `lab export`: trained ensembles, as LightGBM writes them, to a model file.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use unboil::lab::{Entry, ModelParts, features, features_hash, line_features, line_features_hash};

use super::Outcome;
use crate::error::{Result, at};
use crate::{lexicon, lightgbm};

/// Turns trained ensembles into a model file.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Ensembles as NAME=FILE, in LightGBM's text format
    #[arg(required = true, value_name = "NAME=FILE")]
    ensembles: Vec<String>,
    /// Added to the scores of an ensemble, in log-odds
    #[arg(long, value_name = "NAME=LOG-ODDS")]
    base: Vec<String>,
    /// The lexicon that `lab features` or `lab lines` wrote
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// The ensembles judge units of plain texts, not blocks of pages
    #[arg(long)]
    lines: bool,
    /// What it was trained on, in words
    #[arg(long, default_value = "")]
    label: String,
    /// Probabilities below which the modes precision, balanced and recall drop a block
    #[arg(long, num_args = 3, default_values_t = [0.5, 0.15, 0.2])]
    thresholds: Vec<f32>,
    /// The model file to write
    #[arg(short, long)]
    output: PathBuf,
}

impl Args {
    /// Runs the command.
    pub(super) fn run(&self) -> Result<Outcome> {
        let (features, features_hash) =
            if self.lines { (line_features(), line_features_hash()) } else { (features(), features_hash()) };
        let mut ensembles = BTreeMap::new();
        for argument in &self.ensembles {
            let (name, path) = argument.split_once('=').ok_or("an ensemble is given as NAME=FILE")?;
            let text = fs::read_to_string(path).map_err(|error| at(path, error))?;
            let ensemble = lightgbm::read(&text, self.base_of(name)?, &features).map_err(|error| at(path, error))?;
            ensembles.insert(name.to_owned(), ensemble);
        }
        let thresholds = <[f32; 3]>::try_from(self.thresholds.as_slice())?;
        let parts = ModelParts {
            features_hash,
            features: features.len() as u32,
            label: self.label.clone(),
            thresholds,
            lexicon: self.lexicon()?,
            ensembles,
        };
        fs::write(&self.output, parts.to_bytes())?;
        Ok(Outcome::Done)
    }

    fn lexicon(&self) -> Result<Vec<Entry>> {
        let Some(path) = &self.lexicon else { return Ok(Vec::new()) };
        Ok(lexicon::from_bytes(&fs::read(path).map_err(|error| at(path.display(), error))?))
    }

    fn base_of(&self, name: &str) -> Result<f32> {
        let given = self.base.iter().find_map(|base| base.strip_prefix(name)?.strip_prefix('='));
        given.map_or(Ok(0.0), |base| Ok(base.parse()?))
    }
}
