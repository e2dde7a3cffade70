//! What the block's own text, and the class and id names around it, say in the words of the pattern table.

use super::facts::Facts;
use super::tags::distances;
use super::{GroupColumns, group};
use crate::document::{Document, Element, Family, Outline};
use crate::patterns::{Hits, Patterns};

group! {
    Names {
        TextNewsletter "hit.newsletter" "count" "Patterns of the newsletter and unsubscribe families in the text.",
        TextCookie "hit.cookie" "count" "Patterns of the cookie family in the text.",
        TextCopyright "hit.copyright" "count" "Patterns of the copyright and legal families in the text.",
        TextShare "hit.share" "count" "Patterns of the share family in the text.",
        TextRelated "hit.related" "count" "Patterns of the related family in the text.",
        TextComments "hit.comments" "count" "Patterns of the comments and feedback families in the text.",
        TextAds "hit.ads" "count" "Patterns of the ads, paywall and app families in the text.",
        TextNavigation "hit.navigation" "count" "Patterns of the navigation and login families in the text.",
        TextShop "hit.shop" "count" "Patterns of the shop family in the text.",
        TextAuthor "hit.author" "count" "Patterns of the author and credit families in the text.",
        TextAny "hit.any" "count" "Patterns of any family in the text.",
        NameNewsletter "name.newsletter" "levels" "Levels up to a class, id or test id of the newsletter family; 40 where there is none, as for all names.",
        NameCookie "name.cookie" "levels" "Levels up to a name of the cookie family.",
        NameCopyright "name.copyright" "levels" "Levels up to a name of the copyright and legal families.",
        NameShare "name.share" "levels" "Levels up to a name of the share family.",
        NameRelated "name.related" "levels" "Levels up to a name of the related family.",
        NameComments "name.comments" "levels" "Levels up to a name of the comments and feedback families.",
        NameAds "name.ads" "levels" "Levels up to a name of the ads, paywall and app families.",
        NameNavigation "name.navigation" "levels" "Levels up to a name of the navigation and login families.",
        NameShop "name.shop" "levels" "Levels up to a name of the shop family.",
        NameAuthor "name.author" "levels" "Levels up to a name of the author family.",
        NameAny "name.any" "levels" "Levels up to a name of any family.",
    }
}

/// Text features come first, the names in the same order after them.
const FIRST_NAME: usize = Names::NameNewsletter as usize;
const GROUPS: usize = FIRST_NAME;

/// Families that say the same to the classifier share a column.
fn column(family: Family) -> Option<Names> {
    Some(match family {
        Family::Newsletter | Family::Unsubscribe | Family::MailChrome | Family::MailingList => Names::TextNewsletter,
        Family::Cookie => Names::TextCookie,
        Family::Copyright | Family::Legal | Family::Address => Names::TextCopyright,
        Family::Share => Names::TextShare,
        Family::Related => Names::TextRelated,
        Family::Comments | Family::Feedback => Names::TextComments,
        Family::Ads | Family::Paywall | Family::App => Names::TextAds,
        Family::Navigation | Family::Login => Names::TextNavigation,
        Family::Shop => Names::TextShop,
        Family::AuthorBio | Family::Credit => Names::TextAuthor,
        Family::Signature | Family::Quote | Family::TableDebris => return None,
    })
}

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    for block in 0..document.blocks.len() {
        for group in facts.families(block).filter_map(column) {
            columns.column(group as usize)[block] += 1.0;
        }
    }
    columns.fill(Names::TextAny as usize, |b| facts.hits[b].len() as f32);

    let table = distances(&document.outline, GROUPS, |id, _, set| facts.named[id].groups().for_each(set));
    for group in 0..GROUPS {
        columns.fill(FIRST_NAME + group, |b| f32::from(table[document.blocks[b].element as usize * GROUPS + group]));
    }
}

/// What the class, id and test id of an element say: a set of groups.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named(u16);

impl Named {
    pub(super) const COMMENTS: usize = Names::TextComments as usize;
    pub(super) const RELATED: usize = Names::TextRelated as usize;

    pub(super) fn has(self, group: usize) -> bool {
        self.0 & (1 << group) != 0
    }

    fn groups(self) -> impl Iterator<Item = usize> {
        (0..GROUPS).filter(move |group| self.has(*group))
    }
}

/// What the names of every element say.
pub(super) fn named(outline: &Outline, patterns: &Patterns) -> Vec<Named> {
    let mut hits = Hits::default();
    let mut of_element = |element: &Element| {
        hits.clear();
        for name in [element.class, element.id, element.testid] {
            let name = outline.name(name);
            if !name.is_empty() {
                patterns.name_hits(name, &mut hits);
            }
        }
        let rules = hits.rules().iter().filter_map(|rule| patterns.rules().get(usize::from(*rule)));
        let groups = rules.filter_map(|rule| column(rule.family));
        let any = if hits.rules().is_empty() { 0 } else { 1 << Names::TextAny as usize };
        Named(groups.fold(any, |set, group| set | 1 << group as usize))
    };
    outline.elements.iter().map(&mut of_element).collect()
}
