//! The choice in the full text of a page: one run of units.
//!
//! An article stands in one piece between what a page has above and below it, and plain text has nothing else to tell by
//! which units belong together. So the run is chosen that has the best expected F-score; what of it is hardly main content
//! goes, and what is main content in all likelihood stays wherever it stands. Against the likeliest units alone this gains
//! .004 on articles (model card).

use std::ops::Range;

use super::super::decide::{self, Expectation};
use crate::features::best_run;

/// Steps after which a run is good enough; most texts need four.
const STEPS: usize = 30;

/// The probability from which a unit stays outside of the run.
const APART: f32 = 0.6;

/// The share of the main content that a run can be expected to hold. Where the best one holds less, the page is in pieces,
/// such as a thread or a ranking, and the likeliest units stay wherever they stand.
const WHOLE: f32 = 0.6;

/// The units that are kept where recall counts `beta` times as much as precision and what is less likely than `floor` goes.
pub(super) fn choose(probabilities: &[f32], words: &[f32], beta: f32, floor: f32) -> Vec<bool> {
    let run = likeliest_run(probabilities, words, beta);
    let in_run = |(unit, p): (usize, &f32)| *p >= if run.contains(&unit) { floor } else { APART };
    let mut keep: Vec<bool> = probabilities.iter().enumerate().map(in_run).collect();
    let expected = |unit: usize| probabilities[unit] * words[unit];
    let held: f32 = (0..keep.len()).filter(|unit| keep[*unit]).map(expected).sum();
    if held < WHOLE * (0..keep.len()).map(expected).sum::<f32>() {
        let expectation = Expectation::of(probabilities, words);
        let likeliest = decide::choose(probabilities, words, &expectation, beta, floor);
        keep.iter_mut().zip(likeliest).for_each(|(keep, likeliest)| *keep |= likeliest);
    }
    keep
}

/// The run with the best expected F-score, recall counting `beta` times as much as precision: a ratio is largest where its
/// numerator, less that ratio times its denominator, is largest (Dinkelbach 1967), and that is a sum over units.
fn likeliest_run(probabilities: &[f32], words: &[f32], beta: f32) -> Range<usize> {
    let weight = beta * beta;
    let right = |unit: usize| (1.0 + weight) * probabilities[unit] * words[unit];
    let total: f32 = probabilities.iter().zip(words).map(|(p, words)| p * words).sum();
    let (mut best, mut score) = (0..words.len(), 0.0);
    for _ in 0..STEPS {
        let run = best_run((0..words.len()).map(|unit| right(unit) - score * words[unit]));
        let taken: f32 = words[run.clone()].iter().sum();
        let better = run.clone().map(right).sum::<f32>() / (taken + weight * total).max(f32::MIN_POSITIVE);
        if better <= score {
            break;
        }
        (best, score) = (run, better);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{choose, likeliest_run};

    #[test]
    fn the_article_is_one_run_without_what_is_hardly_content_and_with_what_surely_is() {
        let probabilities = [0.7, 0.1, 0.1, 0.8, 0.9, 0.05, 0.8, 0.1, 0.5];
        let words = [5.0, 40.0, 10.0, 50.0, 60.0, 5.0, 50.0, 40.0, 6.0];
        let keep = [true, false, false, true, true, false, true, false, false];
        assert_eq!(choose(&probabilities, &words, 1.0, 0.15), keep);
        // Four posts far apart.
        let posts: Vec<f32> = (0..40).map(|unit| if unit % 10 == 5 { 0.55 } else { 0.02 }).collect();
        let kept = choose(&posts, &[20.0; 40], 1.0, 0.15).iter().filter(|keep| **keep).count();
        assert_eq!((likeliest_run(&posts, &[20.0; 40], 1.0).len(), kept), (1, 4));
        assert_eq!(likeliest_run(&[], &[], 1.0), 0..0);
        assert_eq!(choose(&[0.0, 0.0], &[3.0, 0.0], 1.0, 0.15), [false, false]);
    }

    #[test]
    fn no_other_run_is_expected_to_score_more() {
        let score = |p: &[f32], words: &[f32], run: std::ops::Range<usize>| {
            let sum = |range: std::ops::Range<usize>| range.map(|unit| p[unit] * words[unit]).sum::<f32>();
            2.0 * sum(run.clone()) / (words[run].iter().sum::<f32>() + sum(0..p.len())).max(f32::MIN_POSITIVE)
        };
        let mut state = 7_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from((state >> 16) as u16) / f32::from(u16::MAX)
        };
        for _ in 0..200 {
            let p: Vec<f32> = (0..12).map(|_| random()).collect();
            let words: Vec<f32> = (0..12).map(|_| (random() * 30.0).floor()).collect();
            let runs = (0..12).flat_map(|start| (start..13).map(move |end| start..end));
            let most = runs.map(|run| score(&p, &words, run)).fold(0.0, f32::max);
            assert!(score(&p, &words, likeliest_run(&p, &words, 1.0)) >= most - 1e-5, "{p:?} {words:?}");
        }
    }
}
