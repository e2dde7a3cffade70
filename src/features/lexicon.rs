//! The learned lexicon of class and id tokens: how much main content stands under each of them on the training pages.
//!
//! A token counts by its distance: on the block's element and its parent (near), up to four levels up (middle), beyond
//! (far). Its score is the log-odds of main content under it, averaged over pages so that no site dominates. Training
//! rows get scores that were learned without their domain.

use super::facts::Facts;
use super::labels::Labels;
#[cfg(feature = "lab")]
use super::labels::names;
use super::{GroupColumns, group};
#[cfg(feature = "lab")]
use crate::document::Element;
use crate::document::{Document, Outline, Tag};
use crate::hash::{Bins, Fnv};
use crate::rows::Rows;

group! {
    Learned {
        Mean "lexicon.mean" "log-odds" "Mean score of the tokens on the elements up to twelve levels up.",
        Min "lexicon.min" "log-odds" "Their lowest score, at most 0.",
        Max "lexicon.max" "log-odds" "Their highest score, at least 0.",
        Sum "lexicon.sum" "log-odds" "Sum of their scores.",
        NearMean "lexicon.near_mean" "log-odds" "Mean over the first two levels.",
        NearMin "lexicon.near_min" "log-odds" "Lowest on the first two levels.",
        MiddleMean "lexicon.middle_mean" "log-odds" "Mean over the next three levels.",
        MiddleMin "lexicon.middle_min" "log-odds" "Lowest on the next three levels.",
    }
}

/// Distances at which a token's score is kept apart.
pub const BUCKETS: usize = 3;

/// Levels up that are looked at.
const LEVELS: usize = 12;

/// Scores are stored in steps of this many log-odds; one byte holds ±6.3.
pub const STEP: f32 = 0.05;

/// The byte that says that a token was not seen often enough at this distance.
pub const UNSEEN: i8 = i8::MIN;

/// Bits of a hash that number its bin.
const BIN_BITS: u32 = 12;

/// One token: its hash, and its scores by distance in units of [`STEP`].
#[cfg(any(test, feature = "lab"))]
pub type Entry = (u32, [i8; BUCKETS]);

/// An entry as it stands in a model file.
pub(super) type Row = [u8; 4 + BUCKETS];

#[cfg(any(test, feature = "lab"))]
fn row((hash, scores): &Entry) -> Row {
    let ([a, b, c, d], [near, middle, far]) = (hash.to_le_bytes(), scores.map(i8::cast_unsigned));
    [a, b, c, d, near, middle, far]
}

fn hash(row: &Row) -> u32 {
    let [hash @ .., _, _, _] = *row;
    u32::from_le_bytes(hash)
}

fn scores(row: &Row) -> [i8; BUCKETS] {
    let [_, _, _, _, near, middle, far] = *row;
    [near.cast_signed(), middle.cast_signed(), far.cast_signed()]
}

/// The scores of tokens by their hash.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lexicon {
    /// Sorted by hash.
    rows: Rows<{ size_of::<Row>() }>,
    bins: Bins,
}

impl Lexicon {
    /// A lexicon of these entries.
    #[cfg(any(test, feature = "lab"))]
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        Self::of(entries.iter().map(row).collect())
    }

    /// A lexicon of rows that are sorted by hash.
    pub(crate) fn of(rows: Rows<{ size_of::<Row>() }>) -> Self {
        let bins = Bins::of(BIN_BITS, rows.iter().map(hash));
        Self { rows, bins }
    }

    /// The scores of a token, by its hash.
    pub(super) fn scores(&self, token: u32) -> Option<[i8; BUCKETS]> {
        let rows = self.rows.get(self.bins.range(token))?;
        rows.iter().find(|row| hash(row) == token).map(scores)
    }
}

/// The bucket of a distance in levels; `None` beyond the levels that are looked at.
#[must_use]
pub fn bucket(level: usize) -> Option<usize> {
    match level {
        0..=1 => Some(0),
        2..=4 => Some(1),
        5..LEVELS => Some(2),
        _ => None,
    }
}

