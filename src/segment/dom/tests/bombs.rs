//! Pages made to be expensive: they come out flat and whole, and the work grows with their length.

use std::thread;

use scraper::{Html, Node};

use super::differential::{Random, soup};
use super::{parse, text_and_depth};
use crate::document::Limit;
use crate::options::Limits;
use crate::segment::dom::ATTRIBUTES;
use crate::segment::dom::feed::{Cut, feed};
use crate::segment::dom::formatting::{CLONES, LIST};
use crate::segment::dom::guard::Guard;
use crate::segment::dom::name::NAMES;

/// Levels beyond the limit: formatting elements that were re-created (32 at most), what a table cell implies (table
/// body and row), document, contents of a template, text.
const DEEPER: usize = 38;

/// A page of about so many bytes.
type Bomb = fn(usize) -> String;

/// `head`, then `each(0) each(1) …` up to the length.
fn series(head: &str, bytes: usize, each: impl Fn(usize) -> String) -> String {
    let mut page = head.to_owned();
    let mut i = 0;
    while page.len() < bytes {
        page.push_str(&each(i));
        i += 1;
    }
    page
}

fn repeat(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// Two halves: first `a`, then `b`.
fn halves(a: &str, b: &str, bytes: usize) -> String {
    repeat(a, bytes / 2) + &repeat(b, bytes / 2)
}

/// A stack as deep as it gets, then the unit.
fn deep(nest: &str, unit: &str, bytes: usize) -> String {
    nest.repeat(490 / nest.matches('<').count()) + &repeat(unit, bytes)
}

/// So many open formatting elements as the list takes, then the unit.
fn listed(unit: &str, bytes: usize) -> String {
    (0..64).map(|i| format!("<b id={i}>")).collect::<String>() + &repeat(unit, bytes)
}

/// Tags without `>` in quotes; all text between them has to come out.
const TAGS: &[(&str, Bomb)] = &[
    ("div", |n| repeat("<div>x", n)),
    ("div closed", |n| halves("<div>x", "</div>y", n)),
    ("div bare", |n| repeat("<div>", n)),
    ("span", |n| repeat("<span>x", n)),
    ("custom", |n| repeat("<x-y>x", n)),
    ("list", |n| repeat("<ul><li>x", n)),
    ("dl", |n| repeat("<dl><dd>x", n)),
    ("b", |n| repeat("<b>x", n)),
    ("b distinct", |n| series("", n, |i| format!("<b id={i}>x"))),
    ("a", |n| repeat("<a>x", n)),
    ("a distinct", |n| series("", n, |i| format!("<a href={i}>x"))),
    ("nobr", |n| repeat("<nobr>x", n)),
    ("table nest", |n| repeat("<table><tr><td>x", n)),
    ("table rows", |n| repeat("<tr><td>x", n)),
    ("table foster", |n| "<table>".to_owned() + &repeat("x<div>y", n)),
    ("table foster text", |n| "<table>".to_owned() + &repeat("x<tr>", n)),
    ("table foster b", |n| "<table>".to_owned() + &series("", n, |i| format!("<b id={i}><td>x</td>"))),
    ("table foster closed", |n| repeat("<table><b>x</b></table>", n)),
    ("table in table", |n| repeat("<table>x", n)),
    ("table object", |n| "<table><tr>".to_owned() + &halves("<td><object>x", "<b>y</b>", n)),
    ("template cells", |n| halves("<template><td>x</template>", "<b>y</b>", n)),
    ("font", |n| repeat("<font size=1>x", n)),
    ("font distinct", |n| series("", n, |i| format!("<font size={i}>x"))),
    ("p b", |n| series("", n, |i| format!("<p><b id={i}>x</p>"))),
    ("p b i", |n| series("", n, |i| format!("<p><b id={i}><i id={i}>x</p>"))),
    ("re-created", |n| {
        let open: String = (0..30).map(|i| format!("<b id={i}>")).collect();
        format!("<p>{open}</p>{}", repeat("<p>x</p>", n))
    }),
    ("listed p", |n| listed("<p>x", n)),
    ("listed p closed", |n| listed("<p>x</p>", n)),
    ("listed div br", |n| listed("<div>x</div>", n)),
    ("listed a", |n| listed("<a>x</a>", n)),
    ("listed b closed", |n| listed("</b><b id=x>x", n)),
    ("b p", |n| repeat("<b><p>x</b></p>", n)),
    ("adoption", |n| {
        let formatting: String = (0..60).map(|i| format!("<b id={i}>")).collect();
        let cycle = formatting + &"<div>".repeat(400) + &"</b>".repeat(3000) + &"</div>".repeat(400);
        repeat(&cycle, n.max(cycle.len()))
    }),
    ("adoption by a", |n| repeat(&("<i><u><s><tt>".to_owned() + &"<a><div>".repeat(20) + "</div></i>"), n)),
    ("b p nest", |n| repeat("<b><p>x</b>", n)),
    ("b div nest", |n| repeat("<b><div>x</b>", n)),
    ("a div nest", |n| repeat("<a><div>x", n)),
    ("b many attributes", |n| {
        let attributes: String = (0..400).map(|i| format!(" a{i}")).collect();
        series("", n, |i| format!("<b{attributes} id={i}>x"))
    }),
    ("b many attributes p", |n| {
        let attributes: String = (0..400).map(|i| format!(" a{i}")).collect();
        (0..64).map(|i| format!("<b id={i}{attributes}>")).collect::<String>() + &repeat("<p>x", n)
    }),
    ("svg", |n| repeat("<svg>x", n)),
    ("svg script", |n| "<svg>".to_owned() + &repeat("<script>x<style>y", n)),
    ("svg void", |n| "<svg>".to_owned() + &repeat("<input>x", n)),
    ("svg desc", |n| repeat("<svg><desc>x", n)),
    ("math", |n| repeat("<math><mi>x", n)),
    ("math row", |n| "<math>".to_owned() + &repeat("<mrow>x", n)),
    ("template", |n| repeat("<template>x", n)),
    ("select", |n| repeat("<select><option>x", n)),
    ("select div", |n| "<select>".to_owned() + &repeat("<div><option>x", n)),
    ("option", |n| repeat("<option>x", n)),
    ("button", |n| repeat("<button>x", n)),
    ("button p", |n| repeat("<p><button>x", n)),
    ("object", |n| repeat("<object>x", n)),
    ("form", |n| repeat("<form><div></form>x", n)),
    ("heading", |n| repeat("<h1>x<div>", n)),
    ("ruby", |n| repeat("<ruby><rt>x", n)),
    ("noscript", |n| repeat("<noscript>x", n)),
    ("end p", |n| "x".to_owned() + &repeat("</p>", n)),
    ("end br", |n| repeat("</br>x", n)),
    ("end unknown", |n| repeat("</x>y", n)),
    ("deep div p", |n| deep("<div>", "<p>x</p>", n)),
    ("deep div end p", |n| deep("<div>", "</p>", n)),
    ("deep div br", |n| deep("<div>", "<br>x", n)),
    ("deep div hr", |n| deep("<div>", "<hr>x", n)),
    ("deep div flap", |n| deep("<div>", "</div><div>x", n)),
    ("deep div flaps", |n| deep("<div>", "<div><div><div><div></div></div></div></div>x", n)),
    ("deep div in b", |n| "<b>".to_owned() + &deep("<div>", "x<br>", n)),
    ("deep div in b distinct", |n| listed("-", 0) + &deep("<div>", "x<br>", n)),
    ("deep div select hr", |n| deep("<div>", "<hr><select></select>", n)),
    ("deep div table", |n| deep("<div>", "<table></table>", n)),
    ("deep div template", |n| deep("<div>", "<template></template>", n)),
    ("deep div button", |n| deep("<div>", "<button></button>", n)),
    ("deep div li", |n| deep("<div>", "<li>x", n)),
    ("deep div b", |n| deep("<div>", "<b>x</b>", n)),
    ("deep div end b", |n| deep("<div>", "</b>x", n)),
    ("deep div end a", |n| deep("<div>", "</a>", n)),
    ("deep div end form", |n| deep("<div>", "</form>", n)),
    ("deep div end h", |n| deep("<div>", "</h1>", n)),
    ("deep div end table", |n| deep("<div>", "</table>", n)),
    ("deep div end body", |n| deep("<div>", "</body>x", n)),
    ("deep div input", |n| "<form>".to_owned() + &deep("<div>", "<input>x", n)),
    ("deep div html", |n| deep("<div>", "<html>x", n)),
    ("deep span end", |n| deep("<span>", "</x>y", n)),
    ("deep span end b", |n| deep("<span>", "</b>y", n)),
    ("deep span p", |n| deep("<span>", "<p>x</p>", n)),
    ("deep span li", |n| deep("<span>", "<li>x</li>", n)),
    ("deep span end li", |n| deep("<span>", "</li>", n)),
    ("deep span end option", |n| deep("<span>", "</option>", n)),
    ("deep svg end", |n| "<svg>".to_owned() + &deep("<g>", "</x>y", n)),
    ("deep svg end p", |n| "<svg>".to_owned() + &deep("<g>", "</p><g>x", n)),
    ("deep foster", |n| "<table>".to_owned() + &deep("<span>", "<table>x", n)),
    ("deep table", |n| deep("<table><tr><td>", "</tr>x", n)),
    ("deep table cell", |n| deep("<table><tr><td>", "</td><td>x", n)),
    ("deep template end", |n| deep("<div>", "</template>", n)),
];

/// Attributes, comments, references, text-only elements: what comes out is not just what stands between tags.
const OTHERS: &[(&str, Bomb)] = &[
    ("frameset", |n| repeat("<frameset>", n)),
    ("attributes", |n| series("<p", n, |i| format!(" a{i}")) + ">x"),
    ("attributes in quotes", |n| series("<p", n, |i| format!(" a{i}='>'")) + ">x"),
    ("attributes unclosed", |n| series("<p", n, |i| format!(" a{i}"))),
    ("attributes on end tag", |n| series("</p", n, |i| format!(" a{i}")) + ">x"),
    ("attributes in svg style", |n| series("<svg><style><p", n, |i| format!(" a{i}")) + ">x"),
    ("attributes after title", |n| series("<title></title", n, |i| format!(" a{i}")) + ">x"),
    ("attributes after script", |n| series("<script><!--<script></script><</script", n, |i| format!(" a{i}")) + ">x"),
    ("attributes after script 2", |n| series("<script><</script", n, |i| format!(" a{i}")) + ">x"),
    ("attributes after reference", |n| series("&<p", n, |i| format!(" a{i}")) + ">x"),
    ("attributes duplicate", |n| repeat(" a", n).replacen(" a", "<p", 1) + ">x"),
    ("attributes on body", |n| series("<body>x", n, |i| format!("<body a{i}>"))),
    ("attributes on html", |n| series("", n, |i| format!("<html a{i} b{i}>"))),
    ("attributes long names", |n| series("", n, |i| format!("<p attribute-{i}>x"))),
    ("tag names", |n| series("", n, |i| format!("<t{i}>x"))),
    ("tag names long", |n| series("", n, |i| format!("<tag-name-{i}>x</tag-name-{i}>"))),
    ("tag name", |n| "<".to_owned() + &repeat("x", n) + ">x"),
    ("comment", |n| "<!--".to_owned() + &repeat("x-", n) + "-->"),
    ("comments", |n| repeat("<!---->x", n)),
    ("comment unclosed", |n| "<!--".to_owned() + &repeat("<!--", n)),
    ("comment gt", |n| "<!--".to_owned() + &repeat("->", n)),
    ("bogus comment", |n| repeat("<?>x", n)),
    ("ampersand", |n| repeat("&", n)),
    ("reference", |n| repeat("&amp;", n)),
    ("reference long", |n| repeat("&CounterClockwiseContourIntegral", n)),
    ("reference digits", |n| "&#".to_owned() + &repeat("1", n)),
    ("nul", |n| repeat("\0", n)),
    ("nul in script", |n| "<script>".to_owned() + &repeat("\0", n)),
    ("nul in attribute", |n| "<p a='".to_owned() + &repeat("\0", n) + "'>x"),
    ("lines", |n| repeat("\n", n)),
    ("less", |n| repeat("<", n)),
    ("less slash", |n| repeat("</", n)),
    ("less quote", |n| repeat("<a'", n)),
    ("doctype", |n| repeat("<!doctype html>x", n)),
    ("cdata", |n| "<svg>".to_owned() + &repeat("<![CDATA[x]]>", n)),
    ("cdata unclosed", |n| "<svg>".to_owned() + &repeat("<![CDATA[", n)),
    ("script", |n| repeat("<script>x</script>", n)),
    ("script escaped", |n| "<script><!--<script>".to_owned() + &repeat("</script ><script ", n)),
    ("script ends", |n| "<script>".to_owned() + &repeat("</scripty", n)),
    ("textarea", |n| "<textarea>".to_owned() + &repeat("</textare", n)),
    ("plaintext", |n| repeat("<plaintext>x", n)),
];

/// Runs in the stack that a thread has by default.
fn in_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(run).expect("a thread");
    thread.join().expect("no panic");
}

