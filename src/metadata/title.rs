//! The headline, without the site's name.
//!
//! Sources, in order: the level-1 heading, or else the level-2 heading, or else the line, that the head agrees with;
//! the head's own (JSON-LD `headline`, Open Graph, citation, Twitter, Parse.ly, Sailthru, Dublin Core, `<title>`), cut
//! where a piece names the site; a level-1 heading alone. A title is never cut at a separator unless the site or a
//! heading says what the piece is.

use std::cell::OnceCell;

use super::clean;
use super::headline::Headings;
use super::pieces::pieces;
use super::site::Site;

/// Longest title, in characters.
const TITLE_CHARS: usize = 300;

/// Dice coefficient of the words of a heading and of a title from which on they are the same headline in two wordings.
/// Of 0.3, 0.4, 0.5 and 0.7, this one agreed most often with the titles of 1815 development pages.
const SHARED_WORDS: f64 = 0.3;

/// Share of a title's characters that a run of its pieces needs; less is a section's name beside a headline.
/// On the same pages 0.25 agreed more often than 0.1.
const RUN_SHARE: f64 = 0.25;

/// Cuts of one title that are tried.
const CUTS: usize = 8;

/// A title, and the block it stands in as a heading.
#[derive(Debug, Default)]
pub(super) struct Title {
    /// The text.
    pub text: Option<String>,
    /// The block.
    pub block: Option<usize>,
}

/// How a heading agrees with a title of the head, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    /// It is the title, or its first pieces.
    Start,
    /// It is the title's last pieces.
    End,
    /// It shares words with the title, [`SHARED_WORDS`] at least.
    Words,
}

/// Chooses the title. `head` are the candidates of the head, best first, `<title>` last; `lines` gives the other lines
/// that may be the headline, where no heading of the upper levels is.
pub(super) fn choose(
    head: &[String],
    headings: &Headings,
    lines: impl FnOnce() -> Vec<(usize, String)>,
    site: &Site,
) -> Title {
    let head: Vec<&String> = head.iter().filter(|text| is_title(text)).collect();
    let runs: Vec<Runs> = head.iter().map(|text| Runs::new(text, site)).collect();
    let best = |list: &[(usize, String)], least: Agreement| {
        let agreeing = list.iter().filter_map(|heading| {
            let key = clean::key(&heading.1);
            let known = OnceCell::new();
            let own = || known.get_or_init(|| words(&key));
            let agreements = runs.iter().filter_map(|runs| runs.agreement(&key, own));
            let (agreement, shared) = agreements.min_by(|one, other| compare(*one, *other))?;
            // The site's name stands in many titles, and over many pages.
            let is_logo = agreement == Agreement::Words && site.is(&heading.1);
            (agreement <= least && !is_logo).then_some(((agreement, shared), heading))
        });
        let ((agreement, _), (block, text)) = agreeing.min_by(|(one, _), (other, _)| compare(*one, *other))?;
        let reworded = agreement == Agreement::Words;
        let inner = head.iter().map(|text| strip_site(text, site)).find(|title| reworded && ends_with(text, title));
        let text = inner.unwrap_or_else(|| strip_site(&tidy(text), site));
        Some((agreement, Title { text: Some(text), block: Some(*block) }))
    };
    // The heading of a home page is a slogan, unless the head repeats it.
    let least = if site.home { Agreement::Start } else { Agreement::Words };
    let second = || best(&headings.second, Agreement::Start);
    let heading = match best(&headings.first, least) {
        // Where the one is the end of the title and the other its start, the one is the name of the site.
        Some(first) if first.0 == Agreement::End => second().or(Some(first)),
        first => first.or_else(second),
    };
    let stated = heading.or_else(|| (!site.home).then(|| best(&lines(), Agreement::End)).flatten());
    if let Some((_, title)) = stated {
        return title;
    }
    let block = headings.first.iter().find(|(_, text)| !site.is(text)).map(|(block, _)| *block);
    let own = head.iter().map(|text| strip_site(text, site)).find(|text| is_title(text));
    let text = own.or_else(|| headings.first.iter().map(|(_, text)| tidy(text)).find(|text| !site.is(text)));
    Title { text, block }
}

