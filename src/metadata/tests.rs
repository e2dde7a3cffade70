//! Whole documents to whole metadata. Documents are built by hand: what HTML becomes them is the segmenter's matter.

use super::read;
use crate::document::{Block, BlockKind, Document, Element, Kind, Metadata, Name, Span, SpanKind, Tag};

const URL: &str = "https://www.harbour-news.example/ferries/pier-open-again";

/// A document under construction.
struct Page(Document);

impl Page {
    fn html() -> Self {
        Self(Document::empty(Kind::Html, None))
    }

    fn text(paragraphs: &[&str]) -> Self {
        let mut page = Self(Document::empty(Kind::Text, None));
        for paragraph in paragraphs {
            page = page.block(BlockKind::Line, paragraph);
        }
        page
    }

    fn title(mut self, title: &str) -> Self {
        self.0.head.title = title.to_owned();
        self
    }

    fn lang(mut self, lang: &str) -> Self {
        self.0.head.lang = lang.to_owned();
        self
    }

    fn meta(mut self, name: &str, content: &str) -> Self {
        self.0.head.metas.push((name.to_owned(), content.to_owned()));
        self
    }

    fn json_ld(mut self, script: &str) -> Self {
        self.0.head.json_ld.push(script.to_owned());
        self
    }

    fn time(mut self, value: &str) -> Self {
        self.0.head.times.push((value.to_owned(), self.0.blocks.len() as u32));
        self
    }

    fn block(mut self, kind: BlockKind, text: &str) -> Self {
        self.0.blocks.push(Block {
            kind,
            text: text.to_owned(),
            spans: Vec::new(),
            element: 0,
            lines: 0..0,
            images: 0,
            inlines: 0,
            joins: false,
            wishes: Vec::new(),
        });
        self
    }

    fn h1(self, text: &str) -> Self {
        self.block(BlockKind::Heading(1), text)
    }

    fn p(self, text: &str) -> Self {
        self.block(BlockKind::Paragraph, text)
    }

    /// A paragraph in an element with this class and `itemprop`.
    fn classed(mut self, class: &str, itemprop: &str, text: &str) -> Self {
        let outline = &mut self.0.outline;
        let (class, itemprop) = (outline.intern(class), outline.intern(itemprop));
        let id = outline.elements.len() as u32;
        let at = self.0.blocks.len() as u32;
        outline.elements.push(Element {
            tag: Tag::Div,
            parent: 0,
            end: id + 1,
            depth: 1,
            blocks: at..at + 1,
            hidden: false,
            class,
            id: Name::default(),
            testid: Name::default(),
            role: Name::default(),
            itemprop,
            mark: Name::default(),
        });
        let mut page = self.p(text);
        page.last().element = id;
        page
    }

    /// Links the whole of the last block.
    fn linked(mut self, href: &str) -> Self {
        let link = self.0.links.len() as u32;
        self.0.links.push(href.to_owned());
        let range = 0..self.last().text.len() as u32;
        self.last().spans.push(Span { range, kind: SpanKind::Link(link) });
        self
    }

    /// Hides the element of the last block.
    fn hidden(mut self) -> Self {
        let element = self.last().element as usize;
        self.0.outline.elements[element].hidden = true;
        self
    }

    fn last(&mut self) -> &mut Block {
        self.0.blocks.last_mut().expect("a block")
    }

    fn read(&self) -> Metadata {
        read(&self.0, Some(URL))
    }
}

/// Metadata of a page at [`URL`]; empty fields are missing ones.
fn metadata(title: &str, author: &str, date: &str, site: &str, lang: &str) -> Metadata {
    let field = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Metadata {
        title: field(title),
        author: field(author),
        date: field(date),
        site: field(site),
        lang: field(lang),
        url: Some(URL.to_owned()),
        ..Metadata::default()
    }
}

