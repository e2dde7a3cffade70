//! Learns the wording of prompts: which pieces of words stand in what sites say around their articles, and which in prose.
//!
//! Prompts and prose are those of `wording/`, the examples and counter-examples of the pattern table, and of `newsletters/`
//! what editors say; sentences of articles weigh little. Each text has a fold as pages have, so that training texts with a prompt get scores that were
//! learned without it.
//!
//! A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., "A dual coordinate
//! descent method for large-scale linear SVM", 2008): exact, quick, and the same in every run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use unboil::lab::{SLOTS, Slot, WORDING_STEP, Wording, each_piece, print, sentences, slot};
use unboil::{Cue, Family, Rule};

use crate::error::Result;
use crate::folds::{fold, learn_each, of_text};
use crate::furniture::{Furniture, lines};
use crate::set::Page;
use crate::truncate::Random;

const PROMPTS: &str = include_str!("../wording/prompts.tsv");
const PROSE: &str = include_str!("../wording/prose.tsv");

/// Families of the table whose examples are no prompts: what letters have, and what flattened tables leave.
const NO_PROMPTS: [Family; 4] = [Family::Signature, Family::Quote, Family::Address, Family::TableDebris];

/// Sentences of one page's article at most, their characters, and the weight of each.
const SENTENCES: usize = 30;
const LENGTHS: std::ops::Range<usize> = 8..300;
const SENTENCE_WEIGHT: f64 = 0.1;

/// Texts in which a piece must stand.
const TEXTS: u32 = 2;

/// How much a text on the wrong side costs, and how often all texts are gone through.
const COST: f64 = 1.0;
const ROUNDS: usize = 60;

/// A prompt as somebody may write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) language: &'static str,
    pub(crate) family: Family,
    pub(crate) text: &'static str,
}

impl Prompt {
    /// Its fold.
    pub(crate) fn fold(&self) -> u32 {
        of_text(self.text)
    }
}

/// The prompts of `wording/`, and the examples of the pattern table.
pub(crate) fn prompts() -> &'static [Prompt] {
    static ALL: LazyLock<Vec<Prompt>> = LazyLock::new(|| read_prompts().collect());
    &ALL
}

fn read_prompts() -> impl Iterator<Item = Prompt> {
    let written = PROMPTS.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let (language, family, text) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Prompt { language, family: family_of(family)?, text })
    });
    let of_table =
        rules_of_texts().map(|rule| Prompt { language: &rule.language, family: rule.family, text: &rule.example });
    written.chain(of_table.filter(|prompt| prompt.language != "*"))
}

/// The rules of the table whose examples are texts.
fn rules_of_texts() -> impl Iterator<Item = &'static Rule> {
    unboil::rules().iter().filter(|rule| matches!(rule.cue, Cue::Phrase | Cue::Line))
}

/// The family that a prompt of this name trains.
fn family_of(name: &str) -> Option<Family> {
    match name {
        // What a publisher announces is its advertisement.
        "event" => Some(Family::Ads),
        name => Family::from_name(name),
    }
}

/// Lines that are main content though a careless reader might take them for a prompt: language and text.
pub(crate) fn prose() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROSE.lines().skip(1).filter_map(|line| line.split_once('\t'))
}

/// Sentences of an article, and the fold of its page.
pub(crate) type Article = (u32, Vec<String>);

/// The sentences of a page's article that are learned from.
pub(crate) fn article(page: &Page) -> Article {
    (fold(page), some_sentences(&page.body, &mut Random::new(&page.id)))
}

fn some_sentences(text: &str, random: &mut Random) -> Vec<String> {
    let mut all: Vec<&str> = text.lines().flat_map(sentences).filter(|text| LENGTHS.contains(&text.len())).collect();
    let count = all.len().min(SENTENCES);
    for at in 0..count {
        let other = at + random.next() as usize % (all.len() - at);
        all.swap(at, other);
    }
    all.into_iter().take(count).map(str::to_owned).collect()
}

