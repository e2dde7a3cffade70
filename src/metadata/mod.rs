//! Title, author, date, site and language: what the page says about itself, and nothing that it does not.
//!
//! Input is a segmented document and, where known, its address; output is [`Metadata`]. Each field has one order of
//! sources, written at the head of its module; the first source with a plausible value wins, and values are never
//! mixed, completed or guessed. This module must not look at verdicts: it is read before anything is judged.

mod author;
mod byline;
mod clean;
mod date;
mod headline;
mod json_ld;
mod lang;
mod mail;
mod meta;
mod pieces;
mod plain;
mod repair;
mod site;
mod title;
mod words;

#[cfg(test)]
mod tests;

use crate::document::{Document, Kind, Metadata};
use date::Date;
use json_ld::{Class, Item, LinkedData};
use meta::Metas;
use site::Site;

/// Longest address that is reported, in bytes: what Internet Explorer took, and what servers still count on.
const URL_BYTES: usize = 2083;

/// Reads the metadata of a page.
#[must_use]
pub fn read(document: &Document, url: Option<&str>) -> Metadata {
    let metas = Metas::new(&document.head.metas);
    let url = address(document, &metas, url);
    let mut metadata = Metadata { url, ..Metadata::default() };
    if let Some(letter) = &document.letter {
        return mail::read(letter, metadata);
    }
    match document.kind {
        Kind::Html => html(document, &metas, &mut metadata),
        Kind::Text | Kind::Mail => plain::read(document, &mut metadata),
    }
    metadata
}

fn html(document: &Document, metas: &Metas<'_>, metadata: &mut Metadata) {
    let data = json_ld::read(&document.head.json_ld);
    let site = Site::new(metas, &data, metadata.url.as_deref(), document);
    let headings = headline::headings(document);
    let item = describing(&data, document, metas, &headings, metadata.url.as_deref());
    let lines = || headline::lines(document);
    let title = title::choose(&candidates(document, metas, item), &headings, lines, &site);
    let headline = title.block;
    metadata.author = author::choose(document, metas, item, headline, &site);
    metadata.date = published(document, metas, item, headline.filter(|_| !site.home), metadata.url.as_deref())
        .map(|date| date.to_string());
    metadata.lang = language(document, metas, item);
    metadata.title = title.text;
    metadata.site = site.name;
}

/// The address: the one given, or else the canonical one.
fn address(document: &Document, metas: &Metas<'_>, url: Option<&str>) -> Option<String> {
    let absolute = |url: &&str| url.len() <= URL_BYTES && (url.starts_with("https://") || url.starts_with("http://"));
    url.map(str::to_owned)
        .or_else(|| document.head.canonical.as_deref().map(str::trim).filter(absolute).map(str::to_owned))
        .or_else(|| metas.first(&["og:url"]).filter(|url| absolute(&url.as_str())))
}

/// The JSON-LD object that describes this page. Among several of the best class it is the one whose title or address is
/// the page's; a list of articles, none of which is, describes other pages.
fn describing<'d>(
    data: &'d LinkedData,
    document: &Document,
    metas: &Metas<'_>,
    headings: &headline::Headings,
    url: Option<&str>,
) -> Option<&'d Item> {
    let best = data.items.iter().map(|item| item.class).min()?;
    let mut items = data.items.iter().filter(|item| item.class == best);
    let (first, second) = (items.next()?, items.next());
    if second.is_none() {
        return Some(first);
    }
    let mut known: Vec<String> = headings.first.iter().take(3).map(|(_, text)| clean::key(text)).collect();
    known.extend(metas.first(&["og:title"]).map(|title| clean::key(&title)));
    known.push(clean::key(&clean::line(&document.head.title)));
    let mut items = data.items.iter().filter(|item| item.class == best);
    items.find(|item| {
        let title = item.title.as_deref().map(clean::key).filter(|title| !title.is_empty());
        title.is_some_and(|title| known.contains(&title)) || (item.url.is_some() && item.url.as_deref() == url)
    })
}

/// The titles that the head gives, best first, `<title>` last.
fn candidates(document: &Document, metas: &Metas<'_>, item: Option<&Item>) -> Vec<String> {
    const NAMES: &[&str] = &[
        "og:title",
        "citation_title",
        "twitter:title",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "dcterms.title",
        "headline",
        "title",
        "name",
        "article:title",
    ];
    let own = item.filter(|item| item.class != Class::Page).and_then(|item| item.title.clone());
    let metas = NAMES.iter().filter_map(|name| metas.first(&[name]));
    let last = Some(clean::line(&document.head.title)).filter(|title| !title.is_empty());
    own.into_iter().chain(metas).chain(last).collect()
}

/// The day of publication: JSON-LD, the tags of Open Graph and of citation managers, `<time>` and written dates near
/// the headline, weaker tags, the address.
fn published(
    document: &Document,
    metas: &Metas<'_>,
    item: Option<&Item>,
    headline: Option<usize>,
    url: Option<&str>,
) -> Option<Date> {
    const STRONG: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
        "citation_online_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "article.published",
    ];
    const WEAK: &[&str] = &[
        "publish-date",
        "publish_date",
        "publication_date",
        "pubdate",
        "published",
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.created",
        "datecreated",
        "article:published",
    ];
    let of = |names: &[&str]| names.iter().flat_map(|name| metas.all(name)).find_map(|value| date::machine(&value));
    item.and_then(|item| date::machine(item.published.as_deref()?))
        .or_else(|| of(STRONG))
        .or_else(|| headline.and_then(|at| near_time(document, at)))
        .or_else(|| headline.and_then(|at| byline::written_date(document, at)))
        .or_else(|| of(WEAK))
        .or_else(|| url.and_then(date::in_path))
}

/// The first `<time>` near the headline that is a whole date.
fn near_time(document: &Document, headline: usize) -> Option<Date> {
    let near = headline::near(document, headline);
    let times = document.head.times.iter().filter(|(_, block)| near.contains(&(*block as usize)));
    times.filter_map(|(value, _)| date::machine(&clean::line(value))).next()
}

/// The language, from the element that governs the text first; where nothing is declared, that of a script of one language.
fn language(document: &Document, metas: &Metas<'_>, item: Option<&Item>) -> Option<String> {
    let declared = [
        Some(document.head.lang.clone()),
        metas.first(&["content-language", "language", "dc.language", "dcterms.language"]),
        metas.first(&["og:locale"]),
        item.and_then(|item| item.language.clone()),
    ];
    let declared = declared.into_iter().flatten().find_map(|declared| lang::normalise(&declared));
    declared.or_else(|| lang::of_script(document).map(str::to_owned))
}
