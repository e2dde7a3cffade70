//! Dates as people write them: `17 May 2024`, `May 17, 2024`, `17. Mai 2024`, `2024年5月17日`.
//!
//! Input is a line, output the first whole date in it with the bytes it covers. Figures alone (`03/04/2024`) count only
//! where they can be read in one way.

use std::ops::Range;

use super::Date;
use super::months;
use crate::digits::digit;

/// Tokens read of one line. A dateline is short; a paragraph is not searched to its end.
const TOKENS: usize = 120;

/// The Buddhist calendar of Thailand counts from 543 years earlier.
const BUDDHIST: u32 = 543;

/// A date and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metadata) struct Written {
    /// The day.
    pub date: Date,
    /// Bytes of the line, on character boundaries.
    pub range: Range<usize>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// Digits: their value, and how many there are.
    Number(u32, usize),
    /// The name of a month.
    Month(u32),
    /// Another word, in lower case.
    Word(String),
    /// One other visible character.
    Mark(char),
}

/// A token with its bytes.
type Placed = (Token, Range<usize>);

/// The first date of a line.
pub(in crate::metadata) fn find(line: &str) -> Option<Written> {
    // Without a number there is no date, and most lines have none.
    if !has_digit(line) {
        return None;
    }
    let tokens = tokens(line);
    (0..tokens.len()).find_map(|at| {
        let rest = &tokens[at..];
        // `1.17` or `5/17` before a year is a longer row of figures, not a day.
        let joined = at.checked_sub(1).map(|before| &tokens[before]).is_some_and(|(token, range)| {
            matches!(token, Token::Mark('/' | '-' | '.')) && range.end == rest[0].1.start
        });
        if joined && matches!(rest[0].0, Token::Number(..)) {
            return None;
        }
        let (date, used) = east_asian(rest)
            .or_else(|| day_first(rest))
            .or_else(|| month_first(rest))
            .or_else(|| year_first(rest))
            .or_else(|| figures(rest))?;
        Some(Written { date, range: rest[0].1.start..rest[used - 1].1.end })
    })
}

fn has_digit(line: &str) -> bool {
    let is_other = |c: char| !c.is_ascii() && digit(c).is_some();
    line.bytes().any(|byte| byte.is_ascii_digit()) || !line.is_ascii() && line.chars().any(is_other)
}

fn tokens(line: &str) -> Vec<Placed> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() && out.len() < TOKENS {
        let next = at + run(&chars[at..]);
        let (start, first) = chars[at];
        let end = chars.get(next).map_or(line.len(), |(byte, _)| *byte);
        at = next;
        if !first.is_whitespace() {
            out.push((token(line.get(start..end).unwrap_or_default(), first), start..end));
        }
    }
    out
}

/// Characters of the token at the start. A capital after a small letter begins a new word: inline elements without a
/// space between them leave `Jane DoeMay 17`.
fn run(chars: &[(usize, char)]) -> usize {
    let first = chars[0].1;
    let same: fn(char, char) -> bool = if digit(first).is_some() {
        |_, c| digit(c).is_some()
    } else if is_word(first) {
        |before, c| is_word(c) && !(before.is_lowercase() && c.is_uppercase())
    } else {
        |_, _| false
    };
    1 + chars.windows(2).take_while(|pair| same(pair[0].1, pair[1].1)).count()
}

fn token(text: &str, first: char) -> Token {
    if digit(first).is_some() {
        let value = text.chars().take(9).filter_map(digit).fold(0, |value, digit| value * 10 + digit);
        return Token::Number(value, text.chars().count());
    }
    if is_word(first) {
        let word = text.to_lowercase();
        return months::number(&word).map_or(Token::Word(word), Token::Month);
    }
    Token::Mark(first)
}

/// Whether a character is part of a word that is written in letters.
fn is_word(c: char) -> bool {
    is_letter(c) && !is_ideograph(c)
}

/// Letters, and the marks that scripts of India and Thai spell words with.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{BCD}' | '\u{E31}'..='\u{E4E}' | '\u{300}'..='\u{36F}')
}

/// Han characters, kana and Hangul, of which each is a token of its own.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether this token may stand between the parts of a date: `17th of May, 2024`, `17 de mayo del 2024`.
fn is_filler(token: &Token) -> bool {
    match token {
        Token::Mark(',' | '.' | 'º' | '°' | '،') => true,
        Token::Word(word) => {
            matches!(
                word.as_str(),
                "st" | "nd" | "rd" | "th" | "of" | "de" | "del" | "d" | "er" | "º" | "ª" | "da" | "den" | "the"
            )
        }
        _ => false,
    }
}

/// The index after at most `most` fillers from `from` on.
fn skip(tokens: &[Placed], from: usize, most: usize) -> usize {
    from + tokens.iter().skip(from).take(most).take_while(|(token, _)| is_filler(token)).count()
}

