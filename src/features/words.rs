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
    /// A character of a word, the first of one or not.
    fn inside(&mut self, _c: char, _is_first: bool) {}

    /// A character between words, and the one after it.
    fn between(&mut self, _c: char, _next: Option<char>) {}

    /// The end of a word: its folded hash, its first character, its characters.
    fn word(&mut self, _hash: u64, _first: char, _length: u32) {}
}

/// Walks over a text; an unspaced run is cut in pairs.
pub(crate) fn walk(text: &str, walker: &mut impl Walker) {
    let mut open: Option<(Fnv, char, u32)> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let is_ascii = c.is_ascii();
        let unspaced = !is_ascii && is_unspaced(c);
        let is_inside = if is_ascii { c.is_ascii_alphanumeric() || c == '_' } else { unspaced || c.is_alphanumeric() };
        if !is_inside {
            open.take().into_iter().for_each(|(hash, first, length)| walker.word(hash.finish(), first, length));
            walker.between(c, chars.clone().next());
            continue;
        }
        let ends = open.is_some_and(|(_, first, length)| is_unspaced(first) != unspaced || (unspaced && length == 2));
        if ends {
            open.take().into_iter().for_each(|(hash, first, length)| walker.word(hash.finish(), first, length));
        }
        walker.inside(c, open.is_none());
        let (hash, _, length) = open.get_or_insert((Fnv::new(), c, 0));
        *length += 1;
        hash.lower(c);
    }
    open.into_iter().for_each(|(hash, first, length)| walker.word(hash.finish(), first, length));
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
        let cases =
            [("", 0), ("two words", 2), ("don't", 2), ("日本語", 2), ("日本語です", 3), ("abc日本", 2), ("— …", 0)];
        for (text, words) in cases {
            let mut count = 0;
            each_word(text, |_, _, _| count += 1);
            assert_eq!(count, words, "{text}");
        }
    }
}
