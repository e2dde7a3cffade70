//! From a set to scores: runs the extractor (or takes given predictions) and scores every page.

use unboil::lab::segment;
use unboil::{Extractor, Metadata, render};

use crate::align::label_blocks;
use crate::calibration::Pair;
use crate::error::Result;
use crate::extractors::Extractors;
use crate::groups::Labels;
use crate::page_file::{Predictions, Row};
use crate::runner;
use crate::score::{Measure, Score};
use crate::set::{Page, Set};

/// Where the texts that are scored come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// An extractor is run on every page.
    Extractors(Extractors),
    /// The blocks that the gold holds: what a perfect classifier would reach on this segmentation.
    Oracle,
    /// They were made before; a page without one counts as empty.
    Predictions(Predictions),
}

/// One page, scored.
#[derive(Debug)]
pub(crate) struct Scored {
    /// Its score.
    pub(crate) row: Row,
    /// The text that was scored.
    pub(crate) text: String,
    /// What the extractor says about the page; `None` for given predictions.
    pub(crate) metadata: Option<Metadata>,
    /// The F1 that the extractor expects, where it says so.
    pub(crate) confidence: Option<f32>,
}

impl Scored {
    /// Its confidence and its F1.
    pub(crate) fn expected_and_measured(&self) -> Option<Pair> {
        Some((self.confidence?, self.row.score.get(Measure::F1) as f32))
    }
}

/// Scores all pages of a set, in its order, with `jobs` threads.
pub(crate) fn evaluate(set: &Set, source: &Source, jobs: usize) -> Result<Vec<Scored>> {
    runner::each(&set.pages, jobs, |page| {
        let given = |text: String| (text, None, None);
        let (text, metadata, confidence) = match source {
            Source::Extractors(extractors) => extract(extractors.of(page), page)?,
            Source::Oracle => given(oracle(page)?),
            Source::Predictions(predictions) => given(predictions.get(&page.id).cloned().unwrap_or_default()),
        };
        Ok(Scored { row: row(set, page, Score::of(&text, &page.gold())), text, metadata, confidence })
    })
}

/// Scores the predictions for a set.
pub(crate) fn rows(set: &Set, predictions: &Predictions, jobs: usize) -> Result<Vec<Row>> {
    runner::each(&set.pages, jobs, |page| {
        let text = predictions.get(&page.id).map_or("", String::as_str);
        Ok(row(set, page, Score::of(text, &page.gold())))
    })
}

/// A page with its score.
pub(crate) fn row(set: &Set, page: &Page, score: Score) -> Row {
    let labels = Labels { page_type: page.page_type.clone(), lang: page.lang.clone() };
    Row { set: set.name.clone(), id: page.id.clone(), labels, score }
}

fn oracle(page: &Page) -> Result<String> {
    let document = segment(&page.record()?);
    let shares = label_blocks(&document, &page.body).shares;
    let kept = document.blocks.iter().zip(shares).filter(|(_, share)| *share >= 0.5);
    Ok(kept.map(|(block, _)| block.text.as_str()).collect::<Vec<_>>().join("\n"))
}

fn extract(extractor: &Extractor, page: &Page) -> Result<(String, Option<Metadata>, Option<f32>)> {
    let record = page.record()?;
    let extraction = extractor.extract(&record);
    let text = String::from_utf8_lossy(&render::text(&extraction)).into_owned();
    Ok((text, Some(extraction.metadata), extraction.confidence))
}
