//! Markdown: CommonMark with the pipe tables of GitHub Flavored Markdown, and YAML front matter.

use crate::document::{Block, BlockKind, ElementId, Extraction, Kind, Metadata};

use super::inline::{Break, inline, longest_run};
use super::table::{Cell, Content, Signs, bytes, grid, is_wide, share_row};
use super::text::{MOST_DEPTH, MOST_NUMBER, marker, with_headline};
use super::{decoded, item_of, kept, language, link, table_of};

/// The kept blocks as Markdown.
///
/// HTML: links are resolved against the page's address where it is known. Plain text: the kept lines as they are,
/// decoded, with U+FFFD for what cannot be decoded. Nothing kept gives an empty string.
#[must_use]
pub fn markdown(extraction: &Extraction<'_>) -> String {
    match extraction.document.kind {
        Kind::Html => {
            let plain = |headline: &str| format!("# {}", heading(inline(headline, &[], Break::Space, &|_| None)));
            with_headline(blocks(extraction), extraction, plain)
        }
        Kind::Text | Kind::Mail => decoded(extraction, &super::text(extraction)).into_owned(),
    }
}

/// YAML front matter with the fields that are known, and a blank line after it; empty where none is.
///
/// ```
/// let metadata = unboil::Metadata { title: Some("Ferry: news".to_owned()), ..unboil::Metadata::default() };
/// assert_eq!(unboil::render::front_matter(&metadata), "---\ntitle: \"Ferry: news\"\n---\n\n");
/// ```
#[must_use]
pub fn front_matter(metadata: &Metadata) -> String {
    let fields = [
        ("title", &metadata.title),
        ("author", &metadata.author),
        ("date", &metadata.date),
        ("site", &metadata.site),
        ("lang", &metadata.lang),
        ("url", &metadata.url),
        ("list", &metadata.list),
        ("message_id", &metadata.message_id),
        ("unsubscribe", &metadata.unsubscribe),
    ];
    let line = |(name, value): &(&str, &Option<String>)| {
        let value = value.as_ref()?;
        // A title may look like a date and is text.
        let plain = *name == "date" && is_date(value);
        Some(format!("{name}: {}\n", if plain { value.clone() } else { quoted(value) }))
    };
    let lines: String = fields.iter().filter_map(line).collect();
    if lines.is_empty() { lines } else { format!("---\n{lines}---\n\n") }
}

