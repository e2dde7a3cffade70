//! Letters that are copied whole, without marks, below what announces them: a separator, header fields, or who wrote them.

use std::ops::Range;

use super::fields::{Fields, field};
use super::line::{Line, hits, names};
use super::quotes::GREETING_WORDS;
use super::stamps::{has_stamp, has_time};
use super::{fields, introductions};
use crate::document::Family;
use crate::patterns::{Hits, Strength};

/// What the rule is drawn of in which a letter is announced.
const RULES: [char; 6] = ['-', '_', '=', '‐', '–', '—'];

/// Fields that make a block of them the header of a letter.
const HEADER_FIELDS: usize = 3;

/// Lines of the longest header, with a list of recipients: what is tried at every line must end.
const HEADER_LINES: usize = 100;

/// Lines over the fields of a header that may belong to it: sender, date, "please respond to".
const LINES_OVER_HEADER: usize = 4;

/// Words of a sentence that is more than a greeting, if a full stop or a question mark ends it.
const SENTENCE_WORDS: usize = 3;

/// Marks the headers of letters that are copied below without marks; `subject` is that of the letter. In one that stands
/// `alone`, answering none, such lines are what it is about, unless something announces them. Returns where the first of
/// them begins.
pub(super) fn mark(lines: &[Line<'_>], subject: Option<&str>, alone: bool, headers: &mut [bool]) -> Option<usize> {
    // The header of a patch is part of it.
    if lines.iter().any(|line| line.depth == 0 && line.begins_patch()) {
        return None;
    }
    let told = fields::of_all(lines, subject);
    if is_digest(lines, &told) {
        return None;
    }
    let mut first = None;
    let mut at = 0;
    let mut answered = false;
    while at < lines.len() {
        // What introduces marked quotes announces no letter without marks.
        let found = match named_header(lines, at) {
            Some(header) => Some(header),
            None if headers[at] => None,
            None => header_block(lines, &told, at, answered)
                .filter(|found| !alone || found.is_titled)
                .map(|found| found.lines),
        };
        let Some(block) = found else {
            answered |= lines[at].depth == 0 && !headers[at] && is_more_than_greeting(&lines[at]);
            at += 1;
            continue;
        };
        headers[block.clone()].fill(true);
        // What follows may be marked as well, and the author go on behind it.
        let below = lines.iter().skip(block.end).find(|line| line.words > 0);
        if lines[block.start].depth == 0 && below.is_none_or(|line| line.depth == 0) {
            first = first.or(Some(block.start));
        }
        at = block.end;
    }
    first
}

/// Whether a line is more than a greeting.
fn is_more_than_greeting(line: &Line<'_>) -> bool {
    line.words > GREETING_WORDS || line.words >= SENTENCE_WORDS && line.text.ends_with(['.', '。', '?', '？', '؟', '।'])
}

/// The header that begins at a line by the name of its element.
fn named_header(lines: &[Line<'_>], at: usize) -> Option<Range<usize>> {
    let length = lines[at..].iter().take_while(|line| line.announces).count();
    (length > 0).then(|| at..at + length)
}

/// The header of a copied letter that begins at a line: a separator that names it, fields, or both, with the rule over them.
/// Who wrote what stands below counts only under an answer: over one, the author may go on behind the quote.
fn header_block(lines: &[Line<'_>], told: &[Fields], at: usize, answered: bool) -> Option<Found> {
    let separator = separator(lines, at).or_else(|| if answered { introductions::sender(lines, at) } else { None });
    let fields = fields(lines, told, separator.unwrap_or(at), separator.is_some());
    let (start, end) = match (separator, fields) {
        (None, Some(fields)) => (over_header(lines, at), fields.end),
        (Some(end), fields) => (at, fields.map_or(end, |fields| fields.end)),
        (None, None) => return None,
    };
    let over = start.checked_sub(1).filter(|over| lines[*over].depth <= lines[at].depth);
    let belongs = |over: usize| {
        let (text, close) = (lines[over].text, !lines[start].gap);
        let is_title = is_drawn(text) && text.ends_with(RULES) && (1..=TITLE_WORDS).contains(&lines[over].words);
        let same = lines[over].depth == lines[at].depth;
        same && (close && lines[over].is_rule() || is_title) || is_title_of_apple(lines, told, over, start)
    };
    let has_title = over.is_some_and(belongs);
    let lines = if has_title { start - 1 } else { start }..end;
    Some(Found { lines, is_titled: separator.is_some() || has_title })
}

/// A header of a copied letter.
struct Found {
    lines: Range<usize>,
    /// A line over its fields announces it.
    is_titled: bool,
}

/// Words of the longest title of a copied letter: "Forwarded message from Ada Lovell <ada@harbour.example>".
const TITLE_WORDS: usize = 10;

/// Whether a line is the title that Apple Mail sets over a letter that it passes on, in any language: short, and with a
/// colon. No other program has the subject follow the sender; over a header of theirs such a line is of the author.
fn is_title_of_apple(lines: &[Line<'_>], told: &[Fields], over: usize, header: usize) -> bool {
    const WORDS: usize = 6;
    let line = &lines[over];
    let is_short = line.words <= WORDS && line.ends_in_colon() && line.gap;
    let first = lines[header].text.lines().nth(1);
    let second =
        first.map_or_else(|| told.get(header + 1).is_some_and(|told| told.subject), |text| Fields::of(text).subject);
    is_short && second && !line.text.contains(char::is_numeric)
}

/// Where a line that announces a copied letter ends; some programs wrap it.
fn separator(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let mut scratch = Hits::default();
    let announces = |rules: &[u16], text: &str| {
        let known = |least| names(rules, Family::Quote, least);
        let labels = text.ends_with(':') && !text.contains(|c: char| c == '@' || c.is_ascii_digit());
        let drawn = is_drawn(text) && (known(Strength::Strong) || text.ends_with(RULES) || text.ends_with(':'));
        drawn && known(Strength::Weak) || labels && known(Strength::Strong)
    };
    let line = &lines[at];
    if announces(&line.rules, line.text) {
        return Some(at + 1);
    }
    let next = lines.get(at + 1).filter(|next| !next.gap && next.depth == line.depth && is_drawn(line.text))?;
    let both = format!("{} {}", line.text, next.text);
    announces(&hits(&both, &mut scratch), &both).then_some(at + 2)
}

/// Whether a line begins as a rule does.
fn is_drawn(text: &str) -> bool {
    let rest = text.trim_start_matches(RULES);
    text.chars().count() - rest.chars().count() >= 2
}

/// A block of header fields that begins at a line. Behind a separator, a sender and a date may stand before them.
fn fields(lines: &[Line<'_>], told: &[Fields], at: usize, separated: bool) -> Option<Range<usize>> {
    let depth = lines.get(at)?.depth;
    let start = if separated {
        (at..(at + LINES_OVER_HEADER + 1).min(lines.len())).find(|at| told[*at].count > 0)?
    } else {
        Some(at).filter(|at| told[*at].count > 0)?
    };
    let mut end = start;
    let mut found = 0;
    let mut last_field = start;
    while let Some(line) = lines.get(end).filter(|line| line.depth == depth && end < start + HEADER_LINES) {
        let fields = told[end].count;
        if fields > 0 {
            found += fields;
            last_field = end + 1;
        } else if line.gap
            || end >= last_field + 2 && !lines[end - 1].text.ends_with([',', ';'])
            || line.is_prose() && !line.text.contains('@') && !line.text.contains(';')
        {
            // A list of recipients may go on over several lines.
            break;
        }
        end += 1;
    }
    let is_header =
        if separated { found > 0 } else { found >= HEADER_FIELDS && is_of_letter(lines, told, start..last_field) };
    is_header.then_some(start..last_field)
}

/// Whether fields tell of a letter: from whom, when, and what it is about or where it went. A plan of a journey has a
/// From, a To and a Date as well.
fn is_of_letter(lines: &[Line<'_>], told: &[Fields], header: Range<usize>) -> bool {
    let begins_with_digit = |value: &str| value.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let first = lines[header.start].text.lines().find_map(field);
    let is_sender = first.is_some_and(|(_, value)| !begins_with_digit(value) || value.contains('@'));
    let has = |test: fn(&Fields) -> bool| told[header.clone()].iter().any(test);
    let has_address = lines[header.clone()].iter().any(|line| line.text.contains('@'));
    // The date may stand over the fields, but not in a quote there.
    let depth = lines[header.start].depth;
    let over = lines[..header.start].iter().rev().take(LINES_OVER_HEADER).take_while(|line| line.depth == depth);
    let mut with_date = over.chain(&lines[header.clone()]);
    // Who travels on a day tells no time, and no address.
    let is_dated = with_date.any(|line| has_time(line.text) || has_address && line.text.contains(char::is_numeric));
    is_sender && is_dated && (has(|told| told.subject) || has_address) && !has(|told| told.hidden)
}

/// What RFC 1153 sets between the letters of a digest.
const DIGEST_RULE: &str = "------------------------------";

/// Whether a letter is a digest: letters one below the other, each under a number or its rule. They are what it is about.
fn is_digest(lines: &[Line<'_>], told: &[Fields]) -> bool {
    let begins = |at: &usize| {
        let over = at.checked_sub(1).map(|over| &lines[over]);
        let begins = lines[*at].depth == 0 && over.is_some_and(|over| is_number(over.text) || over.text == DIGEST_RULE);
        begins && fields(lines, told, *at, false).is_some()
    };
    (0..lines.len()).filter(begins).take(2).count() == 2
}

/// `Message: 3`.
fn is_number(text: &str) -> bool {
    let named = text.split_once(": ").filter(|(name, _)| name.chars().all(char::is_alphabetic));
    named.is_some_and(|(_, number)| number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Where a header begins whose fields follow lines with the sender and the date.
fn over_header(lines: &[Line<'_>], fields: usize) -> usize {
    let first = fields.saturating_sub(LINES_OVER_HEADER);
    let belongs = |at: &usize| lines[*at].depth == lines[fields].depth && !lines[*at].is_prose();
    let open = (first..fields).rev().take_while(belongs).last().unwrap_or(fields);
    let is_dated = |at: &usize| has_stamp(lines[*at].text);
    // The author may have told a time over the header.
    let Some(last) = (open..fields).rev().find(is_dated) else { return fields };
    let dated = (open..=last).rev().take_while(is_dated).last().unwrap_or(last);
    // The name may stand on the line over the date.
    let has_name_over =
        dated > open && !lines[dated].gap && !lines[dated].text.contains('@') && lines[dated].words <= 4;
    if has_name_over { dated - 1 } else { dated }
}
