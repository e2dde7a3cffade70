//! Wording: how much a text sounds like what sites say around their articles, in whatever words.
//!
//! A pattern knows the phrases it was written for. Here the pieces of words count, each with a weight that was learned from
//! prompts and prose in many languages: the first letters of every word, and every few letters in a row; in scripts without
//! spaces two and three characters. What no pattern names, such as "Leave us your address", is told by its pieces.

use super::sentences::sentences;
use crate::rows::Rows;
use crate::scripts::is_unspaced;
use crate::signs::is_inside_words;

/// Characters of a text that are looked at, so that long lines cost no more than short ones.
const CHARS: usize = 250;

/// First letters of a word that are one piece, and letters in a row.
const BEGINNING: usize = 5;
const ROW: usize = 4;

/// Characters in a row in scripts without spaces.
const UNSPACED_ROWS: [usize; 2] = [2, 3];

/// From which score on a text is taken for a prompt.
const PROMPT: f32 = 0.6;

/// Words of a prompt: a label of one or two says little by how it sounds, and no prompt is long.
const WORDS: std::ops::RangeInclusive<f32> = 3.0..=40.0;

/// What stands before and after a word, and before its first letters where they are a piece.
const OPEN: char = '<';
const CLOSE: char = '>';
const BEGINS: char = '.';

/// Bits of a piece's hash that number its slot.
const SLOT_BITS: u32 = 16;

/// Slots of a table.
#[cfg(any(test, feature = "lab"))]
pub const SLOTS: usize = 1 << SLOT_BITS;

/// Weights are stored in steps of this; one byte holds ±2.5.
pub const STEP: f32 = 0.02;

/// A slot: eight bits of the hash of its piece, so that others are hardly ever taken for it, and its weight in steps.
pub type Slot = [u8; 2];

/// The weights of pieces by their hash. To an empty table all texts sound alike.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wording(Rows<{ size_of::<Slot>() }>);

/// How much a text sounds like a prompt, beyond 0 more than like prose; about -3 to 3.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Sound {
    /// All of it.
    pub(crate) whole: f32,
    /// Its sentence that sounds most like one.
    pub(crate) most: f32,
    /// Its sentence that sounds least like one.
    pub(crate) least: f32,
}

impl Sound {
    /// Whether it is likely that of a prompt.
    pub(crate) fn is_prompt(self) -> bool {
        self.whole >= PROMPT
    }
}

/// Whether a text of so many words may be a prompt.
pub(crate) fn may_be_prompt(words: f32) -> bool {
    WORDS.contains(&words)
}

/// The weights of a text's pieces together, and how many have one.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    weights: i32,
    known: u32,
}

impl Sum {
    /// A longer text has more to say, but not as much more as it has pieces.
    fn score(self) -> f32 {
        self.weights as f32 * STEP / (self.known.max(1) as f32).sqrt()
    }
}

impl Wording {
    /// A table of [`SLOTS`] slots, or an empty one.
    #[cfg(any(test, feature = "lab"))]
    #[must_use]
    pub fn new(slots: Vec<Slot>) -> Self {
        Self::of(slots.into())
    }

    /// A table of slots as they stand in a model file.
    pub(crate) fn of(slots: Rows<{ size_of::<Slot>() }>) -> Self {
        Self(slots)
    }

    /// A table in which the pieces of these texts have these weights.
    #[cfg(test)]
    pub(crate) fn of_texts(texts: &[(&str, i8)]) -> Self {
        let mut slots: Vec<Slot> = vec![[0; 2]; SLOTS];
        for (text, weight) in texts {
            each_piece(text, |piece| slots[slot(piece)] = [print(piece), weight.cast_unsigned()]);
        }
        Self::new(slots)
    }

    /// How much a text sounds like a prompt.
    #[cfg(feature = "lab")]
    #[must_use]
    pub fn score(&self, text: &str) -> f32 {
        self.sound(text).whole
    }

    /// How a text sounds.
    pub(crate) fn sound(&self, text: &str) -> Sound {
        let mut all = Sum::default();
        let mut sound: Option<Sound> = None;
        for sentence in sentences(head(text)) {
            let sum = self.sum(sentence);
            all.weights += sum.weights;
            all.known += sum.known;
            let score = sum.score();
            let so_far = sound.get_or_insert(Sound { whole: 0.0, most: score, least: score });
            so_far.most = so_far.most.max(score);
            so_far.least = so_far.least.min(score);
        }
        Sound { whole: all.score(), ..sound.unwrap_or_default() }
    }

