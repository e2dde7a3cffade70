//! `lab dump`: one page block by block, for error analysis.

use std::io::{self, Write};
use std::path::PathBuf;

use unboil::{Block, BlockKind, Class, Extraction, Verdict, render};

use super::{Engine, Outcome};
use crate::align::label_blocks;
use crate::error::Result;
use crate::score::{Score, overlap};
use crate::set::{Page, Set};

/// Arguments of `lab dump`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A set, as for `lab eval`
    #[arg(value_name = "SET")]
    set: PathBuf,
    /// The page
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    engine: Engine,
    /// Only blocks whose verdict and gold disagree
    #[arg(long)]
    errors: bool,
    /// Characters of each block's text; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 100)]
    width: usize,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome> {
        let set = Set::open(&self.set)?;
        let page = set.page(&self.id)?;
        let record = page.record()?;
        let extraction = self.engine.extractors()?.of(page).extract(&record);
        print_head(out, page, &extraction)?;
        let which = if self.errors { Which::Errors } else { Which::All };
        print_blocks(out, &page.body, &extraction, which, self.width)?;
        Ok(Outcome::Done)
    }
}

/// Which blocks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those whose verdict and gold disagree.
    Errors,
}

/// What is known of the page, its score, and the score that keeping every block would have: recall cannot be higher.
fn print_head(out: &mut dyn Write, page: &Page, extraction: &Extraction<'_>) -> io::Result<()> {
    let label = |label: &Option<String>| label.clone().unwrap_or_else(|| "-".to_owned());
    let (page_type, lang, url) = (label(&page.page_type), label(&page.lang), label(&page.url));
    writeln!(out, "{} {page_type} {lang} {url}", page.id)?;
    let text = String::from_utf8_lossy(&render::text(extraction)).into_owned();
    let Score([precision, recall, f1, ..]) = Score::of(&text, &page.gold());
    let status = extraction.status;
    writeln!(out, "output      P {precision:.4}  R {recall:.4}  F1 {f1:.4}  {status:?} {}", extraction.charset.name)?;
    let texts: Vec<&str> = extraction.document.blocks.iter().map(|block| &*block.text).collect();
    let (precision, recall, f1) = overlap(&texts.join("\n"), &page.body);
    writeln!(out, "all blocks  P {precision:.4}  R {recall:.4}  F1 {f1:.4}  {} blocks", texts.len())?;
    let (metadata, truth) = (&extraction.metadata, [&page.title, &page.author, &page.date]);
    let found = [&metadata.title, &metadata.author, &metadata.date];
    for ((name, found), truth) in ["title", "author", "date"].into_iter().zip(found).zip(truth) {
        writeln!(out, "{name:<12}{} (truth: {})", label(found), label(truth))?;
    }
    Ok(())
}

fn print_blocks(
    out: &mut dyn Write,
    gold: &str,
    extraction: &Extraction<'_>,
    which: Which,
    width: usize,
) -> io::Result<()> {
    writeln!(out, "  {:>5} {:<5}{:>7}{:>6}  {:<14}{:<8}path  text", "block", "", "score", "gold", "class", "kind")?;
    let document = &extraction.document;
    let labels = label_blocks(document, gold);
    for (number, (block, verdict)) in document.blocks.iter().zip(&extraction.verdicts).enumerate() {
        let share = (labels.tokens[number] > 0).then_some(labels.shares[number]);
        // A block that is half in the gold is half an error either way: neither verdict is marked.
        let wrong = share.is_some_and(|share| if verdict.keep { share < 0.5 } else { share > 0.5 });
        if which == Which::Errors && !wrong {
            continue;
        }
        let mark = if wrong { '!' } else { ' ' };
        let (kept, class) = (if verdict.keep { "keep" } else { "drop" }, class(verdict));
        let share = share.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}"));
        let (score, kind) = (verdict.score, kind(block));
        let (path, text) = (document.outline.path(block.element), shortened(&block.text, width));
        writeln!(out, "{mark} {number:>5} {kept:<5}{score:>+7.2}{share:>6}  {class:<14}{kind:<8}{path}  {text}")?;
        print_reason(out, verdict)?;
    }
    Ok(())
}

