//! Plain text: a headline, a byline and a date only where the first lines are clearly these.

use super::byline;
use super::clean;
use super::date;
use crate::document::{Document, Metadata};
use crate::signs::ends_sentence;

/// Lines at the top that are looked at.
const TOP: usize = 6;

/// Longest headline of a plain text, in characters; also the longest byline.
const LINE_CHARS: usize = 120;

/// Reads title, author and date from the first lines.
pub(super) fn read(document: &Document, metadata: &mut Metadata) {
    let lines: Vec<String> = document
        .blocks
        .iter()
        .take(TOP)
        .flat_map(|block| block.text.split('\n').take(TOP))
        .map(clean::line)
        .filter(|line| !line.is_empty())
        .take(TOP)
        .collect();
    let Some((first, rest)) = lines.split_first() else { return };
    let byline = rest.iter().take(3).position(|line| is_byline(line) || is_dateline(line));
    // A line that is no sentence is a headline only if a byline or a date says so.
    let Some(at) = byline.filter(|_| is_headline(first)) else { return };
    metadata.title = Some(first.clone());
    let lines = &rest[at..];
    metadata.author = lines.iter().take(2).find(|line| is_byline(line)).and_then(|line| byline::name_at_start(line));
    let mut dated = lines.iter().take(2).filter(|line| is_byline(line) || is_dateline(line));
    metadata.date = dated.find_map(|line| date::find(line)).map(|found| found.date.to_string());
}

/// A short line that does not end as a sentence does.
fn is_headline(line: &str) -> bool {
    let count = line.chars().count();
    let ends = ends_sentence(line) && !line.ends_with(['!', '?']) || line.ends_with([',', ';', ':', '，']);
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    (4..=LINE_CHARS).contains(&count) && !ends && letters * 2 > count && !is_byline(line) && date::find(line).is_none()
}

/// A short line that begins with a label and a name.
fn is_byline(line: &str) -> bool {
    line.chars().count() <= LINE_CHARS
        && byline::without_label(line).len() < line.len()
        && byline::name_at_start(line).is_some()
}

/// A line that is a date and hardly anything else.
fn is_dateline(line: &str) -> bool {
    // A weekday, a time and a word such as "Published" beside it come to fewer than 30 characters.
    date::find(line).is_some_and(|found| line.len() - found.range.len() <= 30)
}
