//! Who wrote it: the sources of the head, and what counts as a name.
//!
//! Sources, in order: JSON-LD; citation, Dublin Core, Parse.ly, Sailthru and Open Graph tags; `<meta name=author>` and
//! its like; what stands near the headline (see [`super::byline`]); and last the site itself, where one of the former
//! gives it as the author. A source whose value is no name is passed over.

use super::byline;
use super::clean;
use super::json_ld::{Class, Item};
use super::meta::Metas;
use super::site::Site;
use crate::document::Document;

/// Longest author, in characters. Longer values are biographies.
const AUTHOR_CHARS: usize = 100;

/// Accounts that content systems sign with, and placeholders. Nobody is called so.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "webmaster",
    "root",
    "user",
    "guest",
    "anonymous",
    "unknown",
    "author",
    "authors",
    "editor",
    "staff",
    "none",
    "null",
    "undefined",
    "na",
    "n a",
    "nan",
    "false",
    "true",
    "default",
    "test",
    "wordpress",
    "wpengine",
    "by",
    "name",
    "superuser",
    "super user",
    "site admin",
    "website",
    "siteadmin",
    "redaktion",
    "redacción",
    "редакция",
];

/// The author of a page. A name that is the site's own counts last: sites sign for want of an author, and a person's
/// site is called as the person is.
pub(super) fn choose(
    document: &Document,
    metas: &Metas<'_>,
    item: Option<&Item>,
    headline: Option<usize>,
    site: &Site,
) -> Option<String> {
    let sources = [item.map(|item| item.authors.clone()).unwrap_or_default(), listed(metas), single(metas)];
    let by_site: Vec<String> =
        sources.iter().filter_map(|names| join(names)).filter(|name| site.is(name)).take(1).collect();
    let persons =
        sources.iter().find_map(|names| join(&names.iter().filter(|name| !site.is(name)).cloned().collect::<Vec<_>>()));
    // On a home page and beside a product the names are those of other pages' authors and of reviewers.
    let signed = !site.home && item.is_none_or(|item| item.class != Class::Thing);
    let byline = || signed.then(|| byline::author(document, headline)).flatten();
    persons.or_else(byline).or_else(|| by_site.into_iter().next())
}

/// The authors of the tags that repeat for each author.
fn listed(metas: &Metas<'_>) -> Vec<String> {
    const LISTS: &[&str] = &[
        CITATION,
        "dc.creator",
        "dcterms.creator",
        "dc.contributor",
        "parsely-author",
        "sailthru.author",
        "article:author",
        "article:author_name",
        "og:article:author",
    ];
    LISTS
        .iter()
        .map(|tag| {
            let words = if *tag == CITATION { FAMILY_WORDS } else { 1 };
            metas.all(tag).iter().map(|name| given_first(name, words)).collect::<Vec<_>>()
        })
        .find(|names| join(names).is_some())
        .unwrap_or_default()
}

/// The tag of journals: one for each author, the family name first. Elsewhere `Jane Doe, Reuters` is two.
const CITATION: &str = "citation_author";

/// Words of a family name: `van der Berg`, `García Márquez`.
const FAMILY_WORDS: usize = 3;

/// `Doe, Jane` as `Jane Doe`: the form of citation tags, which a list joined by commas cannot hold.
fn given_first(name: &str, most: usize) -> String {
    match name.split_once(", ") {
        Some((family, given))
            if !given.contains(',') && given.split(' ').count() <= 3 && family.split(' ').count() <= most =>
        {
            format!("{given} {family}")
        }
        _ => name.to_owned(),
    }
}

/// The authors of the first tag that has any.
fn single(metas: &Metas<'_>) -> Vec<String> {
    let mut names = ["author", "byl", "rbauthors", "twitter:data1"]
        .iter()
        .filter(|name| **name != "twitter:data1" || labelled(metas))
        .map(|name| metas.all(name).into_iter().filter(|value| tidy(value).is_some()).collect::<Vec<String>>());
    names.find(|values| !values.is_empty()).unwrap_or_default()
}

/// Whether `twitter:data1` is an author: WordPress labels it.
fn labelled(metas: &Metas<'_>) -> bool {
    metas.first(&["twitter:label1"]).is_some_and(|label| byline::is_label(&label))
}

/// The names that are names, each once, joined.
pub(super) fn join(names: &[String]) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.iter().filter_map(|name| tidy(name)) {
        if !out.iter().any(|known| clean::key(known) == clean::key(&name)) {
            out.push(name);
        }
    }
    let joined = out.join(", ");
    (!joined.is_empty() && joined.chars().count() <= AUTHOR_CHARS * out.len()).then_some(joined)
}

/// A value as a name: without `By`, without what stands behind a bar; `None` where it is none.
pub(super) fn tidy(value: &str) -> Option<String> {
    let line = clean::line(value);
    let name = byline::without_label(&line).split(" | ").next()?.trim();
    let name = name
        .trim_end_matches([',', ';', '|', ':', '-', '–', '·', '•'])
        .trim_start_matches([',', ':', '|', '-', '@'])
        .trim();
    is_author(name).then(|| name.to_owned())
}

fn is_author(name: &str) -> bool {
    let lower = name.to_lowercase();
    let address = ["://", "www.", ".com/", "{{", "[at]", "${", "<?"].iter().any(|part| lower.contains(part));
    let letters = name.chars().any(char::is_alphabetic);
    let key = clean::key(name);
    // `page.author.name` is a template's variable.
    let variable = !name.contains(' ') && name.split('.').count() > 2;
    letters && !variable && !address && name.chars().count() <= AUTHOR_CHARS && !NOBODY.contains(&key.as_str())
}
