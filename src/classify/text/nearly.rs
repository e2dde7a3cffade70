//! The choice in a nearly clean text: what the model is sure of goes, and what follows a footer goes with it.
//!
//! A line of main content lost is worse than several lines of boilerplate kept. So a unit goes by itself only where the
//! model is sure; at the head and at the tail a run goes where its units together speak for it, so that a footer's
//! doubtful lines go with its sure ones and prose after a footer stays. Over a tail stands the end of the article:
//! sentences there that the model is not sure of stay. Where head and tail meet and prose was among them, a short
//! article stood between two long ones: then the run of units that speak most for it stays. And where a run would take
//! much of what may be prose, it began at a prompt within the article: then that stays.

use super::super::decide::{FOOTER_SHARE, of_mode};
use crate::features;
use crate::features::wording::{Sound, may_be_prompt};
use crate::options::Mode;

/// Log-odds of main content below which a unit goes by itself.
const SURE: [f32; 3] = [-1.5, -2.5, -4.0];

/// The same in a letter that was sent to many, whose sponsors stand between its parts.
const SURE_IN_LETTER: [f32; 3] = [-0.7, -1.25, -3.0];

/// Log-odds that a unit of a run must be below on average, at the tail and at the head, where mastheads and tables of
/// contents stand; and what the run must collect beyond that.
const DOUBT: [f32; 3] = [0.3, 0.0, -2.0];
const HEAD_DOUBT: [f32; 3] = [0.3, -0.2, -2.0];
const RUN: [f32; 3] = [1.0, 2.5, 4.0];

/// Log-odds below which a unit is evidence of a footer by itself, and one that a pattern names or that sounds like a
/// prompt: a run that has none is a list, or an end of an article that differs a little from the rest, however long.
const EVIDENT: [f32; 3] = [0.3, -1.5, -3.0];
const EVIDENT_NAMED: [f32; 3] = [0.3, -0.5, -2.0];

/// What a single unit can add to a run, for or against: no line outweighs all others.
const MOST: f32 = 3.0;

/// Words of a unit that is likely prose, and the share of what is kept from which so much of it is no footer.
const PROSE_WORDS: f32 = 8.0;
const MUCH: f32 = 0.4;

/// Log-odds from which a sentence that nothing names may be prose: between prompts the model doubts what it would not
/// doubt alone.
pub(super) const DOUBTFUL: f32 = -2.5;

/// Words from which a unit counts whole.
const WHOLE_WORDS: f32 = 4.0;

/// Words of a paragraph of which a pattern alone makes no part of a footer: an article may cite what footers say. And
/// how much surer the model must be of one, as of a label that nothing names firmly.
const CITING_WORDS: f32 = 20.0;
const CITED: f32 = 1.5;

/// Log-odds below which a last unit goes that patterns name from its beginning to its end, and one of which they name a part
/// firmly: the model, which hardly ever sees one alone under an article, is shy of it.
const WHOLE: [f32; 3] = [0.3, -0.3, -2.0];
const PART: [f32; 3] = [-0.3, -1.3, -3.0];

/// Log-odds below which a unit goes that sounds like a prompt: a last one, and any.
const SOUNDING: [f32; 3] = [1.0, 1.0, -2.0];
const SURE_SOUNDING: [f32; 3] = [-0.5, -1.5, -3.0];

/// How much a sentence that may end an article must sound like a prompt to be none. (From .9 on, 34.3 instead of 32.6 % of 540
/// prompts stay alone under an article, and of daniel-dev 99.0 instead of 98.6 % of the clean articles pass unchanged.)
const PLEADING: f32 = 0.8;

/// The share from which patterns name such a unit whole, and the words of the longest. What has fewer than a few words
/// is a label: one that prose may be, too, can be a heading.
const WHOLE_SHARE: f32 = 0.99;
const WHOLE_MOST_WORDS: f32 = 40.0;
const LABEL_WORDS: f32 = 3.0;
const PART_MOST_WORDS: f32 = 60.0;

/// What units are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Text,
    /// A letter that was sent to many.
    Letter,
}

/// What is known of a unit beyond its score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) words: f32,
    /// It ends as a sentence does.
    pub(super) is_sentence: bool,
    /// A pattern hits it.
    pub(super) is_named: bool,
    /// The share of it that stands in sentences which a pattern names.
    pub(super) share: f32,
    /// The same, of patterns that are not weak.
    pub(super) firm_share: f32,
    /// It goes on with the line before it: nothing stands between them.
    pub(super) goes_on: bool,
    /// How much it sounds like a prompt.
    pub(super) sound: Sound,
}

