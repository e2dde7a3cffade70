//! The forms in which a line may stand: a label says the same with a bullet before it, a colon after it, the pipes of a
//! flattened table around it, or as one of several in a row.

/// Whether a character decorates a label: brackets, bars, bullets, arrows, pictures. A full stop makes a sentence of it,
/// and quotation marks make it somebody's words.
fn is_decoration(c: char) -> bool {
    matches!(c,
        ' ' | '|' | '*' | '#' | '-' | '<' | '>' | '[' | ']' | '(' | ')' | '{' | '}' | ':' | '!' | '~' | '=' | '+' | '_'
        | '•' | '·' | '‹' | '›' | '【' | '】' | '「' | '」' | '※' | '\u{200b}'
        // Arrows; shapes, stars and dingbats; emoji.
        | '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}

/// What stands between the labels of a row.
const SEPARATORS: &[char] = &['|', '•', '·', '/'];

/// Characters of a label in a row; longer ones are sentences.
const LABEL: usize = 60;

/// Labels of a row, at most.
const LABELS: usize = 12;

/// What a form is of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All it says.
    Whole,
    /// One label of a row.
    Label,
}

/// Calls `form` with a folded line, with what is left of it without its decoration, and with each label of a row.
pub(super) fn each_form<'l>(line: &'l str, mut form: impl FnMut(&'l str, Part)) {
    form(line, Part::Whole);
    let mut bare = |text: &'l str, part| {
        let bare = text.trim_matches(is_decoration);
        if !bare.is_empty() && bare.len() < line.len() {
            form(bare, part);
        }
    };
    bare(line, Part::Whole);
    if line.contains(SEPARATORS) && is_row(line) {
        labels(line).for_each(|label| bare(label, Part::Label));
    }
}

/// The labels that spaced separators part: `https://` and `and/or` have none.
fn labels(line: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    let is_end = move |c: char| {
        chars.next();
        let after = chars.peek().copied().unwrap_or(' ');
        let parts = SEPARATORS.contains(&c) && before == ' ' && after == ' ';
        before = c;
        parts
    };
    line.split(is_end).map(str::trim).filter(|label| !label.is_empty())
}

fn is_row(line: &str) -> bool {
    let count = labels(line).take(LABELS + 1).count();
    (2..=LABELS).contains(&count)
        && labels(line).all(|label| label.len() <= LABEL * 3 && label.chars().count() <= LABEL)
}

#[cfg(test)]
mod tests {
    use super::each_form;

    #[test]
    fn a_label_is_read_with_and_without_decoration_and_in_a_row() {
        let cases: [(&str, &[&str]); 10] = [
            ("share", &["share"]),
            ("read also :", &["read also :", "read also"]),
            ("| share |", &["| share |", "share"]),
            ("» more", &["» more"]),
            ("[share] ", &["[share] ", "share"]),
            ("📧 newsletter ▸", &["📧 newsletter ▸", "newsletter"]),
            ("privacy | terms · help", &["privacy | terms · help", "privacy", "terms", "help"]),
            ("either/or https://a.test", &["either/or https://a.test"]),
            ("\"share!\"", &["\"share!\""]),
            ("---", &["---"]),
        ];
        for (line, expected) in cases {
            let mut forms = Vec::new();
            each_form(line, |form, _| forms.push(form));
            assert_eq!(forms, expected, "{line}");
        }
    }
}
