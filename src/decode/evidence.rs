//! What the bytes themselves say about their encoding.
//!
//! Input: bytes without a byte order mark. Output: one of a few findings, which a declaration can contradict, and the
//! detector's guess. Validity is looked at over the whole document, anything slower over a bounded [`Sample`].

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memmem};

/// Whole multi-byte sequences for each broken one, from which text counts as damaged UTF-8 and as nothing else, and
/// decoded characters for each undecodable one, from which a multi-byte encoding is believed.
///
/// Messages of 17 languages in 18 legacy encodings, read as UTF-8, gave at most 0.39 whole sequences for a broken one
/// (IBM866; EUC-JP 0.38, windows-874 0.35, GBK 0.31, the others below 0.25). The same messages in the encoding that
/// they were declared in gave no undecodable character at all, in another multi-byte one between 0 and thousands.
const SOUND: usize = 10;

/// Undecodable characters that are forgiven in any case: a cut string or two.
const STRAY: usize = 4;

/// What the bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// UTF-16 by the position of its zero bytes.
    Utf16(&'static Encoding),
    /// Seven bits, with escape sequences that switch to Japanese and back.
    Iso2022Jp,
    /// Seven bits.
    Ascii,
    /// Valid UTF-8 with at least one multi-byte sequence; the last one may be cut off.
    Utf8,
    /// UTF-8 beyond doubt, with a few broken sequences.
    DamagedUtf8,
    /// Broken UTF-8, but more whole sequences than broken ones; or nothing but one that may be cut off. A declaration
    /// decides.
    Unclear,
    /// Not UTF-8: more broken sequences than whole ones.
    Legacy,
}

impl Evidence {
    pub(super) fn of(bytes: &[u8]) -> Self {
        if let Some(encoding) = utf16(bytes) {
            return Self::Utf16(encoding);
        }
        let ascii = Encoding::ascii_valid_up_to(bytes);
        if ascii == bytes.len() {
            return if is_iso_2022_jp(bytes) { Self::Iso2022Jp } else { Self::Ascii };
        }
        let valid = Encoding::utf8_valid_up_to(bytes);
        let broken = std::str::from_utf8(bytes.get(valid..).unwrap_or_default()).err();
        match broken {
            None => Self::Utf8,
            Some(error) if error.error_len().is_none() && valid > ascii => Self::Utf8,
            Some(error) if error.error_len().is_none() => Self::Unclear,
            Some(_) => Self::of_broken(&Sample::of(bytes)),
        }
    }

    fn of_broken(sample: &Sample<'_>) -> Self {
        let (mut whole, mut broken) = (0, 0);
        for chunk in sample.head.utf8_chunks().chain(sample.tail.utf8_chunks()) {
            // Lead bytes, one a sequence.
            whole += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
            broken += usize::from(!chunk.invalid().is_empty());
        }
        if whole >= SOUND * broken {
            Self::DamagedUtf8
        } else if whole >= broken {
            Self::Unclear
        } else {
            Self::Legacy
        }
    }

    /// Whether these bytes can be in this encoding.
    pub(super) fn allows(self, encoding: &'static Encoding, bytes: &[u8]) -> bool {
        match self {
            Self::Utf16(found) => encoding == found,
            Self::Iso2022Jp => encoding == ISO_2022_JP,
            Self::Ascii => encoding.is_ascii_compatible() || encoding == ISO_2022_JP,
            Self::Utf8 | Self::DamagedUtf8 => encoding == UTF_8,
            Self::Unclear => encoding == UTF_8 || fits(encoding, bytes),
            Self::Legacy => encoding != UTF_8 && fits(encoding, bytes),
        }
    }

    /// The best guess where nothing usable is declared.
    pub(super) fn guess(self, bytes: &[u8], tld: Option<&str>) -> &'static Encoding {
        match self {
            Self::Utf16(encoding) => encoding,
            Self::Iso2022Jp => ISO_2022_JP,
            Self::Ascii | Self::Utf8 | Self::DamagedUtf8 => UTF_8,
            Self::Unclear | Self::Legacy => {
                let tld = tld.map(str::to_ascii_lowercase).filter(|tld| is_dns_label(tld));
                let sample = Sample::of(bytes);
                sample.detector().guess(tld.as_deref().map(str::as_bytes), Utf8Detection::Deny)
            }
        }
    }
}

/// The detector panics on anything else.
fn is_dns_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether bytes beyond ASCII decode in a legacy encoding or in UTF-16. Single-byte encodings decode anything; that of
/// Western Europe, which servers and templates declare unasked, is contradicted by whole words beyond ASCII.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == WINDOWS_1252 {
        return !has_words_beyond_ascii(Sample::of(bytes).head);
    }
    if encoding.is_single_byte() {
        return true;
    }
    if encoding == ISO_2022_JP {
        return false;
    }
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    // A sample may begin at an odd byte, where UTF-16 means something else.
    let sample = if wide { bytes.get(..HEAD).unwrap_or(bytes) } else { Sample::of(bytes).head };
    let text = encoding.decode_without_bom_handling(sample).0;
    let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
    let whole = text.chars().filter(|character| !character.is_ascii()).count() - broken;
    if wide { broken <= 1 && !text.contains('\0') } else { broken <= STRAY || whole >= SOUND * broken }
}

