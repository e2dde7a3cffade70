//! Bylines: the line near the headline that says who wrote it, and the day beside it.
//!
//! Input are the blocks around the headline, output the names in them. A block counts where it is short and begins with
//! a word for "by" that a name follows, where its class or `itemprop` says author and it reads like a name, or where it
//! links to an author's page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::author;
use super::clean;
use super::date;
use super::headline;
use super::words::{
    CLOSE_LABELS, COLON_LABELS, GIVEN_NAMES, LABELS, MEMBERSHIP, NOT_NAMES, PARTICLES, SPACED_LABELS, TITLES,
};
use crate::document::{Block, BlockKind, Document, Element, SpanKind};

/// Longest byline, in characters.
const BYLINE_CHARS: usize = 160;

/// Most words of a byline's names; more are a sentence.
const NAME_WORDS: usize = 12;

/// Longest `Written by Jane Doe` that counts away from the headline, in characters.
const SIGNATURE_CHARS: usize = 60;

/// Blocks after the headline in which the first post of a thread stands.
const THREAD: usize = 60;

/// Characters of the longest name before such a word.
const TITLED_CHARS: usize = 12;

/// Words of the longest name in a script without capitals, where any word could belong to one.
const CASELESS_WORDS: usize = 5;

/// Whether a text is a label and nothing else: `Written by`, `Autor:`.
pub(super) fn is_label(text: &str) -> bool {
    let lower = text.trim().trim_end_matches([':', '：']).trim().to_lowercase();
    [LABELS, CLOSE_LABELS, COLON_LABELS].iter().any(|labels| labels.contains(&lower.as_str()))
}

/// The text without a label in front of it; as it is where there is none.
pub(super) fn without_label(text: &str) -> &str {
    let is_name = |label: &str, rest: &str| {
        let told = text.trim_end().len() - rest.trim_end().len();
        let has_colon = text.get(..told).is_some_and(|head| head.contains([':', '：']));
        GIVEN_NAMES.contains(&label) && !has_colon && !rest.trim().contains(' ')
    };
    after_label(text).filter(|(label, rest)| !is_name(label, rest)).map_or(text, |(_, rest)| rest)
}

/// Labels that begin alike.
#[derive(Debug, Default)]
struct Labels {
    close: Vec<&'static str>,
    colon: Vec<&'static str>,
    spaced: Vec<&'static str>,
}

/// The labels by their first letter, by which most are told from a text.
static BY_LETTER: LazyLock<BTreeMap<char, Labels>> = LazyLock::new(|| {
    let mut all: BTreeMap<char, Labels> = BTreeMap::new();
    let mut add = |labels: &[&'static str], of: fn(&mut Labels) -> &mut Vec<&'static str>| {
        for label in labels {
            let first = label.chars().next().unwrap_or_default();
            of(all.entry(first).or_default()).push(label);
        }
    };
    add(CLOSE_LABELS, |labels| &mut labels.close);
    add(COLON_LABELS, |labels| &mut labels.colon);
    add(LABELS, |labels| &mut labels.spaced);
    all
});

/// The longest label in front of a text, and what follows it.
fn after_label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?.to_lowercase().next()?;
    let labels = BY_LETTER.get(&first)?;
    let close = labels.close.iter().filter_map(|label| Some((*label, text.strip_prefix(label)?)));
    let mut close = close.filter_map(|(label, rest)| Some((label, after_close_label(label, rest)?)));
    if let Some((label, rest)) = close.next() {
        return Some((label, rest.trim_start()));
    }
    let colon = labels.colon.iter().filter_map(|label| Some((*label, after_start(text, label)?)));
    let mut colon = colon.filter_map(|(label, rest)| Some((label, rest.trim_start().strip_prefix([':', '：'])?)));
    if let Some((label, rest)) = colon.next() {
        return Some((label, rest.trim_start()));
    }
    let found = labels.spaced.iter().filter_map(|label| {
        let rest = after_start(text, label)?;
        let next = rest.chars().next()?;
        // Inline elements without a space between them leave `ByJane Doe`.
        let glued = label.ends_with("by") && !text.get(..label.len()).is_some_and(|head| head.ends_with('Y'));
        let ends = matches!(next, ' ' | ':' | '：' | '\n' | '\u{A0}') || (glued && next.is_uppercase());
        ends.then_some((*label, rest))
    });
    let (label, rest) = found.min_by_key(|(_, rest)| rest.len())?;
    Some((label, rest.trim_start_matches([':', '：', ' ', '\n', '\u{A0}'])))
}

/// What follows a close label and its sign.
fn after_close_label<'t>(label: &str, rest: &'t str) -> Option<&'t str> {
    let sign = rest.trim_start().strip_prefix(['：', ':', '／', '/', '=', '＝', '・']);
    sign.or_else(|| rest.strip_prefix(' ').filter(|_| SPACED_LABELS.contains(&label)))
}

/// What follows a lower-case text at the start of another, in whatever case.
fn after_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    // Most texts and labels are of ASCII at their beginning, where a letter is a byte.
    if let Some(head) = text.as_bytes().get(..start.len()).filter(|head| head.is_ascii() && start.is_ascii()) {
        let is_start = head.iter().zip(start.bytes()).all(|(byte, wanted)| byte.to_ascii_lowercase() == wanted);
        return text.get(start.len()..).filter(|_| is_start);
    }
    let end = text.char_indices().nth(start.chars().count()).map_or(text.len(), |(at, _)| at);
    let (head, rest) = text.split_at_checked(end)?;
    (head.to_lowercase() == start).then_some(rest)
}

/// The name before a word that says whose it is.
fn before_title(line: &str) -> Option<&str> {
    let name = TITLES.iter().find_map(|title| line.trim().strip_suffix(title))?.trim();
    (!name.contains(' ') && name.chars().count() <= TITLED_CHARS).then_some(name)
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
    let named = labelled.find_map(|(label, rest)| name_at_start(rest).or_else(|| account(label, rest)));
    named.or_else(|| before_title(line).and_then(author::tidy))
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
    let line = before_title(line).unwrap_or(line);
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
    let is_sentence = is_caseless(&name) && words.len() > CASELESS_WORDS;
    (!is_sentence && is_cased(&name)).then_some(name)
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
    is_caseless(name) || name.chars().count() > 2
}

/// Whether a text has letters of a script without capitals.
fn is_caseless(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

/// The first date written near the headline.
pub(super) fn written_date(document: &Document, headline: usize) -> Option<date::Date> {
    let near = headline::near(document, headline);
    // What follows the headline is its byline more often than what stands before it: today's date is in mastheads.
    let after = headline::behind(document, headline)..near.end;
    after.chain(near.start..headline).find_map(|at| {
        let block = &document.blocks[at];
        let short = block.text.chars().count() <= BYLINE_CHARS && headline::is_visible(document, block);
        // Code is about dates of its own.
        let dated = (short && block.kind != BlockKind::Code).then(|| date::find(&block.text)).flatten();
        let dated = dated.filter(|found| !tells_of_member(block.text.get(..found.range.start).unwrap_or_default()));
        dated.map(|found| found.date)
    })
}

/// Whether what stands before a date says that it is of a member of a forum.
fn tells_of_member(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '：', '\n', '\u{A0}']).to_lowercase();
    MEMBERSHIP.iter().any(|label| before.ends_with(label))
}
