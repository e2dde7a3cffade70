//! Numbers that name a kind of block: money in shops, dates in lists and forums.

use std::borrow::Cow;

use memchr::memchr;

use crate::digits::{digit, in_ascii};

/// A text with the digits of all scripts as those of ASCII.
fn with_ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| !c.is_ascii() && digit(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(in_ascii).collect())
}

/// The currency signs of Unicode.
fn is_currency(c: char) -> bool {
    c == '$'
        || !c.is_ascii()
            && matches!(u32::from(c),
                0xa2..=0xa5 | 0x58f | 0x60b | 0x7fe | 0x7ff | 0x9f2 | 0x9f3 | 0x9fb | 0xaf1 | 0xbf9 | 0xe3f | 0x17db
                | 0x20a0..=0x20c0 | 0xa838 | 0xfdfc | 0xfe69 | 0xff04 | 0xffe0 | 0xffe1 | 0xffe5 | 0xffe6)
}

/// What Japanese, Chinese and Korean write behind an amount.
fn is_unit(c: char) -> bool {
    matches!(c, '円' | '元' | '원')
}

/// Currency signs with a digit beside them, a space between allowed, and what stands for one right behind a digit.
pub(super) fn prices(text: &str) -> f32 {
    // Of all signs ASCII has but one.
    if memchr(b'$', text.as_bytes()).is_none() && text.is_ascii() {
        return 0.0;
    }
    let text = &*with_ascii_digits(text);
    let near = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let price = |(at, sign): (usize, &str)| {
        let head = text.get(..at).unwrap_or_default();
        if sign.starts_with(is_unit) {
            return near(head.chars().next_back());
        }
        let before = head.trim_end().chars().next_back();
        let after = text.get(at + sign.len()..).and_then(|tail| tail.trim_start().chars().next());
        near(before) || near(after)
    };
    text.match_indices(|c| is_currency(c) || is_unit(c)).filter(|found| price(*found)).count() as f32
}

/// Runs of digits and the marks between them that read as a year from 1900 on, a time, or a date.
pub(super) fn dates(text: &str) -> f32 {
    let text = &*with_ascii_digits(text);
    let bytes = text.as_bytes();
    let (mut count, mut at) = (0_u32, 0);
    // What stands in a run is ASCII, so that its ends are ends of characters.
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let run = bytes.get(at + start..).unwrap_or_default();
        let length = run.iter().take_while(|byte| is_date_byte(**byte)).count();
        count += u32::from(is_date(run.get(..length).unwrap_or_default()));
        at += start + length;
    }
    count as f32
}

fn is_date_byte(byte: u8) -> bool {
    byte.is_ascii_digit() || is_date_mark(byte)
}

fn is_date_mark(byte: u8) -> bool {
    matches!(byte, b':' | b'/' | b'.' | b'-')
}

/// Whether a run that begins with a digit reads as a date.
fn is_date(run: &[u8]) -> bool {
    let end = run.iter().rposition(u8::is_ascii_digit).map_or(0, |last| last + 1);
    let run = run.get(..end).unwrap_or_default();
    let mut parts = run.split(|byte| is_date_mark(*byte));
    let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
    let year = |part: &[u8]| part.len() == 4 && (part.starts_with(b"19") || part.starts_with(b"20"));
    let short = |part: &[u8]| matches!(part.len(), 1 | 2);
    match parts {
        [Some(only), None, ..] => year(only),
        [Some(hour), Some(minute), None, _] => run.contains(&b':') && short(hour) && minute.len() == 2,
        [Some(first), Some(second), Some(third), None] => {
            short(second) && (short(first) || year(first)) && (short(third) || year(third))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{dates, prices};

    #[test]
    fn prices_and_dates_are_counted() {
        let cases = [
            ("", 0.0, 0.0),
            ("From $ 12 or 9 €, not $x", 2.0, 0.0),
            ("2024-05-17, 17/5/24, 10:30 and 1999.", 0.0, 4.0),
            ("version 1.2, 3-4, 555 or 12345", 0.0, 0.0),
            ("...5.7.2024... é1999é 1.2.3.4 1::2", 0.0, 2.0),
            ("﷼ 3000, ฿20, 1,200円, 회원 100명, 公元2024年", 3.0, 1.0),
            ("১৭/৫/২০২৪, ٢٠٢٤ and ￥１２", 1.0, 2.0),
        ];
        for (text, expected_prices, expected_dates) in cases {
            assert_eq!((prices(text), dates(text)), (expected_prices, expected_dates), "{text}");
        }
    }
}
