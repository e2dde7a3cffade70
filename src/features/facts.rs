//! What is measured once of each block and element, and shared by all groups of features.

use super::Learned;
use super::hits;
use super::labels::{self, Labels};
use super::measures::Measures;
use super::paths::{self, Numbering};
use super::topics::{self, Named, RulesOfNames};
use super::words::each_word;
use crate::document::{Block, BlockKind, Document, Element, ElementId, Family, Outline, SpanKind};
use crate::hash::mix;
use crate::patterns::Patterns;

/// Words that make a block long enough to be prose.
pub(crate) const GOOD_WORDS: f32 = 12.0;

/// Link density from which a block is a list of links.
pub(crate) const GOOD_LINK_DENSITY: f32 = 0.35;

/// Everything the feature groups share. All vectors have one entry a block unless they say otherwise; sums have one
/// more and hold what comes before.
#[derive(Debug)]
pub struct Facts<'a> {
    pub(crate) measures: Vec<Measures>,
    pub(crate) link_density: Vec<f32>,
    pub(crate) links: Vec<f32>,
    pub(crate) heading: Vec<u8>,
    pub(crate) good: Vec<bool>,
    /// The rules of the pattern table that hit the text and the link addresses.
    pub(crate) hits: Vec<Vec<u16>>,
    /// Share of the title's distinct words that stand in the block.
    pub(crate) title_cover: Vec<f32>,
    /// The block that is most like the title.
    pub(crate) title_block: Option<usize>,
    patterns: &'a Patterns,
    rules_of_names: RulesOfNames,
    /// What the names of each element say: one entry an element.
    pub(crate) named: Vec<Named>,
    /// The number of each block's path of tags, and of its path of tags and classes.
    pub(crate) path_groups: Vec<usize>,
    pub(crate) class_groups: Vec<usize>,
    /// For every element a hash of its tag, and of tag and class.
    pub(crate) element_keys: Vec<(u64, u64)>,
    /// How many children of its parent have the tag and class of each element, with itself.
    pub(crate) siblings: Vec<u32>,
    /// Which elements are labelled alike.
    pub(crate) labels: Labels,
    pub(crate) learned: &'a Learned,
    pub(crate) word_sum: Vec<f32>,
    pub(crate) good_sum: Vec<f32>,
    pub(crate) char_sum: Vec<f32>,
    pub(crate) link_char_sum: Vec<f32>,
    pub(crate) heading_sum: Vec<f32>,
    pub(crate) sentence_sum: Vec<f32>,
}

impl<'a> Facts<'a> {
    /// Measures the blocks of a document.
    #[must_use]
    pub fn new(document: &Document, patterns: &'a Patterns, learned: &'a Learned) -> Self {
        let blocks = &document.blocks;
        let title = title_words(&document.head.title);
        let Words { measures, title_overlap } = Words::of(blocks, &title);
        let (links, link_chars) = links(blocks);
        let density = |(chars, measures): (&f32, &Measures)| (chars / measures.chars.max(1.0)).min(1.0);
        let link_density: Vec<f32> = link_chars.iter().zip(&measures).map(density).collect();
        let heading: Vec<u8> = blocks.iter().map(|block| level(block.kind)).collect();
        let good: Vec<bool> = measures.iter().zip(&link_density).map(|(m, density)| is_good(m, *density)).collect();
        let good_words = || measures.iter().zip(&good).map(|(m, good)| if *good { m.words } else { 0.0 });
        let labels = Labels::of(&document.outline);
        let element_keys = paths::element_keys(&document.outline);
        let title_block = best_title(&title_overlap, &heading, &measures);
        let word_sum = running_sum(measures.iter().map(|m| m.words));
        let (mut named, rules_of_names) = topics::named(document, &labels, patterns);
        topics::forget_frames(&mut named, document, &word_sum, title_block);
        Self {
            title_block,
            hits: hits::of_blocks(document, patterns),
            named,
            rules_of_names,
            path_groups: paths::groups(document, &element_keys, &paths::PATH),
            class_groups: paths::groups(document, &element_keys, &paths::CLASS_PATH),
            siblings: siblings(&document.outline, &element_keys),
            element_keys,
            labels,
            learned,
            patterns,
            word_sum,
            good_sum: running_sum(good_words()),
            char_sum: running_sum(measures.iter().map(|m| m.chars)),
            link_char_sum: running_sum(link_chars.iter().copied()),
            heading_sum: running_sum(heading.iter().map(|level| f32::from(u8::from(*level > 0)))),
            sentence_sum: running_sum(measures.iter().map(|m| m.sentences)),
            title_cover: title_overlap.iter().map(|(_, title)| *title).collect(),
            measures,
            link_density,
            links,
            heading,
            good,
        }
    }

    /// Words of one block.
    #[must_use]
    pub fn words(&self, block: usize) -> f32 {
        self.measures.get(block).map_or(0.0, |measures| measures.words)
    }

    /// Words of the page; at least 1, so that it can divide.
    pub(crate) fn total_words(&self) -> f32 {
        self.word_sum.last().copied().unwrap_or(0.0).max(1.0)
    }

    /// Words of the page's good blocks.
    pub(crate) fn total_good(&self) -> f32 {
        self.good_sum.last().copied().unwrap_or(0.0)
    }

    /// What an element shares with its siblings of the same tag and class, and with no other element.
    pub(crate) fn sibling_key(&self, id: ElementId, element: &Element) -> u64 {
        sibling_key(element, self.element_keys[id as usize])
    }

