//! Documents of many genres and languages, all main content, as written for training (`documents/`): recipes, minutes,
//! letters, programmes, whatever articles of pages are not. They end as people end what they write, by hand, with a name, an
//! address or a request.

use serde_json::json;

use crate::error::Result;
use crate::set::{Page, text};

const DOCUMENTS: &str = include_str!("../documents/documents.tsv");

/// How a line break and a tab are written in the file.
const ESCAPES: [(&str, &str); 2] = [("\\n", "\n"), ("\\t", "\t")];

/// All documents, as pages of text.
///
/// # Errors
/// A row without two columns.
pub(crate) fn documents() -> Result<Vec<Page>> {
    DOCUMENTS.lines().skip(1).enumerate().map(|(number, row)| document(number, row)).collect()
}

fn document(number: usize, row: &str) -> Result<Page> {
    let columns = row.split_once('\t').filter(|(_, written)| !written.contains('\t'));
    let (language, written) = columns.ok_or_else(|| format!("documents.tsv: row {}: not two columns", number + 2))?;
    let body = ESCAPES.iter().fold(written.to_owned(), |text, (escape, sign)| text.replace(escape, sign));
    text(&json!({ "id": format!("document-{number}"), "raw": body, "body": body, "lang": language }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{document, documents};
    use crate::folds::{FOLDS, fold};

    #[test]
    fn documents_are_of_many_languages_in_every_fold() {
        let all = documents().unwrap();
        let bodies: BTreeSet<&str> = all.iter().map(|page| page.body.as_str()).collect();
        let languages: BTreeSet<&str> = all.iter().filter_map(|page| page.lang.as_deref()).collect();
        assert!(all.len() > 500 && bodies.len() == all.len() && languages.len() > 50);
        assert!((0..FOLDS).all(|of| all.iter().filter(|page| fold(page) == of).count() > 80));
    }

    #[test]
    fn a_row_is_a_text_with_its_lines_and_tabs() {
        let page = document(3, "de\tBrot\\n\\n1\\tEi").unwrap();
        assert_eq!((page.body.as_str(), page.lang.as_deref()), ("Brot\n\n1\tEi", Some("de")));
        assert!(document(3, "de").is_err() && document(3, "de\tBrot\tEi").is_err());
    }
}
