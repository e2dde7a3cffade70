//! Lines of a plain text: a learned score for each unit, then a choice that depends on what the text is.
//!
//! Text comes in two forms that pull apart. Of the full dump of a page most is boilerplate, and the best choice is the
//! run of lines with the best expected F1 ([`dump`]). A nearly clean text is main content but for a footer or a few
//! lines at the head, and must pass untouched where there is nothing to name: it loses only what the model is sure of
//! ([`nearly`]). A gate judges by the text as a whole which of the two it is. A pattern hit is evidence for the model,
//! never a verdict; tables are the exception, where a named row goes with its pipes and data stays ([`table`]).
//!
//! Very long texts are judged in windows, each as a text of its own, so that memory stays bounded.

mod again;
mod code;
mod dump;
mod form;
mod head;
mod headed;
mod nearly;
mod shapes;
mod signed;
mod table;
mod window;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use self::form::Form;
use self::head::Head;
use self::nearly::{Known, Of};
use super::blend::Blend;
use super::citations;
use super::decide::{FOOTER_SHARE, REPEATED_WORDS, aim, majority, probability, repeated, take_over_best};
use super::prompts::SOUNDS;
use super::{family, rule_ids, strongest_evidence, wishes, with_headline};
use crate::document::{Block, Class, Document, Evidence, Family, Reason, Verdict};
use crate::features::lines::{self, Earlier, LineFacts, Unit};
use crate::features::wording::Sound;
use crate::features::{Columns, Learned};
use crate::model::Model;
use crate::options::{Detail, Headline, Mode, Options};
use crate::patterns::{Hits, Patterns, Strength};
use crate::scripts::has_pauses;
use crate::signs::ends_in_colon;

/// A model of lines, ready to judge texts.
#[derive(Debug)]
pub struct TextClassifier {
    model: Model,
    learned: Learned,
}

impl TextClassifier {
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
        static SHIPPED: LazyLock<TextClassifier> = LazyLock::new(|| {
            let model = Model::shipped(include_bytes!("../../model/lines.model"), lines::hash());
            TextClassifier::new(model.expect("the shipped model was trained on these features"))
        });
        &SHIPPED
    }
}

/// A text cut into units, measured and scored.
struct Text<'d> {
    document: &'d Document,
    window: Range<usize>,
    patterns: &'d Patterns,
    units: Vec<Unit<'d>>,
    facts: LineFacts,
    columns: Columns,
    form: Form,
    blend: Blend<'d>,
    model: &'d Model,
    /// What the shapes at the tail took off the scores.
    shapes: Vec<f32>,
    scores: Vec<f32>,
}

pub(super) fn classify(document: &Document, options: &Options, classifier: &TextClassifier) -> Vec<Verdict> {
    let headline = options.get_headline();
    let mut verdicts = Vec::with_capacity(document.blocks.len());
    for window in window::windows(document) {
        let text = Text::new(document, window.clone(), options, classifier, None);
        let mut judged = text.verdicts(options, headline);
        // The headline is settled: what stands first after it is none.
        again::settle(document, &window, &mut judged, |rest, places| {
            let earlier = Some((&text, places));
            Text::new(rest, 0..rest.blocks.len(), options, classifier, earlier).verdicts(options, None)
        });
        verdicts.extend(judged);
    }
    verdicts
}