    /// The rules that hit the class, id and test id of an element; none where they tell of the page as a whole.
    pub(crate) fn rules_by_name(&self, element: &Element) -> impl Iterator<Item = u16> {
        let names = labels::names(element).into_iter().filter(|_| !topics::tells_of_page(element));
        names.filter_map(|name| self.rules_of_names.get(&name)).flatten().copied()
    }

    /// The families of the rules that hit the block, one for each rule.
    pub(crate) fn families(&self, block: usize) -> impl Iterator<Item = Family> {
        let rules = self.hits.get(block).map(Vec::as_slice).unwrap_or_default();
        self.patterns.briefs(rules).map(|rule| rule.family)
    }
}

fn sibling_key(element: &Element, (_, class): (u64, u64)) -> u64 {
    mix(&[u64::from(element.parent), class])
}

/// How many siblings of the same tag and class each element has, with itself.
fn siblings(outline: &Outline, keys: &[(u64, u64)]) -> Vec<u32> {
    let mut numbering = Numbering::for_keys(outline.elements.len());
    let elements = outline.elements.iter().zip(keys);
    let groups: Vec<usize> = elements.map(|(element, key)| numbering.number(sibling_key(element, *key))).collect();
    let mut counts = vec![0; groups.iter().max().map_or(0, |last| last + 1)];
    groups.iter().for_each(|group| counts[*group] += 1);
    groups.into_iter().map(|group| counts[group]).collect()
}

/// What a running sum adds over a range of blocks.
pub(crate) fn over(sum: &[f32], start: usize, end: usize) -> f32 {
    sum.get(end).copied().unwrap_or(0.0) - sum.get(start).copied().unwrap_or(0.0)
}

/// The mean of the rows from one to before another, by a running sum; 0 of none.
pub(crate) fn mean_over(sum: &[f32], start: usize, end: usize) -> f32 {
    if start < end { over(sum, start, end) / (end - start) as f32 } else { 0.0 }
}

pub(crate) fn running_sum(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(values.map(|value| {
            sum += value;
            sum
        }))
        .collect()
}

fn is_good(measures: &Measures, link_density: f32) -> bool {
    measures.words >= GOOD_WORDS
        && link_density < GOOD_LINK_DENSITY
        && (measures.sentences > 0.0 || measures.commas > 0.0)
}

fn level(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Heading(level) => level,
        _ => 0,
    }
}

/// Links and characters in links of each block. White space counts as little as it does in a reader's eye: the span's
/// characters are counted as they stand.
fn links(blocks: &[Block]) -> (Vec<f32>, Vec<f32>) {
    let of = |block: &Block| {
        let links = block.spans.iter().filter(|span| matches!(span.kind, SpanKind::Link(_)));
        links.fold((0.0, 0.0), |(count, chars), span| {
            let text = block.text.get(span.range.start as usize..span.range.end as usize).unwrap_or_default();
            (count + 1.0, chars + text.chars().count() as f32)
        })
    };
    blocks.iter().map(of).unzip()
}

/// Hashes of the title's distinct words, sorted.
fn title_words(title: &str) -> Vec<u64> {
    let mut words = Vec::new();
    each_word(title, |hash, _, _| words.push(hash));
    words.sort_unstable();
    words.dedup();
    words
}

/// What the words of each block tell.
#[derive(Default)]
struct Words {
    measures: Vec<Measures>,
    /// Share of the block's distinct words that stand in the title, and share of the title's words in the block.
    title_overlap: Vec<(f32, f32)>,
}

/// Longer blocks are no headline, and their overlap with one tells nothing.
const TITLE_LIKE_WORDS: f32 = 60.0;

/// Words of a block that are held against the title's; in scripts without spaces there are more of them than are counted.
const COMPARED_WORDS: usize = 200;

impl Words {
    /// Reads them; `title` holds the sorted hashes of the title's.
    fn of(blocks: &[Block], title: &[u64]) -> Self {
        let mut all = Self::default();
        let mut words: Vec<u64> = Vec::new();
        for block in blocks {
            words.clear();
            let measures = Measures::with_words(&block.text, |hash, _, _| {
                if words.len() < COMPARED_WORDS {
                    words.push(hash);
                }
            });
            let is_title_like = measures.words <= TITLE_LIKE_WORDS;
            all.title_overlap.push(if is_title_like { overlap(&mut words, title) } else { (0.0, 0.0) });
            all.measures.push(measures);
        }
        all
    }
}

/// Of words and the sorted distinct words of a title, what both have as a share of the distinct words of each.
fn overlap(words: &mut Vec<u64>, title: &[u64]) -> (f32, f32) {
    if title.is_empty() || words.is_empty() {
        return (0.0, 0.0);
    }
    words.sort_unstable();
    words.dedup();
    let shared = words.iter().filter(|word| title.binary_search(word).is_ok()).count() as f32;
    (shared / words.len() as f32, shared / title.len() as f32)
}

/// The block that is most like the title, if any is: headings of high rank first.
fn best_title(overlap: &[(f32, f32)], heading: &[u8], measures: &[Measures]) -> Option<usize> {
    let mut best = (0.3, None);
    for (block, ((own, title), level)) in overlap.iter().zip(heading).enumerate() {
        let long_enough = *level > 0 || measures.get(block).is_some_and(|m| m.words >= 2.0);
        let rank = match level {
            1 => 1.5,
            2 => 1.2,
            _ => 1.0,
        };
        let score = own * title * rank;
        if long_enough && score > best.0 {
            best = (score, Some(block));
        }
    }
    best.1
}
