//! Two evaluations of the same pages, page against page: by how much F1 moved, and whether that could be chance.
//!
//! The differences are paired, because pages differ from each other far more than two extractors differ on one page.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::groups::{Group, groups};
use crate::page_file::Row;
use crate::score::{Measure, average};

/// Resamples of the bootstrap: the ends of a 95 % interval then rest on 50 resamples each.
const RESAMPLES: usize = 2000;

/// Of the bootstrap, so that the same files give the same interval.
const SEED: u64 = 20_260_214;

/// How many pages are listed that rose most, and as many that fell most.
const LISTED: usize = 10;

/// One page in both evaluations.
#[derive(Debug)]
struct Pair {
    row: Row,
    before: f64,
    after: f64,
}

impl Pair {
    fn moved(&self) -> f64 {
        self.after - self.before
    }
}

/// The paired difference of a group of pages.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Difference {
    mean: f64,
    /// Standard error of the mean; 0 for a single page, of which nothing can be said.
    error: f64,
    /// Ends of the 95 % interval.
    low: f64,
    high: f64,
}

/// Compares two evaluations and prints, for each set, the difference of F1 by group, and then the pages that moved
/// most.
pub(crate) fn print(out: &mut dyn Write, before: Vec<Row>, after: &[Row]) -> io::Result<()> {
    let (pairs, alone) = pair(before, after);
    if alone > 0 {
        writeln!(out, "{alone} pages are in one of the two only and are left out")?;
    }
    for set in sets(&pairs) {
        let pairs: Vec<&Pair> = pairs.iter().filter(|pair| pair.row.set == set).collect();
        writeln!(out, "{set}: F1, the second less the first, with standard error and 95 % interval")?;
        print_groups(out, &pairs)?;
    }
    let mut moved: Vec<&Pair> = pairs.iter().filter(|pair| pair.moved() != 0.0).collect();
    moved.sort_by(|a, b| a.moved().total_cmp(&b.moved()));
    let fell = moved.iter().copied().filter(|pair| pair.moved() < 0.0);
    let rose = moved.iter().copied().rev().filter(|pair| pair.moved() > 0.0);
    writeln!(
        out,
        "{} of {} pages moved: {} rose, {} fell",
        moved.len(),
        pairs.len(),
        rose.clone().count(),
        fell.clone().count()
    )?;
    print_pages(out, "fell most", fell.take(LISTED))?;
    print_pages(out, "rose most", rose.take(LISTED))
}

/// The pages of both, in the order of the first, and how many are in one only.
fn pair(before: Vec<Row>, after: &[Row]) -> (Vec<Pair>, usize) {
    let f1 = |row: &Row| row.score.get(Measure::F1);
    let places: HashMap<(&str, &str), &Row> = after.iter().map(|row| ((&*row.set, &*row.id), row)).collect();
    let total = before.len() + after.len();
    let pairs: Vec<Pair> = before
        .into_iter()
        .filter_map(|row| {
            let after = f1(places.get(&(&*row.set, &*row.id))?);
            Some(Pair { before: f1(&row), after, row })
        })
        .collect();
    let alone = total - 2 * pairs.len();
    (pairs, alone)
}

fn sets(pairs: &[Pair]) -> Vec<&str> {
    let mut sets: Vec<&str> = Vec::new();
    for pair in pairs {
        if !sets.contains(&&*pair.row.set) {
            sets.push(&pair.row.set);
        }
    }
    sets
}

fn print_groups(out: &mut dyn Write, pairs: &[&Pair]) -> io::Result<()> {
    writeln!(
        out,
        "{:<16}{:>6}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "group", "pages", "first", "second", "moved", "error", "low", "high"
    )?;
    for Group { key, pages } in groups(pairs.iter().map(|pair| &pair.row.labels)) {
        let of = |value: fn(&Pair) -> f64| pages.iter().map(move |&page| value(pairs[page]));
        let moves: Vec<f64> = of(Pair::moved).collect();
        let Difference { mean, error, low, high } = difference(&moves);
        let (before, after) = (average(of(|pair| pair.before)), average(of(|pair| pair.after)));
        writeln!(
            out,
            "{key:<16}{:>6}{before:>9.4}{after:>9.4}{mean:>+9.4}{error:>9.4}{low:>+9.4}{high:>+9.4}",
            pages.len()
        )?;
    }
    Ok(())
}

