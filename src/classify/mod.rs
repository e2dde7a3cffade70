//! Features and hits to a verdict for every block.
//!
//! Input: a [`Document`]. Output: one [`Verdict`] a block. HTML is scored by the learned model ([`html`]), plain text by
//! patterns and neighbours ([`text`]); what follows the score is shared ([`decide`]). Nothing here changes the document.

mod blend;
mod decide;
mod html;
mod text;

pub use html::Classifier;

use std::borrow::Cow;

use crate::document::{Class, Document, Family, Kind, Verdict};
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

/// Judges every block of a document, pages by this classifier or else by the shipped one.
#[must_use]
pub fn classify(document: &Document, options: &Options, classifier: Option<&Classifier>) -> Judgement {
    match document.kind {
        Kind::Html => html::classify(document, options, classifier.unwrap_or_else(|| Classifier::shipped())),
        Kind::Text => Judgement { verdicts: text::classify(document, options), confidence: None },
    }
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
fn rule_ids(rules: &[u16], patterns: &'static Patterns) -> Vec<Cow<'static, str>> {
    let id = |rule: &u16| patterns.rules().get(usize::from(*rule)).map(|rule| Cow::Borrowed(rule.id));
    rules.iter().filter_map(id).collect()
}

/// The family of the strongest of some rules; the first of equals.
fn family(rules: &[u16], patterns: &Patterns) -> Option<Family> {
    let mut best: Option<(Strength, Family)> = None;
    for rule in rules.iter().filter_map(|rule| patterns.rules().get(usize::from(*rule))) {
        if best.is_none_or(|(strength, _)| rule.strength > strength) {
            best = Some((rule.strength, rule.family));
        }
    }
    best.map(|(_, family)| family)
}
