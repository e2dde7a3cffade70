//! Code in a nearly clean text: patches, commands, programs. It looks like nothing the model takes for an article, and no
//! pattern names it, so it is protected, with what stands between it and the prose above.

use crate::features::lines::{LineFacts, Unit};

/// The least score of a protected unit.
const PROTECTED: f32 = 1.0;

/// Units without a name between prose or code and the next code that belong to it, such as a list of changed files.
const REACH: usize = 3;

/// What begins a line of code, of a patch or of a session in a terminal.
const BEGINNINGS: [&str; 14] = [
    "diff --git ",
    "@@ ",
    "+++ ",
    "--- ",
    "index ",
    "$ ",
    ">>> ",
    "#include",
    "#!/",
    "import ",
    "def ",
    "fn ",
    "</",
    "<?",
];

/// Raises the scores of code.
pub(super) fn protect(units: &[Unit<'_>], facts: &LineFacts, scores: &mut [f32]) {
    let code: Vec<bool> = units.iter().map(|unit| is_code(&unit.text)).collect();
    let mut next_code = usize::MAX;
    let mut protected = vec![false; units.len()];
    for unit in (0..units.len()).rev() {
        if code[unit] {
            next_code = unit;
        }
        protected[unit] = facts.strength(unit) == 0 && next_code.saturating_sub(unit) <= REACH;
    }
    for unit in 1..units.len() {
        // A bare number after code: the version that signs a patch, or output.
        let is_number = !units[unit].text.chars().any(char::is_alphabetic);
        protected[unit] |= is_number && protected[unit - 1];
    }
    let raised = scores.iter_mut().zip(&protected).filter(|(_, protected)| **protected);
    raised.for_each(|(score, _)| *score = score.max(PROTECTED));
}

/// Whether a line reads like code.
fn is_code(text: &str) -> bool {
    let ends = [";", "{", "}", "()", "\\"].iter().any(|end| text.ends_with(end));
    let holds = ["();", " => ", " == ", "->", " := ", " && ", " || "].iter().any(|sign| text.contains(sign));
    let begins = BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    let changed = text.starts_with(['+', '-']) && !text.starts_with("- ") && text.len() > 1 && !text.starts_with("--");
    ends || holds || begins || changed && text.contains(['(', ')', '=', ';', '{', '}'])
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn code_is_told_from_prose() {
        for text in
            ["return mark / 10;", "int depth(int mark) {", "@@ -10,7 +10,7 @@", "+ a = (b)", "$ tide --mark outer"]
        {
            assert!(is_code(text), "{text}");
        }
        for text in ["The table gave less.", "- boots that may get wet", "Home > News", "Privacy policy"] {
            assert!(!is_code(text), "{text}");
        }
    }
}
