//! Where the sentences of a text end.

use crate::signs::{MAY_END, ends, is_closing};

/// The sentences of a text, in order, without the space between them. A stop in front of a small letter or within a
/// word ends none.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (sentence, after) = rest.split_at(end(rest));
        rest = after;
        Some(sentence.trim_end())
    })
}

/// Where the first sentence ends, in bytes.
fn end(text: &str) -> usize {
    let mut at = 0;
    while let Some((sign, mut behind)) = next_sign(text, at) {
        // Where one of the signs needs no space behind it the sentence ends without one.
        let mut is_full = needs_no_space(sign);
        let mut chars = text.get(behind..).unwrap_or_default().chars();
        let mut next = chars.next();
        while let Some(c) = next.filter(|c| ends(*c) || is_closing(*c) && *c != ' ') {
            is_full |= needs_no_space(c);
            behind += c.len_utf8();
            next = chars.next();
        }
        let Some(next) = next else { break };
        let is_apart = is_full || next.is_whitespace();
        if is_apart && !text.get(behind..).unwrap_or_default().trim_start().starts_with(char::is_lowercase) {
            return behind;
        }
        at = behind;
    }
    text.len()
}

/// The first character from a place on that ends a sentence, and the place behind it.
fn next_sign(text: &str, from: usize) -> Option<(char, usize)> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        at += rest.iter().position(|byte| MAY_END[usize::from(*byte)])?;
        let c = text.get(at..)?.chars().next()?;
        at += c.len_utf8();
        if ends(c) {
            return Some((c, at));
        }
    }
}

/// Whether the next sentence may follow at once.
fn needs_no_space(c: char) -> bool {
    matches!(c, '」' | '』' | '）' | '】' | '》') || !c.is_ascii() && ends(c) && c != '…'
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_text_is_its_sentences() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("One.", &["One."]),
            (
                "Unsubscribe. © 2024 Quay Ltd. All rights reserved.",
                &["Unsubscribe.", "© 2024 Quay Ltd.", "All rights reserved."],
            ),
            (
                "He said \"No.\" Then e.g. this at 3.5 %!? Yes…",
                &["He said \"No.\"", "Then e.g. this at 3.5 %!?", "Yes…"],
            ),
            ("配信を停止する。「何?」次へ！", &["配信を停止する。", "「何?」", "次へ！"]),
            ("आप इसे पढ़ें। सदस्यता रद्द करें", &["आप इसे पढ़ें।", "सदस्यता रद्द करें"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
