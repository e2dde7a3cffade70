//! One job to its output: opens the document, extracts, renders. Runs on any thread, and touches nothing shared.

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use unboil::input::{Entry, Envelope, Fault, Format, Reason};
use unboil::render::{self, Fallback, JsonFields, Removed};
use unboil::{Extraction, Extractor, Kind, Limit, Status, TemplateStats};

use super::args::{Args, Explain, Readings, To};
use super::output::{Parting, numbered, without_number};
use super::reader::{Job, Source, Target};
use super::tally::Ending;
use super::visible;

/// What became of a job.
#[derive(Debug)]
pub(crate) enum Done {
    /// A document, or one that did not come out.
    Document(Box<Piece>),
    /// An input has ended.
    End,
    /// An input was left alone.
    Skipped,
}

/// What is to be printed of a document.
#[derive(Debug)]
pub(crate) struct Piece {
    /// `None` for an input that could not be opened.
    pub(crate) source: Option<Arc<Source>>,
    /// The file of a directory that it belongs to.
    pub(crate) target: Option<PathBuf>,
    /// Output; `None` where there is not even an empty one.
    pub(crate) output: Option<Vec<u8>>,
    /// How it is parted from what was printed before it.
    pub(crate) parting: Parting,
    /// Explanations, as they are printed.
    pub(crate) notes: String,
    /// Errors and warnings, one line each.
    pub(crate) messages: Vec<String>,
    pub(crate) ending: Ending,
    /// What was learned of a page; empty where it has no address or no main content.
    pub(crate) learned: Option<TemplateStats>,
    /// Bytes of the document.
    pub(crate) bytes: usize,
    /// The input cannot be read any further.
    pub(crate) is_last: bool,
    /// The input ends in the middle of it, unless another follows.
    pub(crate) is_cut_off: bool,
    /// It is no document of its own, but goes on with the one before.
    pub(crate) goes_on: bool,
}

impl Done {
    /// Bytes that wait to be written.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Document(piece) => piece.output.as_ref().map_or(0, Vec::len) + piece.notes.len(),
            _ => 0,
        }
    }
}

thread_local! {
    /// A document is worked on, whose fault a panic is.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread works on a document.
pub(crate) fn is_at_work() -> bool {
    AT_WORK.get()
}

/// What all documents are worked on with.
pub(crate) struct Desk<'a> {
    pub(crate) args: &'a Args,
    pub(crate) reading: &'a Readings,
    pub(crate) extractor: &'a Extractor,
}

