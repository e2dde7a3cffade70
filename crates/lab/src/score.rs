//! How good one extracted text is, against the gold: words, precision, recall, F1, and the snippets that must and must
//! not occur.
//!
//! The definitions are those of the WCXB benchmark's published metric, so that figures can be compared with others'.
//! They must not drift: a change here makes every earlier figure worthless.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// What is measured on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Share of the extracted words that are in the gold.
    Precision,
    /// Share of the gold's words that were extracted.
    Recall,
    /// Harmonic mean of the two.
    F1,
    /// Share of the required snippets found; 1 where none is required.
    With,
    /// Share of the boilerplate snippets found; 0 where none is known. Lower is better.
    Without,
    /// 1 where recall is below 0.5. Lower is better.
    Lost,
}

impl Measure {
    /// All of them, in the order of [`Score`] and of the tables.
    pub(crate) const ALL: [Self; 6] = [Self::Precision, Self::Recall, Self::F1, Self::With, Self::Without, Self::Lost];

    /// The name in tables and floor files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Precision => "P",
            Self::Recall => "R",
            Self::F1 => "F1",
            Self::With => "with",
            Self::Without => "without",
            Self::Lost => "lost",
        }
    }

    /// The measure with this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether a smaller value is a better one.
    pub(crate) fn lower_is_better(self) -> bool {
        matches!(self, Self::Without | Self::Lost)
    }
}

/// The measures of one page, or their averages over pages; each 0 to 1, in the order of [`Measure::ALL`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Score(pub(crate) [f64; 6]);

impl Score {
    /// One measure.
    pub(crate) fn get(&self, measure: Measure) -> f64 {
        self.0[measure as usize]
    }

    /// Scores an extracted text.
    pub(crate) fn of(text: &str, gold: &Gold<'_>) -> Self {
        let lower = text.to_lowercase();
        let (precision, recall, f1) = overlap_lower(&lower, &gold.body.to_lowercase());
        let with = share(gold.with, &lower, 1.0);
        let without = share(gold.without, &lower, 0.0);
        Self([precision, recall, f1, with, without, f64::from(recall < 0.5)])
    }

    /// The averages over pages; every measure is 0 where there are none.
    pub(crate) fn mean(scores: &[&Self]) -> Self {
        Self(Measure::ALL.map(|measure| average(scores.iter().map(|score| score.get(measure)))))
    }
}

/// What the text of a page is scored against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gold<'a> {
    /// The main content.
    pub(crate) body: &'a str,
    /// Snippets that must occur.
    pub(crate) with: &'a [String],
    /// Snippets of boilerplate, which must not.
    pub(crate) without: &'a [String],
}

/// Precision, recall and F1 of the words of two texts, as multisets. An empty gold scores 1 for an empty answer and 0
/// for any other.
pub(crate) fn overlap(text: &str, gold: &str) -> (f64, f64, f64) {
    overlap_lower(&text.to_lowercase(), &gold.to_lowercase())
}

fn overlap_lower(text: &str, gold: &str) -> (f64, f64, f64) {
    let (text, gold) = (tokens(text), tokens(gold));
    if gold.is_empty() {
        return if text.is_empty() { (1.0, 1.0, 1.0) } else { (0.0, 0.0, 0.0) };
    }
    let hits = common(&text, &gold);
    if hits == 0 {
        return (0.0, 0.0, 0.0);
    }
    let (precision, recall) = (hits as f64 / text.len() as f64, hits as f64 / gold.len() as f64);
    (precision, recall, 2.0 * precision * recall / (precision + recall))
}

