//! Classes of element names, as the HTML standard groups them (section 13.2, "Parsing HTML documents").

use html5ever::{LocalName, local_name};

/// Elements of the list of active formatting elements.
pub(super) static FORMATTING: [LocalName; 14] = [
    local_name!("a"),
    local_name!("b"),
    local_name!("big"),
    local_name!("code"),
    local_name!("em"),
    local_name!("font"),
    local_name!("i"),
    local_name!("nobr"),
    local_name!("s"),
    local_name!("small"),
    local_name!("strike"),
    local_name!("strong"),
    local_name!("tt"),
    local_name!("u"),
];

/// Whether this is an element of the list of active formatting elements.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    FORMATTING.contains(name)
}

/// Whether elements of this name push a marker onto the list of active formatting elements.
pub(super) fn is_marker(name: &LocalName) -> bool {
    is_cell(name)
        || matches!(
            *name,
            local_name!("applet") | local_name!("marquee") | local_name!("object") | local_name!("template")
        )
}

/// Whether this is a marker that a table puts and, outside templates, always takes away again.
pub(super) fn is_cell(name: &LocalName) -> bool {
    matches!(*name, local_name!("caption") | local_name!("td") | local_name!("th"))
}

/// Whether HTML elements of this name never nest: void ones, those whose content is only text, and those of which
/// there is one (a second one gives its attributes to the first).
pub(super) fn never_nests(name: &LocalName) -> bool {
    is_void(name) || is_raw(name) || matches!(*name, local_name!("html") | local_name!("head") | local_name!("body"))
}

/// Whether this is a void element, present or past.
fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// HTML elements whose content the tokenizer reads as text. Scripting is off, so `noscript` is not one.
static RAW: [LocalName; 9] = [
    local_name!("script"),
    local_name!("style"),
    local_name!("title"),
    local_name!("textarea"),
    local_name!("iframe"),
    local_name!("noframes"),
    local_name!("noembed"),
    local_name!("xmp"),
    local_name!("plaintext"),
];

/// Whether an HTML element of this name has only text.
pub(super) fn is_raw(name: &LocalName) -> bool {
    RAW.contains(name)
}

/// Whether character references count in the text of such an element.
pub(super) fn has_references(name: &LocalName) -> bool {
    matches!(*name, local_name!("title") | local_name!("textarea"))
}

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

/// Whether the tree builder compares elements of this name by all their attributes: formatting elements but for `a`, of which
/// it never keeps two.
pub(super) fn is_told_by_attributes(name: &LocalName) -> bool {
    *name != local_name!("a") && is_formatting(name)
}
