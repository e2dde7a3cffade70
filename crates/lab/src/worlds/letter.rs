//! Letters: what is labelled line by line, or ends in a known footer.

use super::Line;
use super::bulletin::{AD, MASTHEAD};
use crate::set::Page;

/// How much of a line with this label is body: text, masthead or table of contents, advertisement, footer. `None` for
/// separators and blank lines.
fn share(label: &str) -> Option<f32> {
    match label {
        "B" => Some(1.0),
        "H" => Some(MASTHEAD),
        "A" => Some(AD),
        "F" => Some(0.0),
        _ => None,
    }
}

/// The lines of a letter with their labels: as they were labelled, or its body and the footer of its list. `None` for what
/// is no letter, and for a letter with gold that does not tell its lines.
pub(crate) fn letter(page: &Page) -> Option<Vec<Line>> {
    let gold = page.letter.as_ref()?;
    if !gold.lines.is_empty() {
        return Some(gold.lines.iter().map(|(label, text)| Line { text: text.clone(), label: share(label) }).collect());
    }
    let footer = gold.footer.as_deref()?;
    let line = |label: f32| {
        move |text: &str| match text.trim_end() {
            "" => Line::blank(),
            text => Line::new(text, label),
        }
    };
    let body = page.body.trim_end().lines().map(line(1.0));
    Some(body.chain([Line::blank()]).chain(footer.lines().map(line(0.0))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MASTHEAD, letter};
    use crate::set;

    #[test]
    fn a_letter_has_its_labelled_lines_or_its_body_and_footer() {
        let row = json!({
            "id": "a", "raw": "Tides\nHigh at six.\nLeave the list", "body": "High at six.",
            "lines": [["H", "Tides"], ["B", "High at six."], ["F", "Leave the list"], [null, ""]],
        });
        let shares = |row| {
            let lines = letter(&set::letter(&row).unwrap()).unwrap();
            lines.into_iter().map(|line| (line.text, line.label)).collect::<Vec<_>>()
        };
        let text = |text: &str, label| (text.to_owned(), label);
        assert_eq!(
            shares(row),
            [
                text("Tides", Some(MASTHEAD)),
                text("High at six.", Some(1.0)),
                text("Leave the list", Some(0.0)),
                text("", None)
            ]
        );
        let row = json!({"id": "b", "raw": "Hello\n\n__\nlist", "body": "Hello\n", "footer": "__\nlist"});
        let expected = [text("Hello", Some(1.0)), text("", None), text("__", Some(0.0)), text("list", Some(0.0))];
        assert_eq!(shares(row), expected);
        let page = set::letter(&json!({"id": "c", "raw": "Hello", "body": "Hello"})).unwrap();
        assert_eq!(letter(&page), None);
    }
}
