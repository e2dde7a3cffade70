//! From probabilities to a choice of blocks: what is the same for every kind of document and every model.

use std::collections::HashMap;

/// Words from which an identical block counts as a repetition; shorter ones repeat by nature. Six cost documentation
/// .006 of F1, twelve .004 (design study, section 5), and code and tables are exempt.
pub(super) const REPEATED_WORDS: f32 = 12.0;

/// Marks every block whose text stood in an earlier block. `key` is `None` for blocks that may repeat.
pub(super) fn repeated(blocks: usize, key: impl Fn(usize) -> Option<u64>) -> Vec<Option<usize>> {
    let mut first: HashMap<u64, usize> = HashMap::new();
    let earlier = |block| {
        let first = *first.entry(key(block)?).or_insert(block);
        (first != block).then_some(first)
    };
    (0..blocks).map(earlier).collect()
}

/// The choice that maximises the expected F1 of a page, if blocks are right independently of each other: sort by
/// probability, keep the prefix with the largest 2A / (B + S), where A is the expected number of right words in it, B its
/// words and S the expected right words of the page.
pub(super) fn expected_f1(probabilities: &[f32], words: &[f32]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]));
    let total: f64 = probabilities.iter().zip(words).map(|(p, w)| f64::from(p * w)).sum();
    let (mut right, mut taken, mut best, mut length) = (0.0, 0.0, 0.0, 0);
    for (rank, block) in order.iter().enumerate() {
        right += f64::from(probabilities[*block] * words[*block]);
        taken += f64::from(words[*block]);
        let f1 = 2.0 * right / (taken + total).max(f64::MIN_POSITIVE);
        if f1 > best {
            (best, length) = (f1, rank + 1);
        }
    }
    let mut keep = vec![false; probabilities.len()];
    order.iter().take(length).for_each(|block| keep[*block] = true);
    keep
}

/// The block that holds more than half of the page's prose although it is about to be dropped: one rule or one score
/// must not remove the page.
pub(super) fn majority(keep: &[bool], prose: impl Fn(usize) -> f32) -> Option<usize> {
    let total: f32 = (0..keep.len()).map(&prose).sum();
    (0..keep.len()).find(|block| !keep[*block] && prose(*block) * 2.0 > total)
}

/// The probability that belongs to log-odds.
pub(super) fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::{expected_f1, majority, repeated};

    #[test]
    fn doubtful_blocks_are_kept_only_where_they_raise_the_expected_f1() {
        let cases: [(&[f32], &[f32], &[bool]); 4] = [
            (&[], &[], &[]),
            (&[0.9, 0.1, 0.8], &[100.0, 100.0, 100.0], &[true, false, true]),
            // Alone, even a doubtful block is the best there is.
            (&[0.2, 0.1], &[10.0, 10.0], &[true, false]),
            // A small block at .45 beside a sure large one is worth its words.
            (&[0.99, 0.52], &[1000.0, 10.0], &[true, true]),
        ];
        for (probabilities, words, keep) in cases {
            assert_eq!(expected_f1(probabilities, words), keep, "{probabilities:?}");
        }
    }

    #[test]
    fn a_dropped_block_with_most_of_the_prose_is_named() {
        let words = [10.0, 90.0, 20.0];
        assert_eq!(majority(&[true, false, true], |block| words[block]), Some(1));
        assert_eq!(majority(&[false, true, false], |block| words[block]), None);
    }

    #[test]
    fn repetitions_point_to_their_first_block() {
        let keys = [Some(7), None, Some(8), Some(7), None];
        assert_eq!(repeated(5, |block| keys[block]), [None, None, None, Some(0), None]);
    }
}
