//! How much of a block stands in the gold.

use std::collections::{HashMap, HashSet};

use crate::score::tokens;

/// Three words match by chance far less often than one: `the` stands in every gold.
const GRAM: usize = 3;

/// Fills the place of words that a short block does not have.
const NONE: u32 = u32::MAX;

/// The word sequences of a gold, for looking up blocks.
#[derive(Debug)]
pub(crate) struct Matcher {
    words: HashMap<String, u32>,
    grams: HashSet<[u32; GRAM]>,
}

impl Matcher {
    /// Reads a gold.
    pub(crate) fn new(gold: &str) -> Self {
        let lower = gold.to_lowercase();
        let mut words = HashMap::new();
        let mut ids = Vec::new();
        for token in tokens(&lower) {
            let fresh = words.len() as u32;
            ids.push(*words.entry(token.to_owned()).or_insert(fresh));
        }
        let grams = (1..=GRAM).flat_map(|length| ids.windows(length)).map(padded).collect();
        Self { words, grams }
    }

    /// The share of a block's words, 0 to 1, that stand in the gold within the same three words in a row; for a block
    /// of one or two words, 1 if just these stand there in a row, and 0 otherwise. `None` for a block without words.
    pub(crate) fn share(&self, block: &str) -> Option<f64> {
        let lower = block.to_lowercase();
        let ids: Vec<Option<u32>> = tokens(&lower).iter().map(|token| self.words.get(*token).copied()).collect();
        if ids.is_empty() {
            return None;
        }
        let length = ids.len().min(GRAM);
        let mut matched = vec![false; ids.len()];
        for (start, gram) in ids.windows(length).enumerate() {
            let known: Option<Vec<u32>> = gram.iter().copied().collect();
            if known.is_some_and(|gram| self.grams.contains(&padded(&gram))) {
                matched[start..start + length].fill(true);
            }
        }
        Some(matched.iter().filter(|&&matched| matched).count() as f64 / ids.len() as f64)
    }
}

fn padded(gram: &[u32]) -> [u32; GRAM] {
    let mut padded = [NONE; GRAM];
    for (place, &word) in padded.iter_mut().zip(gram) {
        *place = word;
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_matches_by_three_words_in_a_row_and_a_short_one_as_a_whole() {
        let matcher = Matcher::new("The ferry to the island runs again from Monday.");
        let cases = [
            ("the FERRY to the island", Some(1.0)),
            ("the ferry to Lund", Some(0.75)),
            ("island the runs from to", Some(0.0)),
            ("Monday", Some(1.0)),
            ("from Monday", Some(1.0)),
            ("Monday from", Some(0.0)),
            ("Menu", Some(0.0)),
            ("…", None),
            ("", None),
        ];
        for (block, share) in cases {
            assert_eq!(matcher.share(block), share, "{block:?}");
        }
    }

    #[test]
    fn nothing_matches_an_empty_gold() {
        assert_eq!(Matcher::new("").share("a b c d"), Some(0.0));
    }
}
