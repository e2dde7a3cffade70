//! How often title, author and date agree with the truth, on the pages whose truth is known.

use std::collections::BTreeSet;
use std::io::{self, Write};

use unboil::Metadata;

use crate::set::Page;

/// What is compared, in the order of the table.
const FIELDS: [&str; 3] = ["title", "author", "date"];

/// Words that join two names, in the languages of the sets.
const JOINERS: [&str; 5] = ["and", "und", "et", "y", "e"];

/// Counts of pages for one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    /// The truth is known.
    known: usize,
    /// … and the extraction names something.
    given: usize,
    /// … and it is the truth.
    agree: usize,
}

/// The agreement over pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Agreement([Tally; FIELDS.len()]);

impl Agreement {
    /// Counts one page.
    pub(crate) fn add(&mut self, page: &Page, found: &Metadata) {
        let pairs = [(&page.title, &found.title), (&page.author, &found.author), (&page.date, &found.date)];
        let judges = [same_line, shares_name, same_day];
        for ((tally, (truth, found)), agrees) in self.0.iter_mut().zip(pairs).zip(judges) {
            let Some(truth) = truth else { continue };
            tally.known += 1;
            let Some(found) = found else { continue };
            tally.given += 1;
            tally.agree += usize::from(agrees(truth, found));
        }
    }

    /// Prints pages with a known truth, the share of them for which anything was found, and the share that agrees.
    pub(crate) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{:<16}{:>6}{:>8}{:>8}", "metadata", "pages", "given", "agrees")?;
        for (name, Tally { known, given, agree }) in FIELDS.into_iter().zip(self.0) {
            let share = |count: usize| if known == 0 { 0.0 } else { count as f64 / known as f64 };
            writeln!(out, "{name:<16}{known:>6}{:>8.4}{:>8.4}", share(given), share(agree))?;
        }
        Ok(())
    }
}

/// Lower case, single spaces.
fn normal(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_line(truth: &str, found: &str) -> bool {
    normal(truth) == normal(found)
}

fn shares_name(truth: &str, found: &str) -> bool {
    !names(truth).is_disjoint(&names(found))
}

/// The names in a byline, each in normal form.
fn names(line: &str) -> BTreeSet<String> {
    let line = normal(line);
    let line = line.strip_prefix("by ").unwrap_or(&line);
    let mut names = BTreeSet::new();
    for part in line.split([',', ';', '&', '|', '/']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let parts = words.split(|word| JOINERS.contains(word));
        names.extend(parts.filter(|words| !words.is_empty()).map(|words| words.join(" ")));
    }
    names
}

/// The truth may name only a month; then the month must agree.
fn same_day(truth: &str, found: &str) -> bool {
    found.starts_with(truth.get(..10).unwrap_or(truth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_agree_up_to_case_and_white_space() {
        assert!(same_line("The  Ferry\nRuns", "the ferry runs "));
        assert!(!same_line("The Ferry Runs", "The Ferry Runs | Harbour News"));
    }

    #[test]
    fn authors_agree_when_one_name_is_shared() {
        let cases = [
            ("Ann Bay", "ann bay", true),
            ("Ann Bay and Bo Cliff", "Bo Cliff", true),
            ("By Ann Bay", "Dee Ebb; Ann Bay", true),
            ("Ann Bay, Bo Cliff", "Ann Cliff", false),
            ("Andy Sand", "Andy", false),
            ("Ann Bay", "", false),
            ("and", "and", false),
        ];
        for (truth, found, agrees) in cases {
            assert_eq!(shares_name(truth, found), agrees, "{truth:?} and {found:?}");
        }
    }

    #[test]
    fn dates_agree_on_the_day_or_on_the_month_where_no_day_is_known() {
        let cases = [
            ("2025-09-04", "2025-09-04", true),
            ("2025-09-04T10:00:00Z", "2025-09-04", true),
            ("2025-09", "2025-09-30", true),
            ("2025-09-04", "2025-09-05", false),
            ("2025-09-04", "2025-09", false),
        ];
        for (truth, found, agrees) in cases {
            assert_eq!(same_day(truth, found), agrees, "{truth} and {found}");
        }
    }
}
