//! Dumps as the library reads them: whole, and damaged in every way that is met. Damage costs its own record alone.

use std::io::Write;

use serde_json::Value;
use unboil::input::{Format, Reading, Records};

use crate::cli::run_in;

const RECORDS: usize = 12;

/// The record that is damaged.
const BROKEN: usize = 5;

fn record(number: usize, length: Option<u64>, blank: &str) -> Vec<u8> {
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ferry number {number} runs again.</p>");
    let length = length.unwrap_or(body.len() as u64);
    let header = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:n:{number}>\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    );
    format!("{header}{body}{blank}").into_bytes()
}

/// A dump with one record put in the place of another.
fn dump(broken: &[u8]) -> Vec<u8> {
    let records = (0..RECORDS).map(|number| record(number, None, "\r\n\r\n"));
    records.enumerate().flat_map(|(number, record)| if number == BROKEN { broken.to_vec() } else { record }).collect()
}

/// The numbers of the records that come out, and how many faults there are.
fn read(bytes: &[u8]) -> (Vec<usize>, usize) {
    let reading = Reading { format: Some(Format::Warc), limit: 1 << 20, ..Reading::default() };
    let (mut numbers, mut faults) = (Vec::new(), 0);
    for envelope in Records::new(bytes, &reading) {
        match envelope.and_then(|envelope| envelope.open(&reading)) {
            Ok(entry) => {
                let number = entry.record.id.trim_start_matches("urn:n:").parse().expect("a number");
                let page = format!("<p>Ferry number {number} runs again.</p>");
                assert_eq!(String::from_utf8_lossy(&entry.record.bytes), page);
                numbers.push(number);
            }
            Err(_) => faults += 1,
        }
    }
    (numbers, faults)
}

#[test]
fn damage_costs_its_own_record_and_is_told_once() {
    let good = record(BROKEN, None, "\r\n\r\n");
    let replaced = |from: &str, to: &str| String::from_utf8_lossy(&good).replace(from, to).into_bytes();
    let all: Vec<usize> = (0..RECORDS).collect();
    let others: Vec<usize> = all.iter().copied().filter(|number| *number != BROKEN).collect();
    assert_eq!(read(&dump(&good)), (all.clone(), 0));
    assert_eq!(read(&dump(&record(BROKEN, None, ""))), (all, 1), "no blank lines");
    let cases = [
        ("length too long", record(BROKEN, Some(900), "\r\n\r\n")),
        ("length over the limit", record(BROKEN, Some(10 << 30), "\r\n\r\n")),
        ("length past the end", record(BROKEN, Some(500_000), "\r\n\r\n")),
        ("length too short", record(BROKEN, Some(7), "\r\n\r\n")),
        ("no length", replaced("Content-Length", "Content-Width")),
        ("length no number", replaced("Content-Length: ", "Content-Length: x")),
        ("version line", replaced("WARC/1.0", "WARC/X.0")),
        ("no colon", replaced("WARC-Type:", "WARC-Type")),
        ("cut in the header", good[..40].to_vec()),
        ("cut in the body", good[..good.len() - 20].to_vec()),
    ];
    for (name, broken) in cases {
        assert_eq!(read(&dump(&broken)), (others.clone(), 1), "{name}");
    }
    assert_eq!(read(b""), (Vec::new(), 0));
}

#[test]
fn any_flipped_byte_leaves_all_but_its_record() {
    let whole = dump(&record(BROKEN, None, "\r\n\r\n"));
    let length = record(0, None, "\r\n\r\n").len();
    for at in length..2 * length {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x15;
        let reading = Reading { format: Some(Format::Warc), ..Reading::default() };
        let entries = Records::new(bytes.as_slice(), &reading);
        let ids = entries.filter_map(|envelope| envelope.ok()?.open(&reading).ok()).map(|entry| entry.record.id);
        let ids: Vec<String> = ids.collect();
        for number in (0..RECORDS).filter(|number| *number != 1) {
            assert!(ids.contains(&format!("urn:n:{number}")), "byte {at}: record {number} is lost");
        }
    }
}

