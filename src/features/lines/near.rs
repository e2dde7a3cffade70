//! What stands around the unit.

use super::facts::LineFacts;
use super::{GroupColumns, group};
use crate::features::facts::over;
use crate::features::neighbours::{ONE, shift};
use crate::features::position::FAR;

group! {
    Near {
        WordsBefore3 "near.words_before_3" "words" "Words three units before; -1 beyond the ends, as for all neighbours.",
        WordsBefore2 "near.words_before_2" "words" "Words two units before.",
        WordsBefore1 "near.words_before_1" "words" "Words one unit before.",
        WordsAfter1 "near.words_after_1" "words" "Words one unit after.",
        WordsAfter2 "near.words_after_2" "words" "Words two units after.",
        WordsAfter3 "near.words_after_3" "words" "Words three units after.",
        LastBefore2 "near.last_before_2" "class" "Last character two units before.",
        LastBefore1 "near.last_before_1" "class" "Last character one unit before.",
        LastAfter1 "near.last_after_1" "class" "Last character one unit after.",
        LastAfter2 "near.last_after_2" "class" "Last character two units after.",
        FirstBefore1 "near.first_before_1" "class" "First character one unit before.",
        FirstAfter1 "near.first_after_1" "class" "First character one unit after.",
        TitleBefore2 "near.title_before_2" "share" "Words with a capital two units before.",
        TitleBefore1 "near.title_before_1" "share" "Words with a capital one unit before.",
        TitleAfter1 "near.title_after_1" "share" "Words with a capital one unit after.",
        TitleAfter2 "near.title_after_2" "share" "Words with a capital two units after.",
        NamedBefore2 "near.named_before_2" "strength" "Strongest pattern hit two units before.",
        NamedBefore1 "near.named_before_1" "strength" "Strongest pattern hit one unit before.",
        NamedAfter1 "near.named_after_1" "strength" "Strongest pattern hit one unit after.",
        NamedAfter2 "near.named_after_2" "strength" "Strongest pattern hit two units after.",
        BlankBefore "near.blank_before" "flag" "A blank line stands before it.",
        BlankAfter "near.blank_after" "flag" "A blank line stands after it.",
        RuleBefore "near.rule_before" "flag" "A rule stands before it.",
        RuleAfter "near.rule_after" "flag" "A rule stands after it.",
        DebrisBefore "near.debris_before" "flag" "Pipes or ornaments stand before it.",
        DebrisAfter "near.debris_after" "flag" "Pipes or ornaments stand after it.",
        ShortRun "near.short_run" "units" "Units of fewer than six words in a row around it, at most 99.",
        Words3 "window3.words" "words" "Mean words of the units up to three away.",
        Good3 "window3.good" "share" "Words in good units among those up to three away.",
        Sentences3 "window3.sentences" "per word" "Ends of sentences a word there.",
        Ended3 "window3.ended" "share" "Units that end like sentences there.",
        Title3 "window3.title" "share" "Words with a capital there.",
        Named3 "window3.named" "strength" "Mean strongest hit there.",
        Digits3 "window3.digits" "share" "Mean share of digits there.",
        Before3 "window3.good_before" "share" "Words in good units among the three before.",
        After3 "window3.good_after" "share" "Words in good units among the three after.",
        Words8 "window8.words" "words" "The same, up to eight away.",
        Good8 "window8.good" "share" "Words in good units.",
        Sentences8 "window8.sentences" "per word" "Ends of sentences a word.",
        Ended8 "window8.ended" "share" "Units that end like sentences.",
        Title8 "window8.title" "share" "Words with a capital.",
        Named8 "window8.named" "strength" "Mean strongest hit.",
        Digits8 "window8.digits" "share" "Mean share of digits.",
        Before8 "window8.good_before" "share" "Words in good units before.",
        After8 "window8.good_after" "share" "Words in good units after.",
        Words20 "window20.words" "words" "The same, up to twenty away.",
        Good20 "window20.good" "share" "Words in good units.",
        Sentences20 "window20.sentences" "per word" "Ends of sentences a word.",
        Ended20 "window20.ended" "share" "Units that end like sentences.",
        Title20 "window20.title" "share" "Words with a capital.",
        Named20 "window20.named" "strength" "Mean strongest hit.",
        Digits20 "window20.digits" "share" "Mean share of digits.",
        Before20 "window20.good_before" "share" "Words in good units before.",
        After20 "window20.good_after" "share" "Words in good units after.",
        Words50 "window50.words" "words" "The same, up to fifty away.",
        Good50 "window50.good" "share" "Words in good units.",
        Sentences50 "window50.sentences" "per word" "Ends of sentences a word.",
        Ended50 "window50.ended" "share" "Units that end like sentences.",
        Title50 "window50.title" "share" "Words with a capital.",
        Named50 "window50.named" "strength" "Mean strongest hit.",
        Digits50 "window50.digits" "share" "Mean share of digits.",
        Before50 "window50.good_before" "share" "Words in good units before.",
        After50 "window50.good_after" "share" "Words in good units after.",
    }
}

