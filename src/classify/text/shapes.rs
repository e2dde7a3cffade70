//! Shapes that patterns name in every language alike, where the model has seen too few to be sure.
//!
//! The model learned from pages, mostly English; the pattern table speaks more languages and knows what list managers
//! write. So a short line at the tail that is named firmly as a letter's or a newsletter's footer counts against itself
//! beyond what the model says, and the complete lines of list managers decide. Before the end of the prose none of it counts.

use crate::features::lines::{LineFacts, LineTopic};

/// Words of a prompt or a reason for sending, and of a line that software wrote.
const PROMPT_WORDS: f32 = 25.0;
const MACHINE_WORDS: f32 = 60.0;

/// What they take off, in log-odds.
const PROMPT: f32 = 4.0;
const MACHINE: f32 = 12.0;

const FIRM: u8 = 2;
const STRONG: u8 = 3;

/// Takes off what the shapes at the tail are worth.
pub(super) fn weigh(facts: &LineFacts, scores: &mut [f32]) {
    let prose = |unit: usize| facts.good[unit] && facts.strength(unit) < FIRM;
    let tail = (0..scores.len()).rev().take_while(|unit| !prose(*unit)).last().unwrap_or(scores.len());
    if tail == 0 {
        return;
    }
    for (unit, score) in scores.iter_mut().enumerate().skip(tail) {
        let letter = facts.named(unit, LineTopic::Letter);
        let named = letter.max(facts.named(unit, LineTopic::Newsletter));
        if letter >= STRONG && facts.words(unit) <= MACHINE_WORDS {
            *score -= MACHINE;
        } else if named >= FIRM && facts.words(unit) <= PROMPT_WORDS {
            *score -= PROMPT;
        }
    }
}
