//! The block's own text and links.

use memchr::memmem;

use super::facts::Facts;
use super::{GroupColumns, group};
use crate::document::Document;
use crate::pairs::Pairs;

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

/// Characters of a block's head that are looked for in the page's description.
const DESCRIPTION_HEAD: usize = 60;

/// Characters of a description that are read; a longer one is an article put there.
const DESCRIPTION: usize = 2000;

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
    columns.fill(Text::Prices as usize, |b| facts.prices[b]);
    columns.fill(Text::Dates as usize, |b| facts.dates[b]);
    columns.fill(Text::Distinct as usize, |b| facts.distinct[b]);
    columns.fill(Text::TitleOverlap as usize, |b| facts.title_overlap[b].0);
    columns.fill(Text::TitleCover as usize, |b| facts.title_overlap[b].1);
    if let Some(description) = Description::of(document) {
        columns.fill(Text::InDescription as usize, |b| {
            f32::from(u8::from(description.holds_beginning(&document.blocks[b].text)))
        });
    }
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

/// The description that a page gives of itself.
#[derive(Debug)]
pub(crate) struct Description {
    /// In small letters, and never empty.
    text: String,
    /// Every block is looked for in it, and few stand there.
    pairs: Pairs,
}

impl Description {
    /// The description of a page; `None` where it gives none.
    pub(crate) fn of(document: &Document) -> Option<Self> {
        let wanted = |key: &str| key == "og:description" || key == "description";
        let (_, content) = document.head.metas.iter().find(|(key, _)| wanted(key))?;
        let text = content.chars().take(DESCRIPTION).collect::<String>().to_lowercase();
        (!text.is_empty()).then(|| Self { pairs: Pairs::of(text.as_bytes()), text })
    }

    /// Whether a text begins with words that the description holds.
    pub(crate) fn holds_beginning(&self, text: &str) -> bool {
        let end = || text.char_indices().nth(DESCRIPTION_HEAD).map_or(text.len(), |(end, _)| end);
        text.len() > 20 && {
            let head = text.get(..end()).unwrap_or_default().to_lowercase();
            self.pairs.have(head.as_bytes()) && memmem::find(self.text.as_bytes(), head.as_bytes()).is_some()
        }
    }
}
