//! What is nothing without the lines over it, and these nothing without it: sections and lists.
//!
//! The model judges line by line, and what it drops of a list or a section leaves a line behind that announces nothing.

use super::Text;
use crate::signs::ends_in_colon;

/// Keeps what stands right under a line that is kept and heads it.
pub(super) fn keep(text: &Text<'_>, keep: &mut [bool]) {
    keep_sections(text, keep);
    keep_lists(text, keep);
}

/// Log-odds from which a heading of Markdown that nothing names is one of the text.
const DOUBTED: f32 = -1.0;

/// A heading of Markdown in a text that has others, with what stands under it: a licence may be a section of the text.
fn keep_sections(text: &Text<'_>, keep: &mut [bool]) {
    let headings: Vec<usize> = (0..keep.len()).filter(|unit| is_heading(&text.units[*unit].text)).collect();
    if headings.iter().filter(|unit| keep[**unit]).count() < 2 {
        return;
    }
    for head in headings {
        if keep[head] || text.scores[head] > DOUBTED && !text.is_named(head) {
            keep[head] = true;
            keep.iter_mut().skip(head + 1).take(1).for_each(|keep| *keep = true);
        }
    }
}

/// What a line is to a list.
#[derive(Debug, Clone, Copy)]
struct Part {
    is_item: bool,
    /// It ends in a colon.
    announces: bool,
    is_named: bool,
    score: f32,
}

fn keep_lists(text: &Text<'_>, keep: &mut [bool]) {
    let part = |unit: usize| Part {
        is_item: text.facts.is_item(unit),
        announces: ends_in_colon(text.units[unit].text.trim_end()),
        is_named: text.is_named(unit),
        score: text.scores[unit],
    };
    let parts: Vec<Part> = (0..keep.len()).map(part).collect();
    settle_lists(&parts, keep);
    finish_lists(&parts, keep);
}

/// A list under a line that is kept and announces it stays with it, down to the first item that a pattern names. Where
/// patterns name the line, it goes with a list of which some goes and that is likelier none of the text.
fn settle_lists(parts: &[Part], keep: &mut [bool]) {
    for head in 0..parts.len() {
        if !keep[head] || !parts[head].announces || parts[head].is_item {
            continue;
        }
        let items = parts[head + 1..].iter().take_while(|part| part.is_item);
        if !parts[head].is_named {
            let unnamed = items.take_while(|part| !part.is_named).count();
            keep[head + 1..][..unnamed].fill(true);
            continue;
        }
        let scores: Vec<f32> = items.map(|part| part.score).collect();
        let list = head..head + 1 + scores.len();
        if scores.iter().sum::<f32>() < 0.0 && keep[list.clone()].contains(&false) {
            keep[list].fill(false);
        }
    }
}

/// Items of a list that stay, from which the list does, and log-odds from which an item stays with those over it.
const BEGUN: usize = 2;
const FINISHED: f32 = -3.0;

/// A list of which the first items stay is not torn, down to the first item that a pattern names. (A third of the words that
/// clean articles lost were ends of lists of sources or names.)
fn finish_lists(parts: &[Part], keep: &mut [bool]) {
    let mut begun = 0;
    for (part, keep) in parts.iter().zip(keep) {
        *keep |= part.is_item && begun >= BEGUN && !part.is_named && part.score > FINISHED;
        begun = if part.is_item && *keep { begun + 1 } else { 0 };
    }
}

/// Whether a line is a heading as Markdown has it.
fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    rest.len() < text.len() && rest.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::{Part, finish_lists, is_heading, settle_lists};
    use crate::{Extractor, Kind, Record};

    const LINE: Part = Part { is_item: false, announces: false, is_named: false, score: 3.0 };
    const HEAD: Part = Part { announces: true, ..LINE };
    const ITEM: Part = Part { is_item: true, score: -1.0, ..LINE };

    fn kept(text: &str) -> Vec<bool> {
        let record = Record::new(text).kind(Kind::Text);
        let extraction = Extractor::default().extract(&record);
        extraction.verdicts.iter().map(|verdict| verdict.keep).collect()
    }

    #[test]
    fn a_section_under_a_heading_that_stays_is_not_torn_from_it() {
        assert!(kept(include_str!("../../../corpus/text-clean-readme/page.txt")).iter().all(|keep| *keep));
        assert!(is_heading("## Licence") && !is_heading("#licence"));
    }

    #[test]
    fn a_list_stays_with_the_line_that_announces_it_or_goes_with_one_that_is_named() {
        let kept = |parts: [Part; 5], mut keep: [bool; 5]| {
            settle_lists(&parts, &mut keep);
            keep
        };
        let (yes, no) = (true, false);
        let (named, named_item) = (Part { is_named: true, ..HEAD }, Part { is_named: true, ..ITEM });
        let first_stays = [yes, yes, yes, no, no];
        assert_eq!(kept([LINE, HEAD, ITEM, ITEM, ITEM], first_stays), [yes; 5]);
        assert_eq!(kept([LINE, HEAD, ITEM, named_item, ITEM], first_stays), first_stays);
        assert_eq!(kept([LINE, LINE, ITEM, ITEM, ITEM], first_stays), first_stays);
        assert_eq!(kept([LINE, HEAD, LINE, LINE, LINE], first_stays), first_stays);
        assert_eq!(kept([LINE, named, ITEM, ITEM, ITEM], first_stays), [yes, no, no, no, no]);
        // Nothing of it goes, or it is likelier the author's.
        assert_eq!(kept([LINE, named, ITEM, ITEM, ITEM], [yes; 5]), [yes; 5]);
        let likely = Part { score: 2.5, ..ITEM };
        assert_eq!(kept([LINE, named, likely, ITEM, ITEM], first_stays), first_stays);
    }

    #[test]
    fn a_list_that_has_begun_goes_on_to_the_first_item_that_is_named() {
        let kept = |parts: [Part; 5], mut keep: [bool; 5]| {
            finish_lists(&parts, &mut keep);
            keep
        };
        let (yes, no) = (true, false);
        let two_stay = [yes, yes, yes, no, no];
        assert_eq!(kept([LINE, ITEM, ITEM, ITEM, ITEM], two_stay), [yes; 5]);
        assert_eq!(kept([LINE, ITEM, ITEM, Part { is_named: true, ..ITEM }, ITEM], two_stay), two_stay);
        assert_eq!(kept([LINE, ITEM, ITEM, Part { score: -3.1, ..ITEM }, ITEM], two_stay), two_stay);
        assert_eq!(kept([LINE, LINE, ITEM, ITEM, ITEM], two_stay), two_stay);
        assert_eq!(kept([LINE, ITEM, ITEM, LINE, ITEM], two_stay), two_stay);
    }
}
