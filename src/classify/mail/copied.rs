//! Letters that are copied whole, without marks, below what announces them: a separator, header fields, or who wrote them.

use std::ops::Range;

use super::introductions;
use super::line::{Line, hits, names};
use super::quotes::GREETING_WORDS;
use crate::document::Family;
use crate::patterns::{Hits, Strength};

/// What the rule is drawn of in which a letter is announced.
const RULES: [char; 6] = ['-', '_', '=', '‐', '–', '—'];

/// Fields that make a block of them the header of a letter.
const HEADER_FIELDS: usize = 3;

/// Lines of the longest header, with a list of recipients: what is tried at every line must end.
const HEADER_LINES: usize = 100;

/// Lines over the fields of a header that may belong to it: sender, date, "please respond to".
const LINES_OVER_HEADER: usize = 4;

/// The names of header fields as mail programs write them: From, Sent or Date, To, Cc.
const FIELDS: &str = "from sent date to cc bcc reply-to importance attachments organization \
    von gesendet datum an kopie antwort_an de envoyé envoyée à date_d'envoi copie enviado enviado_el fecha para \
    da inviato data a enviada enviada_em van verzonden aan datum från skickat till fra sendt til kopi \
    od wysłano do dw odesláno komu kopie от отправлено дата кому копия від надіслано \
    发件人 发送时间 收件人 抄送 寄件者 收件者 差出人 送信日時 宛先 보낸_사람 보낸_날짜 받는_사람 \
    lähettäjä lähetetty vastaanottaja gönderen gönderildi kime feladó elküldve címzett \
    de_la trimis către kimden kimlere bilgi tarih από στάλθηκε ημερομηνία προς κοιν. \
    מאת נשלח תאריך אל עותק من تم_الإرسال أُرسلت التاريخ إلى نسخة odoslané dátum kópia poslano za kp šalje prima \
    послато за изпратено до копие saatja saadetud kellele kuupäev no nosūtīts kam datums kopija nuo išsiųsta kam gavėjas \
    از فرستاده_شده ارسال_شده به تاریخ प्रेषक भेजा_गया प्रति दिनांक จาก ส่ง ส่งเมื่อ ถึง วันที่ từ đã_gửi gửi đến tới ngày \
    dari dikirim kepada ke tanggal enviat per_a sendandi dagsetning frá";

/// The names of the field that tells what a letter is about: no program leaves it out.
const SUBJECTS: &str = "subject betreff objet asunto oggetto assunto onderwerp ämne emne temat předmět тема 主题 主旨 件名 제목 \
    aihe konu tárgy subiect θέμα נושא الموضوع predmet zadeva относно teema temats tēma tema موضوع विषय เรื่อง หัวเรื่อง chủ_đề subjek \
    perihal assumpte efni";

/// Fields that programs do not copy: a list that has one is what a letter is about.
const HIDDEN: [&str; 4] = ["message-id", "received", "return-path", "x-mailer"];

