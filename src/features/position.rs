//! Where the block stands in the document.

use super::facts::{Facts, over};
use super::{GroupColumns, group};
use crate::document::Document;

group! {
    Place {
        Blocks "place.blocks" "share" "Blocks before it.",
        Words "place.words" "share" "Words before it.",
        Index "place.index" "blocks" "Blocks before it, at most 400.",
        FromEnd "place.from_end" "blocks" "Blocks after it, at most 400.",
        GoodBefore "place.good_before" "share" "Words of good blocks before it.",
        PreviousGood "place.previous_good" "blocks" "Blocks back to a good one, itself included; 99 for far or none.",
        NextGood "place.next_good" "blocks" "Blocks on to a good one, itself included; 99 for far or none.",
        FromH1 "place.from_h1" "blocks" "Signed distance to the first h1, -120 for none.",
        FromTitle "place.from_title" "blocks" "Signed distance to the block most like the title, -120 for none.",
        HeadingBack "heading.back" "blocks" "Blocks back to the heading before, 120 for none.",
        HeadingLevel "heading.level" "level" "Level of the heading before, 0 for none.",
        HeadingHits "heading.hits" "count" "Pattern hits in the heading before.",
        HeadingNext "heading.next" "blocks" "Blocks on to the next heading, 99 for far or none.",
    }
}

/// Distances beyond this tell nothing more, and places beyond that.
pub(super) const FAR: f32 = 99.0;
pub(super) const FAR_INDEX: f32 = 400.0;
const NO_ANCHOR: f32 = -120.0;
const NO_HEADING: f32 = 120.0;

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let rows = document.blocks.len();
    let total = facts.total_words();
    let good = facts.total_good().max(1.0);
    columns.fill(Place::Blocks as usize, |b| b as f32 / rows as f32);
    columns.fill(Place::Words as usize, |b| over(&facts.word_sum, 0, b) / total);
    columns.fill(Place::Index as usize, |b| (b as f32).min(FAR_INDEX));
    columns.fill(Place::FromEnd as usize, |b| ((rows - 1 - b) as f32).min(FAR_INDEX));
    columns.fill(Place::GoodBefore as usize, |b| over(&facts.good_sum, 0, b) / good);
    let back = since(rows, |b| facts.good[b]);
    columns.fill(Place::PreviousGood as usize, |b| back[b]);
    let ahead = until(rows, |b| facts.good[b]);
    columns.fill(Place::NextGood as usize, |b| ahead[b]);
    let h1 = facts.heading.iter().position(|level| *level == 1);
    columns.fill(Place::FromH1 as usize, |b| signed(b, h1));
    columns.fill(Place::FromTitle as usize, |b| signed(b, facts.title_block));
    fill_headings(facts, columns);
}

fn fill_headings(facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let rows = facts.heading.len();
    let mut before = Vec::with_capacity(rows);
    let mut last = None;
    for (block, level) in facts.heading.iter().enumerate() {
        before.push(last);
        if *level > 0 {
            last = Some(block);
        }
    }
    columns.fill(Place::HeadingBack as usize, |b| before[b].map_or(NO_HEADING, |h| ((b - h) as f32).min(FAR)));
    columns.fill(Place::HeadingLevel as usize, |b| before[b].map_or(0.0, |h| f32::from(facts.heading[h])));
    columns.fill(Place::HeadingHits as usize, |b| before[b].map_or(0.0, |h: usize| facts.hits[h].len() as f32));
    let ahead = until(rows, |b| facts.heading[b] > 0);
    columns.fill(Place::HeadingNext as usize, |b| ahead.get(b + 1).map_or(FAR, |next| (next + 1.0).min(FAR)));
}

/// Rows back to the nearest one that `is`, itself included; [`FAR`] for far or none.
pub(super) fn since(rows: usize, is: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut distance = FAR;
    let step = |b| {
        distance = if is(b) { 0.0 } else { (distance + 1.0).min(FAR) };
        distance
    };
    (0..rows).map(step).collect()
}

/// Rows on to the nearest one that `is`, itself included; [`FAR`] for far or none.
pub(super) fn until(rows: usize, is: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut distances = since(rows, |b| is(rows - 1 - b));
    distances.reverse();
    distances
}

fn signed(block: usize, anchor: Option<usize>) -> f32 {
    anchor.map_or(NO_ANCHOR, |anchor| (block as f32 - anchor as f32).clamp(-FAR, FAR))
}
