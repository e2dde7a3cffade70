//! An ensemble of binary decision trees, asked for many rows at a time.
//!
//! A tree is not walked but answered as a whole (QuickScorer, Lucchese et al. 2015): every inner node that sends a row to
//! the right rules out the leaves to its left, and of those that remain the leftmost is where the row arrives. The nodes of
//! all trees are asked feature by feature ([`super::board`]).

use std::sync::OnceLock;

use super::board::{Board, LEAVES, Leaves, TILE, Test, Tests};
use crate::error::{Error, ErrorKind, Result};
use crate::rows::Rows;

/// Bytes of a node: its fields in their order.
pub(super) const NODE: usize = 3 * 2 + 2 * 4;

/// One node. Children are numbers of nodes of the same tree; a leaf has itself as both children.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// The column that is asked for.
    pub feature: u16,
    /// Where to go on when the value is at most the threshold.
    pub left: u16,
    /// Where to go on otherwise.
    pub right: u16,
    /// The threshold; unused in a leaf.
    pub threshold: f32,
    /// The score of a leaf; in an inner node the mean score of what passes through it, for explanations.
    pub value: f32,
}

/// Nodes of one tree, the root first, every child after its parent.
#[cfg(any(test, feature = "lab"))]
pub type Tree = Vec<Node>;

/// Trees whose scores add up to log-odds.
#[derive(Debug, Clone)]
pub struct Ensemble {
    /// The nodes of each tree.
    trees: Vec<Rows<NODE>>,
    /// Added to the sum of the trees.
    base: f32,
    /// How many columns there are.
    features: usize,
    /// The trees as they are asked, once they are: a run asks one ensemble of many.
    asked: OnceLock<Asked>,
}

/// Trees, checked, in the form in which rows are held against them. Without any tree they say nothing.
#[derive(Debug, Clone, Default)]
struct Asked {
    /// The inner nodes of all trees.
    tests: Tests,
    /// The leaves of each tree.
    leaves: Vec<Leaves>,
    /// The features that are asked for, in order.
    features: Vec<usize>,
}

impl PartialEq for Ensemble {
    fn eq(&self, other: &Self) -> bool {
        // All else follows from these.
        (self.base, self.features, &self.trees) == (other.base, other.features, &other.trees)
    }
}

impl Asked {
    fn of(trees: &[Rows<NODE>], features: usize) -> Result<Self> {
        let mut is_asked = vec![false; features];
        let mut tests = Vec::with_capacity(trees.iter().map(|tree| tree.len() / 2).sum());
        let mut leaves = Vec::with_capacity(trees.len());
        let mut steps = Vec::new();
        for (number, tree) in trees.iter().enumerate() {
            check(tree, &mut is_asked)?;
            let Ok(number) = u16::try_from(number) else { return error("more than 65536 trees") };
            leaves.push(add_tests(tree, number, &mut steps, &mut tests)?);
        }
        let features = (0..features).filter(|feature| is_asked[*feature]).collect();
        Ok(Self { tests: Tests::of(&tests), leaves, features })
    }
}

impl Ensemble {
    /// Checks the trees and joins them.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] for a node that is not a leaf and whose children do not come after it, for a feature that
    /// does not exist, for a number that is not finite, and for a tree of more than 32 leaves.
    #[cfg(any(test, feature = "lab"))]
    pub fn new(trees: &[Tree], base: f32, features: usize) -> Result<Self> {
        let rows = |tree: &Tree| tree.iter().copied().map(Node::to_row).collect();
        let ensemble = Self::of(base, features, trees.iter().map(rows).collect());
        ensemble.check().map(|()| ensemble)
    }

    /// Joins trees. They are checked when they are first asked, and say nothing if they are damaged.
    pub(super) fn of(base: f32, features: usize, trees: Vec<Rows<NODE>>) -> Self {
        Self { trees, base, features, asked: OnceLock::new() }
    }

    /// Checks the trees.
    ///
    /// # Errors
    /// As [`Self::new`].
    #[cfg(any(test, feature = "lab"))]
    pub(super) fn check(&self) -> Result<()> {
        if !self.base.is_finite() {
            return error("the base is not finite");
        }
        Asked::of(&self.trees, self.features).map(drop)
    }

    fn asked(&self) -> &Asked {
        self.asked.get_or_init(|| Asked::of(&self.trees, self.features).unwrap_or_default())
    }

    /// The rows of the nodes of each tree, as they were given.
    #[cfg(any(test, feature = "lab"))]
    pub(super) fn trees(&self) -> &[Rows<NODE>] {
        &self.trees
    }

    /// What is added to the sum of the trees.
    #[cfg(any(test, feature = "lab"))]
    #[must_use]
    pub fn base(&self) -> f32 {
        self.base
    }