/// Characters outside tags.
fn between_tags(page: &str) -> usize {
    let mut inside = false;
    let outside = page.chars().filter(|&c| {
        inside = c == '<' || inside && c != '>';
        !inside && c != '>'
    });
    outside.count()
}

#[test]
fn bombs_come_out_flat_and_with_all_their_text() {
    in_small_stack(|| {
        for (name, bomb) in TAGS {
            let page = bomb(30_000);
            let dom = parse(&page, Limits::default());
            let (text, depth) = text_and_depth(&dom.html);
            assert_eq!(between_tags(&text.replace('\n', "")), between_tags(&page.replace('\n', "")), "{name}");
            assert!(depth <= 512 + DEEPER, "{name}: {depth}");
            assert_eq!(dom.limit, None, "{name}");
        }
        for (name, bomb) in OTHERS {
            let dom = parse(&bomb(30_000), Limits::default());
            assert!(text_and_depth(&dom.html).1 <= 512 + DEEPER, "{name}");
            assert_eq!(dom.limit, None, "{name}");
        }
    });
}

/// Calls of the tree builder for a page.
fn work(page: &str) -> u64 {
    feed(page, Guard::new(Limits::default(), page.len()), Cut::default()).calls()
}

#[test]
fn the_work_grows_with_the_length() {
    in_small_stack(|| {
        for (name, bomb) in TAGS.iter().chain(OTHERS) {
            let (once, four_times) = (work(&bomb(20_000)), work(&bomb(80_000)));
            assert!(four_times * 2 <= once * 9, "{name}: {once} calls, then {four_times}");
        }
    });
}

