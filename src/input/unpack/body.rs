//! The body of an HTTP message, unpacked as its `Content-Encoding` says.

use std::io::{Error, ErrorKind, Read};

use super::{Packing, Unpacked};

/// Unpacks a body, up to one byte over the limit. What is not packed as it says stays as it is, because crawlers unpack
/// bodies and leave the header; of a damaged body the part before the damage is left.
pub(crate) fn body(encoding: &str, bytes: Vec<u8>, limit: usize) -> Unpacked {
    let mut unpacked = Unpacked { bytes, is_cut: false };
    // Encodings are listed in the order in which they were applied.
    for name in encoding.rsplit(',').map(str::trim).take(4) {
        if let Some(inner) = without(name, &unpacked.bytes, limit) {
            unpacked = Unpacked { is_cut: unpacked.is_cut || inner.is_cut, ..inner };
        }
    }
    unpacked
}

/// What was packed with the encoding of this name; `None` for what was not.
fn without(name: &str, bytes: &[u8], limit: usize) -> Option<Unpacked> {
    let packing = Packing::of(bytes);
    match name.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if packing == Some(Packing::Gzip) => read(flate2::bufread::MultiGzDecoder::new(bytes), limit),
        "zstd" if packing == Some(Packing::Zstd) => read(zstd::stream::read::Decoder::with_buffer(bytes).ok()?, limit),
        // These have no mark, and text can be taken for either.
        "deflate" | "br" if is_text(bytes) => None,
        "deflate" => read(flate2::bufread::ZlibDecoder::new(bytes), limit)
            .or_else(|| read(flate2::bufread::DeflateDecoder::new(bytes), limit)),
        "br" => read(brotli_decompressor::Decompressor::new(bytes, 4096), limit),
        _ => None,
    }
}

/// Whether bytes begin without control characters other than white space. Compressed bytes have one in ten.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().take(256).all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
}

/// What can be read; `None` if that is nothing.
fn read(mut decoder: impl Read, limit: usize) -> Option<Unpacked> {
    let mut bytes = Vec::new();
    let read = decoder.by_ref().take((limit as u64).saturating_add(1)).read_to_end(&mut bytes);
    // The latter is what the reader of Brotli says where its input ends.
    let is_end = |error: &Error| matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::InvalidData);
    let is_cut = read.as_ref().is_err_and(is_end);
    (read.is_ok() || !bytes.is_empty()).then_some(Unpacked { bytes, is_cut })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes);
        bytes
    }

    const TEXT: &[u8] = b"<p>The ferry to the island runs again from Monday, the harbour office said.</p>";

    fn gzip(text: &[u8]) -> Vec<u8> {
        packed(|bytes| {
            let mut encoder = flate2::write::GzEncoder::new(bytes, flate2::Compression::default());
            encoder.write_all(text).expect("memory");
            encoder.finish().expect("memory");
        })
    }

    fn zlib(text: &[u8]) -> Vec<u8> {
        packed(|bytes| {
            let mut encoder = flate2::write::ZlibEncoder::new(bytes, flate2::Compression::default());
            encoder.write_all(text).expect("memory");
            encoder.finish().expect("memory");
        })
    }

    #[test]
    fn bodies_are_unpacked_as_they_are_and_not_as_they_say() {
        let deflated = zlib(TEXT);
        let raw = deflated[2..deflated.len() - 4].to_vec();
        let cases = [
            ("gzip", gzip(TEXT)),
            ("X-GZip", gzip(TEXT)),
            ("gzip", TEXT.to_vec()),
            ("zstd", zstd::encode_all(TEXT, 3).expect("memory")),
            ("zstd", TEXT.to_vec()),
            ("deflate", deflated.clone()),
            ("deflate", raw),
            ("deflate, gzip", gzip(&deflated)),
            ("deflate", TEXT.to_vec()),
            ("br", TEXT.to_vec()),
            ("identity", TEXT.to_vec()),
            ("unheard-of", TEXT.to_vec()),
            ("", TEXT.to_vec()),
        ];
        for (encoding, bytes) in cases {
            assert_eq!(body(encoding, bytes, 1000), Unpacked { bytes: TEXT.to_vec(), is_cut: false }, "{encoding}");
        }
    }

    #[test]
    fn a_body_is_read_up_to_one_byte_over_the_limit() {
        assert_eq!(body("gzip", gzip(&vec![b'x'; 1 << 20]), 1000).bytes.len(), 1001);
    }

    #[test]
    fn of_a_damaged_body_the_beginning_is_left() {
        let text: Vec<u8> = (0..60_000_u32).flat_map(|line| format!("{line} boats\n").into_bytes()).collect();
        for (encoding, mut bytes) in [("gzip", gzip(&text)), ("zstd", zstd::encode_all(&text[..], 3).expect("memory"))]
        {
            bytes.truncate(bytes.len() - 12);
            let left = body(encoding, bytes, 1 << 20);
            assert!(
                !left.bytes.is_empty() && text.starts_with(&left.bytes) && left.is_cut,
                "{encoding}: {}",
                left.bytes.len()
            );
        }
        let brotli = b"\x0b\x02\x80hello\x03";
        assert_eq!(body("br", brotli.to_vec(), 99), Unpacked { bytes: b"hello".to_vec(), is_cut: false });
        assert_eq!(body("br", brotli[..7].to_vec(), 99), Unpacked { bytes: b"hell".to_vec(), is_cut: true });
    }
}
