//! The lines of a letter as its rules see them: without quote marks, with the patterns that hit.

use std::borrow::Cow;
use std::ops::Range;

use super::elements::Elements;
use crate::classify::citations;
use crate::document::{Block, Document, Family, Span, SpanKind};
use crate::features::words_between_spaces;
use crate::patterns::{Hits, Patterns, Strength};
use crate::signs::ends_sentence;

/// Words of a line of running text.
const PROSE_WORDS: usize = 12;

/// Families that tell how a letter was sent.
pub(super) const SENT: [Family; 2] = [Family::Unsubscribe, Family::MailChrome];

/// What ends a question.
pub(super) const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];

/// Words of a line that announces a text; a heading of the text itself has fewer.
const ANNOUNCING_WORDS: usize = 4;

/// Lines of a paragraph that is looked at as a whole: longer ones are no notice.
const PARAGRAPH_LINES: usize = 12;

/// Letters of initials that some programs put before the mark of a quote.
const INITIALS: usize = 4;

/// Lines that quote with the same initials, from which these are a mark and no chance.
const SAME_INITIALS: usize = 2;

/// Characters of a quoted line from which a mail program may have wrapped its end to a line of its own, and the words
/// and characters of such an end.
const WRAPPED_LINE: usize = 60;
const WRAPPED_WORDS: usize = 4;
const WRAPPED_CHARS: usize = 32;

/// One line of a letter; in a page, and in the HTML of a letter to many, one block.
#[derive(Debug, Clone)]
pub(super) struct Line<'d> {
    /// Its text without quote marks; empty where there are only marks.
    pub(super) text: &'d str,
    /// The same without what is cited in it.
    pub(super) said: Cow<'d, str>,
    /// How deep it is quoted.
    pub(super) depth: usize,
    /// An empty line, or one of quote marks alone, stands before it, or it begins a block of HTML.
    pub(super) gap: bool,
    /// The patterns that hit in what is said.
    pub(super) rules: Vec<u16>,
    /// Its words.
    pub(super) words: usize,
    /// A mail program put it into an element for signatures.
    pub(super) signs: bool,
    /// A mail program put it into an element for the header of a copied letter.
    pub(super) announces: bool,
    /// What is drawn beside it.
    pub(super) beside: Beside,
    /// The colour of all of it, unless it is a link or grey.
    pub(super) colour: Option<u32>,
    /// What the name of the sender makes of it.
    pub(super) role: Role,
}

/// What is drawn beside a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Beside {
    #[default]
    Nothing,
    /// A line, as beside quotes.
    Line,
}

/// What a line is for the name of the sender, which the header tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    None,
    /// It closes the letter over the name.
    Closing,
    /// It is the name.
    Name,
}

impl Line<'_> {
    /// Whether a pattern of this family and at least this strength hits.
    pub(super) fn names(&self, family: Family, least: Strength) -> bool {
        names(&self.rules, family, least)
    }

    /// Whether a file of a patch or a piece of one begins here.
    pub(super) fn begins_patch(&self) -> bool {
        self.text.starts_with("diff --git ") || self.text.starts_with("@@ ")
    }

    /// Running text: long, or ending as a sentence does.
    pub(super) fn is_prose(&self) -> bool {
        self.words >= PROSE_WORDS || self.words >= PROSE_WORDS / 2 && ends_sentence(self.text)
    }

    /// Whether it ends in a colon.
    pub(super) fn ends_in_colon(&self) -> bool {
        crate::signs::ends_in_colon(self.text)
    }

    /// Dashes, underscores and the like alone, as over a footer; a long dash suffices, which GitHub sets over its own.
    pub(super) fn is_rule(&self) -> bool {
        let marks =
            |c: char| matches!(c, '-' | '_' | '=' | '*' | '~' | '#' | '+' | '<' | '>' | ' ' | '^' | '.' | '—' | '–');
        let letters = self.text.chars().filter(|c| !c.is_whitespace()).count();
        (letters >= 2 || self.text == "—") && self.text.chars().all(marks)
    }
}

/// Whether rules have one of this family and at least this strength.
pub(super) fn names(rules: &[u16], family: Family, least: Strength) -> bool {
    Patterns::builtin().briefs(rules).any(|rule| rule.family == family && rule.strength >= least)
}

/// Whether a rule tells, however weakly, how a letter was sent.
pub(super) fn tells(rule: &u16) -> bool {
    SENT.iter().any(|family| names(&[*rule], *family, Strength::Weak))
}

/// Whether a line tells firmly how a letter was sent.
pub(super) fn tells_firmly(line: &Line<'_>) -> bool {
    tell_firmly(&line.rules)
}

/// Whether a text tells it by itself.
pub(super) fn text_tells_firmly(text: &str) -> bool {
    tell_firmly(&hits(text, &mut Hits::default()))
}

