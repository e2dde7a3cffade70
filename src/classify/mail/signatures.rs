//! Signatures: what follows a separator, lines that devices and providers add, and blocks of titles, telephones and
//! addresses at the end of what somebody wrote. A name alone is none.

use std::ops::Range;

use super::armour::is_armour;
use super::cues::{CONTACT, Cue, LINE_WORDS, cue, cue_of, has_telephone, is_reached, parts};
use super::line::{Line, Role, is_called, paragraphs, words};
use super::sender::Sender;
use super::separators::{is_postscript, separator};
use super::{Author, attached};
use crate::document::Family;
use crate::features::words_between_spaces;
use crate::patterns::{Patterns, Strength, mail_address};
use crate::signs::ends_sentence;

/// Lines of a block of contacts, and of one of titles and places without any: a longer one is a list of companies.
const BLOCK_LINES: usize = 16;
const PLACE_LINES: usize = 8;

/// Words of a text that is about more than the contacts below it.
const LONG_TEXT: usize = 60;

/// Lines over a block among which the closing or the name of its owner stands.
const LINES_OVER_BLOCK: usize = 3;

/// Words of the longest signature that is one by the name of its element.
const NAMED_WORDS: usize = 100;

/// Lines from the end of a text in which devices and providers add theirs.
const TAIL: usize = 8;

/// Words of a line with which an author goes on below what a device added.
const PROSE_WORDS: usize = 12;

/// Lines of a sign-off: the closing and a name or two.
const NAME_LINES: usize = 2;

