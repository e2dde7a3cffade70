//! Errors of the tools: one line each, shown to the developer and matched on by nothing.

use std::fmt::Display;
use std::io;

/// Any error, as a message.
pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// A result with [`Error`].
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// An error that names the file or page it comes from.
pub(crate) fn at(place: impl Display, cause: impl Display) -> Error {
    format!("{place}: {cause}").into()
}

/// Whether the reader of standard output went away, as `head` does.
pub(crate) fn is_broken_pipe(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
