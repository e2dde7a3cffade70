//! Literals of many rules in one pass: whole words, pairs with a gap between them, and words that cancel.

use super::finder::Finder;
use crate::rows::{Reader, Rows, number, part};

/// Characters that may stand in a gap: a prompt is one sentence, and 80 is about its length ("join the … mailing
/// list").
const GAP: usize = 80;

/// No place.
const NOWHERE: usize = usize::MAX;

/// What bounds a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Words of running text; scripts without spaces have no bounds.
    Word,
    /// Letters and digits of an address; a gap may be as long as the address.
    Address,
}

/// What a literal does for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// It is the whole pattern.
    Whole,
    /// It opens a chain of literals with gaps; the slot remembers where it ended.
    First { slot: u32 },
    /// It continues the chain of the slot before its own.
    Next { slot: u32, last: bool },
    /// It cancels the rule; it need only begin a word.
    Unless,
}

/// What a literal does for which rule, as it stands in the file: the rule (u16), the role (u8) and its slot (u32).
type Use = [u8; 2 + 1 + 4];

fn to_use(rule: u16, role: Role) -> Use {
    let (kind, slot) = match role {
        Role::Whole => (0, 0),
        Role::First { slot } => (1, slot),
        Role::Next { slot, last: false } => (2, slot),
        Role::Next { slot, last: true } => (3, slot),
        Role::Unless => (4, 0),
    };
    let ([low, high], [a, b, c, d]) = (rule.to_le_bytes(), slot.to_le_bytes());
    [low, high, kind, a, b, c, d]
}

fn of_use(usage: &Use) -> (u16, Role) {
    let [low, high, kind, slot @ ..] = *usage;
    let slot = u32::from_le_bytes(slot);
    let role = match kind {
        0 => Role::Whole,
        1 => Role::First { slot },
        2 | 3 => Role::Next { slot, last: kind == 3 },
        _ => Role::Unless,
    };
    (u16::from_le_bytes([low, high]), role)
}

/// What was found in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Words {
    #[default]
    Nothing,
    /// Words that cancel rules, and no rule.
    Cancelling,
    /// A rule.
    Found,
}

/// Working memory of one pass.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch {
    /// Ends, beginnings and numbers of literals.
    found: Vec<(usize, usize, usize)>,
    /// Where the literal of each slot last ended.
    ends: Vec<usize>,
    /// The slots that are not nowhere.
    ended: Vec<usize>,
    marks: Vec<Mark>,
    touched: Vec<u16>,
}

/// What was found for a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    found: bool,
    cancelled: bool,
}

impl Scratch {
    /// Begins a new text.
    pub(super) fn begin(&mut self) {
        for index in self.touched.drain(..) {
            if let Some(mark) = self.marks.get_mut(usize::from(index)) {
                *mark = Mark::default();
            }
        }
    }

    /// Notes that a rule was found.
    pub(super) fn found(&mut self, rule: u16) {
        self.mark(rule).found = true;
    }

    /// What was found so far.
    pub(super) fn words(&self) -> Words {
        let is_found = |rule: &u16| self.marks.get(usize::from(*rule)).is_some_and(|mark| mark.found);
        match self.touched.as_slice() {
            [] => Words::Nothing,
            rules if rules.iter().any(is_found) => Words::Found,
            _ => Words::Cancelling,
        }
    }

    /// The rules found and not cancelled, in the order in which they were first touched.
    pub(super) fn survivors(&self) -> impl Iterator<Item = u16> {
        let survives =
            |rule: &u16| self.marks.get(usize::from(*rule)).is_some_and(|mark| mark.found && !mark.cancelled);
        self.touched.iter().copied().filter(survives)
    }

    /// Notes where the literal of a slot ended.
    fn end(&mut self, slot: u32, end: usize) {
        let slot = slot as usize;
        if self.ends.len() <= slot {
            self.ends.resize(slot + 1, NOWHERE);
        }
        if self.ends[slot] == NOWHERE {
            self.ended.push(slot);
        }
        self.ends[slot] = end;
    }

    fn mark(&mut self, rule: u16) -> &mut Mark {
        let at = usize::from(rule);
        if self.marks.len() <= at {
            self.marks.resize(at + 1, Mark::default());
        }
        let mark = &mut self.marks[at];
        if !mark.found && !mark.cancelled {
            self.touched.push(rule);
        }
        mark
    }
}

/// Collects the literals of a table.
#[derive(Debug, Default)]
pub(super) struct Builder {
    uses: Vec<(String, (u16, Role))>,
    slots: u32,
}

impl Builder {
    /// Adds the literals of one pattern, in their order; gaps lie between them.
    pub(super) fn pattern(&mut self, rule: u16, parts: Vec<String>) {
        let count = parts.len();
        for (at, part) in parts.into_iter().enumerate() {
            let role = match at {
                0 if count == 1 => Role::Whole,
                0 => Role::First { slot: self.slots },
                _ => Role::Next { slot: self.slots, last: at + 1 == count },
            };
            if count > 1 {
                self.slots += 1;
            }
            self.uses.push((part, (rule, role)));
        }
    }

    /// Adds a literal that cancels a rule.
    pub(super) fn unless(&mut self, rule: u16, literal: String) {
        self.uses.push((literal, (rule, Role::Unless)));
    }

