//! `lab export`: trained ensembles, as LightGBM writes them, to a model file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use unboil::lab::{Aim, ModelParts, features, features_hash, line_features, line_features_hash};

use super::Outcome;
use crate::error::{Result, at};
use crate::{calibration, lightgbm};

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
    /// The wording that `lab features` or `lab lines` wrote
    #[arg(long, value_name = "FILE")]
    wording: Option<PathBuf>,
    /// The ensembles judge units of plain texts, not blocks of pages
    #[arg(long)]
    lines: bool,
    /// What it was trained on, in words
    #[arg(long, default_value = "")]
    label: String,
    /// What the modes precision, balanced and recall aim at: for each the weight of recall on articles, on other pages,
    /// and the probability below which a block is dropped
    #[arg(long, num_args = 3, value_name = "ARTICLE,MIXED,FLOOR", value_parser = aim)]
    aims: Vec<Aim>,
    /// Expected and measured F1, as `lab calibrate` writes them; without it the model states no confidence
    #[arg(long, value_name = "FILE")]
    confidence: Option<PathBuf>,
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
        let aims = <[Aim; 3]>::try_from(self.aims.as_slice()).map_err(|_| "--aims takes three modes")?;
        let confidence = self.confidence.as_deref().map_or(Ok(Vec::new()), calibration::read)?;
        let parts = ModelParts {
            features_hash,
            features: features.len() as u32,
            label: self.label.clone(),
            aims,
            confidence,
            lexicon: rows(self.lexicon.as_deref())?.into(),
            wording: rows(self.wording.as_deref())?.into(),
            ensembles,
        };
        fs::write(&self.output, parts.to_bytes())?;
        Ok(Outcome::Done)
    }

    fn base_of(&self, name: &str) -> Result<f32> {
        let given = self.base.iter().find_map(|base| base.strip_prefix(name)?.strip_prefix('='));
        given.map_or(Ok(0.0), |base| Ok(base.parse()?))
    }
}

/// The rows of a learned table, as they stand in a model file; none without a file.
fn rows<const N: usize>(path: Option<&Path>) -> Result<Vec<[u8; N]>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    Ok(fs::read(path).map_err(|error| at(path.display(), error))?.as_chunks().0.to_vec())
}

fn aim(text: &str) -> Result<Aim> {
    let numbers: Vec<f32> = text.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?;
    let [article_beta, mixed_beta, floor] = numbers[..] else { return Err("an aim has three numbers".into()) };
    Ok(Aim { article_beta, mixed_beta, floor })
}
