//! What became of the documents: the exit status and the summary line.

use std::process::ExitCode;
use std::time::Instant;

use super::FAILED;

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Something was kept.
    Kept,
    /// Nothing was kept.
    Empty,
    /// It is over the limit.
    TooLong,
    /// It is neither HTML nor text.
    NoDocument,
    /// It could not be read.
    Failed,
    /// Its output is there already.
    LeftAlone,
}

/// Counts of documents.
#[derive(Debug)]
pub(crate) struct Tally {
    start: Instant,
    kept: u64,
    empty: u64,
    too_long: u64,
    no_document: u64,
    failed: u64,
    left_alone: u64,
    bytes_in: u64,
    bytes_out: u64,
    /// How the last document ended.
    last: Option<Ending>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            kept: 0,
            empty: 0,
            too_long: 0,
            no_document: 0,
            failed: 0,
            left_alone: 0,
            bytes_in: 0,
            bytes_out: 0,
            last: None,
        }
    }

    pub(crate) fn add(&mut self, ending: Ending, bytes_in: usize, bytes_out: usize) {
        let count = match ending {
            Ending::Kept => &mut self.kept,
            Ending::Empty => &mut self.empty,
            Ending::TooLong => &mut self.too_long,
            Ending::NoDocument => &mut self.no_document,
            Ending::Failed => &mut self.failed,
            Ending::LeftAlone => &mut self.left_alone,
        };
        *count += 1;
        self.last = Some(ending);
        self.bytes_in += bytes_in as u64;
        self.bytes_out += bytes_out as u64;
    }

    /// Adds a piece of a text to the piece before it, with which it is one document.
    pub(crate) fn go_on(&mut self, ending: Ending, bytes_in: usize, bytes_out: usize) {
        if ending == Ending::Kept && self.last == Some(Ending::Empty) {
            self.empty -= 1;
            self.add(ending, 0, 0);
        } else if ending == Ending::Failed {
            self.add(ending, 0, 0);
        }
        self.bytes_in += bytes_in as u64;
        self.bytes_out += bytes_out as u64;
    }

    /// Documents so far.
    pub(crate) fn documents(&self) -> u64 {
        self.kept + self.empty + self.too_long + self.no_document + self.failed + self.left_alone
    }

    /// Whether a document or an input failed.
    pub(crate) fn has_failures(&self) -> bool {
        self.failed + self.too_long > 0
    }

    /// The exit status. Outputs that were there already count as content.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.has_failures() {
            ExitCode::from(FAILED)
        } else if self.kept + self.left_alone > 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        }
    }

    /// One line for people.
    pub(crate) fn summary(&self) -> String {
        let counts = [
            (self.kept, "with content"),
            (self.empty, "empty"),
            (self.no_document, "neither HTML nor text"),
            (self.too_long, "too long"),
            (self.failed, "failed"),
            (self.left_alone, "done before"),
        ];
        let parts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        let seconds = self.start.elapsed().as_secs_f64();
        let documents = self.documents();
        format!(
            "{}{}{}; {} in, {} out, {seconds:.1} s, {:.0} documents/s, {}/s",
            counted(documents),
            if parts.is_empty() { "" } else { ": " },
            parts.join(", "),
            size(self.bytes_in as f64),
            size(self.bytes_out as f64),
            documents as f64 / seconds.max(1e-9),
            size(self.bytes_in as f64 / seconds.max(1e-9)),
        )
    }
}

/// A number of documents for people.
pub(crate) fn counted(documents: u64) -> String {
    format!("{documents} document{}", if documents == 1 { "" } else { "s" })
}

/// A number of bytes for people.
pub(crate) fn size(bytes: f64) -> String {
    match bytes {
        bytes if bytes >= 1e9 => format!("{:.2} GB", bytes / 1e9),
        bytes if bytes >= 1e6 => format!("{:.1} MB", bytes / 1e6),
        bytes => format!("{:.1} kB", bytes / 1e3),
    }
}
