//! Decimal digits of all scripts that are read on the web.

/// The zeros: of ASCII, Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Thai,
/// Lao, Tibetan, Burmese, Khmer, and the wide ones of East Asia. Nine digits follow each.
const ZEROS: [u32; 17] = [
    0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
    0xff10,
];

/// The value of a digit.
pub(crate) fn digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    let zero = ZEROS.into_iter().rev().find(|zero| *zero <= code)?;
    Some(code - zero).filter(|value| *value < 10)
}

/// A digit as that of ASCII; any other character as it is.
pub(crate) fn in_ascii(c: char) -> char {
    digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::{digit, in_ascii};

    #[test]
    fn digits_have_their_values() {
        let digits: Vec<Option<u32>> = "09٤۴४৪๔၄４".chars().map(digit).collect();
        assert_eq!(digits, [0, 9, 4, 4, 4, 4, 4, 4, 4].map(Some));
        assert!("a/:ก四é".chars().all(|c| digit(c).is_none() && in_ascii(c) == c));
        assert_eq!("٩/٢7".chars().map(in_ascii).collect::<String>(), "9/27");
    }
}
