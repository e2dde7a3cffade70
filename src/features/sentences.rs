//! Where the sentences of a text end.

use crate::signs::{ends, is_closing};

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
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        if !ends(c) {
            continue;
        }
        // Where one of the signs needs no space behind it the sentence ends without one.
        let mut is_full = needs_no_space(c);
        while let Some((_, next)) = chars.next_if(|(_, next)| ends(*next) || is_closing(*next) && *next != ' ') {
            is_full |= needs_no_space(next);
        }
        let Some(&(at, next)) = chars.peek() else { break };
        let is_apart = is_full || next.is_whitespace();
        if is_apart && !text.get(at..).unwrap_or_default().trim_start().starts_with(char::is_lowercase) {
            return at;
        }
    }
    text.len()
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
