//! A reader that can be wound back, and that knows where in the file it is.
//!
//! Input: a [`Source`]. Output: the same bytes, as often as they are unread. Recovery from damage needs both: what was
//! taken for a record may turn out to hold the next one, and a fault is reported with its place. Memory: what was
//! unread or peeked at, and a bounded history where one is kept.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// Bytes of a file, packed or not.
pub(crate) trait Source: BufRead + Send {
    /// Where the compressed member begins that the buffered bytes come from; `None` for bytes that stand in the file as
    /// they are.
    fn member(&self) -> Option<u64>;
}

impl Source for Box<dyn Source + '_> {
    fn member(&self) -> Option<u64> {
        (**self).member()
    }
}

/// Bytes that stand in the file as they are.
#[derive(Debug)]
pub(crate) struct Plain<R>(pub(crate) R);

impl<R: BufRead> Read for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: BufRead> BufRead for Plain<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl<R: BufRead + Send> Source for Plain<R> {
    fn member(&self) -> Option<u64> {
        None
    }
}

/// Bytes of the past that a tape with a history can be wound back to.
const HISTORY: usize = 1 << 20;

/// Members whose places are known at a time.
const MARKS: usize = 4096;

/// A source that can be wound back.
#[derive(Debug)]
pub(crate) struct Tape<S> {
    inner: S,
    /// Unread bytes, from `at` on.
    front: Vec<u8>,
    at: usize,
    /// Bytes consumed, less those unread.
    position: u64,
    history: Option<Vec<u8>>,
    /// From which position on the bytes come from which member.
    marks: VecDeque<(u64, u64)>,
}

impl<S: Source> Tape<S> {
    /// A tape that is wound back only with bytes that the caller kept.
    pub(crate) fn new(inner: S) -> Self {
        Self { inner, front: Vec::new(), at: 0, position: 0, history: None, marks: VecDeque::new() }
    }

    /// A tape that remembers the last megabyte.
    #[cfg(feature = "compression")]
    pub(crate) fn with_history(inner: S) -> Self {
        Self { history: Some(Vec::new()), ..Self::new(inner) }
    }

    /// How many bytes are consumed.
    #[cfg(any(test, feature = "compression"))]
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Where in the file the next bytes stand: their own offset, or that of the compressed member that holds them.
    pub(crate) fn offset(&self) -> u64 {
        let mark = self.marks.iter().rev().find(|(from, _)| *from <= self.position);
        mark.or(self.marks.front()).map_or(self.position, |(_, member)| *member)
    }

    /// The unread bytes that were seen before.
    pub(crate) fn seen(&self) -> &[u8] {
        self.front.get(self.at..).unwrap_or_default()
    }

    /// Puts consumed bytes back.
    pub(crate) fn unread(&mut self, mut bytes: Vec<u8>) {
        self.position = self.position.saturating_sub(bytes.len() as u64);
        bytes.extend_from_slice(self.seen());
        (self.front, self.at) = (bytes, 0);
    }

    /// Winds back to a position, or as far as the history goes.
    #[cfg(feature = "compression")]
    pub(crate) fn wind_back(&mut self, position: u64) -> u64 {
        let Some(history) = &mut self.history else { return 0 };
        let back = history.len().min(usize::try_from(self.position.saturating_sub(position)).unwrap_or(usize::MAX));
        let bytes = history.split_off(history.len() - back);
        self.unread(bytes);
        back as u64
    }

