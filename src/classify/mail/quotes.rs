//! What a letter quotes: marked lines, the line that introduces them, and letters copied whole below their headers.

use std::ops::Range;

use super::line::{Line, hits, joined, names};
use crate::document::Family;
use crate::options::Quotes;
use crate::patterns::{Hits, Strength};

/// Lines over which an introduction may be wrapped, and its characters.
const INTRODUCTION_LINES: usize = 3;
const INTRODUCTION_CHARS: usize = 300;

/// Words of a short one.
const INTRODUCTION_WORDS: usize = 6;

/// Fields that make a block of them the header of a letter.
const HEADER_FIELDS: usize = 3;

/// Lines over the fields of a header that may belong to it: sender, date, "please respond to".
const LINES_OVER_HEADER: usize = 4;

/// The names of header fields as mail programs write them: From, Sent or Date, To, Cc, Subject.
const FIELDS: &str = "from sent date to cc bcc subject reply-to importance attachments organization \
    von gesendet datum an kopie betreff antwort_an de envoyé envoyée à objet date_d'envoi copie \
    enviado enviado_el fecha para asunto da inviato data a oggetto enviada assunto enviada_em \
    van verzonden aan onderwerp datum från skickat till ämne fra sendt til emne kopi \
    od wysłano do temat dw odesláno komu předmět kopie от отправлено дата кому тема копия від надіслано \
    发件人 发送时间 收件人 主题 抄送 寄件者 收件者 主旨 差出人 送信日時 宛先 件名 보낸_사람 보낸_날짜 받는_사람 제목 \
    lähettäjä lähetetty vastaanottaja aihe gönderen gönderildi kime konu feladó elküldve címzett tárgy \
    trimis către subiect";

/// The voices of a letter.
#[derive(Debug)]
pub(super) struct Voices {
    /// Which lines are quoted, or introduce what is.
    pub(super) quoted: Vec<bool>,
    /// Where the speaker changes: the first lines of runs of one depth, of headers and of what follows them.
    pub(super) starts: Vec<usize>,
    /// Which lines are headers and introductions of quoted letters.
    pub(super) headers: Vec<bool>,
}

impl Voices {
    /// Runs of lines that one person wrote, without the headers between.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let ends = self.starts.iter().copied().skip(1).chain([self.quoted.len()]);
        let runs = self.starts.iter().copied().zip(ends).map(|(start, end)| start..end);
        runs.filter(|run| !run.is_empty() && !self.headers[run.start]).collect()
    }
}

