//! The blocks before and after.

use super::facts::{Facts, over};
use super::{GroupColumns, group};
use crate::document::Document;

group! {
    Near {
        WordsBefore3 "near.words_before_3" "words" "Words three blocks before; -1 beyond the ends, as for all neighbours.",
        WordsBefore2 "near.words_before_2" "words" "Words two blocks before.",
        WordsBefore1 "near.words_before_1" "words" "Words one block before.",
        WordsAfter1 "near.words_after_1" "words" "Words one block after.",
        WordsAfter2 "near.words_after_2" "words" "Words two blocks after.",
        WordsAfter3 "near.words_after_3" "words" "Words three blocks after.",
        LinksBefore3 "near.links_before_3" "share" "Link density three blocks before.",
        LinksBefore2 "near.links_before_2" "share" "Link density two blocks before.",
        LinksBefore1 "near.links_before_1" "share" "Link density one block before.",
        LinksAfter1 "near.links_after_1" "share" "Link density one block after.",
        LinksAfter2 "near.links_after_2" "share" "Link density two blocks after.",
        LinksAfter3 "near.links_after_3" "share" "Link density three blocks after.",
        TagBefore2 "near.tag_before_2" "tag" "Element two blocks before.",
        TagBefore1 "near.tag_before_1" "tag" "Element one block before.",
        TagAfter1 "near.tag_after_1" "tag" "Element one block after.",
        TagAfter2 "near.tag_after_2" "tag" "Element two blocks after.",
        LastBefore2 "near.last_before_2" "class" "Last character two blocks before.",
        LastBefore1 "near.last_before_1" "class" "Last character one block before.",
        LastAfter1 "near.last_after_1" "class" "Last character one block after.",
        LastAfter2 "near.last_after_2" "class" "Last character two blocks after.",
        HeadingBefore2 "near.heading_before_2" "level" "Heading two blocks before.",
        HeadingBefore1 "near.heading_before_1" "level" "Heading one block before.",
        HeadingAfter1 "near.heading_after_1" "level" "Heading one block after.",
        HeadingAfter2 "near.heading_after_2" "level" "Heading two blocks after.",
        DepthBefore2 "near.depth_before_2" "levels" "Depth two blocks before, less its own.",
        DepthBefore1 "near.depth_before_1" "levels" "Depth one block before, less its own.",
        DepthAfter1 "near.depth_after_1" "levels" "Depth one block after, less its own.",
        DepthAfter2 "near.depth_after_2" "levels" "Depth two blocks after, less its own.",
        Words3 "window.words_3" "words" "Mean words of the blocks up to three away.",
        Links3 "window.links_3" "share" "Link density of the blocks up to three away.",
        Good3 "window.good_3" "share" "Words in good blocks among those up to three away.",
        Hits3 "window.hits_3" "count" "Mean pattern hits of the blocks up to three away.",
        Words8 "window.words_8" "words" "Mean words of the blocks up to eight away.",
        Links8 "window.links_8" "share" "Link density of the blocks up to eight away.",
        Good8 "window.good_8" "share" "Words in good blocks among those up to eight away.",
        Hits8 "window.hits_8" "count" "Mean pattern hits of the blocks up to eight away.",
        Words20 "window.words_20" "words" "Mean words of the blocks up to twenty away.",
        Links20 "window.links_20" "share" "Link density of the blocks up to twenty away.",
        Good20 "window.good_20" "share" "Words in good blocks among those up to twenty away.",
        Hits20 "window.hits_20" "count" "Mean pattern hits of the blocks up to twenty away.",
    }
}

const NO_NEIGHBOUR: f32 = -1.0;

/// Rows that are looked at before and after.
pub(super) const THREE: [isize; 6] = [-3, -2, -1, 1, 2, 3];
pub(super) const TWO: [isize; 4] = [-2, -1, 1, 2];

const WINDOWS: [usize; 3] = [3, 8, 20];
const WINDOW_FEATURES: usize = 4;

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let rows = document.blocks.len();
    let element = |b: usize| document.outline.element(document.blocks[b].element);
    let mut shift = |first: Near, offsets: &[isize], value: &dyn Fn(usize) -> f32| {
        shift(columns, first as usize, offsets, value);
    };
    shift(Near::WordsBefore3, &THREE, &|near| facts.measures[near].words);
    shift(Near::LinksBefore3, &THREE, &|near| facts.link_density[near]);
    shift(Near::TagBefore2, &TWO, &|near| f32::from(element(near).tag as u8));
    shift(Near::LastBefore2, &TWO, &|near| f32::from(facts.measures[near].last_class));
    shift(Near::HeadingBefore2, &TWO, &|near| f32::from(facts.heading[near]));
    let depths: Vec<f32> = (0..rows).map(|b| f32::from(element(b).depth)).collect();
    for (column, offset) in TWO.iter().enumerate() {
        columns.fill(Near::DepthBefore2 as usize + column, |b| {
            let near = b.checked_add_signed(*offset).and_then(|near| depths.get(near));
            near.map_or(NO_NEIGHBOUR, |near| near - depths[b])
        });
    }
    fill_windows(facts, rows, columns);
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
