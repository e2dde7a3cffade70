//! Features: what is measured of each block, defined once, for training and for serving alike.
//!
//! Input: a [`Document`]. Output: [`Columns`], one column of 32-bit floats a feature, one entry a block. Every group of
//! features has a file of its own, where each feature stands in one table with its name, unit and meaning, beside the
//! code that fills it. All of it is linear in the size of the document: containers are answered by running sums.
//!
//! A "good" block reads like prose: at least 12 words, link density below 0.35, and a sentence end or a comma. The
//! definition and its constants come from the feasibility study and were kept because nothing measured better.

mod address;
mod amounts;
mod containers;
mod facts;
pub(crate) mod hits;
mod labels;
mod learned;
pub(crate) mod lexicon;
pub(crate) mod lines;
mod main_run;
mod main_subtree;
mod measures;
mod names;
mod neighbours;
mod page;
mod paths;
mod position;
mod repetition;
pub(crate) mod sentences;
mod tags;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod topics;
pub(crate) mod wording;
mod words;

use crate::document::Document;
use crate::hash::Fnv;

pub use facts::Facts;
pub(crate) use facts::running_sum;
pub use learned::Learned;
pub(crate) use main_run::best_run;
pub(crate) use words::words_between_spaces;

/// What one feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// `group.name`.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it measures.
    pub doc: &'static str,
}

/// Declares a group: an enum whose variants are the group's columns, and the table of their descriptions.
macro_rules! group {
    ($group:ident { $($variant:ident $name:literal $unit:literal $doc:literal,)* }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        // Columns in a row are reached by arithmetic from the first of them.
        #[allow(dead_code)]
        pub(super) enum $group { $($variant,)* }

        impl $group {
            pub(super) const FEATURES: &'static [super::Feature] =
                &[$(super::Feature { name: $name, unit: $unit, doc: $doc },)*];
        }
    };
}
pub(crate) use group;

const GROUPS: &[&[Feature]] = &[
    text::Text::FEATURES,
    tags::Tags::FEATURES,
    names::Names::FEATURES,
    position::Place::FEATURES,
    neighbours::Near::FEATURES,
    containers::Container::FEATURES,
    main_subtree::Subtree::FEATURES,
    repetition::Repeat::FEATURES,
    main_run::Run::FEATURES,
    lexicon::Learned::FEATURES,
    page::Whole::FEATURES,
    address::Address::FEATURES,
];

/// All features, in the order of their columns.
#[must_use]
pub fn table() -> Vec<Feature> {
    GROUPS.concat()
}

/// A number that stands for this set of features and their order: a model trained on another set is rejected.
#[must_use]
pub fn hash() -> u64 {
    hash_of(GROUPS)
}

const fn count_of(groups: &[&[Feature]]) -> usize {
    let mut total = 0;
    let mut group = 0;
    while group < groups.len() {
        total += groups[group].len();
        group += 1;
    }
    total
}

fn hash_of(groups: &[&[Feature]]) -> u64 {
    let mut hash = Fnv::new();
    for feature in groups.iter().flat_map(|group| group.iter()) {
        hash.text(feature.name);
        hash.text(feature.unit);
    }
    hash.finish()
}

/// One column a feature: `[features x blocks]`, column-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    rows: usize,
    values: Vec<f32>,
}

impl Columns {
    /// The columns of these groups, each filled by the number of its group.
    fn filled(groups: &[&[Feature]], rows: usize, fill: impl Fn(usize, &mut GroupColumns<'_>)) -> Self {
        let mut values = vec![0.0; rows * count_of(groups)];
        let mut rest = values.as_mut_slice();
        for (number, group) in groups.iter().enumerate() {
            let (values, after) = rest.split_at_mut(group.len() * rows);
            fill(number, &mut GroupColumns { rows, values });
            rest = after;
        }
        Self { rows, values }
    }

    /// Blocks.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// All values, column after column.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The means of some features over the words of the page, 0 for the others: `[features]`. `words` are those of
    /// each block.
    #[must_use]
    pub(crate) fn means(&self, features: &[usize], words: &[f32]) -> Vec<f32> {
        let total = words.iter().copied().map(f64::from).sum::<f64>().max(1.0);
        let mut means = vec![0.0; self.values.len() / self.rows.max(1)];
        for feature in features {
            let column = self.values.get(feature * self.rows..(feature + 1) * self.rows).unwrap_or_default();
            if let Some(mean) = means.get_mut(*feature) {
                *mean = (weighted_sum(column, words) / total) as f32;
            }
        }
        means
    }

    /// The value of one feature for one block.
    #[must_use]
    pub fn get(&self, feature: usize, row: usize) -> f32 {
        self.values.get(feature * self.rows + row).copied().unwrap_or(0.0)
    }
}

/// The sum of values times weights, in four lanes so that no addition waits for the one before it.
fn weighted_sum(values: &[f32], weights: &[f32]) -> f64 {
    const LANES: usize = 4;
    let mut sums = [0.0_f64; LANES];
    let ((values, last), (weights, last_weights)) = (values.as_chunks::<LANES>(), weights.as_chunks::<LANES>());
    for (values, weights) in values.iter().zip(weights) {
        for lane in 0..LANES {
            sums[lane] += f64::from(values[lane]) * f64::from(weights[lane]);
        }
    }
    for ((sum, value), weight) in sums.iter_mut().zip(last).zip(last_weights) {
        *sum += f64::from(*value) * f64::from(*weight);
    }
    sums.iter().sum()
}

/// The columns of one group while they are being filled.
pub(crate) struct GroupColumns<'a> {
    rows: usize,
    values: &'a mut [f32],
}

impl GroupColumns<'_> {
    /// Fills a column from its block's number.
    fn fill(&mut self, column: usize, value: impl Fn(usize) -> f32) {
        for (row, cell) in self.column(column).iter_mut().enumerate() {
            *cell = value(row);
        }
    }

    fn column(&mut self, column: usize) -> &mut [f32] {
        self.values.get_mut(column * self.rows..(column + 1) * self.rows).unwrap_or_default()
    }
}

/// Measures every block of a document.
#[must_use]
pub fn measure(document: &Document, facts: &Facts<'_>) -> Columns {
    let fillers: [fn(&Document, &Facts<'_>, &mut GroupColumns<'_>); GROUPS.len()] = [
        text::fill,
        tags::fill,
        names::fill,
        position::fill,
        neighbours::fill,
        containers::fill,
        main_subtree::fill,
        repetition::fill,
        main_run::fill,
        lexicon::fill,
        page::fill,
        address::fill,
    ];
    Columns::filled(GROUPS, document.blocks.len(), |group, columns| fillers[group](document, facts, columns))
}
