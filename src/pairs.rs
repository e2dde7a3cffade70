//! Pairs: which two bytes stand side by side in a line. Tells of most short texts that the line does not hold them, for
//! a tenth of the price of a search.

const BITS: usize = 1024;

/// A set of pairs of bytes. Several pairs share a bit, so it may have one that was not put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairs([u64; BITS / 64]);

impl Pairs {
    /// The pairs of a text.
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut pairs = Self([0; BITS / 64]);
        for (word, bit) in places(text) {
            pairs.0[word] |= bit;
        }
        pairs
    }

    /// Whether all pairs of a text are among these: if not, no text with these pairs holds it.
    pub(crate) fn have(&self, text: &[u8]) -> bool {
        places(text).all(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// The word and the bit of each pair.
fn places(text: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    text.windows(2).map(|pair| {
        // Letters differ in their lower five bits.
        let place = (usize::from(pair[0]) << 5 ^ usize::from(pair[1])) % BITS;
        (place / 64, 1 << (place % 64))
    })
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn what_a_line_holds_has_its_pairs() {
        let line = "unsubscribe from this list — отписаться".as_bytes();
        let pairs = Pairs::of(line);
        for start in 0..line.len() {
            for end in start..line.len() {
                assert!(pairs.have(&line[start..end]));
            }
        }
        for other in ["xyz", "view", "подробнее", "ss"] {
            assert!(!pairs.have(other.as_bytes()), "{other}");
        }
        assert!(Pairs::of(b"").have(b"a"));
    }
}
