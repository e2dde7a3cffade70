//! Prompts: the examples of the pattern table, as footers say them.

use unboil::{Cue, Family, Rule};

use super::Line;
use super::nearly::Draw;
use crate::set::Page;

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
const OF_PAGES: [Family; 8] = [
    Family::Newsletter,
    Family::Unsubscribe,
    Family::Share,
    Family::Comments,
    Family::Paywall,
    Family::Copyright,
    Family::Legal,
    Family::Feedback,
];

/// Most prompts under an article.
const PROMPTS: u64 = 4;

/// The language of a page; English where it is not known.
pub(super) fn language(page: &Page) -> &str {
    page.lang.as_deref().filter(|language| *language != "und").unwrap_or("en")
}

/// Examples of the table in a language.
pub(super) fn prompts(language: &str, families: &[Family]) -> Vec<&'static str> {
    let of_text = |rule: &&Rule| matches!(rule.cue, Cue::Phrase | Cue::Line);
    let fits = |rule: &&Rule| families.contains(&rule.family) && rule.language == language;
    unboil::rules().iter().filter(of_text).filter(fits).map(|rule| &*rule.example).collect()
}

/// A short footer: a few prompts on lines of their own, or as one paragraph. Pages have long ones, and letters and pasted
/// articles often a single line.
pub(super) fn footer(page: &Page, draw: &mut Draw<'_>) -> Vec<Line> {
    let known = prompts(language(page), &OF_PAGES);
    let (count, is_joined, is_spaced) = (draw.count(PROMPTS), draw.percent(30), draw.percent(30));
    let said: Vec<&str> = (0..count).filter_map(|_| draw.one_of(&known)).collect();
    if is_joined && !said.is_empty() {
        return vec![Line::new(said.join(" "), 0.0)];
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