const BODY: &str = "The ferry to the island runs again from Monday, the harbour office said, after the storm had \
                    closed the pier for nine days. Tickets bought before the storm stay valid until the end of June, \
                    and the night boat returns a week later, once the lamps on the outer mole have been replaced.";

#[test]
fn an_article_with_everything_is_read_whole() {
    let page = Page::html()
        .title("Pier open again | Harbour News")
        .lang("en-gb")
        .meta("og:title", "Pier open again")
        .meta("og:site_name", "Harbour News")
        .json_ld(
            r#"{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Pier open again",
                "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
                "datePublished": "2024-05-17T06:00:00+02:00", "dateModified": "2024-05-19",
                "publisher": {"@type": "Organization", "name": "Harbour Media"}}"#,
        )
        .p("Home")
        .h1("Pier open again")
        .p(BODY);
    assert_eq!(page.read(), metadata("Pier open again", "Jane Doe, John Roe", "2024-05-17", "Harbour News", "en-GB"));
}

#[test]
fn an_empty_page_says_nothing() {
    let page =
        Page::html().lang(" ").meta("og:title", " ").meta("author", "").json_ld("").json_ld("{}").json_ld("[[],null]");
    assert_eq!(page.read(), metadata("", "", "", "", ""));
    assert_eq!(read(&Document::empty(Kind::Html, None), None), Metadata::default());
    assert_eq!(read(&Document::empty(Kind::Text, None), None), Metadata::default());
}

#[test]
fn titles_lose_the_site_and_nothing_else() {
    // <title>, og:site_name, h1, expected
    let cases = [
        ("Pier open again | Harbour News", "Harbour News", "", "Pier open again"),
        ("Pier open again - harbour-news.example", "", "", "Pier open again"),
        ("Pier open again – The Harbour News", "", "", "Pier open again"),
        ("Harbour News :: Pier open again", "", "", "Pier open again"),
        ("Pier open again » Ferries » Harbour News", "", "Pier open again", "Pier open again"),
        ("Pier open again » Ferries » Harbour News", "", "", "Pier open again » Ferries"),
        ("Storm - what we know", "Harbour News", "", "Storm - what we know"),
        ("Storm - what we know - Harbour News", "Harbour News", "", "Storm - what we know"),
        ("A well-known pier", "", "", "A well-known pier"),
        ("码头重新开放_海港新闻", "海港新闻", "", "码头重新开放"),
        ("Harbour News", "Harbour News", "", "Harbour News"),
        ("Pier open again", "", "Ferries: Pier open again", "Pier open again"),
        ("The pier opens again after the storm", "", "Pier opens after storm", "Pier opens after storm"),
        ("Pier open again", "", "Harbour News", "Pier open again"),
        ("", "", "Pier open again ¶", "Pier open again"),
        ("Tom &amp; Jerry&#8217;s pier", "", "", "Tom & Jerry’s pier"),
        ("{{ page.title }}", "", "Pier open again", "Pier open again"),
        ("The pier opens again • Ada Lovell", "Ada Lovell", "Ada Lovell", "The pier opens again"),
        ("", "", "", ""),
    ];
    for (title, site, heading, expected) in cases {
        let mut page = Page::html().title(title).meta("og:site_name", site);
        if !heading.is_empty() {
            page = page.h1(heading);
        }
        assert_eq!(page.read(), metadata(expected, "", "", site, ""), "{title:?} {heading:?}");
    }
}

#[test]
fn of_two_headings_the_one_that_shares_more_words_is_the_title() {
    let page =
        Page::html().title("The Old Pier Problem (Ada Lovell)").h1("Ada Lovell's Piers").h1("The Old Pier Problem");
    assert_eq!(page.read().title.as_deref(), Some("The Old Pier Problem"));
}

