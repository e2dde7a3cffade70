//! Who wrote what is quoted: the lines over it, such as "On Monday Ada wrote:", however a mail program wrapped them.

use super::line::{Line, hits, joined, names};
use crate::document::Family;
use crate::patterns::{Hits, Strength};

/// Lines over which an introduction may be wrapped, and its characters.
const INTRODUCTION_LINES: usize = 3;
const INTRODUCTION_CHARS: usize = 300;

/// What may stand behind its end: marks of quotation, and those of the direction of writing.
const AFTER_INTRODUCTION: [char; 6] = ['>', ' ', '"', '\u{200e}', '\u{200f}', '\u{202c}'];

/// Words of one in a language for which no pattern stands.
const INTRODUCTION_WORDS: usize = 12;

/// Marks the lines that introduce marked quotes, such as "On Monday Ada wrote:".
pub(super) fn mark(lines: &[Line<'_>], headers: &mut [bool]) {
    let mut scratch = Hits::default();
    for at in 1..lines.len() {
        if lines[at].depth <= lines[at - 1].depth {
            continue;
        }
        if let Some(first) = introduction(lines, at, &mut scratch) {
            headers[first..at].fill(true);
        }
    }
}

/// Where the introduction of the quote that begins at a line begins: over its nearest lines, as few as will do.
fn introduction(lines: &[Line<'_>], at: usize, scratch: &mut Hits) -> Option<usize> {
    let depth = lines[at - 1].depth;
    let mut found: Option<usize> = None;
    // The nearest line may stand apart from the quote, the others not from each other.
    for first in (at.saturating_sub(INTRODUCTION_LINES)..at).rev() {
        if lines[first].depth != depth {
            break;
        }
        let part = &lines[first..at];
        let more = match found {
            Some(found) if !is_torn_off(lines[found].text) => {
                !ends_sentence(lines[first].text) && says_more(part, &lines[found..at], scratch)
            }
            _ => introduces(part, scratch),
        };
        if more {
            found = Some(first);
        }
        if lines[first].gap {
            break;
        }
    }
    found
}

/// Whether a line is the end of an introduction whose beginning a mail program left on the line over it: a verb alone, or
/// an address that opened there.
fn is_torn_off(text: &str) -> bool {
    let text = text.trim_start_matches(['>', ' ']);
    let address_ends = text.split_once('>').is_some_and(|(address, _)| !address.contains('<'));
    address_ends || text.starts_with(|first: char| first == '<' || first.is_lowercase())
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。', '…'])
}

fn introduces(part: &[Line<'_>], scratch: &mut Hits) -> bool {
    let text = joined(part);
    let text = text.trim_end_matches(AFTER_INTRODUCTION);
    let ends = text.ends_with([':', '：']) || ["...", "wrote", "writes"].iter().any(|end| text.ends_with(end));
    if !ends || text.chars().count() > INTRODUCTION_CHARS {
        return false;
    }
    let has_address = text.contains('@');
    let dated = numbers(text).any(|digits| digits.len() == 4 || digits.len() == 2);
    let time = text.trim_end_matches(':').contains(':');
    named(text, scratch).next().is_some()
        || has_address && part.len() == 1
        || dated && time && (has_address || part.len() == 1 && tells_who_and_when(text))
}

/// The patterns by which a text, without what may stand behind it, introduces a quote.
fn named(text: &str, scratch: &mut Hits) -> impl Iterator<Item = u16> + use<> {
    hits(text, scratch).into_iter().filter(|rule| names(&[*rule], Family::Quote, Strength::Weak))
}

/// Whether a pattern knows an introduction as a whole that its last lines alone are not: "In article 7," over "Ada wrote:".
fn says_more(whole: &[Line<'_>], last: &[Line<'_>], scratch: &mut Hits) -> bool {
    let mut rules = |part| named(joined(part).trim_end_matches(AFTER_INTRODUCTION), scratch).collect::<Vec<u16>>();
    let known = rules(last);
    rules(whole).iter().any(|rule| !known.contains(rule))
}

/// The runs of digits in a text, with empty texts between.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit())
}

/// Whether a line is short and has a year, a time and, behind it, a name: in any language that puts the name last or
/// next to last.
fn tells_who_and_when(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_time = |word: &&str| {
        word.split_once(':').is_some_and(|(hour, minute)| {
            hour.len() <= 2
                && hour.bytes().all(|b| b.is_ascii_digit())
                && minute.bytes().take(2).filter(u8::is_ascii_digit).count() == 2
        })
    };
    let year = numbers(text).any(|digits| digits.len() == 4 && digits.starts_with(['1', '2']));
    let behind = words.iter().rposition(is_time).map_or(&[][..], |time| &words[time + 1..]);
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    year && words.len() <= INTRODUCTION_WORDS && behind.iter().any(is_name)
}

/// Where the lines end that tell by address and year who wrote the unmarked letter below: over marked ones more will do
/// ([`introduces`]).
pub(super) fn sender(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let mut scratch = Hits::default();
    if !lines[at].gap || lines[at].depth > 0 || !lines[at].text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let tells = |end: &usize| {
        let text = joined(&lines[at..*end]);
        let text = text.trim_end_matches(AFTER_INTRODUCTION);
        let has_address = text.split_once('<').is_some_and(|(_, behind)| behind.contains('@'));
        let dated = numbers(text).any(|digits| digits.len() == 4);
        text.ends_with([':', '：']) && has_address && dated && named(text, &mut scratch).next().is_some()
    };
    let goes_on = |end: &usize| *end == at + 1 || !lines[end - 1].gap && lines[end - 1].depth == 0;
    (at + 1..=(at + INTRODUCTION_LINES).min(lines.len())).take_while(goes_on).find(tells)
}
