//! The main run: where the article most likely begins and ends, by prose alone.
//!
//! Blocks get points for prose and lose points for what is not, and where an article, comments, related stories or
//! another headline begin. The stretch with the most points is the main run (measured in the design study: these three
//! features carry all that was gained by thirty about the end of an article).

use std::ops::Range;

use super::facts::Facts;
use super::topics::Topic;
use super::{GroupColumns, group};
use crate::document::{Document, Tag};

group! {
    Run {
        Inside "run.inside" "flag" "The block stands in the main run.",
        PathShare "run.path_share" "share" "The main run's blocks that have this block's path of tags.",
        MainClass "run.main_class" "flag" "The block's path of tags and classes is the one with most words in good blocks.",
    }
}

/// Words of one block beyond which more make no difference.
const MOST_WORDS: f32 = 120.0;
const MOST_OTHER_WORDS: f32 = 25.0;

/// What the beginning of something else costs, in words of prose.
const COMMENTS: f32 = 40.0;
const ARTICLE: f32 = 25.0;
const RELATED: f32 = 25.0;
const HEADLINE: f32 = 30.0;
const HIDDEN: f32 = 5.0;

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let rows = document.blocks.len();
    if rows == 0 {
        return;
    }
    let run = best_run(points(document, facts).into_iter());
    columns.fill(Run::Inside as usize, |b| f32::from(u8::from(run.contains(&b))));
    let mut shares = vec![0.0; rows];
    run.clone().for_each(|block| shares[facts.path_groups[block]] += 1.0 / run.len() as f32);
    columns.fill(Run::PathShare as usize, |b| shares[facts.path_groups[b]]);
    let mut words = vec![0.0; rows];
    for block in (0..rows).filter(|block| facts.good[*block]) {
        words[facts.class_groups[block]] += facts.words(block);
    }
    let main = (0..rows).fold(0, |best, group| if words[group] > words[best] { group } else { best });
    let any = words[main] > 0.0;
    columns.fill(Run::MainClass as usize, |b| f32::from(u8::from(any && facts.class_groups[b] == main)));
}

/// The points of every block.
fn points(document: &Document, facts: &Facts<'_>) -> Vec<f32> {
    let mut points: Vec<f32> = (0..document.blocks.len())
        .map(|block| {
            let words = facts.words(block);
            let own = if facts.good[block] {
                words.min(MOST_WORDS)
            } else {
                -(2.0 + words.min(MOST_OTHER_WORDS) * (0.3 + 0.7 * facts.link_density[block]))
            };
            let headline = facts.heading[block] == 1 && words < 40.0;
            if headline { own - HEADLINE } else { own }
        })
        .collect();
    let mut starts = vec![[false; 3]; points.len()];
    for (element, named) in document.outline.elements.iter().zip(&facts.named) {
        let Some(start) = starts.get_mut(element.blocks.start as usize).filter(|_| !element.blocks.is_empty()) else {
            continue;
        };
        start[0] |= named.has(Topic::Comments);
        start[1] |= element.tag == Tag::Article;
        start[2] |= named.has(Topic::Related);
    }
    for (points, start) in points.iter_mut().zip(starts) {
        let costs = [COMMENTS, ARTICLE, RELATED];
        *points -= start.into_iter().zip(costs).map(|(start, cost)| if start { cost } else { 0.0 }).sum::<f32>();
    }
    for (points, block) in points.iter_mut().zip(&document.blocks) {
        if document.outline.element(block.element).hidden {
            *points = -HIDDEN;
        }
    }
    points
}

/// The stretch with the largest sum; the first of equals.
pub(crate) fn best_run(points: impl Iterator<Item = f32>) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, f32::NEG_INFINITY);
    let (mut start, mut sum) = (0, 0.0);
    for (block, points) in points.enumerate() {
        if sum <= 0.0 {
            (start, sum) = (block, 0.0);
        }
        sum += points;
        if sum > best_sum {
            (best, best_sum) = (start..block + 1, sum);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::best_run;

    #[test]
    fn the_best_run_bridges_small_gaps_only() {
        let cases: [(&[f32], std::ops::Range<usize>); 5] = [
            (&[], 0..0),
            (&[-3.0], 0..1),
            (&[-3.0, 20.0, -5.0, 30.0, -9.0], 1..4),
            (&[20.0, -50.0, 30.0], 2..3),
            (&[10.0, -50.0, 10.0], 0..1),
        ];
        for (points, run) in cases {
            assert_eq!(best_run(points.iter().copied()), run, "{points:?}");
        }
    }
}
