//! A block while its text comes in.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Block, BlockKind, ElementId, Sign, Span, SpanKind, Wish};
use crate::spaces::collapse;

/// Characters of a link that a heading shows to itself.
const ANCHOR_CHARS: usize = 2;

/// Soft hyphens, word joiners and marks of byte order: they part words for those who search them.
const INVISIBLE: [char; 3] = ['\u{ad}', '\u{2060}', '\u{feff}'];

/// Marks without a value, those of outer elements first.
const PLAIN: [SpanKind; 5] =
    [SpanKind::Strong, SpanKind::Emphasis, SpanKind::Deleted, SpanKind::Superscript, SpanKind::Subscript];

/// Which inline marks are in force where a piece of text stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    pub(super) link: Option<u32>,
    /// The element of code, by its number.
    pub(super) code: Option<ElementId>,
    /// The colour of the text.
    pub(super) colour: Option<u32>,
    /// Whether each of [`PLAIN`] is.
    plain: [bool; PLAIN.len()],
}

impl Marks {
    /// Adds a mark without a value.
    pub(super) fn add(&mut self, kind: SpanKind) {
        let marks = self.plain.iter_mut().zip(PLAIN);
        marks.filter(|(_, plain)| *plain == kind).for_each(|(mark, _)| *mark = true);
    }

    fn kinds(self) -> impl Iterator<Item = SpanKind> {
        let plain = PLAIN.into_iter().zip(self.plain).filter(|(_, is_set)| *is_set).map(|(kind, _)| kind);
        let colour = self.colour.filter(|colour| is_colourful(*colour));
        let outer = colour.map(SpanKind::Coloured).into_iter().chain(self.link.map(SpanKind::Link));
        outer.chain(plain).chain(self.code.map(|_| SpanKind::Code))
    }
}

/// Whether a colour is no shade of grey: its red, green and blue differ. Of the dark blue in which Outlook set answers
/// for years, by 94.
fn is_colourful(colour: u32) -> bool {
    const LEAST: u8 = 64;
    let [_, red, green, blue] = colour.to_be_bytes();
    red.max(green).max(blue) - red.min(green).min(blue) >= LEAST
}

/// Bytes of room for the words of a block, which else is made in many steps.
const ROOM: usize = 64;

/// The block that is being filled. Images are counted from the end of the block before.
#[derive(Debug, Default)]
pub(super) struct OpenBlock {
    text: String,
    spans: Vec<Span>,
    start: Option<(ElementId, BlockKind)>,
    has_word: bool,
    /// The element of the code that was marked last.
    code: Option<ElementId>,
    /// What is wished of all text so far; `None` before the first.
    wishes: Option<Vec<Wish>>,
    pub(super) images: u32,
    pub(super) inlines: u32,
}

impl OpenBlock {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Fixes where the block stands and what it is; called when its first text arrives.
    pub(super) fn begin(&mut self, element: ElementId, kind: BlockKind) {
        self.start = Some((element, kind));
    }

    /// Notes what is wished where the next text stands. A wish for a part of a block is none for the block.
    pub(super) fn wish(&mut self, wishes: &[Wish]) {
        match &mut self.wishes {
            Some(known) => known.retain(|wish| wishes.contains(wish)),
            None => self.wishes = Some(wishes.to_vec()),
        }
    }

