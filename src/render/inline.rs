//! The text of one block as inline Markdown (CommonMark 0.31): escapes, emphasis, code and links.
//!
//! Input: a block's text and spans. Output: Markdown that reads as that text. Emphasis that Markdown could not read
//! back, such as `**"a"**b`, is left out; its text stays.

use crate::document::{Span, SpanKind};

/// What a line break inside a block becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// A hard line break.
    Hard,
    /// A space, where a block has but one line.
    Space,
}

/// The text of a block with its spans as Markdown. `address` gives the destination of a link by its number, or `None`
/// for a link that is printed as plain text.
#[must_use]
pub(super) fn inline(text: &str, spans: &[Span], breaks: Break, address: &dyn Fn(u32) -> Option<String>) -> String {
    let text = text.trim_end();
    let mut inliner = Inliner {
        text,
        breaks,
        address,
        out: String::with_capacity(text.len()),
        at: 0,
        closed_at: 0,
        code_at: 0,
        open: Vec::new(),
    };
    for span in spans {
        inliner.span(span);
    }
    inliner.close_until(text.len());
    inliner.copy(text.len());
    inliner.out
}

/// A span that is not closed yet.
struct Open {
    kind: SpanKind,
    /// Where it ends in the text.
    end: usize,
    /// Where its opening mark stands in the output.
    opened_at: usize,
    /// The character before it.
    before: Option<char>,
    /// The mark that closes it.
    closing: String,
}

struct Inliner<'a> {
    text: &'a str,
    breaks: Break,
    address: &'a dyn Fn(u32) -> Option<String>,
    out: String,
    /// Bytes of the text that are written.
    at: usize,
    /// Length of the output when emphasis was last closed.
    closed_at: usize,
    /// Length of the output after the last code.
    code_at: usize,
    /// Outermost first. At most one of each kind.
    open: Vec<Open>,
}

