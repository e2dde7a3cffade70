//! What a line of a signature tells by its form: a telephone, an address of mail, a place, an address of the web.

use std::sync::LazyLock;

use regex::Regex;

use super::line::Line;
use super::stamps::{has_date_in_figures, has_time};
use crate::digits::in_ascii;
use crate::features::words_between_spaces;
use crate::patterns::mail_address;

/// Words of a line of a block of contacts.
pub(super) const LINE_WORDS: usize = 10;

/// What is known of a line by its form; what says most of a signature comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// A telephone, a fax, an extension, an address of mail or web by itself.
    Contact,
    /// A company, a street with its number, a department.
    Place,
    /// An address of the web by itself.
    Web,
    None,
}

/// A telephone's extension, or a label of a telephone or address. (Classes are of ASCII: those of all letters and digits of
/// Unicode took two thirds of the command's time on one short letter to compile.)
pub(super) static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    let extension = r"^(?:[0-9]-[0-9]{4}|[xX][ .\-]{0,2}[0-9]{3,6}|[Ee]xt?n?\.? ?:? ?[0-9]{3,6})\b";
    let label = r"(?i)\b(?:tel|fax|phone|voice|ph|mobile|mob|cell|cellular|pager|office|direct|telephone|telefon|handy|gsm|tél|téléphone|teléfono|skype|icq|aim|pgp|gpg|key ?id|fingerprint|web|www|http|url|e-?mail|internet|home ?page|blog|twitter|jabber|тел|моб|факс|τηλ|κιν|φαξ|טל|נייד|פקס)\b ?[.:#(]|(?:电话|電話|手机|手機|邮箱|郵箱|传真|傳真|微信|전화|휴대폰|팩스|이메일|هاتف|جوال|فاكس|โทร) ?[.:：]";
    Regex::new(&format!("(?:{extension})|(?:{label})")).unwrap_or_else(|error| unreachable!("{error}"))
});

static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| {
    let letters = r"0-9A-Z_a-z\u{c0}-\u{24f}\u{370}-\u{52f}";
    let number = r"\+?\(?[0-9]{1,4}\)?(?:[ .\-/)]{1,3}\(?[0-9]{2,8}\)?){1,5}";
    Regex::new(&format!("(?:^|[^{letters}$€£.,/])({number})(?:$|[^0-9,/]|, )"))
        .unwrap_or_else(|error| unreachable!("{error}"))
});

/// Digits of the shortest telephone number with its parts.
const TELEPHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

pub(super) fn has_telephone(text: &str) -> bool {
    if text.contains(|c: char| c.is_numeric() && !c.is_ascii()) {
        return has_telephone(&text.chars().map(without_numbers).collect::<String>());
    }
    let digits = |number: &str| number.bytes().filter(u8::is_ascii_digit).count();
    if digits(text) < *TELEPHONE_DIGITS.start() {
        return false;
    }
    let mut numbers = TELEPHONE.captures_iter(text).filter_map(|found| found.get(1));
    numbers.any(|number| TELEPHONE_DIGITS.contains(&digits(number.as_str())))
}

static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let company = r"\b(?:Inc|Corp|Corporation|LLC|LLP|L\.L\.P|Ltd|Limited|GmbH|AG|S\.?A\.?S?|B\.?V|PLC|plc|Pty|Co|Company|KG|SARL|S\.?r\.?l|Oy|AB|A/S|Associates|Partners|University|Universität|Université|Universidad|Institute|Institut|College|School|Department|Dept|Division|Laboratory|Labs|Services|Consulting|Systems|Technologies)\b\.?|有限公司|株式会社|有限会社|주식회사|ООО|ЗАО|Α\.Ε\.";
    let postcode = r"\b[A-Z]{2}\.? +[0-9]{5}(?:-[0-9]{4})?\b|\b[0-9]{5} +[A-Z][a-zà-ÿ]+|\b[A-Z]{1,2}[0-9]{1,2} ?[0-9][A-Z]{2}\b|\b[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]\b";
    let role = r"\b(?:Director|Manager|President|Chairman|Professor|Prof|Engineer|Developer|Consultant|Analyst|Attorney|Counsel|Coordinator|Assistant|Administrator|Officer|CEO|CTO|CFO|Specialist|Associate|Representative|Secretary|Editor|Researcher|Scientist|Architect|Geschäftsführer|Directeur|Directora?)\b";
    Regex::new(&format!("(?:{company})|(?:{postcode})|(?:{role})")).unwrap_or_else(|error| unreachable!("{error}"))
});

