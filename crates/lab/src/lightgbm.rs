//! Reads the text format in which LightGBM 4 saves a model: numerical splits of single-output trees, no missing values.

use unboil::lab::{Ensemble, Feature, Node, Tree};

use crate::error::Result;

/// The ensemble of a saved model over these features, with what is added to its scores.
pub(crate) fn read(text: &str, base: f32, features: &[Feature]) -> Result<Ensemble> {
    let names: Vec<&str> = field(text, "feature_names")?.split(' ').collect();
    let expected: Vec<&str> = features.iter().map(|feature| feature.name).collect();
    if names != expected {
        return Err("the model was trained on other features".into());
    }
    let trees: Vec<Tree> = text.split("\nTree=").skip(1).map(tree).collect::<Result<_>>()?;
    Ok(Ensemble::new(&trees, base, expected.len())?)
}

fn field<'t>(text: &'t str, name: &str) -> Result<&'t str> {
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    found.ok_or_else(|| format!("{name} is missing").into())
}

fn numbers<T: std::str::FromStr>(text: &str, name: &str) -> Result<Vec<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let values = field(text, name)?.split_ascii_whitespace();
    values.map(|value| value.parse::<T>().map_err(Into::into)).collect()
}

/// One tree: the inner nodes first, in LightGBM's order, where children come after their parents; then the leaves.
fn tree(text: &str) -> Result<Tree> {
    let leaves: Vec<f64> = numbers(text, "leaf_value")?;
    if leaves.len() == 1 {
        return Ok(vec![leaf(0, leaves[0])]);
    }
    let features: Vec<u16> = numbers(text, "split_feature")?;
    let thresholds: Vec<f64> = numbers(text, "threshold")?;
    let decisions: Vec<u8> = numbers(text, "decision_type")?;
    let (left, right): (Vec<i32>, Vec<i32>) = (numbers(text, "left_child")?, numbers(text, "right_child")?);
    let values: Vec<f64> = numbers(text, "internal_value")?;
    if decisions.iter().any(|decision| decision & 1 != 0) {
        return Err("a categorical split".into());
    }
    // A negative child is the bitwise complement of a leaf's number.
    let child = |child: i32| if child < 0 { features.len() + !child as usize } else { child as usize } as u16;
    let inner = (0..features.len()).map(|at| Node {
        feature: features[at],
        left: child(left[at]),
        right: child(right[at]),
        threshold: down(thresholds[at]),
        value: values[at] as f32,
    });
    let ends = leaves.iter().enumerate().map(|(at, value)| leaf(features.len() + at, *value));
    Ok(inner.chain(ends).collect())
}

fn leaf(at: usize, value: f64) -> Node {
    Node { feature: 0, left: at as u16, right: at as u16, threshold: 0.0, value: value as f32 }
}

/// The largest `f32` that is not above a threshold: for a feature of 32 bits both say the same.
fn down(threshold: f64) -> f32 {
    let near = threshold as f32;
    if f64::from(near) > threshold { near.next_down() } else { near }
}

#[cfg(test)]
mod tests {
    use super::down;

    #[test]
    fn thresholds_are_rounded_down() {
        let between = f64::from(0.1_f32) - 1e-10;
        assert!(f64::from(down(between)) <= between);
        assert_eq!(down(f64::from(0.1_f32)), 0.1_f32);
    }
}
