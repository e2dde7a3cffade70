//! Lines of a plain text: an additive score from patterns, shape, place and neighbours.
//!
//! Text is kept unless something speaks against it: nothing but what can be named as boilerplate may go. A line that
//! reads like prose starts high, a pattern hit takes off what its strength is worth, neighbours with hits take off more,
//! and after a strong tail everything goes unless prose follows. The weights were chosen on the seed and on texts written
//! for this project; they stand in the constants below.

mod table;

use super::decide::{majority, probability};
use super::{family, rule_ids};
use crate::document::{Class, Document, Evidence, Family, Reason, Verdict};
use crate::features::Measures;
use crate::options::{Headline, Mode, Options};
use crate::patterns::{Hits, Patterns, Position, Strength};

/// Where every line starts, in log-odds of main content.
const START: f32 = 2.0;

/// What a line gets for reading like prose.
const PROSE: f32 = 3.0;

/// What a hit takes off, by strength.
const WEAK: f32 = 1.2;
const FIRM: f32 = 2.6;
const STRONG: f32 = 8.0;

/// What a hit is worth where its rule does not expect it: before the prose for tails, after it for heads.
const OUT_OF_PLACE: f32 = 0.4;

/// What a line loses for each neighbour that has hits, and how far neighbours reach when no prose stands between.
const NEIGHBOUR: f32 = 0.9;
const NEIGHBOURHOOD: usize = 3;

/// What table debris starts from instead.
const DEBRIS: f32 = -4.0;

/// What a line loses that stands in a run of menu words.
const MENU: f32 = 3.0;

/// Lines in a run of menu words, and the words each may have.
const MENU_LINES: usize = 5;
const MENU_WORDS: f32 = 3.0;

/// What a line loses after the tail has begun.
const CLOSED: f32 = 3.5;

/// Words of a line that makes it prose, and of one that ends a tail.
const PROSE_WORDS: f32 = 12.0;
const RESUMING_WORDS: f32 = 25.0;

/// A line this long is not a label or a prompt; what hits in it is spread thin.
const LONG_WORDS: f32 = 45.0;

/// What a line is judged by.
struct Line {
    measures: Measures,
    rules: Vec<u16>,
    prose: bool,
}

