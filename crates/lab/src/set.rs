//! Sets of pages with gold: the one way in which any command reads them.
//!
//! In comes a path; out comes a [`Set`] whose pages are listed but not yet read. A set is one of three:
//! - a folder with `truth.jsonl.gz` (one object a page) and `html/ID.html.gz` (the raw bytes);
//! - a file `NAME.jsonl.gz` of letters or texts: the input is the message `eml`, or else the text `raw`, which is a
//!   letter too if its row has gold that only letters have;
//! - a corpus folder, with a folder for each page: `page.html`, `page.txt` or `page.eml`, `gold.txt`, `about.json`.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use unboil::{Kind, Record};

use crate::error::{Result, at};
use crate::folds::fold;
use crate::score::Gold;

/// Headlines of pages that a bulletin is made of.
const HEADLINES: usize = 14;

/// Pages with their gold, in a fixed order.
#[derive(Debug)]
pub(crate) struct Set {
    /// The last part of its path, without `.jsonl.gz`.
    pub(crate) name: String,
    /// Its pages.
    pub(crate) pages: Vec<Page>,
}

/// One page, letter or text with its gold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Unique in its set.
    pub(crate) id: String,
    /// Its address.
    pub(crate) url: Option<String>,
    /// The list or the sender of a letter: letters of one never stand on both sides of a fold.
    pub(crate) sender: Option<String>,
    /// A language code; `und` or `None` where it is unknown.
    pub(crate) lang: Option<String>,
    /// The type of page: `article`, `forum`, ….
    pub(crate) page_type: Option<String>,
    /// HTML or text.
    pub(crate) kind: Kind,
    /// The true headline.
    pub(crate) title: Option<String>,
    /// The true authors, as one line.
    pub(crate) author: Option<String>,
    /// The true day of publication, `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    /// The main content.
    pub(crate) body: String,
    /// Snippets that must occur in the output.
    pub(crate) with: Vec<String>,
    /// Snippets of boilerplate.
    pub(crate) without: Vec<String>,
    /// Gold that only letters have.
    pub(crate) letter: Option<LetterGold>,
    source: Source,
}

/// The gold of a letter beside its body; what a set does not know is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LetterGold {
    /// The body with what it quotes.
    pub(crate) with_quotes: Option<String>,
    /// The footer of the list manager; an empty one says that there is none.
    pub(crate) footer: Option<String>,
    /// Label and text of each line.
    pub(crate) lines: Vec<(String, String)>,
}

/// Where the bytes of a page are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Gzip(PathBuf),
    Plain(PathBuf),
    Inline(Vec<u8>),
}

impl Page {
    /// Reads the bytes of the page.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        match &self.source {
            Source::Inline(bytes) => Ok(bytes.clone()),
            Source::Plain(path) => fs::read(path).map_err(|error| at(path.display(), error)),
            Source::Gzip(path) => {
                let file = File::open(path).map_err(|error| at(path.display(), error))?;
                let mut bytes = Vec::new();
                MultiGzDecoder::new(file).read_to_end(&mut bytes).map_err(|error| at(path.display(), error))?;
                Ok(bytes)
            }
        }
    }

    /// The page as the extractor gets it.
    pub(crate) fn record(&self) -> Result<Record> {
        let record = Record::new(self.bytes()?).id(self.id.as_str()).kind(self.kind);
        Ok(match &self.url {
            Some(url) => record.url(url.as_str()),
            None => record,
        })
    }

    /// What its output is scored against.
    pub(crate) fn gold(&self) -> Gold<'_> {
        Gold { body: &self.body, with: &self.with, without: &self.without }
    }

    /// Whether each part of `key`, divided by `/`, is its type or its language.
    fn is_in(&self, key: &str) -> bool {
        key.split('/').all(|part| self.page_type.as_deref() == Some(part) || self.lang.as_deref() == Some(part))
    }
}

