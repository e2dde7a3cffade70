//! The pattern table as text: tab-separated rows under a header line.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::{Cue, Position, Rule, Strength};
use crate::document::Family;
use crate::error::{Error, ErrorKind, Result};
use crate::hash::KeySet;

/// The columns, as the header line names them.
const COLUMNS: [&str; 12] = [
    "id",
    "family",
    "cue",
    "position",
    "strength",
    "language",
    "pattern",
    "unless",
    "example",
    "counter-example",
    "source",
    HOST,
];

/// The column that may be missing, as it is in the built-in table.
const HOST: &str = "host";

/// Rows of all tables together at most, so that a number of 16 bits names one.
const MOST_ROWS: usize = u16::MAX as usize;

/// Reads a row of the built-in pattern table, of which a test proves that it is sound: nothing but rows of all columns
/// without a host.
pub(super) fn builtin(line: &'static str) -> Option<Rule> {
    row(cells_of(line), false, Cow::Borrowed).ok()
}

/// The id in a row.
pub(super) fn id(line: &str) -> Option<&str> {
    cells_of(line).next()
}

/// Reads a pattern table that stands in memory.
///
/// # Errors
/// As [`parse_named`].
#[cfg(test)]
pub fn parse(table: &'static str) -> Result<Vec<Rule>> {
    read("pattern table, line ", table, Cow::Borrowed)
}

/// Reads a caller's pattern table, which errors call by this name.
///
/// # Errors
/// [`ErrorKind::Patterns`], in one line that names table, line and field. Whether a regex compiles is found out by
/// [`Patterns::new`](super::Patterns::new).
pub fn parse_named(name: &str, table: &str) -> Result<Vec<Rule>> {
    read(&format!("{name}:"), table, |text| Cow::Owned(text.to_owned()))
}

