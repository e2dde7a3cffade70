//! HTML: the kept blocks as a fragment of a few elements, or as a whole page.
//!
//! Nothing of the input's markup is copied. Elements are written here, from a fixed list, and the attributes that take
//! a value of the input are `href`, of a few schemes, and the `class` of code, of a few characters. So scripts, handlers,
//! styles and embedded data cannot come out, whatever the page holds.

use crate::document::{Block, BlockKind, ElementId, Extraction, Kind, Span, SpanKind, Tag};

use super::table::{Cell, Content, Signs, grid, share_row};
use super::{decoded, definition_of, item_of, kept, language, link, table_of};

/// Schemes of the addresses that are printed; others are printed as plain text. An address without one leads to the place
/// that the reader of the output is on.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The kept blocks as HTML: `h1` to `h6`, `p`, `ul`, `ol`, `li`, `dl`, `dt`, `dd`, `blockquote`, `pre`, `table`, `tr`,
/// `th`, `td`, and inside them `a href`, `em`, `strong`, `code`, `sup`, `sub`, `del`, `br`.
///
/// Links are resolved against the page's address where it is known. A plain text is one `pre`. Nothing kept gives an empty
/// string.
#[must_use]
pub fn html(extraction: &Extraction<'_>) -> String {
    if extraction.document.kind != Kind::Html {
        let text = super::text(extraction);
        return if text.is_empty() { String::new() } else { element("pre", &escaped(&decoded(extraction, &text))) };
    }
    let mut writer = Writer::new(extraction);
    if let Some(headline) = &extraction.headline {
        writer.out = element("h1", &escaped(headline));
    }
    let empty = writer.out.len();
    let kept = kept(extraction);
    let blocks: Vec<&Block> = kept.iter().map(AsRef::as_ref).collect();
    let runs: Vec<&[&Block]> = blocks.chunk_by(|one, two| writer.are_one(one, two)).collect();
    runs.into_iter().for_each(|run| writer.run(run));
    if writer.out.len() == empty { String::new() } else { writer.out }
}

/// The kept blocks as a page of their own, with what is known about the document in its head.
#[must_use]
pub fn html_page(extraction: &Extraction<'_>) -> String {
    let metadata = &extraction.metadata;
    let lang = metadata.lang.as_ref().map_or_else(String::new, |lang| format!(" lang=\"{}\"", quoted(lang)));
    let named = [("author", &metadata.author), ("date", &metadata.date), ("application-name", &metadata.site)];
    let metas = named.iter().filter_map(|(name, value)| value.as_ref().map(|value| (name, value)));
    let metas: String =
        metas.map(|(name, value)| format!("<meta name=\"{name}\" content=\"{}\">\n", quoted(value))).collect();
    let canonical = metadata.url.as_deref().and_then(|url| address(None, url));
    let canonical =
        canonical.map_or_else(String::new, |url| format!("<link rel=\"canonical\" href=\"{}\">\n", quoted(&url)));
    let title = metadata.title.as_deref().unwrap_or_default();
    format!(
        "<!doctype html>\n<html{lang}>\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n{metas}{canonical}</head>\n<body>\n{}</body>\n</html>\n",
        escaped(title),
        html(extraction)
    )
}

/// An address to print; `None` for one that might do anything but lead to a place.
fn address(base: Option<&str>, href: &str) -> Option<String> {
    let address = link::resolve(base, href)?;
    let scheme = address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    scheme.is_none_or(|scheme| SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))).then_some(address)
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>\n")
}

/// Text as content. HTML does not allow control characters: a carriage return alone ends a line, and for others stands
/// a space.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text as a value between double quotes.
fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

struct Writer<'e> {
    extraction: &'e Extraction<'e>,
    signs: Signs<'e>,
    base: Option<String>,
    out: String,
}

