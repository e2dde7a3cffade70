//! Who wrote a letter, by its header. A block of contacts that tells neither the sender's name nor address, and that no
//! closing opens, is somebody else's, and what the letter is about.

use std::ops::Range;

use super::cues::{Cue, LINE_WORDS, cue};
use super::line::{Line, Role, is_called};
use super::signatures::{goes_on, is_closing, is_name};
use crate::document::{Letter, is_at_or_below};
use crate::patterns::mail_address;
use crate::signs::ends_sentence;

/// Characters of the shortest name that is looked for within an address, as `reed` in `jreed@vale.example`; of one by
/// itself, two will do.
const INNER_NAME: usize = 4;

/// Names of mailboxes that are no person's.
const SHARED: [&str; 14] = [
    "info", "mail", "office", "contact", "kontakt", "post", "admin", "support", "service", "sales", "press", "team",
    "hello", "news",
];

/// Whom the header names.
#[derive(Debug)]
pub(super) struct Sender {
    /// The words of the name and of the address before its host.
    names: Vec<String>,
    /// The address before its host.
    mailbox: String,
    /// The host of the address.
    host: String,
    /// The whole name, in small letters.
    name: String,
}

impl Sender {
    /// The sender of a letter; `None` where no header tells.
    pub(super) fn of(letter: &Letter) -> Option<Self> {
        let address = letter.address.as_deref().unwrap_or_default().to_lowercase();
        let (mailbox, host) = address.split_once('@').unwrap_or_default();
        let from = letter.from.as_deref().filter(|from| !from.contains('@')).unwrap_or_default().to_lowercase();
        // Directories turn names round: `Moss, Ann`.
        let name = match from.split_once(", ") {
            Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
            _ => from,
        };
        let of_mailbox = words(mailbox).filter(|word| !SHARED.contains(word));
        let names: Vec<String> = words(&name).chain(of_mailbox).map(str::to_owned).collect();
        let is_told = !names.is_empty() || !mailbox.is_empty();
        is_told.then(|| Self { names, mailbox: mailbox.to_owned(), host: host.to_owned(), name })
    }

