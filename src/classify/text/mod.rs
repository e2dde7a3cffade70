//! Lines of a plain text: an additive score from patterns, shape, place and neighbours.
//!
//! Text is kept unless something speaks against it: nothing but what can be named as boilerplate may go. A line that
//! reads like prose starts high; a pattern hit takes off what its strength is worth; lines near it lose too, those after
//! it more than those before it, because what stands above a footer may be the article. Lines without a letter or a
//! digit, such as the pipes and dashes around a footer, go with what they adjoin. After the prose has ended and a footer
//! has begun everything goes. The weights were chosen on texts written for this project; they stand in the constants.

mod table;

use std::ops::Range;

use super::decide::{majority, probability};
use super::{family, rule_ids, with_headline};
use crate::document::{Block, Class, Document, Evidence, Family, Reason, Verdict};
use crate::features::Measures;
use crate::options::{Mode, Options};
use crate::patterns::{Hits, Patterns, Position, Strength};

/// Where every line starts, in log-odds of main content.
const START: f32 = 2.0;

/// What a line gets for reading like prose.
const PROSE: f32 = 3.0;

/// What the strongest hit of a family takes off.
const WEAK: f32 = 1.2;
const FIRM: f32 = 2.6;
const STRONG: f32 = 8.0;

/// What a hit is worth where its rule does not expect it: before the prose for tails, after it for heads.
const OUT_OF_PLACE: f32 = 0.4;

/// What a line loses for each line near it that is named as boilerplate, before it and after it, and how many lines away
/// such neighbours count when no prose stands between.
const NAMED_BEFORE: f32 = 0.9;
const NAMED_AFTER: f32 = 0.3;
const NEIGHBOURHOOD: usize = 3;

/// What a line loses in a run of table debris that is named as boilerplate.
const DEBRIS: f32 = 4.0;

/// What a line loses that stands in a run of menu words: by itself, and if the run holds named words.
const MENU: f32 = 1.0;
const NAMED_MENU: f32 = 2.0;

/// Lines in a run of menu words, and the words each may have.
const MENU_LINES: usize = 4;
const MENU_WORDS: f32 = 3.0;

/// What a line loses after the prose has ended and a footer has begun.
const CLOSED: f32 = 3.5;

/// Words of a line that makes it prose, and of one that ends a tail.
const PROSE_WORDS: f32 = 12.0;
const RESUMING_WORDS: f32 = 25.0;

/// A line this long is not a label or a prompt; what hits in it is spread thin.
const LONG_WORDS: f32 = 25.0;

/// Firmly named lines that make a footer of what follows a weakly named one.
const FOOTER_LINES: usize = 2;

/// Lines of prose that make a text more than a list of labels.
const ENOUGH_PROSE: usize = 3;

/// What a line is judged by.
struct Line {
    measures: Measures,
    rules: Vec<u16>,
    /// The strongest hit of each family that hit.
    named: Vec<(Family, Strength, Position)>,
    prose: bool,
    /// Where it stands in the input.
    place: u32,
}

impl Line {
    fn is_named(&self, least: Strength) -> bool {
        self.named.iter().any(|(family, strength, _)| *family != Family::TableDebris && *strength >= least)
    }

    /// Pipes, dashes, ornaments.
    fn is_debris(&self) -> bool {
        self.measures.words == 0.0
    }
}

