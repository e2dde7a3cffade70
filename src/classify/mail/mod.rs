//! Letters: who speaks, what is quoted, and what stands below a text that is none of it.
//!
//! Input: the document of a letter. Output: a verdict for every block. The voices of a letter are told apart first
//! ([`quotes`]); at the end of what each of them says the footers of list managers ([`footers`]), disclaimers
//! ([`legal`]) and signatures ([`signatures`]) are looked for. What remains is what somebody wrote and stays, but for
//! letters that were sent to many ([`notices`]): these are judged as any other page or text, and stripped of what only
//! they have ([`bulk`], [`foot`], [`sponsors`]); their teasers stay ([`teasers`]). What the author cites
//! ([`citations`](super::citations)) counts for none of this. What is ambiguous stays: losing the author's text is the
//! worst error.

mod armour;
mod attached;
mod bulk;
mod coloured;
mod contents;
mod copied;
mod cues;
mod elements;
mod fields;
mod foot;
mod footers;
mod introductions;
mod legal;
mod line;
mod marks;
mod notices;
mod quotes;
mod sender;
mod separators;
mod signatures;
mod sponsors;
mod stamps;
mod teasers;

use std::ops::Range;

use super::gaps;
use super::prompts::SOUNDS;
use crate::document::{Block, Class, Document, Family, Kind, Letter, Reason, Tag, Verdict};
use crate::features;
use crate::options::{Options, Signatures};
use crate::patterns::{Patterns, Strength};

use line::{Line, tells};
use sender::Sender;

/// The score of what the rules of letters name, and of what they leave: there is no model behind them, and the sign is
/// what counts.
const NAMED: f32 = -4.0;
const LEFT: f32 = 4.0;

/// Elements above a block among which its cell is looked for.
const CELL_LEVELS: usize = 12;

/// What the rules of letters say of each line.
struct Marks {
    family: Vec<Option<Family>>,
    rules: Vec<Vec<u16>>,
}

impl Marks {
    fn mark(&mut self, at: usize, family: Family) {
        self.family[at] = self.family[at].or(Some(family));
    }

    fn is_free(&self, at: usize) -> bool {
        self.family[at].is_none()
    }
}

/// What is known of the author of a letter.
struct Author<'l> {
    /// Each line as it stands in the body.
    raw: &'l [&'l str],
    /// The first line that has words and is no quote.
    first: usize,
    /// Whom the header names.
    sender: Option<Sender>,
    /// Which lines are quoted.
    quoted: &'l [bool],
}

