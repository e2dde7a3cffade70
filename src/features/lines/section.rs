//! What the unit stands together with: its paragraph, between blank lines, and its section, between rules. Letters box
//! what is none of their text, and what is.

use std::ops::Range;

use super::facts::LineFacts;
use super::{GroupColumns, group};
use crate::features::facts::{mean_over, over, running_sum};

group! {
    Together {
        ParagraphWords "paragraph.words" "words" "Words between the blank lines or rules around it, at most 999.",
        ParagraphUnits "paragraph.units" "units" "Units between them.",
        ParagraphAddresses "paragraph.addresses" "per unit" "Addresses there.",
        ParagraphPrices "paragraph.prices" "per unit" "Amounts of money there.",
        ParagraphNamed "paragraph.named" "strength" "Mean strongest hit there.",
        ParagraphRest "paragraph.rest" "units" "Units of it that follow.",
        SectionWords "section.words" "words" "Words between the rules around it, at most 999.",
        SectionUnits "section.units" "units" "Units between them.",
        SectionAddresses "section.addresses" "per unit" "Addresses there.",
        SectionPrices "section.prices" "per unit" "Amounts of money there.",
        SectionNamed "section.named" "strength" "Mean strongest hit there.",
        SectionGood "section.good" "share" "Words in good units there.",
        SectionsBefore "section.before" "sections" "Sections before it.",
        SectionsAfter "section.after" "sections" "Sections after it.",
    }
}

const MANY: f32 = 999.0;

/// What is counted in a part of a text.
struct Sums<'f> {
    facts: &'f LineFacts,
    addresses: Vec<f32>,
    prices: Vec<f32>,
}

impl Sums<'_> {
    fn words(&self, part: &Range<usize>) -> f32 {
        over(&self.facts.word_sum, part.start, part.end)
    }

    /// Fills the five columns that paragraphs and sections have alike, from the first on.
    fn fill(&self, columns: &mut GroupColumns<'_>, first: Together, of_unit: &[Range<usize>]) {
        let first = first as usize;
        let per_unit = |sum: &[f32], part: &Range<usize>| mean_over(sum, part.start, part.end);
        columns.fill(first, |u| self.words(&of_unit[u]).min(MANY));
        columns.fill(first + 1, |u| of_unit[u].len() as f32);
        columns.fill(first + 2, |u| per_unit(&self.addresses, &of_unit[u]));
        columns.fill(first + 3, |u| per_unit(&self.prices, &of_unit[u]));
        columns.fill(first + 4, |u| per_unit(&self.facts.named_sum, &of_unit[u]));
    }

    fn good(&self, part: &Range<usize>) -> f32 {
        over(&self.facts.good_sum, part.start, part.end) / self.words(part).max(1.0)
    }
}

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let sums = Sums {
        facts,
        addresses: running_sum(facts.addresses.iter().copied()),
        prices: running_sum(facts.prices.iter().copied()),
    };
    let (of_unit, _) = parts(facts, |unit| facts.gaps[unit].blank || facts.gaps[unit].rule);
    sums.fill(columns, Together::ParagraphWords, &of_unit);
    columns.fill(Together::ParagraphRest as usize, |u| (of_unit[u].end - 1 - u) as f32);
    let (of_unit, numbers) = parts(facts, |unit| facts.gaps[unit].rule);
    let last = numbers.last().copied().unwrap_or(0.0);
    sums.fill(columns, Together::SectionWords, &of_unit);
    columns.fill(Together::SectionGood as usize, |u| sums.good(&of_unit[u]));
    columns.fill(Together::SectionsBefore as usize, |u| numbers[u]);
    columns.fill(Together::SectionsAfter as usize, |u| last - numbers[u]);
}

/// For each unit the part it stands in, and the number of that, where parts begin at these units.
fn parts(facts: &LineFacts, begins: impl Fn(usize) -> bool) -> (Vec<Range<usize>>, Vec<f32>) {
    let rows = facts.measures.len();
    let mut starts: Vec<usize> = (1..rows).filter(|unit| begins(*unit)).collect();
    starts.push(rows);
    let (mut of_unit, mut numbers) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut start = 0;
    for (number, end) in starts.into_iter().enumerate() {
        of_unit.resize(end, start..end);
        numbers.resize(end, number as f32);
        start = end;
    }
    (of_unit, numbers)
}