/// Finds out who speaks.
pub(super) fn voices(lines: &[Line<'_>]) -> Voices {
    let mut headers = vec![false; lines.len()];
    introductions(lines, &mut headers);
    let copied = copied(lines, &mut headers);
    let mut quoted: Vec<bool> = lines.iter().zip(&headers).map(|(line, header)| line.depth > 0 || *header).collect();
    if let Some(copied) = copied {
        quoted[copied..].fill(true);
    }
    let changes = |at: &usize| *at == 0 || lines[*at].depth != lines[at - 1].depth || headers[*at] != headers[at - 1];
    Voices { quoted, starts: (0..lines.len()).filter(changes).collect(), headers }
}

/// Marks the lines that introduce marked quotes, such as "On Monday Ada wrote:".
fn introductions(lines: &[Line<'_>], headers: &mut [bool]) {
    let mut scratch = Hits::default();
    for at in 1..lines.len() {
        if lines[at].depth <= lines[at - 1].depth {
            continue;
        }
        let depth = lines[at - 1].depth;
        // The nearest line may stand apart from the quote, the others not from each other.
        for first in (at.saturating_sub(INTRODUCTION_LINES)..at).rev() {
            let part = &lines[first..at];
            if part.iter().any(|line| line.depth != depth) {
                break;
            }
            if introduces(part, &mut scratch) {
                headers[first..at].fill(true);
                break;
            }
            if lines[first].gap {
                break;
            }
        }
    }
}

fn introduces(part: &[Line<'_>], scratch: &mut Hits) -> bool {
    let text = joined(part);
    let text = text.trim_end_matches(['>', ' ', '"']);
    let ends = text.ends_with([':', '：', '：']) || text.ends_with("...") || text.ends_with("wrote");
    if !ends || text.chars().count() > INTRODUCTION_CHARS {
        return false;
    }
    let has_address = text.contains('@') && part.len() <= INTRODUCTION_LINES;
    let dated = numbers(text).any(|digits| digits.len() == 4 || digits.len() == 2);
    let time = text.contains(':') && text.trim_end_matches(':').contains(':');
    names(&hits(text, scratch), Family::Quote, Strength::Weak)
        || has_address && part.len() == 1
        || dated && time && (has_address || part.len() == 1 && tells_who_and_when(text))
        || part.len() == 1 && part[0].words <= INTRODUCTION_WORDS && text.to_lowercase().ends_with("wrote:")
}

/// The runs of digits in a text, with empty texts between.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit())
}

/// Whether a line is short and has a year, a time and, behind it, a name: in any language that puts the name last or
/// next to last.
fn tells_who_and_when(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_time = |word: &&str| {
        word.split_once(':').is_some_and(|(hour, minute)| {
            hour.len() <= 2
                && hour.bytes().all(|b| b.is_ascii_digit())
                && minute.bytes().take(2).filter(u8::is_ascii_digit).count() == 2
        })
    };
    let year = numbers(text).any(|digits| digits.len() == 4 && digits.starts_with(['1', '2']));
    let behind = words.iter().rposition(is_time).map_or(&[][..], |time| &words[time + 1..]);
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    year && words.len() <= 2 * INTRODUCTION_WORDS && behind.iter().any(is_name)
}

/// Marks the headers of letters that are copied below without marks. Returns where the first of them begins.
fn copied(lines: &[Line<'_>], headers: &mut [bool]) -> Option<usize> {
    // The header of a patch is part of it.
    if lines
        .iter()
        .any(|line| line.depth == 0 && (line.text.starts_with("diff --git ") || line.text.starts_with("@@ -")))
    {
        return None;
    }
    let mut first = None;
    let mut at = 0;
    while at < lines.len() {
        let Some(block) = header_block(lines, at) else {
            at += 1;
            continue;
        };
        headers[block.clone()].fill(true);
        if lines[block.start].depth == 0 {
            first = first.or(Some(block.start));
        }
        at = block.end;
    }
    first
}

/// The header of a copied letter that begins at a line: a separator that names it, fields, or both.
fn header_block(lines: &[Line<'_>], at: usize) -> Option<Range<usize>> {
    let separator = separator(lines, at);
    let fields_at = separator.map_or(at, |end| end);
    let fields = fields(lines, fields_at, separator.is_some());
    match (separator, fields) {
        (_, Some(fields)) if separator.is_some() || fields.len() >= HEADER_FIELDS => {
            let start = if separator.is_some() { at } else { over_header(lines, at) };
            Some(start..fields.end)
        }
        (Some(end), _) => Some(at..end),
        _ => None,
    }
}

/// Where a line that announces a copied letter ends; some programs wrap it.
fn separator(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let mut scratch = Hits::default();
    let announces = |rules: &[u16], text: &str| {
        let dashes = text.starts_with("--") || text.starts_with("__") || text.starts_with("==");
        names(rules, Family::Quote, Strength::Weak)
            && (dashes && text.ends_with(['-', '_', '=', ':'])
                || text.ends_with(':') && !text.contains('@') && text.to_lowercase().contains("forward"))
            || names(rules, Family::Quote, Strength::Strong) && dashes
    };
    let line = &lines[at];
    if announces(&line.rules, line.text) {
        return Some(at + 1);
    }
    let next = lines.get(at + 1).filter(|next| !next.gap && next.depth == line.depth && line.text.starts_with("--"))?;
    let both = format!("{} {}", line.text, next.text);
    announces(&hits(&both, &mut scratch), &both).then_some(at + 2)
}

/// A block of header fields that begins at a line. Behind a separator, a sender and a date may stand before them.
fn fields(lines: &[Line<'_>], at: usize, separated: bool) -> Option<Range<usize>> {
    let depth = lines.get(at)?.depth;
    let start = if separated {
        (at..(at + LINES_OVER_HEADER + 1).min(lines.len())).find(|at| is_field(lines[*at].text))?
    } else {
        Some(at).filter(|at| is_field(lines[*at].text))?
    };
    let mut end = start;
    let mut found = 0;
    let mut last_field = start;
    while let Some(line) = lines.get(end).filter(|line| line.depth == depth) {
        if is_field(line.text) {
            found += 1;
            last_field = end + 1;
        } else if line.gap
            || end >= last_field + 2 && !lines[end - 1].text.ends_with([',', ';'])
            || line.is_prose() && !line.text.contains('@') && !line.text.contains(';')
        {
            // A list of recipients may go on over several lines.
            break;
        }
        end += 1;
    }
    (found >= if separated { 1 } else { HEADER_FIELDS }).then_some(start..last_field)
}

/// Where a header begins whose fields follow lines with the sender and the date.
fn over_header(lines: &[Line<'_>], fields: usize) -> usize {
    let dated = |text: &str| text.chars().filter(char::is_ascii_digit).count() >= 6 && text.contains([':', '/', '.']);
    let first = fields.saturating_sub(LINES_OVER_HEADER);
    let belongs = |at: &usize| lines[*at].depth == lines[fields].depth && !lines[*at].is_prose();
    let open = (first..fields).rev().take_while(belongs).last().unwrap_or(fields);
    let dated = (open..fields).find(|at| dated(lines[*at].text));
    let Some(dated) = dated else { return fields };
    // The name may stand on the line over the date.
    let has_name_over =
        dated > open && !lines[dated].gap && !lines[dated].text.contains('@') && lines[dated].words <= 4;
    if has_name_over { dated - 1 } else { dated }
}

/// Whether a line is a header field.
fn is_field(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_', '>', ' ', '|']);
    let Some((name, _)) = text.split_once([':', '：']) else { return false };
    let name = name.trim_matches(['*', '_', ' ']).to_lowercase().replace(' ', "_");
    name.chars().count() <= 16 && FIELDS.split_whitespace().any(|field| field == name)
}

/// Which quoted lines stay.
pub(super) fn kept(lines: &[Line<'_>], voices: &Voices, gone: &[bool], wanted: Quotes) -> Vec<bool> {
    let author = |at: &usize| !voices.quoted[*at] && !gone[*at];
    let wrote = (0..lines.len()).filter(author).any(|at| lines[at].words > 0);
    // A letter that only passes another on is about that one.
    if wanted == Quotes::Keep || !wrote {
        return vec![true; lines.len()];
    }
    let mut keep: Vec<bool> = voices.quoted.iter().map(|quoted| !quoted).collect();
    if wanted == Quotes::Context && answers_piece_by_piece(lines, voices, gone) {
        let last = (0..lines.len()).rev().find(author).unwrap_or(0);
        let copied = (0..lines.len()).find(|at| voices.quoted[*at] && lines[*at].depth == 0 && !voices.headers[*at]);
        let end = last.min(copied.unwrap_or(last));
        keep[..end].fill(true);
    }
    keep
}

/// Whether the author answers in between: two quotes with an answer each, or one with text before it and after it.
fn answers_piece_by_piece(lines: &[Line<'_>], voices: &Voices, gone: &[bool]) -> bool {
    const GREETING_WORDS: usize = 4;
    let mut answered = 0;
    let mut before = 0;
    let mut open = false;
    for at in 0..lines.len() {
        if voices.quoted[at] {
            open |= lines[at].depth > 0;
        } else if !gone[at] && lines[at].words > 0 {
            answered += usize::from(open);
            open = false;
            before += usize::from(answered == 0 && lines[at].words > GREETING_WORDS);
        }
    }
    answered >= 2 || answered == 1 && before >= 2
}
