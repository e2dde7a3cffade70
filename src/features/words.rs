//! Words, by script: the measure of length behind every other feature.
//!
//! A word is a run of letters, digits and underscores. Scripts that put no spaces between words would count as one
//! endless word, so a run of them counts as one word for every two characters (measured in the design study: Chinese
//! press went from .775 to .917 by this alone).

use crate::hash::Fnv;

/// Whether a character belongs to a script without spaces: Thai, Lao, Burmese, Khmer, Kana, Han.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0x2_0000..=0x3_ffff)
}

/// What a walk over the words of a text tells.
pub(crate) trait Walker {
    /// Characters of a word, the first of one or not: a run of ASCII, or one beyond.
    fn inside(&mut self, _part: &str, _is_first: bool) {}

    /// A character between words, and the one after it.
    fn between(&mut self, _c: char, _next: Option<char>) {}

    /// The end of a word: its folded hash, its first character, its characters.
    fn word(&mut self, _hash: u64, _first: char, _length: u32) {}
}

/// A word that is not over: its hash so far, its first character, its characters.
type Open = Option<(Fnv, char, u32)>;

/// Walks over a text; an unspaced run is cut in pairs.
pub(crate) fn walk(text: &str, walker: &mut impl Walker) {
    let mut open: Open = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ascii = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let unspaced = ascii == 0 && is_unspaced(c);
        let length = if ascii > 0 { ascii } else { c.len_utf8() };
        let Some((part, after)) = rest.split_at_checked(length) else { return };
        rest = after;
        if ascii == 0 && !unspaced && (c.is_ascii() || !c.is_alphanumeric()) {
            close(&mut open, walker);
            walker.between(c, rest.chars().next());
            continue;
        }
        if open.is_some_and(|(_, first, length)| is_unspaced(first) != unspaced || (unspaced && length == 2)) {
            close(&mut open, walker);
        }
        walker.inside(part, open.is_none());
        let (hash, _, length) = open.get_or_insert((Fnv::new(), c, 0));
        if ascii > 0 {
            *length += ascii as u32;
            part.bytes().for_each(|byte| hash.word(u32::from(byte.to_ascii_lowercase())));
        } else {
            *length += 1;
            hash.lower(c);
        }
    }
    close(&mut open, walker);
}

fn close(open: &mut Open, walker: &mut impl Walker) {
    if let Some((hash, first, length)) = open.take() {
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
    use super::each_word;

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
        ];
        for (text, words) in cases {
            let mut count = 0;
            each_word(text, |_, _, _| count += 1);
            assert_eq!(count, words, "{text}");
        }
    }
}
