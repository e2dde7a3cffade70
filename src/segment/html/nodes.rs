//! The text nodes of a page, as a plain text dump has them: for development texts alone.

use super::elements::{Display, display};
use crate::document::Tag;
use crate::options::Limits;
use crate::segment::dom::{Attributes, NodeRef, parse};

/// The text nodes of a page in order, as they stand, without those of scripts, styles and the head.
#[must_use]
pub fn text_nodes(text: &str, limits: Limits) -> Vec<String> {
    let dom = parse(text, limits, Attributes::Read);
    let mut nodes = Vec::new();
    let mut next = dom.tree.root().first_child();
    while let Some(node) = next {
        nodes.extend(node.text().map(str::to_owned));
        let below = node.first_child().filter(|_| !is_absent(node));
        let mut behind = std::iter::once(node).chain(node.ancestors());
        next = below.or_else(|| behind.find_map(NodeRef::next_sibling));
    }
    nodes
}

fn is_absent(node: NodeRef<'_>) -> bool {
    node.tag().is_some_and(|tag| {
        tag == Tag::Head || matches!(display(tag), Display::Absent | Display::Empty | Display::Formula)
    })
}
