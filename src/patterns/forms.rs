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

/// The first bytes of separators; most lines have none of them.
fn may_separate(byte: u8) -> bool {
    matches!(byte, b'|' | b'/' | 0xc2 | 0xe2)
}

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
    if line.bytes().any(may_separate) {
        row(line).into_iter().for_each(|label| bare(label, Part::Label));
    }
}

/// The labels of a row; none where the line is no row.
fn row(line: &str) -> Vec<&str> {
    let labels = labels(line);
    // A label of few characters has few bytes in any script.
    let is_label = |label: &&str| label.len() <= LABEL * 3 && label.chars().count() <= LABEL;
    if (2..=LABELS).contains(&labels.len()) && labels.iter().all(is_label) { labels } else { Vec::new() }
}

/// What separators part that have spaces around them: `https://` and `and/or` have none.
fn labels(line: &str) -> Vec<&str> {
    let mut labels = Vec::new();
    let mut start = 0;
    for (at, mark) in line.match_indices(SEPARATORS) {
        let end = at + mark.len();
        let (before, after) = (line.get(..at).unwrap_or_default(), line.get(end..).unwrap_or_default());
        if (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' ')) {
            labels.push(line.get(start..at).unwrap_or_default());
            start = end;
        }
    }
    labels.push(line.get(start..).unwrap_or_default());
    labels.iter_mut().for_each(|label| *label = label.trim());
    labels.retain(|label| !label.is_empty());
    labels
}

#[cfg(test)]
mod tests {
    use super::{SEPARATORS, each_form, may_separate};

    #[test]
    fn a_label_is_read_with_and_without_decoration_and_in_a_row() {
        let cases: [(&str, &[&str]); 11] = [
            ("share", &["share"]),
            ("read also :", &["read also :", "read also"]),
            ("| share |", &["| share |", "share"]),
            ("» more", &["» more"]),
            ("[share] ", &["[share] ", "share"]),
            ("📧 newsletter ▸", &["📧 newsletter ▸", "newsletter"]),
            ("privacy | terms · help", &["privacy | terms · help", "privacy", "terms", "help"]),
            ("| a | | b/c |", &["| a | | b/c |", "a | | b/c", "a", "b/c"]),
            ("either/or https://a.test", &["either/or https://a.test"]),
            ("\"share!\"", &["\"share!\""]),
            ("---", &["---"]),
        ];
        assert!(SEPARATORS.iter().all(|separator| may_separate(separator.to_string().as_bytes()[0])));
        for (line, expected) in cases {
            let mut forms = Vec::new();
            each_form(line, |form, _| forms.push(form));
            assert_eq!(forms, expected, "{line}");
        }
    }
}
