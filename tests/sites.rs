//! Templates as users meet them: learn from a crawl, or from its parts, and clean with what was learned.

use std::fs;

use serde_json::{Value, json};

use crate::cli::{folder, run_in};

/// A box that reads like prose, as sites put under every article.
const BOX: &str =
    "The harbour office thanks all who have sent pictures of the old boats, which hang in the hall from nine to five.";

fn page(number: usize) -> String {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][number % 6];
    let more = "and the night boat returns a week later, the council said. ".repeat(number % 5 + 1);
    let html = format!(
        "<html><head><title>Boats of {days}</title></head><body><article><h1>Boats of {days}, part {number}</h1>\
         <p>The boat of {days} runs again after {number} days of storm, {more}</p>\
         <p>On {days} the baker on the far side had run out of flour, and {number} men laid the planks anew.</p>\
         <p>{BOX}</p></article></body></html>"
    );
    json!({"id": number.to_string(), "url": format!("https://harbour.example/{number}"), "html": html}).to_string()
        + "\n"
}

fn texts(rows: &str) -> Vec<String> {
    let text =
        |row: &str| serde_json::from_str::<Value>(row).expect("a row")["text"].as_str().expect("a text").to_owned();
    rows.lines().map(text).collect()
}

#[test]
fn what_the_pages_of_a_site_share_goes_when_it_was_learned() {
    let folder = folder("sites");
    let crawl: String = (0..12).map(page).collect();
    let plain = run_in(&folder, &[], crawl.as_bytes());
    assert!(texts(&plain.stdout).iter().all(|text| text.contains("pictures of the old boats")), "it reads like prose");
    let learned = run_in(&folder, &["--learn", "site.stats", "-j1"], crawl.as_bytes());
    assert_eq!((learned.code, learned.stdout.as_str(), learned.stderr.as_str()), (Some(0), "", ""));
    let clean = run_in(&folder, &["--templates", "site.stats"], crawl.as_bytes());
    for (number, text) in texts(&clean.stdout).into_iter().enumerate() {
        assert!(!text.contains("pictures") && text.contains(&format!("{number} men laid")), "{text}");
    }
    assert_eq!(run_in(&folder, &["--templates", "site.stats", "-j2"], crawl.as_bytes()), clean);
    let why = run_in(&folder, &["--templates", "site.stats", "--explain"], page(3).as_bytes());
    assert!(why.stderr.contains("site.share 0.9"), "{}", why.stderr);
}

#[test]
fn a_heading_that_every_page_has_stays_over_what_the_page_has_alone() {
    let folder = folder("sites-heading");
    let with_heading = |number: usize| {
        let heading = "<h2>What the council said</h2><p>Of the";
        page(number).replace("<p>On ", &format!("{heading} {number} plans for "))
    };
    let crawl: String = (0..12).map(with_heading).collect();
    run_in(&folder, &["--learn", "site.stats"], crawl.as_bytes());
    let clean = run_in(&folder, &["--templates", "site.stats"], crawl.as_bytes());
    for text in texts(&clean.stdout) {
        assert!(text.contains("What the council said") && !text.contains("pictures"), "{text}");
    }
}

#[test]
fn parts_of_a_crawl_give_the_file_of_the_whole() {
    let folder = folder("sites-parts");
    let part = |numbers: std::ops::Range<usize>| numbers.map(page).collect::<String>();
    let learn = |file: &str, input: &str, jobs: &str| {
        let ran = run_in(&folder, &["--learn", file, jobs], input.as_bytes());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    };
    let bytes = |file: &str| fs::read(folder.join(file)).expect("a file");
    learn("whole", &part(0..20), "-j2");
    // The second run adds to the file of the first; that they overlap changes nothing.
    learn("parts", &part(8..20), "-j1");
    learn("parts", &part(0..11), "-j2");
    assert_eq!(bytes("parts"), bytes("whole"));
    learn("a.gz", &part(0..9), "-j1");
    learn("b", &part(9..20), "-j1");
    let input = part(0..20);
    let joined = run_in(&folder, &["--templates", "b", "--templates", "a.gz"], input.as_bytes());
    assert_eq!(joined, run_in(&folder, &["--templates", "whole"], input.as_bytes()));
}

#[test]
fn what_cannot_be_learned_from_or_read_is_told_in_one_line() {
    let folder = folder("sites-faults");
    let ran = run_in(
        &folder,
        &["--learn", "x", "-f", "html"],
        b"<p>The ferry runs again from Monday, the harbour office said.</p>",
    );
    let told = "unboil: nothing learned of 1 document without an address or main content\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), told));
    fs::write(folder.join("bad"), "no statistics\n").expect("written");
    for args in [&["--templates", "bad"][..], &["--learn", "bad"]] {
        let ran = run_in(&folder, args, page(1).as_bytes());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert_eq!(ran.stderr, "unboil: bad: line 1: no statistics of templates\n");
    }
    assert_eq!(fs::read(folder.join("bad")).expect("a file"), b"no statistics\n", "it is not overwritten");
    let ran = run_in(&folder, &["--templates", "missing"], b"");
    assert_eq!(ran.stderr, "unboil: missing: no such file or directory\n");
    for place in [".", "/dev/full"].into_iter().filter(|place| std::path::Path::new(place).exists()) {
        let ran = run_in(&folder, &["--learn", place], page(1).as_bytes());
        assert_eq!((ran.code, ran.stderr), (Some(2), format!("unboil: {place}: is no regular file\n")));
    }
}
