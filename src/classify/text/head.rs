//! What stands over the prose of a text: its headline, who wrote it and when, and what leads to the first paragraph.

use std::ops::Range;

use super::Text;
use super::form::Form;
use crate::classify::decide::{aim, probability};
use crate::options::Mode;

/// Words of a headline in a dump, where it stands among menus; elsewhere the upper bound alone counts.
const HEADLINE_WORDS: Range<f32> = 4.0..21.0;

/// Words of one that stands right over its date.
const DATED_HEADLINE_WORDS: f32 = 2.0;

/// Words of a line with a date, the time and what buttons say beside it.
const DATE_WORDS: f32 = 14.0;

/// Words below a dated headline that make an article of it.
const LEAD_WORDS: f32 = 30.0;

/// Units over the prose among which the headline stands, where byline and buttons stand between; and from the beginning of a
/// nearly clean text.
const HEAD_UNITS: usize = 12;
const CLEAN_HEAD_UNITS: usize = 6;

/// The units over the prose that stay.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<usize>,
    /// Author and date. A letter has these in its headers.
    pub(super) bylines: Vec<usize>,
    /// What stands between the date and the prose of a dump: a list of ingredients, who was present.
    pub(super) lead: Vec<usize>,
}

impl Text<'_> {
    /// The head of what is kept.
    pub(super) fn head(&self, keep: &[bool], mode: Mode) -> Head {
        if !keep.contains(&true) {
            return self.alone();
        }
        let prose = (0..keep.len()).find(|unit| keep[*unit] && self.facts.good[*unit]);
        let over = prose.map_or(0..0, |prose| prose.saturating_sub(HEAD_UNITS)..prose);
        let dated = over.clone().rev().find(|unit| self.is_dated_headline(*unit) && !keep[*unit]);
        let Some(title) = dated.or_else(|| self.title(over.clone())) else { return Head::default() };
        let below = title + 1..over.end.max(title + 1);
        let is_byline = |unit: &usize| self.document.letter.is_none() && self.facts.is_byline(*unit);
        let bylines = below.filter(is_byline).collect();
        let lead = dated.map_or_else(Vec::new, |title| self.lead(self.below(title, prose), mode));
        Head { title: Some(title), bylines, lead }
    }

    /// The first headline over a date in a text of which nothing else is kept, with what stands below it until
    /// something is named: a poem, a list, questions and answers between what a page has above and below them.
    fn alone(&self) -> Head {
        let dated = (0..self.units.len()).filter(|unit| self.is_dated_headline(*unit));
        let lead = |title: usize| self.below(title, None).collect();
        let mut heads = dated.map(|title| Head { title: Some(title), bylines: Vec::new(), lead: lead(title) });
        let words = |head: &Head| head.lead.iter().map(|unit| self.facts.words(*unit)).sum::<f32>();
        heads.find(|head| words(head) >= LEAD_WORDS).unwrap_or_default()
    }

    /// What stands below a headline and its date: in a dump up to the `prose`, in a nearly clean text, or where there
    /// is no prose, until something is named, since a footer hardly ever begins before that.
    fn below(&self, title: usize, prose: Option<usize>) -> Range<usize> {
        let first = title + 2;
        let named = || (first..self.units.len()).find(|unit| self.is_named(*unit)).unwrap_or(self.units.len());
        let end = match (self.form, prose) {
            (Form::Dump, Some(prose)) => prose,
            (_, prose) => named().max(prose.unwrap_or(0)),
        };
        first..end
    }

    /// A headline without a date below it: in a nearly clean text the first unit, if it reads like one; in a dump the
    /// last such unit over the prose.
    fn title(&self, over: Range<usize>) -> Option<usize> {
        if self.form == Form::Dump {
            let is_long = |unit: usize| self.facts.words(unit) >= HEADLINE_WORDS.start;
            return over.rev().find(|unit| self.is_headline(*unit) && is_long(*unit));
        }
        let prose_follows = || self.facts.good.iter().skip(1).take(CLEAN_HEAD_UNITS).any(|good| *good);
        (self.is_headline(0) && prose_follows()).then_some(0)
    }

    /// Whether a unit reads like a headline and stands right over a line with a date, alone or beside buttons.
    fn is_dated_headline(&self, unit: usize) -> bool {
        let is_dated = self.facts.words(unit + 1) <= DATE_WORDS && self.facts.has_date(unit + 1);
        is_dated && self.is_headline(unit) && self.facts.words(unit) >= DATED_HEADLINE_WORDS
    }

    /// The units that may be main content and that nothing names.
    fn lead(&self, units: Range<usize>, mode: Mode) -> Vec<usize> {
        let floor = aim(self.model, mode).floor;
        units.filter(|unit| !self.is_named(*unit) && probability(self.scores[*unit]) >= floor).collect()
    }

    /// Whether a unit reads like a headline.
    fn is_headline(&self, unit: usize) -> bool {
        let Some(measures) = self.facts.measures.get(unit) else { return false };
        let short = measures.words < HEADLINE_WORDS.end && !matches!(measures.last_class, 1 | 5 | 7);
        short && !self.is_named(unit)
    }

    /// Whether a pattern hits a unit.
    pub(super) fn is_named(&self, unit: usize) -> bool {
        self.facts.hits.get(unit).is_some_and(|rules| !rules.is_empty())
    }
}
