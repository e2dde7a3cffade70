//! Folding: text as patterns see it.
//!
//! Lower case, white space collapsed, typographic quotes and dashes as ASCII, invisible characters gone, and the few
//! letters folded that one language writes in two ways. Patterns go through the same folding, so that both sides agree.
//! Unicode normalisation is not done: a letter followed by a combining accent stays two characters.

use std::ops::Range;

use memchr::memchr;

use crate::spaces::is_plain;

/// Invisible characters in a row, spaces between them allowed, from which they are padding and not typography: mail
/// senders pad the preview line with a hundred or more, while joiners inside words and emoji stand alone.
const PADDING: usize = 8;

/// What a run of padding becomes, so that a pattern can name it.
const PADDING_MARK: char = '\u{200b}';

/// How a character is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    Same,
    Space,
    Break,
    Gone,
    To(char),
    Many(&'static str),
    Lower,
}

/// A folded text and its lines; a buffer to be used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    text: String,
    breaks: Vec<usize>,
}

impl Folded {
    /// Folds a text, forgetting the one before.
    pub(super) fn fold(&mut self, text: &str) {
        self.text.clear();
        self.breaks.clear();
        let bytes = text.as_bytes();
        // Most texts are one run.
        if is_plain(bytes) && bytes.first() != Some(&b' ') && memchr(b'`', bytes).is_none() {
            self.text.push_str(text);
            self.text.make_ascii_lowercase();
            return;
        }
        let mut at = 0;
        let mut invisible = 0;
        while at < bytes.len() {
            let end = run_end(bytes, at, self.text.as_bytes().last().copied());
            if end > at {
                let run = text.get(at..end).unwrap_or_default();
                // A lone space between invisible characters is part of the padding.
                if run != " " {
                    invisible = 0;
                }
                self.text.push_str(run);
                at = end;
                continue;
            }
            let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += next.len_utf8();
            invisible = self.push(next, invisible);
        }
        // Once over the whole buffer: the compiler makes it a vector loop, which it cannot do inside the runs.
        self.text.make_ascii_lowercase();
    }

    /// Appends one character that is not plain; returns the invisible characters seen in a row.
    fn push(&mut self, next: char, invisible: usize) -> usize {
        match fold_char(next) {
            Fold::Same => self.text.push(next),
            Fold::To(to) => self.text.push(to),
            Fold::Many(to) => self.text.push_str(to),
            Fold::Lower => self.text.extend(next.to_lowercase()),
            Fold::Gone => {
                if invisible + 1 == PADDING {
                    self.text.push(PADDING_MARK);
                }
                return invisible + 1;
            }
            Fold::Space | Fold::Break => {
                if next == '\n' {
                    self.breaks.push(self.text.len());
                }
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
                // A no-break space is the other half of the usual padding.
                return invisible;
            }
        }
        0
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The non-empty lines of the folded text, trimmed, in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let ends = self.breaks.iter().copied().chain(std::iter::once(self.text.len()));
        let ranges = ends.scan(0, |start, end| Some(std::mem::replace(start, end)..end));
        ranges
            .map(|range: Range<usize>| self.text.get(range).unwrap_or_default().trim())
            .filter(|line| !line.is_empty())
    }

    /// Whether the text has more than one line.
    pub(super) fn has_breaks(&self) -> bool {
        !self.breaks.is_empty()
    }
}

/// Where a run of visible ASCII with single spaces ends; `last` is the character before it.
fn run_end(bytes: &[u8], from: usize, last: Option<u8>) -> usize {
    let mut before = last.unwrap_or(b' ');
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        if !byte.is_ascii_graphic() && (byte != b' ' || before == b' ') || byte == b'`' {
            return at;
        }
        before = byte;
    }
    bytes.len()
}

