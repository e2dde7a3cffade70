//! Units: what is judged together of a text. A line of its own, or the lines of a paragraph that was wrapped.
//!
//! Lines without a letter or digit (rules, bare pipes, ornaments) are no units; they are remembered as what parts two.

use std::borrow::Cow;
use std::ops::Range;

use super::links::read;
use crate::document::{Block, Document};
use crate::features::measures::last_class;
use crate::scripts::is_unspaced;

/// Characters of a line that was broken because the next word did not fit: letters are wrapped at 60 to 80 columns,
/// some mailers at 100.
const WRAPPED: Range<usize> = 45..105;

/// Characters of a rule.
const RULE: usize = 3;

/// What stands between a unit and the one before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Gap {
    /// A blank line.
    pub(crate) blank: bool,
    /// A rule: dashes, underscores, asterisks.
    pub(crate) rule: bool,
    /// Other lines without words: pipes, bullets, ornaments.
    pub(crate) debris: bool,
}

/// What is judged together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit<'d> {
    /// Its blocks.
    pub(crate) blocks: Range<usize>,
    /// Its text as a reader sees it, with the labels of links alone; wrapped lines joined by spaces.
    pub(crate) text: Cow<'d, str>,
    /// What stands before it.
    pub(crate) gap: Gap,
}

/// The units of some blocks of a text.
pub(crate) fn units(document: &Document, range: Range<usize>) -> Vec<Unit<'_>> {
    let blocks = document.blocks.get(range.clone()).unwrap_or_default();
    let mut units = Vec::new();
    let mut gap = Gap::default();
    let mut at = 0;
    while at < blocks.len() {
        if at > 0 && blocks[at].lines.start != blocks[at - 1].lines.end {
            gap.blank = true;
        }
        if !says(&blocks[at]) {
            if is_rule(&blocks[at].text) {
                gap.rule = true
            } else {
                gap.debris = true
            }
            at += 1;
            continue;
        }
        let run = run(blocks, at);
        let width = width(run);
        let mut start = 0;
        while start < run.len() {
            let joined = run.get(start..).unwrap_or_default().windows(2).take_while(|pair| goes_on(pair, width));
            let end = start + 1 + joined.count();
            let blocks = range.start + at + start..range.start + at + end;
            units.push(Unit { blocks, text: joined_text(&run[start..end]), gap: std::mem::take(&mut gap) });
            start = end;
        }
        at += run.len();
    }
    units
}

/// The lines with words that follow each other from here.
fn run(blocks: &[Block], from: usize) -> &[Block] {
    let more = blocks.get(from..).unwrap_or_default().windows(2);
    let adjoins = |pair: &&[Block]| pair[0].lines.end == pair[1].lines.start && says(&pair[1]);
    let length = 1 + more.take_while(adjoins).count();
    blocks.get(from..from + length).unwrap_or_default()
}

/// The width that a run was wrapped to, if it was: its longest line. The longest line of any run ends where it does
/// because no longer one stands beside it, so that two lines at least must tell, not all of them ending a sentence, or
/// the next go on in small letters.
fn width(run: &[Block]) -> Option<usize> {
    let longest = run.iter().map(|block| chars(&block.text)).max().filter(|longest| WRAPPED.contains(longest))?;
    let goes_on = |block: &Block| block.text.chars().next().is_some_and(|c| c.is_lowercase() || is_unspaced(c));
    let wrapped: Vec<&[Block]> = run.windows(2).filter(|pair| is_wrapped(pair, Some(longest))).collect();
    let told = match wrapped.as_slice() {
        [] => false,
        [pair] => goes_on(&pair[1]),
        pairs => pairs.len() * 3 >= run.len() - 1 && !pairs.iter().all(|pair| ends_sentence(&pair[0].text)),
    };
    told.then_some(longest)
}

/// Whether the second of two lines goes on with the paragraph of the first. Where a sentence ends just there, the next
/// line may be a footer's, and two halves of a paragraph do less harm than an article's last line with a footer.
fn goes_on(pair: &[Block], width: Option<usize>) -> bool {
    is_wrapped(pair, width) && !pair.first().is_some_and(|line| matches!(last_class(&line.text), 1..=3 | 6))
}

