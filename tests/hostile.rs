//! Pages made to do harm: to the reader of the output, and to the program.

use scraper::{Html, Node};
use serde_json::Value;
use unboil::{Extractor, Kind, Limit, Limits, Options, Record, Status, render};

/// Elements that the HTML output may hold, and those that a parser puts around a fragment.
const ELEMENTS: [&str; 26] = [
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "tbody",
    "tr",
    "td",
    "a",
    "em",
    "strong",
    "code",
];

/// Every payload stands in an article whose prose stays.
fn page(payload: &str) -> String {
    let prose =
        "The night ferry will keep running for three more years, the council said after a long meeting on Monday.";
    format!(
        "<html><body><article><h1>Night ferry</h1><p>{prose}</p><p>{prose} {payload}</p>{payload}<p>{prose}</p></article>"
    )
}

/// Markup that has run scripts in browsers, or has passed filters: in elements, attributes, addresses, entities, foreign
/// content, and by the way that parsers mend it.
fn attacks() -> Vec<String> {
    let addresses = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "jav\tascript:alert(1)",
        "&#x1;javascript:alert(1)",
        " \u{b}javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "feed:javascript:alert(1)",
        "view-source:javascript:alert(1)",
        "blob:https://a.example/1",
        "//a.example/%0ajavascript:x",
        "https://a.example/\" onmouseover=\"alert(1)",
        "https://a.example/'><script>alert(1)</script>",
    ];
    let linked = addresses.iter().map(|address| format!("<a href=\"{}\">go there</a>", address.replace('"', "&quot;")));
    let raw = addresses.iter().map(|address| format!("<a href='{address}'>go there</a>"));
    let markup = [
        "<script>alert(1)</script>",
        "<script src=//a.example/x.js></script>",
        "<scr<script>ipt>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img srcset='x 1x, javascript:alert(1) 2x'>",
        "<svg onload=alert(1)><text>t</text></svg>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text>t</text></a></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<template><script>alert(1)</script></template>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>Send</button></form>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<base href='javascript:alert(1)//'><a href=x>go there</a>",
        "<link rel=stylesheet href=javascript:alert(1)>",
        "<style>@import 'javascript:alert(1)'</style><b style='background:url(javascript:alert(1))'>bold</b>",
        "<b onclick=alert(1) onmouseover='alert(1)'>bold</b>",
        "<details open ontoggle=alert(1)><summary>more</summary>text</details>",
        "<video><source onerror=alert(1)></video><audio src onerror=alert(1)>",
        "<isindex type=image src=1 onerror=alert(1)>",
        "<a href=https://a.example onclick=alert(1) style=x target=_blank ping=//a.example>go there</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;img src=x onerror=alert(1)&#62;",
        "<textarea></p><script>alert(1)</script></textarea>",
        "<title><script>alert(1)</script></title>",
        "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>",
        "<table><td>&lt;img onerror=alert(1)&gt;</table>",
        "\u{0}<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
    ];
    linked.chain(raw).chain(markup.map(str::to_owned)).collect()
}

/// What in some HTML may not be there.
fn forbidden(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for node in Html::parse_document(html).tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        if !ELEMENTS.contains(&element.name()) && element.name() != "br" {
            found.push(element.name().to_owned());
        }
        for (name, value) in element.attrs() {
            let is_place = ["http://", "https://", "mailto:", "/", "#"].iter().any(|start| value.starts_with(start));
            let relative = !value.contains(':');
            let allowed = match name {
                "href" => is_place || relative,
                "start" | "lang" | "charset" | "rel" | "name" | "content" => true,
                _ => false,
            };
            if !allowed {
                found.push(format!("{name}={value}"));
            }
        }
    }
    found
}

