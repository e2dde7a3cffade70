//! What a caller may choose. Plain data with consuming setters; each default stands here and nowhere else. What must be
//! compiled is compiled here, once, so that only setting an option can fail.

use std::sync::Arc;

use regex::Regex;
use scraper::Selector;

use crate::document::{Family, Wish};
use crate::error::{Error, ErrorKind, Result};
use crate::patterns::{Patterns, Rule, selector};
use crate::templates::{TemplateStats, Templates};

/// How much doubt is enough to drop a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Keep only what is surely main content.
    Precision,
    /// The best F1.
    #[default]
    Balanced,
    /// Drop only what is surely boilerplate.
    Recall,
}

/// What the pages are, where the caller knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageKind {
    /// Each page is judged by what it seems to be.
    #[default]
    Auto,
    /// News, posts, stories: one article with things around it.
    Article,
    /// Any page: shops, forums, lists, documentation too.
    Mixed,
}

/// What happens to the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headline {
    /// It stands at the head of the output.
    Keep,
    /// It does not.
    Drop,
}

/// What happens to the letters that a letter quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quotes {
    /// Those that the author answers piece by piece stay, as context of the answers; the others go.
    #[default]
    Context,
    /// All stay.
    Keep,
    /// All go.
    Drop,
}

/// What happens to the signatures of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signatures {
    /// They go.
    #[default]
    Drop,
    /// They stay.
    Keep,
}

/// How much a verdict tells of its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The patterns that hit the block's own text.
    #[default]
    Brief,
    /// Also the names around it and the features that weighed most; costs about as much time as the verdict itself.
    Full,
}

/// Limits on the work spent on one document. They count work, never time, so the same input gives the same output on
/// any machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document; a longer one is not read. Default 64 MiB.
    pub bytes: usize,
    /// Depth of nesting; deeper elements are flattened, their text is kept. Default 512, as browsers do.
    pub depth: usize,
    /// Elements and text nodes, at which parsing stops; lines of a text, behind which the rest is one more. A page of a
    /// million blocks takes about 1.5 GB, a letter of as many lines .5 GB. Default 1,000,000.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 512, nodes: 1_000_000 }
    }
}

/// The options of an [`Extractor`](crate::Extractor).
///
/// ```
/// use unboil::{Mode, Options};
/// let options = Options::default().mode(Mode::Recall);
/// assert_eq!(options.get_mode(), Mode::Recall);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    mode: Mode,
    headline: Option<Headline>,
    detail: Detail,
    page: PageKind,
    quotes: Quotes,
    signatures: Signatures,
    limits: Limits,
    strip: Option<Vec<Family>>,
    no_strip: Vec<Family>,
    keep_text: Vec<Regex>,
    drop_text: Vec<Regex>,
    keep: Vec<Selector>,
    drop: Vec<Selector>,
    rules: Option<Arc<Patterns>>,
    templates: Option<Arc<Templates>>,
}

impl Options {
    /// Sets how much doubt is enough to drop a block. Default [`Mode::Balanced`].
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets what happens to the headline. By default it is dropped from HTML, where it is metadata, and kept in plain
    /// text, from which only what can be named as boilerplate goes.
    #[must_use]
    pub fn headline(mut self, headline: Headline) -> Self {
        self.headline = Some(headline);
        self
    }

    /// Sets how much each verdict tells of its reasons. Default [`Detail::Brief`].
    #[must_use]
    pub fn detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Says what the pages are, also those whose full text is given. Default [`PageKind::Auto`]. Letters and texts that
    /// are nearly clean do not ask.
    #[must_use]
    pub fn page(mut self, page: PageKind) -> Self {
        self.page = page;
        self
    }

    /// Says what happens to the letters that a letter quotes. Default [`Quotes::Context`].
    #[must_use]
    pub fn quotes(mut self, quotes: Quotes) -> Self {
        self.quotes = quotes;
        self
    }

    /// Says what happens to the signatures of letters. Default [`Signatures::Drop`].
    #[must_use]
    pub fn signatures(mut self, signatures: Signatures) -> Self {
        self.signatures = signatures;
        self
    }

    /// Drops only what is named as one of these families; all else stays. By default every family is dropped, and what
    /// has no name.
    #[must_use]
    pub fn strip(mut self, families: &[Family]) -> Self {
        self.strip = Some(families.to_vec());
        self
    }

    /// Keeps what is named as one of these families.
    #[must_use]
    pub fn no_strip(mut self, families: &[Family]) -> Self {
        self.no_strip = families.to_vec();
        self
    }

    /// Keeps every line or block that this regular expression matches, whatever else speaks against it. May be set
    /// several times.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for what is no regular expression.
    pub fn keep_text(mut self, pattern: &str) -> Result<Self> {
        self.keep_text.push(regex(pattern)?);
        Ok(self)
    }

    /// Drops every line or block that this regular expression matches, unless it is also to be kept. May be set several
    /// times.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for what is no regular expression.
    pub fn drop_text(mut self, pattern: &str) -> Result<Self> {
        self.drop_text.push(regex(pattern)?);
        Ok(self)
    }

