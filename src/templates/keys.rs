//! The keys of blocks and pages: hashes of what is the same on the pages of a site.

use crate::document::{Block, Document};
use crate::hash::Fnv;

/// Words from which a kept block is a part of the main text: shorter ones (dates, counts, captions) change under the same
/// article.
const MAIN_WORDS: usize = 12;

/// A hash of a block's text, in lower case and with white space as single spaces.
pub(crate) type Key = u32;

/// The keys of all blocks, in their order.
pub(crate) fn keys(document: &Document) -> impl Iterator<Item = Key> {
    // The halves of the hash over each other.
    document.blocks.iter().map(|block| text_hash(&block.text)).map(|hash| (hash >> 32) as u32 ^ hash as u32)
}

/// A hash of the main text of a page: what is kept of it, in blocks that are long enough; of all that is kept, where none
/// is. `None` where nothing is kept.
pub(crate) fn main_text(document: &Document, kept: &[bool]) -> Option<u64> {
    let kept = || document.blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| block);
    let long = |block: &&Block| block.text.split_whitespace().nth(MAIN_WORDS - 1).is_some();
    let any_long = kept().any(|block| long(&block));
    let mut hash = Fnv::new();
    kept().next()?;
    for block in kept().filter(|block| !any_long || long(block)) {
        let text = text_hash(&block.text);
        text.to_le_bytes().into_iter().for_each(|byte| hash.byte(byte));
    }
    Some(hash.finish())
}

fn text_hash(text: &str) -> u64 {
    let mut hash = Fnv::new();
    for word in text.split_whitespace() {
        word.chars().for_each(|c| hash.lower(c));
        hash.byte(b' ');
    }
    hash.finish()
}
