//! Gaps in what is kept: a lone block between two that stay is rarely a notice, and a heading right over one that stays is
//! rarely another's. Losing them tears the article.

use std::ops::Range;

use super::prompts::sounds;
use super::rows::Row;
use crate::document::{BlockKind, Document, Tag};
use crate::features::Facts;
use crate::features::text::Description;

/// A page, as finders of gaps see it.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) facts: &'a Facts<'a>,
    pub(super) rows: &'a [Row],
    /// How likely each block is main content.
    pub(super) probabilities: &'a [f32],
}

/// What finds blocks that belong to what is kept, and the note on what it finds; each sees what those before it found.
type Find = fn(&Page<'_>, &[bool]) -> Vec<bool>;
const FINDERS: [(Find, &str); 4] = [
    (standfirst, "is the standfirst"),
    (gaps, "stands between two blocks that are kept"),
    (head_rows, "is the head of a table that is kept"),
    (headings, HEADS),
];

/// Keeps what tears the article if it is lost, with a note for each block that is kept by this.
pub(super) fn fill(page: &Page<'_>, keep: &mut [bool], notes: &mut [Option<&'static str>]) {
    for (find, note) in FINDERS {
        let found = find(page, keep);
        for block in (0..keep.len()).filter(|block| found[*block]) {
            keep[block] = true;
            notes[block] = Some(note);
        }
    }
}

/// Blocks between a headline and the text under it among which a standfirst is looked for.
const REACH: usize = 12;

/// The least probability of a standfirst. At 0 the F1 of all sets is the same; without the rule fundus-dev has .0026
/// less and .006 less recall, andy-news .0018 and .0045, and wcxb-dev .0002 more: its gold leaves standfirsts out as
/// often as not.
const LEAST_OF_STANDFIRSTS: f32 = 0.05;

/// Words of a standfirst.
const STANDFIRST: Range<f32> = 5.0..80.0;

/// The standfirst: what stands between the headline and the text and is what the page says of itself.
fn standfirst(page: &Page<'_>, keep: &[bool]) -> Vec<bool> {
    let Page { document, facts, probabilities, .. } = page;
    let mut found = vec![false; keep.len()];
    let Some(headline) = facts.title_block else { return found };
    let Some(first) = (headline + 1..keep.len()).take(REACH).find(|block| keep[*block]) else { return found };
    let Some(description) = Description::of(document) else { return found };
    for block in headline + 1..first {
        let is_text = facts.links[block] == 0.0 && STANDFIRST.contains(&facts.words(block));
        let is_likely = probabilities[block] >= LEAST_OF_STANDFIRSTS;
        found[block] = is_text && is_likely && description.holds_beginning(&document.blocks[block].text);
    }
    found
}

/// The least probability of a block in a gap. On all sets the choice was the same from .05 to .2.
const LEAST: f32 = 0.2;

/// The blocks that were dropped although the blocks before and after them are kept: code, and children of the same element
/// without links that no pattern names and that sound like no prompt: labels of advertisements stand so.
fn gaps(page: &Page<'_>, keep: &[bool]) -> Vec<bool> {
    let Page { document, facts, probabilities, .. } = page;
    let parent = |block: usize| document.outline.element(document.blocks[block].element).parent;
    let is_gap = |block: usize| {
        let Some(before) = block.checked_sub(1) else { return false };
        let surrounded = !keep[block] && keep[before] && keep.get(block + 1) == Some(&true);
        let is_sibling = || parent(before) == parent(block) && parent(block) == parent(block + 1);
        let is_code = document.blocks[block].kind == BlockKind::Code;
        let is_plain = || facts.links[block] == 0.0 && facts.hits[block].is_empty();
        let is_quiet = || !sounds(document, facts, block);
        surrounded && probabilities[block] >= LEAST && (is_code || is_plain() && is_sibling() && is_quiet())
    };
    (0..keep.len()).map(is_gap).collect()
}

/// The first rows of tables that were dropped although the second is kept: without its head a table of data says little, and
/// in Markdown the second row would become the head.
fn head_rows(page: &Page<'_>, keep: &[bool]) -> Vec<bool> {
    let Page { document, rows, probabilities, .. } = page;
    let table = |row: &Row| {
        let mut around = document.outline.ancestors(row.element);
        around.find(|(_, element)| element.tag == Tag::Table).map(|(id, _)| id)
    };
    let mut found = vec![false; keep.len()];
    let mut above = None;
    for pair in rows.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        let own = table(first);
        let is_head = own.is_some() && own != above && own == table(second) && first.cells.end == second.cells.start;
        let is_gap = |cell: usize| !keep[cell] && probabilities[cell] >= LEAST;
        if is_head && keep[second.cells.start] && first.cells.clone().all(is_gap) {
            found[first.cells.clone()].fill(true);
        }
        above = own;
    }
    found
}

/// What is noted on a heading that stays with what stands below it.
pub(super) const HEADS: &str = "is the heading of a block that is kept";

/// The least probability of a heading. From .05 to .3 the F1 of all sets was the same to .0005; without the rule
/// wcxb-dev has .0005 less and .0017 less recall.
const LEAST_OF_HEADINGS: f32 = 0.15;