/// How one character outside of the plain runs is folded.
fn fold_char(next: char) -> Fold {
    match next {
        // Letters without case, and small Cyrillic: nothing to do, and most of such texts.
        'а'..='я' | '\u{3041}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Fold::Same,
        '\n' => Fold::Break,
        '\u{34f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Fold::Gone,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => Fold::Gone,
        // Arabic vowel marks and the stretching stroke are written or not.
        '\u{640}' | '\u{64b}'..='\u{652}' => Fold::Gone,
        'أ' | 'إ' | 'آ' => Fold::To('ا'),
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' => Fold::To('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Fold::To('"'),
        '‐'..='―' | '−' | '﹘' | '﹣' | '－' => Fold::To('-'),
        '…' => Fold::Many("..."),
        // German capitals write ss; Turkish has i in two forms, and ASCII lower-casing knows one; Russian print omits
        // the dots of ё; Greek capitals carry no accents, and sigma has a final form.
        'ß' | 'ẞ' => Fold::Many("ss"),
        'ı' | 'İ' => Fold::To('i'),
        'ё' | 'Ё' => Fold::To('е'),
        'ς' => Fold::To('σ'),
        'ά' | 'Ά' => Fold::To('α'),
        'έ' | 'Έ' => Fold::To('ε'),
        'ή' | 'Ή' => Fold::To('η'),
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => Fold::To('ι'),
        'ό' | 'Ό' => Fold::To('ο'),
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => Fold::To('υ'),
        'ώ' | 'Ώ' => Fold::To('ω'),
        // Full-width forms of ASCII, as Chinese and Japanese keyboards write them.
        '！'..='～' => char::from_u32(u32::from(next) - 0xfee0).map_or(Fold::Same, Fold::To),
        _ if next.is_whitespace() || next.is_control() => Fold::Space,
        _ if next.is_uppercase() => Fold::Lower,
        _ => Fold::Same,
    }
}

/// A literal of the table, folded as texts are.
pub(super) fn literal(text: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(text.trim());
    folded.text.trim_end().to_owned()
}

/// Where a character of a regex stands.
#[derive(Debug, Default)]
struct Place {
    /// Classes that are open, and whether one was opened just now: then a closing bracket, perhaps behind a `^`, is one
    /// of its characters.
    classes: usize,
    is_new: bool,
    /// Behind a backslash.
    escaped: bool,
}

impl Place {
    /// Whether a group opens with this character.
    fn opens_group(&self, next: char) -> bool {
        next == '(' && !self.escaped && self.classes == 0
    }

    /// Goes on to the next place.
    fn pass(&mut self, next: char) {
        match next {
            _ if self.escaped => self.is_new = false,
            '[' => (self.classes, self.is_new) = (self.classes + 1, true),
            '^' => {}
            ']' if self.classes > 0 && !self.is_new => self.classes -= 1,
            _ => self.is_new = false,
        }
        self.escaped = next == '\\' && !self.escaped;
    }
}

/// The source of a regex, its characters beyond ASCII folded as texts are; ASCII may be syntax and stays. A class
/// matches one character, so that of what is folded to several each stands in it.
pub(super) fn regex_source(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut place = Place::default();
    let (mut opened, mut in_head) = (false, false);
    for next in source.chars() {
        in_head = if in_head { !matches!(next, ':' | ')' | '>') } else { next == '?' && opened };
        if next.is_ascii() {
            // Texts are in lower case; after a backslash and in the head of a group a capital is syntax.
            out.push(if place.escaped || in_head { next } else { next.to_ascii_lowercase() });
        } else {
            push_folded(next, place.classes > 0, &mut out);
        }
        opened = place.opens_group(next);
        place.pass(next);
    }
    out
}

/// Appends a character beyond ASCII of a regex, folded.
fn push_folded(next: char, in_class: bool, out: &mut String) {
    match fold_char(next) {
        Fold::To(to) => out.push(to),
        Fold::Many(to) if in_class => out.push_str(to),
        // A group, so that what repeats the character repeats all of it.
        Fold::Many(to) => {
            out.push_str("(?:");
            out.push_str(&regex_syntax::escape(to));
            out.push(')');
        }
        Fold::Lower => out.extend(next.to_lowercase()),
        Fold::Gone if in_class => {}
        // Nothing, which a sign of repetition may follow.
        Fold::Gone => out.push_str("(?:)"),
        Fold::Same | Fold::Space | Fold::Break => out.push(next),
    }
}