impl Known {
    /// Whether it is a paragraph that may cite what footers say.
    fn cites(&self) -> bool {
        self.is_sentence && self.is_named && self.words >= CITING_WORDS && self.firm_share < FOOTER_SHARE
    }

    /// Whether it is a label that nothing names firmly: what heads a footer may also head a part of the article.
    fn is_label(&self) -> bool {
        self.words < LABEL_WORDS && self.firm_share < WHOLE_SHARE
    }

    /// Whether it sounds like a prompt and has the length of one. A label may head what follows.
    fn sounds(&self) -> bool {
        may_be_prompt(self.words) && self.sound.is_prompt()
    }

    /// Whether it sounds more like a prompt than what an author says last.
    fn pleads(&self) -> bool {
        self.sounds() && self.sound.whole >= PLEADING
    }

    /// The log-odds below which it goes by itself.
    fn sure(&self, of: Of, mode: Mode) -> f32 {
        let sure = match of {
            Of::Text => of_mode(SURE, mode),
            Of::Letter => of_mode(SURE_IN_LETTER, mode),
        };
        if self.sounds() {
            of_mode(SURE_SOUNDING, mode).max(sure)
        } else {
            sure - if self.cites() || self.is_label() { CITED } else { 0.0 }
        }
    }

    /// Whether it goes with this score where nothing but boilerplate follows it, since patterns name it or much of it, or it
    /// sounds like a prompt.
    fn is_prompt(&self, score: f32, mode: Mode) -> bool {
        let is_whole = self.share >= WHOLE_SHARE && self.words <= WHOLE_MOST_WORDS && !self.is_label();
        let is_part = self.firm_share >= FOOTER_SHARE && self.words <= PART_MOST_WORDS;
        is_whole && score < of_mode(WHOLE, mode)
            || is_part && score < of_mode(PART, mode)
            || self.sounds() && score < of_mode(SOUNDING, mode)
    }

    /// Whether it goes with this score where nothing but boilerplate stands over it, since patterns name it whole and
    /// firmly: a notice over a newsletter, where one is on a site. A headline may look like less.
    fn is_notice(&self, score: f32, mode: Mode) -> bool {
        self.firm_share >= WHOLE_SHARE && self.words <= WHOLE_MOST_WORDS && score < of_mode(WHOLE, mode)
    }

    /// Whether it is evidence that a footer stands here.
    fn is_evident(&self, score: f32, mode: Mode) -> bool {
        let most = if self.is_named || self.sounds() { EVIDENT_NAMED } else { EVIDENT };
        score < of_mode(most, mode)
    }
}

/// The units a mode keeps.
pub(super) fn choose(scores: &[f32], known: &[Known], of: Of, mode: Mode) -> Vec<bool> {
    let sure = |unit: usize| known[unit].sure(of, mode);
    let mut keep: Vec<bool> = (0..scores.len()).map(|unit| scores[unit] >= sure(unit)).collect();
    let gain = |unit: usize, doubt: f32| {
        let gain = (doubt - scores[unit]).clamp(-MOST, MOST);
        let most = if known[unit].cites() && scores[unit] >= sure(unit) { 0.0 } else { MOST };
        gain.min(most) * (known[unit].words / WHOLE_WORDS).clamp(0.25, 1.0)
    };
    let run = scores.len()
        - best_run((0..scores.len()).rev().map(|unit| gain(unit, of_mode(DOUBT, mode))), of_mode(RUN, mode));
    let is_footer = (run..scores.len()).any(|unit| known[unit].is_evident(scores[unit], mode));
    let run = if is_footer { run } else { scores.len() };
    let run = paragraph_end(run, scores, known);
    let is_prompt = |unit: &usize| known[*unit].is_prompt(scores[*unit], mode);
    let first = run - (1..run).rev().take_while(is_prompt).count();
    let ends_article =
        |unit: &usize| keep[*unit] && known[*unit].is_sentence && !known[*unit].is_named && !known[*unit].pleads();
    let tail = first + (first..scores.len()).take_while(ends_article).count();
    keep[tail..].fill(false);
    let head = best_run((0..tail).map(|unit| gain(unit, of_mode(HEAD_DOUBT, mode))), of_mode(RUN, mode));
    let is_notice = |unit: &usize| known[*unit].is_notice(scores[*unit], mode);
    let head = head + (head..tail).take_while(is_notice).count();
    keep[..head].fill(false);
    if !keep.contains(&true) && (0..scores.len()).any(|unit| is_prose(scores[unit], known[unit].words)) {
        let middle = features::best_run((0..scores.len()).map(|unit| -gain(unit, of_mode(DOUBT, mode))));
        middle.for_each(|unit| keep[unit] = scores[unit] >= sure(unit));
    }
    keep
}

