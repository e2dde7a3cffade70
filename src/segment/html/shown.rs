//! How an element takes part in the text where it stands: what its tag says ([`super::elements`]), unless its place or its
//! classes say otherwise.

use super::below::{has_text, texts};
use super::elements::{Display, display, is_within_sentence};
use crate::document::Tag;
use crate::segment::dom::{Name, NodeRef};

/// The class of the links for editing that MediaWiki writes into its headings.
const EDIT_LINKS: &[&str] = &["mw-editsection"];

/// The class of the glyphs that show a formula a second time.
const GLYPHS: &[&str] = &["katex-html"];

/// Classes of the numbers that stand beside the lines of a program's text.
const LINE_NUMBERS: &[&str] = &["linenos", "lineno", "line-number", "line-numbers", "gutter", "ln"];

/// Classes of what only a screen reader reads out.
const UNSEEN: &[&str] = &["sr-only", "screen-reader-text", "screen-reader-only", "visually-hidden", "visuallyhidden"];

/// Characters of an aside that nobody sees, at most: longer ones are opened by a button.
const ASIDE_CHARS: usize = 60;
const ASIDE_NODES: usize = 12;

/// Where an element stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The block element around it.
    pub(super) block: Tag,
    /// White space is text here.
    pub(super) preformatted: bool,
    /// Block elements are lines of a program's text here.
    pub(super) lines: bool,
}

/// What an element does to the text around it.
pub(super) fn shown(tag: Tag, node: NodeRef<'_>, place: Place) -> Display {
    match display(tag) {
        // What a program's text shows beside itself: a button to copy it, the numbers of its lines.
        Display::Block if tag == Tag::Button && place.preformatted => Display::Absent,
        Display::Spaced if place.preformatted && has_class(node, LINE_NUMBERS) => Display::Absent,
        Display::Block if place.lines => Display::Line,
        // What a shadow tree shows stands in such a template; browsers open it as they read it.
        Display::Absent if tag == Tag::Template && node.attribute(Name::SHADOWROOTMODE).is_some() => Display::Inline,
        Display::Spaced if has_class(node, EDIT_LINKS) => Display::Absent,
        Display::Inline | Display::Spaced if has_class(node, GLYPHS) => Display::Absent,
        // Most hold an image in place of one that a script loads, and stand within a sentence.
        Display::Block if tag == Tag::Noscript && !has_text(node) => Display::Inline,
        Display::Block if matches!(tag, Tag::Td | Tag::Pre) && has_class(node, LINE_NUMBERS) => Display::Absent,
        Display::Block if is_within_sentence(tag, node.name(), place.block) => Display::Inline,
        Display::Inline | Display::Spaced if is_unseen(node) && is_aside(node) => Display::Absent,
        shown => shown,
    }
}

/// Whether one of an element's classes has one of these names.
pub(super) fn has_class(element: NodeRef<'_>, names: &[&str]) -> bool {
    element.attribute(Name::CLASS).is_some_and(|classes| names_one(classes, names))
}

fn names_one(classes: &str, names: &[&str]) -> bool {
    classes.split_ascii_whitespace().any(|class| names.contains(&class))
}

/// Whether nobody sees an element.
fn is_unseen(element: NodeRef<'_>) -> bool {
    element.attributes().any(|(name, value)| match name {
        Name::HIDDEN => true,
        Name::STYLE => hides(value),
        Name::CLASS => names_one(value, UNSEEN),
        _ => false,
    })
}

/// Whether an inline style hides its element.
pub(super) fn hides(style: &str) -> bool {
    declarations(style).any(|(property, value)| {
        let is = |wanted: &str| property.eq_ignore_ascii_case(wanted);
        let begins = |wanted: &str| value.get(..wanted.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(wanted));
        is("display") && begins("none") || is("visibility") && begins("hidden")
    })
}

/// Whether a style takes the border away and sets no other: mail programs indent so what nobody said before.
pub(super) fn indents(style: &str) -> bool {
    const SIDES: &str = "border-";
    let is_side = |name: &str| name.get(..SIDES.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(SIDES));
    let borderless =
        declarations(style).any(|(name, value)| name.eq_ignore_ascii_case("border") && is_no_border(value));
    borderless && !declarations(style).any(|(name, value)| is_side(name) && !is_no_border(value))
}