impl Inliner<'_> {
    fn span(&mut self, span: &Span) {
        // Markdown has no colours.
        if matches!(span.kind, SpanKind::Coloured(_)) {
            return;
        }
        let range = span.range.start as usize..(span.range.end as usize).min(self.text.len());
        let Some(marked) = self.text.get(range.clone()) else { return };
        // Marks must touch what they mark: `** a **` is no emphasis.
        let start = range.end - marked.trim_start().len();
        let end = start + marked.trim().len();
        if start >= end || start < self.at {
            return;
        }
        self.close_until(start);
        self.copy(start);
        let end = self.open.last().map_or(end, |open| end.min(open.end));
        match span.kind {
            SpanKind::Code => self.code(end),
            SpanKind::Link(number) => self.open_link(number, end),
            SpanKind::Emphasis => self.open_emphasis(span.kind, "*", end),
            SpanKind::Strong => self.open_emphasis(span.kind, "**", end),
            // Markdown has no marks for these, but reads tags.
            SpanKind::Superscript => self.open_element(span.kind, "sup", end),
            SpanKind::Subscript => self.open_element(span.kind, "sub", end),
            SpanKind::Deleted => self.open_element(span.kind, "del", end),
            SpanKind::Coloured(_) => {}
        }
    }

    fn code(&mut self, end: usize) {
        // Emphasis opened in between may be taken back.
        if self.code_at > 0 && self.code_at == self.out.trim_end_matches('*').len() {
            // Marks that meet would be read as one run.
            return;
        }
        let code = self.text.get(self.at..end).unwrap_or_default().replace('\n', " ");
        let fence = "`".repeat(longest_run(&code, '`') + 1);
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        for part in [&fence, pad, &code, pad, &fence] {
            self.out.push_str(part);
        }
        self.at = end;
        self.code_at = self.out.len();
    }

    fn open_link(&mut self, number: u32, end: usize) {
        if self.open.iter().any(|open| matches!(open.kind, SpanKind::Link(_))) {
            return;
        }
        let Some(address) = (self.address)(number) else { return };
        self.push_open(SpanKind::Link(number), "[", end, format!("]({})", destination(&address)));
    }

    fn open_emphasis(&mut self, kind: SpanKind, mark: &str, end: usize) {
        if self.open.iter().any(|open| open.kind == kind) {
            return;
        }
        // Marks that meet would be read as one run, unless they are different characters.
        let meets = self.closed_at == self.out.len() && self.closed_at > 0;
        if !meets {
            self.push_open(kind, mark, end, mark.to_owned());
        } else if self.out.ends_with('*') && self.is_edge(end) {
            let mark = "_".repeat(mark.len());
            self.push_open(kind, &mark, end, mark.clone());
        }
    }

    /// Whether no letter or digit follows a place in the text: within a word `_` marks nothing.
    fn is_edge(&self, place: usize) -> bool {
        is_edge(self.text.get(place..).and_then(|rest| rest.chars().next()))
    }

    fn open_element(&mut self, kind: SpanKind, name: &str, end: usize) {
        if self.open.iter().all(|open| open.kind != kind) {
            self.push_open(kind, &format!("<{name}>"), end, format!("</{name}>"));
        }
    }

    fn push_open(&mut self, kind: SpanKind, mark: &str, end: usize, closing: String) {
        // Beside a mark of the other character it is the mark that the reader sees.
        let marks: &[char] = if mark.starts_with('_') { &[] } else { &['*'] };
        let before = self.out.trim_end_matches(marks).chars().next_back();
        self.open.push(Open { kind, end, opened_at: self.out.len(), before, closing });
        self.out.push_str(mark);
    }

    /// Closes the spans that end at or before a place in the text.
    fn close_until(&mut self, place: usize) {
        while let Some(end) = self.open.last().map(|open| open.end).filter(|end| *end <= place) {
            // Before it is closed: what must be escaped depends on what is open.
            self.copy(end);
            let Some(open) = self.open.pop() else { return };
            match open.kind {
                SpanKind::Emphasis | SpanKind::Strong => self.close_emphasis(&open),
                _ => self.out.push_str(&open.closing),
            }
        }
    }

    /// Closes emphasis, or takes its opening mark back where the two would not be read as marks (CommonMark, section
    /// 6.2: left- and right-flanking delimiter runs).
    fn close_emphasis(&mut self, open: &Open) {
        let inside_at = open.opened_at + open.closing.len();
        let inside = self.out.get(inside_at..).unwrap_or_default();
        let first = inside.trim_start_matches('*').chars().next();
        let last = inside.trim_end_matches('*').chars().next_back();
        let after = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let alone = self.open.iter().all(|outer| matches!(outer.kind, SpanKind::Link(_))) && self.closed_at < inside_at;
        let reads = |outside, inside| match flanking(outside, inside) {
            Flanking::Clear => true,
            // A mark that could open and close is sure to be read only where there are no others.
            Flanking::Both => alone,
            Flanking::Wrong => false,
        };
        if reads(open.before, first) && reads(after, last) {
            self.out.push_str(&open.closing);
            self.closed_at = self.out.len();
        } else {
            self.out.replace_range(open.opened_at..inside_at, "");
            for place in [&mut self.closed_at, &mut self.code_at] {
                if *place >= inside_at {
                    *place -= open.closing.len();
                }
            }
        }
    }

    /// Writes the text up to a place, escaped.
    fn copy(&mut self, place: usize) {
        let Some(piece) = self.text.get(self.at..place) else { return };
        let in_link = self.open.iter().any(|open| matches!(open.kind, SpanKind::Link(_)));
        let (done, _) = self.text.split_at(self.at);
        let mut line = LineStart::of(done);
        let mut before = done.chars().next_back();
        let mut rest = self.text.get(self.at..).unwrap_or_default().chars();
        for (at, c) in piece.char_indices() {
            rest.next();
            let after = rest.as_str().chars().next();
            if c == '\n' {
                self.line_break();
            } else {
                // Where a span begins or ends, a mark stands beside the character, or none if it is taken back.
                let first = at == 0 && !self.out.is_empty();
                let last = at + c.len_utf8() == piece.len() && place < self.text.len();
                if is_markup(c, before, after, line)
                    || (first && is_markup(c, Some(MARK), after, line))
                    || (last && is_markup(c, before, Some(MARK), line))
                    || (c == ']' && in_link)
                    || (c == '&' && is_entity(rest.as_str()))
                {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            line = line.after(c);
            before = Some(c);
        }
        self.at = place.max(self.at);
    }

    fn line_break(&mut self) {
        match self.breaks {
            Break::Space => self.out.push(' '),
            Break::Hard if self.out.is_empty() => {}
            Break::Hard => self.out.push_str("\\\n"),
        }
    }
}

/// What has been read of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineStart {
    /// Nothing but this many digits.
    Digits(usize),
    /// Something that opens no block.
    Over,
}

impl LineStart {
    /// Digits in the number of an ordered list (CommonMark, section 5.2).
    const MAX_DIGITS: usize = 9;

    /// What has been read at the end of a text.
    fn of(text: &str) -> Self {
        let digits = text.bytes().rev().take(Self::MAX_DIGITS + 1).take_while(u8::is_ascii_digit).count();
        let (before, _) = text.split_at(text.len() - digits);
        if before.is_empty() || before.ends_with('\n') { Self::Digits(digits) } else { Self::Over }
    }

