//! The containers around the block: ancestors with distinct ranges of blocks, wrappers of a single child skipped.

use super::facts::{Facts, over, running_sum};
use super::{GroupColumns, group};
use crate::document::{Document, ElementId, Outline, Tag};

group! {
    Container {
        Words1 "box1.words" "words" "Words in the nearest container of more than this block.",
        Blocks1 "box1.blocks" "blocks" "Blocks in it.",
        Links1 "box1.links" "share" "Its link density.",
        Share1 "box1.share" "share" "The page's words that stand in it.",
        Good1 "box1.good" "share" "Its words in good blocks.",
        GoodShare1 "box1.good_share" "share" "The page's words in good blocks that stand in it.",
        Images1 "box1.images" "count" "Its images.",
        Inputs1 "box1.inputs" "count" "Its form fields.",
        Anchors1 "box1.anchors" "per block" "Its links.",
        Headings1 "box1.headings" "count" "Its headings.",
        Position1 "box1.position" "share" "Its blocks before this one.",
        Sentences1 "box1.sentences" "per word" "Its ends of sentences.",
        Words2 "box2.words" "words" "As box1, one container further out.",
        Blocks2 "box2.blocks" "blocks" "As box1.",
        Links2 "box2.links" "share" "As box1.",
        Share2 "box2.share" "share" "As box1.",
        Good2 "box2.good" "share" "As box1.",
        GoodShare2 "box2.good_share" "share" "As box1.",
        Images2 "box2.images" "count" "As box1.",
        Inputs2 "box2.inputs" "count" "As box1.",
        Anchors2 "box2.anchors" "per block" "As box1.",
        Headings2 "box2.headings" "count" "As box1.",
        Position2 "box2.position" "share" "As box1.",
        Sentences2 "box2.sentences" "per word" "As box1.",
        Words3 "box3.words" "words" "As box1, two containers further out.",
        Blocks3 "box3.blocks" "blocks" "As box1.",
        Links3 "box3.links" "share" "As box1.",
        Share3 "box3.share" "share" "As box1.",
        Good3 "box3.good" "share" "As box1.",
        GoodShare3 "box3.good_share" "share" "As box1.",
        Images3 "box3.images" "count" "As box1.",
        Inputs3 "box3.inputs" "count" "As box1.",
        Anchors3 "box3.anchors" "per block" "As box1.",
        Headings3 "box3.headings" "count" "As box1.",
        Position3 "box3.position" "share" "As box1.",
        Sentences3 "box3.sentences" "per word" "As box1.",
        Words4 "box4.words" "words" "As box1, three containers further out.",
        Blocks4 "box4.blocks" "blocks" "As box1.",
        Links4 "box4.links" "share" "As box1.",
        Share4 "box4.share" "share" "As box1.",
        Words5 "box5.words" "words" "As box1, four containers further out.",
        Blocks5 "box5.blocks" "blocks" "As box1.",
        Links5 "box5.links" "share" "As box1.",
        Share5 "box5.share" "share" "As box1.",
    }
}

/// Containers with all features, and containers in all.
const DETAILED: usize = 3;
const LEVELS: usize = 5;
const DETAILED_FEATURES: usize = Container::Words2 as usize;
const PLAIN_FEATURES: usize = Container::Words5 as usize - Container::Words4 as usize;

/// Running counts over the elements in document order.
struct Counts {
    images: Vec<f32>,
    inputs: Vec<f32>,
    anchors: Vec<f32>,
}

impl Counts {
    fn of(outline: &Outline) -> Self {
        let count = |wanted: fn(Tag) -> bool| {
            running_sum(outline.elements.iter().map(|element| f32::from(u8::from(wanted(element.tag)))))
        };
        Self {
            images: count(|tag| matches!(tag, Tag::Img | Tag::Svg)),
            inputs: count(|tag| matches!(tag, Tag::Input | Tag::Button | Tag::Select | Tag::Textarea)),
            anchors: count(|tag| tag == Tag::A),
        }
    }
}

