//! What the guarded parse must leave alone, what it must flatten, and how its work grows.

mod bombs;
mod differential;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use html5ever::driver::ParseOpts;
use html5ever::ns;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, HtmlTreeSink, Node};

use super::tree::Tree;
use super::{Attributes, cut_to, scraped};
use crate::document::Limit;
use crate::options::Limits;

/// A page as the guarded parse has it, with all attributes; in scraper's terms, as the plain parse.
struct Dom {
    html: Html,
    limit: Option<Limit>,
}

fn parse(text: &str, limits: Limits) -> Dom {
    let dom = super::parse(text, limits, Attributes::All);
    Dom { html: html(&dom.tree), limit: dom.limit }
}

fn html(tree: &Tree) -> Html {
    scraped(tree).0
}

/// A plain parse, with the options of the guarded one.
fn plain(text: &str) -> Html {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let opts = ParseOpts { tree_builder, ..ParseOpts::default() };
    html5ever::parse_document(HtmlTreeSink::new(Html::new_document()), opts).one(text)
}

/// One line per node: its depth, kind, name, sorted attributes and text.
fn outline(html: &Html) -> String {
    lines(html, |node| match node {
        Node::Element(element) => {
            let mut attributes: Vec<String> = element
                .attrs
                .iter()
                .map(|(name, value)| format!(" {:?}{}={:?}", name.ns, name.local, &**value))
                .collect();
            attributes.sort();
            format!("<{:?} {}{}>", element.name.ns, element.name.local, attributes.concat())
        }
        other => line_of(other),
    })
}

/// A node that is no element, without what the guarded parse does not keep.
fn line_of(node: &Node) -> String {
    match node {
        Node::Comment(_) => "a comment".to_owned(),
        Node::Doctype(_) => "a document type".to_owned(),
        other => format!("{other:?}"),
    }
}

fn lines(html: &Html, line: impl Fn(&Node) -> String) -> String {
    let mut out = format!("{:?}\n", html.quirks_mode);
    let mut depth = 0;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                if !is_unread(&node) {
                    out.push_str(&format!("{depth} {}\n", line(node.value())));
                }
                depth += 1;
            }
            Edge::Close(_) => depth -= 1,
        }
    }
    out
}

/// Whether a node is the content of a style or a script: the guarded parse leaves it out where nobody reads it.
fn is_unread(node: &NodeRef<'_, Node>) -> bool {
    let parent = node.parent().and_then(|parent| parent.value().as_element().map(|element| element.name.clone()));
    let is_raw = parent.is_some_and(|name| name.ns == ns!(html) && matches!(&*name.local, "script" | "style"));
    is_raw && node.value().is_text()
}

/// All text in document order, and the greatest number of nodes above a node.
fn text_and_depth(html: &Html) -> (String, usize) {
    let (mut text, mut depth, mut greatest) = (String::new(), 0, 0);
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                if let Some(piece) = node.value().as_text() {
                    text.push_str(piece);
                }
                greatest = greatest.max(depth);
                depth += 1;
            }
            Edge::Close(_) => depth -= 1,
        }
    }
    (text, greatest)
}

#[test]
fn a_text_is_cut_between_characters() {
    assert_eq!(cut_to("añb", 4), ("añb", None));
    assert_eq!(cut_to("añb", 3), ("añ", Some(Limit::Bytes)));
    assert_eq!(cut_to("añb", 2), ("a", Some(Limit::Bytes)));
    assert_eq!(cut_to("ñ", 0), ("", Some(Limit::Bytes)));
}

#[test]
fn styles_and_scripts_are_left_out_and_data_is_read() {
    let cases = [
        ("<style>p{}</style>a<SCRIPT>b<\\/script>'</p></Script >c", "ac"),
        ("<script type='application/LD+Json'>{\"a\":1}</script>b", "{\"a\":1}b"),
        ("<script><!--<script></script>x</script>y--></script>z", "y-->z"),
        ("a<style>b</styles></style/x>c<script>d", "ac"),
        ("<svg><style>a<b>c</style></svg>", "ac"),
    ];
    for (page, expected) in cases {
        assert_eq!(text_and_depth(&parse(page, Limits::default()).html).0, expected, "{page}");
    }
}
