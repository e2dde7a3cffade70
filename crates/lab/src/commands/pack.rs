//! `lab pack`: pages of sets as one dump, for tests and benchmarks: WARC, WET-like WARC of their texts, or JSON lines.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use unboil::Kind;

use super::{Outcome, Selection};
use crate::error::{Result, at};
use crate::set::Page;

/// Arguments of `lab pack`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Sets, as for `lab eval`
    #[arg(value_name = "SET", required = true)]
    sets: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// What is written
    #[arg(long = "as", value_name = "FORMAT", value_enum, default_value = "warc")]
    format: Format,
    /// Where; with .gz each record is a gzip member of its own, as crawlers write them
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Repeat the pages until the file has so many bytes
    #[arg(long, value_name = "BYTES", default_value_t = 0)]
    size: u64,
}

/// The format of a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Warc,
    Wet,
    Jsonl,
}

impl Args {
    /// Writes the dump: the same arguments give the same bytes.
    pub(super) fn run(&self) -> Result<Outcome> {
        let wrong = |error: std::io::Error| at(self.output.display(), error);
        let mut pages = Vec::new();
        for path in &self.sets {
            pages.extend(self.selection.open(path)?.pages.into_iter().filter(|page| page.kind == Kind::Html));
        }
        let is_packed = self.output.extension().is_some_and(|extension| extension == "gz");
        let mut out = BufWriter::new(File::create(&self.output).map_err(wrong)?);
        let (mut written, mut number) = (0, 0);
        loop {
            let before = written;
            for page in &pages {
                number += 1;
                let record = packed(record(page, self.format, number)?, is_packed).map_err(wrong)?;
                out.write_all(&record).map_err(wrong)?;
                written += record.len() as u64;
            }
            if written >= self.size || written == before {
                out.flush().map_err(wrong)?;
                return Ok(Outcome::Done);
            }
        }
    }
}

fn packed(record: Vec<u8>, is_packed: bool) -> std::io::Result<Vec<u8>> {
    if !is_packed {
        return Ok(record);
    }
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(&record)?;
    member.finish()
}

/// One record; its number makes its id and its address unlike those of the same page before it.
fn record(page: &Page, format: Format, number: u64) -> Result<Vec<u8>> {
    let url = page.url.clone().unwrap_or_else(|| format!("https://pages.example/{}", Path::new(&page.id).display()));
    Ok(match format {
        Format::Jsonl => {
            let html = String::from_utf8_lossy(&page.bytes()?).into_owned();
            format!("{}\n", json!({"id": number.to_string(), "url": url, "html": html})).into_bytes()
        }
        Format::Wet => warc("conversion", "text/plain", &url, number, page.body.as_bytes()),
        Format::Warc => {
            let bytes = page.bytes()?;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", bytes.len());
            warc("response", "application/http; msgtype=response", &url, number, &[head.as_bytes(), &bytes].concat())
        }
    })
}

fn warc(kind: &str, content: &str, url: &str, number: u64, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-27T00:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\nContent-Type: {content}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

#[cfg(test)]
mod tests {
    use unboil::input::{Format as Read, Reading, Records};

    use super::{Format, packed, record};
    use crate::set::Set;

    #[test]
    fn what_is_packed_is_read_back_record_by_record() {
        let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        let set = Set::open(&corpus).expect("the corpus");
        let pages: Vec<_> = set.pages.iter().filter(|page| page.kind == unboil::Kind::Html).take(6).collect();
        for (format, read) in [(Format::Warc, Read::Warc), (Format::Wet, Read::Warc), (Format::Jsonl, Read::Jsonl)] {
            for is_packed in [false, true] {
                let record = |(page, number)| {
                    packed(record(page, format, number).expect("a record"), is_packed).expect("packed")
                };
                let dump: Vec<u8> = pages.iter().copied().zip(1..).flat_map(record).collect();
                let reading = Reading::default();
                let records = Records::new(dump.as_slice(), &reading);
                assert_eq!(records.format(), read);
                let bytes =
                    records.map(|record| record.and_then(|record| record.open(&reading)).expect("a page").record.bytes);
                for (bytes, page) in bytes.zip(&pages) {
                    let expected = if format == Format::Wet {
                        page.body.clone().into_bytes()
                    } else {
                        page.bytes().expect("a page")
                    };
                    assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&expected), "{format:?}");
                }
            }
        }
    }
}
