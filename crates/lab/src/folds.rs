//! Folds for cross-validation, by registrable domain: pages of one site never stand on both sides.

use crate::error::Result;
use crate::set::Page;

/// How many folds there are.
pub(crate) const FOLDS: u32 = 5;

/// Second-level labels that registries sell names under.
const SECOND_LEVEL: [&str; 8] = ["co", "com", "org", "ac", "gov", "net", "edu", "or"];

/// The registrable domain of a page's address; the sender of a letter; the id of what has neither.
pub(crate) fn domain(page: &Page) -> String {
    let Some(url) = page.url.as_deref().filter(|url| !url.is_empty()) else {
        return page.sender.as_ref().unwrap_or(&page.id).clone();
    };
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    let labels: Vec<&str> = host.trim_start_matches("www.").split('.').collect();
    let short = match labels.as_slice() {
        [.., second, top] if top.len() == 2 && SECOND_LEVEL.contains(second) => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(short)..].join(".")
}

/// Learns something from all pages, and for each fold without it, under the names that files of them bear; returns what was
/// learned for the folds.
pub(crate) fn learn_each<T>(mut learn: impl FnMut(&str, Option<u32>) -> Result<T>) -> Result<Vec<T>> {
    learn("full", None)?;
    (0..FOLDS).map(|fold| learn(&format!("fold-{fold}"), Some(fold))).collect()
}

/// The fold of a page: the same in every set and every run.
pub(crate) fn fold(page: &Page) -> u32 {
    of_text(&domain(page))
}

/// The fold of a text that stands for itself.
pub(crate) fn of_text(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // The low bits of FNV alone mix badly; fold the high ones in.
    (hash ^ (hash >> 15)) % FOLDS
}
