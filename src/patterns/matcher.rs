//! The compiled table: one finder for all phrases, one for addresses, one for names, and the line patterns.

use std::sync::LazyLock;

use memchr::{memchr, memchr2_iter, memrchr};
use scraper::Selector;

use super::forms::{Part, each_form};
use super::hits::Hits;
use super::index::Index;
use super::lines::Lines;
use super::literals::{Builder, Edge, Literals};
use super::{Cue, Rule, Strength, fold, table};
use crate::error::{Error, ErrorKind, Result};

/// Characters from which a line is no label and no machine-made shape: the longest such line of list managers seen,
/// the one of Google Groups with its address, has about 180.
const LINE_LIMIT: usize = 200;

static BUILTIN: LazyLock<Patterns> = LazyLock::new(|| {
    // Table and index are part of the crate, so that this is no matter of input; tests read them.
    let rules = table::parse(include_str!("patterns.tsv")).expect("the built-in pattern table is valid");
    let known = rules.len();
    let index = Index::from_bytes(include_bytes!("lines.index")).unwrap_or_default();
    Patterns::compile(rules, index, known).expect("the built-in pattern table compiles")
});

/// A pattern table, compiled. Immutable and shared by threads.
#[derive(Debug)]
pub struct Patterns {
    rules: Vec<Rule>,
    /// The first rule that is not built in.
    first_own: usize,
    phrases: Literals,
    urls: Literals,
    names: Literals,
    lines: Lines,
    elements: Vec<(u16, Selector)>,
}

impl Patterns {
    /// The built-in table, compiled at the first call.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The built-in table and tables of the caller's own, each with the name that errors call it by.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`], in one line that names the table, its line or rule, and the field.
    pub fn with(tables: &[(&str, &str)]) -> Result<Self> {
        let builtin = Self::builtin();
        let mut rules = builtin.rules.clone();
        let first_own = rules.len();
        for (name, table) in tables {
            for rule in table::parse_named(name, table)? {
                if rules.iter().any(|known| known.id == rule.id) {
                    let message = format!("{name}: field id: `{}` is the id of another rule", rule.id);
                    return Err(Error::new(ErrorKind::Patterns, message));
                }
                rules.push(rule);
            }
        }
        Ok(Self { first_own, ..Self::compile(rules, builtin.lines.index().clone(), first_own)? })
    }

    /// The index of the line patterns.
    #[cfg(test)]
    pub(super) fn index(&self) -> &Index {
        self.lines.index()
    }

    /// Whether a rule is the caller's own and suffices alone.
    #[must_use]
    pub fn decides(&self, rule: u16) -> bool {
        let rule = usize::from(rule);
        rule >= self.first_own && self.rules.get(rule).is_some_and(|rule| rule.strength == Strength::Strong)
    }

    /// Compiles a table.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for a pattern that cannot be compiled, naming its id, and for a table of more than
    /// 65,535 rows.
    #[cfg(test)]
    pub fn new(rules: Vec<Rule>) -> Result<Self> {
        Self::compile(rules, Index::default(), 0)
    }

    /// Compiles a table of whose line patterns the first `known` stand in the index.
    fn compile(rules: Vec<Rule>, index: Index, known: usize) -> Result<Self> {
        let count = u16::try_from(rules.len())
            .map_err(|_| Error::new(ErrorKind::Patterns, "pattern table: more than 65535 rows"))?;
        let (mut phrases, mut urls, mut names) = (Builder::default(), Builder::default(), Builder::default());
        let mut elements = Vec::new();
        for (index, rule) in (0..count).zip(&rules) {
            match rule.cue {
                Cue::Phrase => phrases.pattern(index, parts(rule, fold::literal)?),
                Cue::Url => urls.pattern(index, parts(rule, fold::literal)?),
                Cue::Name => names.pattern(index, parts(rule, name_literal)?),
                Cue::Element => {
                    elements.push((index, selector(&rule.pattern).map_err(|reason| pattern_fault(rule, &reason))?))
                }
                Cue::Line => {}
            }
            if !rule.unless.is_empty() {
                let literals = rule.unless.split('|').map(fold::literal).filter(|literal| !literal.is_empty());
                literals.for_each(|literal| phrases.unless(index, literal));
            }
        }
        let (phrases, urls) = (phrases.build(Edge::Word), urls.build(Edge::Address));
        let lines = Lines::new(index, &rules, known)?;
        let first_own = rules.len();
        Ok(Self { phrases, urls, names: names.build(Edge::Word), lines, elements, rules, first_own })
    }

