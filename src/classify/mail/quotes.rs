//! What a letter quotes: marked lines, what introduces them ([`introductions`]), and letters copied whole below their
//! headers ([`copied`]); and which of it stays.

use std::collections::BTreeSet;
use std::ops::Range;

use super::line::Line;
use super::sender::Sender;
use super::signatures::{is_closing, is_name};
use super::stamps::has_stamp;
use super::{coloured, copied, introductions};
use crate::options::Quotes;

/// Words of a greeting, which is no answer.
pub(super) const GREETING_WORDS: usize = 4;

/// The voices of a letter.
#[derive(Debug)]
pub(super) struct Voices {
    /// Which lines are quoted, or introduce what is.
    pub(super) quoted: Vec<bool>,
    /// Where the speaker changes: the first lines of runs of one depth, of headers and of what follows them.
    pub(super) starts: Vec<usize>,
    /// Which lines are headers and introductions of quoted letters.
    pub(super) headers: Vec<bool>,
}

impl Voices {
    /// Runs of lines that one person wrote, without the headers between.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let ends = self.starts.iter().copied().skip(1).chain([self.quoted.len()]);
        let runs = self.starts.iter().copied().zip(ends).map(|(start, end)| start..end);
        runs.filter(|run| !run.is_empty() && !self.headers[run.start]).collect()
    }
}

/// Finds out who speaks; `subject` is that of the letter, which stands `alone` if it answers no other.
pub(super) fn voices(lines: &[Line<'_>], subject: Option<&str>, alone: bool) -> Voices {
    let mut headers = vec![false; lines.len()];
    introductions::mark(lines, &mut headers);
    let copied = copied::mark(lines, subject, alone, &mut headers);
    let mut quoted: Vec<bool> = lines.iter().zip(&headers).map(|(line, header)| line.depth > 0 || *header).collect();
    if let Some(copied) = copied {
        quoted[copied..].fill(true);
    }
    let changes = |at: &usize| *at == 0 || lines[*at].depth != lines[at - 1].depth || headers[*at] != headers[at - 1];
    Voices { quoted, starts: (0..lines.len()).filter(changes).collect(), headers }
}

/// Whether what introduces quotes tells who wrote them when, or stands over all that the author wrote; below something
/// else the author of a first letter says what is cited.
pub(super) fn introduces_letter(lines: &[Line<'_>], voices: &Voices) -> bool {
    let is_text = |at: &usize| !voices.quoted[*at] && lines[*at].words > GREETING_WORDS;
    let first = (0..lines.len()).find(is_text).unwrap_or(lines.len());
    (0..lines.len())
        .filter(|at| voices.headers[*at])
        .any(|at| at < first || lines[at].announces || is_stamped(&lines[at]))
}

/// Whether a line has an address of mail, a date or a time.
fn is_stamped(line: &Line<'_>) -> bool {
    line.text.contains('@') || has_stamp(line.text)
}

/// Which quoted lines stay.
pub(super) fn kept(
    lines: &[Line<'_>],
    voices: &Voices,
    gone: &[bool],
    sender: Option<&Sender>,
    wanted: Quotes,
) -> Vec<bool> {
    let author = |at: &usize| !voices.quoted[*at] && !gone[*at];
    let wrote = (0..lines.len()).filter(author).any(|at| lines[at].words > 0 || lines[at].text.contains(is_emoji));
    // A letter that only passes another on is about that one.
    if wanted == Quotes::Keep || !wrote {
        return vec![true; lines.len()];
    }
    let mut keep: Vec<bool> = voices.quoted.iter().map(|quoted| !quoted).collect();
    if wanted == Quotes::Context && answers_piece_by_piece(lines, voices, gone) {
        let last = (0..lines.len()).rev().find(author).unwrap_or(0);
        let copied = (0..lines.len()).find(|at| voices.quoted[*at] && lines[*at].depth == 0 && !voices.headers[*at]);
        let end = last.min(copied.unwrap_or(last));
        keep[..end].fill(true);
    }
    if wanted == Quotes::Context {
        keep[..answered_inside(lines, voices, sender).max(coloured::answered(lines, voices))].fill(true);
    }
    keep
}

/// Whether a character is a face, a hand or another small picture: an answer without a word.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27bf | 0x1f300..=0x1faff)
}

/// Where the answers end that the author set into a copy without marks; 0 where there are none. They are told by a mark that
/// the author announces over the copy, or by the sender's name in brackets.
fn answered_inside(lines: &[Line<'_>], voices: &Voices, sender: Option<&Sender>) -> usize {
    const ANSWERS: usize = 2;
    let Some(copied) = (0..lines.len()).find(|at| voices.quoted[*at] && lines[*at].depth == 0) else { return 0 };
    let words = lines[..copied].iter().flat_map(|line| line.text.split(' '));
    let announced: BTreeSet<&str> = words.filter_map(mark).collect();
    let answers = |at: &usize| {
        let text = lines[*at].text;
        let is_announced =
            || mark(text.split(' ').next().unwrap_or_default()).is_some_and(|own| announced.contains(own));
        !voices.headers[*at] && (is_announced() || sender.is_some_and(|sender| sender.is_tag(text)))
    };
    let found: Vec<usize> = (copied..lines.len()).filter(answers).collect();
    if found.len() < ANSWERS {
        return 0;
    }
    let last = found.last().copied().unwrap_or(0);
    let goes_on = lines[last + 1..].iter().take_while(|line| !line.gap).count();
    last + 1 + goes_on
}

/// A word of some equal marks, such as `###`, without what a sentence sets behind it. Others draw rules.
fn mark(word: &str) -> Option<&str> {
    let word = word.trim_end_matches(['.', ',', ':', ')']);
    let first = word.chars().next().filter(|first| matches!(first, '#' | '*' | '%' | '+' | '|' | '$' | '@'))?;
    ((2..=4).contains(&word.len()) && word.chars().all(|c| c == first)).then_some(word)
}

/// Whether the author answers in between: two quotes with an answer each, or one with text before it and after it, for
/// which less will do where nothing introduces the quote.
fn answers_piece_by_piece(lines: &[Line<'_>], voices: &Voices, gone: &[bool]) -> bool {
    let mut answered = 0;
    let mut before = 0;
    let mut open = false;
    let mut closed = false;
    for at in 0..lines.len() {
        // Who closes a letter below the quote answers nothing with that.
        closed =
            !voices.quoted[at] && (is_closing(&lines[at]) || closed && (lines[at].words == 0 || is_name(&lines[at])));
        if voices.quoted[at] {
            open |= lines[at].depth > 0;
        } else if closed {
            continue;
        } else if !gone[at] && lines[at].words > 0 {
            answered += usize::from(open);
            open = false;
            // Who wrote it may be told in words that no pattern knows.
            let is_introduction = lines[at].ends_in_colon() && is_stamped(&lines[at]);
            before += usize::from(answered == 0 && lines[at].words > GREETING_WORDS && !is_introduction);
        }
    }
    let least = if voices.headers.contains(&true) { 2 } else { 1 };
    answered >= 2 || answered == 1 && before >= least
}
