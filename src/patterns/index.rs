//! The index of line patterns: for a line's text, ends and inside, the rules that may match it.

use std::cell::OnceCell;

use super::finder::Finder;
use super::plan::{Key, Place, Plan, Trial};
use super::shape::{Bytes, Shape};
use crate::error::{Error, ErrorKind, Result};
use crate::hash::{Bins, Fnv};
use crate::pairs::Pairs;
use crate::rows::{Reader, Rows, part};

/// Bits of a hash by which its place is found: 64 kB of bins, most of them with one hash or two.
const BIN_BITS: u32 = 14;

/// A whole line as it stands in the file: its hash (u64) and the rule (u16) that stands for it.
type Whole = [u8; 8 + 2];

fn whole(hash: u64, rule: u16) -> Whole {
    let ([a, b, c, d, e, f, g, h], [low, high]) = (hash.to_le_bytes(), rule.to_le_bytes());
    [a, b, c, d, e, f, g, h, low, high]
}

fn hash_and_rule(whole: &Whole) -> (u64, u16) {
    let [a, b, c, d, e, f, g, h, low, high] = *whole;
    (u64::from_le_bytes([a, b, c, d, e, f, g, h]), u16::from_le_bytes([low, high]))
}

/// Which rules may match a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    /// Whole lines, sorted by hash and rule.
    whole: Rows<{ size_of::<Whole>() }>,
    bins: Bins,
    /// The beginnings of lines.
    first: Texts,
    /// Beginnings of two bytes and of one, each with the number (u16) of a trial, sorted. With those of one byte are the
    /// trials that ask for no text.
    short: Short<4>,
    shortest: Short<3>,
    /// The ends of lines, backwards.
    last: Texts,
    /// Texts that they hold.
    inside: Texts,
    trials: Trials,
}

/// Texts, each with the number (u16) of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Texts {
    finder: Finder,
    trials: Rows<2>,
}

impl Texts {
    fn new(texts: &[(Key, u16)]) -> Self {
        let trials = texts.iter().map(|(_, trial)| trial.to_le_bytes()).collect();
        Self { finder: Finder::new(texts.iter().map(|(key, _)| key.text())), trials }
    }

    fn trial(&self, text: usize) -> u16 {
        self.trials.get(text).map_or(u16::MAX, |trial| u16::from_le_bytes(*trial))
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Some(Self { finder: Finder::read(reader)?, trials: reader.rows()? })
    }
}

/// The rules that are tried, and the lines on which they are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Trials {
    /// The rule (u16) of each trial.
    rules: Rows<2>,
    shapes: Rows<{ Shape::SIZE }>,
    /// Where the sets of texts of each begin among all, and where those of the last end.
    sets: Rows<4>,
    /// Where the texts of each set begin among all, and where those of the last end.
    starts: Rows<4>,
    needs: Rows<{ Key::SIZE }>,
}

impl Trials {
    fn new(trials: &[(u16, Trial)]) -> Self {
        let sets = || trials.iter().flat_map(|(_, trial)| &trial.needs);
        Self {
            rules: trials.iter().map(|(rule, _)| rule.to_le_bytes()).collect(),
            shapes: trials.iter().map(|(_, trial)| trial.shape.to_row()).collect(),
            sets: starts(trials.iter().map(|(_, trial)| trial.needs.len())),
            starts: starts(sets().map(Vec::len)),
            needs: sets().flatten().copied().map(Key::to_row).collect(),
        }
    }

    /// The rule of a trial.
    fn rule(&self, trial: u16) -> Option<u16> {
        self.rules.get(usize::from(trial)).map(|rule| u16::from_le_bytes(*rule))
    }

    /// Whether a line fits; `held` tells which bytes it holds, `holds` whether a text.
    fn fits(&self, trial: u16, line: &[u8], held: impl FnOnce() -> Bytes, holds: impl Fn(&[u8]) -> bool) -> bool {
        let trial = usize::from(trial);
        let holds_one = |set: usize| {
            let mut needs = self.needs.get(part(&self.starts, set)).unwrap_or_default().iter();
            needs.any(|need| holds(Key::of_row(need).text()))
        };
        self.shapes.get(trial).is_some_and(|shape| Shape::fits(shape, line, held))
            && part(&self.sets, trial).all(holds_one)
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let (rules, shapes) = (reader.rows()?, reader.rows()?);
        let (sets, starts) = (reader.rows()?, reader.rows()?);
        Some(Self { rules, shapes, sets, starts, needs: reader.rows()? })
    }
}