/// Judges every block of a letter. `rest` judges what the rules of letters leave of one that was sent to many, and
/// leaves the wishes for families open: what has a family is known in the end.
pub(super) fn classify(
    document: &Document,
    letter: &Letter,
    options: &Options,
    rest: &dyn Fn(&Document) -> Vec<Verdict>,
) -> Vec<Verdict> {
    let mut lines = line::lines(document);
    let alone = answers_nothing(letter);
    if !alone {
        marks::lift(&mut lines);
        marks::lift_lined(&mut lines);
    }
    let subject = letter.subject.as_deref();
    let mut voices = quotes::voices(&lines, subject, alone);
    if alone && !quotes::introduces_letter(&lines, &voices) {
        lines.iter_mut().for_each(|line| line.depth = 0);
        voices = quotes::voices(&lines, subject, alone);
    }
    let sender = Sender::of(letter);
    if let Some(sender) = &sender {
        sender.mark(&mut lines);
    }
    let mut marks =
        Marks { family: vec![None; lines.len()], rules: lines.iter().map(|line| line.rules.clone()).collect() };
    let raw: Vec<&str> = document.blocks.iter().map(|block| raw_line(document, letter, block.lines.start)).collect();
    let first = lines.iter().position(|line| line.depth == 0 && line.words > 0).unwrap_or(lines.len());
    legal::at_head(&lines, |at| !voices.quoted[at]).for_each(|at| marks.mark(at, Family::Legal));
    let author = Author { raw: &raw, first, sender, quoted: &voices.quoted };
    // From the end, since how deep what is said below is quoted counts.
    let mut below = None;
    for run in voices.runs().into_iter().rev() {
        mark_run(&lines, run.clone(), below, &author, &mut marks);
        let says = |at: &usize| lines[*at].words > 0 && marks.is_free(*at);
        below = run.clone().find(says).map(|at| lines[at].depth).or(below);
    }
    let is_free = |at: usize| marks.is_free(at) && !voices.quoted[at];
    if let Some(notice) = notices::closing_notice(document, &lines, is_free) {
        notice.for_each(|at| marks.mark(at, Family::MailChrome));
    }
    let gone: Vec<bool> = marks.family.iter().map(Option::is_some).collect();
    let kept = quotes::kept(&lines, &voices, &gone, author.sender.as_ref(), options.get_quotes());
    let mut verdicts: Vec<Verdict> = (0..lines.len())
        .map(|at| {
            let family = marks.family[at].or((!kept[at]).then_some(Family::Quote));
            let wanted = family == Some(Family::Signature) && options.get_signatures() == Signatures::Keep;
            verdict(family, wanted && kept[at], &marks.rules[at])
        })
        .collect();
    if may_be_bulk(letter, &voices) {
        let known = is_bulk(document, letter, &lines, &raw);
        let told = if known { None } else { judged_as_sent(document, &lines, options, &verdicts, rest) };
        if known || told.is_some() {
            // The model of pages knows blocks, not lines.
            if let Some((whole, numbers)) = document.in_blocks() {
                let judged = classify(&whole, letter, options, rest);
                return numbers.into_iter().filter_map(|number| judged.get(number as usize).cloned()).collect();
            }
            let mut judged = told.unwrap_or_else(|| judged_rest(document, &lines, options, &verdicts, rest));
            strip(document, &lines, author.sender.as_ref(), &mut judged);
            // A letter may explain how to leave a list, or ask for it.
            if says_something(document, &judged, &lines) && (letter.is_bulk || keeps_enough(&judged, &lines)) {
                if options.get_signatures() == Signatures::Keep {
                    let signing = judged.iter_mut().zip(verdicts).zip(&marks.family);
                    let signing = signing.filter(|(_, family)| **family == Some(Family::Signature));
                    signing.for_each(|((judged, unjudged), _)| *judged = unjudged);
                }
                verdicts = judged;
            }
        } else {
            drop_end(document, &lines, &mut verdicts, rest);
        }
    }
    keep_something(&mut verdicts, &marks);
    settle_wishes(document, options, &mut verdicts);
    verdicts
}

/// Whether a letter is known to answer no other, by its headers: what is marked in it is a citation, or the prompt of a
/// shell.
fn answers_nothing(letter: &Letter) -> bool {
    let begins_something = letter.subject.as_deref().is_some_and(|subject| !fields::has_prefix(subject));
    letter.message_id.is_some() && begins_something && !letter.is_reply
}

/// Words of a line of a text that says something, since a name has fewer, and log-odds from which it does: beside a
/// paragraph that tells how to leave a list, what is left is doubted.
const SAYING: usize = 3;
const SAID: f32 = 1.0;

