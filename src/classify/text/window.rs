//! Windows: very long texts are judged piece by piece.
//!
//! A text of more lines than a window holds is no single article; judging it in pieces bounds the memory that features
//! need. What a line is judged by (position, repetition, the form of the text) is then that of its window.

use std::ops::Range;

use crate::document::Document;

/// Lines of a window: at some 180 features of 4 bytes they need 48 MB.
const LINES: usize = 1 << 16;

/// Lines at the end of a window among which a blank line is looked for to cut at.
const SEARCHED: usize = 1 << 12;

/// The windows of a text, as ranges of blocks.
pub(super) fn windows(document: &Document) -> Vec<Range<usize>> {
    let count = document.blocks.len();
    let mut windows = Vec::new();
    let mut start = 0;
    while count - start > LINES {
        let end = start + LINES;
        let follows_blank = |block: &usize| document.blocks[*block].lines.start != document.blocks[block - 1].lines.end;
        let cut = (end - SEARCHED..=end).rev().find(follows_blank).unwrap_or(end);
        windows.push(start..cut);
        start = cut;
    }
    windows.push(start..count);
    windows
}
