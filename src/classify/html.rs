//! Blocks of a page: the model's score, then the choice for the whole page.

use std::sync::LazyLock;

use super::blend::Blend;
use super::container;
use super::decide::{
    Expectation, REPEATED_WORDS, aim, along, choose, expected_f1, majority, may_have_majority, probability, repeated,
    take_over_best,
};
use super::gaps::{self, Page};
use super::prompts::Named;
use super::reasons::Reasons;
use super::sites::Sites;
use super::{Judgement, family, items, mail, rows, wishes, with_headline};
use crate::document::{BlockKind, Class, Document, Family, Verdict};
use crate::features::{self, Facts, Learned};
use crate::model::Model;
use crate::options::{Mode, Options};

/// A model, ready to judge pages.
#[derive(Debug)]
pub struct Classifier {
    model: Model,
    learned: Learned,
}

impl Classifier {
    /// A classifier with this model.
    #[must_use]
    pub fn new(model: Model) -> Self {
        let learned = Learned::of(model.parts().lexicon.clone(), model.parts().wording.clone());
        Self { model, learned }
    }

    /// The tables of its model.
    #[cfg(feature = "lab")]
    pub(crate) fn learned(&self) -> &Learned {
        &self.learned
    }

    /// The shipped classifier. That its model is sound and has its ensembles is a matter of the build, and proved by a test.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Classifier> = LazyLock::new(|| {
            let bytes = include_bytes!("../model/unboil.model");
            let model = Model::shipped(bytes, features::hash());
            Classifier::new(model.expect("the shipped model was trained on these features"))
        });
        &SHIPPED
    }
}

/// A page whose best block is less likely main content than this has none: shells of scripted pages, error pages. (Lists
/// and shops have pages whose best block is no likelier than .2; below .25 they were worth .0015 of F1 on wcxb-dev.)
const NO_CONTENT: f32 = 0.15;

/// What was decided about a page, before the caller's wishes.
pub(super) struct Unsettled {
    pub(super) judgement: Judgement,
    /// The rules that hit each block.
    hits: Vec<Vec<u16>>,
}

pub(super) fn classify(document: &Document, options: &Options, classifier: &Classifier) -> Judgement {
    let Unsettled { mut judgement, hits } = judge(document, options, classifier);
    mail::strip_page(document, &hits, &mut judgement.verdicts);
    for ((block, hits), verdict) in document.blocks.iter().zip(&hits).zip(&mut judgement.verdicts) {
        wishes::settle(options, block, hits, verdict);
    }
    judgement
}

/// Judges the blocks of a page, and leaves it to others to settle what the caller wishes.
pub(super) fn judge(document: &Document, options: &Options, classifier: &Classifier) -> Unsettled {
    let patterns = options.get_rules();
    let facts = Facts::new(document, patterns, &classifier.learned);
    let columns = features::measure(document, &facts);
    let count = document.blocks.len();
    let words: Vec<f32> = facts.measures.iter().map(|measures| measures.words).collect();
    let blend = Blend::of(&classifier.model, options.get_page(), &columns, &words);
    let mut scores = blend.scores(&columns);
    let repeats = repeated(count, |block| repetition_key(document, &facts, block));
    take_over_best(&mut scores, &repeats);
    let rows = rows::find(document, &facts);
    rows::join(&rows, &words, &mut scores);
    items::vote(document, &facts, &words, &mut scores);
    let named = Named { document, facts: &facts, patterns };
    let aim = aim(&classifier.model, options.get_mode());
    let chosen = |scores: &[f32]| {
        let mut chosen = Chosen::of(scores, &words, blend.beta(aim), aim.floor);
        let is_precise = options.get_mode() == Mode::Precision;
        if !is_precise {
            container::fill(document, &words, &chosen.probabilities, &mut chosen.keep, &mut chosen.notes);
        }
        named.drop_prompts(&mut chosen.keep, &mut chosen.notes, scores, options.get_mode());
        if !is_precise {
            let page = Page { document, facts: &facts, rows: &rows, probabilities: &chosen.probabilities };
            gaps::fill(&page, &mut chosen.keep, &mut chosen.notes);
        }
        chosen
    };
    let mut choice = chosen(&scores);
    let sites = Sites::of(document, &facts, options, &choice.keep);
    if let Some(sites) = &sites {
        scores.iter_mut().zip(&sites.shifts).for_each(|(score, shift)| *score += shift);
        let again = chosen(&scores);
        choice = Chosen { keep: sites.settle(&choice.keep, &again.keep), ..again };
    }
    let Chosen { keep, probabilities, expectation, notes } = choice;
    let kept = keep.contains(&true);
    // A notice may be the one paragraph of a page whose article is a list, a recipe or a poem.
    let prose = |block: usize| if kept && facts.good[block] { facts.words(block) } else { 0.0 };
    let prose_if = |is_any: bool, block: usize| if is_any { prose(block) } else { 0.0 };
    // It takes long to know a footer, and without a hit no block is one.
    let saved = may_have_majority(&keep, prose, |block| prose_if(facts.hits[block].is_empty(), block))
        .then(|| majority(&keep, |block| prose_if(prose(block) > 0.0 && !named.is_footer(block), block)))
        .flatten();
    let expected = expected_f1(&keep, &probabilities, &words, &expectation);
    let confidence = along(&classifier.model.parts().confidence, expected);
    let reasons = Reasons::new(document, &facts, &columns, &blend, options);
    let verdicts: Vec<Verdict> = (0..count)
        .map(|block| {
            let note = if repeats[block].is_some() {
                Some("repeats an earlier block")
            } else if saved == Some(block) {
                Some("holds most of the page's prose")
            } else {
                notes[block]
            };
            let keep = keep[block] || saved == Some(block);
            let by_name = reasons.by_name(block);
            let family = family(&facts.hits[block], patterns).or(by_name.family);
            let class = class(document, &facts, block, keep, family);
            let mut reason = reasons.reason(block, &by_name, note);
            reason.evidence.extend(sites.as_ref().and_then(|sites| sites.evidence(block)));
            reason.evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
            let keep = with_headline(keep, class, options.get_headline());
            Verdict { class, keep, score: scores[block], reason }
        })
        .collect();
    Unsettled { judgement: Judgement { verdicts, confidence }, hits: facts.hits }
}

