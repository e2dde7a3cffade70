//! Boxes of sponsors: in a page the table that a label stands in, in a text what stands between the label and a rule.

use std::ops::Range;

use super::line::{Line, hits, names, words};
use crate::document::{Block, Document, Family, Tag};
use crate::patterns::{Hits, Strength};

/// Words of a label.
const LABEL_WORDS: usize = 4;

/// Blocks of a box in a page, and lines of one in a text.
const BOX_BLOCKS: u32 = 6;
const BOX_LINES: usize = 30;

/// Blocks below a label in a page up to the link that ends the advertisement, and the words of all.
const BLOCKS_UNDER: usize = 2;
const WORDS_UNDER: usize = 80;

/// Characters that are drawn around a label which is a rule at the same time.
const DRAWN: usize = 6;

/// A box holds less than one of so many parts of a letter.
const MOST: usize = 2;

/// The boxes of sponsors, as lines of the letter.
pub(super) fn find(document: &Document, lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut scratch = Hits::default();
    let labels: Vec<Label> = lines.iter().map(|line| Label::of(line, &mut scratch)).collect();
    let all = words(lines);
    let labelled = (0..lines.len()).filter(|at| labels[*at] != Label::None);
    let boxes = labelled.filter_map(|at| match labels[at] {
        Label::First => Some(at..at + 1),
        _ => in_page(document, at).or_else(|| under(document, lines, at)).or_else(|| in_text(lines, &labels, at)),
    });
    boxes.filter(|found| words(&lines[found.clone()]) * MOST < all).collect()
}

/// What a line says of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    None,
    /// A sponsor's name for it stands alone.
    Alone,
    /// It is drawn into a rule.
    Drawn,
    /// It is the first line of a block, and the rest of the block what it labels.
    First,
}

impl Label {
    fn of(line: &Line<'_>, scratch: &mut Hits) -> Self {
        let is_ad = |rules: &[u16]| names(rules, Family::Ads, Strength::Weak);
        if let Some((first, _)) = line.text.split_once('\n') {
            let is_label =
                line.words > 0 && first.split_whitespace().count() <= LABEL_WORDS && is_ad(&hits(first, scratch));
            return if is_label { Self::First } else { Self::None };
        }
        if line.words == 0 || line.words > LABEL_WORDS {
            return Self::None;
        }
        let label = line.text.trim_matches(|c: char| !c.is_alphanumeric());
        if label.len() + DRAWN > line.text.len() {
            return if is_ad(&line.rules) { Self::Alone } else { Self::None };
        }
        if is_ad(&hits(label, scratch)) { Self::Drawn } else { Self::None }
    }
}

/// The table that a label stands in.
fn in_page(document: &Document, at: usize) -> Option<Range<usize>> {
    let block = document.blocks.get(at).filter(|block| block.lines.is_empty())?;
    let above = document.outline.ancestors(block.element);
    let boxes = above.filter(|(_, element)| matches!(element.tag, Tag::Table | Tag::Td));
    let size = |blocks: &Range<u32>| blocks.end - blocks.start;
    let boxed = boxes.map(|(_, element)| element.blocks.clone()).take_while(|blocks| size(blocks) <= BOX_BLOCKS).last();
    boxed.map(|blocks| blocks.start as usize..blocks.end as usize)
}

/// A label in a page that stands in no box, with the block below it and the link that ends the advertisement.
fn under(document: &Document, lines: &[Line<'_>], at: usize) -> Option<Range<usize>> {
    let below = document.blocks.get(at..)?.get(..=BLOCKS_UNDER)?;
    let is_page = below.iter().all(|block| block.lines.is_empty());
    let end = below.iter().skip(1).position(Block::has_link)?;
    let found = at..at + end + 2;
    (is_page && words(&lines[found.clone()]) <= WORDS_UNDER).then_some(found)
}

/// The lines from a label to the next rule, with the rule over it. A label that is a rule ends where the next rule does.
fn in_text(lines: &[Line<'_>], labels: &[Label], at: usize) -> Option<Range<usize>> {
    let is_rule = |at: usize| lines.get(at).is_some_and(Line::is_rule);
    let drawn = labels[at] == Label::Drawn;
    let (over, under) = (at > 0 && is_rule(at - 1), is_rule(at + 1));
    if lines[at].text.is_empty() || !drawn && !over && !under {
        return None;
    }
    let start = if over && !drawn { at - 1 } else { at };
    let first = if under && !drawn { at + 2 } else { at + 1 };
    let end = (first..lines.len()).take(BOX_LINES).find(|line| is_rule(*line) || labels[*line] == Label::Drawn)?;
    Some(start..if drawn && is_rule(end) { end + 1 } else { end })
}