/// Where the parts of a list begin, by their lengths, and where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> Rows<4> {
    let ends = lengths.scan(0, |end, length| {
        *end += length as u32;
        Some(*end)
    });
    std::iter::once(0).chain(ends).map(u32::to_le_bytes).collect()
}

impl Index {
    /// Calls `found` with the rules that may match a line, and whether they are sure to.
    pub(super) fn look(&self, line: &str, mut found: impl FnMut(u16, bool)) {
        let bytes = line.as_bytes();
        self.whole(bytes).for_each(|rule| found(rule, true));
        // Few lines have a text of the index.
        let (held, pairs) = (OnceCell::new(), OnceCell::new());
        let holds = |text: &[u8]| {
            pairs.get_or_init(|| Pairs::of(bytes)).have(text) && memchr::memmem::find(bytes, text).is_some()
        };
        let mut before = None;
        let mut attempt = |trial: u16| {
            if let Some(rule) = self.trials.rule(trial).filter(|rule| before != Some(*rule))
                && self.trials.fits(trial, bytes, || *held.get_or_init(|| Bytes::of(bytes)), holds)
            {
                before = Some(rule);
                found(rule, false);
            }
        };
        self.first.finder.beginning(bytes, |text| attempt(self.first.trial(text)));
        self.short.matching(bytes).for_each(&mut attempt);
        let backwards = Key::backwards(bytes);
        self.last.finder.beginning(backwards.text(), |text| attempt(self.last.trial(text)));
        self.shortest.matching(bytes).for_each(&mut attempt);
        self.inside.finder.each(bytes, |_, text| attempt(self.inside.trial(text)));
    }

    fn whole(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        let hash = hash(line);
        let alike = self.whole.get(self.bins.range(first_half(hash))).unwrap_or_default();
        alike.iter().map(hash_and_rule).filter(move |(known, _)| *known == hash).map(|(_, rule)| rule)
    }

    /// Appends it to a file.
    #[cfg(test)]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        use crate::rows::write;
        write(&self.whole, out);
        write(&self.bins.starts, out);
        for texts in [&self.first, &self.last, &self.inside] {
            texts.finder.write(out);
            write(&texts.trials, out);
        }
        write(&self.short.rows, out);
        write(&self.short.bins.starts, out);
        write(&self.shortest.rows, out);
        write(&self.shortest.bins.starts, out);
        let Trials { rules, shapes, sets, starts, needs } = &self.trials;
        write(rules, out);
        write(shapes, out);
        write(sets, out);
        write(starts, out);
        write(needs, out);
    }

    /// Reads what [`Self::write`] wrote; `None` for a file that is damaged.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let (whole, starts) = (reader.rows()?, reader.rows()?);
        let [first, last, inside] = [Texts::read(reader)?, Texts::read(reader)?, Texts::read(reader)?];
        let (short, shortest) = (Short::read(reader)?, Short::read(reader)?);
        let bins = Bins { bits: BIN_BITS, starts };
        Some(Self { whole, bins, first, short, shortest, last, inside, trials: Trials::read(reader)? })
    }
}

/// Collects what an index is made of.
#[derive(Debug, Default)]
pub(super) struct Builder {
    whole: Vec<(u64, u16)>,
    first: Vec<(Key, u16)>,
    last: Vec<(Key, u16)>,
    inside: Vec<(Key, u16)>,
    everywhere: Vec<u16>,
    trials: Vec<(u16, Trial)>,
}