/// How many words two lists share, each occurrence counted once.
fn common(text: &[&str], gold: &[&str]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::with_capacity(gold.len());
    for token in gold {
        *left.entry(token).or_default() += 1;
    }
    text.iter()
        .filter(|token| match left.get_mut(*token) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}

fn share(snippets: &[String], lower: &str, empty: f64) -> f64 {
    if snippets.is_empty() {
        return empty;
    }
    let found = snippets.iter().filter(|snippet| lower.contains(&snippet.to_lowercase())).count();
    found as f64 / snippets.len() as f64
}

/// The words of a text that is in lower case already: runs of letters, numbers and underscores, in which a run of a
/// script without spaces counts as its character bigrams.
///
/// Letters and numbers are the Unicode categories L and N. The `\w` of the regex crate (and of UTS 18) has marks and
/// joiners too; the benchmark's `\w` is Python's, in which a combining mark ends a word.
pub(crate) fn tokens(lower: &str) -> Vec<&str> {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").unwrap_or_else(|error| unreachable!("{error}")));
    let mut tokens = Vec::with_capacity(lower.len() / 6);
    for word in WORD.find_iter(lower) {
        split_word(word.as_str(), &mut tokens);
    }
    tokens
}

/// Thai, Burmese, Kana, Han: the very ranges of the benchmark.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{1000}'..='\u{109f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn split_word<'a>(mut word: &'a str, tokens: &mut Vec<&'a str>) {
    while let Some(first) = word.chars().next() {
        let unspaced = is_unspaced(first);
        let end = word.find(|c| is_unspaced(c) != unspaced).unwrap_or(word.len());
        let (run, rest) = word.split_at(end);
        if unspaced {
            bigrams(run, tokens);
        } else {
            tokens.push(run);
        }
        word = rest;
    }
}

/// The overlapping pairs of a run's characters; a single character stands for itself.
fn bigrams<'a>(run: &'a str, tokens: &mut Vec<&'a str>) {
    let mut starts = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let (Some(mut start), Some(mut middle)) = (starts.next(), starts.next()) else { return };
    if middle == run.len() {
        tokens.push(run);
        return;
    }
    for end in starts {
        tokens.extend(run.get(start..end));
        (start, middle) = (middle, end);
    }
}