    /// The next bytes without consuming them: at least `count`, fewer only at the end.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.seen().is_empty() && self.pull()? >= count {
            return self.inner.fill_buf();
        }
        while self.seen().len() < count {
            if self.pull()? == 0 {
                break;
            }
            self.front.drain(..self.at);
            self.at = 0;
            let buffered = self.inner.fill_buf()?;
            let length = buffered.len();
            self.front.extend_from_slice(buffered);
            self.inner.consume(length);
        }
        Ok(self.seen())
    }

    /// Reads on until there are `count` bytes, fewer only at the end. (`Read::read_to_end` fills with zeroes first,
    /// which took more than a hundredth of the instructions of a run over pages.)
    pub(crate) fn read_on(&mut self, bytes: &mut Vec<u8>, count: usize) -> io::Result<()> {
        while bytes.len() < count {
            let buffered = self.fill_buf()?;
            let next = buffered.get(..count - bytes.len()).unwrap_or(buffered);
            let length = next.len();
            if length == 0 {
                break;
            }
            bytes.extend_from_slice(next);
            self.consume(length);
        }
        Ok(())
    }

    /// Fills the source's own buffer; tells how much is in it.
    fn pull(&mut self) -> io::Result<usize> {
        let length = loop {
            match self.inner.fill_buf() {
                Ok(buffer) => break buffer.len(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        if let Some(member) = self.inner.member()
            && self.marks.back().is_none_or(|(_, last)| *last != member)
        {
            let from = self.position + self.seen().len() as u64;
            self.marks.push_back((from, member));
            if self.marks.len() > MARKS {
                self.marks.pop_front();
            }
        }
        Ok(length)
    }

    fn remember(history: &mut Option<Vec<u8>>, bytes: &[u8]) {
        let Some(history) = history else { return };
        history.extend_from_slice(bytes);
        if history.len() > 2 * HISTORY {
            history.drain(..history.len() - HISTORY);
        }
    }
}

impl<S: Source> Source for Tape<S> {
    fn member(&self) -> Option<u64> {
        self.inner.member()
    }
}

impl<S: Source> Read for Tape<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<S: Source> BufRead for Tape<S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.seen().is_empty() {
            self.pull()?;
            return self.inner.fill_buf();
        }
        Ok(self.seen())
    }

    fn consume(&mut self, amount: usize) {
        self.position += amount as u64;
        if self.at < self.front.len() {
            let end = (self.at + amount).min(self.front.len());
            Self::remember(&mut self.history, self.front.get(self.at..end).unwrap_or_default());
            self.at = end;
            if self.at == self.front.len() {
                self.front = Vec::new();
                self.at = 0;
            }
            return;
        }
        if self.history.is_some()
            && let Ok(buffer) = self.inner.fill_buf()
        {
            Self::remember(&mut self.history, buffer.get(..amount).unwrap_or(buffer));
        }
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tape(text: &str) -> Tape<Plain<io::BufReader<&[u8]>>> {
        Tape::new(Plain(io::BufReader::with_capacity(4, text.as_bytes())))
    }

    #[test]
    fn what_is_unread_comes_again_before_the_rest() -> io::Result<()> {
        let mut tape = tape("abcdefghij");
        let mut three = [0; 3];
        tape.read_exact(&mut three)?;
        assert!(tape.peek(6)?.starts_with(b"defghi"));
        tape.unread(three.to_vec());
        let mut all = String::new();
        tape.read_to_string(&mut all)?;
        assert_eq!((all.as_str(), tape.position(), tape.peek(1)?), ("abcdefghij", 10, &b""[..]));
        Ok(())
    }

    #[cfg(feature = "compression")]
    #[test]
    fn a_history_winds_back_as_far_as_it_goes() -> io::Result<()> {
        let text = "0123456789".repeat(400_000);
        let mut tape = Tape::with_history(Plain(text.as_bytes()));
        io::copy(&mut (&mut tape).take(3_000_005), &mut io::sink())?;
        let back = tape.wind_back(3_000_000);
        assert_eq!((back, tape.position(), tape.peek(5)?), (5, 3_000_000, &b"01234"[..]));
        let back = tape.wind_back(0);
        assert!((1 << 20..=2 << 20).contains(&back), "{back}");
        let mut rest = String::new();
        tape.read_to_string(&mut rest)?;
        assert_eq!(rest.len() as u64, 1_000_000 + back);
        Ok(())
    }
}
