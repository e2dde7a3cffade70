//! Reads the text: finds tags, comments and text itself, and leaves what is rare to html5ever's tokenizer.
//!
//! html5ever's tokenizer works character by character and compares each attribute with all earlier ones of its tag, so a
//! million attributes on one tag would take hours. The feeder therefore follows the tokenizer of the HTML standard (section
//! 13.2.5) over the whole text and hands the guard its tokens, without a copy of any text and without the attributes beyond
//! a cap. What it does not read itself goes to the tokenizer in slices, between two tokens: document types, CDATA sections,
//! and markup that is none. Of elements whose content is only text those that nobody reads are left out. It asks the
//! guard where something depends on the tree: whether an element's content is only text, and whether `<![CDATA[` is a
//! section. A text with a NUL, which no page has by intent, is left to the tokenizer wholly.

use std::borrow::Cow;
use std::ops::Range;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, Tokenizer, TokenizerOpts};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};
use memchr::{memchr, memmem};

use super::ATTRIBUTES;
use super::guard::{Guard, Raw};
use super::known::Known;
use super::names::{has_references, is_raw, is_read, is_told_by_attributes};
use super::raw;
use super::reference::{Place, resolved};
use super::tag::{self, Attributes, End};

/// Lengths the feeder goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Attributes of a tag; the rest is left out.
    pub(super) attributes: usize,
    /// Bytes per slice for the tokenizer, at least 4, the longest character.
    pub(super) slice: usize,
    /// Of those within the cap, which come into the tree.
    pub(super) which: super::Attributes,
}

impl Default for Cut {
    fn default() -> Self {
        // The node limit stops parsing between slices.
        Self { attributes: ATTRIBUTES, slice: 32 << 10, which: super::Attributes::All }
    }
}

/// Bytes that are copied together.
const WINDOW: usize = 8 << 10;

/// Bytes that a text of html5ever holds without memory beside it.
const SHORT: usize = 8;

/// Feeds the whole text to the guard, or as much of it as the guard takes, and ends the document.
pub(super) fn feed(text: &str, guard: Guard, cut: Cut) -> Guard {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Feeder::new(&with_line_feeds(text), guard, cut).run()
}

/// The text with every line ended by a line feed, as the standard reads it.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((line, after)) = memchr(b'\r', rest.as_bytes()).and_then(|end| rest.split_at_checked(end)) {
        out.push_str(line);
        out.push('\n');
        let after = after.strip_prefix('\r').unwrap_or_default();
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

struct Feeder<'t> {
    text: &'t str,
    /// A part of the text again, as html5ever takes it, and where it stands. What lies in it shares its memory, so that neighbours
    /// join without a copy; what nobody reads is not copied at all.
    shared: StrTendril,
    window: Range<usize>,
    tokenizer: Tokenizer<Guard>,
    queue: BufferQueue,
    known: Known,
    /// Bytes of the text that were handed on or left out.
    fed: usize,
    cut: Cut,
    /// The text has a NUL: the tokenizer reads all of it.
    has_nul: bool,
}

impl<'t> Feeder<'t> {
    fn new(text: &'t str, guard: Guard, cut: Cut) -> Self {
        // The tokenizer would discard a byte order mark at the beginning of each slice.
        let opts = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
        let tokenizer = Tokenizer::new(guard, opts);
        let has_nul = memchr(0, text.as_bytes()).is_some();
        Self {
            text,
            shared: StrTendril::new(),
            window: 0..0,
            tokenizer,
            queue: BufferQueue::default(),
            known: Known::default(),
            fed: 0,
            cut,
            has_nul,
        }
    }

    fn run(mut self) -> Guard {
        let mut at = 0;
        while let Some(open) = self.find(b'<', at) {
            if self.stopped() {
                break;
            }
            at = self.markup(open);
        }
        self.text(self.text.len());
        self.tokenizer.end();
        self.tokenizer.sink
    }

    fn stopped(&self) -> bool {
        self.tokenizer.sink.stopped()
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    fn after(&self, at: usize) -> &'t [u8] {
        self.bytes().get(at..).unwrap_or_default()
    }