/// Whether more than a salutation and a name is kept, in a text by a score that speaks for it.
fn says_something(document: &Document, verdicts: &[Verdict], lines: &[Line<'_>]) -> bool {
    let is_page = document.kind == Kind::Html;
    let says = |line: &Line<'_>| !line::is_called(line) && (is_page || line.words >= SAYING);
    let is_meant = |verdict: &Verdict| verdict.keep && (is_page || verdict.score > SAID);
    verdicts.iter().zip(lines).any(|(verdict, line)| is_meant(verdict) && says(line))
}

/// Of so many parts of a letter without the headers of a list one at least is its text: else it may be what somebody writes
/// of newsletters.
const LEAST: usize = 3;

/// Whether what is kept is enough for the text of a letter.
fn keeps_enough(verdicts: &[Verdict], lines: &[Line<'_>]) -> bool {
    let kept: usize = verdicts.iter().zip(lines).filter(|(verdict, _)| verdict.keep).map(|(_, line)| line.words).sum();
    kept * LEAST >= line::words(lines)
}

/// Drops what only letters to many have from a page that is one, judged as a page: a newsletter that was saved or is read
/// without its headers. It tells how it was sent, and either where else it can be seen and how to get it no more, or it is
/// laid out in tables as mail programs ask for. (Of 2,908 pages of the development sets none is taken for one.) `hits` are
/// the rules that hit in each block: most pages have none of these, and are not read as letters.
pub(super) fn strip_page(document: &Document, hits: &[Vec<u16>], verdicts: &mut Vec<Verdict>) {
    let told = |family: &&Family| hits.iter().any(|rules| line::names(rules, **family, Strength::Weak));
    let sent = line::SENT.iter().filter(told).count();
    if sent == 0 || sent < line::SENT.len() && !is_in_tables(document) {
        return;
    }
    let lines = line::lines(document);
    if lines.iter().any(line::tells_firmly) && notices::sent_rules(&lines) >= notices::EVIDENCE {
        keep_headings(document, verdicts, false);
        strip(document, &lines, None, verdicts);
    }
}

/// Whether nearly all blocks of a page stand in cells of tables.
fn is_in_tables(document: &Document) -> bool {
    let in_cell = |block: &&Block| {
        let mut above = document.outline.ancestors(block.element).take(CELL_LEVELS);
        above.any(|(_, element)| element.tag == Tag::Td)
    };
    document.blocks.iter().filter(in_cell).count() * 10 >= document.blocks.len() * 9
}

/// Overrules the rules of letters where the caller asks for it.
fn settle_wishes(document: &Document, options: &Options, verdicts: &mut [Verdict]) {
    if !options.has_wishes() {
        return;
    }
    let hits = features::hits::of_blocks(document, options.get_rules());
    for ((block, hits), verdict) in document.blocks.iter().zip(&hits).zip(verdicts) {
        super::wishes::settle(options, block, hits, verdict);
    }
}

/// Marks footers, disclaimers and signatures in what one voice says; `below` is the depth of what is said next.
fn mark_run(lines: &[Line<'_>], run: Range<usize>, below: Option<usize>, author: &Author<'_>, marks: &mut Marks) {
    for found in armour::find(lines, run.clone()) {
        found.for_each(|at| marks.mark(at, Family::Signature));
    }
    for footer in footers::find(lines, run.clone(), author.first) {
        for at in footer.lines {
            marks.mark(at, Family::MailingList);
            marks.rules[at].extend(&footer.rules);
        }
    }
    // What somebody answers right below is no signature.
    if below.is_some_and(|depth| depth < lines[run.start].depth) {
        return;
    }
    let legal = legal::find(lines, run.clone(), |at| marks.is_free(at));
    let foot = legal.last().map(|highest| run.start..highest.start);
    legal.into_iter().flatten().for_each(|at| marks.mark(at, Family::Legal));
    // Below a disclaimer something more may stand, but the signature stands over it.
    for run in std::iter::once(run).chain(foot) {
        let found = signatures::find(lines, run, author, |at| marks.is_free(at));
        found.into_iter().flatten().for_each(|at| marks.mark(at, Family::Signature));
    }
}

/// A line of the body as it stands there.
fn raw_line<'l>(document: &Document, letter: &'l Letter, line: u32) -> &'l str {
    let range = document.lines.get(line as usize);
    range.and_then(|range| letter.body.get(range.clone())).unwrap_or_default()
}

/// Whether a letter may have been sent to many: it answers and quotes nobody.
fn may_be_bulk(letter: &Letter, voices: &quotes::Voices) -> bool {
    !letter.is_reply && !voices.quoted.contains(&true)
}

/// Whether a letter was sent to many, by its headers or by what it says.
fn is_bulk(document: &Document, letter: &Letter, lines: &[Line<'_>], raw: &[&str]) -> bool {
    letter.is_bulk || notices::has_footer(document, lines, raw)
}

/// Words of a line that says something beyond an address.
const SENTENCE_WORDS: usize = 6;

/// The verdicts on a text without the headers of a list as one that was sent to many, if it ends as one: of what would be
/// dropped at its end as any text is, something tells how it was sent, if weakly, or sounds like it, and something is an
/// address.
fn judged_as_sent(
    document: &Document,
    lines: &[Line<'_>],
    options: &Options,
    verdicts: &[Verdict],
    rest: &dyn Fn(&Document) -> Vec<Verdict>,
) -> Option<Vec<Verdict>> {
    if document.kind == Kind::Html || !document.blocks.iter().any(notices::has_address) {
        return None;
    }
    let judged = judged_rest(document, lines, options, verdicts, rest);
    let dropped = dropped_end(lines, verdicts, &judged);
    let says = |at: usize| lines[at].words >= SENTENCE_WORDS && cues::cue(&lines[at]) != cues::Cue::Web;
    let sounds = |at: usize| judged[at].reason.note == Some(SOUNDS) && says(at);
    let is_evident = |at: &usize| lines[*at].rules.iter().any(tells) || sounds(*at);
    let is_sent =
        dropped.iter().any(is_evident) && dropped.iter().any(|at| notices::has_address(&document.blocks[*at]));
    is_sent.then_some(judged)
}

/// The lines at the end of a text that the second verdicts drop and the first keep.
fn dropped_end(lines: &[Line<'_>], verdicts: &[Verdict], judged: &[Verdict]) -> Vec<usize> {
    let end = (0..lines.len()).rposition(|at| judged[at].keep && lines[at].words > 0).map_or(0, |last| last + 1);
    (end..lines.len()).filter(|at| verdicts[*at].keep && !judged[*at].keep).collect()
}

/// Log-odds of the words on average of an end that any text would lose.
const SURE: f32 = -5.0;

/// Drops the end of a text of which nothing tells that it was sent to many, where a text that nobody sent would surely lose
/// it, and nothing in it looks like a signature: whose that is, the rules of letters have decided.
fn drop_end(
    document: &Document,
    lines: &[Line<'_>],
    verdicts: &mut [Verdict],
    rest: &dyn Fn(&Document) -> Vec<Verdict>,
) {
    if document.kind == Kind::Html {
        return;
    }
    let judged = judged_left(document, None, verdicts, rest);
    let dropped = dropped_end(lines, verdicts, &judged);
    let words: usize = dropped.iter().map(|at| lines[*at].words).sum();
    let odds: f32 = dropped.iter().map(|at| judged[*at].score * lines[*at].words as f32).sum();
    let is_sure = words >= SENTENCE_WORDS && odds <= SURE * words as f32;
    let signs = |at: &usize| lines[*at].names(Family::Signature, Strength::Weak);
    if is_sure && !dropped.iter().any(signs) && keeps_enough(&judged, lines) {
        dropped.into_iter().for_each(|at| verdicts[at] = judged[at].clone());
    }
}

/// The verdicts with what they leave judged as any other document.
fn judged_rest(
    document: &Document,
    lines: &[Line<'_>],
    options: &Options,
    verdicts: &[Verdict],
    rest: &dyn Fn(&Document) -> Vec<Verdict>,
) -> Vec<Verdict> {
    // Of what its headers say only that it is a letter counts for the rest.
    let mut judged = judged_left(document, document.letter.as_ref().map(|_| Box::default()), verdicts, rest);
    if document.kind == Kind::Html {
        teasers::keep(document, lines, &mut judged);
        // The subject is a letter's headline, and what is like it one of the letter's own headings.
        keep_headings(document, &mut judged, options.get_headline().is_none());
    }
    judged
}

/// The verdicts with what they leave judged as a document by itself, with these headers.
fn judged_left(
    document: &Document,
    letter: Option<Box<Letter>>,
    verdicts: &[Verdict],
    rest: &dyn Fn(&Document) -> Vec<Verdict>,
) -> Vec<Verdict> {
    let mut verdicts = verdicts.to_vec();
    let left: Vec<usize> = (0..verdicts.len()).filter(|at| verdicts[*at].keep).collect();
    // The outline of a page counts its blocks, so that none can be left out.
    if document.kind == Kind::Html {
        let judged = rest(document);
        left.into_iter().for_each(|at| verdicts[at] = judged[at].clone());
        return verdicts;
    }
    let blocks = left.iter().map(|at| document.blocks[*at].clone()).collect();
    let remains = Document { blocks, url: document.url.clone(), letter, ..Document::empty(document.kind, None) };
    for (at, verdict) in left.into_iter().zip(rest(&remains)) {
        verdicts[at] = verdict;
    }
    verdicts
}

/// Keeps the headings right over what is kept, unless a pattern names them: a letter has no other headline than its own.
/// `titles` tells whether what is like the headline is one of them.
fn keep_headings(document: &Document, verdicts: &mut [Verdict], titles: bool) {
    let keep: Vec<bool> = verdicts.iter().map(|verdict| verdict.keep).collect();
    let is_plain = |at: usize| match verdicts[at].class {
        Class::Title => titles,
        class => class == Class::Boilerplate(None),
    };
    let heads = gaps::heads(document, &keep, is_plain);
    for (verdict, _) in verdicts.iter_mut().zip(heads).filter(|(_, is_head)| *is_head) {
        stay(verdict, gaps::HEADS);
    }
}

/// Keeps what was dropped, with a note why.
fn stay(verdict: &mut Verdict, note: &'static str) {
    (verdict.class, verdict.keep, verdict.score) = (Class::Body, true, LEFT);
    verdict.reason.note = Some(note);
}

/// Drops what only letters to many have, unless nothing else is left: a notice may be all that was sent.
fn strip(document: &Document, lines: &[Line<'_>], sender: Option<&Sender>, verdicts: &mut Vec<Verdict>) {
    let mut stripped = verdicts.clone();
    bulk::strip(document, lines, sender, &mut stripped);
    for sponsored in sponsors::find(document, lines) {
        notices::drop_all(&mut stripped, sponsored, Family::Ads);
    }
    if let Some(listed) = contents::find(lines) {
        notices::drop_all(&mut stripped, listed, Family::Navigation);
    }
    if stripped.iter().any(|verdict| verdict.keep) {
        *verdicts = stripped;
    }
}

/// A letter that is nothing but footers is printed as it is, but for those of list managers.
fn keep_something(verdicts: &mut [Verdict], marks: &Marks) {
    if verdicts.iter().any(|verdict| verdict.keep) {
        return;
    }
    for (verdict, family) in verdicts.iter_mut().zip(&marks.family) {
        if matches!(family, Some(Family::Signature | Family::Legal)) {
            verdict.keep = true;
            verdict.reason.note = Some("nothing else stands in the letter");
        }
    }
}

fn verdict(family: Option<Family>, wanted: bool, rules: &[u16]) -> Verdict {
    let rules = super::rule_ids(rules, Patterns::builtin());
    let reason = Reason { rules, ..Reason::default() };
    match family {
        Some(family) => Verdict { class: Class::Boilerplate(Some(family)), keep: wanted, score: NAMED, reason },
        None => Verdict { class: Class::Body, keep: true, score: LEFT, reason },
    }
}