/// A text to learn from.
struct Example {
    /// Hashes of its pieces, distinct.
    pieces: Vec<u32>,
    kind: Kind,
    fold: u32,
}

/// What a text to learn from is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Prompt,
    Prose,
    /// A sentence of a page's article.
    Sentence,
}

impl Example {
    fn new(text: &str, kind: Kind, fold: u32) -> Self {
        let mut pieces = BTreeSet::new();
        each_piece(text, |piece| {
            pieces.insert(piece);
        });
        Self { pieces: pieces.into_iter().collect(), kind, fold }
    }
}

/// What editors of newsletters say, sentence by sentence, each with the fold of its piece.
fn of_editors() -> impl Iterator<Item = Example> {
    Furniture::Opening.all().flat_map(|(_, piece)| {
        let text: Vec<&str> = lines(piece).map(str::trim).collect();
        let said: Vec<Example> = sentences(&text.join(" "))
            .into_iter()
            .map(|text| Example::new(text, Kind::Prose, of_text(piece)))
            .collect();
        said
    })
}

/// All that is learned from.
pub(crate) struct Examples(Vec<Example>);

impl Examples {
    /// With sentences of articles, each with the fold of its page.
    pub(crate) fn new(articles: impl IntoIterator<Item = Article>) -> Self {
        let prompts = prompts().iter().filter(|prompt| !NO_PROMPTS.contains(&prompt.family));
        let mut all: Vec<Example> = prompts.map(|p| Example::new(p.text, Kind::Prompt, p.fold())).collect();
        let counter = rules_of_texts().map(|rule| &*rule.counter_example);
        all.extend(
            prose().map(|(_, text)| text).chain(counter).map(|text| Example::new(text, Kind::Prose, of_text(text))),
        );
        all.extend(of_editors());
        for (fold, sentences) in articles {
            all.extend(sentences.iter().map(|text| Example::new(text, Kind::Sentence, fold)));
        }
        Self(all)
    }

    /// Learns the tables and writes them into a folder as `fold-N.wording` and `full.wording`; returns those of the folds.
    pub(crate) fn write(&self, folder: &Path) -> Result<Vec<Wording>> {
        learn_each(|name, without| {
            let slots = self.learn(without);
            fs::write(folder.join(format!("{name}.wording")), slots.as_flattened())?;
            Ok(Wording::new(slots))
        })
    }

    /// The table learned from all but one fold.
    pub(crate) fn learn(&self, without: Option<u32>) -> Vec<Slot> {
        let chosen: Vec<&Example> = self.0.iter().filter(|example| Some(example.fold) != without).collect();
        let prints = slots(&chosen);
        let rows: Vec<Row> = chosen.iter().map(|example| Row::new(example, &prints)).collect();
        let weights = fit(&rows);
        let mut table = vec![[0; 2]; SLOTS];
        for (slot, print) in prints {
            let steps = (weights[slot] / f64::from(WORDING_STEP)).round().clamp(-127.0, 127.0) as i8;
            table[slot] = [print, steps.cast_unsigned()];
        }
        table
    }
}

/// The piece of each slot: of those that hash to it the one in most texts.
fn slots(examples: &[&Example]) -> BTreeMap<usize, u8> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    // Articles are so many that their pieces would take the places of those of prompts.
    for piece in examples.iter().filter(|example| example.kind != Kind::Sentence).flat_map(|example| &example.pieces) {
        *counts.entry(*piece).or_default() += 1;
    }
    let mut most: BTreeMap<usize, (u32, u8)> = BTreeMap::new();
    for (piece, count) in counts.into_iter().filter(|(_, count)| *count >= TEXTS) {
        let best = most.entry(slot(piece)).or_default();
        if count > best.0 {
            *best = (count, print(piece));
        }
    }
    most.into_iter().map(|(slot, (_, print))| (slot, print)).collect()
}