/// Whether most bytes beyond ASCII stand in runs as long as words. Of German, French, Czech and Turkish texts at most
/// 15 % do, of Greek, Russian, Chinese and Japanese ones in their own encodings more than 80 %.
fn has_words_beyond_ascii(bytes: &[u8]) -> bool {
    let (mut all, mut in_words) = (0, 0);
    for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()).filter(|run| !run[0].is_ascii()) {
        all += run.len();
        // A row of one sign is an ornament.
        let is_word = run.len() >= WORD && run.windows(2).any(|pair| pair[0] != pair[1]);
        in_words += if is_word { run.len() } else { 0 };
    }
    all >= FEWEST && in_words * 2 > all
}

/// Bytes of a run that is a word.
const WORD: usize = 3;

/// Bytes beyond ASCII that say something of an encoding.
const FEWEST: usize = 24;

/// Whether seven-bit bytes are ISO-2022-JP. An escape that selects a Japanese set must be there; a terminal's colours,
/// which begin with an escape too, do not decode.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let Some(first) = memchr(0x1B, bytes) else { return false };
    let rest = bytes.get(first..).unwrap_or_default();
    let rest = rest.get(..HEAD).unwrap_or(rest);
    let selects = [b"\x1B$B", b"\x1B$@", b"\x1B(J", b"\x1B(I"];
    if !selects.iter().any(|escape| memmem::find(rest, *escape).is_some()) {
        return false;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(rest, false);
    detector.guess(None, Utf8Detection::Deny) == ISO_2022_JP
}

/// Bytes that are looked at for UTF-16.
const WIDE: usize = 4096;

/// The byte order of UTF-16 text without a byte order mark, if it is overwhelmingly clear.
///
/// Every character below U+0100 shows as a zero byte on one side, and text of any script has such characters. So: no
/// control characters; and either half of the characters are below U+0100 (Latin, markup), or a tenth are (spaces,
/// punctuation) and nearly all others come from one block of 256, as those of an alphabet do. Chinese and Japanese
/// plain text is not found this way and needs a byte order mark or a declaration.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let prefix = bytes.get(..WIDE).unwrap_or(bytes);
    memchr(0, prefix)?;
    if is_wide(prefix, u16::from_le_bytes) {
        Some(UTF_16LE)
    } else if is_wide(prefix, u16::from_be_bytes) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_wide(bytes: &[u8], read: fn([u8; 2]) -> u16) -> bool {
    let units = bytes.len() / 2;
    let mut blocks = [0usize; 256];
    for unit in bytes.as_chunks().0 {
        let [block, low] = read(*unit).to_be_bytes();
        if block == 0 && (low < b' ' && !b"\t\n\r\x0C\x1B".contains(&low)) {
            return false;
        }
        blocks[usize::from(block)] += 1;
    }
    let [latin, others @ ..] = blocks;
    let alphabet = others.iter().max().copied().unwrap_or_default();
    units >= 4 && (latin * 2 >= units || latin * 10 >= units && (latin + alphabet) * 10 >= units * 9)
}

/// Bytes of a long document's sample, from its first character beyond ASCII on. The detector runs 27 candidates over
/// every byte, about 20 MB a second, and asks for all bytes; a document may have 64 MiB, and the guess has settled long
/// before the end of this.
const HEAD: usize = 64 << 10;

/// Bytes of a long document's sample from its end, where the text of a page is that begins with long scripts.
const TAIL: usize = 32 << 10;

/// Bytes of ASCII that are kept before the first other byte: the detector weighs neighbours.
const LEAD: usize = 64;

/// Bytes in which a place to cut a sample is looked for.
const SEAM: usize = 1024;

/// A bounded part of a document, cut between characters.
struct Sample<'a> {
    head: &'a [u8],
    /// The end of the document, empty where the head reaches it.
    tail: &'a [u8],
    /// Whether head and tail end with the document.
    ended: bool,
}

impl<'a> Sample<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let start = Encoding::ascii_valid_up_to(bytes).saturating_sub(LEAD);
        let rest = bytes.get(start..).unwrap_or_default();
        if rest.len() <= HEAD + TAIL {
            return Self { head: rest, tail: &[], ended: true };
        }
        // White space and control characters are below the trail bytes of every multi-byte encoding, so that a cut
        // behind one divides no character.
        let blank = |byte: &u8| *byte <= b' ';
        let (head, _) = rest.split_at(HEAD);
        let (_, tail) = rest.split_at(rest.len() - TAIL);
        let cut = head.iter().rev().take(SEAM).position(blank).map(|back| HEAD - back);
        let from = tail.iter().take(SEAM).position(blank).map(|seam| seam + 1);
        match (cut.and_then(|cut| head.get(..cut)), from.and_then(|from| tail.get(from..))) {
            (Some(head), Some(tail)) => Self { head, tail, ended: true },
            (cut, _) => Self { head: cut.unwrap_or(head), tail: &[], ended: false },
        }
    }

    /// The detector after these bytes.
    fn detector(&self) -> EncodingDetector {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(self.head, false);
        detector.feed(self.tail, false);
        // A character that is cut off rules its encoding out once the detector is told that this is the end, and long
        // documents are often cut off. Short ones need the end: their last word may be all there is.
        let last = if self.tail.is_empty() { self.head.last() } else { self.tail.last() };
        let clean = self.head.len() + self.tail.len() <= SEAM || last.is_some_and(u8::is_ascii);
        if self.ended && clean {
            detector.feed(b"", true);
        }
        detector
    }
}
