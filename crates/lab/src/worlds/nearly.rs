//! Nearly clean texts: a gold text with some of its page's boilerplate around it; and gold texts alone.

use super::prompts::{cite, end_with_prose, footer, interrupt};
use super::shape::Between;
use super::{Labelled, Line, Shape};
use crate::set::Page;
use crate::truncate::Random;
use unboil::lab::line_units;

/// A line of the page with no more than this share in the gold is boilerplate.
const BOILERPLATE: f32 = 0.1;

/// Most lines taken of what stands before the gold, and after it.
const HEAD_LINES: u64 = 12;
const TAIL_LINES: u64 = 40;

/// Texts of a hundred whose tail is a short footer of prompts.
const PROMPTED: u64 = 35;

/// Texts of a hundred of which a paragraph cites a prompt, and in which prompts stand between paragraphs.
const CITING: u64 = 4;
const INTERRUPTED: u64 = 10;

/// Texts of a hundred whose body ends with lines that may be taken for prompts.
const ENDED: u64 = 20;

/// Paragraphs of a shortened body.
const SHORT_BODY: u64 = 8;

/// A source of choices.
pub(crate) struct Draw<'r>(pub(crate) &'r mut Random);

impl Draw<'_> {
    /// True in this many cases of a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.0.next() % 100 < percent
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0.next() as usize % bound
    }

    /// A number below `bound`; `None` where there is none.
    pub(super) fn some_below(&mut self, bound: usize) -> Option<usize> {
        (bound > 0).then(|| self.below(bound))
    }

    /// One of these; `None` where there are none.
    pub(super) fn one_of<'t>(&mut self, texts: &[&'t str]) -> Option<&'t str> {
        self.some_below(texts.len()).map(|at| texts[at])
    }

    /// A number from 1 to `most`, small ones more often.
    pub(super) fn count(&mut self, most: u64) -> usize {
        let first = 1 + self.0.next() % most;
        let second = 1 + self.0.next() % most;
        first.min(second) as usize
    }

    /// How a text is written down.
    fn shape(&mut self) -> Shape {
        let columns = self.percent(30).then(|| 60 + (self.0.next() % 21) as usize);
        let between = match self.0.next() % 10 {
            0..=4 => Between::AsItIs,
            5..=7 => Between::Nothing,
            _ => Between::Blank,
        };
        Shape { columns, between }
    }
}

/// What stands before, in and after the gold in the layout dump of a page: lines with their labels.
struct Parts {
    head: Vec<Line>,
    body: Vec<Line>,
    tail: Vec<Line>,
}

impl Parts {
    /// `None` where the dump does not hold the gold.
    fn of(dump: &Labelled) -> Option<Self> {
        let units = line_units(&dump.document);
        let gold: Vec<usize> = (0..units.len()).filter(|unit| dump.shares[*unit] >= 0.5).collect();
        let (first, last) = (*gold.first()?, *gold.last()?);
        let boilerplate = |unit: &usize| dump.shares[*unit] <= BOILERPLATE;
        let line = |unit: usize, label: f32| Line::new(dump_text(dump, &units[unit].0), label);
        let mut body = Vec::new();
        let mut end = None;
        for unit in (first..=last).filter(|unit| dump.shares[*unit] >= 0.5) {
            let start = dump.document.blocks[units[unit].0.start].lines.start;
            if end.is_some_and(|end| end != start) {
                body.push(Line::blank());
            }
            end = Some(dump.document.blocks[units[unit].0.end - 1].lines.end);
            body.push(line(unit, 1.0));
        }
        Some(Self {
            head: (0..first).filter(boilerplate).map(|unit| line(unit, 0.0)).collect(),
            body,
            tail: (last + 1..units.len()).filter(boilerplate).map(|unit| line(unit, 0.0)).collect(),
        })
    }
}

fn dump_text(dump: &Labelled, blocks: &std::ops::Range<usize>) -> String {
    let texts: Vec<&str> = dump.document.blocks[blocks.clone()].iter().map(|block| block.text.as_str()).collect();
    texts.join(" ")
}

/// The gold as lines.
pub(crate) fn gold_lines(gold: &str) -> Vec<Line> {
    let line = |text: &str| if text.trim().is_empty() { Line::blank() } else { Line::new(text.trim_end(), 1.0) };
    gold.trim().lines().map(line).collect()
}

/// A gold text alone, as it is or shortened and written down in another way.
pub(crate) fn clean(page: &Page, draw: &mut Draw<'_>) -> Vec<Line> {
    let mut body = gold_lines(&page.body);
    if draw.percent(40) {
        shorten(&mut body, draw);
    }
    if draw.percent(CITING) {
        cite(page, &mut body, draw);
    }
    if draw.percent(ENDED) {
        end_with_prose(page, &mut body, draw);
    }
    part(&mut body, draw);
    draw.shape().apply(body)
}