/// An example as the machine sees it: slots of its known pieces, each with the same value, so that its length is 1.
struct Row {
    slots: Vec<usize>,
    value: f64,
    side: f64,
    /// What is added to the square of its length: less where it costs more to be on the wrong side.
    slack: f64,
}

impl Row {
    fn new(example: &Example, prints: &BTreeMap<usize, u8>) -> Self {
        let known = example.pieces.iter().filter(|piece| prints.get(&slot(**piece)) == Some(&print(**piece)));
        let slots: Vec<usize> = known.map(|piece| slot(*piece)).collect();
        let value = 1.0 / (slots.len().max(1) as f64).sqrt();
        let side = if example.kind == Kind::Prompt { 1.0 } else { -1.0 };
        let weight = if example.kind == Kind::Sentence { SENTENCE_WEIGHT } else { 1.0 };
        Self { slots, value, side, slack: 1.0 / (2.0 * COST * weight) }
    }
}

/// The weight of each slot.
fn fit(rows: &[Row]) -> Vec<f64> {
    let mut weights = vec![0.0; SLOTS];
    let mut alphas = vec![0.0_f64; rows.len()];
    let mut order: Vec<usize> = (0..rows.len()).filter(|row| !rows[*row].slots.is_empty()).collect();
    let mut random = Random::new("wording");
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, random.next() as usize % (at + 1));
        }
        for number in &order {
            let (row, alpha) = (&rows[*number], &mut alphas[*number]);
            let sum: f64 = row.slots.iter().map(|slot| weights[*slot]).sum();
            let gradient = row.side * sum * row.value - 1.0 + row.slack * *alpha;
            let next = (*alpha - gradient / (1.0 + row.slack)).max(0.0);
            let change = (next - *alpha) * row.side * row.value;
            *alpha = next;
            row.slots.iter().for_each(|slot| weights[*slot] += change);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::{Example, Examples, Kind, Random, prompts, prose, some_sentences};
    use crate::folds::FOLDS;
    use unboil::lab::Wording;

    #[test]
    fn every_row_of_the_files_is_read_and_has_its_fold() {
        let (written, lines) = (super::PROMPTS.lines().count() - 1, super::PROSE.lines().count() - 1);
        let of_table = unboil::rules().iter().filter(|rule| rule.language != "*");
        let of_table = of_table.filter(|rule| matches!(rule.cue, unboil::Cue::Phrase | unboil::Cue::Line)).count();
        assert_eq!(prompts().len(), written + of_table);
        assert_eq!(prose().count(), lines);
        for fold in 0..FOLDS {
            let share = prompts().iter().filter(|prompt| prompt.fold() == fold).count() as f32 / prompts().len() as f32;
            assert!((0.15..0.25).contains(&share), "{share} of the prompts in fold {fold}");
        }
    }

    #[test]
    fn what_is_learned_tells_unseen_prompts_from_prose() {
        let example = |text: &str, kind| Example::new(text, kind, 0);
        let prompts =
            ["Sign up for our letter", "Sign in to comment", "Subscribe to our letter", "Subscribe and comment"];
        let prose =
            ["The ferry left at noon", "The noon ferry was late", "A gull followed the ferry", "The gull was late"];
        let examples = prompts.iter().map(|text| example(text, Kind::Prompt));
        let examples = Examples(examples.chain(prose.iter().map(|text| example(text, Kind::Prose))).collect());
        let wording = Wording::new(examples.learn(None));
        assert!(wording.score("Subscribe to the comments") > 0.3);
        assert!(wording.score("The late gull") < -0.3);
        let nothing = Wording::new(examples.learn(Some(0)));
        assert_eq!(nothing.score("Subscribe to the comments"), 0.0);
    }

    #[test]
    fn an_article_gives_so_many_distinct_sentences_at_most() {
        let text: String = (0..100).map(|number| format!("Sentence number {number} is here. ")).collect();
        let mut sentences = some_sentences(&text, &mut Random::new("a"));
        assert_eq!(sentences.len(), super::SENTENCES);
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), super::SENTENCES);
    }
}
