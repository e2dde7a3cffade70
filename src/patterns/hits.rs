//! The rows of the table that hit; a buffer to be used again for block after block.

use super::fold::Folded;
use super::literals::{Scratch, Words};

/// The distinct rules that hit since the last [`Hits::clear`], and the working memory to find them.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    rules: Vec<u16>,
    host: Option<String>,
    /// What was found in the text that was read last, lines aside.
    pub(super) words: Words,
    pub(super) folded: Folded,
    pub(super) scratch: Scratch,
}

impl Hits {
    /// For a document of this host.
    #[must_use]
    pub fn on(host: Option<String>) -> Self {
        Self { host, ..Self::default() }
    }

    /// The host of the document.
    pub(super) fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Forgets all hits; the memory stays.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules that hit, as indices into [`Patterns::rules`](super::Patterns::rules): distinct, ascending.
    #[must_use]
    pub fn rules(&self) -> &[u16] {
        &self.rules
    }

    /// Notes a hit; a rule that is noted already changes nothing.
    pub(crate) fn insert(&mut self, rule: u16) {
        if let Err(place) = self.rules.binary_search(&rule) {
            self.rules.insert(place, rule);
        }
    }
}