/// Rows that are looked at before and after.
const THREE: [isize; 6] = [-3, -2, -1, 1, 2, 3];
const TWO: [isize; 4] = [-2, -1, 1, 2];
const WINDOWS: [usize; 4] = [3, 8, 20, 50];
const WINDOW_FEATURES: usize = 9;

/// Words of a unit that may be an entry of a menu.
pub(super) const SHORT_WORDS: f32 = 6.0;

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let m = &facts.measures;
    let mut shift = |first: Near, offsets: &[isize], value: &dyn Fn(usize) -> f32| {
        shift(columns, first as usize, offsets, value);
    };
    shift(Near::WordsBefore3, &THREE, &|u| m[u].words);
    shift(Near::LastBefore2, &TWO, &|u| f32::from(m[u].last_class));
    shift(Near::FirstBefore1, &ONE, &|u| f32::from(m[u].first_class));
    shift(Near::TitleBefore2, &TWO, &|u| m[u].title_case / m[u].words.max(1.0));
    shift(Near::NamedBefore2, &TWO, &|u| f32::from(facts.named[u].strongest));
    fill_gaps(facts, columns);
    fill_windows(facts, columns);
}

fn fill_gaps(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let flag = |flag: bool| f32::from(u8::from(flag));
    let after = |u: usize| facts.gaps.get(u + 1).copied().unwrap_or_default();
    columns.fill(Near::BlankBefore as usize, |u| flag(facts.gaps[u].blank));
    columns.fill(Near::BlankAfter as usize, |u| flag(after(u).blank));
    columns.fill(Near::RuleBefore as usize, |u| flag(facts.gaps[u].rule));
    columns.fill(Near::RuleAfter as usize, |u| flag(after(u).rule));
    columns.fill(Near::DebrisBefore as usize, |u| flag(facts.gaps[u].debris));
    columns.fill(Near::DebrisAfter as usize, |u| flag(after(u).debris));
    let runs = columns.column(Near::ShortRun as usize);
    let mut start = 0;
    for run in facts.measures.chunk_by(|a, b| (a.words < SHORT_WORDS) == (b.words < SHORT_WORDS)) {
        let length = if run[0].words < SHORT_WORDS { (run.len() as f32).min(FAR) } else { 0.0 };
        runs[start..start + run.len()].fill(length);
        start += run.len();
    }
}

fn fill_windows(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let rows = facts.measures.len();
    let share = |part: &[f32], whole: &[f32], start: usize, end: usize| {
        over(part, start, end) / over(whole, start, end).max(1.0)
    };
    for (window, reach) in WINDOWS.iter().enumerate() {
        let first = Near::Words3 as usize + window * WINDOW_FEATURES;
        let start = |u: usize| u.saturating_sub(*reach);
        let end = |u: usize| (u + reach + 1).min(rows);
        let mean = |sum: &[f32], u: usize| over(sum, start(u), end(u)) / (end(u) - start(u)) as f32;
        let words = &facts.word_sum;
        columns.fill(first, |u| mean(words, u));
        columns.fill(first + 1, |u| share(&facts.good_sum, words, start(u), end(u)));
        columns.fill(first + 2, |u| share(&facts.sentence_sum, words, start(u), end(u)));
        columns.fill(first + 3, |u| mean(&facts.ended_sum, u));
        columns.fill(first + 4, |u| share(&facts.title_sum, words, start(u), end(u)));
        columns.fill(first + 5, |u| mean(&facts.named_sum, u));
        columns.fill(first + 6, |u| mean(&facts.digit_sum, u));
        columns.fill(first + 7, |u| share(&facts.good_sum, words, start(u), u));
        columns.fill(first + 8, |u| share(&facts.good_sum, words, u + 1, end(u)));
    }
}
