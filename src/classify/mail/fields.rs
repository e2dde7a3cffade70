//! Lines of a letter's header, as mail programs copy them into the body: `From: Ada Lovell`.

use super::line::Line;
use super::stamps::{has_date, has_time};

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
    dari dikirim kepada ke tanggal enviat per_a sendandi dagsetning frá author dato adressaat adresāts pošiljatelj испратено \
    nga dërguar për ад адпраўлена каму gönderme_tarihi تاريخ_الإرسال terkirim daripada dihantar 送信者 日期 寄件日期 날짜 발신 수신 \
    nork bidalia nori igorlea bidaltze-data hartzailea oddi_wrth anfonwyd at ó seolta chuig minn mibgħut lil gestuur \
    გამომგზავნი გაგზავნილია ადრესატი ումից՝ ումից ուղարկված ում kimdən göndərilib kimə кімнен жіберілген_күні кімге \
    kimdan yuborildi kimga kutoka imetumwa kwa";

/// The names of the field that tells what a letter is about: no program leaves it out.
const SUBJECTS: &str = "subject betreff objet asunto oggetto assunto onderwerp ämne emne temat předmět тема 主题 主旨 件名 제목 \
    aihe konu tárgy subiect θέμα נושא الموضوع predmet zadeva относно teema temats tēma tema موضوع विषय เรื่อง หัวเรื่อง chủ_đề subjek \
    perihal assumpte efni наслов subjekti тэма gaia pwnc ábhar suġġett თემა թեմա mövzu тақырыбы mavzu mada";

/// Fields that programs do not copy: a list that has one is what a letter is about.
const HIDDEN: [&str; 4] = ["message-id", "received", "return-path", "x-mailer"];

/// What a line tells of header fields, read once: each line is tried as a part of many headers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    /// The fields of a line, or of a block that is little else: in HTML they stand one below the other in one.
    pub(super) count: usize,
    /// One of them tells what the letter is about.
    pub(super) subject: bool,
    /// One of them is none that programs copy.
    pub(super) hidden: bool,
}

impl Fields {
    pub(super) fn of(text: &str) -> Self {
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
pub(super) fn field(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches(['*', '_', '>', ' ', '|', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}']);
    let (name, value) = text.split_once([':', '：']).filter(|(name, _)| name.len() <= FIELD_BYTES)?;
    Some((name.trim_matches(['*', '_', ' ']).to_lowercase().replace(' ', "_"), value))
}

/// Bytes of the longest name of a field.
const FIELD_BYTES: usize = 64;

/// Fields of a header in a language that the lists do not have, and lines that it may have over and below the subject.
const FOREIGN_FIELDS: usize = 3;
const FOREIGN_REACH: usize = 5;

/// Words of the name of a field.
const NAME_WORDS: usize = 3;

/// What each line tells of header fields. A line that tells the letter's own `subject`, next to one with a date and a
/// time, makes a header of the labelled lines around it, whatever their language.
pub(super) fn of_all(lines: &[Line<'_>], subject: Option<&str>) -> Vec<Fields> {
    let mut told: Vec<Fields> = lines.iter().map(|line| Fields::of(line.text)).collect();
    let Some(subject) = subject.map(without_prefix).filter(|subject| !subject.is_empty()) else { return told };
    for at in 0..lines.len() {
        let tells = |text: &str| value(text).is_some_and(|value| without_prefix(value) == subject);
        let text = lines[at].text;
        if !text.lines().any(tells) {
            continue;
        }
        let block = if text.contains('\n') { at..at + 1 } else { around(lines, at) };
        let fields: Vec<&str> = lines[block.clone()].iter().flat_map(|line| line.text.lines()).collect();
        let labelled = fields.iter().filter(|text| value(text).is_some()).count();
        let dated = fields.iter().any(|text| has_date(text) && has_time(text));
        // A ticket or an appointment has its name first, and nobody's address.
        let is_of_letter =
            fields.iter().any(|text| text.contains('@')) || !fields.first().is_some_and(|text| tells(text));
        if labelled >= FOREIGN_FIELDS && labelled * 2 >= fields.len() && dated && is_of_letter {
            told[at].subject = true;
            let mark = |at: usize| told[at].count = told[at].count.max(lines[at].text.lines().count());
            block.for_each(mark);
        }
    }
    told
}

/// The labelled lines around a line, without a gap or each by itself.
fn around(lines: &[Line<'_>], at: usize) -> std::ops::Range<usize> {
    let is_field = |other: &usize| lines[*other].depth == lines[at].depth && value(lines[*other].text).is_some();
    // In HTML each may be a block of its own.
    let joins = |below: usize| !lines[below].gap || lines[below - 1].gap && lines[at].gap;
    let over = (at.saturating_sub(FOREIGN_REACH)..at).rev().take_while(|over| joins(over + 1) && is_field(over));
    let first = over.last().unwrap_or(at);
    let below = (at + 1..lines.len()).take(FOREIGN_REACH).take_while(|below| joins(*below) && is_field(below));
    first..below.last().unwrap_or(at) + 1
}

/// The value of a line that begins with a short name and a colon.
fn value(text: &str) -> Option<&str> {
    let (_, value) = field(text).filter(|(name, _)| {
        let words = name.split('_').count();
        words <= NAME_WORDS && name.chars().any(char::is_alphabetic) && !name.contains(char::is_numeric)
    })?;
    Some(value.trim_matches([' ', '*', '_'])).filter(|value| !value.is_empty())
}

/// What mail programs put before the subject of a letter that answers another or passes it on, in small letters.
const PREFIXES: &str = "re aw antw antwort sv vs fwd fw wg tr rv enc res ref rif r i rp odp pd ynt ilt ang doorst vl vb bls trs \
    fs ha yn hv tl vá továbbítás atb no pk pp to na отв ответ пер отг σχετ απ πρθ תגובה השב הועבר رد إعادة_توجيه פתק \
    回复 回覆 答复 答覆 转发 轉寄 转寄 返信 転送 회신 전달 답장";

/// Whether a subject begins as that of an answer or of a letter that is passed on: `Re:`, `AW:`, `Re[2]:`, `Fwd (2):`.
pub(super) fn has_prefix(subject: &str) -> bool {
    without_prefix(subject) != subject.trim()
}

/// A subject without what programs put before it.
fn without_prefix(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((prefix, behind)) = rest.split_once([':', '：']).filter(|(prefix, _)| prefix.len() <= FIELD_BYTES) {
        // How often it was answered stands in brackets.
        let word =
            prefix.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^' | ' '));
        let word = word.to_lowercase().replace(' ', "_");
        if !PREFIXES.split_whitespace().any(|known| known == word) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}
