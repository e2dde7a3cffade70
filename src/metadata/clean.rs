//! Values as they stand in attributes and scripts to one line as a reader sees it, and the forms values are compared
//! in.
//!
//! Input is any string, output is bounded in length. Nothing here decides what a value means.

use html5ever::data::NAMED_ENTITIES;

use crate::spaces::collapse;

/// Longest value that is read, in characters. A headline or a list of authors is far shorter; a script that puts a
/// whole article into a property costs no more than this.
const VALUE_CHARS: usize = 2000;

/// Longest name of a character reference in the HTML standard (`CounterClockwiseContourIntegral;`) is 32 characters.
const REFERENCE_CHARS: usize = 33;

/// One line: character references decoded (twice, since content systems escape what is escaped already), tags and
/// control characters dropped, white space collapsed.
pub(super) fn line(raw: &str) -> String {
    if raw.len() <= VALUE_CHARS && raw.bytes().all(stands_for_itself) {
        return collapse(raw);
    }
    let mut text: String = raw.chars().take(VALUE_CHARS).collect();
    for _ in 0..2 {
        if !text.contains('&') {
            break;
        }
        text = unescape(&text);
    }
    if text.contains('<') {
        text = strip_tags(&text);
    }
    let visible: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    collapse(&visible)
}

/// Whether a byte is a character that stands for itself in any value, as all are in most.
fn stands_for_itself(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<')
}

/// Characters that print nothing and that make equal names differ: zero-width space, byte order mark, soft hyphen,
/// direction marks. Joiners stay: Persian and Hindi are spelt with them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}')
}

/// Decodes HTML character references; what is none stays as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = match reference(after) {
            Some((decoded, tail)) => {
                out.push_str(&decoded);
                tail
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

/// The character reference at the start of `text`, which follows an ampersand, and what comes after it.
fn reference(text: &str) -> Option<(String, &str)> {
    let end = text.char_indices().take(REFERENCE_CHARS).find(|(_, c)| *c == ';').map(|(at, _)| at)?;
    let (name, tail) = text.split_at_checked(end)?;
    let tail = tail.strip_prefix(';')?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((windows_1252(code)?.to_string(), tail));
    }
    let (first, second) = *NAMED_ENTITIES.get(&format!("{name};"))?;
    let decoded: String =
        [first, second].iter().filter(|code| **code != 0).filter_map(|code| char::from_u32(*code)).collect();
    (!decoded.is_empty()).then_some((decoded, tail))
}

/// The character of a numeric reference. The HTML standard reads 0x80 to 0x9F as windows-1252.
fn windows_1252(code: u32) -> Option<char> {
    if let 0x80..=0x9F = code {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

/// Drops what is a tag: `<` directly followed by a letter, `/` or `!`, up to the next `>`, where the element is closed
/// or needs no end. A headline may be about `<canvas>` or `Vec<u8>`.
fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        rest = match after.split_once('>') {
            Some((tag, tail)) if is_tag(tag, text) => {
                if tag.trim_end_matches('/').trim().eq_ignore_ascii_case("br") {
                    out.push(' ');
                }
                tail
            }
            _ => {
                out.push('<');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

/// Whether what stands between angle brackets is a tag of this text.
fn is_tag(inside: &str, text: &str) -> bool {
    let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let lower = text.to_ascii_lowercase();
    let has = |start: &str| {
        let mut behind = lower.match_indices(start).filter_map(|(at, start)| lower.get(at + start.len()..));
        behind.any(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    match name.as_str() {
        "" => inside.starts_with('!'),
        "br" | "wbr" | "img" | "hr" => true,
        name => has(&format!("<{name}")) && has(&format!("</{name}")),
    }
}

/// The form in which two lines are compared: letters and digits in lower case, one space between words.
pub(super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '’' | '‘' | '`' | '´' => {}
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The form in which a name is compared with a host: letters and digits in lower case, nothing between them.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{compact, key, line};

    #[test]
    fn a_value_becomes_one_line_without_markup() {
        let cases = [
            ("", ""),
            ("  two\n\twords ", "two words"),
            ("Tom &amp; Jerry", "Tom & Jerry"),
            ("Tom &amp;amp; Jerry", "Tom & Jerry"),
            ("It&#039;s &#x2014; &#8217;", "It's — ’"),
            ("smart &#146;quote", "smart ’quote"),
            ("R&D; &unknown; & co", "R&D; &unknown; & co"),
            ("&#0; &#xFFFFFFFF; &#x;", "&#0; &#xFFFFFFFF; &#x;"),
            ("<b>bold</b> one<br/>two", "bold one two"),
            ("1 < 2 > 0", "1 < 2 > 0"),
            ("zero\u{200B}width \u{FEFF}soft\u{AD}hyphen", "zerowidth softhyphen"),
            ("bell\u{7}null\u{0}", "bell null"),
        ];
        for (raw, expected) in cases {
            assert_eq!(line(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_value_is_cut_at_its_longest_length() {
        assert_eq!(line(&"ä".repeat(5000)), "ä".repeat(2000));
        assert_eq!(line(&"&".repeat(5000)), "&".repeat(2000));
    }

    #[test]
    fn comparison_ignores_case_and_punctuation() {
        assert_eq!(key("  It’s “Done” – now! "), "its done now");
        assert_eq!(key("…"), "");
        assert_eq!(compact("The New-York Times"), "thenewyorktimes");
    }
}
