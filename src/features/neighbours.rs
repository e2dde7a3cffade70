//! The blocks before and after.

use super::facts::{Facts, over};
use super::{GroupColumns, group};
use crate::document::Document;

group! {
    Near {
        LinksBefore1 "near.links_before_1" "share" "Link density one block before.",
        LinksAfter1 "near.links_after_1" "share" "Link density one block after.",
        Words3 "window.words_3" "words" "Mean words of the blocks up to three away.",
        Links3 "window.links_3" "share" "Link density of the blocks up to three away.",
        Good3 "window.good_3" "share" "Words in good blocks among those up to three away.",
        Hits3 "window.hits_3" "count" "Mean pattern hits of the blocks up to three away.",
        Words8 "window.words_8" "words" "Mean words of the blocks up to eight away.",
        Links8 "window.links_8" "share" "Link density of the blocks up to eight away.",
        Good8 "window.good_8" "share" "Words in good blocks among those up to eight away.",
        Hits8 "window.hits_8" "count" "Mean pattern hits of the blocks up to eight away.",
    }
}

const NO_NEIGHBOUR: f32 = -1.0;

/// The rows next to one.
pub(super) const ONE: [isize; 2] = [-1, 1];

const WINDOWS: [usize; 2] = [3, 8];
const WINDOW_FEATURES: usize = 4;

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    shift(columns, Near::LinksBefore1 as usize, &ONE, |near| facts.link_density[near]);
    fill_windows(facts, document.blocks.len(), columns);
}

/// Fills a column for each of the neighbours at these offsets with the neighbour's value.
pub(super) fn shift(columns: &mut GroupColumns<'_>, first: usize, offsets: &[isize], value: impl Fn(usize) -> f32) {
    let values: Vec<f32> = (0..columns.rows).map(value).collect();
    for (column, offset) in offsets.iter().enumerate() {
        let cells = columns.column(first + column);
        let beyond = offset.unsigned_abs().min(values.len());
        let inside = values.len() - beyond;
        if *offset < 0 {
            cells[..beyond].fill(NO_NEIGHBOUR);
            cells[beyond..].copy_from_slice(&values[..inside]);
        } else {
            cells[..inside].copy_from_slice(&values[beyond..]);
            cells[inside..].fill(NO_NEIGHBOUR);
        }
    }
}

fn fill_windows(facts: &Facts<'_>, rows: usize, columns: &mut GroupColumns<'_>) {
    let hit_sum = super::facts::running_sum(facts.hits.iter().map(|hits| hits.len() as f32));
    for (window, reach) in WINDOWS.iter().enumerate() {
        let first = Near::Words3 as usize + window * WINDOW_FEATURES;
        let range = |b: usize| (b.saturating_sub(*reach), (b + reach + 1).min(rows));
        let mean = |sum: &[f32], b: usize| {
            let (start, end) = range(b);
            over(sum, start, end) / (end - start) as f32
        };
        let share = |part: &[f32], whole: &[f32], b: usize| {
            let (start, end) = range(b);
            over(part, start, end) / over(whole, start, end).max(1.0)
        };
        columns.fill(first, |b| mean(&facts.word_sum, b));
        columns.fill(first + 1, |b| share(&facts.link_char_sum, &facts.char_sum, b));
        columns.fill(first + 2, |b| share(&facts.good_sum, &facts.word_sum, b));
        columns.fill(first + 3, |b| mean(&hit_sum, b));
    }
}
