//! `format=flowed` (RFC 3676): soft line breaks are taken back, stuffed spaces removed.

/// The text with each paragraph on one line. A line that ends with a space flows into the next one of the same quote
/// depth; the separator of a signature (`-- `) never flows, and an empty line parts paragraphs, although many end with
/// a space. With `delsp` the space itself goes too.
pub(super) fn unflow(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the line that is still open, if it flows on.
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let end = line.trim_end_matches('\n').trim_end_matches('\r').len();
        let (content, terminator) = line.split_at(end);
        let depth = content.bytes().take_while(|byte| *byte == b'>').count();
        let (marks, rest) = content.split_at(depth);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let separator = rest == "-- ";
        if open != Some(depth) || separator || rest.is_empty() {
            if open.is_some() {
                out.push('\n');
            }
            out.push_str(marks);
            if depth > 0 {
                out.push(' ');
            }
        }
        let flows = rest.ends_with(' ') && !separator && !terminator.is_empty();
        out.push_str(if flows && delsp { rest.strip_suffix(' ').unwrap_or(rest) } else { rest });
        if flows {
            open = Some(depth);
        } else {
            out.push_str(terminator);
            open = None;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unflow;

    #[test]
    fn soft_breaks_are_taken_back_within_one_depth() {
        let cases = [
            ("", false, ""),
            ("a \nb\nc\n", false, "a b\nc\n"),
            ("a \r\nb\r\n", false, "a b\r\n"),
            (" From here\n", false, "From here\n"),
            ("> a \n> b\n>> c \nd\n", false, "> a b\n>> c \nd\n"),
            ("Regards \n-- \nAda\n", false, "Regards \n-- \nAda\n"),
            ("one \ntwo \n\nthree", false, "one two \n\nthree"),
            ("> one \n>\n> two\n", false, "> one \n> \n> two\n"),
            ("長い \n行\n", true, "長い行\n"),
            ("end ", false, "end "),
        ];
        for (text, delsp, expected) in cases {
            assert_eq!(unflow(text, delsp), expected, "{text:?}");
        }
    }
}
