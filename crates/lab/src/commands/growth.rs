//! `lab growth`: whether documents made to cost much cost more than in proportion to their length, counted in instructions,
//! which no other work on the machine changes.
//!
//! Each bomb of the file is a unit that is repeated. The command is run on it with N, 2 N and 4 N of them under valgrind, and
//! what the last 2 N cost is held against what the N before them cost: 2 where the work is linear, 4 where it is quadratic.
//! What any document costs, such as the start, drops out.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Outcome;
use crate::error::{Error, Result, at};

/// Arguments of `lab growth`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One bomb a line, as in corpus/bombs.jsonl
    #[arg(value_name = "BOMBS.jsonl")]
    bombs: PathBuf,
    /// Units of the shortest document
    #[arg(long, value_name = "N", default_value_t = 1000)]
    units: usize,
    /// Only the bombs whose name holds this
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Exit with 1 if twice as many more units cost more than so many times the instructions
    #[arg(long, value_name = "RATIO", default_value_t = 2.5)]
    most: f64,
}

/// A document that is made by repetition: of a unit, or of two so that each of the one meets each of the other.
#[derive(Debug)]
struct Bomb {
    name: String,
    /// The format, as the command knows it.
    kind: String,
    first: String,
    /// What is repeated right behind the first text, and what stands between that and the unit; empty for most.
    head: String,
    between: String,
    unit: String,
    last: String,
}

impl Bomb {
    /// A line of the file.
    fn read(line: &str) -> Result<Self> {
        let fields: Value = serde_json::from_str(line)?;
        let field = |name: &str| fields[name].as_str().map(str::to_owned).ok_or_else(|| format!("no text `{name}`"));
        let other = |name: &str| fields[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            name: field("name")?,
            kind: field("kind")?,
            first: field("first")?,
            head: other("head"),
            between: other("between"),
            unit: field("unit")?,
            last: field("last")?,
        })
    }

    fn document(&self, units: usize) -> String {
        let (head, unit) = (self.head.repeat(units), self.unit.repeat(units));
        [&self.first, &head, &self.between, &unit, &self.last].map(String::as_str).concat()
    }
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let unboil = std::env::current_exe()?.with_file_name("unboil");
        if !unboil.exists() {
            return Err(at(unboil.display(), "not there: build the workspace first"));
        }
        let bombs = std::fs::read_to_string(&self.bombs).map_err(|error| at(self.bombs.display(), error))?;
        writeln!(out, "{:<26}{:>6}{:>12}{:>16}{:>8}", "bomb", "kind", "bytes", "instructions", "growth")?;
        let mut outcome = Outcome::Done;
        for line in bombs.lines() {
            let bomb = Bomb::read(line).map_err(|error| at(self.bombs.display(), error))?;
            if !bomb.name.contains(&self.only) {
                continue;
            }
            let document = bomb.document(4 * self.units);
            let count = |document: &str| instructions(&unboil, &bomb.kind, document);
            let (once, twice) = (count(&bomb.document(self.units))?, count(&bomb.document(2 * self.units))?);
            let four_times = count(&document)?;
            let growth = growth(once, twice, four_times);
            let Bomb { name, kind, .. } = &bomb;
            writeln!(out, "{name:<26}{kind:>6}{:>12}{four_times:>16}{growth:>8.2}", document.len())?;
            out.flush()?;
            if growth > self.most {
                outcome = Outcome::BelowFloor;
            }
        }
        Ok(outcome)
    }
}

/// How many times as much the last two quarters of the longest document cost as the one before them; 1 where neither costs
/// anything.
fn growth(once: u64, twice: u64, four_times: u64) -> f64 {
    let cost = |less: u64, more: u64| more.saturating_sub(less).max(1) as f64;
    cost(twice, four_times) / cost(once, twice)
}

/// The instructions that the command executes on a document.
fn instructions(unboil: &Path, kind: &str, document: &str) -> Result<u64> {
    let file = std::env::temp_dir().join(format!("unboil-growth-{}", std::process::id()));
    std::fs::write(&file, document)?;
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(unboil)
        .args(["--from", kind, "-j", "1"])
        .arg(&file)
        .output()
        .map_err(|error| at("valgrind", error));
    std::fs::remove_file(&file)?;
    counted(&String::from_utf8_lossy(&run?.stderr))
}

/// The number in `Collected : N`.
fn counted(report: &str) -> Result<u64> {
    let number = report.lines().find_map(|line| line.split_once("Collected : "));
    let number = number.and_then(|(_, number)| number.trim().parse().ok());
    number
        .ok_or_else(|| Error::from(format!("valgrind counted nothing: {}", report.lines().last().unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::{Bomb, counted, growth};

    #[test]
    fn what_every_document_costs_does_not_count() {
        assert_eq!((growth(1100, 1200, 1400), growth(1100, 1400, 2600), growth(7, 7, 7)), (2.0, 4.0, 1.0));
        assert_eq!(counted("==7== \n==7== Collected : 1200\n").expect("a number"), 1200);
        assert!(counted("valgrind: no such file").is_err());
    }

    #[test]
    fn the_bombs_of_the_corpus_can_be_read() {
        let bombs = include_str!("../../../../corpus/bombs.jsonl");
        for line in bombs.lines() {
            let bomb = Bomb::read(line).expect("a bomb");
            assert!(!bomb.unit.is_empty() && bomb.document(2).contains(&bomb.unit.repeat(2)), "{}", bomb.name);
        }
    }
}
