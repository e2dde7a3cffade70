//! From probabilities to a choice of blocks: what is the same for every kind of document and every model.

use crate::hash::KeyMap;
use crate::model::{Aim, Model};
use crate::options::Mode;

/// Words from which an identical block counts as a repetition; shorter ones repeat by nature. Six cost documentation
/// .006 of F1, twelve .004 (design study, section 5), and code and tables are exempt.
pub(super) const REPEATED_WORDS: f32 = 12.0;

/// The share of a paragraph in sentences that patterns name firmly, from which it cites no footer but is one.
pub(super) const FOOTER_SHARE: f32 = 0.4;

/// Marks every block whose text stood in an earlier block. `key` is `None` for blocks that may repeat.
pub(super) fn repeated(blocks: usize, key: impl Fn(usize) -> Option<u64>) -> Vec<Option<usize>> {
    let mut first: KeyMap<u64, usize> = KeyMap::default();
    let earlier = |block| {
        let first = *first.entry(key(block)?).or_insert(block);
        (first != block).then_some(first)
    };
    (0..blocks).map(earlier).collect()
}

/// The score of a block that repeats an earlier one.
const REPETITION: f32 = -8.0;

/// The first of several identical blocks gets the best of their scores, the others go.
pub(super) fn take_over_best(scores: &mut [f32], repeats: &[Option<usize>]) {
    for (block, first) in repeats.iter().enumerate() {
        if let Some(first) = first {
            scores[*first] = scores[*first].max(scores[block]);
            scores[block] = REPETITION;
        }
    }
}

/// How much the blocks of a page stand and fall together: 0 if each is right or wrong on its own, 1 if all that are more
/// likely main content than some point are, and no others. Between the two as measured: it costs mixed pages nothing and
/// gains .007 on old Russian press, where many teasers of the same doubtful kind are all wrong at once.
const TOGETHER: f32 = 0.3;

/// Points at which the blocks that stand and fall together are parted.
const POINTS: usize = 32;

/// What a choice of blocks can be expected to score.
#[derive(Debug)]
pub(super) struct Expectation {
    /// Expected words of main content on the page.
    right: f32,
    /// For each point the words of all blocks that are more likely than it.
    likelier: [f32; POINTS],
}

impl Expectation {
    /// What is expected of blocks with these probabilities and words.
    pub(super) fn of(probabilities: &[f32], words: &[f32]) -> Self {
        let mut likelier = [0.0; POINTS];
        for (p, words) in probabilities.iter().zip(words) {
            let below = (p * POINTS as f32).round() as usize;
            likelier.iter_mut().take(below).for_each(|sum| *sum += words);
        }
        let right = probabilities.iter().zip(words).map(|(p, words)| p * words).sum();
        Self { right, likelier }
    }

    /// The expected F-score, recall counting `beta` times as much as precision, of the likeliest blocks that together
    /// have `taken` words, of which `right` are expected to be main content.
    fn of_likeliest(&self, taken: f32, right: f32, beta: f32) -> f32 {
        self.mixed(taken, right, beta, |gold, _| gold.min(taken))
    }

    /// The expected F1 of some of the blocks: `chosen` is what is expected of them alone, `taken` their words.
    fn of_some(&self, taken: f32, chosen: &Self) -> f32 {
        self.mixed(taken, chosen.right, 1.0, |_, point| chosen.likelier[point])
    }

    /// `common` gives the words of main content among `taken` where blocks are parted at a point, from the main content
    /// there is then and the point.
    fn mixed(&self, taken: f32, right: f32, beta: f32, common: impl Fn(f32, usize) -> f32) -> f32 {
        let weight = beta * beta;
        let score = |common: f32, gold: f32| (1.0 + weight) * common / (taken + weight * gold).max(f32::MIN_POSITIVE);
        let parted = self.likelier.iter().enumerate().map(|(point, gold)| score(common(*gold, point), *gold));
        let together = parted.sum::<f32>() / POINTS as f32;
        (1.0 - TOGETHER) * score(right, self.right) + TOGETHER * together
    }
}

/// The choice with the best expected F-score: of the blocks in order of their probability, the best beginning. (With
/// blocks that are right independently of each other it is the optimum: design study, section 5.)
fn likeliest(probabilities: &[f32], words: &[f32], expectation: &Expectation, beta: f32) -> Vec<bool> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]));
    let (mut right, mut taken, mut best, mut length) = (0.0, 0.0, 0.0, 0);
    for (rank, block) in order.iter().enumerate() {
        right += probabilities[*block] * words[*block];
        taken += words[*block];
        let score = expectation.of_likeliest(taken, right, beta);
        if score > best {
            (best, length) = (score, rank + 1);
        }
    }
    let mut keep = vec![false; probabilities.len()];
    order.iter().take(length).for_each(|block| keep[*block] = true);
    keep
}

/// Of what each mode has one of, in the order of precision, balance and recall, the one of a mode.
pub(super) fn of_mode<T: Copy>(values: [T; 3], mode: Mode) -> T {
    let [precision, balanced, recall] = values;
    match mode {
        Mode::Precision => precision,
        Mode::Balanced => balanced,
        Mode::Recall => recall,
    }
}

/// What a mode aims at.
pub(super) fn aim(model: &Model, mode: Mode) -> Aim {
    of_mode(model.parts().aims, mode)
}

/// The [`likeliest`] blocks, less those that are less likely than `floor`.
pub(super) fn choose(
    probabilities: &[f32],
    words: &[f32],
    expectation: &Expectation,
    beta: f32,
    floor: f32,
) -> Vec<bool> {
    let best = likeliest(probabilities, words, expectation, beta);
    best.iter().zip(probabilities).map(|(best, p)| *best && *p >= floor).collect()
}