impl Builder {
    /// Adds a rule.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] where all rules so far together have more alternatives than an index can number.
    pub(super) fn add(&mut self, rule: u16, plan: Plan) -> Result<()> {
        self.whole.extend(plan.whole.iter().map(|text| (hash(text), rule)));
        for (place, keys, fitting) in plan.tried {
            let trial = u16::try_from(self.trials.len()).map_err(|_| {
                Error::new(ErrorKind::Patterns, "pattern table: more than 65536 alternatives that are no text")
            })?;
            self.trials.push((rule, fitting));
            let known = match place {
                Place::First => &mut self.first,
                Place::Last => &mut self.last,
                Place::Inside => &mut self.inside,
                Place::Everywhere => {
                    self.everywhere.push(trial);
                    continue;
                }
            };
            known.extend(keys.into_iter().map(|key| (key, trial)));
        }
        Ok(())
    }

    /// The index of what was added.
    pub(super) fn build(mut self) -> Index {
        self.whole.sort_unstable();
        self.whole.dedup();
        let shortest = self.shortest();
        let (mut short, first): (Vec<_>, Vec<_>) = self.first.into_iter().partition(|(key, _)| key.text().len() <= 2);
        short.sort_unstable();
        let with_trial = |(key, trial): &(Key, u16)| {
            let ([a, b], [low, high]) = (key.text().try_into().ok()?, trial.to_le_bytes());
            Some([a, b, low, high])
        };
        Index {
            bins: Bins::of(BIN_BITS, self.whole.iter().map(|(hash, _)| first_half(*hash))),
            whole: self.whole.iter().map(|(hash, rule)| whole(*hash, *rule)).collect(),
            first: Texts::new(&first),
            short: Short::of(short.iter().filter_map(with_trial).collect()),
            shortest: Short::of(shortest.into()),
            last: Texts::new(&self.last),
            inside: Texts::new(&self.inside),
            trials: Trials::new(&self.trials),
        }
    }

    /// The trials that ask for one byte or none, by the first byte of the lines.
    fn shortest(&self) -> Vec<[u8; 3]> {
        let mut all = Vec::new();
        let mut add = |byte, trial: u16| all.push((byte, trial));
        for (key, trial) in &self.first {
            if let [byte] = key.text() {
                add(*byte, *trial);
            }
        }
        for number in &self.everywhere {
            let Some((_, trial)) = self.trials.get(usize::from(*number)) else { continue };
            (0..=u8::MAX).filter(|byte| trial.shape.first.has(*byte)).for_each(|byte| add(byte, *number));
        }
        all.sort_unstable();
        let rows = all.into_iter().map(|(byte, trial)| {
            let [low, high] = trial.to_le_bytes();
            [byte, low, high]
        });
        rows.collect()
    }
}

/// Rows of a short text and the number (u16) of a trial, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Short<const N: usize> {
    rows: Rows<N>,
    bins: Bins,
}

impl<const N: usize> Short<N> {
    /// Bits of a text by which its rows are found: letters differ in the second of two bytes as well.
    const BITS: u32 = 4 * (N as u32 - 2) + 4;

    fn of(rows: Rows<N>) -> Self {
        let bins = Bins::of(Self::BITS, rows.iter().map(|row| Self::number(row)));
        Self { rows, bins }
    }

    /// The text at the beginning of a row or a line as a number in the order of the texts, zero where there is none so long.
    fn number(text: &[u8]) -> u32 {
        let text = text.get(..N - 2).unwrap_or_default();
        text.iter().rev().fold(0, |number, byte| number >> u8::BITS | u32::from(*byte) << (u32::BITS - u8::BITS))
    }

    /// The trials of all rows whose text begins the line.
    fn matching(&self, line: &[u8]) -> impl Iterator<Item = u16> {
        let number = Self::number(line);
        let alike = self.rows.get(self.bins.range(number)).unwrap_or_default().iter();
        let is_long_enough = line.len() >= N - 2;
        let of_line = alike.filter(move |row| is_long_enough && Self::number(*row) == number);
        of_line.filter_map(|row| row.last_chunk().map(|trial| u16::from_le_bytes(*trial)))
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let (rows, starts) = (reader.rows()?, reader.rows()?);
        Some(Self { rows, bins: Bins { bits: Self::BITS, starts } })
    }
}

fn first_half(hash: u64) -> u32 {
    (hash >> u32::BITS) as u32
}

fn hash(text: &[u8]) -> u64 {
    let mut hash = Fnv::new();
    text.iter().for_each(|byte| hash.byte(*byte));
    hash.finish()
}
