//! Items of a list, posts of a thread, cards of a shop: what stands in the same place of each is judged more alike.
//!
//! Position and distance to the prose sink from one item to the next, and with them the model's scores: the last posts
//! of a thread fell out, their sisters stayed (wcxb-dev, share of the main content lost by quarter of a forum's page:
//! .017, .017, .056 and .085).

use super::rows;
use crate::document::{Document, Element, ElementId};
use crate::features::Facts;
use crate::hash::{KeyMap, map_for, mix};

/// Items from which they vote: fewer may be alike by chance, as two columns are.
const ITEMS: usize = 5;

/// Blocks of an item; the paragraphs of an article are none.
const BLOCKS: usize = 2;

/// Levels from a block up to its item.
const LEVELS: usize = 10;

/// How far a block goes towards the mean of its place, 0 to 1. (Measured: .3 and .5 alike, .8 worse.)
const SHARE: f32 = 0.5;

/// Moves the scores of blocks that stand in the same place of neighbouring items towards their mean, by words.
pub(super) fn vote(document: &Document, facts: &Facts<'_>, words: &[f32], scores: &mut [f32]) {
    for place in places(document, facts) {
        let mean = rows::mean(place.iter().copied(), words, scores);
        for block in place {
            scores[block] += SHARE * (mean - scores[block]);
        }
    }
}

/// The blocks of each place that enough items have.
fn places(document: &Document, facts: &Facts<'_>) -> Vec<Vec<usize>> {
    let outline = &document.outline;
    let is_item = |element: &Element| element.blocks.len() >= BLOCKS;
    let mut items: KeyMap<u64, usize> = map_for(outline.elements.len());
    for (id, element) in (0..).zip(&outline.elements).filter(|(_, element)| is_item(element)) {
        *items.entry(facts.sibling_key(id, element)).or_default() += 1;
    }
    let place = |start: ElementId| {
        let mut path = 0;
        for (id, element) in outline.ancestors(start).take(LEVELS) {
            path = mix(&[path, facts.element_keys[id as usize].1]);
            if is_item(element) && items.get(&facts.sibling_key(id, element)).is_some_and(|count| *count >= ITEMS) {
                return Some(mix(&[path, u64::from(element.parent)]));
            }
        }
        None
    };
    let mut places: KeyMap<u64, Vec<usize>> = KeyMap::default();
    for (number, block) in document.blocks.iter().enumerate() {
        if let Some(place) = place(block.element) {
            places.entry(place).or_default().push(number);
        }
    }
    places.into_values().filter(|place| place.len() >= ITEMS).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::with_facts;
    use super::{places, vote};

    #[test]
    fn blocks_in_the_same_place_of_enough_items_move_towards_each_other() {
        let post = "<div class=post><h3>Ann</h3><div class=text>One word.</div></div>";
        let (few, many) = (post.repeat(4), post.repeat(5));
        let paragraphs = "<p>a</p>".repeat(6);
        let cases = [(few, vec![]), (many, vec![vec![0, 2, 4, 6, 8], vec![1, 3, 5, 7, 9]]), (paragraphs, vec![])];
        for (page, expected) in cases {
            with_facts(&format!("<main>{page}</main>"), |document, facts| {
                let mut found = places(document, facts);
                found.sort();
                assert_eq!(found, expected);
            });
        }
        with_facts(&post.repeat(5), |document, facts| {
            let words = [1.0; 10];
            let mut scores = [1.0, 3.0, 1.0, 2.0, 1.0, 1.0, 1.0, 0.0, 1.0, -1.0];
            vote(document, facts, &words, &mut scores);
            assert_eq!(scores, [1.0, 2.0, 1.0, 1.5, 1.0, 1.0, 1.0, 0.5, 1.0, 0.0]);
        });
    }
}
