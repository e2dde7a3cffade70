//! Inputs to outputs: reads each document, extracts, prints.
//!
//! An input that fails is reported and counted, and the others are still processed. Only the failure of an output that
//! all inputs share ends the run.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use unboil::render::{self, Fallback, JsonFields};
use unboil::{Extraction, Extractor, Kind, Limit, Options, Record, Status, input};

use super::args::{Args, Explain, To};
use super::output::{Output, OutputError, reason};
use super::pieces::{PIECE, Pieces};
use super::{FAILED, complain, report};

/// What became of the documents.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    kept: bool,
    failed: bool,
}

impl Outcome {
    /// The exit status.
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self { failed: true, .. } => ExitCode::from(FAILED),
            Self { kept: true, .. } => ExitCode::SUCCESS,
            Self { .. } => ExitCode::from(1),
        }
    }
}

/// Processes all inputs.
///
/// # Errors
/// When the output that all inputs share cannot be written.
pub(crate) fn run(args: &Args, options: Options) -> Result<Outcome, OutputError> {
    let standard_input = [PathBuf::from("-")];
    let inputs = if args.input.files.is_empty() { &standard_input[..] } else { &args.input.files };
    let extractor = Extractor::new(options);
    let mut output = output(args);
    let mut outcome = Outcome::default();
    for path in inputs {
        match document(args, &extractor, path, &mut output) {
            Ok(Some(kept)) => outcome.kept |= kept,
            Ok(None) => outcome.failed = true,
            // As filters do when nobody reads on: what was printed went well.
            Err(error) if error.is_closed() => return Ok(Outcome { kept: true, failed: outcome.failed }),
            Err(error) if output.is_separate() => {
                report(format_args!("{error}"));
                outcome.failed = true;
            }
            Err(error) => return Err(error),
        }
    }
    output.finish()?;
    Ok(outcome)
}

fn output(args: &Args) -> Output {
    match &args.output.path {
        _ if args.show.check => Output::Nowhere,
        Some(path) => Output::to_path(path, args.output.to.extension()),
        None => Output::Stdout,
    }
}

/// Processes one input. Tells whether something was kept; `None` for an input that failed and was reported.
fn document(args: &Args, extractor: &Extractor, path: &Path, output: &mut Output) -> Result<Option<bool>, OutputError> {
    let record = match record(args, path) {
        Ok(Input::Whole(record)) => record,
        Ok(Input::Pieces(pieces)) => return text_in_pieces(args, extractor, path, pieces, output),
        Err(reason) => {
            report(format_args!("{}: {reason}", path.display()));
            return Ok(None);
        }
    };
    let extraction = extractor.extract(&record);
    let kept = extraction.verdicts.iter().any(|verdict| verdict.keep);
    explain(args, &extraction, &record.id);
    match extraction.status {
        Status::Limit(Limit::Bytes) => {
            report(format_args!("{}: larger than {} bytes (limit:bytes)", record.id, args.limits().bytes));
            if args.output.to == To::Json {
                output.write(path, &rendered(args, &extraction, &record.id))?;
            }
            return Ok(None);
        }
        Status::Limit(Limit::Nodes) if !args.other.quiet => {
            report(format_args!("{}: read up to {} nodes (limit:nodes)", record.id, args.limits().nodes));
        }
        _ => {}
    }
    output.write(path, &rendered(args, &extraction, &record.id))?;
    Ok(Some(kept))
}

/// A long plain text, cleaned piece by piece: as for a single document.
fn text_in_pieces(
    args: &Args,
    extractor: &Extractor,
    path: &Path,
    pieces: LongText,
    output: &mut Output,
) -> Result<Option<bool>, OutputError> {
    let mut kept = false;
    for piece in pieces {
        let record = piece.map_err(|error| reason(&error)).and_then(|bytes| labelled(args, path, bytes, Kind::Text));
        let record = match record {
            Ok(record) => record,
            Err(reason) => {
                report(format_args!("{}: {reason}", path.display()));
                return Ok(None);
            }
        };
        let extraction = extractor.extract(&record);
        kept |= extraction.verdicts.iter().any(|verdict| verdict.keep);
        explain(args, &extraction, &record.id);
        output.write(path, &rendered(args, &extraction, &record.id))?;
    }
    Ok(Some(kept))
}

type LongText = Pieces<Box<dyn Read>>;

/// An input: a document, or a plain text too long to be held as one.
enum Input {
    Whole(Record),
    Pieces(LongText),
}

/// Reads an input, up to one byte over the limit.
fn record(args: &Args, path: &Path) -> Result<Input, String> {
    let limit = args.limits().bytes;
    let mut reader = open(path).map_err(|error| reason(&error))?;
    let mut bytes = read(&mut reader, limit.min(PIECE)).map_err(|error| reason(&error))?;
    let kind = match args.kind() {
        Some(kind) => kind,
        None => input::detect(&bytes).map_err(|error| error.to_string())?,
    };
    if bytes.len() > PIECE {
        if kind == Kind::Text && can_be_cut(args, &bytes) {
            return Ok(Input::Pieces(Pieces::new(bytes, reader)));
        }
        let more = read(&mut reader, limit - PIECE).map_err(|error| reason(&error))?;
        bytes.extend(more);
    }
    labelled(args, path, bytes, kind).map(Input::Whole)
}

/// Whether a text can be cleaned in pieces: where its lines are printed, and in an encoding whose line ends are bytes.
fn can_be_cut(args: &Args, bytes: &[u8]) -> bool {
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let given_wide = args.input.charset.as_ref().is_some_and(|label| label.to_ascii_lowercase().starts_with("utf-16"));
    args.output.to == To::Text
        && !args.output.metadata
        && !args.output.path.as_deref().is_some_and(Path::is_dir)
        && !wide
        && !given_wide
}

fn labelled(args: &Args, path: &Path, bytes: Vec<u8>, kind: Kind) -> Result<Record, String> {
    let mut record = Record::new(bytes).id(path.display().to_string()).kind(kind);
    if let Some(url) = &args.input.url {
        record = record.url(url);
    }
    match &args.input.charset {
        Some(label) => record.charset(label).map_err(|error| error.to_string()),
        None => Ok(record),
    }
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    // Reading a directory fails on some systems only.
    if fs::metadata(path)?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(File::open(path)?))
}

/// Reads up to one byte over the limit.
fn read(reader: &mut dyn Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn explain(args: &Args, extraction: &Extraction<'_>, id: &str) {
    match args.show.explain {
        Some(Explain::Text) => complain(&format!("{id}: {}", render::explain::text(extraction))),
        Some(Explain::Json) => complain(&render::explain::json(extraction, id)),
        None => {}
    }
}

/// What is printed for a document.
fn rendered<'e>(args: &Args, extraction: &'e Extraction<'_>, id: &str) -> Cow<'e, [u8]> {
    if args.show.invert {
        return render::removed(extraction).into();
    }
    if args.show.mark {
        return render::marked(extraction).into();
    }
    if args.output.to == To::Json {
        let fallback = if args.keep.or_input { Fallback::Input } else { Fallback::Nothing };
        let mut row = render::json(extraction, &JsonFields { id, fallback });
        row.push('\n');
        return row.into_bytes().into();
    }
    if !extraction.verdicts.iter().any(|verdict| verdict.keep) {
        return if args.keep.or_input { extraction.input.into() } else { Cow::default() };
    }
    let body = if args.output.to == To::Md { render::markdown(extraction).into() } else { render::text(extraction) };
    if args.output.metadata {
        let mut out = render::front_matter(&extraction.metadata).into_bytes();
        out.extend(body);
        return out.into();
    }
    body.into()
}
