//! Code in a nearly clean text: patches, commands, programs. It looks like nothing the model takes for an article, and no
//! pattern names it, so it is protected, with what stands between it and the prose above.

use memchr::{memchr, memchr2, memchr3};

use crate::features::lines::{LineFacts, Unit};
use crate::features::words_between_spaces;

/// The least score of a protected unit.
pub(super) const PROTECTED: f32 = 1.0;

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

/// What prose never holds.
const SIGNS: [&str; 7] = ["();", " => ", " == ", "->", " := ", " && ", " || "];

/// Whether a text has one of the bytes of which each sign has one; most lines have none.
fn may_hold_sign(text: &str) -> bool {
    memchr3(b';', b'=', b'>', text.as_bytes()).is_some() || memchr2(b'&', b'|', text.as_bytes()).is_some()
}

/// Which units are code.
pub(super) fn find(units: &[Unit<'_>]) -> Vec<bool> {
    // A text of numbers is data; between lines with words a lone one may be anything.
    let is_data = units.iter().filter(|unit| is_number(&unit.text)).count() * 2 > units.len();
    units.iter().map(|unit| is_data && is_number(&unit.text) || is_code(&unit.text)).collect()
}

/// Whether a line has no letter.
fn is_number(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
}

/// A text of which so many of ten lines are code, and no more than so many are sentences, is a program, settings or
/// data as a whole. Comments count as neither.
const CODE_OF_TEN: usize = 6;
const PROSE_OF_TEN: usize = 1;

/// Words of a line that is a sentence.
const SENTENCE_WORDS: usize = 7;

/// Whether a text is a program, settings or data as a whole; `code` tells for each unit whether it is code. Whatever
/// patterns name in it is what it is made of: texts of a form, licences, tests.
pub(super) fn is_program(units: &[Unit<'_>], code: &[bool]) -> bool {
    let (mut all, mut coded) = (0, 0);
    let mut others = Vec::new();
    let mut in_comment = false;
    for (unit, code) in units.iter().zip(code) {
        let text = &*unit.text;
        let has_stroke = memchr(b'/', text.as_bytes()).is_some();
        let is_comment = in_comment || COMMENTS.iter().any(|comment| text.starts_with(comment));
        in_comment = (in_comment || has_stroke && text.contains("/*")) && !(has_stroke && text.contains("*/"));
        if !is_comment {
            all += 1;
            coded += usize::from(*code || is_part_of_code(text));
            others.extend((!*code).then_some(text));
        }
    }
    // Hardly any text comes to the second question, which takes all words to answer.
    all > 0
        && coded * 10 >= all * CODE_OF_TEN
        && others.into_iter().filter(|text| is_sentence(text)).count() * 10 <= all * PROSE_OF_TEN
}

/// What begins a comment in one language or another.
const COMMENTS: [&str; 8] = ["//", "/*", "*", "#", ";", "--", "%", "\"\"\""];

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。', '！', '？']) && words_between_spaces(text) >= SENTENCE_WORDS
}

/// Whether a line that may be anything is code where its neighbours are: brackets, calls, strings, and pairs of a name
/// and a value.
fn is_part_of_code(text: &str) -> bool {
    let is_call = || text.ends_with([')', ':', ',']) && text.contains('(') && !text.contains(" (");
    let is_string = || text.starts_with(['"', '\'']) && text.ends_with(['"', '\'', ',']);
    let is_pair = || {
        let (name, _) = text.split_once(':').unwrap_or_default();
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'.');
        !name.is_empty() && (name.bytes().all(is_plain) || name.starts_with('"') && name.ends_with('"'))
    };
    let colon = memchr(b':', text.as_bytes());
    is_number(text) || colon.is_some() && text.contains("::") || is_call() || is_string() || is_pair()
}

