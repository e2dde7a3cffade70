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
use unboil::{Extraction, Extractor, Limit, Record, Status, input};

use super::args::{Args, Explain, To};
use super::output::{Output, OutputError, reason};
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
pub(crate) fn run(args: &Args) -> Result<Outcome, OutputError> {
    let standard_input = [PathBuf::from("-")];
    let inputs = if args.input.files.is_empty() { &standard_input[..] } else { &args.input.files };
    let extractor = Extractor::new(args.options());
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
        Ok(record) => record,
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
        Status::Limit(Limit::Parts) if !args.other.quiet => {
            report(format_args!("{}: parts nested too deep, read up to there (limit:parts)", record.id));
        }
        Status::Malformed if !args.other.quiet => {
            let fault = extraction.document.letter.as_ref().and_then(|letter| letter.fault).unwrap_or("damaged");
            report(format_args!("{}: {fault}, read as far as possible (malformed)", record.id));
        }
        _ => {}
    }
    output.write(path, &rendered(args, &extraction, &record.id))?;
    Ok(Some(kept))
}

/// Reads an input, up to one byte over the limit.
fn record(args: &Args, path: &Path) -> Result<Record, String> {
    let bytes = read(path, args.limits().bytes).map_err(|error| reason(&error))?;
    let kind = match args.kind() {
        Some(kind) => kind,
        None => input::detect(&bytes).map_err(|error| error.to_string())?,
    };
    let mut record = Record::new(bytes).id(path.display().to_string()).kind(kind);
    if let Some(url) = &args.input.url {
        record = record.url(url);
    }
    match &args.input.charset {
        Some(label) => record.charset(label).map_err(|error| error.to_string()),
        None => Ok(record),
    }
}

fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let limit = (limit as u64).saturating_add(1);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        // Reading a directory fails on some systems only.
        if fs::metadata(path)?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
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
