//! The language a page declares. Nothing is guessed from its text.

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
    use super::normalise;

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
