//! Whether a space stands between two neighbouring inline elements: pages rely on margins between them, and split words and
//! numbers into several, too.

use crate::document::Tag;
use crate::scripts::is_unspaced;

/// Characters within which a quotation that begins is expected to end.
const QUOTED: usize = 100;

/// Whether the text of an element of this tag is set apart from what stands before it.
pub(super) fn is_set_apart(before: &str, text: &str, tag: Tag) -> bool {
    let Some((last, first)) = before.chars().next_back().zip(text.chars().next()) else { return false };
    // Neighbouring links are two things in any script; other elements often part a sentence.
    let goes_on = is_unspaced(last) && is_unspaced(first) && !matches!(tag, Tag::A | Tag::Label | Tag::Time);
    !(goes_on || closes(first) || opens(last) || is_suffix(text) || is_bound(before, text))
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

/// Whether a hyphen or a stroke without a space beside it binds the two: `well` and `-known`, `km/` and `h`.
fn is_bound(before: &str, text: &str) -> bool {
    let binds = |c: char| matches!(c, '-' | '/');
    let mut last = before.chars().rev();
    let mut first = text.chars();
    let (last, first) = ([last.next(), last.next()], [first.next(), first.next()]);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(last[0]) && first[0].is_some_and(binds) && is_word(first[1])
        || is_word(first[0]) && last[0].is_some_and(binds) && is_word(last[1])
}

#[cfg(test)]
mod tests {
    use super::is_set_apart;
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
        ];
        for (before, text, apart) in cases {
            assert_eq!(is_set_apart(before, text, Tag::Span), apart, "{before} {text}");
        }
        assert!(is_set_apart("港口", "重开", Tag::A));
    }
}