/// The headings that were dropped although what follows them is kept. Those that a pattern names are none of them, nor
/// is the headline: whether it belongs to the article is the model's business, and the caller's.
fn headings(page: &Page<'_>, keep: &[bool]) -> Vec<bool> {
    let Page { document, facts, probabilities, .. } = page;
    heads(document, keep, |block| {
        let is_plain = facts.hits[block].is_empty() && facts.title_block != Some(block);
        is_plain && probabilities[block] >= LEAST_OF_HEADINGS
    })
}

/// The headings of a kind that were dropped although what follows them is kept, be it by way of other headings.
pub(super) fn heads(document: &Document, keep: &[bool], is_such: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut found = vec![false; keep.len()];
    for block in (0..keep.len().saturating_sub(1)).rev() {
        let is_heading = matches!(document.blocks[block].kind, BlockKind::Heading(_));
        let stays_below = keep[block + 1] || found[block + 1];
        found[block] = is_heading && stays_below && !keep[block] && is_such(block);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Find, Page, gaps, head_rows, headings, standfirst};
    use crate::classify::rows;
    use crate::classify::rows::tests::with_facts;

    /// Checks what a finder finds on a page whose blocks are all equally likely.
    fn with_find(find: Find, page: &str, check: impl Fn(&dyn Fn(&[bool], f32) -> Vec<bool>)) {
        with_facts(page, |document, facts| {
            let rows = rows::find(document, facts);
            check(&|keep, probability| {
                let probabilities = vec![probability; keep.len()];
                find(&Page { document, facts, rows: &rows, probabilities: &probabilities }, keep)
            });
        });
    }

    #[test]
    fn what_the_page_says_of_itself_under_the_headline_stays() {
        let head = "<title>The marks</title><meta name=description content='The sea moved, and the light did not.'>";
        let text = "<h1>The marks</h1><p>The sea moved, and the light did not.<p>By Ada<p>A light.";
        with_find(standfirst, &format!("{head}{text}"), |found| {
            assert_eq!(found(&[false, false, false, true], 0.1), [false, true, false, false]);
            assert_eq!(found(&[false, false, false, true], 0.01), [false; 4]);
            assert_eq!(found(&[false; 4], 0.1), [false; 4]);
        });
        with_find(standfirst, text, |found| assert_eq!(found(&[false, false, false, true], 0.1), [false; 4]));
    }

    #[test]
    fn code_between_kept_blocks_is_a_gap_wherever_it_stands() {
        with_find(gaps, "<p>One.<figure><pre>two()</pre></figure><p>Three.", |found| {
            assert_eq!(found(&[true, false, true], 0.3), [false, true, false]);
            assert_eq!(found(&[true, false, true], 0.1), [false; 3]);
            assert_eq!(found(&[true, false, false], 0.3), [false; 3]);
        });
    }

    #[test]
    fn a_gap_is_a_likely_block_without_links_among_kept_siblings() {
        let page = "<div><p>One.<p>Two.<p>Three.</div><p>Four.<p><a href=/>Five</a>.<p>Six.<p>Seven.";
        with_find(gaps, page, |found| {
            let check = |keep: [bool; 7], probability: f32, expected: Option<usize>| {
                let found = found(&keep, probability);
                assert_eq!(found.iter().position(|gap| *gap), expected, "{keep:?}, {probability}");
            };
            let without = |block: usize| std::array::from_fn(|other| other != block);
            check(without(1), 0.3, Some(1));
            // Not one that is most likely boilerplate, nor at the end, nor where an element ends, nor with a link.
            check(without(1), 0.1, None);
            for block in [0, 2, 3, 4, 6] {
                check(without(block), 0.3, None);
            }
            // Two in a row are a box of their own.
            check([true, true, true, true, true, false, false], 0.3, None);
        });
        with_find(gaps, "<p>One.<div>Advertisement</div><p>Three.", |found| {
            assert_eq!(found(&[true, false, true], 0.3), [false; 3]);
        });
    }

    #[test]
    fn the_head_of_a_table_that_is_kept_stays() {
        let table = "<table><thead><tr><th>Year<th>Boats</thead><tr><td>1901<td>4<tr><td>1902<td>5</table>";
        with_find(head_rows, &format!("<p>One.{table}{table}"), |found| {
            let mut keep = [true; 13];
            for cell in [1, 2, 5, 6, 7, 8, 9, 10] {
                keep[cell] = false;
            }
            // The first row of the first table; of the second table a row is kept, but not the second.
            let heads = found(&keep, 0.3);
            assert_eq!((0..13).filter(|block| heads[*block]).collect::<Vec<_>>(), [1, 2]);
            assert_eq!(found(&keep, 0.1), [false; 13]);
        });
    }

    #[test]
    fn headings_of_what_is_kept_stay() {
        let page =
            "<title>Marks</title><h1>Marks</h1><h2>Outer</h2><h3>By night</h3><p>A light.<h3>By day</h3><h2>Inner</h2>";
        with_find(headings, page, |found| {
            let keep = [false, false, false, true, false, false];
            assert_eq!(found(&keep, 0.2), [false, true, true, false, false, false]);
            assert_eq!(found(&keep, 0.1), [false; 6]);
            assert_eq!(found(&[false; 6], 0.2), [false; 6]);
        });
        with_find(headings, "<h2>Read next</h2><p>A light.", |found| {
            assert_eq!(found(&[false, true], 0.2), [false; 2]);
        });
    }
}
