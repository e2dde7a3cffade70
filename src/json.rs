//! Text that should be JSON, and is not quite.
//!
//! Scripts in pages are never run as JSON, and rows are written by programs that do not check them. What is wrong in the
//! ways that are met is mended in one pass, without guessing at the meaning. Nothing here reads a value.

/// One pass that drops comments and commas before a closing bracket, puts spaces for control characters, U+FFFD for half a
/// surrogate pair, and `null` for what is no number.
pub(crate) fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                string(&mut chars, &mut out);
            }
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => block_comment(&mut chars),
            '}' | ']' => {
                out.truncate(out.trim_end().len());
                if out.ends_with(',') {
                    out.pop();
                }
                out.push(c);
            }
            // Between two objects of a stream, and at its end.
            ';' => {}
            c if c.is_alphabetic() => word(c, &mut chars, &mut out),
            c if c.is_whitespace() || c.is_control() || c == '\u{FEFF}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A word outside of strings. JSON has no name for what is no number, and programs that write JSON print these.
fn word(first: char, chars: &mut Chars<'_>, out: &mut String) {
    let mut word = String::from(first);
    word.extend(std::iter::from_fn(|| chars.next_if(|c| c.is_alphanumeric())));
    if !matches!(word.as_str(), "NaN" | "Infinity") {
        out.push_str(&word);
        return;
    }
    if out.ends_with('-') {
        out.pop();
    }
    out.push_str("null");
}

type Chars<'t> = std::iter::Peekable<std::str::Chars<'t>>;

fn block_comment(chars: &mut Chars<'_>) {
    let mut star = false;
    for c in chars.skip(1) {
        if star && c == '/' {
            break;
        }
        star = c == '*';
    }
}

/// The rest of a string, after its opening quotation mark, up to and including the closing one.
fn string(chars: &mut Chars<'_>, out: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                return;
            }
            '\\' if chars.next_if_eq(&'u').is_some() => code_point(chars, out),
            // JavaScript escapes that JSON does not know stand for the character itself.
            '\\' => {
                if let Some(escaped) = chars.next_if(|c| matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) {
                    out.push('\\');
                    out.push(escaped);
                }
            }
            c if (c as u32) < 0x20 => out.push(' '),
            c => out.push(c),
        }
    }
}

/// What follows `\u`. A character beyond U+FFFF is two code units, of which programs that cut strings leave one.
fn code_point(chars: &mut Chars<'_>, out: &mut String) {
    let Some(unit) = code_unit(chars) else { return out.push_str("\\u") };
    let mut ahead = chars.clone();
    let is_first = (0xD800..=0xDBFF).contains(&unit) && ahead.next() == Some('\\') && ahead.next() == Some('u');
    let second = if is_first { code_unit(&mut ahead) } else { None };
    let units = [Some(unit), second];
    match char::decode_utf16(units.into_iter().flatten()).next() {
        // As it was written: what it stands for may need an escape.
        Some(Ok(c)) => {
            if c.len_utf16() == 2 {
                *chars = ahead;
            }
            let mut written = [0; 2];
            c.encode_utf16(&mut written).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
        _ => out.push('\u{FFFD}'),
    }
}

/// The code unit that four hexadecimal digits write; nothing is taken where there are none.
fn code_unit(chars: &mut Chars<'_>) -> Option<u16> {
    let mut ahead = chars.clone();
    let digits: String = ahead.by_ref().take(4).filter(char::is_ascii_hexdigit).collect();
    let unit = u16::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4)?;
    *chars = ahead;
    Some(unit)
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn what_is_no_json_is_mended_and_the_rest_stays() {
        let cases = [
            (r#"{"a": [1, 2,], /* b */ "c": "d\'e"};"#, r#"{"a": [1, 2], "c": "d'e"}"#),
            (r#"{"a":NaN,"b":-Infinity,"c":[Infinity,1e5,true]}"#, r#"{"a":null,"b":null,"c":[null,1e5,true]}"#),
            (r#"{"NaN":"NaN"}"#, r#"{"NaN":"NaN"}"#),
            (r#""\u0041\ud83d\ude00\u000a""#, r#""\u0041\ud83d\ude00\u000a""#),
            (r#""a\ud83db""#, "\"a\u{FFFD}b\""),
            (r#""\ude00\ud83d\u0041\ud83d\ud83d\ude00""#, "\"\u{FFFD}\u{FFFD}\\u0041\u{FFFD}\\ud83d\\ude00\""),
            (r#""\ud83d"#, "\"\u{FFFD}"),
            (r#""\u12"#, r#""\u12"#),
        ];
        for (text, mended) in cases {
            let spaceless = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(spaceless(&mend(text)), spaceless(mended), "{text}");
        }
    }
}
