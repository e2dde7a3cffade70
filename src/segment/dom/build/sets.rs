//! Sets of names, as the HTML standard groups them (section 13.2).

use super::super::name::{KNOWN, Name, table};
use super::super::tree::Space;
use crate::document::Tag;

/// The category "special".
pub(super) const SPECIAL: u16 = 1 << 0;
/// Elements whose end tags are implied, and those that are implied where a template ends.
pub(super) const IMPLIED: u16 = 1 << 1;
pub(super) const THOROUGH: u16 = 1 << 2;
/// Where scopes end: the default one, and those of list items, buttons and tables besides.
pub(super) const SCOPE: u16 = 1 << 3;
pub(super) const LIST_SCOPE: u16 = 1 << 4;
pub(super) const BUTTON_SCOPE: u16 = 1 << 5;
pub(super) const TABLE_SCOPE: u16 = 1 << 6;
/// The tables and their parts in which text has no place.
pub(super) const TABLE_PARTS: u16 = 1 << 7;
pub(super) const HEADING: u16 = 1 << 8;
/// Elements of the list of active formatting elements.
const FORMATTING: u16 = 1 << 9;
/// Void elements, present or past.
const VOID: u16 = 1 << 10;
/// Elements whose content the tokenizer reads as text. Scripting is off, so that `noscript` is not one.
const RAW: u16 = 1 << 11;
/// Elements that end breakout of foreign content.
pub(super) const BREAKOUT: u16 = 1 << 12;
/// What pushes a marker onto the list of active formatting elements.
const MARKER: u16 = 1 << 13;
/// Blocks: their start tags close a paragraph, their end tags what is open in them.
pub(super) const BLOCK: u16 = 1 << 14;

static SETS: [u16; KNOWN] = {
    use Tag::*;
    table([
        (
            SPECIAL,
            &[
                Address, Applet, Area, Article, Aside, Base, Blockquote, Body, Br, Button, Caption, Center, Col,
                Colgroup, Dd, Details, Div, Dl, Dt, Embed, Fieldset, Figcaption, Figure, Footer, Form, Frame, Frameset,
                H1, H2, H3, H4, H5, H6, Head, Header, Hgroup, Hr, Html, Iframe, Img, Input, Li, Link, Listing, Main,
                Marquee, Menu, Meta, Nav, Noembed, Noframes, Noscript, Object, Ol, P, Param, Plaintext, Pre, Script,
                Section, Select, Source, Style, Summary, Table, Tbody, Td, Template, Textarea, Tfoot, Th, Thead, Title,
                Tr, Track, Ul, Wbr, Xmp,
            ],
            &[Name::BASEFONT, Name::BGSOUND, Name::DIR, Name::ISINDEX],
        ),
        (IMPLIED, &[Dd, Dt, Li, Option, Optgroup, P, Rb, Rp, Rt, Rtc], &[]),
        (THOROUGH, &[Caption, Colgroup, Tbody, Td, Tfoot, Th, Thead, Tr], &[]),
        (SCOPE, &[Applet, Caption, Html, Table, Td, Th, Marquee, Object, Select, Template], &[]),
        (LIST_SCOPE, &[Ol, Ul], &[]),
        (BUTTON_SCOPE, &[Button], &[]),
        (TABLE_SCOPE, &[Html, Table, Template], &[]),
        (TABLE_PARTS, &[Table, Tbody, Tfoot, Thead, Tr], &[]),
        (HEADING, &[H1, H2, H3, H4, H5, H6], &[]),
        (FORMATTING, &[A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U], &[]),
        (
            VOID,
            &[Area, Base, Br, Col, Embed, Frame, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr],
            &[Name::BASEFONT, Name::BGSOUND, Name::IMAGE, Name::KEYGEN],
        ),
        (RAW, &[Script, Style, Title, Textarea, Iframe, Noframes, Noembed, Xmp, Plaintext], &[]),
        (
            BREAKOUT,
            &[
                B, Big, Blockquote, Body, Br, Center, Code, Dd, Div, Dl, Dt, Em, Embed, H1, H2, H3, H4, H5, H6, Head,
                Hr, I, Img, Li, Listing, Menu, Meta, Nobr, Ol, P, Pre, Ruby, S, Small, Span, Strong, Strike, Sub, Sup,
                Table, Tt, U, Ul, Var,
            ],
            &[],
        ),
        (
            BLOCK,
            &[
                Address, Article, Aside, Blockquote, Center, Details, Dialog, Div, Dl, Fieldset, Figcaption, Figure,
                Footer, Header, Hgroup, Main, Menu, Nav, Ol, Search, Section, Summary, Ul,
            ],
            &[Name::DIR],
        ),
        (MARKER, &[Caption, Td, Th, Applet, Marquee, Object, Template], &[]),
    ])
};

/// The sets that a name is in.
fn sets(name: Name) -> u16 {
    name.known().and_then(|number| SETS.get(number)).copied().unwrap_or(0)
}

/// The sets that an element is in. Of SVG and MathML those are in any in which HTML may stand.
pub(super) fn of_element(name: Name, space: Space) -> u16 {
    match space {
        Space::Html => sets(name),
        _ if is_text_integration_point(name, space) || is_html_integration_point(name, space) => SCOPE,
        _ => 0,
    }
}

/// Whether a start tag of this name is in a set.
pub(super) fn is_in(name: Name, set: u16) -> bool {
    sets(name) & set != 0
}

pub(super) fn is_text_integration_point(name: Name, space: Space) -> bool {
    space == Space::MathMl && matches!(name, Name::MI | Name::MO | Name::MN | Name::MS | Name::MTEXT)
}

pub(super) fn is_html_integration_point(name: Name, space: Space) -> bool {
    space == Space::Svg && (matches!(name, Name::FOREIGN_OBJECT | Name::DESC) || name.tag() == Tag::Title)
}

/// Whether this is an element of the list of active formatting elements.
pub(in super::super) fn is_formatting(name: Name) -> bool {
    is_in(name, FORMATTING)
}

/// Whether elements of this name push a marker onto the list of active formatting elements.
pub(in super::super) fn is_marker(name: Name) -> bool {
    is_in(name, MARKER)
}

/// Whether HTML elements of this name never nest: void ones, those whose content is only text, and those of which
/// there is one (a second one gives its attributes to the first).
pub(in super::super) fn never_nests(name: Name) -> bool {
    is_in(name, VOID | RAW) || matches!(name.tag(), Tag::Html | Tag::Head | Tag::Body)
}

/// Whether an HTML element of this name has only text.
pub(in super::super) fn is_raw(name: Name) -> bool {
    is_in(name, RAW)
}
