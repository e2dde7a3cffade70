//! How a text is written down: wrapped or not, with blank lines or without.

use super::Line;

/// How a text is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Columns at which paragraphs are wrapped.
    pub(crate) columns: Option<usize>,
    /// What stands between paragraphs.
    pub(crate) between: Between,
}

/// What stands between paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Between {
    /// What the text has.
    AsItIs,
    /// Nothing.
    Nothing,
    /// A blank line.
    Blank,
}

impl Shape {
    /// Writes lines down. Without blank lines wrapped paragraphs would run together: then they keep theirs.
    pub(crate) fn apply(self, lines: Vec<Line>) -> Vec<Line> {
        let between = match self.between {
            Between::Nothing if self.columns.is_some() => Between::Blank,
            between => between,
        };
        let mut out: Vec<Line> = Vec::new();
        for line in lines {
            let is_blank = line.text.trim().is_empty();
            if is_blank && between == Between::Nothing {
                continue;
            }
            if !is_blank && between == Between::Blank && out.last().is_some_and(|last| !last.text.is_empty()) {
                out.push(Line::blank());
            }
            match self.columns {
                Some(columns) => wrap(&line, columns, &mut out),
                None => out.push(line),
            }
        }
        out
    }
}

/// What fits stays as it is, with its indentation.
fn wrap(line: &Line, columns: usize, out: &mut Vec<Line>) {
    if line.text.chars().count() <= columns {
        out.push(line.clone());
        return;
    }
    let mut row = String::new();
    let mut width = 0;
    for word in line.text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > columns {
            out.push(Line { text: std::mem::take(&mut row), label: line.label });
            width = 0;
        }
        if width > 0 {
            row.push(' ');
            width += 1;
        }
        row.push_str(word);
        width += length;
    }
    out.push(Line { text: row, label: line.label });
}
