//! What is measured once of each unit and shared by the groups of features.

use std::sync::LazyLock;

use memchr::memchr2;
use memchr::memmem::Finder;

use super::echo::Words;
use super::named::{LineTopic, Named, name};
use super::unit::{Gap, Unit};
use super::vocabulary::summary;
use crate::features::Learned;
use crate::features::amounts;
use crate::features::facts::running_sum;
use crate::features::lexicon::Summary;
use crate::features::measures::Measures;
use crate::features::wording::Sound;
use crate::hash::KeyMap;
use crate::patterns::{Hits, Patterns, mail_address};

/// Words that make a unit long enough to be prose.
const GOOD_WORDS: f32 = 10.0;

/// Words of a byline or a date.
const BYLINE_WORDS: f32 = 8.0;

/// Characters that open an item of a list.
const BULLETS: [char; 11] = ['*', '-', '•', '·', '–', '—', '►', '▸', '●', '○', '+'];

/// Everything the groups of features share: one entry a unit; sums have one more and hold what comes before.
#[derive(Debug)]
pub(crate) struct LineFacts {
    pub(crate) measures: Vec<Measures>,
    /// The rules of the pattern table that hit.
    pub(crate) hits: Vec<Vec<u16>>,
    pub(super) named: Vec<Named>,
    pub(super) gaps: Vec<Gap>,
    /// Lines of the unit.
    pub(super) lines: Vec<f32>,
    pub(super) prices: Vec<f32>,
    pub(super) dates: Vec<f32>,
    pub(super) addresses: Vec<f32>,
    /// 1 where the unit begins with a bullet or a number, 2 with a pipe or ends with one, 3 with a mark of quotation.
    pub(super) opening: Vec<f32>,
    pub(crate) good: Vec<bool>,
    /// Units with the same text.
    pub(super) copies: Vec<f32>,
    /// The first words of each unit.
    pub(super) words: Words,
    /// What the learned vocabulary says of its words.
    pub(super) vocabulary: Vec<Summary>,
    /// How each unit sounds.
    pub(super) sounds: Vec<Sound>,
    pub(super) word_sum: Vec<f32>,
    pub(super) good_sum: Vec<f32>,
    pub(super) sentence_sum: Vec<f32>,
    pub(super) title_sum: Vec<f32>,
    pub(super) ended_sum: Vec<f32>,
    pub(super) named_sum: Vec<f32>,
    pub(super) digit_sum: Vec<f32>,
}

/// What was measured before of a text that holds the units of another.
#[derive(Clone, Copy)]
pub(crate) struct Earlier<'f> {
    pub(crate) facts: &'f LineFacts,
    /// For each unit of the other text the one that has the same text, if one has.
    pub(crate) units: &'f [Option<usize>],
}

impl<'f> Earlier<'f> {
    fn of(earlier: Option<Self>, unit: usize) -> Option<(&'f LineFacts, usize)> {
        let earlier = earlier?;
        earlier.units.get(unit).copied().flatten().map(|known| (earlier.facts, known))
    }
}

