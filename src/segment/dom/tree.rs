//! The tree sink: what the tree builder asks for, done by scraper's sink, with the counts the guard decides by.
//!
//! Input: calls of html5ever's tree builder. Output: scraper's tree. It keeps the depth of each node, remembers which
//! element was named last (so that the guard learns the current node), and counts the formatting elements made. It
//! refuses nothing but attributes beyond the cap; dropping is the guard's work.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use ego_tree::NodeId;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName, ns};
use scraper::{Html, HtmlTreeSink, Node};

use super::ATTRIBUTES;
use super::names::is_formatting;

/// A node as the tree builder holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handle {
    /// The node in scraper's tree.
    pub(super) id: NodeId,
    /// Its place in [`Tree::depths`]; the contents of a template share the template's.
    number: usize,
    /// Levels between the numbered node and this one: 1 for the contents of a template, else 0.
    below: u32,
}

/// The tree sink.
pub(super) struct Tree {
    inner: HtmlTreeSink,
    /// Levels above each node, in the order of creation. Set where a node is inserted; the descendants of a node that
    /// the adoption agency moves keep their old value, which [`Tree::depth`] corrects where it matters.
    depths: RefCell<Vec<u32>>,
    /// The element whose name was asked for last.
    named: Cell<Handle>,
    /// Formatting elements made and their attributes.
    formatting: Cell<usize>,
    /// Questions of the tree builder about nodes, and nodes made: the work, for tests.
    #[cfg(test)]
    pub(super) calls: Cell<u64>,
}

impl Tree {
    /// With room for so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        let tree = ego_tree::Tree::with_capacity(Node::Document, nodes);
        let inner = HtmlTreeSink::new(Html { tree, ..Html::new_document() });
        let named = Cell::new(Handle { id: inner.get_document(), number: 0, below: 0 });
        let mut depths = Vec::with_capacity(nodes);
        depths.push(0);
        Self {
            inner,
            depths: RefCell::new(depths),
            named,
            formatting: Cell::new(0),
            #[cfg(test)]
            calls: Cell::new(0),
        }
    }

    /// Nodes made so far: the document, elements, texts, comments, the document type, contents of templates.
    pub(super) fn nodes(&self) -> usize {
        self.inner.0.borrow().tree.values().len()
    }

    /// Formatting elements made so far, and their attributes.
    pub(super) fn formatting(&self) -> usize {
        self.formatting.get()
    }

    /// Forgets which element was named last: until the next, it is the document.
    pub(super) fn forget_named(&self) {
        self.named.set(self.get_document());
    }

    /// The element whose name was asked for last.
    pub(super) fn named(&self) -> Handle {
        self.named.get()
    }

    /// Levels above a node: exact where it is `limit` or more, else perhaps not (see [`Tree::depths`]).
    pub(super) fn depth(&self, node: Handle, limit: u32) -> u32 {
        let noted = self.noted_depth(node);
        if noted < limit {
            return noted;
        }
        let exact = self.inner.0.borrow().tree.get(node.id).map_or(0, |node| node.ancestors().count());
        let exact = u32::try_from(exact).unwrap_or(u32::MAX);
        self.note_depth(node, exact.saturating_sub(node.below));
        exact
    }

    fn noted_depth(&self, node: Handle) -> u32 {
        self.depths.borrow().get(node.number).copied().unwrap_or(0).saturating_add(node.below)
    }

    fn note_depth(&self, node: Handle, depth: u32) {
        if let Some(place) = self.depths.borrow_mut().get_mut(node.number) {
            *place = depth;
        }
    }

    fn handle(&self, id: NodeId) -> Handle {
        self.work();
        let mut depths = self.depths.borrow_mut();
        depths.push(0);
        Handle { id, number: depths.len() - 1, below: 0 }
    }

    #[cfg(test)]
    fn work(&self) {
        self.calls.set(self.calls.get() + 1);
    }

    #[cfg(not(test))]
    fn work(&self) {}
}

/// The child in scraper's terms.
fn inner(child: NodeOrText<Handle>) -> NodeOrText<NodeId> {
    match child {
        NodeOrText::AppendNode(node) => NodeOrText::AppendNode(node.id),
        NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
    }
}

impl TreeSink for Tree {
    type Handle = Handle;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    /// Nobody reads them, and a damaged page has as many as bytes.
    fn parse_error(&self, _msg: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: self.inner.get_document(), number: 0, below: 0 }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.work();
        self.named.set(*target);
        self.inner.elem_name(&target.id)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        if name.ns == ns!(html) && is_formatting(&name.local) {
            self.formatting.set(self.formatting.get() + 1 + attrs.len());
        }
        let id = self.inner.create_element(name, attrs, flags);
        self.handle(id)
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        let id = self.inner.create_comment(text);
        self.handle(id)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        let id = self.inner.create_pi(target, data);
        self.handle(id)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.work();
        if let NodeOrText::AppendNode(node) = &child {
            self.note_depth(*node, self.noted_depth(*parent).saturating_add(1));
        }
        self.inner.append(&parent.id, inner(child));
    }

    fn append_based_on_parent_node(&self, element: &Handle, prev_element: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.inner.0.borrow().tree.get(element.id).is_some_and(|element| element.parent().is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.inner.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle { id: self.inner.get_template_contents(&target.id), number: target.number, below: 1 }
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        self.work();
        x.id == y.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.work();
        if let NodeOrText::AppendNode(node) = &child {
            self.note_depth(*node, self.noted_depth(*sibling));
        }
        self.inner.append_before_sibling(&sibling.id, inner(child));
    }

    fn add_attrs_if_missing(&self, target: &Handle, mut attrs: Vec<Attribute>) {
        let present = {
            let html = self.inner.0.borrow();
            html.tree.get(target.id).and_then(|node| node.value().as_element()).map_or(0, |e| e.attrs.len())
        };
        attrs.truncate(ATTRIBUTES.saturating_sub(present));
        self.inner.add_attrs_if_missing(&target.id, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.work();
        self.inner.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.work();
        self.inner.reparent_children(&node.id, &new_parent.id);
    }
}
