//! What a document and its transport say about the encoding.
//!
//! Input: the transport's label and the first bytes of an HTML page. Output: the encodings they name, in the order in
//! which they count. Labels are read with patience: a page that says `charset=utf8;` means something, and the bytes are
//! asked afterwards anyway. Nothing here looks at whether a declaration is true.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use memchr::memchr;
use memchr::memmem;

use crate::document::{CharsetSource, Kind};

use super::Hints;

/// Bytes in which a `<meta>` is looked for wherever it stands: the prescan of the HTML standard (13.2.3.2).
const PRESCAN: usize = 1024;

/// Bytes in which a `<meta>` before `<body>` is looked for. Browsers obey such a late one too, once their parser
/// reaches it; of 1,983 pages of news and company sites 188 had theirs behind the first 1024 bytes.
const LATE: usize = 64 << 10;

/// Bytes of a label that are looked at; the longest one of the Encoding Standard has 19.
const LABEL: usize = 40;

/// What is declared, first what counts first.
pub(super) fn declarations(bytes: &[u8], hints: Hints<'_>) -> Vec<(&'static Encoding, CharsetSource)> {
    let transport = hints.transport.and_then(|text| label(text.as_bytes()));
    let mut found: Vec<_> = transport.map(|encoding| (encoding, CharsetSource::Transport)).into_iter().collect();
    if hints.kind == Kind::Html {
        found.extend(meta(bytes).map(|encoding| (inside(encoding), CharsetSource::Meta)));
        found.extend(xml(bytes).map(|encoding| (inside(encoding), CharsetSource::Xml)));
    }
    found
}

/// A declaration that could be read as ASCII cannot stand in UTF-16; and no page means the private characters of
/// x-user-defined. Both as the standard has it.
fn inside(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    }
}

/// The encoding that this label means, damaged as it may be: in quotes, with a tail, with hyphens too many, too few or
/// of the wrong kind, or with a variant that the standard does not know.
fn label(raw: &[u8]) -> Option<&'static Encoding> {
    let end = raw.iter().position(|byte| b"<>".contains(byte)).unwrap_or(raw.len()).min(LABEL);
    let raw = raw.get(..end)?;
    let noise = |byte: &u8| byte.is_ascii_whitespace() || b"\"';,".contains(byte);
    let start = raw.iter().position(|byte| !noise(byte))?;
    let raw = raw.get(start..)?;
    let word = raw.iter().position(noise).and_then(|end| raw.get(..end)).unwrap_or(raw);
    let known = Encoding::for_label_no_replacement(word);
    known.or_else(|| squashed(word)).or_else(|| squashed(raw)).or_else(|| without_variant(word))
}

/// The encoding of a label that names a variant behind a mark: `big5_tw`.
fn without_variant(word: &[u8]) -> Option<&'static Encoding> {
    let mark = word.iter().rposition(|byte| matches!(byte, b'_' | b'-' | b'.'))?;
    Encoding::for_label_no_replacement(word.get(..mark)?)
}

/// The encoding of a label without regard to anything but letters and digits; character references are skipped.
fn squashed(raw: &[u8]) -> Option<&'static Encoding> {
    let mut plain = String::with_capacity(LABEL);
    let mut rest = raw;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'&' {
            rest = memchr(b';', after).and_then(|end| after.get(end + 1..)).unwrap_or_default();
        } else if byte.is_ascii_alphanumeric() {
            plain.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    let plain = plain.strip_prefix("charset").unwrap_or(&plain);
    let numbered = |prefix: &str, name: &str| plain.strip_prefix(prefix).map(|number| format!("{name}{number}"));
    let label = numbered("iso8859", "iso-8859-")
        .or_else(|| numbered("windows", "windows-"))
        .or_else(|| numbered("win", "windows-"))
        .or_else(|| numbered("cp", "windows-"));
    let label = match plain {
        "koi8r" => "koi8-r",
        "koi8u" => "koi8-u",
        "eucjp" => "euc-jp",
        "euckr" => "euc-kr",
        "shiftjis" => "shift_jis",
        "iso2022jp" => "iso-2022-jp",
        _ => label.as_deref().unwrap_or(plain),
    };
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// The encoding that the first `<meta>` with a readable one declares.
fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut tags = Tags { bytes: bytes.get(..LATE).unwrap_or(bytes), at: 0 };
    while let Some((name, position)) = tags.next_tag() {
        if name.eq_ignore_ascii_case(b"meta") {
            if let Some(encoding) = tags.meta() {
                return Some(encoding);
            }
        } else if name.eq_ignore_ascii_case(b"body") && position >= PRESCAN {
            return None;
        } else {
            while tags.attribute().is_some() {}
            tags.skip_raw_text(name);
        }
    }
    None
}