fn print_pages<'a>(out: &mut dyn Write, title: &str, pairs: impl Iterator<Item = &'a Pair>) -> io::Result<()> {
    writeln!(out, "{title}:")?;
    for pair in pairs {
        let Row { set, id, labels, .. } = &pair.row;
        let label = |label: &Option<String>| label.clone().unwrap_or_else(|| "-".to_owned());
        let (page_type, lang) = (label(&labels.page_type), label(&labels.lang));
        let (before, after, moved) = (pair.before, pair.after, pair.moved());
        writeln!(out, "  {moved:>+8.4}  {before:.4} -> {after:.4}  {set} {page_type} {lang} {id}")?;
    }
    Ok(())
}

/// Mean, standard error and percentile bootstrap of paired differences; none of them may be empty.
fn difference(moves: &[f64]) -> Difference {
    let count = moves.len() as f64;
    let mean = average(moves.iter().copied());
    let spread = average(moves.iter().map(|moved| (moved - mean).powi(2)));
    let error = if moves.len() < 2 { 0.0 } else { (spread / (count - 1.0)).sqrt() };
    let (low, high) = interval(moves);
    Difference { mean, error, low, high }
}

fn interval(moves: &[f64]) -> (f64, f64) {
    let mut random = SplitMix64(SEED);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| moves.iter().map(|_| moves[random.below(moves.len())]).sum::<f64>() / moves.len() as f64)
        .collect();
    means.sort_by(f64::total_cmp);
    let tail = RESAMPLES / 40;
    (means[tail - 1], means[RESAMPLES - tail])
}

/// The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
#[derive(Debug)]
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; its bias, `bound` in 2^64, is far below what is printed.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::Labels;
    use crate::score::Score;

    fn row(id: &str, page_type: &str, f1: f64) -> Row {
        let labels = Labels { page_type: Some(page_type.to_owned()), lang: None };
        Row { set: "set".to_owned(), id: id.to_owned(), labels, score: Score([0.0, 0.0, f1, 0.0, 0.0, 0.0]) }
    }

    #[test]
    fn the_generator_gives_the_published_sequence_of_seed_1234567() {
        let mut random = SplitMix64(1_234_567);
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
        ];
        assert_eq!(expected.map(|_| random.next()), expected);
    }

    #[test]
    fn equal_differences_have_no_error_and_a_point_for_an_interval() {
        assert_eq!(difference(&[0.25; 8]), Difference { mean: 0.25, error: 0.0, low: 0.25, high: 0.25 });
        assert_eq!(difference(&[-0.5]), Difference { mean: -0.5, error: 0.0, low: -0.5, high: -0.5 });
    }

    #[test]
    fn the_interval_is_near_two_standard_errors_wide_on_either_side() {
        let moves: Vec<f64> = (0..400).map(|page| if page % 2 == 0 { 0.1 } else { -0.1 }).collect();
        let Difference { mean, error, low, high } = difference(&moves);
        assert!(mean.abs() < 1e-12, "{mean}");
        assert!((error - 0.1 / 399_f64.sqrt()).abs() < 1e-12, "{error}");
        // The 2.5 % quantile of 2000 normal resamples has itself a standard error of 0.06 of theirs; the sums of these
        // moves lie 0.1 of it apart.
        let slack = (3.0 * 0.06 + 0.1) * error;
        assert!((low + 1.96 * error).abs() < slack, "{low} against {error}");
        assert!((high - 1.96 * error).abs() < slack, "{high} against {error}");
    }

    #[test]
    fn the_report_pairs_pages_by_id_and_lists_what_moved() -> io::Result<()> {
        let before =
            vec![row("a", "article", 0.5), row("b", "forum", 0.5), row("c", "article", 0.5), row("x", "forum", 1.0)];
        let after = [row("c", "article", 0.5), row("b", "forum", 0.25), row("a", "article", 1.0)];
        let mut out = Vec::new();
        print(&mut out, before, &after)?;
        let expected = "\
1 pages are in one of the two only and are left out
set: F1, the second less the first, with standard error and 95 % interval
group            pages    first   second    moved    error      low     high
all                  3   0.5000   0.5833  +0.0833   0.2205  -0.2500  +0.5000
article              2   0.5000   0.7500  +0.2500   0.2500  +0.0000  +0.5000
forum                1   0.5000   0.2500  -0.2500   0.0000  -0.2500  -0.2500
2 of 3 pages moved: 1 rose, 1 fell
fell most:
   -0.2500  0.5000 -> 0.2500  set forum - b
rose most:
   +0.5000  0.5000 -> 1.0000  set article - a
";
        assert_eq!(String::from_utf8_lossy(&out), expected);
        Ok(())
    }
}
