//! Where elements end whose content is only text.
//!
//! Input: a text and the place where such a content begins. Output: where its end tag begins. It follows the tokenizer
//! of the HTML standard (sections 13.2.5.2 to 13.2.5.4 and 13.2.5.9 to 13.2.5.31).

use memchr::{memchr, memchr2};

use super::tag::is_space;

/// What a script is in: after `<!--` it may hold a script of its own, whose end tag does not end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    No,
    Comment,
    Script,
}

/// Where the end tag of the element of this name begins, in small letters, whose content begins at `start`; the end of the
/// text where there is none.
pub(super) fn end(bytes: &[u8], name: &[u8], start: usize) -> usize {
    let mut escape = Escape::No;
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = if escape == Escape::No { memchr(b'<', rest) } else { memchr2(b'<', b'>', rest) };
        let Some(distance) = found else { return bytes.len() };
        let rest = rest.get(distance..).unwrap_or_default();
        at += distance;
        let is_end = is_tag(rest, b"</", name);
        if is_end && escape != Escape::Script {
            return at;
        }
        escape = match escape {
            Escape::No if name == b"script" && rest.starts_with(b"<!--") => Escape::Comment,
            Escape::Comment if is_tag(rest, b"<", name) => Escape::Script,
            Escape::Script if is_end => Escape::Comment,
            _ if rest.starts_with(b">") && bytes.get(..at).is_some_and(|before| before.ends_with(b"--")) => Escape::No,
            same => same,
        };
        at += 1;
    }
}

/// Whether a tag of this name begins here.
fn is_tag(bytes: &[u8], opening: &[u8], name: &[u8]) -> bool {
    let Some((found, rest)) = bytes.strip_prefix(opening).and_then(|rest| rest.split_at_checked(name.len())) else {
        return false;
    };
    found.eq_ignore_ascii_case(name) && rest.first().is_some_and(|next| is_space(*next) || matches!(next, b'/' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::end;

    #[test]
    fn a_script_ends_where_the_standard_ends_it() {
        let cases = [
            ("a</script>", 1),
            ("a</SCRIPT x>", 1),
            ("a</scripts></script/>", 11),
            ("<!--<script></script>x</script>", 22),
            ("<!--<script>--></script>", 15),
            ("<!--><script></script>", 13),
            ("<!--->", 6),
            ("<!--<scripts></script>", 13),
            ("</script", 8),
        ];
        cases
            .into_iter()
            .for_each(|(text, expected)| assert_eq!(end(text.as_bytes(), b"script", 0), expected, "{text}"));
        assert_eq!(end(b"<!--<style></style>", b"style", 0), 11);
    }
}