/// A double-quoted YAML scalar (YAML 1.2, section 7.3.1), because plain scalars such as `no` or `1: 2` are not always text.
fn quoted(value: &str) -> String {
    let mut out = String::from('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Line breaks of YAML 1.1, and what YAML calls not printable.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text is `YYYY-MM-DD` in digits.
fn is_date(value: &str) -> bool {
    value.len() == 10
        && value
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

fn blocks(extraction: &Extraction<'_>) -> String {
    let head = &extraction.document.head;
    let base = link::base(extraction.metadata.url.as_deref(), head.base.as_deref());
    let signs = Signs::of(&extraction.document);
    let mut writer = Writer { extraction, base, signs, out: String::new(), before: Before::Start, nesting: Vec::new() };
    let kept = kept(extraction);
    let blocks: Vec<&Block> = kept.iter().map(AsRef::as_ref).collect();
    let mut rest = blocks.as_slice();
    while let Some((block, after)) = rest.split_first() {
        if let BlockKind::TableCell { .. } = block.kind {
            let cells = rest.iter().take_while(|cell| writer.table(cell) == writer.table(block)).count();
            let (table, after) = rest.split_at(cells);
            writer.push_table(table);
            rest = after;
        } else {
            writer.push_block(block);
            rest = after;
        }
    }
    if !writer.out.is_empty() {
        writer.out.push('\n');
    }
    writer.out
}

/// What the block before was, as far as the next one must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Item,
    Quote,
    Other,
}

/// A list item around the next block.
#[derive(Debug, Clone, Copy)]
struct Level {
    depth: u8,
    /// Characters of its marker.
    width: usize,
    /// Its element and its list; `None` where they are not known.
    place: Option<(ElementId, ElementId)>,
    /// Its list follows another at once and has other marks.
    is_other: bool,
}

struct Writer<'e> {
    extraction: &'e Extraction<'e>,
    base: Option<String>,
    signs: Signs<'e>,
    out: String,
    before: Before,
    /// The list items around the next block, outermost first.
    nesting: Vec<Level>,
}

impl<'e> Writer<'e> {
    /// The table of a cell; `None` for any other block.
    fn table(&self, block: &Block) -> Option<u32> {
        match block.kind {
            BlockKind::TableCell { row, .. } => Some(table_of(&self.extraction.document, row)),
            _ => None,
        }
    }

    fn inline(&self, block: &Block, breaks: Break) -> String {
        let links = &self.extraction.document.links;
        let address = |number: u32| link::resolve(self.base.as_deref(), links.get(number as usize)?);
        inline(&block.text, &block.spans, breaks, &address)
    }

    fn push_block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading(level) => {
                let marks = "#".repeat(usize::from(level.clamp(1, 6)));
                let text = heading(self.inline(block, Break::Space));
                self.push_other(block, &format!("{marks} {text}"));
            }
            BlockKind::ListItem { depth, number } => self.push_item(block, depth, number),
            BlockKind::Quote => {
                let text = indented(&self.inline(block, Break::Hard), "> ");
                self.push_inside(Before::Quote, block, &format!("> {text}"));
            }
            BlockKind::Code => {
                let fence = "`".repeat((longest_run(&block.text, '`') + 1).max(3));
                let code = block.text.trim_end_matches(['\n', '\r']);
                let name = language::of(&self.extraction.document, block).unwrap_or_default();
                self.push_other(block, &format!("{fence}{name}\n{code}\n{fence}"));
            }
            BlockKind::Paragraph | BlockKind::Caption | BlockKind::Line | BlockKind::TableCell { .. } => {
                let text = self.inline(block, Break::Hard);
                self.push_other(block, &text);
            }
        }
    }

    fn push_item(&mut self, block: &Block, depth: u8, number: u32) {
        let outer = self.nesting.len().max(1);
        let place = item_of(&self.extraction.document, block);
        let list = |level: &Level| level.place.map(|(_, list)| list);
        let mut is_other = false;
        while let Some(level) = self.nesting.pop_if(|level| level.depth >= depth) {
            is_other = level.is_other != (list(&level) != place.map(|(_, list)| list));
        }
        let marker = if is_other { other_marker(number) } else { marker(number) };
        let indent = self.indent();
        let hanging = format!("{indent}{}", " ".repeat(marker.len()));
        if self.nesting.len() < usize::from(MOST_DEPTH) {
            self.nesting.push(Level { depth, width: marker.len(), place, is_other });
        }
        let text = indented(&self.inline(block, Break::Hard), &hanging);
        // Only a list that begins with 1 may follow its item's text without a blank line (CommonMark, section 5.2).
        let gap = if number > 1 && self.nesting.len() > outer { "\n" } else { "" };
        self.push(Before::Item, &format!("{gap}{indent}{marker}{text}"));
    }

    fn indent(&self) -> String {
        " ".repeat(self.nesting.iter().map(|level| level.width).sum())
    }

    /// Writes a block that is no item, below the item that it stands in.
    fn push_other(&mut self, block: &Block, text: &str) {
        self.push_inside(Before::Other, block, text);
    }

    fn push_inside(&mut self, kind: Before, block: &Block, text: &str) {
        let item = item_of(&self.extraction.document, block).map(|(item, _)| item);
        let is_around = |level: &Level| item.is_some() && level.place.map(|(item, _)| item) == item;
        let kept = self.nesting.iter().rposition(is_around).map_or(0, |at| at + 1);
        // Quotes that follow each other in one place are one.
        let goes_on = kind == Before::Quote && self.before == Before::Quote && kept == self.nesting.len();
        self.nesting.truncate(kept);
        let indent = self.indent();
        let text = format!("{indent}{}", indented(text, &indent));
        if goes_on {
            self.out.push_str(&format!("\n{indent}>\n{text}"));
        } else {
            self.push(kind, &text);
        }
    }

    /// Writes the cells of one table: runs of at least two rows with at least two cells each as pipe tables, other
    /// rows as paragraphs.
    fn push_table(&mut self, blocks: &[&'e Block]) {
        let rows: Vec<Vec<Cell<'e>>> =
            blocks.chunk_by(|one, two| share_row(one, two)).map(|row| self.signs.row(row)).collect();
        for run in runs(&rows) {
            if run.len() >= 2 {
                let table = self.pipe_table(&grid(run.to_vec()));
                self.push_table_part(blocks, &table);
            } else {
                for row in run {
                    let cells: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
                    self.push_table_part(blocks, &cells.join(" | "));
                }
            }
        }
    }

    fn push_table_part(&mut self, blocks: &[&Block], text: &str) {
        if let Some(first) = blocks.first() {
            self.push_other(first, text);
        }
    }

    /// Only the first row must have as many cells as any: those that others lack are empty to a reader (GFM, section 4.10).
    fn pipe_table(&self, rows: &[Vec<Cell<'e>>]) -> String {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines = Vec::new();
        for row in rows {
            let mut cells: Vec<String> = row.iter().map(|cell| self.cell(cell).replace('|', "\\|")).collect();
            if lines.is_empty() {
                cells.resize(columns, String::new());
            }
            lines.push(format!("| {} |", cells.join(" | ")));
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        lines.join("\n")
    }

    fn cell(&self, cell: &Cell<'_>) -> String {
        let text = |content: &Content<'_>| match content {
            Content::Block(block) => self.inline(block, Break::Space),
            Content::Sign(sign) => inline(sign, &[], Break::Space, &|_| None),
        };
        cell.contents.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    fn push(&mut self, kind: Before, text: &str) {
        self.out.push_str(match (self.before, kind) {
            (Before::Start, _) => "",
            (Before::Item, Before::Item) => "\n",
            _ => "\n\n",
        });
        self.out.push_str(text);
        self.before = kind;
    }
}

/// The marker of an item whose list follows another at once: with the same marks they would be one.
fn other_marker(number: u32) -> String {
    if number == 0 { "* ".to_owned() } else { format!("{}) ", number.min(MOST_NUMBER)) }
}

/// Rows of one short cell in a row that may stand within a table: other cells of theirs are empty, or a cell of a row above
/// reaches into them.
const NARROW_ROWS: usize = 2;
const NARROW_BYTES: usize = 200;

/// Rows that make a table together, and others one by one.
fn runs<'r, 'e>(rows: &'r [Vec<Cell<'e>>]) -> Vec<&'r [Vec<Cell<'e>>]> {
    let mut runs = Vec::new();
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let (run, after) = rest.split_at(if is_wide(first) { table_length(rest) } else { 1 });
        runs.push(run);
        rest = after;
    }
    runs
}

