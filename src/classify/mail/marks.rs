//! Marks of quotes other than `>`: under an introduction, what all its lines begin with is one, or a line that is drawn
//! beside them.

use super::fields::Fields;
use super::introductions;
use super::line::{Beside, Line, hits_of};
use crate::features::words_between_spaces;
use crate::patterns::Hits;

/// What programs set before the lines that they quote.
const MARKS: [&str; 8] = ["|>", "->", "|", ":", "]", "}", "»", "＞"];

/// Lines under an introduction from which what they begin with is a mark.
const SAME_MARK: usize = 2;

/// Gives the lines that are quoted by another mark than `>` their depth, and takes the mark off.
pub(super) fn lift(lines: &mut [Line<'_>]) {
    let Some((first, mark)) = first(lines) else { return };
    let mut scratch = Hits::default();
    let mut after_marks = false;
    for line in &mut lines[first..] {
        line.gap |= std::mem::take(&mut after_marks);
        let Some(text) = line.text.strip_prefix(mark).filter(|_| line.depth == 0) else { continue };
        line.text = text.trim_start();
        line.said = line.text.into();
        line.depth = 1;
        line.words = words_between_spaces(line.text);
        line.rules = hits_of(line.text, &mut scratch);
        after_marks = line.text.is_empty();
    }
}

/// Gives the lines with a line drawn beside them their depth, if who wrote them stands over the first; the author may
/// answer between.
pub(super) fn lift_lined(lines: &mut [Line<'_>]) {
    let tells = |at: usize| {
        let over = &lines[at - 1];
        over.announces || Fields::of(over.text).count > 0 || introductions::stands_over(lines, at)
    };
    let is_lined = |line: &Line<'_>| line.beside == Beside::Line && line.depth == 0;
    let begins = |at: &usize| is_lined(&lines[*at]) && lines[at - 1].beside == Beside::Nothing;
    let Some(first) = (1..lines.len()).find(|at| begins(at) && tells(*at)) else { return };
    lines[first..].iter_mut().filter(|line| is_lined(line)).for_each(|line| line.depth = 1);
}

/// The first line with a mark, and the mark.
fn first(lines: &[Line<'_>]) -> Option<(usize, &'static str)> {
    let mark = |at: usize| MARKS.into_iter().find(|mark| lines[at].depth == 0 && lines[at].text.starts_with(mark));
    let begins = |at: usize| {
        let own = mark(at).filter(|own| mark(at - 1) != Some(own))?;
        let under = lines[at..].iter().take_while(|line| line.text.starts_with(own)).take(SAME_MARK).count();
        // A table has its marks on both sides.
        let is_table = lines[at].text.len() > own.len() && lines[at].text.ends_with(own);
        (under == SAME_MARK && !is_table && introductions::stands_over(lines, at)).then_some((at, own))
    };
    (1..lines.len()).find_map(begins)
}
