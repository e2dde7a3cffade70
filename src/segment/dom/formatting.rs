//! Bounds on formatting elements: on how many wait to be re-created, and on the work that takes.
//!
//! Formatting elements left open (`<p><b>…</p><p>…`) are created again in each paragraph that follows, so that n
//! paragraphs with n open elements would make n² elements; and each formatting tag looks through the list of them.
//! Three bounds: the length of the list, a budget of re-created elements, a budget of list entries looked at. The
//! budgets grow with the length of the input and have a constant part, so that no ordinary page meets them.

use super::build::{Builder, StartTag, is_formatting, is_marker};
use super::dropped::Dropped;
use super::name::Name;
use crate::document::Tag;

/// The formatting elements.
const FORMATTING: [Tag; 14] = [
    Tag::A,
    Tag::B,
    Tag::Big,
    Tag::Code,
    Tag::Em,
    Tag::Font,
    Tag::I,
    Tag::Nobr,
    Tag::S,
    Tag::Small,
    Tag::Strike,
    Tag::Strong,
    Tag::Tt,
    Tag::U,
];

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
    pub(super) fn close_when_spent(&mut self, builder: &mut Builder) {
        if builder.formatting().saturating_sub(self.admitted) <= self.clones {
            return;
        }
        self.looks = 0;
        for tag in FORMATTING {
            let mut left = builder.entries();
            loop {
                // Closing one may re-create others, never more than were there.
                builder.end(Name::of(tag));
                let now = builder.entries();
                if now >= left {
                    break;
                }
                left = now;
            }
        }
        // Entries before a marker could not be closed now. Should they be re-created later, this runs again.
        self.admitted = builder.formatting();
        self.clones = 0;
    }

    /// Whether a start tag may pass.
    pub(super) fn admits_start(&mut self, tag: StartTag, builder: &Builder) -> bool {
        if !is_formatting(tag.name) {
            self.note_marker(tag.name);
            return true;
        }
        if self.entries >= LIST {
            self.entries = builder.entries();
        }
        let weight = 1 + tag.attributes.len();
        if self.entries >= LIST || !self.look(weight.saturating_mul(1 + self.entries)) {
            self.dropped.add(tag.name);
            return false;
        }
        self.dropped.clear();
        self.entries += 1;
        self.admitted += weight;
        true
    }

    /// Whether the end tag of a formatting element may pass.
    pub(super) fn admits_end(&mut self, name: Name) -> bool {
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

    fn note_marker(&mut self, name: Name) {
        if !is_marker(name) {
            return;
        }
        if name.tag() == Tag::Template {
            self.templates += 1;
        }
        if !is_cell(name) || self.templates > 0 {
            self.markers += 1;
        }
    }
}

/// Whether this is a marker that a table puts and, outside templates, always takes away again.
fn is_cell(name: Name) -> bool {
    matches!(name.tag(), Tag::Caption | Tag::Td | Tag::Th)
}
