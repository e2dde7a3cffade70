//! Topics: families of the pattern table that say the same to the classifier, and what the names of elements say in them.

use std::ops::Range;

use super::facts::over;
use super::labels::{Label, Labels};
use crate::document::{Document, Element, Family, Name, Tag};
use crate::hash::KeyMap;
use crate::patterns::{Hits, Patterns, Strength};

/// Families that share a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Newsletter,
    Cookie,
    Copyright,
    Share,
    Related,
    Comments,
    Ads,
    Navigation,
    Shop,
    Author,
    /// Any family.
    Any,
}

impl Topic {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Any as usize + 1;

    /// The topic of a family; `None` for those that only letters and plain texts have.
    pub(crate) fn of(family: Family) -> Option<Self> {
        Some(match family {
            Family::Newsletter | Family::Unsubscribe | Family::MailChrome | Family::MailingList => Self::Newsletter,
            Family::Cookie => Self::Cookie,
            Family::Copyright | Family::Legal | Family::Address => Self::Copyright,
            Family::Share => Self::Share,
            Family::Related => Self::Related,
            Family::Comments | Family::Feedback => Self::Comments,
            Family::Ads | Family::Paywall | Family::App => Self::Ads,
            Family::Navigation | Family::Login => Self::Navigation,
            Family::Shop => Self::Shop,
            Family::AuthorBio | Family::Credit => Self::Author,
            Family::Signature | Family::Quote | Family::TableDebris => return None,
        })
    }
}

/// What the class, id and test id of an element say: a set of topics.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named(u16);

impl Named {
    pub(crate) fn has(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u16) != 0
    }

    /// The topics by number.
    pub(crate) fn topics(self) -> impl Iterator<Item = usize> {
        (0..Topic::COUNT).filter(move |topic| self.0 & (1 << topic) != 0)
    }
}

/// The rules that hit each class, id and test id.
pub(crate) type RulesOfNames = KeyMap<Name, Vec<u16>>;

/// What the names of every element say, and the rules that hit each name.
pub(crate) fn named(document: &Document, labels: &Labels, patterns: &Patterns) -> (Vec<Named>, RulesOfNames) {
    let mut hits = Hits::on(document.host());
    let mut rules = |words: &str| {
        hits.clear();
        patterns.name_hits(words, &mut hits);
        hits.rules().to_vec()
    };
    let rules_of_names: RulesOfNames = labels.names().map(|(name, words)| (name, rules(words))).collect();
    let topic = |rule: &u16| {
        let rule = patterns.brief(*rule)?;
        // Articles have headers, tools and teasers of their own.
        Topic::of(rule.family).filter(|_| rule.strength > Strength::Weak)
    };
    let of_label = |label: &Label| {
        let rules = || label.iter().filter_map(|name| rules_of_names.get(name)).flatten();
        let any = rules().next().map(|_| Topic::Any);
        Named(rules().filter_map(topic).chain(any).fold(0, |set, topic| set | 1 << topic as u16))
    };
    let mut named = labels.spread(&labels.each(of_label));
    let elements = document.outline.elements.iter().zip(&mut named);
    elements.filter(|(element, _)| tells_of_page(element)).for_each(|(_, named)| *named = Named::default());
    (named, rules_of_names)
}

/// The share of the page's words in an element that holds the headline, from which it is a frame around the content;
/// and where no headline is known.
const FRAME: f32 = 0.5;
const FRAME_ALONE: f32 = 0.8;

/// Takes back what the names of frames say: `has-sidebar` and `menu-open` stand around most pages' content.
pub(crate) fn forget_frames(named: &mut [Named], document: &Document, word_sum: &[f32], headline: Option<usize>) {
    let words = |blocks: &Range<u32>| over(word_sum, blocks.start as usize, blocks.end as usize);
    let least = if headline.is_some() { FRAME } else { FRAME_ALONE } * word_sum.last().copied().unwrap_or(0.0);
    let holds = |blocks: &Range<u32>| headline.is_none_or(|headline| blocks.contains(&(headline as u32)));
    for (element, named) in document.outline.elements.iter().zip(named) {
        if holds(&element.blocks) && words(&element.blocks) >= least {
            *named = Named::default();
        }
    }
}

/// Whether the names of an element tell of the page as a whole: `sidebar-visible` at `html` makes no sidebar of what it
/// holds.
pub(crate) fn tells_of_page(element: &Element) -> bool {
    matches!(element.tag, Tag::Html | Tag::Body)
}

#[cfg(test)]
mod tests {
    use super::{Topic, forget_frames, named};
    use crate::Limits;
    use crate::document::Tag;
    use crate::features::labels::Labels;
    use crate::patterns::Patterns;
    use crate::segment::html::segment;

    #[test]
    fn names_tell_of_what_they_stand_at_but_for_those_of_the_page() {
        let page = "<html class=sidebar-visible><body class=sidebar-visible><aside class=sidebar-visible>A</aside><p>B";
        let document = segment(page, Limits::default(), &[]);
        let (named, _) = named(&document, &Labels::of(&document.outline), Patterns::builtin());
        let elements = document.outline.elements.iter().zip(&named);
        let told: Vec<Tag> = elements.filter(|(_, named)| named.has(Topic::Navigation)).map(|(e, _)| e.tag).collect();
        assert_eq!(told, [Tag::Aside]);
    }

    #[test]
    fn names_of_a_frame_around_the_content_are_forgotten() {
        let page = "<div class=has-sidebar><h1>T</h1><p>One two three.</p></div><div class=sidebar><p>Four five</div>";
        let document = segment(page, Limits::default(), &[]);
        let told = |headline: Option<usize>, sum: [f32; 4]| {
            let (mut named, _) = named(&document, &Labels::of(&document.outline), Patterns::builtin());
            forget_frames(&mut named, &document, &sum, headline);
            named.iter().filter(|named| named.has(Topic::Navigation)).count()
        };
        assert_eq!([told(Some(0), [0.0, 1.0, 4.0, 6.0]), told(Some(0), [0.0, 1.0, 4.0, 9.0])], [1, 2]);
        assert_eq!([told(None, [0.0, 1.0, 4.0, 6.0]), told(None, [0.0, 1.0, 4.0, 4.5])], [2, 1]);
    }
}
