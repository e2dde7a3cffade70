//! Whether a space stands between two neighbouring inline elements: pages rely on margins between them, and split words and
//! numbers into several, too. And whether one stands where a sentence ends at the edge of an element.

use super::elements::{Display, display};
use crate::document::Tag;
use crate::scripts::is_unspaced;

/// Bytes of the text before an element that are looked at: a longer word is none.
const LOOKED_AT: usize = 64;

/// Characters within which a quotation that begins is expected to end.
const QUOTED: usize = 100;

/// The inline elements that began and ended since the last text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edges {
    /// The one that has just ended, a spaced one before others.
    ended: Option<Tag>,
    /// Two of which the second began where the first had ended.
    neighbours: Option<(Tag, Tag)>,
    /// There is any.
    any: bool,
}

impl Edges {
    /// An element begins.
    pub(super) fn begin(&mut self, tag: Tag) {
        self.any = true;
        let are_spaced = self.neighbours.is_some_and(|(one, two)| is_spaced(one) && is_spaced(two));
        if let Some(ended) = self.ended.take()
            && (is_spaced(tag) || !are_spaced)
        {
            self.neighbours = Some((ended, tag));
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self, tag: Tag) {
        self.any = true;
        if is_spaced(tag) || !self.ended.is_some_and(is_spaced) {
            self.ended = Some(tag);
        }
    }

    /// Whether a space belongs between the text before and the next one.
    pub(super) fn set_apart(self, before: &str, text: &str) -> bool {
        match self.neighbours {
            Some((one, two)) if is_spaced(one) && is_spaced(two) => is_set_apart(before, text, two),
            Some((one, two)) if are_labels(one, two) => is_set_apart(before, text, two),
            Some((one, two)) if stands_alone(one) || stands_alone(two) => {
                is_new_word(before, text) || begins_anew(before, text)
            }
            _ => self.any && begins_anew(before, text),
        }
    }
}

fn is_spaced(tag: Tag) -> bool {
    display(tag) == Display::Spaced
}

/// Whether of two neighbours each is a thing of its own: a type beside the name of a field, a button beside another.
/// (What is bold is often a part of a word: beside `span` it split three words on the development pages, and parted no
/// labels.)
fn are_labels(one: Tag, two: Tag) -> bool {
    matches!((one, two), (Tag::Code, Tag::Span) | (Tag::Button, Tag::Button))
}

/// Whether an inline element is often a label or a name of its own beside its neighbour, and not a part of a word.
fn stands_alone(tag: Tag) -> bool {
    matches!(tag, Tag::B | Tag::Strong | Tag::Cite | Tag::Dfn)
}

/// Whether the text of an element of this tag is set apart from what stands before it.
fn is_set_apart(before: &str, text: &str, tag: Tag) -> bool {
    let Some((last, first)) = before.chars().next_back().zip(text.chars().next()) else { return false };
    // Neighbouring links are two things in any script; other elements often part a sentence.
    let goes_on = is_unspaced(last) && is_unspaced(first) && !matches!(tag, Tag::A | Tag::Label | Tag::Time);
    !(goes_on || closes(first) || opens(last) || is_suffix(text) || is_bound(before, text))
}

/// Whether a text at the edge of an element begins what is no part of the sentence or the label before it: `do we.` and
/// `Anna Holm`, `wrote:` and `Think`.
fn begins_anew(before: &str, text: &str) -> bool {
    let told = end_of(before).trim_end_matches(['"', '”', '’', '»', ')']);
    let last = told.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = last.trim_start_matches(['"', '“', '‘', '«', '(']);
    let Some(bare) = word.strip_suffix(['.', '!', '?', ':', '…']) else { return false };
    // Initials go on, and names of programs: `java.util.`, `System.`
    let is_word = bare.chars().count() > 1 && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let is_alone = last.len() == told.len();
    is_word && !(is_alone && word.ends_with('.')) && is_capitalised(text)
}

/// The last word of a text and what stands before it, as much as is looked at.
fn end_of(text: &str) -> &str {
    let from = text.len().saturating_sub(LOOKED_AT);
    let start = (from..=text.len()).find(|at| text.is_char_boundary(*at));
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// Whether of two texts without a space between them the second one begins a new word: `Length` and `42 metres`, `neap`
/// and `Neap`.
fn is_new_word(before: &str, text: &str) -> bool {
    let Some((last, first)) = before.chars().next_back().zip(text.chars().next()) else { return false };
    last.is_lowercase() && (first.is_ascii_digit() || is_capitalised(text))
        || last.is_ascii_digit() && is_capitalised(text)
}

/// Whether a text begins with a capital and a small letter.
fn is_capitalised(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

/// What stands at the end of the text before it without a space.
fn closes(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '%'
            | '’'
            | '”'
            | '»'
            | '…'
            | '、'
            | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '！'
            | '？'
            | '）'
            | '」'
            | '』'
            | '】'
            | '》'
    )
}

/// What stands at the beginning of the text after it without a space.
fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '$' | '£' | '€' | '¥' | '“' | '«' | '（' | '「' | '『' | '【' | '《')
}