    /// Compiles what was added.
    pub(super) fn build(mut self, edge: Edge) -> Literals {
        self.uses.sort_by(|(one, _), (other, _)| one.cmp(other));
        let literals = self.uses.chunk_by(|(one, _), (other, _)| one == other);
        let mut end = 0_u32;
        let (mut lengths, mut starts) = (Vec::new(), vec![end.to_le_bytes()]);
        for uses in literals.clone() {
            lengths.extend(uses.first().map(|(text, _)| (text.len() as u32).to_le_bytes()));
            end += uses.len() as u32;
            starts.push(end.to_le_bytes());
        }
        let finder = Finder::new(literals.filter_map(|uses| uses.first()).map(|(text, _)| text));
        let uses: Vec<_> = self.uses.iter().map(|(_, (rule, role))| to_use(*rule, *role)).collect();
        Literals { finder, lengths: lengths.into(), starts: starts.into(), uses: uses.into(), edge }
    }
}

/// The literals of a table, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literals {
    finder: Finder,
    /// Bytes of each literal.
    lengths: Rows<4>,
    /// Where the uses of each begin, and where those of the last end.
    starts: Rows<4>,
    uses: Rows<{ size_of::<Use>() }>,
    edge: Edge,
}

impl Literals {
    /// Appends them to a file.
    #[cfg(test)]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        use crate::rows::write;
        self.finder.write(out);
        write(&self.lengths, out);
        write(&self.starts, out);
        write(&self.uses, out);
    }

    /// Reads what [`Self::write`] wrote.
    pub(super) fn read(reader: &mut Reader, edge: Edge) -> Option<Self> {
        let (finder, lengths) = (Finder::read(reader)?, reader.rows()?);
        Some(Self { finder, lengths, starts: reader.rows()?, uses: reader.rows()?, edge })
    }

    /// Notes in `scratch` which rules the text hits and which it cancels. Linear in the text: each match is checked in
    /// constant time, and gaps are counted only where they are short.
    pub(super) fn scan(&self, text: &str, scratch: &mut Scratch) {
        for slot in scratch.ended.drain(..) {
            scratch.ends[slot] = NOWHERE;
        }
        let mut found = std::mem::take(&mut scratch.found);
        found.clear();
        let bytes = text.as_bytes();
        let mut start = 0;
        while let Some((first, _)) = bytes.get(start..).and_then(<[u8]>::split_first) {
            // No literal begins with a space.
            if *first == b' ' {
                start += 1;
                continue;
            }
            let rest = bytes.get(start..).unwrap_or_default();
            self.finder.beginning(rest, |literal| {
                if self.bounded(text, start) {
                    found.push((start + number(&self.lengths, literal) as usize, start, literal));
                }
            });
            // Most places lie between letters or digits of ASCII, where nothing is bounded.
            start += rest.iter().take_while(|byte| ALPHANUMERIC[usize::from(**byte)]).count().max(1);
        }
        // What ends first comes first, so that a chain never sees a literal that is not over.
        found.sort_unstable();
        for &(end, start, literal) in &found {
            let bounded = self.bounded(text, end);
            for (rule, role) in self.uses_of(literal) {
                match role {
                    Role::Unless => scratch.mark(rule).cancelled = true,
                    _ if !bounded => {}
                    Role::Whole => scratch.mark(rule).found = true,
                    Role::First { slot } => scratch.end(slot, end),
                    Role::Next { slot, last } => {
                        if self.follows(text, scratch.ends.get(slot as usize - 1).copied().unwrap_or(NOWHERE), start) {
                            scratch.end(slot, end);
                            scratch.mark(rule).found |= last;
                        }
                    }
                }
            }
        }
        scratch.found = found;
    }

    fn uses_of(&self, literal: usize) -> impl Iterator<Item = (u16, Role)> {
        self.uses.get(part(&self.starts, literal)).unwrap_or_default().iter().map(of_use)
    }

    /// Whether a literal that starts here may follow one that ended there.
    fn follows(&self, text: &str, end: usize, start: usize) -> bool {
        if end == NOWHERE || end > start {
            return false;
        }
        // Four bytes are the longest character: beyond them there is nothing to count.
        self.edge == Edge::Address
            || start - end <= 4 * GAP && text.get(end..start).is_some_and(|gap| gap.chars().count() <= GAP)
    }

    /// Whether a word may begin or end at this place.
    fn bounded(&self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        let (Some(&before), Some(&after)) = (at.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(at)) else {
            return true;
        };
        if before.is_ascii() && !before.is_ascii_alphanumeric() || after.is_ascii() && !after.is_ascii_alphanumeric() {
            return true;
        }
        if self.edge == Edge::Address || before.is_ascii() && after.is_ascii() {
            return false;
        }
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at..).and_then(|text| text.chars().next());
        !before.is_some_and(is_spaced) || !after.is_some_and(is_spaced)
    }
}

/// Letters and digits of ASCII. A look into a table spares a fifth of a scan's instructions against comparing.
const ALPHANUMERIC: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Whether this is a character of a word, in a script that puts spaces between words. Korean does, but binds particles
/// to its nouns, so that the end of a literal is no end of a word there.
fn is_spaced(next: char) -> bool {
    let unspaced = matches!(next,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}');
    next.is_alphanumeric() && !unspaced
}
