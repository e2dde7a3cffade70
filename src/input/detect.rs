//! What a document is, from its first bytes.
//!
//! Input: the bytes of one document. Output: its [`Kind`], or an error that names what the bytes are instead. At most
//! the first 64 kB are looked at (their first 64 k characters in UTF-16), however long the document. Nothing here
//! decides what the document says, and a wrong guess is the caller's to overrule.
//!
//! XML that is not HTML (feeds, site maps, SVG) is text: HTML rules would misread it, while text keeps every line that
//! it does not know as boilerplate.

use std::borrow::Cow;

use encoding_rs::UTF_8;
use memchr::{memchr, memchr2, memmem};

use super::mail;
use crate::decode;
use crate::document::Kind;
use crate::error::{Error, ErrorKind, Result};

/// Bytes that are looked at.
const WINDOW: usize = 64 << 10;

/// Detects the kind of a document.
///
/// A letter begins with a header block that holds at least two fields of letters, or as a mailbox does.
/// HTML begins like HTML, or has closing tags of at least three HTML elements, one of them not just a matter of running
/// text: an article that mentions `<p>`, or Markdown with a few `<b>` and `<sub>`, is text. No bytes at all are text.
///
/// # Errors [`ErrorKind::Binary`] for bytes that are neither HTML nor text: a known signature stands at their start, or
/// more than a tenth of the first 64 kB are control characters.
pub fn detect(bytes: &[u8]) -> Result<Kind> {
    if let Some(name) = signature(bytes) {
        return Err(Error::new(ErrorKind::Binary, format!("binary data ({name}), neither HTML nor text")));
    }
    let head = prefix(bytes);
    if mail::begins(&head) {
        return Ok(Kind::Mail);
    }
    match opening(&head) {
        Some(kind) => Ok(kind),
        None if has_closing_tags(&head) => Ok(Kind::Html),
        None if is_binary(&head) => {
            let name = weak_signature(bytes).map(|name| format!(" ({name})")).unwrap_or_default();
            Err(Error::new(ErrorKind::Binary, format!("binary data{name}, neither HTML nor text")))
        }
        None => Ok(Kind::Text),
    }
}

/// The first bytes without a byte order mark, in an encoding that shows ASCII as ASCII.
fn prefix(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (encoding, bom) = decode::shown(bytes).unwrap_or((UTF_8, 0));
    let text = bytes.get(bom..).unwrap_or_default();
    if encoding == UTF_8 {
        return Cow::Borrowed(text.get(..WINDOW).unwrap_or(text));
    }
    let text = text.get(..2 * WINDOW).unwrap_or(text);
    Cow::Owned(encoding.decode_without_bom_handling(text).0.into_owned().into_bytes())
}

/// Signatures that no text begins with: each has a control character or is not to be met by chance.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x1F\x8B", "gzip"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\xFD7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"Rar!\x1A\x07", "RAR"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1A\n", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Microsoft Office document"),
    (b"\x7FELF", "ELF"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\xFF\xFE\0\0", "UTF-32"),
    (b"\0\0\xFE\xFF", "UTF-32"),
];

/// Signatures that a text may begin with: they only name what is binary by its control characters.
const WEAK_SIGNATURES: &[(&[u8], &str)] = &[
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"RIFF", "RIFF: audio, video or WebP"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"MZ", "Windows program"),
    (b"BM", "BMP"),
];

/// What bytes are that begin with a signature that no text has.
fn signature(bytes: &[u8]) -> Option<&'static str> {
    // bzip2: `BZh`, the block size, then pi in binary-coded decimal.
    if bytes.starts_with(b"BZh") && bytes.get(4..10) == Some(b"1AY&SY") {
        return Some("bzip2");
    }
    // The magic of a tar header stands behind a file name that is padded with zero bytes.
    if bytes.get(257..262) == Some(b"ustar") && bytes.get(..257).is_some_and(|name| memchr(0, name).is_some()) {
        return Some("tar");
    }
    named(SIGNATURES, bytes)
}

fn weak_signature(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("MP4");
    }
    named(WEAK_SIGNATURES, bytes)
}

