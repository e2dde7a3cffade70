//! Signs of sentences in all scripts: what ends one, and what parts its clauses.
//!
//! Ends of sentences are those that Unicode lists as `Sentence_Terminal`, and the shad of Tibetan. With the signs of five
//! scripts alone Burmese, Khmer, Amharic and Armenian prose had no sentences, and Tibetan and Burmese no words either.

/// What a sign does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Stop,
    Exclamation,
    Question,
    Colon,
    Comma,
    Semicolon,
}

/// What a character beyond ASCII does in a sentence; `None` for one that is no such sign.
pub(crate) fn sign(c: char) -> Option<Sign> {
    Some(match u32::from(c) {
        0x589
        | 0x61d
        | 0x61e
        | 0x6d4
        | 0x700..=0x702
        | 0x7f9
        | 0x837
        | 0x839
        | 0x83d
        | 0x83e
        | 0x964
        | 0x965
        | 0xf0d..=0xf11
        | 0x104b
        | 0x1362
        | 0x1368
        | 0x166e
        | 0x1735
        | 0x1736
        | 0x17d4
        | 0x17d5
        | 0x1803
        | 0x1809
        | 0x1c3b
        | 0x1c3c
        | 0x1c7e
        | 0x1c7f
        | 0x2e3c
        | 0x3002
        | 0xa4ff
        | 0xa60e
        | 0xa876
        | 0xa877
        | 0xa8ce
        | 0xa8cf
        | 0xa9c8
        | 0xa9c9
        | 0xaa5d..=0xaa5f
        | 0xabeb
        | 0xfe12
        | 0xfe52
        | 0xff0e
        | 0xff61 => Sign::Stop,
        0x1944 | 0x203c | 0x2049 | 0xfe15 | 0xfe57 | 0xff01 => Sign::Exclamation,
        0x37e | 0x61f | 0x1367 | 0x1945 | 0x203d | 0x2047 | 0x2048 | 0x2e2e | 0xa60f | 0xa6f7 | 0xfe16 | 0xfe56
        | 0xff1f => Sign::Question,
        0x1366 | 0xff1a => Sign::Colon,
        0x55d | 0x60c | 0x7f8 | 0x104a | 0x1363 | 0x1365 | 0x1802 | 0x1808 | 0x3001 | 0xfe10 | 0xfe11 | 0xfe50
        | 0xfe51 | 0xff0c | 0xff64 => Sign::Comma,
        0x61b | 0x1364 | 0xff1b => Sign::Semicolon,
        _ => return None,
    })
}

/// What a character does in a sentence, of ASCII or beyond.
pub(crate) fn sign_of_any(c: char) -> Option<Sign> {
    match c {
        '.' => Some(Sign::Stop),
        '!' => Some(Sign::Exclamation),
        '?' => Some(Sign::Question),
        ':' => Some(Sign::Colon),
        ',' => Some(Sign::Comma),
        ';' => Some(Sign::Semicolon),
        _ => sign(c),
    }
}

/// Whether a text ends as a sentence does; what may stand behind its end does not count.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(is_closing).ends_with(ends)
}

/// Whether a character ends a sentence.
pub(crate) fn ends(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '.' | '!' | '?');
    }
    c == '…' || matches!(sign(c), Some(Sign::Stop | Sign::Exclamation | Sign::Question))
}

/// Bytes of a text from which on a character may stand that ends a sentence: most texts have none but in ASCII, and looking
/// at bytes spares looking at every letter as a character. Other bytes, those inside of characters among them, begin none.
pub(crate) const MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    table[b'.' as usize] = true;
    table[b'!' as usize] = true;
    table[b'?' as usize] = true;
    // Latin, most of Greek and Cyrillic begin with smaller ones but for the question mark of Greek.
    table[0xcd] = true;
    let mut byte = 0xd6;
    while byte < 256 {
        table[byte] = true;
        byte += 1;
    }
    table
};

/// Whether a character stands inside of words without being a letter: viramas, points and accents, joiners, soft
/// hyphens. A word that is written with them is one word.
pub(crate) fn is_inside_words(c: char) -> bool {
    matches!(u32::from(c),
        0xad | 0x200b..=0x200d | 0x2060 | 0xfeff
        | 0x300..=0x36f | 0x483..=0x487 | 0x55b | 0x55c | 0x55e | 0x591..=0x5bd | 0x5bf | 0x5c1 | 0x5c2 | 0x5c4 | 0x5c5
        | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6dc | 0x93c | 0x94d | 0x951..=0x954 | 0x9bc | 0x9cd
        | 0xa3c | 0xa4d | 0xabc | 0xacd | 0xb3c | 0xb4d | 0xbcd | 0xc3c | 0xc4d | 0xcbc | 0xccd | 0xd3b | 0xd3c | 0xd4d
        | 0xdca | 0xf39 | 0xf84 | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0xfe20..=0xfe2f)
}

/// Whether a text ends in a colon, and so announces what follows it.
pub(crate) fn ends_in_colon(text: &str) -> bool {
    text.ends_with([':', '：'])
}

/// What may stand behind the end of a sentence: quotation marks, brackets, and what is not seen.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | ' ' | '»' | '」' | '』' | '）' | '】' | '》' | '“' | '›')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202c}' | '\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{MAY_END, Sign, ends, sign};

    #[test]
    fn sentences_end_in_every_script() {
        let stops = "。．｡।۔։።။។།";
        assert!(stops.chars().all(|c| sign(c) == Some(Sign::Stop)), "{stops}");
        assert!("，、،፣၊՝".chars().all(|c| sign(c) == Some(Sign::Comma)));
        assert!("？؟፧".chars().all(|c| sign(c) == Some(Sign::Question)));
        assert!("é日กက·—".chars().all(|c| sign(c).is_none()));
    }

    #[test]
    fn every_character_that_ends_a_sentence_begins_with_a_byte_that_may() {
        let mut bytes = [0; 4];
        let mut first = |c: char| c.encode_utf8(&mut bytes).bytes().next().map(usize::from).expect("a byte");
        assert!(('\0'..=char::MAX).filter(|c| ends(*c)).all(|c| MAY_END[first(c)]));
        assert!((0x80..0xc0).all(|inside: usize| !MAY_END[inside]));
    }
}
