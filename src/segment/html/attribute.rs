//! The attributes of an element of the tree.

use html5ever::{LocalName, ns};
use scraper::node::Element;

/// The value of an attribute. (scraper's own look-up first finds the name in html5ever's table of strings, which takes longer
/// than to look through the few attributes of an element.)
pub(super) fn attribute<'e>(element: &'e Element, name: &LocalName) -> Option<&'e str> {
    let is_wanted = |known: &html5ever::QualName| known.local == *name && known.ns == ns!() && known.prefix.is_none();
    element.attrs.iter().find(|(known, _)| is_wanted(known)).map(|(_, value)| &**value)
}
