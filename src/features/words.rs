//! Words, by script: the measure of length behind every other feature.
//!
//! A word is a run of letters, digits and underscores. Scripts that put no spaces between words would count as one
//! endless word, so a run of them counts as one word for every two characters (measured in the design study: Chinese
//! press went from .775 to .917 by this alone), or for every five where words are spelt in letters.

use crate::hash::Fnv;
use crate::scripts::{is_spelt, is_unspaced};
use crate::signs::is_inside_words;

/// Characters that count as a word in an unspaced run that begins with this one.
pub(crate) fn chars_of_word(first: char) -> u32 {
    if is_spelt(first) { 5 } else { 2 }
}

/// The words of a text as people count them: what stands between spaces and is more than signs, and in scripts without
/// spaces one for every few characters. "Mother-in-law" is one here, where a feature counts three.
pub(crate) fn words_between_spaces(text: &str) -> usize {
    let words = |run: &str| match run.chars().find(|c| is_unspaced(*c)) {
        None => usize::from(run.chars().any(char::is_alphanumeric)),
        Some(first) => run.chars().filter(|c| is_unspaced(*c)).count().div_ceil(chars_of_word(first) as usize),
    };
    text.split_whitespace().map(words).sum()
}

/// What a walk over the words of a text tells.
pub(crate) trait Walker {
    /// ASCII characters of a word, the first of one or not.
    fn ascii(&mut self, _run: Run, _is_first: bool) {}

    /// A character of a word beyond ASCII, the first of one or not.
    fn beyond_ascii(&mut self, _c: char, _is_first: bool) {}

    /// A character between words, and the text after it.
    fn between(&mut self, _c: char, _rest: &str) {}

    /// The end of a word: its folded hash, its first character, its characters.
    fn word(&mut self, _hash: u64, _first: char, _length: u32) {}
}

/// What a run of ASCII characters of one word holds, besides small letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) chars: u32,
    pub(crate) upper: u32,
    pub(crate) digits: u32,
    pub(crate) strokes: u32,
    pub(crate) begins_upper: bool,
}

/// Of each byte of a word in ASCII what it is, as a one in a field of [`FIELD`] bits: a small letter, a capital, a digit, a
/// stroke; 0 for all other bytes. One look and one sum a byte count all of them.
const KINDS: [u64; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 1 << FIELD,
            b'0'..=b'9' => 1 << (2 * FIELD),
            b'_' => 1 << (3 * FIELD),
            _ => 0,
        };
        byte += 1;
    }
    kinds
};
const FIELD: u32 = 16;

/// The longest run: what a field can count.
const LONGEST_RUN: usize = (1 << FIELD) - 1;

/// The run at the beginning of these bytes; its characters are added to the hash.
fn run(bytes: &[u8], hash: &mut Fnv) -> Run {
    let (mut kinds, mut chars) = (0, 0);
    for byte in bytes.get(..LONGEST_RUN).unwrap_or(bytes) {
        let kind = KINDS[usize::from(*byte)];
        if kind == 0 {
            break;
        }
        kinds += kind;
        chars += 1;
        hash.word(u32::from(byte.to_ascii_lowercase()));
    }
    let field = |number: u32| (kinds >> (number * FIELD)) as u32 & LONGEST_RUN as u32;
    let begins_upper = bytes.first().is_some_and(u8::is_ascii_uppercase);
    Run { chars, upper: field(1), digits: field(2), strokes: field(3), begins_upper }
}

/// A word that is not over.
#[derive(Clone, Copy)]
struct Open {
    hash: Fnv,
    first: char,
    length: u32,
}

/// Walks over a text; an unspaced run is cut in pieces of as many characters as a word has.
pub(crate) fn walk(text: &str, walker: &mut impl Walker) {
    let mut open: Option<Open> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_ascii = c.is_ascii();
        let unspaced = !is_ascii && is_unspaced(c);
        let is_word = if is_ascii { KINDS[c as usize] != 0 } else { unspaced || c.is_alphanumeric() };
        if !is_word && !is_ascii && is_inside_words(c) {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        if !is_word {
            close(&mut open, walker);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            walker.between(c, rest);
            continue;
        }
        let is_full = |open: Open| unspaced && open.length >= chars_of_word(open.first);
        if open.is_some_and(|open| is_unspaced(open.first) != unspaced || is_full(open)) {
            close(&mut open, walker);
        }
        let is_first = open.is_none();
        let open = open.get_or_insert(Open { hash: Fnv::new(), first: c, length: 0 });
        let bytes = if is_ascii {
            let run = run(rest.as_bytes(), &mut open.hash);
            open.length += run.chars;
            walker.ascii(run, is_first);
            run.chars as usize
        } else {
            open.hash.lower(c);
            open.length += 1;
            walker.beyond_ascii(c, is_first);
            c.len_utf8()
        };
        rest = rest.get(bytes..).unwrap_or_default();
    }
    close(&mut open, walker);
}

fn close(open: &mut Option<Open>, walker: &mut impl Walker) {
    if let Some(Open { hash, first, length }) = open.take() {
        walker.word(hash.finish(), first, length);
    }
}

/// Calls `word` with the folded hash, the first character and the length of every word.
pub(crate) fn each_word(text: &str, word: impl FnMut(u64, char, u32)) {
    struct Each<W>(W);
    impl<W: FnMut(u64, char, u32)> Walker for Each<W> {
        fn word(&mut self, hash: u64, first: char, length: u32) {
            (self.0)(hash, first, length);
        }
    }
    walk(text, &mut Each(word));
}

#[cfg(test)]
mod tests {
    use super::{each_word, words_between_spaces};

    #[test]
    fn people_count_what_stands_between_spaces_or_pairs_of_unspaced_characters() {
        let cases = [
            ("", 0),
            ("don't — stop", 2),
            ("mother-in-law", 1),
            ("日本語です。", 3),
            ("abc 日本", 2),
            ("-- *", 0),
            ("สวัสดีครับ", 2),
        ];
        cases.into_iter().for_each(|(text, count)| assert_eq!(words_between_spaces(text), count, "{text}"));
    }

    #[test]
    fn words_are_runs_of_letters_and_pairs_of_unspaced_characters() {
        let cases = [
            ("", 0),
            ("two words", 2),
            ("don't", 2),
            ("日本語", 2),
            ("日本語です", 3),
            ("abc日本", 2),
            ("— …", 0),
            ("café9_é", 1),
            // A letter and its accent, a virama, a joiner, a point, a soft hyphen.
            ("cafe\u{301}s", 1),
            ("\u{9b6}\u{9cd}\u{9b0}\u{9c0}", 1),
            ("\u{645}\u{6cc}\u{200c}\u{634}\u{648}\u{62f}", 1),
            ("\u{5e9}\u{5c1}\u{5b8}\u{5dc}", 1),
            ("bound\u{ad}ary", 1),
            ("สวัสดีครับ", 2),
            ("မြန်မာ။", 2),
        ];
        for (text, words) in cases {
            let mut count = 0;
            each_word(text, |_, _, _| count += 1);
            assert_eq!(count, words, "{text}");
        }
    }
}
