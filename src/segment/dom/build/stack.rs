//! The stack of open elements.

use super::super::name::Name;
use super::super::tree::{NodeId, Space};
use super::sets::{self, BUTTON_SCOPE, SCOPE};
use crate::document::Tag;

/// An open element: what the rules ask of it, so that they need not look into the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) id: NodeId,
    pub(super) name: Name,
    pub(super) space: Space,
    sets: u16,
}

impl Open {
    pub(super) fn new(id: NodeId, name: Name, space: Space) -> Self {
        Self { id, name, space, sets: sets::of_element(name, space) }
    }

    /// Whether it is the HTML element of this name.
    pub(super) fn is_named(&self, name: Name) -> bool {
        self.name == name && self.space == Space::Html
    }

    pub(super) fn is(&self, tag: Tag) -> bool {
        self.is_named(Name::of(tag))
    }

    pub(super) fn is_html(&self) -> bool {
        self.space == Space::Html
    }

    /// Whether it is in one of these sets.
    pub(super) fn is_one_of(&self, sets: u16) -> bool {
        self.sets & sets != 0
    }
}

/// The stack of open elements, the current node last.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Open `p` elements: each tag of a block asks for one, and mostly there is none.
    paragraphs: usize,
    /// Elements that were looked at: the work, for tests.
    #[cfg(test)]
    looks: std::cell::Cell<u64>,
}

impl Stack {
    #[cfg(test)]
    pub(super) fn looks(&self) -> u64 {
        self.looks.get()
    }

    #[cfg(test)]
    pub(super) fn look(&self) {
        self.looks.set(self.looks.get() + 1);
    }

    #[cfg(not(test))]
    pub(super) fn look(&self) {}

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Open> {
        self.open.get(at).copied()
    }

    /// The current node.
    pub(super) fn current(&self) -> Option<Open> {
        self.open.last().copied()
    }

    pub(super) fn current_is(&self, tag: Tag) -> bool {
        self.open.last().is_some_and(|open| open.is(tag))
    }

    pub(super) fn push(&mut self, open: Open) {
        self.paragraphs += usize::from(open.is(Tag::P));
        self.open.push(open);
    }

    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.paragraphs -= usize::from(open.is(Tag::P));
        Some(open)
    }

    pub(super) fn truncate(&mut self, length: usize) {
        while self.open.len() > length {
            self.pop();
        }
    }

    pub(super) fn remove(&mut self, at: usize) {
        let open = self.open.remove(at);
        self.paragraphs -= usize::from(open.is(Tag::P));
    }

    /// Puts an element in; it is no paragraph.
    pub(super) fn insert(&mut self, at: usize, open: Open) {
        self.open.insert(at, open);
    }

    /// Puts an element in the place of another; neither is a paragraph.
    pub(super) fn replace(&mut self, at: usize, open: Open) {
        self.open[at] = open;
    }

    /// Where an element stands in it.
    pub(super) fn position(&self, id: NodeId) -> Option<usize> {
        self.downwards().find(|(_, open)| open.id == id).map(|(at, _)| at)
    }

    pub(super) fn remove_node(&mut self, id: NodeId) {
        if let Some(at) = self.position(id) {
            self.remove(at);
        }
    }

    /// Whether an HTML element of this name is open.
    pub(super) fn has(&self, tag: Tag) -> bool {
        self.downwards().any(|(_, open)| open.is(tag))
    }

    /// Whether an element that fits stands in a scope: above the last element of these sets, or is that.
    pub(super) fn has_in(&self, scope: u16, fits: impl Fn(&Open) -> bool) -> bool {
        for (_, open) in self.downwards() {
            if fits(open) {
                return true;
            }
            if open.is_one_of(scope) {
                return false;
            }
        }
        false
    }

    pub(super) fn has_named_in(&self, scope: u16, name: Name) -> bool {
        self.has_in(scope, |open| open.is_named(name))
    }

    /// Whether an HTML element of this name is in scope.
    pub(super) fn has_in_scope(&self, tag: Tag) -> bool {
        self.has_named_in(SCOPE, Name::of(tag))
    }

    pub(super) fn has_paragraph_in_button_scope(&self) -> bool {
        self.paragraphs > 0 && self.has_named_in(SCOPE | BUTTON_SCOPE, Name::of(Tag::P))
    }

    /// Closes all up to an HTML element of this name, and that.
    pub(super) fn pop_to(&mut self, tag: Tag) {
        self.pop_to_named(Name::of(tag));
    }

    pub(super) fn pop_to_named(&mut self, name: Name) {
        while self.pop().is_some_and(|open| !open.is_named(name)) {}
    }

    /// Closes all up to an element of these sets, and that.
    pub(super) fn pop_to_one_of(&mut self, sets: u16) {
        while self.pop().is_some_and(|open| !open.is_one_of(sets)) {}
    }

    /// Closes all above an element that fits.
    pub(super) fn pop_above(&mut self, fits: impl Fn(&Open) -> bool) {
        while self.open.last().is_some_and(|open| !fits(open)) {
            self.pop();
        }
    }

    /// From the current node on downwards.
    pub(super) fn downwards(&self) -> impl Iterator<Item = (usize, &Open)> {
        self.open.iter().enumerate().rev().inspect(|_| self.look())
    }
}