/// A gold text with boilerplate of its page, from the layout dump, or with a short footer of prompts; `None` where there is
/// none.
pub(crate) fn nearly(page: &Page, dump: &Labelled, draw: &mut Draw<'_>) -> Option<Vec<Line>> {
    let parts = Parts::of(dump)?;
    let mut body = if draw.percent(50) { gold_lines(&page.body) } else { parts.body };
    vary(page, &mut body, draw);
    let head = if draw.percent(25) { take_head(parts.head, draw) } else { Vec::new() };
    let tail = match draw.0.next() % 100 {
        0..PROMPTED => footer(page, draw),
        PROMPTED..85 => take_tail(parts.tail, draw),
        _ if head.is_empty() => take_tail(parts.tail, draw),
        _ => Vec::new(),
    };
    if head.is_empty() && tail.is_empty() {
        return None;
    }
    let mut lines = head;
    if !lines.is_empty() && draw.percent(60) {
        lines.push(Line::blank());
    }
    lines.extend(body);
    if !tail.is_empty() && draw.percent(60) {
        lines.push(Line::blank());
    }
    lines.extend(decorate(tail, draw));
    Some(draw.shape().apply(lines))
}

/// A gold text with a short footer of prompts; `None` where none is known in its language.
pub(crate) fn footed(page: &Page, draw: &mut Draw<'_>) -> Option<Vec<Line>> {
    let mut lines = gold_lines(&page.body);
    vary(page, &mut lines, draw);
    let tail = footer(page, draw);
    if tail.is_empty() {
        return None;
    }
    if draw.percent(60) {
        lines.push(Line::blank());
    }
    lines.extend(decorate(tail, draw));
    Some(draw.shape().apply(lines))
}

/// Makes a body that boilerplate will stand around differ from what it was.
fn vary(page: &Page, body: &mut Vec<Line>, draw: &mut Draw<'_>) {
    if draw.percent(25) {
        shorten(body, draw);
    }
    if draw.percent(CITING) {
        cite(page, body, draw);
    }
    if draw.percent(INTERRUPTED) {
        interrupt(page, body, draw);
    }
    if draw.percent(ENDED) {
        end_with_prose(page, body, draw);
    }
    part(body, draw);
}

/// A whole gold text with boilerplate of its page after it; `None` where the page has none.
pub(crate) fn footers(dump: &Labelled, gold: &str, draw: &mut Draw<'_>) -> Option<Vec<Line>> {
    let tail = take_tail(Parts::of(dump)?.tail, draw);
    if tail.is_empty() {
        return None;
    }
    let mut lines = gold_lines(gold);
    if draw.percent(60) {
        lines.push(Line::blank());
    }
    lines.extend(decorate(tail, draw));
    Some(draw.shape().apply(lines))
}

/// The first paragraphs alone.
fn shorten(body: &mut Vec<Line>, draw: &mut Draw<'_>) {
    let keep = draw.count(SHORT_BODY);
    let mut seen = 0;
    let end = body.iter().position(|line| {
        seen += usize::from(!line.text.is_empty());
        seen > keep
    });
    body.truncate(end.unwrap_or(body.len()));
    while body.last().is_some_and(|line| line.text.is_empty()) {
        body.pop();
    }
}

/// In some texts rules stand between sections, so that a rule says little of what follows it.
fn part(body: &mut Vec<Line>, draw: &mut Draw<'_>) {
    if !draw.percent(15) {
        return;
    }
    let every = 1 + draw.count(8) as u64;
    let rule = rule(RULES[draw.0.next() as usize % RULES.len()]);
    let mut parted = Vec::with_capacity(body.len() * 2);
    for (number, line) in body.drain(..).enumerate() {
        if number > 0 && !line.text.is_empty() && draw.0.next().is_multiple_of(every) {
            parted.push(rule.clone());
        }
        parted.push(line);
    }
    *body = parted;
}

/// Rules as they stand between sections and over footers.
pub(super) const RULES: [&str; 6] = [
    "---",
    "* * *",
    "_______________________________________________",
    "-- ",
    "==========",
    "------------------------",
];

/// A line that is neither main content nor boilerplate.
pub(super) fn rule(text: &str) -> Line {
    Line { text: text.to_owned(), label: None }
}

/// Lines just before the gold, or the first of the page.
fn take_head(mut head: Vec<Line>, draw: &mut Draw<'_>) -> Vec<Line> {
    let count = draw.count(HEAD_LINES).min(head.len());
    if draw.percent(50) { head.split_off(head.len() - count) } else { head[..count].to_vec() }
}

/// Lines just after the gold, the last of the page, some in between, or all.
fn take_tail(tail: Vec<Line>, draw: &mut Draw<'_>) -> Vec<Line> {
    let count = draw.count(TAIL_LINES).min(tail.len());
    let start = match draw.0.next() % 10 {
        0..=3 => 0,
        4..=7 => tail.len() - count,
        8 if tail.len() > count => draw.0.next() as usize % (tail.len() - count),
        _ => return tail,
    };
    tail[start..start + count].to_vec()
}

/// Sometimes a rule stands over the tail, or it is what a flattened table left.
fn decorate(tail: Vec<Line>, draw: &mut Draw<'_>) -> Vec<Line> {
    if tail.is_empty() {
        return tail;
    }
    match draw.0.next() % 20 {
        0..=2 => {
            let mut out = vec![rule(RULES[draw.0.next() as usize % RULES.len()])];
            out.extend(tail);
            out
        }
        3 => {
            let cells = tail
                .into_iter()
                .flat_map(|line| [rule("|"), Line { text: format!("| {} |", line.text), label: line.label }]);
            cells.chain([rule("|")]).collect()
        }
        _ => tail,
    }
}
