//! What one pass over a text's characters tells: the measures behind the features of pages and of plain texts.

use super::words::{Run, Walker, walk};
use crate::hash::Fnv;
use crate::scripts::has_pauses;
use crate::signs::{Sign, is_closing, sign, sign_of_any};

/// What one pass over a block's characters tells.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Measures {
    pub(crate) words: f32,
    pub(crate) chars: f32,
    pub(crate) word_chars: f32,
    pub(crate) longest_word: f32,
    pub(crate) sentences: f32,
    pub(crate) commas: f32,
    pub(crate) digits: f32,
    pub(crate) upper: f32,
    pub(crate) letters: f32,
    pub(crate) title_case: f32,
    pub(crate) spaces: f32,
    pub(crate) non_ascii: f32,
    pub(crate) bars: f32,
    pub(crate) arrows: f32,
    pub(crate) lines: f32,
    pub(crate) quotes: f32,
    pub(crate) parentheses: f32,
    pub(crate) last_class: u8,
    pub(crate) first_class: u8,
    /// Of the text in lower case: of its words and of what stands between them.
    pub(crate) hash: u64,
}

/// What is counted on the way.
#[derive(Default)]
struct Counts {
    words: u32,
    chars: u32,
    word_chars: u32,
    longest_word: u32,
    sentences: u32,
    commas: u32,
    digits: u32,
    upper: u32,
    letters: u32,
    title_case: u32,
    spaces: u32,
    non_ascii: u32,
    bars: u32,
    arrows: u32,
    lines: u32,
    quotes: u32,
    parentheses: u32,
    /// Whether the last word is Thai or Lao.
    has_pauses: bool,
}

/// Counts on a walk over the words, and passes the hash of each on.
struct Counter<W> {
    counts: Counts,
    hash: Fnv,
    word: W,
}

impl<W: FnMut(u64, char, u32)> Walker for Counter<W> {
    fn ascii(&mut self, run: Run, is_first: bool) {
        let counts = &mut self.counts;
        counts.title_case += u32::from(is_first && run.begins_upper);
        counts.chars += run.chars;
        counts.digits += run.digits;
        counts.letters += run.chars - run.digits - run.strokes;
        counts.upper += run.upper;
    }

    fn beyond_ascii(&mut self, c: char, is_first: bool) {
        self.counts.title_case += u32::from(is_first && c.is_uppercase());
        self.counts.beyond_ascii(c);
    }

    fn between(&mut self, c: char, rest: &str) {
        self.counts.chars += 1;
        self.counts.non_ascii += u32::from(!c.is_ascii());
        self.hash.lower(c);
        self.counts.mark(c, rest);
    }

    fn word(&mut self, hash: u64, first: char, length: u32) {
        self.counts.words += 1;
        self.counts.word_chars += length;
        self.counts.longest_word = self.counts.longest_word.max(length);
        self.counts.has_pauses = has_pauses(first);
        self.hash.long(hash);
        (self.word)(hash, first, length);
    }
}

impl Counts {
    /// A letter or digit.
    fn beyond_ascii(&mut self, c: char) {
        self.chars += 1;
        self.non_ascii += 1;
        if c.is_numeric() {
            self.digits += 1;
        } else {
            self.letters += 1;
            self.upper += u32::from(c.is_uppercase());
        }
    }

    fn mark(&mut self, c: char, rest: &str) {
        let counter = match c {
            ' ' => {
                // Others have a comma or a stop there.
                let is_pause = self.has_pauses && rest.chars().next().is_some_and(has_pauses);
                self.commas += u32::from(is_pause);
                &mut self.spaces
            }
            '\n' => &mut self.lines,
            ',' => &mut self.commas,
            '.' | '!' | '?' | '…' => {
                let ends = rest
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '»' | ')' | '“'));
                if !ends {
                    return;
                }
                &mut self.sentences
            }
            '|' | '•' | '·' => &mut self.bars,
            '»' | '›' | '→' | '←' | '«' | '‹' => &mut self.arrows,
            '"' | '“' | '„' | '「' => &mut self.quotes,
            '(' | '（' => &mut self.parentheses,
            _ if c.is_ascii() => return,
            _ => match sign(c) {
                Some(Sign::Stop | Sign::Exclamation | Sign::Question) => &mut self.sentences,
                Some(Sign::Comma) => &mut self.commas,
                _ => return,
            },
        };
        *counter += 1;
    }
}

impl Measures {
    /// Measures a text in one pass.
    pub(crate) fn of(text: &str) -> Self {
        Self::with_words(text, |_, _, _| ())
    }

    /// The same, calling `word` with the folded hash, the first character and the length of every word.
    pub(crate) fn with_words(text: &str, word: impl FnMut(u64, char, u32)) -> Self {
        let mut counter = Counter { counts: Counts::default(), hash: Fnv::new(), word };
        walk(text, &mut counter);
        let Counter { counts, hash, .. } = counter;
        Self {
            words: counts.words as f32,
            chars: counts.chars as f32,
            word_chars: counts.word_chars as f32,
            longest_word: counts.longest_word as f32,
            sentences: counts.sentences as f32,
            commas: counts.commas as f32,
            digits: counts.digits as f32,
            upper: counts.upper as f32,
            letters: counts.letters as f32,
            title_case: counts.title_case as f32,
            spaces: counts.spaces as f32,
            non_ascii: counts.non_ascii as f32,
            bars: counts.bars as f32,
            arrows: counts.arrows as f32,
            lines: counts.lines as f32,
            quotes: counts.quotes as f32,
            parentheses: counts.parentheses as f32,
            last_class: last_class(text),
            first_class: text.chars().next().map_or(0, first_class),
            hash: hash.finish(),
        }
    }

    /// Characters that are neither word nor space, as a share of all.
    pub(crate) fn symbols(&self) -> f32 {
        (self.chars - self.word_chars - self.spaces) / self.chars.max(1.0)
    }
}

fn first_class(c: char) -> u8 {
    if c.is_uppercase() {
        1
    } else if c.is_lowercase() {
        2
    } else if c.is_numeric() {
        3
    } else if c.is_alphabetic() {
        4
    } else {
        5
    }
}

pub(crate) fn last_class(text: &str) -> u8 {
    let text = text.trim_end_matches(is_closing);
    if text.ends_with("...") {
        return 6;
    }
    let mut backwards = text.chars().rev();
    let Some(last) = backwards.next() else { return 0 };
    match last {
        '…' => return 6,
        // The question mark of Greek.
        ';' if backwards.next().is_some_and(is_greek) => return 3,
        _ => {}
    }
    match sign_of_any(last) {
        Some(Sign::Stop) => 1,
        Some(Sign::Exclamation) => 2,
        Some(Sign::Question) => 3,
        Some(Sign::Colon) => 4,
        Some(Sign::Comma) => 5,
        Some(Sign::Semicolon) => 7,
        None => 0,
    }
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::Measures;

    #[test]
    fn a_word_of_any_length_is_one_word_and_every_character_counts() {
        // Longer than what is counted in one go.
        let text = format!("{}{}_{} Öl, 日本語。", "A".repeat(70_000), "b".repeat(10), "3".repeat(70_000));
        let measures = Measures::of(&text);
        assert_eq!((measures.words, measures.longest_word, measures.word_chars), (4.0, 140_011.0, 140_016.0));
        assert_eq!((measures.upper, measures.digits, measures.letters), (70_001.0, 70_000.0, 70_015.0));
        assert_eq!((measures.title_case, measures.commas, measures.sentences), (2.0, 1.0, 1.0));
    }
}