impl LineFacts {
    /// Measures the units of a text; what a unit tells alone is taken over where it was measured before.
    pub(crate) fn new(
        units: &[Unit<'_>],
        patterns: &Patterns,
        learned: &Learned,
        host: Option<String>,
        earlier: Option<Earlier<'_>>,
    ) -> Self {
        let known = |unit: usize| Earlier::of(earlier, unit);
        let mut words = Words::default();
        let measure = |(number, unit): (usize, &Unit<'_>)| match known(number) {
            Some((facts, known)) => {
                words.copy(facts.words.unit(known));
                facts.measures[known]
            }
            None => words.measure(&unit.text),
        };
        let measures: Vec<Measures> = units.iter().enumerate().map(measure).collect();
        let good: Vec<bool> = measures.iter().map(is_good).collect();
        let mut buffer = Hits::on(host);
        let named = units.iter().enumerate().map(|(number, unit)| match known(number) {
            Some((facts, known)) => (facts.hits[known].clone(), facts.named[known]),
            None => name(&unit.text, patterns, &mut buffer),
        });
        let (hits, named): (_, Vec<Named>) = named.unzip();
        let counts = |of: fn(&Self) -> &[f32], count: &dyn Fn(usize, &str) -> f32| -> Vec<f32> {
            let known = |unit: usize| known(unit).map(|(facts, known)| of(facts)[known]);
            let of = |(number, unit): (usize, &Unit<'_>)| known(number).unwrap_or_else(|| count(number, &unit.text));
            units.iter().enumerate().map(of).collect()
        };
        // Without a digit there is neither price nor date.
        let amount = |unit: usize, text: &str, count: fn(&str) -> f32| {
            if measures[unit].digits > 0.0 { count(text) } else { 0.0 }
        };
        let sound = |(number, unit): (usize, &Unit<'_>)| {
            known(number).map_or_else(|| learned.wording.sound(&unit.text), |(facts, known)| facts.sounds[known])
        };
        Self {
            prices: counts(|facts| &facts.prices, &|unit, text| amount(unit, text, amounts::prices)),
            dates: counts(|facts| &facts.dates, &|unit, text| amount(unit, text, amounts::dates)),
            gaps: units.iter().map(|unit| unit.gap).collect(),
            lines: units.iter().map(|unit| unit.blocks.len() as f32).collect(),
            addresses: counts(|facts| &facts.addresses, &|_, text| addresses(text)),
            opening: counts(|facts| &facts.opening, &|_, text| opening(text)),
            copies: copies(&measures),
            vocabulary: (0..units.len()).map(|u| summary(words.unit(u), measures[u].words, &learned.lexicon)).collect(),
            sounds: units.iter().enumerate().map(sound).collect(),
            words,
            word_sum: running_sum(measures.iter().map(|m| m.words)),
            good_sum: running_sum(measures.iter().zip(&good).map(|(m, good)| if *good { m.words } else { 0.0 })),
            sentence_sum: running_sum(measures.iter().map(|m| m.sentences)),
            title_sum: running_sum(measures.iter().map(|m| m.title_case)),
            ended_sum: running_sum(measures.iter().map(|m| f32::from(u8::from(is_ended(m))))),
            named_sum: running_sum(named.iter().map(|named| f32::from(named.strongest))),
            digit_sum: running_sum(measures.iter().map(|m| m.digits / m.chars.max(1.0))),
            measures,
            hits,
            named,
            good,
        }
    }

    /// Words of each unit.
    pub(crate) fn all_words(&self) -> Vec<f32> {
        self.measures.iter().map(|measures| measures.words).collect()
    }

    /// Words of one unit.
    pub(crate) fn words(&self, unit: usize) -> f32 {
        self.measures.get(unit).map_or(0.0, |measures| measures.words)
    }

    /// Whether a unit ends like a sentence.
    pub(crate) fn is_ended(&self, unit: usize) -> bool {
        self.measures.get(unit).is_some_and(is_ended)
    }

    /// Whether a unit, where a byline may stand, is one: a short line with a date, or that a pattern names as an author's.
    pub(crate) fn is_byline(&self, unit: usize) -> bool {
        let is_short = self.words(unit) <= BYLINE_WORDS;
        is_short && (self.has_date(unit) || self.named(unit, LineTopic::Author) > 0)
    }

    pub(crate) fn has_date(&self, unit: usize) -> bool {
        self.dates.get(unit).is_some_and(|dates| *dates > 0.0)
    }

    /// The strongest hit of a topic on a unit; 0 for none.
    pub(crate) fn named(&self, unit: usize, topic: LineTopic) -> u8 {
        self.named.get(unit).map_or(0, |named| named.topics[topic as usize])
    }

    /// The share of a unit that stands in sentences which a pattern names.
    pub(crate) fn share(&self, unit: usize) -> f32 {
        self.named.get(unit).map_or(0.0, |named| named.share)
    }

    /// The same, of patterns that are not weak.
    pub(crate) fn firm_share(&self, unit: usize) -> f32 {
        self.named.get(unit).map_or(0.0, |named| named.firm_share)
    }

    /// How a unit sounds.
    pub(crate) fn sound(&self, unit: usize) -> Sound {
        self.sounds.get(unit).copied().unwrap_or_default()
    }

    /// Whether a unit begins with a bullet or a number.
    pub(crate) fn is_item(&self, unit: usize) -> bool {
        self.opening.get(unit) == Some(&ITEM)
    }

    /// The strongest hit of a unit, table debris aside; 0 for none.
    pub(crate) fn strength(&self, unit: usize) -> u8 {
        self.named.get(unit).map_or(0, |named| named.strongest)
    }
}

/// Whether a unit ends like a sentence.
pub(super) fn is_ended(measures: &Measures) -> bool {
    (1..=3).contains(&measures.last_class)
}

fn is_good(measures: &Measures) -> bool {
    measures.words >= GOOD_WORDS && (measures.sentences > 0.0 || measures.commas > 0.0)
}

/// What an address begins with that names no protocol. To make the finder takes longer than to search a line.
static WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("www."));

/// Addresses of the web and of letters.
fn addresses(text: &str) -> f32 {
    let has_sign = |word: &str| memchr2(b':', b'@', word.as_bytes()).is_some();
    let is_address =
        |word: &&str| word.starts_with("www.") || has_sign(word) && (word.contains("://") || is_mail(word));
    let bytes = text.as_bytes();
    if memchr2(b':', b'@', bytes).is_some() || WWW.find(bytes).is_some() {
        text.split(' ').filter(is_address).count() as f32
    } else {
        0.0
    }
}

fn is_mail(word: &str) -> bool {
    mail_address(word).is_some_and(|(name, _)| !name.is_empty())
}

/// The opening of an item of a list.
const ITEM: f32 = 1.0;

fn opening(text: &str) -> f32 {
    let first = text.chars().next().unwrap_or(' ');
    let number = || {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < text.len() && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    if text.starts_with('|') || text.ends_with('|') {
        2.0
    } else if first == '>' {
        3.0
    } else if BULLETS.contains(&first) || number() {
        ITEM
    } else {
        0.0
    }
}

/// How often each text occurs.
fn copies(measures: &[Measures]) -> Vec<f32> {
    let mut counts: KeyMap<u64, f32> = KeyMap::default();
    measures.iter().for_each(|measures| *counts.entry(measures.hash).or_default() += 1.0);
    measures.iter().map(|measures| counts.get(&measures.hash).copied().unwrap_or(1.0)).collect()
}
