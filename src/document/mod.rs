//! The document as every stage sees it: blocks of text, the outline they stand in, and facts of the head.
//!
//! Plain data, built by `segment`, read by all later stages and changed by none of them. Nothing is ever deleted from a
//! document: boilerplate is a [`Verdict`] on a block.

mod letter;
mod outline;
mod parts;
mod tag;
mod verdict;

pub use letter::{Attachment, Letter};
pub(crate) use outline::{BESIDE, INDENT};
pub use outline::{Element, ElementId, Name, Outline};
pub(crate) use parts::joined;
pub use tag::Tag;
pub use verdict::{Class, Evidence, Extraction, Family, Metadata, Reason, Status, Verdict};

use std::ops::Range;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// HTML, of any version, however damaged.
    Html,
    /// Plain text, judged line by line.
    Text,
    /// A letter: a message of RFC 5322 with its headers. Its document is of the kind of the part that was read.
    Mail,
}

/// Where the encoding of a document was learned, in the order in which the sources are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CharsetSource {
    /// A byte order mark.
    Bom,
    /// The caller said so.
    Option,
    /// The transport said so: an HTTP or MIME header.
    Transport,
    /// A `<meta>` in the head.
    Meta,
    /// An XML declaration.
    Xml,
    /// The bytes are valid UTF-8, whatever was declared.
    Utf8,
    /// The detector guessed.
    Detected,
}

/// The encoding a document was decoded from, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// Its name in the WHATWG Encoding Standard.
    pub name: &'static str,
    /// Where it was learned.
    pub source: CharsetSource,
    /// A declaration that the bytes contradict, and which therefore lost.
    pub overruled: Option<&'static str>,
}

/// What a block is in the document, for rendering and as a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// Running text, and whatever is nothing else.
    Paragraph,
    /// The first block of a list item.
    ListItem {
        /// Lists around it, from 1.
        depth: u8,
        /// Its number in an ordered list, from 1; 0 in an unordered one.
        number: u32,
    },
    /// Text inside a `blockquote`.
    Quote,
    /// Preformatted text: white space is kept.
    Code,
    /// A cell of a table.
    TableCell {
        /// The `tr` it stands in; cells of one row share it.
        row: ElementId,
        /// Its column, from 0; cells that span several count for as many.
        column: u16,
    },
    /// The caption of a figure or a table.
    Caption,
    /// One line or one paragraph of a plain text.
    Line,
}

impl BlockKind {
    /// The row of a cell; `None` for all other blocks.
    #[must_use]
    pub fn row(self) -> Option<ElementId> {
        match self {
            Self::TableCell { row, .. } => Some(row),
            _ => None,
        }
    }
}

/// A cell of a table without a letter or digit: a tick, a dash. It is no block and is not judged; where something of its row
/// is printed it stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The `tr` it stands in.
    pub row: ElementId,
    /// Its column, as of [`BlockKind::TableCell`].
    pub column: u16,
    /// Its text, white space collapsed; never empty.
    pub text: String,
}

/// What a [`Span`] marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanKind {
    /// A link; the number is an index into [`Document::links`].
    Link(u32),
    /// `em`, `i`.
    Emphasis,
    /// `strong`, `b`.
    Strong,
    /// `code`, `kbd`, `samp`, `tt` inside running text.
    Code,
    /// `sup`.
    Superscript,
    /// `sub`.
    Subscript,
    /// `del`, `s`, `strike`.
    Deleted,
    /// A colour that is no shade of grey, as red, green and blue in its last three bytes.
    Coloured(u32),
}

/// A marked piece of a block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of [`Block::text`], on character boundaries; never empty.
    pub range: Range<u32>,
    /// What it marks.
    pub kind: SpanKind,
}

/// The smallest unit that is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text: white space collapsed to single spaces, `\n` for a single `<br>`; as it stands in code. Never empty,
    /// never without a letter or digit in HTML, but for a line of a letter.
    pub text: String,
    /// Links, emphasis and code, in order of their start; an inner span follows its outer one.
    pub spans: Vec<Span>,
    /// The block element it stands in (HTML only; 0, the root, otherwise).
    pub element: ElementId,
    /// Its lines, as indices into [`Document::lines`] (text only; empty otherwise).
    pub lines: Range<u32>,
    /// Images since the block before.
    pub images: u32,
    /// Inline elements inside.
    pub inlines: u32,
    /// A single `<br>` parts it from the block before (letters in HTML, whose lines are judged one by one).
    pub joins: bool,
    /// The selectors of the options that match an element around all of its text, those of outer elements first.
    pub wishes: Vec<Wish>,
}

