//! Worlds: the plain texts a page can become, with a label for every line.
//!
//! Input: a page with gold. Output: texts for training and evaluation. Plain text comes in three forms, and all three are
//! made here from the development pages, without any outside tool: the full dump of a page (every text node on a line, or
//! laid out as a text browser does), a nearly clean text (the gold with some of the page's own boilerplate before or after
//! it), and the gold alone. The same page and seed give the same texts.

mod bulletin;
mod frame;
mod letter;
mod nearly;
mod page_text;
mod prompts;
mod shape;
mod short_dumps;

use unboil::lab::{line_units, segment};
use unboil::{Document, Kind, Record};

pub(crate) use bulletin::{bulletin, cleaned, sent};
pub(crate) use letter::letter;
pub(crate) use nearly::{Draw, clean, footed, footers, gold_lines, nearly};
pub(crate) use page_text::{SPACED, layout, nodes};
use shape::Shape;
pub(crate) use short_dumps::short_dumps;

use crate::align::label;

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum World {
    /// Every text node of a page on lines of its own.
    Nodes,
    /// A page as a text browser lays it out.
    Layout,
    /// A gold text with some boilerplate.
    Nearly,
    /// A gold text alone.
    Clean,
    /// A newsletter, put together from pages.
    Bulletin,
    /// The text of a letter.
    Letter,
}

impl World {
    /// Its name in reports and files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Layout => "layout",
            Self::Nearly => "nearly",
            Self::Clean => "clean",
            Self::Bulletin => "bulletins",
            Self::Letter => "letter",
        }
    }
}

/// One line of a text that was put together, with what it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Its text; empty for a blank line.
    pub(crate) text: String,
    /// The share of it that is main content; `None` for what is neither, such as blank lines and rules.
    pub(crate) label: Option<f32>,
}

impl Line {
    /// A line with a label.
    pub(crate) fn new(text: impl Into<String>, label: f32) -> Self {
        Self { text: text.into(), label: Some(label) }
    }

    /// A blank line.
    pub(crate) fn blank() -> Self {
        Self { text: String::new(), label: None }
    }
}

/// The text of lines.
pub(crate) fn text_of(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{}\n", line.text)).collect()
}

/// A text, cut into units, with the label of each unit.
pub(crate) struct Labelled {
    /// The text as the extractor sees it.
    pub(crate) document: Document,
    /// The share of main content of each unit.
    pub(crate) shares: Vec<f32>,
    /// Words of each unit as the metric counts them.
    pub(crate) tokens: Vec<u32>,
}

impl Labelled {
    /// A text whose units are labelled by aligning them with the gold.
    pub(crate) fn by_gold(text: &str, gold: &str) -> Self {
        let document = cut(text);
        let units: Vec<String> = line_units(&document).into_iter().map(|(_, text)| text).collect();
        let texts: Vec<&str> = units.iter().map(String::as_str).collect();
        let labels = label(&texts, gold);
        Self { document, shares: labels.shares, tokens: labels.tokens }
    }

    /// A text whose lines are labelled: a unit has the mean of its lines.
    pub(crate) fn by_lines(lines: &[Line]) -> Self {
        let document = cut(&text_of(lines));
        let units = line_units(&document);
        let label = |block: usize| {
            let line = document.blocks[block].lines.start as usize;
            lines.get(line).and_then(|line| line.label).unwrap_or(0.5)
        };
        let share = |blocks: &std::ops::Range<usize>| blocks.clone().map(label).sum::<f32>() / blocks.len() as f32;
        let shares = units.iter().map(|(blocks, _)| share(blocks)).collect();
        let tokens = units.iter().map(|(_, text)| crate::score::tokens(&text.to_lowercase()).len() as u32).collect();
        Self { document, shares, tokens }
    }
}

/// The text as the extractor cuts it.
fn cut(text: &str) -> Document {
    segment(&Record::new(text).kind(Kind::Text))
}
