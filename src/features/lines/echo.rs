//! Echoes: which of a unit's words the rest of the text says too.
//!
//! An article goes on naming what it is about; a teaser, a comment form or the next article under it does not. Only long
//! words count, and of each unit only the first words, so that the work is linear and small.

use super::facts::LineFacts;
use super::{GroupColumns, group};
use crate::features::facts::{over, running_sum};
use crate::features::measures::Measures;
use crate::features::words::{chars_of_word, each_word};
use crate::hash::KeyMap;
use crate::scripts::is_unspaced;

group! {
    Echo {
        Before "echo.before" "share" "Its long words that good units before it have too; -1 where it has none.",
        After "echo.after" "share" "Its long words that good units after it have too.",
        Any "echo.any" "share" "Its long words that other units have too.",
        Before3 "echo.before_3" "share" "Mean share of words said before, of the units up to three away.",
        Before8 "echo.before_8" "share" "The same, up to eight away.",
        Ahead8 "echo.ahead_8" "share" "The same, of the next eight units.",
    }
}

/// Words of a unit that are looked at.
const WORDS: usize = 32;

/// Letters of a long word; two characters of an unspaced script are one.
const LONG: u32 = 5;

/// Without long words nothing can be said.
const NOTHING: f32 = -1.0;

/// A word of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) hash: u32,
    is_long: bool,
}

/// The first words of every unit.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    ends: Vec<usize>,
}

impl Words {
    /// Measures the next unit and reads its first words, if it can be in the same pass.
    pub(super) fn measure(&mut self, text: &str) -> Measures {
        let measures = if head(text).len() == text.len() {
            Measures::with_words(text, first(|word| self.words.push(word)))
        } else {
            first_words(text, |word| self.words.push(word));
            Measures::of(text)
        };
        self.ends.push(self.words.len());
        measures
    }

    /// Takes over the first words of the next unit.
    pub(super) fn copy(&mut self, words: &[Word]) {
        self.words.extend_from_slice(words);
        self.ends.push(self.words.len());
    }

    /// The first words of one unit.
    pub(super) fn unit(&self, unit: usize) -> &[Word] {
        let start = unit.checked_sub(1).and_then(|unit| self.ends.get(unit)).copied().unwrap_or(0);
        let end = self.ends.get(unit).copied().unwrap_or(start);
        self.words.get(start..end).unwrap_or_default()
    }
}

/// Calls `word` with the first words of a text.
pub(super) fn first_words(text: &str, word: impl FnMut(Word)) {
    each_word(head(text), first(word));
}

/// Passes the first of the words that it is called with on to `word`.
fn first(mut word: impl FnMut(Word)) -> impl FnMut(u64, char, u32) {
    let mut count = 0;
    move |hash, first, length| {
        count += 1;
        if count <= WORDS {
            let is_long = if is_unspaced(first) { length == chars_of_word(first) } else { length >= LONG };
            word(Word { hash: (hash ^ (hash >> 32)) as u32, is_long });
        }
    }
}

/// Enough of a text to hold its first words, so that long lines cost no more than short ones.
fn head(text: &str) -> &str {
    const BYTES: usize = 16 * WORDS;
    let end = (BYTES..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// Where a long word stands.
#[derive(Clone, Copy)]
struct Places {
    first_good: usize,
    last_good: usize,
    first: usize,
    last: usize,
}

/// The shares of a unit's long words that good units before it have too, good units after it, and other units.
fn shares(unit: usize, words: &[Word], places: &KeyMap<u32, Places>) -> [f32; 3] {
    let (mut count, mut said) = (0_u16, [0_u16; 3]);
    for word in words.iter().filter(|word| word.is_long) {
        count += 1;
        let Some(place) = places.get(&word.hash) else { continue };
        said[0] += u16::from(place.first_good < unit);
        said[1] += u16::from(place.last_good > unit);
        said[2] += u16::from(place.first < unit || place.last > unit);
    }
    said.map(|said| if count == 0 { NOTHING } else { f32::from(said) / f32::from(count) })
}

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let rows = facts.measures.len();
    let mut places: KeyMap<u32, Places> = KeyMap::default();
    for unit in 0..rows {
        for word in facts.words.unit(unit).iter().filter(|word| word.is_long) {
            let start = Places { first_good: usize::MAX, last_good: 0, first: unit, last: unit };
            let place = places.entry(word.hash).or_insert(start);
            place.last = unit;
            if facts.good[unit] {
                place.first_good = place.first_good.min(unit);
                place.last_good = unit;
            }
        }
    }
    for unit in 0..rows {
        let shares = shares(unit, facts.words.unit(unit), &places);
        for (column, share) in [Echo::Before, Echo::After, Echo::Any].into_iter().zip(shares) {
            columns.column(column as usize)[unit] = share;
        }
    }
    let before: Vec<f32> = columns.column(Echo::Before as usize).to_vec();
    let told = running_sum(before.iter().map(|share| f32::from(u8::from(*share >= 0.0))));
    let sum = running_sum(before.iter().map(|share| share.max(0.0)));
    let mean = |start: usize, end: usize| {
        let count = over(&told, start, end);
        if count == 0.0 { NOTHING } else { over(&sum, start, end) / count }
    };
    columns.fill(Echo::Before3 as usize, |u| mean(u.saturating_sub(3), (u + 4).min(rows)));
    columns.fill(Echo::Before8 as usize, |u| mean(u.saturating_sub(8), (u + 9).min(rows)));
    columns.fill(Echo::Ahead8 as usize, |u| mean((u + 1).min(rows), (u + 9).min(rows)));
}