/// The arithmetic mean, 0 of nothing. Summed with Neumaier's compensation, so that the order of pages does not show.
pub(crate) fn average(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost, mut count) = (0.0_f64, 0.0_f64, 0_usize);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
        count += 1;
    }
    if count == 0 { 0.0 } else { (sum + lost) / count as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every expected value here was printed by the benchmark's own scorer, run on the same text with Python 3.11.
    const WORDS: &[(&str, &[&str])] = &[
        ("The ferry, the FERRY!", &["the", "ferry", "the", "ferry"]),
        ("don't well-known e-mail", &["don", "t", "well", "known", "e", "mail"]),
        ("snake_case _x_ __", &["snake_case", "_x_", "__"]),
        ("3.14 1,000 x² ½ Ⅷ ①", &["3", "14", "1", "000", "x²", "½", "ⅷ", "①"]),
        ("café cafe\u{301} CAFÉ", &["café", "cafe", "café"]),
        ("İstanbul ISTANBUL ıI", &["i", "stanbul", "istanbul", "ıi"]),
        ("ΟΔΥΣΣΕΥΣ ΟΔΥΣΣΕΥΣ. Σ ΑΣ’Α", &["οδυσσευς", "οδυσσευς", "σ", "ασ", "α"]),
        ("Straße STRASSE ẞ", &["straße", "strasse", "ß"]),
        ("ǅ Ǆ ﬁ ª º", &["ǆ", "ǆ", "ﬁ", "ª", "º"]),
        ("ह\u{93f}न\u{94d}द\u{940} म\u{947}\u{902}", &["ह", "न", "द", "म"]),
        ("الع\u{64e}ر\u{64e}ب\u{650}ي\u{64e}\u{651}ة ١٢٣", &["الع", "ر", "ب", "ي", "ة", "١٢٣"]),
        ("מ\u{5b0}נו\u{5b9}ר\u{5b8}ה", &["מ", "נו", "ר", "ה"]),
        ("မ\u{103c}န\u{103a}မ\u{102c}စ\u{102c}", &["မ", "န", "မ", "စ"]),
        ("ภาษาไทย น\u{e49}ำ", &["ภา", "าษ", "ษา", "าไ", "ไท", "ทย", "น", "ำ"]),
        ("日本語のテスト", &["日本", "本語", "語の", "のテ", "テス", "スト"]),
        ("東京Tower東京都", &["東京", "tower", "東京", "京都"]),
        ("漢", &["漢"]),
        ("カー゛ー・ロゴ", &["カー", "ー", "ロゴ"]),
        ("コ〇二〇三年", &["コ", "〇", "二", "〇", "三年"]),
        ("한국어 텍스트", &["한국어", "텍스트"]),
        ("a漢b_字c", &["a", "漢", "b_", "字", "c"]),
        ("𠀀𠀁漢字", &["𠀀𠀁", "漢字"]),
        ("𐐀𐐨 𝐀", &["𐐨𐐨", "𝐀"]),
        ("x\u{200d}y soft\u{ad}hyphen zero\u{200b}width", &["x", "y", "soft", "hyphen", "zero", "width"]),
        ("undertie‿x ﹍", &["undertie", "x"]),
        ("Ⓐ ⒈ 🅰 a\u{20dd}", &["⒈", "a"]),
        ("๐๑ 12๓", &["๐๑", "12", "๓"]),
        ("ꞏ ː ʼn 'n", &["ꞏ", "ː", "ʼn", "n"]),
        (" \n\t—…", &[]),
        ("", &[]),
    ];

    #[test]
    fn words_are_those_of_the_benchmarks_scorer() {
        for (text, words) in WORDS {
            assert_eq!(tokens(&text.to_lowercase()), *words, "{text:?}");
        }
    }

    #[test]
    fn overlap_is_that_of_the_benchmarks_scorer() {
        // Expected values as above.
        let cases = [
            ("", "", (1.0, 1.0, 1.0)),
            ("…", "— —", (1.0, 1.0, 1.0)),
            ("menu", "", (0.0, 0.0, 0.0)),
            ("", "the ferry", (0.0, 0.0, 0.0)),
            ("menu", "the ferry", (0.0, 0.0, 0.0)),
            ("The ferry runs again", "the FERRY runs again!", (1.0, 1.0, 1.0)),
            ("the the the ferry", "the ferry the pier runs", (0.75, 0.6, 0.666_666_666_666_666_5)),
            ("東京都", "東京 京都 大阪", (1.0, 0.666_666_666_666_666_6, 0.8)),
        ];
        for (text, gold, expected) in cases {
            assert_eq!(overlap(text, gold), expected, "{text:?} against {gold:?}");
        }
    }

    #[test]
    fn snippets_are_found_whatever_their_case_and_count_as_all_or_nothing_where_there_are_none() {
        let (with, without) = (["THE FERRY".to_owned(), "pier".to_owned()], ["Share".to_owned(), "runs".to_owned()]);
        let gold = Gold { body: "the ferry runs from the pier today", with: &with, without: &without };
        // Four of five words are in the gold, four of the gold's seven are found.
        let (precision, recall) = (0.8, 4.0 / 7.0);
        let f1 = 2.0 * precision * recall / (precision + recall);
        assert_eq!(Score::of("Share: the ferry runs today", &gold), Score([precision, recall, f1, 0.5, 1.0, 0.0]));
        let bare = Gold { body: "the ferry", with: &[], without: &[] };
        assert_eq!(Score::of("", &bare), Score([0.0, 0.0, 0.0, 1.0, 0.0, 1.0]));
    }

    #[test]
    fn the_mean_of_many_equal_shares_is_that_share() {
        assert_eq!(average(std::iter::repeat_n(0.1, 1_000_000)), 0.1);
        assert_eq!(average(std::iter::empty()), 0.0);
    }
}
