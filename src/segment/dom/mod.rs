//! The guarded parse: HTML text to scraper's tree in linear time and bounded depth.
//!
//! Input: decoded text and limits. Output: the tree that html5ever builds with scripting off, and the limit that was
//! reached. Bad HTML is not an error. On ordinary pages the tree is the one of a plain parse. On pages made to be
//! expensive, tags (never text) are dropped: beyond the depth limit, beyond a number of open formatting elements, of
//! attributes, of distinct names. Nothing recurses, and the work is linear in the input.

mod dropped;
mod feed;
mod formatting;
mod guard;
mod names;
#[cfg(test)]
mod tests;
mod tree;

use scraper::Html;

use self::feed::{Cut, Feeder};
use self::guard::Guard;
use crate::document::Limit;
use crate::options::Limits;

/// Attributes of one tag, and of `html` and `body` together with those of repeated tags. The rest is left out.
const ATTRIBUTES: usize = 512;

/// A parsed page.
pub struct Dom {
    /// The tree.
    pub html: Html,
    /// The limit that was reached, if any.
    pub limit: Option<Limit>,
}

/// Parses a page. Elements deeper than `limits.depth` are flattened and their text is kept; at `limits.nodes` parsing
/// stops, and what came before is in the tree.
#[must_use]
pub fn parse(text: &str, limits: Limits) -> Dom {
    let guard = Feeder::new(text, Guard::new(limits, text.len()), Cut::default()).run();
    let limit = guard.stopped().then_some(Limit::Nodes);
    Dom { html: guard.finish(), limit }
}