/// The signatures at the end of a run of lines of one voice; `free` tells which of its lines are not taken yet.
pub(super) fn find(
    lines: &[Line<'_>],
    run: Range<usize>,
    author: &Author<'_>,
    free: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let written = |end: usize| (run.start..end).rev().find(|at| free(*at) && lines[*at].words > 0).map(|at| at + 1);
    // Files may be named above a footer as well as below it.
    let listed = |end: usize| attached::start(lines, run.start..end);
    let Some(end) = written(listed(run.end)).map(listed).and_then(written) else {
        return Vec::new();
    };
    let start = (run.start..end).rev().find(|at| !free(*at)).map_or(run.start, |at| at + 1);
    let mut found = Vec::new();
    let last = end;
    let mut end = end;
    for named in named(lines, start..end) {
        if named.end == end {
            end = named.start;
        }
        found.push(named);
    }
    // Over a letter that is passed on a signature may be all that its sender added.
    let least = if lines[run.end..].iter().any(|line| line.words > 0) { None } else { Some(author.first) };
    if let Some(at) = separator(lines, start..end, author, least) {
        // The author may have thought of something else.
        let after = (at + 2..end)
            .find(|after| (lines[*after].gap || lines[*after].is_prose()) && is_postscript(lines[*after].text));
        found.push(at..after.unwrap_or(end));
        end = at;
    }
    for at in added(lines, start..end) {
        let from = if at > start && lines[at - 1].is_rule() { at - 1 } else { at };
        // An advertisement goes on to the end of its paragraph, and any such line over the addresses it is about.
        let belongs = |next: &usize| !lines[*next].gap && (from < at || cue(&lines[*next]) == Cue::Web);
        let more = (at + 1..end).take_while(belongs).last().map_or(at + 1, |last| last + 1);
        found.push(from..more);
        if (more..end).all(|at| lines[at].is_rule()) {
            end = from;
        }
    }
    // Who wrote a letter that is copied no header tells.
    let sender = author.sender.as_ref().filter(|_| !author.quoted[run.start]);
    let first = if author.quoted[run.start] { run.start } else { author.first };
    let block = |end: usize| {
        let owned = sender.and_then(|sender| sender.block(lines, start..end));
        owned.or_else(|| block(lines, start..end, first, sender))
    };
    if let Some(block) = block(end).or_else(|| block(postscript(lines, start..end)?)) {
        found.push(block);
    }
    // The rule that closes a signature belongs to it.
    if let Some(last) = found.iter_mut().find(|found| found.end == last) {
        while last.end < run.end && free(last.end) && lines[last.end].is_rule() {
            last.end += 1;
        }
    }
    found
}

/// Where a short postscript begins at the end of some lines: a signature may stand over it.
fn postscript(lines: &[Line<'_>], run: Range<usize>) -> Option<usize> {
    let tail = run.end.saturating_sub(TAIL).max(run.start + 1)..run.end;
    tail.rev().find(|at| lines[*at].gap && is_postscript(lines[*at].text))
}

/// Runs of lines in elements for signatures, without the name that a closing over one opens. A long one holds what the
/// author wrote into it.
fn named(lines: &[Line<'_>], run: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let least = run.start;
    for at in run.rev().filter(|at| lines[*at].signs) {
        match runs.last_mut() {
            Some(last) if last.start == at + 1 => last.start = at,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| words(&lines[run.clone()]) <= NAMED_WORDS);
    for named in &mut runs {
        let is_signed = named.start > least && is_closing(&lines[named.start - 1]) && is_name(&lines[named.start]);
        named.start += usize::from(is_signed && named.len() > 1);
    }
    runs
}

/// Lines that devices and providers add.
fn added(lines: &[Line<'_>], run: Range<usize>) -> Vec<usize> {
    let is_added = |at: &usize| lines[*at].names(Family::Signature, Strength::Strong) && !is_armour(lines[*at].text);
    // What an author goes on below is spoken of.
    let is_text =
        |at: &usize| lines[*at].gap && lines[*at].words >= PROSE_WORDS && lines[*at].is_prose() && !is_added(at);
    let last = run.clone().rev().find(is_text).unwrap_or(run.start);
    let tail = run.end.saturating_sub(TAIL).max(last)..run.end;
    tail.filter(is_added).rev().collect()
}

/// The block of titles, telephones and addresses at the end of some lines; `first` is the first line with words of the
/// one who speaks.
fn block(lines: &[Line<'_>], run: Range<usize>, first: usize, sender: Option<&Sender>) -> Option<Range<usize>> {
    let mut start = run.end;
    let mut contacts = 0;
    let mut places = 0;
    for paragraph in paragraphs(lines, run.clone()).into_iter().rev() {
        let suffix = suffix(lines, paragraph.clone());
        let cues: Vec<Cue> = lines[suffix.clone()].iter().map(cue).collect();
        let count = |wanted: Cue| cues.iter().filter(|cue| **cue == wanted).count();
        let registers = lines[suffix.clone()].iter().filter(|line| cue(line) == Cue::None && is_register(line)).count();
        let (near, far, web) = (count(Cue::Contact), count(Cue::Place) + registers, count(Cue::Web));
        let ruled = suffix.clone().all(|at| lines[at].is_rule());
        if suffix.is_empty() || near + far + web == 0 && !ruled {
            break;
        }
        // More of them are a list, and what the letter is about.
        if run.end - suffix.start > BLOCK_LINES {
            return titles(lines, run, sender);
        }
        start = suffix.start;
        (contacts, places) = (contacts + near, places + far);
        if suffix.start > paragraph.start {
            break;
        }
    }
    let found = start..run.end;
    let count: usize = lines[found.clone()].iter().map(|line| parts(line.text).count().max(1)).sum();
    let signed = count >= 2 && (contacts >= 1 || places >= 2 && count <= PLACE_LINES)
        || count == 1 && contacts == 1 && after_name(lines, start, run.start);
    let own = &lines[found.clone()];
    let closed = || lines[start.saturating_sub(LINES_OVER_BLOCK).max(run.start)..found.end].iter().any(is_closing);
    let is_content = || {
        goes_on(lines, start, run.start)
            || own.iter().any(is_running) && !closed()
            || is_list(own)
            || start <= first && !is_card(own)
            || is_invitation(own)
            || speaks_on(lines, run.start, found.clone())
    };
    if !signed || is_content() || !is_senders(lines, run.start, &found, sender) {
        return titles(lines, run, sender);
    }
    let found = if closed() { found } else { from_owner(lines, found, sender) };
    Some(with_titles(lines, run.start, with_name(lines, run.start, found)))
}

/// A block that no closing opens, from the line that is the sender's whole name; what stands over it is text, as is the
/// one name that the letter may be signed with.
fn from_owner(lines: &[Line<'_>], block: Range<usize>, sender: Option<&Sender>) -> Range<usize> {
    let owner = block.clone().find(|at| lines[*at].role == Role::Name);
    let signed = sender.is_some_and(|sender| sender.is_first_name(&lines[block.start]));
    owner.unwrap_or(block.start + usize::from(signed && block.len() > 2))..block.end
}

/// The lines at the end of a paragraph that may be part of a block: short, no sentence, no closing.
fn suffix(lines: &[Line<'_>], paragraph: Range<usize>) -> Range<usize> {
    let fits = |at: &usize| {
        let line = &lines[*at];
        let fit = || is_register(line) || parts(line.text).all(|text| fits(text, words_between_spaces(text)));
        !is_closing(line) && (line.is_rule() || line.text.is_empty() || fit())
    };
    let end = paragraph.end;
    paragraph.rev().take_while(fits).last().map_or(end..end, |at| at..end)
}

/// Whether a line tells the register, the tax number or the address of a company.
fn is_register(line: &Line<'_>) -> bool {
    line.names(Family::Address, Strength::Firm) && line.words <= 2 * LINE_WORDS
}

fn fits(text: &str, words: usize) -> bool {
    let cue = cue_of(text, words);
    let sentence = words > 5 && text.ends_with(['.', '?', '!', ',', ':']) && !has_telephone(text);
    let is_remark = text.starts_with('(') && text.ends_with(')');
    let boxed = text.len() > 1 && text.starts_with(['*', '|']) && text.ends_with(['*', '|']);
    let item = text.starts_with(['*', '-', '•', '>', '|']) && !boxed && cue == Cue::None;
    let begins_small = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let spelled = || text.split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
    let small = begins_small && words > 5 && spelled() > 3 && !is_remark;
    let fit = words <= LINE_WORDS || cue == Cue::Contact && !is_running_text(text);
    fit && !sentence && !item && !small && !has_price(text) && !attached::is_attachment(text)
}

/// Whether a text is more than labels and numbers: "Please call me at 020 7946 0000 or write to me in the evening".
fn is_running_text(text: &str) -> bool {
    const WORDS: usize = 6;
    let small = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '\'');
    text.split(' ').filter(small).filter(|word| !word.is_empty()).count() >= WORDS
}

/// Whether a line goes on with what the lines before began: "Please contact", and below it a name and a number; "Our
/// new address is:".
pub(super) fn goes_on(lines: &[Line<'_>], at: usize, least: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= least).map(|before| &lines[before]) else {
        return false;
    };
    let runs_on = before.words >= LINE_WORDS && before.text.ends_with(|c: char| c.is_alphanumeric());
    let announces = before.ends_in_colon() && !is_closing(before);
    !lines[at].gap && runs_on || announces
}

/// Whether a line is running text that has no end: "Please send the parcel to". Titles and names have capitals, in most
/// scripts.
fn is_running(line: &Line<'_>) -> bool {
    const WORDS: usize = 3;
    let small = line.text.split(' ').filter(|word| word.starts_with(char::is_lowercase)).count();
    let begins_small = line.text.starts_with(char::is_lowercase);
    let most = if begins_small { line.words.div_ceil(2) } else { (line.words - line.words.min(1)).max(WORDS) };
    line.words >= WORDS && small >= most && line.text.ends_with(char::is_alphabetic) && cue(line) == Cue::None
}

/// Whether lines that are all that somebody says are a card, with which a letter is passed on: a name, and more than
/// one line below.
fn is_card(block: &[Line<'_>]) -> bool {
    const LINES: usize = 3;
    let ruled = block.iter().take_while(|line| line.is_rule()).count();
    let card = &block[ruled..];
    card.len() >= LINES && is_name(&card[0])
}

/// Whether a text tells a price, which stands in no signature.
fn has_price(text: &str) -> bool {
    const SIGNS: [char; 4] = ['$', '€', '£', '¥'];
    let begins = |behind: &str| behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    text.split(SIGNS).skip(1).any(begins)
        || text.split('€').rev().skip(1).any(|before| before.trim_end().ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a block is of the one who wrote the letter: a closing stands in it or over it, or the name or the host of
/// the sender.
fn is_senders(lines: &[Line<'_>], least: usize, block: &Range<usize>, sender: Option<&Sender>) -> bool {
    let Some(sender) = sender else { return true };
    let over = &lines[block.start.saturating_sub(LINES_OVER_BLOCK).max(least)..block.start];
    let own = &lines[block.clone()];
    // A long text that is passed on without its header has the signature of its author.
    let is_passed_on = || words(&lines[least..block.start]) >= LONG_TEXT && names_itself(&lines[block.clone()]);
    // A sentence over the block may speak of anybody.
    let is_named_over = |line: &Line<'_>| !line.is_prose() && sender.is_named(std::slice::from_ref(line));
    over.iter().chain(own).any(is_closing) || sender.is_named(own) || over.iter().any(is_named_over) || is_passed_on()
}

/// Whether the author speaks on below the sign-off: in a paragraph of its own that begins with a colon at the end of
/// its line, or that tells where nobody is found.
fn speaks_on(lines: &[Line<'_>], least: usize, block: Range<usize>) -> bool {
    let is_signed_off = |at: usize| lines[at.saturating_sub(LINES_OVER_BLOCK).max(least)..at].iter().any(is_closing);
    paragraphs(lines, block).into_iter().any(|paragraph| {
        let own = &lines[paragraph.clone()];
        // A label may stand at the end of a line, and what it labels on the next.
        let announces = own[0].ends_in_colon() && !is_reached(&own[0]);
        let tells = || own.iter().any(is_reached) || own.iter().all(Line::is_rule);
        lines[paragraph.start].gap && is_signed_off(paragraph.start) && (announces || !tells())
    })
}

/// Whether a block begins with a name that stands in an address of it as well.
fn names_itself(block: &[Line<'_>]) -> bool {
    let Some(first) = block.first().filter(|line| is_name(line)) else { return false };
    let names: Vec<String> = first.text.split(' ').map(str::to_lowercase).filter(|name| name.len() >= 3).collect();
    let mut addresses = block.iter().flat_map(|line| line.text.split_whitespace()).filter_map(mail_address);
    addresses.any(|(mailbox, _)| names.iter().any(|name| mailbox.to_lowercase().contains(name)))
}

/// Whether lines tell where people meet over the wire, or are a card for a program to read: what a letter is about.
fn is_invitation(lines: &[Line<'_>]) -> bool {
    const HOSTS: [&str; 5] = ["teams.microsoft.", "teams.live.", "meet.google.", "zoom.us/", "webex."];
    let joins = |line: &Line<'_>| line.text.contains("://") && HOSTS.iter().any(|host| line.text.contains(host));
    lines.iter().any(|line| joins(line) || line.text.starts_with("BEGIN:"))
}

/// Whether lines are a list of people with their numbers, which is what a letter is about.
fn is_list(lines: &[Line<'_>]) -> bool {
    const PEOPLE: usize = 3;
    let is_person = |line: &&Line<'_>| {
        let begins = line.text.chars().next().is_some_and(char::is_alphabetic);
        begins && line.words >= 3 && has_telephone(line.text) && !CONTACT.is_match(line.text)
    };
    lines.iter().filter(is_person).count() >= PEOPLE
}

/// Whether a line closes a letter, such as "Best regards,".
pub(super) fn is_closing(line: &Line<'_>) -> bool {
    const CLOSING_WORDS: usize = 6;
    let closes = || Patterns::builtin().briefs(&line.rules).any(|rule| rule.is_closing);
    // A block of HTML may hold the closing and all that follows it.
    let short = line.text.contains('\n') || line.text.split_whitespace().count() <= CLOSING_WORDS;
    line.role == Role::Closing || short && closes()
}

/// Whether a line is a name: one to four words that begin with capitals, without a digit.
pub(super) fn is_name(line: &Line<'_>) -> bool {
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let plain = !line.text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '/' | '?' | '!'));
    line.role == Role::Name
        || (1..=4).contains(&line.words) && plain && line.text.split_whitespace().all(capital) && cue(line) == Cue::None
}

/// Whether the line before is a name, so that a lone number belongs to it.
fn after_name(lines: &[Line<'_>], at: usize, least: usize) -> bool {
    at > least && !lines[at].gap && is_name(&lines[at - 1])
}

/// The block without the names that a closing opens, which are the author's; or with the name over it that none does.
fn with_name(lines: &[Line<'_>], least: usize, block: Range<usize>) -> Range<usize> {
    let mut start = block.start;
    // A closing that no pattern knows has its comma.
    let closed = start > least && (is_closing(&lines[start - 1]) || is_called(&lines[start - 1]));
    if closed {
        let names = (start..block.end - 1).take(NAME_LINES).take_while(|at| is_name(&lines[*at])).take(1).count();
        start += names;
    } else if start > least && !lines[start].gap && is_name(&lines[start - 1]) && lines[start].role != Role::Name {
        let closed = start - 1 > least && is_closing(&lines[start - 2]);
        start -= usize::from(!closed);
    }
    while start > least && lines[start - 1].is_rule() {
        start -= 1;
    }
    start..block.end
}

/// The block with the titles over it that stand below the closing and the name.
fn with_titles(lines: &[Line<'_>], least: usize, block: Range<usize>) -> Range<usize> {
    const MOST: usize = 3;
    let reach = block.start.saturating_sub(MOST + NAME_LINES).max(least);
    let closing = (reach..block.start).rev().find(|at| is_closing(&lines[*at]));
    let first = closing.map(|closing| closing + NAME_LINES).filter(|first| *first < block.start);
    let is_title = |at: usize| {
        let line = &lines[at];
        !line.is_prose() && line.words <= LINE_WORDS && !line.is_rule() && !attached::is_attachment(line.text)
    };
    match first {
        Some(first) if is_name(&lines[first - 1]) && (first..block.start).all(is_title) => first..block.end,
        _ => block,
    }
}

/// Titles and companies without any number below the name with which a letter ends.
fn titles(lines: &[Line<'_>], run: Range<usize>, sender: Option<&Sender>) -> Option<Range<usize>> {
    titles_after_closing(lines, run.clone()).or_else(|| titles_after_name(lines, run, sender))
}

/// Title and company below a name that begins the last paragraph, under running text: the sender's, if a header tells it.
fn titles_after_name(lines: &[Line<'_>], run: Range<usize>, sender: Option<&Sender>) -> Option<Range<usize>> {
    const MOST: usize = 5;
    let name =
        (run.end.saturating_sub(MOST + 1)..run.end).rev().find(|at| lines[*at].gap).filter(|at| *at > run.start)?;
    let block = name + 1..run.end;
    let (own, over) = (&lines[name], &lines[name - 1]);
    let is_owner = sender.is_none_or(|sender| sender.is_named(std::slice::from_ref(own)));
    let is_titled = |line: &Line<'_>| !line.is_prose() && line.words <= LINE_WORDS && !ends_sentence(line.text);
    let titled = block.len() >= 2 && lines[block.clone()].iter().all(is_titled);
    let placed = lines[block.clone()].iter().any(|line| cue(line) == Cue::Place);
    let is_full = is_name(own) && own.words >= 2;
    (is_full && is_owner && titled && placed && ends_sentence(over.text)).then_some(block)
}

/// Title and company behind a closing and a name, without any number.
fn titles_after_closing(lines: &[Line<'_>], run: Range<usize>) -> Option<Range<usize>> {
    const MOST: usize = 6;
    let closing = run.clone().rev().take(MOST + NAME_LINES).find(|at| is_closing(&lines[*at]))?;
    let name = closing + 1;
    let block = name + 1..run.end;
    let named = name < run.end && is_name(&lines[name]);
    let titled = |at: usize| {
        !lines[at].is_prose() && lines[at].words <= LINE_WORDS && !lines[at].text.ends_with(['.', '?', '!'])
    };
    let placed = block.clone().any(|at| cue(&lines[at]) != Cue::None);
    let signs = named && !block.is_empty() && block.clone().all(titled) && placed;
    (signs && !speaks_on(lines, run.start, block.clone())).then_some(block)
}
