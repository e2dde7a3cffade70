//! Footers of list managers: lines that only such software writes, and what stands around them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::line::{Line, hits, names};
use crate::document::Family;
use crate::patterns::{Hits, Strength};

/// Lines over a line of a footer among which the rule is looked for that opens it; advertisements of providers that stand
/// between have up to seven.
const LINES_OVER: usize = 9;

/// Lines that may follow the last known line of a footer at the end of a text.
const LINES_UNDER: usize = 4;

/// Lines between two known lines of one footer.
const LINES_BETWEEN: usize = 8;

/// Words of a line that a footer hardly has.
const LONG_WORDS: usize = 18;

/// Words of the longest line that software writes: a longer block is a letter that ends in a footer.
const LONGEST: usize = 80;

/// What Mailman draws over its footer, or most of it.
const LONG_RULE: &str = "________________________________________";

/// A footer, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Footer {
    /// Its lines.
    pub(super) lines: Range<usize>,
    /// The patterns that hit where lines are read together.
    pub(super) rules: Vec<u16>,
}

/// How surely a line belongs to a footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    None,
    /// It needs a rule over it or another such line beside it.
    Some,
    /// It suffices at the end of a text.
    Sure,
}

/// The footers in a run of lines of one voice; `first` is the first line of the letter that has words and is no quote.
pub(super) fn find(lines: &[Line<'_>], run: Range<usize>, first: usize) -> Vec<Footer> {
    let mut scratch = Hits::default();
    let signs: Vec<(Sign, Vec<u16>)> = run.clone().map(|at| sign(lines, at, run.end, &mut scratch)).collect();
    let sign = |at: usize| signs[at - run.start].0;
    let is_foot = |at: &usize| lines[*at].words == 0 || !lines[*at].is_prose() && sign(*at) != Sign::None;
    let foot = run.end - run.clone().rev().take_while(is_foot).count();
    let mut found: Vec<Footer> = Vec::new();
    let mut at = run.start;
    while at < run.end {
        if sign(at) == Sign::None {
            at += 1;
            continue;
        }
        let last = last_sign(lines, at, run.end, &sign);
        let start = start(lines, at, found.last().map_or(run.start, |before| before.lines.end));
        let end = end(lines, last, run.end);
        let ruled = start < at || lines[at].is_rule();
        // All that the author wrote may be the word that the list asks for.
        let below = if ruled || start > first { None } else { (first + 1..end).find(|at| opens(&lines[*at])) };
        let (start, ruled) = below.map_or((start, ruled), |rule| (rule, true));
        let count = (at..=last).filter(|at| sign(*at) != Sign::None).count();
        let sure = (at..=last).any(|at| sign(at) == Sign::Sure);
        // A letter may explain how to leave a list.
        let is_told = start <= first && !ruled && lines[at].words > LONG_WORDS && lines[at].is_prose();
        let is_last = end >= foot;
        if !is_told && (sure && (ruled || count >= 2 || is_last) || count >= 2 && ruled && is_last) {
            let rules: BTreeSet<u16> = (at..=last).flat_map(|at| &signs[at - run.start].1).copied().collect();
            found.push(Footer { lines: start..end, rules: rules.into_iter().collect() });
        }
        at = end.max(last + 1);
    }
    found
}

/// How surely a line belongs to a footer, and the patterns that hit it together with the next and neither alone.
fn sign(lines: &[Line<'_>], at: usize, end: usize, scratch: &mut Hits) -> (Sign, Vec<u16>) {
    let line = &lines[at];
    if line.words > LONGEST {
        return (Sign::None, Vec::new());
    }
    // Under the rule of Mailman stands the name of the list.
    let is_titled =
        at.checked_sub(1).is_some_and(|over| lines[over].is_rule() && lines[over].text.starts_with(LONG_RULE));
    let is_list = is_titled && line.names(Family::MailingList, Strength::Weak);
    let own = of_rules(&line.rules).max(if is_list { Sign::Some } else { Sign::None });
    if own == Sign::Sure || line.is_rule() && !line.names(Family::MailingList, Strength::Strong) {
        return (if line.is_rule() { Sign::None } else { own }, Vec::new());
    }
    // A sentence of a footer may be wrapped.
    let next = lines.get(at + 1).filter(|next| at + 1 < end && !next.gap && !next.is_rule());
    let Some(next) = next else { return (own, Vec::new()) };
    let both = hits(&format!("{} {}", line.said, next.said), scratch);
    let new: Vec<u16> =
        both.into_iter().filter(|rule| !line.rules.contains(rule) && !next.rules.contains(rule)).collect();
    let wrapped = of_rules(&new);
    (own.max(wrapped), if wrapped == Sign::None { Vec::new() } else { new })
}

fn of_rules(rules: &[u16]) -> Sign {
    if names(rules, Family::MailingList, Strength::Strong) {
        Sign::Sure
    } else if names(rules, Family::MailingList, Strength::Firm) || names(rules, Family::Unsubscribe, Strength::Firm) {
        Sign::Some
    } else {
        Sign::None
    }
}

/// The last line of the footer that has a known line here.
fn last_sign(lines: &[Line<'_>], first: usize, end: usize, sign: &impl Fn(usize) -> Sign) -> usize {
    let mut last = first;
    let mut parted = false;
    for (at, line) in lines.iter().enumerate().take(end).skip(first + 1) {
        if at > last + LINES_BETWEEN {
            break;
        }
        parted |= line.gap;
        if sign(at) != Sign::None {
            (last, parted) = (at, false);
        } else if line.words > LONG_WORDS || parted && line.is_prose() {
            break;
        }
    }
    last
}

/// Where the footer begins that has its first known line here: at the rule over it, and at the rules over that one.
fn start(lines: &[Line<'_>], first: usize, least: usize) -> usize {
    // An empty line parts the footer from what the author set below a rule, but for the long one of Mailman.
    let joined = |at: &usize| !lines[at + 1].gap || lines[*at].is_rule() && lines[*at].text.starts_with(LONG_RULE);
    let over = |from: usize| {
        let reach = (least..from).rev().take(LINES_OVER).take_while(joined);
        let mut plain = reach.take_while(|at| lines[*at].is_rule() || lines[*at].words <= LONG_WORDS);
        plain.find(|at| opens(&lines[*at]))
    };
    let own = opens(&lines[first]);
    // Behind the separator of a signature its owner comes first, unless the list does.
    let is_separator = |rule: usize| lines[rule].text.trim() == "--";
    let is_list = |rule: &usize| {
        let is_signature = is_separator(*rule) || *rule > least && is_separator(rule - 1);
        let head = &lines[rule + 1];
        !is_signature || rule + 1 == first || names_list(head) || shares_address(head, &lines[first])
    };
    let mut start = if own { first } else { over(first).filter(is_list).unwrap_or(first) };
    if start == first && !own {
        // The name of the list may stand over the first known line.
        let reach = (least..first).rev().take(LINES_OVER);
        let is_head = |at: &usize| !lines[at + 1].gap && !lines[*at].is_prose() && is_head(&lines[*at]);
        start = reach.take_while(is_head).last().unwrap_or(first);
    }
    let is_drawn =
        |at: &usize| !lines[at + 1].gap && lines[*at].is_rule() && lines[*at].text.starts_with(['-', '_', '=']);
    start = (least..start).rev().take(LINES_OVER).take_while(is_drawn).last().unwrap_or(start);
    advertisement(lines, start, least).unwrap_or(start)
}

/// Where the advertisement begins that a provider set between two rules, the lower of which is here.
fn advertisement(lines: &[Line<'_>], rule: usize, least: usize) -> Option<usize> {
    const LONG: usize = 40;
    let address = |line: &Line<'_>| line.text.contains("://") || line.text.contains("www.");
    if rule == least || lines[rule].gap || !lines[rule].is_rule() || !address(&lines[rule - 1]) {
        return None;
    }
    let mut reach =
        (least..rule).rev().take(LINES_OVER).take_while(|at| !lines[at + 1].gap && lines[*at].words <= LONG_WORDS);
    reach.find(|at| lines[*at].is_rule() && lines[*at].text.len() >= LONG)
}

/// Whether a line is a rule as they stand over footers.
fn opens(line: &Line<'_>) -> bool {
    line.is_rule() || line.names(Family::MailingList, Strength::Strong) && line.text.starts_with(['-', '_', '=', '~'])
}

fn is_head(line: &Line<'_>) -> bool {
    line.text.contains('@') || names_list(line)
}

fn names_list(line: &Line<'_>) -> bool {
    line.names(Family::MailingList, Strength::Weak) || line.names(Family::Unsubscribe, Strength::Weak)
}

/// Whether a line has an address whose name the known line has, too: `reeds@…` and `…/listinfo/reeds`.
fn shares_address(line: &Line<'_>, known: &Line<'_>) -> bool {
    let known = known.text.to_lowercase();
    let names = line.text.split_whitespace().filter_map(|word| word.split_once('@'));
    let mut names = names.map(|(name, _)| name.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    names.any(|name| !name.is_empty() && known.contains(&name))
}

/// Where the footer ends whose last known line is here.
fn end(lines: &[Line<'_>], last: usize, end: usize) -> usize {
    let short = |at: &usize| lines[*at].words <= LONG_WORDS;
    let under = last + 1..end;
    if under.len() <= LINES_UNDER && under.clone().all(|at| short(&at) && !lines[at].is_prose()) {
        return end;
    }
    let goes_on = |at: &usize| !lines[*at].gap && (short(at) || lines[*at].is_rule());
    under.take_while(goes_on).take(LINES_UNDER).last().map_or(last + 1, |at| at + 1)
}
