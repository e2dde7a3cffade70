//! Labels: which share of each block's tokens the gold holds.
//!
//! Gold is plain text, so each block's label is found by aligning the page's tokens with the gold's: the alignment that
//! keeps the order and matches most tokens, where opening a run of matches costs as much as two of them, so that stray
//! stop words and menu entries find no partner. What the order forbids, because the gold moved it, is found in a second
//! pass: blocks whose three-token runs mostly stand in unmatched gold, and short blocks that are a whole line of it.
//! (Method and constants: the feasibility study, where the alignment's best score is .985 of word F1 on wcxb-dev.)

use std::collections::{HashMap, VecDeque};

use unboil::Document;

use crate::score::tokens;

/// What opening a run of matches costs, in matches.
const OPEN: f32 = 2.0;

/// Cells of the alignment table beyond which only tokens that the gold holds take part.
const MOST_CELLS: usize = 200_000_000;

/// Tokens of a run in the second pass.
const GRAM: usize = 3;

/// A block with this share of matched tokens is main content.
const POSITIVE: f32 = 0.5;

/// The share of a block's tokens in moved runs that makes it main content.
const MOVED: f32 = 0.6;

/// Blocks around a short one in which another positive one must stand.
const NEIGHBOURHOOD: usize = 8;

/// The labels of a page.
pub(crate) struct Labels {
    /// Tokens of each block.
    pub(crate) tokens: Vec<u32>,
    /// The matched share of each block's tokens, 0..1.
    pub(crate) shares: Vec<f32>,
    /// Tokens of the gold.
    pub(crate) gold_tokens: u32,
}

/// Labels every block of a document.
pub(crate) fn label_blocks(document: &Document, gold: &str) -> Labels {
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    label(&texts, gold)
}

/// Labels texts that follow each other.
pub(crate) fn label(texts: &[&str], gold: &str) -> Labels {
    let mut vocabulary = Vocabulary::default();
    let blocks: Vec<Vec<u32>> = texts.iter().map(|text| vocabulary.numbers(text)).collect();
    let lines: Vec<Vec<u32>> = gold.lines().map(|line| vocabulary.numbers(line)).filter(|l| !l.is_empty()).collect();
    let page: Vec<u32> = blocks.iter().flatten().copied().collect();
    let gold: Vec<u32> = lines.iter().flatten().copied().collect();
    let partners = align_within_limits(&page, &gold);
    let mut free = vec![true; gold.len()];
    for partner in partners.iter().flatten() {
        free[*partner as usize] = false;
    }
    let mut shares = Vec::with_capacity(blocks.len());
    let mut start = 0;
    for block in &blocks {
        let matched = partners[start..start + block.len()].iter().flatten().count();
        shares.push(matched as f32 / block.len().max(1) as f32);
        start += block.len();
    }
    find_moved(&blocks, &lines, &gold, &free, &mut shares);
    Labels { tokens: blocks.iter().map(|block| block.len() as u32).collect(), shares, gold_tokens: gold.len() as u32 }
}

#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
}

impl Vocabulary {
    fn numbers(&mut self, text: &str) -> Vec<u32> {
        let lower = text.to_lowercase();
        let mut number = |token: &str| {
            let next = self.numbers.len() as u32;
            *self.numbers.entry(token.to_owned()).or_insert(next)
        };
        tokens(&lower).into_iter().map(&mut number).collect()
    }
}

/// Aligns; on pages too large for the table only with tokens that the gold holds, from the start.
fn align_within_limits(page: &[u32], gold: &[u32]) -> Vec<Option<u32>> {
    if gold.is_empty() {
        return vec![None; page.len()];
    }
    if page.len() * gold.len() <= MOST_CELLS {
        return align(page, gold);
    }
    let known: std::collections::HashSet<u32> = gold.iter().copied().collect();
    let most = MOST_CELLS / gold.len();
    let places: Vec<usize> = (0..page.len()).filter(|place| known.contains(&page[*place])).take(most).collect();
    let part: Vec<u32> = places.iter().map(|place| page[*place]).collect();
    let mut partners = vec![None; page.len()];
    for (place, partner) in places.into_iter().zip(align(&part, gold)) {
        partners[place] = partner;
    }
    partners
}

const UP: u8 = 0;
const LEFT: u8 = 1;
const MATCH: u8 = 2;
const RUN: u8 = 4;

