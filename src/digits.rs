//! Decimal digits of all scripts that are read on the web.

/// The zeros: of ASCII, Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Thai, Lao, Tibetan,
/// Burmese, Khmer, and the wide ones of East Asia. Nine digits follow each.
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

#[cfg(test)]
mod tests {
    use super::digit;

    #[test]
    fn digits_have_their_values() {
        let digits: Vec<Option<u32>> = "09٤۴४৪๔၄４".chars().map(digit).collect();
        assert_eq!(digits, [0, 9, 4, 4, 4, 4, 4, 4, 4].map(Some));
        assert!("a/:ก四é".chars().all(|c| digit(c).is_none()));
    }
}