/// Reads a pattern table: `#` comments and empty lines, a header line, one row a rule. Example, counter-example,
/// `unless` and source may be empty.
fn read<'t>(place: &str, table: &'t str, text: fn(&'t str) -> Cow<'static, str>) -> Result<Vec<Rule>> {
    let lines = table.lines().map(|line| line.trim_end_matches('\r')).zip(1..);
    let mut lines = lines.filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((header, number)) = lines.next() else {
        return Err(fault(place, 1, "header", "missing"));
    };
    let (columns, of_hosts) = (COLUMNS.split_last().map_or(&[][..], |(_, columns)| columns), COLUMNS);
    let has_host = header.split('\t').eq(of_hosts);
    if !has_host && !header.split('\t').eq(columns.iter().copied()) {
        let expected = format!("expected {} with tabs between, and perhaps {HOST}", columns.join(", "));
        return Err(fault(place, number, "header", &expected));
    }
    // Room for the rows of a sound table, however many empty lines a file has.
    let rows = memchr_iter(b'\n', table.as_bytes()).count().min(MOST_ROWS);
    let mut rules: Vec<Rule> = Vec::with_capacity(rows);
    let mut ids: KeySet<&str> = KeySet::with_capacity_and_hasher(rows, Default::default());
    for (line, number) in lines {
        let rule = row(cells_of(line), has_host, text).and_then(check);
        let rule = rule.map_err(|(field, reason)| fault(place, number, field, &reason))?;
        if !ids.insert(id(line).unwrap_or_default()) {
            return Err(fault(place, number, "id", &format!("`{}` stands twice", rule.id)));
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn fault(place: &str, line: usize, field: &str, reason: &str) -> Error {
    Error::new(ErrorKind::Patterns, format!("{place}{line}: field {field}: {reason}"))
}

/// What is wrong with a row: the field and the reason.
type Fault = (&'static str, String);

fn row<'t>(
    mut values: impl Iterator<Item = &'t str>,
    has_host: bool,
    text: fn(&'t str) -> Cow<'static, str>,
) -> std::result::Result<Rule, Fault> {
    let mut fields = [""; COLUMNS.len()];
    for (field, column) in fields.iter_mut().zip(COLUMNS) {
        match values.next() {
            Some(value) => *field = value,
            // A row need not name a host where others do.
            None if column == HOST => {}
            None => return Err((column, "missing".to_owned())),
        }
    }
    if values.next().is_some() || !has_host && !fields.last().is_some_and(|host| host.is_empty()) {
        let (last, columns) = if has_host { (HOST, COLUMNS.len()) } else { ("source", COLUMNS.len() - 1) };
        return Err((last, format!("the row goes on behind it, where the header has {columns} columns")));
    }
    let [id, family, cue, position, strength, language, pattern, unless, example, counter_example, source, host] =
        fields;
    Ok(Rule {
        id: text(id),
        family: Family::from_name(family).ok_or_else(|| unknown("family", family))?,
        cue: read_cue(cue).ok_or_else(|| none_of("cue", cue, "name, phrase, line, url, element"))?,
        position: read_position(position).ok_or_else(|| none_of("position", position, "head, tail, any"))?,
        strength: read_strength(strength).ok_or_else(|| none_of("strength", strength, "weak, firm, strong"))?,
        language: text(language),
        pattern: text(pattern),
        unless: text(unless),
        example: text(example),
        counter_example: text(counter_example),
        source: text(source),
        host: text(host),
    })
}

/// What stands between the tabs of a line.
fn cells_of(line: &str) -> impl Iterator<Item = &str> {
    let ends = memchr_iter(b'\t', line.as_bytes()).chain(std::iter::once(line.len()));
    ends.scan(0, |start, end| line.get(std::mem::replace(start, end + 1)..end))
}

fn unknown(column: &'static str, value: &str) -> Fault {
    (column, format!("unknown value `{}`", value.escape_debug()))
}

fn none_of(column: &'static str, value: &str, known: &str) -> Fault {
    (column, format!("`{}` is none of {known}", value.escape_debug()))
}

/// Checks what the single fields cannot: the shape of the id, and what goes together.
fn check(mut rule: Rule) -> std::result::Result<Rule, Fault> {
    let language = if rule.language == "*" { "any" } else { &rule.language };
    let plain =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !plain(language) {
        return Err(unknown("language", &rule.language));
    }
    let mut words = rule.id.split('.');
    let shape = (words.next(), words.next(), words.next(), words.next());
    let (Some(first), Some(what), Some(last), None) = shape else {
        return Err(("id", format!("`{}` is not family.what.language", rule.id)));
    };
    if first != rule.family.name() || last != language || !plain(what) {
        return Err(("id", format!("`{}` is not {}.what.{language}", rule.id, rule.family.name())));
    }
    if rule.pattern.trim().is_empty() {
        return Err(("pattern", "empty".to_owned()));
    }
    if !rule.unless.is_empty() && matches!(rule.cue, Cue::Name | Cue::Url | Cue::Element) {
        return Err(("unless", "only for phrases and lines".to_owned()));
    }
    let is_host =
        |host: &str| host.contains('.') && !host.contains(['/', ':', ' ', '*']) && host == host.to_lowercase();
    // As hosts of documents are read.
    if let Some(bare) = rule.host.strip_prefix("www.") {
        rule.host = Cow::Owned(bare.to_owned());
    }
    if !rule.host.is_empty() && !is_host(&rule.host) {
        return Err((HOST, format!("`{}` is no host such as example.com", rule.host)));
    }
    Ok(rule)
}

fn read_cue(name: &str) -> Option<Cue> {
    match name {
        "name" => Some(Cue::Name),
        "phrase" => Some(Cue::Phrase),
        "line" => Some(Cue::Line),
        "url" => Some(Cue::Url),
        "element" => Some(Cue::Element),
        _ => None,
    }
}

fn read_position(name: &str) -> Option<Position> {
    match name {
        "head" => Some(Position::Head),
        "tail" => Some(Position::Tail),
        "any" => Some(Position::Any),
        _ => None,
    }
}

fn read_strength(name: &str) -> Option<Strength> {
    match name {
        "weak" => Some(Strength::Weak),
        "firm" => Some(Strength::Firm),
        "strong" => Some(Strength::Strong),
        _ => None,
    }
}