impl<'e> Writer<'e> {
    fn new(extraction: &'e Extraction<'e>) -> Self {
        let head = &extraction.document.head;
        let base = link::base(extraction.metadata.url.as_deref(), head.base.as_deref());
        Self { extraction, signs: Signs::of(&extraction.document), base, out: String::new() }
    }

    /// Whether two blocks in a row are parts of one list, one table or one quote.
    fn are_one(&self, one: &Block, two: &Block) -> bool {
        let item = |block| item_of(&self.extraction.document, block);
        let is_item = |block: &Block| matches!(block.kind, BlockKind::ListItem { .. });
        if self.are_one_part(one, two) {
            return true;
        }
        match (is_item(one), is_item(two)) {
            (true, true) => true,
            (false, true) => item(one).is_some(),
            _ => item(one).zip(item(two)).is_some_and(|((one, _), (two, _))| self.is_within(one, two)),
        }
    }

    /// Whether two blocks in a row that are no items are parts of one table, one quote or one list of definitions.
    fn are_one_part(&self, one: &Block, two: &Block) -> bool {
        let document = &self.extraction.document;
        match (one.kind, two.kind) {
            (BlockKind::Quote, BlockKind::Quote) => item_of(document, one) == item_of(document, two),
            (BlockKind::TableCell { row, .. }, BlockKind::TableCell { row: other, .. }) => {
                table_of(document, row) == table_of(document, other)
            }
            (BlockKind::Paragraph, BlockKind::Paragraph) => {
                let list = |block| definition_of(document, block).map(|(list, _)| list);
                list(one).is_some() && list(one) == list(two) && item_of(document, one) == item_of(document, two)
            }
            _ => false,
        }
    }

    /// Whether an element is another or stands in it.
    fn is_within(&self, inner: ElementId, outer: ElementId) -> bool {
        let outline = &self.extraction.document.outline;
        outline.elements.get(outer as usize).is_some_and(|element| (outer..element.end).contains(&inner))
    }

