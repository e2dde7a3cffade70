use super::{cut, segment};
use crate::document::{Block, BlockKind, Document, Span, SpanKind};
use crate::options::Limits;
use crate::segment::dom::{Attributes, parse};

fn document(html: &str) -> Document {
    segment(html, Limits::default(), &[])
}

/// One block in short: its kind, then its text.
fn brief(block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::ListItem { depth, number: 0 } => format!("li{depth}"),
        BlockKind::ListItem { depth, number } => format!("li{depth}#{number}"),
        BlockKind::Quote => "quote".to_owned(),
        BlockKind::Code => "code".to_owned(),
        BlockKind::TableCell { .. } => "td".to_owned(),
        BlockKind::Caption => "caption".to_owned(),
        BlockKind::Line => "line".to_owned(),
    };
    format!("{kind}:{}", block.text)
}

#[test]
fn what_is_cut_depends_on_the_attributes_that_are_read_alone() {
    let given = |page: &str, attributes| cut(&parse(page, Limits::default(), attributes), &[]);
    let check = |page: &str| assert_eq!(given(page, Attributes::Read), given(page, Attributes::All), "{page}");
    let steered = "<table><input TYPE=hidden data-x=1><tr><td>a</table><svg><font data-y=1>b<font Color=red>c</svg><math>\
        <annotation-xml alt=1 Encoding=text/html><p>d</math><div><template shadowrootmode=open><p>e</template></div>\
        <p><b title=1><b title=2><b title=3><b title=4>f<p>g<a title=1>h<p><a title=2>i<p>j</a><ol title=x start=4><li value=9>k</ol>\
        <html lang=de><body class=m><time title=n datetime=2024-05-01>o</time><i hidden>p</i><q style='display:none'>r</q>";
    check(steered);
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut pages = 0;
    for folder in std::fs::read_dir(corpus).expect("a corpus").flatten() {
        if let Ok(page) = std::fs::read_to_string(folder.path().join("page.html")) {
            check(&page);
            pages += 1;
        }
    }
    assert!(pages > 20);
}

#[test]
fn pages_are_cut_where_a_reader_sees_a_break() {
    let cases: [(&str, &[&str]); 44] = [
        ("", &[]),
        ("<noscript><iframe src=x /></noscript><p>text", &["p:text"]),
        ("<pre><span>print</span><span>(</span><a>x</a><a>)</a></pre>", &["code:print(x)"]),
        ("<p>use <code><span>foo</span><span>(</span></code>", &["p:use foo("]),
        ("<pre><code><div>if a {</div><div>  b</div><div>}</div></code></pre>", &["code:if a {\n  b\n}"]),
        ("<pre>a<p>never closed</p><div>b</div>", &["code:a", "code:never closed", "code:b"]),
        ("<p><span>$</span><span>1</span><span>,000</span> or <span>50</span><span>%</span>", &["p:$1,000 or 50%"]),
        ("<p><del>old</del><ins>new</ins>", &["p:old new"]),
        ("<p>the <noscript><img></noscript>town", &["p:the town"]),
        ("<h2>Costs<a href=#c>¶</a></h2><h2><a href=#d>#</a> Dues</h2>", &["h2:Costs", "h2:Dues"]),
        ("<h2><a href=#e>C#</a></h2><h2>On <a>#</a> and x</h2>", &["h2:C#", "h2:On # and x"]),
        ("<h2>Roads<span class='x mw-editsection'>[<a>edit</a>]</span></h2>", &["h2:Roads"]),
        ("<pre><span>a</span>\n<div>b</div>\n</pre>", &["code:a\nb"]),
        ("one", &["p:one"]),
        ("<p>one<p>two", &["p:one", "p:two"]),
        ("<div>one<p>two</p>three</div>", &["p:one", "p:two", "p:three"]),
        ("<p>a <b>b</b>c\n <i>d</i> </p>", &["p:a bc d"]),
        ("one<br>two<br><br>three", &["p:one\ntwo", "p:three"]),
        ("one<br> <br>\n<br>two", &["p:one", "p:two"]),
        ("<a href=1>one</a><a href=2>two</a>", &["p:one two"]),
        ("<span>one</span><span>two</span>, three", &["p:one two, three"]),
        ("<b>one</b><b>two</b>", &["p:onetwo"]),
        ("<h1>T</h1><h2><a><div>U</div></a></h2>", &["h1:T", "h2:U"]),
        ("<ul><li>a<li><p>b<p>c<ul><li>d</ul></ul>", &["li1:a", "li1:b", "p:c", "li2:d"]),
        ("<ol start=3><li>a<li>b</ol>", &["li1#3:a", "li1#4:b"]),
        ("<pre>  one\n    two\n</pre>", &["code:  one\n    two"]),
        ("<blockquote><p>q</p></blockquote>", &["quote:q"]),
        ("<table><tr><th>a<td>b<tr><td><p>c", &["td:a", "td:b", "p:c"]),
        ("<table><tr><td><p>a<td><div>b</div><td><p>c<p>d", &["td:a", "td:b", "p:c", "p:d"]),
        ("<table><tr><td>a<td>b<p>c</p><tr><td><img><td><p>d", &["td:a", "td:b", "p:c", "p:d"]),
        (
            "<table><tr><th>a<th><h4>b</h4><tr><td>c<td><p>d<ul><li>e<li>f</ul><tr><td><pre>g</pre><td>h</table>",
            &["td:a", "td:b", "td:c", "td:d", "td:e", "td:f", "code:g", "td:h"],
        ),
        ("<ul><li><p>•</p>a<p>b<li><h3>★</h3><h3>c</h3>d", &["li1:a", "p:b", "h3:c", "p:d"]),
        ("<ul><li>a<p>*</p>b</ul>", &["li1:a", "p:b"]),
        ("<ul><li><table><tr><td>a<td>b</table>c</ul>", &["td:a", "td:b", "p:c"]),
        ("<ol><li value=7>a<li>b<li value=x>c</ol><ul><li value=5>d</ul>", &["li1#7:a", "li1#8:b", "li1#9:c", "li1:d"]),
        ("<p><span>John</span><span>'s</span> and <span>港口</span><span>重开</span>", &["p:John's and 港口重开"]),
        (
            "<div><template shadowrootmode=open><p>a</p><slot></slot></template>b<template><p>c</template></div>",
            &["p:a", "p:b"],
        ),
        ("<x-tab><template shadowrootmode=closed>a<div>b</template></x-tab>", &["p:a", "p:b"]),
        ("<figure><img><figcaption>cap</figcaption></figure>", &["caption:cap"]),
        ("<noscript><p>n</p></noscript><x-card>c</x-card>d", &["p:n", "p:c", "p:d"]),
        ("<p>a<script>x</script><style>y</style><template>z</template>b</p>", &["p:ab"]),
        ("<select><option>o</select><textarea>t</textarea><svg><text>s</text></svg>a", &["p:a"]),
        ("<p>|</p><p>***</p><p>1</p>", &["p:1"]),
        ("<p>a&nbsp;&nbsp;b\u{3000}c</p>", &["p:a b c"]),
    ];
    for (html, blocks) in cases {
        let found: Vec<String> = document(html).blocks.iter().map(brief).collect();
        assert_eq!(found, blocks, "{html}");
    }
}

