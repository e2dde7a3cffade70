//! Why each block was kept or dropped: for people ([`text`]) and for programs ([`json`]).
//!
//! Blocks and lines are numbered from 1, as editors do.

use serde_json::{Map, Value};

use crate::document::{Block, CharsetSource, Class, Document, Evidence, Extraction, Kind, Status, Verdict};

use super::block_lines;
use super::json::{object, status};

/// Characters of a block's text that are shown.
const EXCERPT: usize = 60;

/// Features that are shown for a block.
const SHOWN_EVIDENCE: usize = 3;

/// A line on the document (its kind, its encoding and how it was learned), and one on each block: number, lines or
/// path, `+` or `-`, score, family or class, and after these the rules that hit, the features that weighed most with
/// what they added to the score, and the beginning of the text.
#[must_use]
pub fn text(extraction: &Extraction<'_>) -> String {
    let mut rows: Vec<[String; 5]> = Vec::new();
    for (number, (block, verdict)) in pairs(extraction) {
        rows.push([
            number.to_string(),
            visible(&place(&extraction.document, block)),
            (if verdict.keep { "+" } else { "-" }).to_owned(),
            format!("{:.1}", verdict.score),
            class(verdict.class).to_owned(),
        ]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (numbers, places, scores, classes) = (width(0), width(1), width(3), width(4));
    let mut out = headline(extraction);
    for ([number, place, sign, score, class], (_, (block, verdict))) in rows.iter().zip(pairs(extraction)) {
        out.push_str(&format!("{number:>numbers$}  {place:<places$}  {sign} {score:>scores$}  {class:<classes$}"));
        for part in [reason(verdict), excerpt(&block.text)] {
            if !part.is_empty() {
                out.push_str("  ");
                out.push_str(&part);
            }
        }
        out.push('\n');
    }
    out
}

/// A JSON object on each block, one a line: `doc`, `block`, `lines` (first and last; null in HTML), `path` (null in
/// plain text), `keep`, `score`, `family` (null where none can be named), `rules`, `features`, `text`.
#[must_use]
pub fn json(extraction: &Extraction<'_>, doc: &str) -> String {
    let mut out = String::new();
    for (number, (block, verdict)) in pairs(extraction) {
        let lines = lines(&extraction.document, block).map(|(first, last)| vec![first, last]);
        let features: Map<String, Value> = verdict
            .reason
            .evidence
            .iter()
            .map(|evidence| (evidence.feature.to_owned(), Value::from(rounded(evidence.value))))
            .collect();
        let rules: Vec<&str> = verdict.reason.rules.iter().map(AsRef::as_ref).collect();
        out.push_str(&object([
            ("doc", Value::from(doc)),
            ("block", Value::from(number)),
            ("lines", Value::from(lines)),
            ("path", Value::from(path(&extraction.document, block))),
            ("keep", Value::from(verdict.keep)),
            ("score", Value::from(rounded(verdict.score))),
            ("family", Value::from(family(verdict.class))),
            ("rules", Value::from(rules)),
            ("features", Value::Object(features)),
            ("text", Value::from(block.text.as_str())),
        ]));
        out.push('\n');
    }
    out
}

fn pairs<'e>(extraction: &'e Extraction<'_>) -> impl Iterator<Item = (usize, (&'e Block, &'e Verdict))> {
    (1..).zip(extraction.document.blocks.iter().zip(&extraction.verdicts))
}

fn headline(extraction: &Extraction<'_>) -> String {
    let kind = match (extraction.document.kind, extraction.document.letter.is_some()) {
        (Kind::Html, false) => "html",
        (Kind::Html, true) => "letter, its html",
        (_, false) => "text",
        (_, true) => "letter, its text",
    };
    let charset = extraction.charset;
    let why = match charset.source {
        CharsetSource::Bom => "from its byte order mark",
        CharsetSource::Option => "as given",
        CharsetSource::Transport => "from its header",
        CharsetSource::Meta => "declared by a meta element",
        CharsetSource::Xml => "declared by its XML declaration",
        CharsetSource::Utf8 => "its bytes are valid UTF-8",
        CharsetSource::Detected => "guessed from its bytes",
    };
    let overruled = charset.overruled.map(|name| format!(", not {name} as declared")).unwrap_or_default();
    let kept = extraction.verdicts.iter().filter(|verdict| verdict.keep).count();
    let blocks = extraction.document.blocks.len();
    let limit = match extraction.status {
        Status::Limit(_) | Status::Malformed | Status::Truncated => format!(", {}", status(extraction.status)),
        Status::Ok | Status::Empty => String::new(),
    };
    let confidence = extraction.confidence.map(|f1| format!(", confidence {f1:.2}")).unwrap_or_default();
    format!("{kind}, {} ({why}{overruled}), kept {kept} of {blocks} blocks{confidence}{limit}\n", charset.name)
}

/// Where a block stands: its lines, or its path.
fn place(document: &Document, block: &Block) -> String {
    match lines(document, block) {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first}-{last}"),
        None => path(document, block).unwrap_or_default(),
    }
}

/// The first and last line of a block of plain text.
fn lines(document: &Document, block: &Block) -> Option<(usize, usize)> {
    let lines = block_lines(document, block);
    (!lines.is_empty()).then_some((lines.start + 1, lines.end))
}

/// The path of a block of HTML.
fn path(document: &Document, block: &Block) -> Option<String> {
    let known = document.kind == Kind::Html && document.outline.elements.get(block.element as usize).is_some();
    known.then(|| document.outline.path(block.element))
}

fn family(class: Class) -> Option<&'static str> {
    match class {
        Class::Boilerplate(Some(family)) => Some(family.name()),
        _ => None,
    }
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Body => "body",
        Class::Title => "title",
        Class::Byline => "byline",
        Class::Boilerplate(Some(family)) => family.name(),
        Class::Boilerplate(None) => "boilerplate",
    }
}

