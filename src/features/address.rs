//! The page's address: what its shape tells about the kind of page. The same value for each block.

use super::facts::Facts;
use super::{GroupColumns, group};
use crate::document::Document;

group! {
    Address {
        Segments "address.segments" "count" "Parts of the path; -1 for all of this group where no address is known.",
        Length "address.length" "characters" "Length of the path.",
        Last "address.last" "characters" "Length of the path's last part: headlines make long ones.",
        Dashes "address.dashes" "count" "Dashes in the path.",
        Digits "address.digits" "count" "Digits in the path.",
        Product "address.product" "flag" "The path names a product.",
        Article "address.article" "flag" "The path names a blog, news or a year.",
        Documentation "address.documentation" "flag" "Host or path name documentation.",
        Forum "address.forum" "flag" "Host or path name a forum.",
        Collection "address.collection" "flag" "The path names a category, a list or a search.",
    }
}

/// Words of addresses that name a kind of page. They are conventions of software, in any language of the content.
const PRODUCT: &[&str] = &["product", "products", "item", "dp", "shop", "buy"];
const ARTICLE: &[&str] =
    &["blog", "news", "article", "articles", "story", "stories", "post", "posts", "guide", "review"];
const DOCUMENTATION: &[&str] =
    &["doc", "docs", "manual", "reference", "api", "wiki", "tutorial", "tutorials", "guide", "help", "learn"];
const FORUM: &[&str] = &[
    "forum",
    "forums",
    "thread",
    "threads",
    "topic",
    "t",
    "question",
    "questions",
    "discuss",
    "community",
    "viewtopic",
];
const COLLECTION: &[&str] = &[
    "collection",
    "collections",
    "category",
    "categories",
    "c",
    "list",
    "tag",
    "tags",
    "search",
    "browse",
    "directory",
];

pub(super) fn fill(document: &Document, _: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let values = document.url.as_deref().and_then(measure).unwrap_or([-1.0; Address::FEATURES.len()]);
    for (column, value) in values.into_iter().enumerate() {
        columns.fill(column, |_| value);
    }
}

/// `None` for a bare host: it says where the page came from, not where it stands.
fn measure(url: &str) -> Option<[f32; Address::FEATURES.len()]> {
    let url = url.split_once("//").map_or(url, |(_, rest)| rest).to_lowercase();
    let (host, rest) = url.split_once('/')?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let count = |wanted: fn(char) -> bool| path.chars().filter(|c| wanted(*c)).count() as f32;
    let names =
        |text: &str, words: &[&str]| text.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
    let flag = |set: bool| f32::from(u8::from(set));
    let year = segments.iter().any(|segment| segment.len() == 4 && segment.starts_with("20"));
    Some([
        segments.len() as f32,
        path.chars().count() as f32,
        segments.last().map_or(0.0, |last| last.chars().count() as f32),
        count(|c| c == '-'),
        count(|c| c.is_ascii_digit()),
        flag(names(path, PRODUCT)),
        flag(year || names(path, ARTICLE)),
        flag(names(host, DOCUMENTATION) || names(path, DOCUMENTATION)),
        flag(names(host, FORUM) || names(path, FORUM)),
        flag(names(path, COLLECTION)),
    ])
}

#[cfg(test)]
mod tests {
    use super::measure;

    #[test]
    fn the_shape_of_an_address_is_measured_with_and_without_a_scheme() {
        let headline = "https://a.test/blog/2024/long-headline-001.ht?x=1";
        let cases = [
            (headline, Some([3.0, 30.0, 20.0, 2.0, 7.0, 0.0, 1.0, 0.0, 0.0, 0.0])),
            ("forum.a.test/", Some([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0])),
            ("http://a.test/collections/hats/", Some([2.0, 17.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0])),
            ("forum.a.test", None),
        ];
        for (url, shape) in cases {
            assert_eq!(measure(url), shape, "{url}");
        }
    }
}