    fn run(&mut self, blocks: &[&'e Block]) {
        let is_list = blocks.first().is_some_and(|first| matches!(first.kind, BlockKind::ListItem { .. }));
        if is_list {
            let list = self.list(blocks);
            self.out.push_str(&list);
            return;
        }
        // What stands in an item of which nothing is kept stands by itself, up to the next item.
        let items = blocks.iter().position(|block| matches!(block.kind, BlockKind::ListItem { .. }));
        let (blocks, items) = blocks.split_at(items.unwrap_or(blocks.len()));
        let parts = self.parts(blocks);
        self.out.push_str(&parts);
        if !items.is_empty() {
            self.run(items);
        }
    }

    /// Blocks that are no items.
    fn parts(&self, blocks: &[&'e Block]) -> String {
        blocks.chunk_by(|one, two| self.are_one_part(one, two)).map(|part| self.part(part)).collect()
    }

    fn part(&self, blocks: &[&'e Block]) -> String {
        let Some(first) = blocks.first() else { return String::new() };
        let text = |block: &&Block| self.inline(block);
        match first.kind {
            BlockKind::TableCell { .. } => self.table(blocks),
            BlockKind::Quote => {
                let paragraphs: String = blocks.iter().map(|block| element("p", &text(block))).collect();
                element("blockquote", &format!("\n{paragraphs}"))
            }
            BlockKind::Code => self.code(first),
            BlockKind::Heading(level) => element(&format!("h{}", level.clamp(1, 6)), &text(first)),
            BlockKind::Paragraph => self.definitions(blocks),
            BlockKind::Caption | BlockKind::Line | BlockKind::ListItem { .. } => element("p", &text(first)),
        }
    }

    /// Code, with its language as HTML's own example notes it.
    fn code(&self, block: &Block) -> String {
        let name = language::of(&self.extraction.document, block);
        let class = name.map_or_else(String::new, |name| format!(" class=\"language-{}\"", quoted(&name)));
        format!("<pre><code{class}>{}</code></pre>\n", escaped(block.text.trim_end_matches(['\n', '\r'])))
    }

    /// Terms and their descriptions; one without any term stands by itself.
    fn definitions(&self, blocks: &[&'e Block]) -> String {
        let part = |block: &&Block| definition_of(&self.extraction.document, block).map_or("p", |(_, tag)| tag.name());
        let has_term = blocks.iter().any(|block| part(block) == Tag::Dt.name());
        let of = |block: &&Block| element(if has_term { part(block) } else { "p" }, &self.inline(block));
        let parts: String = blocks.iter().map(of).collect();
        if has_term { element("dl", &format!("\n{parts}")) } else { parts }
    }

    /// Every row has as many cells as any.
    fn table(&self, blocks: &[&'e Block]) -> String {
        let rows = blocks.chunk_by(|one, two| share_row(one, two)).map(|row| self.signs.row(row)).collect();
        let rows = grid(rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let row = |row: &Vec<Cell<'_>>| {
            let cells: String = row.iter().map(|cell| self.cell(cell)).collect();
            element("tr", &format!("{cells}{}", "<td></td>".repeat(columns - row.len())))
        };
        element("table", &format!("\n{}", rows.iter().map(row).collect::<String>()))
    }

    fn cell(&self, cell: &Cell<'_>) -> String {
        let text = |content: &Content<'_>| match content {
            Content::Block(block) => self.inline(block),
            Content::Sign(sign) => escaped(sign),
        };
        let is_head = |content: &Content<'_>| match content {
            Content::Block(block) => self.extraction.document.outline.element(block.element).tag == Tag::Th,
            Content::Sign(_) => false,
        };
        let name = if cell.contents.iter().any(is_head) { "th" } else { "td" };
        format!("<{name}>{}</{name}>", cell.contents.iter().map(text).collect::<Vec<_>>().join(" "))
    }

    /// Items with their lists and other blocks inside each other.
    fn list(&self, blocks: &[&'e Block]) -> String {
        let mut out = String::new();
        let mut open: Vec<List> = Vec::new();
        let is_item = |block: &Block| matches!(block.kind, BlockKind::ListItem { .. });
        let item = |block: &Block| item_of(&self.extraction.document, block);
        for part in blocks.chunk_by(|one, two| !is_item(one) && !is_item(two) && item(one) == item(two)) {
            let Some(first) = part.first() else { continue };
            let place = item(first);
            match first.kind {
                BlockKind::ListItem { depth, number } => {
                    let name = if number == 0 { "ul" } else { "ol" };
                    let list = List { depth, name, number, place };
                    open_item(&mut out, &mut open, list);
                    out.push_str(&self.inline(first));
                }
                _ => {
                    let is_around = |list: &List| {
                        list.place.zip(place).is_some_and(|((outer, _), (inner, _))| self.is_within(inner, outer))
                    };
                    let around = open.iter().rposition(is_around).map_or(0, |inner| inner + 1);
                    while open.len() > around {
                        close(&mut out, &mut open);
                    }
                    if !open.is_empty() {
                        out.push('\n');
                    }
                    out.push_str(&self.parts(part));
                }
            }
        }
        while !open.is_empty() {
            close(&mut out, &mut open);
        }
        out
    }

    /// The text of a block with its spans. Spans that cross are cut where the outer one ends.
    fn inline(&self, block: &Block) -> String {
        let text = block.text.trim_end();
        let mut out = String::new();
        let mut at = 0;
        // Where each open element ends, and its end tag; outermost first.
        let mut open: Vec<(usize, &str)> = Vec::new();
        let copy = |out: &mut String, at: &mut usize, to: usize| {
            let piece = text.get(*at..to).unwrap_or_default();
            out.push_str(&escaped(piece).replace('\n', "<br>\n"));
            *at = to.max(*at);
        };
        for span in &block.spans {
            let start = (span.range.start as usize).min(text.len());
            let end = (span.range.end as usize).min(text.len());
            while let Some((end, tag)) = open.pop_if(|(end, _)| *end <= start) {
                copy(&mut out, &mut at, end);
                out.push_str(tag);
            }
            copy(&mut out, &mut at, start);
            let end = open.last().map_or(end, |(outer, _)| end.min(*outer));
            let Some((first, last)) = self.tags(span, &open).filter(|_| start < end) else { continue };
            out.push_str(&first);
            open.push((end, last));
        }
        while let Some((end, tag)) = open.pop() {
            copy(&mut out, &mut at, end);
            out.push_str(tag);
        }
        copy(&mut out, &mut at, text.len());
        out
    }

    /// The tags of a span; `None` for a link that is not printed, or one inside another.
    fn tags(&self, span: &Span, open: &[(usize, &str)]) -> Option<(String, &'static str)> {
        Some(match span.kind {
            SpanKind::Emphasis => ("<em>".to_owned(), "</em>"),
            SpanKind::Strong => ("<strong>".to_owned(), "</strong>"),
            SpanKind::Code => ("<code>".to_owned(), "</code>"),
            SpanKind::Superscript => ("<sup>".to_owned(), "</sup>"),
            SpanKind::Subscript => ("<sub>".to_owned(), "</sub>"),
            SpanKind::Deleted => ("<del>".to_owned(), "</del>"),
            // The colours of a page are not kept.
            SpanKind::Coloured(_) => return None,
            SpanKind::Link(number) => {
                let is_nested = open.iter().any(|(_, tag)| *tag == "</a>");
                let href = self.extraction.document.links.get(number as usize).filter(|_| !is_nested)?;
                let address = address(self.base.as_deref(), href)?;
                (format!("<a href=\"{}\">", quoted(&address)), "</a>")
            }
        })
    }
}

/// An open list, with its open item.
#[derive(Debug, Clone, Copy)]
struct List {
    depth: u8,
    name: &'static str,
    /// The number of the item; 0 in an unordered list.
    number: u32,
    /// The elements of the item and of its list; `None` where they are not known.
    place: Option<(ElementId, ElementId)>,
}

/// Opens an item, and its list where that is another.
fn open_item(out: &mut String, open: &mut Vec<List>, list: List) {
    while open.last().is_some_and(|inner| inner.depth > list.depth) {
        close(out, open);
    }
    let element = |list: &List| list.place.map(|(_, element)| element);
    let same = |known: &&mut List| known.name == list.name && element(known) == element(&list);
    if let Some(known) = open.last_mut().filter(|known| known.depth == list.depth) {
        if let Some(known) = Some(known).filter(same) {
            let goes_on = list.number == 0 || list.number == known.number.saturating_add(1);
            let value = if goes_on { String::new() } else { format!(" value=\"{}\"", list.number) };
            out.push_str(&format!("</li>\n<li{value}>"));
            (known.place, known.number) = (list.place, list.number);
            return;
        }
        close(out, open);
    }
    let start = if list.number > 1 { format!(" start=\"{}\"", list.number) } else { String::new() };
    if !open.is_empty() {
        out.push('\n');
    }
    out.push_str(&format!("<{}{start}>\n<li>", list.name));
    open.push(list);
}

/// Closes the innermost open list.
fn close(out: &mut String, open: &mut Vec<List>) {
    if let Some(list) = open.pop() {
        out.push_str(&format!("</li>\n</{}>\n", list.name));
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::{escaped, html, html_page};
    use crate::document::{BlockKind, SpanKind, Tag};

    #[test]
    fn blocks_become_the_elements_they_are() {
        let mut sample = Sample::new();
        let row = sample.row_of_new_table();
        let sample = sample
            .keep(BlockKind::Heading(2), "Boats & <piers>")
            .keep(BlockKind::Paragraph, "The night ferry\nstays.")
            .span(SpanKind::Strong, "night ferry")
            .span(SpanKind::Emphasis, "ferry")
            .drop(BlockKind::Paragraph, "Share")
            .keep(BlockKind::ListItem { depth: 1, number: 0 }, "One")
            .keep(BlockKind::ListItem { depth: 2, number: 3 }, "inner")
            .keep(BlockKind::ListItem { depth: 1, number: 0 }, "Two")
            .keep(BlockKind::Code, "if a < b {\n}\n")
            .keep(BlockKind::Quote, "First.")
            .keep(BlockKind::Quote, "Second.")
            .keep(BlockKind::TableCell { row, column: 0 }, "a")
            .keep(BlockKind::TableCell { row, column: 2 }, "b");
        let expected = "<h2>Boats &amp; &lt;piers&gt;</h2>\n\
            <p>The <strong>night <em>ferry</em></strong><br>\nstays.</p>\n\
            <ul>\n<li>One\n<ol start=\"3\">\n<li>inner</li>\n</ol>\n</li>\n<li>Two</li>\n</ul>\n\
            <pre><code>if a &lt; b {\n}</code></pre>\n\
            <blockquote>\n<p>First.</p>\n<p>Second.</p>\n</blockquote>\n\
            <table>\n<tr><td>a</td><td>b</td></tr>\n</table>\n";
        assert_eq!(html(&sample.html()), expected);
        assert_eq!(html(&Sample::new().drop(BlockKind::Paragraph, "Share").html()), "");
    }

    #[test]
    fn control_characters_part_words() {
        assert_eq!(escaped("one\rtwo\r\nthree\u{c}four\u{94}five"), "one\ntwo\nthree four five");
    }

    #[test]
    fn items_hold_all_that_stands_in_them_and_lists_stay_apart() {
        let mut sample = Sample::new();
        let list = sample.element(Tag::Ol, 0, "");
        let items = [sample.element(Tag::Li, list, ""), sample.element(Tag::Li, list, "")];
        let other = sample.element(Tag::Ol, 0, "");
        let third = sample.element(Tag::Li, other, "");
        let item = |number| BlockKind::ListItem { depth: 1, number };
        sample = sample.keep(item(5), "a").at(items[0]).keep(BlockKind::Code, "x\ny").at(items[0]);
        sample = sample.keep(item(6), "b").at(items[1]).keep(item(1), "c").at(third);
        sample = sample.keep(BlockKind::Paragraph, "End.");
        let expected = "<ol start=\"5\">\n<li>a\n<pre><code>x\ny</code></pre>\n</li>\n<li>b</li>\n</ol>\n\
            <ol>\n<li>c</li>\n</ol>\n<p>End.</p>\n";
        assert_eq!(html(&sample.html()), expected);
        let expected = "5. a\n\n   ```\n   x\n   y\n   ```\n\n6. b\n1) c\n\nEnd.\n";
        assert_eq!(crate::render::markdown(&sample.html()), expected);
    }

    #[test]
    fn numbers_are_those_of_the_page_and_what_follows_a_list_stands_behind_it() {
        let mut sample = Sample::new();
        let list = sample.element(Tag::Ol, 0, "");
        let items = [1, 2, 5, 6].map(|number| (number, sample.element(Tag::Li, list, "")));
        for (number, item) in items {
            sample = sample.keep(BlockKind::ListItem { depth: 1, number }, "a").at(item);
        }
        let expected = "<ol>\n<li>a</li>\n<li>a</li>\n<li value=\"5\">a</li>\n<li>a</li>\n</ol>\n";
        assert_eq!(html(&sample.html()), expected);
        let mut sample = Sample::new();
        let outer = sample.element(Tag::Ul, 0, "");
        let item = sample.element(Tag::Li, outer, "");
        let inner = sample.element(Tag::Ul, item, "");
        let below = sample.element(Tag::Li, inner, "");
        sample = sample.keep(BlockKind::Heading(3), "T").at(item);
        sample = sample.keep(BlockKind::ListItem { depth: 2, number: 0 }, "a").at(below);
        sample = sample.keep(BlockKind::Paragraph, "after").at(item);
        let expected = "<h3>T</h3>\n<ul>\n<li>a</li>\n</ul>\n<p>after</p>\n";
        assert_eq!(html(&sample.html()), expected);
    }

    #[test]
    fn terms_stand_with_their_descriptions() {
        let mut sample = Sample::new();
        let list = sample.element(Tag::Dl, 0, "");
        let group = sample.element(Tag::Div, list, "");
        let (term, one) = (sample.element(Tag::Dt, group, ""), sample.element(Tag::Dd, group, ""));
        let inner = sample.element(Tag::P, one, "");
        let other = sample.element(Tag::Dl, 0, "");
        let lone = sample.element(Tag::Dd, other, "");
        sample = sample.keep(BlockKind::Paragraph, "Rack").at(term).keep(BlockKind::Paragraph, "keeps").at(one);
        sample = sample.keep(BlockKind::Paragraph, "more").at(inner).keep(BlockKind::Paragraph, "Gate").at(lone);
        let expected = "<dl>\n<dt>Rack</dt>\n<dd>keeps</dd>\n<dd>more</dd>\n</dl>\n<p>Gate</p>\n";
        assert_eq!(html(&sample.html()), expected);
    }

    #[test]
    fn rows_have_as_many_cells_as_any_and_code_its_language() {
        let mut sample = Sample::new();
        let row = sample.row_of_new_table();
        let table = sample.document.outline.elements[row as usize].parent;
        let other = sample.element(Tag::Tr, table, "");
        let code = sample.element(Tag::Pre, 0, "language-rust");
        let cell = |row, column| BlockKind::TableCell { row, column };
        sample = sample.keep(cell(row, 0), "a").keep(cell(row, 1), "b").keep(cell(row, 2), "c");
        sample = sample.keep(cell(other, 1), "d").keep(BlockKind::Code, "x").at(code);
        let expected = "<table>\n<tr><td>a</td><td>b</td><td>c</td></tr>\n<tr><td></td><td>d</td><td></td></tr>\n</table>\n\
            <pre><code class=\"language-rust\">x</code></pre>\n";
        assert_eq!(html(&sample.html()), expected);
    }

    #[test]
    fn only_addresses_of_places_are_links() {
        let cases = [
            ("https://a.example/?b=1&c=\"<'", Some("https://a.example/?b=1&amp;c=&quot;&lt;'")),
            ("/boats", Some("/boats")),
            ("#top:1", Some("#top:1")),
            ("mailto:ada@a.example", Some("mailto:ada@a.example")),
            ("JavaScript:alert(1)", None),
            (" \u{1}java\nscript:alert(1)", None),
            ("data:text/html,x", None),
            ("vbscript:x", None),
            ("blob:https://a.example/x", None),
            ("file:///etc/passwd", None),
            ("view-source:https://a.example", None),
        ];
        for (href, expected) in cases {
            let out = html(&Sample::new().keep(BlockKind::Paragraph, "Go there.").link(href, "there").html());
            let link = expected.map_or("there".to_owned(), |address| format!("<a href=\"{address}\">there</a>"));
            assert_eq!(out, format!("<p>Go {link}.</p>\n"), "{href}");
        }
    }

    #[test]
    fn a_page_says_what_is_known() {
        let mut sample = Sample::new().keep(BlockKind::Paragraph, "It stays.");
        sample.metadata.title = Some("Ferry </title> & more".to_owned());
        sample.metadata.lang = Some("en".to_owned());
        sample.metadata.author = Some("Ada \"L\"".to_owned());
        sample.metadata.url = Some("javascript:x".to_owned());
        let expected = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
            <title>Ferry &lt;/title&gt; &amp; more</title>\n<meta name=\"author\" content=\"Ada &quot;L&quot;\">\n</head>\n\
            <body>\n<p>It stays.</p>\n</body>\n</html>\n";
        assert_eq!(html_page(&sample.html()), expected);
    }
}
