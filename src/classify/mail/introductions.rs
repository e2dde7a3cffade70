//! Who wrote what is quoted: the lines over it, such as "On Monday Ada wrote:", however a mail program wrapped them.

use super::line::{Line, hits, joined, names};
use super::stamps::{has_date, has_time};
use crate::document::Family;
use crate::patterns::{Hits, Strength};
use crate::signs::{ends_in_colon, ends_sentence};

/// Lines over which an introduction may be wrapped, and its characters.
const INTRODUCTION_LINES: usize = 3;
const INTRODUCTION_CHARS: usize = 300;

/// What may stand behind its end: marks of quotation, and those of the direction of writing.
const AFTER_INTRODUCTION: [char; 6] = ['>', ' ', '"', '\u{200e}', '\u{200f}', '\u{202c}'];

/// What may stand before its words.
const BEFORE_INTRODUCTION: [char; 5] = ['*', '-', ' ', '[', '>'];

/// Words of one in a language for which no pattern stands: with a name and a date, and those of them that begin small;
/// with a date and a time; with a date alone (`Du schriebst am 3.1.2024:`); with a name alone (`Ada Lovell said:`).
const NAMED_AND_DATED: usize = 14;
const OTHERS: usize = 4;
const DATED: usize = 8;
const STAMPED: usize = 5;
const NAMED: std::ops::RangeInclusive<usize> = 3..=5;

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

