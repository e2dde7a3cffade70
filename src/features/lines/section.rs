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

/// Running sums of what is counted in a part of a text.
struct Sums<'f> {
    facts: &'f LineFacts,
    addresses: Vec<f32>,
    prices: Vec<f32>,
}

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let sums = Sums {
        facts,
        addresses: running_sum(facts.addresses.iter().copied()),
        prices: running_sum(facts.prices.iter().copied()),
    };
    for part in parts(facts, |unit| facts.gaps[unit].blank || facts.gaps[unit].rule) {
        sums.fill(columns, Together::ParagraphWords, part.clone());
        let rest = columns.column(Together::ParagraphRest as usize);
        part.clone().for_each(|unit| rest[unit] = (part.end - 1 - unit) as f32);
    }
    let sections = parts(facts, |unit| facts.gaps[unit].rule);
    for (number, part) in sections.iter().enumerate() {
        sums.fill(columns, Together::SectionWords, part.clone());
        let good = over(&facts.good_sum, part.start, part.end) / over(&facts.word_sum, part.start, part.end).max(1.0);
        columns.column(Together::SectionGood as usize)[part.clone()].fill(good);
        columns.column(Together::SectionsBefore as usize)[part.clone()].fill(number as f32);
        columns.column(Together::SectionsAfter as usize)[part.clone()].fill((sections.len() - 1 - number) as f32);
    }
}

impl Sums<'_> {
    /// Fills five columns of a part from this one on.
    fn fill(&self, columns: &mut GroupColumns<'_>, first: Together, part: Range<usize>) {
        let per_unit = |sum: &[f32]| mean_over(sum, part.start, part.end);
        let values = [
            over(&self.facts.word_sum, part.start, part.end).min(MANY),
            part.len() as f32,
            per_unit(&self.addresses),
            per_unit(&self.prices),
            per_unit(&self.facts.named_sum),
        ];
        for (number, value) in values.into_iter().enumerate() {
            columns.column(first as usize + number)[part.clone()].fill(value);
        }
    }
}

/// The parts that begin at these units.
fn parts(facts: &LineFacts, begins: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let rows = facts.measures.len();
    let mut starts: Vec<usize> = (1..rows).filter(|unit| begins(*unit)).collect();
    starts.push(rows);
    let mut start = 0;
    let parts = starts.into_iter().map(|end| std::mem::replace(&mut start, end)..end);
    parts.filter(|part| !part.is_empty()).collect()
}
