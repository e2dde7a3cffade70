//! The model file: what it holds, written and read field by field. The many rows of it, nodes and lexicon, are not taken
//! apart before they are asked for, and those of a shipped model are read where they stand.
//!
//! Little-endian. Magic `unboil-m`, version (u32), hash of the feature table (u64), number of features (u32); a label
//! (u32 length, UTF-8); for each of the modes precision, balanced and recall its aims and its floor (three f32); the
//! number of knots of the confidence (u32), each with what is expected and what was measured (f32 each); the number of
//! lexicon entries (u32), each with its hash (u32) and three scores (i8), by ascending hash; the number of slots of the
//! wording (u32), each with a print of its piece (u8) and a weight (i8); then the ensembles by ascending name, each with its
//! name (u32 length, UTF-8), base (f32), trees (u32), and for each tree its nodes (u32) of 14 bytes: feature, left, right (u16
//! each), threshold, value (f32 each). Nothing follows.

use std::collections::BTreeMap;

use super::trees::Ensemble;
use crate::error::{Error, ErrorKind, Result};
use crate::rows::Rows;

pub(super) const MAGIC: &[u8; 8] = b"unboil-m";
pub(super) const VERSION: u32 = 3;

/// Lengths beyond this are damage: the shipped model is far smaller.
const MOST: u32 = 1 << 20;

/// How a mode chooses the blocks of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// How many times recall counts as much as precision, on articles.
    pub article_beta: f32,
    /// The same on other pages. Between the two the gate decides.
    pub mixed_beta: f32,
    /// The probability below which a block is dropped, 0..1.
    pub floor: f32,
}

/// Weights of recall that mean something.
const BETAS: std::ops::RangeInclusive<f32> = 0.01..=100.0;

/// What a model file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelParts {
    /// The hash of the feature table it was trained on.
    pub features_hash: u64,
    /// The number of features in that table.
    pub features: u32,
    /// What it was trained on, in words.
    pub label: String,
    /// What the modes precision, balanced and recall aim at.
    pub aims: [Aim; 3],
    /// The F1 that was measured where this F1 was expected: points of a line, rising in both. Empty where nothing was
    /// measured: then there is no confidence.
    pub confidence: Vec<(f32, f32)>,
    /// Hashes of class tokens (u32) with their scores by distance (i8 each), for the features that need them; ascending.
    pub lexicon: Rows<ENTRY>,
    /// Prints of the pieces of words (u8) with their weights (i8), by slot, for the features that need them; may be empty.
    pub wording: Rows<SLOT>,
    /// The ensembles by name.
    pub ensembles: BTreeMap<String, Ensemble>,
}

/// A loaded model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    parts: ModelParts,
}

impl Model {
    /// Reads a model file and checks every field.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] for a file that is damaged, of another version, or trained on other features.
    #[cfg(any(test, feature = "lab"))]
    pub fn from_bytes(bytes: &[u8], features_hash: u64) -> Result<Self> {
        let model = Self::read(Reader { rest: bytes, keep: Copied }, features_hash)?;
        let parts = &model.parts;
        if !parts.lexicon.is_sorted_by(|one, other| hash(one) < hash(other)) {
            return error("the lexicon does not rise");
        }
        parts.ensembles.values().try_for_each(Ensemble::check)?;
        Ok(model)
    }

    /// Reads a model file that is part of the program, of which a test proves that it is sound: what of it nobody asks for
    /// is not looked at.
    ///
    /// # Errors
    /// As [`Self::from_bytes`], but for what ensembles and lexicon hold.
    pub(crate) fn shipped(bytes: &'static [u8], features_hash: u64) -> Result<Self> {
        Self::read(Reader { rest: bytes, keep: InPlace }, features_hash)
    }

