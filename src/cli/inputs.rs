//! Which inputs there are: files named by arguments, in directories, in a list.
//!
//! They are found one after the other, while they are worked on, so that a list of any length costs no memory but for
//! the names that must be known beforehand where the output is a directory. In a directory they come in the order of
//! their names, hidden ones and linked folders left out. A Maildir is a directory with the folders `cur`, `new` and
//! `tmp`; the files of the first two are letters, and what is in the last is not there yet. The folders of a Maildir++
//! are hidden Maildirs in a Maildir, and read where directories are descended into.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::args::Args;
use super::claims::whereabouts;
use super::output::reason;

/// A name that stands for standard input.
pub(crate) const STANDARD: &str = "-";

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Where it stands in an output directory, still with its own extension.
    pub(crate) place: PathBuf,
    /// It is a letter of a Maildir.
    pub(crate) is_letter: bool,
}

impl Input {
    /// An input that is named by itself: its place is its name.
    fn named(path: PathBuf) -> Self {
        let place = match path.file_name() {
            Some(_) if path == Path::new(STANDARD) => PathBuf::from("stdin"),
            Some(name) => PathBuf::from(name),
            None => path.clone(),
        };
        Self { path, place, is_letter: false }
    }

    /// An input of a list: its place is its path, as far as that leads downward.
    fn listed(path: PathBuf) -> Self {
        if path == Path::new(STANDARD) {
            return Self::named(path);
        }
        let down = path.components().filter(|component| matches!(component, Component::Normal(_)));
        let place = down.collect();
        Self { path, place, is_letter: false }
    }
}

/// An input, or what is wrong with its name, as one line.
pub(crate) type Found = Result<Input, String>;

/// Inputs one after the other.
pub(crate) type Names = Box<dyn Iterator<Item = Found> + Send>;

/// Which directories are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// All.
    Any,
    /// Maildirs.
    Maildir,
}

impl Root {
    /// Those that these arguments ask for.
    pub(crate) fn of(args: &Args) -> Self {
        if args.input.recursive { Self::Any } else { Self::Maildir }
    }

    /// Whether this is a directory that is read.
    pub(crate) fn is_opened(self, path: &Path) -> bool {
        match self {
            Self::Any => path.is_dir(),
            Self::Maildir => is_maildir(path),
        }
    }
}

/// What is named: by arguments, then in a list. Directories stand for themselves.
pub(crate) fn names(args: &Args) -> Names {
    let input = &args.input;
    let named = if input.files.is_empty() && input.files_from.is_none() {
        vec![PathBuf::from(STANDARD)]
    } else {
        input.files.clone()
    };
    let listed = input.files_from.clone().map(|list| lines(list, if input.null { 0 } else { b'\n' }));
    Box::new(named.into_iter().map(Input::named).map(Ok).chain(listed.into_iter().flatten()))
}

/// All inputs of these names.
///
/// # Errors
/// For a glob that is none.
pub(crate) fn inputs(args: &Args, names: Names) -> Result<Names, String> {
    let globs = globs(&args.input.glob)?;
    let root = Root::of(args);
    // What is written there is no input.
    let output = args.output.path.as_deref().and_then(whereabouts);
    Ok(Box::new(names.flat_map(move |found| match found {
        Ok(input) if root.is_opened(&input.path) => files_below(&input.path, root, globs.clone(), output.clone()),
        found => Box::new(std::iter::once(found)),
    })))
}

/// The folders of a Maildir whose files are letters.
const LETTERS: [&str; 2] = ["cur", "new"];

/// The folder in which a Maildir receives letters.
const UNFINISHED: &str = "tmp";

/// Whether this is a directory with the folders of a Maildir.
fn is_maildir(path: &Path) -> bool {
    LETTERS.iter().chain([&UNFINISHED]).all(|folder| path.join(folder).is_dir())
}

/// Whether a path is in a folder of a Maildir with one of these names.
fn is_in_maildir(path: &Path, folders: &[&str]) -> bool {
    let folder = path.parent().unwrap_or(path);
    let is_named = folder.file_name().is_some_and(|name| folders.iter().any(|folder| name == *folder));
    is_named && folder.parent().is_some_and(is_maildir)
}

