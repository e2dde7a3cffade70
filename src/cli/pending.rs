//! A file that is being written, under a temporary name until it is whole; compressed as its name says.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::interrupt;
use super::output::ends_with_separator;

/// The level of Zstandard: its own default.
const ZSTD_LEVEL: i32 = 3;

/// How a file is written.
enum Encoder {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

impl Encoder {
    fn new(file: File, path: &Path) -> io::Result<Self> {
        let file = BufWriter::with_capacity(64 << 10, file);
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
        Ok(match extension.as_str() {
            "gz" => Self::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
            "zst" => {
                let mut encoder = zstd::stream::write::Encoder::new(file, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                Self::Zstd(encoder)
            }
            _ => Self::Plain(file),
        })
    }

    fn finish(self) -> io::Result<()> {
        let mut file = match self {
            Self::Plain(file) => file,
            Self::Gzip(encoder) => encoder.finish()?,
            Self::Zstd(encoder) => encoder.finish()?,
        };
        file.flush()
    }
}

impl Write for Encoder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Gzip(encoder) => encoder.flush(),
            Self::Zstd(encoder) => encoder.flush(),
        }
    }
}

/// Refuses a name that asks for a compression that is read and not written.
///
/// # Errors
/// In one line.
pub(crate) fn check(path: &Path) -> Result<(), String> {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "bz2" | "xz" => Err(format!("{}: files are written as .gz or .zst, not as .{extension}", path.display())),
        _ => Ok(()),
    }
}

/// A file that is being written. Dropped before it is committed, it leaves nothing behind.
pub(crate) struct Pending {
    encoder: Option<Encoder>,
    /// Where it is, and where it goes; `None` for what is written to directly.
    rename: Option<(PathBuf, PathBuf)>,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("rename", &self.rename).finish_non_exhaustive()
    }
}

impl Pending {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            let file = OpenOptions::new().write(true).open(path)?;
            return Ok(Self { encoder: Some(Encoder::new(file, path)?), rename: None });
        }
        // A link stays a link: the file it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        target.file_name().filter(|_| !ends_with_separator(path)).ok_or(ErrorKind::NotFound)?;
        let (file, temporary) = create_beside(&target)?;
        let mut pending = Self { encoder: None, rename: Some((temporary, target)) };
        if let Some(existing) = existing {
            file.set_permissions(existing.permissions())?;
        }
        pending.encoder = Some(Encoder::new(file, path)?);
        Ok(pending)
    }

    pub(crate) fn commit(mut self) -> io::Result<()> {
        if let Some(encoder) = self.encoder.take() {
            encoder.finish()?;
        }
        if let Some((temporary, target)) = &self.rename {
            interrupt::settle(temporary, || fs::rename(temporary, target))?;
            self.rename = None;
        }
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.encoder.as_mut().map_or(Ok(0), |encoder| encoder.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.as_mut().map_or(Ok(()), Encoder::flush)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.rename {
            // The error that led here is the one to tell.
            let _ = interrupt::settle(temporary, || fs::remove_file(temporary));
        }
    }
}

/// Creates a new file with a hidden temporary name in the folder of another; a name made of that one might be too long.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    // A killed run leaves its file behind, and in a container every run may have the same process id.
    const ATTEMPTS: u32 = 1000;
    let mut attempt = 0;
    loop {
        let temporary = target.with_file_name(format!(".unboil-{}-{attempt}", std::process::id()));
        let create = || OpenOptions::new().write(true).create_new(true).open(&temporary);
        match interrupt::create(&temporary, create) {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}