    /// The score of every row, in log-odds. `columns` is `[features x rows]`, column-major.
    #[must_use]
    pub fn scores(&self, columns: &[f32], rows: usize) -> Vec<f32> {
        let Asked { tests, leaves, .. } = self.asked();
        let mut board = Board::of(leaves.len());
        let mut scores = vec![self.base; rows];
        for (number, out) in scores.chunks_mut(TILE).enumerate() {
            for (feature, tests) in tests.by_feature() {
                let start = feature * rows + number * TILE;
                board.ask(tests, columns.get(start..start + out.len()).unwrap_or_default());
            }
            board.add(leaves, out);
        }
        scores
    }

    /// The score of a single row of `[features]` values, in log-odds.
    #[must_use]
    pub fn score(&self, values: &[f32]) -> f32 {
        self.scores(values, 1).first().copied().unwrap_or(self.base)
    }

    /// The features that its trees ask for, in order.
    #[must_use]
    pub fn features(&self) -> &[usize] {
        &self.asked().features
    }

    /// What each feature added to the score of one row, in log-odds: the changes of the mean score along its paths
    /// (Saabas 2014). `add` is called with a feature and its part.
    pub fn attribute(&self, columns: &[f32], rows: usize, row: usize, mut add: impl FnMut(usize, f32)) {
        // Of damaged trees there are no leaves.
        for (tree, _) in self.trees.iter().zip(&self.asked().leaves) {
            let node = |at: usize| tree.get(at).map(Node::of_row);
            let mut at = 0;
            while let Some(here) = node(at) {
                let next = child(&here, |feature| columns.get(feature * rows + row).copied().unwrap_or(0.0));
                if next == at {
                    break;
                }
                let after = node(next).map_or(here.value, |node| node.value);
                add(usize::from(here.feature), after - here.value);
                at = next;
            }
        }
    }
}

/// A node on the way through a tree, or a test that waits for the end of its left side, which began at a leaf.
#[derive(Debug, Clone, Copy)]
enum Step {
    Down(u16),
    Left { test: usize, from: usize },
}

/// Adds the tests of a tree that was checked, with its number; returns its leaves from left to right. `steps` is empty,
/// and again in the end.
fn add_tests(tree: &[[u8; NODE]], number: u16, steps: &mut Vec<Step>, tests: &mut Vec<Test>) -> Result<Leaves> {
    let (mut leaves, mut count) = ([0.0; LEAVES], 0);
    steps.push(Step::Down(0));
    while let Some(step) = steps.pop() {
        match step {
            Step::Down(at) => {
                let Node { feature, left, right, threshold, value } = Node::of_row(&tree[usize::from(at)]);
                if left != at {
                    steps.extend([Step::Down(right), Step::Left { test: tests.len(), from: count }, Step::Down(left)]);
                    tests.push(Test { threshold, remaining: u32::MAX, tree: number, feature });
                    continue;
                }
                let Some(leaf) = leaves.get_mut(count) else { return error("a tree has more than 32 leaves") };
                *leaf = value;
                count += 1;
            }
            Step::Left { test, from } => {
                let until = |leaf: usize| (1_u64 << leaf) - 1;
                tests[test].remaining = !(until(count) & !until(from)) as u32;
            }
        }
    }
    Ok(leaves)
}

impl Node {
    /// The node in so many bytes.
    fn of_row(row: &[u8; NODE]) -> Self {
        let [feature, more, left, of_left, right, of_right, a, b, c, d, e, f, g, h] = *row;
        Self {
            feature: u16::from_le_bytes([feature, more]),
            left: u16::from_le_bytes([left, of_left]),
            right: u16::from_le_bytes([right, of_right]),
            threshold: f32::from_le_bytes([a, b, c, d]),
            value: f32::from_le_bytes([e, f, g, h]),
        }
    }

    #[cfg(any(test, feature = "lab"))]
    fn to_row(self) -> [u8; NODE] {
        let [[feature, more], [left, of_left], [right, of_right]] =
            [self.feature, self.left, self.right].map(u16::to_le_bytes);
        let [[a, b, c, d], [e, f, g, h]] = [self.threshold, self.value].map(f32::to_le_bytes);
        [feature, more, left, of_left, right, of_right, a, b, c, d, e, f, g, h]
    }

    fn is_leaf(&self, at: usize) -> bool {
        usize::from(self.left) == at && usize::from(self.right) == at
    }
}

fn child(node: &Node, value: impl Fn(usize) -> f32) -> usize {
    usize::from(if value(usize::from(node.feature)) <= node.threshold { node.left } else { node.right })
}

fn error<T>(reason: &str) -> Result<T> {
    Err(Error::new(ErrorKind::Model, format!("model: {reason}")))
}

