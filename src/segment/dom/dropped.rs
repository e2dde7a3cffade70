//! Start tags that were dropped and wait for their end tags.

use super::name::Name;
use crate::hash::KeyMap;

/// How many start tags of each name were dropped without their end tag having come.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    counts: KeyMap<Name, usize>,
}

impl Dropped {
    /// A start tag was dropped.
    pub(super) fn add(&mut self, name: Name) {
        *self.counts.entry(name).or_insert(0) += 1;
    }

    /// An end tag came: true where it belongs to a dropped start tag, which it then takes away.
    pub(super) fn take(&mut self, name: Name) -> bool {
        if self.counts.is_empty() {
            return false;
        }
        let Some(count) = self.counts.get_mut(&name) else { return false };
        *count -= 1;
        if *count == 0 {
            self.counts.remove(&name);
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