/// The F1 that can be expected of a choice, 0..1. Of an empty one: how likely the page has no main content.
pub(super) fn expected_f1(keep: &[bool], probabilities: &[f32], words: &[f32], expectation: &Expectation) -> f32 {
    let kept = || keep.iter().zip(probabilities.iter().zip(words)).filter(|(keep, _)| **keep).map(|(_, block)| block);
    if !keep.contains(&true) {
        return 1.0 - probabilities.iter().copied().fold(0.0, f32::max);
    }
    let (probabilities_kept, words_kept): (Vec<f32>, Vec<f32>) = kept().unzip();
    let chosen = Expectation::of(&probabilities_kept, &words_kept);
    expectation.of_some(words_kept.iter().sum(), &chosen).clamp(0.0, 1.0)
}

/// The value at `x` of a line through points that rise in both; level beyond its ends. `None` without points.
pub(super) fn along(line: &[(f32, f32)], x: f32) -> Option<f32> {
    let (first, last) = (line.first()?, line.last()?);
    let next = line.partition_point(|point| point.0 < x);
    let (Some(before), Some(after)) = (next.checked_sub(1).and_then(|at| line.get(at)), line.get(next)) else {
        return Some(if next == 0 { first.1 } else { last.1 });
    };
    Some(before.1 + (after.1 - before.1) * (x - before.0) / (after.0 - before.0))
}

/// The block that holds more than half of the page's prose although it is about to be dropped: one rule or one score
/// must not remove the page.
pub(super) fn majority(keep: &[bool], prose: impl Fn(usize) -> f32) -> Option<usize> {
    let total: f32 = (0..keep.len()).map(&prose).sum();
    (0..keep.len()).find(|block| !keep[*block] && prose(*block) * 2.0 > total)
}

/// Whether there may be such a block, where it is known how much prose each has at most and at least.
pub(super) fn may_have_majority(keep: &[bool], most: impl Fn(usize) -> f32, least: impl Fn(usize) -> f32) -> bool {
    let total: f32 = (0..keep.len()).map(least).sum();
    (0..keep.len()).any(|block| !keep[block] && most(block) * 2.0 > total)
}

/// The probability that belongs to log-odds.
pub(super) fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::{Expectation, TOGETHER, along, expected_f1, likeliest, majority, may_have_majority, repeated};

    #[test]
    fn doubtful_blocks_are_kept_only_where_they_raise_the_expected_score() {
        let check = |probabilities: &[f32], words: &[f32], beta: f32, keep: &[bool]| {
            let expectation = Expectation::of(probabilities, words);
            assert_eq!(likeliest(probabilities, words, &expectation, beta), keep, "{probabilities:?}");
        };
        check(&[], &[], 1.0, &[]);
        check(&[0.9, 0.1, 0.8], &[100.0, 100.0, 100.0], 1.0, &[true, false, true]);
        // Alone, even a doubtful block is the best there is.
        check(&[0.2, 0.1], &[10.0, 10.0], 1.0, &[true, false]);
        // A small block at .52 beside a sure large one is worth its words.
        check(&[0.99, 0.52], &[1000.0, 10.0], 1.0, &[true, true]);
        // Where recall counts more, more is kept; where precision does, less.
        check(&[0.9, 0.4], &[100.0, 100.0], 2.0, &[true, true]);
        check(&[0.9, 0.5], &[100.0, 100.0], 0.5, &[true, false]);
    }

    #[test]
    fn what_is_expected_of_a_choice_follows_from_its_doubts() {
        let cases: [(&[f32], &[bool], f32); 4] = [
            (&[1.0, 0.0], &[true, false], 1.0),
            (&[1.0, 0.0], &[false, true], 0.0),
            (&[0.2, 0.1], &[false, false], 0.8),
            // Either all of it is right or nothing is, half of the time each: .5; on its own terms 2 * 5 / (10 + 5).
            (&[0.5], &[true], TOGETHER * 0.5 + (1.0 - TOGETHER) * 2.0 / 3.0),
        ];
        for (probabilities, keep, expected) in cases {
            let words = vec![10.0; keep.len()];
            let found = expected_f1(keep, probabilities, &words, &Expectation::of(probabilities, &words));
            assert!((found - expected).abs() < 1e-5, "{probabilities:?}: {found}");
        }
    }

    #[test]
    fn values_lie_on_the_line_and_are_level_beyond_its_ends() {
        let line = [(0.2, 0.1), (0.6, 0.5), (0.8, 0.9)];
        for (x, y) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.7, 0.7), (0.8, 0.9), (1.0, 0.9)] {
            assert!((along(&line, x).expect("a line") - y).abs() < 1e-6, "{x}");
        }
        assert_eq!(along(&[], 0.5), None);
    }

    #[test]
    fn a_dropped_block_with_most_of_the_prose_is_named() {
        let words = [10.0, 90.0, 20.0];
        assert_eq!(majority(&[true, false, true], |block| words[block]), Some(1));
        assert_eq!(majority(&[false, true, false], |block| words[block]), None);
        let may_have = |keep: &[bool]| may_have_majority(keep, |block| words[block], |block| words[block] - 10.0);
        assert_eq!([may_have(&[true, false, true]), may_have(&[false, true, false])], [true, false]);
    }

    #[test]
    fn repetitions_point_to_their_first_block() {
        let keys = [Some(7), None, Some(8), Some(7), None];
        assert_eq!(repeated(5, |block| keys[block]), [None, None, None, Some(0), None]);
    }
}
