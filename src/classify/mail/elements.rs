//! The elements of HTML into which mail programs put quotes and signatures, by the names that they give them.

use crate::document::{Document, Element, ElementId, Tag};

/// Classes of elements that quote.
const QUOTING: [&str; 11] = [
    "gmail_quote",
    "gmail_quote_container",
    "messageReplySection",
    "moz-forward-container",
    "mail-editor-reference-message-container",
    "gmail_attr",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "moz-cite-prefix",
    "zmail_extra",
];

/// Classes and ids of elements that hold a signature.
const SIGNING: [&str; 11] = [
    "messageSignatureSection",
    "lineBreakAtBeginningOfSignature",
    "_rc_sig",
    "gmail_signature",
    "gmail_signature_prefix",
    "moz-signature",
    "protonmail_signature_block",
    "Signature",
    "AppleMailSignature",
    "ms-outlook-mobile-signature",
    "zmail_signature",
];

/// Elements above a block among which the one of a signature is looked for: tables of logos and addresses are deep.
const SIGNATURE_LEVELS: usize = 24;

/// How many elements that quote a block stands in.
pub(super) fn depth(document: &Document, element: ElementId) -> usize {
    let quotes = |element: &Element| element.tag == Tag::Blockquote || has_class(document, element, &QUOTING);
    document.outline.ancestors(element).filter(|(_, element)| quotes(element)).count()
}

/// Whether a block stands in the element of a signature.
pub(super) fn signs(document: &Document, element: ElementId) -> bool {
    let signs = |element: &Element| {
        has_class(document, element, &SIGNING) || SIGNING.contains(&own_name(document.outline.name(element.id)))
    };
    document.outline.ancestors(element).take(SIGNATURE_LEVELS).any(|(_, element)| signs(element))
}

fn has_class(document: &Document, element: &Element, names: &[&str]) -> bool {
    document.outline.name(element.class).split_ascii_whitespace().any(|name| names.contains(&own_name(name)))
}

/// A name without what webmail puts before the names in letters that it shows or quotes: `x_` (Outlook), `m_-123` (Gmail),
/// `ydp12ab` (Yahoo).
fn own_name(mut name: &str) -> &str {
    while let Some(rest) = name.strip_prefix("x_") {
        name = rest;
    }
    let numbered = |prefix: &str, is_number: fn(char) -> bool| {
        let rest = name.strip_prefix(prefix)?;
        let own = rest.trim_start_matches(is_number);
        (own.len() < rest.len() && !own.is_empty()).then_some(own)
    };
    let of_gmail = numbered("m_", |c| c.is_ascii_digit() || c == '-');
    of_gmail.or_else(|| numbered("ydp", |c| c.is_ascii_hexdigit())).map_or(name, |own| own.trim_start_matches('_'))
}
