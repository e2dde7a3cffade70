//! Templates: what the pages of a site share.
//!
//! Input: pages whose main content is known, in any order and any parts. Output: [`TemplateStats`], of each host a sample of
//! its pages with the texts of their blocks; for another page of the host how often others have its
//! blocks. Statistics of two parts of a crawl merge to those of the whole, byte for byte: everything in them is a set, cut
//! to its smallest members, so that neither order nor repetition nor a split changes anything.
//!
//! A page is known by the hash of its main text: one article under two addresses is one page. What the statistics say is
//! evidence for the classifier and nothing more; which pages are read, and what is decided, is not known here.

mod file;
mod keys;
#[cfg(test)]
mod tests;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::document::{Document, Extraction, Kind, Verdict};

use keys::{Key, keys, main_text};

/// Pages of a host that are kept: those of the smallest hashes, which is a sample by chance. Of 64 pages a share is known
/// within .06 (standard error).
const PAGES: usize = 64;

/// Blocks of a page that are kept. An average page has 290.
const BLOCKS: usize = 1024;

/// Other pages of the host that must be known before they say anything.
pub const LEAST_PAGES: usize = 3;

/// Statistics of the pages of many hosts.
///
/// ```
/// use unboil::{Extractor, Options, Record, TemplateStats};
/// let extractor = Extractor::new(Options::default());
/// let mut stats = TemplateStats::default();
/// for number in 1..=4 {
///     let page = format!("<p>Boat number {number} runs again from Monday, the harbour office said this morning.</p>");
///     let record = Record::new(page).url(format!("https://harbour.example/{number}"));
///     stats.learn(&extractor.extract(&record));
/// }
/// assert_eq!((stats.hosts(), stats.pages()), (1, 4));
/// assert_eq!(TemplateStats::read(&stats.to_text())?, stats);
/// # Ok::<(), unboil::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateStats {
    hosts: BTreeMap<String, Pages>,
}

/// The pages of a host by the hash of their main text, each with its blocks.
type Pages = BTreeMap<u64, BTreeSet<Key>>;

impl TemplateStats {
    /// Adds an HTML page; one without an address or without main content is left out. False for one that was.
    pub fn learn(&mut self, extraction: &Extraction<'_>) -> bool {
        let page = (extraction.document.kind == Kind::Html)
            .then(|| self.page(&extraction.document, &extraction.verdicts))
            .flatten();
        let Some((host, main, keys)) = page else { return false };
        self.add(host, main, keys);
        true
    }

    /// Adds what another part of the crawl has.
    pub fn merge(&mut self, other: Self) {
        for (host, pages) in other.hosts {
            for (main, keys) in pages {
                self.add(host.clone(), main, keys);
            }
        }
    }

    /// How many hosts are known.
    #[must_use]
    pub fn hosts(&self) -> usize {
        self.hosts.len()
    }

    /// How many pages are known, of all hosts.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.hosts.values().map(BTreeMap::len).sum()
    }

    fn page(&self, document: &Document, verdicts: &[Verdict]) -> Option<(String, u64, BTreeSet<Key>)> {
        let kept: Vec<bool> = verdicts.iter().map(|verdict| verdict.keep).collect();
        let host = document.host().filter(|_| document.letter.is_none())?;
        let keys: BTreeSet<Key> = keys(document).collect();
        Some((host, main_text(document, &kept)?, keys))
    }

    fn add(&mut self, host: String, main: u64, keys: BTreeSet<Key>) {
        let pages = self.hosts.entry(host).or_default();
        match pages.entry(main) {
            Entry::Occupied(mut known) => known.get_mut().extend(keys),
            Entry::Vacant(place) => drop(place.insert(keys)),
        }
        if let Some(page) = pages.get_mut(&main) {
            while page.len() > BLOCKS {
                page.pop_last();
            }
        }
        while pages.len() > PAGES {
            pages.pop_last();
        }
    }
}

/// Statistics, ready to be asked.
#[derive(Debug, Default)]
pub struct Templates {
    hosts: HashMap<String, Site>,
}

/// What is known of a host.
#[derive(Debug)]
pub(crate) struct Site {
    pages: Pages,
    /// On how many pages each text stands.
    texts: HashMap<Key, u32>,
}

impl Templates {
    /// Prepares statistics; hosts with too few pages say nothing.
    #[must_use]
    pub fn new(stats: TemplateStats) -> Self {
        let enough = stats.hosts.into_iter().filter(|(_, pages)| pages.len() >= LEAST_PAGES);
        Self { hosts: enough.map(|(host, pages)| (host, Site::new(pages))).collect() }
    }

    /// What is known of a host.
    pub(crate) fn site(&self, host: &str) -> Option<&Site> {
        self.hosts.get(host)
    }
}

/// How often the other pages of a site have a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Other pages that are known.
    pub(crate) others: u32,
    /// Those of them that have a block of the same text.
    pub(crate) same: u32,
}

impl Site {
    fn new(pages: Pages) -> Self {
        let mut texts: HashMap<Key, u32> = HashMap::new();
        pages.values().flatten().for_each(|text| *texts.entry(*text).or_default() += 1);
        Self { pages, texts }
    }

    /// What the other pages share with this one, block by block; `kept` tells what was taken for its main content without
    /// them. `None` where too few others are known.
    pub(crate) fn shared(&self, document: &Document, kept: &[bool]) -> Option<Vec<Shared>> {
        let own = main_text(document, kept).and_then(|main| self.pages.get(&main));
        let others = (self.pages.len() - usize::from(own.is_some())) as u32;
        if (others as usize) < LEAST_PAGES {
            return None;
        }
        let of_block = |key: Key| {
            let pages = self.texts.get(&key).copied().unwrap_or(0);
            let is_own = own.is_some_and(|own| own.contains(&key));
            Shared { others, same: pages.saturating_sub(u32::from(is_own)) }
        };
        Some(keys(document).map(of_block).collect())
    }
}