fn marked<'b>(text: &'b str, span: &Span) -> &'b str {
    text.get(span.range.start as usize..span.range.end as usize).expect("character boundaries")
}

#[test]
fn spans_mark_visible_text_and_are_joined_over_inline_elements() {
    let html = "<p>See <a href=' /x '><b>the</b> list </a>and <code>ls</code> or <em>a<strong>b</strong></em>.</p>";
    let document = document(html);
    let block = &document.blocks[0];
    let spans: Vec<(&str, SpanKind)> = block.spans.iter().map(|span| (marked(&block.text, span), span.kind)).collect();
    assert_eq!(block.text, "See the list and ls or ab.");
    let expected = [
        ("the list", SpanKind::Link(0)),
        ("the", SpanKind::Strong),
        ("ls", SpanKind::Code),
        ("ab", SpanKind::Emphasis),
        ("b", SpanKind::Strong),
    ];
    assert_eq!(spans, expected);
    assert_eq!(document.links, ["/x"]);
}

#[test]
fn two_pieces_of_code_stay_two() {
    let document = document("<p><code>foo</code> <code><b>b</b> <i>ar</i></code>");
    let code = document.blocks[0].spans.iter().filter(|span| span.kind == SpanKind::Code);
    assert_eq!(code.map(|span| marked(&document.blocks[0].text, span)).collect::<Vec<_>>(), ["foo", "b ar"]);
}

#[test]
fn a_link_around_blocks_marks_each_of_them() {
    let document = document("<a href=/c><h3>Title</h3><p>Text</p></a>");
    let marked: Vec<usize> = document.blocks.iter().map(|block| block.spans.len()).collect();
    assert_eq!(marked, [1, 1]);
}

#[test]
fn every_block_lies_in_the_range_of_its_element_and_of_all_above() {
    let html = "<body><div><p>a</p>b<ul><li>c<li>d</ul></div><footer>e</footer></body>";
    let document = document(html);
    for (number, block) in document.blocks.iter().enumerate() {
        for (id, element) in document.outline.ancestors(block.element) {
            assert!(element.blocks.contains(&(number as u32)), "block {number} in element {id}");
        }
    }
    let root = document.outline.element(0);
    assert_eq!((root.blocks.clone(), root.end as usize), (0..5, document.outline.elements.len()));
}

