//! The learned vocabulary: how much main content stands in lines with each word on the training pages.
//!
//! A word counts by the length of the unit it stands in: "comments" is a label in a short line and says nothing in a long
//! one. Scores are log-odds averaged over pages, stored in the model file as the class tokens of pages are. Words of
//! languages that were not trained on have no score and say nothing. Training rows get scores learned without their domain.

use super::echo::Word;
use super::facts::LineFacts;
use super::{GroupColumns, group};
use crate::features::lexicon::{Lexicon, STEP, Summary, UNSEEN};

group! {
    Vocabulary {
        Mean "vocabulary.mean" "log-odds" "Mean score of the unit's first words.",
        Min "vocabulary.min" "log-odds" "Their lowest score, at most 0.",
        Max "vocabulary.max" "log-odds" "Their highest score, at least 0.",
        Sum "vocabulary.sum" "log-odds" "Sum of their scores.",
        Before1 "vocabulary.before_1" "log-odds" "Mean score one unit before; 0 beyond the ends.",
        After1 "vocabulary.after_1" "log-odds" "Mean score one unit after.",
        Mean3 "vocabulary.mean_3" "log-odds" "Mean of the means of the units up to three away.",
        Mean8 "vocabulary.mean_8" "log-odds" "The same, up to eight away.",
        Mean20 "vocabulary.mean_20" "log-odds" "The same, up to twenty away.",
    }
}

const WINDOWS: [usize; 3] = [3, 8, 20];

/// Words up to which a unit is short, and of middle length.
const SHORT: f32 = 5.0;
const MIDDLE: f32 = 15.0;

/// The bucket of a unit of so many words.
fn bucket(words: f32) -> usize {
    if words <= SHORT {
        0
    } else if words <= MIDDLE {
        1
    } else {
        2
    }
}

/// Calls `key` with the hashes under which a unit's first words stand in the vocabulary; returns the bucket of its length.
#[cfg(feature = "lab")]
pub(crate) fn keys(text: &str, mut key: impl FnMut(u32)) -> usize {
    super::echo::first_words(text, |word| key(word.hash));
    bucket(crate::features::measures::Measures::of(text).words)
}

/// The scores of a unit's first words.
pub(super) fn summary(first_words: &[Word], words: f32, lexicon: &Lexicon) -> Summary {
    let mut summary = Summary::default();
    let bucket = bucket(words);
    for word in first_words {
        let score = lexicon.scores(word.hash).and_then(|scores| scores.get(bucket).copied()).unwrap_or(UNSEEN);
        if score != UNSEEN {
            summary.add(f32::from(score) * STEP);
        }
    }
    summary
}

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let rows = facts.measures.len();
    let words = &facts.vocabulary;
    columns.fill(Vocabulary::Mean as usize, |u| words[u].mean());
    columns.fill(Vocabulary::Min as usize, |u| words[u].min);
    columns.fill(Vocabulary::Max as usize, |u| words[u].max);
    columns.fill(Vocabulary::Sum as usize, |u| words[u].sum);
    columns.fill(Vocabulary::Before1 as usize, |u| u.checked_sub(1).map_or(0.0, |u| words[u].mean()));
    columns.fill(Vocabulary::After1 as usize, |u| words.get(u + 1).map_or(0.0, Summary::mean));
    let sum = crate::features::facts::running_sum(words.iter().map(Summary::mean));
    for (window, reach) in WINDOWS.iter().enumerate() {
        columns.fill(Vocabulary::Mean3 as usize + window, |u| {
            crate::features::facts::mean_over(&sum, u.saturating_sub(*reach), (u + reach + 1).min(rows))
        });
    }
}
