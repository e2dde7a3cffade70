//! What is held against each input.

use std::panic::catch_unwind;

use scraper::{Html, Node};
use unboil::input::{Reading, Records, detect};
use unboil::lab::{self, Model, decoded, features_hash, line_features_hash};
use unboil::{Detail, Extraction, Extractor, Kind, Mode, Options, Record, TemplateStats, render};

use super::seeds;

/// What models and rules judge.
const SAMPLE: &str = "<h1>The harbour</h1>\n\n<p>The boats leave at nine, and nobody waits for those who are late.</p>\n\n\
    <p class=promo-box>Join the harbour list</p>\n<p>© 2026 Harbour <a href=/out?to=1>Terms</a></p>\n";

/// A way into the library.
#[derive(Debug)]
pub(crate) struct Target {
    /// Names it in reports, and the folder of its crashes.
    pub(crate) name: &'static str,
    /// What its mutations begin with, of these documents.
    pub(crate) seeds: fn(&[Vec<u8>]) -> Vec<Vec<u8>>,
    /// Whether an input is treated as it must be; else what is wrong.
    pub(crate) check: fn(&[u8]) -> Result<(), String>,
}

/// All ways.
pub(crate) const TARGETS: [Target; 8] = [
    Target {
        name: "html",
        seeds: seeds::documents,
        check: |input| guarded(input, |input| document(input, Kind::Html)),
    },
    Target {
        name: "text",
        seeds: seeds::documents,
        check: |input| guarded(input, |input| document(input, Kind::Text)),
    },
    Target {
        name: "mail",
        seeds: seeds::documents,
        check: |input| guarded(input, |input| document(input, Kind::Mail)),
    },
    Target { name: "decode", seeds: seeds::documents, check: |input| guarded(input, decode) },
    Target { name: "records", seeds: seeds::streams, check: |input| guarded(input, records) },
    Target { name: "model", seeds: seeds::models, check: |input| guarded(input, model) },
    Target { name: "rules", seeds: seeds::rules, check: |input| guarded(input, rules) },
    Target { name: "templates", seeds: seeds::templates, check: |input| guarded(input, templates) },
];

fn guarded(input: &[u8], check: fn(&[u8]) -> Result<(), String>) -> Result<(), String> {
    catch_unwind(|| check(input)).unwrap_or_else(|_| Err("a panic".to_owned()))
}

fn hold(holds: bool, rule: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(rule.to_owned()) }
}

/// An extraction and all that is printed of it.
fn document(input: &[u8], kind: Kind) -> Result<(), String> {
    // What it may be detected as is a matter of its own.
    drop(detect(input));
    let mode = [Mode::Precision, Mode::Balanced, Mode::Recall][input.len() % 3];
    let detail = if input.len().is_multiple_of(5) { Detail::Full } else { Detail::Brief };
    let extractor = Extractor::new(Options::default().mode(mode).detail(detail));
    let record = Record::new(input).kind(kind).url("https://harbour.example/a/b");
    let extraction = extractor.extract(&record);
    hold(extraction.document.blocks.len() == extraction.verdicts.len(), "a verdict for each block")?;
    hold(extraction.verdicts.iter().all(|verdict| verdict.score.is_finite()), "scores are finite")?;
    let text = render::text(&extraction);
    hold(render::text(&extractor.extract(&record)) == text, "the same input gives the same output")?;
    if kind == Kind::Text {
        complement(&extraction, input, &text)?;
    } else if extraction.document.kind == Kind::Html {
        hold(std::str::from_utf8(&text).is_ok(), "the text of a page is UTF-8")?;
    }
    let printed = [
        render::markdown(&extraction),
        render::explain::text(&extraction),
        render::explain::json(&extraction, "x"),
        String::from_utf8_lossy(&render::marked(&extraction)).into_owned(),
    ];
    hold(
        extraction.verdicts.is_empty() || printed.iter().skip(1).all(|out| !out.is_empty()),
        "every form has an output",
    )?;
    hold(
        serde_json::from_str::<serde_json::Value>(&render::json(&extraction, &render::JsonFields::default())).is_ok(),
        "rows are JSON",
    )?;
    plain_html(&render::html_page(&extraction))
}

/// Kept and removed lines are the input.
fn complement(extraction: &Extraction<'_>, input: &[u8], text: &[u8]) -> Result<(), String> {
    hold(text.len() + render::removed(extraction).len() == input.len(), "kept and removed lines are the input")
}