/// The gold token matched with each page token. Each cell of `trace` says where the best alignment of the prefixes ends
/// (up, left or in a match) and whether the best one that ends in a match goes on with a run.
fn align(page: &[u32], gold: &[u32]) -> Vec<Option<u32>> {
    let width = gold.len() + 1;
    let mut trace = vec![UP; (page.len() + 1) * width];
    // Best scores of the row above: of any end, and of an end in a match.
    let (mut any, mut matched) = (vec![0.0_f32; width], vec![f32::NEG_INFINITY; width]);
    for (row, token) in page.iter().enumerate() {
        let cells = &mut trace[(row + 1) * width..(row + 2) * width];
        let (mut any_diagonal, mut matched_diagonal) = (any[0], matched[0]);
        for column in 1..width {
            let (any_above, matched_above) = (any[column], matched[column]);
            let (mut best, mut cell) = (any_above, UP);
            if any[column - 1] > best {
                (best, cell) = (any[column - 1], LEFT);
            }
            let mut end = f32::NEG_INFINITY;
            if *token == gold[column - 1] {
                let (open, run) = (any_diagonal + 1.0 - OPEN, matched_diagonal + 1.0);
                end = open.max(run);
                let going_on = if run >= open { RUN } else { 0 };
                if end > best {
                    (best, cell) = (end, MATCH);
                }
                cell |= going_on;
            }
            cells[column] = cell;
            (any_diagonal, matched_diagonal) = (any_above, matched_above);
            (any[column], matched[column]) = (best, end);
        }
    }
    trace_back(&trace, page.len(), gold.len())
}

fn trace_back(trace: &[u8], rows: usize, columns: usize) -> Vec<Option<u32>> {
    let mut partners = vec![None; rows];
    let (mut row, mut column, mut in_run) = (rows, columns, false);
    while row > 0 && column > 0 {
        let cell = trace[row * (columns + 1) + column];
        if in_run || cell & 3 == MATCH {
            partners[row - 1] = Some(column as u32 - 1);
            in_run = cell & RUN != 0;
            (row, column) = (row - 1, column - 1);
        } else if cell & 3 == LEFT {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    partners
}

/// The second pass: blocks that stand elsewhere in the gold.
fn find_moved(blocks: &[Vec<u32>], lines: &[Vec<u32>], gold: &[u32], free: &[bool], shares: &mut [f32]) {
    let mut grams: HashMap<&[u32], VecDeque<usize>> = HashMap::new();
    for (place, gram) in gold.windows(GRAM).enumerate() {
        if free[place..place + GRAM].iter().all(|free| *free) {
            grams.entry(gram).or_default().push_back(place);
        }
    }
    let mut free_lines: HashMap<&[u32], usize> = HashMap::new();
    let mut place = 0;
    for line in lines {
        if free[place..place + line.len()].iter().all(|free| *free) {
            *free_lines.entry(line).or_default() += 1;
        }
        place += line.len();
    }
    let positive: Vec<bool> = shares.iter().map(|share| *share >= POSITIVE).collect();
    for (number, block) in blocks.iter().enumerate() {
        if block.is_empty() || positive[number] {
            continue;
        }
        if block.len() >= GRAM + 2 {
            if let Some(share) = moved_share(block, &mut grams) {
                shares[number] = share;
            }
        } else if let Some(count) = free_lines.get_mut(block.as_slice()).filter(|count| **count > 0) {
            let near = number.saturating_sub(NEIGHBOURHOOD)..(number + NEIGHBOURHOOD).min(blocks.len());
            if block.len() >= GRAM || positive[near].iter().any(|positive| *positive) {
                *count -= 1;
                shares[number] = 1.0;
            }
        }
    }
}

/// The share of a block's tokens in runs that the gold still has to give, if it is enough; these runs are then taken.
fn moved_share(block: &[u32], grams: &mut HashMap<&[u32], VecDeque<usize>>) -> Option<f32> {
    let mut hit = vec![false; block.len()];
    for (at, gram) in block.windows(GRAM).enumerate() {
        if grams.get(gram).is_some_and(|places| !places.is_empty()) {
            hit[at..at + GRAM].fill(true);
        }
    }
    let share = hit.iter().filter(|hit| **hit).count() as f32 / block.len() as f32;
    if share < MOVED {
        return None;
    }
    for gram in block.windows(GRAM) {
        grams.get_mut(gram).map(VecDeque::pop_front);
    }
    Some(share)
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn blocks_of_the_gold_are_labelled_whole_and_stray_words_are_not() {
        let blocks =
            ["Home the news", "The ferry runs again from Monday.", "Read more of the news", "The pier is open."];
        let labels = label(&blocks, "The ferry runs again from Monday.\n\nThe pier is open.");
        assert_eq!(labels.shares, [0.0, 1.0, 0.0, 1.0]);
        assert_eq!((labels.tokens, labels.gold_tokens), (vec![3, 6, 5, 4], 10));
    }

    #[test]
    fn a_block_that_the_gold_moved_is_found() {
        let blocks =
            ["the caption of the photo says so", "One two three four five six.", "seven eight nine ten eleven twelve"];
        let gold = "One two three four five six.\nseven eight nine ten eleven twelve\nThe caption of the photo says so";
        assert_eq!(label(&blocks, gold).shares, [1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_repeated_block_is_labelled_once() {
        let blocks = ["one two three four five six seven", "a b", "one two three four five six seven"];
        let labels = label(&blocks, "one two three four five six seven");
        assert_eq!(labels.shares.iter().filter(|share| **share > 0.5).count(), 1);
    }
}
