//! What is left of a letter that was sent to many, after it was judged as a page or a text: lines over the letter that
//! lead to a browser, sponsors' boxes, bare buttons, and everything from the first word on leaving the list.

use super::line::{Line, paragraphs};
use crate::document::{Block, BlockKind, Class, Document, Family, SpanKind, Tag, Verdict};
use crate::patterns::Strength;

/// Words of running text that ends a footer, or is no head of a letter.
const RESUMING_WORDS: usize = 25;

/// The footer stands in the last of so many parts of a letter.
const TAIL_SHARE: usize = 2;

/// Words of a link by itself that is a button and no headline.
const BUTTON_WORDS: usize = 4;

/// Blocks of a box that a label names as a sponsor's.
const BOX_BLOCKS: u32 = 6;

/// Characters of padding behind which a mail program's preview ends.
const PADDING: usize = 8;

/// Drops what only letters to many have.
pub(super) fn strip(document: &Document, lines: &[Line<'_>], verdicts: &mut [Verdict]) {
    let prose = prose(lines);
    let resumes = |at: &usize| prose[*at];
    let first = (0..lines.len()).find(resumes).unwrap_or(lines.len());
    let last = (0..lines.len()).rev().find(resumes).map_or(0, |at| at + 1);
    let all: usize = lines.iter().map(|line| line.words).sum();
    let (mut closed, mut read) = (false, 0);
    for at in 0..lines.len() {
        let line = &lines[at];
        closed |= at >= last && read * TAIL_SHARE >= all * (TAIL_SHARE - 1) && names_leaving(line);
        read += line.words;
        let family = if closed {
            Some(Family::Unsubscribe)
        } else if at < first && (is_padded(line) || line.names(Family::MailChrome, Strength::Firm)) {
            Some(Family::MailChrome)
        } else if is_button(&document.blocks[at]) {
            Some(Family::Navigation)
        } else {
            None
        };
        if let Some(family) = family {
            drop(&mut verdicts[at], family);
        }
        for of_box in sponsor(document, line, at) {
            drop(&mut verdicts[of_box], Family::Ads);
        }
    }
}

/// Which lines stand in a paragraph of running text that says nothing of how the letter was sent.
fn prose(lines: &[Line<'_>]) -> Vec<bool> {
    let mut prose = vec![false; lines.len()];
    for paragraph in paragraphs(lines, 0..lines.len()) {
        let words: usize = lines[paragraph.clone()].iter().map(|line| line.words).sum();
        let footer = lines[paragraph.clone()].iter().any(is_footer);
        prose[paragraph].fill(words >= RESUMING_WORDS && !footer);
    }
    prose
}

fn drop(verdict: &mut Verdict, family: Family) {
    if verdict.keep {
        *verdict =
            Verdict { class: Class::Boilerplate(Some(family)), keep: false, score: super::NAMED, ..verdict.clone() };
    }
}

/// Whether a line speaks of how the letter was sent.
pub(super) fn is_footer(line: &Line<'_>) -> bool {
    let families = [
        Family::Unsubscribe,
        Family::MailChrome,
        Family::MailingList,
        Family::Copyright,
        Family::Legal,
        Family::Address,
    ];
    families.iter().any(|family| line.names(*family, Strength::Firm))
}

/// Whether a line tells why one gets the letter, or how to get it no more.
fn names_leaving(line: &Line<'_>) -> bool {
    line.names(Family::Unsubscribe, Strength::Firm) || line.names(Family::MailingList, Strength::Strong)
}

/// The preview of a mail program, padded so that no more of the letter shows in it.
fn is_padded(line: &Line<'_>) -> bool {
    let padding =
        |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{34f}' | '\u{2007}' | '\u{feff}' | '\u{61c}');
    line.text.chars().filter(padding).count() >= PADDING
}

/// A short link by itself, such as "Read more".
fn is_button(block: &Block) -> bool {
    let linked = block.spans.iter().filter(|span| matches!(span.kind, SpanKind::Link(_)));
    let whole = linked.clone().any(|span| span.range.len() + 2 >= block.text.len());
    let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::TableCell { .. });
    plain && whole && block.text.split_whitespace().count() <= BUTTON_WORDS
}

/// The blocks of the box that a line labels as a sponsor's; none for any other line.
fn sponsor(document: &Document, line: &Line<'_>, at: usize) -> Vec<usize> {
    let label = line.words <= BUTTON_WORDS && line.names(Family::Ads, Strength::Weak);
    if !label {
        return Vec::new();
    }
    let above = document.outline.ancestors(document.blocks[at].element);
    let boxes = above.filter(|(_, element)| matches!(element.tag, Tag::Table | Tag::Td));
    let size = |blocks: &std::ops::Range<u32>| blocks.end - blocks.start;
    let boxed = boxes.map(|(_, element)| element.blocks.clone()).take_while(|blocks| size(blocks) <= BOX_BLOCKS).last();
    boxed.map_or_else(Vec::new, |blocks| (blocks.start as usize..blocks.end as usize).collect())
}
