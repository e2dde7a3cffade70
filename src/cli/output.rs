//! Where the output goes: standard output, a file, or a directory.
//!
//! A file is written under a temporary name in its folder and renamed when it is whole, so nobody reads half of one and
//! a failure leaves the old one. What is not a regular file (a pipe, `/dev/null`) is written to directly.

use std::fmt;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::args::To;
use super::inputs::{Input, STANDARD};
use super::pending::Pending;

/// An output that failed.
#[derive(Debug)]
pub(crate) struct OutputError {
    place: String,
    cause: io::Error,
}

impl OutputError {
    fn new(place: &Path, cause: io::Error) -> Self {
        Self { place: place.display().to_string(), cause }
    }

    fn of_stdout(cause: io::Error) -> Self {
        Self::new(Path::new("standard output"), cause)
    }

    /// Whether the reader of standard output has gone, which is no error.
    pub(crate) fn is_closed(&self) -> bool {
        is_closed(&self.cause)
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, reason(&self.cause))
    }
}

/// Where the output goes.
#[derive(Debug)]
pub(crate) enum Place {
    /// Nowhere.
    Nowhere,
    /// To standard output, document after document.
    Stdout,
    /// To one file, document after document.
    File(PathBuf),
    /// To a file for each input; for each document where an input holds many and they are not rows.
    Directory(PathBuf),
}

impl Place {
    /// A file, or a directory: one that exists, or a path that ends like one.
    pub(crate) fn of_path(path: &Path) -> Self {
        if path == Path::new(STANDARD) {
            Self::Stdout
        } else if path.is_dir() || ends_with_separator(path) {
            Self::Directory(path.to_owned())
        } else {
            Self::File(path.to_owned())
        }
    }

    /// Whether another input may go well where this output failed.
    pub(crate) fn is_separate(&self) -> bool {
        matches!(self, Self::Directory(_))
    }

    /// The file that gets the output of an input; `None` where inputs have no file of their own.
    pub(crate) fn target(&self, input: &Input, to: To) -> Option<PathBuf> {
        match self {
            Self::Directory(folder) => Some(folder.join(renamed(&unpacked(&input.place), to.extension()))),
            _ => None,
        }
    }

    /// The folder that gets the documents of an input that holds many, each in a file of its own.
    pub(crate) fn folder(&self, input: &Input, to: To) -> Option<PathBuf> {
        match self {
            Self::Directory(folder) if !to.is_rows() => Some(folder.join(unpacked(&input.place))),
            _ => None,
        }
    }
}

/// The name of a document's file in the folder of its input: numbers sort as they count.
pub(crate) fn numbered(folder: &Path, number: u64, to: To) -> PathBuf {
    folder.join(format!("{number:06}.{}", to.extension()))
}

/// A place without the extension of a compressed file.
fn unpacked(place: &Path) -> PathBuf {
    const PACKED: [&str; 4] = ["gz", "zst", "bz2", "xz"];
    let extension = place.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_packed = PACKED.iter().any(|packed| extension.eq_ignore_ascii_case(packed));
    if is_packed { place.with_extension("") } else { place.to_owned() }
}

/// A place with another extension. What follows the last dot of `notes-1.2`, or of a letter in a Maildir, is none and stays.
fn renamed(place: &Path, extension: &str) -> PathBuf {
    const KNOWN: [&str; 25] = [
        "html", "htm", "xhtml", "xht", "shtml", "mht", "xml", "php", "asp", "aspx", "jsp", "cgi", "txt", "text", "md",
        "markdown", "eml", "mbox", "mbx", "warc", "wet", "wat", "json", "jsonl", "ndjson",
    ];
    let known = place.extension().and_then(|known| known.to_str()).unwrap_or_default();
    if KNOWN.iter().any(|name| known.eq_ignore_ascii_case(name)) {
        return place.with_extension(extension);
    }
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// What stands between a document and the one before it. As much is added as is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Parting {
    /// Nothing: it goes on with it.
    #[default]
    None,
    /// A line break: it is a row.
    Line,
    /// A blank line, made of this line break, so that two documents stand apart as their paragraphs do.
    BlankLine(&'static [u8]),
    /// The same, but after lines of another text only a line break where none ends them: lines come out as they came.
    Lines(&'static [u8]),
}

/// Bytes at the end of an output that tell whether a blank line stands there: two line breaks of UTF-16.
const TAIL: usize = 8;

/// What stands at the end of an output.
#[derive(Debug, Default)]
struct Tail {
    /// The last bytes; none where nothing was written.
    bytes: Vec<u8>,
    /// What is to be written before anything else.
    owed: Parting,
    /// They are lines of a text.
    is_lines: bool,
}

impl Tail {
    /// What is written before the bytes of a document.
    fn gap(&mut self, parting: Parting, bytes: &[u8]) -> Vec<u8> {
        if parting != Parting::None {
            self.owed = parting;
        }
        if bytes.is_empty() {
            return Vec::new();
        }
        let owed = std::mem::take(&mut self.owed);
        let was_lines = self.is_lines;
        if owed != Parting::None {
            self.is_lines = matches!(owed, Parting::Lines(_));
        }
        match owed {
            _ if self.bytes.is_empty() => Vec::new(),
            Parting::None => Vec::new(),
            Parting::Line => b"\n".repeat(self.missing(b"\n").saturating_sub(1)),
            Parting::Lines(feed) if was_lines => feed.repeat(self.missing(feed).saturating_sub(1)),
            Parting::BlankLine(feed) | Parting::Lines(feed) => feed.repeat(self.missing(feed)),
        }
    }

    /// How many line breaks a blank line lacks.
    fn missing(&self, feed: &[u8]) -> usize {
        let Some(line) = self.bytes.strip_suffix(feed) else { return 2 };
        let carriage: Vec<u8> = feed.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect();
        let line = line.strip_suffix(carriage.as_slice()).unwrap_or(line);
        usize::from(!line.is_empty() && !line.ends_with(feed))
    }

    /// Takes note of what was written.
    fn follow(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default());
        self.bytes.drain(..self.bytes.len().saturating_sub(TAIL));
    }
}

/// An output that is being written.
#[derive(Debug)]
pub(crate) struct Output<'a> {
    place: &'a Place,
    stdout: BufWriter<io::Stdout>,
    /// The one file, or the file of the input that is being written.
    open: Option<(PathBuf, Pending)>,
    /// The input of which the one file got something last.
    input: Option<PathBuf>,
    /// The file of a directory that could not be written: what follows of its input is not written either.
    failed: Option<PathBuf>,
    tail: Tail,
    line_buffered: bool,
}

