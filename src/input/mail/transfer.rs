//! Transfer encodings (RFC 2045), leniently: what is damaged is left out, and the rest is decoded.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

/// How the bytes of a part are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As they are.
    Identity,
    /// `base64`.
    Base64,
    /// `quoted-printable`.
    QuotedPrintable,
}

/// The encoding of this name; an unknown one stands for the bytes as they are.
pub(super) fn named(name: Option<&str>) -> Encoding {
    let name = name.unwrap_or_default().trim();
    if name.eq_ignore_ascii_case("base64") {
        Encoding::Base64
    } else if name.eq_ignore_ascii_case("quoted-printable") {
        Encoding::QuotedPrintable
    } else {
        Encoding::Identity
    }
}

/// Decodes the bytes of a part. The flag tells whether they were damaged.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> (Cow<'_, [u8]>, bool) {
    let mended = match encoding {
        Encoding::Identity => return (Cow::Borrowed(bytes), false),
        Encoding::Base64 if is_prose(bytes) => return (Cow::Borrowed(bytes), true),
        Encoding::Base64 => mended_base64(bytes),
        Encoding::QuotedPrintable => mended_quoted_printable(bytes),
    };
    let damaged = matches!(mended, Cow::Owned(_));
    let decoded = if encoding == Encoding::Base64 { base64_decode(&mended) } else { quoted_printable_decode(&mended) };
    match decoded {
        Some(decoded) => (Cow::Owned(decoded), damaged),
        None => (Cow::Borrowed(bytes), true),
    }
}

/// Whether bytes that should be base64 are words: of these about every sixth character is a space, while base64 has none
/// within its lines.
fn is_prose(bytes: &[u8]) -> bool {
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| is_base64(*byte));
    let inner = |at: &usize| is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1));
    memchr::memchr_iter(b' ', bytes).filter(inner).count() > bytes.len() / 16
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// The bytes without what is not base64, up to the last whole byte. A list manager may have added a footer in plain text
/// behind the padding, which ends the data.
fn mended_base64(bytes: &[u8]) -> Cow<'_, [u8]> {
    let text = bytes.trim_ascii();
    let data_end = text.iter().position(|byte| *byte == b'=').unwrap_or(text.len());
    let (data, padding) = text.split_at(data_end);
    let clean = data.iter().all(|byte| is_base64(*byte) || byte.is_ascii_whitespace())
        && padding.iter().all(|byte| *byte == b'=' || byte.is_ascii_whitespace());
    let digits = data.iter().filter(|byte| is_base64(**byte)).count();
    if clean && (digits + padding.iter().filter(|byte| **byte == b'=').count()).is_multiple_of(4) {
        return Cow::Borrowed(bytes);
    }
    let mut digits: Vec<u8> = data.iter().copied().filter(|byte| is_base64(*byte)).collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    while !digits.len().is_multiple_of(4) {
        digits.push(b'=');
    }
    Cow::Owned(digits)
}

/// The bytes with each `=` that begins nothing written as `=3D`.
fn mended_quoted_printable(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_sound = |at: usize| {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let hex = matches!(rest, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
        let end = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        hex || end.is_none_or(|end| rest.get(end) == Some(&b'\n'))
    };
    let faults: Vec<usize> = memchr::memchr_iter(b'=', bytes).filter(|at| !is_sound(*at)).collect();
    if faults.is_empty() {
        return Cow::Borrowed(bytes);
    }
    let mut mended = Vec::with_capacity(bytes.len() + 2 * faults.len());
    let mut start = 0;
    for fault in faults {
        mended.extend_from_slice(bytes.get(start..fault).unwrap_or_default());
        mended.extend_from_slice(b"=3D");
        start = fault + 1;
    }
    mended.extend_from_slice(bytes.get(start..).unwrap_or_default());
    Cow::Owned(mended)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    #[test]
    fn damage_costs_no_more_than_what_is_damaged() {
        let cases: [(&[u8], Encoding, &str, bool); 12] = [
            (b"as = it = is", Encoding::Identity, "as = it = is", false),
            (b"Z3LDvMOfZQ==\r\n", Encoding::Base64, "grüße", false),
            (b"Z3LD\r\nvMOf\r\nZQ==", Encoding::Base64, "grüße", false),
            (b"Z3LDvMOfZQ", Encoding::Base64, "grüße", true),
            (b"Z3LDvMOfZ", Encoding::Base64, "grüß", true),
            (b"Words that nobody wrote as base64.", Encoding::Base64, "Words that nobody wrote as base64.", true),
            (b"Z3L*DvM!OfZQ==", Encoding::Base64, "grüße", true),
            (b"Z3LDvMOfZQ==\n____\nThe list", Encoding::Base64, "grüße", true),
            (b"gr=C3=BC=C3=9Fe=\r\n!", Encoding::QuotedPrintable, "grüße!", false),
            (b"a=b =zz 1 = 1", Encoding::QuotedPrintable, "a=b =zz 1 = 1", true),
            (b"one  \ntwo=", Encoding::QuotedPrintable, "one\ntwo", false),
            (b"href=3D\"a\" b=\"c\"", Encoding::QuotedPrintable, "href=\"a\" b=\"c\"", true),
        ];
        for (bytes, encoding, expected, damaged) in cases {
            let (found, flag) = decode(bytes, encoding);
            assert_eq!((String::from_utf8_lossy(&found).as_ref(), flag), (expected, damaged));
        }
    }
}
