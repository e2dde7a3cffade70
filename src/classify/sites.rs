//! What the pages of a site share, as evidence about the blocks of one of them.

use crate::document::{Block, BlockKind, Document, Evidence};
use crate::features::Facts;
use crate::options::Options;
use crate::templates::Shared;

/// The share of the site's pages that must have a block before they say anything against it: all of three, five of six.
/// What fewer have is often a source's name, a product's data or what several pages say. (At .4 F1 rises more, by .0063
/// on the sites of daniel-dev and .0059 on those of wcxb-dev instead of .0055 and .0038, but then 12 of the 78 pages of
/// wcxb-dev lose more than one in a hundred of their words; from .7 on none of either set.)
const LEAST_SHARE: f32 = 0.7;

/// The pages that a share is thought to rest on before any was seen, and on how many of them the block stands.
const PRIOR_PAGES: f32 = 1.0;
const PRIOR_SAME: f32 = 0.1;

/// Log-odds against a block that stands on every page.
const TEXT_WEIGHT: f32 = 6.0;

/// What a site says against each block of a page; `None` where nothing is known of it.
pub(super) struct Sites {
    shared: Vec<Shared>,
    /// What is added to each score.
    pub(super) shifts: Vec<f32>,
}

impl Sites {
    /// `keep` is what would be kept without it.
    pub(super) fn of(document: &Document, facts: &Facts<'_>, options: &Options, keep: &[bool]) -> Option<Self> {
        let templates = options.get_templates()?;
        let shared = templates.site(&document.host()?)?.shared(document, keep)?;
        let shift = |(number, block): (usize, &Block)| {
            let is_exempt = block.kind == BlockKind::Code || facts.title_block == Some(number);
            if is_exempt { 0.0 } else { shift(&shared[number]) }
        };
        let shifts = document.blocks.iter().enumerate().map(shift).collect();
        Some(Self { shared, shifts })
    }

    /// What is kept after the choice without it and the one with it: what it says nothing against is not lost because other
    /// blocks are, and what stands right over such a block is its heading or its label, whatever other pages say.
    pub(super) fn settle(&self, before: &[bool], after: &[bool]) -> Vec<bool> {
        let stays = |block: usize| self.shifts.get(block) == Some(&0.0) && (before[block] || after[block]);
        let keeps = |block: usize| stays(block) || before[block] && (after[block] || stays(block + 1));
        (0..before.len()).map(keeps).collect()
    }

    /// The evidence about a block, if there is any.
    pub(super) fn evidence(&self, block: usize) -> Option<Evidence> {
        let (shared, weight) = (self.shared.get(block)?, *self.shifts.get(block)?);
        (weight != 0.0).then(|| Evidence { feature: "site.share", value: share(shared), weight })
    }
}

/// The share of the site's pages that have a block.
fn share(shared: &Shared) -> f32 {
    (shared.same as f32 + PRIOR_SAME) / (shared.others as f32 + PRIOR_PAGES)
}

fn shift(shared: &Shared) -> f32 {
    let share = share(shared);
    if share >= LEAST_SHARE { -TEXT_WEIGHT * share } else { 0.0 }
}
