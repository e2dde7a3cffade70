//! Calibration: the F1 that was measured where some F1 was expected, as a line of few points that rises.
//!
//! Input: pairs of expected and measured F1, one a page. Output: the points, and how far expectations are off. The points
//! are the means of equally many pages each, in order of what was expected; where they would fall, neighbours are joined
//! (isotonic regression by pool-adjacent-violators; Ayer et al. 1955).

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Result, at};

/// Points of the line, at most: each is the mean of some 100 pages of the development sets.
const POINTS: usize = 16;

/// Bins of equal width in which the calibration error is measured.
const BINS: usize = 10;

/// One page: the F1 that was expected and the one that was measured.
pub(crate) type Pair = (f32, f32);

/// The points of the line.
pub(crate) fn fit(pairs: &[Pair]) -> Vec<Pair> {
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = sorted.len().div_ceil(POINTS).max(1);
    let mut pools: Vec<(f32, f32, f32)> = Vec::new();
    for chunk in sorted.chunks(size) {
        let sum = chunk.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        let mut pool = (sum.0, sum.1, chunk.len() as f32);
        while let Some(last) =
            pools.pop_if(|last| last.1 / last.2 > pool.1 / pool.2 || last.0 / last.2 >= pool.0 / pool.2)
        {
            pool = (last.0 + pool.0, last.1 + pool.1, last.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.into_iter().map(|(expected, measured, pages)| (expected / pages, measured / pages)).collect()
}

/// The mean distance of confidence and F1 over bins of equal width, each by its share of the pages (expected calibration
/// error; Guo et al. 2017).
pub(crate) fn error(pairs: &[Pair]) -> f32 {
    let mut bins = [(0.0_f32, 0.0_f32); BINS];
    for (expected, measured) in pairs {
        let bin = ((expected * BINS as f32) as usize).min(BINS - 1);
        bins[bin].0 += expected;
        bins[bin].1 += measured;
    }
    bins.iter().map(|(expected, measured)| (expected - measured).abs()).sum::<f32>() / pairs.len().max(1) as f32
}

/// Prints how well confidence tells F1: the calibration error, and the F1 of the pages with the least confidence.
pub(crate) fn print(out: &mut dyn Write, pairs: &[Pair]) -> Result<()> {
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (least, rest) = sorted.split_at(sorted.len() / 10);
    let mean = |pairs: &[Pair]| pairs.iter().map(|pair| pair.1).sum::<f32>() / pairs.len().max(1) as f32;
    let pages = pairs.len();
    writeln!(out, "confidence of {pages} pages: calibration error {:.4}", error(pairs))?;
    writeln!(out, "F1 of the tenth with least confidence {:.4}, of the rest {:.4}", mean(least), mean(rest))?;
    Ok(())
}

/// Writes the points, one a line.
pub(crate) fn write(path: &Path, points: &[Pair]) -> Result<()> {
    let lines: Vec<String> =
        points.iter().map(|(expected, measured)| format!("{expected:.5}\t{measured:.5}\n")).collect();
    fs::write(path, lines.concat()).map_err(|error| at(path.display(), error))
}

/// Reads points that [`write`] wrote.
pub(crate) fn read(path: &Path) -> Result<Vec<Pair>> {
    let text = fs::read_to_string(path).map_err(|error| at(path.display(), error))?;
    let point = |(number, line): (usize, &str)| -> Result<Pair> {
        let place = || format!("{}:{}", path.display(), number + 1);
        let (expected, measured) =
            line.split_once('\t').ok_or_else(|| at(place(), "two numbers and a tab between them"))?;
        let number = |text: &str| text.parse().map_err(|error| at(place(), error));
        Ok((number(expected)?, number(measured)?))
    };
    text.lines().enumerate().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::{error, fit};

    #[test]
    fn the_line_rises_and_joins_what_would_fall() {
        let pairs: Vec<(f32, f32)> =
            (0..160).map(|page| (page as f32 / 160.0, if page < 80 { 0.25 } else { 0.75 })).collect();
        let points = fit(&pairs);
        assert!(points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "{points:?}");
        let falling: Vec<(f32, f32)> = pairs.iter().map(|(expected, measured)| (*expected, 1.0 - measured)).collect();
        assert_eq!(fit(&falling), [(79.5 / 160.0, 0.5)]);
        assert_eq!(fit(&[]), []);
    }

    #[test]
    fn the_error_is_the_distance_of_the_means_of_each_bin() {
        assert_eq!(error(&[(0.9, 1.0), (0.9, 0.8)]), 0.0);
        assert!((error(&[(0.95, 0.45), (0.15, 0.15)]) - 0.25).abs() < 1e-6);
        assert_eq!(error(&[]), 0.0);
    }
}
