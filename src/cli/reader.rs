//! Inputs to jobs, in order: opens each input, splits it, and tells where it ends.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use unboil::input::{Envelope, Fault, Format, Records};

use super::args::{Args, Readings, To};
use super::claims::Claims;
use super::inputs::{Input, Names, STANDARD};
use super::output::{FileId, Place, file_id, is_stdin_directory, reason, stdout_file};

/// Bytes that are read at a time, at least and at most: a page that comes in one piece is not copied again as it grows.
const BUFFER: usize = 128 << 10;
const MOST_BUFFER: usize = 1 << 20;

/// What all documents of an input share.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) input: Input,
    pub(crate) format: Format,
    pub(crate) to: To,
    /// Where its documents go: a file, or a folder with a file for each.
    pub(crate) target: Option<Target>,
}

/// Where the documents of an input go in an output directory.
#[derive(Debug)]
pub(crate) enum Target {
    /// Into one file.
    File(PathBuf),
    /// Each into its own.
    Folder(PathBuf),
}

impl Target {
    /// The file, or the folder.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Folder(path) => path,
        }
    }
}

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Job {
    /// A document.
    Document(Arc<Source>, Envelope),
    /// What did not come out.
    Fault(Arc<Source>, Box<Fault>),
    /// An input that cannot be opened, or has no place to go, and why.
    Unreadable(Input, String),
    /// A name that leads to no input: a whole message.
    Unfound(String),
    /// An input is left alone.
    Skipped,
    /// An input has ended.
    End,
}

/// The jobs of all inputs.
pub(crate) struct Reader<'a> {
    inputs: Names,
    args: &'a Args,
    place: &'a Place,
    reading: &'a Readings,
    read: &'a AtomicU64,
    open: Option<(Arc<Source>, Records<'a>)>,
    /// The file to which standard output is written, if documents are.
    stdout: Option<FileId>,
    claims: Claims,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        args: &'a Args,
        place: &'a Place,
        reading: &'a Readings,
        inputs: Names,
        claims: Claims,
        read: &'a AtomicU64,
    ) -> Self {
        let stdout = matches!(place, Place::Stdout).then(stdout_file).flatten();
        Self { inputs, args, place, reading, read, open: None, stdout, claims }
    }

    /// The next job; `None` after the last input.
    pub(crate) fn next(&mut self) -> Option<Job> {
        if let Some((source, records)) = &mut self.open {
            let source = Arc::clone(source);
            return Some(match records.next() {
                Some(Ok(envelope)) => Job::Document(source, envelope),
                Some(Err(fault)) => Job::Fault(source, Box::new(fault)),
                None => {
                    self.open = None;
                    Job::End
                }
            });
        }
        match self.inputs.next()? {
            Ok(input) => Some(self.begin(input)),
            Err(message) => Some(Job::Unfound(message)),
        }
    }

    /// Opens an input.
    fn begin(&mut self, input: Input) -> Job {
        let file = match open(&input.path, self.stdout) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
                let is_named = input.path != Path::new(STANDARD);
                let reason = if is_named { "is a directory (-r reads the files in it)" } else { "is a directory" };
                return Job::Unreadable(input, reason.to_owned());
            }
            Err(error) => return Job::Unreadable(input, reason(&error)),
        };
        let Opened { bytes, length } = file;
        let buffer = usize::try_from(length).map_or(MOST_BUFFER, |length| length.clamp(BUFFER, MOST_BUFFER));
        let counted = Counted { inner: BufReader::with_capacity(buffer, bytes), read: self.read };
        let mut records = Records::new(counted, self.reading.of(&input));
        let format = records.format();
        let to = self.args.to(format);
        let folder = self.place.folder(&input, to).filter(|_| format.is_stream()).map(Target::Folder);
        let target = folder.or_else(|| self.place.target(&input, to).map(Target::File));
        if let Some(Err(refusal)) = target.as_ref().map(|target| self.claims.claim(target, &input)) {
            return Job::Unreadable(input, refusal);
        }
        if let Some(Target::File(path)) = &target
            && self.args.output.skip_existing
            && path.exists()
        {
            return Job::Skipped;
        }
        let source = Arc::new(Source { input, format, to, target });
        let first = records.next();
        self.open = Some((Arc::clone(&source), records));
        match first {
            Some(Ok(envelope)) => Job::Document(source, envelope),
            Some(Err(fault)) => Job::Fault(source, Box::new(fault)),
            None => {
                self.open = None;
                Job::End
            }
        }
    }
}

/// A file that is open, and how long it is, as far as that is known.
struct Opened {
    bytes: Box<dyn Read + Send>,
    length: u64,
}

/// Opens a file. To read what is written at the same time would never end.
fn open(path: &Path, written: Option<FileId>) -> io::Result<Opened> {
    if path == Path::new(STANDARD) {
        return if is_stdin_directory() {
            Err(io::ErrorKind::IsADirectory.into())
        } else {
            Ok(Opened { bytes: Box::new(io::stdin()), length: 0 })
        };
    }
    // Reading a directory fails on some systems only.
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if written.is_some() && file_id(&metadata) == written {
        return Err(io::Error::other("standard output is written to it"));
    }
    Ok(Opened { bytes: Box::new(File::open(path)?), length: metadata.len() })
}

/// A buffered reader that counts what comes into its buffer. (A counter below the buffer would let it be filled with zeros
/// for every file.)
struct Counted<'a, R> {
    inner: BufReader<R>,
    read: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let is_empty = self.inner.buffer().is_empty();
        let buffered = self.inner.fill_buf()?;
        if is_empty {
            self.read.fetch_add(buffered.len() as u64, Ordering::Relaxed);
        }
        Ok(buffered)
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}