#[test]
fn no_attack_comes_through_to_html() {
    assert!(!forbidden(&page("<b onclick=alert(1)>x</b>")).is_empty(), "the check sees what it looks for");
    let attacks = attacks();
    assert!(attacks.len() >= 60, "{}", attacks.len());
    for attack in &attacks {
        for url in [None, Some("https://news.example/a"), Some("javascript:alert(1)")] {
            let record = url.map_or_else(|| Record::new(page(attack)), |url| Record::new(page(attack)).url(url));
            let options = Options::default().keep("*").expect("a selector");
            let extraction = Extractor::new(options).extract(&record);
            for html in [render::html(&extraction), render::html_page(&extraction)] {
                assert!(html.contains("night ferry will keep running"), "{attack}: {html}");
                assert_eq!(forbidden(&html), Vec::<String>::new(), "{attack}: {html}");
            }
        }
    }
}

/// Documents that cost more than they should where something is not linear: each a unit that is repeated. `lab growth`
/// counts what they cost.
const BOMBS: &str = include_str!("../corpus/bombs.jsonl");

#[test]
fn bombs_are_read_and_what_they_hold_is_judged() {
    for bomb in BOMBS.lines() {
        let bomb: Value = serde_json::from_str(bomb).expect("JSON");
        let field = |name: &str| bomb[name].as_str().expect("a text");
        let kind = match field("kind") {
            "html" => Kind::Html,
            "text" => Kind::Text,
            _ => Kind::Mail,
        };
        let name = field("name");
        let other = |name: &str| bomb[name].as_str().unwrap_or_default();
        let (head, unit) = (other("head").repeat(3000), field("unit").repeat(3000));
        let document = [field("first"), &head, other("between"), &unit, field("last")].concat();
        let record = Record::new(document).kind(kind);
        let extraction = Extractor::new(Options::default()).extract(&record);
        assert_eq!(extraction.document.blocks.len(), extraction.verdicts.len(), "{name}");
        let depth = extraction.document.outline.elements.iter().map(|element| element.depth).max();
        assert!(depth.unwrap_or(0) <= 520, "{name}: {depth:?}");
        if kind != Kind::Mail {
            assert!(matches!(extraction.status, Status::Ok | Status::Empty), "{name}: {:?}", extraction.status);
        }
        for out in [render::text(&extraction), render::markdown(&extraction).into(), render::html(&extraction).into()] {
            assert!(std::str::from_utf8(&out).is_ok(), "{name}");
        }
    }
}

#[test]
fn mixed_and_broken_encodings_come_out_as_text() {
    let body = page("");
    let cut = body.find("council").expect("the prose");
    for junk in [
        &b"\xff\xfe\xfd"[..],
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xc3",
        b"\x80\x81\x8d",
        b"\0\0\0",
        b"&#xD800;&#0;",
    ] {
        let bytes =
            [body.as_bytes().get(..cut).expect("a head"), junk, body.as_bytes().get(cut..).expect("a tail")].concat();
        let record = Record::new(bytes).kind(Kind::Html);
        let extraction = Extractor::new(Options::default()).extract(&record);
        let text = String::from_utf8(render::text(&extraction)).expect("UTF-8");
        assert!(text.contains("council said after a long meeting") && !text.contains('\0'), "{junk:?}: {text}");
    }
}

#[test]
fn a_text_of_more_lines_than_the_limit_loses_none() {
    let text = "a boat\n".repeat(50);
    let letter = format!("From: Ada <ada@harbour.example>\nTo: b@vale.example\nSubject: Boats\n\n{text}");
    for (kind, document) in [(Kind::Text, text.clone()), (Kind::Mail, letter)] {
        let options = Options::default().limits(Limits { nodes: 20, ..Limits::default() });
        let record = Record::new(document).kind(kind);
        let extraction = Extractor::new(options).extract(&record);
        assert_eq!(
            (extraction.document.blocks.len(), extraction.status),
            (21, Status::Limit(Limit::Nodes)),
            "{kind:?}"
        );
        assert_eq!(String::from_utf8_lossy(&render::text(&extraction)), text, "{kind:?}");
    }
}
