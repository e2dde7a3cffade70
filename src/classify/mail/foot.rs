//! The foot of a letter that was sent to many: after its last running text what the patterns name, and right over that
//! who sent it and from where.

use std::ops::{Range, RangeInclusive};

use super::cues::{Cue, cue, is_reached};
use super::line::{Line, words};
use super::notices::{begins_footer, drop_all};
use super::sender::Sender;
use super::signatures::{goes_on, is_closing};
use super::stamps::has_date;
use crate::document::{Block, Family, Verdict};
use crate::patterns::Strength;

/// Words of the longest piece of a foot.
const LONGEST: usize = 60;

/// Words of the longest line that tells who sent a letter and from where.
const SENDER_WORDS: usize = 20;

/// Digits of a postcode.
const POSTCODE: RangeInclusive<usize> = 4..=6;

/// Parts over a foot that tell who sent the letter, at most.
const SENDER_PARTS: usize = 4;

/// What a foot is made of, and how sure a rule must be of it there.
const FAMILIES: [(Family, Strength); 9] = [
    (Family::Unsubscribe, Strength::Weak),
    (Family::MailChrome, Strength::Weak),
    (Family::Copyright, Strength::Weak),
    (Family::Legal, Strength::Firm),
    (Family::Address, Strength::Firm),
    (Family::App, Strength::Firm),
    (Family::Share, Strength::Firm),
    (Family::Feedback, Strength::Firm),
    (Family::Newsletter, Strength::Firm),
];

/// Drops the foot among the parts of a letter after its last running text.
pub(super) fn strip(
    blocks: &[Block],
    lines: &[Line<'_>],
    tail: &[Range<usize>],
    sender: Option<&Sender>,
    verdicts: &mut [Verdict],
) {
    let named = |part: &Range<usize>| {
        let own = &lines[part.clone()];
        let is_named = |(family, strength): &&(Family, Strength)| own.iter().any(|line| line.names(*family, *strength));
        let family = FAMILIES.iter().find(is_named).map(|(family, _)| *family);
        family.filter(|_| words(own) <= LONGEST && begins_footer(blocks, lines, part))
    };
    let families: Vec<Option<Family>> = tail.iter().map(named).collect();
    let Some(first) = families.iter().position(Option::is_some) else { return };
    let over = senders(lines, &tail[..first], sender);
    tail[first - over..first].iter().for_each(|part| drop_all(verdicts, part.clone(), Family::Address));
    for (part, family) in tail.iter().zip(families) {
        if let Some(family) = family {
            drop_all(verdicts, part.clone(), family);
        }
    }
}

/// How many parts right over a foot tell who sent the letter and from where: the sender's name and what stands below
/// it, or else where somebody is found.
fn senders(lines: &[Line<'_>], over: &[Range<usize>], sender: Option<&Sender>) -> usize {
    let all = |part: &Range<usize>, tells: &dyn Fn(&Line<'_>) -> bool| {
        let own = &lines[part.clone()];
        // The author's name stands under a closing.
        let is_signed = part.start.checked_sub(1).is_some_and(|over| is_closing(&lines[over]));
        (!is_signed || own.iter().any(is_place))
            && own.iter().all(|line| line.words == 0 || line.words <= SENDER_WORDS && tells(line))
    };
    let begins = |line: &Line<'_>| sender.is_some_and(|sender| sender.begins(line.text));
    let tells_sender = |line: &Line<'_>| begins(line) || is_place(line) || is_numbered(line);
    let reach = over.iter().rev().take(SENDER_PARTS).take_while(|part| all(part, &tells_sender)).count();
    let own = &over[over.len() - reach..];
    let is_named = |part: &Range<usize>| lines[part.clone()].iter().any(begins);
    // A name alone may be the author's.
    let named =
        own.iter().position(is_named).map(|first| &own[first..]).filter(|own| own.len() > 1 || all(&own[0], &is_place));
    let placed = || own.iter().rev().take_while(|part| all(part, &is_place)).count();
    let count = named.map_or_else(placed, <[_]>::len);
    // What a line before announces is the letter's.
    let is_announced = over[over.len() - count..].first().is_some_and(|part| goes_on(lines, part.start, 0));
    if is_announced { 0 } else { count }
}

/// Whether a line tells where somebody is found: not by an address of the web, which may lead anywhere.
fn is_place(line: &Line<'_>) -> bool {
    cue(line) != Cue::Web && is_reached(line)
}

/// Whether a line is no sentence and has a number as long as a postcode, and no date.
fn is_numbered(line: &Line<'_>) -> bool {
    let mut numbers = line.text.split(|c: char| !c.is_numeric()).map(|number| number.chars().count());
    !line.is_prose() && numbers.any(|digits| POSTCODE.contains(&digits)) && !has_date(line.text)
}