#[test]
fn elements_beyond_the_depth_limit_are_flattened_and_what_follows_is_not() {
    let numbers = |range: std::ops::Range<usize>| range.map(|i| format!("<div>{i} ")).collect::<String>();
    let page = format!("{}end{}<p>after</p>", numbers(0..600), "</div>".repeat(600));
    let dom = parse(&page, Limits::default());
    let (text, depth) = text_and_depth(&dom.html);
    let expected: Vec<String> = (0..600).map(|i| i.to_string()).chain(["end".to_owned(), "after".to_owned()]).collect();
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), expected, "and words stay apart");
    // The document, html and body stand above; the text of the deepest element stands below.
    assert_eq!(depth, 513);
    let body: Vec<String> = dom
        .html
        .root_element()
        .child_elements()
        .filter(|element| element.value().name() == "body")
        .flat_map(|body| body.child_elements())
        .map(|element| element.value().name().to_owned())
        .collect();
    assert_eq!(body, ["div", "p"]);
}

#[test]
fn the_depth_limit_is_the_callers() {
    let limits = Limits { depth: 5, ..Limits::default() };
    let dom = parse("<!doctype html><ul><li><p>a<b>b</b><i>c</i></p><li>d</ul><p>e<b>f</b>", limits);
    let expected = "<html><head></head><body><ul><li><p>abc</p></li><li>d</li></ul><p>e<b>f</b></p></body></html>";
    assert_eq!(dom.html.root_element().html(), expected);
}