/// For every element, its nearest ancestor that holds more blocks than it does; the root is its own.
pub(super) fn wider(outline: &Outline) -> Vec<ElementId> {
    let size = |id: ElementId| outline.element(id).blocks.len();
    let mut wider: Vec<ElementId> = Vec::with_capacity(outline.elements.len());
    for (id, element) in outline.elements.iter().enumerate() {
        let parent = element.parent;
        let next = if size(parent) > element.blocks.len() || id == 0 { parent } else { wider[parent as usize] };
        wider.push(next);
    }
    wider
}

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let outline = &document.outline;
    let wider = wider(outline);
    let counts = Counts::of(outline);
    let start = |element: ElementId| {
        if outline.element(element).blocks.len() > 1 { element } else { wider[element as usize] }
    };
    let mut current: Vec<ElementId> = document.blocks.iter().map(|block| start(block.element)).collect();
    for level in 0..LEVELS {
        let first = level.min(DETAILED) * DETAILED_FEATURES + level.saturating_sub(DETAILED) * PLAIN_FEATURES;
        let runs = Runs::of(&current);
        fill_plain(outline, facts, &runs, first, columns);
        if level < DETAILED {
            fill_detailed(outline, facts, &counts, &runs, first, columns);
            columns.fill(first + 10, |b| {
                let blocks = &outline.element(current[b]).blocks;
                (b as f32 - blocks.start as f32) / (blocks.len() as f32).max(1.0)
            });
        }
        current.iter_mut().for_each(|element| *element = wider[*element as usize]);
    }
}

/// Neighbouring rows with the same container, of which each value is worked out once.
struct Runs(Vec<(ElementId, usize)>);

impl Runs {
    fn of(containers: &[ElementId]) -> Self {
        Self(containers.chunk_by(|one, other| one == other).map(|run| (run[0], run.len())).collect())
    }

    fn fill(&self, columns: &mut GroupColumns<'_>, column: usize, value: impl Fn(ElementId) -> f32) {
        let mut rest = columns.column(column);
        for (element, rows) in &self.0 {
            let (cells, after) = rest.split_at_mut(*rows);
            cells.fill(value(*element));
            rest = after;
        }
    }
}

fn fill_plain(outline: &Outline, facts: &Facts<'_>, runs: &Runs, first: usize, columns: &mut GroupColumns<'_>) {
    let total = facts.total_words();
    let sum = |values: &[f32], id: ElementId| {
        let range = &outline.element(id).blocks;
        over(values, range.start as usize, range.end as usize)
    };
    runs.fill(columns, first, |id| sum(&facts.word_sum, id));
    runs.fill(columns, first + 1, |id| outline.element(id).blocks.len() as f32);
    runs.fill(columns, first + 2, |id| sum(&facts.link_char_sum, id) / sum(&facts.char_sum, id).max(1.0));
    runs.fill(columns, first + 3, |id| sum(&facts.word_sum, id) / total);
}

fn fill_detailed(
    outline: &Outline,
    facts: &Facts<'_>,
    counts: &Counts,
    runs: &Runs,
    first: usize,
    columns: &mut GroupColumns<'_>,
) {
    let inside = |values: &[f32], id: ElementId| over(values, id as usize, outline.element(id).end as usize);
    let blocks = |id: ElementId| (outline.element(id).blocks.len() as f32).max(1.0);
    let sum = |values: &[f32], id: ElementId| {
        let range = &outline.element(id).blocks;
        over(values, range.start as usize, range.end as usize)
    };
    let good = facts.total_good().max(1.0);
    runs.fill(columns, first + 4, |id| sum(&facts.good_sum, id) / sum(&facts.word_sum, id).max(1.0));
    runs.fill(columns, first + 5, |id| sum(&facts.good_sum, id) / good);
    runs.fill(columns, first + 6, |id| inside(&counts.images, id));
    runs.fill(columns, first + 7, |id| inside(&counts.inputs, id));
    runs.fill(columns, first + 8, |id| inside(&counts.anchors, id) / blocks(id));
    runs.fill(columns, first + 9, |id| sum(&facts.heading_sum, id));
    runs.fill(columns, first + 11, |id| sum(&facts.sentence_sum, id) / sum(&facts.word_sum, id).max(1.0));
}
