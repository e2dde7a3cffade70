//! The DOM to blocks, in one walk without recursion.
//!
//! Input: the guarded tree of [`super::dom`]. Output: a [`Document`] with fine blocks, the outline of the elements, the
//! links and the facts of the head. Every element that is not inline starts and ends a block; `<br><br>` splits one.
//! Hidden elements and `<noscript>` stay, as marks in the outline: whether they count is not decided here. Nothing here
//! knows a pattern, a feature or a score.

mod alternatives;
mod below;
mod block;
mod cells;
mod elements;
mod grid;
mod head;
mod joint;
#[cfg(feature = "lab")]
mod nodes;
mod shown;
mod walk;

use scraper::Selector;

use super::dom::{Attributes, Dom};
use crate::document::{Document, Wish};
use crate::options::Limits;

#[cfg(feature = "lab")]
pub use nodes::text_nodes;

/// Cuts a page into blocks, and notes for each what the selectors wish that match around it.
#[must_use]
pub fn segment(text: &str, limits: Limits, selectors: &[(&Selector, Wish)]) -> Document {
    // A selector may ask for any attribute.
    let attributes = if selectors.is_empty() { Attributes::Read } else { Attributes::All };
    cut(&super::dom::parse(text, limits, attributes), selectors)
}

fn cut(dom: &Dom, selectors: &[(&Selector, Wish)]) -> Document {
    let mut document = walk::walk(&dom.tree, selectors);
    document.limit = dom.limit;
    document
}

#[cfg(test)]
mod tests;
