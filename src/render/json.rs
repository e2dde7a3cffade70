//! JSON: one row a document, for pipelines.

use serde_json::{Map, Value};

use crate::document::{Attachment, Block, CharsetSource, Class, Extraction, Family, Kind, Limit, Status, Verdict};

use super::explain::rounded;
use super::{decoded, link, source};

/// What stands in the field `text` where nothing was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fallback {
    /// An empty string.
    #[default]
    Nothing,
    /// The whole input, decoded.
    Input,
}

/// What the caller adds to a row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct JsonFields<'a> {
    /// Names the document: the field `id`.
    pub id: &'a str,
    /// What stands in `text` where nothing was kept.
    pub fallback: Fallback,
    /// Whether what was dropped is listed.
    pub removed: Removed,
    /// Fields that came with the document. They stand behind the others; `id`, `url` and what the page does not say take
    /// the place of ours.
    pub passed: Option<&'a Map<String, Value>>,
}

/// Whether a row lists what was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Removed {
    /// It does not.
    #[default]
    Omit,
    /// In the field `removed`: a list of objects with `block` (its number, from 1), `text`, `score`, `family` and `rules`.
    List,
}

/// One JSON object on one line, without a line break at its end.
///
/// Fields, always all and in this order, before those that came with the document: `id`, `url`, `host`, `text`, `title`,
/// `author`, `date`, `site`, `lang`, `list`, `message_id`, `unsubscribe`, `attachments` (of a letter: a list of objects with
/// `name`, `type` and `bytes`), `charset`, `charset_from` (`bom`, `option`, `transport`, `meta`, `xml`, `utf8`,
/// `detected`), `confidence` (an estimate of the F1, 0..1, to three digits), `blocks`, `kept`
/// (numbers of blocks), `chars_in` (characters of the decoded input), `chars_out` (characters of `text`), `status`
/// (`ok`, `empty`, `malformed`, `truncated`, `limit:bytes`, `limit:nodes`, `limit:parts`). What is not known is null;
/// `chars_in` is null over the byte limit.
#[must_use]
pub fn json(extraction: &Extraction<'_>, fields: &JsonFields<'_>) -> String {
    let text = text(extraction, fields.fallback);
    let chars_out = text.chars().count();
    let metadata = &extraction.metadata;
    let host = metadata.url.as_deref().and_then(link::host);
    let kept = extraction.verdicts.iter().filter(|verdict| verdict.keep).count();
    let row = [
        ("id", Value::from(fields.id)),
        ("url", Value::from(metadata.url.clone())),
        ("host", Value::from(host)),
        ("text", Value::from(text)),
        ("title", Value::from(metadata.title.clone())),
        ("author", Value::from(metadata.author.clone())),
        ("date", Value::from(metadata.date.clone())),
        ("site", Value::from(metadata.site.clone())),
        ("lang", Value::from(metadata.lang.clone())),
        ("list", Value::from(metadata.list.clone())),
        ("message_id", Value::from(metadata.message_id.clone())),
        ("unsubscribe", Value::from(metadata.unsubscribe.clone())),
        ("attachments", attachments(extraction)),
        ("charset", Value::from(extraction.charset.name)),
        ("charset_from", Value::from(charset_from(extraction.charset.source))),
        ("confidence", Value::from(extraction.confidence.map(thousandths))),
        ("blocks", Value::from(extraction.document.blocks.len())),
        ("kept", Value::from(kept)),
        ("chars_in", Value::from(chars_in(extraction))),
        ("chars_out", Value::from(chars_out)),
        ("status", Value::from(status(extraction.status))),
    ];
    let mut row = map(row);
    if fields.removed == Removed::List {
        row.insert("removed".to_owned(), dropped(extraction));
    }
    pass(&mut row, fields.passed);
    Value::Object(row).to_string()
}