fn named(table: &[(&[u8], &'static str)], bytes: &[u8]) -> Option<&'static str> {
    table.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, name)| name)
}

/// Whether more than a tenth of the bytes are control characters that text has no use for. Evenly spread bytes, as in
/// compressed data, have 10.9 %.
fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes
        .iter()
        .filter(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0C' | b'\x1B'))
        .count();
    controls * 10 > bytes.len()
}

/// Elements that HTML begins with: those of the WHATWG MIME Sniffing Standard (7.1).
const OPENING: &str = "html head script iframe h1 div font table a style title b body br p";

/// More elements that a page or a piece of one begins with. XML formats use these names for other things.
const PAGE_OPENING: &str = "meta link base main article section header nav footer aside";

/// Roots of XML that often comes without an XML declaration.
const XML_ROOTS: &str = "rss feed rdf:rdf opml svg urlset sitemapindex";

/// What the first tag says, if anything.
fn opening(head: &[u8]) -> Option<Kind> {
    let mut rest = head.trim_ascii_start();
    let is_xml = strip_prefix(rest, b"<?xml").is_some();
    // Markdown may begin with a comment too, so that a comment alone, which the standard takes for HTML, does not
    // decide while there is something behind it.
    while let Some((end, unended)) = aside(rest) {
        let Some(found) = memmem::find(rest, end) else { return unended };
        rest = rest.get(found + end.len()..)?.trim_ascii_start();
        if rest.is_empty() {
            return Some(if is_xml { Kind::Text } else { Kind::Html });
        }
    }
    let doctype = strip_prefix(rest, b"<!doctype");
    let name = match doctype {
        Some(after) => name(after.trim_ascii_start()),
        None => rest.strip_prefix(b"<").and_then(name),
    };
    let Some(name) = name else { return is_xml.then_some(Kind::Text) };
    let is_html = match (doctype, is_xml) {
        (Some(_), _) => place("html", name).is_some(),
        (None, true) => place(OPENING, name).is_some(),
        (None, false) => place(OPENING, name).or_else(|| place(PAGE_OPENING, name)).is_some(),
    };
    if is_html {
        Some(Kind::Html)
    } else if is_xml || place(XML_ROOTS, name).is_some() {
        Some(Kind::Text)
    } else {
        None
    }
}

/// How a comment or a processing instruction at the start ends, and what the document is if it does not.
fn aside(rest: &[u8]) -> Option<(&'static [u8], Option<Kind>)> {
    if rest.starts_with(b"<!--") {
        Some((b"-->", Some(Kind::Html)))
    } else if strip_prefix(rest, b"<?xml").is_some() {
        // Pages are met with `<?xml version="1.0">`.
        Some((b">", Some(Kind::Text)))
    } else if rest.starts_with(b"<?") {
        Some((b"?>", None))
    } else {
        None
    }
}

/// The name at the start of a tag, if white space or the end of the tag follows it.
fn name(tag: &[u8]) -> Option<&[u8]> {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))?;
    tag.get(..end)
}

/// What follows `lower`, in whatever case it is written.
fn strip_prefix<'a>(bytes: &'a [u8], lower: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = bytes.split_at_checked(lower.len())?;
    start.eq_ignore_ascii_case(lower).then_some(rest)
}

/// HTML elements with closing tags that frame a page. Markdown seldom needs them, and then at its start.
const FRAMING: &str = "address article aside blockquote body button center dd div dl dt fieldset figcaption figure \
    footer form h1 h2 h3 h4 h5 h6 head header html iframe label li main nav noscript ol option p pre script \
    section select style table tbody td textarea tfoot th thead title tr ul";

/// Other HTML elements with closing tags: those of running text, and those that Markdown borrows.
const RUNNING: &str = "a abbr audio b big cite code del details dfn em font i ins kbd mark picture q s samp small span \
    strike strong sub summary sup svg time tt u var video";

/// Whether there are closing tags of three different HTML elements, one of them framing. What Markdown quotes between
/// backticks does not count, so that a text about HTML is text.
fn has_closing_tags(head: &[u8]) -> bool {
    let (mut framing, mut running) = (0u64, 0u64);
    let mut at = 0;
    while let Some(found) = head.get(at..).and_then(|rest| memchr2(b'<', b'`', rest)) {
        at += found;
        let rest = head.get(at..).unwrap_or_default();
        if rest.first() == Some(&b'`') {
            at += quoted(rest);
            continue;
        }
        at += 1;
        let Some(name) = rest.strip_prefix(b"</") else { continue };
        let end = name.iter().take(12).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or_default();
        let (name, after) = name.split_at(end);
        if after.trim_ascii_start().first() != Some(&b'>') {
            continue;
        }
        framing |= bit(FRAMING, name);
        running |= bit(RUNNING, name);
        if framing != 0 && framing.count_ones() + running.count_ones() >= 3 {
            return true;
        }
    }
    false
}

