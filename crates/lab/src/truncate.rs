//! Truncated copies of article pages: the same page with a shorter article.
//!
//! Most of what goes wrong on news is a short article in a page full of teasers, and training pages of that kind are
//! few. A copy keeps the first few long gold blocks and drops the gold after them, with most of what stood in between.
//! (Measured in the feasibility study as the largest single gain on news of other languages.)

use unboil::{Document, Element};

use crate::align::Labels;

/// Characters of a long gold block.
const LONG: usize = 60;

/// Long gold blocks that a copy keeps, at most; and how many more the page must have for a copy to differ.
const KEPT: usize = 6;
const MORE: usize = 3;

/// The share of blocks between the dropped gold that goes with it, in percent.
const BETWEEN: u64 = 70;

/// Pseudo-random numbers, the same in every run (xorshift64).
pub(crate) struct Random(u64);

impl Random {
    /// A generator for a page.
    pub(crate) fn new(seed: &str) -> Self {
        Self(
            seed.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }
}

/// A copy with a shorter article; `None` where the article is short already.
pub(crate) fn truncate(document: &Document, labels: &Labels, random: &mut Random) -> Option<(Document, Labels)> {
    let gold = |block: usize| labels.shares[block] > 0.5;
    let long = |block: &usize| gold(*block) && document.blocks[*block].text.chars().count() >= LONG;
    let long: Vec<usize> = (0..document.blocks.len()).filter(long).collect();
    let kept = 1 + random.next() as usize % KEPT;
    if long.len() < kept + MORE {
        return None;
    }
    let cut = long[kept];
    let last = (0..document.blocks.len()).rfind(|block| gold(*block))?;
    let keep: Vec<bool> = (0..document.blocks.len())
        .map(|block| {
            let between = (cut..last).contains(&block) && !gold(block);
            !(gold(block) && block >= cut || between && random.next() % 100 < BETWEEN)
        })
        .collect();
    Some((select(document, &keep), select_labels(labels, &keep)))
}

fn select_labels(labels: &Labels, keep: &[bool]) -> Labels {
    let kept = |values: &dyn Fn(usize) -> f32| -> Vec<f32> {
        (0..keep.len()).filter(|block| keep[*block]).map(values).collect()
    };
    let shares = kept(&|block| labels.shares[block]);
    let tokens: Vec<u32> = kept(&|block| labels.tokens[block] as f32).into_iter().map(|tokens| tokens as u32).collect();
    let gold = shares.iter().zip(&tokens).map(|(share, tokens)| share * *tokens as f32).sum::<f32>();
    Labels { tokens, shares, gold_tokens: gold as u32 }
}

/// The document with some of its blocks; elements that are emptied by this go too.
fn select(document: &Document, keep: &[bool]) -> Document {
    let before = |flags: &[bool]| -> Vec<u32> {
        let mut count = 0;
        let mut counts = vec![0];
        counts.extend(flags.iter().map(|flag| {
            count += u32::from(*flag);
            count
        }));
        counts
    };
    let blocks = before(keep);
    let elements = &document.outline.elements;
    let range = |element: &Element| blocks[element.blocks.start as usize]..blocks[element.blocks.end as usize];
    let mut stays: Vec<bool> = Vec::with_capacity(elements.len());
    for (id, element) in elements.iter().enumerate() {
        let emptied = !element.blocks.is_empty() && range(element).is_empty();
        stays.push(id == 0 || stays[element.parent as usize] && !emptied);
    }
    let numbers = before(&stays);
    let mut copy = document.clone();
    copy.outline.elements = elements
        .iter()
        .zip(&stays)
        .filter(|(_, stays)| **stays)
        .map(|(element, _)| Element {
            parent: numbers[element.parent as usize],
            end: numbers[element.end as usize],
            blocks: range(element),
            ..element.clone()
        })
        .collect();
    let mut kept = keep.iter();
    copy.blocks.retain(|_| kept.next().copied().unwrap_or(false));
    for block in &mut copy.blocks {
        block.element = numbers[block.element as usize];
        if let unboil::BlockKind::TableCell { row, .. } = &mut block.kind {
            *row = numbers[*row as usize];
        }
    }
    copy
}
