//! Which pages are averaged together: all, those of a type, those of a language.

use std::collections::HashMap;

/// What a page is grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    /// Its type, where known.
    pub(crate) page_type: Option<String>,
    /// Its language, where known.
    pub(crate) lang: Option<String>,
}

/// A group of pages.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// `all`, a type, or a language.
    pub(crate) key: String,
    /// Its pages, by their place.
    pub(crate) pages: Vec<usize>,
}

/// The groups of pages with these labels, in the order in which they first occur; `all` is the first.
pub(crate) fn groups<'a>(labels: impl Iterator<Item = &'a Labels>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (page, labels) in labels.enumerate() {
        let keys = [Some("all"), labels.page_type.as_deref(), labels.lang.as_deref()];
        for key in keys.into_iter().flatten() {
            let place = *places.entry(key).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Group { key: key.to_owned(), pages: Vec::new() });
            }
            groups[place].pages.push(page);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_in_order_of_first_occurrence() {
        let labels = |page_type: Option<&str>, lang: Option<&str>| Labels {
            page_type: page_type.map(str::to_owned),
            lang: lang.map(str::to_owned),
        };
        let pages = [labels(Some("forum"), Some("de")), labels(None, Some("en")), labels(Some("forum"), None)];
        let group = |key: &str, pages: &[usize]| Group { key: key.to_owned(), pages: pages.to_vec() };
        assert_eq!(
            groups(pages.iter()),
            [group("all", &[0, 1, 2]), group("forum", &[0, 2]), group("de", &[0]), group("en", &[1])]
        );
    }
}
