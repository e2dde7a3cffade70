//! Start tags that were dropped and wait for their end tags.

use std::collections::HashMap;

use html5ever::LocalName;

/// How many start tags of each name were dropped without their end tag having come.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    counts: HashMap<LocalName, usize>,
}

impl Dropped {
    /// A start tag was dropped.
    pub(super) fn add(&mut self, name: &LocalName) {
        *self.counts.entry(name.clone()).or_insert(0) += 1;
    }

    /// An end tag came: true where it belongs to a dropped start tag, which it then takes away.
    pub(super) fn take(&mut self, name: &LocalName) -> bool {
        if self.counts.is_empty() {
            return false;
        }
        let Some(count) = self.counts.get_mut(name) else { return false };
        *count -= 1;
        if *count == 0 {
            self.counts.remove(name);
        }
        true
    }

    /// Forgets those still waiting.
    pub(super) fn clear(&mut self) {
        if !self.counts.is_empty() {
            self.counts.clear();
        }
    }
}
