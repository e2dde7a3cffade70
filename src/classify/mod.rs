//! Features and hits to a verdict for every block.
//!
//! Input: a [`Document`]. Output: one [`Verdict`] a block. Pages and plain texts have a learned model each ([`html`],
//! [`text`]), letters are judged by who speaks ([`mail`]); what follows the score is shared ([`decide`]). Nothing here
//! changes the document.

mod blend;
mod citations;
mod container;
mod decide;
mod gaps;
mod html;
mod items;
mod mail;
mod prompts;
mod reasons;
mod rows;
mod sites;
mod text;
mod wishes;

pub use html::Classifier;
pub use text::TextClassifier;

use std::borrow::Cow;

use crate::document::{Class, Document, Evidence, Family, Kind, Limit, Verdict};
use crate::features::Feature;
use crate::options::{Headline, Options};
use crate::patterns::{Patterns, Strength};

/// What was decided about a document.
#[derive(Debug)]
pub struct Judgement {
    /// One verdict a block.
    pub(crate) verdicts: Vec<Verdict>,
    /// An estimate of the F1 of what is kept, 0..1; `None` where nothing was measured that could calibrate one.
    pub(crate) confidence: Option<f32>,
}

/// Judges every block of a document, by these classifiers or else by the shipped ones.
#[must_use]
pub fn classify(
    document: &Document,
    options: &Options,
    pages: Option<&Classifier>,
    texts: Option<&TextClassifier>,
) -> Judgement {
    let pages = || pages.unwrap_or_else(|| Classifier::shipped());
    let texts = || texts.unwrap_or_else(|| TextClassifier::shipped());
    let alone = |verdicts| Judgement { verdicts, confidence: None };
    match &document.letter {
        Some(letter) => alone(mail::classify(document, letter, options, &|rest| match rest.kind {
            Kind::Html => html::judge(rest, options, pages()).judgement.verdicts,
            Kind::Text | Kind::Mail => text::classify(rest, &options.clone().of_all_families(), texts()),
        })),
        // Nothing is known of a page that was not read.
        None if document.limit == Some(Limit::Bytes) => alone(Vec::new()),
        None if document.kind == Kind::Html => html::classify(document, options, pages()),
        None => alone(text::classify(document, options, texts())),
    }
}

/// Features that a reason names.
const NAMED_FEATURES: usize = 5;

/// The features that weighed most, from what each of a table added to a score.
fn strongest_evidence(parts: &[f32], table: &[Feature], value: impl Fn(usize) -> f32) -> Vec<Evidence> {
    let mut order: Vec<usize> = (0..parts.len()).filter(|feature| parts[*feature] != 0.0).collect();
    order.sort_by(|a, b| parts[*b].abs().total_cmp(&parts[*a].abs()));
    let evidence =
        |feature: usize| Evidence { feature: table[feature].name, value: value(feature), weight: parts[feature] };
    order.into_iter().take(NAMED_FEATURES).map(evidence).collect()
}

/// Whether a block stays, given what the caller wants of the headline.
fn with_headline(keep: bool, class: Class, wanted: Option<Headline>) -> bool {
    match wanted.filter(|_| class == Class::Title) {
        Some(Headline::Keep) => true,
        Some(Headline::Drop) => false,
        None => keep,
    }
}

/// The ids of rules.
fn rule_ids(rules: &[u16], patterns: &Patterns) -> Vec<Cow<'static, str>> {
    rules.iter().filter_map(|rule| patterns.id(*rule)).collect()
}

/// The family of the strongest of some rules; the first of equals.
fn family(rules: &[u16], patterns: &Patterns) -> Option<Family> {
    let mut best: Option<(Strength, Family)> = None;
    for rule in patterns.briefs(rules) {
        if best.is_none_or(|(strength, _)| rule.strength > strength) {
            best = Some((rule.strength, rule.family));
        }
    }
    best.map(|(_, family)| family)
}

/// What the rules of one family weigh together: two for a sure one, one for a firm one. Two firm ones say as much as a
/// sure one.
fn weight(rules: &[u16], family: Family, patterns: &Patterns) -> usize {
    let weight = |strength| match strength {
        Strength::Strong => 2,
        Strength::Firm => 1,
        Strength::Weak => 0,
    };
    patterns.briefs(rules).filter(|rule| rule.family == family).map(|rule| weight(rule.strength)).sum()
}