/// Whether the first of two lines ends where it does because the second's first word did not fit.
fn is_wrapped(pair: &[Block], width: Option<usize>) -> bool {
    let (Some(width), [line, next]) = (width, pair) else { return false };
    let length = chars(&line.text);
    let first = next.text.chars().next();
    let begins = first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '“' | '„' | '«' | '\'' | '‘' | '('));
    let word = match first {
        Some(c) if is_unspaced(c) => 2,
        _ => next.text.split(' ').next().map_or(0, chars),
    };
    begins && !line.text.ends_with('|') && WRAPPED.start <= length && length + 1 + word > width
}

fn joined_text(run: &[Block]) -> Cow<'_, str> {
    match run {
        [block] => read(&block.text),
        _ => Cow::Owned(run.iter().map(|block| read(&block.text)).collect::<Vec<_>>().join(" ")),
    }
}

/// Whether a line ends like a sentence or an introduction to what follows.
fn ends_sentence(line: &str) -> bool {
    matches!(last_class(line), 1..=4 | 6)
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether a reader sees words in a line.
fn says(block: &Block) -> bool {
    has_words(&read(&block.text))
}

/// Whether a line says anything.
pub(crate) fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() || is_unspaced(c))
}

/// Whether a line without words is a rule.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !matches!(c, ' ')).count();
    marks >= RULE
        && text.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '~' | '#' | '+' | '—' | '–' | '─' | '━' | ' '))
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::{Gap, units};

    #[test]
    fn wrapped_lines_are_one_unit_and_others_are_not() {
        let cases: [(&str, &[&str]); 7] = [
            // A footer under an article whose last line is as long as others.
            (
                "The channel into Port Ellery has moved so far to the west that the\nharbour's own chart shows deep water where \
                 the children now dig.\nEnter your address below and get our letter on every first Friday\nof the month.",
                &[
                    "The channel into Port Ellery has moved so far to the west that the harbour's own chart shows deep water \
                     where the children now dig.",
                    "Enter your address below and get our letter on every first Friday of the month.",
                ],
            ),
            // Lines of nearly one length that each end a sentence were not wrapped.
            (
                "The county reckons that it will save forty thousand a year.\nYou receive this letter because you signed up on \
                 our site.\nUnsubscribe",
                &[
                    "The county reckons that it will save forty thousand a year.",
                    "You receive this letter because you signed up on our site.",
                    "Unsubscribe",
                ],
            ),
            ("", &[]),
            ("Home\nNews\nSport", &["Home", "News", "Sport"]),
            (
                "The channel into Port Ellery has moved so far to the west that the\nharbour's own chart, printed nine years \
                 ago, now shows deep water where\nchildren dig for worms.",
                &[
                    "The channel into Port Ellery has moved so far to the west that the harbour's own chart, printed nine \
                   years ago, now shows deep water where children dig for worms.",
                ],
            ),
            (
                "Road closed after a lorry sheds its load of beetroot\nBakery wins national prize for its loaf\nFerry stays",
                &[
                    "Road closed after a lorry sheds its load of beetroot",
                    "Bakery wins national prize for its loaf",
                    "Ferry stays",
                ],
            ),
            (
                "The hall committee wants us to leave by half past five, because\nthe choir needs the room.",
                &["The hall committee wants us to leave by half past five, because the choir needs the room."],
            ),
        ];
        for (text, expected) in cases {
            let document = document(text);
            let found: Vec<String> =
                units(&document, 0..document.blocks.len()).into_iter().map(|unit| unit.text.into_owned()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_parts_two_units_is_remembered() {
        let document = document("one\n---\ntwo\n\n|\nthree");
        let gaps: Vec<Gap> = units(&document, 0..document.blocks.len()).into_iter().map(|unit| unit.gap).collect();
        let gap = |blank, rule, debris| Gap { blank, rule, debris };
        assert_eq!(gaps, [gap(false, false, false), gap(false, true, false), gap(true, false, true)]);
    }
}