impl Block {
    /// Whether a part of it is a link.
    pub(crate) fn has_link(&self) -> bool {
        self.spans.iter().any(|span| matches!(span.kind, SpanKind::Link(_)))
    }
}

/// What a selector of the options is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// What it matches is kept.
    Keep,
    /// What it matches is dropped.
    Drop,
    /// It is the rule with this number.
    Rule(u16),
}

/// Facts of the head, as they stand in the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Text of `<title>`, white space collapsed; empty where there is none.
    pub title: String,
    /// `lang` of `<html>`, as written; empty where there is none.
    pub lang: String,
    /// `name`, `property` or `itemprop` of each `<meta>` (lower case) with its `content`, in document order, from the
    /// whole page.
    pub metas: Vec<(String, String)>,
    /// Text of each `<script type="application/ld+json">`.
    pub json_ld: Vec<String>,
    /// `href` of `<link rel=canonical>`.
    pub canonical: Option<String>,
    /// `href` of `<base>`.
    pub base: Option<String>,
    /// `datetime` (or else the text) of each `<time>` in document order, with the number of the first block at or after
    /// it.
    pub times: Vec<(String, u32)>,
}

impl Head {
    /// The first `content` of a `<meta>` with this key.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.metas.iter().find(|(name, _)| name == key).map(|(_, content)| content.as_str())
    }

    /// The address that the page gives itself.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.canonical.as_deref().or_else(|| self.meta("og:url"))
    }
}

/// A limit that was reached; what came before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::bytes`](crate::Limits::bytes).
    Bytes,
    /// [`Limits::nodes`](crate::Limits::nodes).
    Nodes,
    /// A letter of more parts within parts than any real one has.
    Parts,
}

/// The host of an address of the web, in lower case, without `www.`, user and port; `None` for one without a dot, and for
/// what is relative or no address of the web.
pub(crate) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let is_web = ["", "http:", "https:"].iter().any(|web| scheme.trim_start().eq_ignore_ascii_case(web));
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let bare = host.strip_prefix("www.").unwrap_or(&host);
    (is_web && bare.contains('.')).then(|| bare.to_owned())
}

/// Whether a host is another one, or lies below it: `shop.vale.example` below `vale.example`. Nothing lies below an
/// empty one.
pub(crate) fn is_at_or_below(host: &str, above: &str) -> bool {
    let rest = host.strip_suffix(above).filter(|_| !above.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A document cut into blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is; of a letter the kind of the part that was read, HTML or text.
    pub kind: Kind,
    /// Its address: as given, or else what the page says (`link rel=canonical`, `og:url`).
    pub url: Option<String>,
    /// Its blocks, in document order.
    pub blocks: Vec<Block>,
    /// Cells of tables without a letter or digit, in document order (HTML; empty otherwise).
    pub signs: Vec<Sign>,
    /// The element tree (HTML; only a root otherwise).
    pub outline: Outline,
    /// Facts of the head (HTML; empty otherwise).
    pub head: Head,
    /// `href` of each link, as written.
    pub links: Vec<String>,
    /// Byte ranges of the lines of the input, or of the letter's body, each with its terminator; together they are the
    /// whole of it (text only).
    pub lines: Vec<Range<usize>>,
    /// What the headers of a letter say, and its decoded body.
    pub letter: Option<Box<Letter>>,
    /// The limit that was reached, if any.
    pub limit: Option<Limit>,
}

impl Document {
    /// The host of its address, in lower case, without `www.`, user and port.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        self.url.as_deref().and_then(host)
    }

    /// A document without blocks.
    #[must_use]
    pub fn empty(kind: Kind, limit: Option<Limit>) -> Self {
        Self {
            kind,
            url: None,
            blocks: Vec::new(),
            signs: Vec::new(),
            outline: Outline::root_only(),
            head: Head::default(),
            links: Vec::new(),
            lines: Vec::new(),
            letter: None,
            limit,
        }
    }
}
