//! The table of boilerplate patterns, compiled once; text and names to hits.
//!
//! A hit is evidence, never a verdict. What the hits weigh is decided in `classify`.

use crate::document::Family;

/// What part of a block a pattern is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// A class, id or test id of the block's elements.
    Name,
    /// A phrase anywhere in the text.
    Phrase,
    /// The whole line or block.
    Line,
    /// The address of a link, or an address in the text.
    Url,
}

/// Where in a document a pattern is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// Before the article.
    Head,
    /// After it.
    Tail,
    /// Anywhere.
    Any,
}

/// One row of the pattern table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `family.what.language`.
    pub id: &'static str,
    /// The family of boilerplate it is evidence for.
    pub family: Family,
    /// What it is held against.
    pub cue: Cue,
    /// Where it is expected.
    pub position: Position,
    /// The language it is in; `*` for none.
    pub language: &'static str,
    /// The pattern.
    pub pattern: &'static str,
    /// A text that it must match.
    pub example: &'static str,
    /// A text that it must not match.
    pub counter_example: &'static str,
    /// Where the form was seen.
    pub source: &'static str,
}

/// The built-in pattern table.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &[]
}
