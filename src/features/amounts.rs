//! Numbers that name a kind of block: money in shops, dates in lists and forums; and how varied its words are.

use super::words::each_word;

/// Amounts of one block.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Amounts {
    /// Amounts of money.
    pub(crate) prices: f32,
    /// Years, times and dates.
    pub(crate) dates: f32,
    /// Distinct words among the words, 0..1.
    pub(crate) distinct: f32,
}

/// Words beyond which the share of distinct ones tells more about length than about variety.
const DISTINCT_WORDS: usize = 200;

impl Amounts {
    /// Counts in one text.
    pub(crate) fn of(text: &str) -> Self {
        Self { prices: prices(text), dates: dates(text), distinct: distinct(text) }
    }
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20c0}' | '\u{fffc}' | '￥')
}

/// Currency signs with a digit beside them, a space between allowed.
pub(super) fn prices(text: &str) -> f32 {
    let near = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let price = |(at, sign): (usize, &str)| {
        let before = text.get(..at).and_then(|head| head.trim_end().chars().next_back());
        let after = text.get(at + sign.len()..).and_then(|tail| tail.trim_start().chars().next());
        near(before) || near(after)
    };
    text.match_indices(is_currency).filter(|found| price(*found)).count() as f32
}

/// Runs of digits and the marks between them that read as a year from 1900 on, a time, or a date.
pub(super) fn dates(text: &str) -> f32 {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '/' | '.' | '-')));
    runs.filter(|run| is_date(run.trim_matches([':', '/', '.', '-']))).count() as f32
}

fn is_date(run: &str) -> bool {
    let parts: Vec<&str> = run.split([':', '/', '.', '-']).collect();
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let short = |part: &&str| matches!(part.len(), 1 | 2);
    match parts.as_slice() {
        [only] => year(only),
        [hour, minute] => run.contains(':') && short(hour) && minute.len() == 2,
        [first, second, third] => short(second) && (short(first) || year(first)) && (short(third) || year(third)),
        _ => false,
    }
}

fn distinct(text: &str) -> f32 {
    let mut words = Vec::new();
    each_word(text, |hash, _| {
        if words.len() < DISTINCT_WORDS {
            words.push(hash);
        }
    });
    let all = words.len().max(1) as f32;
    words.sort_unstable();
    words.dedup();
    words.len() as f32 / all
}

#[cfg(test)]
mod tests {
    use super::Amounts;

    #[test]
    fn prices_dates_and_variety_are_counted() {
        let cases = [
            ("", 0.0, 0.0, 0.0),
            ("From $ 12 or 9 €, not $x", 2.0, 0.0, 1.0),
            ("2024-05-17, 17/5/24, 10:30 and 1999", 0.0, 4.0, 8.0 / 9.0),
            ("version 1.2, 3-4, 555 or 12345", 0.0, 0.0, 1.0),
            ("no no no yes", 0.0, 0.0, 0.5),
        ];
        for (text, prices, dates, distinct) in cases {
            let found = Amounts::of(text);
            assert_eq!((found.prices, found.dates), (prices, dates), "{text}");
            assert!((found.distinct - distinct).abs() < 0.12, "{text}: {}", found.distinct);
        }
    }
}