/// Checks a tree and notes which features it asks for.
fn check(tree: &[[u8; NODE]], is_asked: &mut [bool]) -> Result<()> {
    if tree.is_empty() || tree.len() > usize::from(u16::MAX) {
        return error("a tree has no nodes, or too many");
    }
    for (at, node) in tree.iter().map(Node::of_row).enumerate() {
        let (left, right) = (usize::from(node.left), usize::from(node.right));
        let is_inner = !node.is_leaf(at);
        if is_inner && (left <= at || right <= at || left >= tree.len() || right >= tree.len()) {
            return error("a node's children do not come after it");
        }
        let Some(is_asked) = is_asked.get_mut(usize::from(node.feature)) else {
            return error("a node asks for a feature that does not exist");
        };
        *is_asked |= is_inner;
        if !(node.threshold.is_finite() && node.value.is_finite()) {
            return error("a number is not finite");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Ensemble, Node};

    fn inner(feature: u16, threshold: f32, left: u16, right: u16) -> Node {
        Node { feature, left, right, threshold, value: 0.0 }
    }

    fn end(at: u16, value: f32) -> Node {
        Node { feature: 0, left: at, right: at, threshold: 0.0, value }
    }

    #[test]
    fn scores_add_up_over_trees_and_tiles() {
        let first = vec![inner(0, 1.5, 1, 2), end(1, -1.0), inner(1, 0.0, 3, 4), end(3, 2.0), end(4, 4.0)];
        let second = vec![end(0, 0.25)];
        let ensemble = Ensemble::new(&[first, second], 0.5, 2).expect("sound trees");
        let rows = 130;
        let mut columns = vec![0.0; 2 * rows];
        (columns[129], columns[rows + 129], columns[70], columns[rows + 70]) = (2.0, 1.0, 1.6, -1.0);
        let scores = ensemble.scores(&columns, rows);
        assert_eq!((scores[0], scores[70], scores[129]), (-0.25, 2.75, 4.75));
    }

    #[test]
    fn attributions_add_up_to_the_score() {
        let tree = vec![inner(0, 1.5, 1, 2), end(1, -1.0), inner(1, 0.0, 3, 4), end(3, 2.0), end(4, 4.0)];
        let ensemble = Ensemble::new(&[tree], 0.0, 2).expect("sound tree");
        let mut parts = [0.0; 2];
        ensemble.attribute(&[3.0, 1.0], 1, 0, |feature, part| parts[feature] += part);
        assert_eq!(parts, [0.0, 4.0]);
    }

    #[test]
    fn every_row_arrives_at_the_leaf_to_which_the_nodes_lead() {
        // Three levels and a chain to the left and to the right, over values on and beside the thresholds.
        let tree = vec![
            inner(0, 1.0, 1, 4),
            inner(1, 1.0, 2, 3),
            inner(0, 0.0, 5, 6),
            end(3, 3.0),
            inner(1, 2.0, 7, 8),
            end(5, 5.0),
            end(6, 6.0),
            end(7, 7.0),
            inner(0, 2.0, 9, 10),
            end(9, 9.0),
            end(10, 10.0),
        ];
        let ensemble = Ensemble::new(std::slice::from_ref(&tree), 0.0, 2).expect("a sound tree");
        let steps = [-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5];
        let rows: Vec<[f32; 2]> = steps.iter().flat_map(|a| steps.map(|b| [*a, b])).collect();
        let columns: Vec<f32> = (0..2).flat_map(|feature| rows.iter().map(move |row| row[feature])).collect();
        let walked = |row: &[f32; 2]| {
            let mut at = 0;
            while !tree[at].is_leaf(at) {
                at = super::child(&tree[at], |feature| row[feature]);
            }
            tree[at].value
        };
        assert_eq!(ensemble.scores(&columns, rows.len()), rows.iter().map(walked).collect::<Vec<_>>());
        assert_eq!(ensemble.features(), [0, 1]);
    }

    #[test]
    fn a_tree_of_too_many_leaves_is_rejected() {
        let chain = |leaves: u16| -> Vec<Node> {
            let pair = |at: u16| [inner(0, 0.0, 2 * at + 1, 2 * at + 2), end(2 * at + 1, 1.0)];
            (0..leaves - 1).flat_map(pair).chain([end(2 * leaves - 2, 1.0)]).collect()
        };
        assert!(Ensemble::new(&[chain(32)], 0.0, 1).is_ok());
        assert!(Ensemble::new(&[chain(33)], 0.0, 1).is_err());
    }

    #[test]
    fn damaged_trees_are_rejected() {
        let nan = Node { value: f32::NAN, ..end(0, 0.0) };
        let cases = [
            vec![],
            vec![inner(0, 0.0, 0, 1), end(1, 0.0)],
            vec![inner(0, 0.0, 1, 2), end(1, 0.0)],
            vec![inner(9, 0.0, 1, 2), end(1, 0.0), end(2, 0.0)],
            vec![nan],
        ];
        for tree in cases {
            assert!(Ensemble::new(std::slice::from_ref(&tree), 0.0, 2).is_err(), "{tree:?}");
        }
    }
}
