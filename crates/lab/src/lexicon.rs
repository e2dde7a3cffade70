//! Learns lexicons: what share of the blocks under each class token, or of the lines with each word, is main content, page
//! by page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use unboil::Document;
use unboil::lab::{BUCKETS, Entry, Lexicon, STEP, UNSEEN, bucket, each_token, line_words};

use crate::error::Result;
use crate::folds::learn_each;

/// Domains on which a token must stand, and a word.
pub(crate) const TOKEN_DOMAINS: usize = 5;
pub(crate) const WORD_DOMAINS: usize = 15;

/// The share of main content that is assumed of a token before any page is seen, and how many pages that is worth.
const PRIOR: f32 = 0.45;
const PRIOR_PAGES: f32 = 3.0;

/// A token at a distance.
type Key = (u32, usize);

/// What one page tells.
pub(crate) struct Observation {
    /// The page's set.
    pub(crate) set: String,
    /// The page's domain.
    pub(crate) domain: String,
    /// The page's fold.
    pub(crate) fold: u32,
    /// The mean label of the blocks under each token.
    means: Vec<(Key, f32)>,
}

/// What a page tells about its tokens.
pub(crate) fn observe(document: &Document, labels: &[f32], set: &str, domain: String, fold: u32) -> Observation {
    let outline = &document.outline;
    let mut buffer = String::new();
    let keys = document.blocks.iter().map(|block| {
        let mut keys: BTreeSet<Key> = BTreeSet::new();
        for (level, (_, element)) in outline.ancestors(block.element).enumerate() {
            let Some(bucket) = bucket(level) else { break };
            each_token(outline, element, &mut buffer, |hash| {
                keys.insert((hash, bucket));
            });
        }
        keys
    });
    let means = means(keys.zip(labels));
    Observation { set: set.to_owned(), domain, fold, means }
}

/// What a text tells about its words.
pub(crate) fn observe_words(units: &[&str], labels: &[f32], set: &str, domain: String, fold: u32) -> Observation {
    let keys = units.iter().map(|unit| {
        let (hashes, bucket) = line_words(unit);
        hashes.into_iter().map(|hash| (hash, bucket)).collect::<BTreeSet<Key>>()
    });
    Observation { set: set.to_owned(), domain, fold, means: means(keys.zip(labels)) }
}

/// The mean label of what has each key.
fn means<'l>(labelled: impl Iterator<Item = (BTreeSet<Key>, &'l f32)>) -> Vec<(Key, f32)> {
    let mut sums: BTreeMap<Key, (f32, f32)> = BTreeMap::new();
    for (keys, label) in labelled {
        for key in keys {
            let (sum, count) = sums.entry(key).or_default();
            *sum += label;
            *count += 1.0;
        }
    }
    sums.into_iter().map(|(key, (sum, count))| (key, sum / count)).collect()
}

/// Learns lexicons and writes them into a folder as `fold-N.lexicon` and `full.lexicon`; returns those of the folds.
pub(crate) fn write(observations: &[&Observation], least: usize, folder: &Path) -> Result<Vec<Lexicon>> {
    learn_each(|name, without| {
        let entries = learn(observations, without, least);
        fs::write(folder.join(format!("{name}.lexicon")), to_bytes(&entries))?;
        Ok(Lexicon::new(entries))
    })
}

/// The lexicon of all pages but those of one fold, of what stands on so many domains.
pub(crate) fn learn(observations: &[&Observation], without: Option<u32>, least: usize) -> Vec<Entry> {
    let mut tokens: BTreeMap<Key, (f32, f32, BTreeSet<&str>)> = BTreeMap::new();
    for page in observations.iter().filter(|page| Some(page.fold) != without) {
        for (key, mean) in &page.means {
            let (sum, pages, domains) = tokens.entry(*key).or_default();
            *sum += mean;
            *pages += 1.0;
            if domains.len() < least {
                domains.insert(&page.domain);
            }
        }
    }
    let mut entries: BTreeMap<u32, [i8; BUCKETS]> = BTreeMap::new();
    for ((hash, bucket), (sum, pages, domains)) in tokens {
        if domains.len() >= least {
            let share = (sum + PRIOR_PAGES * PRIOR) / (pages + PRIOR_PAGES);
            entries.entry(hash).or_insert([UNSEEN; BUCKETS])[bucket] = steps((share / (1.0 - share)).ln());
        }
    }
    entries.into_iter().collect()
}

/// A score in the steps it is stored in.
fn steps(score: f32) -> i8 {
    (score / STEP).round().clamp(-127.0, 127.0) as i8
}

/// The bytes of a lexicon file: for each entry its hash (u32, little-endian) and its scores.
pub(crate) fn to_bytes(entries: &[Entry]) -> Vec<u8> {
    let bytes = |(hash, scores): &Entry| {
        let scores = scores.iter().flat_map(|score| score.to_le_bytes());
        hash.to_le_bytes().into_iter().chain(scores).collect::<Vec<u8>>()
    };
    entries.iter().flat_map(bytes).collect()
}
