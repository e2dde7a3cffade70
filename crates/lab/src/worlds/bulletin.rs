//! Bulletins: newsletters put together from the articles and headlines of pages, or around a written document, and what they
//! are furnished with.
//!
//! Real newsletters with gold are few, and pages teach that a list of headlines with their addresses is a portal's box. In
//! a bulletin it is what the reader subscribed to. Mastheads, sponsors and what the editor says were written for it, in
//! many languages, and look alike: all of them may be boxed. Footers are made of prompts in the language of the page.

use unboil::Family;

use super::frame::{framed, heading};
use super::nearly::{Draw, RULES, gold_lines, rule};
use super::prompts::{OF_LETTERS, prompts, written};
use super::shape::{Between, Shape};
use super::{Labelled, Line};
use crate::furniture::Furniture;
use crate::set::Page;
use unboil::lab::line_units;

/// Most items of a bulletin, and most paragraphs of one.
const ITEMS: u64 = 14;
const PARAGRAPHS: u64 = 3;

/// Most prompts of a footer.
const PROMPTS: u64 = 9;

/// Most things an editor says in a circular.
const SAID: u64 = 7;

/// Words of a line of the page that may be an advertisement, and its share of main content in the page at most.
const AD_WORDS: usize = 8;
const AD_SHARE: f32 = 0.1;

/// The share of main content of a masthead or a table of contents, and of an advertisement: as of labelled letters.
pub(super) const MASTHEAD: f32 = 0.2;
pub(super) const AD: f32 = 0.1;

/// The host of what sends a written document.
const SENDER: &str = "letters.org";

/// What a bulletin is made of.
struct Stock<'s> {
    host: &'s str,
    headlines: &'s [&'s str],
    paragraphs: Vec<&'s str>,
    /// Lines of the page that are not its article.
    others: Vec<&'s str>,
    page: &'s Page,
}

/// How its items look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Items {
    /// Headline and address.
    Headlines,
    /// Headline, a paragraph or more, perhaps an address.
    Digest,
    /// The article, as somebody would send it.
    Letter,
    /// What an editor says.
    Circular,
    /// A written document.
    Document,
}

/// A bulletin with the article of a page and these headlines of other pages; `None` where there is nothing to fill it, or
/// no footer in its language.
pub(crate) fn bulletin(page: &Page, headlines: &[&str], dump: &Labelled, draw: &mut Draw<'_>) -> Option<Vec<Line>> {
    let units = line_units(&dump.document);
    let others =
        units.iter().zip(&dump.shares).filter(|(_, share)| **share <= AD_SHARE).map(|((_, text), _)| text.as_str());
    let stock = Stock {
        host: page.url.as_deref()?.split('/').nth(2).filter(|host| host.contains('.'))?,
        headlines,
        paragraphs: page.body.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
        others: others.filter(|text| text.split(' ').count() >= AD_WORDS).collect(),
        page,
    };
    if stock.headlines.is_empty() || stock.paragraphs.is_empty() {
        return None;
    }
    let kind =
        [Items::Headlines, Items::Digest, Items::Digest, Items::Digest, Items::Letter, Items::Circular][draw.below(6)];
    furnished(&stock, kind, draw)
}

/// A written document as somebody sends it to many; `None` where there is no footer in its language.
pub(crate) fn sent(page: &Page, draw: &mut Draw<'_>) -> Option<Vec<Line>> {
    let stock = Stock { host: SENDER, headlines: &[], paragraphs: Vec::new(), others: Vec::new(), page };
    furnished(&stock, Items::Document, draw)
}

/// Items with what stands over and under them, or, now and then, with nothing but what was to be said.
fn furnished(stock: &Stock<'_>, kind: Items, draw: &mut Draw<'_>) -> Option<Vec<Line>> {
    if prompts(stock.page, &OF_LETTERS).is_empty() {
        return None;
    }
    let is_bare = draw.percent(if kind == Items::Circular { 40 } else { 5 });
    let sponsors = if is_bare || draw.percent(40) { 0 } else { 10 + draw.below(50) as u64 };
    let mut lines = Vec::new();
    if !is_bare {
        lines.extend(head(stock, kind, sponsors, draw));
    }
    lines.extend(items(stock, kind, sponsors / 3, draw));
    if !is_bare {
        if draw.percent(sponsors) {
            lines.extend(advertisement(stock, draw));
        }
        if draw.percent(85) {
            lines.extend(footer(stock, draw));
        }
    }
    let columns = draw.percent(60).then(|| 58 + draw.below(20));
    Some(Shape { columns, between: Between::AsItIs }.apply(lines))
}

/// What is left of a bulletin that was cleaned: its main content, and the rules within it.
pub(crate) fn cleaned(lines: &[Line]) -> Vec<Line> {
    let is_gone = |line: &Line| line.label.is_some_and(|label| label < 0.5);
    let mut left: Vec<Line> = Vec::new();
    let mut after_gone = true;
    for (at, line) in lines.iter().enumerate() {
        let next = lines[at + 1..].iter().find(|line| !line.text.is_empty());
        let is_debris = line.label.is_none() && (after_gone || next.is_none_or(is_gone));
        if is_gone(line) {
            after_gone = true;
        } else if line.text.is_empty() {
            if left.last().is_some_and(|last| !last.text.is_empty()) {
                left.push(line.clone());
            }
        } else if !is_debris {
            after_gone = false;
            left.push(line.clone());
        }
    }
    while left.last().is_some_and(|line| line.text.is_empty()) {
        left.pop();
    }
    left
}

