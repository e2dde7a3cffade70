//! A letter as its headers describe it, and the body that was read of it.

/// What is known about a letter beside its blocks. Header values are decoded; nothing is invented.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// The decoded body, in UTF-8: what the lines of a text letter point into, or the HTML that was parsed.
    pub body: String,
    /// `Subject`.
    pub subject: Option<String>,
    /// The sender's name, or else the address.
    pub from: Option<String>,
    /// The sender's address.
    pub address: Option<String>,
    /// The day it was sent, `YYYY-MM-DD` in the sender's time zone.
    pub date: Option<String>,
    /// `Message-ID`, without brackets.
    pub message_id: Option<String>,
    /// `List-Id`, without brackets, or else the address of `List-Post`.
    pub list: Option<String>,
    /// The addresses of `List-Unsubscribe`, in their order.
    pub unsubscribe: Vec<String>,
    /// The language of `Content-Language`, as written.
    pub lang: Option<String>,
    /// It answers another letter: `In-Reply-To` or `References`.
    pub is_reply: bool,
    /// It was sent to many who cannot answer to all: `Precedence: bulk`, `List-Unsubscribe` without `List-Post`.
    pub is_bulk: bool,
    /// The parts that were not read.
    pub attachments: Vec<Attachment>,
    /// What is damaged, in a few words; what could be read was read.
    pub fault: Option<&'static str>,
}

/// A part of a letter that is listed and not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name.
    pub name: Option<String>,
    /// Its media type, such as `image/png`.
    pub media_type: String,
    /// Its size in bytes, decoded as far as that is known.
    pub bytes: usize,
}