    fn after(self, c: char) -> Self {
        match self {
            _ if c == '\n' => Self::Digits(0),
            Self::Digits(digits) if c.is_ascii_digit() && digits < Self::MAX_DIGITS => Self::Digits(digits + 1),
            _ => Self::Over,
        }
    }
}

/// Stands for a mark in [`is_markup`]: neither white space nor a letter.
const MARK: char = '\0';

/// Whether a character would be read as markup between its neighbours.
fn is_markup(c: char, before: Option<char>, after: Option<char>, line: LineStart) -> bool {
    match c {
        '\\' | '`' | '[' => true,
        '*' => line == LineStart::Digits(0) || before != Some(' ') || after != Some(' '),
        '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
        // Only one that could not close a pair stays: `~100`.
        '~' => before == Some('~') || !is_edge(before) || is_edge(after),
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '>' => line == LineStart::Digits(0),
        // Before a link it would make an image.
        '!' => after == Some(MARK),
        '#' | '-' | '+' | '=' => line == LineStart::Digits(0) && (is_space(after) || after == Some(c)),
        '.' | ')' => matches!(line, LineStart::Digits(1..)) && is_space(after),
        _ => false,
    }
}

/// Whether what follows an ampersand makes it a character reference.
fn is_entity(rest: &str) -> bool {
    // The longest name of an HTML entity, `CounterClockwiseContourIntegral`, has 31 letters.
    let name = rest.chars().take(33).take_while(|c| c.is_ascii_alphanumeric() || *c == '#').count();
    name > 0 && rest.chars().nth(name) == Some(';')
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// How a mark stands between the character outside of it and the one inside.
enum Flanking {
    /// It can only be read as it is meant.
    Clear,
    /// It could open and close.
    Both,
    /// It would be read the other way or not at all.
    Wrong,
}

fn flanking(outside: Option<char>, inside: Option<char>) -> Flanking {
    match (is_edge(outside), is_edge(inside)) {
        _ if is_space(outside) => Flanking::Clear,
        (true, false) => Flanking::Clear,
        (false, true) => Flanking::Wrong,
        (true, true) | (false, false) => Flanking::Both,
    }
}

/// White space, punctuation, or the end of the text.
fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric())
}

/// An address as a link destination.
fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            // What would end the destination is percent-encoded, which names the same place.
            '(' | ')' | '<' | '>' | '\\' => push_percent(&mut out, c),
            c if c.is_whitespace() || c.is_control() => push_percent(&mut out, c),
            '&' if address.get(at + 1..).is_some_and(is_entity) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