/// The place of a name in a list of names, in whatever case it is written.
fn place(names: &str, name: &[u8]) -> Option<usize> {
    names.split_ascii_whitespace().position(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// A bit for the name's place in the list; the lists have at most 64 names.
fn bit(names: &str, name: &[u8]) -> u64 {
    place(names, name).map_or(0, |place| 1 << place)
}

/// The length of what stands between backticks, which are included: a fenced block,
/// which without an end goes on to the last line, or else a piece of one line.
fn quoted(rest: &[u8]) -> usize {
    const FENCE: &[u8] = b"```";
    if let Some(block) = rest.strip_prefix(FENCE) {
        return memmem::find(block, FENCE).map_or(rest.len(), |end| end + 2 * FENCE.len());
    }
    let Some(line) = rest.get(1..) else { return 1 };
    match memchr2(b'`', b'\n', line) {
        Some(end) if line.get(end) == Some(&b'`') => end + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Ok` with the kind, or the message.
    fn detected(bytes: &[u8]) -> std::result::Result<Kind, String> {
        detect(bytes).map_err(|error| {
            assert_eq!(error.kind(), ErrorKind::Binary);
            error.to_string()
        })
    }

    fn utf16(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(write).collect()
    }

    const HTML: &[&str] = &[
        "<!doctype html>",
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<HTML>",
        " \t\r\n\x0C<hTmL lang=en>",
        "<html\nlang=en>",
        "<p>Short.",
        "<p class=x>Short.",
        "<br/>Line",
        "<b>Bold</b> start",
        "<!-- saved from a page --> <html>",
        "<!-- a --><!-- b --><div>",
        "<!-- nothing else -->",
        "<!-- never ended <p>",
        "<nav><a href=/>Home</a></nav>",
        "<meta charset=utf-8><p>x",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">",
        "<?xml version=\"1.0\" encoding=\"utf-8\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\">",
        "<?xml version=\"1.0\"?><?xml-stylesheet href=a.css?><!-- c --><html>",
        "HTTP/1.1 200 OK\r\n\r\nfoo<custom><P>a</P><b>b</b ><I>c</I\n>",
        "Dear all,<br>see <a href=x>this</a> <b>now</b>.</p>",
    ];

    const TEXT: &[&str] = &[
        "",
        "x",
        "<",
        "<p",
        "<>",
        "< p>not a tag",
        "The ferry runs again from Monday.\n",
        "In HTML a paragraph starts with <p> and ends with </p>, and that is all.",
        "# Title\n\nWater is H<sub>2</sub>O, <b>not</b> <i>HO</i>, <kbd>Enter</kbd>.\n",
        "<!-- markdownlint-disable -->\n# Title\n\nText.\n",
        "# HTML\n\n```html\n<html><body><p>x</p><b>x</b></body></html>\n```\n\nUse `</div>`, `</p>` and `</em>`.\n",
        "```\n</p></b></i> fence without end, <p>one</p>",
        "if a </b and c </p then </div or </em",
        "a</p>b</p>c</p>d</b>",
        "</unknown></other></names></here>",
        "<?php if ($a > 1) { echo 1; }",
        "<?xml version=\"1.0\"?>",
        "<?xml version=\"1.0\"",
        "<?xml version=\"1.0\"?><rss><channel><title>a</title><description><p>b</p><b>c</b></description></rss>",
        "<?xml version=\"1.0\"?><!DOCTYPE article><article><p>a</p><b>b</b><i>c</i></article>",
        "<?xml version=\"1.0\"?><article><p>a</p><b>b</b><i>c</i></article>",
        "<!DOCTYPE rss><rss><p>a</p><b>b</b><i>c</i></rss>",
        "<?xml version=\"1.0\"?> stray",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>a</title><p>b</p><b>c</b></feed>",
        "<mary@example.org> wrote:\n> yes",
        "\x1B[31mred\x1B[0m",
        "%PD is not a PDF",
        "GIF89a is a format of 1989.",
        "BZh and PK are names.",
    ];

    #[test]
    fn tells_html_from_text_in_utf8_and_utf16() {
        let cases = HTML.iter().map(|case| (case, Kind::Html)).chain(TEXT.iter().map(|case| (case, Kind::Text)));
        for (case, kind) in cases {
            let marked = format!("\u{FEFF}{case}");
            assert_eq!(detected(case.as_bytes()), Ok(kind), "{case:?}");
            assert_eq!(detected(marked.as_bytes()), Ok(kind), "{case:?} behind a byte order mark");
            assert_eq!(detected(&utf16(&marked, u16::to_le_bytes)), Ok(kind), "{case:?} as UTF-16LE");
            assert_eq!(detected(&utf16(&marked, u16::to_be_bytes)), Ok(kind), "{case:?} as UTF-16BE");
            if case.len() >= 8 {
                assert_eq!(detected(&utf16(case, u16::to_le_bytes)), Ok(kind), "{case:?} as UTF-16LE, unmarked");
                assert_eq!(detected(&utf16(case, u16::to_be_bytes)), Ok(kind), "{case:?} as UTF-16BE, unmarked");
            }
        }
    }

    #[test]
    fn names_what_is_binary() {
        let cases: &[(&[u8], &str)] = &[
            (b"\x1F\x8B\x08 and text", "binary data (gzip), neither HTML nor text"),
            (b"PK\x03\x04", "binary data (zip), neither HTML nor text"),
            (b"%PDF-1.7\n% text", "binary data (PDF), neither HTML nor text"),
            (b"\x89PNG\r\n\x1A\n", "binary data (PNG), neither HTML nor text"),
            (b"\x28\xB5\x2F\xFD", "binary data (zstd), neither HTML nor text"),
            (b"\xFD7zXZ\0", "binary data (xz), neither HTML nor text"),
            (b"BZh91AY&SYx", "binary data (bzip2), neither HTML nor text"),
            (b"\x7FELF\x02", "binary data (ELF), neither HTML nor text"),
            (b"\xFF\xFE\0\0a\0\0\0", "binary data (UTF-32), neither HTML nor text"),
            (b"GIF89a\0\0\0", "binary data (GIF), neither HTML nor text"),
            (b"\0\0\0\x1CftypM4A ", "binary data (MP4), neither HTML nor text"),
            (b"\0", "binary data, neither HTML nor text"),
            (b"123456789\x01\x02", "binary data, neither HTML nor text"),
        ];
        for &(bytes, message) in cases {
            assert_eq!(detected(bytes), Err(message.to_owned()), "{bytes:?}");
        }
        let mut tar = b"a.txt".to_vec();
        tar.resize(257, 0);
        tar.extend(b"ustar");
        tar.extend([b'x'; 5000]);
        assert_eq!(detected(&tar), Err("binary data (tar), neither HTML nor text".to_owned()));
    }

    #[test]
    fn forgives_a_tenth_of_control_characters() {
        assert_eq!(detected(b"123456789\x01"), Ok(Kind::Text));
        assert_eq!(detected(b"<p>\0\0\0\0\0\0"), Ok(Kind::Html));
    }

    #[test]
    fn looks_at_the_first_64_kb_only() {
        let mut late = vec![b'x'; WINDOW];
        late.extend(b"</p></b></i>");
        late.resize(4 * WINDOW, 0);
        assert_eq!(detected(&late), Ok(Kind::Text));
        let mut early = vec![b'x'; WINDOW - 12];
        early.extend(b"</p></b></i>");
        early.resize(4 * WINDOW, 0);
        assert_eq!(detected(&early), Ok(Kind::Html));
    }

    #[test]
    fn tables_have_a_bit_for_each_name() {
        let names: Vec<_> = FRAMING.split_ascii_whitespace().chain(RUNNING.split_ascii_whitespace()).collect();
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(names.len(), different.len());
        assert!(FRAMING.split_ascii_whitespace().count() <= 64 && RUNNING.split_ascii_whitespace().count() <= 64);
    }
}
