//! Days: a checked type, the machine formats, and which of a page's dates is the day of publication.
//!
//! A day is only ever read whole: a month without a day, or figures that could be read in two ways, are no date.

mod months;
mod written;

use std::fmt;

pub(super) use written::find;

/// Years a page can be of: the Web began in 1990, and a date after 2100 is an error or an "unlimited".
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2100;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A day of the Gregorian calendar within [`YEARS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    year: u32,
    month: u32,
    day: u32,
}

impl Date {
    /// The day, where there is such a day.
    pub(super) fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            1..=12 => 31,
            _ => return None,
        };
        (YEARS.contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The day of a Unix time, in UTC.
    fn from_unix(seconds: i64) -> Option<Self> {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin in March.
        let days = seconds.div_euclid(DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The day in a value meant for machines: ISO 8601 at its start, else a Unix time, else a written date.
///
/// A time zone is not applied: the day is the one that the page names.
pub(super) fn machine(value: &str) -> Option<Date> {
    let value = value.trim();
    iso(value).or_else(|| unix(value)).or_else(|| find(value).map(|written| written.date))
}

/// `2024-05-17`, `2024/05/17`, `2024.05.17`, `20240517`, each with or without a time after it.
fn iso(value: &str) -> Option<Date> {
    let digits = value.chars().take_while(char::is_ascii_digit).count();
    let (head, tail) = value.split_at_checked(digits)?;
    if digits == 8 || digits == 14 {
        let (year, rest) = head.split_at_checked(4)?;
        let (month, rest) = rest.split_at_checked(2)?;
        let (day, _) = rest.split_at_checked(2)?;
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    if digits != 4 {
        return None;
    }
    let separator = tail.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = tail.splitn(3, separator).skip(1);
    let month = parts.next()?;
    let day: String = parts.next()?.chars().take_while(char::is_ascii_digit).collect();
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(head.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Ten digits are seconds, thirteen are milliseconds since 1970: from 2001 to 2286, so nothing shorter is meant.
fn unix(value: &str) -> Option<Date> {
    let number: i64 = value.parse().ok()?;
    match value.len() {
        10 => Date::from_unix(number),
        13 => Date::from_unix(number / 1000),
        _ => None,
    }
}

/// The day in an address's path: `/2024/05/17/`, `/2024-05-17-`, `/20240517/`.
pub(super) fn in_path(url: &str) -> Option<Date> {
    let path = url.split_once("//").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let steps: Vec<&str> = path.split('/').skip(1).take(20).collect();
    let nested = steps.windows(3).find_map(|three| match three {
        [year, month, day] if year.len() == 4 && (1..=2).contains(&month.len()) => {
            let day: String = day.chars().take_while(char::is_ascii_digit).collect();
            (day.len() <= 2).then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
        }
        _ => None,
    });
    nested.or_else(|| steps.iter().find_map(|step| dashed(step)))
}

/// `2024-05-17` as a whole step of a path or at its start; `20240517` as a whole step.
fn dashed(step: &str) -> Option<Date> {
    let digits = step.chars().take_while(char::is_ascii_digit).count();
    match digits {
        8 if step.len() == 8 => iso(step),
        4 if step.chars().nth(4) == Some('-') => {
            let (year, rest) = step.split_at_checked(4)?;
            let mut parts = rest.splitn(4, '-').skip(1);
            let (month, day) = (parts.next()?, parts.next()?);
            let two = month.len() == 2 && day.len() == 2;
            two.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, find, in_path, machine};

    fn table(read: fn(&str) -> Option<Date>, cases: &[(&str, &str)]) {
        for (value, expected) in cases {
            let found = read(value).map_or(String::new(), |date| date.to_string());
            assert_eq!(found, *expected, "{value:?}");
        }
    }

    #[test]
    fn machine_formats_are_read_and_broken_ones_are_not() {
        table(
            machine,
            &[
                ("2024-05-17", "2024-05-17"),
                ("2024-05-17T23:30:00-07:00", "2024-05-17"),
                ("2024-05-17 08:00", "2024-05-17"),
                ("2024-5-7", "2024-05-07"),
                ("2024/05/17", "2024-05-17"),
                ("2024.05.17", "2024-05-17"),
                ("20240517", "2024-05-17"),
                ("20240517083000", "2024-05-17"),
                ("1715904000", "2024-05-17"),
                ("1715904000000", "2024-05-17"),
                ("951782400", ""),
                ("Fri, 17 May 2024 08:00:00 GMT", "2024-05-17"),
                ("Fri May 17 2024 08:00:00 GMT+0200", "2024-05-17"),
                ("May 17, 2024 8:00 am", "2024-05-17"),
                ("2024-02-29", "2024-02-29"),
                ("2023-02-29", ""),
                ("2100-02-29", ""),
                ("2024-13-01", ""),
                ("2024-00-10", ""),
                ("2024-04-31", ""),
                ("1989-12-31", ""),
                ("2101-01-01", ""),
                ("0001-01-01T00:00:00", ""),
                ("2024-05", ""),
                ("2024", ""),
                ("", ""),
                ("T", ""),
                ("99999999999999999999999999", ""),
            ],
        );
    }

    #[test]
    fn written_dates_of_many_languages_are_read() {
        table(
            |line| find(line).map(|found| found.date),
            &[
                ("17 May 2024", "2024-05-17"),
                ("Published: Friday, May 17th, 2024 at 8 am", "2024-05-17"),
                ("Updated. 17 May 2024", "2024-05-17"),
                ("Sept. 3, 2024", "2024-09-03"),
                ("the 1st of March 2024", "2024-03-01"),
                ("17-May-2024", "2024-05-17"),
                ("By Jane DoeMay 17, 2024", "2024-05-17"),
                ("Freitag, 17. Mai 2024, 08:00 Uhr", "2024-05-17"),
                ("3. März 2024", "2024-03-03"),
                ("4. Jänner 2024", "2024-01-04"),
                ("1er août 2024", "2024-08-01"),
                ("17 de mayo de 2024", "2024-05-17"),
                ("17 de março de 2024", "2024-03-17"),
                ("17 maggio 2024", "2024-05-17"),
                ("17 mei 2024", "2024-05-17"),
                ("17 maj 2024", "2024-05-17"),
                ("17. toukokuuta 2024", "2024-05-17"),
                ("17 stycznia 2024", "2024-01-17"),
                ("17. května 2024", "2024-05-17"),
                ("2024. május 17.", "2024-05-17"),
                ("2024 m. gegužės 17 d.", "2024-05-17"),
                ("17 мая 2024 г.", "2024-05-17"),
                ("17 травня 2024", "2024-05-17"),
                ("17 Μαΐου 2024", "2024-05-17"),
                ("17 Mayıs 2024", "2024-05-17"),
                ("17 tháng 5, 2024", "2024-05-17"),
                ("١٧ مايو ٢٠٢٤", "2024-05-17"),
                ("17 במאי 2024", "2024-05-17"),
                ("17 मई 2024", "2024-05-17"),
                ("17 พฤษภาคม 2567", "2024-05-17"),
                ("প্রকাশ: ০৩ আগস্ট ২০২২, ১১:০০", "2022-08-03"),
                ("11 செப்டம்பர் 2021 09:15", "2021-09-11"),
                ("2024年5月17日 08:00", "2024-05-17"),
                ("2024년 5월 17일", "2024-05-17"),
                ("17.05.2024", "2024-05-17"),
                ("2024.05.17", "2024-05-17"),
                ("17/05/2024", "2024-05-17"),
                ("05/17/2024", "2024-05-17"),
                ("05/05/2024", "2024-05-05"),
            ],
        );
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_no_date() {
        table(
            |line| find(line).map(|found| found.date),
            &[
                ("05/06/2024", ""),
                ("05-06-2024", ""),
                ("May 2024", ""),
                ("17 May", ""),
                ("17 listopada 2024", ""),
                ("31 April 2024", ""),
                ("1.2.3.2024", ""),
                ("version 10.12.1", ""),
                ("17 May 24", ""),
                ("17 May 1824", ""),
                ("12/17/05", ""),
                ("", ""),
            ],
        );
    }

    #[test]
    fn a_written_date_says_where_it_stands() {
        let found = find("von Ö. Müller, 17. Mai 2024, 8 Uhr").expect("a date");
        assert_eq!((found.date.to_string(), found.range), ("2024-05-17".to_owned(), 17..29));
    }

    #[test]
    fn addresses_give_whole_days_only() {
        table(
            in_path,
            &[
                ("https://example.com/2024/05/17/title/", "2024-05-17"),
                ("https://example.com/news/2024/5/7/title", "2024-05-07"),
                ("https://example.com/blog/2024-05-17-title.html", "2024-05-17"),
                ("https://example.com/20240517/title", "2024-05-17"),
                ("/2024/05/17/title", "2024-05-17"),
                ("https://example.com/2024/05/title", ""),
                ("https://example.com/?date=/2024/05/17/", ""),
                ("https://example.com/2024/17/05/", ""),
                ("https://example.com/id/20249917", ""),
                ("https://example.com", ""),
                ("", ""),
            ],
        );
    }
}