/// The source of a line pattern, which matches the whole line. Nobody asks for its groups, and what remembers them costs a
/// tenth of the instructions of a run on a small page.
pub(super) fn line_source(pattern: &str) -> String {
    format!("^(?:{})$", without_captures(&regex_source(pattern)))
}

/// A regex whose groups capture nothing.
fn without_captures(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 4);
    let mut place = Place::default();
    let mut rest = source.chars();
    while let Some(next) = rest.next() {
        out.push(next);
        if place.opens_group(next) && !rest.as_str().starts_with('?') {
            out.push_str("?:");
        }
        place.pass(next);
    }
    out
}

/// Appends the words of a class or id to `out`, lower-cased: the words of one name joined by hyphens, names separated
/// by spaces. Words end at what is not a letter and at the humps of camelCase.
pub(crate) fn name_words(name: &str, out: &mut String) {
    let mut before = ' ';
    let mut rest = name;
    loop {
        // Most names are small letters with hyphens between them.
        let run = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        if let Some((letters, after)) = rest.split_at_checked(run).filter(|_| run > 0) {
            out.push_str(letters);
            (before, rest) = ('a', after);
        }
        let mut following = rest.chars();
        let Some(next) = following.next() else { break };
        rest = following.as_str();
        if next.is_alphabetic() {
            if next.is_uppercase() && is_hump(before, || rest.chars().next()) {
                separate(out, '-');
            }
            if next.is_ascii() {
                out.push(next.to_ascii_lowercase());
            } else {
                out.extend(next.to_lowercase());
            }
        } else {
            separate(out, if next.is_whitespace() { ' ' } else { '-' });
        }
        before = next;
    }
}

/// Whether a capital begins a new word of camelCase: `fooBar` and the second hump of `XMLBox`.
fn is_hump(before: char, after: impl FnOnce() -> Option<char>) -> bool {
    before.is_lowercase() || before.is_uppercase() && after().is_some_and(char::is_lowercase)
}

/// Ends a word, unless nothing has begun since the last end; a space overrules a hyphen.
fn separate(out: &mut String, separator: char) {
    match out.as_bytes().last() {
        None | Some(b' ') => {}
        Some(b'-') if separator == ' ' => {
            out.pop();
            out.push(' ');
        }
        Some(b'-') => {}
        Some(_) => out.push(separator),
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, line_source};

    #[test]
    fn line_patterns_are_folded_as_texts_are() {
        let cases = [
            ("Überzeile Blau", "überzeile blau"),
            ("stra(ß|ss)e", "Straße"),
            ("wei[ßs]+e", "Weiße"),
            ("gru(ß)?e", "Gruße"),
            ("weiter…", "Weiter…"),
            ("الـ?خبر", "الـخبر"),
            ("(\u{200c}?ها)[\u{200c}ب]?", "‌ها"),
            ("ΆΛΛΑ", "άλλα"),
        ];
        for (pattern, text) in cases {
            let regex = regex::Regex::new(&line_source(pattern)).expect("a pattern");
            let mut folded = Folded::default();
            folded.fold(text);
            assert!(regex.is_match(folded.text()), "{pattern}: {text}");
        }
        assert!(!regex::Regex::new(&line_source("weiter…")).expect("a pattern").is_match("weiterabc"));
    }

    #[test]
    fn groups_of_line_patterns_capture_nothing() {
        let cases = [
            ("share( this)?", "^(?:share(?: this)?)$"),
            (r"\(c\) (a|(?:b|(c)))", r"^(?:\(c\) (?:a|(?:b|(?:c))))$"),
            (r"[(] [])(] [^](]\[(a)", r"^(?:[(] [])(] [^](]\[(?:a))$"),
            (r"\(?A(?P<Name>C)?(?U:D)", r"^(?:\(?a(?P<Name>c)?(?U:d))$"),
            ("[a[(]](b) (?<name>c)", "^(?:[a[(]](?:b) (?<name>c))$"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(line_source(pattern), expected);
            let captures = |source: &str| regex::Regex::new(source).expect("a pattern").captures_len();
            assert!(captures(expected) <= 2, "{expected}");
        }
    }
}
