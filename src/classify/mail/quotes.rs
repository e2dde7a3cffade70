//! What a letter quotes: marked lines, what introduces them ([`introductions`]), and letters copied whole below their
//! headers ([`copied`]); and which of it stays.

use std::ops::Range;

use super::line::Line;
use super::{copied, introductions};
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

/// Finds out who speaks.
pub(super) fn voices(lines: &[Line<'_>]) -> Voices {
    let mut headers = vec![false; lines.len()];
    introductions::mark(lines, &mut headers);
    let copied = copied::mark(lines, &mut headers);
    let mut quoted: Vec<bool> = lines.iter().zip(&headers).map(|(line, header)| line.depth > 0 || *header).collect();
    if let Some(copied) = copied {
        quoted[copied..].fill(true);
    }
    let changes = |at: &usize| *at == 0 || lines[*at].depth != lines[at - 1].depth || headers[*at] != headers[at - 1];
    Voices { quoted, starts: (0..lines.len()).filter(changes).collect(), headers }
}

/// Which quoted lines stay.
pub(super) fn kept(lines: &[Line<'_>], voices: &Voices, gone: &[bool], wanted: Quotes) -> Vec<bool> {
    let author = |at: &usize| !voices.quoted[*at] && !gone[*at];
    let wrote = (0..lines.len()).filter(author).any(|at| lines[at].words > 0);
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
    keep
}

/// Whether the author answers in between: two quotes with an answer each, or one with text before it and after it.
fn answers_piece_by_piece(lines: &[Line<'_>], voices: &Voices, gone: &[bool]) -> bool {
    let mut answered = 0;
    let mut before = 0;
    let mut open = false;
    for at in 0..lines.len() {
        if voices.quoted[at] {
            open |= lines[at].depth > 0;
        } else if !gone[at] && lines[at].words > 0 {
            answered += usize::from(open);
            open = false;
            before += usize::from(answered == 0 && lines[at].words > GREETING_WORDS);
        }
    }
    answered >= 2 || answered == 1 && before >= 2
}
