//! The element tree of a page in document order: what the features need of the DOM, and no more.

use std::hash::BuildHasher;
use std::ops::Range;

use super::Tag;
use crate::hash::KeyMap;

/// An element's place in [`Outline::elements`].
pub type ElementId = u32;

/// A piece of the outline's name arena: a `class`, an `id`, a `role`. Equal texts have equal names, unless the hash of
/// another text came between, which costs no more than memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Name {
    start: u32,
    end: u32,
}

impl Name {
    /// A number that no other name of the outline has.
    pub(crate) fn number(self) -> u64 {
        u64::from(self.start) << u32::BITS | u64::from(self.end)
    }
}

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub tag: Tag,
    /// Its parent; the root (0) is its own.
    pub parent: ElementId,
    /// One past its last descendant in document order.
    pub end: ElementId,
    /// Elements above it.
    pub depth: u16,
    /// The blocks inside it.
    pub blocks: Range<u32>,
    /// It or an ancestor is hidden: `hidden`, `aria-hidden=true`, `display:none`, `visibility:hidden`.
    pub hidden: bool,
    /// The `class` attribute.
    pub class: Name,
    /// The `id` attribute.
    pub id: Name,
    /// The `data-testid` attribute.
    pub testid: Name,
    /// The `role` attribute.
    pub role: Name,
    /// The `itemprop` attribute.
    pub itemprop: Name,
    /// The `name` or `data-marker` attribute of a `div`: some mail programs tell by it what is quoted. Of a
    /// `blockquote` that its style only indents, [`INDENT`]; of a `div` whose style sets a line beside it, [`BESIDE`].
    pub mark: Name,
}

/// The mark of a `blockquote` that quotes nothing.
pub(crate) const INDENT: &str = "indent";

/// The mark of a `div` with a line beside it, as around quotes.
pub(crate) const BESIDE: &str = "beside";

/// All elements of a page in document order; the first is the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The elements. Never empty.
    pub elements: Vec<Element>,
    names: String,
    /// The names by the hash of their text.
    known: KeyMap<u64, Name>,
}

impl Outline {
    /// An outline that holds a root alone.
    #[must_use]
    pub fn root_only() -> Self {
        let root = Element {
            tag: Tag::Html,
            parent: 0,
            end: 1,
            depth: 0,
            blocks: 0..0,
            hidden: false,
            class: Name::default(),
            id: Name::default(),
            testid: Name::default(),
            role: Name::default(),
            itemprop: Name::default(),
            mark: Name::default(),
        };
        Self { elements: vec![root], names: String::new(), known: KeyMap::default() }
    }

    /// Stores a name, unless it is known, and returns its handle.
    pub(crate) fn intern(&mut self, text: &str) -> Name {
        if text.is_empty() {
            return Name::default();
        }
        let hash = foldhash::quality::FixedState::default().hash_one(text);
        if let Some(name) = self.known.get(&hash).filter(|name| self.name(**name) == text) {
            return *name;
        }
        let start = self.names.len() as u32;
        self.names.push_str(text);
        let name = Name { start, end: self.names.len() as u32 };
        self.known.insert(hash, name);
        name
    }

    /// The text of a name of this outline.
    #[must_use]
    pub fn name(&self, name: Name) -> &str {
        self.names.get(name.start as usize..name.end as usize).unwrap_or_default()
    }

    /// The element with this number.
    #[must_use]
    pub fn element(&self, id: ElementId) -> &Element {
        &self.elements[id as usize]
    }

    /// The element and its ancestors, innermost first, the root last.
    pub fn ancestors(&self, id: ElementId) -> impl Iterator<Item = (ElementId, &Element)> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            let element = self.element(id);
            next = (id != 0).then_some(element.parent);
            Some((id, element))
        })
    }

    /// A short readable path such as `div.footer>p`: the element and its parent, each with its first class.
    #[must_use]
    pub fn path(&self, id: ElementId) -> String {
        let mut steps: Vec<String> = self
            .ancestors(id)
            .take(2)
            .map(|(_, element)| {
                let class = self.name(element.class).split_ascii_whitespace().next();
                class.map_or_else(
                    || element.tag.name().to_owned(),
                    |class| format!("{}.{}", element.tag.name(), class.chars().take(40).collect::<String>()),
                )
            })
            .collect();
        steps.reverse();
        steps.join(">")
    }
}
