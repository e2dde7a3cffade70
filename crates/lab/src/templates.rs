//! What the statistics of templates change: the pages of each host of a set are learned, then judged with what was learned
//! and without. The gold is not looked at until then.

use std::collections::HashMap;
use std::io::Write;

use unboil::{Extractor, Record, TemplateStats, render};

use crate::compare;
use crate::error::Result;
use crate::evaluation::row;
use crate::extractors::Extractors;
use crate::page_file::Row;
use crate::runner;
use crate::score::{Measure, Score};
use crate::set::{Page, Set};

/// Pages of a host from which it is looked at.
const PAGES: usize = 4;

/// Words of the gold that a page may lose.
const LOSS: f64 = 0.01;

/// Prints the paired difference on the pages of hosts with at least four, and how many pages lost words by it.
pub(crate) fn print(out: &mut dyn Write, set: &Set, extractors: &Extractors, jobs: usize) -> Result<()> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    set.pages.iter().filter_map(site).for_each(|site| *counts.entry(site).or_default() += 1);
    let enough = |page: &&Page| site(page).is_some_and(|site| counts.get(&site).is_some_and(|count| *count >= PAGES));
    let pages: Vec<Page> = set.pages.iter().filter(enough).cloned().collect();
    let learned = extractors.with_templates(&learn(&pages, extractors, jobs)?);
    let rows = |extractors: &Extractors| -> Result<Vec<Row>> {
        runner::each(&pages, jobs, |page| {
            let record = record(page)?;
            let text = render::text(&extractors.of(page).extract(&record));
            Ok(row(set, page, Score::of(&String::from_utf8_lossy(&text), &page.gold())))
        })
    };
    let (before, after) = (rows(extractors)?, rows(&learned)?);
    let recall = |row: &Row| row.score.get(Measure::Recall);
    let pairs = before.iter().zip(&after);
    let lost: Vec<&str> = pairs
        .filter(|(before, after)| recall(before) - recall(after) > LOSS)
        .map(|(before, _)| before.id.as_str())
        .collect();
    let (number, names) = (lost.len(), lost.join(" "));
    writeln!(
        out,
        "templates, on hosts with at least {PAGES} pages; {number} pages lose more than 1 % of the gold by them {names}"
    )?;
    compare::print(out, before, &after)?;
    Ok(())
}

fn learn(pages: &[Page], extractors: &Extractors, jobs: usize) -> Result<TemplateStats> {
    let learn = |page: &Page| {
        let mut stats = TemplateStats::default();
        let extractor: &Extractor = extractors.of(page);
        stats.learn(&extractor.extract(&record(page)?));
        Ok(stats)
    };
    let mut all = TemplateStats::default();
    runner::each(pages, jobs, learn)?.into_iter().for_each(|stats| all.merge(stats));
    Ok(all)
}

/// The page with an address, which tells its host if no more.
fn record(page: &Page) -> Result<Record> {
    let record = page.record()?;
    Ok(match site(page) {
        Some(site) if record.url.is_none() => record.url(format!("http://{site}/")),
        _ => record,
    })
}

/// The host of a page: that of its address, or the part of its id that is one (`20111101_www.site.example_6648`).
fn site(page: &Page) -> Option<String> {
    let of_url = page.url.as_deref().filter(|url| !url.is_empty());
    let host = match of_url {
        Some(url) => url.split_once("//").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next()?,
        None => page.id.split('_').find(|part| part.contains('.'))?,
    };
    Some(host.trim_start_matches("www.").to_lowercase())
}