/// Marks the headers of letters that are copied below without marks. Returns where the first of them begins.
pub(super) fn mark(lines: &[Line<'_>], headers: &mut [bool]) -> Option<usize> {
    // The header of a patch is part of it.
    if lines
        .iter()
        .any(|line| line.depth == 0 && (line.text.starts_with("diff --git ") || line.text.starts_with("@@ -")))
    {
        return None;
    }
    let told: Vec<Fields> = lines.iter().map(|line| Fields::of(line.text)).collect();
    if is_digest(lines, &told) {
        return None;
    }
    let mut first = None;
    let mut at = 0;
    let mut answered = false;
    while at < lines.len() {
        // What introduces marked quotes announces no letter without marks.
        let found = if headers[at] { None } else { header_block(lines, &told, at, answered) };
        let Some(block) = found else {
            answered |= lines[at].depth == 0 && !headers[at] && lines[at].words > GREETING_WORDS;
            at += 1;
            continue;
        };
        headers[block.clone()].fill(true);
        // What follows may be marked as well, and the author go on behind it.
        let below = lines.iter().skip(block.end).find(|line| line.words > 0);
        if lines[block.start].depth == 0 && below.is_none_or(|line| line.depth == 0) {
            first = first.or(Some(block.start));
        }
        at = block.end;
    }
    first
}

/// The header of a copied letter that begins at a line: a separator that names it, fields, or both, with the rule over them.
/// Who wrote what stands below counts only under an answer: over one, the author may go on behind the quote.
fn header_block(lines: &[Line<'_>], told: &[Fields], at: usize, answered: bool) -> Option<Range<usize>> {
    let separator = separator(lines, at).or_else(|| if answered { introductions::sender(lines, at) } else { None });
    let fields = fields(lines, told, separator.unwrap_or(at), separator.is_some());
    let (start, end) = match (separator, fields) {
        (None, Some(fields)) => (over_header(lines, at), fields.end),
        (Some(end), fields) => (at, fields.map_or(end, |fields| fields.end)),
        (None, None) => return None,
    };
    let over = start.checked_sub(1).filter(|over| !lines[start].gap && lines[*over].depth == lines[at].depth);
    let ruled = over.is_some_and(|over| {
        let text = lines[over].text;
        lines[over].is_rule() || is_drawn(text) && text.ends_with(RULES) && lines[over].words <= GREETING_WORDS
    });
    Some(if ruled { start - 1 } else { start }..end)
}

/// Where a line that announces a copied letter ends; some programs wrap it.
fn separator(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let mut scratch = Hits::default();
    let announces = |rules: &[u16], text: &str| {
        let known = |least| names(rules, Family::Quote, least);
        let labels = text.ends_with(':') && !text.contains(|c: char| c == '@' || c.is_ascii_digit());
        let drawn = is_drawn(text) && (known(Strength::Strong) || text.ends_with(RULES) || text.ends_with(':'));
        drawn && known(Strength::Weak) || labels && known(Strength::Strong)
    };
    let line = &lines[at];
    if announces(&line.rules, line.text) {
        return Some(at + 1);
    }
    let next = lines.get(at + 1).filter(|next| !next.gap && next.depth == line.depth && is_drawn(line.text))?;
    let both = format!("{} {}", line.text, next.text);
    announces(&hits(&both, &mut scratch), &both).then_some(at + 2)
}

/// Whether a line begins as a rule does.
fn is_drawn(text: &str) -> bool {
    let rest = text.trim_start_matches(RULES);
    text.chars().count() - rest.chars().count() >= 2
}

/// A block of header fields that begins at a line. Behind a separator, a sender and a date may stand before them.
fn fields(lines: &[Line<'_>], told: &[Fields], at: usize, separated: bool) -> Option<Range<usize>> {
    let depth = lines.get(at)?.depth;
    let start = if separated {
        (at..(at + LINES_OVER_HEADER + 1).min(lines.len())).find(|at| told[*at].count > 0)?
    } else {
        Some(at).filter(|at| told[*at].count > 0)?
    };
    let mut end = start;
    let mut found = 0;
    let mut last_field = start;
    while let Some(line) = lines.get(end).filter(|line| line.depth == depth && end < start + HEADER_LINES) {
        let fields = told[end].count;
        if fields > 0 {
            found += fields;
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
    let is_header =
        if separated { found > 0 } else { found >= HEADER_FIELDS && is_of_letter(lines, told, start..last_field) };
    is_header.then_some(start..last_field)
}

/// Whether fields tell of a letter: from whom, when, and what it is about or where it went. A plan of a journey has a From, a To
/// and a Date as well.
fn is_of_letter(lines: &[Line<'_>], told: &[Fields], header: Range<usize>) -> bool {
    let begins_with_digit = |value: &str| value.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let first = lines[header.start].text.lines().find_map(field);
    let is_sender = first.is_some_and(|(_, value)| !begins_with_digit(value) || value.contains('@'));
    let has = |test: fn(&Fields) -> bool| told[header.clone()].iter().any(test);
    let has_address = lines[header.clone()].iter().any(|line| line.text.contains('@'));
    // The date may stand over the fields.
    let mut with_date = lines[header.start.saturating_sub(LINES_OVER_HEADER)..header.end].iter();
    let is_dated = with_date.any(|line| line.text.contains(char::is_numeric));
    is_sender && is_dated && (has(|told| told.subject) || has_address) && !has(|told| told.hidden)
}

/// What RFC 1153 sets between the letters of a digest.
const DIGEST_RULE: &str = "------------------------------";

/// Whether a letter is a digest: letters one below the other, each under a number or its rule. They are what it is about.
fn is_digest(lines: &[Line<'_>], told: &[Fields]) -> bool {
    let begins = |at: &usize| {
        let over = at.checked_sub(1).map(|over| &lines[over]);
        let begins = lines[*at].depth == 0 && over.is_some_and(|over| is_number(over.text) || over.text == DIGEST_RULE);
        begins && fields(lines, told, *at, false).is_some()
    };
    (0..lines.len()).filter(begins).take(2).count() == 2
}

/// `Message: 3`.
fn is_number(text: &str) -> bool {
    let named = text.split_once(": ").filter(|(name, _)| name.chars().all(char::is_alphabetic));
    named.is_some_and(|(_, number)| number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit()))
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

/// What a line tells of header fields, read once: each line is tried as a part of many headers.
#[derive(Debug, Clone, Copy, Default)]
struct Fields {
    /// The fields of a line, or of a block that is little else: in HTML they stand one below the other in one.
    count: usize,
    /// One of them tells what the letter is about.
    subject: bool,
    /// One of them is none that programs copy.
    hidden: bool,
}

impl Fields {
    fn of(text: &str) -> Self {
        let among = |names: &str, name: &str| names.split_whitespace().any(|known| known == name);
        let mut fields = Self::default();
        for (name, _) in text.lines().filter_map(field) {
            let (subject, hidden) = (among(SUBJECTS, &name), HIDDEN.contains(&&*name));
            fields.subject |= subject;
            fields.hidden |= hidden;
            fields.count += usize::from(subject || hidden || among(FIELDS, &name));
        }
        if fields.count * 2 < text.lines().count() {
            fields.count = 0;
        }
        fields
    }
}

/// The name of a field, as the lists have it, and its value.
fn field(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches(['*', '_', '>', ' ', '|', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}']);
    let (name, value) = text.split_once([':', '：']).filter(|(name, _)| name.len() <= FIELD_BYTES)?;
    Some((name.trim_matches(['*', '_', ' ']).to_lowercase().replace(' ', "_"), value))
}

/// Bytes of the longest name of a field.
const FIELD_BYTES: usize = 64;
