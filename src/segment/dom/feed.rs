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
use std::cell::RefCell;
use std::ops::Range;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag as TokenizedTag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use memchr::{memchr, memmem};

use super::ATTRIBUTES;
use super::build::{Raw, StartTag, is_raw};
use super::doctype::quirks;
use super::guard::Guard;
use super::name::Name;
use super::raw;
use super::read::{has_references, is_read, is_told_by_attributes};
use super::reference::{Place, may_have, resolve};
use super::tag::{self, End};
use crate::document::Tag;

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
    tokenizer: Tokenizer<Sink>,
    queue: BufferQueue,
    /// A text with its character references resolved; a buffer to be used again.
    resolved: String,
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
        let tokenizer = Tokenizer::new(Sink(RefCell::new(guard)), opts);
        let has_nul = memchr(0, text.as_bytes()).is_some();
        Self { text, tokenizer, queue: BufferQueue::default(), resolved: String::new(), fed: 0, cut, has_nul }
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
        self.tokenizer.sink.0.into_inner()
    }

    fn guard(&mut self) -> &mut Guard {
        self.tokenizer.sink.0.get_mut()
    }

    fn stopped(&mut self) -> bool {
        self.guard().stopped()
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

    /// Hands on what stands up to `end`, which is text.
    fn text(&mut self, end: usize) {
        if self.has_nul {
            return self.feed(end);
        }
        if self.fed < end && !self.stopped() {
            let text = self.text.get(self.fed..end).unwrap_or_default();
            if may_have(text) {
                self.resolved.clear();
                resolve(text, Place::Text, &mut self.resolved);
                self.tokenizer.sink.0.get_mut().text(&self.resolved);
            } else {
                self.guard().text(text);
            }
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
            self.queue.push_back(StrTendril::from_slice(self.text.get(self.fed..to).unwrap_or_default()));
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
        self.text(open);
        let range = tag::name(self.bytes(), open + 1);
        let (text, after) = (self.text.get(range.start..).unwrap_or_default(), range.end);
        // A tag whose name is beyond the limit is left out.
        let name = self.guard().names().name(text, range.len());
        let end = match name {
            _ if self.has_nul => self.tag_to_tokenizer(after),
            Some(name) => self.read_start_tag(name, after),
            None => self.skip_tag(after).at,
        };
        let Some(name) = name.filter(|name| is_raw(*name)) else { return end };
        let content_end = match self.guard().raw() {
            Raw::No => return end,
            // The name as it stands there: in small letters.
            Raw::ToEndTag => raw::end(self.bytes(), name.tag().name().as_bytes(), end),
            Raw::ToEndOfFile => self.text.len(),
        };
        if is_unread(name, self.slice(&(open..end))) {
            self.fed = content_end;
        } else {
            self.raw_text(name, content_end);
        }
        content_end
    }

    fn end_tag(&mut self, open: usize) -> usize {
        self.text(open);
        let range = tag::name(self.bytes(), open + 2);
        if self.has_nul {
            return self.tag_to_tokenizer(range.end);
        }
        let text = self.text.get(range.start..).unwrap_or_default();
        let name = self.guard().names().existing(text, range.len());
        let end = self.skip_tag(range.end);
        if end.is_complete {
            self.guard().end(name);
        }
        end.at
    }

    /// Passes the rest of a tag.
    fn skip_tag(&mut self, after: usize) -> End {
        // Most end tags are a name alone.
        let end = if self.byte(after) == Some(b'>') {
            End { at: after + 1, slash: after, is_complete: true }
        } else {
            tag::Attributes::new(self.bytes(), after).end()
        };
        self.fed = end.at;
        end
    }

    /// Hands on the start tag of this name, which ends at `after`; returns where the tag ends. One that the text ends
    /// within is none.
    fn read_start_tag(&mut self, name: Name, after: usize) -> usize {
        let mut scan = tag::Attributes::new(self.bytes(), after);
        let all = self.cut.which == super::Attributes::All || is_told_by_attributes(name);
        let page = self.text;
        let tree = self.tokenizer.sink.0.get_mut().tree();
        let mut attributes = tree.begin_attributes();
        for attribute in scan.by_ref().take(self.cut.attributes) {
            let text = page.get(attribute.name.start..).unwrap_or_default();
            if !(all || page.as_bytes().get(attribute.name.clone()).is_some_and(is_read)) {
                continue;
            }
            let Some(name) = tree.names.name(text, attribute.name.len()) else { continue };
            let value = page.get(attribute.value).unwrap_or_default();
            tree.add_attribute(&mut attributes, name, |out| resolve(value, Place::Attribute, out));
        }
        let end = scan.end();
        if end.is_complete {
            let tag = StartTag { name, attributes, closes_itself: end.is_self_closing() };
            self.guard().start(tag);
        }
        self.fed = end.at;
        end.at
    }

    /// Feeds the tokenizer the rest of a tag without the attributes beyond the cap; returns where the tag ends.
    fn tag_to_tokenizer(&mut self, at: usize) -> usize {
        let mut scan = tag::Attributes::new(self.bytes(), at);
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
    fn raw_text(&mut self, name: Name, end: usize) {
        if has_references(name) || self.has_nul {
            self.text(end);
        } else if self.fed < end {
            let text = self.text.get(self.fed..end).unwrap_or_default();
            self.guard().text(text);
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
            if self.guard().is_foreign() {
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
            Some(1)
        } else if content.starts_with(b"->") {
            Some(2)
        } else {
            memchr::memchr_iter(b'>', content).find_map(|gt| {
                let before = content.get(..gt).unwrap_or_default();
                (before.ends_with(b"--") || before.ends_with(b"--!")).then_some(gt + 1)
            })
        };
        match end {
            Some(end) if !self.has_nul => {
                self.text(open);
                self.guard().comment();
                self.fed = start + end;
                self.fed
            }
            end => self.leave_to_tokenizer(open, end.map_or(self.text.len(), |end| start + end)),
        }
    }
}

/// Whether nobody reads the content of an element: style, and scripts but for those that hold data. On pages of today that
/// is half of the bytes.
fn is_unread(name: Name, tag: &[u8]) -> bool {
    let holds_data = || tag.windows(4).any(|word| word.eq_ignore_ascii_case(b"json"));
    name.tag() == Tag::Style || name.tag() == Tag::Script && !holds_data()
}

/// The guard as html5ever's tokenizer sees it.
struct Sink(RefCell<Guard>);

impl Sink {
    fn tag(&self, tag: &TokenizedTag) -> TokenSinkResult<()> {
        let mut guard = self.0.borrow_mut();
        let length = tag.name.len();
        match tag.kind {
            TagKind::EndTag => {
                let name = guard.names().existing(&tag.name, length);
                guard.end(name);
            }
            TagKind::StartTag => {
                let tree = guard.tree();
                let Some(name) = tree.names.name(&tag.name, length) else { return TokenSinkResult::Continue };
                let mut attributes = tree.begin_attributes();
                for attribute in &tag.attrs {
                    let text = &attribute.name.local;
                    if let Some(name) = tree.names.name(text, text.len()) {
                        tree.add_attribute(&mut attributes, name, |out| out.push_str(&attribute.value));
                    }
                }
                guard.start(StartTag { name, attributes, closes_itself: tag.self_closing });
            }
        }
        match guard.raw() {
            Raw::No => TokenSinkResult::Continue,
            Raw::ToEndOfFile => TokenSinkResult::Plaintext,
            Raw::ToEndTag if &*tag.name == "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            Raw::ToEndTag if matches!(&*tag.name, "title" | "textarea") => TokenSinkResult::RawData(RawKind::Rcdata),
            Raw::ToEndTag => TokenSinkResult::RawData(RawKind::Rawtext),
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => return self.tag(&tag),
            Token::CharacterTokens(text) => self.0.borrow_mut().text(&text),
            Token::CommentToken(_) => self.0.borrow_mut().comment(),
            Token::DoctypeToken(doctype) => self.0.borrow_mut().doctype(quirks(&doctype)),
            Token::NullCharacterToken => self.0.borrow_mut().nul(),
            Token::EOFToken => self.0.borrow_mut().end_of_file(),
            Token::ParseError(_) => self.0.borrow_mut().error(),
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.borrow().is_foreign()
    }
}