    /// The rows of the table, in its order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Adds the phrases and lines that hit in the text of a block, and the addresses written out in it.
    ///
    /// The text may have several lines; a line pattern is held against each of them, and against all together.
    pub fn text_hits(&self, text: &str, hits: &mut Hits) {
        let Hits { folded, scratch, .. } = hits;
        scratch.begin();
        folded.fold(text);
        self.phrases.scan(folded.text(), scratch);
        let whole = folded.has_breaks().then(|| folded.text().trim());
        for line in folded.lines().chain(whole).filter(|line| is_short(line)) {
            each_form(line, |form, part| {
                self.lines.matches(form, &self.rules, |rule| {
                    if part == Part::Whole || self.may_be_a_label(rule) {
                        scratch.found(rule);
                    }
                });
            });
        }
        addresses(folded.text()).for_each(|word| self.urls.scan(word, scratch));
        self.collect(hits);
    }

    /// Whether a rule counts where it is but one label of a row. What is strong may decide on the line, of which other
    /// labels may be main content.
    fn may_be_a_label(&self, rule: u16) -> bool {
        self.rules.get(usize::from(rule)).is_some_and(|rule| rule.strength < Strength::Strong)
    }

    /// Adds the patterns that hit in the address of a link.
    pub fn url_hits(&self, url: &str, hits: &mut Hits) {
        hits.scratch.begin();
        hits.folded.fold(url);
        self.urls.scan(hits.folded.text(), &mut hits.scratch);
        self.collect(hits);
    }

    /// Adds the patterns that hit in the words of a class or an id, as [`name_words`](super::name_words) reads them.
    pub fn name_hits(&self, words: &str, hits: &mut Hits) {
        hits.scratch.begin();
        self.names.scan(words, &mut hits.scratch);
        self.collect(hits);
    }

    /// Adds a rule whose selector matches an element around a block.
    pub fn element_hit(&self, rule: u16, hits: &mut Hits) {
        if self.applies(rule, hits) {
            hits.insert(rule);
        }
    }

    /// The rules that are selectors.
    pub(crate) fn elements(&self) -> &[(u16, Selector)] {
        &self.elements
    }

    fn applies(&self, rule: u16, hits: &Hits) -> bool {
        self.rules.get(usize::from(rule)).is_some_and(|rule| rule.applies(hits.host()))
    }

    /// Moves what was found and not cancelled into the hits.
    fn collect(&self, hits: &mut Hits) {
        let mut scratch = std::mem::take(&mut hits.scratch);
        for rule in scratch.survivors() {
            if self.applies(rule, hits) {
                hits.insert(rule);
            }
        }
        scratch.begin();
        hits.scratch = scratch;
    }
}

/// The literals of a pattern, in order.
fn parts(rule: &Rule, fold: fn(&str) -> String) -> Result<Vec<String>> {
    let spelled = rule.pattern.replace('…', "...");
    let parts: Vec<String> = spelled.split("...").map(fold).collect();
    if parts.iter().any(String::is_empty) {
        return Err(pattern_fault(rule, "nothing to match on one side of a gap"));
    }
    Ok(parts)
}

fn pattern_fault(rule: &Rule, reason: &str) -> Error {
    Error::new(ErrorKind::Patterns, format!("rule {}: field pattern: {reason}", rule.id))
}

/// A CSS selector, or in one line why it is none.
pub(crate) fn selector(source: &str) -> std::result::Result<Selector, String> {
    Selector::parse(source).map_err(|error| format!("`{}` is no CSS selector: {error}", source.escape_debug()))
}

/// The words of a name pattern, as names are read.
fn name_literal(pattern: &str) -> String {
    let mut words = String::new();
    fold::name_words(pattern.trim(), &mut words);
    words
}

/// The words that are an address of the web or of mail. `checkout@v4` is neither.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut end = 0;
    memchr2_iter(b':', b'@', bytes).filter_map(move |at| {
        let rest = bytes.get(at..).unwrap_or_default();
        if at < end || bytes[at] == b':' && !rest.starts_with(b"://") {
            return None;
        }
        let start = memrchr(b' ', bytes.get(end..at).unwrap_or_default()).map_or(end, |space| end + space + 1);
        end = memchr(b' ', rest).map_or(text.len(), |length| at + length);
        text.get(start..end).filter(|word| word.contains("://") || mail_address(word).is_some())
    })
}

/// The name and the host of an address of mail, if the word is like one.
pub(crate) fn mail_address(word: &str) -> Option<(&str, &str)> {
    word.split_once('@').filter(|(_, host)| host.contains('.'))
}

/// Whether a line is short enough for line patterns.
fn is_short(line: &str) -> bool {
    line.len() <= LINE_LIMIT || line.len() <= 4 * LINE_LIMIT && line.chars().count() <= LINE_LIMIT
}