/// Calls `token` with the hash of each token of an element: its tag, unless that says nothing, and the words of its class,
/// id and test id.
#[cfg(feature = "lab")]
pub fn each_token(outline: &Outline, element: &Element, buffer: &mut String, mut token: impl FnMut(u32)) {
    tag_token(element.tag).into_iter().for_each(&mut token);
    for name in names(element) {
        buffer.clear();
        crate::patterns::name_words(outline.name(name), buffer);
        each_word_token(buffer, &mut token);
    }
}

/// The hash of a tag that says something.
fn tag_token(tag: Tag) -> Option<u32> {
    let says_nothing = matches!(tag, Tag::Div | Tag::Span | Tag::P | Tag::Li | Tag::Body | Tag::Html);
    (!says_nothing).then(|| token_hash(b'<', tag.name().as_bytes()))
}

/// The hashes of the words of a name.
fn each_word_token(words: &str, mut token: impl FnMut(u32)) {
    let parts = words.as_bytes().split(|byte| matches!(byte, b' ' | b'-'));
    for word in parts.filter(|word| (2..=20).contains(&word.len())) {
        token(token_hash(b'.', word));
    }
}

fn token_hash(kind: u8, word: &[u8]) -> u32 {
    let mut hash = Fnv::new();
    hash.byte(kind);
    hash.text(word);
    let hash = hash.finish();
    (hash ^ (hash >> 32)) as u32
}

/// The scores of one element's tokens at one distance.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Summary {
    count: f32,
    pub(super) sum: f32,
    pub(super) min: f32,
    pub(super) max: f32,
}

impl Summary {
    pub(super) fn add(&mut self, score: f32) {
        self.count += 1.0;
        self.sum += score;
        self.widen(score, score);
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.widen(other.min, other.max);
    }

    /// All are numbers, and to compare them takes a third of the instructions of `min` and `max`, which care for others.
    fn widen(&mut self, min: f32, max: f32) {
        self.min = if min < self.min { min } else { self.min };
        self.max = if max > self.max { max } else { self.max };
    }

    pub(super) fn mean(&self) -> f32 {
        self.sum / self.count.max(1.0)
    }
}

/// For every element, its own tokens' scores at each distance.
fn summaries(outline: &Outline, labels: &Labels, lexicon: &Lexicon) -> Vec<[Summary; BUCKETS]> {
    let add = |summary: &mut [Summary; BUCKETS], hash: u32| {
        for (summary, score) in summary.iter_mut().zip(lexicon.scores(hash).into_iter().flatten()) {
            if score != UNSEEN {
                summary.add(f32::from(score) * STEP);
            }
        }
    };
    let of_labels = labels.each(|label| {
        let mut summary = [Summary::default(); BUCKETS];
        for name in label {
            each_word_token(labels.words(*name), |hash| add(&mut summary, hash));
        }
        summary
    });
    let mut of_elements = labels.spread(&of_labels);
    let tags: Vec<Option<u32>> = Tag::all().map(tag_token).collect();
    for (summary, element) in of_elements.iter_mut().zip(&outline.elements) {
        if let Some(hash) = tags.get(element.tag as usize).copied().flatten().filter(|_| !element.blocks.is_empty()) {
            add(summary, hash);
        }
    }
    of_elements
}

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let summaries = summaries(&document.outline, &facts.labels, &facts.learned.lexicon);
    for (row, block) in document.blocks.iter().enumerate() {
        let mut all = Summary::default();
        let mut by_bucket = [Summary::default(); BUCKETS];
        for (level, (id, _)) in document.outline.ancestors(block.element).enumerate() {
            let Some(bucket) = bucket(level) else { break };
            let summary = &summaries[id as usize][bucket];
            all.join(summary);
            by_bucket[bucket].join(summary);
        }
        let [near, middle, _] = by_bucket;
        let values = [all.mean(), all.min, all.max, all.sum, near.mean(), near.min, middle.mean(), middle.min];
        for (column, value) in values.into_iter().enumerate() {
            columns.column(column)[row] = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, UNSEEN};

    #[test]
    fn entries_are_found_by_hash_in_any_order() {
        let entries = vec![(u32::MAX, [1, 2, 3]), (0, [4, 5, UNSEEN]), (7, [6, 6, 6])];
        let lexicon = Lexicon::new(entries.clone());
        for (hash, scores) in entries {
            assert_eq!(lexicon.scores(hash), Some(scores));
        }
        assert_eq!(lexicon.scores(8), None);
    }
}