/// Walks the tags of a page as the prescan of the HTML standard does: no tree, no state but the position.
struct Tags<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tags<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Moves behind the next `needle`, or to the end.
    fn skip_behind(&mut self, needle: &[u8]) {
        self.at = memmem::find(self.rest(), needle).map_or(self.bytes.len(), |found| self.at + found + needle.len());
    }

    /// The bytes up to the first one that `end` accepts.
    fn take_until(&mut self, end: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| end(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Name and position of the next tag (an end tag's name is empty); its attributes come next.
    fn next_tag(&mut self) -> Option<(&'a [u8], usize)> {
        loop {
            self.at += memchr(b'<', self.rest())?;
            let position = self.at;
            let rest = self.rest();
            if rest.starts_with(b"<!--") {
                // `<!-->` is a whole comment, so its dashes count twice.
                self.at += 2;
                self.skip_behind(b"-->");
            } else if rest.get(1).is_some_and(u8::is_ascii_alphabetic) {
                self.at += 1;
                return Some((self.take_until(|byte| byte.is_ascii_whitespace() || b"/>".contains(&byte)), position));
            } else if rest.starts_with(b"</") && rest.get(2).is_some_and(u8::is_ascii_alphabetic) {
                self.at += 2;
                self.take_until(|byte| byte.is_ascii_whitespace() || b"/>".contains(&byte));
                return Some((b"", position));
            } else if rest.get(1).is_some_and(|byte| b"!/?".contains(byte)) {
                self.skip_behind(b">");
            } else {
                self.at += 1;
            }
        }
    }

    /// The next attribute of the tag, name and value; at its end `None`, which takes the `>`.
    fn attribute(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        self.take_until(|byte| !byte.is_ascii_whitespace() && byte != b'/');
        if matches!(self.rest().first(), None | Some(b'>')) {
            self.at += 1;
            return None;
        }
        let start = self.at;
        // A leading `=` belongs to the name.
        self.at += 1;
        self.take_until(|byte| byte.is_ascii_whitespace() || b"=/>".contains(&byte));
        let name = self.bytes.get(start..self.at)?;
        self.take_until(|byte| !byte.is_ascii_whitespace());
        if self.rest().first() != Some(&b'=') {
            return Some((name, b""));
        }
        self.at += 1;
        self.take_until(|byte| !byte.is_ascii_whitespace());
        Some((name, self.value()))
    }

    fn value(&mut self) -> &'a [u8] {
        match self.rest().first() {
            Some(&quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.take_until(|byte| byte == quote);
                self.at += 1;
                value
            }
            _ => self.take_until(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        }
    }

    /// The encoding that the attributes of a `<meta>` declare.
    fn meta(&mut self) -> Option<&'static Encoding> {
        let (mut own, mut content, mut pragma) = (None, None, false);
        while let Some((name, value)) = self.attribute() {
            if name.eq_ignore_ascii_case(b"charset") {
                own = own.or_else(|| label(value));
            } else if name.eq_ignore_ascii_case(b"content") {
                content = content.or_else(|| in_content(value));
            } else if name.eq_ignore_ascii_case(b"http-equiv") || name.eq_ignore_ascii_case(b"name") {
                // The standard knows `http-equiv` only; `name` is a common slip that can mean nothing else.
                pragma |= value.trim_ascii().eq_ignore_ascii_case(b"content-type");
            }
        }
        own.or(content.filter(|_| pragma))
    }

    /// Moves behind a script or style sheet, in which `<meta` is not a tag.
    fn skip_raw_text(&mut self, name: &[u8]) {
        let end: &[u8] = match name.to_ascii_lowercase().as_slice() {
            b"script" => b"script",
            b"style" => b"style",
            _ => return,
        };
        loop {
            self.skip_behind(b"</");
            let found = self.rest();
            if found.is_empty() || found.get(..end.len()).is_some_and(|name| name.eq_ignore_ascii_case(end)) {
                return;
            }
        }
    }
}

/// The encoding in the `content` of a `<meta http-equiv>`, such as `text/html; charset=utf-8`.
fn in_content(value: &[u8]) -> Option<&'static Encoding> {
    let mut rest = value;
    loop {
        let found = rest.windows(7).position(|window| window.eq_ignore_ascii_case(b"charset"))?;
        rest = rest.get(found + 7..)?.trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"=") {
            return label(after);
        }
    }
}

/// The encoding in the XML declaration at the very start.
fn xml(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes).trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = head.get(..memchr(b'>', head)?)?;
    let found = memmem::find(declaration, b"encoding")?;
    let value = declaration.get(found + b"encoding".len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    label(value.strip_suffix(b"?").unwrap_or(value))
}
