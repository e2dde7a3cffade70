//! Judging what is left once more.
//!
//! What a line is judged by depends on the lines around it, so a cleaned text may look different from the text it was cut
//! out of. Cleaning a cleaned text should change nothing: what is left is judged again, as it will be printed, until
//! nothing more goes or the passes are used up. A pass can only drop.

use std::ops::Range;

use crate::document::{Document, Verdict};

/// Passes after the first.
const PASSES: usize = 2;

/// Judges what the verdicts about a window keep, and takes over what goes.
pub(super) fn settle(
    document: &Document,
    window: &Range<usize>,
    verdicts: &mut [Verdict],
    judge: impl Fn(&Document) -> Vec<Verdict>,
) {
    for _ in 0..PASSES {
        if verdicts.iter().all(|verdict| verdict.keep) || verdicts.iter().all(|verdict| !verdict.keep) {
            return;
        }
        let (rest, places) = rest(document, window, verdicts);
        let mut changed = false;
        for (place, mut verdict) in places.into_iter().zip(judge(&rest)) {
            if !verdict.keep {
                verdict.reason.note = verdict.reason.note.or(Some("judged by what was left"));
                verdicts[place] = verdict;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The document that would be printed, and the place of each of its blocks in the window. A blank line after a dropped one
/// is dropped with it.
fn rest(document: &Document, window: &Range<usize>, verdicts: &[Verdict]) -> (Document, Vec<usize>) {
    let mut rest = Document::empty(document.kind, None);
    let mut places = Vec::new();
    let mut line = 0;
    for (place, number) in window.clone().enumerate() {
        if !verdicts[place].keep {
            continue;
        }
        let mut block = document.blocks[number].clone();
        let next = document.blocks.get(number + 1);
        let before_blank = next.is_some_and(|next| next.lines.start != block.lines.end);
        let length = block.lines.end - block.lines.start;
        block.lines = line..line + length;
        line += length + u32::from(before_blank);
        rest.blocks.push(block);
        places.push(place);
    }
    (rest, places)
}
