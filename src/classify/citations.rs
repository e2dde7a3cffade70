//! What an author cites between quotation marks: it is shown to the reader, and what it says of unsubscribing or of
//! secrecy is not said of this document.

use std::borrow::Cow;
use std::ops::Range;

use crate::features::lines::without;
use crate::features::words_between_spaces;
use crate::signs::ends_sentence;

/// Characters of what is set between quotation marks and is no citation, unless it is a sentence: a name, a term, a command.
const NAME_CHARS: usize = 40;

/// Words of the shortest sentence.
const SENTENCE_WORDS: usize = 3;

/// What opens a quotation, and what may close it.
type Marks = (char, &'static [char]);

const MARKS: [Marks; 8] = [
    ('"', &['"']),
    ('“', &['”']),
    ('„', &['“', '”']),
    ('”', &['”']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('『', &['』']),
];

/// A text without what is cited in it; borrowed where nothing is.
pub(super) fn uncited(text: &str) -> Cow<'_, str> {
    if !has_marks(text) {
        return Cow::Borrowed(text);
    }
    match citations(text) {
        cited if cited.is_empty() => Cow::Borrowed(text),
        cited => Cow::Owned(without(text, cited.into_iter())),
    }
}

/// Whether a text has a mark that opens a quotation.
pub(super) fn has_marks(text: &str) -> bool {
    opening(text, &MARKS).is_some()
}

/// Where citations stand in a text, without their marks. What is not closed anywhere is not looked for again.
pub(super) fn citations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut marks = MARKS.to_vec();
    while let Some((mark, quoting)) = opening(rest, &marks) {
        let start = text.len() - quoting.len();
        rest = quoting;
        let Some((quoted, after)) = quoting.split_once(marks[mark].1) else {
            marks.remove(mark);
            continue;
        };
        rest = after;
        let is_sentence = || ends_sentence(quoted) && words_between_spaces(quoted) >= SENTENCE_WORDS;
        if quoted.chars().count() >= NAME_CHARS || is_sentence() {
            found.push(start..start + quoted.len());
        }
    }
    found
}

/// Which of some marks opens the first quotation of a text, and the text behind it.
fn opening<'t>(text: &'t str, marks: &[Marks]) -> Option<(usize, &'t str)> {
    let mut chars = text.chars();
    let mark = chars.find_map(|c| marks.iter().position(|(opening, _)| *opening == c))?;
    Some((mark, chars.as_str()))
}

/// A text that stands at `place` in its paragraph, without what is cited there.
pub(super) fn said(text: &str, place: usize, cited: &[Range<usize>]) -> String {
    let within = |at: usize| at.saturating_sub(place).min(text.len());
    without(text, cited.iter().map(|range| within(range.start)..within(range.end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_long_texts_between_marks_are_cited_names_are_not() {
        let cited = |text: &str| {
            citations(text).into_iter().filter_map(|range| text.get(range)).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(cited("It says \"Click here to leave.\" and no more."), ["Click here to leave."]);
        assert_eq!(cited("Send \"unsubscribe\" to the list \"Bees\"."), Vec::<String>::new());
        assert_eq!(
            cited("Dort steht: „Wenn Sie nichts mehr erhalten möchten, klicken Sie hier“ und „ok“."),
            ["Wenn Sie nichts mehr erhalten möchten, klicken Sie hier"]
        );
        assert_eq!(cited("a 12\" disk"), Vec::<String>::new());
        assert_eq!(
            cited("「配信停止はこちらをクリックしてください。」と書いてある"),
            ["配信停止はこちらをクリックしてください。"]
        );
    }
}
