//! The block's own text and links.

use super::facts::Facts;
use super::words::{Fnv, is_unspaced};
use super::{GroupColumns, group};
use crate::document::Document;

group! {
    Text {
        Words "text.words" "words" "Words; two characters of an unspaced script are one.",
        Chars "text.chars" "characters" "Characters.",
        WordLength "text.word_length" "characters" "Mean length of a word.",
        LongestWord "text.longest_word" "characters" "Length of the longest word: junk such as hex and GUIDs is long.",
        Sentences "text.sentences" "count" "Ends of sentences.",
        SentenceDensity "text.sentence_density" "per word" "Ends of sentences a word.",
        Commas "text.commas" "count" "Commas of any script.",
        Digits "text.digits" "share" "Digits among the characters.",
        Upper "text.upper" "share" "Capitals among the letters.",
        TitleCase "text.title_case" "share" "Words that begin with a capital.",
        Symbols "text.symbols" "share" "Characters that are neither word nor space.",
        Letters "text.letters" "share" "Letters among the characters.",
        NonAscii "text.non_ascii" "share" "Characters beyond ASCII.",
        LastClass "text.last_class" "class" "The last character: 0 none of these, 1 full stop, 2 !, 3 ?, 4 colon, 5 comma, 6 ellipsis, 7 semicolon.",
        FirstClass "text.first_class" "class" "The first character: 1 capital, 2 small letter, 3 digit, 4 other letter, 5 anything else.",
        Bars "text.bars" "count" "Bars, bullets and middle dots.",
        Arrows "text.arrows" "count" "Arrows and angle quotes.",
        Lines "text.lines" "count" "Line breaks.",
        Quotes "text.quotes" "count" "Opening quotation marks.",
        Parentheses "text.parentheses" "count" "Opening parentheses.",
        Links "links.count" "count" "Links.",
        LinkDensity "links.density" "share" "Characters in links.",
        WordsPerLink "links.words_each" "words" "Words for each link.",
        Bold "links.bold" "share" "Characters in bold.",
        Images "links.images" "count" "Images since the block before.",
        Inlines "links.inlines" "per word" "Inline elements a word.",
        Breaks "links.breaks" "count" "Line breaks since the block before.",
        Prices "text.prices" "count" "Amounts of money: a currency sign beside a digit.",
        Dates "text.dates" "count" "Years, times of day and dates in digits.",
        Distinct "text.distinct" "share" "Distinct words among the words.",
        TitleOverlap "title.overlap" "share" "The block's distinct words that stand in the page's title.",
        TitleCover "title.cover" "share" "The title's distinct words that stand in the block.",
        InDescription "title.in_description" "flag" "The block begins like a part of the page's description.",
    }
}

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

/// Characters of a block's head that are looked for in the page's description.
const DESCRIPTION_HEAD: usize = 60;

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let m = &facts.measures;
    columns.fill(Text::Words as usize, |b| m[b].words);
    columns.fill(Text::Chars as usize, |b| m[b].chars);
    columns.fill(Text::WordLength as usize, |b| m[b].word_chars / m[b].words.max(1.0));
    columns.fill(Text::LongestWord as usize, |b| m[b].longest_word);
    columns.fill(Text::Sentences as usize, |b| m[b].sentences);
    columns.fill(Text::SentenceDensity as usize, |b| m[b].sentences / m[b].words.max(1.0));
    columns.fill(Text::Commas as usize, |b| m[b].commas);
    columns.fill(Text::Digits as usize, |b| m[b].digits / m[b].chars.max(1.0));
    columns.fill(Text::Upper as usize, |b| m[b].upper / m[b].letters.max(1.0));
    columns.fill(Text::TitleCase as usize, |b| m[b].title_case / m[b].words.max(1.0));
    columns.fill(Text::Symbols as usize, |b| m[b].symbols());
    columns.fill(Text::Letters as usize, |b| m[b].letters / m[b].chars.max(1.0));
    columns.fill(Text::NonAscii as usize, |b| m[b].non_ascii / m[b].chars.max(1.0));
    columns.fill(Text::LastClass as usize, |b| f32::from(m[b].last_class));
    columns.fill(Text::FirstClass as usize, |b| f32::from(m[b].first_class));
    columns.fill(Text::Bars as usize, |b| m[b].bars);
    columns.fill(Text::Arrows as usize, |b| m[b].arrows);
    columns.fill(Text::Lines as usize, |b| m[b].lines);
    columns.fill(Text::Quotes as usize, |b| m[b].quotes);
    columns.fill(Text::Parentheses as usize, |b| m[b].parentheses);
    fill_links(document, facts, columns);
    columns.fill(Text::Prices as usize, |b| facts.amounts[b].prices);
    columns.fill(Text::Dates as usize, |b| facts.amounts[b].dates);
    columns.fill(Text::Distinct as usize, |b| facts.amounts[b].distinct);
    columns.fill(Text::TitleOverlap as usize, |b| facts.title_overlap[b].0);
    columns.fill(Text::TitleCover as usize, |b| facts.title_overlap[b].1);
    let description = description(document);
    columns.fill(Text::InDescription as usize, |b| {
        let text = &document.blocks[b].text;
        let head: String = text.chars().take(DESCRIPTION_HEAD).collect::<String>().to_lowercase();
        f32::from(u8::from(!description.is_empty() && text.len() > 20 && description.contains(&head)))
    });
}

fn fill_links(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let words = |b: usize| facts.measures[b].words;
    columns.fill(Text::Links as usize, |b| facts.links[b]);
    columns.fill(Text::LinkDensity as usize, |b| facts.link_density[b]);
    columns.fill(Text::WordsPerLink as usize, |b| words(b) / facts.links[b].max(1.0));
    columns.fill(Text::Bold as usize, |b| facts.bold_ratio[b]);
    columns.fill(Text::Images as usize, |b| document.blocks[b].images as f32);
    columns.fill(Text::Inlines as usize, |b| document.blocks[b].inlines as f32 / words(b).max(1.0));
    columns.fill(Text::Breaks as usize, |b| document.blocks[b].breaks as f32);
}

fn description(document: &Document) -> String {
    let wanted = |key: &str| key == "og:description" || key == "description";
    let found = document.head.metas.iter().find(|(key, _)| wanted(key));
    found.map(|(_, content)| content.to_lowercase()).unwrap_or_default()
}