#[test]
fn the_head_titles_a_page_in_a_fixed_order() {
    let names = ["og:title", "citation_title", "twitter:title", "parsely-title", "sailthru.title", "dc.title"];
    for (at, name) in names.iter().enumerate() {
        let mut page = Page::html().title("Last of all");
        for later in names[at..].iter().rev() {
            page = page.meta(later, &format!("Title of {later}"));
        }
        assert_eq!(page.read(), metadata(&format!("Title of {name}"), "", "", "", ""), "{name}");
    }
}

#[test]
fn the_heading_of_another_story_is_no_title() {
    let page = Page::html().title("Pier open again").h1("Most read today").h1("Pier open again").p(BODY);
    assert_eq!(page.read(), metadata("Pier open again", "", "", "", ""));
    let page =
        Page::html().title("What is ownership? - The Harbour Book").h1("The Harbour Book").h1("What is ownership?");
    assert_eq!(page.read(), metadata("What is ownership?", "", "", "", ""));
}

#[test]
fn the_owner_of_the_page_is_the_site() {
    let cases = [
        ("Daily Echo - Pier open again", "© 2021 Daily Echo Ltd. All rights reserved", "Pier open again", "Daily Echo"),
        ("Pier open again | Daily Echo", "© Copyright 2021, Daily Echo", "Pier open again", "Daily Echo"),
        ("Il Faro - Il molo riapre", "© Riproduzione riservata - Il Faro s.r.l.", "Il molo riapre", "Il Faro"),
        ("Daily Echo - Pier open again", "© 2021 Echo Daily", "Daily Echo - Pier open again", ""),
        ("Daily Echo", "© 2021 Daily Echo", "Daily Echo", ""),
        ("Mussel & Oak | Whitby", "© 2021 Mussel & Oak", "Mussel & Oak | Whitby", ""),
    ];
    for (title, line, expected, site) in cases {
        let page = Page::html().title(title).p(BODY).p(line);
        assert_eq!(page.read(), metadata(expected, "", "", site, ""), "{title:?} {line:?}");
    }
}

#[test]
fn a_line_that_the_title_repeats_is_the_headline_where_no_heading_is() {
    let page = Page::html().title("Daily Echo News - Pier open again").p("Home").p("Pier open again").p("By Jane Doe");
    assert_eq!(page.p("14 March 2004").p(BODY).read(), metadata("Pier open again", "Jane Doe", "2004-03-14", "", ""));
    let page = Page::html().title("Pier open again").p("Pier open again\nBy Jane Doe 14 March 2004").p(BODY);
    assert_eq!(page.read(), metadata("Pier open again", "Jane Doe", "2004-03-14", "", ""));
    let page = Page::html().title("Pier open again - Pier Forum").h1("Pier Forum");
    let page = page.block(BlockKind::Heading(2), "Pier open again").p(BODY);
    assert_eq!(page.read(), metadata("Pier open again", "", "", "", ""));
}

