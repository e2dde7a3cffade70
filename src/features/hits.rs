//! The rules of the pattern table that hit the blocks of a document.

use crate::document::{Document, SpanKind, Wish};
use crate::hash::{KeyMap, map_for};
use crate::patterns::{Hits, Patterns};

/// The rules that hit each block: its text, the addresses of its links, and for a caller's rules the elements around it.
pub(crate) fn of_blocks(document: &Document, patterns: &Patterns) -> Vec<Vec<u16>> {
    let mut hits = Hits::on(document.host());
    let of_links = of_links(document, patterns, &mut hits);
    // A quarter of a page's blocks say what another one says: menus stand there for wide screens and for small ones.
    let mut of_texts: KeyMap<&str, Vec<u16>> = map_for(document.blocks.len());
    let mut all = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let of_text = of_texts.entry(&block.text).or_insert_with(|| {
            hits.clear();
            patterns.text_hits(&block.text, &mut hits);
            hits.rules().to_vec()
        });
        hits.clear();
        of_text.iter().for_each(|rule| hits.insert(*rule));
        for wish in &block.wishes {
            if let Wish::Rule(rule) = wish {
                patterns.element_hit(*rule, &mut hits);
            }
        }
        for span in &block.spans {
            if let SpanKind::Link(link) = span.kind {
                of_links.get(link as usize).into_iter().flatten().for_each(|rule| hits.insert(*rule));
            }
        }
        all.push(hits.rules().to_vec());
    }
    all
}

/// The rules that hit the address of each link, once for each: a link may hold any number of blocks.
fn of_links(document: &Document, patterns: &Patterns, hits: &mut Hits) -> Vec<Vec<u16>> {
    let mut of_link = |address: &String| {
        hits.clear();
        patterns.url_hits(address, hits);
        hits.rules().to_vec()
    };
    document.links.iter().map(&mut of_link).collect()
}
