//! What is left of a letter that was sent to many, after it was judged as a page or a text: notices over the letter,
//! bare buttons, and at its end everything that speaks of how it was sent and how to leave the list.

use std::ops::Range;

use super::foot;
use super::line::{Line, paragraphs, tells, tells_firmly, words};
use super::notices::{begins_footer, drop_all, is_copyright, is_footer, opens_firmly};
use super::sender::Sender;
use crate::document::{Block, BlockKind, Document, Family, Kind, SpanKind, Verdict};
use crate::features::lines::units;
use crate::features::words_between_spaces;
use crate::patterns::Strength;

/// Words of running text that ends a footer, or is no head of a letter.
const RESUMING_WORDS: usize = 25;

/// The footer stands in the last of so many parts of a letter; where a word alone speaks of leaving, in its last words.
const TAIL_SHARE: usize = 2;
const LAST_WORDS: usize = 100;

/// Words of a line that may be the heading of a footer.
const HEADING_WORDS: usize = 8;

/// Words of the longest notice or footer in one piece: more in one block is a letter that ends in one.
const LONGEST: usize = 150;

/// Words of a link by itself that is a button and no headline.
const BUTTON_WORDS: usize = 4;

/// Characters of padding behind which a mail program's preview ends.
const PADDING: usize = 8;

