//! Repetition: the same text, the same place in the tree, the same kind of sibling.

use super::facts::{Facts, over};
use super::paths;
use super::{GroupColumns, group};
use crate::document::{Document, ElementId};
use crate::hash::{KeyMap, map_for};

group! {
    Repeat {
        Text "repeat.text" "count" "Blocks with this very text.",
        PathCount "path.count" "count" "Blocks with this path of tags, twelve levels.",
        PathWords "path.words" "words" "Their mean words.",
        PathLinks "path.links" "share" "Their link density.",
        PathShare "path.share" "share" "The page's words that stand in them.",
        PathGood "path.good" "share" "The page's words in good blocks that stand in them.",
        ClassCount "class4.count" "count" "Blocks with this path of tags and classes, four levels.",
        ClassWords "class4.words" "words" "Their mean words.",
        ClassLinks "class4.links" "share" "Their link density.",
        ClassShare "class4.share" "share" "The page's words that stand in them.",
        ClassGood "class4.good" "share" "The page's words in good blocks that stand in them.",
        OwnCount "class1.count" "count" "Blocks whose element has this tag and class.",
        OwnWords "class1.words" "words" "Their mean words.",
        OwnLinks "class1.links" "share" "Their link density.",
        OwnShare "class1.share" "share" "The page's words that stand in them.",
        OwnGood "class1.good" "share" "The page's words in good blocks that stand in them.",
        PairCount "class2.count" "count" "Blocks with this path of tags and classes, two levels.",
        PairWords "class2.words" "words" "Their mean words.",
        Siblings "sibling.most" "count" "The most siblings with the same tag and class among seven levels up.",
        SiblingWords "sibling.words" "words" "Words of the ancestor that has them.",
        OwnSiblings "sibling.own" "count" "Siblings of the block's element with the same tag and class.",
        ParentSiblings "sibling.parent" "count" "The same, one level up.",
    }
}

/// Levels up that are searched for siblings.
const SIBLING_LEVELS: usize = 7;

#[derive(Clone, Copy, Default)]
struct Total {
    blocks: f32,
    words: f32,
    chars: f32,
    link_chars: f32,
    good: f32,
}

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let mut texts: KeyMap<u64, u32> = map_for(document.blocks.len());
    for measures in &facts.measures {
        *texts.entry(measures.hash).or_default() += 1;
    }
    columns.fill(Repeat::Text as usize, |b| texts.get(&facts.measures[b].hash).map_or(0.0, |count| *count as f32));

    let groups_by = |signature| paths::groups(document, &facts.element_keys, signature);
    fill_groups(facts, &facts.path_groups, Repeat::PathCount, GroupDetail::Full, columns);
    fill_groups(facts, &facts.class_groups, Repeat::ClassCount, GroupDetail::Full, columns);
    fill_groups(facts, &groups_by(&paths::OWN_CLASS), Repeat::OwnCount, GroupDetail::Full, columns);
    fill_groups(facts, &groups_by(&paths::CLASS_PAIR), Repeat::PairCount, GroupDetail::Brief, columns);
    fill_siblings(document, facts, columns);
}

/// How many features a way of grouping has: full ones have link density and shares as well.
#[derive(Clone, Copy, PartialEq)]
enum GroupDetail {
    Full,
    Brief,
}

fn fill_groups(
    facts: &Facts<'_>,
    groups: &[usize],
    first: Repeat,
    detail: GroupDetail,
    columns: &mut GroupColumns<'_>,
) {
    let mut totals = vec![Total::default(); groups.iter().max().map_or(0, |last| last + 1)];
    for (block, group) in groups.iter().enumerate() {
        let (total, measures) = (&mut totals[*group], &facts.measures[block]);
        total.blocks += 1.0;
        total.words += measures.words;
        total.chars += measures.chars;
        total.link_chars += facts.link_density[block] * measures.chars;
        total.good += if facts.good[block] { measures.words } else { 0.0 };
    }
    let first = first as usize;
    let total = |b: usize| totals[groups[b]];
    columns.fill(first, |b| total(b).blocks);
    columns.fill(first + 1, |b| total(b).words / total(b).blocks);
    if detail == GroupDetail::Full {
        let (words, good) = (facts.total_words(), facts.total_good().max(1.0));
        columns.fill(first + 2, |b| total(b).link_chars / total(b).chars.max(1.0));
        columns.fill(first + 3, |b| total(b).words / words);
        columns.fill(first + 4, |b| total(b).good / good);
    }
}

fn fill_siblings(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let outline = &document.outline;
    let siblings = |id: ElementId| facts.siblings[id as usize] as f32;
    let most: Vec<(f32, f32)> = document
        .blocks
        .iter()
        .map(|block| {
            let mut best = (0.0, 0.0);
            for (id, element) in outline.ancestors(block.element).take(SIBLING_LEVELS) {
                let count = siblings(id);
                if count > best.0 && !element.blocks.is_empty() {
                    let range = &element.blocks;
                    let words = over(&facts.word_sum, range.start as usize, range.end as usize);
                    best = (count, words);
                }
            }
            best
        })
        .collect();
    columns.fill(Repeat::Siblings as usize, |b| most[b].0);
    columns.fill(Repeat::SiblingWords as usize, |b| most[b].1);
    columns.fill(Repeat::OwnSiblings as usize, |b| siblings(document.blocks[b].element));
    columns.fill(Repeat::ParentSiblings as usize, |b| siblings(outline.element(document.blocks[b].element).parent));
}
