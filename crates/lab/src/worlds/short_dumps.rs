//! Dumps of article pages whose article was made shorter: as with pages, most of what goes wrong on news is a short
//! article among much else.

use unboil::Document;

use super::nearly::Draw;
use super::page_text::{SPACED, laid_out, node_lines};
use super::{Labelled, Line, World};
use crate::align::label_blocks;
use crate::set::Page;
use crate::truncate::{Random, truncate};

/// Of so many truncated copies of an article page both dumps; none of other pages, and of articles that are short already.
pub(crate) fn short_dumps(page: &Page, document: &Document, copies: usize) -> Vec<(World, Labelled)> {
    if page.page_type.as_deref() != Some("article") {
        return Vec::new();
    }
    let labels = label_blocks(document, &page.body);
    let mut random = Random::new(&format!("copy {}", page.id));
    let mut dumps = Vec::new();
    for _ in 0..copies {
        let Some((document, labels)) = truncate(document, &labels, &mut random) else { break };
        let share = |block: usize| labels.shares[block];
        let nodes = spaced(node_lines(&document, share), &mut Draw(&mut random));
        dumps.push((World::Nodes, Labelled::by_lines(&nodes)));
        dumps.push((World::Layout, Labelled::by_lines(&laid_out(&document, share))));
    }
    dumps
}

/// The lines of a dump, now and then with a blank line after each.
fn spaced(lines: Vec<Line>, draw: &mut Draw<'_>) -> Vec<Line> {
    if !draw.percent(SPACED) {
        return lines;
    }
    lines.into_iter().flat_map(|line| [line, Line::blank()]).collect()
}
