//! The guard: stands between tokenizer and tree builder and drops the tags that would make the work more than linear.
//!
//! Input: tokens. Output: the same tokens without some tags; characters always pass, and a line break stands where
//! words would run together. On ordinary pages nothing is dropped. It must not drop an element whose content the
//! tokenizer has to read as text.
//!
//! The tree builder looks through the stack of open elements for most tags, so that stack has to be short, not only the
//! tree flat: tags at the depth limit are dropped before the tree builder sees them.

use super::build::{Builder, Raw, StartTag, is_formatting, never_nests};
use super::dropped::Dropped;
use super::formatting::Formatting;
use super::name::{Name, Names};
use super::tree::{Quirks, Tree};
use crate::document::Tag;
use crate::options::Limits;

/// Bytes of a text for each node of its tree, as on most pages: room for those is made at once, and more where a page
/// has more.
const BYTES_OF_NODE: usize = 128;

pub(super) struct Guard {
    builder: Builder,
    depth: u32,
    nodes: usize,
    stopped: bool,
    raw: Raw,
    /// The current node is known to be at the depth limit; nothing but dropped tags and text since.
    full: bool,
    /// A line break stands in the place of a dropped tag; no text since.
    parted: bool,
    /// Start tags dropped at the depth limit, to drop their end tags as well.
    deep: Dropped,
    formatting: Formatting,
}

impl Guard {
    /// `bytes` is the length of the whole text.
    pub(super) fn new(limits: Limits, bytes: usize) -> Self {
        Self {
            builder: Builder::new(limits.nodes.min(bytes / BYTES_OF_NODE)),
            depth: u32::try_from(limits.depth).unwrap_or(u32::MAX),
            nodes: limits.nodes,
            stopped: false,
            raw: Raw::No,
            full: false,
            parted: false,
            deep: Dropped::default(),
            formatting: Formatting::new(bytes),
        }
    }

    /// Whether the node limit was reached: whatever comes now is dropped.
    pub(super) fn stopped(&self) -> bool {
        self.stopped
    }

    /// Whether the tokenizer reads text only.
    pub(super) fn raw(&self) -> Raw {
        self.raw
    }

    /// The tree.
    pub(super) fn finish(self) -> Tree {
        self.builder.tree
    }

    /// The tree so far, to which the attributes of tags are added before the tags come.
    pub(super) fn tree(&mut self) -> &mut Tree {
        &mut self.builder.tree
    }

    /// The names of the page.
    pub(super) fn names(&mut self) -> &mut Names {
        &mut self.builder.tree.names
    }

    /// Whether the current node is of SVG or MathML.
    pub(super) fn is_foreign(&self) -> bool {
        self.builder.current().1
    }

    /// The work done, for tests.
    #[cfg(test)]
    pub(super) fn calls(&self) -> u64 {
        self.builder.calls()
    }

    /// Whether nothing more is taken.
    fn is_past_limit(&mut self) -> bool {
        self.stopped = self.stopped || self.builder.tree.len() >= self.nodes;
        self.stopped
    }

    /// Takes a start tag.
    pub(super) fn start(&mut self, mut tag: StartTag) {
        if self.is_past_limit() {
            return;
        }
        if tag.closes_itself && tag.name.tag() == Tag::Iframe {
            // Within `noscript`, which browsers do not read, pages close it so; as an iframe it would swallow all that
            // follows.
            tag.name = Name::of(Tag::Embed);
        }
        if self.admits_start(tag) {
            self.full = false;
            self.raw = self.builder.start(tag);
        }
    }

    /// Takes an end tag.
    pub(super) fn end(&mut self, name: Name) {
        if !self.is_past_limit() && self.admits_end(name) {
            self.full = false;
            self.raw = Raw::No;
            self.builder.end(name);
        }
    }

    /// Takes text.
    pub(super) fn text(&mut self, text: &str) {
        if !self.is_past_limit() {
            self.parted = false;
            self.builder.text(text);
        }
    }

    /// Takes a NUL.
    pub(super) fn nul(&mut self) {
        if !self.is_past_limit() {
            self.parted = false;
            self.builder.nul();
        }
    }

    /// Takes a comment.
    pub(super) fn comment(&mut self) {
        if !self.is_past_limit() {
            self.builder.comment();
        }
    }

    /// Takes a document type.
    pub(super) fn doctype(&mut self, quirks: Quirks) {
        if !self.is_past_limit() {
            self.builder.doctype(quirks);
        }
    }

    /// Takes an error of the tokenizer.
    pub(super) fn error(&mut self) {
        if !self.is_past_limit() {
            self.builder.error();
        }
    }

    /// Ends the page: that passes always, for it makes html, head and body where they are missing.
    pub(super) fn end_of_file(&mut self) {
        self.is_past_limit();
        self.builder.end_of_file();
    }

    fn admits_start(&mut self, tag: StartTag) -> bool {
        self.formatting.close_when_spent(&mut self.builder);
        let (current, foreign) = self.builder.current();
        if !foreign && never_nests(tag.name) {
            return true;
        }
        if self.full || self.builder.tree.depth(current, self.depth) >= self.depth {
            self.full = true;
            self.deep.add(tag.name);
            self.part(tag.name);
            return false;
        }
        self.deep.clear();
        self.formatting.admits_start(tag, &self.builder)
    }

    fn admits_end(&mut self, name: Name) -> bool {
        if self.raw != Raw::No {
            return true;
        }
        if self.deep.take(name) {
            self.part(name);
            return false;
        }
        if name.tag() == Tag::Template {
            self.formatting.end_template();
        }
        !is_formatting(name) || self.formatting.admits_end(name)
    }

    /// Puts a line break in the place of a tag that is dropped for its depth, unless the element stands within words.
    fn part(&mut self, name: Name) {
        if !self.parted && !is_formatting(name) && name.tag() != Tag::Span {
            self.parted = true;
            self.builder.text("\n");
        }
    }
}