#[test]
fn text_stands_as_a_reader_sees_it_beside_inline_elements() {
    let cases: [(&str, &[&str]); 22] = [
        ("<p>So do we.<cite>Anna Holm</cite>", &["p:So do we. Anna Holm"]),
        ("<p><cite>Tom wrote:</cite>Think <b>twice.</b>Then", &["p:Tom wrote: Think twice. Then"]),
        ("<p><strong>Length</strong><span>42 m</span>", &["p:Length 42 m"]),
        ("<p><code>java.util.</code><code>List</code>", &["p:java.util.List"]),
        ("<p>H<sub>2</sub><span>O</span>", &["p:H2O"]),
        ("<div><code>table_id</code><span>string</span>", &["p:table_id string"]),
        ("<p><button>Customary</button><button>Metric</button>", &["p:Customary Metric"]),
        ("<p>The <b>trend</b><span>s</span> of <code>f</code><span>, too", &["p:The trends of f, too"]),
        ("<p><span>S</span><span>even</span> <span>1</span><span>,</span><span>234</span>", &["p:Seven 1,234"]),
        ("<td><a>map<span class='x sr-only'>External link</span></a>", &["p:map"]),
        ("<p>on <span style='display: none'>1950-06-07</span>7 June", &["p:on 7 June"]),
        (
            "<p>a<span hidden>more of it than sixty characters, which a button lets a reader see here</span>",
            &["p:amore of it than sixty characters, which a button lets a reader see here"],
        ),
        ("<p>in <st1:place>London</st1:place> lies <x-tip>a</x-tip> <button>b</button>", &["p:in London lies a b"]),
        ("<div>in <st1:place>London</st1:place> lies <x-tip>a</x-tip>", &["p:in London lies", "p:a"]),
        (
            "<p>Let <math alttext='{\\displaystyle x_{1}}'><mi>x</mi></math> be <math><mi>y</mi> <mo>=</mo></math>",
            &["p:Let x_{1} be y="],
        ),
        (
            "<p>so <span class=katex><span><math><semantics><mi>a</mi><annotation encoding=application/x-tex>a^2\
            </annotation></semantics></math></span><span class=katex-html>a2</span></span>.",
            &["p:so a^2."],
        ),
        ("<p><span style='display:none'><math alttext=q></math></span><img alt=q> is", &["p:q is"]),
        ("<p>She said: <q>It runs</q>, <q><b>again</b></q>.", &["p:She said: “It runs”, “again”."]),
        ("<p>Hello <img class=emoji alt=':)'> <img alt='😀'>you<img alt=boat><img alt='->'>", &["p:Hello :) 😀you"]),
        ("<p>Donau&shy;dampf&#8288;er\u{feff} <code>a&shy;b</code>", &["p:Donaudampfer ab"]),
        ("<pre><code><span class=lineno>1</span>make</code><button>Copy</button></pre>", &["code:make"]),
        ("<table><tr><td class='gutter'><pre>1\n2</pre><td><pre>a\nb</pre></table>", &["code:a\nb"]),
    ];
    for (html, blocks) in cases {
        let found: Vec<String> = document(html).blocks.iter().map(brief).collect();
        assert_eq!(found, blocks, "{html}");
    }
}

#[test]
fn hidden_elements_stay_and_are_marked_with_all_below() {
    let cases = [
        ("<div hidden><p>a</p></div>", true),
        ("<div style='color:red; DISPLAY : none'><p>a</p></div>", true),
        ("<div aria-hidden=true><p>a</p></div>", true),
        ("<div aria-hidden=false style='display:block'><p>a</p></div>", false),
    ];
    for (html, hidden) in cases {
        let document = document(html);
        let element = document.outline.element(document.blocks[0].element);
        assert_eq!(element.hidden, hidden, "{html}");
    }
}

#[test]
fn the_head_is_gathered_from_the_whole_page() {
    let html = "<html lang=de><head><title> A \n B </title><meta name=Author content=' J '><base href=/b>\
        <link rel='x CANONICAL' href=/c><script type=application/ld+json>{\"a\":1}</script></head>\
        <body><svg><title>no</title></svg><p>x</p><time datetime=2024-01-02>yesterday</time>\
        <meta itemprop=datePublished content=2024><meta property=og:title name=t content=O></body>";
    let head = document(html).head;
    assert_eq!((head.title.as_str(), head.lang.as_str()), ("A B", "de"));
    let metas = [("author", "J"), ("datepublished", "2024"), ("og:title", "O")];
    assert_eq!(head.metas, metas.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!((head.canonical.as_deref(), head.base.as_deref()), (Some("/c"), Some("/b")));
    assert_eq!(head.json_ld, ["{\"a\":1}"]);
    assert_eq!(head.times, [("2024-01-02".to_owned(), 1)]);
}

#[test]
fn images_are_counted_up_to_the_next_block() {
    let document = document("<p>a</p><img><br><img><p>b</p>");
    let counts: Vec<u32> = document.blocks.iter().map(|block| block.images).collect();
    assert_eq!(counts, [0, 2]);
}
