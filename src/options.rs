//! What a caller may choose. Plain data with consuming setters; each default stands here and nowhere else.

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
    /// Elements and text nodes; parsing stops there. Default 1,000,000.
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

    /// Says what the pages are. Default [`PageKind::Auto`]. Plain texts do not ask.
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
}
