//! The tables, compiled, and what of them hits.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr, memchr2_iter, memrchr};
use scraper::Selector;

use super::compiled::Compiled;
use super::forms::{Part, each_form};
use super::hits::Hits;
use super::lines::Lines;
use super::literals::Words;
use super::rules::Rules;
use super::{Brief, Cue, Rule, Strength, file, pattern_fault, table};
use crate::error::{Error, ErrorKind, Result};
use crate::hash::KeySet;

/// Characters from which a line is no label and no machine-made shape: the longest such line of list managers seen,
/// the one of Google Groups with its address, has about 180.
const LINE_LIMIT: usize = 200;

/// Bytes from which a text has no line that is short enough, however it is folded: three bytes of white space become one.
const LINE_BYTES: usize = 12 * LINE_LIMIT;

static BUILTIN: LazyLock<Patterns> = LazyLock::new(|| {
    // The file is part of the crate, so that this is no matter of input; tests read it.
    let (rules, compiled) = file::read(include_bytes!("patterns.index")).expect("the built-in table is compiled");
    Patterns { elements: Vec::new(), tables: vec![compiled], lines: Lines::of(rules.count()), rules }
});

/// Pattern tables, compiled. Immutable and shared by threads.
#[derive(Debug)]
pub struct Patterns {
    rules: Rules,
    /// The built-in table, and all of the caller's own as one.
    tables: Vec<Compiled>,
    lines: Lines,
    /// Of the caller's own: no built-in rule is a selector.
    elements: Vec<(u16, Selector)>,
}

impl Patterns {
    /// The built-in table, compiled.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The built-in table and tables of the caller's own, each with the name that errors call it by.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`], in one line that names the table, its line or rule, and the field; also for more than
    /// 65,535 rows in all.
    pub fn with(tables: &[(&str, &str)]) -> Result<Self> {
        let builtin = Self::builtin();
        let mut own = Vec::new();
        let mut ids: KeySet<Cow<'static, str>> = builtin.rules().iter().map(|rule| rule.id.clone()).collect();
        for (name, table) in tables {
            for rule in table::parse_named(name, table)? {
                if !ids.insert(rule.id.clone()) {
                    let message = format!("{name}: field id: `{}` is the id of another rule", rule.id);
                    return Err(Error::new(ErrorKind::Patterns, message));
                }
                own.push(rule);
            }
        }
        Self::compile(&builtin.rules, own, builtin.tables.clone())
    }

    /// A table alone, as if it were the caller's own.
    ///
    /// # Errors
    /// As [`Self::with`].
    #[cfg(test)]
    pub fn new(rules: Vec<Rule>) -> Result<Self> {
        Self::compile(&Rules::default(), rules, Vec::new())
    }

    /// Compiles the caller's own rules, beside the tables of the others.
    fn compile(others: &Rules, own: Vec<Rule>, mut tables: Vec<Compiled>) -> Result<Self> {
        let first = others.count();
        let count = u16::try_from(first + own.len())
            .map_err(|_| Error::new(ErrorKind::Patterns, "pattern table: more than 65535 rows"))?;
        let numbered = || (0..count).skip(first).zip(&own);
        tables.push(Compiled::new(numbered())?);
        let mut elements = Vec::new();
        for (number, rule) in numbered().filter(|(_, rule)| rule.cue == Cue::Element) {
            elements.push((number, selector(&rule.pattern).map_err(|reason| pattern_fault(rule, &reason))?));
        }
        let rules = others.with(own);
        Ok(Self { tables, lines: Lines::of(rules.count()), elements, rules })
    }

    /// The tables as they are compiled.
    #[cfg(test)]
    pub(super) fn tables(&self) -> &[Compiled] {
        &self.tables
    }

    /// Whether a rule is the caller's own and suffices alone.
    #[must_use]
    pub fn decides(&self, rule: u16) -> bool {
        self.rules.is_own(rule) && self.brief(rule).is_some_and(|rule| rule.strength == Strength::Strong)
    }

