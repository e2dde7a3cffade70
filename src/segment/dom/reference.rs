//! Character references, as section 13.2.5.72 of the HTML standard resolves them.
//!
//! Input: a stretch of text, or the value of an attribute. Output: the same with its references resolved. The names and
//! the replacements of C1 controls are html5ever's tables.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Where a reference stands. In the value of an attribute one without a semicolon does not count before `=`, a letter or a
/// digit: addresses are full of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// Whether a text may have references.
pub(super) fn may_have(text: &str) -> bool {
    memchr(b'&', text.as_bytes()).is_some()
}

/// Appends a text to another with its references resolved.
pub(super) fn resolve(text: &str, place: Place, out: &mut String) {
    let mut done = 0;
    for ampersand in memchr::memchr_iter(b'&', text.as_bytes()) {
        if ampersand >= done
            && let Some((length, characters)) = reference(text.get(ampersand + 1..).unwrap_or_default(), place)
        {
            out.push_str(text.get(done..ampersand).unwrap_or_default());
            out.extend(characters.into_iter().flatten());
            done = ampersand + 1 + length;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

/// What a reference stands for: one character or two.
type Characters = [Option<char>; 2];

/// The reference at the beginning of what follows an ampersand, and its length in bytes.
fn reference(rest: &str, place: Place) -> Option<(usize, Characters)> {
    match rest.as_bytes().first()? {
        b'#' => numeric(rest),
        first if first.is_ascii_alphanumeric() => named(rest, place),
        _ => None,
    }
}

/// The longest name without a semicolon that is one all the same, such as `frac12`, and some more: html5ever's table may
/// grow. Only names with their semicolon are longer.
const SHORT_NAME: usize = 16;

fn named(rest: &str, place: Place) -> Option<(usize, Characters)> {
    let bytes = rest.as_bytes();
    let name = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).take(MOST_NAME).count();
    if bytes.get(name) == Some(&b';')
        && let Some(characters) = known(rest.get(..=name)?)
    {
        return Some((name + 1, characters));
    }
    let short = (1..=name.min(SHORT_NAME)).rev();
    let (length, characters) = short.into_iter().find_map(|length| Some((length, known(rest.get(..length)?)?)))?;
    let joins = bytes.get(length).is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
    (place == Place::Text || !joins).then_some((length, characters))
}

/// No name is longer.
const MOST_NAME: usize = 64;

/// What a name stands for. The table also holds the beginnings of names, which stand for nothing.
fn known(name: &str) -> Option<Characters> {
    let (first, second) = *NAMED_ENTITIES.get(name)?;
    let character = |number: u32| if number == 0 { None } else { char::from_u32(number) };
    character(first).map(|first| [Some(first), character(second)])
}

fn numeric(rest: &str) -> Option<(usize, Characters)> {
    let hexadecimal = matches!(rest.as_bytes().get(1), Some(b'x' | b'X'));
    let (start, radix) = if hexadecimal { (2, 16) } else { (1, 10) };
    let digits = rest.get(start..)?.chars().map_while(|c| c.to_digit(radix));
    let (count, number) = digits
        .fold((0, 0_u32), |(count, number), digit| (count + 1, number.saturating_mul(radix).saturating_add(digit)));
    if count == 0 {
        return None;
    }
    let end = start + count;
    let semicolon = rest.as_bytes().get(end) == Some(&b';');
    Some((end + usize::from(semicolon), [Some(character(number)), None]))
}

/// The character of a number. Those that text cannot hold become the replacement character.
fn character(number: u32) -> char {
    const C1: u32 = 0x80;
    let replaced = number.checked_sub(C1).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    match number {
        0 => char::REPLACEMENT_CHARACTER,
        _ => replaced.or(char::from_u32(number)).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, may_have, resolve};

    #[test]
    fn references_are_resolved_by_where_they_stand() {
        let cases = [
            ("a &amp; b", "a & b", "a & b"),
            ("&lt", "<", "<"),
            ("&copy=1", "\u{a9}=1", "&copy=1"),
            ("&notit;", "\u{ac}it;", "&notit;"),
            ("&notin;", "\u{2209}", "\u{2209}"),
            ("&nosuch;&;&&amp", "&nosuch;&;&&", "&nosuch;&;&&"),
            ("&NotEqualTilde;", "\u{2242}\u{338}", "\u{2242}\u{338}"),
            ("&#65;&#x42&#X43;D", "ABCD", "ABCD"),
            (
                "&#0;&#x80;&#xD800;&#x110000;&#99999999999;",
                "\u{fffd}\u{20ac}\u{fffd}\u{fffd}\u{fffd}",
                "\u{fffd}\u{20ac}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("&#;&#x;&#xg", "&#;&#x;&#xg", "&#;&#x;&#xg"),
        ];
        for (text, in_text, in_attribute) in cases {
            for (place, expected) in [(Place::Text, in_text), (Place::Attribute, in_attribute)] {
                let mut out = "before ".to_owned();
                resolve(text, place, &mut out);
                assert_eq!(out.strip_prefix("before "), Some(expected), "{text}");
            }
            assert!(may_have(text));
        }
        assert!(!may_have("none"));
    }
}