/// Whether an introduction stands over a line.
pub(super) fn stands_over(lines: &[Line<'_>], at: usize) -> bool {
    at > 0 && introduction(lines, at, &mut Hits::default()).is_some()
}

/// Where the introduction of the quote that begins at a line begins: over its nearest lines, as few as will do.
fn introduction(lines: &[Line<'_>], at: usize, scratch: &mut Hits) -> Option<usize> {
    let depth = lines[at - 1].depth;
    let mut found: Option<usize> = None;
    let left_out = (0..at).rev().take(LEFT_OUT_LINES).take_while(|at| is_left_out(lines[*at].text)).count();
    let end = at - left_out;
    // The nearest line may stand apart from the quote, the others not from each other.
    for first in (end.saturating_sub(INTRODUCTION_LINES)..end).rev() {
        if lines[first].depth != depth {
            break;
        }
        // What ends a sentence over a line is the author's, as is all over one that has told who and when.
        let over = lines[first].text;
        let is_said = || ends_sentence(over) && !(has_date(over) && has_time(over));
        if found.is_some_and(|found| is_told(lines[found].text)) || first + 1 < end && is_said() {
            break;
        }
        let part = &lines[first..end];
        let more = match found {
            Some(_) if has_bracketed_address(lines[first].text) => !ends_sentence(lines[first].text),
            Some(found) if !is_torn_off(lines[found].text) => {
                !ends_sentence(lines[first].text) && says_more(part, &lines[found..end], scratch)
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

/// Whether a line tells by date and address who wrote when.
fn is_told(text: &str) -> bool {
    has_date(text) && has_time(text) && (has_bracketed_address(text) || name(without_marks(text)).is_some())
}

/// Lines that tell that some of a quote was left out.
const LEFT_OUT_LINES: usize = 2;

/// Whether a line tells that some of a quote was left out: `<snip>`, `[...]`.
fn is_left_out(text: &str) -> bool {
    const LONGEST: usize = 30;
    let bracketed = text.starts_with(['<', '[', '(']) && text.ends_with(['>', ']', ')']);
    bracketed && text.len() <= LONGEST && !text.contains([':', '@', '/'])
}

/// Whether a line is the end of an introduction whose beginning a mail program left on the line over it: a verb alone, or
/// an address that opened there.
fn is_torn_off(text: &str) -> bool {
    let text = text.trim_start_matches(['>', ' ']);
    let address_ends = text.split_once('>').is_some_and(|(address, _)| !address.contains('<'));
    address_ends || text.starts_with(|first: char| matches!(first, '<' | '(') || first.is_lowercase())
}

fn introduces(part: &[Line<'_>], scratch: &mut Hits) -> bool {
    let text = joined(part);
    if text.chars().count() > INTRODUCTION_CHARS {
        return false;
    }
    let whole = text.trim_end_matches(AFTER_INTRODUCTION);
    let text = whole.trim_end_matches([']', ' ']);
    let in_brackets = text.len() < whole.len() && whole.starts_with('[');
    let ends = in_brackets
        || ends_in_colon(whole)
        || ["...", "wrote", "writes"].iter().any(|end| whole.ends_with(end))
        || has_bracketed_address(whole) && has_date(whole) && has_time(whole)
        || part[0].gap && tells_address_and_verb(whole);
    if !ends {
        return false;
    }
    let has_address = text.contains('@');
    named(text, scratch).next().is_some()
        || has_address && (part.len() == 1 || has_date(text))
        || (part.len() == 1 || part[0].gap) && tells_who_and_when(text)
        || part.len() == 1 && part[0].gap && tells_who_or_when(whole)
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

/// Whether a short text has a name with a date or a time, or both of these, and little else, as programs put it in any
/// language.
fn tells_who_and_when(text: &str) -> bool {
    let text = without_marks(text);
    let words = text.split_whitespace().count();
    let (date, time) = (has_date(text), has_time(text));
    let others = || text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    words <= NAMED_AND_DATED && (date || time) && others() <= OTHERS && name(text).is_some()
        || words <= DATED && date && time
}

/// Whether a text has a date with hardly a word, or the name of somebody and a verb: enough of a paragraph over a quote.
fn tells_who_or_when(whole: &str) -> bool {
    let text = without_marks(whole);
    let words = text.split_whitespace().count();
    let is_bracketed = whole.starts_with('[') && whole.trim_end_matches([':', ' ']).ends_with(']');
    words <= STAMPED && has_date(text)
        || is_bracketed && name(text).is_some_and(|name| name.len() == words && words <= 3)
        || NAMED.contains(&words) && !text.contains(char::is_numeric) && is_name_and_verb(text)
}

fn without_marks(text: &str) -> &str {
    text.trim_start_matches(BEFORE_INTRODUCTION).trim_end_matches([':', '：', ' ', ']'])
}

/// Where a name stands among the words of a text: two or three that begin with capitals, and that no mark parts.
fn name(text: &str) -> Option<std::ops::Range<usize>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_capital = |word: &&str| word.trim_start_matches(['(', '"']).starts_with(char::is_uppercase);
    let start = words.windows(2).position(|two| {
        let is_word =
            |word: &str| word.trim_end_matches('.').ends_with(char::is_alphanumeric) && word.chars().count() > 1;
        two.iter().all(is_capital) && is_word(two[0]) && is_word(two[1].trim_end_matches([',', ')', '"', ']']))
    })?;
    let length = words[start..].iter().take_while(|word| is_capital(word)).count();
    Some(start..start + length)
}

/// Whether a text is the name of somebody with a word or two that begin small, which tell what they did.
fn is_name_and_verb(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word =
        |word: &&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '/' | '(' | ')' | '\'' | '.'));
    let Some(name) = name(text).filter(|name| name.start <= 1 && name.len() <= 3 && name.len() < words.len()) else {
        return false;
    };
    let others = words.iter().enumerate().filter(|(at, _)| !name.contains(at));
    // An article in capitals may stand before a name, as in Greek.
    let is_small =
        |(at, word): (usize, &&str)| at == 0 && word.chars().count() <= 3 || !word.starts_with(char::is_uppercase);
    words.iter().all(is_word) && others.clone().count() <= 2 && others.clone().all(is_small)
}

/// Whether a text is a name, an address and a few words: `Ada Lovell <ada@harbour.example> wrote in message`.
fn tells_address_and_verb(text: &str) -> bool {
    const VERB_WORDS: usize = 6;
    let Some((name, rest)) = text.split_once('<') else { return false };
    let Some((_, verb)) = rest.split_once('>').filter(|(address, _)| address.contains('@')) else { return false };
    let is_name = |word: &str| word.trim_start_matches('"').starts_with(char::is_uppercase);
    let mut words = name.split_whitespace();
    let verbs = verb.split_whitespace().count();
    (1..=VERB_WORDS).contains(&verbs)
        && verb.trim_start().starts_with(char::is_lowercase)
        && words.clone().count() > 0
        && words.all(is_name)
}

/// Whether a text has an address of mail in brackets.
fn has_bracketed_address(text: &str) -> bool {
    let mut behind = text.split(['<', '(']).skip(1);
    behind.any(|behind| behind.split(['>', ')']).next().is_some_and(|inner| inner.contains('@')))
}

/// Where the lines end that tell by address and date who wrote the unmarked letter below: over marked ones more will do
/// ([`introduces`]).
pub(super) fn sender(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let mut scratch = Hits::default();
    if !lines[at].gap || lines[at].depth > 0 || !lines[at].text.contains(char::is_numeric) {
        return None;
    }
    let tells = |end: &usize| {
        let text = joined(&lines[at..*end]);
        let text = text.trim_end_matches(AFTER_INTRODUCTION);
        let mut told = || has_time(text) || named(text, &mut scratch).next().is_some();
        text.ends_with([':', '：']) && has_bracketed_address(text) && has_date(text) && told()
    };
    let goes_on = |end: &usize| *end == at + 1 || !lines[end - 1].gap && lines[end - 1].depth == 0;
    (at + 1..=(at + INTRODUCTION_LINES).min(lines.len())).take_while(goes_on).find(tells)
}
