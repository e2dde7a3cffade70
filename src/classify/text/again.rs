//! Judging what is left once more.
//!
//! What a line is judged by depends on the lines around it, so a cleaned text may look different from the text it was cut
//! out of. Cleaning a cleaned text should change nothing: what is left is judged again, as it will be printed, until
//! nothing more goes or the passes are used up. A pass can only drop.

use std::ops::Range;

use crate::document::{Block, Document, Verdict};

/// Passes after the first. With two of them cleaning again changed 2 to 3 % of the dumps of pages, with eight it
/// changes less than one in a hundred.
const PASSES: usize = 8;

/// Judges what the verdicts about a window keep, and takes over what goes. `judge` is called with what is left and the places
/// of its blocks in the window.
pub(super) fn settle(
    document: &Document,
    window: &Range<usize>,
    verdicts: &mut [Verdict],
    judge: impl Fn(&Document, &[usize]) -> Vec<Verdict>,
) {
    for _ in 0..PASSES {
        if verdicts.iter().all(|verdict| verdict.keep) || verdicts.iter().all(|verdict| !verdict.keep) {
            return;
        }
        let (rest, places) = rest(document, window, verdicts);
        let mut changed = false;
        let judged = judge(&rest, &places);
        for (place, mut verdict) in places.into_iter().zip(judged) {
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

/// The document that would be printed, and the place of each of its blocks in the window. Where a blank line stood between
/// two kept ones, one stays.
fn rest(document: &Document, window: &Range<usize>, verdicts: &[Verdict]) -> (Document, Vec<usize>) {
    // That it is a letter says what it cannot be; what its headers say is of no use here.
    let letter = document.letter.as_ref().map(|_| Box::default());
    let mut rest = Document { letter, ..Document::empty(document.kind, None) };
    let mut places = Vec::new();
    let (mut line, mut end, mut blank) = (0, None, false);
    for (place, number) in window.clone().enumerate() {
        let block = &document.blocks[number];
        blank |= end.is_some_and(|end| end != block.lines.start);
        end = Some(block.lines.end);
        if verdicts[place].keep {
            line += u32::from(blank);
            let length = block.lines.end - block.lines.start;
            rest.blocks.push(Block { lines: line..line + length, ..block.clone() });
            places.push(place);
            line += length;
            blank = false;
        }
    }
    (rest, places)
}
