//! Compressed files and bodies.
//!
//! Input: bytes that begin with the mark of gzip, Zstandard, bzip2 or xz. Output: what was packed, member by member, so
//! that a damaged member costs no more than itself. Everything is bounded: a member that unpacks to far more than its
//! size is damage, and a body is read up to a limit. Nothing here knows what the bytes say.

#[cfg(feature = "compression")]
mod body;
#[cfg(feature = "compression")]
mod members;

use std::fmt;
use std::io;

use super::stream::Reason;
use super::tape::Source;
#[cfg(feature = "compression")]
use super::tape::Tape;

#[cfg(feature = "compression")]
pub(crate) use body::body;

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Packing {
    /// Bytes of a beginning that tell.
    pub(crate) const MARK: usize = 10;

    /// How bytes are packed that begin so; `None` for those that are not.
    pub(crate) fn of(beginning: &[u8]) -> Option<Self> {
        let packings = [Self::Gzip, Self::Zstd, Self::Bzip2, Self::Xz];
        packings.into_iter().find(|packing| packing.begins(beginning))
    }

    /// Whether a member of this packing begins here.
    fn begins(self, bytes: &[u8]) -> bool {
        match (self, bytes) {
            // Deflate is the only method, and three of the flags are reserved (RFC 1952).
            (Self::Gzip, [0x1F, 0x8B, 8, flags, ..]) => *flags < 0x20,
            // A frame, or one that is to be skipped (RFC 8878).
            (Self::Zstd, [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]) => true,
            // The block size, then pi in binary-coded decimal.
            (Self::Bzip2, [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]) => rest.starts_with(b"1AY&SY"),
            (Self::Xz, _) => bytes.starts_with(b"\xFD7zXZ\0"),
            _ => false,
        }
    }
}

/// A body without its encodings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unpacked {
    pub(crate) bytes: Vec<u8>,
    /// It ends before its end.
    pub(crate) is_cut: bool,
}

/// A member that cannot be unpacked, as the inner error of an [`io::Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damage {
    /// Where the member begins.
    pub(crate) offset: u64,
    reason: String,
    /// The input ends in it.
    is_cut: bool,
}

impl Damage {
    /// An error that tells of it.
    #[cfg(feature = "compression")]
    fn into_error(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }

    /// Why a document does not come out that it hits.
    pub(crate) fn to_reason(&self) -> Reason {
        let reason = self.reason.clone();
        if self.is_cut { Reason::CutOff(reason) } else { Reason::Damaged(reason) }
    }

    /// The damage an error tells of; `None` where reading itself failed, which cannot be recovered from.
    pub(crate) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Damage {}

/// Unpacks a source. A damaged member is one error with its [`Damage`]; reading on gives the next member that can be
/// found.
#[cfg(feature = "compression")]
pub(crate) fn unpack<'r>(source: Box<dyn Source + 'r>, packing: Packing) -> io::Result<Box<dyn Source + 'r>> {
    Ok(Box::new(members::Members::new(Tape::with_history(source), packing)))
}

/// Unpacks nothing in this build.
#[cfg(not(feature = "compression"))]
pub(crate) fn unpack<'r>(_: Box<dyn Source + 'r>, _: Packing) -> io::Result<Box<dyn Source + 'r>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "compressed, and this build cannot unpack"))
}

/// Unpacks nothing in this build.
#[cfg(not(feature = "compression"))]
pub(crate) fn body(_: &str, bytes: Vec<u8>, _: usize) -> Unpacked {
    Unpacked { bytes, is_cut: false }
}
