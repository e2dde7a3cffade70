//! Blocks of a page that patterns name by their words.
//!
//! The model sees how many patterns hit a block, and not how much of it they name.

use super::decide::FOOTER_SHARE;
use crate::document::{Block, Document};
use crate::features::Facts;
use crate::features::lines::named_firmly;
use crate::patterns::{Hits, Patterns};

/// How much of each block stands in sentences that patterns name firmly, 0..1.
#[derive(Debug)]
pub(super) struct Named(Vec<f32>);

impl Named {
    pub(super) fn of(document: &Document, facts: &Facts<'_>, patterns: &Patterns) -> Self {
        let mut hits = Hits::on(document.host());
        let blocks = document.blocks.iter().zip(&facts.hits);
        let share = |(block, rules): (&Block, &Vec<u16>)| {
            if rules.is_empty() { 0.0 } else { named_firmly(&block.text, patterns, &mut hits) }
        };
        Self(blocks.map(share).collect())
    }

    /// Whether a block is a footer or a notice, and no paragraph that cites one.
    pub(super) fn is_footer(&self, block: usize) -> bool {
        self.0[block] >= FOOTER_SHARE
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::with_facts;
    use super::{Named, Patterns};

    #[test]
    fn a_notice_is_told_from_a_paragraph_that_cites_one() {
        let page = "<p>We use cookies to improve your experience. By continuing to browse this site you agree to our privacy policy.\
            <p>The ministry wrote that we use cookies to improve your experience. Nobody believed it, and the council met again. \
            On Tuesday the mayor asked who had baked the cookies, and the hall laughed.";
        with_facts(page, |document, facts| {
            let named = Named::of(document, facts, Patterns::builtin());
            assert_eq!([named.is_footer(0), named.is_footer(1)], [true, false]);
        });
    }
}
