//! Inputs to outputs: reads each document, extracts, prints.
//!
//! An input that fails is reported and counted, and the others are still processed. Only the failure of an output that
//! all inputs share ends the run.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use unboil::{Extractor, Options, TemplateStats};

use super::args::Args;
use super::claims::Claims;
use super::document::{self, Desk, Done, Piece};
use super::inputs::{self, Input, Root};
use super::output::{Output, OutputError, Place};
use super::pipeline;
use super::progress::Progress;
use super::reader::{Reader, Source, Target};
use super::tally::{Ending, Tally, counted};
use super::{complain, interrupt, learned, pending, report};

/// Why a run ended before its inputs did.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The reader of standard output has gone; whether an input had failed before.
    Closed { failed: bool },
    /// What the arguments ask for cannot be done.
    Usage(String),
    /// The output that all inputs share cannot be written.
    Output(OutputError),
    /// What was learned cannot be kept; in one line.
    Learned(String),
}

/// Processes all inputs.
///
/// # Errors
/// What ended the run.
pub(crate) fn run(args: &Args, options: Options) -> Result<Tally, Stop> {
    let place = place(args);
    if let Place::File(path) = &place {
        pending::check(path).map_err(|wrong| Stop::Usage(format!("-o {wrong}")))?;
    }
    let mut tally = Tally::new();
    let known = args.show.learn.as_deref().map(learned::known).transpose().map_err(Stop::Learned)?;
    if let (Place::File(path), true) = (&place, args.output.skip_existing)
        && path.exists()
    {
        tally.add(Ending::LeftAlone, 0, 0);
        return Ok(tally);
    }
    let names = inputs::names(args);
    let (claims, names) = match &place {
        Place::Directory(folder) => Claims::on(folder, names, Root::of(args)).map_err(Stop::Usage)?,
        _ => (Claims::default(), names),
    };
    let inputs = inputs::inputs(args, names).map_err(Stop::Usage)?;
    interrupt::watch();
    // A panic over a document is told of as its fault.
    std::panic::set_hook(Box::new(|panic| {
        if !document::is_at_work() {
            report(format_args!("an error of this program: {panic}"));
        }
    }));
    let extractor = Extractor::new(options);
    let reading = args.readings();
    let read = AtomicU64::new(0);
    let desk = Desk { args, reading: &reading, extractor: &extractor };
    let mut reader = Reader::new(args, &place, &reading, inputs, claims, &read);
    let mut writer = Writer {
        output: Output::new(&place, args.bounds.line_buffered),
        tally,
        progress: Progress::new(args),
        read: &read,
        learned: known.unwrap_or_default(),
        unlearned: 0,
        is_cut: false,
        cut_off: None,
        keeps_existing: args.output.skip_existing,
    };
    let ran =
        pipeline::run(args.threads(), || reader.next(), |job| desk.work(job), Done::size, |done| writer.write(done));
    writer.progress.finish();
    // A later run would take what is there for the output of all inputs.
    if let (Place::File(path), true) = (&place, writer.is_cut && args.output.skip_existing) {
        writer.output.abandon();
        not_written(path);
    }
    match ran.and_then(|()| writer.output.finish()) {
        Ok(()) => {
            if let Some(path) = &args.show.learn {
                learned::write(path, &writer.learned).map_err(Stop::Learned)?;
                if writer.unlearned > 0 && !args.other.quiet {
                    let unlearned = counted(writer.unlearned);
                    report(format_args!("nothing learned of {unlearned} without an address or main content"));
                }
            }
            if writer.tally.documents() == 0 && !args.other.quiet {
                report(format_args!("no document found"));
            }
            Ok(writer.tally)
        }
        Err(error) if error.is_closed() => Err(Stop::Closed { failed: writer.tally.has_failures() }),
        Err(error) => Err(Stop::Output(error)),
    }
}

fn not_written(path: &Path) {
    let path = path.display();
    report(format_args!("{path}: not written, since an input failed and --skip-existing would leave it so"));
}

fn place(args: &Args) -> Place {
    match &args.output.path {
        _ if args.show.check || args.show.learn.is_some() => Place::Nowhere,
        Some(path) => Place::of_path(path),
        None => Place::Stdout,
    }
}

/// Prints what was done, in order.
struct Writer<'a> {
    output: Output<'a>,
    tally: Tally,
    progress: Progress,
    read: &'a AtomicU64,
    learned: TemplateStats,
    /// Documents of which nothing was learned.
    unlearned: u64,
    /// An input could not be opened, or not read to its end.
    is_cut: bool,
    /// What was written counts as done in the next run.
    keeps_existing: bool,
    /// The last document was cut off: if its input ends there, that is not whole.
    cut_off: Option<Arc<Source>>,
}

impl Writer<'_> {
    fn write(&mut self, done: Done) -> Result<(), OutputError> {
        let result = match done {
            Done::Document(mut piece) => {
                if let Some(learned) = piece.learned.take() {
                    self.unlearned += u64::from(learned.pages() == 0);
                    self.learned.merge(learned);
                }
                self.document(&piece)
            }
            Done::End => {
                self.drop_cut_off();
                let ended = self.output.end_of_input();
                if ended.as_ref().is_err_and(|error| !error.is_closed()) {
                    self.tally.add(Ending::Failed, 0, 0);
                }
                self.told(ended)
            }
            Done::Skipped => {
                self.tally.add(Ending::LeftAlone, 0, 0);
                Ok(())
            }
        };
        self.progress.show(self.tally.documents(), self.read.load(Ordering::Relaxed));
        result
    }

    /// A later run would take the output of an input that ended early for that of the whole. Documents with a file of
    /// their own are whole.
    fn drop_cut_off(&mut self) {
        let Some(source) = self.cut_off.take().filter(|_| self.keeps_existing) else { return };
        self.is_cut = true;
        if let Some(Target::File(path)) = &source.target
            && self.output.abandon_input()
        {
            not_written(path);
        }
    }

    fn document(&mut self, piece: &Piece) -> Result<(), OutputError> {
        for message in &piece.messages {
            report(format_args!("{message}"));
        }
        if !piece.notes.is_empty() {
            complain(&piece.notes);
        }
        if piece.is_last {
            self.output.abandon_input();
        }
        self.cut_off = piece.source.clone().filter(|_| piece.is_cut_off);
        self.is_cut |= piece.is_last || piece.source.is_none();
        let nobody = Input { path: "".into(), place: "".into(), is_letter: false };
        let input = piece.source.as_ref().map_or(&nobody, |source| &source.input);
        let output = piece.output.as_deref();
        let target = piece.target.as_deref();
        let written = output.map_or(Ok(()), |output| self.output.write(input, target, piece.parting, output));
        let ending = match &written {
            Err(error) if !error.is_closed() => Ending::Failed,
            _ => piece.ending,
        };
        let bytes_out = output.map_or(0, <[u8]>::len);
        if piece.goes_on {
            self.tally.go_on(ending, piece.bytes, bytes_out);
        } else {
            self.tally.add(ending, piece.bytes, bytes_out);
        }
        self.told(written)
    }

    /// Tells of an output that failed, if others may go well.
    fn told(&self, written: Result<(), OutputError>) -> Result<(), OutputError> {
        match written {
            Err(error) if self.output.place().is_separate() && !error.is_closed() => {
                report(format_args!("{error}"));
                Ok(())
            }
            written => written,
        }
    }
}