/// The score under which a line is none of the paragraph that it goes on with.
const LAST_LINE: f32 = -3.0;

/// Lines of the end of a paragraph; more are a list.
const LAST_LINES: usize = 3;

/// Where a tail begins that would take the last lines of a paragraph: behind them, or at the first that a pattern names.
fn paragraph_end(run: usize, scores: &[f32], known: &[Known]) -> usize {
    let is_last_line = |unit: &usize| known[*unit].goes_on && !known[*unit].is_named && scores[*unit] > LAST_LINE;
    let count = (run..scores.len()).take_while(is_last_line).count();
    let is_end = run > 0 && run + count < scores.len() && count <= LAST_LINES;
    if is_end { run + count } else { run }
}

/// The words and the score from which a paragraph of a letter that nothing names is the author's, whatever stands around it.
const PARAGRAPH_WORDS: f32 = 20.0;
const PARAGRAPH: f32 = 0.5;

/// Keeps the likely paragraphs of a letter among prompts: newsletters have these between their paragraphs, and what a
/// page has below its article, comments and biographies, no letter has. (In the texts of pages it saves .03 % of the
/// body for 1 % of the boilerplate.)
pub(super) fn keep_paragraphs(keep: &mut [bool], scores: &[f32], known: &[Known]) {
    for ((keep, score), known) in keep.iter_mut().zip(scores).zip(known) {
        *keep |= *score > PARAGRAPH && known.is_sentence && !known.is_named && known.words >= PARAGRAPH_WORDS;
    }
}

/// Whether a unit is likely prose.
pub(super) fn is_prose(score: f32, words: f32) -> bool {
    score > 0.0 && words >= PROSE_WORDS
}

/// A run counts a paragraph no more than a line, and one that begins at a prompt between two paragraphs takes half of
/// the article; so what may be prose stays if so much of it would go, and with it what is likelier main content than
/// not. `doubtful` are log-odds from which a sentence that nothing names may be prose.
pub(super) fn spare(keep: &mut [bool], scores: &[f32], known: &[Known], doubtful: f32) {
    let words = |chosen: &dyn Fn(usize) -> bool| -> f32 {
        (0..scores.len()).filter(|unit| chosen(*unit)).map(|unit| known[unit].words).sum()
    };
    let is_doubtful = |unit: usize| scores[unit] >= doubtful && !known[unit].is_named;
    let is_spared =
        |unit: usize| is_prose(scores[unit], known[unit].words) || is_doubtful(unit) && known[unit].is_sentence;
    let lost = words(&|unit| !keep[unit] && is_spared(unit));
    if lost == 0.0 || lost < MUCH * words(&|unit| keep[unit]) {
        return;
    }
    let units: Vec<usize> = (0..scores.len()).collect();
    // The lines of a verse and of a list stand or fall with the sentences among them.
    for run in units.split(|unit| !is_doubtful(*unit) && !is_spared(*unit)) {
        let stays = run.iter().any(|unit| is_spared(*unit));
        run.iter().for_each(|unit| keep[*unit] |= stays || scores[*unit] > 0.0);
    }
}

