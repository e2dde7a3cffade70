//! The extractor for a page: one for all, or the one that was trained without the page's domain.

use std::fs;
use std::path::Path;

use unboil::lab::{Model, extractor, features_hash, line_features_hash, text_extractor, with_templates};
use unboil::{Extractor, Options, TemplateStats};

use crate::error::{Result, at};
use crate::folds::{FOLDS, fold};
use crate::set::Page;

/// Extractors, by fold; a single one serves all pages.
#[derive(Debug)]
pub(crate) struct Extractors(Vec<Extractor>);

impl Extractors {
    /// The same for all pages.
    pub(crate) fn one(extractor: Extractor) -> Self {
        Self(vec![extractor])
    }

    /// One for each fold.
    pub(crate) fn by_fold(extractors: Vec<Extractor>) -> Self {
        Self(extractors)
    }

    /// The extractor with the model in this file.
    pub(crate) fn load(path: &Path, options: &Options) -> Result<Extractor> {
        let bytes = fs::read(path).map_err(|error| at(path.display(), error))?;
        let model = Model::from_bytes(&bytes, features_hash()).map_err(|error| at(path.display(), error))?;
        Ok(extractor(options.clone(), model))
    }

    /// One for each fold, with the models of plain texts in this folder.
    pub(crate) fn of_texts(folder: &Path, options: &Options) -> Result<Self> {
        let fold = |number: u32| {
            let path = folder.join(format!("fold-{number}.model"));
            let bytes = fs::read(&path).map_err(|error| at(path.display(), error))?;
            let model = Model::from_bytes(&bytes, line_features_hash()).map_err(|error| at(path.display(), error))?;
            Ok(text_extractor(options.clone(), model))
        };
        Ok(Self((0..FOLDS).map(fold).collect::<Result<_>>()?))
    }

    /// The same with these statistics.
    pub(crate) fn with_templates(&self, stats: &TemplateStats) -> Self {
        Self(self.0.iter().map(|extractor| with_templates(extractor, stats.clone())).collect())
    }

    /// The extractor for a page.
    pub(crate) fn of(&self, page: &Page) -> &Extractor {
        let fold = fold(page) as usize % self.0.len().max(1);
        &self.0[fold]
    }
}
