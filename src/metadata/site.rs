//! The site: its name, its host, and whether a piece of a title is one of them.

use super::clean;
use super::json_ld::LinkedData;
use super::meta::Metas;
use super::pieces::pieces;
use crate::document::{self, Document};

/// Longest name of a site, in characters. What is longer is a slogan.
const NAME_CHARS: usize = 80;

/// Bytes of a copyright line, the lines that are read from the end of the page, and the characters that end a name there.
const OWNER_BYTES: usize = 400;
const OWNER_LINES: usize = 5;
const OWNER_ENDS: [char; 10] = ['-', '–', '—', '|', '·', '•', '.', ',', ':', '/'];

/// Bytes of the shortest headline behind a name: `Whitby` and `Illustrator` are none.
const HEADLINE_BYTES: usize = 12;

/// What is known about the site.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// Its name, where the page says it.
    pub name: Option<String>,
    /// Whether the address is that of its home page.
    pub home: bool,
    /// Names it goes by, compact, without repeats.
    names: Vec<String>,
    /// The parts of its host that can be a name, compact: `rustlang` and `blog` of `blog.rust-lang.org`.
    labels: Vec<String>,
    /// The whole host, compact: `blogrustlangorg`.
    host: String,
}

impl Site {
    /// Collects what the page says about its site.
    pub(super) fn new(metas: &Metas<'_>, data: &LinkedData, url: Option<&str>, document: &Document) -> Self {
        let host = url.and_then(document::host).unwrap_or_default();
        let publisher = data.items.iter().find_map(|item| item.publisher.clone());
        let sources = [
            metas.first(&["og:site_name"]),
            data.site.clone(),
            publisher,
            metas.first(&[
                "application-name",
                "apple-mobile-web-app-title",
                "dc.publisher",
                "citation_publisher",
                "publisher",
            ]),
            data.organisation.clone(),
            owner(document),
        ];
        let known: Vec<String> = sources.into_iter().flatten().filter(|name| is_name(name)).collect();
        let mut names: Vec<String> = known.iter().map(|name| without_article(&clean::compact(name))).collect();
        names.dedup();
        let home = url.is_some_and(is_home);
        Self { home, name: known.into_iter().next(), names, labels: labels(&host), host: clean::compact(&host) }
    }

    /// Whether a text is the site's name or its host, and nothing more.
    pub(super) fn is(&self, text: &str) -> bool {
        let compact = without_article(&clean::compact(text));
        if compact.is_empty() {
            return false;
        }
        self.names.contains(&compact) || self.labels.contains(&compact) || self.host == compact || self.is_domain(text)
    }

    /// Whether a piece of a title, cut off by a separator, names the site: also `BBC News` at bbc.co.uk, `Guardian` at
    /// theguardian.com, `NYT` at thenewyorktimes.com.
    pub(super) fn names_piece(&self, piece: &str) -> bool {
        if self.is(piece) {
            return true;
        }
        let key = clean::key(piece);
        let words: Vec<&str> = key.split(' ').collect();
        let compact = without_article(&clean::compact(piece));
        // Up to four words: a longer piece that holds the site's name is more likely a sentence about it.
        if words.len() > 4 || compact.is_empty() {
            return false;
        }
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        let main = self.labels.first();
        let near = |name: &String| {
            let long = name.chars().count() >= 4 && compact.chars().count() >= 4;
            words.contains(&name.as_str()) || (long && (name.contains(&compact) || compact.contains(name.as_str())))
        };
        main.is_some_and(|label| near(label) || (words.len() > 2 && *label == initials)) || self.names.iter().any(near)
    }

    /// Whether a text is written as the host or a part of it: `example.com`.
    fn is_domain(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let bare = text.strip_prefix("www.").unwrap_or(&text);
        bare.contains('.') && !bare.contains(' ') && !self.host.is_empty() && self.host.ends_with(&clean::compact(bare))
    }
}

/// The piece of the page's title that its copyright line names first: `Daily Echo` of `Bridge reopens - Daily Echo`,
/// where the page ends with `© 2021 Daily Echo Ltd.`
fn owner(document: &Document) -> Option<String> {
    let title = clean::line(&document.head.title);
    let pieces: Vec<(&str, String)> =
        pieces(&title).into_iter().step_by(2).map(|piece| (piece.trim(), clean::key(piece))).collect();
    if pieces.len() < 2 {
        return None;
    }
    // A page that is called by a name and little else is the home of who is called so.
    let rest: usize = pieces.iter().skip(1).map(|(piece, _)| piece.len()).sum();
    let may_be = |at: usize| at > 0 || rest >= HEADLINE_BYTES;
    let lines = document.blocks.iter().rev().filter(|block| block.text.len() <= OWNER_BYTES);
    lines.filter(|block| block.text.contains('©')).take(OWNER_LINES).find_map(|block| {
        let is_owner = |key: &str| !key.is_empty() && owners(&block.text).any(|owner| begins_with(&owner, key));
        let mut known = pieces.iter().enumerate().filter(|(at, (_, key))| may_be(*at) && is_owner(key));
        known.next().map(|(_, (piece, _))| (*piece).to_owned())
    })
}

/// What a copyright line may begin a name with, in comparison form.
fn owners(line: &str) -> impl Iterator<Item = String> {
    let parts = line.split(|c: char| c == '©' || c.is_ascii_digit() || OWNER_ENDS.contains(&c));
    parts
        .map(clean::key)
        .map(|key| key.strip_prefix("copyright ").or(key.strip_prefix("by ")).map(str::to_owned).unwrap_or(key))
}

/// Whether a name is another or that with more words behind it.
fn begins_with(name: &str, other: &str) -> bool {
    name.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether an address has no path.
fn is_home(url: &str) -> bool {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    path.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

/// The labels of a host that can be a name, the registered one first.
fn labels(host: &str) -> Vec<String> {
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    // Second-level suffixes as in `co.uk`, `com.au`, `gov.in` have at most three letters.
    if labels.len() > 1
        && labels.last().is_some_and(|label| label.len() <= 3)
        && host.rsplit('.').next().is_some_and(|tld| tld.len() == 2)
    {
        labels.pop();
    }
    labels.iter().rev().map(|label| without_article(&clean::compact(label))).filter(|label| !label.is_empty()).collect()
}

/// The name without `the` in front: sites write themselves with and without it.
fn without_article(compact: &str) -> String {
    match compact.strip_prefix("the") {
        Some(rest) if rest.chars().count() >= 3 => rest.to_owned(),
        _ => compact.to_owned(),
    }
}

fn is_name(name: &str) -> bool {
    name.chars().count() <= NAME_CHARS
        && name.chars().any(char::is_alphanumeric)
        && !name.contains("://")
        && !name.starts_with('@')
}
