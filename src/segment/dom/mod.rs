//! The guarded parse: HTML text to a tree in linear time and bounded depth.
//!
//! Input: decoded text and limits. Output: the tree that html5ever would build with scripting off, and the limit that was
//! reached. Bad HTML is not an error. On ordinary pages the tree is the one of a plain parse. On pages made to be
//! expensive, tags (never text) are dropped: beyond the depth limit, beyond a number of open formatting elements, of
//! attributes, of distinct names. Nothing recurses, and the work is linear in the input.

mod build;
mod doctype;
mod dropped;
mod feed;
mod formatting;
mod guard;
mod name;
mod raw;
mod read;
mod reference;
mod scraped;
mod tag;
#[cfg(test)]
mod tests;
mod tree;

use self::feed::{Cut, feed};
use self::guard::Guard;
pub(crate) use self::name::Name;
pub(crate) use self::scraped::scraped;
pub(crate) use self::tree::{Content, NodeId, NodeRef, Tree};
use crate::document::Limit;
use crate::options::Limits;

/// Attributes of one tag, and of `html` and `body` together with those of repeated tags. The rest is left out.
const ATTRIBUTES: usize = 512;

/// Bytes that are read at most, whatever the caller's limits. A text of html5ever holds 2 GiB and panics beyond, and a
/// NUL becomes three bytes.
const BYTES: usize = 512 << 20;

/// Which attributes come into the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attributes {
    /// All of them.
    All,
    /// Those that the walk over the tree reads, and those that decide about the tree's shape.
    Read,
}

/// A parsed page.
pub(crate) struct Dom {
    /// The tree.
    pub(crate) tree: Tree,
    /// The limit that was reached, if any.
    pub(crate) limit: Option<Limit>,
}

/// Parses a page. Elements deeper than `limits.depth` are flattened and their text is kept; at `limits.nodes` parsing
/// stops, and what came before is in the tree.
#[must_use]
pub(crate) fn parse(text: &str, limits: Limits, attributes: Attributes) -> Dom {
    let (read, too_long) = cut_to(text, BYTES);
    let guard = feed(read, Guard::new(limits, read.len()), Cut { which: attributes, ..Cut::default() });
    let limit = if guard.stopped() { Some(Limit::Nodes) } else { too_long };
    Dom { tree: guard.finish(), limit }
}

/// The text, or so much of its beginning as `bytes` hold.
fn cut_to(text: &str, bytes: usize) -> (&str, Option<Limit>) {
    if text.len() <= bytes {
        return (text, None);
    }
    let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), Some(Limit::Bytes))
}
