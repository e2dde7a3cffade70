//! Shapes that patterns name in every language alike, where the model has seen too few to be sure.
//!
//! The model learned from pages, mostly English; the pattern table speaks more languages and knows what list managers,
//! devices and lawyers write under letters. So a short line at the tail that is named firmly as such counts against itself
//! beyond what the model says, as does the disclaimer of a letter, and the complete lines of list managers decide. Before
//! the end of the prose none of it counts.

use super::super::weight;
use crate::document::Family;
use crate::features::lines::{FIRM, LineFacts, LineTopic, STRONG};
use crate::patterns::Patterns;

/// Words of a prompt or a reason for sending, of a line that software wrote, and of a disclaimer.
const PROMPT_WORDS: f32 = 25.0;
const MACHINE_WORDS: f32 = 60.0;
const DISCLAIMER_WORDS: f32 = 150.0;

/// What they take off, in log-odds.
const PROMPT: f32 = 4.0;
const MACHINE: f32 = 12.0;

/// What lines of a letter speak of that others hardly do: who signs and quotes, and how it was sent.
const LETTERS: [LineTopic; 3] = [LineTopic::Signature, LineTopic::Quote, LineTopic::Letter];

/// What the rules of a disclaimer weigh that is one for sure.
const DISCLAIMER: usize = 2;

/// What the shapes at the tail take off each unit's score, in log-odds; 0 for all others.
pub(super) fn weights(facts: &LineFacts, patterns: &Patterns) -> Vec<f32> {
    let count = facts.measures.len();
    let prose = |unit: usize| facts.good[unit] && facts.strength(unit) < FIRM;
    let tail = (0..count).rev().take_while(|unit| !prose(*unit)).last().unwrap_or(count);
    // An article may speak of disclaimers, and end with what one says.
    let is_letter = (0..count).any(|unit| LETTERS.iter().any(|topic| facts.named(unit, *topic) > 0));
    let weight = |unit: usize| weight_of(unit, is_letter, facts, patterns);
    (0..count).map(|unit| if tail > 0 && unit >= tail { weight(unit) } else { 0.0 }).collect()
}

fn weight_of(unit: usize, is_letter: bool, facts: &LineFacts, patterns: &Patterns) -> f32 {
    let words = facts.words(unit);
    let prompts = [LineTopic::Letter, LineTopic::Newsletter, LineTopic::Signature];
    let is_prompt = || prompts.iter().any(|topic| facts.named(unit, *topic) >= FIRM);
    let is_disclaimer = || is_letter && weight(&facts.hits[unit], Family::Legal, patterns) >= DISCLAIMER;
    if words <= MACHINE_WORDS && facts.named(unit, LineTopic::Letter) >= STRONG {
        MACHINE
    } else if words <= PROMPT_WORDS && is_prompt() || words <= DISCLAIMER_WORDS && is_disclaimer() {
        PROMPT
    } else {
        0.0
    }
}
