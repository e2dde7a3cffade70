//! What is learned beside the trees, and asked by the features.

use super::lexicon::{self, Lexicon};
use super::wording::{Slot, Wording};
use crate::rows::Rows;

/// Learned tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// Scores of class tokens, or of words.
    pub lexicon: Lexicon,
    /// Weights of the pieces of words.
    pub wording: Wording,
}

impl Learned {
    /// Tables as they stand in a model file.
    pub(crate) fn of(lexicon: Rows<{ size_of::<lexicon::Row>() }>, wording: Rows<{ size_of::<Slot>() }>) -> Self {
        Self { lexicon: Lexicon::of(lexicon), wording: Wording::of(wording) }
    }
}
