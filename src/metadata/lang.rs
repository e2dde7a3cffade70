//! The language a page declares, or else the one that its script is of. From words nothing is guessed.

use crate::document::Document;

/// Scripts that one language of the web is written in, as ranges of characters. Those of several (Latin, Cyrillic, Arabic,
/// Devanagari, Bengali, Ethiopic) say nothing.
const SCRIPTS: &[(&str, std::ops::RangeInclusive<char>)] = &[
    ("el", '\u{370}'..='\u{3ff}'),
    ("hy", '\u{530}'..='\u{58f}'),
    ("he", '\u{590}'..='\u{5ff}'),
    ("pa", '\u{a00}'..='\u{a7f}'),
    ("gu", '\u{a80}'..='\u{aff}'),
    ("or", '\u{b00}'..='\u{b7f}'),
    ("ta", '\u{b80}'..='\u{bff}'),
    ("te", '\u{c00}'..='\u{c7f}'),
    ("kn", '\u{c80}'..='\u{cff}'),
    ("ml", '\u{d00}'..='\u{d7f}'),
    ("si", '\u{d80}'..='\u{dff}'),
    ("th", '\u{e00}'..='\u{e7f}'),
    ("lo", '\u{e80}'..='\u{eff}'),
    ("my", '\u{1000}'..='\u{109f}'),
    ("ka", '\u{10a0}'..='\u{10ff}'),
    ("km", '\u{1780}'..='\u{17ff}'),
    ("ja", '\u{3040}'..='\u{30ff}'),
    ("zh", '\u{4e00}'..='\u{9fff}'),
    ("ko", '\u{ac00}'..='\u{d7af}'),
];

/// Characters that are read, letters that are enough to tell, and the share of them that must be of one script: names,
/// brands and menus are often in Latin.
const READ: usize = 20_000;
const LETTERS: usize = 100;
const SHARE: f64 = 0.6;

/// The share of kana from which Han characters are Japanese; a Chinese page cites little of it.
const KANA: f64 = 0.1;

/// The language whose script most letters of a page are of; `None` where it is of several languages or too little is
/// written.
pub(super) fn of_script(document: &Document) -> Option<&'static str> {
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut letters = 0;
    let chars = document.blocks.iter().flat_map(|block| block.text.chars()).take(READ);
    for c in chars.filter(|c| c.is_alphabetic()) {
        letters += 1;
        if let Some(script) = SCRIPTS.iter().position(|(_, range)| range.contains(&c)) {
            counts[script] += 1;
        }
    }
    let place = |language: &str| SCRIPTS.iter().position(|(known, _)| *known == language);
    let (kana, han) = (place("ja")?, place("zh")?);
    let both = counts[kana] + counts[han];
    // Han characters are of both languages: what kana stand among is Japanese.
    let (more, less) = if counts[kana] as f64 >= KANA * both as f64 { (kana, han) } else { (han, kana) };
    (counts[more], counts[less]) = (both, 0);
    let best = (0..counts.len()).max_by_key(|script| counts[*script])?;
    let is_sure = letters >= LETTERS && counts[best] as f64 >= SHARE * letters as f64;
    is_sure.then_some(SCRIPTS[best].0)
}

/// A declared language as a BCP 47 tag: language in lower case, script in title case, region in upper case; the other
/// subtags are dropped. `None` for what is no tag.
pub(super) fn normalise(declared: &str) -> Option<String> {
    let first = declared.split([',', ';', ' ']).map(str::trim).find(|part| !part.is_empty())?;
    let mut parts = first.split(['-', '_', '.', '@']);
    let language = parts.next()?.to_ascii_lowercase();
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
    if !(2..=3).contains(&language.len())
        || !letters(&language)
        || matches!(language.as_str(), "und" | "zxx" | "mul" | "xx" | "utf")
    {
        return None;
    }
    let mut tag = language;
    for (at, part) in parts.enumerate() {
        match part.len() {
            4 if at == 0 && letters(part) => {
                let (first, rest) = part.split_at_checked(1)?;
                tag = format!("{tag}-{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase());
            }
            2 if letters(part) => return Some(format!("{tag}-{}", part.to_ascii_uppercase())),
            3 if part.bytes().all(|b| b.is_ascii_digit()) => return Some(format!("{tag}-{part}")),
            _ => {}
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::{normalise, of_script};
    use crate::document::Document;
    use crate::segment::html::segment;

    #[test]
    fn a_script_of_one_language_tells_it() {
        let page = |text: &str| segment(&format!("<p>{}", text.repeat(40)), crate::Limits::default(), &[]);
        let cases = [
            ("Το λιμάνι άνοιξε. ", Some("el")),
            ("港が開いた。", Some("ja")),
            ("港口重新开放。", Some("zh")),
            ("항구가 열렸다. ", Some("ko")),
            ("ท่าเรือเปิดแล้ว ", Some("th")),
            ("הנמל נפתח מחדש BBC ", Some("he")),
            ("Гавань открыта. ", None),
            ("The harbour is open. Το λιμάνι. ", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of_script(&page(text)), expected, "{text}");
        }
        assert_eq!(of_script(&segment("<p>Το λιμάνι", crate::Limits::default(), &[])), None);
        assert_eq!(of_script(&Document::empty(crate::Kind::Html, None)), None);
    }

    #[test]
    fn tags_are_normalised_and_junk_is_rejected() {
        let cases = [
            ("en", Some("en")),
            ("EN-us", Some("en-US")),
            ("en_GB", Some("en-GB")),
            ("en_US.UTF-8", Some("en-US")),
            ("zh-hant", Some("zh-Hant")),
            ("zh-hans-cn", Some("zh-Hans-CN")),
            ("es-419", Some("es-419")),
            ("de-DE-1996", Some("de-DE")),
            ("sr-Latn", Some("sr-Latn")),
            ("haw", Some("haw")),
            (" fr , en", Some("fr")),
            ("", None),
            ("-", None),
            ("english", None),
            ("{{ lang }}", None),
            ("utf-8", None),
            ("und", None),
            ("e", None),
            ("12-US", None),
            ("日本語", None),
            ("en-日本", Some("en")),
        ];
        for (declared, expected) in cases {
            assert_eq!(normalise(declared).as_deref(), expected, "{declared:?}");
        }
    }
}
