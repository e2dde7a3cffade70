//! What is measured of letters beside the words of their bodies: quotes, signatures, and the footers of list managers.
//!
//! Input: a set whose pages are letters. Output: a table with a column for all of them and one for each half of the
//! set; rules are written looking at one half, the figures of the other say what they are worth.

use std::collections::HashMap;
use std::io::Write;

use unboil::{Class, Extraction, Extractor, Family, Options, Quotes, Signatures, render};

use crate::error::Result;
use crate::runner;
use crate::score::{average, overlap, tokens};
use crate::set::{LetterGold, Page, Set};

/// Labels of lines that are signatures, in any of the sets.
const SIGNATURE: [&str; 3] = ["S", "Body/Signature", "Disclaimer"];

/// Labels of lines that count neither way: headers of quoted letters, and what nobody labelled.
const OPEN: [&str; 3] = ["H", "Header", ""];

/// Labels that newsletters have alone; their "S" is a separator, and nobody labelled their signatures.
const NEWSLETTER: [&str; 2] = ["A", "F"];

/// Labelled lines among which a line of the document is looked for.
const WINDOW: usize = 200;

/// The measures, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Measure {
    BodyF1,
    BodyRecall,
    BodyF1WithoutQuotes,
    QuotesF1,
    QuotesRecall,
    AllRecall,
    Footer,
    Untouched,
}

impl Measure {
    const ALL: [Self; 8] = [
        Self::BodyF1,
        Self::BodyRecall,
        Self::BodyF1WithoutQuotes,
        Self::QuotesF1,
        Self::QuotesRecall,
        Self::AllRecall,
        Self::Footer,
        Self::Untouched,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::BodyF1 => "word F1 of the body",
            Self::BodyRecall => "word recall of the body",
            Self::BodyF1WithoutQuotes => "word F1 of the body, --quotes=drop",
            Self::QuotesF1 => "word F1 with quotes, --quotes",
            Self::QuotesRecall => "word recall with quotes, --quotes",
            Self::AllRecall => "word recall of the body, --quotes --signatures",
            Self::Footer => "list footers removed whole",
            Self::Untouched => "letters without a footer untouched, --quotes --signatures",
        }
    }
}

/// The figures of one letter.
#[derive(Debug, Default)]
struct Figures {
    values: Vec<(Measure, f64)>,
    signature: Counts,
}

impl Figures {
    /// Notes a recall, unless the gold has no words: then there is nothing that could be lost.
    fn recall(&mut self, measure: Measure, recall: f64, gold: &str) {
        if !tokens(gold).is_empty() {
            self.values.push((measure, recall));
        }
    }
}

/// Lines of signatures: found, found wrongly, missed.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    /// Precision, recall and F1.
    fn scores(self) -> [f64; 3] {
        let share = |of: usize| if of == 0 { 0.0 } else { self.right as f64 / of as f64 };
        let (precision, recall) = (share(self.right + self.wrong), share(self.right + self.missed));
        [precision, recall, 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)]
    }
}

/// Prints the figures of the letters of a set; nothing for a set without.
pub(crate) fn print(out: &mut dyn Write, set: &Set, jobs: usize) -> Result<()> {
    let letters: Vec<Page> = set.pages.iter().filter(|page| page.letter.is_some()).cloned().collect();
    if letters.is_empty() {
        return Ok(());
    }
    let figures = runner::each(&letters, jobs, figures)?;
    let halves: [Vec<&Figures>; 3] = [
        figures.iter().collect(),
        figures.iter().zip(&letters).filter(|(_, page)| is_first_half(&page.id)).map(|(one, _)| one).collect(),
        figures.iter().zip(&letters).filter(|(_, page)| !is_first_half(&page.id)).map(|(one, _)| one).collect(),
    ];
    let counts: Vec<String> = halves.iter().map(|half| format!("{:>10}", half.len())).collect();
    writeln!(out, "{:<60}{:>10}{:>10}{:>10}", "letters", "all", "looked at", "held out")?;
    writeln!(out, "{:<60}{}", "number", counts.concat())?;
    for measure in Measure::ALL {
        let values = halves.each_ref().map(|half| mean(half, measure));
        if values.iter().any(Option::is_some) {
            let cells: String =
                values.iter().map(|value| value.map_or(format!("{:>10}", "-"), |v| format!("{v:>10.4}"))).collect();
            writeln!(out, "{:<60}{cells}", measure.name())?;
        }
    }
    let signatures = halves.each_ref().map(|half| {
        let mut sum = Counts::default();
        half.iter().for_each(|one| sum.add(one.signature));
        sum
    });
    if signatures[0].right + signatures[0].missed > 0 {
        for (place, name) in ["precision", "recall", "F1"].into_iter().enumerate() {
            let cells: String = signatures.iter().map(|counts| format!("{:>10.4}", counts.scores()[place])).collect();
            writeln!(out, "{:<60}{cells}", format!("signature lines, {name}, --quotes"))?;
        }
    }
    Ok(())
}