/// What stands over the items: a notice, a masthead, a sponsor, the editor.
fn head(stock: &Stock<'_>, kind: Items, sponsors: u64, draw: &mut Draw<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if draw.percent(35) {
        lines.extend(notice(stock, draw));
    }
    if draw.percent(70) {
        lines.extend(masthead(stock, kind, draw));
    }
    if draw.percent(sponsors) {
        lines.extend(advertisement(stock, draw));
    }
    if draw.percent(40) {
        lines.extend(opening(stock, draw));
    }
    lines
}

/// A notice before everything else: why it was sent, or where it can be seen.
fn notice(stock: &Stock<'_>, draw: &mut Draw<'_>) -> Vec<Line> {
    let known = prompts(stock.page, &[Family::Unsubscribe, Family::MailChrome]);
    let count = draw.count(3);
    let said: Vec<&str> = (0..count).filter_map(|_| draw.one_of(&known)).collect();
    if said.is_empty() { Vec::new() } else { vec![Line::new(said.join(" "), 0.0), Line::blank()] }
}

/// Name and date, and what the issue holds.
fn masthead(stock: &Stock<'_>, kind: Items, draw: &mut Draw<'_>) -> Vec<Line> {
    let name = stock.host.trim_start_matches("www.").split('.').next().unwrap_or_default().to_uppercase();
    let issue = 1 + draw.below(400);
    let named = vec![Line::new(format!("{name} #{issue}"), MASTHEAD)];
    let titled = if draw.percent(80) { written(stock.page, Furniture::Masthead, MASTHEAD, draw) } else { Vec::new() };
    let mut lines = framed(if titled.is_empty() { named } else { titled }, draw);
    if kind == Items::Digest && draw.percent(40) {
        let listed = stock.headlines.iter().take(2 + draw.below(6));
        let mark = ["", "* ", "- ", "  "][draw.below(4)];
        let number = |at: usize| if mark.is_empty() { format!("{}. ", at + 1) } else { mark.to_owned() };
        lines.extend(listed.enumerate().map(|(at, title)| Line::new(format!("{}{title}", number(at)), MASTHEAD)));
        lines.push(Line::blank());
    }
    lines
}

/// What an editor says.
fn opening(stock: &Stock<'_>, draw: &mut Draw<'_>) -> Vec<Line> {
    let said = written(stock.page, Furniture::Opening, 1.0, draw);
    if draw.percent(25) { framed(said, draw) } else { spaced(said) }
}

fn spaced(mut lines: Vec<Line>) -> Vec<Line> {
    lines.push(Line::blank());
    lines
}

fn items(stock: &Stock<'_>, kind: Items, sponsors: u64, draw: &mut Draw<'_>) -> Vec<Line> {
    match kind {
        Items::Circular => (0..draw.count(SAID) + 1).flat_map(|_| opening(stock, draw)).collect(),
        Items::Document => spaced(gold_lines(&stock.page.body)),
        Items::Headlines | Items::Digest | Items::Letter => titled(stock, kind, sponsors, draw),
    }
}

/// Items that have a headline each.
fn titled(stock: &Stock<'_>, kind: Items, sponsors: u64, draw: &mut Draw<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let (ruled, addressed, style) = (draw.percent(30), draw.percent(60), draw.below(8));
    let line_of_rule = rule(RULES[draw.below(RULES.len())]);
    let count = if kind == Items::Letter { 1 } else { 1 + draw.count(ITEMS) };
    let mut paragraphs = stock.paragraphs.iter();
    for item in 0..count {
        let title = stock.headlines[item % stock.headlines.len()];
        lines.extend(heading(title, item + 1, style));
        let taken = match kind {
            Items::Digest => draw.count(PARAGRAPHS),
            Items::Letter => stock.paragraphs.len(),
            _ => 0,
        };
        for (number, paragraph) in paragraphs.by_ref().take(taken).enumerate() {
            if number > 0 || style % 2 == 0 {
                lines.push(Line::blank());
            }
            lines.push(Line::new(*paragraph, 1.0));
        }
        if kind == Items::Headlines || addressed {
            lines.push(Line::new(address(stock, title, draw), 1.0));
        }
        lines.push(Line::blank());
        if ruled && item + 1 < count {
            lines.extend([line_of_rule.clone(), Line::blank()]);
        }
        if draw.percent(sponsors) {
            lines.extend(advertisement(stock, draw));
        }
    }
    if draw.percent(30) {
        lines.extend(opening(stock, draw));
    }
    lines
}