impl<'d> Text<'d> {
    /// Reads and scores a window of a text. What is left of an `earlier` one comes with the places of its blocks in the window
    /// of that one.
    fn new(
        document: &'d Document,
        window: Range<usize>,
        options: &'d Options,
        classifier: &'d TextClassifier,
        earlier: Option<(&Text<'_>, &[usize])>,
    ) -> Self {
        let patterns = options.get_rules();
        let units = lines::units(document, window.clone());
        let host = document.host();
        // Some patterns count on the pages of one host alone.
        let earlier = earlier.filter(|(text, _)| text.document.host() == host);
        let same = earlier.map(|(text, places)| (&text.facts, text.same_units(&units, places)));
        let known = same.as_ref().map(|(facts, units)| Earlier { facts, units });
        let facts = LineFacts::new(&units, patterns, &classifier.learned, host, known);
        let columns = lines::measure(&facts);
        let code = code::find(&units);
        let form = Form::of(document, &units, &facts, &columns, &code, &classifier.model);
        let blend = match form {
            Form::Dump => Blend::of(&classifier.model, options.get_page(), &columns, &facts.all_words()),
            Form::Nearly if document.letter.is_some() => Blend::alone(&classifier.model, "letter"),
            Form::Nearly | Form::Program => Blend::alone(&classifier.model, "nearly"),
        };
        let mut scores = blend.scores(&columns);
        let mut shapes = vec![0.0; units.len()];
        match form {
            Form::Nearly => {
                shapes = shapes::weights(&facts, patterns);
                scores.iter_mut().zip(&shapes).for_each(|(score, shape)| *score -= shape);
                code::protect(&units, &facts, &code, &mut scores);
                signed::protect(&units, &facts, patterns, &mut scores);
            }
            Form::Dump => drop_repeated(&facts, &mut scores),
            Form::Program => scores.iter_mut().for_each(|score| *score = score.max(code::PROTECTED)),
        }
        let model = &classifier.model;
        Self { document, window, patterns, units, facts, columns, form, blend, model, shapes, scores }
    }

    /// For each unit of what is left of the text the one here that has the same text.
    fn same_units(&self, units: &[Unit<'_>], places: &[usize]) -> Vec<Option<usize>> {
        let same = |unit: &Unit<'_>| {
            let first = self.window.start + *places.get(unit.blocks.start)?;
            let number = self.units.binary_search_by_key(&first, |unit| unit.blocks.start).ok()?;
            (self.units[number].text == unit.text).then_some(number)
        };
        units.iter().map(same).collect()
    }

    /// A verdict for each block of the window.
    fn verdicts(&self, options: &Options, headline: Option<Headline>) -> Vec<Verdict> {
        let (window, patterns) = (&self.window, self.patterns);
        let mut keep = self.choose(options.get_mode());
        let mut notes: Vec<Option<&'static str>> = vec![None; self.units.len()];
        if self.form == Form::Nearly {
            table::settle(self, &mut keep, &mut notes);
        }
        let kept = keep.contains(&true);
        // A footer may be the one paragraph of a poem, or of a list.
        let is_footer = |unit: usize| self.facts.firm_share(unit) >= FOOTER_SHARE;
        let is_prose = |unit: usize| kept && self.facts.good[unit] && self.shapes[unit] == 0.0 && !is_footer(unit);
        let prose = |unit: usize| if is_prose(unit) { self.facts.words(unit) } else { 0.0 };
        if let Some(saved) = majority(&keep, prose) {
            keep[saved] = true;
            notes[saved] = Some("holds most of the text's prose");
        }
        let head = if window.start == 0 && self.form != Form::Program {
            self.head(&keep, options.get_mode())
        } else {
            Head::default()
        };
        let Head { title, bylines, lead } = &head;
        title.iter().chain(bylines).chain(lead).for_each(|unit| keep[*unit] = true);
        let mut verdicts: Vec<Option<Verdict>> = vec![None; window.len()];
        for (number, unit) in self.units.iter().enumerate() {
            let rules = &self.facts.hits[number];
            let class = if *title == Some(number) {
                Class::Title
            } else if bylines.contains(&number) {
                Class::Byline
            } else if keep[number] {
                Class::Body
            } else {
                Class::Boilerplate(family(rules, patterns))
            };
            let keep = with_headline(keep[number], class, headline);
            let evidence = self.evidence(number, options.get_detail());
            let sounds = !keep && rules.is_empty() && self.sound(number).is_prompt();
            let note = notes[number].or(sounds.then_some(SOUNDS));
            let reason = Reason { rules: rule_ids(rules, patterns), evidence, note };
            let verdict = Verdict { class, keep, score: self.scores[number], reason };
            for block in unit.blocks.clone() {
                let mut verdict = verdict.clone();
                wishes::settle(options, &self.document.blocks[block], rules, &mut verdict);
                verdicts[block - window.start] = Some(verdict);
            }
        }
        self.join_debris(verdicts, options)
    }

    /// Lines without words go with the dropped line they adjoin, over others of their kind; alone they stay.
    fn join_debris(&self, mut verdicts: Vec<Option<Verdict>>, options: &Options) -> Vec<Verdict> {
        let gone = |verdict: Option<&Option<Verdict>>| verdict.and_then(Option::as_ref).is_some_and(|v| !v.keep);
        let blocks = self.document.blocks.get(self.window.clone()).unwrap_or_default();
        let mut start = 0;
        while start < verdicts.len() {
            let length = verdicts[start..].iter().take_while(|verdict| verdict.is_none()).count();
            let end = start + length;
            let before = gone(start.checked_sub(1).and_then(|line| verdicts.get(line)));
            let keep = !(before || gone(verdicts.get(end)));
            for (verdict, block) in verdicts[start..end].iter_mut().zip(&blocks[start..end]) {
                *verdict = Some(self.debris(block, keep, options));
            }
            start = end + 1;
        }
        verdicts.into_iter().flatten().collect()
    }

    fn debris(&self, block: &Block, keep: bool, options: &Options) -> Verdict {
        let mut hits = Hits::on(self.document.host());
        self.patterns.text_hits(&block.text, &mut hits);
        let class = if keep { Class::Body } else { Class::Boilerplate(Some(Family::TableDebris)) };
        let note = (!keep).then_some("adjoins a dropped line");
        let reason = Reason { rules: rule_ids(hits.rules(), self.patterns), evidence: Vec::new(), note };
        let mut verdict = Verdict { class, keep, score: if keep { DEBRIS } else { -DEBRIS }, reason };
        wishes::settle(options, block, hits.rules(), &mut verdict);
        verdict
    }

    /// The units a mode keeps.
    fn choose(&self, mode: Mode) -> Vec<bool> {
        match self.form {
            Form::Nearly => {
                let known: Vec<Known> = (0..self.units.len()).map(|unit| self.known(unit)).collect();
                let is_letter = self.document.letter.is_some();
                let of = if is_letter { Of::Letter } else { Of::Text };
                let mut keep = nearly::choose(&self.scores, &known, of, mode);
                // A letter may be nothing but a prompt and a word around it: its own rules keep it whole then.
                nearly::spare(&mut keep, &self.scores, &known, if is_letter { 0.0 } else { nearly::DOUBTFUL });
                headed::keep(self, &mut keep);
                if is_letter && mode != Mode::Precision {
                    nearly::keep_paragraphs(&mut keep, &self.scores, &known);
                }
                keep
            }
            Form::Dump => {
                let probabilities: Vec<f32> = self.scores.iter().map(|score| probability(*score)).collect();
                let aim = aim(self.model, mode);
                dump::choose(&probabilities, &self.facts.all_words(), self.blend.beta(aim), aim.floor)
            }
            Form::Program => vec![true; self.units.len()],
        }
    }

    fn known(&self, unit: usize) -> Known {
        let words = self.facts.words(unit);
        Known {
            words,
            is_sentence: words >= SENTENCE_WORDS && self.ends_sentence(unit),
            is_named: self.is_named(unit),
            share: self.facts.share(unit),
            sound: self.sound(unit),
            goes_on: unit > 0 && self.units[unit].gap == lines::Gap::default(),
            firm_share: if self.cites(unit) { 0.0 } else { self.facts.firm_share(unit) },
        }
    }

    /// How a unit sounds; what the one before it announces is part of the text, however it sounds.
    fn sound(&self, unit: usize) -> Sound {
        let is_announced = unit.checked_sub(1).is_some_and(|before| ends_in_colon(self.units[before].text.trim_end()));
        if is_announced { Sound::default() } else { self.facts.sound(unit) }
    }

    /// Whether a unit ends as a sentence does. Thai and Lao have no sign for that, but part clauses.
    fn ends_sentence(&self, unit: usize) -> bool {
        let ends_without_sign =
            || self.units[unit].text.ends_with(has_pauses) && self.facts.measures[unit].commas > 0.0;
        self.facts.is_ended(unit) || ends_without_sign()
    }

    /// Whether a unit is likely prose.
    fn is_prose(&self, unit: usize) -> bool {
        nearly::is_prose(self.scores[unit], self.facts.words(unit))
    }

    /// Whether all that patterns name in a unit is cited there.
    fn cites(&self, unit: usize) -> bool {
        if !self.is_named(unit) {
            return false;
        }
        let Cow::Owned(uncited) = citations::uncited(&self.units[unit].text) else { return false };
        let mut hits = Hits::on(self.document.host());
        self.patterns.text_hits(&uncited, &mut hits);
        !self.patterns.briefs(hits.rules()).any(|rule| rule.strength >= Strength::Firm)
    }

    /// The features that weighed most; none in brief.
    fn evidence(&self, unit: usize, detail: Detail) -> Vec<Evidence> {
        if detail != Detail::Full {
            return Vec::new();
        }
        let table = lines::table();
        let mut parts = vec![0.0_f32; table.len()];
        self.blend.attribute(&self.columns, unit, |feature, part| parts[feature] += part);
        strongest_evidence(&parts, &table, |feature| self.columns.get(feature, unit))
    }
}

/// Words of a sentence. With eight fewer losses were mended.
const SENTENCE_WORDS: f32 = 5.0;

/// Units that stood earlier go.
fn drop_repeated(facts: &LineFacts, scores: &mut [f32]) {
    let key = |unit: usize| (facts.words(unit) >= REPEATED_WORDS).then(|| facts.measures[unit].hash);
    let repeats = repeated(scores.len(), key);
    take_over_best(scores, &repeats);
}

/// The score of a line without words: as its neighbours have it, it says nothing of its own.
const DEBRIS: f32 = 2.0;

#[cfg(test)]
mod tests {
    use super::{TextClassifier, classify};
    use crate::document::Document;
    use crate::features::lines;
    use crate::model::Model;
    use crate::options::{Options, PageKind};
    use crate::{Extractor, Kind, Record};

