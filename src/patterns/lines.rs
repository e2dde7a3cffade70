//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! An index tells which rules may match ([`super::index`]): what stands for a small number of texts is looked up whole;
//! the rest is tried where the line has one of its beginnings, ends or inner texts, if it has its shape. Each pattern is
//! compiled when it is first tried, so that a run that meets no footer pays for none.

use std::sync::OnceLock;

use regex::Regex;

use super::automaton::Automaton;
use super::fold;
use super::rules::Rules;

/// Rules that get room for their patterns together, once one of them is tried: a run tries some dozens of thousands.
const TOGETHER: usize = 64;

/// The patterns of lines, compiled when they are first tried.
#[derive(Debug)]
pub(super) struct Lines(Vec<OnceLock<Room>>);

/// Room for the patterns of some rules.
type Room = Box<[OnceLock<Box<Compiled>>]>;

/// A pattern of whole lines, compiled.
#[derive(Debug)]
pub(super) enum Compiled {
    Automaton(Automaton),
    /// What is no automaton.
    Regex(Regex),
    /// The pattern was parsed when the index was made, so that only one of absurd size is never compiled. It matches nothing.
    Nothing,
}

impl Compiled {
    /// The pattern of one of the rules.
    fn of_rule(rule: u16, rules: &Rules) -> Self {
        let Some(pattern) = rules.pattern(rule) else { return Self::Nothing };
        if rules.is_own(rule) { Self::regex(&fold::line_source(&pattern)) } else { Self::of(&pattern) }
    }

    /// A built-in pattern.
    pub(super) fn of(pattern: &str) -> Self {
        let source = fold::line_source(pattern);
        Automaton::new(&source).map_or_else(|| Self::regex(&source), Self::Automaton)
    }

    fn regex(source: &str) -> Self {
        Regex::new(source).map_or(Self::Nothing, Self::Regex)
    }

    pub(super) fn is_match(&self, line: &str) -> bool {
        match self {
            Self::Automaton(automaton) => automaton.is_match(line),
            Self::Regex(regex) => regex.is_match(line),
            Self::Nothing => false,
        }
    }
}

impl Lines {
    /// Room for the patterns of so many rules.
    pub(super) fn of(rules: usize) -> Self {
        Self(none(rules.div_ceil(TOGETHER)))
    }

    /// Whether the pattern of one of the rules matches the whole line.
    pub(super) fn is_match(&self, rule: u16, rules: &Rules, line: &str) -> bool {
        let Some(room) = self.0.get(usize::from(rule) / TOGETHER) else { return false };
        let room = room.get_or_init(|| none(TOGETHER).into());
        let Some(compiled) = room.get(usize::from(rule) % TOGETHER) else { return false };
        compiled.get_or_init(|| Box::new(Compiled::of_rule(rule, rules))).is_match(line)
    }
}

/// Places of which none is taken.
fn none<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}
