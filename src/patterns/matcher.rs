//! The compiled table: one automaton for all phrases, one for addresses, one for names, and the line patterns.

use std::sync::LazyLock;

use super::hits::Hits;
use super::lines::Lines;
use super::literals::{Builder, Edge, Literals};
use super::{Cue, Rule, fold, table};
use crate::error::{Error, ErrorKind, Result};

/// Characters from which a line is no label and no machine-made shape: the longest such line of list managers seen,
/// the one of Google Groups with its address, has about 180.
const LINE_LIMIT: usize = 200;

static BUILTIN: LazyLock<Patterns> = LazyLock::new(|| {
    // The table is part of the crate, so that this is no matter of input; a test reads it.
    table::parse(include_str!("patterns.tsv")).and_then(Patterns::new).expect("the built-in pattern table is valid")
});

/// A pattern table, compiled. Immutable and shared by threads.
#[derive(Debug)]
pub struct Patterns {
    rules: Vec<Rule>,
    phrases: Literals,
    urls: Literals,
    names: Literals,
    lines: Lines,
}

impl Patterns {
    /// The built-in table, compiled at the first call.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Compiles a table.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for a pattern that cannot be compiled, naming its id, and for a table of more than
    /// 65,535 rows.
    pub fn new(rules: Vec<Rule>) -> Result<Self> {
        let count = u16::try_from(rules.len())
            .map_err(|_| Error::new(ErrorKind::Patterns, "pattern table: more than 65535 rows"))?;
        let (mut phrases, mut urls, mut names) = (Builder::default(), Builder::default(), Builder::default());
        let mut lines = Lines::default();
        for (index, rule) in (0..count).zip(&rules) {
            match rule.cue {
                Cue::Phrase => phrases.pattern(index, parts(rule, fold::literal)?),
                Cue::Url => urls.pattern(index, parts(rule, fold::literal)?),
                Cue::Name => names.pattern(index, parts(rule, name_literal)?),
                Cue::Line => lines.add(index, rule)?,
            }
            for literal in rule.unless.split('|').map(fold::literal).filter(|literal| !literal.is_empty()) {
                phrases.unless(index, literal);
            }
        }
        let (phrases, urls) = (phrases.build(Edge::Word)?, urls.build(Edge::Address)?);
        Ok(Self { phrases, urls, names: names.build(Edge::Word)?, lines: lines.build()?, rules })
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
            self.lines.matches(line, |rule| scratch.found(rule));
            // A cell of a flattened table says what it says without its pipes.
            let cell = line.trim_matches(['|', ' ']);
            if cell.len() < line.len() {
                self.lines.matches(cell, |rule| scratch.found(rule));
            }
        }
        if folded.text().contains("://") || folded.text().contains('@') {
            for word in folded.text().split(' ').filter(|word| word.contains("://") || word.contains('@')) {
                self.urls.scan(word, scratch);
            }
        }
        self.collect(hits);
    }

    /// Adds the patterns that hit in the address of a link.
    pub fn url_hits(&self, url: &str, hits: &mut Hits) {
        hits.scratch.begin();
        hits.folded.fold(url);
        self.urls.scan(hits.folded.text(), &mut hits.scratch);
        self.collect(hits);
    }

    /// Adds the patterns that hit in a class, an id or several of them separated by spaces.
    pub fn name_hits(&self, name: &str, hits: &mut Hits) {
        hits.scratch.begin();
        fold::name_words(name, hits.folded.buffer());
        self.names.scan(hits.folded.text(), &mut hits.scratch);
        self.collect(hits);
    }

    /// Moves what was found and not cancelled into the hits.
    fn collect(&self, hits: &mut Hits) {
        let mut scratch = std::mem::take(&mut hits.scratch);
        scratch.survivors().for_each(|rule| hits.insert(rule));
        scratch.begin();
        hits.scratch = scratch;
    }
}

/// The literals of a pattern, in order.
fn parts(rule: &Rule, fold: fn(&str) -> String) -> Result<Vec<String>> {
    let spelled = rule.pattern.replace('…', "...");
    let parts: Vec<String> = spelled.split("...").map(fold).collect();
    if parts.iter().any(String::is_empty) {
        let message = format!("rule {}: field pattern: nothing to match on one side of a gap", rule.id);
        return Err(Error::new(ErrorKind::Patterns, message));
    }
    Ok(parts)
}

/// The words of a name pattern, as names are read.
fn name_literal(pattern: &str) -> String {
    let mut words = String::new();
    fold::name_words(pattern.trim(), &mut words);
    words
}

/// Whether a line is short enough for line patterns.
fn is_short(line: &str) -> bool {
    line.len() <= LINE_LIMIT || line.len() <= 4 * LINE_LIMIT && line.chars().count() <= LINE_LIMIT
}
