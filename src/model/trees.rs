//! An ensemble of binary decision trees, walked in tiles of rows.

use crate::error::{Error, ErrorKind, Result};

/// Rows that are walked through one tree before the next tree: their columns stay in the cache.
const TILE: usize = 64;

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
pub type Tree = Vec<Node>;

/// Trees whose scores add up to log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    nodes: Vec<Node>,
    /// The first node of each tree.
    roots: Vec<u32>,
    /// Added to the sum of the trees.
    base: f32,
}

impl Ensemble {
    /// Checks the trees and joins them.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] for a node that is not a leaf and whose children do not come after it, for a feature that
    /// does not exist, and for a number that is not finite.
    pub fn new(trees: &[Tree], base: f32, features: usize) -> Result<Self> {
        let mut ensemble = Self { nodes: Vec::new(), roots: Vec::new(), base };
        let finite = base.is_finite();
        for tree in trees {
            check(tree, features)?;
            ensemble.roots.push(ensemble.nodes.len() as u32);
            ensemble.nodes.extend_from_slice(tree);
        }
        if finite { Ok(ensemble) } else { Err(Error::new(ErrorKind::Model, "model: the base is not finite")) }
    }

    /// The trees, as they were given.
    pub fn trees(&self) -> impl Iterator<Item = &[Node]> {
        let ends = self.roots.iter().skip(1).map(|root| *root as usize).chain([self.nodes.len()]);
        self.roots.iter().zip(ends).map(|(start, end)| self.nodes.get(*start as usize..end).unwrap_or_default())
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
        let mut scores = vec![self.base; rows];
        for (tile, out) in scores.chunks_mut(TILE).enumerate() {
            for tree in self.trees() {
                for (offset, score) in out.iter_mut().enumerate() {
                    let row = tile * TILE + offset;
                    *score += leaf(tree, |feature| columns.get(feature * rows + row).copied().unwrap_or(0.0));
                }
            }
        }
        scores
    }

    /// The score of a single row of `[features]` values, in log-odds.
    #[must_use]
    pub fn score(&self, values: &[f32]) -> f32 {
        let value = |feature: usize| values.get(feature).copied().unwrap_or(0.0);
        self.base + self.trees().map(|tree| leaf(tree, value)).sum::<f32>()
    }

    /// What each feature added to the score of one row, in log-odds: the changes of the mean score along its paths
    /// (Saabas 2014). `add` is called with a feature and its part.
    pub fn attribute(&self, columns: &[f32], rows: usize, row: usize, mut add: impl FnMut(usize, f32)) {
        for tree in self.trees() {
            let mut at = 0;
            while let Some(node) = tree.get(at) {
                let next = child(node, |feature| columns.get(feature * rows + row).copied().unwrap_or(0.0));
                if next == at {
                    break;
                }
                let after = tree.get(next).map_or(node.value, |node| node.value);
                add(usize::from(node.feature), after - node.value);
                at = next;
            }
        }
    }
}

fn child(node: &Node, value: impl Fn(usize) -> f32) -> usize {
    usize::from(if value(usize::from(node.feature)) <= node.threshold { node.left } else { node.right })
}

/// Children come after their parents, so this ends.
fn leaf(tree: &[Node], value: impl Fn(usize) -> f32) -> f32 {
    let mut at = 0;
    while let Some(node) = tree.get(at) {
        let next = child(node, &value);
        if next == at {
            return node.value;
        }
        at = next;
    }
    0.0
}

fn check(tree: &[Node], features: usize) -> Result<()> {
    let error = |reason: &str| Err(Error::new(ErrorKind::Model, format!("model: {reason}")));
    if tree.is_empty() || tree.len() > usize::from(u16::MAX) {
        return error("a tree has no nodes, or too many");
    }
    for (at, node) in tree.iter().enumerate() {
        let (left, right) = (usize::from(node.left), usize::from(node.right));
        let is_leaf = left == at && right == at;
        if !is_leaf && (left <= at || right <= at || left >= tree.len() || right >= tree.len()) {
            return error("a node's children do not come after it");
        }
        if usize::from(node.feature) >= features {
            return error("a node asks for a feature that does not exist");
        }
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
