//! HTML: the kept blocks as a fragment of a few elements, or as a whole page.
//!
//! Nothing of the input's markup is copied. Elements are written here, from a fixed list, and the one attribute that takes
//! a value of the input is `href`, of a few schemes. So scripts, handlers, styles and embedded data cannot come out,
//! whatever the page holds.

use crate::document::{Block, BlockKind, Extraction, Kind, Span, SpanKind};

use super::{decoded, kept, link, table_of};

/// Schemes of the addresses that are printed; others are printed as plain text. An address without one leads to the place
/// that the reader of the output is on.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The kept blocks as HTML: `h1` to `h6`, `p`, `ul`, `ol`, `li`, `blockquote`, `pre`, `table`, `tr`, `td`, and inside them
/// `a href`, `em`, `strong`, `code`, `br`.
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
    let blocks: Vec<&Block> = kept(extraction).collect();
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

/// Text as content. Control characters that HTML does not allow are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
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
    base: Option<String>,
    out: String,
}

impl<'e> Writer<'e> {
    fn new(extraction: &'e Extraction<'e>) -> Self {
        let head = &extraction.document.head;
        let base = link::base(extraction.metadata.url.as_deref(), head.base.as_deref());
        Self { extraction, base, out: String::new() }
    }

    /// Whether two blocks in a row are parts of one list, one table or one quote.
    fn are_one(&self, one: &Block, two: &Block) -> bool {
        let table = |row| table_of(&self.extraction.document, row);
        match (one.kind, two.kind) {
            (BlockKind::ListItem { .. }, BlockKind::ListItem { .. }) | (BlockKind::Quote, BlockKind::Quote) => true,
            (BlockKind::TableCell { row }, BlockKind::TableCell { row: other }) => table(row) == table(other),
            _ => false,
        }
    }

    fn run(&mut self, blocks: &[&Block]) {
        let Some(first) = blocks.first() else { return };
        let text = |block: &&Block| self.inline(block);
        let out = match first.kind {
            BlockKind::ListItem { .. } => self.list(blocks),
            BlockKind::TableCell { .. } => {
                let rows = blocks.chunk_by(|one, two| one.kind == two.kind);
                let cells = |row: &[&Block]| {
                    row.iter().map(|cell| format!("<td>{}</td>", self.inline(cell))).collect::<String>()
                };
                element("table", &format!("\n{}", rows.map(|row| element("tr", &cells(row))).collect::<String>()))
            }
            BlockKind::Quote => {
                let paragraphs: String = blocks.iter().map(|block| element("p", &text(block))).collect();
                element("blockquote", &format!("\n{paragraphs}"))
            }
            BlockKind::Code => {
                format!("<pre><code>{}</code></pre>\n", escaped(first.text.trim_end_matches(['\n', '\r'])))
            }
            BlockKind::Heading(level) => element(&format!("h{}", level.clamp(1, 6)), &text(first)),
            BlockKind::Paragraph | BlockKind::Caption | BlockKind::Line => element("p", &text(first)),
        };
        self.out.push_str(&out);
    }

    /// Items with their lists inside each other.
    fn list(&self, items: &[&Block]) -> String {
        let mut out = String::new();
        // Depth and name of the open lists.
        let mut open: Vec<(u8, &str)> = Vec::new();
        for item in items {
            let BlockKind::ListItem { depth, number } = item.kind else { continue };
            let name = if number == 0 { "ul" } else { "ol" };
            while let Some((_, inner)) = open.pop_if(|(inner, _)| *inner > depth) {
                out.push_str(&format!("</li>\n</{inner}>\n"));
            }
            match open.last().copied() {
                Some((at, known)) if at == depth && known == name => out.push_str("</li>\n"),
                Some((at, known)) if at == depth => {
                    open.pop();
                    out.push_str(&format!("</li>\n</{known}>\n"));
                    self.open_list(&mut out, &mut open, depth, number, name);
                }
                _ => {
                    if !open.is_empty() {
                        out.push('\n');
                    }
                    self.open_list(&mut out, &mut open, depth, number, name);
                }
            }
            out.push_str(&format!("<li>{}", self.inline(item)));
        }
        open.iter().rev().for_each(|(_, name)| out.push_str(&format!("</li>\n</{name}>\n")));
        out
    }

    fn open_list<'n>(&self, out: &mut String, open: &mut Vec<(u8, &'n str)>, depth: u8, number: u32, name: &'n str) {
        let start = if number > 1 { format!(" start=\"{number}\"") } else { String::new() };
        out.push_str(&format!("<{name}{start}>\n"));
        open.push((depth, name));
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
            SpanKind::Link(number) => {
                let is_nested = open.iter().any(|(_, tag)| *tag == "</a>");
                let href = self.extraction.document.links.get(number as usize).filter(|_| !is_nested)?;
                let address = address(self.base.as_deref(), href)?;
                (format!("<a href=\"{}\">", quoted(&address)), "</a>")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::{html, html_page};
    use crate::document::{BlockKind, SpanKind};

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
            .keep(BlockKind::TableCell { row }, "a")
            .keep(BlockKind::TableCell { row }, "b");
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