/// How many rows make a table with the first, which is a wide one.
fn table_length(rows: &[Vec<Cell<'_>>]) -> usize {
    let (mut length, mut narrow) = (1, 0);
    for (at, row) in rows.iter().enumerate() {
        (length, narrow) = if is_wide(row) { (at + 1, 0) } else { (length, narrow + 1) };
        if narrow > NARROW_ROWS || !is_wide(row) && bytes(row) > NARROW_BYTES {
            break;
        }
    }
    length
}

/// A heading whose last characters would be read as its closing marks.
fn heading(mut text: String) -> String {
    let before = text.trim_end_matches('#');
    if before.len() < text.len() && (before.is_empty() || before.ends_with(' ')) {
        text.pop();
        text.push_str("\\#");
    }
    text
}

/// A text with something in front of each line but the first.
fn indented(text: &str, indent: &str) -> String {
    text.replace('\n', &format!("\n{indent}"))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Sample};
    use super::*;
    use crate::document::{Charset, CharsetSource, SpanKind};

    fn item(depth: u8, number: u32) -> BlockKind {
        BlockKind::ListItem { depth, number }
    }

    #[test]
    fn each_kind_of_block_has_its_form() {
        let page = Sample::new()
            .keep(BlockKind::Heading(1), "The C# #")
            .keep(BlockKind::Paragraph, "1. The pier\nis open.")
            .drop(BlockKind::Paragraph, "Menu")
            .keep(BlockKind::Quote, "We waited\nnine days.")
            .keep(BlockKind::Quote, "Ten.")
            .keep(BlockKind::Code, "  let s = \"```\";\n\n")
            .keep(BlockKind::Heading(9), "Deep\ndown")
            .keep(BlockKind::Caption, "The *pier*.");
        assert_eq!(
            markdown(&page.html()),
            "# The C# \\#\n\n1\\. The pier\\\nis open.\n\n> We waited\\\n> nine days.\n>\n> Ten.\n\n\
             ````\n  let s = \"```\";\n````\n\n###### Deep down\n\nThe \\*pier\\*.\n"
        );
    }

    #[test]
    fn marks_at_the_end_of_a_heading_stay() {
        for (text, expected) in [("#", "# \\#\n"), ("a ##", "# a #\\#\n"), ("C#", "# C#\n"), ("a\n#", "# a \\#\n")] {
            assert_eq!(markdown(&Sample::new().keep(BlockKind::Heading(1), text).html()), expected, "{text}");
        }
    }

    #[test]
    fn items_are_indented_under_what_is_kept_above_them() {
        let page = Sample::new()
            .keep(item(1, 9), "nine")
            .keep(item(1, 10), "ten\nx")
            .keep(item(2, 0), "under ten")
            .keep(item(4, 0), "far under")
            .keep(item(2, 0), "under ten too")
            .keep(item(1, 11), "eleven")
            .keep(item(2, 2), "second under eleven")
            .keep(BlockKind::Paragraph, "Between.")
            .keep(item(3, 0), "alone");
        assert_eq!(
            markdown(&page.html()),
            "9. nine\n10. ten\\\n    x\n    - under ten\n      - far under\n    - under ten too\n11. eleven\n\n\
             \u{20}   2. second under eleven\n\nBetween.\n\n\
             - alone\n"
        );
    }

    #[test]
    fn rows_with_several_cells_become_pipe_tables() {
        let cell = |row, column| BlockKind::TableCell { row, column };
        let page = Sample::new()
            .keep(cell(1, 0), "One cell")
            .keep(cell(2, 0), "Day")
            .keep(cell(2, 1), "a|b")
            .keep(cell(3, 0), "Monday\nearly")
            .keep(cell(3, 1), "07:10")
            .keep(cell(3, 2), "extra")
            .keep(cell(4, 0), "alone")
            .keep(cell(5, 0), "x")
            .keep(cell(5, 1), "y")
            .keep(BlockKind::Paragraph, "End.");
        assert_eq!(
            markdown(&page.html()),
            "One cell\n\n| Day | a\\|b |  |\n| --- | --- | --- |\n| Monday early | 07:10 | extra |\n\
             | alone |\n| x | y |\n\nEnd.\n"
        );
    }

    #[test]
    fn tables_that_follow_each_other_stay_two() {
        let mut page = Sample::new();
        let rows = [page.row_of_new_table(), page.row_of_new_table()];
        for row in rows {
            page = page
                .keep(BlockKind::TableCell { row, column: 0 }, "a")
                .keep(BlockKind::TableCell { row, column: 1 }, "b");
        }
        assert_eq!(markdown(&page.html()), "a | b\n\na | b\n");
    }

    #[test]
    fn links_are_resolved_against_base_and_address() {
        let mut page = Sample::new()
            .keep(BlockKind::Paragraph, "Timetable, menu and top")
            .link("../t.html", "Timetable")
            .link("javascript:open()", "menu")
            .link("#top", "top");
        assert_eq!(markdown(&page.html()), "[Timetable](../t.html), menu and [top](#top)\n");
        page.metadata.url = Some("https://harbour.example/news/a.html".to_owned());
        assert_eq!(
            markdown(&page.html()),
            "[Timetable](https://harbour.example/t.html), menu and [top](https://harbour.example/news/a.html#top)\n"
        );
        page.document.head.base = Some("/x/y/".to_owned());
        assert_eq!(
            markdown(&page.html()),
            "[Timetable](https://harbour.example/x/t.html), menu and [top](https://harbour.example/x/y/#top)\n"
        );
    }

    #[test]
    fn spans_stand_in_headings_items_and_cells() {
        let cell = |row, column| BlockKind::TableCell { row, column };
        let page = Sample::new()
            .keep(BlockKind::Heading(2), "On code")
            .span(SpanKind::Code, "code")
            .keep(item(1, 0), "very old")
            .span(SpanKind::Emphasis, "very")
            .keep(cell(1, 0), "b|c")
            .span(SpanKind::Code, "b|c")
            .keep(cell(1, 1), "d")
            .keep(cell(2, 0), "e")
            .keep(cell(2, 1), "f");
        assert_eq!(
            markdown(&page.html()),
            "## On `code`\n\n- *very* old\n\n| `b\\|c` | d |\n| --- | --- |\n| e | f |\n"
        );
    }

    #[test]
    fn plain_text_stays_as_it_is_but_decoded() {
        let mut text = sample::lines(b"# caf\xE9\n\n* x\n", &[(0..1, true), (2..3, true)]);
        assert_eq!(markdown(&text.extraction()), "# caf\u{fffd}\n\n* x\n");
        text.charset = Charset { name: "windows-1252", source: CharsetSource::Detected, overruled: None };
        assert_eq!(markdown(&text.extraction()), "# café\n\n* x\n");
    }

    #[test]
    fn nothing_kept_is_empty() {
        assert_eq!(markdown(&Sample::new().drop(BlockKind::Paragraph, "Menu").html()), "");
    }

    #[test]
    fn front_matter_quotes_what_is_not_a_date() {
        let metadata = Metadata {
            title: Some("\"No\": a \\ b\nc\u{2028}\u{7f}".to_owned()),
            author: None,
            date: Some("2024-02-29".to_owned()),
            site: Some("no".to_owned()),
            lang: Some("de-AT".to_owned()),
            url: Some("https://a/?b#c".to_owned()),
            ..Metadata::default()
        };
        assert_eq!(
            front_matter(&metadata),
            "---\ntitle: \"\\\"No\\\": a \\\\ b\\nc\\u2028\\u007F\"\ndate: 2024-02-29\nsite: \"no\"\nlang: \"de-AT\"\n\
             url: \"https://a/?b#c\"\n---\n\n"
        );
        // A date is text elsewhere, and text that is no date is text there.
        let metadata =
            Metadata { title: Some("1984-01-01".to_owned()), date: Some("May 2024".to_owned()), ..Metadata::default() };
        assert_eq!(front_matter(&metadata), "---\ntitle: \"1984-01-01\"\ndate: \"May 2024\"\n---\n\n");
        assert_eq!(front_matter(&Metadata::default()), "");
    }
}