/// Whether this is a folder of a Maildir that is a Maildir itself: Maildir++ hides them, as `.Sent`.
fn is_subfolder(path: &Path) -> bool {
    path.parent().is_some_and(is_maildir) && is_maildir(path)
}

/// The files below a directory.
fn files_below(folder: &Path, root: Root, globs: Globs, output: Option<PathBuf>) -> Names {
    let top = folder.to_owned();
    let is_wanted = move |entry: &DirEntry| {
        let is_hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let is_shown = !is_hidden || root == Root::Any && is_subfolder(entry.path());
        let is_output = entry.file_type().is_dir()
            && entry.depth() > 0
            && output.is_some()
            && fs::canonicalize(entry.path()).ok() == output;
        is_shown && !is_output && !is_in_maildir(entry.path(), &[UNFINISHED])
    };
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_wanted);
    Box::new(entries.filter_map(move |entry| match entry {
        // A link that leads nowhere is an input that fails, as its name alone would be.
        Ok(entry) if fs::metadata(entry.path()).is_ok_and(|file| !file.is_file()) => None,
        Ok(entry) => {
            let place = entry.path().strip_prefix(&top).unwrap_or(entry.path()).to_owned();
            let is_letter = is_in_maildir(entry.path(), &LETTERS);
            globs.matches(&place).then(|| Ok(Input { path: entry.into_path(), place, is_letter }))
        }
        Err(error) => {
            let path = error.path().unwrap_or(&top).display().to_string();
            let cause = error.io_error().map_or_else(|| "is a loop of links".to_owned(), reason);
            Some(Err(format!("{path}: {cause}")))
        }
    }))
}

/// Globs for names, and for paths.
#[derive(Debug, Clone)]
struct Globs {
    any: bool,
    names: GlobSet,
    paths: GlobSet,
}

impl Globs {
    fn matches(&self, place: &Path) -> bool {
        self.any || self.paths.is_match(place) || place.file_name().is_some_and(|name| self.names.is_match(name))
    }
}

/// A glob without a slash is one for names, as in .gitignore.
fn globs(globs: &[String]) -> Result<Globs, String> {
    let (mut names, mut paths) = (GlobSetBuilder::new(), GlobSetBuilder::new());
    let wrong = |glob: &str, error: &globset::Error| format!("--glob {glob}: {}", error.kind());
    for text in globs {
        let bare = text.trim_start_matches('/');
        let glob = GlobBuilder::new(bare).literal_separator(true).build().map_err(|error| wrong(text, &error))?;
        if text.contains('/') {
            paths.add(glob)
        } else {
            names.add(glob)
        };
    }
    let build = |builder: GlobSetBuilder| builder.build().map_err(|error| wrong("", &error));
    Ok(Globs { any: globs.is_empty(), names: build(names)?, paths: build(paths)? })
}

/// The names in a list, which end with `end`.
fn lines(list: PathBuf, end: u8) -> Names {
    let reader: Box<dyn BufRead + Send> = if list == Path::new(STANDARD) {
        Box::new(BufReader::new(io::stdin()))
    } else {
        match File::open(&list) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return Box::new(std::iter::once(Err(format!("{}: {}", list.display(), reason(&error))))),
        }
    };
    // What cannot be read fails each time it is asked.
    let up_to_error = reader.split(end).scan(false, |failed, name| {
        let before = std::mem::replace(failed, name.is_err());
        (!before).then_some(name)
    });
    let names = up_to_error.filter_map(move |name| match name {
        Ok(mut name) => {
            if end == b'\n' && name.ends_with(b"\r") {
                name.pop();
            }
            (!name.is_empty()).then(|| Ok(Input::listed(path(name))))
        }
        Err(error) => Some(Err(format!("{}: {}", list.display(), reason(&error)))),
    });
    Box::new(names)
}

#[cfg(unix)]
fn path(name: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(name).into()
}

#[cfg(not(unix))]
fn path(name: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&name).into_owned().into()
}

/// The bytes of the inputs that are files by themselves or in directories; `None` where that cannot be told.
pub(crate) fn total_bytes(args: &Args) -> Option<u64> {
    if args.input.files_from.is_some() || args.input.files.is_empty() {
        return None;
    }
    let size = |found: Found| fs::metadata(found.ok()?.path).ok().filter(fs::Metadata::is_file).map(|file| file.len());
    inputs(args, names(args)).ok()?.map(size).sum()
}