impl Set {
    /// Lists the pages of the set at `path`. The inputs of HTML sets are read later, by [`Page::bytes`].
    ///
    /// # Errors
    /// A path that is no set, a row that is no object, a row without `id` or `body`, an id that occurs twice.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let truth = path.join("truth.jsonl.gz");
        let pages = if path.is_file() {
            rows(path)?.iter().map(letter).collect::<Result<Vec<_>>>()
        } else if truth.is_file() {
            rows(&truth)?.iter().map(|row| web_page(row, &path.join("html"))).collect()
        } else {
            corpus(path)
        };
        let pages = pages.map_err(|error| at(path.display(), error))?;
        if let Some(id) = twice(&pages) {
            return Err(at(path.display(), format_args!("the id `{id}` occurs twice")));
        }
        Ok(Self { name: name(path), pages })
    }

    /// The headlines of a page and of the next ones in its language and fold, so that none stands on both sides of one.
    pub(crate) fn headlines_beside(&self, page: &Page) -> Vec<&str> {
        let at = self.pages.iter().position(|other| other.id == page.id).unwrap_or(0);
        let (before, after) = self.pages.split_at(at);
        let alike = |other: &&Page| other.lang == page.lang && fold(other) == fold(page);
        let titles = after.iter().chain(before).filter(alike).filter_map(|other| other.title.as_deref());
        titles.map(str::trim).filter(|title| !title.is_empty()).take(HEADLINES).collect()
    }

    /// Keeps the pages whose type or language is `only` (`article`, `de`, `article/de`), and of these the first
    /// `limit`.
    pub(crate) fn select(&mut self, only: Option<&str>, limit: Option<usize>) {
        if let Some(key) = only {
            self.pages.retain(|page| page.is_in(key));
        }
        self.pages.truncate(limit.unwrap_or(usize::MAX));
    }

    /// The page with this id.
    pub(crate) fn page(&self, id: &str) -> Result<&Page> {
        self.pages.iter().find(|page| page.id == id).ok_or_else(|| at(&self.name, format_args!("no page `{id}`")))
    }
}

/// The name of the set at a path, which need not exist.
pub(crate) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    name.strip_suffix(".jsonl.gz").unwrap_or(&name).to_owned()
}

fn twice(pages: &[Page]) -> Option<&str> {
    let mut ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    ids.sort_unstable();
    ids.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

fn rows(path: &Path) -> Result<Vec<Value>> {
    let file = File::open(path).map_err(|error| at(path.display(), error))?;
    BufReader::new(MultiGzDecoder::new(file))
        .lines()
        .enumerate()
        .map(|(at_line, line)| {
            let place = format!("{}:{}", path.display(), at_line + 1);
            serde_json::from_str(&line.map_err(|error| at(&place, error))?).map_err(|error| at(&place, error))
        })
        .collect()
}

/// The page of a row of a plain text.
pub(crate) fn text(row: &Value) -> Result<Page> {
    let raw = required(row, "raw")?;
    page(row, required(row, "id")?, required(row, "body")?, Kind::Text, Source::Inline(raw.into_bytes()))
}

/// The page of one row of a file of letters or texts.
pub(crate) fn letter(row: &Value) -> Result<Page> {
    let raw = required(row, "raw")?;
    let Some(gold) = letter_gold(row)? else { return text(row) };
    let message = message(row, &raw)?;
    let page = page(row, required(row, "id")?, required(row, "body")?, Kind::Mail, Source::Inline(message))?;
    Ok(Page { letter: Some(gold), ..page })
}

/// What a row says of a letter; `None` for a row of a plain text.
fn letter_gold(row: &Value) -> Result<Option<LetterGold>> {
    if ["eml", "footer", "lines", "body_keep_quotes"].iter().all(|field| row.get(field).is_none()) {
        return Ok(None);
    }
    Ok(Some(LetterGold {
        with_quotes: optional(row, "body_keep_quotes")?,
        footer: row.get("footer").and_then(Value::as_str).map(str::to_owned),
        lines: labelled_lines(row)?,
    }))
}

/// Lines as `[[label, text, …], …]`; a label of null is one that nobody gave.
fn labelled_lines(row: &Value) -> Result<Vec<(String, String)>> {
    let wrong = || at(row.get("id").unwrap_or(&Value::Null), "`lines` is not a list of labels and texts");
    let line = |line: &Value| match line.as_array().map(Vec::as_slice) {
        Some([Value::String(label), Value::String(text), ..]) => Ok((label.clone(), text.clone())),
        Some([Value::Null, Value::String(text), ..]) => Ok((String::new(), text.clone())),
        _ => Err(wrong()),
    };
    match row.get("lines") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(lines) => lines.as_array().ok_or_else(wrong)?.iter().map(line).collect(),
    }
}