    fn sum(&self, text: &str) -> Sum {
        let mut sum = Sum::default();
        each_piece(text, |piece| {
            let [print, weight] = self.0.get(slot(piece)).copied().unwrap_or_default();
            if weight != 0 && print == self::print(piece) {
                sum.weights += i32::from(weight.cast_signed());
                sum.known += 1;
            }
        });
        sum
    }
}

/// The characters of a text that are looked at.
fn head(text: &str) -> &str {
    let in_bytes = text.get(..CHARS);
    let end = || text.char_indices().nth(CHARS).map_or(text.len(), |(end, _)| end);
    match in_bytes {
        Some(head) if head.is_ascii() => head,
        None if text.len() <= CHARS => text,
        _ => text.get(..end()).unwrap_or(text),
    }
}

/// The number of the slot of a piece, by its hash.
#[must_use]
pub fn slot(piece: u32) -> usize {
    (piece >> (u32::BITS - SLOT_BITS)) as usize
}

/// The bits of a piece's hash that stand in its slot.
#[must_use]
pub fn print(piece: u32) -> u8 {
    piece as u8
}

/// What characters stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Word,
    Unspaced,
    Number,
}

impl Run {
    fn of(c: char) -> Option<Self> {
        if c.is_ascii() {
            let run = if c.is_ascii_digit() { Self::Number } else { Self::Word };
            c.is_ascii_alphanumeric().then_some(run)
        } else if is_common_letter(c) {
            Some(Self::Word)
        } else if is_unspaced(c) {
            Some(Self::Unspaced)
        } else if c.is_alphabetic() {
            Some(Self::Word)
        } else {
            c.is_numeric().then_some(Self::Number)
        }
    }
}

/// Whether a character is one of the Latin, Greek and Cyrillic letters that most texts are written in: to look up whether any
/// character is a letter takes as long as all else.
fn is_common_letter(c: char) -> bool {
    matches!(c, '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{3ac}'..='\u{3ff}' | '\u{430}'..='\u{481}')
}

/// Calls `piece` with the hash of each piece of a text, as often as it stands there.
pub fn each_piece(text: &str, mut piece: impl FnMut(u32)) {
    let mut open = Open { run: None, chars: Vec::new() };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most words are nothing but letters of ASCII.
        let letters = if open.run == Some(Run::Word) { 0 } else { ascii_word(rest.as_bytes()) };
        if letters > 0 {
            close(open.run.take(), &mut open.chars, &mut piece);
            pieces_of_word(rest.as_bytes().get(..letters).unwrap_or_default(), &mut piece);
            rest = rest.get(letters..).unwrap_or_default();
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if c.is_ascii() {
            open.add(c.to_ascii_lowercase(), &mut piece);
        } else if !is_inside_words(c) {
            c.to_lowercase().for_each(|c| open.add(c, &mut piece));
        }
    }
    close(open.run, &mut open.chars, &mut piece);
}

/// The letters of a word at the beginning of a text that is all in ASCII; 0 for any other.
fn ascii_word(text: &[u8]) -> usize {
    let letters = text.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    // What follows beyond ASCII may be of the word.
    if text.get(letters).is_some_and(|byte| !byte.is_ascii()) { 0 } else { letters }
}

/// The pieces of a word in ASCII.
fn pieces_of_word(word: &[u8], piece: &mut impl FnMut(u32)) {
    let small = |byte: &u8| char::from(byte.to_ascii_lowercase());
    let beginning = word.iter().take(BEGINNING).map(small).fold(add(0, BEGINS), add);
    piece(finish(beginning));
    // The hashes of the last one, two and three characters.
    let (mut one, mut two, mut three) = (add(0, OPEN), 0, 0);
    let mut next = |c: char| {
        let four = add(three, c);
        (one, two, three) = (add(0, c), add(one, c), add(two, c));
        finish(four)
    };
    // With what stands before it the third letter makes the first row, and two letters make one with what stands behind.
    let (head, tail) = word.split_at(word.len().min(ROW - 2));
    for c in head.iter().map(small) {
        next(c);
    }
    tail.iter().map(small).for_each(|c| piece(next(c)));
    let last = next(CLOSE);
    // Of a word of one letter there is no row but the whole.
    piece(if word.len() + 2 < ROW { finish(three) } else { last });
}

