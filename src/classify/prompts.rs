//! Blocks of a page that patterns name by their words: notices, labels of advertisements, prompts to share, to
//! subscribe, to read on.
//!
//! The model sees how many patterns hit a block, and not how much of it they name.

use super::decide::{FOOTER_SHARE, of_mode};
use crate::document::{BlockKind, Document};
use crate::features::Facts;
use crate::features::lines::named_firmly;
use crate::options::Mode;
use crate::patterns::{Hits, Patterns};

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

    /// Drops what is nothing but a label or a prompt, unless the model is sure of it. What heads other blocks stands or
    /// falls with them, and tables and code have words of their own.
    pub(super) fn drop_prompts(&self, keep: &mut [bool], scores: &[f32], mode: Mode) {
        let most = of_mode(PROMPT, mode);
        for (block, keep) in keep.iter_mut().enumerate().filter(|(_, keep)| **keep) {
            let kind = self.document.blocks[block].kind;
            let may_be = !matches!(kind, BlockKind::Heading(_) | BlockKind::TableCell { .. } | BlockKind::Code)
                && self.facts.words(block) <= MOST_WORDS
                && self.facts.title_block != Some(block);
            *keep = !(may_be && scores[block] < most && self.share(block) >= WHOLE_SHARE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::with_facts;
    use super::{Mode, Named, Patterns};

    #[test]
    fn labels_and_prompts_go_unless_the_model_is_sure() {
        let page = "<p>The bridge is open.<p>Advertisement<h3>Advertisement</h3><pre>Advertisement</pre><p>Read also: Storks nest";
        with_facts(page, |document, facts| {
            let named = Named { document, facts, patterns: Patterns::builtin() };
            let kept = |score: f32, mode| {
                let mut keep = [true; 5];
                named.drop_prompts(&mut keep, &[score; 5], mode);
                keep
            };
            assert_eq!(kept(0.5, Mode::Balanced), [true, false, true, true, false]);
            assert_eq!(kept(1.5, Mode::Balanced), [true; 5]);
            assert_eq!(kept(0.5, Mode::Recall), [true; 5]);
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
