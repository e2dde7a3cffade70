//! The tree of a page: its nodes in one vector, their texts one behind the other, with links by number.
//!
//! Input: what the tree builder asks for. Output: the tree, read through [`NodeRef`]. What nobody reads is not stored: the
//! contents of comments and of the document type. Nothing recurses, and nothing is freed node by node.

use std::iter::successors;
use std::ops::Range;

use super::name::{Name, Names};
use crate::document::Tag;

/// The number of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(super) const DOCUMENT: Self = Self(0);
    const NONE: Self = Self(u32::MAX);

    fn known(self) -> Option<Self> {
        (self != Self::NONE).then_some(self)
    }
}

/// The language that an element is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Html,
    Svg,
    MathMl,
}

/// What the document type says about how old the page is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Quirks {
    #[default]
    No,
    Limited,
    Full,
}

/// An attribute: its name, and where its value stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute {
    pub(super) name: Name,
    start: u32,
    end: u32,
}

/// Some attributes: those of a tag.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes {
    start: u32,
    end: u32,
}

impl Attributes {
    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Document,
    Doctype,
    Comment,
    /// The contents of a template.
    Fragment,
    Element {
        name: Name,
        space: Space,
        attributes: Attributes,
    },
    /// A part of [`Tree::text`].
    Text {
        start: u32,
        end: u32,
    },
    /// A text that grew after another had begun: its number in [`Tree::grown`].
    Grown(u32),
}

#[derive(Debug, Clone, Copy)]
struct Node {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    /// Levels above it, as noted when it was inserted; see [`Tree::depth`].
    depth: u32,
    kind: Kind,
}

impl Node {
    fn new(kind: Kind) -> Self {
        let [parent, previous, next, first, last] = [NodeId::NONE; 5];
        Self { parent, previous, next, first, last, depth: 0, kind }
    }
}

/// Where a node is inserted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    /// As the last child.
    Last(NodeId),
    /// Before a sibling, if that has a parent; else nowhere.
    Before(NodeId),
}

/// The tree.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// The values of all attributes.
    values: String,
    /// The texts of most nodes.
    text: String,
    grown: Vec<String>,
    pub(super) names: Names,
    pub(super) quirks: Quirks,
}

