//! Where the unit stands in the text, and how far from prose and from what is named.

use super::facts::LineFacts;
use super::named::{FIRM, LineTopic};
use super::{GroupColumns, group};
use crate::features::facts::{mean_over, over};
use crate::features::position::{FAR_INDEX, since, until};

group! {
    Place {
        Units "place.units" "share" "Units before it.",
        Words "place.words" "share" "Words before it.",
        Index "place.index" "units" "Units before it, at most 400.",
        FromEnd "place.from_end" "units" "Units after it, at most 400.",
        GoodBefore "place.good_before" "share" "Words of good units before it.",
        PreviousGood "place.previous_good" "units" "Units back to a good one, itself included; 99 for far or none.",
        NextGood "place.next_good" "units" "Units on to a good one, itself included; 99 for far or none.",
        PreviousFirm "place.previous_firm" "units" "Units back to a firm hit, itself included; 99 for far or none.",
        NextFirm "place.next_firm" "units" "Units on to a firm hit, itself included; 99 for far or none.",
        PreviousRule "place.previous_rule" "units" "Units back to one that a rule stands before; 99 for far or none.",
        PreviousRelated "place.previous_related" "units" "Units back to a short hit on related stories; 99 for far or none.",
        PreviousComments "place.previous_comments" "units" "Units back to a short hit on comments; 99 for far or none.",
        GoodSinceFirm "place.good_since_firm" "words" "Words of good units since the firm hit before it, at most 999.",
        GoodAhead "place.good_ahead" "words" "Words of good units after it, at most 999.",
        NamedAhead "place.named_ahead" "strength" "Mean strongest hit of the units after it.",
        NamedBehind "place.named_behind" "strength" "Mean strongest hit of the units before it.",
        EndedAhead "place.ended_ahead" "share" "Units after it that end like sentences.",
    }
}

const MANY: f32 = 999.0;

/// Words of a heading over a list of links.
const HEADING_WORDS: f32 = 8.0;

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let rows = facts.measures.len();
    let total = over(&facts.word_sum, 0, rows).max(1.0);
    let good = over(&facts.good_sum, 0, rows).max(1.0);
    let firm = |u: usize| facts.named[u].strongest >= FIRM;
    let heads = |topic: LineTopic| {
        move |u: usize| facts.named[u].topics[topic as usize] > 0 && facts.measures[u].words < HEADING_WORDS
    };
    columns.fill(Place::Units as usize, |u| u as f32 / rows as f32);
    columns.fill(Place::Words as usize, |u| over(&facts.word_sum, 0, u) / total);
    columns.fill(Place::Index as usize, |u| (u as f32).min(FAR_INDEX));
    columns.fill(Place::FromEnd as usize, |u| ((rows - 1 - u) as f32).min(FAR_INDEX));
    columns.fill(Place::GoodBefore as usize, |u| over(&facts.good_sum, 0, u) / good);
    let mut distances = |place: Place, rows: Vec<f32>| columns.column(place as usize).copy_from_slice(&rows);
    distances(Place::PreviousGood, since(rows, |u| facts.good[u]));
    distances(Place::NextGood, until(rows, |u| facts.good[u]));
    distances(Place::PreviousFirm, since(rows, firm));
    distances(Place::NextFirm, until(rows, firm));
    distances(Place::PreviousRule, since(rows, |u| facts.gaps[u].rule));
    distances(Place::PreviousRelated, since(rows, heads(LineTopic::Related)));
    distances(Place::PreviousComments, since(rows, heads(LineTopic::Comments)));
    words_since(columns.column(Place::GoodSinceFirm as usize), facts, firm);
    columns.fill(Place::GoodAhead as usize, |u| over(&facts.good_sum, u + 1, rows).min(MANY));
    columns.fill(Place::NamedAhead as usize, |u| mean_over(&facts.named_sum, u + 1, rows));
    columns.fill(Place::NamedBehind as usize, |u| mean_over(&facts.named_sum, 0, u));
    columns.fill(Place::EndedAhead as usize, |u| mean_over(&facts.ended_sum, u + 1, rows));
}

/// Words of good units since one that is wanted.
fn words_since(column: &mut [f32], facts: &LineFacts, wanted: impl Fn(usize) -> bool) {
    let mut words = MANY;
    for (unit, cell) in column.iter_mut().enumerate() {
        if wanted(unit) {
            words = 0.0;
        } else if facts.good[unit] {
            words = (words + facts.measures[unit].words).min(MANY);
        }
        *cell = words;
    }
}
