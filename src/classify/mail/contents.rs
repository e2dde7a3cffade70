//! The table of contents of a letter to many: entries near each other that stand again further down, each as the heading of
//! what follows it.

use std::collections::HashMap;
use std::ops::Range;

use super::line::Line;

/// Entries of a table: fewer may be a greeting that is said twice.
const ENTRIES: usize = 3;

/// Characters of an entry at least, and its words at most.
const ENTRY_CHARS: usize = 4;
const ENTRY_WORDS: usize = 15;

/// A table stands in the first of so many parts of a letter; further down may be a part that was copied into it twice.
const PARTS: usize = 3;

/// The table of contents, as lines of the letter, with the line over it that announces it.
pub(super) fn find(lines: &[Line<'_>]) -> Option<Range<usize>> {
    let said: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].words > 0).collect();
    let names: Vec<String> = said.iter().map(|at| name(&lines[*at])).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        places.entry(name).or_default().push(place);
    }
    let begins =
        |place: usize| lines[said[place]].gap || said[place].checked_sub(1).is_some_and(|over| lines[over].words == 0);
    // What stands more often is what a letter is full of: the same row of many tables.
    let again = |place: usize, after: usize| match places.get(names[place].as_str()).map(Vec::as_slice) {
        Some([_, heading]) if *heading > after && begins(*heading) => Some(*heading),
        _ => None,
    };
    let mut found = (0..said.len() / PARTS).map(|place| (place, entries(place, again)));
    let (place, (_, end)) = found.find(|(_, (count, _))| *count >= ENTRIES)?;
    let announced = place > 0 && lines[said[place - 1]].ends_in_colon();
    Some(said[place - usize::from(announced)]..said[end - 1] + 1)
}

/// How many entries begin at a place, and the end of the last: each stands again behind all of them, in their order, and
/// something is said between the headings. One line between two entries may be the rest of a long one.
fn entries(start: usize, again: impl Fn(usize, usize) -> Option<usize>) -> (usize, usize) {
    let (mut count, mut end) = (0, start);
    let (mut first, mut last) = (usize::MAX, None);
    let mut place = start;
    while place < first && place <= end + usize::from(count > 0) {
        if let Some(heading) = again(place, last.map_or(place, |last| last + 1)) {
            (count, end) = (count + 1, place + 1);
            first = first.min(heading);
            last = Some(heading);
        }
        place += 1;
    }
    (count, end)
}

/// What an entry and the heading that it names have in common: letters and digits between the number and the dots; empty for
/// what is no entry.
fn name(line: &Line<'_>) -> String {
    let text = line.text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    if !line.is_prose() && line.words <= ENTRY_WORDS && text.chars().count() >= ENTRY_CHARS {
        text
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::find;
    use crate::segment::mail::segment;

    fn found(text: &str) -> Vec<String> {
        let document = segment(text, usize::MAX);
        let lines = line::lines(&document);
        let cut =
            |range: &std::ops::Range<usize>| lines[range.clone()].iter().map(|l| l.text).collect::<Vec<_>>().join("|");
        find(&lines).iter().map(cut).collect()
    }

    const ISSUE: &str = "THE QUAY\n\nIn this issue:\n1. Nets\n2. A pier that\n   is missing\n3. Tides ..... 4\n4. Letters\n\n\
        1) NETS\nMend them.\n\nA PIER THAT\nIt fell.\n\nTIDES\nHigh at six.\n\nLETTERS\nNone came.\n";

    #[test]
    fn entries_that_stand_again_as_headings_are_a_table_of_contents() {
        assert_eq!(found(ISSUE), ["In this issue:|1. Nets|2. A pier that|is missing|3. Tides ..... 4|4. Letters"]);
    }

    #[test]
    fn what_is_merely_said_again_is_none() {
        // Two entries; a verse with its refrain; a list that stands twice; headings in another order.
        for text in [
            "Nets\nTides\n\nNETS\nMend them.\n\nTIDES\nHigh at six.\n",
            "The tide comes in\nThe tide goes out\nThe pier is gone\n\nWe sang:\n\nThe tide comes in\nThe tide goes out\nThe pier is gone\n",
            "The nets of\nthe men who\nmend at six\n\nHe said: \"The nets of\nthe men who\nmend at six\" and left.\n\nThe nets of\nthe old\nthe men who\ncame\nmend at six\nor seven.\n",
            "Nets\nTides\nLetters\n\nLETTERS\nNone came.\n\nTIDES\nHigh at six.\n\nNETS\nMend them.\n",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
