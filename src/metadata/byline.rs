//! Bylines: the line near the headline that says who wrote it, and the day beside it.
//!
//! Input are the blocks around the headline, output the names in them. A block counts where it is short and begins with
//! a word for "by" that a name follows, where its class or `itemprop` says author and it reads like a name, or where it
//! links to an author's page.

use super::author;
use super::clean;
use super::date;
use super::headline;
use crate::document::{Block, Document, Element, SpanKind};

/// Longest byline, in characters.
const BYLINE_CHARS: usize = 160;

/// Most words of a byline's names; more are a sentence.
const NAME_WORDS: usize = 12;

/// Longest `Written by Jane Doe` that counts away from the headline, in characters.
const SIGNATURE_CHARS: usize = 60;

/// Blocks after the headline in which the first post of a thread stands.
const THREAD: usize = 60;

/// Words that introduce an author, lower case. A colon or a space follows.
const LABELS: &[&str] = &[
    "by",
    "written by",
    "posted by",
    "published by",
    "words by",
    "story by",
    "article by",
    "author",
    "authors",
    "reported by",
    "written and reviewed by",
    "reviewed by",
    "byline",
    "text by",
    "contributed by",
    "created by",
    "started by",
    "asked by",
    "von",
    "ein artikel von",
    "eine analyse von",
    "ein kommentar von",
    "text",
    "autor",
    "autorin",
    "autoren",
    "par",
    "publié par",
    "écrit par",
    "rédigé par",
    "auteur",
    "por",
    "escrito por",
    "publicado por",
    "texto",
    "autora",
    "di",
    "a cura di",
    "scritto da",
    "pubblicato da",
    "door",
    "geschreven door",
    "af",
    "av",
    "tekst",
    "skriven av",
    "skrevet af",
    "przez",
    "napisał",
    "napisała",
    "redakcja",
    "автор",
    "авторы",
    "текст",
    "подготовил",
    "подготовила",
    "автор статьи",
    "yazan",
    "yazar",
    "szerző",
    "írta",
    "oleh",
    "penulis",
    "tác giả",
    "συντάκτης",
    "του",
];

/// Labels of scripts that put no space after them; a stroke or a colon follows.
const CLOSE_LABELS: &[&str] =
    &["文", "作者", "記者", "记者", "撰文", "撰稿", "編輯", "文字", "取材・文", "執筆", "著者", "글"];

/// Words inside a name that are not capitalised.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "da", "di", "do", "dos", "das", "du", "la", "le", "van", "der", "den", "von", "zu", "ter",
    "ten", "bin", "ibn", "al", "el", "y", "e", "and", "und", "et", "och", "og", "en", "i", "и", "a", "af",
];

/// Capitalised words that stand in bylines and in no name.
const NOT_NAMES: &[&str] = &[
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "published",
    "updated",
    "posted",
    "last",
    "authored",
    "written",
    "edited",
    "reviewed",
    "medically",
    "fact",
    "thread",
    "op",
    "share",
    "read",
    "reading",
    "min",
    "mins",
    "minutes",
    "views",
    "comments",
    "comment",
    "reply",
    "follow",
    "subscribe",
    "home",
    "date",
    "category",
    "categories",
    "tags",
    "topic",
    "topics",
    "log",
    "login",
    "sign",
    "search",
    "menu",
    "contact",
    "about",
    "in",
    "on",
    "at",
    "from",
    "est",
    "pst",
    "edt",
    "pdt",
    "utc",
    "gmt",
];

/// Whether a text is a label and nothing else: `Written by`, `Autor:`.
pub(super) fn is_label(text: &str) -> bool {
    let lower = text.trim().trim_end_matches([':', '：']).trim().to_lowercase();
    LABELS.contains(&lower.as_str()) || CLOSE_LABELS.contains(&lower.as_str())
}

/// Labels that are given names, too: Di Wu, Von Miller, Pär Jansson without her points, Oleh Kovalenko.
const GIVEN_NAMES: &[&str] = &["di", "von", "par", "oleh"];

/// The text without a label in front of it; as it is where there is none.
pub(super) fn without_label(text: &str) -> &str {
    let is_name = |label: &str, rest: &str| {
        let told = text.trim_end().len() - rest.trim_end().len();
        let has_colon = text.get(..told).is_some_and(|head| head.contains([':', '：']));
        GIVEN_NAMES.contains(&label) && !has_colon && !rest.trim().contains(' ')
    };
    after_label(text).filter(|(label, rest)| !is_name(label, rest)).map_or(text, |(_, rest)| rest)
}

