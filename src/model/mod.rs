//! The models: load, validate, predict.
//!
//! Input: a model file and columns of `f32`. Output: log-odds. Knows nothing of documents or of what the columns mean;
//! the hash of the feature table is compared by the caller that does.

mod board;
pub(crate) mod format;
pub(crate) mod trees;
#[cfg(any(test, feature = "lab"))]
mod write;

pub use format::{Aim, Model};
pub use trees::Ensemble;