#[test]
fn text_only_elements_stay_whole_beyond_the_depth_limit() {
    let limits = Limits { depth: 2, ..Limits::default() };
    let dom = parse("<div>a<xmp>'<p>'</xmp><textarea><p></textarea><title><p></title><br>b</div>c", limits);
    let (text, _) = text_and_depth(&dom.html);
    assert_eq!(text, "a'<p>'<p><p>bc");
}

#[test]
fn parsing_stops_at_the_node_limit() {
    let page = "<p>x".repeat(50_000);
    for nodes in [10, 1000, 50_000] {
        let dom = parse(&page, Limits { nodes, ..Limits::default() });
        assert_eq!(dom.limit, Some(Limit::Nodes));
        let count = dom.html.tree.values().len();
        assert!((nodes..nodes + 4).contains(&count), "{nodes}: {count}");
    }
    // Document, html, head, body, and two for each paragraph.
    let dom = parse(&page, Limits { nodes: 100_005, ..Limits::default() });
    assert_eq!((dom.limit, dom.html.tree.values().len()), (None, 100_004));
}

#[test]
fn a_page_without_room_for_any_node_still_has_its_root() {
    let dom = parse("<p>x", Limits { nodes: 0, ..Limits::default() });
    assert_eq!(dom.limit, Some(Limit::Nodes));
    assert_eq!(dom.html.root_element().html(), "<html><head></head><body></body></html>");
}

