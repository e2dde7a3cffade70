//! Runs that are killed: what stands under a final name is whole, and the next run goes on.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::cli::{command, folder, run_in};

const PAGES: usize = 120;

fn crawl() -> String {
    let page = |number: usize| {
        let html = format!(
            "<html><body><nav><a href=/>Home</a></nav><p>Boat number {number} runs again from Monday, {}the office said.</p></body></html>",
            "and it takes the mail as well, ".repeat(number % 40)
        );
        json!({"id": number.to_string(), "html": html}).to_string() + "\n"
    };
    (0..PAGES).map(page).collect()
}

/// The files below a folder with their bytes; hidden ones are what a killed run leaves behind, under no final name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named =
        files.map(|file| (file.path().strip_prefix(folder).expect("below").display().to_string(), file.into_path()));
    named.filter(|(name, _)| !name.contains("/.")).map(|(name, path)| (name, fs::read(path).expect("a file"))).collect()
}

#[test]
fn a_run_that_was_killed_ten_times_ends_as_an_undisturbed_one() {
    let folder = folder("killed");
    fs::write(folder.join("crawl.jsonl"), crawl()).expect("written");
    let args = |out: &'static str| ["crawl.jsonl", "-t", "text", "-j2", "--skip-existing", "-o", out];
    assert_eq!(run_in(&folder, &args("whole/"), b"").code, Some(0));
    let whole = files(&folder.join("whole"));
    assert_eq!(whole.len(), PAGES);
    for moment in 0..10 {
        let mut child = command(&args("killed/"), &folder).spawn().expect("the command starts");
        std::thread::sleep(Duration::from_millis(5 + 9 * moment));
        child.kill().expect("killed");
        child.wait().expect("ended");
        for (name, bytes) in files(&folder.join("killed")) {
            assert_eq!(Some(&bytes), whole.get(&name), "{name} stands there whole");
        }
    }
    assert_eq!(run_in(&folder, &args("killed/"), b"").code, Some(0));
    assert_eq!(files(&folder.join("killed")), whole);
}

#[test]
fn one_output_file_is_there_whole_or_not_at_all() {
    let folder = folder("killed-file");
    fs::write(folder.join("crawl.jsonl"), crawl()).expect("written");
    let args = |out: &'static str| ["crawl.jsonl", "-j2", "-o", out];
    assert_eq!(run_in(&folder, &args("whole.jsonl"), b"").code, Some(0));
    let whole = fs::read(folder.join("whole.jsonl")).expect("a file");
    for moment in 0..6 {
        let mut child = command(&args("out.jsonl"), &folder).spawn().expect("the command starts");
        std::thread::sleep(Duration::from_millis(5 + 15 * moment));
        child.kill().expect("killed");
        child.wait().expect("ended");
        if let Ok(bytes) = fs::read(folder.join("out.jsonl")) {
            assert_eq!(bytes, whole);
        }
    }
}