    /// Whether lines tell the sender's name, or an address at the sender's host.
    pub(super) fn is_named(&self, lines: &[Line<'_>]) -> bool {
        // What is written in another script cannot be compared.
        let is_foreign =
            |text: &str| text.contains(char::is_alphabetic) && !text.contains(|c: char| c.is_ascii_alphabetic());
        self.name.is_ascii() && lines.iter().any(|line| is_foreign(line.text))
            || lines.iter().any(|line| {
                let text = line.text.to_lowercase();
                let is_own = |word: &str| self.names.iter().any(|name| name == word);
                let is_inner = |word: &str| word.chars().count() >= INNER_NAME && self.holds(word);
                text.split_whitespace().any(|token| {
                    let address = mail_address(token);
                    // Of an address the name of the mailbox alone is a person's.
                    let told = address.map_or(token, |(mailbox, _)| mailbox);
                    words(told).any(|word| is_own(word) || is_inner(word))
                        || address.is_some_and(|address| self.is_reached(address))
                })
            })
    }

    /// Whether a text begins with the sender's whole name, and says no more of the sender than a number or what a mark
    /// parts from it.
    pub(super) fn begins(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let rest = text.strip_prefix(&*self.name).filter(|_| !self.name.is_empty());
        rest.is_some_and(|rest| !rest.trim_start().starts_with(char::is_alphabetic))
    }

    /// Whether a line begins with the sender's name or its initials in brackets, as people mark their answers.
    pub(super) fn is_tag(&self, text: &str) -> bool {
        let inner = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let Some(inner) = inner.map(|(inner, _)| inner.to_lowercase()).filter(|inner| !inner.is_empty()) else {
            return false;
        };
        let initials: String = self.name.split_whitespace().filter_map(|word| word.chars().next()).collect();
        inner == self.name || self.names.contains(&inner) || inner.len() >= 2 && inner == initials
    }

    /// The block at the end of some lines that begins with the sender's whole name, under a drawn rule or over what
    /// tells where the sender is found. The name that a closing opens is the author's.
    pub(super) fn block(&self, lines: &[Line<'_>], run: Range<usize>) -> Option<Range<usize>> {
        const MOST: usize = 20;
        let reach = run.end.saturating_sub(MOST).max(run.start + 1)..run.end;
        let at = reach.rev().find(|at| self.is_whole_name(lines[*at].text))?;
        let below = &lines[at + 1..run.end];
        let is_short = |line: &Line<'_>| !line.is_prose() && line.words <= LINE_WORDS || cue(line) == Cue::Contact;
        let is_separated = lines[at].text.starts_with("-- ");
        let ruled = lines[at - 1].is_rule() && at - 1 > run.start;
        let told = below.iter().any(|line| cue(line) != Cue::None);
        let closed = is_closing(&lines[at - 1]);
        // Over a block of its own the name is what the letter is signed with, if nothing else is.
        let signs = !ruled && below.first().is_some_and(|below| below.gap) && !signs_off(&lines[at - 1]);
        let start = if closed || signs { at + 1 } else { at - usize::from(ruled) };
        let begins = lines[at].gap && !goes_on(lines, at, run.start) || ruled || closed;
        let fits = begins && below.iter().all(is_short) && (is_separated && below.is_empty() || told);
        (fits && start < run.end).then_some(start..run.end)
    }

    /// Marks the lines that are the sender's whole name, and what closes the letter over one: a short line that ends in
    /// a comma, or a paragraph of a few words that is no name.
    pub(super) fn mark(&self, lines: &mut [Line<'_>]) {
        let first = lines.iter().position(|line| line.words > 0).unwrap_or(0);
        for at in first + 1..lines.len() {
            if lines[at].depth > 0 || !self.is_whole_name(lines[at].text) {
                continue;
            }
            lines[at].role = Role::Name;
            let over = at - 1;
            if over > first && lines[over].depth == 0 && (is_called(&lines[over]) || is_parting(lines, over)) {
                lines[over].role = Role::Closing;
            }
        }
    }

    /// Whether a line is one of the sender's names alone, as people sign.
    pub(super) fn is_first_name(&self, line: &Line<'_>) -> bool {
        let own = line.text.trim_end_matches([',', '.']).to_lowercase();
        line.words == 1 && self.name.split_whitespace().any(|name| name == own)
    }

    /// Whether a text is the sender's whole name, with no more than titles before it.
    fn is_whole_name(&self, text: &str) -> bool {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let titles = bare.strip_suffix(&*self.name).filter(|_| self.name.contains(' '));
        titles.is_some_and(|titles| titles.split_whitespace().all(|title| title.ends_with('.')))
    }

    /// Whether the sender's mailbox holds a word that begins or ends it: `jreed` holds `reed`.
    fn holds(&self, word: &str) -> bool {
        let is_personal = !SHARED.contains(&&*self.mailbox);
        is_personal && (self.mailbox.starts_with(word) || self.mailbox.ends_with(word))
    }

    /// Whether an address leads to the sender: its own, or one of the same host that is nobody's by name.
    fn is_reached(&self, (mailbox, host): (&str, &str)) -> bool {
        let is_own = mailbox == self.mailbox || words(mailbox).any(|word| self.names.iter().any(|name| name == word));
        self.is_host(host) && (is_own || SHARED.contains(&mailbox) || SHARED.contains(&&*self.mailbox))
    }

    fn is_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
        !host.is_empty() && (is_at_or_below(&self.host, host) || is_at_or_below(host, &self.host))
    }
}

/// Whether a letter is signed with a line: a name, which has no full stop.
fn signs_off(line: &Line<'_>) -> bool {
    is_name(line) && !ends_sentence(line.text)
}

/// Whether a line is a few words behind the end of a sentence, or by themselves, that are no sentence and no name.
fn is_parting(lines: &[Line<'_>], at: usize) -> bool {
    let line = &lines[at];
    const WORDS: std::ops::RangeInclusive<usize> = 2..=4;
    let is_plain = line.text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '-'));
    let begins = line.gap || at > 0 && ends_sentence(lines[at - 1].text);
    begins && is_plain && WORDS.contains(&line.words) && !is_name(line)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 2)
}