    fn read<'a>(mut reader: Reader<'a, impl Keep<'a>>, features_hash: u64) -> Result<Self> {
        if reader.take(MAGIC.len())? != MAGIC {
            return error("this is no model file");
        }
        if reader.u32()? != VERSION {
            return error("it is of another version");
        }
        if reader.u64()? != features_hash {
            return error("it was trained on other features");
        }
        // As many as a node can ask for.
        let features = reader.u32()?;
        if features > u32::from(u16::MAX) + 1 {
            return error("it has more features than a tree can ask for");
        }
        let label = reader.text()?;
        let aims = [reader.aim()?, reader.aim()?, reader.aim()?];
        let confidence = reader.knots()?;
        let (lexicon, wording) = (reader.rows()?, reader.rows()?);
        let mut ensembles = BTreeMap::new();
        for _ in 0..reader.length()? {
            let name = reader.text()?;
            if ensembles.last_key_value().is_some_and(|(last, _): (&String, _)| *last >= name) {
                return error("the names of the ensembles do not rise");
            }
            ensembles.insert(name, reader.ensemble(features as usize)?);
        }
        if !reader.rest.is_empty() {
            return error("something follows its end");
        }
        Ok(Self { parts: ModelParts { features_hash, features, label, aims, confidence, lexicon, wording, ensembles } })
    }

    /// What it holds.
    #[must_use]
    pub fn parts(&self) -> &ModelParts {
        &self.parts
    }

    /// The ensemble with this name.
    #[must_use]
    pub fn ensemble(&self, name: &str) -> Option<&Ensemble> {
        self.parts.ensembles.get(name)
    }
}

fn error<T>(reason: &str) -> Result<T> {
    Err(Error::new(ErrorKind::Model, format!("model: {reason}")))
}

/// How the many rows of a file are kept.
trait Keep<'a> {
    fn keep<const N: usize>(&self, rows: &'a [[u8; N]]) -> Rows<N>;
}

/// As a copy.
#[cfg(any(test, feature = "lab"))]
struct Copied;

/// Where they stand.
struct InPlace;

#[cfg(any(test, feature = "lab"))]
impl Keep<'_> for Copied {
    fn keep<const N: usize>(&self, rows: &[[u8; N]]) -> Rows<N> {
        rows.to_vec().into()
    }
}

impl Keep<'static> for InPlace {
    fn keep<const N: usize>(&self, rows: &'static [[u8; N]]) -> Rows<N> {
        rows.into()
    }
}

struct Reader<'a, K> {
    rest: &'a [u8],
    keep: K,
}

impl<'a, K: Keep<'a>> Reader<'a, K> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let Some((head, rest)) = self.rest.split_at_checked(length) else { return error("it ends too early") };
        self.rest = rest;
        Ok(head)
    }

    /// Their number, and so many rows.
    fn rows<const N: usize>(&mut self) -> Result<Rows<N>> {
        let count = self.length()? as usize;
        let rows = self.take(count * N)?.as_chunks().0;
        Ok(self.keep.keep(rows))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32> {
        self.array().map(f32::from_le_bytes)
    }

    fn length(&mut self) -> Result<u32> {
        let length = self.u32()?;
        if length > MOST { error("a length is out of range") } else { Ok(length) }
    }

    fn text(&mut self) -> Result<String> {
        let length = self.length()? as usize;
        match std::str::from_utf8(self.take(length)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => error("a name is not UTF-8"),
        }
    }

    fn aim(&mut self) -> Result<Aim> {
        let aim = Aim { article_beta: self.f32()?, mixed_beta: self.f32()?, floor: self.f32()? };
        if !(0.0..=1.0).contains(&aim.floor) {
            return error("a floor is no probability");
        }
        if ![aim.article_beta, aim.mixed_beta].iter().all(|beta| BETAS.contains(beta)) {
            return error("an aim is out of range");
        }
        Ok(aim)
    }

    fn knots(&mut self) -> Result<Vec<(f32, f32)>> {
        let knots = (0..self.length()?).map(|_| Ok((self.f32()?, self.f32()?))).collect::<Result<Vec<_>>>()?;
        if !knots.iter().all(|(expected, measured)| (0.0..=1.0).contains(expected) && (0.0..=1.0).contains(measured)) {
            return error("a confidence is no share");
        }
        if !knots.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1) {
            return error("the confidence does not rise");
        }
        Ok(knots)
    }

    fn ensemble(&mut self, features: usize) -> Result<Ensemble> {
        let (base, count) = (self.f32()?, self.length()?);
        let trees = (0..count).map(|_| self.rows()).collect::<Result<_>>()?;
        Ok(Ensemble::of(base, features, trees))
    }
}

/// Bytes of an entry of the lexicon.
const ENTRY: usize = 4 + 3;

/// Bytes of a slot of the wording.
const SLOT: usize = 2;

