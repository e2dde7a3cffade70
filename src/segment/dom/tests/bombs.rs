//! Pages made to be expensive: they come out flat and whole, and the work grows with their length.

use std::thread;

use super::{plain, text_and_depth};
use crate::document::Limit;
use crate::options::Limits;
use crate::segment::dom::feed::Feeder;
use crate::segment::dom::guard::Guard;
use crate::segment::dom::{ATTRIBUTES, parse};

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

const BOMBS: &[(&str, Bomb)] = &[
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
    ("svg title", |n| "<svg>".to_owned() + &repeat("<script>x<title>y", n)),
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
    ("frameset", |n| repeat("<frameset>", n)),
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
#[test]
#[ignore]
fn timing() {
    let only = std::env::var("ONLY").ok();
    let n: usize = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000_000);
    for (name, bomb) in BOMBS {
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let page = bomb(n);
        let start = std::time::Instant::now();
        let dom = parse(&page, Limits::default());
        let t = start.elapsed();
        let nodes = dom.html.tree.values().len();
        let start = std::time::Instant::now();
        let limit = dom.limit;
        drop(dom);
        let d = start.elapsed();
        let mark = if t.as_secs_f64() > n as f64 / 4e6 { " <<<<" } else { "" };
        eprintln!(
            "{name:28} {:6} kB parse {:6} ms drop {:5} ms nodes {nodes} {limit:?}{mark}",
            page.len() / 1000,
            t.as_millis(),
            d.as_millis()
        );
    }
}
