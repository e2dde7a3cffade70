//! Paths: which blocks stand in the same place of the tree, by tags and by classes.

use crate::document::{Block, Document, Element, ElementId, Outline};
use crate::hash::{KeyMap, map_for, mix};

/// A way to group blocks: by the levels of the path, with classes or without.
pub(super) struct Signature {
    levels: usize,
    classes: bool,
}

pub(super) const PATH: Signature = Signature { levels: 12, classes: false };
pub(super) const CLASS_PATH: Signature = Signature { levels: 4, classes: true };
pub(super) const OWN_CLASS: Signature = Signature { levels: 1, classes: true };
pub(super) const CLASS_PAIR: Signature = Signature { levels: 2, classes: true };

/// For every element the hash of its tag alone, and of tag and class.
pub(super) fn element_keys(outline: &Outline) -> Vec<(u64, u64)> {
    let key = |element: &Element| {
        let tag = element.tag as u64;
        (tag, mix(&[tag, element.class.number()]))
    };
    outline.elements.iter().map(key).collect()
}

/// The group of every block.
pub(super) fn groups(document: &Document, names: &[(u64, u64)], signature: &Signature) -> Vec<usize> {
    let mut numbering = Numbering::for_keys(document.blocks.len());
    // Blocks of one element share their path.
    let mut known: Vec<Option<usize>> = vec![None; document.outline.elements.len()];
    let mut path = |element: ElementId| {
        let steps = document.outline.ancestors(element).take(signature.levels);
        let key = |(id, _): (ElementId, _)| {
            let (tag, class) = names[id as usize];
            if signature.classes { class } else { tag }
        };
        numbering.number(steps.map(key).fold(0, |hash, step| mix(&[hash, step])))
    };
    let group = |block: &Block| *known[block.element as usize].get_or_insert_with(|| path(block.element));
    document.blocks.iter().map(group).collect()
}

/// Numbers the distinct keys in order of their first appearance.
#[derive(Debug)]
pub(crate) struct Numbering {
    numbers: KeyMap<u64, u32>,
}

impl Numbering {
    /// With room for so many keys.
    pub(crate) fn for_keys(keys: usize) -> Self {
        Self { numbers: map_for(keys) }
    }

    pub(crate) fn number(&mut self, key: u64) -> usize {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(key).or_insert(next) as usize
    }
}
