//! Frames: how a plain newsletter draws a box around a piece, and how it sets a heading apart.

use super::Line;
use super::nearly::{Draw, RULES, rule};

/// Columns of a rule that was drawn for a box.
const LEAST: usize = 20;
const MORE: usize = 50;

/// Signs that rules are drawn with.
const SIGNS: [&str; 7] = ["-", "=", "*", "~", "+", "_", ":"];

/// A piece with a frame around it, with rules over or under it, or alone, and a blank line after it.
pub(super) fn framed(piece: Vec<Line>, draw: &mut Draw<'_>) -> Vec<Line> {
    if piece.is_empty() {
        return piece;
    }
    let drawn = SIGNS[draw.below(SIGNS.len())].repeat(LEAST + draw.below(MORE));
    let ruled = rule(if draw.percent(70) { &drawn } else { RULES[draw.below(RULES.len())] });
    let mut lines = match draw.below(10) {
        0..3 => piece,
        3 => [ruled].into_iter().chain(piece).collect(),
        4 => piece.into_iter().chain([ruled]).collect(),
        5 => boxed(&piece),
        _ => [ruled.clone()].into_iter().chain(piece).chain([ruled]).collect(),
    };
    lines.push(Line::blank());
    lines
}

/// A piece in a box of bars.
fn boxed(piece: &[Line]) -> Vec<Line> {
    let width = piece.iter().map(|line| line.text.chars().count()).max().unwrap_or(0);
    let side = rule(&format!("+{}+", "-".repeat(width + 2)));
    let row = |line: &Line| {
        let pad = " ".repeat(width - line.text.chars().count());
        Line { text: format!("| {}{pad} |", line.text), label: line.label }
    };
    [side.clone()].into_iter().chain(piece.iter().map(row)).chain([side]).collect()
}

/// The headline of an item, in one of eight styles.
pub(super) fn heading(title: &str, number: usize, style: usize) -> Vec<Line> {
    let head = |text: String| Line::new(text, 1.0);
    let under = |sign: &str| rule(&sign.repeat(title.chars().count().max(3)));
    match style {
        0 => vec![head(title.to_uppercase())],
        1 => vec![head(format!("{number}. {title}"))],
        2 => vec![head(title.to_owned()), under("-")],
        3 => vec![head(format!("* {title}"))],
        4 => vec![under("="), head(title.to_owned()), under("=")],
        5 => boxed(&[head(title.to_owned())]),
        _ => vec![head(title.to_owned())],
    }
}

#[cfg(test)]
mod tests {
    use super::{boxed, framed, heading};
    use crate::truncate::Random;
    use crate::worlds::{Draw, Line};

    #[test]
    fn a_frame_keeps_what_it_is_drawn_around_and_its_labels() {
        let piece = vec![Line::new("Tide tables,", 0.1), Line::new("half price", 0.1)];
        let mut random = Random::new("frames");
        for _ in 0..40 {
            let lines = framed(piece.clone(), &mut Draw(&mut random));
            let said: Vec<&str> =
                lines.iter().filter(|line| line.label == Some(0.1)).map(|l| l.text.as_str()).collect();
            assert!(said.len() == 2 && said[0].contains("Tide tables,") && said[1].contains("half price"), "{said:?}");
            assert!(lines.len() <= 5 && lines.iter().filter(|line| line.label.is_some()).count() == 2);
        }
        let rows: Vec<String> = boxed(&piece).into_iter().map(|line| line.text).collect();
        assert_eq!(rows, ["+--------------+", "| Tide tables, |", "| half price   |", "+--------------+"]);
    }

    #[test]
    fn headings_differ_by_style_and_stay_main_content() {
        for style in 0..8 {
            let lines = heading("High water", 3, style);
            let labelled: Vec<&Line> = lines.iter().filter(|line| line.label.is_some()).collect();
            assert!(labelled.len() == 1 && labelled[0].label == Some(1.0), "{style}");
            assert!(labelled[0].text.to_lowercase().contains("high water"));
        }
    }
}
