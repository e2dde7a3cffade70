//! On ordinary markup, however damaged, the tree is the one of a plain parse.

use super::{html, line_of, lines, outline, parse, plain};
use crate::options::Limits;
use crate::segment::dom::feed::{Cut, feed};
use crate::segment::dom::guard::Guard;
use scraper::Node;

const SNIPPETS: &[&str] = &[
    "",
    "text only",
    " \n ",
    "<!doctype html><title>T</title><p>one<p>two",
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><table><tr><td>quirks</table>",
    "<!doctype html><!doctype html>again",
    "<p><b>bold<p>still bold</b> not bold",
    "<b><p></b>x</p>y",
    "<p>1<b>2<i>3</b>4</i>5</p>",
    "<a href=1>one<a href=2>two</a>three</a>",
    "<a><table><td><a>x</table>y",
    "<nobr>a<nobr>b</nobr>c",
    "<b><b><b><b><p>four of a kind</p></b></b></b></b>x",
    "<b class=x><b class=x><b class=x><b class=x><div></div><p>y",
    "<font size=1><p><font size=2>a<p>b</font>c",
    "<em><div><strong><p></em>x</strong></div>y",
    "<button>a<button>b</button>c",
    "<table>text<tr><td>cell</td>more</tr></table>after",
    "<table><b>bold<tr><td>cell</b></table>x",
    "<table><div>one</div><tr><div>two</div><td>x<caption>c",
    "<table><tr><td><table><tr><td>inner</table></table>",
    "<table><colgroup><col><col>x</colgroup><tbody><tr><th>h</th></tbody></table>",
    "<table><input type=hidden><input type=text><form><tr></form></table>",
    "<table><td><object><td>x</object></table>y",
    "<table><caption><b>c</caption><td>x",
    "<table> <tr> <td> </td> </tr> </table>",
    "<template><td>x</td></template><template><p>y</template>z",
    "<table><template><tr><td></template></table>",
    "<template><div><template>inner</template></div>",
    "<div><template shadowrootmode=open><p>shadow</template></div>",
    "<svg><g><path d='M0'/><title>t</title></g></svg>x",
    "<svg><style><p>out",
    "<svg><![CDATA[a<b>c]]>d</svg><![CDATA[bogus]]>",
    "<svg><foreignObject><p>x<svg><desc><div>y</svg>z",
    "<svg><script>a<b>c</script><font>f</font><font color=red>g",
    "<math><mi>x<p>y</mi><annotation-xml encoding=text/html><div>z</math>",
    "<math><mtext><mglyph><b></math>x",
    "<svg><input><area><link></svg>x",
    "<select><option>a<option>b<optgroup label=c><option>d</select>e",
    "<select><b>x<div>y<hr><input>z",
    "<select><table><td>x</select>y",
    "<noscript><img src=x><p>text</noscript>",
    "<head><noscript><link rel=x><style>y</style><p>z</noscript>w",
    "<frameset><frame><frameset><frame></frameset><noframes><p>x</noframes></frameset>y",
    "<p>x<frameset><frame>",
    "<form><div></form><form>x</div></form>",
    "<form><input><form><input></form>x",
    "<textarea>\n<b>x</textarea><pre>\n\ny</pre><listing>\nz",
    "<title><b>x</title><style><b></style><script>'<b>'</script>x",
    "<script><!--<script></script>x</script>y--></script>z",
    "<script><!-- </script >y<script/>'</scriptx>'</script/a=b>z",
    "<xmp><b></xmp><iframe><b></iframe><noembed><b></noembed><plaintext></plaintext><b>",
    "&amp;&lt;&copy&copy;&notit;&#0;&#x80;&#xD800;&unknown;&",
    "<a href='?a=1&copy=2&amp;b' title=&quot;x>y",
    "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
    "<dl><dt>a<dd>b<dt>c</dl><li>x<dd>y",
    "<ruby>a<rb>b<rt>c<rtc>d<rp>e</ruby>f",
    "<h1>a<h2>b</h1>c</h3>d",
    "<body a=1><body a=2 b=3><html c=4><p>x</body>y</html>z<!-- end -->",
    "<html><head><body><head><p>x</head>y",
    "</p></br></div><br></br>x</body></p>",
    "<!-- a --><!-- -- --!><!--><!---><!----><!- x><? y><!x></ z></>t",
    "<div a=1 a=2 B c='>' d=\">\" e=`f` =g h==i/j k/>x",
    "<div a\u{e9}=\u{fc} \u{1f600}>\u{1f600}</div\u{e9}>",
    "a\0b<div\0 c\0=d\0>\0<textarea>\0</textarea><svg>\0",
    "\r\n<p\r\na=1\rb\r>x\r\ny\rz<pre>\r\nw",
    "<p",
    "<p a='b",
    "<!--",
    "<script>x",
    "</",
    "<marquee><applet><b></marquee>x</applet>y",
    "<image src=x><keygen><menuitem>x</menuitem>",
    "<p><object><p>x</object>y</p><embed><param><source><track><wbr>",
    "<details><summary>a</summary><p>b</details><dialog>c</dialog><search>d",
    "<x-tag-name data-attribute-name=1>a</x-tag-name></x-other-name>",
];

