//! Feeds the text to the tokenizer, without the attributes beyond the cap and without the styles and scripts that nobody reads.
//!
//! html5ever compares each attribute with all earlier ones of its tag, so a million attributes on one tag would take
//! hours. The feeder therefore finds the tags itself and leaves the surplus out; the rest reaches the tokenizer
//! unchanged, in slices. It follows the tokenizer of the HTML standard (section 13.2.5) as far as it takes to know
//! where tags begin and end, and asks the guard where that depends on the tree: whether an element's content is only
//! text, and whether `<![CDATA[` is a section.

use std::ops::Range;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TokenSink, Tokenizer, TokenizerOpts};
use memchr::{memchr, memmem};

use super::ATTRIBUTES;
use super::guard::{Guard, Raw};
use super::names::is_raw_bytes;

/// Lengths the feeder goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Attributes of a tag; the rest is left out.
    pub(super) attributes: usize,
    /// Bytes per slice, at least 4, the longest character.
    pub(super) slice: usize,
}

impl Default for Cut {
    fn default() -> Self {
        // The node limit stops parsing between slices.
        Self { attributes: ATTRIBUTES, slice: 32 << 10 }
    }
}

pub(super) struct Feeder<'t> {
    text: &'t str,
    /// The text again, as html5ever takes it. All slices share its memory, so neighbours join without a copy.
    shared: StrTendril,
    tokenizer: Tokenizer<Guard>,
    queue: BufferQueue,
    /// Bytes of the text that the tokenizer has seen or that were left out.
    fed: usize,
    cut: Cut,
}

impl<'t> Feeder<'t> {
    pub(super) fn new(text: &'t str, guard: Guard, cut: Cut) -> Self {
        // The tokenizer would discard a byte order mark at the beginning of each slice.
        let opts = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let shared = StrTendril::from_slice(text);
        Self { text, shared, tokenizer: Tokenizer::new(guard, opts), queue: BufferQueue::default(), fed: 0, cut }
    }

