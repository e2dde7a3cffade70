//! The parser of patterns: it makes the states as it reads.

use super::{Automaton, Class, Place, Reads, State, Way, Ways};

/// States at most, and the ways between them: the work for a character.
const MOST_STATES: usize = 4096;
const MOST_WAYS: usize = 1 << 15;

/// A part of a pattern.
struct Part {
    /// The states that may begin it, and whether it may be missing.
    start: Ways,
    /// The states that may end it, and where.
    ends: Vec<Way>,
}

impl Part {
    fn missing(place: Place) -> Self {
        Self { start: Ways { states: Vec::new(), end: Some(place) }, ends: Vec::new() }
    }

    /// What begins with one state and ends with another.
    fn of(first: u16, last: u16) -> Self {
        let way = |state| vec![Way { state, place: Place::Anywhere }];
        Self { start: Ways { states: way(first), end: None }, ends: way(last) }
    }

    fn or_missing(mut self) -> Self {
        self.start.end = Some(Place::Anywhere);
        self
    }

    fn or(mut self, other: Self) -> Self {
        self.start.states.extend(other.start.states);
        self.ends.extend(other.ends);
        // What may be missing anywhere may be so at the edges of words.
        self.start.end = self.start.end.into_iter().chain(other.start.end).min();
        self
    }
}

/// Ways that lead on in one more place alone.
fn at(place: Place, ways: &[Way]) -> impl Iterator<Item = Way> {
    ways.iter().map(move |way| Way { place: way.place.max(place), ..*way })
}

/// How often a part comes.
struct Times {
    least: u32,
    most: Option<u32>,
}