fn print_reason(out: &mut dyn Write, verdict: &Verdict) -> io::Result<()> {
    let reason = &verdict.reason;
    let rules = reason.rules.iter().map(|rule| format!("rule {rule}"));
    let evidence = reason.evidence.iter();
    let evidence = evidence.map(|found| format!("{}={} ({:+.2})", found.feature, found.value, found.weight));
    let note = reason.note.iter().map(|note| (*note).to_owned());
    let parts: Vec<String> = rules.chain(note).chain(evidence).collect();
    if parts.is_empty() { Ok(()) } else { writeln!(out, "{:>27}{}", "", parts.join(", ")) }
}

fn class(verdict: &Verdict) -> &'static str {
    match verdict.class {
        Class::Body => "body",
        Class::Title => "title",
        Class::Byline => "byline",
        Class::Boilerplate(family) => family.map_or("boilerplate", unboil::Family::name),
    }
}

fn kind(block: &Block) -> String {
    match block.kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::ListItem { .. } => "li".to_owned(),
        BlockKind::Quote => "quote".to_owned(),
        BlockKind::Code => "code".to_owned(),
        BlockKind::TableCell { .. } => "cell".to_owned(),
        BlockKind::Caption => "caption".to_owned(),
        BlockKind::Line => "line".to_owned(),
    }
}

/// The text on one line, cut to `width` characters; 0 cuts nothing.
fn shortened(text: &str, width: usize) -> String {
    let line = text.replace(['\n', '\r', '\t'], "⏎");
    if width == 0 || line.chars().count() <= width {
        return line;
    }
    line.chars().take(width).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use unboil::{Charset, CharsetSource, Document, Evidence, Family, Kind, Metadata, Reason, Status};

    use super::*;

    fn block(kind: BlockKind, text: &str) -> Block {
        Block {
            kind,
            text: text.to_owned(),
            spans: Vec::new(),
            element: 0,
            lines: 0..0,
            images: 0,
            inlines: 0,
            joins: false,
            wishes: Vec::new(),
        }
    }

    fn extraction() -> Extraction<'static> {
        let mut document = Document::empty(Kind::Html, None);
        document.blocks = vec![
            block(BlockKind::Heading(2), "The ferry runs"),
            block(BlockKind::Paragraph, "It runs again\nfrom Monday."),
            block(BlockKind::ListItem { depth: 1, number: 0 }, "Join our list today"),
            block(BlockKind::Caption, "…"),
        ];
        let verdict = |class, keep, score, reason| Verdict { class, keep, score, reason };
        let rule = Reason { rules: vec!["newsletter.join".into()], note: Some("in a footer"), ..Reason::default() };
        let evidence = vec![Evidence { feature: "words", value: 5.0, weight: 1.25 }];
        let verdicts = vec![
            verdict(Class::Title, false, 0.5, Reason::default()),
            verdict(Class::Body, true, 2.0, Reason { evidence, ..Reason::default() }),
            verdict(Class::Boilerplate(Some(Family::Newsletter)), true, -3.0, rule),
            verdict(Class::Boilerplate(None), false, -1.0, Reason::default()),
        ];
        let charset = Charset { name: "UTF-8", source: CharsetSource::Utf8, overruled: None };
        Extraction {
            input: b"",
            headline: None,
            document,
            verdicts,
            confidence: None,
            metadata: Metadata::default(),
            charset,
            status: Status::Ok,
        }
    }

    fn printed(which: Which, width: usize) -> io::Result<String> {
        let mut out = Vec::new();
        let gold = "The ferry runs. It runs again from Monday.";
        print_blocks(&mut out, gold, &extraction(), which, width)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn blocks_are_listed_with_verdict_gold_share_and_reason() -> io::Result<()> {
        let expected = "\
\x20 block        score  gold  class         kind    path  text
!     0 drop   +0.50  1.00  title         h2      html  The ferry runs
      1 keep   +2.00  1.00  body          p       html  It runs again⏎from Monday.
                           words=5 (+1.25)
!     2 keep   -3.00  0.00  newsletter    li      html  Join our list today
                           rule newsletter.join, in a footer
      3 drop   -1.00     -  boilerplate   caption html  …
";
        assert_eq!(printed(Which::All, 0)?, expected);
        Ok(())
    }

    #[test]
    fn errors_alone_are_the_blocks_whose_verdict_and_gold_disagree() -> io::Result<()> {
        let expected = "\
\x20 block        score  gold  class         kind    path  text
!     0 drop   +0.50  1.00  title         h2      html  The f…
!     2 keep   -3.00  0.00  newsletter    li      html  Join …
                           rule newsletter.join, in a footer
";
        assert_eq!(printed(Which::Errors, 5)?, expected);
        Ok(())
    }
}
