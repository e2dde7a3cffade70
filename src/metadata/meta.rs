//! The page's `<meta>` values by name.

use std::collections::BTreeMap;

use super::clean;

/// Values per name that are read; a page repeats `citation_author`, and little else.
const REPEATS: usize = 50;

/// `<meta>` values by lower-case name, in document order.
#[derive(Debug, Default)]
pub(super) struct Metas<'d>(BTreeMap<&'d str, Vec<&'d str>>);

impl<'d> Metas<'d> {
    /// Sorts the values by name.
    pub(super) fn new(metas: &'d [(String, String)]) -> Self {
        let mut map: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, content) in metas {
            let values = map.entry(name.trim()).or_default();
            if values.len() < REPEATS && !content.trim().is_empty() {
                values.push(content);
            }
        }
        Self(map)
    }

    /// All values of one name, cleaned, without empty ones.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.get(name).into_iter().flatten();
        values.map(|value| clean::line(value)).filter(|value| !value.is_empty()).collect()
    }

    /// The first value of the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).into_iter().next())
    }
}
