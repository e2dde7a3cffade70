//! Disclaimers: paragraphs at the end of a text that speak of the letter itself as lawyers do.

use std::ops::Range;

use super::line::{Line, QUESTION_MARKS, hits, is_announced, paragraphs, said, words};
use super::signatures::{is_closing, is_name};
use crate::document::Family;
use crate::patterns::{Hits, Patterns, Position, Strength};

/// Words of the longest banner.
const BANNER_WORDS: usize = 60;

/// Words of the author behind a paragraph, from which it is no footer.
const WORDS_AFTER: usize = 30;

/// Disclaimers in a run of lines of one voice, from its end; `free` tells which of its lines are not taken yet.
pub(super) fn find(lines: &[Line<'_>], run: Range<usize>, free: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut scratch = Hits::default();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut after = 0;
    for paragraph in paragraphs(lines, run.clone()).into_iter().rev() {
        let open: Vec<usize> = paragraph.clone().filter(|at| free(*at)).collect();
        if open.is_empty() {
            continue;
        }
        let rules = rules(&lines[paragraph.clone()], &mut scratch);
        // What has a rule over it begins there.
        let goes_on = found.last().is_some_and(|below| below.start == paragraph.end && !lines[below.start].is_rule());
        let own = weight(&rules);
        let is_shown = paragraph.start > run.start && is_announced(lines, paragraph.start, |rules| weight(rules) > 0);
        if !is_shown && (own >= 2 || own == 1 && goes_on) {
            let start = first_of(lines, &paragraph, &mut scratch);
            found.push(with_rules(lines, run.clone(), start..paragraph.end));
        } else {
            after += open.iter().map(|at| lines[*at].words).sum::<usize>();
        }
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
    let paragraphs = paragraphs(lines, 0..lines.len());
    let mut scratch = Hits::default();
    let mut is_banner = |paragraph: &&Range<usize>| {
        let of_banner = &lines[(*paragraph).clone()];
        let words = words(of_banner);
        let mut is_named = || names_at_head(&rules(of_banner, &mut scratch));
        // Who asks something does not warn.
        let asks = of_banner.iter().any(|line| line.text.contains(QUESTION_MARKS));
        (words == 0 || words <= BANNER_WORDS && !asks && is_named()) && (*paragraph).clone().all(&free)
    };
    let end = paragraphs.iter().take_while(|paragraph| is_banner(paragraph)).last().map_or(0, |last| last.end);
    // Rules and empty blocks alone are no banner.
    if words(&lines[..end]) == 0 { 0..0 } else { 0..end }
}

/// Whether a rule names what stands at the head of letters and is no part of them.
fn names_at_head(rules: &[u16]) -> bool {
    let table = Patterns::builtin().rules();
    let mut rules = rules.iter().filter_map(|rule| table.get(usize::from(*rule)));
    rules.any(|rule| {
        rule.family == Family::Legal && rule.position == Position::Head && rule.strength == Strength::Strong
    })
}

/// What the rules of disclaimers weigh.
fn weight(rules: &[u16]) -> usize {
    super::super::weight(rules, Family::Legal, Patterns::builtin())
}

/// The first line of a paragraph that belongs to the disclaimer: all of it, unless the author's last words stand over it.
fn first_of(lines: &[Line<'_>], paragraph: &Range<usize>, scratch: &mut Hits) -> usize {
    if is_closing(&lines[paragraph.start]) {
        let names = paragraph.clone().skip(1).take_while(|at| is_name(&lines[*at])).count();
        return paragraph.start + 1 + names;
    }
    let mut least = |start: usize| weight(&hits(&said(&lines[start..paragraph.end]), scratch));
    let whole = least(paragraph.start);
    let rule = paragraph.clone().find(|at| lines[*at].is_rule());
    match rule {
        Some(at) if at > paragraph.start && least(at) == whole => at,
        _ => paragraph.start,
    }
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
