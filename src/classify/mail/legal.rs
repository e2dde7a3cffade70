//! Disclaimers: paragraphs at the end of a text that speak of the letter itself as lawyers do.

use std::ops::Range;

use super::line::{Line, QUESTION_MARKS, Role, hits, is_announced, is_salutation, paragraphs, said, words};
use super::separators::is_postscript;
use super::signatures::{is_closing, is_name};
use crate::document::Family;
use crate::patterns::{Hits, Patterns, Position, Strength};
use crate::signs::ends_sentence;

/// Words of the longest banner.
const BANNER_WORDS: usize = 60;

/// Words of the author behind a paragraph, from which it is no footer.
const WORDS_AFTER: usize = 30;

/// Disclaimers in a run of lines of one voice, from its end; `free` tells which of its lines are not taken yet.
pub(super) fn find(lines: &[Line<'_>], run: Range<usize>, free: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut scratch = Hits::default();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut after = 0;
    let closing = run.clone().find(|at| is_closing(&lines[*at]));
    for paragraph in paragraphs(lines, run.clone()).into_iter().rev() {
        let open: Vec<usize> = paragraph.filter(|at| free(*at)).collect();
        let (Some(first), Some(last)) = (open.first(), open.last()) else { continue };
        let paragraph = *first..last + 1;
        let rules = rules(&lines[paragraph.clone()], &mut scratch);
        // What has a rule over it begins there.
        let goes_on = found.last().is_some_and(|below| below.start == paragraph.end && !lines[below.start].is_rule());
        let own = weight(&rules);
        let is_shown = paragraph.start > run.start && is_announced(lines, paragraph.start, |rules| weight(rules) > 0);
        let mut author = paragraph.clone();
        let signed = closing.is_some_and(|closing| closing < paragraph.start);
        // Below closing and name speaks no more than a postscript of the author.
        let is_foot = signed && after == 0 && lines[paragraph.start].gap && !is_postscript(lines[paragraph.start].text);
        if !is_shown && (own >= 2 || own == 1 && (goes_on || is_foot)) {
            author.end = first_of(lines, &paragraph, signed, &mut scratch);
            let heads = |at: &usize| free(*at) && heads(lines, *at, author.end..paragraph.end);
            let heading = author.end.checked_sub(1).filter(|at| *at >= run.start).filter(heads);
            author.end = heading.unwrap_or(author.end);
            found.push(with_rules(lines, run.clone(), author.end..paragraph.end));
        }
        after += open.iter().filter(|at| author.contains(at)).map(|at| lines[*at].words).sum::<usize>();
        if after > WORDS_AFTER {
            break;
        }
    }
    found
}

/// The rules that hit in what some lines say or in one of them.
fn rules(lines: &[Line<'_>], scratch: &mut Hits) -> Vec<u16> {
    let mut rules = hits(&said(lines), scratch);
    rules.extend(lines.iter().flat_map(|line| &line.rules));
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Banners of gateways and ticket systems in the first lines of a letter; `free` as above.
pub(super) fn at_head(lines: &[Line<'_>], free: impl Fn(usize) -> bool) -> Range<usize> {
    let mut scratch = Hits::default();
    let mut end = 0;
    for paragraph in paragraphs(lines, 0..lines.len()) {
        if words(&lines[paragraph.clone()]) == 0 {
            continue;
        }
        let banner = paragraph.start..end_of_banner(lines, &paragraph, &mut scratch);
        // Who asks something does not warn.
        let asks = lines[banner.clone()].iter().any(|line| line.text.contains(QUESTION_MARKS));
        if banner.is_empty() || asks || words(&lines[banner.clone()]) > BANNER_WORDS || !banner.clone().all(&free) {
            break;
        }
        end = banner.end;
        if end < paragraph.end {
            break;
        }
    }
    // What parts the banner from the letter goes with it.
    let parting = lines[end..].iter().take_while(|line| line.words == 0).count();
    if end == 0 { 0..0 } else { 0..end + parting }
}

/// Where the banner ends that a paragraph begins with: with the sentence of its last line that names it. All of a short
/// paragraph is one if only the whole of it is known.
fn end_of_banner(lines: &[Line<'_>], paragraph: &Range<usize>, scratch: &mut Hits) -> usize {
    let own = &lines[paragraph.clone()];
    if words(own) <= BANNER_WORDS && !names_at_head(&rules(own, scratch)) {
        return paragraph.start;
    }
    let longest = longest(own);
    let mut end = paragraph.start;
    // One line that nothing names may stand between two of a banner.
    while let Some(next) = (end..paragraph.end.min(end + 2)).find_map(|at| {
        let mut both = || names_at_head(&with_next(lines, at, paragraph.end, scratch));
        let goes_on = || at == end && at > paragraph.start && runs_on(&lines[at - 1], longest);
        if names_at_head(&lines[at].rules) || lines[at].words == 0 && at == end {
            Some(at + 1)
        } else if both() {
            Some(at + 2)
        } else {
            (goes_on() && !is_salutation(&lines[at])).then_some(at + 1)
        }
    }) {
        end = next;
    }
    end
}

/// Whether a rule names what stands at the head of letters and is no part of them.
fn names_at_head(rules: &[u16]) -> bool {
    Patterns::builtin().briefs(rules).any(|rule| {
        rule.family == Family::Legal && rule.position == Position::Head && rule.strength == Strength::Strong
    })
}

/// What the rules of disclaimers weigh.
fn weight(rules: &[u16]) -> usize {
    super::super::weight(rules, Family::Legal, Patterns::builtin())
}

/// The first line of a paragraph that belongs to the disclaimer: the one that begins the sentence of the first that
/// speaks as lawyers do. Below a `signed` letter all of the paragraph does, unless the author's last words stand over
/// it.
fn first_of(lines: &[Line<'_>], paragraph: &Range<usize>, signed: bool, scratch: &mut Hits) -> usize {
    let whole = weight(&rules(&lines[paragraph.clone()], scratch));
    let rule = paragraph.clone().find(|at| lines[*at].is_rule());
    if let Some(rule) = rule.filter(|rule| weight(&rules(&lines[*rule..paragraph.end], scratch)) == whole) {
        return rule;
    }
    let named = paragraph.clone().find(|at| weight(&with_next(lines, *at, paragraph.end, scratch)) > 0);
    let Some(named) = named else { return paragraph.start };
    let longest = longest(&lines[paragraph.clone()]);
    let belongs = |at: &usize| {
        let over = &lines[*at];
        over.words == 0
            || runs_on(over, longest)
            || signed && !is_closing(over) && (!is_name(over) || is_heading(lines, *at))
    };
    (paragraph.start..named).rev().take_while(belongs).last().unwrap_or(named)
}

/// Whether a line is the heading of the disclaimer below: a few words by themselves, of which a long one begins as one
/// there does ("Confidentiality notice", and below it what is "confidential").
fn heads(lines: &[Line<'_>], at: usize, disclaimer: Range<usize>) -> bool {
    const WORDS: usize = 3;
    const STEM: usize = 6;
    let line = &lines[at];
    if !line.gap || line.words > WORDS || line.role != Role::None || is_closing(line) {
        return false;
    }
    let text = said(&lines[disclaimer]).to_lowercase();
    let stem = |word: &str| word.chars().take(STEM).flat_map(char::to_lowercase).collect::<String>();
    let long = line.text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > STEM);
    long.map(stem).any(|stem| text.contains(&stem))
}

/// Whether a line that reads like a name is a heading: it begins a paragraph, below no closing, and is not the sender's.
fn is_heading(lines: &[Line<'_>], at: usize) -> bool {
    let over = at.checked_sub(1).map(|over| &lines[over]);
    lines[at].gap && lines[at].words > 1 && lines[at].role != Role::Name && !over.is_some_and(is_closing)
}

/// The rules that hit in a line, or in it and the next one together.
fn with_next(lines: &[Line<'_>], at: usize, end: usize, scratch: &mut Hits) -> Vec<u16> {
    let mut rules = lines[at].rules.clone();
    if let Some(next) = lines.get(at + 1).filter(|_| at + 1 < end) {
        let both = hits(&said(&lines[at..at + 2]), scratch);
        rules.extend(both.into_iter().filter(|rule| !next.rules.contains(rule)));
    }
    rules
}

/// Characters of the longest of some lines.
fn longest(lines: &[Line<'_>]) -> usize {
    lines.iter().map(|line| line.text.chars().count()).max().unwrap_or(0)
}

/// Whether the sentence of a line goes on in the next: it has no end, and the line is about as long as the others.
fn runs_on(line: &Line<'_>, longest: usize) -> bool {
    !ends_sentence(line.text) && !is_closing(line) && line.text.chars().count() * 3 >= longest * 2
}

/// A disclaimer with the rules drawn around it.
fn with_rules(lines: &[Line<'_>], run: Range<usize>, mut found: Range<usize>) -> Range<usize> {
    while found.start > run.start && lines[found.start - 1].is_rule() {
        found.start -= 1;
    }
    while found.end < run.end && lines[found.end].is_rule() {
        found.end += 1;
    }
    found
}
