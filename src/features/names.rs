//! What the block's own text, and the class and id names around it, say in the words of the pattern table.

use super::facts::Facts;
use super::tags::{distances, fill_distances};
use super::topics::Topic;
use super::{GroupColumns, group};
use crate::document::Document;

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

/// The columns of the text, one a topic; those of the names follow in the same order.
const FIRST_NAME: usize = Names::NameNewsletter as usize;
const _: () = assert!(FIRST_NAME == Topic::COUNT && Names::FEATURES.len() == 2 * Topic::COUNT);

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    for block in 0..document.blocks.len() {
        for topic in facts.families(block).filter_map(Topic::of) {
            columns.column(topic as usize)[block] += 1.0;
        }
    }
    columns.fill(Topic::Any as usize, |b| facts.hits[b].len() as f32);

    let table = distances(&document.outline, Topic::COUNT, |id, _, set| facts.named[id].topics().for_each(set));
    fill_distances(document, &table, Topic::COUNT, FIRST_NAME, columns);
}
