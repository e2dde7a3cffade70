//! The inner nodes of many trees as tests, asked feature by feature.
//!
//! Rows are taken in tiles of a fixed size. Of each feature the tests stand in the order of their thresholds: those
//! below the least value of a tile are the same for all of its rows, those from the greatest on rule nothing out, and
//! only those in between are compared with each row. Neighbouring blocks are alike, so that most tests lie on one side.

use std::mem::replace;

/// Rows that are asked together: what remains of them fills four vectors of four.
pub(super) const TILE: usize = 16;

/// Leaves that a tree may have: one bit each.
pub(super) const LEAVES: usize = u32::BITS as usize;

/// The scores of a tree's leaves from left to right, zeros beyond them.
pub(super) type Leaves = [f32; LEAVES];

/// An inner node: which leaves of its tree remain for a row whose value is above the threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Test {
    pub(super) threshold: f32,
    pub(super) remaining: u32,
    pub(super) tree: u16,
    pub(super) feature: u16,
}

/// Tests in the order of their features and thresholds.
#[derive(Debug, Clone, Default)]
pub(super) struct Tests {
    tests: Vec<Test>,
    /// The features that are asked for, each with its first test and one past its last.
    features: Vec<(usize, usize, usize)>,
}

impl Tests {
    pub(super) fn of(tests: &[Test]) -> Self {
        // By feature first, of which each has a dozen tests: to sort all of them at once takes a tenth of a run on a letter.
        let count = tests.iter().map(|test| usize::from(test.feature) + 1).max().unwrap_or(0);
        let mut ends = vec![0; count + 1];
        tests.iter().for_each(|test| ends[usize::from(test.feature) + 1] += 1);
        (0..count).for_each(|feature| ends[feature + 1] += ends[feature]);
        let mut sorted = tests.to_vec();
        for test in tests {
            let place = &mut ends[usize::from(test.feature)];
            sorted[*place] = *test;
            *place += 1;
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let asked =
            (0..count).zip(starts.zip(ends.iter().copied())).map(|(feature, (start, end))| (feature, start, end));
        let features: Vec<_> = asked.filter(|(_, start, end)| start < end).collect();
        for (_, start, end) in &features {
            sorted[*start..*end].sort_unstable_by(|one, other| one.threshold.total_cmp(&other.threshold));
        }
        Self { tests: sorted, features }
    }

    /// The features that are asked for, each with its tests.
    pub(super) fn by_feature(&self) -> impl Iterator<Item = (usize, &[Test])> {
        let of = |(feature, start, end): &(usize, usize, usize)| {
            (*feature, self.tests.get(*start..*end).unwrap_or_default())
        };
        self.features.iter().map(of)
    }
}

/// Which leaves remain for the rows of a tile.
pub(super) struct Board {
    /// Of each tree what is left to all rows.
    shared: Vec<u32>,
    /// Of each tree what is left to each row.
    own: Vec<[u32; TILE]>,
}

/// All leaves of a tree.
const ALL: u32 = u32::MAX;

impl Board {
    /// For so many trees.
    pub(super) fn of(trees: usize) -> Self {
        Self { shared: vec![ALL; trees], own: vec![[ALL; TILE]; trees] }
    }

    /// Asks the tests of one feature, of which these are the values, up to [`TILE`].
    pub(super) fn ask(&mut self, tests: &[Test], column: &[f32]) {
        let values = column.first_chunk().copied().unwrap_or_else(|| filled(column));
        let (least, most) = bounds(&values);
        let mut tests = tests.iter().take_while(|test| test.threshold < most);
        for test in tests.by_ref() {
            if test.threshold < least {
                if let Some(shared) = self.shared.get_mut(usize::from(test.tree)) {
                    *shared &= test.remaining;
                }
            } else if let Some(own) = self.own.get_mut(usize::from(test.tree)) {
                narrow(own, &values, test);
            }
        }
    }

    /// Adds the scores of the leaves at which the rows arrive, tree by tree, and begins a new tile.
    pub(super) fn add(&mut self, leaves: &[Leaves], out: &mut [f32]) {
        let mut scores = filled(out);
        for ((leaves, shared), own) in leaves.iter().zip(&mut self.shared).zip(&mut self.own) {
            let (shared, own) = (replace(shared, ALL), replace(own, [ALL; TILE]));
            for row in 0..TILE {
                scores[row] += leaves[first(own[row] & shared)];
            }
        }
        out.iter_mut().zip(scores).for_each(|(place, score)| *place = score);
    }
}

/// The number of the first leaf that remains, of which there always is one.
fn first(remaining: u32) -> usize {
    // That it is one of those there are spares comparisons.
    (remaining | 1 << (u32::BITS - 1)).trailing_zeros() as usize
}

/// A tile that is not full, and behind it what changes no bounds.
fn filled(column: &[f32]) -> [f32; TILE] {
    let mut values = [column.first().copied().unwrap_or_default(); TILE];
    values.iter_mut().zip(column).for_each(|(value, given)| *value = *given);
    values
}

/// The least and the greatest of a tile's values, without an upper bound where one is no number and so above all
/// thresholds. In lanes and without `min`, so that it becomes vector instructions.
fn bounds(values: &[f32; TILE]) -> (f32, f32) {
    const LANES: usize = 4;
    let lesser = |a: f32, b: f32| if a < b { a } else { b };
    let greater = |a: f32, b: f32| if a > b { a } else { b };
    let (mut least, mut most, mut nans) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES], [0_u32; LANES]);
    for values in values.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            least[lane] = lesser(values[lane], least[lane]);
            most[lane] = greater(values[lane], most[lane]);
            nans[lane] |= u32::from(values[lane].is_nan());
        }
    }
    let all = |lanes: [f32; LANES], of: fn(f32, f32) -> f32| of(of(lanes[0], lanes[1]), of(lanes[2], lanes[3]));
    let has_nan = nans.into_iter().fold(0, |all, lane| all | lane) != 0;
    (all(least, lesser), if has_nan { f32::INFINITY } else { all(most, greater) })
}

/// Rules out leaves of every row of a tile by one test. Indices and no branch: so it becomes vector instructions.
#[inline(always)]
#[allow(clippy::needless_range_loop)]
fn narrow(remaining: &mut [u32; TILE], values: &[f32; TILE], test: &Test) {
    for row in 0..TILE {
        // All bits where the row goes to the left.
        let left = u32::from(values[row] <= test.threshold).wrapping_neg();
        remaining[row] &= left | test.remaining;
    }
}
