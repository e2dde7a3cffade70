//! unboil keeps the article and drops the boilerplate.
//!
//! HTML or plain text goes in, a verdict for every block comes out: main content, or boilerplate of some family, with a
//! score and a reason. The renderers print what was kept, what was dropped, or both.
//!
//! ```
//! let page = "<nav><a href=/>Home</a></nav><p>The ferry to the island runs again from Monday, the harbour office \
//!             said, after the storm had closed the pier for nine days.</p><footer>© Harbour News</footer>";
//! let record = unboil::Record::new(page);
//! let extraction = unboil::Extractor::new(unboil::Options::default()).extract(&record);
//! assert!(unboil::render::text(&extraction).starts_with(b"The ferry"));
//! ```
//!
//! # The way through it
//!
//! `bytes -> input -> decode -> segment -> Document{Block…} -> features -> classify -> Verdict per block -> render`.
//! One way, no way back; what differs between HTML, text and letters stands in files of its own in each room.
//!
//! # Invariants
//!
//! - The library does no I/O, prints nothing, and keeps nothing of a document for the next; the only globals are tables, of
//!   which a pattern is compiled when it is first tried.
//! - Extraction cannot fail: bad HTML is not an error. Errors are for configuration and models.
//! - The same bytes, options and model give the same output, in any order, on any thread.
//! - Nothing recurses on the depth of its input; work is linear in the input, with limits on bytes, nodes and depth.
//! - Every character kept was in the input.
//! - The library knows nothing of the command line, and the command line uses only the public library.
//! - No network, no scripts, no clock, no locale, no randomness.

mod classify;
mod decode;
mod digits;
mod document;
mod error;
mod features;
mod hash;
pub mod input;
mod json;
mod metadata;
mod model;
mod options;
mod pairs;
mod patterns;
pub mod render;
mod rows;
mod scripts;
mod segment;
mod signs;
mod spaces;
mod templates;

use std::sync::Arc;

use classify::{Classifier, Judgement, TextClassifier};

pub use document::{
    Attachment, Block, BlockKind, Charset, CharsetSource, Class, Document, Element, ElementId, Evidence, Extraction,
    Family, Head, Kind, Letter, Limit, Metadata, Name, Outline, Reason, Sign, Span, SpanKind, Status, Tag, Verdict,
    Wish,
};
pub use error::{Error, ErrorKind, Result};
pub use input::Record;
pub use options::{Detail, Headline, Limits, Mode, Options, PageKind, Quotes, Signatures};
pub use patterns::{Cue, Position, Rule, Strength, rules};
pub use templates::{TemplateStats, Templates};

/// The inner stages, for crates/lab alone: nothing in here is a public interface.
#[cfg(feature = "lab")]
pub mod lab {
    use std::ops::Range;
    use std::sync::Arc;

    use crate::classify::{Classifier, TextClassifier};
    pub use crate::features::lexicon::{BUCKETS, Entry, Lexicon, STEP, UNSEEN, bucket, each_token};
    pub use crate::features::lines::{hash as line_features_hash, table as line_features};
    pub use crate::features::wording::{SLOTS, STEP as WORDING_STEP, Slot, Wording, each_piece, print, slot};
    pub use crate::features::{Columns, Feature, Learned, hash as features_hash, table as features};
    pub use crate::model::format::{Aim, Model, ModelParts};
    pub use crate::model::trees::{Ensemble, Node, Tree};
    use crate::{Document, Extractor, Kind, Options, Record, TemplateStats};

    /// A record's blocks, not yet judged: works without a model that fits the features.
    #[must_use]
    pub fn segment(record: &Record) -> Document {
        Extractor::new(Options::default()).segment(record).0
    }

    /// A record's text, decoded as a page.
    #[must_use]
    pub fn decoded(record: &Record) -> String {
        crate::decode::decode(&record.bytes, crate::decode::choose(&record.bytes, record.hints(Kind::Html))).into()
    }

    /// The features of every block of a document, with the shipped tables.
    #[must_use]
    pub fn shipped_columns(document: &Document) -> Columns {
        columns(document, Classifier::shipped().learned())
    }

    /// The features of every unit of a plain text, with the shipped tables.
    #[must_use]
    pub fn shipped_line_columns(document: &Document) -> Columns {
        line_columns(document, TextClassifier::shipped().learned())
    }

    /// Judges a document and forgets the verdicts: for timing.
    pub fn classify(document: &Document, options: &Options) {
        std::hint::black_box(crate::classify::classify(document, options, None, None));
    }

    /// Reads a document's metadata and forgets it: for timing.
    pub fn metadata(document: &Document) {
        std::hint::black_box(crate::metadata::read(document, None));
    }

    /// The text nodes of a page, as they stand.
    #[must_use]
    pub fn text_nodes(record: &Record) -> Vec<String> {
        crate::segment::html::text_nodes(&decoded(record), crate::Limits::default())
    }

    /// What is judged together of a plain text: its blocks and their text.
    #[must_use]
    pub fn line_units(document: &Document) -> Vec<(Range<usize>, String)> {
        let units = crate::features::lines::units(document, 0..document.blocks.len());
        units.into_iter().map(|unit| (unit.blocks, unit.text.into_owned())).collect()
    }

    /// The keys of a unit's words in the vocabulary: their hashes, and the bucket of its length.
    #[must_use]
    pub fn line_words(text: &str) -> (Vec<u32>, usize) {
        let mut hashes = Vec::new();
        let bucket = crate::features::lines::keys(text, |hash| hashes.push(hash));
        (hashes, bucket)
    }

