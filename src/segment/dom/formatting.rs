//! Bounds on formatting elements: on how many wait to be re-created, and on the work that takes.
//!
//! Formatting elements left open (`<p><b>…</p><p>…`) are created again in each paragraph that follows, so that n
//! paragraphs with n open elements would make n² elements; and each formatting tag looks through the list of them.
//! Three bounds: the length of the list, a budget of re-created elements, a budget of list entries looked at. The
//! budgets grow with the length of the input and have a constant part, so that no ordinary page meets them.

use std::cell::Cell;

use ego_tree::NodeId;
use html5ever::LocalName;
use html5ever::interface::Tracer;
use html5ever::local_name;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink};
use html5ever::tree_builder::TreeBuilder;

use super::dropped::Dropped;
use super::names::{FORMATTING, is_cell, is_formatting, is_marker};
use super::tree::{Handle, Tree};

/// Formatting elements in the list, of all its markers together. On 1256 pages of the web (news, shops, forums) the most
/// seen was 5.
pub(super) const LIST: usize = 32;

/// Re-created elements and their attributes that a document has free, beside one per 8 bytes of its length. The most seen
/// on the same pages was 180.
pub(super) const CLONES: usize = 50_000;

/// Entries of the list looked at, with their attributes, that a document has free, and has per byte of its length. The
/// most seen on the same pages was a twentieth of it.
const LOOKS: usize = 1_000_000;
const LOOKS_PER_BYTE: usize = 8;

pub(super) struct Formatting {
    /// At least the number of entries in the list.
    entries: usize,
    dropped: Dropped,
    /// Start tags passed and their attributes.
    admitted: usize,
    clones: usize,
    looks: usize,
    /// Start tags that put a marker onto the list which bad nesting may leave there for ever.
    markers: usize,
    /// Templates that are open.
    templates: usize,
}

impl Formatting {
    /// `bytes` is the length of the whole text.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            entries: 0,
            dropped: Dropped::default(),
            admitted: 0,
            clones: CLONES.saturating_add(bytes / 8),
            looks: LOOKS.saturating_add(bytes.saturating_mul(LOOKS_PER_BYTE)),
            markers: 0,
            templates: 0,
        }
    }

    /// Closes all formatting elements once too many were re-created; from then on none is admitted.
    pub(super) fn close_when_spent(&mut self, builder: &TreeBuilder<Handle, Tree>) {
        if builder.sink.formatting().saturating_sub(self.admitted) <= self.clones {
            return;
        }
        self.looks = 0;
        for name in &FORMATTING {
            let mut left = entries(builder);
            loop {
                // Closing one may re-create others, never more than were there.
                let tag = Tag {
                    kind: TagKind::EndTag,
                    name: name.clone(),
                    self_closing: false,
                    attrs: Vec::new(),
                    had_duplicate_attributes: false,
                };
                let _ = builder.process_token(Token::TagToken(tag), 1);
                let now = entries(builder);
                if now >= left {
                    break;
                }
                left = now;
            }
        }
        // Entries before a marker could not be closed now. Should they be re-created later, this runs again.
        self.admitted = builder.sink.formatting();
        self.clones = 0;
    }

    /// Whether a start tag may pass.
    pub(super) fn admits_start(&mut self, tag: &Tag, builder: &TreeBuilder<Handle, Tree>) -> bool {
        if !is_formatting(&tag.name) {
            self.note_marker(&tag.name);
            return true;
        }
        if self.entries >= LIST {
            self.entries = entries(builder);
        }
        let weight = 1 + tag.attrs.len();
        if self.entries >= LIST || !self.look(weight.saturating_mul(1 + self.entries)) {
            self.dropped.add(&tag.name);
            return false;
        }
        self.dropped.clear();
        self.entries += 1;
        self.admitted += weight;
        true
    }

    /// Whether the end tag of a formatting element may pass.
    pub(super) fn admits_end(&mut self, name: &LocalName) -> bool {
        !self.dropped.take(name) && self.look(1 + self.markers / 16)
    }

    /// A template was closed.
    pub(super) fn end_template(&mut self) {
        self.templates = self.templates.saturating_sub(1);
    }

    fn look(&mut self, entries: usize) -> bool {
        match self.looks.checked_sub(entries) {
            Some(rest) => {
                self.looks = rest;
                true
            }
            None => {
                // Spent for all, else start tags would pass whose end tags do not.
                self.looks = 0;
                false
            }
        }
    }

    fn note_marker(&mut self, name: &LocalName) {
        if !is_marker(name) {
            return;
        }
        if *name == local_name!("template") {
            self.templates += 1;
        }
        if !is_cell(name) || self.templates > 0 {
            self.markers += 1;
        }
    }
}

/// Entries of the list of active formatting elements, and up to two more.
fn entries(builder: &TreeBuilder<Handle, Tree>) -> usize {
    struct Entries {
        current: NodeId,
        passed: Cell<bool>,
        count: Cell<usize>,
    }

    impl Tracer for Entries {
        type Handle = Handle;

        // The tree builder shows the document, the stack of open elements, of which the current node is the last,
        // the list of active formatting elements, and the pointers to head and form.
        fn trace_handle(&self, node: &Handle) {
            if self.passed.get() {
                self.count.set(self.count.get() + 1);
            } else if node.id == self.current {
                self.passed.set(true);
            }
        }
    }

    let (current, _) = current_node(builder);
    let tracer = Entries { current: current.id, passed: Cell::new(false), count: Cell::new(0) };
    builder.trace_handles(&tracer);
    tracer.count.get()
}

/// The current node, and whether it is of SVG or MathML. The document where no element is open.
pub(super) fn current_node(builder: &TreeBuilder<Handle, Tree>) -> (Handle, bool) {
    builder.sink.forget_named();
    // The answer takes the name of the current node, and of no other.
    let foreign = builder.adjusted_current_node_present_but_not_in_html_namespace();
    (builder.sink.named(), foreign)
}