#[test]
fn what_is_no_json_in_a_row_costs_no_more_than_itself() {
    let rows: [&[u8]; 5] = [
        br#"{"id":"lone","text":"The ferry \ud83d runs again."}"#,
        b"{\"id\":\"bytes\",\"text\":\"The ferry \xff runs again.\"}",
        br#"{"id":"number","score":NaN,"list":[-Infinity,1],"text":"The ferry runs again."}"#,
        br#"{"id":"pair","text":"The ferry \ud83d\ude00 runs again."}"#,
        br#"{"id":"none","text":"The ferry"#,
    ];
    let read = |input: &[u8]| -> Vec<Value> {
        let ran = run_in(std::path::Path::new("."), &["-q"], input);
        ran.stdout.lines().map(|row| serde_json::from_str(row).expect("a row")).collect()
    };
    // Each of them may be the first, by which rows are told from text.
    for first in 0..4 {
        let mut order = rows;
        order.swap(0, first);
        let mut found = read(&order.join(&b'\n'));
        assert_eq!(found.len(), rows.len(), "{first}");
        found.swap(0, first);
        let texts: Vec<&Value> = found.iter().map(|row| &row["text"]).collect();
        let lone = "The ferry \u{fffd} runs again.";
        assert_eq!(texts, [lone, lone, "The ferry runs again.", "The ferry \u{1f600} runs again.", ""]);
        assert_eq!((&found[2]["id"], &found[2]["score"]), (&"number".into(), &Value::Null));
        assert_eq!(found[2]["list"], serde_json::json!([null, 1]));
        assert_eq!(found[4]["status"], "error: the line ends inside a JSON object");
    }
    // A first row that is longer than what is looked at.
    let long = format!("{{\"id\":\"long\",\"text\":\"The ferry \\ud800 runs again. {}\"}}", "It does. ".repeat(20_000));
    assert_eq!(read(long.as_bytes()).first().map(|row| &row["id"]), Some(&"long".into()));
}

/// A dump of one response.
fn response(truncated: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n").as_bytes(), body].concat();
    let header =
        format!("WARC/1.0\r\nWARC-Type: response\r\n{truncated}Content-Type: application/http\r\nContent-Length: ");
    [format!("{header}{}\r\n\r\n", block.len()).as_bytes(), &block, b"\r\n\r\n"].concat()
}

/// The status of the only row of a dump, and what is told of it.
fn status(dump: &[u8]) -> (String, String) {
    let ran = run_in(std::path::Path::new("."), &[], dump);
    let row: Value = serde_json::from_str(&ran.stdout).expect("a row");
    (row["status"].as_str().expect("a status").to_owned(), ran.stderr)
}

#[test]
fn a_page_that_broke_off_says_so() {
    let page = "<p>The ferry to the island runs again from Monday, the harbour office said.</p>".repeat(40);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    packed.write_all(page.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let gzip = "Content-Encoding: gzip\r\n";
    let length = format!("Content-Length: {}\r\n", page.len());
    assert_eq!(status(&response("", &length, page.as_bytes())), ("ok".to_owned(), String::new()));
    assert_eq!(status(&response("", gzip, &packed)), ("ok".to_owned(), String::new()));
    let cases = [
        response("WARC-Truncated: length\r\n", "", page.as_bytes()),
        response("", &length, &page.as_bytes()[..page.len() / 2]),
        response("", gzip, &packed[..packed.len() / 2]),
        response("", "Transfer-Encoding: chunked\r\n", format!("{:x}\r\n{page}\r\n", page.len()).as_bytes()),
    ];
    for dump in cases {
        let told = "unboil: -#1: broke off when it was fetched, read up to there (truncated)\n";
        assert_eq!(status(&dump), ("truncated".to_owned(), told.to_owned()));
    }
}

#[test]
fn an_encoding_that_is_not_known_is_named() {
    let bytes: Vec<u8> = (0..2000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let (status, _) = status(&response("", "Content-Encoding: zzz\r\n", &bytes));
    assert_eq!(status, "skipped: text/html in the encoding zzz");
}
