//! What stands in which column: a feature by its name, on a text that is small enough to be counted by hand.

use super::{LineFacts, measure, table};
use crate::document::{Document, Kind};
use crate::features::Learned;
use crate::features::tests::hold;
use crate::patterns::Patterns;
use crate::segment::text::block;

/// Units of 3, 12, 4, 3 and 7 words.
const TEXT: &str = "The old pier\n\nBoats land again at last, as they did ten years ago today.\nMore in the hall\n\n----\n\
    Paint at $5\nhttp://paint.example.com sells two tins\n----\n";

#[test]
fn every_group_fills_its_own_columns_of_a_text() {
    let document = document(TEXT);
    let units = super::units(&document, 0..document.blocks.len());
    let columns = measure(&LineFacts::new(&units, Patterns::builtin(), &Learned::default(), None, None));
    let expected: [(&str, [f32; 5]); 16] = [
        ("line.words", [3.0, 12.0, 4.0, 3.0, 7.0]),
        ("line.prices", [0.0, 0.0, 0.0, 1.0, 0.0]),
        ("line.addresses", [0.0, 0.0, 0.0, 0.0, 1.0]),
        ("near.words_after_1", [12.0, 4.0, 3.0, 7.0, -1.0]),
        ("near.rule_before", [0.0, 0.0, 0.0, 1.0, 0.0]),
        ("place.from_end", [4.0, 3.0, 2.0, 1.0, 0.0]),
        ("place.previous_good", [99.0, 0.0, 1.0, 2.0, 3.0]),
        ("paragraph.words", [3.0, 16.0, 16.0, 10.0, 10.0]),
        ("paragraph.units", [1.0, 2.0, 2.0, 2.0, 2.0]),
        ("paragraph.rest", [0.0, 1.0, 0.0, 1.0, 0.0]),
        ("paragraph.addresses", [0.0, 0.0, 0.0, 0.5, 0.5]),
        ("section.words", [19.0, 19.0, 19.0, 10.0, 10.0]),
        ("section.prices", [0.0, 0.0, 0.0, 0.5, 0.5]),
        ("section.good", [12.0 / 19.0, 12.0 / 19.0, 12.0 / 19.0, 0.0, 0.0]),
        ("section.after", [1.0, 1.0, 1.0, 0.0, 0.0]),
        ("text.units", [5.0; 5]),
    ];
    hold(&columns, &table(), &expected);
}

/// A text as a document of lines.
pub(super) fn document(text: &str) -> Document {
    let mut document = Document::empty(Kind::Text, None);
    let lines = text.split('\n').enumerate().filter(|(_, line)| !line.is_empty());
    document.blocks.extend(lines.map(|(number, line)| block(line.to_owned(), number as u32)));
    document
}
