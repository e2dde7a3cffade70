//! Labels: what class, id and test id say is worked out once for all elements that are labelled alike.

use crate::document::{Element, Outline};
use crate::hash::KeyMap;

/// Which elements have the same class, id and test id.
#[derive(Debug)]
pub(crate) struct Labels {
    /// The number of each element's label.
    of_element: Vec<u32>,
    /// The first element with each label.
    first: Vec<usize>,
}

impl Labels {
    /// The labels of a page's elements.
    pub(crate) fn of(outline: &Outline) -> Self {
        let mut numbers = KeyMap::default();
        let mut first = Vec::new();
        let number = |(at, element): (usize, &Element)| {
            *numbers.entry((element.class, element.id, element.testid)).or_insert_with(|| {
                first.push(at);
                (first.len() - 1) as u32
            })
        };
        let of_element = outline.elements.iter().enumerate().map(number).collect();
        Self { of_element, first }
    }

    /// Calls `tell` once for each label, with an element that has it.
    pub(crate) fn each<T>(&self, outline: &Outline, mut tell: impl FnMut(&Element) -> T) -> Vec<T> {
        self.first.iter().filter_map(|at| outline.elements.get(*at)).map(&mut tell).collect()
    }

    /// What was told of each label, element by element.
    pub(crate) fn spread<T: Copy>(&self, told: &[T]) -> Vec<T> {
        self.of_element.iter().filter_map(|number| told.get(*number as usize)).copied().collect()
    }
}