/// The whole message: as it is known, one character a byte, or the text under the headers that are known.
fn message(row: &Value, raw: &str) -> Result<Vec<u8>> {
    const BARE: &str = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8";
    if let Some(message) = optional(row, "eml")? {
        let bytes: Option<Vec<u8>> = message.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        return bytes.ok_or_else(|| at(required(row, "id").unwrap_or_default(), "`eml` is not one character a byte"));
    }
    // `raw` is decoded, whatever the headers say of its encoding.
    let headers = optional(row, "headers")?.unwrap_or_default();
    let told = headers.lines().filter(|line| !line.to_ascii_lowercase().starts_with("content-"));
    let told: String =
        told.filter(|line| !line.to_ascii_lowercase().starts_with("mime-")).map(|line| format!("{line}\n")).collect();
    Ok(format!("{told}{BARE}\n\n{raw}").into_bytes())
}

fn web_page(row: &Value, html: &Path) -> Result<Page> {
    let id = required(row, "id")?;
    let source = Source::Gzip(html.join(format!("{id}.html.gz")));
    page(row, id, required(row, "body")?, Kind::Html, source)
}

fn corpus(path: &Path) -> Result<Vec<Page>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(path)? {
        folders.push(entry?.path());
    }
    folders.sort();
    let pages: Vec<Page> =
        folders.iter().filter_map(|folder| corpus_page(folder).transpose()).collect::<Result<_>>()?;
    if pages.is_empty() {
        return Err("no set: neither truth.jsonl.gz nor folders with page.html, page.txt or page.eml".into());
    }
    Ok(pages)
}

/// The page in a folder; `None` for what is no page folder.
fn corpus_page(folder: &Path) -> Result<Option<Page>> {
    const FILES: [(&str, Kind); 3] = [("page.html", Kind::Html), ("page.txt", Kind::Text), ("page.eml", Kind::Mail)];
    let mut files = FILES.iter().map(|(name, kind)| (folder.join(name), *kind)).filter(|(path, _)| path.is_file());
    let Some((file, kind)) = files.next() else { return Ok(None) };
    if files.next().is_some() {
        return Err(at(folder.display(), "more than one of page.html, page.txt and page.eml"));
    }
    let source = Source::Plain(file);
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|error| at(path.display(), error))
    };
    let about: Value =
        serde_json::from_str(&read("about.json")?).map_err(|error| at(folder.join("about.json").display(), error))?;
    page(&about, name(folder), read("gold.txt")?, kind, source).map(Some).map_err(|error| at(folder.display(), error))
}

fn page(row: &Value, id: String, body: String, kind: Kind, source: Source) -> Result<Page> {
    Ok(Page {
        url: optional(row, "url")?,
        sender: optional(row, "list")?.or(optional(row, "sender")?),
        lang: optional(row, "lang")?,
        page_type: optional(row, "type")?,
        title: optional(row, "title")?,
        author: optional(row, "author")?,
        date: optional(row, "date")?,
        with: list(row, "with")?,
        without: list(row, "without")?,
        id,
        kind,
        body,
        letter: None,
        source,
    })
}

fn required(row: &Value, field: &str) -> Result<String> {
    match row.get(field) {
        Some(Value::String(text)) => Ok(text.clone()),
        _ => Err(at(row.get("id").unwrap_or(&Value::Null), format_args!("`{field}` is not a string"))),
    }
}

