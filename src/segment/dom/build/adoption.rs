//! The list of active formatting elements: what is in it, what is created again, and the adoption agency.

use super::super::name::Name;
use super::super::tree::{NodeId, Space, Spot};
use super::sets::{SCOPE, SPECIAL};
use super::{Active, Builder, Open, StartTag, Step};
use crate::document::Tag;

/// Rounds of the adoption agency, and elements between the formatting element and the furthest block that stay formatting.
const ROUNDS: usize = 8;
const INNER: usize = 3;

/// Elements of the same tag and attributes in the list, at most (the "Noah's Ark clause").
const ALIKE: usize = 3;

impl Builder {
    /// The entries behind the last marker, the last one first, each with its place.
    fn active_to_marker(&self) -> impl Iterator<Item = (usize, NodeId, StartTag)> {
        self.active.iter().enumerate().rev().map_while(|(at, entry)| match entry {
            Active::Element { id, tag } => Some((at, *id, *tag)),
            Active::Marker => None,
        })
    }

    fn active_position(&self, node: NodeId) -> Option<usize> {
        self.active.iter().rposition(|entry| match entry {
            Active::Element { id, .. } => {
                self.stack.look();
                *id == node
            }
            Active::Marker => false,
        })
    }

    /// Inserts a formatting element and takes it into the list.
    pub(super) fn insert_formatting(&mut self, tag: StartTag) -> Step {
        self.reconstruct();
        let is_alike =
            |known: &StartTag| known.name == tag.name && self.tree.are_alike(known.attributes, tag.attributes);
        let alike = self.active_to_marker().filter(|(_, _, known)| is_alike(known)).map(|(at, ..)| at);
        let (count, first) = alike.fold((0, None), |(count, _), at| (count + 1, Some(at)));
        if let Some(first) = first.filter(|_| count >= ALIKE) {
            self.active.remove(first);
        }
        let id = self.insert(tag);
        self.active.push(Active::Element { id, tag });
        Step::Done
    }

    fn is_marker_or_open(&self, entry: &Active) -> bool {
        match entry {
            Active::Marker => true,
            Active::Element { id, .. } => self.stack.position(*id).is_some(),
        }
    }

    /// Reconstructs the active formatting elements.
    pub(super) fn reconstruct(&mut self) {
        let open = self.active.iter().rposition(|entry| self.is_marker_or_open(entry));
        for at in open.map_or(0, |open| open + 1)..self.active.len() {
            if let Active::Element { tag, .. } = self.active[at] {
                let id = self.insert(tag);
                self.active[at] = Active::Element { id, tag };
            }
        }
    }

    /// Closes a link that is open where another begins.
    pub(super) fn close_misnested_link(&mut self) {
        let name = Name::of(Tag::A);
        let Some((_, link, _)) = self.active_to_marker().find(|(_, _, tag)| tag.name == name) else { return };
        self.adopt(name);
        if let Some(at) = self.active_position(link) {
            self.active.remove(at);
        }
        self.stack.remove_node(link);
    }

    /// The adoption agency, for the end tag of a formatting element.
    pub(super) fn adopt(&mut self, subject: Name) {
        if let Some(current) = self.stack.current()
            && current.is_named(subject)
            && self.active_position(current.id).is_none()
        {
            self.stack.pop();
            return;
        }
        for _ in 0..ROUNDS {
            if !self.adopt_once(subject) {
                return;
            }
        }
    }

    /// One round of it; false after the last one.
    fn adopt_once(&mut self, subject: Name) -> bool {
        let formatting = self.active_to_marker().find(|(_, _, tag)| tag.name == subject);
        let Some((active_at, formatting, tag)) = formatting else {
            self.end_other(subject);
            return false;
        };
        let Some(open_at) = self.stack.position(formatting) else {
            self.active.remove(active_at);
            return false;
        };
        if !self.stack.has_in(SCOPE, |open| open.id == formatting) {
            return false;
        }
        let furthest = (open_at..self.stack.len()).find_map(|at| {
            let open = self.stack.get(at).filter(|open| open.is_one_of(SPECIAL))?;
            Some((at, open))
        });
        let Some((furthest_at, furthest)) = furthest else {
            self.stack.truncate(open_at);
            self.active.remove(active_at);
            return false;
        };
        let ancestor = open_at.checked_sub(1).and_then(|at| self.stack.get(at));
        let (last, bookmark) = self.adopt_between(formatting, furthest_at, furthest.id);
        self.tree.detach(last);
        let spot = self.place(ancestor);
        self.tree.insert(spot, last);
        let id = self.create(tag, Space::Html);
        self.tree.move_children(furthest.id, id);
        self.tree.insert(Spot::Last(furthest.id), id);
        self.set_bookmark(formatting, bookmark, Active::Element { id, tag });
        self.stack.remove_node(formatting);
        let below = self.stack.position(furthest.id).map_or(self.stack.len(), |at| at + 1);
        self.stack.insert(below, Open::new(id, tag.name, Space::Html));
        true
    }

    /// Creates the formatting elements between the formatting element and the furthest block again, each around what comes
    /// below it. Returns the outermost, and the element behind which the new entry of the list comes, if not in the place of
    /// the old.
    fn adopt_between(&mut self, formatting: NodeId, furthest_at: usize, furthest: NodeId) -> (NodeId, Option<NodeId>) {
        let (mut last, mut bookmark) = (furthest, None);
        for (count, at) in (0..furthest_at).rev().enumerate() {
            let Some(node) = self.stack.get(at).filter(|open| open.id != formatting) else { break };
            let active_at = self.active_position(node.id);
            let Some((active_at, Active::Element { tag, .. })) =
                active_at.filter(|_| count < INNER).map(|at| (at, self.active[at]))
            else {
                active_at.into_iter().for_each(|at| {
                    self.active.remove(at);
                });
                self.stack.remove(at);
                continue;
            };
            let id = self.create(tag, Space::Html);
            self.stack.replace(at, Open::new(id, tag.name, Space::Html));
            self.active[active_at] = Active::Element { id, tag };
            if last == furthest {
                bookmark = Some(id);
            }
            self.tree.detach(last);
            self.tree.insert(Spot::Last(id), last);
            last = id;
        }
        (last, bookmark)
    }

    /// Puts the new entry of a formatting element into the list.
    fn set_bookmark(&mut self, formatting: NodeId, bookmark: Option<NodeId>, entry: Active) {
        let behind = bookmark.and_then(|bookmark| self.active_position(bookmark));
        match (behind, self.active_position(formatting)) {
            (Some(behind), old) => {
                self.active.insert(behind + 1, entry);
                if let Some(old) = old {
                    self.active.remove(if old > behind { old + 1 } else { old });
                }
            }
            (None, Some(old)) => self.active[old] = entry,
            (None, None) => {}
        }
    }
}
