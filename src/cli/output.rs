//! Where the output goes: standard output, a file, or a directory.
//!
//! A file is written under a temporary name in its folder and renamed when it is whole, so nobody reads half of one and
//! a failure leaves the old one. What is not a regular file (a pipe, `/dev/null`) is written to directly.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

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
pub(crate) enum Output {
    /// Nowhere.
    Nowhere,
    /// To standard output, document after document.
    Stdout,
    /// To one file, document after document; not there before the first document.
    File { path: PathBuf, pending: Option<Pending> },
    /// To one file for each input.
    Directory { path: PathBuf, extension: &'static str, written: BTreeMap<PathBuf, PathBuf> },
}

impl Output {
    /// To a file, or into a directory that exists.
    pub(crate) fn to_path(path: &Path, extension: &'static str) -> Self {
        if path.is_dir() {
            Self::Directory { path: path.to_owned(), extension, written: BTreeMap::new() }
        } else {
            Self::File { path: path.to_owned(), pending: None }
        }
    }

    /// Whether another input may go well where this output failed.
    pub(crate) fn is_separate(&self) -> bool {
        matches!(self, Self::Directory { .. })
    }

    /// Writes the output of one input.
    pub(crate) fn write(&mut self, input: &Path, bytes: &[u8]) -> Result<(), OutputError> {
        match self {
            Self::Nowhere => Ok(()),
            Self::Stdout => to_stdout(bytes).map_err(|cause| OutputError::new(Path::new("standard output"), cause)),
            Self::File { path, pending } => {
                let pending = match pending {
                    Some(pending) => pending,
                    None => pending.insert(Pending::open(path).map_err(|cause| OutputError::new(path, cause))?),
                };
                pending.file.write_all(bytes).map_err(|cause| OutputError::new(path, cause))
            }
            Self::Directory { path, extension, written } => {
                let target = path.join(name_of(input)).with_extension(extension);
                refuse_overwriting(&target, input, written)?;
                written.insert(target.clone(), input.to_owned());
                write_whole(&target, bytes).map_err(|cause| OutputError::new(&target, cause))
            }
        }
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> Result<(), OutputError> {
        match self {
            Self::File { path, pending: Some(pending) } => {
                pending.commit().map_err(|cause| OutputError::new(&path, cause))
            }
            _ => Ok(()),
        }
    }
}

/// The name an input has in an output directory, still with its own extension.
fn name_of(input: &Path) -> OsString {
    if input == Path::new("-") {
        return OsString::from("stdin");
    }
    input.file_name().unwrap_or(input.as_os_str()).to_owned()
}

/// Two inputs of one name, or an input in the output directory, would silently be lost.
fn refuse_overwriting(target: &Path, input: &Path, written: &BTreeMap<PathBuf, PathBuf>) -> Result<(), OutputError> {
    let refuse = |what: String| Err(OutputError::new(input, io::Error::other(what)));
    if let Some(first) = written.get(target) {
        return refuse(format!("{} already holds the output of {}", target.display(), first.display()));
    }
    match (fs::canonicalize(target), fs::canonicalize(input)) {
        (Ok(to), Ok(from)) if to == from => refuse("its output would overwrite it".to_owned()),
        _ => Ok(()),
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::open(path)?;
    pending.file.write_all(bytes)?;
    pending.commit()
}

/// A file that is being written. Dropped before it is committed, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Pending {
    file: File,
    /// Where it is, and where it goes; `None` for what is written to directly.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Pending {
    fn open(path: &Path) -> io::Result<Self> {
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return Ok(Self { file: OpenOptions::new().write(true).open(path)?, rename: None });
        }
        // A link stays a link: the file it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().filter(|_| !ends_with_separator(path)).ok_or(ErrorKind::NotFound)?;
        let (file, temporary) = create_beside(&target, name)?;
        let pending = Self { file, rename: Some((temporary, target)) };
        if let Some(existing) = existing {
            pending.file.set_permissions(existing.permissions())?;
        }
        Ok(pending)
    }

    fn commit(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some((temporary, target)) = &self.rename {
            fs::rename(temporary, target)?;
            self.rename = None;
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.rename {
            // The error that led here is the one to tell.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Creates a new file with a hidden temporary name in the folder of another.
fn create_beside(target: &Path, name: &OsStr) -> io::Result<(File, PathBuf)> {
    // A killed run leaves its file behind, and in a container every run may have the same process id.
    const ATTEMPTS: u32 = 1000;
    let mut attempt = 0;
    loop {
        let mut temporary = OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".unboil-{}-{attempt}", std::process::id()));
        let temporary = target.with_file_name(temporary);
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn ends_with_separator(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Prints to standard output at once: a reader of a pipe gets each document when it is done.
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
        _ => {
            let text = error.to_string();
            text.rsplit_once(" (os error").map_or(text.as_str(), |(text, _)| text).to_owned()
        }
    }
}