/// The blocks that are kept for the page as a whole.
struct Chosen {
    keep: Vec<bool>,
    probabilities: Vec<f32>,
    expectation: Expectation,
    /// Why a block is kept that the choice alone would drop, or the other way round.
    notes: Vec<Option<&'static str>>,
}

impl Chosen {
    fn of(scores: &[f32], words: &[f32], beta: f32, floor: f32) -> Self {
        let probabilities: Vec<f32> = scores.iter().map(|score| probability(*score)).collect();
        let expectation = Expectation::of(&probabilities, words);
        let keep = if probabilities.iter().all(|p| *p < NO_CONTENT.min(floor)) {
            vec![false; scores.len()]
        } else {
            choose(&probabilities, words, &expectation, beta, floor)
        };
        let notes = vec![None; keep.len()];
        Self { keep, probabilities, expectation, notes }
    }
}

fn repetition_key(document: &Document, facts: &Facts<'_>, block: usize) -> Option<u64> {
    let may_repeat = matches!(document.blocks[block].kind, BlockKind::Code | BlockKind::TableCell { .. });
    (!may_repeat && facts.words(block) >= REPEATED_WORDS).then(|| facts.measures[block].hash)
}

fn class(document: &Document, facts: &Facts<'_>, block: usize, keep: bool, family: Option<Family>) -> Class {
    if facts.title_block == Some(block) && matches!(document.blocks[block].kind, BlockKind::Heading(1 | 2)) {
        Class::Title
    } else if keep {
        Class::Body
    } else {
        Class::Boilerplate(family)
    }
}

#[cfg(test)]
mod tests {
    use super::Classifier;
    use crate::features;
    use crate::model::Model;
    use crate::{Extractor, Headline, Options, Record};

    #[test]
    fn the_shipped_model_is_sound_and_has_its_ensembles() {
        let checked =
            Model::from_bytes(include_bytes!("../model/unboil.model"), features::hash()).expect("a sound model");
        let parts = Classifier::shipped().model.parts();
        assert!(checked.parts() == parts);
        let names: Vec<&str> = parts.ensembles.keys().map(String::as_str).collect();
        assert_eq!(names, ["article", "gate", "mixed"]);
        assert!(!parts.lexicon.is_empty() && !parts.label.is_empty());
        assert!(parts.to_bytes().len() <= 400_000, "the model file is small");
    }

    #[test]
    fn the_shipped_model_gives_the_scores_it_gave() {
        let page = "<html><title>Night ferry stays</title><body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
            <h1>Night ferry stays</h1><p>The night ferry will keep running for three more years, after members of the \
            council rejected a plan to replace it with taxis.</p><footer>Copyright 2024 The Ledger</footer></body>";
        let record = Record::new(page);
        let extraction = Extractor::new(Options::default()).extract(&record);
        let scores: Vec<String> = extraction.verdicts.iter().map(|verdict| format!("{:.3}", verdict.score)).collect();
        assert_eq!(scores, GOLDEN);
    }

    #[test]
    fn the_headline_stands_or_goes_as_it_is_asked_for() {
        let page = "<title>Night ferry stays</title><article><h1>Night ferry stays</h1><p>The night ferry will keep running \
            for three more years, after members of the council rejected a plan to replace it.</p></article>";
        let record = Record::new(page);
        for headline in [Headline::Keep, Headline::Drop] {
            let extraction = Extractor::new(Options::default().headline(headline)).extract(&record);
            let keep: Vec<bool> = extraction.verdicts.iter().map(|verdict| verdict.keep).collect();
            assert_eq!(keep, [headline == Headline::Keep, true]);
        }
    }

    /// Recorded from the shipped model; new with every model.
    const GOLDEN: [&str; 4] = ["-3.862", "-2.418", "2.368", "-3.693"];
}
