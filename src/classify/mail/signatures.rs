//! Signatures: what follows a separator, lines that devices and providers add, and blocks of titles, telephones and
//! addresses at the end of what somebody wrote. A name alone is none.

use std::ops::Range;

use super::cues::{CONTACT, Cue, LINE_WORDS, cue, cue_of, has_telephone};
use super::line::{Line, paragraphs, words};
use crate::document::Family;
use crate::features::words_between_spaces;
use crate::patterns::{Rule, Strength};

/// Lines of a signature behind a separator: RFC 3676 asks for four, people write more.
const LINES_AFTER_SEPARATOR: usize = 15;

/// Lines of prose that such a signature may have: people quote.
const PROSE_LINES: usize = 3;

/// Lines of a block of contacts, and of one of titles and places without any: a longer one is a list of companies.
const BLOCK_LINES: usize = 16;
const PLACE_LINES: usize = 8;

/// Words of the longest signature that is one by the name of its element.
const NAMED_WORDS: usize = 100;

/// Lines from the end of a text in which devices and providers add theirs.
const TAIL: usize = 8;

/// Lines of a sign-off: the closing and a name or two.
const NAME_LINES: usize = 2;

/// The signatures at the end of a run of lines of one voice; `first` is the first line of the letter that has words and is
/// no quote, `free` tells which lines of the run are not taken yet.
pub(super) fn find(
    lines: &[Line<'_>],
    run: Range<usize>,
    raw: &[&str],
    first: usize,
    free: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let Some(end) = run.clone().rev().find(|at| free(*at) && lines[*at].words > 0).map(|at| at + 1) else {
        return Vec::new();
    };
    let start = run.clone().rev().find(|at| *at < end && !free(*at)).map_or(run.start, |at| at + 1);
    let listed = (start..end).rev().take_while(|at| is_attachment(lines[*at].text)).count();
    let end = end - listed;
    let mut found = Vec::new();
    let mut end = end;
    for named in named(lines, start..end) {
        if named.end == end {
            end = named.start;
        }
        found.push(named);
    }
    // Over a letter that is passed on a signature may be all that its sender added.
    let first = if lines[run.end..].iter().any(|line| line.words > 0) { None } else { Some(first) };
    if let Some(at) = separator(lines, start..end, raw, first) {
        // The author may have thought of something else.
        let after = (at + 2..end).find(|after| lines[*after].gap && is_postscript(lines[*after].text));
        found.push(at..after.unwrap_or(end));
        end = at;
    }
    for at in added(lines, start..end) {
        let from = if at > start && lines[at - 1].is_rule() { at - 1 } else { at };
        // An advertisement goes on to the end of its paragraph, and any such line over the addresses it is about.
        let belongs = |next: &usize| !lines[*next].gap && (from < at || cue(&lines[*next]) == Cue::Web);
        let more = (at + 1..end).take_while(belongs).last().map_or(at + 1, |last| last + 1);
        found.push(from..more);
        if (more..end).all(|at| lines[at].is_rule()) {
            end = from;
        }
    }
    if let Some(block) = block(lines, start..end) {
        found.push(block);
    }
    // The rule that closes a signature belongs to it.
    if let Some(last) = found.iter_mut().find(|found| found.end == end) {
        while last.end < run.end && free(last.end) && lines[last.end].is_rule() {
            last.end += 1;
        }
    }
    found
}

/// Whether a line names an attached file, as some mail programs write below a text.
fn is_attachment(text: &str) -> bool {
    let bare = text.strip_prefix("- ").or_else(|| text.strip_prefix("<<")?.strip_suffix(">>"));
    let extension = bare.and_then(|name| name.trim().rsplit_once('.')).map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// The last separator of a signature, if what follows is short and no patch.
fn separator(lines: &[Line<'_>], run: Range<usize>, raw: &[&str], first: Option<usize>) -> Option<usize> {
    let is_separator =
        |at: &usize| matches!(lines[*at].text, "--" | "- --") || parts_name_from_owner(lines, run.clone(), *at);
    let at = run.clone().rev().find(is_separator)?;
    let after = at + 1..run.end;
    let exact = raw.get(at).is_some_and(|raw| raw.trim_end_matches(['\r', '\n']).ends_with("-- "));
    let most = if exact { 2 * LINES_AFTER_SEPARATOR } else { LINES_AFTER_SEPARATOR };
    let is_patch = run.clone().any(|at| lines[at].text.starts_with("@@ ") || lines[at].text.starts_with("diff --git"));
    let version =
        |text: &str| text.split(' ').next().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.'));
    let is_version = after.len() == 1 && version(lines[at + 1].text);
    let tables = run.clone().filter(is_separator).count() > 3;
    // Behind a quote the separator may come first, but not in the whole letter.
    let fits = !after.is_empty() && after.len() <= most && first.is_none_or(|first| first < at);
    let long = after.clone().filter(|at| lines[*at].words > 2 * LINE_WORDS).count();
    // Below a bare `--` may stand the next part of the letter.
    let prose = after.filter(|at| lines[*at].is_prose()).count();
    let is_text = long > 2 || !exact && prose > PROSE_LINES;
    let is_other = tables || is_text || is_patch && is_version;
    (fits && !is_other).then_some(at)
}

/// Whether a line begins a postscript.
fn is_postscript(text: &str) -> bool {
    const MARKS: [&str; 10] = ["p.s.", "ps:", "ps.", "ps ", "p.p.s.", "pps", "n.b.", "nb:", "附言", "追伸"];
    let begins =
        text.get(..text.len().min(8)).or_else(|| text.get(..text.len().min(6))).unwrap_or_default().to_lowercase();
    MARKS.iter().any(|mark| begins.starts_with(mark))
}

/// Whether a drawn rule stands between the name that a letter closes with and a block that begins with the same name.
fn parts_name_from_owner(lines: &[Line<'_>], run: Range<usize>, at: usize) -> bool {
    let first = |line: &Line<'_>| line.text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let inside = at > run.start && at + 1 < run.end && lines[at].is_rule();
    inside && is_name(&lines[at - 1]) && first(&lines[at - 1]) == first(&lines[at + 1])
}

/// Runs of lines in elements for signatures. A long one holds what the author wrote into it.
fn named(lines: &[Line<'_>], run: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in run.rev().filter(|at| lines[*at].signs) {
        match runs.last_mut() {
            Some(last) if last.start == at + 1 => last.start = at,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| words(&lines[run.clone()]) <= NAMED_WORDS);
    runs
}

/// Lines that devices and providers add.
fn added(lines: &[Line<'_>], run: Range<usize>) -> Vec<usize> {
    let tail = run.end.saturating_sub(TAIL).max(run.start)..run.end;
    tail.filter(|at| lines[*at].names(Family::Signature, Strength::Strong)).rev().collect()
}

/// The block of titles, telephones and addresses at the end of some lines.
fn block(lines: &[Line<'_>], run: Range<usize>) -> Option<Range<usize>> {
    let mut start = run.end;
    let mut contacts = 0;
    let mut places = 0;
    for paragraph in paragraphs(lines, run.clone()).into_iter().rev() {
        let suffix = suffix(lines, paragraph.clone());
        let count = |cue_of: Cue| suffix.clone().filter(|at| cue(&lines[*at]) == cue_of).count();
        let (near, far, web) = (count(Cue::Contact), count(Cue::Place), count(Cue::Web));
        let ruled = suffix.clone().all(|at| lines[at].is_rule());
        if suffix.is_empty() || near + far + web == 0 && !ruled {
            break;
        }
        // More of them are a list, and what the letter is about.
        if run.end - suffix.start > BLOCK_LINES {
            return titles_after_closing(lines, run);
        }
        start = suffix.start;
        (contacts, places) = (contacts + near, places + far);
        if suffix.start > paragraph.start {
            break;
        }
    }
    let found = start..run.end;
    let count: usize = lines[found.clone()].iter().map(|line| line.text.lines().count().max(1)).sum();
    let signed = count >= 2 && (contacts >= 1 || places >= 2 && count <= PLACE_LINES)
        || count == 1 && contacts == 1 && after_name(lines, start, run.start);
    if !signed || goes_on(lines, start, run.start) || is_list(&lines[found.clone()]) {
        return titles_after_closing(lines, run);
    }
    Some(with_name(lines, run.start, found))
}

/// The lines at the end of a paragraph that may be part of a block: short, no sentence, no closing.
fn suffix(lines: &[Line<'_>], paragraph: Range<usize>) -> Range<usize> {
    let fits = |at: &usize| {
        let line = &lines[*at];
        let fit = || line.text.lines().all(|text| fits(text, words_between_spaces(text)));
        !is_closing(line) && (line.is_rule() || line.text.is_empty() || fit())
    };
    let end = paragraph.end;
    paragraph.rev().take_while(fits).last().map_or(end..end, |at| at..end)
}

fn fits(text: &str, words: usize) -> bool {
    let cue = cue_of(text, words);
    let sentence = words > 5 && text.ends_with(['.', '?', '!', ',', ':']) && !has_telephone(text);
    let boxed = text.len() > 1 && text.starts_with(['*', '|']) && text.ends_with(['*', '|']);
    let item = text.starts_with(['*', '-', '•', '>', '|']) && !boxed && cue == Cue::None;
    let small = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase) && words > 5;
    (words <= LINE_WORDS || cue == Cue::Contact) && !sentence && !item && !small
}

/// Whether a line goes on with what the lines before began: "Please contact", and below it a name and a number; "Our new address
/// is:".
fn goes_on(lines: &[Line<'_>], at: usize, least: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= least).map(|before| &lines[before]) else {
        return false;
    };
    let runs_on = before.words >= LINE_WORDS && before.text.ends_with(|c: char| c.is_alphanumeric());
    let announces = before.text.ends_with([':', '：']) && !is_closing(before);
    !lines[at].gap && runs_on || announces
}

/// Whether lines are a list of people with their numbers, which is what a letter is about.
fn is_list(lines: &[Line<'_>]) -> bool {
    const PEOPLE: usize = 3;
    let is_person = |line: &&Line<'_>| {
        let begins = line.text.chars().next().is_some_and(char::is_alphabetic);
        begins && line.words >= 3 && has_telephone(line.text) && !CONTACT.is_match(line.text)
    };
    lines.iter().filter(is_person).count() >= PEOPLE
}

/// Whether a line closes a letter, such as "Best regards,".
pub(super) fn is_closing(line: &Line<'_>) -> bool {
    const CLOSING_WORDS: usize = 6;
    let table = crate::patterns::Patterns::builtin().rules();
    let closes = |rule: &u16| table.get(usize::from(*rule)).is_some_and(Rule::is_closing);
    // A block of HTML may hold the closing and all that follows it.
    let short = line.text.contains('\n') || line.text.split_whitespace().count() <= CLOSING_WORDS;
    short && line.rules.iter().any(closes)
}

/// Whether a line is a name: one to four words that begin with capitals, without a digit.
pub(super) fn is_name(line: &Line<'_>) -> bool {
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let plain = !line.text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '/' | '?' | '!'));
    (1..=4).contains(&line.words) && plain && line.text.split_whitespace().all(capital) && cue(line) == Cue::None
}

/// Whether the line before is a name, so that a lone number belongs to it.
fn after_name(lines: &[Line<'_>], at: usize, least: usize) -> bool {
    at > least && !lines[at].gap && is_name(&lines[at - 1])
}

/// The block without the names that a closing opens, which are the author's; or with the name over it that none does.
fn with_name(lines: &[Line<'_>], least: usize, block: Range<usize>) -> Range<usize> {
    let mut start = block.start;
    let closed = start > least && is_closing(&lines[start - 1]);
    if closed {
        let names = (start..block.end - 1).take(NAME_LINES).take_while(|at| is_name(&lines[*at])).take(1).count();
        start += names;
    } else if start > least && !lines[start].gap && is_name(&lines[start - 1]) {
        let closed = start - 1 > least && is_closing(&lines[start - 2]);
        start -= usize::from(!closed);
    }
    while start > least && lines[start - 1].is_rule() {
        start -= 1;
    }
    start..block.end
}

/// Title and company behind a closing and a name, without any number.
fn titles_after_closing(lines: &[Line<'_>], run: Range<usize>) -> Option<Range<usize>> {
    const MOST: usize = 6;
    let closing = run.clone().rev().take(MOST + NAME_LINES).find(|at| is_closing(&lines[*at]))?;
    let name = closing + 1;
    let block = name + 1..run.end;
    let named = name < run.end && is_name(&lines[name]);
    let titled = |at: usize| {
        !lines[at].is_prose() && lines[at].words <= LINE_WORDS && !lines[at].text.ends_with(['.', '?', '!'])
    };
    let placed = block.clone().any(|at| cue(&lines[at]) != Cue::None);
    (named && !block.is_empty() && block.clone().all(titled) && placed).then_some(block)
}