impl Tree {
    /// A document alone, with room for so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        let mut all = Vec::with_capacity(nodes.max(1));
        all.push(Node::new(Kind::Document));
        Self {
            nodes: all,
            attributes: Vec::new(),
            values: String::new(),
            text: String::new(),
            grown: Vec::new(),
            names: Names::default(),
            quirks: Quirks::No,
        }
    }

    /// Nodes made so far: the document, elements, texts, comments, the document type, contents of templates.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    fn add(&mut self, kind: Kind) -> NodeId {
        self.nodes.push(Node::new(kind));
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Adds an element that stands nowhere yet. A template has its contents at once.
    pub(super) fn element(&mut self, name: Name, space: Space, attributes: Attributes) -> NodeId {
        let element = self.add(Kind::Element { name, space, attributes });
        if space == Space::Html && name == Name::of(Tag::Template) {
            let contents = self.add(Kind::Fragment);
            self.link_last(element, contents);
        }
        element
    }

    /// Inserts a comment.
    pub(super) fn comment(&mut self, spot: Spot) {
        let comment = self.add(Kind::Comment);
        self.insert(spot, comment);
    }

    /// Appends the document type.
    pub(super) fn doctype(&mut self) {
        let doctype = self.add(Kind::Doctype);
        self.insert(Spot::Last(NodeId::DOCUMENT), doctype);
    }

    /// Inserts a node that has no parent.
    pub(super) fn insert(&mut self, spot: Spot, node: NodeId) {
        match spot {
            Spot::Last(parent) => {
                self.node_mut(node).depth = self.noted_depth(parent).saturating_add(1);
                self.link_last(parent, node);
            }
            Spot::Before(sibling) => {
                self.node_mut(node).depth = self.noted_depth(sibling);
                self.link_before(sibling, node);
            }
        }
    }

    fn link_last(&mut self, parent: NodeId, node: NodeId) {
        let last = std::mem::replace(&mut self.node_mut(parent).last, node);
        match last.known() {
            Some(last) => self.node_mut(last).next = node,
            None => self.node_mut(parent).first = node,
        }
        let node = self.node_mut(node);
        (node.parent, node.previous) = (parent, last);
    }

    fn link_before(&mut self, sibling: NodeId, node: NodeId) {
        let Some(parent) = self.node(sibling).parent.known() else { return };
        let previous = std::mem::replace(&mut self.node_mut(sibling).previous, node);
        match previous.known() {
            Some(previous) => self.node_mut(previous).next = node,
            None => self.node_mut(parent).first = node,
        }
        let node = self.node_mut(node);
        (node.parent, node.previous, node.next) = (parent, previous, sibling);
    }

    /// Inserts text: it joins a text that stands there.
    pub(super) fn insert_text(&mut self, spot: Spot, text: &str) {
        let before = match spot {
            Spot::Last(parent) => self.node(parent).last,
            Spot::Before(sibling) if self.node(sibling).parent == NodeId::NONE => return,
            Spot::Before(sibling) => self.node(sibling).previous,
        };
        if let Some(before) = before.known()
            && self.grow(before, text)
        {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let node = self.add(Kind::Text { start, end: self.text.len() as u32 });
        match spot {
            Spot::Last(parent) => self.link_last(parent, node),
            Spot::Before(sibling) => self.link_before(sibling, node),
        }
    }

    /// Adds to the text of a node; false if it is no text.
    fn grow(&mut self, node: NodeId, more: &str) -> bool {
        match self.node(node).kind {
            Kind::Text { start, end } if end as usize == self.text.len() => {
                self.text.push_str(more);
                self.node_mut(node).kind = Kind::Text { start, end: self.text.len() as u32 };
            }
            Kind::Text { start, end } => {
                let known = self.text.get(start as usize..end as usize).unwrap_or_default();
                self.grown.push([known, more].concat());
                self.node_mut(node).kind = Kind::Grown(self.grown.len() as u32 - 1);
            }
            Kind::Grown(number) => self.grown[number as usize].push_str(more),
            _ => return false,
        }
        true
    }

    /// Takes a node away from its parent, if it has one.
    pub(super) fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = *self.node(id);
        let Some(parent) = parent.known() else { return };
        match previous.known() {
            Some(previous) => self.node_mut(previous).next = next,
            None => self.node_mut(parent).first = next,
        }
        match next.known() {
            Some(next) => self.node_mut(next).previous = previous,
            None => self.node_mut(parent).last = previous,
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (NodeId::NONE, NodeId::NONE, NodeId::NONE);
    }

    /// Moves all children of a node to the end of another's.
    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        let Some(first) = self.node(from).first.known() else { return };
        let last = std::mem::replace(&mut self.node_mut(from).last, NodeId::NONE);
        self.node_mut(from).first = NodeId::NONE;
        let mut child = first;
        while child != NodeId::NONE {
            self.node_mut(child).parent = to;
            child = self.node(child).next;
        }
        let before = std::mem::replace(&mut self.node_mut(to).last, last);
        self.node_mut(first).previous = before;
        match before.known() {
            Some(before) => self.node_mut(before).next = first,
            None => self.node_mut(to).first = first,
        }
    }

    pub(super) fn has_parent(&self, id: NodeId) -> bool {
        self.node(id).parent != NodeId::NONE
    }

    /// The contents of a template.
    pub(super) fn contents(&self, template: NodeId) -> NodeId {
        self.node(template).first.known().unwrap_or(template)
    }

    /// Levels above a node: exact where it is `limit` or more, else perhaps not: the descendants of a node that the
    /// adoption agency moves keep what was noted.
    pub(super) fn depth(&mut self, id: NodeId, limit: u32) -> u32 {
        let noted = self.noted_depth(id);
        if noted < limit {
            return noted;
        }
        let exact = u32::try_from(self.get(id).ancestors().count()).unwrap_or(u32::MAX);
        match *self.node(id) {
            Node { kind: Kind::Fragment, parent, .. } => self.node_mut(parent).depth = exact.saturating_sub(1),
            _ => self.node_mut(id).depth = exact,
        }
        exact
    }

    /// The contents of a template are made before it has a place.
    fn noted_depth(&self, id: NodeId) -> u32 {
        let node = self.node(id);
        match node.kind {
            Kind::Fragment if node.parent != NodeId::NONE => self.node(node.parent).depth.saturating_add(1),
            _ => node.depth,
        }
    }

    /// Begins the attributes of a tag.
    pub(super) fn begin_attributes(&self) -> Attributes {
        let end = self.attributes.len() as u32;
        Attributes { start: end, end }
    }

    /// Adds an attribute to the tag that was begun last, unless it has one of this name. `value` appends the value.
    pub(super) fn add_attribute(&mut self, tag: &mut Attributes, name: Name, value: impl FnOnce(&mut String)) {
        if self.attribute_of(*tag, name).is_some() {
            return;
        }
        let start = self.values.len() as u32;
        value(&mut self.values);
        self.attributes.push(Attribute { name, start, end: self.values.len() as u32 });
        tag.end = self.attributes.len() as u32;
    }

    fn list(&self, attributes: Attributes) -> &[Attribute] {
        self.attributes.get(attributes.range()).unwrap_or_default()
    }

    pub(super) fn attribute_of(&self, attributes: Attributes, name: Name) -> Option<&str> {
        self.list(attributes).iter().find(|attribute| attribute.name == name).map(|attribute| self.value(attribute))
    }

    fn value(&self, attribute: &Attribute) -> &str {
        self.values.get(attribute.start as usize..attribute.end as usize).unwrap_or_default()
    }

    /// Whether two tags have the same attributes, in any order. Each is in a tag once.
    pub(super) fn are_alike(&self, one: Attributes, other: Attributes) -> bool {
        one.len() == other.len()
            && self.list(one).iter().all(|known| self.attribute_of(other, known.name) == Some(self.value(known)))
    }

    /// Gives an element the attributes that it does not have, up to a number of them in all.
    pub(super) fn add_missing(&mut self, element: NodeId, more: Attributes, most: usize) {
        let Kind::Element { name, space, attributes: known } = self.node(element).kind else { return };
        let room = most.saturating_sub(known.len());
        let is_missing = |at: &usize| self.attribute_of(known, self.attributes[*at].name).is_none();
        let missing: Vec<usize> = more.range().take(room).filter(is_missing).collect();
        if missing.is_empty() {
            return;
        }
        let mut attributes = self.begin_attributes();
        self.attributes.extend_from_within(known.range());
        missing.into_iter().for_each(|at| self.attributes.push(self.attributes[at]));
        attributes.end = self.attributes.len() as u32;
        self.node_mut(element).kind = Kind::Element { name, space, attributes };
    }

    /// The document.
    pub(crate) fn root(&self) -> NodeRef<'_> {
        self.get(NodeId::DOCUMENT)
    }

    pub(super) fn get(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { tree: self, id }
    }
}

