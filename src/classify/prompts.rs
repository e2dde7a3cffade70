//! Blocks of a page that are told by their words: notices, labels of advertisements, prompts to share, to subscribe, to
//! read on.
//!
//! The model sees how many patterns hit a block, and not how much of it they name, nor how it sounds.

use super::decide::{FOOTER_SHARE, of_mode};
use crate::document::{BlockKind, Document};
use crate::features::Facts;
use crate::features::lines::named_firmly;
use crate::features::wording::may_be_prompt;
use crate::options::Mode;
use crate::patterns::{Hits, Patterns};
use crate::signs::ends_in_colon;

/// Log-odds below which a block goes that patterns name firmly from its beginning to its end. Of .3, 1 and 2 in the
/// middle mode the second gained most without a loss of recall worth its words: andy-news has .0004 more F1, fundus-dev
/// .0005, wcxb-dev and daniel-dev the same.
const PROMPT: [f32; 3] = [1.0, 1.0, -1.0];

/// The share from which patterns name such a block whole, and the words of the longest.
const WHOLE_SHARE: f32 = 0.99;
const MOST_WORDS: f32 = 40.0;

/// The blocks of a page, to be asked how much of each stands in sentences that patterns name firmly. Few are: it takes
/// as long as to find what hits them.
pub(super) struct Named<'a> {
    pub(super) document: &'a Document,
    pub(super) facts: &'a Facts<'a>,
    pub(super) patterns: &'a Patterns,
}

/// Why a block goes that no pattern names.
pub(super) const SOUNDS: &str = "sounds like a prompt";

/// Whether a block sounds like a prompt, whatever its words. Of a label of one or two words that says little, and what a text
/// announces is part of it.
pub(super) fn sounds(document: &Document, facts: &Facts<'_>, block: usize) -> bool {
    let is_announced =
        || block.checked_sub(1).is_some_and(|before| ends_in_colon(document.blocks[before].text.trim_end()));
    let sound = || facts.learned.wording.sound(&document.blocks[block].text);
    may_be_prompt(facts.words(block)) && sound().is_prompt() && !is_announced()
}

impl Named<'_> {
    /// The share of a block, 0..1.
    fn share(&self, block: usize) -> f32 {
        if self.facts.hits[block].is_empty() {
            return 0.0;
        }
        named_firmly(&self.document.blocks[block].text, self.patterns, &mut Hits::on(self.document.host()))
    }

    /// Whether a block is a footer or a notice, and no paragraph that cites one.
    pub(super) fn is_footer(&self, block: usize) -> bool {
        self.share(block) >= FOOTER_SHARE
    }

    /// Drops what is nothing but a label or a prompt, unless the model is sure of it, and notes why where no pattern does. What
    /// heads other blocks stands or falls with them, and tables and code have words of their own.
    pub(super) fn drop_prompts(
        &self,
        keep: &mut [bool],
        notes: &mut [Option<&'static str>],
        scores: &[f32],
        mode: Mode,
    ) {
        let most = of_mode(PROMPT, mode);
        for (block, (keep, note)) in keep.iter_mut().zip(notes).enumerate().filter(|(_, (keep, _))| **keep) {
            let kind = self.document.blocks[block].kind;
            let may_be = !matches!(kind, BlockKind::Heading(_) | BlockKind::TableCell { .. } | BlockKind::Code)
                && self.facts.words(block) <= MOST_WORDS
                && self.facts.title_block != Some(block)
                && scores[block] < most;
            if may_be && self.share(block) >= WHOLE_SHARE {
                (*keep, *note) = (false, None);
            } else if may_be && sounds(self.document, self.facts, block) {
                (*keep, *note) = (false, Some(SOUNDS));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{with_facts, with_learned};
    use super::{Mode, Named, Patterns, SOUNDS};
    use crate::features::Learned;
    use crate::features::wording::Wording;

    #[test]
    fn labels_and_prompts_go_unless_the_model_is_sure() {
        let page = "<p>The bridge is open.<p>Advertisement<h3>Advertisement</h3><pre>Advertisement</pre><p>Read also: Storks nest";
        with_facts(page, |document, facts| {
            let named = Named { document, facts, patterns: Patterns::builtin() };
            let kept = |score: f32, mode| {
                let mut keep = [true; 5];
                named.drop_prompts(&mut keep, &mut [None; 5], &[score; 5], mode);
                keep
            };
            assert_eq!(kept(0.5, Mode::Balanced), [true, false, true, true, false]);
            assert_eq!(kept(1.5, Mode::Balanced), [true; 5]);
            assert_eq!(kept(0.5, Mode::Recall), [true; 5]);
        });
    }

    #[test]
    fn what_sounds_like_a_prompt_goes_but_no_label_and_nothing_long() {
        let long = "pop your name here ".repeat(11);
        let page =
            format!("<p>The bridge is open.<p>Pop your name here<p>Pop here<h3>Pop your name here</h3><p>{long}");
        let wording = Wording::of_texts(&[("pop your name here", 40), ("the bridge", -40)]);
        with_learned(&page, &Learned { wording, ..Learned::default() }, |document, facts| {
            let named = Named { document, facts, patterns: Patterns::builtin() };
            let kept = |score: f32| {
                let (mut keep, mut notes) = ([true; 5], [None; 5]);
                named.drop_prompts(&mut keep, &mut notes, &[score; 5], Mode::Balanced);
                assert!(keep.iter().zip(notes).all(|(keep, note)| note == (!keep).then_some(SOUNDS)));
                keep
            };
            assert_eq!(kept(0.5), [true, false, true, true, true]);
            assert_eq!(kept(1.5), [true; 5]);
        });
    }

    #[test]
    fn a_notice_is_told_from_a_paragraph_that_cites_one() {
        let page = "<p>We use cookies to improve your experience. By continuing to browse this site you agree to our privacy policy.\
            <p>The ministry wrote that we use cookies to improve your experience. Nobody believed it, and the council met again. \
            On Tuesday the mayor asked who had baked the cookies, and the hall laughed.";
        with_facts(page, |document, facts| {
            let named = Named { document, facts, patterns: Patterns::builtin() };
            assert_eq!([named.is_footer(0), named.is_footer(1)], [true, false]);
        });
    }
}
