//! Features of plain text: what is measured of each unit of a text, defined once, for training and for serving alike.
//!
//! Input: a document of lines. Output: its [`Unit`]s and one column a feature. As with blocks of pages, every group of
//! features has a file with one table of names, units and meanings beside the code that fills it; nothing here needs a
//! tree, a link or the bytes of the input, and all of it is linear in the text.
//!
//! A "good" unit reads like prose: at least 10 words, and a sentence end or a comma (the feasibility study's definition).

mod echo;
mod facts;
mod links;
mod named;
mod near;
mod own;
mod place;
mod section;
#[cfg(test)]
mod tests;
mod unit;
mod vocabulary;
mod voice;
mod whole;

use super::{Columns, Feature, GroupColumns, count_of, group, hash_of};

pub(crate) use facts::{Earlier, LineFacts};
pub(crate) use links::without;
pub(crate) use named::{FIRM, LineTopic, STRONG, named_firmly};
pub(crate) use unit::{Gap, Unit, units};
#[cfg(feature = "lab")]
pub(crate) use vocabulary::keys;

const GROUPS: &[&[Feature]] = &[
    own::Own::FEATURES,
    near::Near::FEATURES,
    place::Place::FEATURES,
    section::Together::FEATURES,
    vocabulary::Vocabulary::FEATURES,
    voice::Voice::FEATURES,
    echo::Echo::FEATURES,
    whole::Whole::FEATURES,
];

/// How many features there are.
pub(crate) const COUNT: usize = count_of(GROUPS);

/// All features of plain text, in the order of their columns.
#[must_use]
pub fn table() -> Vec<Feature> {
    GROUPS.concat()
}

/// A number that stands for this set of features and their order.
#[must_use]
pub fn hash() -> u64 {
    hash_of(GROUPS)
}

/// Measures every unit of a text.
#[must_use]
pub(crate) fn measure(facts: &LineFacts) -> Columns {
    let fillers: [fn(&LineFacts, &mut GroupColumns<'_>); GROUPS.len()] =
        [own::fill, near::fill, place::fill, section::fill, vocabulary::fill, voice::fill, echo::fill, whole::fill];
    Columns::filled(GROUPS, facts.measures.len(), |group, columns| fillers[group](facts, columns))
}
