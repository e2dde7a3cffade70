//! Facts of the head, gathered wherever they stand in the page.

use html5ever::{LocalName, local_name};
use scraper::node::Element;

use super::attribute::attribute;
use crate::document::{Head, Tag};

/// Takes what an element that is not text tells about the page. `text` is its text content, asked for only where it is
/// needed.
pub(super) fn gather(head: &mut Head, tag: Tag, element: &Element, text: impl FnOnce() -> String) {
    match tag {
        Tag::Title if head.title.is_empty() => head.title = collapse(&text()),
        Tag::Meta => gather_meta(head, element),
        Tag::Link if head.canonical.is_none() && has_token(attribute(element, &local_name!("rel")), "canonical") => {
            head.canonical = attribute(element, &local_name!("href"))
                .map(|href| href.trim().to_owned())
                .filter(|href| !href.is_empty());
        }
        Tag::Base if head.base.is_none() => {
            head.base = attribute(element, &local_name!("href")).map(|href| href.trim().to_owned())
        }
        Tag::Script if attribute(element, &local_name!("type")).is_some_and(is_json_ld) => head.json_ld.push(text()),
        _ => {}
    }
}

/// The attributes that say what a `meta` element tells.
static KEYS: [LocalName; 4] =
    [local_name!("property"), local_name!("name"), local_name!("itemprop"), local_name!("http-equiv")];

fn gather_meta(head: &mut Head, element: &Element) {
    let Some(content) = attribute(element, &local_name!("content")) else { return };
    let key = KEYS.iter().find_map(|name| attribute(element, name));
    if let Some(key) = key {
        head.metas.push((key.trim().to_lowercase(), content.trim().to_owned()));
    }
}

fn is_json_ld(kind: &str) -> bool {
    kind.to_ascii_lowercase().contains("ld+json")
}

fn has_token(value: Option<&str>, token: &str) -> bool {
    value.is_some_and(|value| value.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(token)))
}

/// The text with white space collapsed to single spaces.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