fn number(tokens: &[Placed], at: usize, digits: Range<usize>) -> Option<u32> {
    match tokens.get(at)?.0 {
        Token::Number(value, length) if digits.contains(&length) => Some(value),
        _ => None,
    }
}

fn month(tokens: &[Placed], at: usize) -> Option<u32> {
    match tokens.get(at)?.0 {
        Token::Month(month) => Some(month),
        _ => None,
    }
}

fn is_mark(tokens: &[Placed], at: usize, marks: &[char]) -> bool {
    matches!(tokens.get(at), Some((Token::Mark(c), _)) if marks.contains(c))
}

/// The year at `at`, four digits; one some five centuries ahead is of the Buddhist calendar.
fn year(tokens: &[Placed], at: usize) -> Option<u32> {
    let year = number(tokens, at, 4..5)?;
    Some(if (2400..2650).contains(&year) { year - BUDDHIST } else { year })
}

/// `2024年5月17日`, `2024년 5월 17일`.
fn east_asian(tokens: &[Placed]) -> Option<(Date, usize)> {
    let year = number(tokens, 0, 4..5)?;
    let month = number(tokens, 2, 1..3)?;
    let day = number(tokens, 4, 1..3)?;
    let marked = is_mark(tokens, 1, &['年', '년'])
        && is_mark(tokens, 3, &['月', '월'])
        && is_mark(tokens, 5, &['日', '일', '号']);
    marked.then(|| Date::new(year, month, day)).flatten().map(|date| (date, 6))
}

/// `17 May 2024`, `17. Mai 2024`, `17 de mayo de 2024`, `1er mars 2024`, `17-May-2024`, `17 tháng 5, 2024`.
fn day_first(tokens: &[Placed]) -> Option<(Date, usize)> {
    let day = number(tokens, 0, 1..3)?;
    let mut at = skip(tokens, 1, 2);
    if is_mark(tokens, at, &['-', '/']) {
        at += 1;
    }
    let month = match (month(tokens, at), tokens.get(at)) {
        (Some(month), _) => month,
        (None, Some((Token::Word(word), _))) if word == "tháng" => {
            at += 1;
            number(tokens, at, 1..3)?
        }
        _ => return None,
    };
    let mut at = skip(tokens, at + 1, 2);
    if is_mark(tokens, at, &['-', '/']) {
        at += 1;
    }
    Some((Date::new(year(tokens, at)?, month, day)?, at + 1))
}

/// `May 17, 2024`, `Sept. 3rd 2024`.
fn month_first(tokens: &[Placed]) -> Option<(Date, usize)> {
    let month = month(tokens, 0)?;
    let at = skip(tokens, 1, 1);
    let day = number(tokens, at, 1..3)?;
    let at = skip(tokens, at + 1, 2);
    Some((Date::new(year(tokens, at)?, month, day)?, at + 1))
}

/// `2024. május 17.`, `2024 m. gegužės 17 d.`, `2024 May 17`.
fn year_first(tokens: &[Placed]) -> Option<(Date, usize)> {
    let year = number(tokens, 0, 4..5)?;
    let mut at = skip(tokens, 1, 1);
    if matches!(tokens.get(at), Some((Token::Word(word), _)) if word == "m" || word == "gada" || word == "g") {
        at = skip(tokens, at + 1, 1);
    }
    if is_mark(tokens, at, &['-']) {
        at += 1;
    }
    let month = month(tokens, at)?;
    let mut at = skip(tokens, at + 1, 1);
    if is_mark(tokens, at, &['-']) {
        at += 1;
    }
    Some((Date::new(year, month, number(tokens, at, 1..3)?)?, at + 1))
}

/// Figures alone. With dots the day stands first or the year does, by every convention in use; with strokes and dashes
/// only a part above 12, or two equal parts, tell the day from the month.
fn figures(tokens: &[Placed]) -> Option<(Date, usize)> {
    let separator = match tokens.get(1)?.0 {
        Token::Mark(c @ ('.' | '/' | '-')) => c,
        _ => return None,
    };
    if !is_mark(tokens, 3, &[separator]) {
        return None;
    }
    let second = number(tokens, 2, 1..3)?;
    let date = if let Some(year) = number(tokens, 0, 4..5) {
        Date::new(year, second, number(tokens, 4, 1..3)?)?
    } else {
        let first = number(tokens, 0, 1..3)?;
        let year = number(tokens, 4, 4..5)?;
        match separator {
            '.' => Date::new(year, second, first)?,
            _ if first > 12 || first == second => Date::new(year, second, first)?,
            _ if second > 12 => Date::new(year, first, second)?,
            _ => return None,
        }
    };
    Some((date, 5))
}
