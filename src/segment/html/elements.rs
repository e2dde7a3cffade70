//! How each element takes part in the text of a page: the table of design choices behind the walk.

use crate::document::Tag;

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// It starts and ends a block. Custom elements too.
    Block,
    /// Its text runs on in the block around it.
    Inline,
    /// As inline, but text of two neighbours is set apart by a space: pages rely on margins between them.
    Spaced,
    /// It starts and ends a line, in a program's text.
    Line,
    /// A line break.
    Break,
    /// It holds no text of the page, but stands in the outline: images, form fields.
    Empty,
    /// It shows a formula.
    Formula,
    /// It and all below it is no text of the page, and it does not stand in the outline.
    Absent,
}

/// What an element does to the text around it.
pub(super) fn display(tag: Tag) -> Display {
    match tag {
        Tag::Br => Display::Break,
        Tag::A | Tag::Span | Tag::Label | Tag::Time | Tag::Small | Tag::Del | Tag::Ins | Tag::S | Tag::Strike => {
            Display::Spaced
        }
        Tag::Abbr
        | Tag::Acronym
        | Tag::B
        | Tag::Bdi
        | Tag::Bdo
        | Tag::Big
        | Tag::Cite
        | Tag::Code
        | Tag::Data
        | Tag::Dfn
        | Tag::Em
        | Tag::Font
        | Tag::I
        | Tag::Kbd
        | Tag::Mark
        | Tag::Nobr
        | Tag::Picture
        | Tag::Q
        | Tag::Rb
        | Tag::Rp
        | Tag::Rt
        | Tag::Rtc
        | Tag::Ruby
        | Tag::Samp
        | Tag::Slot
        | Tag::Strong
        | Tag::Sub
        | Tag::Sup
        | Tag::Tt
        | Tag::U
        | Tag::Var => Display::Inline,
        Tag::Img | Tag::Input | Tag::Svg | Tag::Iframe | Tag::Video | Tag::Textarea | Tag::Select => Display::Empty,
        Tag::Math => Display::Formula,
        Tag::Script
        | Tag::Style
        | Tag::Template
        | Tag::Canvas
        | Tag::Object
        | Tag::Embed
        | Tag::Applet
        | Tag::Audio
        | Tag::Map
        | Tag::Area
        | Tag::Option
        | Tag::Optgroup
        | Tag::Datalist
        | Tag::Head
        | Tag::Link
        | Tag::Meta
        | Tag::Title
        | Tag::Base
        | Tag::Param
        | Tag::Source
        | Tag::Track
        | Tag::Wbr
        | Tag::Progress
        | Tag::Meter
        | Tag::Col
        | Tag::Colgroup
        | Tag::Frame
        | Tag::Noframes
        | Tag::Noembed => Display::Absent,
        _ => Display::Block,
    }
}

/// Whether an element that breaks the text elsewhere stands within a sentence: one that HTML does not know, or a
/// button, in a paragraph or a heading; what Word writes, `o:p` and `st1:place`, anywhere.
pub(super) fn is_within_sentence(tag: Tag, name: &str, block: Tag) -> bool {
    let holds_sentences = matches!(block, Tag::P | Tag::Dt | Tag::Figcaption) || heading_level(block).is_some();
    match tag {
        Tag::Other => holds_sentences || name.contains(':'),
        Tag::Button | Tag::Output => holds_sentences,
        _ => false,
    }
}

/// Whether white space is text inside this element.
pub(super) fn keeps_space(tag: Tag) -> bool {
    matches!(tag, Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext)
}

/// The level of a heading element.
pub(super) fn heading_level(tag: Tag) -> Option<u8> {
    match tag {
        Tag::H1 => Some(1),
        Tag::H2 => Some(2),
        Tag::H3 => Some(3),
        Tag::H4 => Some(4),
        Tag::H5 => Some(5),
        Tag::H6 => Some(6),
        _ => None,
    }
}
