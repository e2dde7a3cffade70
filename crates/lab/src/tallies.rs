//! Counts over many texts: words of main content lost, words of boilerplate gone, texts unchanged; and lines of letters by
//! their labels.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::score::tokens;
use crate::worlds::Line;

/// What became of one text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    body: u32,
    body_lost: u32,
    head: u32,
    head_gone: u32,
    tail: u32,
    tail_gone: u32,
    unchanged: bool,
    stable: bool,
}

impl Tally {
    /// Counts the words of labelled lines, and whether cleaning changed the text, and cleaning it again.
    pub(crate) fn of(lines: &[Line], kept: &[bool], unchanged: bool, stable: bool) -> Self {
        let mut tally = Self { unchanged, stable, ..Self::default() };
        let last = lines.iter().rposition(|line| line.label == Some(1.0)).unwrap_or(0);
        for (number, (line, kept)) in lines.iter().zip(kept).enumerate() {
            let words = tokens(&line.text.to_lowercase()).len() as u32;
            let gone = if *kept { 0 } else { words };
            let (all, lost) = match line.label {
                Some(1.0) => (&mut tally.body, &mut tally.body_lost),
                Some(_) if number > last => (&mut tally.tail, &mut tally.tail_gone),
                Some(_) => (&mut tally.head, &mut tally.head_gone),
                None => continue,
            };
            *all += words;
            *lost += gone;
        }
        tally
    }

    /// Prints the sums.
    pub(crate) fn print(out: &mut dyn Write, tallies: &[&Self]) -> io::Result<()> {
        let sum = |of: fn(&Self) -> u32| tallies.iter().map(|tally| u64::from(of(tally))).sum::<u64>();
        let share = |part: u64, all: u64| if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 };
        let count = |of: fn(&Self) -> bool| tallies.iter().filter(|tally| of(tally)).count() as u64;
        let texts = tallies.len() as u64;
        let body = sum(|tally| tally.body);
        if body > 0 {
            let lost = share(sum(|tally| tally.body_lost), body);
            write!(out, "body words lost {lost:.3} %, ")?;
            for (name, all, gone) in [
                ("head", sum(|tally| tally.head), sum(|tally| tally.head_gone)),
                ("tail", sum(|tally| tally.tail), sum(|tally| tally.tail_gone)),
            ] {
                if all > 0 {
                    write!(out, "{name} words gone {:.2} % of {all}, ", share(gone, all))?;
                }
            }
            let whole = count(|tally| tally.body_lost == 0);
            write!(out, "body whole in {:.2} %, ", share(whole, texts))?;
        }
        let (unchanged, stable) = (count(|tally| tally.unchanged), count(|tally| tally.stable));
        writeln!(
            out,
            "unchanged {:.2} %, cleaning again changes {:.2} % of {texts}\n",
            share(unchanged, texts),
            100.0 - share(stable, texts)
        )
    }
}

/// Lines of a letter: by label, how many there are and how many were kept.
#[derive(Debug, Default)]
pub(crate) struct LetterTally {
    by_label: BTreeMap<String, (u32, u32)>,
}

impl LetterTally {
    /// Counts lines; where they have no labels by name, body and footer.
    pub(crate) fn of(lines: &[Line], labels: &[(String, String)], kept: &[bool]) -> Self {
        let mut tally = Self::default();
        for (number, (line, kept)) in lines.iter().zip(kept).enumerate() {
            if line.text.trim().is_empty() {
                continue;
            }
            let name = match labels.get(number) {
                Some((label, _)) => label.as_str(),
                None if line.label == Some(1.0) => "B",
                None => "F",
            };
            let (all, stay) = tally.by_label.entry(name.to_owned()).or_default();
            *all += 1;
            *stay += u32::from(*kept);
        }
        tally
    }

    /// Prints the lines kept by label, and precision, recall and F1 of the body against the rest.
    pub(crate) fn print(out: &mut dyn Write, tallies: &[Self]) -> io::Result<()> {
        let mut total: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for (label, (all, kept)) in tallies.iter().flat_map(|tally| &tally.by_label) {
            let entry = total.entry(label).or_default();
            *entry = (entry.0 + all, entry.1 + kept);
        }
        for (label, (all, kept)) in &total {
            writeln!(out, "{label:<4} {kept:>6} of {all:>6} lines kept")?;
        }
        let (body, body_kept) = total.get("B").copied().unwrap_or_default();
        let kept: u32 = total.values().map(|(_, kept)| kept).sum();
        let (precision, recall) = (ratio(body_kept, kept), ratio(body_kept, body));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        writeln!(out, "lines of body: P {precision:.4}  R {recall:.4}  F1 {f1:.4}\n")
    }
}

fn ratio(part: u32, all: u32) -> f64 {
    f64::from(part) / f64::from(all.max(1))
}
