//! Two models of a block, blended by what the page seems to be.
//!
//! On shop, list and service pages cards and teasers are main content, on news they are not, and no single small model
//! was as good at both (design study, section 1). `article` is trained on articles and shortened copies of them, `mixed`
//! on pages of all kinds; `gate` says from the page as a whole how likely it is an article.

use super::decide::probability;
use crate::features::Columns;
use crate::model::{Aim, Ensemble, Model};
use crate::options::PageKind;

/// A share of one model below which it is not asked: it could move no probability by more than this.
const NEGLIGIBLE: f32 = 0.1;

/// How much each model counts for a page.
#[derive(Debug)]
pub(super) struct Blend<'m> {
    /// Models with their shares, which add up to 1.
    models: Vec<(&'m Ensemble, f32)>,
    /// How likely the page is an article.
    article: f32,
}

impl<'m> Blend<'m> {
    /// The blend for a page whose blocks have these words.
    pub(super) fn of(model: &'m Model, page: PageKind, columns: &Columns, words: &[f32]) -> Self {
        let article = match page {
            PageKind::Article => 1.0,
            PageKind::Mixed => 0.0,
            PageKind::Auto => gate(model, columns, words),
        };
        let shares = [("article", article), ("mixed", 1.0 - article)];
        let asked: Vec<(&Ensemble, f32)> = shares
            .into_iter()
            .filter(|(_, share)| *share > NEGLIGIBLE)
            .filter_map(|(name, share)| Some((model.ensemble(name)?, share)))
            .collect();
        let total: f32 = asked.iter().map(|(_, share)| share).sum();
        Self { models: asked.into_iter().map(|(ensemble, share)| (ensemble, share / total)).collect(), article }
    }

    /// One model alone, that of a kind of text that is no page.
    pub(super) fn alone(model: &'m Model, name: &str) -> Self {
        Self { models: model.ensemble(name).map(|ensemble| (ensemble, 1.0)).into_iter().collect(), article: 0.0 }
    }

    /// How many times recall counts as much as precision on this page.
    pub(super) fn beta(&self, aim: Aim) -> f32 {
        self.article * aim.article_beta + (1.0 - self.article) * aim.mixed_beta
    }

    /// The score of every block, in log-odds.
    pub(super) fn scores(&self, columns: &Columns) -> Vec<f32> {
        let rows = columns.rows();
        if let [(ensemble, _)] = self.models.as_slice() {
            return ensemble.scores(columns.values(), rows);
        }
        let mut blended = vec![0.0; rows];
        for (ensemble, share) in &self.models {
            for (sum, score) in blended.iter_mut().zip(ensemble.scores(columns.values(), rows)) {
                *sum += share * probability(score);
            }
        }
        blended.into_iter().map(log_odds).collect()
    }

    /// What each feature added to the score of one block, in log-odds, each model by its share.
    pub(super) fn attribute(&self, columns: &Columns, row: usize, mut add: impl FnMut(usize, f32)) {
        for (ensemble, share) in &self.models {
            ensemble.attribute(columns.values(), columns.rows(), row, |feature, part| add(feature, part * share));
        }
    }
}

/// The probability that a page is an article, by the means of its features.
fn gate(model: &Model, columns: &Columns, words: &[f32]) -> f32 {
    let asked = |ensemble: &Ensemble| {
        let means = columns.means(ensemble.features(), words);
        probability(ensemble.score(&means))
    };
    model.ensemble("gate").map_or(0.0, asked)
}

/// The log-odds of a probability, kept finite.
fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}
