//! Scripts whose words stand without spaces between them, and those whose sentences do without a sign.

/// Whether a character is of a word in a script without spaces: Thai, Lao, Burmese, Khmer, Kana, Han.
pub(crate) fn is_unspaced(c: char) -> bool {
    let of_script = matches!(c as u32, 0x3040..=0x30ff | 0x3400..=0x9fff | 0x2_0000..=0x3_ffff) || is_spelt(c);
    // Their signs and marks are no letters.
    let is_sign = matches!(c as u32,
        0xe3f | 0xe4f | 0xe5a | 0xe5b | 0x104a..=0x104f | 0x17d4..=0x17d6 | 0x17d8..=0x17db | 0x30a0 | 0x30fb);
    of_script && !is_sign
}

/// Whether a character is of a script without spaces whose words are spelt in letters: Thai, Lao, Burmese, Khmer.
pub(crate) fn is_spelt(c: char) -> bool {
    matches!(c as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff)
}

/// Whether a character is Thai or Lao, which part clauses and sentences by a space alone.
pub(crate) fn has_pauses(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}')
}