impl<'a> Output<'a> {
    /// An output to a place. Nothing is there before the first document.
    pub(crate) fn new(place: &'a Place, line_buffered: bool) -> Self {
        let stdout = BufWriter::with_capacity(64 << 10, io::stdout());
        Self { place, stdout, open: None, input: None, failed: None, tail: Tail::default(), line_buffered }
    }

    /// The place.
    pub(crate) fn place(&self) -> &Place {
        self.place
    }

    /// Writes the output of one document, or a piece of it. `target` is the file it belongs to in a directory.
    pub(crate) fn write(
        &mut self,
        input: &Input,
        target: Option<&Path>,
        parting: Parting,
        bytes: &[u8],
    ) -> Result<(), OutputError> {
        match self.place {
            Place::Nowhere => return Ok(()),
            Place::Stdout => {}
            Place::File(path) => {
                let path = path.clone();
                if self.input.as_ref() != Some(&input.path) {
                    refuse_itself(&path, input)?;
                    self.input = Some(input.path.clone());
                }
                self.open(&path)?;
            }
            Place::Directory(_) => {
                let Some(target) = target.filter(|target| self.failed.as_deref() != Some(target)) else {
                    return Ok(());
                };
                self.turn_to(target).inspect_err(|_| self.failed = Some(target.to_owned()))?;
            }
        }
        let gap = self.tail.gap(parting, bytes);
        let parted = if gap.is_empty() { Ok(()) } else { self.append(&gap) };
        let written = parted.and_then(|()| self.append(bytes));
        self.tail.follow(bytes);
        written.inspect_err(|_| {
            // Half a file is not put in its place.
            if let (true, Some((path, _))) = (self.place.is_separate(), self.open.take()) {
                self.failed = Some(path);
            }
        })
    }

    /// Makes a file of a directory the open one.
    fn turn_to(&mut self, target: &Path) -> Result<(), OutputError> {
        if self.open.as_ref().is_some_and(|(path, _)| path == target) {
            return Ok(());
        }
        self.commit()?;
        let folder = target.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(|cause| OutputError::new(target, cause))?;
        self.open(target)
    }

    /// Writes to the open file, or to standard output where there is none.
    fn append(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let Some((path, pending)) = &mut self.open else {
            self.stdout.write_all(bytes).map_err(OutputError::of_stdout)?;
            return if self.line_buffered { self.flush() } else { Ok(()) };
        };
        let result = pending.write_all(bytes);
        let result = if self.line_buffered { result.and_then(|()| pending.flush()) } else { result };
        result.map_err(|cause| OutputError::new(path, cause))
    }

    fn open(&mut self, path: &Path) -> Result<(), OutputError> {
        if self.open.is_none() {
            let pending = Pending::open(path).map_err(|cause| OutputError::new(path, cause))?;
            self.open = Some((path.to_owned(), pending));
            self.tail = Tail::default();
        }
        Ok(())
    }

    /// Puts the open file of a directory in its place.
    fn commit(&mut self) -> Result<(), OutputError> {
        match self.open.take() {
            Some((path, pending)) => pending.commit().map_err(|cause| OutputError::new(&path, cause)),
            None => Ok(()),
        }
    }