    /// Feeds the whole text, or as much of it as the guard takes, and ends the document.
    pub(super) fn run(mut self) -> Guard {
        let mut at = 0;
        while let Some(open) = self.find(b'<', at) {
            if open - self.fed >= self.cut.slice {
                self.feed(open);
            }
            if self.stopped() {
                break;
            }
            at = self.markup(open);
        }
        self.feed(self.text.len());
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

    fn find(&self, byte: u8, at: usize) -> Option<usize> {
        memchr(byte, self.after(at)).map(|i| at + i)
    }

    /// Feeds the text up to `end`, in slices, until the guard wants no more.
    fn feed(&mut self, end: usize) {
        while self.fed < end && !self.stopped() {
            let mut to = end.min(self.fed + self.cut.slice);
            while !self.text.is_char_boundary(to) {
                to -= 1;
            }
            // Lossless: at most `BYTES` in all.
            self.queue.push_back(self.shared.subtendril(self.fed as u32, (to - self.fed) as u32));
            while !matches!(self.tokenizer.feed(&self.queue), TokenizerResult::Done) {}
            self.fed = to;
        }
    }

    /// Reads what begins with the `<` at `open`; returns where it ends.
    fn markup(&mut self, open: usize) -> usize {
        match self.byte(open + 1) {
            Some(b) if b.is_ascii_alphabetic() => self.start_tag(open + 1),
            Some(b'/') if self.byte(open + 2).is_some_and(|b| b.is_ascii_alphabetic()) => {
                let name = self.name(open + 2);
                self.attributes(name.end)
            }
            Some(b'!') => self.declaration(open),
            Some(b'/' | b'?') => self.past_gt(open + 2),
            _ => open + 1,
        }
    }

    /// Past the next `>`.
    fn past_gt(&self, at: usize) -> usize {
        self.find(b'>', at).map_or(self.text.len(), |gt| gt + 1)
    }

    fn name(&self, start: usize) -> Range<usize> {
        let length = self.after(start).iter().position(|&b| is_space(b) || matches!(b, b'/' | b'>'));
        start..length.map_or(self.text.len(), |length| start + length)
    }

    fn start_tag(&mut self, start: usize) -> usize {
        let name = self.name(start);
        let end = self.attributes(name.end);
        let name = self.bytes().get(name).unwrap_or_default();
        if !is_raw_bytes(name) {
            return end;
        }
        self.feed(end);
        match self.tokenizer.sink.raw() {
            Raw::No => end,
            Raw::ToEndTag => {
                let tag = self.bytes().get(start..end).unwrap_or_default();
                let content = if is_unread(name, tag) { self.skip_raw(name, end) } else { end };
                self.raw_text(name, content)
            }
            Raw::ToEndOfFile => self.text.len(),
        }
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

    /// Reads attributes up to the end of the tag and leaves out those beyond the cap; returns where the tag ends.
    fn attributes(&mut self, mut at: usize) -> usize {
        let mut count = 0;
        let mut surplus = None;
        loop {
            let separators = self.after(at).iter().position(|&b| !is_space(b) && b != b'/');
            let next = separators.map_or(self.text.len(), |length| at + length);
            match self.byte(next) {
                Some(b'>') => {
                    if let Some(surplus) = surplus {
                        // A slash right before the end makes the tag self-closing.
                        let slash = next > at && self.byte(next - 1) == Some(b'/');
                        self.leave_out(surplus..next - usize::from(slash));
                    }
                    return next + 1;
                }
                Some(_) if count == self.cut.attributes => surplus = surplus.or(Some(next)),
                Some(_) => count += 1,
                None => {
                    if let Some(surplus) = surplus {
                        self.leave_out(surplus..next);
                    }
                    return next;
                }
            }
            at = self.attribute(next);
        }
    }

    fn leave_out(&mut self, range: Range<usize>) {
        self.feed(range.start);
        self.fed = range.end;
    }

    /// Where the attribute that begins at `start` ends.
    fn attribute(&self, start: usize) -> usize {
        // The first character belongs to the name whatever it is.
        let rest = self.after(start + 1);
        let name = rest.iter().position(|&b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
        let name_end = name.map_or(self.text.len(), |length| start + 1 + length);
        let equals = self.past_space(name_end);
        if self.byte(equals) != Some(b'=') {
            return name_end;
        }
        let value = self.past_space(equals + 1);
        match self.byte(value) {
            Some(quote @ (b'"' | b'\'')) => self.find(quote, value + 1).map_or(self.text.len(), |end| end + 1),
            Some(b'>') | None => value,
            Some(_) => {
                let length = self.after(value).iter().position(|&b| is_space(b) || b == b'>');
                length.map_or(self.text.len(), |length| value + length)
            }
        }
    }

    fn past_space(&self, at: usize) -> usize {
        self.after(at).iter().position(|&b| !is_space(b)).map_or(self.text.len(), |length| at + length)
    }

    /// Comments, document types, CDATA sections and what is none of these, from the `<` of `<!`.
    fn declaration(&mut self, open: usize) -> usize {
        let rest = self.after(open + 2);
        if rest.starts_with(b"--") {
            return self.past_comment(open + 4);
        }
        if rest.starts_with(b"[CDATA[") {
            self.feed(open);
            if self.tokenizer.sink.adjusted_current_node_present_but_not_in_html_namespace() {
                let start = open + 9;
                return memmem::find(self.after(start), b"]]>").map_or(self.text.len(), |end| start + end + 3);
            }
        }
        self.past_gt(open + 2)
    }

    fn past_comment(&self, start: usize) -> usize {
        let content = self.after(start);
        if content.starts_with(b">") {
            return start + 1;
        }
        if content.starts_with(b"->") {
            return start + 2;
        }
        let end = memchr::memchr_iter(b'>', content).find(|&gt| {
            let before = content.get(..gt).unwrap_or_default();
            before.ends_with(b"--") || before.ends_with(b"--!")
        });
        end.map_or(self.text.len(), |gt| start + gt + 1)
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
                return self.attributes(delimiter + 1);
            }
        }
        self.text.len()
    }
}

/// Whether nobody reads the content of an element: style, and scripts but for those that hold data. On pages of today that
/// is half of the bytes.
fn is_unread(name: &[u8], tag: &[u8]) -> bool {
    let holds_data = || tag.windows(4).any(|word| word.eq_ignore_ascii_case(b"json"));
    name.eq_ignore_ascii_case(b"style") || name.eq_ignore_ascii_case(b"script") && !holds_data()
}

/// White space inside a tag. A carriage return is one: the tokenizer reads it as a line feed.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}