/// Nothing that runs stands in the HTML output.
fn plain_html(page: &str) -> Result<(), String> {
    for node in Html::parse_document(page).tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        hold(
            !matches!(element.name(), "script" | "style" | "iframe" | "svg" | "img" | "object"),
            "no such element comes out",
        )?;
        for (name, value) in element.attrs() {
            let value = value.to_ascii_lowercase();
            let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
            hold(!name.starts_with("on") && name != "style", "no handler comes out")?;
            hold(name != "href" || !matches!(scheme, "javascript" | "data" | "vbscript"), "no address runs")?;
        }
    }
    Ok(())
}

/// Every record of a stream is opened or told of, and there is an end.
fn records(input: &[u8]) -> Result<(), String> {
    let reading = Reading { limit: 1 << 20, ..Reading::default() };
    for envelope in Records::new(input, &reading).take(input.len() + 16) {
        if let Ok(entry) = envelope.and_then(|envelope| envelope.open(&reading)) {
            hold(entry.record.bytes.len() <= reading.limit + 1, "no document is longer than the limit")?;
        }
    }
    hold(Records::new(input, &reading).count() <= input.len() + 1, "no more records than bytes")
}

/// Text has no byte order mark and is as long as the longest encoding allows; what is UTF-8 without a declaration is itself.
fn decode(input: &[u8]) -> Result<(), String> {
    let labels =
        ["utf-8", "windows-1252", "koi8-r", "shift_jis", "gb18030", "iso-2022-jp", "utf-16le", "x-user-defined"];
    let label = labels[input.len() % labels.len()];
    let declared = Record { transport_charset: Some(label.to_owned()), ..Record::new(input) };
    for record in [Record::new(input), declared] {
        // Each byte is a replacement character at most.
        hold(decoded(&record).len() <= 3 * input.len() + 3, "text is no longer than its bytes allow")?;
    }
    let Ok(text) = std::str::from_utf8(input) else { return Ok(()) };
    let plain = text.replace(['<', '\u{feff}', '\0'], "");
    hold(decoded(&Record::new(plain.as_bytes())) == plain, "UTF-8 without a declaration is itself")
}

/// What is read is written as it was, and judges a page and a text.
fn model(input: &[u8]) -> Result<(), String> {
    for hash in [features_hash(), line_features_hash()] {
        // The seeds' own head before what has none.
        let head =
            seeds::models(&[]).into_iter().find(|seed| Model::from_bytes(seed, hash).is_ok()).unwrap_or_default();
        let body = input.get(seeds::MODEL_HEAD..).unwrap_or_default();
        for bytes in [input.to_vec(), [&head[..seeds::MODEL_HEAD], body].concat()] {
            let Ok(model) = Model::from_bytes(&bytes, hash) else { continue };
            hold(model.parts().to_bytes() == bytes, "a model is written as it was read")?;
            let record = Record::new(SAMPLE).kind(if hash == features_hash() { Kind::Html } else { Kind::Text });
            let extractor = if hash == features_hash() { lab::extractor } else { lab::text_extractor };
            let extraction = extractor(Options::default().detail(Detail::Full), model);
            hold(!render::explain::text(&extraction.extract(&record)).is_empty(), "a model judges")?;
        }
    }
    Ok(())
}

/// A table is read, or the error is one line.
fn rules(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let row = format!(
        "{}\nads.x.en\tads\tline\tany\tfirm\ten\t{}\t\t\t\t\t\n",
        seeds::RULES_HEAD,
        text.replace(['\t', '\n', '\r'], " ")
    );
    for table in [text.as_ref(), &row] {
        match Options::default().rules(&[("own", table)]) {
            Ok(options) => {
                let extractor = Extractor::new(options);
                let record = Record::new(SAMPLE).kind(Kind::Text);
                hold(!render::explain::text(&extractor.extract(&record)).is_empty(), "a table judges")?;
            }
            Err(error) => hold(!error.to_string().contains('\n'), "an error is one line")?,
        }
    }
    Ok(())
}

/// What is read is written in one form.
fn templates(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    for text in
        [text.to_string(), format!("unboil-templates 1\n{text}"), format!("unboil-templates 1\na.example\t{text}")]
    {
        if let Ok(stats) = TemplateStats::read(&text) {
            let again = TemplateStats::read(&stats.to_text());
            hold(again.is_ok_and(|again| again == stats), "statistics are read as they were written")?;
        }
    }
    Ok(())
}
