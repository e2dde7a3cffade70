//! What the pages of a site share, as evidence about the blocks of one of them.

use crate::document::{Block, BlockKind, Document, Evidence};
use crate::features::Facts;
use crate::options::Options;
use crate::templates::Shared;

/// Other pages with the same block from which it may be part of the template.
const REPEATED: u32 = 2;

/// The same for prose, which articles quote from each other, and the least share of the pages.
const REPEATED_PROSE: u32 = 3;
const PROSE_SHARE: f32 = 0.5;

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
            if is_exempt { 0.0 } else { shift(&shared[number], facts.good[number]) }
        };
        let shifts = document.blocks.iter().enumerate().map(shift).collect();
        Some(Self { shared, shifts })
    }

    /// What is kept after the choice without it and the one with it: what it says nothing against is not lost because other
    /// blocks are.
    pub(super) fn settle(&self, before: &[bool], after: &[bool]) -> Vec<bool> {
        let choices = before.iter().zip(after).zip(&self.shifts);
        choices
            .map(|((before, after), shift)| if *shift == 0.0 { *before || *after } else { *before && *after })
            .collect()
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

fn shift(shared: &Shared, is_prose: bool) -> f32 {
    let share = share(shared);
    let is_repeated =
        if is_prose { shared.same >= REPEATED_PROSE && share >= PROSE_SHARE } else { shared.same >= REPEATED };
    if is_repeated { -TEXT_WEIGHT * share } else { 0.0 }
}