/// The longest label in front of a text, and what follows it.
fn after_label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let close = CLOSE_LABELS.iter().filter_map(|label| Some((*label, text.strip_prefix(label)?)));
    let mut close = close
        .filter_map(|(label, rest)| Some((label, rest.trim_start().strip_prefix(['：', ':', '／', '/', '=', '＝'])?)));
    if let Some((label, rest)) = close.next() {
        return Some((label, rest.trim_start()));
    }
    // Most labels are told from the text by their first letter.
    let first = text.chars().next()?.to_lowercase().next()?;
    let found = LABELS.iter().filter(|label| label.starts_with(first)).filter_map(|label| {
        let end = text.char_indices().nth(label.chars().count()).map_or(text.len(), |(at, _)| at);
        let (head, rest) = text.split_at_checked(end)?;
        let next = rest.chars().next()?;
        // Inline elements without a space between them leave `ByJane Doe`.
        let glued = head.ends_with("By") || head.ends_with("by");
        let ends = matches!(next, ' ' | ':' | '：' | '\n' | '\u{A0}') || (glued && next.is_uppercase());
        (head.to_lowercase() == *label && ends).then_some((*label, rest))
    });
    let (label, rest) = found.min_by_key(|(_, rest)| rest.len())?;
    Some((label, rest.trim_start_matches([':', '：', ' ', '\n', '\u{A0}'])))
}

/// The author in the blocks near a headline, or else in the one signature of the page.
pub(super) fn author(document: &Document, headline: Option<usize>) -> Option<String> {
    let headline = headline?;
    let visible = |at: &usize| headline::is_visible(document, &document.blocks[*at]);
    let near = headline::near(document, headline);
    // What follows the headline comes first: what stands above it may belong to another story.
    let blocks: Vec<usize> =
        (headline::behind(document, headline)..near.end).chain(near.start..headline).filter(visible).collect();
    labelled(document, &blocks)
        .or_else(|| linked(document, &blocks))
        .or_else(|| marked(document, headline, &blocks))
        .or_else(|| signature(document, headline))
}

/// A line that has a label at its start or after a date or a separator; or a label block and the block after it.
fn labelled(document: &Document, blocks: &[usize]) -> Option<String> {
    blocks.iter().enumerate().find_map(|(at, block)| {
        let text = &document.blocks[*block].text;
        if is_label(text) {
            let next = blocks.get(at + 1).filter(|next| **next == block + 1)?;
            return name_at_start(&document.blocks[*next].text);
        }
        text.split('\n').filter(|line| line.chars().count() <= BYLINE_CHARS).find_map(in_line)
    })
}

/// The name behind a label in one line.
fn in_line(line: &str) -> Option<String> {
    let dated = date::find(line).and_then(|found| line.get(found.range.end..));
    let parts = std::iter::once(line).chain(dated).chain(line.split(['|', '·', '•', '—', '–']).skip(1));
    let mut labelled = parts.filter_map(|part| after_label(part.trim_start_matches([' ', ',', '-', '.'])));
    labelled.find_map(|(label, rest)| name_at_start(rest).or_else(|| account(label, rest)))
}

/// One lower-case word that is all that follows `by`: the name of an account.
fn account(label: &str, rest: &str) -> Option<String> {
    let alone = !rest.contains(' ') && rest.chars().count() >= 3 && !rest.ends_with(['.', ':', ',', '…']);
    let alone = alone && !NOT_NAMES.contains(&rest.to_lowercase().as_str());
    (label.ends_with("by") && alone).then(|| author::tidy(rest)).flatten()
}

/// The text of links to an author's page.
fn linked(document: &Document, blocks: &[usize]) -> Option<String> {
    blocks.iter().find_map(|at| {
        let block = &document.blocks[*at];
        if block.text.chars().count() > BYLINE_CHARS {
            return None;
        }
        let names = block.spans.iter().filter_map(|span| match span.kind {
            SpanKind::Link(link) if is_author_page(document.links.get(link as usize)?) => {
                block.text.get(span.range.start as usize..span.range.end as usize).and_then(name_at_start)
            }
            _ => None,
        });
        author::join(&names.collect::<Vec<_>>())
    })
}

/// Whether an address is that of an author's page.
fn is_author_page(href: &str) -> bool {
    const STEPS: &[&str] = &[
        "author",
        "authors",
        "by",
        "byline",
        "autor",
        "autoren",
        "auteur",
        "auteurs",
        "autore",
        "autori",
        "contributor",
        "contributors",
        "journalist",
        "reporter",
    ];
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let mut steps = path.split('/').map(str::to_lowercase);
    steps.any(|step| STEPS.contains(&step.as_str()))
}

