//! A recorded HTTP response: its header, and the body as the server meant it.

use memchr::memmem;

use super::super::unpack::{self, Unpacked};

/// A response, unpacked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    /// `Content-Type`, as it stands.
    pub(super) content_type: Option<String>,
    /// The body without chunks and compression, up to one byte over the limit.
    pub(super) body: Vec<u8>,
    /// `Content-Encoding`, as it stands; empty where there is none.
    pub(super) encoding: String,
    /// The body ends before its end: its chunks, its compressed data, or its length say so.
    pub(super) is_cut: bool,
}

/// Reads a response. A block that does not begin like one is a body.
pub(super) fn response(block: Vec<u8>, limit: usize) -> Response {
    if !block.starts_with(b"HTTP/") {
        return Response { body: block, ..Response::default() };
    }
    let (head, start) = split(&block);
    let mut fields = Fields::default();
    for line in head.split(|byte| *byte == b'\n').skip(1) {
        fields.take(&String::from_utf8_lossy(line));
    }
    let rest = block.get(start..).unwrap_or_default();
    let chunks = if fields.chunked { dechunked(rest) } else { None };
    let is_short = chunks.as_ref().map_or_else(|| fields.is_short(rest), |chunks| chunks.is_cut);
    let sent = chunks.map_or_else(|| rest.to_vec(), |chunks| chunks.bytes);
    let Unpacked { bytes, is_cut } = unpack::body(&fields.encoding, sent, limit);
    let Fields { content_type, encoding, .. } = fields;
    Response { content_type, body: bytes, encoding, is_cut: is_cut || is_short }
}

/// The header, and where the body begins.
fn split(block: &[u8]) -> (&[u8], usize) {
    let ends = [(&b"\r\n\r\n"[..], 4), (b"\n\n", 2)];
    let found = ends.iter().filter_map(|(end, length)| Some((memmem::find(block, end)?, *length))).min();
    let (end, length) = found.unwrap_or((block.len(), 0));
    (block.get(..end).unwrap_or_default(), end + length)
}

#[derive(Default)]
struct Fields {
    content_type: Option<String>,
    encoding: String,
    length: Option<usize>,
    chunked: bool,
}

impl Fields {
    /// Whether a body is shorter than it was to be. Crawlers unpack bodies and leave the header, and what only asks for the
    /// header has no body at all.
    fn is_short(&self, body: &[u8]) -> bool {
        let is_as_sent = self.encoding.is_empty() || unpack::Packing::of(body).is_some();
        is_as_sent && !self.chunked && !body.is_empty() && self.length.is_some_and(|length| body.len() < length)
    }

    fn take(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => self.content_type = Some(value.to_owned()),
            "content-encoding" => self.encoding = value.to_owned(),
            "content-length" => self.length = value.parse().ok(),
            "transfer-encoding" => {
                // Some servers compress here instead.
                let (last, others) = value.rsplit_once(',').map_or((value, ""), |(others, last)| (last, others));
                self.chunked = last.trim().eq_ignore_ascii_case("chunked");
                if self.encoding.is_empty() {
                    self.encoding = if self.chunked { others } else { value }.to_owned();
                }
            }
            _ => {}
        }
    }
}

/// The body behind its chunks (RFC 9112, section 7.1). `None` for a body that does not begin with a chunk: crawlers join
/// chunks and leave the header. Where the chunks break off, what came before is left.
fn dechunked(body: &[u8]) -> Option<Unpacked> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some((length, data)) = chunk_size(rest) else {
            return (rest.len() < body.len()).then_some(Unpacked { bytes, is_cut: true });
        };
        if length == 0 {
            return Some(Unpacked { bytes, is_cut: false });
        }
        let available = data.get(..length).unwrap_or(data);
        bytes.extend_from_slice(available);
        rest = data.get(available.len()..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(Unpacked { bytes, is_cut: true });
        }
    }
}

/// The length that stands before a chunk, and what follows its line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', bytes.get(..256).unwrap_or(bytes))?;
    let (line, rest) = bytes.split_at(end + 1);
    let text = std::str::from_utf8(line).ok()?;
    let digits = text.split(';').next()?.trim();
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let length = usize::from_str_radix(digits, 16).ok()?;
    is_hexadecimal.then_some((length, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &str) -> (Option<String>, String) {
        let Response { content_type, body, .. } = response(block.as_bytes().to_vec(), 1000);
        (content_type, String::from_utf8(body).expect("UTF-8"))
    }

    #[test]
    fn header_and_chunks_are_taken_off_as_far_as_they_are_there() {
        let html = Some("text/html; charset=x".to_owned());
        let cases = [
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n<p>a\r\n\r\nb", &html, "<p>a\r\n\r\nb"),
            ("HTTP/1.0 404 Not Found\ncontent-type:text/html; charset=x\n\n<p>a", &html, "<p>a"),
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", &None, ""),
            ("HTTP/1.1 200 OK\r\nA: b", &None, ""),
            ("<p>a", &None, "<p>a"),
            ("", &None, ""),
            (
                "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                &None,
                "<p>0123456789",
            ),
            ("HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n<p>joined already", &None, "<p>joined already"),
            ("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\nFF\r\ncut o", &None, "<p>cut o"),
            ("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\nno size\r\n", &None, "<p>"),
            (
                "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n<p>",
                &None,
                "ffffffffffffffffff\r\n<p>",
            ),
            ("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n+3\r\n<p>", &None, "+3\r\n<p>"),
        ];
        for (block, content_type, body) in cases {
            assert_eq!(read(block), (content_type.clone(), body.to_owned()), "{block}");
        }
    }

    #[test]
    fn a_body_that_ends_before_its_end_is_cut() {
        let cases = [
            ("Content-Length: 4", "<p>a", false),
            ("Content-Length: 3", "<p>a", false),
            ("Content-Length: 5", "<p>a", true),
            ("Content-Length: many", "<p>a", false),
            ("Content-Length: 5", "", false),
            ("Content-Length: 5\r\nContent-Encoding: gzip", "<p>a", false),
            ("Content-Length: 5\r\nTransfer-Encoding: chunked", "<p>a", false),
            ("Transfer-Encoding: chunked", "3\r\n<p>\r\n0\r\n\r\n", false),
            ("Transfer-Encoding: chunked", "3\r\n<p>\r\n", true),
            ("Transfer-Encoding: chunked", "3\r\n<p>\r\n9\r\nab", true),
        ];
        for (field, body, is_cut) in cases {
            let block = format!("HTTP/1.1 200 OK\r\n{field}\r\n\r\n{body}");
            assert_eq!(response(block.into_bytes(), 1000).is_cut, is_cut, "{field}: {body}");
        }
    }
}
