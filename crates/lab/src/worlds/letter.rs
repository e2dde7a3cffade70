//! Letters: what is labelled line by line, or ends in a known footer.

use super::Line;
use crate::set::Page;

/// How much of a line with this label is body: text, masthead or table of contents, advertisement, footer. `None` for
/// separators and blank lines.
fn share(label: &str) -> Option<f32> {
    match label {
        "B" => Some(1.0),
        "H" => Some(0.4),
        "A" => Some(0.1),
        "F" => Some(0.0),
        _ => None,
    }
}

/// The lines of a letter with their labels; `None` where its gold is no part of it.
pub(crate) fn letter(page: &Page, raw: &str) -> Option<Vec<Line>> {
    if !page.lines.is_empty() {
        return Some(page.lines.iter().map(|(label, text)| Line { text: text.clone(), label: share(label) }).collect());
    }
    let body = page.body.trim_end();
    let footer = raw.strip_prefix(body)?;
    let line = |label: f32| {
        move |text: &str| match text.trim_end() {
            "" => Line::blank(),
            text => Line::new(text, label),
        }
    };
    Some(body.lines().map(line(1.0)).chain(footer.lines().map(line(0.0))).collect())
}