#[test]
fn snippets_give_the_tree_of_a_plain_parse() {
    for snippet in SNIPPETS {
        let dom = parse(snippet, Limits::default());
        assert_eq!(outline(&dom.html), outline(&plain(snippet)), "{snippet:?}");
        assert_eq!(dom.limit, None, "{snippet:?}");
    }
}

/// Xorshift, 64 bits (Marsaglia 2003).
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[(self.next() % choices.len() as u64) as usize]
    }
}

const TAGS: &[&str] = &[
    "a",
    "b",
    "i",
    "font",
    "nobr",
    "em",
    "code",
    "p",
    "div",
    "span",
    "ul",
    "li",
    "dl",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "caption",
    "colgroup",
    "col",
    "form",
    "button",
    "input",
    "select",
    "option",
    "optgroup",
    "h1",
    "h2",
    "pre",
    "textarea",
    "title",
    "script",
    "style",
    "template",
    "svg",
    "math",
    "mi",
    "foreignObject",
    "desc",
    "object",
    "br",
    "img",
    "hr",
    "body",
    "html",
    "head",
    "frameset",
    "noscript",
    "iframe",
    "plaintext",
    "ruby",
    "rt",
    "x-custom-name",
    "rb",
    "rtc",
    "rp",
    "tfoot",
    "thead",
    "dt",
    "ol",
    "menu",
    "dir",
    "center",
    "address",
    "article",
    "h6",
    "hr",
    "big",
    "tt",
    "u",
    "s",
    "small",
    "strike",
    "strong",
    "applet",
    "marquee",
    "listing",
    "xmp",
    "noembed",
    "noframes",
    "image",
    "keygen",
    "embed",
    "param",
    "source",
    "base",
    "link",
    "meta",
    "bgsound",
    "frame",
    "annotation-xml",
    "mtext",
    "mglyph",
    "malignmark",
    "g",
    "dialog",
    "search",
    "details",
    "var",
    "sub",
];

const ATTRIBUTES: &[&str] = &[
    " class=a",
    " id='b>c'",
    " href=\"x y\"",
    " checked",
    " size=1 ",
    " a=b/",
    "/",
    " x = 'y'",
    " type=hidden",
    "\n",
    " =",
    " a=1 b=2 c=3",
    " d='1'e=\"2\"",
    " CLASS=A",
    " href=?a&copy=1&amp;b",
    " title='&lt;&#x41;&nosuch;'",
    " a a=2",
    " \u{e9}=\u{fc}",
];

const OTHERS: &[&str] = &[
    "text",
    " ",
    "\n",
    "x y",
    "&amp;",
    "&notin;&notit;",
    "&#0;&#x80;&#xD800",
    "&#",
    "&#x",
    "&#x4",
    "a;",
    "=",
    "-",
    "\r",
    "&copy",
    "&",
    "<",
    ">",
    "\0",
    "<!-- c -->",
    "<!-->",
    "<!--->",
    "<!---->",
    "<!--a--!>",
    "<!x>",
    "<?y>",
    "</>",
    "</ z>",
    "<![CDATA[a>b]]>",
    "<!doctype html>",
    "<![CDATA[",
    "-->",
    "\r\n",
    "'",
    "\"",
    "<!--<script ",
    "</script x='>'>",
    "\u{e9}",
];

pub(super) fn soup(random: &mut Random) -> String {
    let mut out = String::new();
    for _ in 0..4 + random.next() % 40 {
        match random.next() % 10 {
            0..=4 => {
                let tag = random.pick(TAGS);
                out.push('<');
                out.push_str(tag);
                // One that closes itself is read as pages mean it, and not as a plain parse does.
                let may_close = tag != "iframe";
                while may_close && random.next().is_multiple_of(3) {
                    out.push_str(random.pick(ATTRIBUTES));
                }
                out.push_str(if may_close && random.next().is_multiple_of(12) { "/>" } else { ">" });
            }
            5..=7 => {
                out.push_str("</");
                out.push_str(random.pick(TAGS));
                out.push_str(if random.next().is_multiple_of(12) { " a='>'>" } else { ">" });
            }
            _ => out.push_str(random.pick(OTHERS)),
        }
    }
    out
}