    /// Keeps what stands in elements of HTML that this CSS selector matches, whatever else speaks against it. May be set
    /// several times. Of elements to keep and elements to drop inside each other, the innermost decides.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for what is no selector.
    pub fn keep(mut self, css: &str) -> Result<Self> {
        self.keep.push(own_selector(css)?);
        Ok(self)
    }

    /// Drops what stands in elements of HTML that this CSS selector matches. May be set several times.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`] for what is no selector.
    pub fn drop(mut self, css: &str) -> Result<Self> {
        self.drop.push(own_selector(css)?);
        Ok(self)
    }

    /// Adds pattern tables to the built-in one: pairs of a name for errors and a table of the columns that README
    /// names. A strong rule drops whatever it hits; others are evidence, as the built-in rules are. What stands beside
    /// a line that a rule hits is judged with it in sight.
    ///
    /// # Errors
    /// [`ErrorKind::Patterns`], in one line that names the table, its line and field.
    pub fn rules(mut self, tables: &[(&str, &str)]) -> Result<Self> {
        self.rules = Some(Arc::new(Patterns::with(tables)?));
        Ok(self)
    }

    /// The rows of the pattern table: the built-in ones, then those that were added, in their order.
    #[must_use]
    pub fn table(&self) -> &[Rule] {
        self.get_rules().rules()
    }

    /// Lets the pages of a site speak for each other: blocks that other pages of the host have as well are less likely main
    /// content. The statistics are best learned with the same options. By default there are none.
    #[must_use]
    pub fn templates(mut self, stats: TemplateStats) -> Self {
        self.templates = Some(Arc::new(Templates::new(stats)));
        self
    }

    /// Sets the limits on the work spent on one document.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The mode.
    #[must_use]
    pub fn get_mode(&self) -> Mode {
        self.mode
    }

    /// What happens to the headline; `None` stands for the default of the document's kind.
    #[must_use]
    pub fn get_headline(&self) -> Option<Headline> {
        self.headline
    }

    /// How much each verdict tells of its reasons.
    #[must_use]
    pub fn get_detail(&self) -> Detail {
        self.detail
    }

    /// What the pages are.
    #[must_use]
    pub fn get_page(&self) -> PageKind {
        self.page
    }

    /// What happens to the letters that a letter quotes.
    #[must_use]
    pub fn get_quotes(&self) -> Quotes {
        self.quotes
    }

    /// What happens to the signatures of letters.
    #[must_use]
    pub fn get_signatures(&self) -> Signatures {
        self.signatures
    }

    /// The limits.
    #[must_use]
    pub fn get_limits(&self) -> Limits {
        self.limits
    }

    /// The families that alone are dropped; `None` for all.
    #[must_use]
    pub fn get_strip(&self) -> Option<&[Family]> {
        self.strip.as_deref()
    }

    /// The families that are kept.
    #[must_use]
    pub fn get_no_strip(&self) -> &[Family] {
        &self.no_strip
    }

    pub(crate) fn get_keep_text(&self) -> &[Regex] {
        &self.keep_text
    }

    pub(crate) fn get_drop_text(&self) -> &[Regex] {
        &self.drop_text
    }

    /// The selectors, in the order in which they count on one element: the last decides.
    pub(crate) fn get_selectors(&self) -> Vec<(&Selector, Wish)> {
        let rules = self.get_rules().elements().iter().map(|(rule, selector)| (selector, Wish::Rule(*rule)));
        let drop = self.drop.iter().map(|selector| (selector, Wish::Drop));
        rules.chain(drop).chain(self.keep.iter().map(|selector| (selector, Wish::Keep))).collect()
    }

    pub(crate) fn get_templates(&self) -> Option<&Templates> {
        self.templates.as_deref()
    }

    /// Whether anything overrules what is decided about a block: rules, families, texts or elements.
    pub(crate) fn has_wishes(&self) -> bool {
        let texts = self.keep_text.len() + self.drop_text.len();
        let elements = self.keep.len() + self.drop.len();
        self.rules.is_some() || self.chooses_families() || texts + elements > 0
    }

    /// Whether the family of a block decides about it.
    pub(crate) fn chooses_families(&self) -> bool {
        self.strip.is_some() || !self.no_strip.is_empty()
    }

    /// The same, with no wish for any family.
    pub(crate) fn of_all_families(self) -> Self {
        Self { strip: None, no_strip: Vec::new(), ..self }
    }

    /// The pattern table: the built-in one, with the caller's own rules if there are any.
    pub(crate) fn get_rules(&self) -> &Patterns {
        match &self.rules {
            Some(patterns) => patterns,
            None => Patterns::builtin(),
        }
    }
}

fn own_selector(css: &str) -> Result<Selector> {
    selector(css).map_err(|reason| Error::new(ErrorKind::Patterns, reason))
}

/// A regular expression of the caller's, in one line of error where it is none.
fn regex(pattern: &str) -> Result<Regex> {
    Regex::new(pattern).map_err(|error| {
        // The parser draws the pattern and points into it; its last line is the reason.
        let text = error.to_string();
        let reason = text.lines().last().unwrap_or_default().trim();
        let reason = reason.strip_prefix("error: ").unwrap_or(reason);
        Error::new(ErrorKind::Patterns, format!("`{}`: {reason}", pattern.escape_debug()))
    })
}
