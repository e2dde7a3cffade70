//! A compressed file, member by member.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::{Damage, Packing, Source, Tape};

/// Bytes that are unpacked at a time.
const BUFFER: usize = 64 << 10;

/// Bytes that any member may unpack to.
const FREE: u64 = 64 << 20;

/// How many times its size a longer member may unpack to. Text reaches 20, pages of one template 100; a gzip bomb has
/// 1,030.
const RATIO: u64 = 500;

/// Bytes that may be read again in search of a member, in all; more only in proportion to what was read.
const REREAD: u64 = 16 << 20;

/// Memory of the xz decoder. `xz -9` needs 65 MiB.
const XZ_MEMORY: u64 = 128 << 20;

/// Bytes that are searched at a time for the mark of a member.
const WINDOW: usize = 64 << 10;

type Raw<'r> = Tape<Box<dyn Source + 'r>>;

enum Decoder<'r> {
    Gzip(Box<GzDecoder<Raw<'r>>>),
    Zstd(Box<ZstdDecoder<'static, Raw<'r>>>),
    Bzip2(Box<bzip2::bufread::BzDecoder<Raw<'r>>>),
    Xz(Box<liblzma::bufread::XzDecoder<Raw<'r>>>),
}

impl<'r> Decoder<'r> {
    fn open(packing: Packing, raw: Raw<'r>) -> Result<Self, (Raw<'r>, io::Error)> {
        Ok(match packing {
            Packing::Gzip => Self::Gzip(Box::new(GzDecoder::new(raw))),
            Packing::Zstd => Self::Zstd(Box::new(ZstdDecoder::try_with_buffer(raw)?.single_frame())),
            Packing::Bzip2 => Self::Bzip2(Box::new(bzip2::bufread::BzDecoder::new(raw))),
            Packing::Xz => match liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, 0) {
                Ok(stream) => Self::Xz(Box::new(liblzma::bufread::XzDecoder::new_stream(raw, stream))),
                Err(error) => return Err((raw, error.into())),
            },
        })
    }

    fn raw(&self) -> &Raw<'r> {
        match self {
            Self::Gzip(decoder) => decoder.get_ref(),
            Self::Zstd(decoder) => decoder.get_ref(),
            Self::Bzip2(decoder) => decoder.get_ref(),
            Self::Xz(decoder) => decoder.get_ref(),
        }
    }

    fn into_raw(self) -> Raw<'r> {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
            Self::Bzip2(decoder) => decoder.into_inner(),
            Self::Xz(decoder) => decoder.into_inner(),
        }
    }
}

impl Read for Decoder<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
            Self::Bzip2(decoder) => decoder.read(buffer),
            Self::Xz(decoder) => decoder.read(buffer),
        }
    }
}

enum State<'r> {
    Between(Raw<'r>),
    Inside(Decoder<'r>),
    /// After a failure to read.
    Gone,
}

/// A reader of what is packed in the members of a file.
pub(super) struct Members<'r> {
    state: State<'r>,
    packing: Packing,
    /// The member's place in the file.
    member: u64,
    /// What the member has unpacked to so far.
    delivered: u64,
    /// A member was damaged, and no other one has been found yet.
    searching: bool,
    reread: u64,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
}

impl<'r> Members<'r> {
    pub(super) fn new(raw: Raw<'r>, packing: Packing) -> Self {
        Self {
            state: State::Between(raw),
            packing,
            member: 0,
            delivered: 0,
            searching: false,
            reread: 0,
            buffer: vec![0; BUFFER].into(),
            start: 0,
            end: 0,
        }
    }

    /// Unpacks the next piece; nothing at the end.
    fn fill(&mut self) -> io::Result<()> {
        loop {
            match std::mem::replace(&mut self.state, State::Gone) {
                State::Gone => return Ok(()),
                State::Between(raw) => {
                    if !self.next_member(raw)? {
                        return Ok(());
                    }
                }
                State::Inside(mut decoder) => match decoder.read(&mut self.buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_raw()),
                    Ok(length) => {
                        (self.start, self.end) = (0, length);
                        self.delivered += length as u64;
                        self.searching = false;
                        return self.go_on(decoder);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => self.state = State::Inside(decoder),
                    Err(error) if error.raw_os_error().is_some() || Damage::of(&error).is_some() => return Err(error),
                    Err(error) => {
                        let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
                        let damage = self.damage(reason(self.packing, is_cut));
                        self.give_up(decoder.into_raw(), Damage { is_cut, ..damage })?;
                    }
                },
            }
        }
    }

