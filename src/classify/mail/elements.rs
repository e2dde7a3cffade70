//! The elements of HTML into which mail programs put quotes and signatures, by the names that they give them.

use crate::document::{Document, Element, ElementId, Name, Tag};

/// Classes, ids and marks of elements that quote.
const QUOTING: [&str; 19] = [
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
    "front-blockquote",
    "nh_extra",
    "missive_quote",
    "freshdesk_quote",
    "ntes-mailmaster-quote",
    "clean_bq",
    "edo-original",
    "OLK_SRC_BODY_SECTION",
];

/// Marks of elements that quote.
const MARKED: [&str; 3] = ["quote", "__QUOTED_TEXT__", "__HEADERS__"];

/// Classes and ids of elements that hold the header of a copied letter.
const ANNOUNCING: [&str; 2] = ["divRplyFwdMsg", "OutlookMessageHeader"];

/// Classes, ids and marks of elements that hold a signature.
const SIGNING: [&str; 22] = [
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
    "signature",
    "email-signature",
    "bloop_sign",
    "Zm-_Id_-Sgn",
    "io-ox-signature",
    "front-signature",
    "sh-signature",
    "xmail_signature",
    "ntes-pcmac-signature",
    "cm_signature",
    "__SIG_PRE__",
];

/// Elements above a block among which the one of a signature is looked for: tables of logos and addresses are deep.
const SIGNATURE_LEVELS: usize = 24;

/// How many elements that quote a block stands in.
pub(super) fn depth(document: &Document, element: ElementId) -> usize {
    let is_marked = |element: &Element| MARKED.contains(&document.outline.name(element.mark));
    let quotes = |element: &Element| {
        element.tag == Tag::Blockquote || is_named(document, element, &QUOTING) || is_marked(element)
    };
    document.outline.ancestors(element).filter(|(_, element)| quotes(element)).count()
}

/// Whether a block stands in the element of a signature.
pub(super) fn signs(document: &Document, element: ElementId) -> bool {
    let mut above = document.outline.ancestors(element).take(SIGNATURE_LEVELS);
    above.any(|(_, element)| is_named(document, element, &SIGNING))
}

/// Whether a block stands in the element of a copied header.
pub(super) fn announces(document: &Document, element: ElementId) -> bool {
    let mut above = document.outline.ancestors(element).take(SIGNATURE_LEVELS);
    above.any(|(_, element)| is_named(document, element, &ANNOUNCING))
}

/// Whether the class, the id or the mark of an element is among some names.
fn is_named(document: &Document, element: &Element, names: &[&str]) -> bool {
    let told = [element.class, element.id, element.mark].into_iter().filter(|name| *name != Name::default());
    let mut told = told.flat_map(|name| document.outline.name(name).split_ascii_whitespace());
    told.any(|name| names.contains(&own_name(name)))
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