/// Where an item is to be read.
fn address(stock: &Stock<'_>, title: &str, draw: &mut Draw<'_>) -> String {
    let number = draw.below(900_000);
    let words: Vec<String> =
        title.split(' ').map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect()).collect();
    let url = match words
        .iter()
        .filter(|word| !word.is_empty())
        .take(6)
        .map(|word| word.to_lowercase())
        .collect::<Vec<_>>()
    {
        slug if slug.len() > 1 && draw.percent(60) => format!("https://{}/{}", stock.host, slug.join("-")),
        _ => format!("http://{}/a/{number}.html", stock.host),
    };
    match draw.below(6) {
        0 => format!("<{url}>"),
        1 => format!("    {url}"),
        _ => url,
    }
}

/// An advertisement: what a sponsor says, or lines of the page that are not its article, boxed or not.
fn advertisement(stock: &Stock<'_>, draw: &mut Draw<'_>) -> Vec<Line> {
    if draw.percent(80) {
        let said = written(stock.page, Furniture::Sponsor, AD, draw);
        return framed(said, draw);
    }
    let labels: Vec<&str> = prompts(stock.page, &[Family::Ads]).into_iter().filter(|text| text.len() < 24).collect();
    let (Some(label), Some(start)) = (draw.one_of(&labels), draw.some_below(stock.others.len())) else {
        return Vec::new();
    };
    let text = stock.others.iter().skip(start).take(draw.count(4)).map(|text| Line::new(*text, AD));
    framed([Line::new(label, AD)].into_iter().chain(text).collect(), draw)
}

/// A footer as somebody wrote it, or prompts and addresses, under a rule or not.
fn footer(stock: &Stock<'_>, draw: &mut Draw<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if draw.percent(60) {
        lines.push(rule(RULES[draw.below(RULES.len())]));
    }
    if draw.percent(60) {
        lines.extend(written(stock.page, Furniture::Footer, 0.0, draw));
    }
    if lines.len() < 2 {
        lines.extend(prompted(stock, draw));
    }
    lines
}

/// Prompts and addresses, on lines of their own or as a paragraph.
fn prompted(stock: &Stock<'_>, draw: &mut Draw<'_>) -> Vec<Line> {
    let (leaving, all) = (prompts(stock.page, &[Family::Unsubscribe]), prompts(stock.page, &OF_LETTERS));
    let count = draw.count(PROMPTS);
    let first = draw.below(count);
    let mut lines = Vec::new();
    let joined = draw.percent(40);
    let mut said: Vec<&str> = Vec::new();
    for at in 0..count {
        said.extend(draw.one_of(if at == first { &leaving } else { &all }));
        if joined && at + 1 < count && draw.percent(60) {
            continue;
        }
        let text = std::mem::take(&mut said).join(" ");
        let path = ["unsubscribe?u=", "preferences/", "e/", "optout/"][draw.below(4)];
        let url = format!("https://{}/{path}{:x}", stock.host, draw.below(1 << 30));
        match draw.below(8) {
            0 => lines.push(Line::new(format!("{text} {url}"), 0.0)),
            1 => lines.push(Line::new(format!("{text} ( {url} )"), 0.0)),
            2 | 3 => lines.extend([Line::new(text, 0.0), Line::new(url, 0.0)]),
            _ => lines.push(Line::new(text, 0.0)),
        }
        if draw.percent(35) {
            lines.push(Line::blank());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{cleaned, sent};
    use crate::documents::documents;
    use crate::truncate::Random;
    use crate::worlds::{Draw, Line};

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn cleaned_is_what_is_left_of_main_content_with_the_rules_within_it() {
        let rule = |text: &str| Line { text: text.to_owned(), label: None };
        let (body, other) = (|text: &str| Line::new(text, 1.0), |text: &str| Line::new(text, 0.1));
        let lines = [
            vec![other("TIDES"), rule("==="), Line::blank(), body("High at six."), Line::blank(), rule("---")],
            vec![Line::blank(), body("Low at noon."), Line::blank(), rule("***"), other("Nets!"), rule("***")],
            vec![Line::blank(), body("The pier is gone."), Line::blank(), rule("-- "), other("Leave the list")],
        ];
        let left = cleaned(&lines.concat());
        assert_eq!(texts(&left), ["High at six.", "", "---", "", "Low at noon.", "", "The pier is gone."]);
        assert_eq!(cleaned(&left), left);
        assert_eq!(cleaned(&[other("TIDES"), rule("===")]), []);
    }

    #[test]
    fn a_document_that_is_sent_keeps_its_lines_and_mostly_has_more_around_them() {
        let all = documents().unwrap();
        let mut furnished = 0;
        for page in all.iter().take(40) {
            let lines = sent(page, &mut Draw(&mut Random::new(&page.id))).expect("prompts in its language");
            let words =
                |lines: &[Line]| texts(lines).join(" ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let body: Vec<Line> = lines.iter().filter(|line| line.label == Some(1.0)).cloned().collect();
            let own: Vec<String> = page.body.split_whitespace().map(str::to_owned).collect();
            assert!(words(&body).windows(own.len()).any(|part| part == own.as_slice()), "{}", page.id);
            furnished += usize::from(lines.iter().any(|line| line.label.is_some_and(|label| label < 0.5)));
        }
        assert!(furnished > 30, "{furnished}");
    }
}
