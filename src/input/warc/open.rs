//! A WARC record to a document: which bytes, what they are, in which encoding.

use super::super::Record;
use super::super::detect::detect;
use super::super::stream::Reason;
use super::Stored;
use super::http::{self, Response};
use crate::document::Kind;

/// The document in a record.
///
/// # Errors
/// [`Reason::NoDocument`] for pictures, scripts, data and other files that are neither HTML nor text.
pub(in super::super) fn open(stored: Stored, limit: usize) -> Result<Record, Reason> {
    let Stored { header, block } = stored;
    let is_http = header.content_type.as_deref().is_some_and(|kind| essence(kind) == "application/http");
    let Response { content_type, body, encoding, is_cut } = if is_http {
        http::response(block, limit)
    } else {
        Response { content_type: header.content_type.clone(), body: block, ..Response::default() }
    };
    let kind = kind(content_type.as_deref(), &body).map_err(|reason| match reason {
        // What is a document by its type was packed in a way that is not known, or not as it says.
        Reason::NoDocument(essence) if !encoding.is_empty() && is_document(content_type.as_deref()) => {
            Reason::NoDocument(format!("{essence} in the encoding {encoding}"))
        }
        reason => reason,
    })?;
    // The text of a conversion was text before.
    let kind = if header.is_conversion() && kind.is_none() { Some(Kind::Text) } else { kind };
    let mut record = Record::new(body);
    record.id = header.id.unwrap_or_default();
    record.url = header.uri;
    record.kind = kind;
    record.transport_charset = content_type.as_deref().and_then(charset);
    record.is_cut = is_cut || header.is_cut;
    Ok(record)
}

/// What a document is that was sent with this type; `None` where its bytes are to tell.
fn kind(content_type: Option<&str>, body: &[u8]) -> Result<Option<Kind>, Reason> {
    let essence = content_type.map(essence).unwrap_or_default();
    let detected = || detect(body).map_err(|_| Reason::NoDocument(essence.clone()));
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => match detected()? {
            Kind::Html | Kind::Text => Ok(Some(Kind::Html)),
            kind => Ok(Some(kind)),
        },
        "text/plain" | "text/markdown" | "text/x-markdown" => detected().map(|_| Some(Kind::Text)),
        // XML may be XHTML, and servers that do not know say one of these.
        "text/xml" | "application/xml" => match detected()? {
            Kind::Html => Ok(Some(Kind::Html)),
            _ => Err(Reason::NoDocument(essence)),
        },
        "" | "application/octet-stream" | "application/unknown" | "unknown/unknown" | "*/*" => detected().map(|_| None),
        _ => Err(Reason::NoDocument(essence)),
    }
}

/// Whether a type alone says that this is a document.
fn is_document(content_type: Option<&str>) -> bool {
    kind(content_type, b"").is_ok()
}

/// A type without its parameters, lower case.
fn essence(content_type: &str) -> String {
    content_type.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The `charset` of a type.
fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_read_as_servers_write_it() {
        let cases = [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;CHARSET=\"windows-1251\"", Some("windows-1251")),
            ("text/html; a=b; charset = 'x'", Some("x")),
            ("text/html; charset=", None),
            ("text/html", None),
        ];
        for (content_type, expected) in cases {
            assert_eq!(charset(content_type).as_deref(), expected, "{content_type}");
        }
    }

    #[test]
    fn types_tell_documents_from_other_files() {
        const HTML: &[u8] = b"<!doctype html><p>a";
        type Case = (&'static str, &'static [u8], Result<Option<Kind>, &'static str>);
        let cases: &[Case] = &[
            ("text/html; charset=x", HTML, Ok(Some(Kind::Html))),
            ("Application/XHTML+xml", b"plain", Ok(Some(Kind::Html))),
            ("text/html", b"\x89PNG\r\n\x1A\n", Err("text/html")),
            ("text/plain", HTML, Ok(Some(Kind::Text))),
            ("text/xml", b"<?xml version=\"1.0\"?><rss/>", Err("text/xml")),
            ("application/xml", b"<?xml version=\"1.0\"?><!DOCTYPE html><html/>", Ok(Some(Kind::Html))),
            ("", HTML, Ok(None)),
            ("application/octet-stream", b"\x1F\x8B\x08\x00", Err("application/octet-stream")),
            ("image/png", b"\x89PNG\r\n\x1A\n", Err("image/png")),
            ("text/css", b"p { }", Err("text/css")),
            ("application/json", b"{}", Err("application/json")),
        ];
        for (content_type, body, expected) in cases {
            let found = kind(Some(content_type), body).map_err(|reason| match reason {
                Reason::NoDocument(essence) => essence,
                reason => format!("{reason:?}"),
            });
            assert_eq!(found, expected.map_err(str::to_owned), "{content_type}");
        }
    }
}