/// The row of a document that could not be read: the same fields, all null or 0 but `id`, `url`, `host`, an empty `text`
/// and this `status`.
#[must_use]
pub fn json_failure(fields: &JsonFields<'_>, url: Option<&str>, status: &str) -> String {
    let mut row = map([
        ("id", Value::from(fields.id)),
        ("url", Value::from(url)),
        ("host", Value::from(url.and_then(link::host))),
        ("text", Value::from("")),
        ("title", Value::Null),
        ("author", Value::Null),
        ("date", Value::Null),
        ("site", Value::Null),
        ("lang", Value::Null),
        ("list", Value::Null),
        ("message_id", Value::Null),
        ("unsubscribe", Value::Null),
        ("attachments", Value::Null),
        ("charset", Value::Null),
        ("charset_from", Value::Null),
        ("confidence", Value::Null),
        ("blocks", Value::from(0)),
        ("kept", Value::from(0)),
        ("chars_in", Value::Null),
        ("chars_out", Value::from(0)),
        ("status", Value::from(status)),
    ]);
    pass(&mut row, fields.passed);
    Value::Object(row).to_string()
}

/// Adds the fields that came with the document.
fn pass(row: &mut Map<String, Value>, passed: Option<&Map<String, Value>>) {
    for (name, value) in passed.into_iter().flatten() {
        let is_ours = row.get(name).is_some_and(|ours| !ours.is_null());
        if !is_ours || matches!(name.as_str(), "id" | "url") {
            row.insert(name.clone(), value.clone());
        }
    }
}

/// The dropped blocks with their reasons.
fn dropped(extraction: &Extraction<'_>) -> Value {
    let judged = extraction.document.blocks.iter().zip(&extraction.verdicts).enumerate();
    let dropped = judged.filter(|(_, (_, verdict))| !verdict.keep);
    let entry = |(number, (block, verdict)): (usize, (&Block, &Verdict))| {
        let family = match verdict.class {
            Class::Boilerplate(family) => family.map(Family::name),
            _ => None,
        };
        Value::Object(map([
            ("block", Value::from(number + 1)),
            ("text", Value::from(block.text.as_str())),
            ("score", Value::from(rounded(verdict.score))),
            ("family", Value::from(family)),
            ("rules", verdict.reason.rules.iter().map(|rule| Value::from(&**rule)).collect()),
        ]))
    };
    dropped.map(entry).collect()
}

