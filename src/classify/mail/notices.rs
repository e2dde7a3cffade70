//! How a letter without the headers of a list says itself that it was sent to many, or by a program: lines of a footer,
//! and a last paragraph that is nothing else.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cues::{Cue, cue};
use super::line::{
    Line, QUESTION_MARKS, is_announced, paragraphs, said, tells, tells_firmly, text_tells_firmly, words,
};
use crate::document::{Block, Class, Document, Family, Verdict};
use crate::features::sentences::sentences;
use crate::patterns::Strength;

/// Lines of a newsletter's footer, or rules that speak of how it was sent, from which a letter without headers counts
/// as one.
pub(super) const EVIDENCE: usize = 2;

/// Lines from one that speaks of leaving to the last that may have the address for it.
const LINES_OF_ADDRESS: usize = 10;

/// Words of the longest paragraph that is nothing but a notice.
const NOTICE_WORDS: usize = 60;

/// Paragraphs of a footer without an address.
const LAST_PARAGRAPHS: usize = 2;

/// Whether a letter without the headers of a list says itself that it was sent to many: several lines of a footer, or
/// rules that speak of how it was sent, one of them firmly, and beside an address or at the end. Who writes about
/// footers shows them, gives no way out, and goes on.
pub(super) fn has_footer(document: &Document, lines: &[Line<'_>], raw: &[&str]) -> bool {
    let paragraphs = paragraphs(lines, 0..lines.len());
    let told: Vec<usize> = paragraphs.iter().flat_map(|paragraph| not_shown(lines, raw, paragraph.clone())).collect();
    let mut spoken = paragraphs.iter().rev().filter(|paragraph| words(&lines[(*paragraph).clone()]) > 0);
    let end = spoken.nth(LAST_PARAGRAPHS - 1).map_or(0, |paragraph| paragraph.start);
    let has_text_over = words(&lines[..end]) > 0;
    let is_way_out = |at: &usize| {
        let beside = *at..(*at + LINES_OF_ADDRESS).min(lines.len());
        tells_firmly(&lines[*at]) && (*at >= end && has_text_over || document.blocks[beside].iter().any(has_address))
    };
    let footer = || told.iter().filter(|at| is_footer(&lines[**at])).count() >= EVIDENCE;
    told.iter().any(is_way_out) && (footer() || sent_rules(told.iter().map(|at| &lines[*at])) >= EVIDENCE)
}

/// The lines of a paragraph that the author does not announce as a text that is shown: the whole of one may be, or what
/// is indented below the line that announces it.
fn not_shown(lines: &[Line<'_>], raw: &[&str], paragraph: Range<usize>) -> Range<usize> {
    // An address by itself is given, not shown.
    let is_text = |at: usize| lines[at..paragraph.end].iter().any(|line| cue(line) != Cue::Web);
    let shows = |at: usize| is_announced(lines, at, |rules| rules.iter().any(tells)) && is_text(at);
    if shows(paragraph.start) {
        return paragraph.end..paragraph.end;
    }
    let indented = |at: usize| raw[at].starts_with([' ', '\t']);
    let shown = paragraph.clone().rev().take_while(|at| indented(*at)).last();
    let shown = shown.filter(|at| *at > paragraph.start && shows(*at));
    paragraph.start..shown.unwrap_or(paragraph.end)
}

/// The last paragraph of a letter to one person, if it says only how it was sent and by whom, as shops and programs do:
/// it begins with that, and has an address, a copyright or another such line. `free` tells which lines are the
/// author's.
pub(super) fn closing_notice(
    document: &Document,
    lines: &[Line<'_>],
    free: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    let own: Vec<Range<usize>> =
        paragraphs(lines, 0..lines.len()).into_iter().filter(|own| words(&lines[own.clone()]) > 0).collect();
    let [.., above, last] = own.as_slice() else { return None };
    let (first, below) = lines[last.clone()].split_first()?;
    let is_more = |line: &Line<'_>| is_footer(line) || line.names(Family::Legal, Strength::Weak);
    let more = below.iter().any(is_more)
        || sent_rules([first]) >= EVIDENCE
        || is_copyright(first)
        || first.names(Family::Legal, Strength::Weak)
        || document.blocks[last.clone()].iter().any(has_address);
    let is_shown = is_announced(lines, last.start, |rules| rules.iter().any(tells));
    let is_told = text_tells_firmly(first.said.lines().next()?);
    let fits = words(&lines[last.clone()]) <= NOTICE_WORDS && last.clone().chain(above.clone()).all(free);
    (is_told && more && fits && !is_shown).then(|| last.clone())
}

/// Whether a block has an address of the web or of mail, or a link.
pub(super) fn has_address(block: &Block) -> bool {
    block.has_link() || ["://", "www.", "@"].iter().any(|mark| block.text.contains(mark))
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

/// How many different rules speak of how the letter was sent.
pub(super) fn sent_rules<'l>(lines: impl IntoIterator<Item = &'l Line<'l>>) -> usize {
    let rules: BTreeSet<u16> = lines.into_iter().flat_map(|line| &line.rules).copied().filter(tells).collect();
    rules.len()
}

pub(super) fn is_copyright(line: &Line<'_>) -> bool {
    line.names(Family::Copyright, Strength::Firm)
}

/// Whether a part that speaks of how the letter was sent does so from its beginning. Who comes to speak of it after
/// another sentence may still be writing. Lines of a text are no whole paragraphs.
pub(super) fn begins_footer(blocks: &[Block], lines: &[Line<'_>], part: &Range<usize>) -> bool {
    let is_line = !blocks[part.start].lines.is_empty();
    let text = said(&lines[part.clone()]);
    is_line || sentences(&text).nth(1).is_none() || opens_firmly(&text) || blocks[part.clone()].iter().any(has_address)
}

/// Whether the first sentence of a text tells firmly how a letter was sent, with the questions before it: "Not
/// displayed well? Look at it in the browser."
pub(super) fn opens_firmly(text: &str) -> bool {
    let is_question = |sentence: &&str| sentence.ends_with(QUESTION_MARKS);
    let questions = sentences(text).take_while(is_question).count();
    text_tells_firmly(&sentences(text).take(questions + 1).collect::<Vec<_>>().join(" "))
}

/// Drops the blocks that are kept, for their family.
pub(super) fn drop_all(verdicts: &mut [Verdict], blocks: Range<usize>, family: Family) {
    for verdict in verdicts[blocks].iter_mut().filter(|verdict| verdict.keep) {
        (verdict.class, verdict.keep, verdict.score) = (Class::Boilerplate(Some(family)), false, super::NAMED);
    }
}
