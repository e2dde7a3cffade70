//! Labels: what class, id and test id say is worked out once for all elements that are labelled alike, and their words
//! once for each name. Elements without a block count as unlabelled: nobody asks what they say.

use std::ops::Range;

use crate::document::{Element, Name, Outline};
use crate::hash::{KeyMap, map_for};
use crate::patterns::name_words;

/// The class, id and test id of an element.
pub(crate) type Label = [Name; 3];

/// Which elements have the same label.
#[derive(Debug)]
pub(crate) struct Labels {
    /// The number of each element's label.
    of_element: Vec<u32>,
    /// Each of the labels.
    all: Vec<Label>,
    words: Words,
}

/// The words of all names, one after the other.
#[derive(Debug)]
struct Words {
    text: String,
    of_name: KeyMap<Name, Range<usize>>,
}

impl Words {
    fn read(&mut self, name: Name, outline: &Outline) {
        self.of_name.entry(name).or_insert_with(|| {
            let start = self.text.len();
            // What stands before has no part in how a name is read.
            self.text.push(' ');
            name_words(outline.name(name), &mut self.text);
            start + 1..self.text.len()
        });
    }
}

/// The names that make an element's label.
pub(crate) fn names(element: &Element) -> Label {
    [element.class, element.id, element.testid]
}

impl Labels {
    /// The labels of a page's elements.
    pub(crate) fn of(outline: &Outline) -> Self {
        let mut numbers = map_for(outline.elements.len());
        let mut all: Vec<Label> = Vec::new();
        let number = |element: &Element| {
            let label = if element.blocks.is_empty() { Label::default() } else { names(element) };
            *numbers.entry(label).or_insert_with(|| {
                all.push(label);
                (all.len() - 1) as u32
            })
        };
        let of_element = outline.elements.iter().map(number).collect();
        let mut words = Words { text: String::new(), of_name: map_for(all.len()) };
        all.iter().flatten().for_each(|name| words.read(*name, outline));
        Self { of_element, all, words }
    }

    /// The words of a name of a label, as [`name_words`] reads them.
    pub(crate) fn words(&self, name: Name) -> &str {
        self.words.of_name.get(&name).and_then(|range| self.words.text.get(range.clone())).unwrap_or_default()
    }

    /// All names of labels and their words, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = (Name, &str)> {
        self.words.of_name.keys().map(|name| (*name, self.words(*name)))
    }

    /// Calls `tell` once for each label.
    pub(crate) fn each<T>(&self, tell: impl FnMut(&Label) -> T) -> Vec<T> {
        self.all.iter().map(tell).collect()
    }

    /// What was told of each label, element by element.
    pub(crate) fn spread<T: Copy>(&self, told: &[T]) -> Vec<T> {
        self.of_element.iter().filter_map(|number| told.get(*number as usize)).copied().collect()
    }
}