/// The better of two agreements comes first: of the same kind the one that shares more words.
fn compare(one: (Agreement, f64), other: (Agreement, f64)) -> std::cmp::Ordering {
    one.0.cmp(&other.0).then(other.1.total_cmp(&one.1))
}

/// Whether a heading is a title behind a kicker or a label of up to three words.
fn ends_with(heading: &str, title: &str) -> bool {
    let (heading, title) = (clean::key(heading), clean::key(title));
    let kicker = heading.strip_suffix(&title).and_then(|kicker| kicker.strip_suffix(' '));
    // A title of fewer than three words ends many headings.
    title.split(' ').count() >= 3 && kicker.is_some_and(|kicker| kicker.split(' ').count() <= 3)
}

/// A heading without the sign of a permanent link behind it.
fn tidy(heading: &str) -> String {
    heading.trim_end_matches(['¶', '#', '🔗', '§', ' ']).to_owned()
}

/// Whether a text can be a title.
fn is_title(text: &str) -> bool {
    let long = text.chars().count() > TITLE_CHARS;
    !long && text.chars().any(char::is_alphanumeric) && !text.contains("://") && !text.contains("{{")
}

/// The comparison forms of a title's runs of pieces.
struct Runs {
    /// Those from the start, the whole title first.
    start: Vec<String>,
    /// Those up to the end.
    end: Vec<String>,
}

/// The distinct words of a comparison form, sorted.
fn words(key: &str) -> Vec<&str> {
    let mut words: Vec<&str> = key.split(' ').collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Twice the words that two have in common, as a share of all.
fn dice(one: &[&str], other: &[&str]) -> f64 {
    let shared = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    2.0 * shared as f64 / (one.len() + other.len()) as f64
}

impl Runs {
    fn new(title: &str, site: &Site) -> Self {
        let pieces = pieces(title);
        let whole = clean::key(title);
        let least = whole.chars().count() as f64 * RUN_SHARE;
        let cuts = || (1..pieces.len()).step_by(2).take(CUTS);
        let named = |key: &String| !site.is(key) && key.chars().count() as f64 >= least.max(1.0);
        let start = cuts().map(|cut| clean::key(&pieces[..cut].concat())).filter(named);
        let end = cuts().map(|cut| clean::key(&pieces[cut + 1..].concat())).filter(named).collect();
        // The whole title may be the site's name: a home page is called so.
        Self { start: std::iter::once(whole).chain(start).collect(), end }
    }

    /// How a heading's comparison form agrees, and the Dice coefficient of their words; `own` gives the heading's.
    fn agreement<'h>(&self, heading: &str, own: impl Fn() -> &'h Vec<&'h str>) -> Option<(Agreement, f64)> {
        if heading.is_empty() {
            return None;
        }
        if self.start.iter().any(|key| key == heading) {
            return Some((Agreement::Start, 1.0));
        }
        if self.end.iter().any(|key| key == heading) {
            return Some((Agreement::End, 1.0));
        }
        let most = self.start.iter().map(|run| dice(own(), &words(run))).fold(0.0, f64::max);
        (most >= SHARED_WORDS).then_some((Agreement::Words, most))
    }
}

/// The title without the pieces at its end, then at its start, that name the site.
pub(super) fn strip_site(title: &str, site: &Site) -> String {
    let all = pieces(title);
    let mut pieces: &[&str] = &all;
    while let [rest @ .., _, last] = pieces
        && !rest.is_empty()
        && site.names_piece(last)
    {
        pieces = rest;
    }
    // A home page is called by its site's name first.
    while let [first, _, rest @ ..] = pieces
        && !site.home
        && !rest.is_empty()
        && site.is(first)
    {
        pieces = rest;
    }
    pieces.concat().trim().to_owned()
}
