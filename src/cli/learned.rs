//! Statistics of templates as files: read, joined, and written whole or not at all.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use unboil::input::{Format, Reading, Records};
use unboil::{Kind, TemplateStats};

use super::output::reason;
use super::pending::Pending;

/// The statistics in these files together.
///
/// # Errors
/// In one line, for a file that cannot be read or holds none.
pub(crate) fn read(paths: &[PathBuf]) -> Result<TemplateStats, String> {
    let mut all = TemplateStats::default();
    for path in paths {
        all.merge(read_one(path)?);
    }
    Ok(all)
}

fn read_one(path: &Path) -> Result<TemplateStats, String> {
    let wrong = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let file = File::open(path).map_err(|error| wrong(&reason(&error)))?;
    // As one document of the library, it is unpacked.
    let reading =
        Reading { format: Some(Format::Document), kind: Some(Kind::Text), limit: usize::MAX - 1, ..Reading::default() };
    let document = Records::new(BufReader::new(file), &reading).next();
    let entry = document.map(|envelope| envelope.and_then(|envelope| envelope.open(&reading))).transpose();
    let entry = entry.map_err(|fault| wrong(&fault.reason))?;
    let bytes = entry.map(|entry| entry.record.bytes).unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| wrong(&"no statistics of templates"))?;
    TemplateStats::read(&text).map_err(|error| wrong(&error))
}

/// The statistics in a file that is to be added to; none where it is not there yet.
///
/// # Errors
/// In one line, for a file that holds something else, and for what is no file.
pub(crate) fn known(path: &Path) -> Result<TemplateStats, String> {
    match std::fs::metadata(path) {
        // It is read whole, and a device may have no end.
        Ok(file) if !file.is_file() => Err(format!("{}: is no regular file", path.display())),
        Ok(_) => read_one(path),
        Err(_) => Ok(TemplateStats::default()),
    }
}

/// Writes statistics to a file, whole or not at all.
///
/// # Errors
/// In one line, for a file that cannot be written.
pub(crate) fn write(path: &Path, all: &TemplateStats) -> Result<(), String> {
    let wrong = |error: &std::io::Error| format!("{}: {}", path.display(), reason(error));
    let mut file = Pending::open(path).map_err(|error| wrong(&error))?;
    file.write_all(all.to_text().as_bytes()).map_err(|error| wrong(&error))?;
    file.commit().map_err(|error| wrong(&error))
}
