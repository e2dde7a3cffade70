//! How the unit sounds, and what stands around it: like what sites say around their articles, or like prose.

use super::facts::LineFacts;
use super::{GroupColumns, group};
use crate::features::facts::{mean_over, running_sum};

group! {
    Voice {
        Whole "wording.whole" "margin" "How much the unit sounds like a prompt; below 0 like prose.",
        Most "wording.most" "margin" "The same of its sentence that sounds most like one.",
        Least "wording.least" "margin" "The same of its sentence that sounds least like one.",
        Before1 "wording.before_1" "margin" "The same of the unit before; 0 beyond the ends.",
        After1 "wording.after_1" "margin" "The same of the unit after.",
        Before3 "wording.before_3" "margin" "Mean of the three units before.",
        After3 "wording.after_3" "margin" "Mean of the three units after.",
        Mean8 "wording.mean_8" "margin" "Mean of the units up to eight away.",
        Rest "wording.rest" "margin" "Mean of the unit and all after it.",
    }
}

const NEAR: usize = 3;
const FAR: usize = 8;

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let sounds = &facts.sounds;
    let whole = |unit: Option<usize>| unit.and_then(|unit| sounds.get(unit)).map_or(0.0, |sound| sound.whole);
    let sum = running_sum(sounds.iter().map(|sound| sound.whole));
    let mean = |start: usize, end: usize| mean_over(&sum, start, end.min(sounds.len()));
    columns.fill(Voice::Whole as usize, |unit| sounds[unit].whole);
    columns.fill(Voice::Most as usize, |unit| sounds[unit].most);
    columns.fill(Voice::Least as usize, |unit| sounds[unit].least);
    columns.fill(Voice::Before1 as usize, |unit| whole(unit.checked_sub(1)));
    columns.fill(Voice::After1 as usize, |unit| whole(Some(unit + 1)));
    columns.fill(Voice::Before3 as usize, |unit| mean(unit.saturating_sub(NEAR), unit));
    columns.fill(Voice::After3 as usize, |unit| mean(unit + 1, unit + 1 + NEAR));
    columns.fill(Voice::Mean8 as usize, |unit| mean(unit.saturating_sub(FAR), unit + FAR + 1));
    columns.fill(Voice::Rest as usize, |unit| mean(unit, sounds.len()));
}