#[test]
fn tag_soup_gives_the_tree_of_a_plain_parse() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..10_000 {
        let soup = soup(&mut random);
        let dom = parse(&soup, Limits::default());
        assert_eq!(outline(&dom.html), outline(&plain(&soup)), "{soup:?}");
        assert_eq!(dom.limit, None, "{soup:?}");
    }
}

/// A page with tags taken out, put in, doubled, and moved.
fn mutated(page: &str, random: &mut Random) -> String {
    let mut pieces: Vec<&str> = page.split_inclusive('>').collect();
    for _ in 0..1 + random.next() % 30 {
        let mut place = || (random.next() % pieces.len() as u64) as usize;
        let (from, to) = (place(), place());
        match random.next() % 4 {
            0 => drop(pieces.remove(from)),
            1 => pieces.insert(to, pieces[from]),
            2 => pieces.swap(from, to),
            _ => pieces
                .insert(to, random.pick(&["</div>", "<table>", "</table>", "<p>", "<b>", "</a>", "<td>", "<svg>"])),
        }
    }
    pieces.concat()
}

#[test]
fn mutated_pages_give_the_tree_of_a_plain_parse() {
    let mut random = Random(0x1D87_2F41_66BE_90A3);
    let mut count = 0;
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for folder in std::fs::read_dir(corpus).expect("a corpus").flatten() {
        let Ok(page) = std::fs::read_to_string(folder.path().join("page.html")) else { continue };
        // One that closes itself is read as pages mean it, and not as a plain parse does.
        let page = page.replace("iframe", "object");
        for _ in 0..20 {
            let page = mutated(&page, &mut random);
            assert_eq!(outline(&parse(&page, Limits::default()).html), outline(&plain(&page)), "{page}");
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn slices_may_end_anywhere() {
    let mut random = Random(0xA076_1D64_78BD_642F);
    for round in 0..5_000 {
        let soup = soup(&mut random);
        let cut = Cut { slice: 4 + round % 5, ..Cut::default() };
        let tree = feed(&soup, Guard::new(Limits::default(), soup.len()), cut).finish();
        assert_eq!(outline(&html(&tree)), outline(&plain(&soup)), "{soup:?}");
    }
}

#[test]
fn only_the_first_byte_order_mark_is_taken_away() {
    let dom = parse("\u{feff}\u{feff}<p>a\u{feff}<p>\u{feff}b<script></script>\u{feff}c", Limits::default());
    assert_eq!(super::text_and_depth(&dom.html).0, "\u{feff}a\u{feff}\u{feff}b\u{feff}c");
}

/// Elements without their attributes, all other nodes whole.
fn without_attributes(html: &scraper::Html) -> String {
    lines(html, |node| match node {
        Node::Element(element) => format!("<{:?} {}>", element.name.ns, element.name.local),
        other => line_of(other),
    })
}

/// The feeder reads tags as the tokenizer does: leaving out every attribute changes nothing else. (Attributes that
/// steer the tree builder, and formatting elements, which it compares by their attributes, are not in this soup.)
#[test]
fn leaving_out_attributes_changes_nothing_else() {
    let steering = |soup: &str| ["type=hidden", "size=1", "<!doctype"].iter().any(|word| soup.contains(word));
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    let mut compared = 0;
    for _ in 0..10_000 {
        let mut soup = soup(&mut random);
        for formatting in ["a", "b", "i", "font", "nobr", "em", "code"] {
            soup = soup.replace(&format!("<{formatting} "), "<span ").replace(&format!("<{formatting}\n"), "<span\n");
        }
        if steering(&soup) {
            continue;
        }
        compared += 1;
        let cut = Cut { attributes: 0, ..Cut::default() };
        let bare = html(&feed(&soup, Guard::new(Limits::default(), soup.len()), cut).finish());
        assert_eq!(without_attributes(&bare), without_attributes(&plain(&soup)), "{soup:?}");
        let attributes: usize =
            bare.tree.values().filter_map(Node::as_element).map(|element| element.attrs.len()).sum();
        assert_eq!(attributes, 0, "{soup:?}");
    }
    assert!(compared > 2_500);
}