    /// The rows of the table, in its order. They are read when they are first asked for.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        self.rules.all()
    }

    /// What is asked of a rule at every hit.
    pub(crate) fn brief(&self, rule: u16) -> Option<Brief> {
        self.rules.brief(rule)
    }

    /// What is asked of each of some rules at every hit.
    pub(crate) fn briefs(&self, rules: &[u16]) -> impl Iterator<Item = Brief> {
        rules.iter().filter_map(|rule| self.brief(*rule))
    }

    /// The pattern of a rule.
    #[cfg(test)]
    pub(super) fn pattern(&self, rule: u16) -> Option<Cow<'static, str>> {
        self.rules.pattern(rule)
    }

    /// The id of a rule.
    pub(crate) fn id(&self, rule: u16) -> Option<Cow<'static, str>> {
        self.rules.id(rule)
    }

    /// Adds the phrases and lines that hit in the text of a block, and the addresses written out in it.
    ///
    /// The text may have several lines; a line pattern is held against each of them, and against all together.
    pub fn text_hits(&self, text: &str, hits: &mut Hits) {
        let Hits { folded, scratch, .. } = hits;
        scratch.begin();
        folded.fold(text);
        self.tables.iter().for_each(|table| table.phrases.scan(folded.text(), scratch));
        for table in &self.tables {
            addresses(folded.text()).for_each(|word| table.urls.scan(word, scratch));
        }
        hits.words = scratch.words();
        self.lines(hits);
        self.collect(hits);
    }

    /// Adds what hits in a part of the text that [`Self::text_hits`] read last, as a text of its own.
    pub(crate) fn part_hits(&self, part: &str, hits: &mut Hits) {
        // Phrases, addresses and words that cancel which the whole does not have no part has.
        let words = hits.words;
        if words == Words::Found {
            self.text_hits(part, hits);
            hits.words = words;
        } else if part.len() <= LINE_BYTES {
            hits.scratch.begin();
            hits.folded.fold(part);
            self.lines(hits);
            // What cancels is looked for where there is something to cancel.
            let Hits { folded, scratch, .. } = hits;
            if words == Words::Cancelling && scratch.words() == Words::Found {
                self.tables.iter().for_each(|table| table.phrases.scan(folded.text(), scratch));
            }
            self.collect(hits);
        }
    }

    /// Notes the line patterns that match a line of the folded text, or all of it.
    fn lines(&self, hits: &mut Hits) {
        let Hits { folded, scratch, .. } = hits;
        let whole = folded.has_breaks().then(|| folded.text().trim());
        for line in folded.lines().chain(whole).filter(|line| is_short(line)) {
            each_form(line, |form, part| {
                self.matching(form, |rule| {
                    if part == Part::Whole || self.may_be_a_label(rule) {
                        scratch.found(rule);
                    }
                });
            });
        }
    }

    /// Calls `found` with each rule whose pattern matches a whole line. A rule may be named twice.
    fn matching(&self, line: &str, mut found: impl FnMut(u16)) {
        for table in &self.tables {
            table.lines.look(line, |rule, is_sure| {
                if is_sure || self.lines.is_match(rule, &self.rules, line) {
                    found(rule);
                }
            });
        }
    }

    /// Whether a rule counts where it is but one label of a row. What is strong may decide on the line, of which other
    /// labels may be main content.
    fn may_be_a_label(&self, rule: u16) -> bool {
        self.brief(rule).is_some_and(|rule| rule.strength < Strength::Strong)
    }

    /// Adds the patterns that hit in the address of a link.
    pub fn url_hits(&self, url: &str, hits: &mut Hits) {
        hits.scratch.begin();
        hits.folded.fold(url);
        self.tables.iter().for_each(|table| table.urls.scan(hits.folded.text(), &mut hits.scratch));
        self.collect(hits);
    }

    /// Adds the patterns that hit in the words of a class or an id, as [`name_words`](super::name_words) reads them.
    pub fn name_hits(&self, words: &str, hits: &mut Hits) {
        hits.scratch.begin();
        self.tables.iter().for_each(|table| table.names.scan(words, &mut hits.scratch));
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
        self.rules.applies(rule, hits.host())
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

/// A CSS selector, or in one line why it is none.
pub(crate) fn selector(source: &str) -> std::result::Result<Selector, String> {
    Selector::parse(source).map_err(|_| format!("`{}` is no CSS selector", source.escape_debug()))
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
