//! The table of boilerplate patterns, compiled once; text, addresses and names to hits.
//!
//! Input: the text of a block, the address of a link, a class or an id. Output: [`Hits`], the rows of the table that
//! hit. A hit is evidence, never a verdict: what hits weigh is decided in `classify`, and nothing here looks at a
//! block's neighbours, place or length. The table is data (`patterns.tsv`); [`Rule`] says what its columns hold.

mod automaton;
mod brief;
mod compiled;
mod file;
mod finder;
mod fold;
mod forms;
mod hits;
mod index;
mod lines;
mod literals;
mod matcher;
mod plan;
mod rules;
mod shape;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use brief::Brief;
pub(crate) use fold::name_words;
pub use hits::Hits;
pub use matcher::Patterns;
pub(crate) use matcher::{mail_address, selector};

use std::borrow::Cow;

use crate::document::{Family, is_at_or_below};
use crate::error::{Error, ErrorKind};

/// What part of a block a pattern is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// A class, id or test id of the block's elements.
    Name,
    /// A phrase anywhere in the text.
    Phrase,
    /// The whole line or block: as it stands, without brackets, bullets and other decoration around it, or as one of the
    /// labels of a row (`Terms | Privacy`).
    Line,
    /// The address of a link, or an address in the text.
    Url,
    /// An element around the block: the pattern is a CSS selector.
    Element,
}

/// Where in a document a pattern is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// Before the article.
    Head,
    /// After it.
    Tail,
    /// Anywhere.
    Any,
}

/// How much a hit says on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Ordinary prose may say it too: it needs support by place or neighbours.
    Weak,
    /// Seldom said by an article about anything else.
    Firm,
    /// A shape that only software writes, or a fixed notice: it suffices alone.
    Strong,
}

/// One row of the pattern table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `family.what.language`, with `any` for a pattern of no language.
    pub id: Cow<'static, str>,
    /// The family of boilerplate it is evidence for.
    pub family: Family,
    /// What it is held against.
    pub cue: Cue,
    /// Where it is expected.
    pub position: Position,
    /// How much it says on its own.
    pub strength: Strength,
    /// The language it is in; `*` for none.
    pub language: Cow<'static, str>,
    /// What is looked for, by cue. `Phrase`, `Url` and `Name`: a text, which must begin and end where words do; ` … `
    /// in it stands for up to 80 characters, in an address for any number. `Line`: a regex for a whole line of up to
    /// 200 characters, also held against the line without bullets, brackets and colons around it, and, unless it is
    /// strong, against each label of up to 60 characters of a row such as `Terms | Privacy`. `Element`: a CSS selector.
    /// Case does not count, nor which quotes and hyphens stand there.
    pub pattern: Cow<'static, str>,
    /// Beginnings of words that cancel the hit when they stand in the same text, separated by `|`; may be empty.
    pub unless: Cow<'static, str>,
    /// A text that it must match.
    pub example: Cow<'static, str>,
    /// A text that it must not match.
    pub counter_example: Cow<'static, str>,
    /// Where the form was seen.
    pub source: Cow<'static, str>,
    /// The host on whose pages it counts, with all hosts below it; empty for all pages.
    pub host: Cow<'static, str>,
}

impl Rule {
    /// Whether it counts on pages of this host.
    fn applies(&self, host: Option<&str>) -> bool {
        self.host.is_empty() || host.is_some_and(|host| is_at_or_below(host, &self.host))
    }
}

fn pattern_fault(rule: &Rule, reason: &str) -> Error {
    Error::new(ErrorKind::Patterns, format!("rule {}: field pattern: {reason}", rule.id))
}

/// The built-in pattern table.
#[must_use]
pub fn rules() -> &'static [Rule] {
    Patterns::builtin().rules()
}