/// A node of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeRef<'t> {
    tree: &'t Tree,
    id: NodeId,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content<'t> {
    Text(&'t str),
    Element(Tag),
    /// The contents of a template.
    Fragment,
    Comment,
    Document,
    Doctype,
}

impl<'t> NodeRef<'t> {
    pub(crate) fn id(self) -> NodeId {
        self.id
    }

    fn at(self, id: NodeId) -> Option<Self> {
        Some(Self { id: id.known()?, ..self })
    }

    pub(crate) fn content(self) -> Content<'t> {
        match self.tree.node(self.id).kind {
            Kind::Document => Content::Document,
            Kind::Doctype => Content::Doctype,
            Kind::Comment => Content::Comment,
            Kind::Fragment => Content::Fragment,
            Kind::Element { name, .. } => Content::Element(name.tag()),
            Kind::Text { .. } | Kind::Grown(_) => Content::Text(self.text().unwrap_or_default()),
        }
    }

    /// Its text, if it is one.
    pub(crate) fn text(self) -> Option<&'t str> {
        match self.tree.node(self.id).kind {
            Kind::Text { start, end } => self.tree.text.get(start as usize..end as usize),
            Kind::Grown(number) => self.tree.grown.get(number as usize).map(String::as_str),
            _ => None,
        }
    }

    /// The tag of an element.
    pub(crate) fn tag(self) -> Option<Tag> {
        match self.tree.node(self.id).kind {
            Kind::Element { name, .. } => Some(name.tag()),
            _ => None,
        }
    }

    /// The name of an element; nothing for another node.
    pub(crate) fn name(self) -> &'t str {
        match self.tree.node(self.id).kind {
            Kind::Element { name, .. } => self.tree.names.text(name),
            _ => "",
        }
    }

    /// The text of a name of its tree.
    pub(super) fn name_of(self, name: Name) -> &'t str {
        self.tree.names.text(name)
    }

    /// The language of an element.
    pub(super) fn space(self) -> Space {
        match self.tree.node(self.id).kind {
            Kind::Element { space, .. } => space,
            _ => Space::Html,
        }
    }

    fn list(self) -> &'t [Attribute] {
        match self.tree.node(self.id).kind {
            Kind::Element { attributes, .. } => self.tree.list(attributes),
            _ => &[],
        }
    }

    /// The value of an attribute.
    pub(crate) fn attribute(self, name: Name) -> Option<&'t str> {
        self.list().iter().find(|attribute| attribute.name == name).map(|attribute| self.tree.value(attribute))
    }

    /// The attributes of an element and their values, in the order in which they stand.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (Name, &'t str)> {
        self.list().iter().map(move |attribute| (attribute.name, self.tree.value(attribute)))
    }

    pub(crate) fn parent(self) -> Option<Self> {
        self.at(self.tree.node(self.id).parent)
    }

    pub(crate) fn first_child(self) -> Option<Self> {
        self.at(self.tree.node(self.id).first)
    }

    pub(crate) fn next_sibling(self) -> Option<Self> {
        self.at(self.tree.node(self.id).next)
    }

    fn previous_sibling(self) -> Option<Self> {
        self.at(self.tree.node(self.id).previous)
    }

    /// The nodes above it, innermost first.
    pub(crate) fn ancestors(self) -> impl Iterator<Item = Self> {
        successors(self.parent(), |node| node.parent())
    }

    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        successors(self.first_child(), |node| node.next_sibling())
    }

    /// The siblings before it, the nearest first.
    pub(crate) fn previous_siblings(self) -> impl Iterator<Item = Self> {
        successors(self.previous_sibling(), |node| node.previous_sibling())
    }

    /// The siblings behind it.
    pub(crate) fn next_siblings(self) -> impl Iterator<Item = Self> {
        successors(self.next_sibling(), |node| node.next_sibling())
    }

    /// The node itself and all below it, in the order of the page.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Self> {
        successors(Some(self), move |node| {
            node.first_child().or_else(|| {
                let mut last = *node;
                while last.id != self.id {
                    if let Some(next) = last.next_sibling() {
                        return Some(next);
                    }
                    last = last.parent()?;
                }
                None
            })
        })
    }
}
