//! What a text is: the dump of a page, or nearly clean.

use super::code::is_program;
use crate::document::Document;
use crate::features::Columns;
use crate::features::lines::{self, LineFacts, Unit};
use crate::model::Model;

/// What a text seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// All the text of a page.
    Dump,
    /// Main content with little else, if anything.
    Nearly,
    /// A program, settings or data: all of it is main content.
    Program,
}

/// What the gate's log-odds must be above where no pattern names a unit, and for each share of code: .1 of the units asks
/// for .5. Of the 2,512 dumps of wcxb-dev a dozen are without a name, and none of them comes to 2; the F1 of all moves by
/// .0001.
const UNNAMED: f32 = 3.0;
const CODE: f32 = 5.0;

impl Form {
    /// What the gate sees in a text of which `code` tells for each unit whether it is code. What somebody sent is no page,
    /// however it is laid out.
    ///
    /// The gate learned from pages alone. Tables of data, programs and settings are none, and look to it as little like
    /// an article as a menu does; but no pattern names anything in them, or they hold code.
    pub(super) fn of(
        document: &Document,
        units: &[Unit<'_>],
        facts: &LineFacts,
        columns: &Columns,
        code: &[bool],
        model: &Model,
    ) -> Self {
        if document.letter.is_some() {
            return Self::Nearly;
        }
        if is_program(units, code) {
            return Self::Program;
        }
        let whole: Vec<f32> = (0..lines::COUNT).map(|feature| columns.get(feature, 0)).collect();
        let odds = model.ensemble("form").map_or(0.0, |gate| gate.score(&whole));
        let is_unnamed = facts.hits.iter().all(Vec::is_empty);
        let share = code.iter().filter(|code| **code).count() as f32 / code.len().max(1) as f32;
        let bar = if is_unnamed { UNNAMED } else { CODE * share };
        if odds > bar { Self::Dump } else { Self::Nearly }
    }
}