/// The parts of a line's score, by name.
type Parts = Vec<(&'static str, f32)>;

pub(super) fn classify(document: &Document, options: &Options) -> Vec<Verdict> {
    let patterns = Patterns::builtin();
    let lines = lines(document, patterns);
    let parts = score(document, &lines, patterns);
    let scores: Vec<f32> = parts.iter().map(|parts| parts.iter().map(|(_, part)| part).sum()).collect();
    let threshold = match options.get_mode() {
        Mode::Precision => 1.0,
        Mode::Balanced => 0.0,
        Mode::Recall => -2.0,
    };
    let keep: Vec<bool> = scores.iter().map(|score| *score >= threshold).collect();
    let saved = majority(&keep, |line| if lines[line].prose { lines[line].measures.words } else { 0.0 });
    let title = title(&lines);
    let verdict = |line: usize| {
        let mut keep = keep[line] || saved == Some(line);
        let class = if title == Some(line) {
            Class::Title
        } else if keep {
            Class::Body
        } else {
            Class::Boilerplate(family(&lines[line].rules, patterns).or_else(|| named_by_part(&parts[line])))
        };
        keep &= !(class == Class::Title && options.get_headline() == Some(Headline::Drop));
        let note = (saved == Some(line)).then_some("holds most of the text's prose");
        let rules = rule_ids(&lines[line].rules, patterns);
        let mut evidence: Vec<Evidence> = parts[line]
            .iter()
            .map(|(feature, weight)| Evidence { feature, value: probability(*weight), weight: *weight })
            .collect();
        evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        Verdict { class, keep, score: scores[line], reason: Reason { rules, evidence, note } }
    };
    (0..lines.len()).map(verdict).collect()
}

fn lines(document: &Document, patterns: &Patterns) -> Vec<Line> {
    let mut hits = Hits::default();
    let is_strong = |rule: &u16| patterns.rules()[usize::from(*rule)].strength == Strength::Strong;
    let mut line = |text: &str| {
        hits.clear();
        patterns.text_hits(text, &mut hits);
        let measures = Measures::of(text);
        let long = measures.words >= PROSE_WORDS && (measures.sentences > 0.0 || measures.commas > 0.0);
        let prose = long && !hits.rules().iter().any(is_strong);
        Line { measures, rules: hits.rules().to_vec(), prose }
    };
    document.blocks.iter().map(|block| line(&block.text)).collect()
}

/// The score of every line, in parts.
fn score(document: &Document, lines: &[Line], patterns: &Patterns) -> Vec<Parts> {
    let mut parts: Vec<Parts> = lines.iter().map(|line| vec![base(line)]).collect();
    add_patterns(lines, patterns, &mut parts);
    add_tables(document, lines, patterns, &mut parts);
    add_menus(lines, &mut parts);
    add_neighbours(lines, &mut parts);
    close_tail(lines, patterns, &mut parts);
    parts
}

fn base(line: &Line) -> (&'static str, f32) {
    if line.prose { ("prose", START + PROSE) } else { ("start", START) }
}

fn add_patterns(lines: &[Line], patterns: &Patterns, parts: &mut [Parts]) {
    let first_prose = lines.iter().position(|line| line.prose).unwrap_or(0);
    let last_prose = lines.iter().rposition(|line| line.prose).unwrap_or(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let thin = if line.measures.words > LONG_WORDS { LONG_WORDS / line.measures.words } else { 1.0 };
        for rule in line.rules.iter().filter_map(|rule| patterns.rules().get(usize::from(*rule))) {
            let worth = match rule.strength {
                Strength::Weak => WEAK,
                Strength::Firm => FIRM,
                Strength::Strong => STRONG,
            };
            let expected = match rule.position {
                Position::Any => true,
                Position::Head => number <= last_prose,
                Position::Tail => number >= first_prose,
            };
            let place = if expected || rule.strength == Strength::Strong { 1.0 } else { OUT_OF_PLACE };
            parts[number].push((rule.family.name(), -worth * place * thin));
        }
    }
}

/// Runs of table debris: a flattened layout table goes with its pipes, a table of data stays.
fn add_tables(document: &Document, lines: &[Line], patterns: &Patterns, parts: &mut [Parts]) {
    for run in table::runs(document) {
        let has_hits = run.clone().any(|line| family(&lines[line].rules, patterns).is_some_and(is_no_debris));
        let texts: Vec<&str> = run.clone().map(|line| document.blocks[line].text.as_str()).collect();
        if table::is_data(&texts) {
            run.for_each(|line| parts[line] = vec![("table", START + PROSE)]);
        } else if has_hits || table::is_nearly_empty(&texts) {
            run.filter(|line| !lines[*line].prose).for_each(|line| {
                parts[line].retain(|(name, _)| *name != "start");
                parts[line].push((Family::TableDebris.name(), DEBRIS));
            });
        }
    }
}

fn is_no_debris(family: Family) -> bool {
    family != Family::TableDebris
}

/// Runs of menu words outside the prose of a text that has prose.
fn add_menus(lines: &[Line], parts: &mut [Parts]) {
    let prose = lines.iter().filter(|line| line.prose).count();
    if prose < 3 {
        return;
    }
    let is_menu = |line: &Line| {
        let measures = &line.measures;
        measures.words <= MENU_WORDS && measures.last_class == 0 && measures.symbols() < 0.2
    };
    let mut start = 0;
    while start < lines.len() {
        let length = lines[start..].iter().take_while(|line| is_menu(line)).count();
        if length >= MENU_LINES {
            parts[start..start + length].iter_mut().for_each(|parts| parts.push(("menu", -MENU)));
        }
        start += length.max(1);
    }
}

/// Footers cluster: a line near others that lost something loses too, unless prose stands between.
fn add_neighbours(lines: &[Line], parts: &mut [Parts]) {
    let against = |parts: &Parts| parts.iter().map(|(_, part)| part.min(0.0)).sum::<f32>() <= -WEAK;
    let marked: Vec<bool> = parts.iter().map(against).collect();
    for number in 0..lines.len() {
        if lines[number].prose {
            continue;
        }
        let stops = |other: &usize| !lines[*other].prose;
        let before = (0..number).rev().take(NEIGHBOURHOOD).take_while(stops).filter(|other| marked[*other]).count();
        let after = (number + 1..lines.len()).take(NEIGHBOURHOOD).take_while(stops);
        let count = before + after.filter(|other| marked[*other]).count();
        if count > 0 && (marked[number] || before > 0) {
            parts[number].push(("neighbours", -NEIGHBOUR * count as f32));
        }
    }
}

/// After a strong tail everything goes, unless prose follows.
fn close_tail(lines: &[Line], patterns: &Patterns, parts: &mut [Parts]) {
    let resumes = |line: &Line| line.prose && line.measures.words >= RESUMING_WORDS && line.rules.is_empty();
    let Some(last) = lines.iter().rposition(resumes) else { return };
    let is_strong_tail = |line: &Line| {
        let rules = line.rules.iter().filter_map(|rule| patterns.rules().get(usize::from(*rule)));
        rules.into_iter().any(|rule| rule.strength == Strength::Strong && rule.position == Position::Tail)
    };
    let Some(tail) = (last + 1..lines.len()).find(|line| is_strong_tail(&lines[*line])) else { return };
    for parts in parts.iter_mut().skip(tail + 1) {
        parts.push(("after the tail", -CLOSED));
    }
}

/// The first line, if it reads like a headline over prose.
fn title(lines: &[Line]) -> Option<usize> {
    let first = lines.first()?;
    let short = first.measures.words <= 20.0 && !matches!(first.measures.last_class, 1 | 5 | 7);
    (short && first.rules.is_empty() && lines.iter().skip(1).take(6).any(|line| line.prose)).then_some(0)
}

/// The family of a verdict that no pattern names.
fn named_by_part(parts: &Parts) -> Option<Family> {
    let strongest = parts.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    match strongest.0 {
        "menu" => Some(Family::Navigation),
        name => Family::from_name(name),
    }
}