/// The half that rules may be written for: that of the even hashes (FNV-1a, 64 bit).
fn is_first_half(id: &str) -> bool {
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash & 1 == 0
}

fn mean(figures: &[&Figures], measure: Measure) -> Option<f64> {
    let values: Vec<f64> =
        figures.iter().flat_map(|one| &one.values).filter(|(of, _)| *of == measure).map(|(_, value)| *value).collect();
    (!values.is_empty()).then(|| average(values.into_iter()))
}

fn figures(page: &Page) -> Result<Figures> {
    let mut figures = Figures::default();
    let Some(gold) = &page.letter else { return Ok(figures) };
    let record = page.record()?;
    let run = |quotes: Quotes, signatures: Signatures| {
        Extractor::new(Options::default().quotes(quotes).signatures(signatures)).extract(&record)
    };
    let text = |extraction: &Extraction<'_>| String::from_utf8_lossy(&render::text(extraction)).into_owned();
    let default = overlap(&text(&run(Quotes::Context, Signatures::Drop)), &page.body);
    let bare = overlap(&text(&run(Quotes::Drop, Signatures::Drop)), &page.body);
    figures.values.extend([(Measure::BodyF1, default.2), (Measure::BodyF1WithoutQuotes, bare.2)]);
    figures.recall(Measure::BodyRecall, default.1, &page.body);
    let quoted = run(Quotes::Keep, Signatures::Drop);
    if let Some(with_quotes) = &gold.with_quotes {
        let (_, recall, f1) = overlap(&text(&quoted), with_quotes);
        figures.values.push((Measure::QuotesF1, f1));
        figures.recall(Measure::QuotesRecall, recall, with_quotes);
    } else if !gold.lines.is_empty() {
        figures.recall(Measure::QuotesRecall, overlap(&text(&quoted), &page.body).1, &page.body);
    }
    figures.signature = signature(&quoted, gold);
    if let Some(footer) = &gold.footer {
        let all = run(Quotes::Keep, Signatures::Keep);
        let kept = text(&all);
        figures.recall(Measure::AllRecall, overlap(&kept, &page.body).1, &page.body);
        if footer.trim().is_empty() {
            let untouched = all.verdicts.iter().all(|verdict| verdict.keep);
            figures.values.push((Measure::Untouched, f64::from(untouched)));
        } else {
            figures.values.push((Measure::Footer, f64::from(is_gone(footer, &kept, &page.body))));
        }
    }
    Ok(figures)
}

/// Whether no line of a footer stands in the output more often than in the body.
fn is_gone(footer: &str, output: &str, body: &str) -> bool {
    let (output, body) = (lines(output), lines(body));
    lines(footer).keys().all(|line| output.get(line).unwrap_or(&0) <= body.get(line).unwrap_or(&0))
}

fn lines(text: &str) -> HashMap<&str, usize> {
    let mut lines = HashMap::new();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| *lines.entry(line).or_default() += 1);
    lines
}

/// Counts the lines that were dropped as a signature or a disclaimer against those that are labelled so.
fn signature(extraction: &Extraction<'_>, gold: &LetterGold) -> Counts {
    let mut counts = Counts::default();
    if gold.lines.iter().any(|(label, _)| NEWSLETTER.contains(&label.as_str())) {
        return counts;
    }
    let words = |text: &str| text.split_whitespace().collect::<String>();
    let labels: Vec<(&str, String)> = gold.lines.iter().map(|(label, text)| (label.as_str(), words(text))).collect();
    let mut next = 0;
    for (block, verdict) in extraction.document.blocks.iter().zip(&extraction.verdicts) {
        let text = words(&block.text);
        let found = labels.iter().enumerate().skip(next).take(WINDOW).find(|(_, (_, line))| *line == text);
        let Some((place, (label, _))) = found else { continue };
        next = place + 1;
        if OPEN.contains(label) {
            continue;
        }
        let family = match verdict.class {
            Class::Boilerplate(family) => family,
            _ => None,
        };
        let dropped = !verdict.keep && family != Some(Family::Quote);
        match (SIGNATURE.contains(label), dropped) {
            (true, true) => counts.right += 1,
            (false, true) => counts.wrong += 1,
            (true, false) => counts.missed += 1,
            (false, false) => {}
        }
    }
    counts
}
