//! What one pass over a text's characters tells: the measures behind the features of pages and of plain texts.

use super::words::{Fnv, is_unspaced};

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
    /// Of the text in lower case.
    pub(crate) hash: u64,
}

/// The word that is being read.
#[derive(Default)]
struct OpenWord {
    chars: u32,
    unspaced: bool,
}

impl Measures {
    /// Measures a text in one pass.
    pub(crate) fn of(text: &str) -> Self {
        let mut measures = Self::default();
        let mut hash = Fnv::new();
        let mut word = OpenWord::default();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            measures.chars += 1.0;
            if c.is_ascii() {
                hash.word(u32::from(c.to_ascii_lowercase()));
            } else {
                measures.non_ascii += 1.0;
                c.to_lowercase().for_each(|c| hash.word(u32::from(c)));
            }
            if c.is_alphanumeric() || c == '_' || is_unspaced(c) {
                measures.word_char(c, &mut word);
            } else {
                measures.end_word(&mut word);
                measures.mark(c, chars.peek().copied());
            }
        }
        measures.end_word(&mut word);
        measures.first_class = text.chars().next().map_or(0, first_class);
        measures.last_class = last_class(text);
        measures.hash = hash.finish();
        measures
    }

    /// Characters that are neither word nor space, as a share of all.
    pub(crate) fn symbols(&self) -> f32 {
        (self.chars - self.word_chars - self.spaces) / self.chars.max(1.0)
    }

    fn word_char(&mut self, c: char, word: &mut OpenWord) {
        let unspaced = is_unspaced(c);
        if word.chars > 0 && (word.unspaced != unspaced || (unspaced && word.chars == 2)) {
            self.end_word(word);
        }
        if word.chars == 0 && c.is_uppercase() {
            self.title_case += 1.0;
        }
        word.unspaced = unspaced;
        word.chars += 1;
        if c.is_numeric() {
            self.digits += 1.0;
        } else if c != '_' {
            self.letters += 1.0;
            self.upper += f32::from(u8::from(c.is_uppercase()));
        }
    }

    fn end_word(&mut self, word: &mut OpenWord) {
        if word.chars > 0 {
            let chars = word.chars as f32;
            self.words += 1.0;
            self.word_chars += chars;
            self.longest_word = self.longest_word.max(chars);
            word.chars = 0;
        }
    }

    fn mark(&mut self, c: char, next: Option<char>) {
        let counter = match c {
            ' ' => &mut self.spaces,
            '\n' => &mut self.lines,
            ',' | '，' | '、' | '،' => &mut self.commas,
            '.' | '!' | '?' | '…' => {
                let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '»' | ')' | '“'));
                if !ends {
                    return;
                }
                &mut self.sentences
            }
            '。' | '！' | '？' | '।' | '؟' | '۔' => &mut self.sentences,
            '|' | '•' | '·' => &mut self.bars,
            '»' | '›' | '→' | '←' | '«' | '‹' => &mut self.arrows,
            '"' | '“' | '„' | '「' => &mut self.quotes,
            '(' | '（' => &mut self.parentheses,
            _ => return,
        };
        *counter += 1.0;
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

fn last_class(text: &str) -> u8 {
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ', '»', '」']);
    if text.ends_with("...") {
        return 6;
    }
    match text.chars().next_back() {
        Some('.' | '。' | '।' | '۔') => 1,
        Some('!' | '！') => 2,
        Some('?' | '？' | '؟') => 3,
        Some(':' | '：') => 4,
        Some(',' | '，' | '、' | '،') => 5,
        Some('…') => 6,
        Some(';' | '；') => 7,
        _ => 0,
    }
}