/// Whether a style sets a line beside the text where it begins.
pub(super) fn has_line_beside(style: &str) -> bool {
    let is_side = |name: &str| is_one_of(name, &["border-left", "border-right", "border-inline-start"]);
    declarations(style).any(|(name, value)| is_side(name) && !is_no_border(value))
}

/// The colour that a style gives a text, as red, green and blue in the last three bytes.
pub(super) fn colour(style: &str) -> Option<u32> {
    let values = declarations(style).filter(|(name, _)| name.eq_ignore_ascii_case("color"));
    values.filter_map(|(_, value)| colour_of(value)).last()
}

/// The colour of a value in the notations that mail programs and editors write.
pub(super) fn colour_of(value: &str) -> Option<u32> {
    const NAMED: [(&str, u32); 18] = [
        ("windowtext", 0),
        ("black", 0),
        ("gray", 0x80_80_80),
        ("grey", 0x80_80_80),
        ("white", 0xff_ff_ff),
        ("red", 0xff_00_00),
        ("maroon", 0x80_00_00),
        ("orange", 0xff_a5_00),
        ("green", 0x00_80_00),
        ("lime", 0x00_ff_00),
        ("olive", 0x80_80_00),
        ("teal", 0x00_80_80),
        ("aqua", 0x00_ff_ff),
        ("blue", 0x00_00_ff),
        ("navy", 0x00_00_80),
        ("purple", 0x80_00_80),
        ("fuchsia", 0xff_00_ff),
        ("magenta", 0xff_00_ff),
    ];
    let word = value.split('!').next().unwrap_or_default().trim();
    if let Some(hex) = word.strip_prefix('#') {
        let number = u32::from_str_radix(hex, 16).ok()?;
        let doubled = |digit: u32| (((number >> (4 * digit)) & 0xf) * 0x11) << (8 * digit);
        return match hex.len() {
            3 => Some(doubled(0) | doubled(1) | doubled(2)),
            6 => Some(number),
            _ => None,
        };
    }
    if let Some((_, numbers)) = word.split_once('(').filter(|(name, _)| is_one_of(name.trim(), &["rgb", "rgba"])) {
        let mut parts = numbers.split([',', ' ', '/', ')']).filter(|part| !part.is_empty());
        let mut next = || parts.next()?.parse::<u8>().ok().map(u32::from);
        return Some(next()? << 16 | next()? << 8 | next()?);
    }
    NAMED.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, colour)| *colour)
}

/// The properties of a style with their values.
fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(style);
    let declarations = std::iter::from_fn(move || {
        let (declaration, after) = parted(rest?, b';');
        rest = after;
        Some(declaration)
    });
    let parts = declarations.map(|declaration| parted(declaration, b':'));
    parts.filter_map(|(name, value)| Some((name.trim(), value?.trim())))
}

/// What stands before the first such byte, and after it, if there is any. Byte by byte: declarations are shorter than what
/// a faster search pays off for.
fn parted(text: &str, at: u8) -> (&str, Option<&str>) {
    let Some(place) = text.bytes().position(|byte| byte == at) else { return (text, None) };
    (text.get(..place).unwrap_or_default(), text.get(place + 1..))
}

fn is_no_border(value: &str) -> bool {
    value.split_whitespace().any(|word| is_one_of(word, &["none", "0", "0px", "initial", "hidden"]))
}

/// Whether a word is one of these, in any case.
fn is_one_of(word: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted))
}

/// Whether what stands below a node is so short that it says something beside the text: "opens in a new window". A formula
/// is shown otherwise by an image.
fn is_aside(node: NodeRef<'_>) -> bool {
    node.descendants().nth(ASIDE_NODES).is_none()
        && !node.descendants().any(|node| node.tag() == Some(Tag::Math))
        && texts(node.descendants()).map(|text| text.trim().chars().count()).sum::<usize>() <= ASIDE_CHARS
}
