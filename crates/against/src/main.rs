//! Times unboil and other extractors in Rust on the same pages, in one run on one thread; `wheels.py` beside it does the
//! same for extractors in Python's reach, and is called by this program so that all stand in one table.
//!
//! Each extractor is run several times on each page and its fastest run counts. The table has the median over the pages, and
//! the median of the ratios to scraper's bare parse of the same page.

use std::error::Error;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use dom_smoothie::Readability;
use flate2::read::MultiGzDecoder;
use scraper::Html;
use unboil::{Extractor, Options, Record, render};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: unboil-against FOLDER PAGES RUNS [PYTHON]
FOLDER holds pages as *.html.gz; PAGES of them are taken, evenly spread. PYTHON has resiliparse, trafilatura and lxml_html_clean.";

/// An extractor: its name, and what it does with the bytes of a page.
struct Contender {
    name: &'static str,
    run: fn(&Record, &str),
}

const CONTENDERS: [Contender; 4] = [
    Contender { name: "scraper, bare parse", run: |_, text| drop(black_box(Html::parse_document(text))) },
    Contender { name: "unboil, bytes to text", run: unboil },
    Contender { name: "dom_smoothie 0.19.0", run: readability },
    Contender { name: "rs-trafilatura 0.2.2", run: |_, text| drop(black_box(rs_trafilatura::extract(text))) },
];

fn unboil(record: &Record, _: &str) {
    let extractor = Extractor::new(Options::default());
    drop(black_box(render::text(&extractor.extract(record))));
}

fn readability(_: &Record, text: &str) {
    if let Ok(mut reader) = Readability::new(text, None, None) {
        drop(black_box(reader.parse()));
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, pages, runs, python @ ..] = arguments.as_slice() else { return Err(USAGE.into()) };
    let runs: u32 = runs.parse()?;
    let paths = spread(Path::new(folder), pages.parse()?)?;
    let pages: Vec<(Record, String)> = paths.iter().map(|path| page(path)).collect::<Result<_>>()?;
    // One after the other over all pages, as those in Python run: none finds the caches full of what another left there.
    let mut times: Vec<(String, Vec<f64>)> = CONTENDERS
        .iter()
        .map(|contender| {
            let time = |(record, text): &(Record, String)| fastest(runs, || (contender.run)(record, text));
            (contender.name.to_owned(), pages.iter().map(time).collect())
        })
        .collect();
    if let [python, ..] = python {
        times.extend(wheels(python, &paths, runs)?);
    }
    print(&times);
    Ok(())
}

/// The bytes of a page, and its text for those who take that.
fn page(path: &Path) -> Result<(Record, String)> {
    let mut bytes = Vec::new();
    MultiGzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok((Record::new(bytes), text))
}

/// So many pages of a folder, evenly spread over their names.
fn spread(folder: &Path, count: usize) -> Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
    all.sort();
    let step = (all.len() / count.max(1)).max(1);
    Ok(all.into_iter().step_by(step).take(count).collect())
}

/// Milliseconds of the fastest run.
fn fastest(runs: u32, work: impl Fn()) -> f64 {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..runs.max(1)).map(once).fold(f64::INFINITY, f64::min)
}

/// What the extractors in Python take: a name, and a time for each page.
fn wheels(python: &str, paths: &[PathBuf], runs: u32) -> Result<Vec<(String, Vec<f64>)>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("wheels.py");
    let output = Command::new(python).arg(script).arg(runs.to_string()).args(paths).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let rows = String::from_utf8(output.stdout)?;
    let row = |line: &str| -> Result<(String, Vec<f64>)> {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default().to_owned();
        Ok((name, fields.map(str::parse).collect::<std::result::Result<_, _>>()?))
    };
    rows.lines().map(row).collect()
}

fn print(times: &[(String, Vec<f64>)]) {
    let bare = times.first().map_or(&[][..], |(_, times)| times);
    println!("{} pages; milliseconds a page", bare.len());
    println!("{:<26}{:>9}{:>9}{:>16}", "", "mean", "median", "to bare parse");
    for (name, times) in times {
        let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
        let ratio = median(times.iter().zip(bare).map(|(time, bare)| time / bare).collect());
        println!("{name:<26}{mean:>9.3}{:>9.3}{ratio:>16.2}", median(times.clone()));
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
