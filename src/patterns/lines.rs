//! Line patterns: which of many anchored regexes match a line, without trying most of them.
//!
//! Patterns that stand for a small number of texts are looked up whole. Of the others, those are tried whose first or
//! last bytes the line has, or one of the texts without which they cannot match; each is compiled when it is first tried, so that a run that meets no footer pays for none.

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

use super::Rule;
use super::fold;
use crate::error::{Error, ErrorKind, Result};

/// Texts that one pattern may stand for to be looked up whole; menus in several spellings have a few hundred.
const MOST_TEXTS: usize = 400;

/// Bytes at a line's ends that choose the patterns that are tried.
const KEY: usize = 3;

type Key = [u8; KEY];

/// Line patterns, compiled.
#[derive(Debug, Default)]
pub(super) struct Lines {
    whole: HashMap<Box<[u8]>, Vec<u16>>,
    by_prefix: HashMap<Key, Vec<usize>>,
    by_suffix: HashMap<Key, Vec<usize>>,
    always: Vec<usize>,
    patterns: Vec<Pattern>,
    /// Texts of which a line must hold one, each with its pattern; the automaton is made of them when all are known.
    required: Vec<(Vec<u8>, usize)>,
    inner: Option<AhoCorasick>,
}

/// A pattern that is tried.
#[derive(Debug)]
struct Pattern {
    rule: u16,
    source: String,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    fn matches(&self, line: &str) -> bool {
        // The source was parsed when the table was read, so that only a pattern of absurd size fails here.
        let regex = self.regex.get_or_init(|| Regex::new(&format!("^(?:{})$", self.source)).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(line))
    }
}

impl Lines {
    /// Adds the pattern of a rule.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`], naming the rule, for a pattern that is no regular expression.
    pub(super) fn add(&mut self, index: u16, rule: &Rule) -> Result<()> {
        let source = fold::regex_source(rule.pattern);
        let hir = regex_syntax::parse(&source).map_err(|error| {
            let reason = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            Error::new(ErrorKind::Patterns, format!("rule {}: field pattern: {reason}", rule.id))
        })?;
        let prefixes = literals(&hir, ExtractKind::Prefix);
        let simple = hir.properties().look_set().is_empty();
        if let Some(texts) = prefixes.literals().filter(|_| simple && prefixes.is_exact()) {
            for text in texts {
                self.whole.entry(text.as_bytes().into()).or_default().push(index);
            }
            return Ok(());
        }
        let at = self.patterns.len();
        if let Some(keys) = keys(&prefixes, |text| text.first_chunk()) {
            keys.into_iter().for_each(|key| self.by_prefix.entry(key).or_default().push(at));
        } else if let Some(keys) = keys(&literals(&hir, ExtractKind::Suffix), |text| text.last_chunk()) {
            keys.into_iter().for_each(|key| self.by_suffix.entry(key).or_default().push(at));
        } else if let Some(texts) = required(&hir) {
            self.required.extend(texts.into_iter().map(|text| (text, at)));
        } else {
            self.always.push(at);
        }
        self.patterns.push(Pattern { rule: index, source, regex: OnceLock::new() });
        Ok(())
    }

    /// Finishes the table: no pattern can be added after.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for a table that is too large.
    pub(super) fn build(mut self) -> Result<Self> {
        let inner = AhoCorasick::new(self.required.iter().map(|(text, _)| text));
        self.inner = Some(inner.map_err(|error| Error::new(ErrorKind::Patterns, format!("pattern table: {error}")))?);
        Ok(self)
    }

    /// Calls `found` with each rule whose pattern matches the whole line. A rule may be named twice.
    pub(super) fn matches(&self, line: &str, mut found: impl FnMut(u16)) {
        let bytes = line.as_bytes();
        self.whole.get(bytes).into_iter().flatten().for_each(|rule| found(*rule));
        let first = bytes.first_chunk().and_then(|key| self.by_prefix.get(key));
        let last = bytes.last_chunk().and_then(|key| self.by_suffix.get(key));
        let inner = self.inner.iter().flat_map(|inner| inner.find_overlapping_iter(line));
        let inner = inner.filter_map(|found| self.required.get(found.pattern().as_usize()).map(|(_, at)| at));
        for at in first.into_iter().chain(last).flatten().chain(&self.always).chain(inner) {
            if let Some(pattern) = self.patterns.get(*at).filter(|pattern| pattern.matches(line)) {
                found(pattern.rule);
            }
        }
    }
}

fn literals(hir: &Hir, kind: ExtractKind) -> Seq {
    let mut extractor = Extractor::new();
    extractor.kind(kind).limit_total(MOST_TEXTS).limit_class(16).limit_repeat(8).limit_literal_len(200);
    extractor.extract(hir)
}

/// The distinct keys of literals, if all of them are long enough to have one.
fn keys(literals: &Seq, key: fn(&[u8]) -> Option<&Key>) -> Option<Vec<Key>> {
    let keys: Option<Vec<Key>> = literals.literals()?.iter().map(|text| key(text.as_bytes()).copied()).collect();
    let mut keys = keys.filter(|keys| !keys.is_empty())?;
    keys.sort_unstable();
    keys.dedup();
    Some(keys)
}

/// Texts of which every match holds at least one, all of them long enough to be rare. Recurses on the depth of a
/// pattern, which the parser limits.
fn required(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let long_enough = |texts: &Vec<Vec<u8>>| !texts.is_empty() && texts.iter().all(|text| text.len() >= KEY);
    let whole = literals(hir, ExtractKind::Prefix);
    let exact = whole.literals().filter(|_| whole.is_exact());
    let exact = exact.map(|texts| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>());
    if let Some(texts) = exact.filter(long_enough) {
        return Some(texts);
    }
    match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required).collect();
            all.map(|texts| texts.concat())
        }
        // The part whose shortest text is longest is the rarest.
        HirKind::Concat(parts) => {
            let shortest = |texts: &Vec<Vec<u8>>| texts.iter().map(Vec::len).min();
            parts.iter().filter_map(required).max_by_key(shortest)
        }
        _ => None,
    }
}