/// The length of the beginning with the largest sum, if that is enough.
fn best_run(gains: impl Iterator<Item = f32>, least: f32) -> usize {
    let (mut sum, mut best, mut length) = (0.0, least, 0);
    for (at, gain) in gains.enumerate() {
        sum += gain;
        if sum > best {
            (best, length) = (sum, at + 1);
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::{DOUBTFUL, Known, Of, Sound, choose, keep_paragraphs, spare};
    use crate::options::Mode;

    const SILENT: Sound = Sound { whole: 0.0, most: 0.0, least: 0.0 };
    const PROMPT: Sound = Sound { whole: 1.0, most: 1.0, least: 1.0 };
    const LINE: Known = Known {
        words: 8.0,
        is_sentence: false,
        is_named: false,
        share: 0.0,
        firm_share: 0.0,
        goes_on: false,
        sound: SILENT,
    };

    /// So much that what a run takes is little.
    const ARTICLE: Known = Known { words: 100.0, ..LINE };

    fn spared(scores: &[f32], known: &[Known]) -> Vec<bool> {
        let mut keep = choose(scores, known, Of::Text, Mode::Balanced);
        spare(&mut keep, scores, known, DOUBTFUL);
        keep
    }

    #[test]
    fn a_footer_goes_with_its_doubtful_lines_and_prose_after_it_stays() {
        let cases: [(&[f32], &[bool]); 4] = [
            (&[4.0, 4.0, 3.0, 4.0, 4.0, 4.0], &[true; 6]),
            (&[4.0, 4.0, 4.0, -4.0, -0.9, -4.0], &[true, true, true, false, false, false]),
            (&[4.0, 4.0, -4.0, 4.0, 4.0, 4.0], &[true, true, false, true, true, true]),
            (&[-1.5, -4.0, 4.0, 4.0, 4.0, 0.5], &[false, false, true, true, true, true]),
        ];
        for (scores, keep) in cases {
            assert_eq!(choose(scores, &[LINE; 6], Of::Text, Mode::Balanced), keep, "{scores:?}");
        }
    }

    #[test]
    fn a_run_takes_no_prose_that_is_much_of_what_stays() {
        let kept = |words| spared(&[-3.0, -3.0, -3.0, 1.3], &[LINE, LINE, LINE, Known { words, ..LINE }]);
        assert_eq!([kept(7.0), kept(8.0)], [[false; 4], [false, false, false, true]]);
        let between = |scores: &[f32; 9]| spared(scores, &[LINE; 9]);
        let article = between(&[-3.0, -3.0, -3.0, 2.0, -0.5, 1.0, -3.0, -3.0, -3.0]);
        assert_eq!(article, [false, false, false, true, true, true, false, false, false]);
        let more = |words, score, is_named| {
            let prose = Known { words, is_sentence: true, is_named, ..LINE };
            spared(&[4.0, -3.0, -3.0, -3.0, score], &[ARTICLE, LINE, LINE, LINE, prose])[4]
        };
        assert_eq!([more(39.0, 1.3, false), more(41.0, 1.3, false)], [false, true]);
        // Between prompts the model doubts sentences that it would not doubt alone.
        assert_eq!([more(41.0, -2.4, false), more(41.0, -2.6, false), more(41.0, -2.4, true)], [true, false, false]);
    }

    #[test]
    fn doubtful_sentences_over_a_footer_stay() {
        let scores = [4.0, 4.0, -1.5, -1.5, -4.0, -1.5, -4.0];
        let kept = |sentences: &[usize]| {
            let known = |unit| Known { is_sentence: sentences.contains(&unit), ..LINE };
            let known: Vec<Known> = (0..scores.len()).map(known).collect();
            choose(&scores, &known, Of::Text, Mode::Balanced).iter().filter(|keep| **keep).count()
        };
        assert_eq!([kept(&[]), kept(&[2]), kept(&[3]), kept(&[2, 3, 4, 5, 6])], [2, 3, 2, 4]);
    }

    #[test]
    fn a_run_of_small_doubts_is_no_footer() {
        let kept = |last, is_named| {
            let mut scores = [-0.4; 20];
            (scores[0], scores[19]) = (4.0, last);
            let mut known = [LINE; 20];
            known[19].is_named = is_named;
            choose(&scores, &known, Of::Text, Mode::Balanced).iter().filter(|keep| **keep).count()
        };
        assert_eq!([kept(-0.4, false), kept(-0.4, true), kept(-0.6, true), kept(-1.6, false)], [20, 20, 1, 1]);
    }

    #[test]
    fn a_tail_begins_behind_the_last_lines_of_a_paragraph() {
        let kept = |goes_on: &[usize], named: &[usize]| {
            let known = |unit| Known { goes_on: goes_on.contains(&unit), is_named: named.contains(&unit), ..LINE };
            let known: Vec<Known> = (0..6).map(known).collect();
            choose(&[4.0, 0.6, -1.0, 0.2, -3.1, -3.0], &known, Of::Text, Mode::Balanced)
                .iter()
                .filter(|keep| **keep)
                .count()
        };
        assert_eq!([kept(&[], &[4]), kept(&[1, 2, 3], &[4]), kept(&[1, 2, 3], &[2, 4])], [2, 4, 2]);
    }

    #[test]
    fn paragraphs_of_a_letter_stay_among_prompts() {
        let kept = |score, words, is_named| {
            let paragraph = Known { words, is_named, is_sentence: true, ..LINE };
            let mut keep = [true, false, false, false];
            keep_paragraphs(&mut keep, &[4.0, -3.0, score, -3.0], &[LINE, LINE, paragraph, LINE]);
            keep
        };
        assert_eq!(kept(0.6, 20.0, false), [true, false, true, false]);
        assert_eq!(
            [kept(0.4, 20.0, false), kept(0.6, 19.0, false), kept(0.6, 20.0, true)],
            [[true, false, false, false]; 3]
        );
    }

    #[test]
    fn last_units_that_patterns_name_go_where_the_model_leans_to_it() {
        let kept = |scores: &[f32; 4], words| {
            let prompt = Known { words, is_named: true, share: 1.0, ..LINE };
            let keep = choose(scores, &[LINE, prompt, prompt, prompt], Of::Text, Mode::Balanced);
            keep.iter().filter(|keep| **keep).count()
        };
        assert_eq!([kept(&[4.0, -0.4, 3.0, -0.4], 8.0), kept(&[4.0, -0.4, -0.4, -0.4], 8.0)], [3, 1]);
        assert_eq!([kept(&[4.0, 3.0, 3.0, -0.2], 8.0), kept(&[4.0, 3.0, 3.0, -0.4], 41.0)], [4, 4]);
        assert_eq!([kept(&[4.0, 3.0, 3.0, -0.4], 3.0), kept(&[4.0, 3.0, 3.0, -0.4], 2.0)], [3, 4]);
        let last = |score, firm_share| {
            let partly =
                Known { words: 30.0, is_sentence: true, is_named: true, share: firm_share, firm_share, ..LINE };
            choose(&[4.0, 4.0, score], &[LINE, LINE, partly], Of::Text, Mode::Balanced)[2]
        };
        assert_eq!([last(-1.4, 0.4), last(-1.2, 0.4), last(-1.4, 0.3)], [false, true, true]);
    }

    #[test]
    fn units_that_sound_like_prompts_go_where_others_stay() {
        let kept = |score, words, sounds| {
            let prompt = Known { words, sound: if sounds { PROMPT } else { SILENT }, ..LINE };
            let last = choose(&[4.0, 4.0, score], &[LINE, LINE, prompt], Of::Text, Mode::Balanced)[2];
            [last, choose(&[4.0, score, 4.0], &[LINE, prompt, LINE], Of::Text, Mode::Balanced)[1]]
        };
        assert_eq!(
            [kept(0.9, 8.0, true), kept(1.1, 8.0, true), kept(0.9, 8.0, false)],
            [[false, true], [true; 2], [true; 2]]
        );
        assert_eq!([kept(-1.6, 8.0, true), kept(-1.6, 8.0, false)], [[false; 2], [true; 2]]);
        assert_eq!([kept(0.9, 2.0, true), kept(0.9, 41.0, true)], [[true; 2]; 2]);
        // A run of small doubts is a footer where one of them sounds like it.
        let scores = [4.0, -0.6, -0.6, -0.6, -0.6, -0.6];
        let run = |sounds| {
            let known: Vec<Known> =
                (0..6).map(|unit| Known { sound: if unit == 3 && sounds { PROMPT } else { SILENT }, ..LINE }).collect();
            choose(&scores, &known, Of::Text, Mode::Balanced).iter().filter(|keep| **keep).count()
        };
        assert_eq!([run(true), run(false)], [1, 6]);
    }

    #[test]
    fn first_units_that_patterns_name_whole_and_firmly_go() {
        let kept = |scores: &[f32; 4], firm_share| {
            let notice = Known { is_named: true, share: 1.0, firm_share, ..LINE };
            choose(scores, &[notice, notice, LINE, LINE], Of::Text, Mode::Balanced).iter().filter(|keep| **keep).count()
        };
        assert_eq!([kept(&[-0.4, -0.4, 3.0, 3.0], 1.0), kept(&[-0.4, -0.2, 3.0, 3.0], 1.0)], [2, 3]);
        assert_eq!([kept(&[-0.4, -0.4, 3.0, 3.0], 0.9), kept(&[0.4, -0.4, 3.0, 3.0], 1.0)], [4, 4]);
    }

    #[test]
    fn paragraphs_that_cite_what_footers_say_are_no_footer() {
        let scores = [4.0, -1.4, -1.9, -0.1, -1.6, -1.2, 1.5];
        let kept = |words| {
            let paragraph = Known { words, is_sentence: true, is_named: true, share: 0.3, firm_share: 0.3, ..LINE };
            choose(&scores, &[paragraph; 7], Of::Text, Mode::Balanced).iter().filter(|keep| **keep).count()
        };
        assert_eq!([kept(8.0), kept(50.0)], [1, 7]);
        let last = |words, firm_share| {
            let paragraph = Known { words, is_sentence: true, is_named: true, share: firm_share, firm_share, ..LINE };
            choose(&[4.0, 4.0, -2.8], &[LINE, LINE, paragraph], Of::Text, Mode::Balanced)[2]
        };
        assert_eq!([last(12.0, 0.0), last(21.0, 0.0), last(21.0, 0.6)], [false, true, false]);
    }
}
