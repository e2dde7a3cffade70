//! The headers of a message: who wrote it, when, through which list.

use std::sync::LazyLock;

use mail_parser::{Address, DateTime, HeaderName, HeaderValue, Message, MessageParser};

use crate::document::Letter;

/// Longest header value that is reported, in characters: RFC 5322 limits a line to 998.
const MOST_CHARS: usize = 998;

/// Unsubscribe addresses that are reported.
const MOST_ADDRESSES: usize = 8;

/// The parser of messages, which takes apart the fields that are read here and those of MIME. Dates are taken apart only
/// when their field is known to end: mail-parser 0.11 reads on behind a date in `UT`, over the end of the header.
pub(super) static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    let lists = [HeaderName::ListId, HeaderName::ListPost, HeaderName::ListUnsubscribe];
    let parser = MessageParser::new()
        .with_mime_headers()
        .with_message_ids()
        .header_text(HeaderName::Subject)
        .header_address(HeaderName::From)
        .header_address(HeaderName::Sender);
    lists.into_iter().fold(parser, MessageParser::header_address).default_header_raw()
});

/// Reads what the headers say. Body, attachments and fault are left empty.
pub(super) fn letter(message: &Message<'_>) -> Letter {
    let from = message.from().or_else(|| message.sender()).and_then(|from| from.first().cloned());
    let address = from.as_ref().and_then(|from| from.address.as_deref()).and_then(line);
    let name = from.as_ref().and_then(|from| from.name.as_deref()).and_then(line);
    let unsubscribe = addresses(message.list_unsubscribe());
    let posts = !addresses(message.list_post()).is_empty() || text(message, "X-Mailing-List").is_some();
    let is_reply =
        !matches!(message.in_reply_to(), HeaderValue::Empty) || !matches!(message.references(), HeaderValue::Empty);
    let precedence = text(message, "Precedence").unwrap_or_default().to_ascii_lowercase();
    let to_many = !unsubscribe.is_empty()
        || matches!(precedence.as_str(), "bulk" | "junk")
        || ["Feedback-ID", "X-Campaign", "X-CampaignID", "X-Mailgun-Sid", "X-SFMC-Stack", "X-MC-User"]
            .iter()
            .any(|name| message.header(*name).is_some());
    Letter {
        subject: message.subject().and_then(line),
        from: name.or_else(|| address.clone()),
        address,
        date: text(message, "Date").and_then(|date| DateTime::parse_rfc822(&date)).and_then(day),
        message_id: message.message_id().and_then(line),
        list: list(message),
        unsubscribe,
        lang: language(message),
        is_reply,
        is_bulk: to_many && !posts && !is_reply,
        ..Letter::default()
    }
}

/// A value on one line; `None` for an empty one.
fn line(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|c| !c.is_control()).take(MOST_CHARS).collect();
    (!line.is_empty()).then_some(line)
}

/// The value of a header that mail-parser does not take apart.
fn text(message: &Message<'_>, name: &'static str) -> Option<String> {
    message.header(name).and_then(HeaderValue::as_text).and_then(line)
}

/// The list's identifier (RFC 2919), or else where it takes letters.
fn list(message: &Message<'_>) -> Option<String> {
    let id = match message.list_id() {
        HeaderValue::Address(list) => list.first().and_then(|list| list.address().or(list.name())).and_then(line),
        HeaderValue::Text(text) => line(text),
        _ => None,
    };
    let bare = |id: String| line(id.rsplit('<').next().unwrap_or_default().trim_end_matches('>'));
    let post =
        || addresses(message.list_post()).into_iter().find_map(|post| post.strip_prefix("mailto:").and_then(line));
    id.and_then(bare).or_else(post)
}

/// The addresses of a `List-` field (RFC 2369).
fn addresses(value: &HeaderValue<'_>) -> Vec<String> {
    let known = |address: &str| {
        let lower = address.to_ascii_lowercase();
        ["mailto:", "https://", "http://"].iter().any(|scheme| lower.starts_with(scheme))
    };
    let found: Vec<String> = match value {
        HeaderValue::Address(Address::List(list)) => {
            list.iter().filter_map(|one| one.address().and_then(line)).collect()
        }
        HeaderValue::Address(Address::Group(groups)) => {
            groups.iter().flat_map(|group| &group.addresses).filter_map(|one| one.address().and_then(line)).collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().filter(|address| known(address)).take(MOST_ADDRESSES).collect()
}

/// The first language that is named.
fn language(message: &Message<'_>) -> Option<String> {
    text(message, "Content-Language").and_then(|list| list.split(',').find_map(line))
}

/// The day on the sender's calendar.
fn day(date: DateTime) -> Option<String> {
    let whole = date.is_valid() && (1970..=9999).contains(&date.year);
    whole.then(|| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}