fn tell_firmly(rules: &[u16]) -> bool {
    SENT.iter().any(|family| names(rules, *family, Strength::Firm))
}

/// Whether a line is a salutation by its form: short, and ending as these do in most languages.
pub(super) fn is_salutation(line: &Line<'_>) -> bool {
    line.words <= SALUTATION && line.text.ends_with(['!', '！']) || is_called(line)
}

/// Whether a line is short and ends in a comma.
pub(super) fn is_called(line: &Line<'_>) -> bool {
    line.words <= SALUTATION && line.text.ends_with([',', '，', '、', '،'])
}

/// Words of the longest salutation.
const SALUTATION: usize = 6;

/// Whether the line before this one announces it as a text that is shown, and is none itself: `is_such` tells by its rules.
pub(super) fn is_announced(lines: &[Line<'_>], at: usize, is_such: impl Fn(&[u16]) -> bool) -> bool {
    let before = at.checked_sub(1).map(|before| &lines[before]);
    before.is_some_and(|line| line.ends_in_colon() && line.words >= ANNOUNCING_WORDS && !is_such(&line.rules))
}

/// The words of some lines.
pub(super) fn words(lines: &[Line<'_>]) -> usize {
    lines.iter().map(|line| line.words).sum()
}

/// The rules that hit in a text.
pub(super) fn hits(text: &str, hits: &mut Hits) -> Vec<u16> {
    hits.clear();
    Patterns::builtin().text_hits(text, hits);
    hits.rules().to_vec()
}

/// The rules that hit in a block or in one of its lines: `<br>` parts the sentences of many a footer. Of a line that
/// tells where its links lead (`Get Outlook for iOS<https://…>`) also what hits without that.
pub(super) fn hits_of(text: &str, scratch: &mut Hits) -> Vec<u16> {
    let mut rules = hits(text, scratch);
    if text.contains('\n') {
        rules.extend(text.lines().flat_map(|line| hits(line, scratch)));
    }
    if let Some(bare) = without_addresses(text) {
        rules.extend(hits(&bare, scratch));
    }
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// A text without the addresses of the web that stand in angle brackets behind a word; `None` where there are none.
fn without_addresses(text: &str) -> Option<String> {
    let mut parts = text.split("<http");
    let mut bare = parts.next().filter(|first| first.len() < text.len() && !first.is_empty())?.to_owned();
    for part in parts {
        bare.push_str(part.split_once('>').map_or("", |(_, rest)| rest));
    }
    Some(bare)
}

/// Some lines as one text, as they were before a mail program wrapped them.
pub(super) fn joined(lines: &[Line<'_>]) -> String {
    lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" ")
}

/// The same without what is cited in them.
pub(super) fn said(lines: &[Line<'_>]) -> String {
    lines.iter().map(|line| &*line.said).collect::<Vec<_>>().join(" ")
}

/// The lines of a document.
pub(super) fn lines(document: &Document) -> Vec<Line<'_>> {
    let mut scratch = Hits::default();
    let initials = initials(document);
    let elements = Elements::of(document);
    let mut last_place = None;
    let mut after_marks = false;
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let (depth, text) = match block.lines.is_empty() {
            true => (elements.depth(block.element) + marked_depth(&block.text), block.text.as_str()),
            false => unquoted(&block.text, &initials),
        };
        let apart = || block.lines.is_empty() || last_place.is_none_or(|last| block.lines.start > last);
        let gap = !block.joins && apart() || after_marks;
        after_marks = text.is_empty();
        last_place = Some(block.lines.end);
        let words = words_between_spaces(text);
        let signs = block.lines.is_empty() && elements.signs(block.element);
        let announces = block.lines.is_empty() && elements.announces(block.element);
        let is_lined = block.lines.is_empty() && elements.is_lined(block.element);
        let beside = if is_lined { Beside::Line } else { Beside::Nothing };
        let (said, rules, role, colour) = (text.into(), Vec::new(), Role::None, colour(block));
        lines.push(Line { text, said, depth, gap, rules, words, signs, announces, beside, colour, role });
    }
    mend_wrapped(&mut lines, document);
    silence(&mut lines);
    lines.iter_mut().for_each(|line| line.rules = hits_of(&line.said, &mut scratch));
    join_hits(&mut lines, &mut scratch);
    lines
}

/// The colour of all of a block that is no link.
fn colour(block: &Block) -> Option<u32> {
    let whole = |span: &&Span| span.range.len() >= block.text.len();
    let kinds = || block.spans.iter().filter(whole).map(|span| span.kind);
    let colour = |kind| if let SpanKind::Coloured(colour) = kind { Some(colour) } else { None };
    let is_link = kinds().any(|kind| matches!(kind, SpanKind::Link(_)));
    kinds().find_map(colour).filter(|_| !is_link)
}

/// Gives the first line of a wrapped paragraph what only the whole of it says of how the letter was sent.
fn join_hits(lines: &mut [Line<'_>], scratch: &mut Hits) {
    let ruled: Vec<Range<usize>> = paragraphs(lines, 0..lines.len());
    let parts = ruled.into_iter().flat_map(|paragraph| between_rules(lines, paragraph)).collect::<Vec<_>>();
    for paragraph in parts {
        let wrapped = lines.get(paragraph.clone()).unwrap_or_default();
        if !(2..=PARAGRAPH_LINES).contains(&wrapped.len()) {
            continue;
        }
        let mut whole = hits(&said(wrapped), scratch);
        whole.retain(|rule| tells(rule) && !wrapped.iter().any(|line| line.rules.contains(rule)));
        lines[paragraph.start].rules.extend(whole);
    }
}

/// The parts of a paragraph that drawn rules part.
fn between_rules(lines: &[Line<'_>], paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = paragraph.start;
    for at in paragraph.clone() {
        if lines[at].is_rule() {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..paragraph.end);
    parts
}

/// How deep a block of HTML is quoted by the marks that all its lines begin with.
fn marked_depth(text: &str) -> usize {
    let marks = |line: &str| line.chars().filter(|c| *c != ' ').take_while(|c| *c == '>').count();
    text.lines().map(marks).min().unwrap_or(0)
}

/// The depth and the text behind the quote marks of a line.
fn unquoted<'t>(text: &'t str, initials: &[String]) -> (usize, &'t str) {
    let mut rest = text;
    let mut depth = 0;
    for name in initials {
        if let Some(after) = rest.strip_prefix(name.as_str()).filter(|after| after.starts_with('>')) {
            rest = after;
            break;
        }
    }
    while let Some(after) = rest.trim_start().strip_prefix('>') {
        (depth, rest) = (depth + 1, after);
    }
    (depth, rest.trim())
}

/// The initials that stand before quote marks.
fn initials(document: &Document) -> Vec<String> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for block in &document.blocks {
        let Some((name, _)) = block.text.split_once('>') else { continue };
        if name.is_empty() || name.len() > INITIALS || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            continue;
        }
        match found.iter().position(|(known, _)| *known == name) {
            Some(at) => found[at].1 += 1,
            None if found.len() < 16 => found.push((name, 1)),
            None => {}
        }
    }
    found.into_iter().filter(|(_, count)| *count >= SAME_INITIALS).map(|(name, _)| name.to_owned()).collect()
}

/// Gives the ends of quoted lines that were wrapped the depth of their line, and a `>From ` that a mailbox escaped none.
fn mend_wrapped(lines: &mut [Line<'_>], document: &Document) {
    for at in 1..lines.len() {
        let (before, after) = (lines[at - 1].depth, lines.get(at + 1).map_or(0, |line| line.depth));
        // Behind the end of a sentence stands an answer.
        let open = !ends_sentence(lines[at - 1].text);
        let line = &lines[at];
        let close = !line.gap && lines.get(at + 1).is_none_or(|next| !next.gap || next.depth > 0);
        let long = document.blocks[at - 1].text.chars().count() >= WRAPPED_LINE;
        let short = line.words <= WRAPPED_WORDS && line.text.chars().count() <= WRAPPED_CHARS;
        if line.depth == 0 && before > 0 && after > 0 && close && open && long && short {
            lines[at].depth = before;
        } else if line.depth == 1 && before == 0 && after == 0 && document.blocks[at].text.starts_with(">From ") {
            lines[at].depth = 0;
        }
    }
}

/// Takes what is cited out of what lines say. Quotations may go on over the lines of a paragraph.
fn silence(lines: &mut [Line<'_>]) {
    for paragraph in paragraphs(lines, 0..lines.len()) {
        if !lines[paragraph.clone()].iter().any(|line| citations::has_marks(line.text)) {
            continue;
        }
        let text = joined(&lines[paragraph.clone()]);
        let cited = citations::citations(&text);
        let mut start = 0;
        for line in &mut lines[paragraph] {
            let own = start..start + line.text.len();
            start = own.end + 1;
            let first = cited.partition_point(|range| range.end <= own.start);
            let end = cited.partition_point(|range| range.start < own.end);
            if first < end {
                line.said = Cow::Owned(citations::said(line.text, own.start, &cited[first..end]));
            }
        }
    }
}

/// The paragraphs of some lines: runs without a gap.
pub(super) fn paragraphs(lines: &[Line<'_>], range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in range {
        match found.last_mut() {
            Some(last) if !lines[at].gap && last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}