/// A field that may be missing, null or empty.
fn optional(row: &Value, field: &str) -> Result<Option<String>> {
    match row.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(_) => required(row, field).map(Some),
    }
}

fn list(row: &Value, field: &str) -> Result<Vec<String>> {
    let wrong = || at(row.get("id").unwrap_or(&Value::Null), format_args!("`{field}` is not a list of strings"));
    match row.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bare(id: &str, kind: Kind, source: Source) -> Page {
        Page {
            id: id.to_owned(),
            url: None,
            sender: None,
            lang: None,
            page_type: None,
            kind,
            title: None,
            author: None,
            date: None,
            body: "Gold.".to_owned(),
            with: Vec::new(),
            without: Vec::new(),
            letter: None,
            source,
        }
    }

    #[test]
    fn every_field_of_a_row_is_read() -> Result<()> {
        let row = json!({"id": "7", "url": "https://a.test/", "lang": "de", "type": "forum", "title": "T", "author": "A",
            "date": "2026-02-03", "body": "Gold.", "with": ["a", "b"], "without": ["c"], "more": 1});
        let text = |text: &str| Some(text.to_owned());
        let expected = Page {
            url: text("https://a.test/"),
            lang: text("de"),
            page_type: text("forum"),
            title: text("T"),
            author: text("A"),
            date: text("2026-02-03"),
            with: vec!["a".to_owned(), "b".to_owned()],
            without: vec!["c".to_owned()],
            ..bare("7", Kind::Html, Source::Gzip(PathBuf::from("html/7.html.gz")))
        };
        assert_eq!(web_page(&row, Path::new("html"))?, expected);
        Ok(())
    }

    #[test]
    fn missing_null_and_empty_fields_are_unknown() -> Result<()> {
        let expected = bare("7", Kind::Text, Source::Inline(b"Raw.".to_vec()));
        let least = json!({"id": "7", "raw": "Raw.", "body": "Gold."});
        let nulls =
            json!({"id": "7", "raw": "Raw.", "body": "Gold.", "url": null, "lang": "", "with": null, "without": []});
        assert_eq!(letter(&least)?, expected);
        assert_eq!(letter(&nulls)?, expected);
        Ok(())
    }

    #[test]
    fn a_field_of_the_wrong_type_is_an_error_that_names_page_and_field() {
        let cases = [
            (json!({"raw": "", "body": ""}), "null: `id` is not a string"),
            (json!({"id": "7", "body": ""}), "\"7\": `raw` is not a string"),
            (json!({"id": "7", "raw": "", "body": "", "url": 3}), "\"7\": `url` is not a string"),
            (json!({"id": "7", "raw": "", "body": "", "with": "a"}), "\"7\": `with` is not a list of strings"),
            (json!({"id": "7", "raw": "", "body": "", "without": [1]}), "\"7\": `without` is not a list of strings"),
        ];
        for (row, message) in cases {
            assert_eq!(letter(&row).map_err(|error| error.to_string()), Err(message.to_owned()), "{row}");
        }
    }

    #[test]
    fn a_key_names_type_language_or_both() {
        let text = |text: &str| Some(text.to_owned());
        let source = Source::Inline(Vec::new());
        let page = Page { page_type: text("forum"), lang: text("de"), ..bare("7", Kind::Text, source) };
        for (key, is_in) in
            [("forum", true), ("de", true), ("forum/de", true), ("de/forum", true), ("forum/en", false), ("", false)]
        {
            assert_eq!(page.is_in(key), is_in, "{key:?}");
        }
    }

    #[test]
    fn a_set_is_named_after_its_path() {
        for (path, expected) in
            [("a/wcxb-dev", "wcxb-dev"), ("a/b/", "b"), ("mail/list.jsonl.gz", "list"), ("x.gz", "x.gz")]
        {
            assert_eq!(name(Path::new(path)), expected);
        }
    }
}
