//! The models: load, validate, predict.
//!
//! Input: a model file and columns of `f32`. Output: log-odds. Knows nothing of documents or of what the columns mean;
//! the hash of the feature table is compared by the caller that does.

mod format;
mod trees;

pub use format::{Model, ModelParts};
pub use trees::{Ensemble, Node, Tree};
