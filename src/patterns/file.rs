//! The built-in table as a file (`patterns.index`): generated (`UNBOIL_RECORD=1 cargo test the_index`) and proved current by
//! a test, since to make it takes longer than to judge a text.
//!
//! It holds the parts of [`Rules`] and of [`Compiled`] one after the other, each a series of rows ([`crate::rows`]).

use super::compiled::Compiled;
use super::rules::Rules;
use crate::rows::Reader;

/// Reads the file; `None` for one that is damaged.
pub(super) fn read(bytes: &'static [u8]) -> Option<(Rules, Compiled)> {
    let mut reader = Reader(bytes);
    let read = (Rules::read(&mut reader)?, Compiled::read(&mut reader)?);
    reader.end().map(|()| read)
}

/// The bytes of the file.
#[cfg(test)]
pub(super) fn write(rules: &[super::Rule], compiled: &Compiled) -> Vec<u8> {
    let mut out = Vec::new();
    Rules::write(rules, &mut out);
    compiled.write(&mut out);
    out
}