/// A run that is not over.
struct Open {
    run: Option<Run>,
    chars: Vec<char>,
}

impl Open {
    /// Adds a character in lower case; the pieces of the run that it ends go to `piece`.
    fn add(&mut self, c: char, piece: &mut impl FnMut(u32)) {
        let next = Run::of(c);
        if next != self.run {
            close(self.run, &mut self.chars, piece);
            self.run = next;
        }
        match self.run {
            // One number is as good as another.
            Some(Run::Number) if self.chars.is_empty() => self.chars.push('0'),
            Some(Run::Word | Run::Unspaced) => self.chars.push(c),
            _ => {}
        }
    }
}

/// The pieces of a run that is over.
fn close(run: Option<Run>, chars: &mut Vec<char>, piece: &mut impl FnMut(u32)) {
    match run {
        None => return,
        Some(Run::Unspaced) => {
            let rows = UNSPACED_ROWS.iter().flat_map(|length| chars.windows(*length));
            rows.for_each(|row| piece(hash(row)));
        }
        Some(Run::Word | Run::Number) => {
            let beginning = chars.iter().take(BEGINNING).fold(add(0, BEGINS), |hash, c| add(hash, *c));
            piece(finish(beginning));
            chars.insert(0, OPEN);
            chars.push(CLOSE);
            if chars.len() < ROW {
                piece(hash(chars));
            }
            chars.windows(ROW).for_each(|row| piece(hash(row)));
        }
    }
    chars.clear();
}

fn hash(chars: &[char]) -> u32 {
    finish(chars.iter().fold(0, |hash, c| add(hash, *c)))
}

fn add(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ u32::from(c)).wrapping_mul(0x9e37_79b9)
}

/// The low bits have seen least of the characters.
fn finish(hash: u32) -> u32 {
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::{STEP, Wording, each_piece};

    fn pieces(text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        each_piece(text, |piece| all.push(piece));
        all
    }

    #[test]
    fn a_word_has_its_beginning_and_its_rows_of_letters_and_case_accents_and_digits_do_not_count() {
        // Its beginning, "<let", "lett", "ette", "tter", "ter>".
        assert_eq!(pieces("letter").len(), 6);
        assert_eq!(pieces("a").len(), 2);
        for word in ["a", "it", "the", "letter", "Unsubscribe"] {
            // A mark within a word is none of its characters, and has it read character by character.
            assert_eq!(pieces(word), pieces(&format!("{word}\u{301}")), "{word}");
        }
        assert!(pieces("— …").is_empty());
        assert_eq!(pieces("Letter 12"), pieces("lette\u{301}r, 3,4").get(..8).unwrap_or_default());
        assert_eq!(pieces("購読する").len(), 3 + 2);
        assert_eq!(pieces("abc日本").len(), pieces("abc").len() + 1);
    }

    #[test]
    fn a_text_sounds_like_what_its_pieces_were_learned_from() {
        let wording = Wording::of_texts(&[("subscribe", 50), ("harbour", -50)]);
        let sound = |text: &str| wording.sound(text);
        assert!(sound("Resubscribe?").whole > 0.0);
        assert!(sound("The harbours").whole < 0.0);
        assert_eq!(sound("nothing known").whole, 0.0);
        assert_eq!(sound("").most, 0.0);
        let both = sound("Subscribe! The harbour.");
        assert!(both.most > 0.0 && both.least < 0.0 && both.least < both.whole && both.whole < both.most);
        let of_one = pieces("subscribe").len() as f32;
        assert!((sound("subscribe").whole - 50.0 * STEP * of_one.sqrt()).abs() < 1e-4);
    }

    #[test]
    fn to_an_empty_table_and_beyond_the_first_characters_all_sounds_alike() {
        assert_eq!(Wording::default().sound("Subscribe now").whole, 0.0);
        let far = format!("{}subscribe", "- ".repeat(200));
        assert_eq!(Wording::of_texts(&[("subscribe", 50)]).sound(&far).whole, 0.0);
    }
}