/// Whether a text is the end of a word behind an apostrophe, `'s`, and no quotation.
fn is_suffix(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('\'') else { return false };
    let letters = rest.chars().take_while(|c| c.is_alphabetic()).count();
    let mut pairs = rest.chars().zip(rest.chars().skip(1).chain([' '])).take(QUOTED);
    let is_quoted = pairs.any(|(c, next)| c == '\'' && !next.is_alphanumeric());
    (1..=2).contains(&letters) && !is_quoted
}

/// Whether a hyphen or a stroke without a space beside it binds the two, `well` and `-known`, `km/` and `h`; or they
/// are a number, `5.` and `99`, or a word with a large initial, `S` and `even`.
fn is_bound(before: &str, text: &str) -> bool {
    let binds = |c: char| matches!(c, '-' | '/');
    let mut last = before.chars().rev();
    let mut first = text.chars();
    let (last, first) = ([last.next(), last.next()], [first.next(), first.next()]);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // A, I and O are words of their own.
    let is_initial = |c: char| c.is_uppercase() && !matches!(c, 'A' | 'I' | 'O');
    is_word(last[0]) && first[0].is_some_and(binds) && is_word(first[1])
        || is_word(first[0]) && last[0].is_some_and(binds) && is_word(last[1])
        || matches!(last[0], Some('.' | ',')) && is_digit(last[1]) && is_digit(first[0])
        || last[0].is_some_and(is_initial) && !is_word(last[1]) && first[0].is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{begins_anew, is_new_word, is_set_apart};
    use crate::document::Tag;

    #[test]
    fn words_numbers_and_sentences_that_are_split_stay_whole() {
        let cases = [
            ("one", "two", true),
            ("John", "'s boat", false),
            ("said", "'so be it'", true),
            ("he", "'s'", true),
            ("Ann", "'s boat isn't", false),
            ("well", "-known", false),
            ("Harbour", "- News", true),
            ("km/", "h", false),
            ("a /", "b", true),
            ("港口", "重开", false),
            ("港口", "。", false),
            ("(", "a", false),
            ("50", "%", false),
            ("", "a", false),
            ("a S", "even years", false),
            ("USS", "even", true),
            ("A", "boat", true),
            ("5.", "99", false),
            ("of 1,", "234", false),
            ("end.", "99", true),
        ];
        for (before, text, apart) in cases {
            assert_eq!(is_set_apart(before, text, Tag::Span), apart, "{before} {text}");
        }
        assert!(is_set_apart("港口", "重开", Tag::A));
    }

    #[test]
    fn a_sentence_at_the_edge_of_an_element_begins_anew() {
        let cases = [
            ("As the tide turns, so do we.", "Anna Holm", true),
            ("Tom wrote:", "Think again", true),
            ("When?", "It sails", true),
            ("System.", "Out of", false),
            ("he asked \"Now?\"", "The boat", true),
            ("see java.util.", "List of", false),
            ("by J. R.", "Smith", false),
            ("version 2.", "Then", false),
            ("see Fig.", "2", false),
            ("so it ends.", "and", false),
            ("Он сказал:", "Да, конечно", true),
        ];
        for (before, text, anew) in cases {
            assert_eq!(begins_anew(before, text), anew, "{before} {text}");
        }
        let words =
            [("Length", "42 metres", true), ("neap", "Neap tide", true), ("H", "2", false), ("un", "known", false)];
        for (before, text, new) in words {
            assert_eq!(is_new_word(before, text), new, "{before} {text}");
        }
    }
}
