//! Letters: what the headers say. The body is not asked.

use super::lang;
use crate::document::{Letter, Metadata};

/// Fills in the metadata of a letter.
pub(super) fn read(letter: &Letter, metadata: Metadata) -> Metadata {
    let secure = letter.unsubscribe.iter().find(|address| !address.starts_with("mailto:"));
    Metadata {
        title: letter.subject.clone(),
        author: letter.from.clone(),
        date: letter.date.clone(),
        lang: letter.lang.as_deref().and_then(lang::normalise),
        list: letter.list.clone(),
        message_id: letter.message_id.clone(),
        unsubscribe: secure.or(letter.unsubscribe.first()).cloned(),
        ..metadata
    }
}