/// The parts of a line's score, by name.
type Parts = Vec<(&'static str, f32)>;

pub(super) fn classify(document: &Document, options: &Options) -> Vec<Verdict> {
    let patterns = Patterns::builtin();
    let lines = lines(document, patterns);
    let parts = score(document, &lines);
    let scores: Vec<f32> = parts.iter().map(sum).collect();
    let threshold = match options.get_mode() {
        Mode::Precision => 1.0,
        Mode::Balanced => 0.0,
        Mode::Recall => -2.0,
    };
    let keep: Vec<bool> = scores.iter().map(|score| *score >= threshold).collect();
    let saved = majority(&keep, |line| if lines[line].prose { lines[line].measures.words } else { 0.0 });
    let title = title(&lines);
    let verdict = |line: usize| {
        let keep = keep[line] || saved == Some(line);
        let class = if title == Some(line) {
            Class::Title
        } else if keep {
            Class::Body
        } else {
            Class::Boilerplate(family(&lines[line].rules, patterns).or_else(|| named_by_part(&parts[line])))
        };
        let keep = with_headline(keep, class, options.get_headline());
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
    let mut line = |block: &Block| {
        hits.clear();
        patterns.text_hits(&block.text, &mut hits);
        let measures = Measures::of(&block.text);
        let named = strongest_by_family(hits.rules(), patterns);
        let firm = named.iter().any(|(_, strength, _)| *strength >= Strength::Firm);
        let reads = measures.words >= PROSE_WORDS && (measures.sentences > 0.0 || measures.commas > 0.0);
        let prose = reads && (!firm || measures.words > LONG_WORDS);
        Line { measures, rules: hits.rules().to_vec(), named, prose, place: block.lines.start }
    };
    document.blocks.iter().map(&mut line).collect()
}

/// The strongest hit of each family: several languages often have the same label.
fn strongest_by_family(rules: &[u16], patterns: &Patterns) -> Vec<(Family, Strength, Position)> {
    let mut named: Vec<(Family, Strength, Position)> = Vec::new();
    for rule in rules.iter().filter_map(|rule| patterns.rules().get(usize::from(*rule))) {
        match named.iter_mut().find(|(family, _, _)| *family == rule.family) {
            Some(known) if known.1 >= rule.strength => {}
            Some(known) => *known = (rule.family, rule.strength, rule.position),
            None => named.push((rule.family, rule.strength, rule.position)),
        }
    }
    named
}

/// The score of every line, in parts.
fn score(document: &Document, lines: &[Line]) -> Vec<Parts> {
    let mut parts: Vec<Parts> = lines.iter().map(|line| vec![base(line)]).collect();
    add_patterns(lines, &mut parts);
    add_menus(lines, &mut parts);
    add_tables(document, lines, &mut parts);
    add_neighbours(lines, &mut parts);
    close_tail(lines, &mut parts);
    join_debris(lines, &mut parts);
    parts
}

fn sum(parts: &Parts) -> f32 {
    parts.iter().map(|(_, part)| part).sum()
}

fn base(line: &Line) -> (&'static str, f32) {
    if line.prose { ("prose", START + PROSE) } else { ("start", START) }
}

fn add_patterns(lines: &[Line], parts: &mut [Parts]) {
    let first_prose = lines.iter().position(|line| line.prose).unwrap_or(0);
    let last_prose = lines.iter().rposition(|line| line.prose).unwrap_or(lines.len());
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_debris()) {
        let long = if line.measures.words > LONG_WORDS { LONG_WORDS / line.measures.words } else { 1.0 };
        let thin = if is_wrapped(line, lines.get(number + 1)) { long * OUT_OF_PLACE } else { long };
        for (family, strength, position) in &line.named {
            // A byline stands over the prose; elsewhere its words are a box about the author.
            let is_byline = matches!(family, Family::AuthorBio | Family::Credit) && number < first_prose;
            let expected = match position {
                Position::Any => !is_byline,
                Position::Head => number <= last_prose,
                Position::Tail => number >= first_prose,
            };
            let worth = match strength {
                Strength::Weak => WEAK,
                Strength::Firm => FIRM,
                Strength::Strong => STRONG,
            };
            let place = if expected { thin } else { OUT_OF_PLACE };
            let share = if *strength == Strength::Strong { 1.0 } else { place };
            parts[number].push((family.name(), -worth * share));
        }
    }
}

/// Whether a line is the beginning of running text that a later line goes on with.
fn is_wrapped(line: &Line, next: Option<&Line>) -> bool {
    const SMALL_LETTER: u8 = 2;
    let goes_on = |next: &Line| {
        next.place == line.place + 1 && next.measures.first_class == SMALL_LETTER && next.named.is_empty()
    };
    line.measures.last_class == 0 && next.is_some_and(goes_on)
}

/// Runs of table rows: a flattened layout table that is named as boilerplate goes, a table of data stays.
fn add_tables(document: &Document, lines: &[Line], parts: &mut [Parts]) {
    for run in table::runs(document) {
        let texts: Vec<&str> = run.clone().map(|line| document.blocks[line].text.as_str()).collect();
        let named = |least| run.clone().filter(|line| lines[*line].is_named(least)).count();
        if named(Strength::Firm) + named(Strength::Weak) / 2 > 0 {
            strip_cells(document, lines, run, parts);
        } else if table::is_data(&texts) {
            run.for_each(|line| parts[line] = vec![("table", START + PROSE)]);
        }
    }
}

/// Rows that adjoin a named row go with it. A label without a pipe parts them: it may be a heading, and is left to its
/// own score.
fn strip_cells(document: &Document, lines: &[Line], run: Range<usize>, parts: &mut [Parts]) {
    let rows: Vec<usize> = run.collect();
    let is_row = |line: &usize| document.blocks[*line].text.contains('|') && !lines[*line].prose;
    for part in rows.split(|line| !is_row(line)) {
        if part.iter().any(|line| lines[*line].is_named(Strength::Weak)) {
            part.iter().for_each(|line| parts[*line].push((Family::TableDebris.name(), -DEBRIS)));
        }
    }
}

/// Runs of menu words outside the prose of a text that has prose.
fn add_menus(lines: &[Line], parts: &mut [Parts]) {
    if lines.iter().filter(|line| line.prose).count() < ENOUGH_PROSE {
        return;
    }
    let is_menu = |line: &Line| {
        let measures = &line.measures;
        measures.words > 0.0 && measures.words <= MENU_WORDS && measures.last_class == 0 && measures.symbols() < 0.2
    };
    let mut start = 0;
    while start < lines.len() {
        let together = |pair: &&[Line]| is_menu(&pair[1]) && pair[1].place == pair[0].place + 1;
        let more = lines[start..].windows(2).take_while(together).count();
        let length = if is_menu(&lines[start]) { 1 + more } else { 0 };
        let run = start..start + length;
        let named = lines[run.clone()].iter().filter(|line| !line.named.is_empty()).count();
        if length >= MENU_LINES && named * 4 >= length {
            parts[run].iter_mut().for_each(|parts| parts.push(("menu", -MENU - NAMED_MENU)));
        } else if length >= 2 * MENU_LINES {
            parts[run].iter_mut().for_each(|parts| parts.push(("menu", -MENU)));
        }
        start += length.max(1);
    }
}

/// Footers cluster: a line near others that are named loses too, unless prose stands between.
fn add_neighbours(lines: &[Line], parts: &mut [Parts]) {
    let marked: Vec<bool> =
        parts.iter().zip(lines).map(|(parts, line)| !line.is_debris() && sum(parts) < 0.0).collect();
    let text = |other: &usize| !lines[*other].is_debris();
    let stops = |other: &usize| !lines[*other].prose;
    let last_prose = lines.iter().rposition(|line| line.prose).unwrap_or(0);
    for number in (0..lines.len()).filter(|number| !lines[*number].prose && !lines[*number].is_debris()) {
        let before = (0..number).rev().filter(text).take(NEIGHBOURHOOD).take_while(stops);
        let after = (number + 1..lines.len()).filter(text).take(NEIGHBOURHOOD).take_while(stops);
        let before = before.filter(|other| marked[*other]).count() as f32;
        let after = after.filter(|other| marked[*other]).count() as f32 * NAMED_AFTER;
        // Above the end of the prose a headline may stand among menus; below it hardly anything is worth keeping.
        let worth = if number > last_prose || marked[number] { NAMED_BEFORE } else { NAMED_AFTER };
        if before + after > 0.0 {
            parts[number].push(("neighbours", -before * worth - after));
        }
    }
}

/// After the last prose and the first line that is named firmly, everything goes.
fn close_tail(lines: &[Line], parts: &mut [Parts]) {
    let resumes = |line: &Line| line.prose && line.measures.words >= RESUMING_WORDS && !line.is_named(Strength::Firm);
    let Some(last) = lines.iter().rposition(resumes) else { return };
    let firm = |line: &usize| sum(&parts[*line]) < 0.0 && lines[*line].is_named(Strength::Firm);
    let begins = |line: &usize| {
        let more = || (line + 1..lines.len()).filter(firm).count();
        firm(line) || (lines[*line].is_named(Strength::Weak) && more() >= FOOTER_LINES)
    };
    let Some(tail) = (last + 1..lines.len()).find(begins) else { return };
    for (parts, _) in parts.iter_mut().zip(lines).skip(tail + 1).filter(|(_, line)| !line.is_debris()) {
        parts.push(("after the tail", -CLOSED));
    }
}

/// Lines without letters go with the line they adjoin, over others of their kind.
fn join_debris(lines: &[Line], parts: &mut [Parts]) {
    let gone: Vec<bool> = parts.iter().zip(lines).map(|(parts, line)| !line.is_debris() && sum(parts) < 0.0).collect();
    let mut start = 0;
    while start < lines.len() {
        let length = lines[start..].iter().take_while(|line| line.is_debris()).count();
        let (before, after) = (start.checked_sub(1), start + length);
        let adjoins = before.is_some_and(|line| gone[line]) || gone.get(after).copied().unwrap_or(false);
        if length > 0 && adjoins {
            parts[start..after].iter_mut().for_each(|parts| parts.push((Family::TableDebris.name(), -DEBRIS)));
        }
        start = after + 1;
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
