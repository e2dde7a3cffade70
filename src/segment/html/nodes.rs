//! The text nodes of a page, as a plain text dump has them: for development texts alone.

use ego_tree::iter::Edge;
use scraper::Node;

use super::elements::{Display, display};
use crate::document::Tag;
use crate::options::Limits;
use crate::segment::dom::{Attributes, parse};

/// The text nodes of a page in order, as they stand, without those of scripts, styles and the head.
#[must_use]
pub fn text_nodes(text: &str, limits: Limits) -> Vec<String> {
    let dom = parse(text, limits, Attributes::Read);
    let absent = |node: &Node| {
        let tag = node.as_element().map(|element| Tag::from_name(element.name()));
        tag.is_some_and(|tag| {
            tag == Tag::Head || matches!(display(tag), Display::Absent | Display::Empty | Display::Formula)
        })
    };
    let mut below_absent = 0_usize;
    let mut nodes = Vec::new();
    for edge in dom.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if absent(node.value()) => below_absent += 1,
            Edge::Close(node) if absent(node.value()) => below_absent -= 1,
            Edge::Open(node) if below_absent == 0 => nodes.extend(node.value().as_text().map(|text| text.to_string())),
            _ => {}
        }
    }
    nodes
}