/// Raises the scores of code.
pub(super) fn protect(units: &[Unit<'_>], facts: &LineFacts, code: &[bool], scores: &mut [f32]) {
    let mut next_code = usize::MAX;
    let mut protected = vec![false; units.len()];
    for unit in (0..units.len()).rev() {
        if code[unit] {
            next_code = unit;
        }
        // An address in code may be the weak sign of something else.
        let is_named = facts.strength(unit) > u8::from(code[unit]);
        protected[unit] = !is_named && next_code.saturating_sub(unit) <= REACH;
    }
    for unit in 1..units.len() {
        // A bare number after code: the version that signs a patch, or output.
        protected[unit] |= is_number(&units[unit].text) && protected[unit - 1];
    }
    let raised = scores.iter_mut().zip(&protected).filter(|(_, protected)| **protected);
    raised.for_each(|(score, _)| *score = score.max(PROTECTED));
}

/// Whether a line reads like code.
fn is_code(text: &str) -> bool {
    let ends = [";", "{", "}", "()", "\\"].iter().any(|end| text.ends_with(end));
    let holds = may_hold_sign(text) && SIGNS.iter().any(|sign| text.contains(sign));
    let begins = BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    let changed = text.starts_with(['+', '-']) && !text.starts_with("- ") && text.len() > 1 && !text.starts_with("--");
    ends || holds
        || begins
        || is_setting(text)
        || is_reference(text)
        || changed && text.contains(['(', ')', '=', ';', '{', '}'])
}

/// Whether a line gives a name a value: `limit = 3`.
fn is_setting(text: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter));
    let parts = memchr(b'=', text.as_bytes()).and_then(|_| text.split_once(" = "));
    parts.is_some_and(|(name, value)| !name.is_empty() && is_name(name) && !value.is_empty())
}

/// Whether a line is the address that Markdown puts away under a text: `[notes]: https://tide.example/notes`.
fn is_reference(text: &str) -> bool {
    let parts = text.strip_prefix('[').and_then(|text| text.split_once("]: "));
    parts.is_some_and(|(label, address)| !label.is_empty() && !address.is_empty() && !address.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::{find, is_code, is_program};
    use crate::features::lines::Unit;

    fn units(text: &'static str) -> Vec<Unit<'static>> {
        let unit = |(at, text): (usize, &'static str)| Unit {
            blocks: at..at + 1,
            text: text.trim().into(),
            gap: Default::default(),
        };
        text.lines().enumerate().map(unit).collect()
    }

    #[test]
    fn programs_settings_and_data_are_told_as_a_whole() {
        let programs = [
            "{\"footer\":{\n \"newsletter\": \"Sign up for our newsletter\",\n \"legal\": \"All rights reserved.\"\n}}",
            "# Copyright 2024 Vale Harbour. All rights reserved, wherever the boats may go.\nimport tide\n\ndef mark(at):\n    \
             return tide.level(at)\n",
            "name: ferry\non: push\nsteps:\n- run: make\nshare: true\n",
            "/* The tide\n   is measured at the pier by the harbour office.\n*/\nint tide(void);\nint mark(int at);\n",
        ];
        let texts = [
            "The tide is measured at the pier.\nint tide(void);\nCall it once an hour, and never at night.\n",
            "Home\nNews\nPrivacy policy\nShare\n",
            "Name: Ada Lovell\nTown: Vale\nSubscribe: no\n",
        ];
        let is = |text| {
            let units = units(text);
            is_program(&units, &find(&units))
        };
        for text in programs {
            assert!(is(text), "{text}");
        }
        for text in texts {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn a_text_of_numbers_is_data() {
        let found = |text| find(&units(text));
        assert_eq!(found("1\n2.5\nTotal\n3 4"), [true, true, false, true]);
        assert_eq!(found("17\nHome\nNews"), [false; 3]);
    }

    #[test]
    fn code_is_told_from_prose() {
        for text in [
            "return mark / 10;",
            "int depth(int mark) {",
            "@@ -10,7 +10,7 @@",
            "+ a = (b)",
            "$ tide --mark outer",
            "limit = 3",
            "[notes]: https://tide.example/notes",
        ] {
            assert!(is_code(text), "{text}");
        }
        for text in [
            "The table gave less.",
            "- boots that may get wet",
            "Home > News",
            "Privacy policy",
            "[Ad]: come and see us",
            "Total weight = 3",
        ] {
            assert!(!is_code(text), "{text}");
        }
    }
}
