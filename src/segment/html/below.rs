//! What stands below a node of the tree, as much of it as is looked at.

use ego_tree::NodeRef;
use scraper::Node;

use crate::document::Tag;

/// Nodes and characters of an element that are read for a date.
const DATE_NODES: usize = 30;
const DATE_CHARS: usize = 200;

/// Nodes of the longest element that stands for an image which a script loads.
const IMAGE_NODES: usize = 30;

/// The tag of a node that is an element.
pub(super) fn tag_of(node: NodeRef<'_, Node>) -> Option<Tag> {
    node.value().as_element().map(|element| Tag::from_name(element.name()))
}

/// The texts among nodes.
pub(super) fn texts<'a>(nodes: impl Iterator<Item = NodeRef<'a, Node>>) -> impl Iterator<Item = &'a str> {
    nodes.filter_map(|node| node.value().as_text().map(|text| &**text))
}

/// Whether there is visible text below a node, or so much that it is no image alone.
pub(super) fn has_text(node: NodeRef<'_, Node>) -> bool {
    node.descendants().nth(IMAGE_NODES).is_some() || texts(node.descendants()).any(|text| !text.trim().is_empty())
}

/// Text below a node, as much as a date may need: elements stand in each other, and each would copy what is in all.
pub(super) fn beginning_of(node: NodeRef<'_, Node>) -> String {
    texts(node.descendants().take(DATE_NODES)).flat_map(str::chars).take(DATE_CHARS).collect()
}

/// The text below a node as it stands.
pub(super) fn text_of(node: NodeRef<'_, Node>) -> String {
    texts(node.descendants()).collect()
}