#[test]
fn attributes_beyond_the_cap_are_left_out() {
    let attributes: String = (0..600).map(|i| format!(" a{i}='>'")).collect();
    let repeated: String = (0..600).map(|i| format!("<body b{i}>")).collect();
    let dom = parse(&format!("<body><svg{attributes}/><p{attributes}>x{repeated}"), Limits::default());
    let counts: Vec<(&str, usize)> = dom
        .html
        .tree
        .values()
        .filter_map(Node::as_element)
        .map(|element| (element.name(), element.attrs.len()))
        .collect();
    let expected = [("html", 0), ("head", 0), ("body", ATTRIBUTES), ("svg", ATTRIBUTES), ("p", ATTRIBUTES)];
    assert_eq!(counts, expected);
    // The svg element closes itself: the paragraph is not inside.
    assert_eq!(text_and_depth(&dom.html), ("x".to_owned(), 4));
}

#[test]
fn names_beyond_the_cap_are_left_out_with_their_tags() {
    let page: String = (0..10_000).map(|i| format!("<tag-name-{i}>{i} </tag-name-{i}>")).collect();
    let dom = parse(&page, Limits::default());
    let elements = dom.html.tree.values().filter(|node| node.is_element()).count();
    assert_eq!(elements, NAMES + 3);
    let expected: String = (0..10_000).map(|i| format!("{i} ")).collect();
    assert_eq!(text_and_depth(&dom.html), (expected, 4));
}

/// Elements named `b` below each element named `parent`.
fn bold_below(html: &Html, parent: &str) -> Vec<usize> {
    let named = |node: &Node, name: &str| node.as_element().is_some_and(|element| element.name() == name);
    let parents = html.tree.nodes().filter(|node| named(node.value(), parent));
    parents.map(|parent| parent.descendants().filter(|node| named(node.value(), "b")).count()).collect()
}

#[test]
fn formatting_elements_beyond_the_cap_are_left_out_until_there_is_room() {
    let open: String = (0..40).map(|i| format!("<b id={i}>")).collect();
    let page = format!("<table><tr>{}", format!("<td>{open}x").repeat(3));
    let dom = parse(&page, Limits::default());
    // A cell ends the list of the one before. Where the entries had to be counted, the pointer to the head is one.
    assert_eq!(bold_below(&dom.html, "td"), [LIST, LIST - 1, LIST - 1]);
    assert_eq!(text_and_depth(&dom.html).0, "xxx");
}

#[test]
fn formatting_elements_are_re_created_within_a_budget() {
    let open: String = (0..30).map(|i| format!("<b id={i}>")).collect();
    let page = format!("<p>{open}</p>{}", "<p>x</p>".repeat(5_000));
    let dom = parse(&page, Limits::default());
    let bold = bold_below(&dom.html, "p");
    let weight = 2;
    let budget = (CLONES + page.len() / 8) / weight;
    let whole = bold.iter().take_while(|&&count| count == 30).count();
    assert_eq!(whole, 2 + budget / 30);
    assert!(bold.iter().skip(whole).all(|&count| count == 0));
    assert_eq!(text_and_depth(&dom.html).0, "x".repeat(5_000));
}

/// Closing a cell with an open object in it leaves a marker in the list for ever, which each end tag passes.
#[test]
fn formatting_elements_end_where_markers_make_them_expensive() {
    let page = format!("<table><tr>{}{}", "<td><object>x".repeat(20_000), "<b>y</b>".repeat(20_000));
    let dom = parse(&page, Limits::default());
    let bold = bold_below(&dom.html, "table");
    assert!((1_000..5_000).contains(&bold[0]), "{bold:?}");
    assert_eq!(text_and_depth(&dom.html).0.len(), 40_000);
}

#[test]
fn tag_soup_under_tight_limits_neither_panics_nor_grows_deep() {
    let mut random = Random(0xE703_7ED1_A0B4_28DB);
    for round in 0..5_000 {
        let soup = soup(&mut random);
        let limits =
            Limits { depth: round % 9, nodes: if round % 2 == 0 { round % 50 } else { 1_000 }, ..Limits::default() };
        let dom = parse(&soup, limits);
        assert!(text_and_depth(&dom.html).1 <= limits.depth + DEEPER, "{soup:?}");
    }
}
