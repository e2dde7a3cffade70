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
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|&b| is_space(b) || matches!(b, b'/' | b'>'));
    start..length.map_or(bytes.len(), |length| start + length)
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
        let name = start..self.seek(start + 1, |b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
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
                let end = self.seek(start, |b| is_space(b) || b == b'>');
                (Attribute { name, value: start..end }, end)
            }
        }
    }

    fn seek(&self, at: usize, is_found: impl Fn(u8) -> bool) -> usize {
        let length = self.bytes.get(at..).unwrap_or_default().iter().position(|&b| is_found(b));
        length.map_or(self.bytes.len(), |length| at + length)
    }

    fn past_space(&self, at: usize) -> usize {
        self.seek(at, |b| !is_space(b))
    }
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        if self.end.is_some() {
            return None;
        }
        let start = self.seek(self.at, |b| !is_space(b) && b != b'/');
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

/// White space inside a tag. A carriage return is one: the tokenizer reads it as a line feed.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
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