/// The first element near the headline whose `itemprop`, class or id says author. The first post of a thread may begin
/// further down, but then `itemprop` or a user's name has to say so.
fn marked(document: &Document, headline: usize, near: &[usize]) -> Option<String> {
    let outline = &document.outline;
    outline.elements.iter().find_map(|element| {
        let first = element.blocks.start as usize;
        let after = (headline + 1..=headline + THREAD).contains(&first);
        let few = (1..=4).contains(&element.blocks.len());
        if element.hidden || !few || !(after || near.contains(&first)) {
            return None;
        }
        let block: &Block = document.blocks.get(first)?;
        let class = outline.name(element.class);
        if outline.name(element.itemprop) == "author" || class.split_ascii_whitespace().any(|name| name == "username") {
            return name_at_start(&block.text).or_else(|| account("by", &block.text));
        }
        let says = near.contains(&first) && says_author(document, element);
        says.then(|| name_at_start(&block.text)).flatten()
    })
}

/// Whether a class or an id has an author's word in it, and no word for something else about authors.
fn says_author(document: &Document, element: &Element) -> bool {
    const WORDS: &[&str] = &["author", "byline", "autor", "auteur", "autore", "contributor"];
    const OTHER: &[&str] =
        &["bio", "avatar", "image", "img", "follow", "related", "comment", "title", "label", "authoriz"];
    [element.class, element.id].into_iter().flat_map(|name| document.outline.name(name).split_ascii_whitespace()).any(
        |name| {
            let lower = name.to_ascii_lowercase();
            let mut parts = lower.split(['-', '_', ':']);
            let own = parts.clone().any(|part| WORDS.iter().any(|word| part.starts_with(word) || part.ends_with(word)));
            own && !parts.any(|part| OTHER.iter().any(|word| part.contains(word)))
        },
    )
}

/// `Written by Jane Doe` as a block of its own anywhere after the headline, where all such blocks name the same.
fn signature(document: &Document, headline: usize) -> Option<String> {
    let blocks = document.blocks.iter().skip(headline + 1).filter(|block| block.text.len() <= SIGNATURE_CHARS);
    let mut names = blocks.filter_map(|block| {
        let (label, rest) = after_label(&block.text)?;
        (label.contains(' ') && headline::is_visible(document, block)).then(|| name_at_start(rest)).flatten()
    });
    let first = names.next()?;
    names.all(|name| clean::key(&name) == clean::key(&first)).then_some(first)
}

/// The name at the start of a line: words that begin with a capital, and the small words between them, up to a date, a
/// separator or the rest of a sentence.
pub(super) fn name_at_start(line: &str) -> Option<String> {
    let line = line.split('\n').next()?.trim();
    if line.chars().count() > BYLINE_CHARS {
        return None;
    }
    let line = without_label(line);
    let line = date::find(line).map_or(line, |found| line.get(..found.range.start).unwrap_or_default());
    let line =
        line.split(['|', '·', '•', '(', '（', '/', '／', '—', '–', ';', '→', '»']).next()?.split(" - ").next()?.trim();
    let mut words: Vec<&str> = line.split(' ').take_while(|word| belongs(word)).take(NAME_WORDS + 1).collect();
    while words.last().is_some_and(|word| PARTICLES.contains(word) || *word == "&") {
        words.pop();
    }
    if words.is_empty() || words.len() > NAME_WORDS || PARTICLES.contains(&words[0]) {
        return None;
    }
    let name = author::tidy(&words.join(" "))?;
    is_cased(&name).then_some(name)
}

/// Whether a word can stand in a name.
fn belongs(word: &str) -> bool {
    let first = word.chars().next().unwrap_or(' ');
    let capital = first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase());
    let plain = word.trim_end_matches([',', ':', '.']).to_lowercase();
    (capital && !NOT_NAMES.contains(&plain.as_str())) || PARTICLES.contains(&word) || word == "&"
}

/// A name has at least three letters, or is of a script without capitals.
fn is_cased(name: &str) -> bool {
    let caseless = name.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    caseless || name.chars().count() > 2
}

/// The first date written near the headline.
pub(super) fn written_date(document: &Document, headline: usize) -> Option<date::Date> {
    let near = headline::near(document, headline);
    // What follows the headline is its byline more often than what stands before it: today's date is in mastheads.
    let after = headline::behind(document, headline)..near.end;
    after.chain(near.start..headline).find_map(|at| {
        let block = &document.blocks[at];
        let short = block.text.chars().count() <= BYLINE_CHARS && headline::is_visible(document, block);
        short.then(|| date::find(&block.text)).flatten().map(|found| found.date)
    })
}
