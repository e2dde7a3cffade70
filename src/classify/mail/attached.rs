//! Lines that name attached files, which some mail programs write below a text.

use std::ops::Range;

use super::line::{Line, joined, paragraphs};

/// Lines of the longest paragraph that is read as a whole: a program may wrap what it writes.
const PARAGRAPH_LINES: usize = 8;

/// Where the lines begin that name attached files at the end of a run.
pub(super) fn start(lines: &[Line<'_>], run: Range<usize>) -> usize {
    let mut start = run.end;
    for paragraph in paragraphs(lines, run).into_iter().rev() {
        let own = &lines[paragraph.clone()];
        let named = own.iter().rev().take_while(|line| line.words == 0 || is_attachment(line.text)).count();
        let is_whole = named == own.len() || own.len() <= PARAGRAPH_LINES && is_attachment(&joined(own));
        start = if is_whole { paragraph.start } else { paragraph.end - named };
        if !is_whole {
            break;
        }
    }
    start
}

/// Whether a text names attached files and says nothing else: `- plan.doc`, `<<plan.doc>> <<map.pdf>>`, `(See attached
/// file: plan.doc)`.
pub(super) fn is_attachment(text: &str) -> bool {
    if let Some(name) = text.strip_prefix("- ") {
        return is_file(name);
    }
    let listed = |open: &str, close: &str, is_such: fn(&str) -> bool| {
        let inner = text.strip_prefix(open).and_then(|rest| rest.trim_end().strip_suffix(close));
        inner.is_some_and(|inner| inner.split(close).all(|part| is_such(part.trim_start().trim_start_matches(open))))
    };
    listed("<<", ">>", is_file) || listed("(", ")", |part| part.split_once(": ").is_some_and(|(_, name)| is_file(name)))
}

/// Whether a name ends as those of files do, and is no address.
fn is_file(name: &str) -> bool {
    if name.contains(['@', '/']) {
        return false;
    }
    let extension = name.trim().rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        (2..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}