/// Drops what only letters to many have.
pub(super) fn strip(document: &Document, lines: &[Line<'_>], sender: Option<&Sender>, verdicts: &mut [Verdict]) {
    let parts = parts(document);
    let read = words_before(lines);
    let prose = prose(lines, &parts, &read);
    let first = prose.iter().position(|is_prose| *is_prose).unwrap_or(parts.len());
    let last = prose.iter().rposition(|is_prose| *is_prose).map_or(0, |at| at + 1);
    let says = |part: &Range<usize>, what: fn(&Line<'_>) -> bool| {
        words(&lines[part.clone()]) <= LONGEST && lines[part.clone()].iter().any(what)
    };
    for part in parts[..first].iter().filter(|part| says(part, is_notice)) {
        drop_all(verdicts, part.clone(), Family::MailChrome);
    }
    for at in (0..lines.len()).filter(|at| is_button(&document.blocks[*at])) {
        if !is_linked_heading(document, lines, verdicts, at) {
            drop_all(verdicts, at..at + 1, Family::Navigation);
        }
    }
    let tail = &parts[last..];
    let end_of_prose = last.checked_sub(1).map_or(0, |at| parts[at].end);
    // Of a short paragraph with a copyright all is said with it.
    for paragraph in paragraphs(lines, end_of_prose..lines.len()) {
        let own = &lines[paragraph.clone()];
        if words(own) < RESUMING_WORDS && own.iter().any(|line| line.words > 0 && is_copyright(line)) {
            drop_all(verdicts, paragraph, Family::Copyright);
        }
    }
    for part in tail.iter().filter(|part| says(part, is_copyright)) {
        drop_all(verdicts, part.clone(), Family::Copyright);
    }
    if let Some(start) = leaving(&document.blocks, lines, tail, end_of_prose, &read) {
        drop_all(verdicts, start..lines.len(), Family::Unsubscribe);
    }
    let late = tail.partition_point(|part| !is_late(part, &read));
    foot::strip(&document.blocks, lines, &tail[late..], sender, verdicts);
}

/// Whether a part lies so far down that it may be of the footer.
fn is_late(part: &Range<usize>, read: &[usize]) -> bool {
    let all = read.last().copied().unwrap_or(0);
    read[part.start] * TAIL_SHARE >= all * (TAIL_SHARE - 1)
}

/// What is one text of a letter: blocks of a page, and in a text lines, or several that were wrapped. Rules are no part.
fn parts(document: &Document) -> Vec<Range<usize>> {
    let all = 0..document.blocks.len();
    match document.kind {
        Kind::Html => all.map(|at| at..at + 1).collect(),
        _ => units(document, all).into_iter().map(|unit| unit.blocks).collect(),
    }
}

/// Where the footer begins that tells how to leave the list, with the rules over it from this line on; `None` where there
/// is none.
fn leaving(blocks: &[Block], lines: &[Line<'_>], tail: &[Range<usize>], least: usize, read: &[usize]) -> Option<usize> {
    let all = read[lines.len()];
    let leaves = |part: &&Range<usize>| {
        let late = is_late(part, read);
        let read = read[part.start];
        let part = &lines[(*part).clone()];
        let word = read + LAST_WORDS >= all && part.iter().any(|line| line.names(Family::Unsubscribe, Strength::Weak));
        late && words(part) <= LONGEST && (word || part.iter().any(names_leaving))
    };
    let leaving: Vec<&Range<usize>> = tail.iter().filter(leaves).collect();
    let start = leaving.iter().find(|part| begins_footer(blocks, lines, part)).or(leaving.first())?.start;
    let rules = lines[least..start].iter().rev().take_while(|line| line.is_rule()).count();
    Some(start - rules)
}

/// The words before each line, and of all.
fn words_before(lines: &[Line<'_>]) -> Vec<usize> {
    let sums = lines.iter().scan(0, |sum, line| {
        *sum += line.words;
        Some(*sum)
    });
    std::iter::once(0).chain(sums).collect()
}

/// Which parts are running text that says nothing of how the letter was sent, and does not stand under a heading that
/// does. Several lines of one paragraph count together.
fn prose(lines: &[Line<'_>], parts: &[Range<usize>], read: &[usize]) -> Vec<bool> {
    let mut prose = vec![false; parts.len()];
    // Whether the part before is such a heading, or stands in the paragraph under one.
    let (mut start, mut heading, mut under) = (0, false, false);
    for (at, part) in parts.iter().enumerate() {
        let own = &lines[part.clone()];
        under = heading || under && !own[0].gap;
        heading = words(own) <= HEADING_WORDS && own.iter().any(names_leaving);
        let is_last = read[part.start] + LAST_WORDS >= read[lines.len()];
        let footer =
            under || own.iter().any(is_footer) || is_last && own.iter().any(|line| line.rules.iter().any(tells));
        if footer || own[0].gap {
            start = at;
        }
        if footer {
            start += 1;
        } else if read[part.end] - read[parts[start].start] >= RESUMING_WORDS {
            let known = at > start && prose[at - 1];
            prose[if known { at } else { start }..=at].fill(true);
        }
    }
    prose
}

/// Whether a line over a letter is none of it: why it was sent, where it can be seen, or padding. What comes to speak
/// of leaving after another sentence is the letter.
fn is_notice(line: &Line<'_>) -> bool {
    is_padded(line) || tells_firmly(line) && opens_firmly(&line.said)
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

/// Whether a short link that no pattern names is the heading of the text that is kept below it: over it stands none.
fn is_linked_heading(document: &Document, lines: &[Line<'_>], verdicts: &[Verdict], at: usize) -> bool {
    let begins = at.checked_sub(1).is_none_or(|over| !verdicts[over].keep);
    let below = document.blocks.get(at + 1).zip(lines.get(at + 1));
    let is_text = |(block, line): (&Block, &Line<'_>)| line.words > BUTTON_WORDS && !is_whole_link(block);
    lines[at].rules.is_empty() && begins && below.is_some_and(is_text) && verdicts[at + 1].keep
}

/// A short link by itself, such as "Read more".
fn is_button(block: &Block) -> bool {
    let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::TableCell { .. });
    plain && is_whole_link(block) && words_between_spaces(&block.text) <= BUTTON_WORDS
}

/// Whether a block is one link, and perhaps a mark beside it.
fn is_whole_link(block: &Block) -> bool {
    let mut linked = block.spans.iter().filter(|span| matches!(span.kind, SpanKind::Link(_)));
    linked.any(|span| span.range.len() + 2 >= block.text.len())
}
