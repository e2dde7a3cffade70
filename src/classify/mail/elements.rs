//! The elements of HTML into which mail programs put quotes and signatures, by the names that they give them.

use crate::document::{BESIDE, Document, ElementId, INDENT, Name, Tag};
use crate::hash::KeyMap;

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

/// What the elements of a letter are by their names, worked out once for each.
#[derive(Debug)]
pub(super) struct Elements(Vec<Place>);

/// What an element and those above it are.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// How many of them quote.
    quotes: usize,
    /// Levels up to the nearest that signs, and to the nearest that announces; [`NONE`] where there is none near enough.
    signs: usize,
    announces: usize,
    /// One of them has a line beside it.
    is_lined: bool,
}

/// More levels than are looked at.
const NONE: usize = SIGNATURE_LEVELS;

const OUTSIDE: Place = Place { quotes: 0, signs: NONE, announces: NONE, is_lined: false };

/// What a name says of its element.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    quotes: bool,
    signs: bool,
    announces: bool,
}

impl Elements {
    pub(super) fn of(document: &Document) -> Self {
        let mut said: KeyMap<Name, Said> = KeyMap::default();
        let mut places: Vec<Place> = Vec::with_capacity(document.outline.elements.len());
        for element in &document.outline.elements {
            let names = [element.class, element.id, element.mark];
            let says = names.map(|name| *said.entry(name).or_insert_with(|| read(document.outline.name(name))));
            let is_marked = MARKED.contains(&document.outline.name(element.mark));
            let is_indent = document.outline.name(element.mark) == INDENT;
            let quotes =
                element.tag == Tag::Blockquote && !is_indent || is_marked || says.iter().any(|said| said.quotes);
            let above = places.get(element.parent as usize).copied().unwrap_or(OUTSIDE);
            let level = |is: bool, above: usize| if is { 0 } else { (above + 1).min(NONE) };
            places.push(Place {
                quotes: above.quotes + usize::from(quotes),
                signs: level(says.iter().any(|said| said.signs), above.signs),
                announces: level(says.iter().any(|said| said.announces), above.announces),
                is_lined: above.is_lined || document.outline.name(element.mark) == BESIDE,
            });
        }
        Self(places)
    }

    fn place(&self, element: ElementId) -> Place {
        self.0.get(element as usize).copied().unwrap_or(OUTSIDE)
    }

    /// How many elements that quote a block stands in.
    pub(super) fn depth(&self, element: ElementId) -> usize {
        self.place(element).quotes
    }

    /// Whether a block stands in an element with a line beside it.
    pub(super) fn is_lined(&self, element: ElementId) -> bool {
        self.place(element).is_lined
    }

    /// Whether a block stands in the element of a signature.
    pub(super) fn signs(&self, element: ElementId) -> bool {
        self.place(element).signs < NONE
    }

    /// Whether a block stands in the element of a copied header.
    pub(super) fn announces(&self, element: ElementId) -> bool {
        self.place(element).announces < NONE
    }
}

fn read(names: &str) -> Said {
    let has = |known: &[&str]| names.split_ascii_whitespace().any(|name| known.contains(&own_name(name)));
    Said { quotes: has(&QUOTING), signs: has(&SIGNING), announces: has(&ANNOUNCING) }
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
