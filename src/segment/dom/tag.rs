//! Where the parts of a tag are: its name, its attributes, its end.
//!
//! Input: a text and the place of a tag. Output: spans of bytes. It follows the tokenizer of the HTML standard (sections
//! 13.2.5.8 and 13.2.5.32 to 13.2.5.40).

use std::ops::Range;

use memchr::memchr;

/// The parts of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) name: Range<usize>,
    /// Without its quotes; empty where there is none.
    pub(super) value: Range<usize>,
}

/// Where a tag ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Past its `>`, or the end of the text.
    pub(super) at: usize,
    /// Where the slash stands that makes it self-closing, or else the `>`.
    pub(super) slash: usize,
    /// False if the text ends within it.
    pub(super) is_complete: bool,
}

impl End {
    /// Whether it closes itself.
    pub(super) fn is_self_closing(self) -> bool {
        self.is_complete && self.slash + 2 == self.at
    }
}

/// The name that begins at `start`.
pub(super) fn name(bytes: &[u8], start: usize) -> Range<usize> {
    start..seek(bytes, start, |byte| is(byte, SPACE | SLASH | GT))
}

/// The attributes of a tag, from the end of its name on.
pub(super) struct Attributes<'t> {
    bytes: &'t [u8],
    at: usize,
    end: Option<End>,
}

impl<'t> Attributes<'t> {
    pub(super) fn new(bytes: &'t [u8], at: usize) -> Self {
        Self { bytes, at, end: None }
    }

    /// Where the tag ends, past the attributes that were not asked for.
    pub(super) fn end(mut self) -> End {
        loop {
            if let Some(end) = self.end {
                return end;
            }
            self.next();
        }
    }

    /// The attribute that begins at `start`, and where it ends.
    fn attribute(&self, start: usize) -> (Attribute, usize) {
        // The first character belongs to the name whatever it is.
        let name = start..seek(self.bytes, start + 1, |byte| is(byte, SPACE | SLASH | GT | EQUALS));
        let equals = self.past_space(name.end);
        if self.bytes.get(equals) != Some(&b'=') {
            let value = name.end..name.end;
            return (Attribute { value: value.clone(), name }, value.end);
        }
        let start = self.past_space(equals + 1);
        match self.bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let start = start + 1;
                let length = memchr(*quote, self.bytes.get(start..).unwrap_or_default());
                let end = length.map_or(self.bytes.len(), |length| start + length);
                (Attribute { name, value: start..end }, (end + 1).min(self.bytes.len()))
            }
            Some(b'>') | None => (Attribute { name, value: start..start }, start),
            Some(_) => {
                let end = seek(self.bytes, start, |byte| is(byte, SPACE | GT));
                (Attribute { name, value: start..end }, end)
            }
        }
    }

    fn past_space(&self, at: usize) -> usize {
        seek(self.bytes, at, |byte| !is_space(byte))
    }
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        if self.end.is_some() {
            return None;
        }
        let start = seek(self.bytes, self.at, |byte| !is(byte, SPACE | SLASH));
        match self.bytes.get(start) {
            Some(b'>') => {
                let slash = start > self.at && self.bytes.get(start - 1) == Some(&b'/');
                self.end = Some(End { at: start + 1, slash: start - usize::from(slash), is_complete: true });
                None
            }
            Some(_) => {
                let (attribute, end) = self.attribute(start);
                self.at = end;
                Some(attribute)
            }
            None => {
                self.end = Some(End { at: start, slash: start, is_complete: false });
                None
            }
        }
    }
}

/// The first place from `at` on where such a byte stands; the end where there is none.
fn seek(bytes: &[u8], at: usize, is_found: impl Fn(u8) -> bool) -> usize {
    let length = bytes.get(at..).unwrap_or_default().iter().position(|byte| is_found(*byte));
    length.map_or(bytes.len(), |length| at + length)
}

/// Classes of bytes that part a tag.
const SPACE: u8 = 1;
const SLASH: u8 = 2;
const GT: u8 = 4;
const EQUALS: u8 = 8;

/// The class of each byte. White space: a carriage return is some, the tokenizer reads it as a line feed.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => SPACE,
            b'/' => SLASH,
            b'>' => GT,
            b'=' => EQUALS,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Whether a byte is of one of these classes.
fn is(byte: u8, classes: u8) -> bool {
    CLASSES[usize::from(byte)] & classes != 0
}

/// Whether this is white space inside a tag.
pub(super) fn is_space(byte: u8) -> bool {
    is(byte, SPACE)
}

#[cfg(test)]
mod tests {
    use super::{Attributes, name};

    #[test]
    fn the_parts_of_a_tag_are_where_the_standard_sees_them() {
        type Parts<'t> = &'t [(&'t str, &'t str)];
        let cases: [(&str, Parts<'_>, bool); 9] = [
            ("p>", &[], false),
            ("br/>", &[], true),
            ("br / >", &[], false),
            ("a href=x/>", &[("href", "x/")], false),
            ("a b/>", &[("b", "")], true),
            ("a b = 'c>d' e=\"f\"g>", &[("b", "c>d"), ("e", "f"), ("g", "")], false),
            ("a =b c==d>", &[("=b", ""), ("c", "=d")], false),
            ("a b=>", &[("b", "")], false),
            ("a/b/c=1>", &[("b", ""), ("c", "1")], false),
        ];
        for (tag, expected, self_closing) in cases {
            let mut attributes = Attributes::new(tag.as_bytes(), name(tag.as_bytes(), 0).end);
            let part = |range| tag.get(range).expect("whole characters");
            let found: Vec<(&str, &str)> = attributes.by_ref().map(|a| (part(a.name), part(a.value))).collect();
            assert_eq!(found, expected, "{tag}");
            let end = attributes.end();
            assert_eq!((end.at, end.is_self_closing()), (tag.len(), self_closing), "{tag}");
        }
        for tag in ["p", "p a", "p a=", "p a='b", "p a=b ", "p /"] {
            let end = Attributes::new(tag.as_bytes(), 1).end();
            assert_eq!((end.at, end.is_complete), (tag.len(), false), "{tag}");
        }
    }
}
