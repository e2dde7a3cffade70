//! The language of a piece of code, as highlighters note it in class names.

use crate::document::{Block, Document, Tag};

/// What stands before the name of a language at the code itself: of HTML's own example, of Prism and highlight.js.
const OF_CODE: [&str; 2] = ["language-", "lang-"];

/// And over it: of GitHub, and of Sphinx beside a mark of its own.
const OF_GITHUB: &str = "highlight-source-";
const OF_SPHINX: (&str, &str) = ("highlight-", "notranslate");

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
    child.into_iter().chain(around).enumerate().find_map(|(level, element)| {
        let is_code = matches!(element.tag, Tag::Code | Tag::Pre) || level == 0;
        named(outline.name(element.class), is_code)
    })
}

fn named(class: &str, is_code: bool) -> Option<String> {
    let is_sphinx = class.split_ascii_whitespace().any(|token| token == OF_SPHINX.1);
    let prefixes = OF_CODE.into_iter().filter(|_| is_code).chain([OF_GITHUB]).chain(is_sphinx.then_some(OF_SPHINX.0));
    let prefixes: Vec<&str> = prefixes.collect();
    let name = |token: &str| prefixes.iter().find_map(|prefix| token.strip_prefix(prefix)).map(str::to_lowercase);
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
            ("highlight-python3 notranslate", Some("python3")),
            ("highlight-default notranslate", None),
            ("highlight-wrapper", None),
            ("language-<b>", None),
            ("rust", None),
        ];
        for (class, expected) in cases {
            assert_eq!(named(class, true).as_deref(), expected, "{class}");
        }
        assert_eq!(named("language-switcher lang-en", false), None);
    }
}