fn push_percent(out: &mut String, c: char) {
    let mut buffer = [0; 4];
    for byte in c.encode_utf8(&mut buffer).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

/// The length of the longest run of a character.
#[must_use]
pub(super) fn longest_run(text: &str, mark: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        inline(text, &[], Break::Hard, &|_| None)
    }

    /// A text, its marks (each a kind and the text it covers, in order), and the Markdown.
    type Case = (&'static str, &'static [(SpanKind, &'static str)], &'static str);

    fn with_spans(text: &str, marks: &[(SpanKind, &str)]) -> String {
        let mut from = 0;
        let spans: Vec<Span> = marks
            .iter()
            .map(|(kind, marked)| {
                let (_, rest) = text.split_at(from);
                let start = from + rest.find(marked).expect("the mark stands in the text");
                from = start;
                Span { range: start as u32..(start + marked.len()) as u32, kind: *kind }
            })
            .collect();
        inline(text, &spans, Break::Hard, &|number| (number < 9).then(|| format!("https://a/{number}")))
    }

    #[test]
    fn characters_are_escaped_where_they_would_be_markup() {
        let cases = [
            ("2 * 3 = 6", "2 * 3 = 6"),
            ("*note", "\\*note"),
            ("* item", "\\* item"),
            ("snake_case _x_", "snake_case \\_x\\_"),
            ("`tick` [1] \\", "\\`tick\\` \\[1] \\\\"),
            ("a < b <b> </b>", "a < b \\<b> \\</b>"),
            ("AT&T &amp; &#38; & b;", "AT&T \\&amp; \\&#38; & b;"),
            ("# one", "\\# one"),
            ("#tag", "#tag"),
            ("- one\n+ two\n--\n-5\n==", "\\- one\\\n\\+ two\\\n\\--\\\n-5\\\n\\=="),
            ("1. one\n2) two\n1914.", "1\\. one\\\n2\\) two\\\n1914\\."),
            ("3.14 and 1234567890. x", "3.14 and 1234567890. x"),
            ("1234567890. x", "1234567890. x"),
            ("> quoted", "\\> quoted"),
            ("a > b - c + d", "a > b - c + d"),
            ("~100 ~~gone~~ ~x~", "~100 \\~\\~gone\\~\\~ ~x\\~"),
            ("5 *\n6 * 7 *", "5 \\*\\\n6 * 7 \\*"),
            ("Stop! [x] !", "Stop! \\[x] !"),
            ("trailing  \n", "trailing"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn spans_become_marks() {
        use SpanKind::{Code, Emphasis, Link, Strong};
        let cases: &[Case] = &[
            ("the new pier", &[(Emphasis, "new")], "the *new* pier"),
            ("the new pier", &[(Strong, " new ")], "the **new** pier"),
            ("both here", &[(Strong, "both"), (Emphasis, "both")], "***both*** here"),
            ("a b c", &[(Strong, "a b c"), (Strong, "b")], "**a b c**"),
            ("see [x] now", &[(Link(1), "[x]")], "see [\\[x\\]](https://a/1) now"),
            ("see it now", &[(Link(9), "it")], "see it now"),
            ("Stop!here", &[(Link(1), "here")], "Stop\\![here](https://a/1)"),
            ("Stop!'x", &[(Strong, "'"), (Link(1), "'")], "Stop\\!['](https://a/1)x"),
            ("a_b_c", &[(Link(1), "_b_")], "a[\\_b\\_](https://a/1)c"),
            ("outer inner", &[(Link(1), "outer inner"), (Link(2), "inner")], "[outer inner](https://a/1)"),
            ("a bold link", &[(Link(1), "bold link"), (Strong, "bold")], "a [**bold** link](https://a/1)"),
            ("run `x` or *y*", &[(Code, "`x`"), (Code, "*y*")], "run `` `x` `` or `*y*`"),
            ("code a*b c", &[(Code, "a*b c"), (Emphasis, "b")], "code `a*b c`"),
            ("one\ntwo", &[(Emphasis, "one\ntwo")], "*one\\\ntwo*"),
            ("one\n1. two", &[(Emphasis, "two")], "one\\\n1\\. *two*"),
            ("12. two", &[(Emphasis, "12")], "*12*\\. two"),
            ("empty", &[(Emphasis, "")], "empty"),
        ];
        for (text, marks, expected) in cases {
            assert_eq!(with_spans(text, marks), *expected, "{text}");
        }
    }

    #[test]
    fn emphasis_that_could_not_be_read_back_is_left_out() {
        use SpanKind::{Code, Emphasis, Link, Strong};
        let cases: &[Case] = &[
            ("这是重要的", &[(Strong, "重要")], "这是**重要**的"),
            ("\"a\"b", &[(Strong, "\"a\"")], "\"a\"b"),
            ("a\"b\"", &[(Strong, "\"b\"")], "a\"b\""),
            ("\"a\" b", &[(Strong, "\"a\"")], "**\"a\"** b"),
            ("foobar", &[(Strong, "bar"), (Link(1), "bar")], "foo[bar](https://a/1)"),
            ("foobar", &[(Strong, "foo"), (Emphasis, "bar")], "**foo**_bar_"),
            ("foobar a", &[(Emphasis, "foo"), (Strong, "bar")], "*foo*__bar__ a"),
            ("foobars", &[(Strong, "foo"), (Emphasis, "bar")], "**foo**bars"),
            ("foo bar", &[(Strong, "foo"), (Emphasis, "bar")], "**foo** *bar*"),
            ("(a.)b", &[(Strong, "(a.)"), (Emphasis, "a.")], "(a.)b"),
            ("(a.) b", &[(Emphasis, "a.")], "(*a.*) b"),
            ("b 1..", &[(Emphasis, "1.."), (Strong, "1"), (Strong, "..")], "b ***1**..*"),
            ("ab", &[(Code, "a"), (Code, "b")], "`a`b"),
            ("a'b", &[(Code, "a"), (Emphasis, "'"), (Code, "'")], "`a`'b"),
        ];
        for (text, marks, expected) in cases {
            assert_eq!(with_spans(text, marks), *expected, "{text}");
        }
    }

    #[test]
    fn destinations_stay_whole() {
        let cases = [
            ("https://a/x_(y)", "https://a/x_%28y%29"),
            ("https://a/b c<d>", "https://a/b%20c%3Cd%3E"),
            ("https://a/?x=1&copy;=2&y", "https://a/?x=1&amp;copy;=2&y"),
            ("https://a/ü\u{a0}", "https://a/ü%C2%A0"),
        ];
        for (address, expected) in cases {
            assert_eq!(destination(address), expected, "{address}");
        }
    }

    #[test]
    fn damaged_spans_are_harmless() {
        let spans = [(0, 1), (1, 99), (5, 3), (90, 99), (2, 2)]
            .map(|(start, end)| Span { range: start..end, kind: SpanKind::Emphasis });
        assert_eq!(inline("üab", &spans, Break::Space, &|_| None), "üab");
    }
}