    /// Adds running text with its white space collapsed and without hyphens and joiners that no reader sees; returns
    /// whether it held anything but white space.
    pub(super) fn push_text(&mut self, text: &str, marks: Marks) -> bool {
        let start = self.text.len();
        let mut visible = false;
        let text = if text.is_ascii() || !text.contains(INVISIBLE) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace(INVISIBLE, ""))
        };
        let mut rest = &*text;
        while let Some(c) = rest.chars().next() {
            if c.is_whitespace() {
                rest = rest.trim_ascii_start().trim_start();
                self.push_space();
                continue;
            }
            let run = clean(rest);
            let word = if run > 0 { run } else { rest.find(char::is_whitespace).unwrap_or(rest.len()) };
            let (head, tail) = rest.split_at(word);
            self.push_word(head);
            visible = true;
            rest = tail;
        }
        if visible {
            self.mark(start, marks);
        }
        visible
    }

    /// Adds preformatted text as it stands.
    pub(super) fn push_preformatted(&mut self, text: &str, marks: Marks) {
        let start = self.text.len();
        self.push_word(text);
        // Emphasis inside code is colour, not meaning; links are kept for the link density.
        self.mark(start, Marks { link: marks.link, ..Marks::default() });
    }

    /// Adds a space unless the text is empty or ends with white space already.
    pub(super) fn push_space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Ends a line of a program's text, if one is open.
    pub(super) fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a line break; a space before it goes.
    pub(super) fn push_line_break(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn push_word(&mut self, word: &str) {
        self.has_word = self.has_word || word.chars().any(char::is_alphanumeric);
        if self.text.is_empty() {
            self.text.reserve(word.len().max(ROOM));
        }
        self.text.push_str(word);
    }

    /// Marks the text from `start` on, joining it to a span of the same kind that only white space parts from it. Two
    /// pieces of code stay two.
    fn mark(&mut self, start: usize, marks: Marks) {
        let is_other_code = marks.code != self.code;
        self.code = marks.code.or(self.code);
        for kind in marks.kinds() {
            let earlier = self.spans.iter_mut().rev().take(8).find(|span| span.kind == kind);
            let end = self.text.len() as u32;
            match earlier {
                Some(span)
                    if !(is_other_code && kind == SpanKind::Code)
                        && is_blank(&self.text, span.range.end as usize..start) =>
                {
                    span.range.end = end
                }
                _ => self.spans.push(Span { range: start as u32..end, kind }),
            }
        }
    }

    /// Ends the block: hands it over if it holds a letter or a digit. Otherwise its counts pass on to the next one, and
    /// what it showed is a sign.
    pub(super) fn finish(&mut self) -> Finished {
        let text = std::mem::take(&mut self.text);
        let mut spans = std::mem::take(&mut self.spans);
        let start = self.start.take();
        let inlines = std::mem::take(&mut self.inlines);
        let wishes = self.wishes.take().unwrap_or_default();
        let Some((element, kind)) = start else { return Finished::Nothing };
        if !std::mem::take(&mut self.has_word) {
            return wordless(&text, kind);
        }
        let range = match kind {
            BlockKind::Heading(_) => without_anchors(&text, &spans),
            _ => trimmed(&text, kind),
        };
        spans.retain_mut(|span| clip(span, &text, &range));
        spans.sort_by_key(|span| (span.range.start, u32::MAX - span.range.end));
        let text = if range == (0..text.len()) { text } else { text.get(range).unwrap_or_default().to_owned() };
        let images = std::mem::take(&mut self.images);
        Finished::Block(Block { kind, text, spans, element, lines: 0..0, images, inlines, joins: false, wishes })
    }
}

/// Bytes of the beginning of a text that are visible characters of ASCII with single spaces between them, which come
/// into a block as they stand.
fn clean(text: &str) -> usize {
    let mut before = b' ';
    let ends = |byte: u8| {
        let is_same = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        !is_same
    };
    text.bytes().position(ends).unwrap_or(text.len())
}

/// What a finished block has come to.
#[derive(Debug)]
pub(super) enum Finished {
    Nothing,
    Sign(Sign),
    Block(Block),
}

/// What has no letter or digit: in a cell a sign, elsewhere nothing.
fn wordless(text: &str, kind: BlockKind) -> Finished {
    match kind {
        BlockKind::TableCell { row, column } if !text.trim().is_empty() => {
            Finished::Sign(Sign { row, column, text: collapse(text) })
        }
        _ => Finished::Nothing,
    }
}

fn is_blank(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_some_and(|gap| gap.trim().is_empty())
}

/// The bytes of a finished block's text: without white space at its ends; in code the first line keeps its indent.
fn trimmed(text: &str, kind: BlockKind) -> Range<usize> {
    let end = text.trim_end().len();
    if kind != BlockKind::Code {
        return text.len() - text.trim_start().len()..end;
    }
    let indent = text.len() - text.trim_start().len();
    let start = text.get(..indent).and_then(|head| head.rfind('\n')).map_or(0, |newline| newline + 1);
    start..end
}

/// The bytes of a heading's text without links to itself at its ends: `#`, `¶` and the like, which pages show beside it.
fn without_anchors(text: &str, spans: &[Span]) -> Range<usize> {
    let mut kept = trimmed(text, BlockKind::Heading(1));
    for span in spans.iter().filter(|span| matches!(span.kind, SpanKind::Link(_))) {
        let link = span.range.start as usize..span.range.end as usize;
        let label = text.get(link.clone()).unwrap_or_default().trim();
        if label.contains(char::is_alphanumeric) || label.chars().count() > ANCHOR_CHARS {
            continue;
        }
        if is_blank(text, link.end..kept.end) {
            kept.end = text.get(..link.start).map_or(kept.end, |text| text.trim_end().len());
        } else if is_blank(text, kept.start..link.start) {
            kept.start = text.get(link.end..).map_or(kept.start, |rest| text.len() - rest.trim_start().len());
        }
    }
    kept
}

/// Cuts a span to its visible characters and moves it to the trimmed text; false if nothing is left of it.
fn clip(span: &mut Span, text: &str, kept: &Range<usize>) -> bool {
    let start = (span.range.start as usize).max(kept.start);
    let end = (span.range.end as usize).min(kept.end);
    let Some(marked) = text.get(start..end) else { return false };
    let left = start + marked.len() - marked.trim_start().len();
    let visible = marked.trim();
    let base = kept.start;
    span.range = (left.saturating_sub(base)) as u32..(left.saturating_sub(base) + visible.len()) as u32;
    !visible.is_empty()
}