    /// An input has ended: its file is whole.
    pub(crate) fn end_of_input(&mut self) -> Result<(), OutputError> {
        match self.place {
            Place::Directory(_) => self.commit(),
            // A reader of a pipe gets each input when it is done.
            Place::Stdout => self.flush(),
            _ => Ok(()),
        }
    }

    /// An input failed: what was written of it is no whole file. Tells whether there was any.
    pub(crate) fn abandon_input(&mut self) -> bool {
        self.place.is_separate() && self.open.take().is_some()
    }

    /// What was written to the open file is dropped.
    pub(crate) fn abandon(&mut self) {
        self.open = None;
    }

    fn flush(&mut self) -> Result<(), OutputError> {
        self.stdout.flush().map_err(OutputError::of_stdout)
    }

    /// Puts the one file in its place.
    pub(crate) fn finish(mut self) -> Result<(), OutputError> {
        self.flush()?;
        self.commit()
    }
}

/// Refuses to put the output of an input in its place.
fn refuse_itself(target: &Path, input: &Input) -> Result<(), OutputError> {
    match (fs::canonicalize(target), fs::canonicalize(&input.path)) {
        (Ok(to), Ok(from)) if to == from && from.is_file() => {
            Err(OutputError::new(&input.path, io::Error::other("its output would overwrite it")))
        }
        _ => Ok(()),
    }
}

/// What tells a file from all others.
pub(super) type FileId = (u64, u64);

#[cfg(unix)]
pub(super) fn file_id(metadata: &fs::Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    metadata.is_file().then(|| (metadata.dev(), metadata.ino()))
}

/// What a standard stream is.
#[cfg(unix)]
fn standard(stream: impl std::os::fd::AsFd) -> io::Result<fs::Metadata> {
    fs::File::from(stream.as_fd().try_clone_to_owned()?).metadata()
}

/// The file to which standard output is written.
#[cfg(unix)]
pub(super) fn stdout_file() -> Option<FileId> {
    file_id(&standard(io::stdout()).ok()?)
}

/// Whether a directory was put in the place of standard input.
#[cfg(unix)]
pub(super) fn is_stdin_directory() -> bool {
    standard(io::stdin()).is_ok_and(|stdin| stdin.is_dir())
}

/// It cannot be told.
#[cfg(not(unix))]
pub(super) fn file_id(_: &fs::Metadata) -> Option<FileId> {
    None
}

#[cfg(not(unix))]
pub(super) fn stdout_file() -> Option<FileId> {
    None
}

#[cfg(not(unix))]
pub(super) fn is_stdin_directory() -> bool {
    false
}

pub(super) fn ends_with_separator(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Prints to standard output at once.
pub(crate) fn to_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Whether the reader has gone.
pub(crate) fn is_closed(error: &io::Error) -> bool {
    error.kind() == ErrorKind::BrokenPipe
}

/// Why something failed, in the same words on every system as far as they are common.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "is a directory".to_owned(),
        _ => without_number(&error.to_string()).to_owned(),
    }
}

/// A message of the system without the number of the error.
pub(super) fn without_number(message: &str) -> &str {
    message.rsplit_once(" (os error").map_or(message, |(message, _)| message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_what_a_blank_line_lacks() {
        let cases: [(&[u8], &[u8], usize); 9] = [
            (b"a", b"\n", 2),
            (b"a\n", b"\n", 1),
            (b"a\r\n", b"\n", 1),
            (b"a\n\n", b"\n", 0),
            (b"a\r\n\r\n", b"\n", 0),
            (b"\n", b"\n", 0),
            (b"a\0\n\0", b"\n\0", 1),
            (b"a\0\r\0\n\0\r\0\n\0", b"\n\0", 0),
            (b"\0a\0\n\0\n", b"\0\n", 0),
        ];
        for (written, feed, lacking) in cases {
            let mut tail = Tail::default();
            tail.follow(written);
            assert_eq!(tail.gap(Parting::BlankLine(feed), b""), b"", "nothing is parted from nothing");
            assert_eq!(tail.gap(Parting::None, b"b"), feed.repeat(lacking), "{written:?}");
        }
        let mut tail = Tail::default();
        tail.follow(b"a");
        assert_eq!(tail.gap(Parting::Line, b"{}"), b"\n");
        tail.follow(b"{}\n");
        assert_eq!(tail.gap(Parting::Line, b"{}"), b"");
        let mut tail = Tail::default();
        let mut next = |parting, bytes: &[u8]| {
            let gap = tail.gap(parting, bytes);
            tail.follow(bytes);
            gap.len()
        };
        let lines = Parting::Lines(b"\n");
        assert_eq!([next(lines, b"a"), next(lines, b"b\n"), next(lines, b"c\n")], [0, 1, 0]);
        assert_eq!([next(Parting::None, b"d\n"), next(lines, b"e\n")], [0, 0], "pieces of a text");
        assert_eq!([next(Parting::BlankLine(b"\n"), b"p\n"), next(lines, b"f\n")], [1, 1]);
    }
}
