//! Who signs a nearly clean text: the lines under a letter's closing.
//!
//! To the model, which learned from pages, a name and a title under the prose look like the box of a portal. Under a
//! closing, in its paragraph, they are the author's own, and stand as the prose does.

use crate::features::lines::{FIRM, LineFacts, LineTopic, Unit};
use crate::patterns::Patterns;

/// The least score of a closing and of what is signed with it.
const SIGNED: f32 = 1.0;

/// Lines of a signature, and words of each.
const LINES: usize = 5;
const WORDS: f32 = 10.0;

/// Words of a closing.
const CLOSING_WORDS: f32 = 6.0;

/// Lines of a signature that a gap parts from its closing, of which no pattern may name any.
const PARTED_LINES: usize = 3;

/// Raises the scores of closings after prose and of the lines that follow them.
pub(super) fn protect(units: &[Unit<'_>], facts: &LineFacts, patterns: &Patterns, scores: &mut [f32]) {
    let Some(first_prose) = facts.good.iter().position(|good| *good) else { return };
    for closing in (first_prose + 1..units.len()).filter(|unit| is_closing(*unit, facts, patterns)) {
        let parted = |gap| gap != Default::default();
        let (most, strength) = match units.get(closing + 1) {
            Some(first) if parted(first.gap) => (PARTED_LINES, 1),
            _ => (LINES, FIRM),
        };
        let signs = |unit: &usize| {
            let goes_on = *unit == closing + 1 || !parted(units[*unit].gap);
            goes_on && facts.words(*unit) <= WORDS && facts.strength(*unit) < strength
        };
        let names = (closing + 1..units.len()).take(most).take_while(signs).count();
        let followed = units.get(closing + names + 1).is_some_and(|next| !parted(next.gap));
        if names > 0 && !followed {
            scores[closing..=closing + names].iter_mut().for_each(|score| *score = score.max(SIGNED));
        }
    }
}

fn is_closing(unit: usize, facts: &LineFacts, patterns: &Patterns) -> bool {
    facts.named(unit, LineTopic::Signature) > 0
        && facts.words(unit) <= CLOSING_WORDS
        && patterns.briefs(&facts.hits[unit]).any(|rule| rule.is_closing)
}