#[test]
fn json_ld_names_its_authors_in_many_shapes() {
    let cases = [
        (r#""author": "Jane Doe""#, "Jane Doe"),
        (r#""author": ["Jane Doe", "John Roe"]"#, "Jane Doe, John Roe"),
        (r#""author": {"name": "Jane Doe"}"#, "Jane Doe"),
        (r#""author": {"@type": "Person", "name": ["Jane Doe", "John Roe"]}"#, "Jane Doe, John Roe"),
        (r#""author": [[{"name": "Jane Doe"}], {"@list": ["John Roe"]}]"#, "Jane Doe, John Roe"),
        (r#""author": {"@id": "/#jane"}, "mentions": {"@id": "/#jane", "name": "Jane Doe"}"#, "Jane Doe"),
        (r#""author": ["By Jane Doe", {"name": "JANE DOE"}]"#, "Jane Doe"),
        (r#""creator": ["Jane Doe"]"#, "Jane Doe"),
        (r#""schema:author": {"schema:name": "Jane Doe"}"#, "Jane Doe"),
        (r#""author": "Jane Doe | Harbour reporter""#, "Jane Doe"),
        (r#""author": "Zo&euml; Doe""#, "Zoë Doe"),
        (r#""author": "Jane Doe, PhD""#, "Jane Doe, PhD"),
        (r#""author": "https://www.harbour-news.example/by/jane""#, ""),
        (r#""author": {"@id": "/#nobody"}"#, ""),
        (r#""author": "admin""#, ""),
        (r#""author": 7, "creator": null"#, ""),
        (r#""author": "page.author.name""#, ""),
        (r#""author": {"name": ""}"#, ""),
    ];
    for (property, expected) in cases {
        let page = Page::html().json_ld(&format!(r#"{{"@type": "Article", {property}}}"#));
        assert_eq!(page.read(), metadata("", expected, "", "", ""), "{property}");
    }
}

#[test]
fn only_the_object_that_describes_the_page_speaks() {
    let review = r#"{"@type": "Product", "name": "Lamp", "review": {"@type": "Review", "author": "Jane Doe",
                     "datePublished": "2024-05-17"}}"#;
    assert_eq!(Page::html().json_ld(review).read(), metadata("Lamp", "", "", "", ""));
    let list = r#"[{"@type": "NewsArticle", "headline": "One", "author": "A. One", "datePublished": "2024-05-01"},
                   {"@type": "NewsArticle", "headline": "Two", "author": "B. Two", "datePublished": "2024-05-02"}]"#;
    assert_eq!(Page::html().json_ld(list).title("Ferries").read(), metadata("Ferries", "", "", "", ""));
    assert_eq!(Page::html().json_ld(list).title("Two").read(), metadata("Two", "B. Two", "2024-05-02", "", ""));
    let graph = r#"{"@graph": [{"@type": "WebSite", "name": "Harbour News"}, 
                    {"@type": "WebPage", "datePublished": "2020-01-01"},
                    {"@type": ["Article", "TechArticle"], "headline": "Pier", "datePublished": "2024-05-17",
                     "inLanguage": "en"}]}"#;
    assert_eq!(Page::html().json_ld(graph).read(), metadata("Pier", "", "2024-05-17", "Harbour News", "en"));
    let nested =
        r#"{"@type": "QAPage", "mainEntity": {"@type": "Question", "name": "Why?", "author": {"name": "jane"}}}"#;
    assert_eq!(Page::html().json_ld(nested).read(), metadata("Why?", "jane", "", "", ""));
}

#[test]
fn tags_name_authors_in_a_fixed_order() {
    let cases = [
        (
            vec![("author", "Jane Doe"), ("citation_author", "Roe, John"), ("citation_author", "Ann Poe")],
            "John Roe, Ann Poe",
        ),
        (vec![("author", "Jane Doe"), ("dc.creator", "John Roe")], "John Roe"),
        (vec![("author", "Jane Doe"), ("article:author", "https://facebook.com/roe")], "Jane Doe"),
        (vec![("article:author", "John Roe"), ("author", "Jane Doe")], "John Roe"),
        (vec![("parsely-author", "Jane Doe"), ("parsely-author", "John Roe")], "Jane Doe, John Roe"),
        (vec![("sailthru.author", "Jane Doe")], "Jane Doe"),
        (vec![("byl", "By Jane Doe")], "Jane Doe"),
        (vec![("twitter:label1", "Written by"), ("twitter:data1", "Jane Doe")], "Jane Doe"),
        (vec![("twitter:label1", "Reading time"), ("twitter:data1", "5 minutes")], ""),
        (vec![("author", "admin"), ("author", "Jane Doe")], "Jane Doe"),
        (vec![("author", "Jane Doe"), ("author", "John Roe")], "Jane Doe, John Roe"),
        (
            vec![("citation_author", "van der Berg, Jan"), ("citation_author", "García Márquez, Gabriel")],
            "Jan van der Berg, Gabriel García Márquez",
        ),
        (vec![("dc.creator", "Jane Doe, Reuters")], "Jane Doe, Reuters"),
        (vec![("author", "Di Wu")], "Di Wu"),
        (vec![("author", "von Jane Doe")], "Jane Doe"),
        (vec![("author", "Par: Jansson")], "Jansson"),
        (vec![("author", "www.harbour-news.example")], ""),
        (vec![("author", "12345")], ""),
        (vec![("author", "\u{0}\u{7}\n")], ""),
    ];
    for (tags, expected) in cases {
        let page = tags.iter().fold(Page::html(), |page, (name, content)| page.meta(name, content));
        assert_eq!(page.read(), metadata("", expected, "", "", ""), "{tags:?}");
    }
    let long = Page::html().meta("author", &"Jane ".repeat(30));
    assert_eq!(long.read(), metadata("", "", "", "", ""));
}

#[test]
fn the_site_signs_only_where_nobody_else_does() {
    let signed = r#"{"@type": "Article", "author": {"@type": "Organization", "name": "Harbour News"}}"#;
    let page = || Page::html().title("Pier open again").json_ld(signed).h1("Pier open again");
    assert_eq!(page().read(), metadata("Pier open again", "Harbour News", "", "", ""));
    assert_eq!(page().p("By Jane Doe").read(), metadata("Pier open again", "Jane Doe", "", "", ""));
}

#[test]
fn bylines_of_many_languages_are_read() {
    let cases = [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("ByJane Doe", "Jane Doe"),
        ("Byron Doe", ""),
        ("By Jane Doe and John Roe | Harbour News", "Jane Doe and John Roe"),
        ("By Jane Doe, published on Friday", "Jane Doe"),
        ("17 May by Jane Doe", ""),
        ("Written by: Jane Doe", "Jane Doe"),
        ("Posted by sailor_77", "sailor_77"),
        ("Von Jürgen von der Heide", "Jürgen von der Heide"),
        ("Von wegen alles gut", ""),
        ("Par Élise Dupont", "Élise Dupont"),
        ("Par ailleurs, la jetée reste fermée", ""),
        ("Por María de la Cruz y Juan Pérez", "María de la Cruz y Juan Pérez"),
        ("Di Giulia Rossi", "Giulia Rossi"),
        ("Door Pieter van den Berg", "Pieter van den Berg"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("文／山田太郎", "山田太郎"),
        ("作者：王小明", "王小明"),
        ("记者 陆晓棠", "陆晓棠"),
        ("記者・三枝千尋", "三枝千尋"),
        ("한소담 기자", "한소담"),
        ("كتب: مروان الزهيري", "مروان الزهيري"),
        ("كتب مجانية للجميع", ""),
        ("Post by Ada Lovell » Sunday", "Ada Lovell"),
        ("מאת: יעל ברכיהו", "יעל ברכיהו"),
        ("نویسنده: نگار رستگار", "نگار رستگار"),
        ("लेखक: रश्मि तिवारी", "रश्मि तिवारी"),
        ("எழுத்து: கயல்விழி முருகன்", "கயல்விழி முருகன்"),
        ("โดย วรางคณา ใจดี", "วรางคณา ใจดี"),
        ("Της Ευτυχίας Καλαμάρα", "Ευτυχίας Καλαμάρα"),
        ("Teksti: Tuulikki Vainionpää", "Tuulikki Vainionpää"),
        ("Haber: Şükran Tiryaki", "Şükran Tiryaki"),
        ("Par Solène Mercadier Publié le", "Solène Mercadier"),
        ("By the harbour", ""),
        ("By Monday", ""),
    ];
    for (byline, expected) in cases {
        let page = Page::html().title("Pier open again").h1("Pier open again").p(byline).p(BODY);
        assert_eq!(page.read(), metadata("Pier open again", expected, "", "", ""), "{byline}");
    }
}

#[test]
fn marked_and_linked_authors_near_the_headline_are_read() {
    let page = || Page::html().title("Pier open again").h1("Pier open again");
    let cases = [
        (page().classed("c-author-info__name", "", "Jane Doe"), "Jane Doe"),
        (page().classed("PostAuthor", "", "Jane Doe\nReporter"), "Jane Doe"),
        (page().classed("", "author", "sailor_77"), "sailor_77"),
        (page().classed("author-bio", "", "Jane Doe writes"), ""),
        (page().classed("byline", "", "Jane Doe").hidden(), ""),
        (page().p("Jane Doe").linked("/author/jane-doe"), "Jane Doe"),
        (page().p("Jane Doe").linked("/people/jane"), ""),
        (page().p("Written by").p("Jane Doe"), "Jane Doe"),
        (page().p(BODY).p("By John Roe"), ""),
        (page().p(BODY).p("Written by Jane Doe"), "Jane Doe"),
        (page().p(BODY).p("Written by Jane Doe").p("Written by John Roe"), ""),
        (page().p("Sat 17 May 2024 at 8:00"), ""),
        (page().p("17 May 2024 by Jane Doe"), "Jane Doe"),
        (page().p("Jane DoeMay 17, 2024").linked("/author/jane-doe"), "Jane Doe"),
    ];
    for (page, expected) in cases {
        let found = page.read();
        assert_eq!(
            Metadata { date: None, ..found },
            metadata("Pier open again", expected, "", "", ""),
            "{:?}",
            page.0.blocks
        );
    }
}

#[test]
fn dates_are_taken_from_the_best_source() {
    let json = r#"{"@type": "Article", "datePublished": "2024-01-01"}"#;
    let page =
        || Page::html().title("Pier open again").p("Sunday, 9 June 2024").time("2024-03-03").h1("Pier open again");
    let cases = [
        (page().json_ld(json).meta("article:published_time", "2024-02-02"), "2024-01-01"),
        (page().meta("date", "2024-05-05").meta("article:published_time", "2024-02-02T10:00Z"), "2024-02-02"),
        (page().meta("date", "2024-05-05"), "2024-03-03"),
        (Page::html().title("Pier").h1("Pier").p("4 April 2024").meta("date", "2024-05-05"), "2024-04-04"),
        (Page::html().title("Pier").h1("Pier").p(BODY).time("2024-03-03").meta("date", "2024-05-05"), "2024-05-05"),
        (Page::html().title("Pier").h1("Pier").p(BODY).p("4 April 2024"), ""),
        (Page::html().title("Pier").meta("datepublished", "May 6, 2024"), "2024-05-06"),
        (Page::html().title("Pier").meta("article:published_time", "soon").meta("date", "2024-05-05"), "2024-05-05"),
        (Page::html().title("Pier").meta("article:modified_time", "2024-05-05"), ""),
        (Page::html().title("Pier").meta("date", "05/06/2024"), ""),
        (Page::html().title("Pier").meta("date", "1970-01-01"), ""),
    ];
    for (at, (page, expected)) in cases.iter().enumerate() {
        assert_eq!(page.read().date.unwrap_or_default(), *expected, "case {at}");
    }
    let page = Page::html().title("Pier");
    assert_eq!(read(&page.0, Some("https://example.com/2024/05/17/pier")).date.as_deref(), Some("2024-05-17"));
}

#[test]
fn dates_of_code_and_of_members_are_none_of_the_page() {
    let page = Page::html().title("Backups").h1("Backups").block(BlockKind::Code, "snap pin 2019-01-31");
    let page = page.p("Joined: 12 Mar 2011").p("Membre depuis 13 mars 2012").p("Last update: March 4, 2024");
    assert_eq!(page.read().date.as_deref(), Some("2024-03-04"));
}

#[test]
fn languages_are_taken_from_the_best_source() {
    let json = r#"{"@type": "Article", "inLanguage": {"@type": "Language", "name": "German", "alternateName": "de"}}"#;
    let page = || Page::html().json_ld(json);
    assert_eq!(page().read().lang.as_deref(), Some("de"));
    assert_eq!(page().meta("og:locale", "fr_CA").read().lang.as_deref(), Some("fr-CA"));
    assert_eq!(page().meta("og:locale", "fr_CA").meta("content-language", "it").read().lang.as_deref(), Some("it"));
    assert_eq!(page().meta("content-language", "it").lang("zh-hant").read().lang.as_deref(), Some("zh-Hant"));
    assert_eq!(page().meta("content-language", "it").lang("{{lang}}").read().lang.as_deref(), Some("it"));
}

#[test]
fn the_address_is_the_one_given_or_the_canonical_one() {
    let mut page = Page::html().meta("og:url", "https://example.com/og");
    assert_eq!(read(&page.0, None).url.as_deref(), Some("https://example.com/og"));
    page.0.head.canonical = Some(" https://example.com/canonical ".to_owned());
    assert_eq!(read(&page.0, None).url.as_deref(), Some("https://example.com/canonical"));
    assert_eq!(read(&page.0, Some(URL)).url.as_deref(), Some(URL));
    page.0.head.canonical = Some("/relative".to_owned());
    assert_eq!(read(&page.0, None).url.as_deref(), Some("https://example.com/og"));
    let page = Page::html().meta("og:url", "javascript:alert(1)");
    assert_eq!(read(&page.0, None), Metadata::default());
}

#[test]
fn plain_text_is_titled_only_where_its_first_lines_say_so() {
    let cases = [
        (
            vec!["Pier open again", "By Jane Doe", "17 May 2024", BODY],
            metadata("Pier open again", "Jane Doe", "2024-05-17", "", ""),
        ),
        (
            vec!["Pier open again\nBy Jane Doe, 17 May 2024", BODY],
            metadata("Pier open again", "Jane Doe", "2024-05-17", "", ""),
        ),
        (vec!["Pier open again", "Friday, 17 May 2024", BODY], metadata("Pier open again", "", "2024-05-17", "", "")),
        (vec!["Pier open again", BODY], metadata("", "", "", "", "")),
        (vec![BODY, "By Jane Doe"], metadata("", "", "", "", "")),
        (vec!["The pier is open again.", "By Jane Doe", BODY], metadata("", "", "", "", "")),
        (vec!["Dear readers,", "17 May 2024", BODY], metadata("", "", "", "", "")),
        (vec!["17 May 2024", "By Jane Doe"], metadata("", "", "", "", "")),
        (vec!["----", "By Jane Doe"], metadata("", "", "", "", "")),
        (vec![], metadata("", "", "", "", "")),
    ];
    for (paragraphs, expected) in cases {
        assert_eq!(Page::text(&paragraphs).read(), expected, "{paragraphs:?}");
    }
}

#[test]
fn hostile_values_leave_the_fields_empty() {
    let huge = format!(
        r#"{{"@type": "Article", "headline": "{}", "author": "{}"}}"#,
        "x".repeat(3_000_000),
        "&".repeat(500_000)
    );
    let wide = format!(r#"{{"@type": "Article", "author": [{}"1"]}}"#, r#"{"name": []},"#.repeat(200_000));
    let deep = format!(r#"{{"@type": "Article", "author": {}}}"#, "[".repeat(500_000));
    let loops =
        r##"[{"@type": "Article", "@id": "#a", "author": {"@id": "#a"}, "name": {"name": {"name": {"name": {}}}}}]"##;
    for script in [huge.as_str(), &wide, &deep, loops] {
        let page = Page::html()
            .json_ld(script)
            .meta("og:title", "\u{0}\u{1}\u{2}")
            .meta("date", "\u{661}\u{662}")
            .title("\u{FEFF}");
        assert_eq!(page.read(), metadata("", "", "", "", ""));
    }
    let many = (0..20_000)
        .fold(Page::html(), |page, _| page.meta("author", "·").meta("citation_author", "—").p("By").p("By "));
    assert_eq!(many.read(), metadata("", "", "", "", ""));
}
