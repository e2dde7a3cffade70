//! The integration tests, in one binary so that they are linked once.

#[cfg(feature = "cli")]
mod cli;