/// Rules, evidence and the note, in words.
fn reason(verdict: &Verdict) -> String {
    let reason = &verdict.reason;
    let rules = reason.rules.join(" ");
    let evidence: Vec<String> = reason.evidence.iter().take(SHOWN_EVIDENCE).map(in_words).collect();
    let parts = [rules.as_str(), &evidence.join(", "), reason.note.unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("[{}]", parts.join("; ")) }
}

fn in_words(evidence: &Evidence) -> String {
    let value = format!("{:.2}", evidence.value);
    let value = value.trim_end_matches('0').trim_end_matches('.');
    format!("{} {value} ({:+.1})", evidence.feature.replace('_', " "), evidence.weight)
}

/// The beginning of a text on one line.
fn excerpt(text: &str) -> String {
    let end = text.char_indices().nth(EXCERPT).map_or(text.len(), |(end, _)| end);
    let mut out = visible(text.get(..end).unwrap_or_default());
    if text.chars().nth(EXCERPT).is_some() {
        out.push('…');
    }
    out
}

/// A text on one line, without what would steer a terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect()
}

/// To three decimals: a score has no more to say, and an `f32` printed as `f64` would show its representation.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Sample};
    use super::*;
    use crate::document::{BlockKind, Charset, Family, Limit, Reason, Tag};

    fn page() -> Sample {
        let mut page = Sample::new().keep(BlockKind::Heading(1), "Ferry runs again").drop(
            BlockKind::Paragraph,
            "Join the\u{1b}[1m mailing list of the harbour and never miss a ferry again, dear reader",
        );
        let footer = page.element(Tag::Div, 0, "footer wide");
        page.document.blocks[1].element = page.element(Tag::P, footer, "");
        page.scores(&[12.04, -3.4]);
        page.verdicts[0].class = Class::Title;
        page.verdicts[1].class = Class::Boilerplate(Some(Family::Newsletter));
        let evidence = |feature, value, weight| Evidence { feature, value, weight };
        page.verdicts[1].reason = Reason {
            rules: vec!["newsletter.join-list.en".into(), "newsletter.miss.en".into()],
            evidence: vec![
                evidence("link_density", 1.0, -1.23),
                evidence("chars", 41.0, -0.3),
                evidence("tail", 0.333_333, 0.2),
                evidence("depth", 4.0, 0.1),
            ],
            note: Some("duplicate"),
        };
        page
    }

    #[test]
    fn each_block_has_a_line_for_people() {
        assert_eq!(
            text(&page().html()),
            "html, UTF-8 (its bytes are valid UTF-8), kept 1 of 2 blocks\n\
             1  html          + 12.0  title       Ferry runs again\n\
             2  div.footer>p  - -3.4  newsletter  [newsletter.join-list.en newsletter.miss.en; \
             link density 1 (-1.2), chars 41 (-0.3), tail 0.33 (+0.2); duplicate]  \
             Join the [1m mailing list of the harbour and never miss a fe…\n"
        );
    }

    #[test]
    fn each_block_has_a_line_for_programs() {
        assert_eq!(
            json(&page().html(), "a.html"),
            "{\"doc\":\"a.html\",\"block\":1,\"lines\":null,\"path\":\"html\",\"keep\":true,\"score\":12.04,\
             \"family\":null,\"rules\":[],\"features\":{},\"text\":\"Ferry runs again\"}\n\
             {\"doc\":\"a.html\",\"block\":2,\"lines\":null,\"path\":\"div.footer>p\",\"keep\":false,\"score\":-3.4,\
             \"family\":\"newsletter\",\"rules\":[\"newsletter.join-list.en\",\"newsletter.miss.en\"],\
             \"features\":{\"link_density\":1.0,\"chars\":41.0,\"tail\":0.333,\"depth\":4.0},\
             \"text\":\"Join the\\u001b[1m mailing list of the harbour and never miss a ferry again, dear reader\"}\n"
        );
    }

    #[test]
    fn blocks_of_a_text_are_named_by_their_lines() {
        let mut sample = sample::lines(b"one\ntwo\n\nbye\n", &[(0..2, true), (3..4, false)]);
        sample.charset = Charset { name: "windows-1252", source: CharsetSource::Detected, overruled: Some("UTF-8") };
        sample.verdicts[1].class = Class::Boilerplate(None);
        sample.document.limit = Some(Limit::Nodes);
        let extraction = sample.extraction();
        assert_eq!(
            text(&extraction),
            "text, windows-1252 (guessed from its bytes, not UTF-8 as declared), kept 1 of 2 blocks, limit:nodes\n\
             1  1-2  +  1.0  body         one two\n\
             2  4    - -1.0  boilerplate  bye\n"
        );
        assert_eq!(
            json(&extraction, "-"),
            "{\"doc\":\"-\",\"block\":1,\"lines\":[1,2],\"path\":null,\"keep\":true,\"score\":1.0,\"family\":null,\
             \"rules\":[],\"features\":{},\"text\":\"one\\ntwo\"}\n\
             {\"doc\":\"-\",\"block\":2,\"lines\":[4,4],\"path\":null,\"keep\":false,\"score\":-1.0,\"family\":null,\
             \"rules\":[],\"features\":{},\"text\":\"bye\"}\n"
        );
    }

    #[test]
    fn a_document_without_blocks_has_only_the_first_line() {
        assert_eq!(text(&Sample::new().html()), "html, UTF-8 (its bytes are valid UTF-8), kept 0 of 0 blocks\n");
        assert_eq!(json(&Sample::new().html(), "x"), "");
    }
}
