//! White space: texts whose words stand one space apart.

/// A text with its white space collapsed to single spaces, and none at the ends.
pub(crate) fn collapse(text: &str) -> String {
    collapse_by(text, char::is_whitespace)
}

/// The same, of what counts as white space.
pub(crate) fn collapse_by(text: &str, is_space: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a text is visible ASCII whose words stand one space apart, as most lines are, whatever stands at its ends.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    // Over all of it, without a way out: so both become vector instructions.
    let is_visible = text.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    is_visible && !pairs.fold(false, |any, (one, next)| any | ((*one == b' ') & (*next == b' ')))
}

#[cfg(test)]
mod tests {
    use super::{collapse, is_plain};

    #[test]
    fn words_stand_one_space_apart() {
        assert_eq!(collapse(" the\u{a0} pier\n\tagain "), "the pier again");
        assert_eq!(collapse("\n "), "");
        let plain = ["", "a", "the pier", " the pier "].map(|text| is_plain(text.as_bytes()));
        let others = ["the  pier", "the\tpier", "größer"].map(|text| is_plain(text.as_bytes()));
        assert_eq!((plain, others), ([true; 4], [false; 3]));
    }
}
