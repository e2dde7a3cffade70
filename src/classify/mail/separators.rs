//! The line of two hyphens over a signature (RFC 3676, 4.3), and what else parts one from the text.

use std::ops::Range;

use super::Author;
use super::attached::is_attachment;
use super::cues::{Cue, LINE_WORDS, cue};
use super::line::{Line, QUESTION_MARKS, paragraphs, words};
use super::sender::Sender;
use super::signatures::{is_closing, is_name};
use crate::document::Family;
use crate::patterns::Strength;

/// Lines of a signature behind a separator: RFC 3676 asks for four, people write more.
const LINES_AFTER_SEPARATOR: usize = 15;

/// Lines of prose that such a signature may have: people quote.
const PROSE_LINES: usize = 3;

/// Words below a separator that are the next part of the letter, if they begin with running text: of a quotation there
/// are fewer.
const PROSE_WORDS: usize = 50;

/// The last separator of a signature, if what follows is short and no patch.
pub(super) fn separator(
    lines: &[Line<'_>],
    run: Range<usize>,
    author: &Author<'_>,
    first: Option<usize>,
) -> Option<usize> {
    let is_exact =
        |at: usize| author.raw.get(at).is_some_and(|raw| raw.trim_end_matches(['\r', '\n']).ends_with("-- "));
    let is_separator = |at: &usize| {
        is_bare(&lines[*at]) && !is_shown(lines, &run, *at, is_exact(*at))
            || parts_name_from_owner(lines, run.clone(), *at)
    };
    let at = run.clone().rev().find(is_separator)?;
    let after = at + 1..run.end;
    let exact = is_exact(at);
    let most = if exact { 2 * LINES_AFTER_SEPARATOR } else { LINES_AFTER_SEPARATOR };
    let is_patch = lines[run.clone()].iter().any(Line::begins_patch);
    let version =
        |text: &str| text.split(' ').next().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.'));
    let is_version = after.len() == 1 && version(lines[at + 1].text);
    let tables = run.clone().filter(is_separator).count() > 3;
    // Behind a quote the separator may come first, but not in the whole letter.
    let fits = !after.is_empty() && after.len() <= most && first.is_none_or(|first| first < at);
    let long = after.clone().filter(|at| lines[*at].words > 2 * LINE_WORDS).count();
    // Below a bare `--` may stand the next part of the letter.
    let prose = after.filter(|at| lines[*at].is_prose()).count();
    let asks = (at + 1..run.end).any(|at| lines[at].gap && lines[at].text.ends_with(QUESTION_MARKS));
    let is_long = prose > PROSE_LINES;
    let begins_with_text = lines[at + 1..run.end].first().is_some_and(Line::is_prose);
    let is_letter = begins_with_text && (is_long || words(&lines[at + 1..run.end]) > PROSE_WORDS);
    let is_text =
        long > 2 || is_letter || !exact && (is_long || asks || is_bare(&lines[at]) && goes_on(lines, at + 1..run.end));
    let sender = author.sender.as_ref();
    let is_owned = || is_signed(lines, run.start, at, sender) || is_owned(&lines[at + 1..run.end], sender);
    let is_unsigned = || !exact && (is_code(lines, at..run.end) || !is_owned());
    let is_other = tables || is_text || is_patch && is_version || is_unsigned();
    (fits && !is_other).then_some(at)
}

fn is_bare(line: &Line<'_>) -> bool {
    matches!(line.text, "--" | "- --")
}

/// Whether the author has signed over a separator.
fn is_signed(lines: &[Line<'_>], least: usize, at: usize, sender: Option<&Sender>) -> bool {
    let last = lines[least..at].iter().rfind(|line| line.words > 0);
    last.is_some_and(|line| {
        is_closing(line) || !line.is_prose() && sender.is_some_and(|sender| sender.is_named(std::slice::from_ref(line)))
    })
}

/// Whether lines are somebody's: they begin with a name or a word by itself, tell where the owner is found, or name the
/// sender. Others are the next part of a list or a poem.
fn is_owned(lines: &[Line<'_>], sender: Option<&Sender>) -> bool {
    let begins = lines
        .iter()
        .find(|line| line.words > 0)
        .is_some_and(|line| is_name(line) || line.words == 1 && line.text.starts_with(char::is_alphabetic));
    let tells = |line: &Line<'_>| cue(line) != Cue::None || line.names(Family::Signature, Strength::Weak);
    let says_nothing = lines.iter().all(|line| line.words == 0);
    begins || says_nothing || lines.iter().any(tells) || sender.is_some_and(|sender| sender.is_named(lines))
}

/// Whether a separator is shown to the reader, or one of the remarks of a program: the line before announces it, or a
/// remark stands beside it. Below an `exact` one some people's signatures look like remarks, unless two of them frame
/// one.
fn is_shown(lines: &[Line<'_>], run: &Range<usize>, at: usize, exact: bool) -> bool {
    let is_remark = |at: usize| run.contains(&at) && lines[at].text.starts_with("-- ");
    let before = at.checked_sub(1).filter(|before| run.contains(before));
    before.is_some_and(|before| is_remark(before) || lines[before].ends_in_colon() && !is_closing(&lines[before]))
        || is_remark(at + 1) && (!exact || run.contains(&(at + 2)) && is_bare(&lines[at + 2]))
}

/// Whether a paragraph of running text stands in the midst of some lines: what somebody cites in a signature stands at
/// its end.
fn goes_on(lines: &[Line<'_>], run: Range<usize>) -> bool {
    const WORDS: usize = 25;
    let all = paragraphs(lines, run);
    let is_text = |own: &[Line<'_>]| words(own) >= WORDS && own.iter().any(Line::is_prose);
    all.len() > 2 && all[1..all.len() - 1].iter().any(|paragraph| is_text(&lines[paragraph.clone()]))
}

/// Whether two hyphens are a remark in a program.
fn is_code(lines: &[Line<'_>], below: Range<usize>) -> bool {
    !lines[below.start].gap && lines[below].iter().any(|line| line.text.ends_with(';'))
}

/// Whether a line begins a postscript.
pub(super) fn is_postscript(text: &str) -> bool {
    const LONGEST: usize = 8;
    const MARKS: [&str; 10] = ["p.s.", "ps:", "ps.", "ps ", "p.p.s.", "pps", "n.b.", "nb:", "附言", "追伸"];
    let begins: String = text.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    MARKS.iter().any(|mark| begins.starts_with(mark))
}

/// Whether a drawn rule stands between the name that a letter closes with and a block that begins with the same name.
fn parts_name_from_owner(lines: &[Line<'_>], run: Range<usize>, at: usize) -> bool {
    let first = |line: &Line<'_>| line.text.split_whitespace().next().unwrap_or_default().to_lowercase();
    if !lines[at].is_rule() || at + 1 >= run.end {
        return false;
    }
    let over = lines[run.start..at].iter().rfind(|line| !is_attachment(line.text));
    over.is_some_and(|over| is_name(over) && first(over) == first(&lines[at + 1]))
}