    /// Goes to the next member; false at the end.
    fn next_member(&mut self, mut raw: Raw<'r>) -> io::Result<bool> {
        if self.searching {
            if !self.search(&mut raw)? {
                self.state = State::Between(raw);
                return Ok(false);
            }
        } else {
            skip_zeros(&mut raw)?;
            let beginning = raw.peek(Packing::MARK)?;
            if beginning.is_empty() {
                self.state = State::Between(raw);
                return Ok(false);
            }
            if !self.packing.begins(beginning) {
                self.member = raw.position();
                self.delivered = 0;
                self.give_up(raw, self.damage(format!("no {} data", name(self.packing))))?;
                return Ok(true);
            }
        }
        self.member = raw.position();
        self.delivered = 0;
        match Decoder::open(self.packing, raw) {
            Ok(decoder) => self.state = State::Inside(decoder),
            Err((raw, error)) => self.give_up(raw, self.damage(error.to_string()))?,
        }
        Ok(true)
    }

    /// Searches the mark of a member; false if there is none.
    fn search(&self, raw: &mut Raw<'r>) -> io::Result<bool> {
        loop {
            let window = raw.peek(WINDOW)?;
            let length = window.len();
            let found = (0..length).find(|at| self.packing.begins(window.get(*at..).unwrap_or_default()));
            if let Some(at) = found {
                raw.consume(at);
                return Ok(true);
            }
            if length < WINDOW {
                raw.consume(length);
                return Ok(false);
            }
            raw.consume(length - (Packing::MARK - 1));
        }
    }

    fn go_on(&mut self, decoder: Decoder<'r>) -> io::Result<()> {
        let size = decoder.raw().position().saturating_sub(self.member);
        if self.delivered > FREE && self.delivered / RATIO > size {
            (self.start, self.end) = (0, 0);
            let damage = self.damage(format!("unpacks to more than {RATIO} times its size"));
            return self.give_up(decoder.into_raw(), damage);
        }
        self.state = State::Inside(decoder);
        Ok(())
    }

    /// Damage of the member.
    fn damage(&self, reason: String) -> Damage {
        Damage { offset: self.member, reason, is_cut: false }
    }

    /// Leaves a damaged member, and winds back to its second byte, because the damage may have led past its end. What
    /// only looked like a member is left in silence.
    fn give_up(&mut self, mut raw: Raw<'r>, damage: Damage) -> io::Result<()> {
        let next = self.member + 1;
        if raw.position() <= next {
            let missing = usize::try_from(next - raw.position()).unwrap_or(0);
            let available = raw.peek(missing)?.len().min(missing);
            raw.consume(available);
        } else if self.reread <= REREAD + 4 * raw.position() {
            self.reread += raw.wind_back(next);
        }
        self.state = State::Between(raw);
        let was_searching = std::mem::replace(&mut self.searching, true);
        if was_searching && self.delivered == 0 { Ok(()) } else { Err(damage.into_error()) }
    }
}

/// Zeros pad members to the blocks of a medium.
fn skip_zeros(raw: &mut Raw<'_>) -> io::Result<()> {
    loop {
        let buffer = raw.fill_buf()?;
        let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
        if zeros == 0 {
            return Ok(());
        }
        raw.consume(zeros);
    }
}

fn name(packing: Packing) -> &'static str {
    match packing {
        Packing::Gzip => "gzip",
        Packing::Zstd => "zstd",
        Packing::Bzip2 => "bzip2",
        Packing::Xz => "xz",
    }
}

fn reason(packing: Packing, is_cut: bool) -> String {
    let name = name(packing);
    if is_cut { format!("{name} data ends early") } else { format!("damaged {name} data") }
}

impl Read for Members<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Members<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            self.fill()?;
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
    }
}

impl Source for Members<'_> {
    fn member(&self) -> Option<u64> {
        Some(self.member)
    }
}
