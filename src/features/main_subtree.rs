//! The main subtree: the deepest element that holds most of the page's good text.

use super::facts::{Facts, over};
use super::position::FAR;
use super::{GroupColumns, group};
use crate::document::{Document, Element};

group! {
    Subtree {
        In50 "main50.inside" "flag" "The block stands in the deepest element with half of the words in good blocks; -1 where there is none, as for all of this group.",
        Distance50 "main50.distance" "blocks" "Signed distance to it.",
        Share50 "main50.share" "share" "The page's words that stand in it.",
        In70 "main70.inside" "flag" "The same for 70 %.",
        Distance70 "main70.distance" "blocks" "The same for 70 %.",
        Share70 "main70.share" "share" "The same for 70 %.",
        In90 "main90.inside" "flag" "The same for 90 %.",
        Distance90 "main90.distance" "blocks" "The same for 90 %.",
        Share90 "main90.share" "share" "The same for 90 %.",
        Tag70 "main70.tag" "tag" "The element with 70 %.",
        Links70 "main70.links" "share" "Its link density.",
    }
}

const SHARES: [(f32, Subtree); 3] = [(0.5, Subtree::In50), (0.7, Subtree::In70), (0.9, Subtree::In90)];

/// Words in good blocks below which all words decide: a page without prose still has a centre.
const ENOUGH_GOOD: f32 = 50.0;

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    for (share, first) in SHARES {
        let main = deepest(document, facts, share);
        fill_one(facts, main, first as usize, columns);
        if first == Subtree::In70 {
            let tag = main.map_or(-1.0, |main| f32::from(main.tag as u8));
            columns.fill(Subtree::Tag70 as usize, |_| tag);
            let links = main.map_or(-1.0, |main| sum(&facts.link_char_sum, main) / sum(&facts.char_sum, main).max(1.0));
            columns.fill(Subtree::Links70 as usize, |_| links);
        }
    }
}

fn fill_one(facts: &Facts<'_>, main: Option<&Element>, first: usize, columns: &mut GroupColumns<'_>) {
    let Some(main) = main else {
        (first..first + 3).for_each(|column| columns.fill(column, |_| -1.0));
        return;
    };
    let (start, end) = (main.blocks.start as usize, main.blocks.end as usize);
    columns.fill(first, |b| f32::from(u8::from((start..end).contains(&b))));
    columns.fill(first + 1, |b| {
        let distance = if b < start {
            b as f32 - start as f32
        } else if b >= end {
            (b - end + 1) as f32
        } else {
            0.0
        };
        distance.clamp(-FAR, FAR)
    });
    let share = sum(&facts.word_sum, main) / facts.total_words();
    columns.fill(first + 2, |_| share);
}

fn sum(values: &[f32], element: &Element) -> f32 {
    over(values, element.blocks.start as usize, element.blocks.end as usize)
}

/// The deepest element, the first of equals, with this share of the good words.
fn deepest<'d>(document: &'d Document, facts: &Facts<'_>, share: f32) -> Option<&'d Element> {
    let (sums, total) = if facts.total_good() > ENOUGH_GOOD {
        (&facts.good_sum, facts.total_good())
    } else {
        (&facts.word_sum, facts.total_words())
    };
    let mut best: Option<&Element> = None;
    for element in &document.outline.elements {
        if sum(sums, element) >= share * total && best.is_none_or(|best| element.depth > best.depth) {
            best = Some(element);
        }
    }
    best
}
