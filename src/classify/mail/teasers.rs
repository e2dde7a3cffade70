//! Teasers of a letter to many: the label on a teaser's last line, "Read more", names that line and not the text over it.

use super::line::{Line, hits};
use crate::document::{Class, Document, Family, Verdict};
use crate::features::words_between_spaces;
use crate::patterns::Hits;

/// What the label of a teaser is named.
const LABELS: [Family; 2] = [Family::Related, Family::Navigation];

/// Words of the lines of a teaser that nothing names.
const TEXT_WORDS: usize = 10;

/// Keeps the teasers that were dropped for their labels.
pub(super) fn keep(document: &Document, lines: &[Line<'_>], verdicts: &mut [Verdict]) {
    let mut scratch = Hits::default();
    for ((block, line), verdict) in document.blocks.iter().zip(lines).zip(verdicts) {
        let is_labelled = matches!(verdict.class, Class::Boilerplate(Some(family)) if LABELS.contains(&family));
        if is_labelled && !verdict.keep && line.text.contains('\n') {
            let text = |text: &&str| hits(text, &mut scratch).is_empty();
            let words: usize = block.text.lines().filter(text).map(words_between_spaces).sum();
            if words >= TEXT_WORDS {
                super::stay(verdict, "is text with a label under it");
            }
        }
    }
}