/// Three digits after the point: more would claim a precision that no estimate has.
fn thousandths(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// What is attached to a letter, as a list of objects; null for what is no letter.
fn attachments(extraction: &Extraction<'_>) -> Value {
    let row = |attachment: &Attachment| {
        let mut row = Map::new();
        row.insert("name".to_owned(), Value::from(attachment.name.clone()));
        row.insert("type".to_owned(), Value::from(attachment.media_type.as_str()));
        row.insert("bytes".to_owned(), Value::from(attachment.bytes));
        Value::Object(row)
    };
    let letter = extraction.document.letter.as_ref();
    letter.map_or(Value::Null, |letter| letter.attachments.iter().map(row).collect())
}

/// A JSON object with its fields in the given order.
pub(super) fn object<const N: usize>(fields: [(&'static str, Value); N]) -> String {
    Value::Object(map(fields)).to_string()
}

fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn text(extraction: &Extraction<'_>, fallback: Fallback) -> String {
    let kept = extraction.verdicts.iter().any(|verdict| verdict.keep);
    if !kept && fallback == Fallback::Input {
        return decoded(extraction, source(extraction)).into_owned();
    }
    let text = super::text(extraction);
    match extraction.document.kind {
        Kind::Html => String::from_utf8_lossy(&text).into_owned(),
        Kind::Text | Kind::Mail => decoded(extraction, &text).into_owned(),
    }
}

/// Characters of the decoded input; `None` where it was too long to be read.
fn chars_in(extraction: &Extraction<'_>) -> Option<usize> {
    let read = extraction.status != Status::Limit(Limit::Bytes);
    read.then(|| decoded(extraction, source(extraction)).chars().count())
}

/// Where the encoding was learned, in one word.
pub(super) fn charset_from(source: CharsetSource) -> &'static str {
    match source {
        CharsetSource::Bom => "bom",
        CharsetSource::Option => "option",
        CharsetSource::Transport => "transport",
        CharsetSource::Meta => "meta",
        CharsetSource::Xml => "xml",
        CharsetSource::Utf8 => "utf8",
        CharsetSource::Detected => "detected",
    }
}

/// The status as pipelines know it.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Ok => "ok",
        Status::Empty => "empty",
        Status::Limit(Limit::Bytes) => "limit:bytes",
        Status::Limit(Limit::Nodes) => "limit:nodes",
        Status::Limit(Limit::Parts) => "limit:parts",
        Status::Malformed => "malformed",
        Status::Truncated => "truncated",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Sample};
    use super::*;
    use crate::document::{BlockKind, Charset};

    #[test]
    fn a_row_has_all_fields_in_order() {
        let mut page = Sample::new().keep(BlockKind::Paragraph, "Grüße \"an\" alle").drop(BlockKind::Paragraph, "Menu");
        page.input = "<p>Grüße".into();
        page.metadata.url = Some("https://News.Example:8080/a".to_owned());
        page.metadata.title = Some("Grüße".to_owned());
        assert_eq!(
            json(&page.html(), &JsonFields { id: "a.html", ..JsonFields::default() }),
            "{\"id\":\"a.html\",\"url\":\"https://News.Example:8080/a\",\"host\":\"news.example\",\
             \"text\":\"Grüße \\\"an\\\" alle\\n\",\"title\":\"Grüße\",\"author\":null,\"date\":null,\"site\":null,\
             \"lang\":null,\"list\":null,\"message_id\":null,\"unsubscribe\":null,\
             \"attachments\":null,\"charset\":\"UTF-8\",\"charset_from\":\"utf8\",\"confidence\":null,\"blocks\":2,\"kept\":1,\"chars_in\":8,\
             \"chars_out\":16,\"status\":\"ok\"}"
        );
    }

    #[test]
    fn text_is_decoded_with_its_encoding() {
        let mut text = sample::lines(b"caf\xE9\nbye\n", &[(0..1, true), (1..2, false)]);
        text.charset = Charset { name: "windows-1252", source: CharsetSource::Detected, overruled: None };
        assert_eq!(
            json(&text.extraction(), &JsonFields::default()),
            "{\"id\":\"\",\"url\":null,\"host\":null,\"text\":\"café\\n\",\"title\":null,\"author\":null,\
             \"date\":null,\"site\":null,\"lang\":null,\"list\":null,\"message_id\":null,\"unsubscribe\":null,\"attachments\":null,\
             \"charset\":\"windows-1252\",\"charset_from\":\"detected\",\"confidence\":null,\
             \"blocks\":2,\"kept\":1,\"chars_in\":9,\"chars_out\":5,\"status\":\"ok\"}"
        );
    }

    fn shape(row: &str) -> (Value, Value, Value) {
        let mut row: Value = serde_json::from_str(row).expect("JSON");
        (row["text"].take(), row["chars_in"].take(), row["status"].take())
    }

    #[test]
    fn nothing_kept_falls_back_as_asked() {
        let text = sample::lines(b"Menu\n", &[(0..1, false)]);
        let row = json(&text.extraction(), &JsonFields::default());
        assert_eq!(shape(&row), ("".into(), 5.into(), "empty".into()));
        let row = json(&text.extraction(), &JsonFields { fallback: Fallback::Input, ..JsonFields::default() });
        assert_eq!(shape(&row), ("Menu\n".into(), 5.into(), "empty".into()));
    }

    #[test]
    fn limits_are_a_status() {
        let mut page = Sample::new();
        page.input = b"<p>".to_vec();
        page.document.limit = Some(Limit::Bytes);
        assert_eq!(shape(&json(&page.html(), &JsonFields::default())), ("".into(), Value::Null, "limit:bytes".into()));
        page.document.limit = Some(Limit::Nodes);
        assert_eq!(shape(&json(&page.html(), &JsonFields::default())), ("".into(), 3.into(), "limit:nodes".into()));
    }
}
