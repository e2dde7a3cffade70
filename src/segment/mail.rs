//! The body of a letter to blocks.
//!
//! Input: the decoded text of a letter. Output: a [`Document`] of lines, as of any plain text, but for the footers that
//! list managers glue to the last line: they begin a line of their own. This module also tells which of two bodies is
//! the better one.

use std::collections::BTreeSet;
use std::ops::Range;

use encoding_rs::UTF_8;

use super::text;
use crate::decode::Choice;
use crate::document::{BlockKind, Charset, CharsetSource, Document, Kind, Letter};
use crate::scripts::is_unspaced;

/// Underscores that Mailman draws over its footer; no fewer part a line.
const GLUED_RULE: &str = "______________________________________________";

/// A body with less than this share of the letters and digits of the other is a stub.
const STUB: usize = 4;

/// Letters and digits of the longest stub, which says only where the letter is.
const LONGEST_STUB: usize = 400;

/// Blocks of the text of a letter, of up to so many lines and one for the rest.
#[must_use]
pub fn segment(body: &str, most: usize) -> Document {
    let charset = Charset { name: UTF_8.name(), source: CharsetSource::Utf8, overruled: None };
    let choice = Choice { encoding: UTF_8, bom: 0, charset };
    let mut document = Document::empty(Kind::Text, None);
    let mut start = 0;
    for end in glued(body).into_iter().chain([body.len()]) {
        let left = most.saturating_sub(document.lines.len());
        // Behind the limit nothing is cut off any more.
        let end = if left == 0 { body.len() } else { end };
        let piece = text::segment(body.get(start..end).unwrap_or_default().as_bytes(), choice, left);
        let first = document.lines.len() as u32;
        document.limit = document.limit.or(piece.limit);
        document.lines.extend(piece.lines.into_iter().map(|line| line.start + start..line.end + start));
        document.blocks.extend(piece.blocks.into_iter().map(|mut block| {
            block.lines = block.lines.start + first..block.lines.end + first;
            block
        }));
        start = end;
    }
    document
}

/// Where footers begin that are glued to the text of a line.
fn glued(body: &str) -> Vec<usize> {
    if !body.contains(GLUED_RULE) {
        return Vec::new();
    }
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', body.as_bytes()).map(|at| at + 1));
    let ends = starts.clone().skip(1).chain([body.len()]);
    starts.zip(ends).filter_map(|(start, end)| glue(body, &(start..end))).collect()
}

/// Where a footer begins that is glued to the text of a line.
fn glue(body: &str, line: &Range<usize>) -> Option<usize> {
    let text = body.get(line.clone())?;
    let at = text.find(GLUED_RULE)?;
    let before = text.get(..at)?;
    let is_text = before.chars().any(char::is_alphanumeric);
    let only_rule = text.get(at..)?.trim().bytes().all(|byte| byte == b'_');
    (is_text && only_rule).then_some(line.start + at)
}

/// The text of a page that is preformatted as a whole, as programs set a plain letter into HTML; `None` for any other. It is
/// read as what it was.
#[must_use]
pub fn preformatted(page: &Document) -> Option<String> {
    let is_plain = page.blocks.iter().all(|block| block.kind == BlockKind::Code) && !page.blocks.is_empty();
    is_plain.then(|| text_of(page))
}

fn text_of(page: &Document) -> String {
    page.blocks.iter().map(|block| &*block.text).collect::<Vec<_>>().join("\n")
}

/// Whether the HTML of a letter is a better body than its text: where one is a stub or says something else, the longer; else
/// the HTML of what was sent to many, whose text was made from it by a program, and the text of what one person wrote.
#[must_use]
pub fn prefers_html(page: &Document, text: &str, letter: &Letter) -> bool {
    let in_page: usize = page.blocks.iter().map(|block| weight(&block.text)).sum();
    let in_text = weight(text);
    let is_text_shorter = in_text < in_page;
    let says_else = || {
        let shown = text_of(page);
        if is_text_shorter { says_else(text, &shown) } else { says_else(&shown, text) }
    };
    let (less, more) = (in_text.min(in_page), in_text.max(in_page));
    if less < more / STUB || less <= LONGEST_STUB && says_else() {
        return is_text_shorter;
    }
    letter.is_bulk
}

/// Whether less than half of the words of a text stand in another: it is no other form of it.
fn says_else(text: &str, other: &str) -> bool {
    let other: BTreeSet<String> = words(other).collect();
    let own: BTreeSet<String> = words(text).collect();
    own.iter().filter(|word| other.contains(*word)).count() * 2 < own.len()
}

/// The words of a text outside of addresses, in small letters; of scripts without spaces, the characters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split_whitespace().filter(|word| !word.contains("://"));
    let runs = parts.flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    let words = runs.flat_map(|run| {
        run.split_inclusive(is_unspaced).flat_map(|part| {
            // What stands before a character that is a word is another.
            let end = part.char_indices().next_back().filter(|(_, c)| is_unspaced(*c));
            let last = end.map_or(part.len(), |(at, _)| at);
            [part.get(..last), part.get(last..)]
        })
    });
    words.flatten().filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Letters and digits outside of addresses.
fn weight(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::{prefers_html, segment};
    use crate::document::{Block, BlockKind, Document, Kind, Letter};

    #[test]
    fn a_glued_footer_begins_a_line_of_its_own() {
        let rule = "_".repeat(47);
        let body = format!("So I chose Linux!{rule}\nlist mailing list\n{rule}\n____ {rule} x\n");
        let document = segment(&body, usize::MAX);
        let lines: Vec<&str> = document.lines.iter().filter_map(|line| body.get(line.clone())).collect();
        assert_eq!(
            lines,
            [
                "So I chose Linux!",
                &format!("{rule}\n"),
                "list mailing list\n",
                &format!("{rule}\n"),
                &format!("____ {rule} x\n")
            ]
        );
    }

    #[test]
    fn a_stub_loses_and_equals_are_chosen_by_the_sender() {
        let page = |text: &str| {
            let mut document = Document::empty(Kind::Html, None);
            let line = crate::segment::text::block(text.to_owned(), 0);
            document.blocks.push(Block { kind: BlockKind::Paragraph, lines: 0..0, ..line });
            document
        };
        let long = "The ferry runs again from Monday, the harbour office said. ".repeat(4);
        let stub =
            "View this letter in your browser: https://news.example/a/very/long/address?with=a&token=9f8e7d6c5b4a";
        let (person, bulk) = (Letter::default(), Letter { is_bulk: true, ..Letter::default() });
        let cases = [
            (&*long, stub, &person, true),
            (stub, &*long, &bulk, false),
            (&*long, &*long, &bulk, true),
            (&*long, &*long, &person, false),
            ("The ferry runs on Monday.", "Open this letter in a browser!", &person, false),
            ("The ferry runs on Monday, but not in a storm.", "Open it in a browser.", &person, true),
            ("渡し船は月曜日から運航します。", "渡し船は月曜日\nから運航します", &person, false),
        ];
        for (html, text, letter, expected) in cases {
            assert_eq!(prefers_html(&page(html), text, letter), expected);
        }
    }
}
