//! What stands below a node of the tree, as much of it as is looked at.

use crate::segment::dom::NodeRef;

/// Nodes and characters of an element that are read for a date.
const DATE_NODES: usize = 30;
const DATE_CHARS: usize = 200;

/// Nodes of the longest element that stands for an image which a script loads.
const IMAGE_NODES: usize = 30;

/// The texts among nodes.
pub(super) fn texts<'a>(nodes: impl Iterator<Item = NodeRef<'a>>) -> impl Iterator<Item = &'a str> {
    nodes.filter_map(NodeRef::text)
}

/// Whether there is visible text below a node, or so much that it is no image alone.
pub(super) fn has_text(node: NodeRef<'_>) -> bool {
    node.descendants().nth(IMAGE_NODES).is_some() || texts(node.descendants()).any(|text| !text.trim().is_empty())
}

/// Text below a node, as much as a date may need: elements stand in each other, and each would copy what is in all.
pub(super) fn beginning_of(node: NodeRef<'_>) -> String {
    texts(node.descendants().take(DATE_NODES)).flat_map(str::chars).take(DATE_CHARS).collect()
}

/// The text below a node as it stands.
pub(super) fn text_of(node: NodeRef<'_>) -> String {
    texts(node.descendants()).collect()
}