#[cfg(any(test, feature = "lab"))]
fn hash(entry: &[u8; ENTRY]) -> u32 {
    let [hash @ .., _, _, _] = *entry;
    u32::from_le_bytes(hash)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::trees::{NODE, Node};
    use super::{Aim, Ensemble, Model, ModelParts};

    fn parts() -> ModelParts {
        let leaf = |at, value| Node { feature: 0, left: at, right: at, threshold: 0.0, value };
        let root = Node { feature: 1, left: 1, right: 2, threshold: 0.5, value: 0.1 };
        let ensemble = Ensemble::new(&[vec![root, leaf(1, -1.0), leaf(2, 1.0)]], 0.2, 3).expect("sound tree");
        ModelParts {
            features_hash: 7,
            features: 3,
            label: "test".to_owned(),
            aims: [0.5, 1.0, 2.0].map(|beta| Aim { article_beta: beta, mixed_beta: beta, floor: 0.1 }),
            confidence: vec![(0.1, 0.2), (0.9, 0.95)],
            lexicon: vec![[9, 0, 0, 0, 1, 0xfe, 0x80], [0, 1, 0, 0, 0, 0, 0]].into(),
            wording: vec![[1, 2], [3, 255]].into(),
            ensembles: BTreeMap::from([("html".to_owned(), ensemble)]),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let model = Model::from_bytes(&parts().to_bytes(), 7).expect("a sound file");
        assert_eq!(*model.parts(), parts());
    }

    #[test]
    fn every_truncation_and_every_flipped_byte_is_rejected_or_read_without_panic() {
        let bytes = parts().to_bytes();
        for end in 0..bytes.len() {
            assert!(Model::from_bytes(&bytes[..end], 7).is_err(), "cut at {end}");
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xff;
            if let Ok(model) = Model::from_bytes(&damaged, 7) {
                assert_eq!(model.parts().to_bytes(), damaged, "byte {at} was not read as written");
            }
        }
    }

    #[test]
    fn a_confidence_that_does_not_rise_is_rejected() {
        for knots in [vec![(0.5, 0.6), (0.5, 0.7)], vec![(0.2, 0.6), (0.5, 0.5)], vec![(0.2, f32::NAN)]] {
            let parts = ModelParts { confidence: knots, ..parts() };
            assert!(Model::from_bytes(&parts.to_bytes(), 7).is_err(), "{:?}", parts.confidence);
        }
    }

    #[test]
    fn a_lexicon_that_does_not_rise_is_rejected() {
        let entries = [[9, 0, 0, 0, 1, 1, 1], [0, 1, 0, 0, 2, 2, 2]];
        for order in [[1, 0], [0, 0]] {
            let parts = ModelParts { lexicon: order.map(|at: usize| entries[at]).to_vec().into(), ..parts() };
            assert!(Model::from_bytes(&parts.to_bytes(), 7).is_err(), "{:?}", parts.lexicon);
        }
    }

    #[test]
    fn ensembles_whose_names_do_not_rise_are_rejected() {
        let mut two = parts();
        two.ensembles.insert("text".to_owned(), two.ensembles["html"].clone());
        let bytes = two.to_bytes();
        assert!(Model::from_bytes(&bytes, 7).is_ok());
        let first = bytes.windows(4).position(|name| name == b"html").expect("its name");
        for name in [b"zzzz", b"text"] {
            let mut damaged = bytes.clone();
            damaged[first..first + 4].copy_from_slice(name);
            assert!(Model::from_bytes(&damaged, 7).is_err());
        }
    }

    #[test]
    fn a_damaged_ensemble_says_nothing_where_it_is_not_checked() {
        let mut bytes = parts().to_bytes();
        // The root's left child becomes the root.
        let root = bytes.len() - 3 * NODE;
        bytes[root + 2] = 0;
        assert!(Model::from_bytes(&bytes, 7).is_err());
        let model = Model::shipped(bytes.leak(), 7).expect("the rest is sound");
        assert_eq!(model.ensemble("html").expect("an ensemble").score(&[0.0; 3]), 0.2);
    }

    #[test]
    fn other_features_are_rejected() {
        let error = Model::from_bytes(&parts().to_bytes(), 8).expect_err("another feature table");
        assert_eq!(error.to_string(), "model: it was trained on other features");
    }
}