impl Desk<'_> {
    /// Does a job. A panic of the extractor is a fault of its document alone.
    pub(crate) fn work(&self, job: Job) -> Done {
        match job {
            Job::Document(source, envelope) => {
                let (number, offset) = (envelope.number(), envelope.offset());
                AT_WORK.set(true);
                let piece = catch_unwind(AssertUnwindSafe(|| self.document(&source, envelope)));
                AT_WORK.set(false);
                let broken = |_| {
                    let reason = Reason::Damaged("an error of this program".to_owned());
                    self.fault(&source, &Fault::new(number, offset, reason))
                };
                Done::Document(Box::new(piece.unwrap_or_else(broken)))
            }
            Job::Fault(source, fault) => Done::Document(Box::new(self.fault(&source, &fault))),
            Job::Unreadable(input, reason) => {
                Done::Document(Box::new(self.unreadable(&input.path.display().to_string(), &reason)))
            }
            Job::Unfound(message) => Done::Document(Box::new(Piece::failed(None, message))),
            Job::Skipped => Done::Skipped,
            Job::End => Done::End,
        }
    }

    fn document(&self, source: &Arc<Source>, envelope: Envelope) -> Piece {
        let target = target(source, envelope.number());
        if let (Some(Target::Folder(_)), Some(target)) = (&source.target, &target)
            && self.args.output.skip_existing
            && target.exists()
        {
            return Piece { ending: Ending::LeftAlone, ..Piece::new(source) };
        }
        let goes_on = envelope.goes_on();
        let mut entry = match envelope.open(self.reading.of(&source.input)) {
            Ok(entry) => entry,
            Err(fault) => return self.fault(source, &fault),
        };
        if let Err(error) = self.complete(source, &mut entry) {
            return self.fault(source, &Fault::new(entry.number, entry.offset, Reason::Damaged(error)));
        }
        let extraction = self.extractor.extract(&entry.record);
        let label = label(source, entry.number);
        let kept = extraction.verdicts.iter().any(|verdict| verdict.keep);
        let mut piece = Piece::new(source);
        piece.bytes = entry.record.bytes.len();
        piece.goes_on = goes_on;
        piece.target = target;
        piece.ending = match extraction.status {
            Status::Limit(Limit::Bytes) => Ending::TooLong,
            _ if kept => Ending::Kept,
            _ => Ending::Empty,
        };
        match extraction.status {
            Status::Limit(Limit::Bytes) => piece.messages.push(self.too_long(&label)),
            Status::Limit(Limit::Parts) if !self.args.other.quiet => {
                piece.messages.push(format!("{label}: parts nested too deep, read up to there (limit:parts)"));
            }
            Status::Malformed if !self.args.other.quiet => {
                let fault = extraction.document.letter.as_ref().and_then(|letter| letter.fault).unwrap_or("damaged");
                piece.messages.push(format!("{label}: {fault}, read as far as possible (malformed)"));
            }
            Status::Truncated if !self.args.other.quiet => {
                piece.messages.push(format!("{label}: broke off when it was fetched, read up to there (truncated)"));
            }
            Status::Limit(Limit::Nodes) if !self.args.other.quiet => {
                let nodes = self.args.limits().nodes;
                piece.messages.push(match extraction.document.kind {
                    Kind::Html => format!("{label}: read up to {nodes} nodes (limit:nodes)"),
                    _ => format!("{label}: what stands behind {nodes} lines was read as one (limit:nodes)"),
                });
            }
            _ => {}
        }
        piece.notes = self.explained(&extraction, &entry.record.id);
        if self.args.show.learn.is_some() {
            let mut stats = TemplateStats::default();
            stats.learn(&extraction);
            piece.learned = Some(stats);
        } else if piece.ending != Ending::TooLong || source.to.is_rows() {
            piece.output = Some(self.rendered(source.to, &extraction, &entry).into_owned());
            piece.parting = if goes_on { Parting::None } else { self.parting(source, &extraction) };
        }
        piece
    }

    /// Adds to a document what the command line says about it.
    fn complete(&self, source: &Source, entry: &mut Entry) -> Result<(), String> {
        let input = &self.args.input;
        if entry.record.id.is_empty() {
            entry.record.id = label(source, entry.number);
        }
        if source.format == Format::Document
            && let Some(url) = &input.url
        {
            entry.record.url = Some(url.clone());
        }
        // Strings of JSON are decoded already.
        if let Some(charset) = input.charset.as_ref().filter(|_| source.format != Format::Jsonl) {
            let record = std::mem::replace(&mut entry.record, unboil::Record::new(""));
            entry.record = record.charset(charset).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn too_long(&self, label: &str) -> String {
        format!("{label}: larger than {} bytes (limit:bytes)", self.args.limits().bytes)
    }

    /// What is told of a document that did not come out.
    fn fault(&self, source: &Arc<Source>, fault: &Fault) -> Piece {
        let label = label(source, fault.number);
        let (status, ending, message) = match &fault.reason {
            Reason::TooLong => ("limit:bytes".to_owned(), Ending::TooLong, Some(self.too_long(&label))),
            // Pictures and scripts are a part of every crawl, but an input that is one was named by mistake.
            Reason::NoDocument(kind) => (format!("skipped: {}", or_unknown(kind)), Ending::NoDocument, None),
            reason => {
                let text = reason.to_string();
                let reason = without_number(&text);
                let place =
                    if source.format.is_stream() { format!(" (at byte {})", fault.offset) } else { String::new() };
                (format!("error: {reason}"), Ending::Failed, Some(format!("{label}: {reason}{place}")))
            }
        };
        let mut piece = Piece::new(source);
        piece.ending = ending;
        piece.messages.extend(message);
        piece.is_last = matches!(fault.reason, Reason::Failed(_));
        piece.is_cut_off = matches!(fault.reason, Reason::CutOff(_));
        if source.to.is_rows() && !fault.has_record {
            let id = fault.id.as_deref().unwrap_or(&label);
            let fields = JsonFields { id, passed: Some(&fault.fields), ..JsonFields::default() };
            // A file of a directory is not written where its input failed.
            piece.target = target(source, fault.number).filter(|_| !piece.is_last);
            piece.output = Some(line(render::json_failure(&fields, fault.url.as_deref(), &status)));
        }
        piece
    }

    fn unreadable(&self, label: &str, reason: &str) -> Piece {
        let mut piece = Piece::failed(None, format!("{label}: {reason}"));
        if self.args.to(Format::Document).is_rows() {
            let fields = JsonFields { id: label, ..JsonFields::default() };
            piece.output = Some(line(render::json_failure(&fields, None, &format!("error: {reason}"))));
        }
        piece
    }

    fn explained(&self, extraction: &Extraction<'_>, id: &str) -> String {
        match self.args.show.explain {
            Some(Explain::Text) => format!("{}: {}", visible(id), render::explain::text(extraction)),
            Some(Explain::Json) => render::explain::json(extraction, id),
            None => String::new(),
        }
    }

    /// What parts a document from the one before it: of a text in the line break of its own encoding.
    fn parting(&self, source: &Source, extraction: &Extraction<'_>) -> Parting {
        if source.to.is_rows() {
            return Parting::Line;
        }
        let is_own = extraction.document.kind == Kind::Text && extraction.document.letter.is_none();
        let feed: &[u8] = match extraction.charset.name {
            "UTF-16LE" if is_own && !self.args.show.mark => b"\n\0",
            "UTF-16BE" if is_own && !self.args.show.mark => b"\0\n",
            _ => b"\n",
        };
        let is_lines =
            is_own && source.format == Format::Document && source.to == To::Text && !self.args.output.metadata;
        if is_lines { Parting::Lines(feed) } else { Parting::BlankLine(feed) }
    }

    /// What is printed for a document.
    fn rendered<'e>(&self, to: To, extraction: &'e Extraction<'_>, entry: &Entry) -> Cow<'e, [u8]> {
        let args = self.args;
        if args.show.invert {
            return render::removed(extraction).into();
        }
        if args.show.mark {
            return render::marked(extraction).into();
        }
        if to.is_rows() {
            let fallback = if args.keep.or_input { Fallback::Input } else { Fallback::Nothing };
            let removed = if args.show.explain.is_some() { Removed::List } else { Removed::Omit };
            let fields = JsonFields { id: &entry.record.id, fallback, removed, passed: Some(&entry.fields) };
            return line(render::json(extraction, &fields)).into();
        }
        if !extraction.verdicts.iter().any(|verdict| verdict.keep) {
            return if args.keep.or_input { extraction.input.into() } else { Cow::default() };
        }
        let body = match to {
            To::Html if args.output.metadata => return render::html_page(extraction).into_bytes().into(),
            To::Html => render::html(extraction).into(),
            To::Md => render::markdown(extraction).into(),
            _ => render::text(extraction),
        };
        if args.output.metadata {
            let mut out = render::front_matter(&extraction.metadata).into_bytes();
            out.extend(body);
            return out.into();
        }
        body.into()
    }
}

impl Piece {
    fn new(source: &Arc<Source>) -> Self {
        Self { source: Some(Arc::clone(source)), ..Self::failed(None, String::new()) }.without_messages()
    }

    fn failed(source: Option<Arc<Source>>, message: String) -> Self {
        Self {
            source,
            target: None,
            output: None,
            parting: Parting::Line,
            notes: String::new(),
            messages: vec![message],
            ending: Ending::Failed,
            learned: None,
            bytes: 0,
            is_last: false,
            is_cut_off: false,
            goes_on: false,
        }
    }

    fn without_messages(mut self) -> Self {
        self.messages.clear();
        self
    }
}

fn line(mut row: String) -> Vec<u8> {
    row.push('\n');
    row.into_bytes()
}

fn or_unknown(kind: &str) -> &str {
    if kind.is_empty() { "unknown" } else { kind }
}

/// What a document is called in messages, and in rows where it has no name of its own.
fn label(source: &Source, number: u64) -> String {
    let path = source.input.path.display();
    if number == 0 { path.to_string() } else { format!("{path}#{number}") }
}

fn target(source: &Source, number: u64) -> Option<PathBuf> {
    match source.target.as_ref()? {
        Target::File(path) => Some(path.clone()),
        Target::Folder(folder) => Some(numbered(folder, number, source.to)),
    }
}
