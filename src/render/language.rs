//! The language of a piece of code, as highlighters note it in class names.

use crate::document::{Block, Document, Tag};

/// What stands before the name of a language: of HTML's own example, of Prism and highlight.js, of GitHub and of Sphinx.
const PREFIXES: [&str; 4] = ["language-", "lang-", "highlight-source-", "highlight-"];

/// Names that are no language.
const NONE: [&str; 6] = ["default", "none", "text", "plaintext", "plain", "nohighlight"];

/// Characters of the longest name: `asciidoc`, `typescriptreact`.
const LONGEST: usize = 20;

/// Elements over the code that may note its language.
const LEVELS: usize = 3;

/// The language of a block of code; `None` where nothing notes it.
pub(super) fn of(document: &Document, block: &Block) -> Option<String> {
    let outline = &document.outline;
    outline.elements.get(block.element as usize)?;
    let child = outline.elements.get(block.element as usize + 1);
    let child = child.filter(|child| child.parent == block.element && child.tag == Tag::Code);
    let around = outline.ancestors(block.element).take(LEVELS).map(|(_, element)| element);
    child.into_iter().chain(around).find_map(|element| named(outline.name(element.class)))
}

fn named(class: &str) -> Option<String> {
    let name = |token: &str| PREFIXES.iter().find_map(|prefix| token.strip_prefix(prefix)).map(str::to_lowercase);
    class.split_ascii_whitespace().filter_map(name).find(|name| {
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'-'));
        !name.is_empty() && name.len() <= LONGEST && is_name && !NONE.contains(&&**name)
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_language_stands_behind_a_prefix() {
        let cases = [
            ("hljs language-rust", Some("rust")),
            ("highlight highlight-source-C++", Some("c++")),
            ("highlight-default notranslate", None),
            ("language-<b>", None),
            ("rust", None),
        ];
        for (class, expected) in cases {
            assert_eq!(named(class).as_deref(), expected, "{class}");
        }
    }
}
