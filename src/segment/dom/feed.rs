//! Reads the text: finds tags, comments and text itself, and leaves what is rare to html5ever's tokenizer.
//!
//! html5ever's tokenizer works character by character and compares each attribute with all earlier ones of its tag, so a
//! million attributes on one tag would take hours. The feeder therefore follows the tokenizer of the HTML standard (section
//! 13.2.5) over the whole text and hands the guard its tokens, without a copy of any text and without the attributes beyond
//! a cap. What it does not read itself goes to the tokenizer in slices, between two tokens: document types, CDATA sections,
//! markup that is none, and elements whose content is only text, of which those that nobody reads are left out. It asks the
//! guard where something depends on the tree: whether an element's content is only text, and whether `<![CDATA[` is a
//! section. A text with a NUL, which no page has by intent, is left to the tokenizer wholly.

use std::borrow::Cow;
use std::ops::Range;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, Tokenizer, TokenizerOpts};
use html5ever::{LocalName, QualName, TokenizerResult, ns};
use memchr::{memchr, memmem};

use super::ATTRIBUTES;
use super::guard::{Guard, Raw};
use super::names::{is_raw_bytes, is_read, is_told_by_attributes};
use super::reference::{Place, resolved};
use super::tag::{self, Attributes, End, is_space};

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
    while let Some((line, after)) = rest.split_once('\r') {
        out.push_str(line);
        out.push('\n');
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

struct Feeder<'t> {
    text: &'t str,
    /// The text again, as html5ever takes it. All its parts share its memory, so neighbours join without a copy.
    shared: StrTendril,
    tokenizer: Tokenizer<Guard>,
    queue: BufferQueue,
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
            shared: StrTendril::from_slice(text),
            tokenizer,
            queue: BufferQueue::default(),
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

    /// A part of the text, in its memory.
    fn part(&self, range: Range<usize>) -> StrTendril {
        // Lossless: at most `BYTES` in all.
        self.shared.subtendril(range.start as u32, range.len() as u32)
    }

    /// A part of the text with its character references resolved.
    fn resolved(&self, range: Range<usize>, place: Place) -> StrTendril {
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
            self.emit(Token::CharacterTokens(self.resolved(self.fed..end, Place::Text)));
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
            self.queue.push_back(self.part(self.fed..to));
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
        let range = tag::name(self.bytes(), open + 1);
        let name = self.slice(&range);
        self.text(open);
        if !is_raw_bytes(name) {
            return self.tag(TagKind::StartTag, range);
        }
        let end = self.tag_to_tokenizer(range.end);
        match self.tokenizer.sink.raw() {
            Raw::No => end,
            Raw::ToEndTag => {
                let tag = self.bytes().get(range.start..end).unwrap_or_default();
                let content = if is_unread(name, tag) { self.skip_raw(name, end) } else { end };
                self.raw_text(name, content)
            }
            Raw::ToEndOfFile => {
                self.feed(self.text.len());
                self.text.len()
            }
        }
    }

    fn end_tag(&mut self, open: usize) -> usize {
        let range = tag::name(self.bytes(), open + 2);
        self.text(open);
        if is_raw_bytes(self.slice(&range)) {
            return self.tag_to_tokenizer(range.end);
        }
        self.tag(TagKind::EndTag, range)
    }

    /// Hands on the tag with this name; returns where it ends. One that the text ends within is none.
    fn tag(&mut self, kind: TagKind, name: Range<usize>) -> usize {
        if self.has_nul {
            return self.tag_to_tokenizer(name.end);
        }
        let mut scan = Attributes::new(self.bytes(), name.end);
        let (mut attrs, mut has_duplicates) = (Vec::new(), false);
        if kind == TagKind::StartTag {
            let all = self.cut.which == super::Attributes::All || is_told_by_attributes(self.slice(&name));
            for attribute in scan.by_ref().take(self.cut.attributes) {
                if !(all || is_read(self.slice(&attribute.name))) {
                    continue;
                }
                let name = QualName::new(None, ns!(), self.local_name(attribute.name));
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
                name: self.local_name(name),
                self_closing: end.is_self_closing(),
                attrs,
                had_duplicate_attributes: has_duplicates,
            }));
        }
        self.fed = end.at;
        end.at
    }

    /// A name in small letters.
    fn local_name(&self, range: Range<usize>) -> LocalName {
        let name = self.text.get(range).unwrap_or_default();
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            LocalName::from(name.to_ascii_lowercase())
        } else {
            LocalName::from(name)
        }
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

    /// Leaves out the content of an element that is only text; returns where its end tag begins. What may be in a script's
    /// escaped states is read.
    fn skip_raw(&mut self, name: &[u8], start: usize) -> usize {
        let mut at = start;
        while let Some(open) = self.find(b'<', at) {
            let rest = self.after(open);
            if rest.starts_with(b"<!--") {
                return start;
            }
            if self.is_end_tag(name, open) {
                self.leave_out(start..open);
                return open;
            }
            at = open + 1;
        }
        self.leave_out(start..self.text.len());
        self.text.len()
    }

    /// Whether the end tag of an element that is only text begins here.
    fn is_end_tag(&self, name: &[u8], open: usize) -> bool {
        let delimiter = open + 2 + name.len();
        self.byte(open + 1) == Some(b'/')
            && self.bytes().get(open + 2..delimiter).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && self.byte(delimiter).is_some_and(|b| is_space(b) || matches!(b, b'/' | b'>'))
    }

    fn leave_out(&mut self, range: Range<usize>) {
        self.feed(range.start);
        self.fed = range.end;
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
                self.emit(Token::CommentToken(self.part(start..start + length)));
                self.fed = start + end;
                self.fed
            }
            end => self.leave_to_tokenizer(open, end.map_or(self.text.len(), |(_, end)| start + end)),
        }
    }

    /// Reads the content of an element that is only text, and its end tag; returns where the end tag ends.
    fn raw_text(&mut self, name: &[u8], start: usize) -> usize {
        let mut at = start;
        while let Some(open) = self.find(b'<', at) {
            at = open + 1;
            let delimiter = open + 2 + name.len();
            if !self.is_end_tag(name, open) {
                continue;
            }
            // In a script, this may be an end tag or text (the double escaped state). Text reaches the guard at once.
            self.feed(at);
            let texts = self.tokenizer.sink.texts();
            self.feed(delimiter + 1);
            if self.tokenizer.sink.raw() == Raw::No {
                return delimiter + 1;
            }
            if self.stopped() {
                return self.text.len();
            }
            if self.byte(delimiter) != Some(b'>') && self.tokenizer.sink.texts() == texts {
                return self.tag_to_tokenizer(delimiter + 1);
            }
        }
        self.feed(self.text.len());
        self.text.len()
    }
}

/// Whether nobody reads the content of an element: style, and scripts but for those that hold data. On pages of today that
/// is half of the bytes.
fn is_unread(name: &[u8], tag: &[u8]) -> bool {
    let holds_data = || tag.windows(4).any(|word| word.eq_ignore_ascii_case(b"json"));
    name.eq_ignore_ascii_case(b"style") || name.eq_ignore_ascii_case(b"script") && !holds_data()
}
