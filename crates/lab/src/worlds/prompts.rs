//! Prompts: what footers say, as those of pages and letters do.

use unboil::Family;

use super::Line;
use super::nearly::Draw;
use crate::folds::{fold, of_text};
use crate::furniture::{Furniture, lines as lines_of};
use crate::set::Page;
use crate::wording;

/// What footers of newsletters speak of.
pub(super) const OF_LETTERS: [Family; 8] = [
    Family::Unsubscribe,
    Family::MailChrome,
    Family::Newsletter,
    Family::Copyright,
    Family::Legal,
    Family::Address,
    Family::Share,
    Family::Feedback,
];

/// What footers of pages speak of.
const OF_PAGES: [Family; 15] = [
    Family::Newsletter,
    Family::Unsubscribe,
    Family::Share,
    Family::Related,
    Family::Comments,
    Family::Ads,
    Family::Paywall,
    Family::AuthorBio,
    Family::App,
    Family::Cookie,
    Family::Login,
    Family::Copyright,
    Family::Legal,
    Family::Credit,
    Family::Feedback,
];

/// What stands between the paragraphs of an article.
const ASIDES: [Family; 7] =
    [Family::Related, Family::Ads, Family::Newsletter, Family::Share, Family::Paywall, Family::App, Family::Comments];

/// Most prompts under an article on lines of their own, and in one paragraph.
const PROMPTS: u64 = 4;
const JOINED: u64 = 6;

/// Short footers of a hundred that are those of letters.
const OF_LETTER: u64 = 15;

/// What the hosts of written pieces end with, and what other hosts do.
const RESERVED: &str = ".example";
const TOPS: [&str; 8] = [".com", ".com", ".org", ".net", ".de", ".co.uk", ".fr", ".eu"];

/// Most lines at the end of a body that may be taken for prompts.
const ENDINGS: u64 = 4;

/// Characters of a paragraph that may cite a prompt.
const CITING: usize = 150;

/// The language of a page; English where it is not known.
pub(super) fn language(page: &Page) -> &str {
    page.lang.as_deref().filter(|language| *language != "und").unwrap_or("en")
}

/// Prompts in the language of a page and of its fold: how they sound is learned without them.
pub(super) fn prompts(page: &Page, families: &[Family]) -> Vec<&'static str> {
    let (language, fold) = (language(page), fold(page));
    let all = wording::prompts().iter().filter(|prompt| prompt.language == language && prompt.fold() == fold);
    all.filter(|prompt| families.contains(&prompt.family)).map(|prompt| prompt.text).collect()
}

/// A written piece of furniture in the language of a page and of its fold, as lines with this label.
pub(super) fn written(page: &Page, furniture: Furniture, label: f32, draw: &mut Draw<'_>) -> Vec<Line> {
    let known = furniture.pieces(language(page), fold(page));
    let Some(piece) = draw.one_of(&known) else { return Vec::new() };
    let piece = piece.replace(RESERVED, TOPS[draw.below(TOPS.len())]);
    let line = |text: &str| {
        let says = text.chars().any(char::is_alphanumeric);
        Line { text: text.to_owned(), label: says.then_some(label) }
    };
    lines_of(&piece).map(line).collect()
}

/// A short footer: that of a letter, a few prompts on lines of their own, or as one paragraph. Pages have long ones, and letters and pasted
/// articles often a single line.
pub(super) fn footer(page: &Page, draw: &mut Draw<'_>) -> Vec<Line> {
    if draw.percent(OF_LETTER) {
        return written(page, Furniture::Footer, 0.0, draw);
    }
    let known = prompts(page, &OF_PAGES);
    let (is_joined, is_spaced) = (draw.percent(40), draw.percent(30));
    let count = draw.count(if is_joined { JOINED } else { PROMPTS });
    let said: Vec<&str> = (0..count).filter_map(|_| draw.one_of(&known)).collect();
    if is_joined && !said.is_empty() {
        return vec![Line::new(joined(&said), 0.0)];
    }
    let mut lines = Vec::new();
    for text in said {
        if is_spaced && !lines.is_empty() {
            lines.push(Line::blank());
        }
        lines.push(Line::new(text, 0.0));
    }
    lines
}

/// Prompts as the sentences of a paragraph.
fn joined(prompts: &[&str]) -> String {
    let sentence = |text: &&str| {
        let ends = text.ends_with(|c: char| c.is_ascii_punctuation() || "。！？।…".contains(c));
        if ends { (*text).to_owned() } else { format!("{text}.") }
    };
    prompts.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A paragraph of the body cites a prompt: an article may speak of letters, cookies and subscriptions.
pub(super) fn cite(page: &Page, body: &mut [Line], draw: &mut Draw<'_>) {
    let known = prompts(page, &OF_PAGES);
    let long: Vec<usize> = (0..body.len()).filter(|line| body[*line].text.len() >= CITING).collect();
    let (Some(prompt), Some(at)) = (draw.one_of(&known), draw.some_below(long.len())) else { return };
    let text = &mut body[long[at]].text;
    let Some((place, _)) = text.match_indices(". ").nth(draw.below(3)) else { return };
    text.insert_str(
        place + 2,
        &if draw.percent(50) { format!("\"{prompt}\" ") } else { format!("{} ", joined(&[prompt])) },
    );
}

/// The body ends with a few lines that may be taken for prompts.
pub(super) fn end_with_prose(page: &Page, body: &mut Vec<Line>, draw: &mut Draw<'_>) {
    let (language, fold) = (language(page), fold(page));
    let known = wording::prose().filter(|(of, text)| *of == language && of_text(text) == fold);
    let known: Vec<&str> = known.map(|(_, text)| text).collect();
    let is_spaced = body.iter().any(|line| line.text.is_empty());
    for _ in 0..draw.count(ENDINGS) {
        let Some(text) = draw.one_of(&known) else { return };
        if is_spaced {
            body.push(Line::blank());
        }
        body.push(Line::new(text, 1.0));
    }
}

/// Prompts between the paragraphs of the body, as pages have them.
pub(super) fn interrupt(page: &Page, body: &mut Vec<Line>, draw: &mut Draw<'_>) {
    let known = prompts(page, &ASIDES);
    for _ in 0..draw.count(3) {
        let (Some(prompt), Some(at)) = (draw.one_of(&known), draw.some_below(body.len())) else { return };
        let is_spaced = at > 0 && body[at - 1].text.is_empty();
        let aside = [Line::new(prompt, 0.0), Line::blank()];
        body.splice(at..at, aside.into_iter().take(if is_spaced { 2 } else { 1 }));
    }
}
