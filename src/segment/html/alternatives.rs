//! Texts that stand for what is no text: formulas, and images of signs.

use super::below::{text_of, texts};
use super::shown::has_class;
use crate::segment::dom::{Name, NodeRef};

/// Classes of images that stand for a sign, and the characters that an alternative text without a letter has at most.
const EMOJI: &[&str] = &["emoji", "wp-smiley", "twemoji"];
const EMOJI_CHARS: usize = 8;

/// Nodes of a formula among which its source is looked for.
const FORMULA_NODES: usize = 400;

/// A formula as its author wrote it, or else its letters and signs.
pub(super) fn formula(node: NodeRef<'_>) -> String {
    let is_source = |node: &NodeRef<'_>| node.attribute(Name::ENCODING) == Some("application/x-tex");
    let source = node
        .attribute(Name::ALTTEXT)
        .map(str::to_owned)
        .or_else(|| node.descendants().take(FORMULA_NODES).find(is_source).map(text_of));
    let letters = || texts(node.descendants()).map(str::trim).collect();
    let source = source.unwrap_or_else(letters);
    let bare = source.trim().strip_prefix("{\\displaystyle").and_then(|rest| rest.strip_suffix('}'));
    bare.unwrap_or(&source).trim().to_owned()
}

/// The alternative text of an image that is a sign in the text: 😀.
pub(super) fn emoji(image: NodeRef<'_>) -> Option<&str> {
    let is_sign = |alt: &str| !alt.is_ascii() && !alt.chars().any(char::is_alphanumeric);
    let is_short = |alt: &str| !alt.trim().is_empty() && alt.chars().count() <= EMOJI_CHARS;
    image.attribute(Name::ALT).filter(|alt| is_short(alt) && (has_class(image, EMOJI) || is_sign(alt)))
}