/// A street, a building, a box: a place where a number stands beside it. Boxes and rooms are also spoken of.
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"\b(?:Street|St|Avenue|Ave|Road|Rd|Suite|Floor|Blvd|Boulevard|Drive|Lane|P\.?O\.? ?Box|Box|straße|strasse|str|rue|via|calle|Building|Bldg|Room|Rm|Plaza)\b\.?";
    Regex::new(word).unwrap_or_else(|error| unreachable!("{error}"))
});

/// Whether a line tells where somebody is found: a labelled telephone or one that begins as they do, an address. Digits
/// alone may be anything that is counted.
pub(super) fn is_reached(line: &Line<'_>) -> bool {
    let is_dialled = |text: &str| has_telephone(text) && text.starts_with(['+', '(', '0']);
    let tells = |text: &str| match cue_of(text, words_between_spaces(text)) {
        Cue::Contact => is_mail_address(text) || CONTACT.is_match(text) || is_dialled(text),
        Cue::Place | Cue::Web => true,
        Cue::None => false,
    };
    parts(line.text).any(tells)
}

/// A digit as that of ASCII; of other numbers, none.
fn without_numbers(c: char) -> char {
    let c = in_ascii(c);
    if c.is_numeric() && !c.is_ascii() { ' ' } else { c }
}

/// What is known of a line: the first of contact, place and web that one of its parts is.
pub(super) fn cue(line: &Line<'_>) -> Cue {
    let whole = cue_of(line.text, line.words);
    if whole != Cue::None && !line.text.contains('\n') {
        return whole;
    }
    parts(line.text).map(|text| cue_of(text, words_between_spaces(text))).min().unwrap_or(Cue::None)
}

/// The lines of a block of HTML, and of a line what stands between bars: `Ada Lovell | Harbour Office | 020 7946 0000`.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    const BARS: [&str; 3] = [" | ", " • ", " · "];
    let bar = BARS.into_iter().find(|bar| text.contains(bar)).unwrap_or("\n");
    text.split(bar).flat_map(str::lines)
}

pub(super) fn cue_of(text: &str, words: usize) -> Cue {
    let behind_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let listed = behind_digits.len() < text.len() && behind_digits.starts_with(". ");
    if words > LINE_WORDS + 4 || listed {
        return Cue::None;
    }
    // Before what telephones look like: addresses have any digits.
    if words == 1 && (text.contains("://") || text.contains("www.")) {
        return Cue::Web;
    }
    let is_contact = || {
        let (dialled, labelled) = (has_telephone(text), CONTACT.is_match(text));
        // Digits may be those of a date or a time, unless they bear the label of a telephone: some tell its hours.
        let is_stamped = || has_date_in_figures(text) || has_time(text);
        is_mail_address(text) || dialled && labelled || (dialled || labelled) && !is_stamped()
    };
    if !text.contains(['=', '$']) && is_contact() {
        Cue::Contact
    } else if PLACE.is_match(text) || text.contains(char::is_numeric) && STREET.is_match(text) {
        Cue::Place
    } else {
        Cue::None
    }
}

/// Whether a line is an address of mail and no more than some marks around it.
fn is_mail_address(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let tail = text.trim_start_matches(|c: char| !is_word(c));
    let bare = tail.trim_end_matches(|c: char| !is_word(c));
    let few = |whole: &str, part: &str| whole.chars().count() - part.chars().count() <= ADDRESS_MARKS;
    few(text, tail)
        && few(tail, bare)
        && mail_address(bare).is_some_and(|(name, host)| {
            let is_name = |c: char| is_word(c) || matches!(c, '.' | '+' | '-');
            let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| is_word(c) || c == '-');
            !name.is_empty() && name.chars().all(is_name) && host.split('.').all(is_label)
        })
}

/// Marks before or after an address that is a line: brackets, a bullet, a full stop.
const ADDRESS_MARKS: usize = 3;
