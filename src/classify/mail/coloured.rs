//! Answers that the author set into the letter below in a colour of their own.

use super::line::Line;
use super::quotes::Voices;
use crate::signs::ends_sentence;

/// Answers from which a colour is the author's; one will do if the author wrote in it above.
const ANSWERS: usize = 2;

/// Colours that are told apart in one letter.
const MOST: usize = 16;

/// Where the answers end that stand in the first of the letters below; 0 where there are none. What else is coloured there,
/// headings and signatures, has no sentence, and a letter that begins in a colour was written in it.
pub(super) fn answered(lines: &[Line<'_>], voices: &Voices) -> usize {
    let is_text = |at: &usize| lines[*at].words > 0 && !voices.headers[*at];
    let is_below = |at: &usize| voices.quoted[*at] && is_text(at);
    let Some(first) = (0..lines.len()).find(is_below) else { return 0 };
    let end = (first..lines.len()).find(|at| voices.headers[*at]).unwrap_or(lines.len());
    let mut answers: Vec<Answers> = Vec::new();
    let mut before = lines[first].colour;
    let mut open = false;
    for at in (first..end).filter(is_text) {
        let own = lines[at].colour;
        open &= own == before;
        before = own;
        let Some(colour) = own.filter(|_| own != lines[first].colour) else { continue };
        let known = answers.iter().position(|known| known.colour == colour);
        let place = known.unwrap_or(answers.len());
        if place == MOST {
            continue;
        }
        if known.is_none() {
            let wrote = lines[..first].iter().any(|line| line.colour == own && line.depth == 0);
            answers.push(Answers { colour, count: usize::from(wrote), last: at });
        }
        answers[place].last = at;
        if !open && ends_sentence(lines[at].text) {
            answers[place].count += 1;
            open = true;
        }
    }
    let last = answers.iter().filter(|answers| answers.count >= ANSWERS).map(|answers| answers.last + 1);
    last.max().unwrap_or(0)
}

/// What stands in one colour.
struct Answers {
    colour: u32,
    /// Pieces of it with a sentence, parted by text of another colour.
    count: usize,
    /// Its last line.
    last: usize,
}
