//! What plain newsletters are furnished with: boxes of sponsors, mastheads, footers, and what an editor says, as written
//! for training (`newsletters/`).

use crate::folds::of_text;

const SPONSORS: &str = include_str!("../newsletters/sponsors.tsv");
const MASTHEADS: &str = include_str!("../newsletters/mastheads.tsv");
const OPENINGS: &str = include_str!("../newsletters/openings.tsv");
const FOOTERS: &str = include_str!("../newsletters/footers.tsv");

/// How a line break is written in the files.
const BREAK: &str = "\\n";

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Furniture {
    /// The advertisement of a sponsor.
    Sponsor,
    /// Name, slogan, number and date of a newsletter.
    Masthead,
    /// What an editor says, and other content that looks like furniture.
    Opening,
    /// Who sent a letter, why, and how to get it no more.
    Footer,
}

impl Furniture {
    fn file(self) -> &'static str {
        match self {
            Self::Sponsor => SPONSORS,
            Self::Masthead => MASTHEADS,
            Self::Opening => OPENINGS,
            Self::Footer => FOOTERS,
        }
    }

    /// All pieces with their languages, written as in the file.
    pub(crate) fn all(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.file().lines().skip(1).filter_map(|line| line.split_once('\t'))
    }

    /// The pieces in a language that belong to a fold; in English where there are none.
    pub(crate) fn pieces(self, language: &str, fold: u32) -> Vec<&'static str> {
        let of = |language: &str| -> Vec<&'static str> {
            self.all().filter(|(of, text)| *of == language && of_text(text) == fold).map(|(_, text)| text).collect()
        };
        let own = of(language);
        if own.is_empty() { of("en") } else { own }
    }
}

/// The lines of a piece.
pub(crate) fn lines(piece: &str) -> impl Iterator<Item = &str> {
    piece.split(BREAK).map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::{Furniture, lines};
    use crate::folds::FOLDS;

    #[test]
    fn every_fold_has_pieces_of_every_kind() {
        for furniture in [Furniture::Sponsor, Furniture::Masthead, Furniture::Opening, Furniture::Footer] {
            let written = furniture.file().lines().count() - 1;
            let languages = ["en", "de", "ja"].map(|language| {
                let of_folds: Vec<usize> = (0..FOLDS).map(|fold| furniture.pieces(language, fold).len()).collect();
                assert!(of_folds.iter().all(|count| *count > 0), "{furniture:?} {language} {of_folds:?}");
                of_folds.iter().sum::<usize>()
            });
            assert!(languages.iter().sum::<usize>() < written && languages[0] >= 90);
            assert_eq!(furniture.pieces("xx", 0), furniture.pieces("en", 0));
        }
        assert_eq!(lines("a\\n  b ").collect::<Vec<_>>(), ["a", "  b"]);
    }
}
