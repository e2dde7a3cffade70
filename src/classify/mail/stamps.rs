//! Dates and times in a text, whatever its language and the script of its digits.

/// Digits of a year that is written out.
const YEAR: usize = 4;

/// Characters between two numbers of one date: `3. 1. 2024` has two.
const APART: usize = 2;

/// A run of digits, and what stands between it and the next one.
struct Number<'t> {
    digits: usize,
    behind: &'t str,
}

/// The numbers of a text, up to so many as any line of a header has.
fn numbers(text: &str) -> Vec<Number<'_>> {
    const MOST: usize = 32;
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_numeric).filter(|_| found.len() < MOST) {
        rest = rest.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        let next = behind.find(char::is_numeric).unwrap_or(behind.len());
        found.push(Number { digits: number.chars().count(), behind: behind.get(..next).unwrap_or_default() });
        rest = behind;
    }
    found
}

/// Whether a text has a day of a year: `3.1.24`, `2024-01-03`, or a year and the number of a day.
pub(super) fn has_date(text: &str) -> bool {
    let numbers = numbers(text);
    let has_year = numbers.iter().any(|number| number.digits == YEAR);
    dates(&numbers).next().is_some() || has_year && numbers.iter().any(|number| number.digits <= 2)
}

/// Whether a text has a date in figures that is no part of a longer number, as that of a telephone is: `3.1.24`,
/// `2024-01-03`.
pub(super) fn has_date_in_figures(text: &str) -> bool {
    let numbers = numbers(text);
    let goes_on = |at: usize| numbers.get(at).is_some_and(|number| is_between(number.behind));
    dates(&numbers).any(|at| !goes_on(at + 2) && !at.checked_sub(1).is_some_and(goes_on))
}

/// Where three numbers begin that are a date in figures.
fn dates(numbers: &[Number<'_>]) -> impl Iterator<Item = usize> {
    let is_date = |three: &[Number<'_>]| match three {
        [a, b, c] => {
            let is_year = |number: &Number<'_>| matches!(number.digits, 2 | YEAR);
            is_between(a.behind)
                && is_between(b.behind)
                && b.digits <= 2
                && (a.digits <= 2 && is_year(c) || a.digits == YEAR && c.digits <= 2)
        }
        _ => false,
    };
    numbers.windows(3).enumerate().filter(move |(_, three)| is_date(three)).map(|(at, _)| at)
}

/// Whether this is what parts the numbers of a date.
fn is_between(behind: &str) -> bool {
    let marks = behind.chars().count();
    (1..=APART).contains(&marks) && behind.trim().chars().all(|c| matches!(c, '.' | '/' | '-')) && behind != " "
}

/// Whether a text has a time of day: `12:11`, `12.11`, `12h11`.
pub(super) fn has_time(text: &str) -> bool {
    let numbers = numbers(text);
    numbers.windows(2).enumerate().any(|(at, two)| match two {
        [hour, minute] => {
            // The points of a date stand before or behind as well.
            let is_dotted = hour.behind != "." || {
                let before = at.checked_sub(1).is_some_and(|before| numbers[before].behind.trim() == ".");
                !before && (minute.behind.trim() != "." || at + 2 >= numbers.len())
            };
            hour.digits <= 2 && minute.digits == 2 && matches!(hour.behind, ":" | "：" | "." | "h" | " h ") && is_dotted
        }
        _ => false,
    })
}

/// Whether a text tells when something was: a date or a time.
pub(super) fn has_stamp(text: &str) -> bool {
    has_date(text) || has_time(text)
}

#[cfg(test)]
mod tests {
    use super::{has_date, has_date_in_figures, has_time};

    #[test]
    fn a_date_in_figures_is_no_telephone() {
        for date in ["12.03.2024", "am 3. 1. 24 um acht", "2024-03-12", "3/12/24 and more"] {
            assert!(has_date_in_figures(date), "{date}");
        }
        for other in ["06.12.18.40.22", "+44 20 7946 0000", "030-12-34-56-78", "on 3 January 2024", "4711-2024-03"] {
            assert!(!has_date_in_figures(other), "{other}");
        }
    }

    #[test]
    fn dates_and_times_are_told_in_any_script() {
        let cases = [
            ("Am 03.01.24 schrieb", true, false),
            ("3. 1. 2024 v 12:11", true, true),
            ("2024/01/03 12:11", true, true),
            ("kirjoitti 3.1.2024 klo 12.11", true, true),
            ("در ۳ ژانویهٔ ۲۰۲۴، ۱۲:۱۱", true, true),
            ("2024年1月3日 12:11", true, true),
            ("le 3 janvier à 12h11", false, true),
            ("version 1.5 of 2024", true, false),
            ("10.2.3.4", false, false),
            ("pages 12 and 13", false, false),
            ("from 9 to 12", false, false),
        ];
        for (text, date, time) in cases {
            assert_eq!((has_date(text), has_time(text)), (date, time), "{text}");
        }
    }
}
