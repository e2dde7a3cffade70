//! Briefs: the little of a rule that is asked at every hit, in a row of four bytes.
//!
//! A run hits some dozens of the built-in rules and wants the texts of fewer. To read all rows of the table at start takes
//! longer than to judge a page.

use super::{Position, Rule, Strength};
use crate::document::Family;

/// What is asked of a rule at every hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Brief {
    /// [`Rule::family`].
    pub(crate) family: Family,
    /// [`Rule::position`].
    pub(crate) position: Position,
    /// [`Rule::strength`].
    pub(crate) strength: Strength,
    /// Whether it names the closing of a letter, under which its author signs.
    pub(crate) is_closing: bool,
}

impl Brief {
    /// Bytes of it in a file: the numbers of family, position and strength, and whether it is a closing.
    pub(super) const SIZE: usize = 4;

    pub(super) fn of(rule: &Rule) -> Self {
        let Rule { family, position, strength, .. } = *rule;
        Self { family, position, strength, is_closing: rule.id.starts_with("signature.closing.") }
    }

    pub(super) fn to_row(self) -> [u8; Self::SIZE] {
        [self.family as u8, self.position as u8, self.strength as u8, u8::from(self.is_closing)]
    }

    /// `None` for numbers that stand for nothing.
    pub(super) fn of_row(row: [u8; Self::SIZE]) -> Option<Self> {
        let [family, position, strength, is_closing] = row;
        Some(Self {
            family: Family::ALL.get(usize::from(family)).copied()?,
            position: [Position::Head, Position::Tail, Position::Any].get(usize::from(position)).copied()?,
            strength: [Strength::Weak, Strength::Firm, Strength::Strong].get(usize::from(strength)).copied()?,
            is_closing: is_closing != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Brief;
    use crate::document::Family;
    use crate::patterns::{Position, Strength};

    #[test]
    fn what_is_written_is_read_back() {
        for family in Family::ALL.iter().copied() {
            for position in [Position::Head, Position::Tail, Position::Any] {
                for strength in [Strength::Weak, Strength::Firm, Strength::Strong] {
                    for is_closing in [false, true] {
                        let brief = Brief { family, position, strength, is_closing };
                        assert_eq!(Brief::of_row(brief.to_row()), Some(brief));
                    }
                }
            }
        }
    }

    #[test]
    fn numbers_that_stand_for_nothing_are_refused() {
        for row in [[u8::MAX, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0]] {
            assert_eq!(Brief::of_row(row), None);
        }
    }
}
