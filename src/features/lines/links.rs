//! What a reader sees of a line in which links are written out: as Markdown has them, or numbered as text browsers do.
//!
//! The targets are long, full of what looks like words, and the same in menus as in articles: with them the dumps of
//! pages as Markdown were taken for nearly clean texts. What is printed of a line is always the line itself.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

/// Bytes of a link's target at most.
const TARGET: usize = 2000;

/// Digits of a link's number at most.
const NUMBER: usize = 4;

/// The text without targets and numbers of links, and without images.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    if memchr(b']', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // Where the brackets that are open stand in the output, and those of labels, which go in the end.
    let mut open: Vec<usize> = Vec::new();
    let mut labels: Vec<usize> = Vec::new();
    let mut chars = text.chars();
    while let Some(next) = chars.next() {
        out.push(next);
        match next {
            '[' => open.push(out.len() - 1),
            ']' => {
                let Some(start) = open.pop() else { continue };
                let rest = chars.as_str();
                if let Some(after) = target(rest) {
                    chars = after.chars();
                    if out.get(..start).is_some_and(|before| before.ends_with('!')) {
                        out.truncate(start - 1);
                    } else {
                        out.pop();
                        labels.push(start);
                    }
                } else if out.get(start + 1..out.len() - 1).is_some_and(is_number)
                    && rest.starts_with(char::is_alphanumeric)
                {
                    out.truncate(start);
                }
                // What was taken off the end takes its labels with it.
                while labels.last().is_some_and(|label| *label >= out.len()) {
                    labels.pop();
                }
            }
            _ => {}
        }
    }
    labels.sort_unstable();
    Cow::Owned(without(&out, labels.into_iter().map(|bracket| bracket..bracket + 1)))
}

/// A text without what stands at these places, given from the first to the last.
pub(crate) fn without(text: &str, places: impl Iterator<Item = Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for place in places {
        out.push_str(text.get(rest..place.start).unwrap_or_default());
        rest = place.end;
    }
    out.push_str(text.get(rest..).unwrap_or_default());
    out
}

/// What follows the target in parentheses that a label is followed by.
fn target(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix('(')?;
    let mut depth = 1;
    for (at, byte) in rest.bytes().enumerate().take(TARGET) {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'[' => return None,
            _ => {}
        }
        if depth == 0 {
            return rest.get(at + 1..);
        }
    }
    None
}

/// Whether brackets hold the number of a link.
fn is_number(label: &str) -> bool {
    (1..=NUMBER).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn links_are_their_labels() {
        let cases = [
            ("", ""),
            ("plain [text] (so) [1] x[2]", "plain [text] (so) [1] x[2]"),
            ("* [Home](https://a.example/x_(y) \"t\") | [News](/n)", "* Home | News"),
            ("[![Image 1: a](a.png)](/b)", ""),
            ("see ![](x.png) and [a [b] c](d)", "see  and a [b] c"),
            ("* [114]Local News [12]Sport [3] end", "* Local News Sport [3] end"),
            ("[never closed](http://", "[never closed](http://"),
            ("a] b [c", "a] b [c"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn brackets_without_end_take_no_longer_than_their_length() {
        let text = "[](".repeat(100_000);
        assert_eq!(read(&text).len(), text.len());
    }
}