    /// The sentences of a text.
    #[must_use]
    pub fn sentences(text: &str) -> Vec<&str> {
        crate::features::sentences::sentences(text).collect()
    }

    /// The features of every unit of a plain text.
    #[must_use]
    pub fn line_columns(document: &Document, learned: &Learned) -> Columns {
        use crate::features::lines::{LineFacts, measure, units};
        let units = units(document, 0..document.blocks.len());
        measure(&LineFacts::new(&units, crate::patterns::Patterns::builtin(), learned, None, None))
    }

    /// An extractor with another model than the shipped one.
    #[must_use]
    pub fn extractor(options: Options, model: Model) -> Extractor {
        Extractor { options, classifier: Some(Arc::new(Classifier::new(model))), ..Extractor::default() }
    }

    /// An extractor with another model of plain texts than the shipped one.
    #[must_use]
    pub fn text_extractor(options: Options, model: Model) -> Extractor {
        Extractor { options, texts: Some(Arc::new(TextClassifier::new(model))), ..Extractor::default() }
    }

    /// The same extractor with these statistics.
    #[must_use]
    pub fn with_templates(extractor: &Extractor, stats: TemplateStats) -> Extractor {
        let mut extractor = extractor.clone();
        extractor.options = extractor.options.templates(stats);
        extractor
    }

    /// The features of every block of a document.
    #[must_use]
    pub fn columns(document: &Document, learned: &Learned) -> Columns {
        let facts = crate::features::Facts::new(document, crate::patterns::Patterns::builtin(), learned);
        crate::features::measure(document, &facts)
    }
}

/// Extracts main content: options and tables, built once and shared by threads.
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    options: Options,
    /// Another classifier of pages than the shipped one.
    classifier: Option<Arc<Classifier>>,
    /// Another classifier of plain texts than the shipped one.
    texts: Option<Arc<TextClassifier>>,
}

impl Extractor {
    /// An extractor with these options.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Judges every block of a document. Infallible and pure: a document that cannot be read at all has no blocks and
    /// says why in its status.
    #[must_use]
    pub fn extract<'r>(&self, record: &'r Record) -> Extraction<'r> {
        let (document, charset) = self.segment(record);
        let Judgement { verdicts, confidence } =
            classify::classify(&document, &self.options, self.classifier.as_deref(), self.texts.as_deref());
        let metadata = metadata::read(&document, record.url.as_deref());
        let malformed = document.letter.as_ref().is_some_and(|letter| letter.fault.is_some());
        let status = match document.limit {
            Some(limit) => Status::Limit(limit),
            None if malformed => Status::Malformed,
            None if record.is_cut => Status::Truncated,
            None if verdicts.iter().any(|verdict| verdict.keep) => Status::Ok,
            None => Status::Empty,
        };
        let headline = self.lone_headline(&document, &verdicts, &metadata);
        Extraction { input: &record.bytes, headline, document, verdicts, confidence, metadata, charset, status }
    }

    /// The headline of a page or the subject of a letter, where it is asked for and no kept block holds it.
    fn lone_headline(&self, document: &Document, verdicts: &[Verdict], metadata: &Metadata) -> Option<String> {
        let apart = document.kind == Kind::Html || document.letter.is_some();
        let wanted = apart && self.options.get_headline() == Some(Headline::Keep);
        let stands = verdicts.iter().any(|verdict| verdict.class == Class::Title && verdict.keep);
        metadata.title.clone().filter(|_| wanted && !stands)
    }

    /// A record's blocks, not yet judged.
    fn segment(&self, record: &Record) -> (Document, Charset) {
        let limits = self.options.get_limits();
        let kind = record.kind.unwrap_or_else(|| input::detect(&record.bytes).unwrap_or(Kind::Text));
        let choice = decode::choose(&record.bytes, record.hints(kind));
        let mut document = match kind {
            _ if record.bytes.len() > limits.bytes => Document::empty(kind, Some(Limit::Bytes)),
            Kind::Html => {
                segment::html::segment(&decode::decode(&record.bytes, choice), limits, &self.options.get_selectors())
            }
            Kind::Text => segment::text::segment(&record.bytes, choice, limits.nodes),
            Kind::Mail => return self.segment_letter(record),
        };
        document.url = record.url.clone().or_else(|| document.head.address().map(str::to_owned));
        (document, choice.charset)
    }
    /// A letter's blocks: those of its HTML or those of its text, whichever is the better body.
    fn segment_letter(&self, record: &Record) -> (Document, Charset) {
        let mail = input::mail::read(&record.bytes, record.charset);
        let page = mail
            .html
            .as_ref()
            .map(|html| segment::html::segment(&html.text, self.options.get_limits(), &self.options.get_selectors()));
        let prefers_html =
            |page: &Document, text: &input::mail::Body| segment::mail::prefers_html(page, &text.text, &mail.letter);
        let in_lines =
            |body: input::mail::Body| (segment::mail::segment(&body.text, self.options.get_limits().nodes), body);
        let (mut document, body) = match (page, mail.text) {
            (Some(page), text) if text.as_ref().is_none_or(|text| prefers_html(&page, text)) => {
                let html = mail.html.unwrap_or_default();
                match segment::mail::preformatted(&page) {
                    Some(text) => in_lines(input::mail::Body { text, ..html }),
                    None => (page.in_lines(), html),
                }
            }
            (_, text) => in_lines(text.unwrap_or_default()),
        };
        document.url = record.url.clone();
        document.limit = mail.limit.or(document.limit);
        document.letter = Some(Box::new(Letter { body: body.text, ..mail.letter }));
        (document, body.charset)
    }
}
