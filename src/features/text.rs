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
        SentenceDensity "text.sentence_density" "per word" "Ends of sentences a word.",
        Upper "text.upper" "share" "Capitals among the letters.",
        TitleCase "text.title_case" "share" "Words that begin with a capital.",
        Symbols "text.symbols" "share" "Characters that are neither word nor space.",
        LastClass "text.last_class" "class" "The last character: 0 none of these, 1 full stop, 2 !, 3 ?, 4 colon, 5 comma, 6 ellipsis, 7 semicolon.",
        Lines "text.lines" "count" "Line breaks.",
        Parentheses "text.parentheses" "count" "Opening parentheses.",
        LinkDensity "links.density" "share" "Characters in links.",
        WordsPerLink "links.words_each" "words" "Words for each link.",
        Images "links.images" "count" "Images since the block before.",
        Inlines "links.inlines" "per word" "Inline elements a word.",
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
    columns.fill(Text::SentenceDensity as usize, |b| m[b].sentences / m[b].words.max(1.0));
    columns.fill(Text::Upper as usize, |b| m[b].upper / m[b].letters.max(1.0));
    columns.fill(Text::TitleCase as usize, |b| m[b].title_case / m[b].words.max(1.0));
    columns.fill(Text::Symbols as usize, |b| m[b].symbols());
    columns.fill(Text::LastClass as usize, |b| f32::from(m[b].last_class));
    columns.fill(Text::Lines as usize, |b| m[b].lines);
    columns.fill(Text::Parentheses as usize, |b| m[b].parentheses);
    fill_links(document, facts, columns);
    columns.fill(Text::TitleCover as usize, |b| facts.title_cover[b]);
    if let Some(description) = Description::of(document) {
        columns.fill(Text::InDescription as usize, |b| {
            f32::from(u8::from(description.holds_beginning(&document.blocks[b].text)))
        });
    }
}

fn fill_links(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let words = |b: usize| facts.measures[b].words;
    columns.fill(Text::LinkDensity as usize, |b| facts.link_density[b]);
    columns.fill(Text::WordsPerLink as usize, |b| words(b) / facts.links[b].max(1.0));
    columns.fill(Text::Images as usize, |b| document.blocks[b].images as f32);
    columns.fill(Text::Inlines as usize, |b| document.blocks[b].inlines as f32 / words(b).max(1.0));
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
