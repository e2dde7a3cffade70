//! Automaton: whether a line pattern matches a whole line, and nothing else about it.
//!
//! Input: the source of a pattern, once; then lines. Every character or class of the pattern is a state, with the states
//! that may read the next character (Glushkov 1961): no places, no groups, no jumps without a character. So it is made in
//! a small part of the time in which a general engine is compiled, and most lines are told after a few characters. It knows
//! of the syntax of regexes what the built-in patterns use; what is more than that, or too large, is no automaton.

mod parse;

use std::mem::swap;

use parse::Parser;

/// Which lines a pattern matches.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    start: Ways,
}

#[derive(Debug)]
struct State {
    reads: Reads,
    /// Whether the state after it in the list may read the next character: most states are letters of a word.
    runs_on: bool,
    next: Ways,
}

/// What may come behind a state or at the beginning of a line.
#[derive(Debug, Clone, Default)]
struct Ways {
    /// The states that may read the next character.
    states: Vec<Way>,
    /// Whether the line may end there.
    end: Option<Place>,
}

/// A state that may read the next character, in some places alone.
#[derive(Debug, Clone, Copy)]
struct Way {
    state: u16,
    place: Place,
}

/// Where a way leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Anywhere,
    /// Where a word begins or ends: `\b`.
    Boundary,
}

/// The characters that a state reads.
#[derive(Debug, Clone)]
enum Reads {
    One(char),
    Class(Box<Class>),
}

#[derive(Debug, Clone, Default)]
struct Class {
    /// Its characters of ASCII, a bit each.
    ascii: u128,
    /// All others.
    ranges: Vec<(char, char)>,
    /// Whether it reads what it does not name.
    is_negated: bool,
}

impl Class {
    fn add(&mut self, start: char, end: char) {
        (start..=end.min('\u{7f}')).for_each(|c| self.ascii |= 1 << u32::from(c));
        if !end.is_ascii() {
            self.ranges.push((start, end));
        }
    }

    fn has(&self, c: char) -> bool {
        let is_named = match u32::from(c) {
            code @ 0..=0x7f => self.ascii & 1 << code != 0,
            _ => self.ranges.iter().any(|(start, end)| (*start..=*end).contains(&c)),
        };
        is_named != self.is_negated
    }
}

impl Automaton {
    /// The automaton of `^…$`; `None` for what is none.
    pub(super) fn new(source: &str) -> Option<Self> {
        Parser::new(source.strip_prefix('^')?.strip_suffix('$')?).automaton()
    }

    /// Whether it matches all of the line.
    pub(super) fn is_match(&self, line: &str) -> bool {
        let mut reached = Reached { behind: vec![0; self.states.len()], states: Vec::new() };
        let (mut now, mut before, mut count) = (Vec::new(), None, 0);
        for c in line.chars() {
            count += 1;
            let at_boundary = || is_boundary(before, Some(c));
            if count == 1 {
                self.read(&self.start, c, count, at_boundary, &mut reached);
            }
            for number in &now {
                let state = &self.states[usize::from(*number)];
                if state.runs_on {
                    self.reach(number + 1, c, count, &mut reached);
                }
                self.read(&state.next, c, count, at_boundary, &mut reached);
            }
            now.clear();
            swap(&mut now, &mut reached.states);
            if now.is_empty() {
                return false;
            }
            before = Some(c);
        }
        let may_end = |ways: &Ways| ways.end.is_some_and(|place| is_open(place, || is_boundary(before, None)));
        if count == 0 {
            may_end(&self.start)
        } else {
            now.iter().any(|state| may_end(&self.states[usize::from(*state)].next))
        }
    }

    fn read(&self, ways: &Ways, c: char, count: u32, at_boundary: impl Fn() -> bool, reached: &mut Reached) {
        for way in ways.states.iter().filter(|way| is_open(way.place, &at_boundary)) {
            self.reach(way.state, c, count, reached);
        }
    }

    fn reach(&self, number: u16, c: char, count: u32, reached: &mut Reached) {
        let at = usize::from(number);
        let reads = match &self.states[at].reads {
            Reads::One(one) => *one == c,
            Reads::Class(class) => class.has(c),
        };
        if reads && reached.behind[at] != count {
            reached.behind[at] = count;
            reached.states.push(number);
        }
    }
}

/// States that read a character, each once.
struct Reached {
    /// Behind how many characters each was last reached.
    behind: Vec<u32>,
    states: Vec<u16>,
}

fn is_open(place: Place, at_boundary: impl Fn() -> bool) -> bool {
    place == Place::Anywhere || at_boundary()
}

fn is_boundary(before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(regex_syntax::is_word_character);
    is_word(before) != is_word(after)
}

#[cfg(test)]
mod tests {
    use super::Automaton;

    fn automaton(pattern: &str) -> Option<Automaton> {
        Automaton::new(&format!("^(?:{pattern})$"))
    }

    #[test]
    fn it_matches_what_a_regex_matches() {
        let patterns = [
            "",
            "a",
            "a?",
            "a*",
            "a+",
            "(ab)*",
            "(?:a|b)+c?",
            "abc|ab+|abc?",
            "a{2}",
            "a{2,}",
            "a{1,3}",
            "a{0,2}b",
            "a{0}c",
            "(a?b?){2}",
            "(a*)*b",
            "((a|bc)+|c)?",
            "[ab]c|.",
            "[^a]*",
            "(|a)(|b)",
            "(a|ab)(c|bcd)?",
            "ü[à-ü]?",
            "[^à-ü]+",
            "(a{0,2}){2,3}c",
            "(ab|a b)+?c",
            r"a\b.*",
            r"(a|ü)*\b-?(\ba|b)*",
            r"\b",
            r"(\b|a)+b?",
            r"\b\ba|\bb*",
            r"-\b",
            "[]a-]*",
            "[a\\-]+",
            r"\-a|\.|a\?",
            r"[\x61-b]\xfc?",
            "[^]b]*",
            "a{2,3}?|-+?",
        ];
        // All texts of five of these or fewer.
        let letters = ["", "a", "b", "c", "ü", "-", " "];
        for pattern in patterns {
            let regex = regex::Regex::new(&format!("^(?:{pattern})$")).expect("a pattern");
            let automaton = automaton(pattern).unwrap_or_else(|| panic!("an automaton: {pattern}"));
            for number in 0..letters.len().pow(5) {
                let text: String =
                    (0..5).map(|place| letters[number / letters.len().pow(place) % letters.len()]).collect();
                assert_eq!(automaton.is_match(&text), regex.is_match(&text), "{pattern}: {text}");
            }
        }
    }

    #[test]
    fn what_is_not_known_or_too_large_is_no_automaton() {
        let patterns = [
            "a{5000}",
            "(a?){300}",
            "^a",
            "a$",
            r"\d",
            r"\w",
            r"\B",
            r"\b{start}",
            "(?i)a",
            "(?P<n>a)",
            "[[:alpha:]]",
            "[a&&b]",
            "[a--b]",
            "[a~~b]",
            "[a-c-e]",
            r"[\d]",
            "a**",
            "a{2}{3}",
            "*",
            "a{x}",
            r"\x6",
            r"\x{61}",
            "(a",
            "a)",
            "[a",
            "[b-a]",
            r"\",
            "a{3,2}",
        ];
        for pattern in patterns {
            assert!(automaton(pattern).is_none(), "{pattern}");
        }
    }
}
