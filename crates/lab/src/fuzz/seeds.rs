//! What the mutations of each target begin with.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use unboil::lab::{Aim, Ensemble, ModelParts, Node, Tree, features, features_hash, line_features, line_features_hash};

/// Bytes of the magic, the version, the hash of the features and their number, with which each model file begins.
pub(super) const MODEL_HEAD: usize = 8 + 4 + 8 + 4;

/// The columns of a file of rules.
pub(super) const RULES_HEAD: &str =
    "id\tfamily\tcue\tposition\tstrength\tlanguage\tpattern\tunless\texample\tcounter-example\tsource\thost";

/// The documents as they are.
pub(super) fn documents(documents: &[Vec<u8>]) -> Vec<Vec<u8>> {
    documents.to_vec()
}

/// Streams of the documents in each of the formats that hold several.
pub(super) fn streams(documents: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut streams = Vec::new();
    for some in documents.chunks(3) {
        let joined = |part: fn(&[u8]) -> Vec<u8>| some.iter().flat_map(|body| part(body)).collect::<Vec<u8>>();
        let warc = joined(warc_record);
        streams.extend([gzip(&warc), warc, joined(letter), joined(json_line)]);
    }
    streams
}

fn warc_record(body: &[u8]) -> Vec<u8> {
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/a\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    [head.as_bytes(), &http, b"\r\n\r\n"].concat()
}

fn letter(body: &[u8]) -> Vec<u8> {
    [b"From ada Mon Feb  3 10:00:00 2025\nFrom: Ada <ada@harbour.example>\nSubject: Boats\n\n", body, b"\n\n"].concat()
}

fn json_line(body: &[u8]) -> Vec<u8> {
    let row = serde_json::json!({"url": "https://harbour.example/a", "html": String::from_utf8_lossy(body)});
    format!("{row}\n").into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // A vector takes whatever it is given.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// Small models of pages and of plain texts.
pub(super) fn models(_: &[Vec<u8>]) -> Vec<Vec<u8>> {
    [
        (features_hash(), features().len(), ["article", "mixed", "gate"]),
        (line_features_hash(), line_features().len(), ["mixed", "nearly", "form"]),
    ]
    .into_iter()
    .filter_map(|(hash, features, names)| model(hash, features, &names))
    .collect()
}

fn model(features_hash: u64, features: usize, names: &[&str]) -> Option<Vec<u8>> {
    let ensemble = Ensemble::new(&[tree(3, 0.5), tree(40, -0.5)], -0.1, features).ok()?;
    let aim = Aim { article_beta: 1.0, mixed_beta: 1.2, floor: 0.15 };
    let parts = ModelParts {
        features_hash,
        features: u32::try_from(features).ok()?,
        label: "made up".to_owned(),
        aims: [aim; 3],
        confidence: vec![(0.2, 0.1), (0.9, 0.95)],
        lexicon: (1..9).map(|row| [row, 0, 0, 0, 3, 2, 1]).collect(),
        wording: (0..16).map(|row| [row, 5]).collect(),
        ensembles: names.iter().map(|&name| (name.to_owned(), ensemble.clone())).collect::<BTreeMap<_, _>>(),
    };
    Some(parts.to_bytes())
}

/// A tree of two tests.
fn tree(feature: u16, value: f32) -> Tree {
    let test = |feature, left, threshold| Node { feature, left, right: left + 1, threshold, value: 0.0 };
    let leaf = |at, value| Node { feature: 0, left: at, right: at, threshold: 0.0, value };
    vec![test(feature, 1, 0.5), test(feature + 1, 3, 2.0), leaf(2, value), leaf(3, -value), leaf(4, 2.0 * value)]
}

/// Rows of rules of each cue.
pub(super) fn rules(_: &[Vec<u8>]) -> Vec<Vec<u8>> {
    [
        "newsletter.join.en\tnewsletter\tphrase\ttail\tfirm\ten\tjoin the … list\t\t\t\t\t",
        "legal.copy.en\tlegal\tline\tany\tstrong\ten\t(©|\\(c\\)) ?[0-9]{4}([-–][0-9]{2,4})? [^a-z]+\tno\t\t\t\t",
        "ads.name.any\tads\tname\tany\tweak\t*\tpromo-box\t\t\t\t\tharbour.example",
        "ads.box.any\tads\telement\tany\tstrong\t*\tp.promo-box:not(a > b), [href^='/out']\t\t\t\t\t",
        "ads.url.any\tads\turl\tany\tweak\t*\t/out?to=\t\t\t\t\t",
    ]
    .map(|row| format!("{RULES_HEAD}\n{row}\n").into_bytes())
    .to_vec()
}

/// Statistics of two sites.
pub(super) fn templates(_: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let text = "unboil-templates 1\na.example\t0123456789abcdef\t00000001\t00000002\nb.example\tffffffffffffffff\n";
    vec![text.as_bytes().to_vec()]
}