    const DUMP: &str = include_str!("../../../corpus/text-page-dump/page.txt");

    fn scores(text: &str, page: PageKind) -> Vec<f32> {
        let record = Record::new(text).kind(Kind::Text);
        let extraction = Extractor::new(Options::default().page(page)).extract(&record);
        extraction.verdicts.iter().map(|verdict| verdict.score).collect()
    }

    #[test]
    fn the_shipped_model_is_sound_and_has_its_ensembles() {
        let checked =
            Model::from_bytes(include_bytes!("../../model/lines.model"), lines::hash()).expect("a sound model");
        let parts = TextClassifier::shipped().model.parts();
        assert!(checked.parts() == parts);
        let names: Vec<&str> = parts.ensembles.keys().map(String::as_str).collect();
        assert_eq!(names, ["article", "form", "gate", "letter", "mixed", "nearly"]);
        assert!(!parts.lexicon.is_empty() && !parts.label.is_empty());
        assert!(parts.to_bytes().len() <= 800_000, "the model file is small");
    }

    #[test]
    fn a_dump_is_judged_by_what_the_page_is() {
        let [auto, article, mixed] =
            [PageKind::Auto, PageKind::Article, PageKind::Mixed].map(|page| scores(DUMP, page));
        assert_ne!(article, mixed);
        let is_between = |unit: usize| {
            let (low, high) = (article[unit].min(mixed[unit]), article[unit].max(mixed[unit]));
            (low - 1e-3..=high + 1e-3).contains(&auto[unit])
        };
        assert!((0..auto.len()).all(is_between), "{auto:?} {article:?} {mixed:?}");
    }

    #[test]
    fn an_empty_text_has_no_verdicts() {
        let document = Document::empty(Kind::Text, None);
        assert!(classify(&document, &Options::default(), TextClassifier::shipped()).is_empty());
    }
}
