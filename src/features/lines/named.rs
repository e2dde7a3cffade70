//! What the pattern table says of a unit: by topic, and how much of it is named.
//!
//! A footer's lines are often joined in one paragraph, where patterns of whole lines hit nothing; and a paragraph that
//! cites a footer looks like one by its hits alone. So each sentence is held against the table as a line of its own.

use crate::document::Family;
use crate::features::sentences::sentences;
use crate::patterns::{Hits, Patterns, Strength};

/// Strengths as numbers; 0 is no hit. From the second on a hit is firm.
const WEAK: u8 = 1;
pub(crate) const FIRM: u8 = 2;
pub(crate) const STRONG: u8 = 3;

/// Families that share a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineTopic {
    Newsletter,
    Letter,
    Signature,
    Quote,
    Legal,
    Copyright,
    Credit,
    Cookie,
    Share,
    Related,
    Navigation,
    Ads,
    Author,
    Comments,
    Shop,
    Debris,
}

impl LineTopic {
    pub(crate) const COUNT: usize = Self::Debris as usize + 1;

    fn of(family: Family) -> Self {
        match family {
            Family::Newsletter => Self::Newsletter,
            Family::Unsubscribe | Family::MailChrome | Family::MailingList => Self::Letter,
            Family::Signature => Self::Signature,
            Family::Quote => Self::Quote,
            Family::Legal | Family::Address => Self::Legal,
            Family::Copyright => Self::Copyright,
            Family::Credit => Self::Credit,
            Family::Cookie => Self::Cookie,
            Family::Share => Self::Share,
            Family::Related => Self::Related,
            Family::Navigation | Family::Login => Self::Navigation,
            Family::Ads | Family::Paywall | Family::App => Self::Ads,
            Family::AuthorBio => Self::Author,
            Family::Comments | Family::Feedback => Self::Comments,
            Family::Shop => Self::Shop,
            Family::TableDebris => Self::Debris,
        }
    }
}

/// What the pattern table says of a unit: the strongest hit of each topic (0 none, 1 weak, 2 firm, 3 strong).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Named {
    pub(super) topics: [u8; LineTopic::COUNT],
    /// The strongest hit of all, table debris aside.
    pub(super) strongest: u8,
    /// The share of its bytes that stand in sentences which a pattern names.
    pub(super) share: f32,
    /// The same, of patterns that are not weak.
    pub(super) firm_share: f32,
}

/// The rules that hit in a text, and what they say of it.
pub(super) fn name(text: &str, patterns: &Patterns, hits: &mut Hits) -> (Vec<u16>, Named) {
    hits.clear();
    patterns.text_hits(text, hits);
    let rules = hits.rules().to_vec();
    let mut named = of_rules(&rules, patterns);
    let mut parts = sentences(text).peekable();
    let first = parts.next().unwrap_or_default();
    if parts.peek().is_none() {
        (named.share, named.firm_share) = shares(named.strongest);
        return (rules, named);
    }
    let mut length = 0;
    for part in std::iter::once(first).chain(parts) {
        length += part.len();
        hits.clear();
        patterns.part_hits(part, hits);
        let (share, firm_share) = shares(of_rules(hits.rules(), patterns).strongest);
        named.share += share * part.len() as f32;
        named.firm_share += firm_share * part.len() as f32;
    }
    named.share /= length as f32;
    named.firm_share /= length as f32;
    (rules, named)
}

/// The share of a text that stands in sentences which a pattern names that is not weak.
pub(crate) fn named_firmly(text: &str, patterns: &Patterns, hits: &mut Hits) -> f32 {
    name(text, patterns, hits).1.firm_share
}

/// How much of a sentence is named, and how much firmly, by its strongest hit.
fn shares(strongest: u8) -> (f32, f32) {
    (f32::from(u8::from(strongest >= WEAK)), f32::from(u8::from(strongest >= FIRM)))
}

fn of_rules(rules: &[u16], patterns: &Patterns) -> Named {
    let mut named = Named::default();
    for rule in patterns.briefs(rules) {
        let strength = match rule.strength {
            Strength::Weak => WEAK,
            Strength::Firm => FIRM,
            Strength::Strong => STRONG,
        };
        let topic = LineTopic::of(rule.family);
        let known = &mut named.topics[topic as usize];
        *known = strength.max(*known);
        if topic != LineTopic::Debris {
            named.strongest = named.strongest.max(strength);
        }
    }
    named
}