pub(super) struct Parser<'s> {
    rest: &'s str,
    states: Vec<State>,
    ways: usize,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { rest: source, states: Vec::new(), ways: 0 }
    }

    /// The automaton of the source; `None` for what is none.
    pub(super) fn automaton(mut self) -> Option<Automaton> {
        let Part { start, ends } = self.alternatives()?;
        for Way { state, place } in ends {
            let end = &mut self.states[usize::from(state)].next.end;
            *end = end.iter().copied().chain([place]).min();
        }
        self.rest.is_empty().then_some(Automaton { states: self.states, start })
    }

    fn alternatives(&mut self) -> Option<Part> {
        let mut all = self.row()?;
        while self.takes('|') {
            all = all.or(self.row()?);
        }
        Some(all)
    }

    fn row(&mut self) -> Option<Part> {
        let mut all = None;
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let next = self.repeated()?;
            all = Some(match all {
                Some(before) => self.join(before, next)?,
                None => next,
            });
        }
        Some(all.unwrap_or_else(|| Part::missing(Place::Anywhere)))
    }

    /// One piece, and how often it comes.
    fn repeated(&mut self) -> Option<Part> {
        let source = self.rest;
        let one = self.piece()?;
        let Times { least, most } = self.times()?;
        if (least, most) == (1, Some(1)) {
            return Some(one);
        }
        let after = std::mem::replace(&mut self.rest, source);
        let mut first = Some(one);
        // Every time has states of its own.
        let mut again = |parser: &mut Self| {
            parser.rest = source;
            first.take().map_or_else(|| parser.piece(), Some)
        };
        let mut all = Part::missing(Place::Anywhere);
        for number in 1..=least {
            let next = again(self)?;
            if number == least && most.is_none() {
                self.follow(&next.ends, &next.start.states)?;
            }
            all = self.join(all, next)?;
        }
        let mut rest = Part::missing(Place::Anywhere);
        if least == 0 && most.is_none() {
            rest = again(self)?.or_missing();
            self.follow(&rest.ends, &rest.start.states)?;
        }
        // What may come three times more is one that another may follow, which another may follow.
        for _ in least..most.unwrap_or(least) {
            let one = again(self)?;
            rest = self.join(one, rest)?.or_missing();
        }
        self.rest = after;
        self.join(all, rest)
    }

    fn piece(&mut self) -> Option<Part> {
        match self.next()? {
            '(' => {
                if self.takes('?') && !self.takes(':') {
                    return None;
                }
                let inner = self.alternatives()?;
                self.takes(')').then_some(inner)
            }
            '[' => {
                let class = self.class()?;
                self.of_class(class)
            }
            '.' => {
                let mut class = Class { is_negated: true, ..Class::default() };
                class.add('\n', '\n');
                self.of_class(class)
            }
            '\\' if self.takes('b') => (!self.rest.starts_with('{')).then(|| Part::missing(Place::Boundary)),
            '\\' => {
                let escaped = self.escaped()?;
                self.state(Reads::One(escaped)).map(|state| Part::of(state, state))
            }
            c if is_plain(c) => self.letters(c),
            _ => None,
        }
    }

    fn of_class(&mut self, class: Class) -> Option<Part> {
        self.state(Reads::Class(class.into())).map(|state| Part::of(state, state))
    }

    /// Letters in a row, of which the last does not come several times, unless it is the only one.
    fn letters(&mut self, first: char) -> Option<Part> {
        let start = self.state(Reads::One(first))?;
        let mut last = start;
        loop {
            let mut chars = self.rest.chars();
            let Some(next) = chars.next().filter(|c| is_plain(*c)) else { break };
            if chars.as_str().starts_with(['?', '*', '+', '{']) {
                break;
            }
            self.rest = chars.as_str();
            self.states[usize::from(last)].runs_on = true;
            last = self.state(Reads::One(next))?;
        }
        Some(Part::of(start, last))
    }

    fn times(&mut self) -> Option<Times> {
        let (least, most) = match self.rest.chars().next() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => {
                let (inner, rest) = self.rest.get(1..)?.split_once('}')?;
                self.rest = rest;
                let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
                let most = if most.is_empty() { None } else { Some(most.parse().ok()?) };
                return self.lazily(Times { least: least.parse().ok()?, most });
            }
            _ => return Some(Times { least: 1, most: Some(1) }),
        };
        self.next();
        self.lazily(Times { least, most })
    }

    /// That a part comes as rarely as it can is the same for whole lines; that it comes so and so often several times is not
    /// known.
    fn lazily(&mut self, times: Times) -> Option<Times> {
        self.takes('?');
        let is_known =
            !self.rest.starts_with(['?', '*', '+', '{']) && times.most.is_none_or(|most| times.least <= most);
        is_known.then_some(times)
    }

    fn class(&mut self) -> Option<Class> {
        let mut class = Class { is_negated: self.takes('^'), ..Class::default() };
        let mut is_first = true;
        loop {
            let start = match self.next()? {
                ']' if !is_first => return Some(class),
                '[' => return None,
                '-' if !is_first && !self.rest.starts_with(']') => return None,
                operator @ ('&' | '~' | '-') if self.rest.starts_with(operator) => return None,
                '\\' => self.escaped()?,
                c => c,
            };
            is_first = false;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let end = if is_range { self.end_of_range()? } else { start };
            if end < start {
                return None;
            }
            class.add(start, end);
        }
    }

    fn end_of_range(&mut self) -> Option<char> {
        self.next();
        match self.next()? {
            '[' | '-' | '&' | '~' => None,
            '\\' => self.escaped(),
            c => Some(c),
        }
    }

    /// What a backslash says: a sign that stands for itself, or a character by its number. Other letters and digits there
    /// mean more.
    fn escaped(&mut self) -> Option<char> {
        match self.next()? {
            'x' => {
                let (digits, rest) = self.rest.split_at_checked(2)?;
                self.rest = rest;
                let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                u8::from_str_radix(digits, 16).ok().filter(|_| is_hex).map(char::from)
            }
            sign => Some(sign).filter(char::is_ascii_punctuation),
        }
    }

    /// One part and another behind it.
    fn join(&mut self, mut before: Part, mut next: Part) -> Option<Part> {
        self.follow(&before.ends, &next.start.states)?;
        if let Some(place) = before.start.end {
            before.start.states.extend(at(place, &next.start.states));
        }
        if let Some(place) = next.start.end {
            next.ends.extend(at(place, &before.ends));
        }
        before.start.end = before.start.end.zip(next.start.end).map(|(one, other)| one.max(other));
        Some(Part { start: before.start, ends: next.ends })
    }

    fn follow(&mut self, ends: &[Way], starts: &[Way]) -> Option<()> {
        self.ways += ends.len() * starts.len();
        if self.ways > MOST_WAYS {
            return None;
        }
        for end in ends {
            self.states[usize::from(end.state)].next.states.extend(at(end.place, starts));
        }
        Some(())
    }

    fn state(&mut self, reads: Reads) -> Option<u16> {
        let number = u16::try_from(self.states.len()).ok().filter(|_| self.states.len() < MOST_STATES)?;
        self.states.push(State { reads, runs_on: false, next: Ways::default() });
        Some(number)
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn takes(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// Whether a character stands for itself.
fn is_plain(c: char) -> bool {
    !matches!(c, '(' | ')' | '[' | '.' | '\\' | '|' | '?' | '*' | '+' | '{' | '^' | '$')
}