    fn slice(&self, range: &Range<usize>) -> &'t [u8] {
        self.bytes().get(range.clone()).unwrap_or_default()
    }

    fn find(&self, byte: u8, at: usize) -> Option<usize> {
        memchr(byte, self.after(at)).map(|i| at + i)
    }

    /// A part of the text, in its memory, or in no other than its own where it is very short.
    fn part(&mut self, range: Range<usize>) -> StrTendril {
        if range.len() <= SHORT {
            return StrTendril::from_slice(self.text.get(range).unwrap_or_default());
        }
        if range.start < self.window.start || self.window.end < range.end {
            let end = range.end.max(self.text.len().min(range.start + WINDOW));
            let end = (end..self.text.len()).find(|end| self.text.is_char_boundary(*end)).unwrap_or(self.text.len());
            self.window = range.start..end;
            self.shared = StrTendril::from_slice(self.text.get(self.window.clone()).unwrap_or_default());
        }
        // Lossless: at most `BYTES` in all.
        self.shared.subtendril((range.start - self.window.start) as u32, range.len() as u32)
    }

    /// A part of the text with its character references resolved.
    fn resolved(&mut self, range: Range<usize>, place: Place) -> StrTendril {
        let text = self.text.get(range.clone()).unwrap_or_default();
        resolved(text, place).unwrap_or_else(|| self.part(range))
    }

    /// Hands a token to the guard. What it answers asks for nothing: elements whose content is only text do not come this
    /// way, and the encoding is settled.
    fn emit(&self, token: Token) {
        let _ = self.tokenizer.sink.process_token(token, 1);
    }

    /// Hands on what stands up to `end`, which is text.
    fn text(&mut self, end: usize) {
        if self.has_nul {
            return self.feed(end);
        }
        if self.fed < end && !self.stopped() {
            let text = self.resolved(self.fed..end, Place::Text);
            self.emit(Token::CharacterTokens(text));
            self.fed = end;
        }
    }

    /// Feeds the tokenizer up to `end`, in slices, until the guard wants no more.
    fn feed(&mut self, end: usize) {
        while self.fed < end && !self.stopped() {
            let mut to = end.min(self.fed + self.cut.slice);
            while !self.text.is_char_boundary(to) {
                to -= 1;
            }
            let slice = self.part(self.fed..to);
            self.queue.push_back(slice);
            while !matches!(self.tokenizer.feed(&self.queue), TokenizerResult::Done) {}
            self.fed = to;
        }
    }

    /// Reads what begins with the `<` at `open`; returns where it ends.
    fn markup(&mut self, open: usize) -> usize {
        match self.byte(open + 1) {
            Some(b) if b.is_ascii_alphabetic() => self.start_tag(open),
            Some(b'/') if self.byte(open + 2).is_some_and(|b| b.is_ascii_alphabetic()) => self.end_tag(open),
            Some(b'!') => self.declaration(open),
            Some(b'/' | b'?') => self.leave_to_tokenizer(open, self.past_gt(open + 2)),
            _ => open + 1,
        }
    }

    /// Past the next `>`.
    fn past_gt(&self, at: usize) -> usize {
        self.find(b'>', at).map_or(self.text.len(), |gt| gt + 1)
    }

    /// Hands on the text up to `open`, and feeds the tokenizer from there to `end`.
    fn leave_to_tokenizer(&mut self, open: usize, end: usize) -> usize {
        self.text(open);
        self.feed(end);
        end
    }

    fn start_tag(&mut self, open: usize) -> usize {
        let (name, after) = self.tag_name(open + 1);
        self.text(open);
        let end = self.tag(TagKind::StartTag, name.clone(), after);
        if !is_raw(&name) {
            return end;
        }
        let content_end = match self.tokenizer.sink.raw() {
            Raw::No => return end,
            Raw::ToEndTag => raw::end(self.bytes(), name.as_bytes(), end),
            Raw::ToEndOfFile => self.text.len(),
        };
        if is_unread(&name, self.slice(&(open..end))) {
            self.fed = content_end;
        } else {
            self.raw_text(&name, content_end);
        }
        content_end
    }

    fn end_tag(&mut self, open: usize) -> usize {
        let (name, after) = self.tag_name(open + 2);
        self.text(open);
        self.tag(TagKind::EndTag, name, after)
    }

    /// The name that begins at `start`, and where it ends.
    fn tag_name(&mut self, start: usize) -> (LocalName, usize) {
        let range = tag::name(self.bytes(), start);
        (self.local_name(&range), range.end)
    }

    /// Hands on the tag of this name, which ends at `after`; returns where the tag ends. One that the text ends within is none.
    fn tag(&mut self, kind: TagKind, name: LocalName, after: usize) -> usize {
        if self.has_nul {
            return self.tag_to_tokenizer(after);
        }
        let mut scan = Attributes::new(self.bytes(), after);
        let (mut attrs, mut has_duplicates) = (Vec::new(), false);
        if kind == TagKind::StartTag {
            let all = self.cut.which == super::Attributes::All || is_told_by_attributes(&name);
            for attribute in scan.by_ref().take(self.cut.attributes) {
                if !(all || is_read(self.slice(&attribute.name))) {
                    continue;
                }
                let name = QualName::new(None, ns!(), self.local_name(&attribute.name));
                if attrs.iter().any(|earlier: &html5ever::Attribute| earlier.name.local == name.local) {
                    has_duplicates = true;
                } else {
                    let value = self.resolved(attribute.value, Place::Attribute);
                    attrs.push(html5ever::Attribute { name, value });
                }
            }
        }
        let end = scan.end();
        if end.is_complete {
            self.emit(Token::TagToken(Tag {
                kind,
                name,
                self_closing: end.is_self_closing(),
                attrs,
                had_duplicate_attributes: has_duplicates,
            }));
        }
        self.fed = end.at;
        end.at
    }

    /// A name in small letters.
    fn local_name(&mut self, range: &Range<usize>) -> LocalName {
        self.known.name(self.text.get(range.start..).unwrap_or_default(), range.len())
    }

    /// Feeds the tokenizer the rest of a tag without the attributes beyond the cap; returns where the tag ends.
    fn tag_to_tokenizer(&mut self, at: usize) -> usize {
        let mut scan = Attributes::new(self.bytes(), at);
        let surplus = scan.by_ref().nth(self.cut.attributes);
        let End { at, slash, .. } = scan.end();
        if let Some(surplus) = surplus {
            self.feed(surplus.name.start);
            self.fed = slash;
        }
        self.feed(at);
        at
    }

    /// Hands on the content of an element that is only text.
    fn raw_text(&mut self, name: &LocalName, end: usize) {
        if has_references(name) || self.has_nul {
            self.text(end);
        } else if self.fed < end {
            let text = self.part(self.fed..end);
            self.emit(Token::CharacterTokens(text));
            self.fed = end;
        }
    }

    /// Comments, document types, CDATA sections and what is none of these, from the `<` of `<!`.
    fn declaration(&mut self, open: usize) -> usize {
        let rest = self.after(open + 2);
        if rest.starts_with(b"--") {
            return self.comment(open);
        }
        let mut end = self.past_gt(open + 2);
        if rest.starts_with(b"[CDATA[") {
            self.text(open);
            if self.tokenizer.sink.adjusted_current_node_present_but_not_in_html_namespace() {
                let start = open + 9;
                end = memmem::find(self.after(start), b"]]>").map_or(self.text.len(), |end| start + end + 3);
            }
        }
        self.leave_to_tokenizer(open, end)
    }

    fn comment(&mut self, open: usize) -> usize {
        let start = open + 4;
        let content = self.after(start);
        let end = if content.starts_with(b">") {
            Some((0, 1))
        } else if content.starts_with(b"->") {
            Some((0, 2))
        } else {
            memchr::memchr_iter(b'>', content).find_map(|gt| {
                let before = content.get(..gt).unwrap_or_default();
                let inside = before.strip_suffix(b"--").or_else(|| before.strip_suffix(b"--!"))?;
                Some((inside.len(), gt + 1))
            })
        };
        match end {
            Some((length, end)) if !self.has_nul => {
                self.text(open);
                let content = self.part(start..start + length);
                self.emit(Token::CommentToken(content));
                self.fed = start + end;
                self.fed
            }
            end => self.leave_to_tokenizer(open, end.map_or(self.text.len(), |(_, end)| start + end)),
        }
    }
}

/// Whether nobody reads the content of an element: style, and scripts but for those that hold data. On pages of today that
/// is half of the bytes.
fn is_unread(name: &LocalName, tag: &[u8]) -> bool {
    let holds_data = || tag.windows(4).any(|word| word.eq_ignore_ascii_case(b"json"));
    *name == local_name!("style") || *name == local_name!("script") && !holds_data()
}
