//! Facts of the head, gathered wherever they stand in the page.

use crate::document::{Head, Tag};
use crate::segment::dom::{Name, NodeRef};
use crate::spaces::collapse;

/// Takes what an element that is not text tells about the page. `text` is its text content, asked for only where it is
/// needed.
pub(super) fn gather(head: &mut Head, tag: Tag, element: NodeRef<'_>, text: impl FnOnce() -> String) {
    match tag {
        Tag::Title if head.title.is_empty() => head.title = collapse(&text()),
        Tag::Meta => gather_meta(head, element),
        Tag::Link if head.canonical.is_none() && has_token(element.attribute(Name::REL), "canonical") => {
            head.canonical =
                element.attribute(Name::HREF).map(|href| href.trim().to_owned()).filter(|href| !href.is_empty());
        }
        Tag::Base if head.base.is_none() => {
            head.base = element.attribute(Name::HREF).map(|href| href.trim().to_owned())
        }
        Tag::Script if element.attribute(Name::TYPE).is_some_and(is_json_ld) => head.json_ld.push(text()),
        _ => {}
    }
}

/// The attributes that say what a `meta` element tells.
const KEYS: [Name; 4] = [Name::PROPERTY, Name::NAME, Name::ITEMPROP, Name::HTTP_EQUIV];

fn gather_meta(head: &mut Head, element: NodeRef<'_>) {
    let Some(content) = element.attribute(Name::CONTENT) else { return };
    let key = KEYS.into_iter().find_map(|name| element.attribute(name));
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
