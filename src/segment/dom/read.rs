//! What of a tag is read by anybody.

use super::build::is_formatting;
use super::name::Name;
use crate::document::Tag;

/// Attributes that the walk over the tree reads (`segment::html`), and those by which the tree builder decides: of `input`,
/// `template`, `font` in foreign content and `annotation-xml`.
const READ: [&[u8]; 30] = [
    b"class",
    b"id",
    b"data-testid",
    b"data-marker",
    b"role",
    b"itemprop",
    b"hidden",
    b"aria-hidden",
    b"style",
    b"lang",
    b"datetime",
    b"href",
    b"start",
    b"value",
    b"colspan",
    b"rowspan",
    b"rel",
    b"type",
    b"content",
    b"property",
    b"name",
    b"http-equiv",
    b"charset",
    b"shadowrootmode",
    b"color",
    b"face",
    b"size",
    b"encoding",
    b"alttext",
    b"alt",
];

/// Of each first letter the lengths of those names, as bits: what most others do not share.
const READ_LENGTHS: [u32; 32] = {
    let mut lengths = [0; 32];
    let mut at = 0;
    while at < READ.len() {
        lengths[letter(READ[at][0])] |= 1 << READ[at].len();
        at += 1;
    }
    lengths
};

/// The number of a letter, in any case.
const fn letter(byte: u8) -> usize {
    byte as usize & 31
}

/// Whether an attribute of this name, in any case, is read by anybody.
pub(super) fn is_read(name: &[u8]) -> bool {
    let lengths = name.first().map_or(0, |first| READ_LENGTHS[letter(*first)]);
    let length = u32::try_from(name.len()).ok().and_then(|length| 1_u32.checked_shl(length));
    length.is_some_and(|length| lengths & length != 0) && READ.iter().any(|read| read.eq_ignore_ascii_case(name))
}

/// Whether the tree builder compares elements of this name by all their attributes: formatting elements but for `a`, of
/// which it never keeps two.
pub(super) fn is_told_by_attributes(name: Name) -> bool {
    is_formatting(name) && name.tag() != Tag::A
}

/// Whether character references count in the text of an element whose content is only text.
pub(super) fn has_references(name: Name) -> bool {
    matches!(name.tag(), Tag::Title | Tag::Textarea)
}
