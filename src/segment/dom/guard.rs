//! The guard: stands between tokenizer and tree builder and drops the tags that would make the work more than linear.
//!
//! Input: tokens. Output: the same tokens without some tags; characters always pass, and a line break stands where words would
//! run together. On ordinary pages nothing is dropped. It must not drop an element whose content the tokenizer has to read as text.
//!
//! The tree builder looks through the stack of open elements for most tags, so that stack has to be short, not only the
//! tree flat: tags at the depth limit are dropped before the tree builder sees them.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use html5ever::interface::TreeSink;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};
use scraper::Html;

use super::dropped::Dropped;
use super::formatting::{Formatting, current_node};
use super::names::{is_formatting, never_nests};
use super::tree::{Handle, Tree};
use crate::options::Limits;

/// Distinct names of elements and attributes that HTML does not know and that are longer than 7 bytes. Each stands in
/// the process-wide table of html5ever's strings, 4096 linked lists; many more and each look-up is a long walk.
pub(super) const NAMES: usize = 8192;

/// Bytes of a text for each node of its tree, as on most pages: room for those is made at once, and more where a page has more.
const BYTES_OF_NODE: usize = 128;

/// Whether the tokenizer reads text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// No: markup.
    No,
    /// Up to the end tag of the element.
    ToEndTag,
    /// To the end: `plaintext`.
    ToEndOfFile,
}

pub(super) struct Guard {
    builder: TreeBuilder<Handle, Tree>,
    depth: u32,
    nodes: usize,
    stopped: Cell<bool>,
    raw: Cell<Raw>,
    /// The current node is known to be at the depth limit; nothing but dropped tags and text since.
    full: Cell<bool>,
    /// A line break stands in the place of a dropped tag; no text since.
    parted: Cell<bool>,
    /// Start tags dropped at the depth limit, to drop their end tags as well.
    deep: RefCell<Dropped>,
    formatting: RefCell<Formatting>,
    names: RefCell<HashSet<LocalName>>,
}

impl Guard {
    /// `bytes` is the length of the whole text.
    pub(super) fn new(limits: Limits, bytes: usize) -> Self {
        let opts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        Self {
            builder: TreeBuilder::new(Tree::new(limits.nodes.min(bytes / BYTES_OF_NODE)), opts),
            depth: u32::try_from(limits.depth).unwrap_or(u32::MAX),
            nodes: limits.nodes,
            stopped: Cell::new(false),
            raw: Cell::new(Raw::No),
            full: Cell::new(false),
            parted: Cell::new(false),
            deep: RefCell::default(),
            formatting: RefCell::new(Formatting::new(bytes)),
            names: RefCell::default(),
        }
    }

    /// Whether the node limit was reached: whatever comes now is dropped.
    pub(super) fn stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Whether the tokenizer reads text only.
    pub(super) fn raw(&self) -> Raw {
        self.raw.get()
    }

    /// The tree.
    pub(super) fn finish(self) -> Html {
        self.builder.sink.finish()
    }

    /// The work done, for tests.
    #[cfg(test)]
    pub(super) fn calls(&self) -> u64 {
        self.builder.sink.calls.get()
    }

    fn admits(&self, tag: &mut Tag) -> bool {
        match tag.kind {
            TagKind::StartTag => self.admits_start(tag),
            TagKind::EndTag => self.admits_end(tag),
        }
    }

    fn admits_start(&self, tag: &mut Tag) -> bool {
        if tag.self_closing && tag.name == local_name!("iframe") {
            // Within `noscript`, which browsers do not read, pages close it so; as an iframe it would swallow all that follows.
            tag.name = local_name!("embed");
        }
        if !self.admits_names(tag) {
            return false;
        }
        self.formatting.borrow_mut().close_when_spent(&self.builder);
        let (current, foreign) = current_node(&self.builder);
        if !foreign && never_nests(&tag.name) {
            return true;
        }
        if self.full.get() || self.builder.sink.depth(current, self.depth) >= self.depth {
            self.full.set(true);
            self.deep.borrow_mut().add(&tag.name);
            self.part(&tag.name);
            return false;
        }
        self.deep.borrow_mut().clear();
        self.formatting.borrow_mut().admits_start(tag, &self.builder)
    }

    fn admits_end(&self, tag: &Tag) -> bool {
        if self.raw.get() != Raw::No {
            return true;
        }
        if self.deep.borrow_mut().take(&tag.name) {
            self.part(&tag.name);
            return false;
        }
        let names = self.names.borrow();
        if names.len() >= NAMES && tag.name.is_dynamic() && !names.contains(&tag.name) {
            return false;
        }
        if tag.name == local_name!("template") {
            self.formatting.borrow_mut().end_template();
        }
        !is_formatting(&tag.name) || self.formatting.borrow_mut().admits_end(&tag.name)
    }

    /// Puts a line break in the place of a tag that is dropped for its depth, unless the element stands within words.
    fn part(&self, name: &LocalName) {
        if !self.parted.get() && !is_formatting(name) && *name != local_name!("span") {
            self.parted.set(true);
            let _ = self.builder.process_token(Token::CharacterTokens("\n".into()), 1);
        }
    }

    /// Takes away attributes whose names are beyond the limit; false where the tag's own name is.
    fn admits_names(&self, tag: &mut Tag) -> bool {
        if !self.admits_name(&tag.name) {
            return false;
        }
        tag.attrs.retain(|attribute| self.admits_name(&attribute.name.local));
        true
    }

    fn admits_name(&self, name: &LocalName) -> bool {
        if !name.is_dynamic() {
            return true;
        }
        let mut names = self.names.borrow_mut();
        if names.contains(name) {
            return true;
        }
        names.len() < NAMES && names.insert(name.clone())
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, mut token: Token, line_number: u64) -> TokenSinkResult<Handle> {
        if !self.stopped.get() && self.builder.sink.nodes() >= self.nodes {
            self.stopped.set(true);
        }
        // The end passes always: it makes html, head and body where they are missing.
        if self.stopped.get() && token != Token::EOFToken {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &mut token {
            if !self.admits(tag) {
                return TokenSinkResult::Continue;
            }
            self.full.set(false);
            self.raw.set(Raw::No);
        } else if matches!(token, Token::CharacterTokens(_) | Token::NullCharacterToken) {
            self.parted.set(false);
        }
        let result = self.builder.process_token(token, line_number);
        match result {
            TokenSinkResult::RawData(_) => self.raw.set(Raw::ToEndTag),
            TokenSinkResult::Plaintext => self.raw.set(Raw::ToEndOfFile),
            _ => {}
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
