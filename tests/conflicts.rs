//! Inputs and outputs that stand in each other's way: nothing of the user's is overwritten, and nothing is passed over in silence.

use std::fs;

use crate::cli::{folder, run_in};

const PAGE: &str = "<article><h1>Ferry runs again</h1><p>The ferry to the island runs again from Monday, the harbour office \
    said, after the storm had closed the pier.</p><p>Two divers looked at the piles and found them sound, and three men \
    laid the planks anew.</p></article>";

#[test]
fn an_output_never_takes_the_place_of_another_input() {
    let folder = folder("conflicts-place");
    let at = |name: &str| folder.join(name);
    fs::write(at("a.html"), PAGE).expect("a page");
    fs::write(at("a.txt"), "notes\n").expect("notes");
    let ran = run_in(&folder, &["a.html", "a.txt", "-o", "."], b"");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("unboil: a.html: its output would overwrite the input "), "{}", ran.stderr);
    assert_eq!(fs::read(at("a.txt")).expect("notes"), b"notes\n");
    let ran = run_in(&folder, &["-r", ".", "-o", "."], b"");
    assert_eq!(ran.code, Some(2));
    let expected = "unboil: -o .: the outputs would stand among the inputs, and overwrite some (try --help)\n";
    assert_eq!(ran.stderr, expected);
    assert_eq!(fs::read(at("a.txt")).expect("notes"), b"notes\n");
}

#[test]
fn what_this_run_wrote_is_not_taken_for_done_before() {
    let folder = folder("conflicts-existing");
    fs::create_dir(folder.join("in")).expect("a folder");
    for name in ["index.html", "index.htm"] {
        fs::write(folder.join("in").join(name), PAGE).expect("a page");
    }
    for threads in ["-j1", "-j2"] {
        let _ = fs::remove_dir_all(folder.join("out"));
        let ran = run_in(&folder, &[threads, "-r", "in", "-o", "out/", "--skip-existing"], b"");
        assert_eq!(ran.code, Some(2), "{threads}");
        assert!(ran.stderr.contains("already holds the output of"), "{}", ran.stderr);
    }
}

#[test]
fn a_run_that_failed_is_not_taken_for_whole() {
    let folder = folder("conflicts-whole");
    fs::write(folder.join("a.html"), PAGE).expect("a page");
    let args = ["missing.html", "a.html", "-t", "jsonl", "-o", "rows.jsonl", "--skip-existing"];
    let ran = run_in(&folder, &args, b"");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("rows.jsonl: not written"), "{}", ran.stderr);
    fs::write(folder.join("missing.html"), PAGE).expect("a page");
    assert_eq!(run_in(&folder, &args, b"").code, Some(0));
    let rows = fs::read_to_string(folder.join("rows.jsonl")).expect("rows");
    assert_eq!(rows.lines().count(), 2);
}

#[test]
fn a_list_that_cannot_be_read_is_told_of_once() {
    let folder = folder("conflicts-list");
    let ran = run_in(&folder, &["--files-from", "."], b"");
    assert_eq!((ran.code, ran.stderr.lines().count()), (Some(2), 1), "{}", ran.stderr);
}

#[test]
fn names_of_any_length_that_the_system_takes_are_written() {
    let folder = folder("conflicts-names");
    let name = format!("{}.html", "n".repeat(240));
    fs::write(folder.join(&name), PAGE).expect("a page");
    let ran = run_in(&folder, &[&name, "-o", "out/"], b"");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn standard_output_is_not_read() {
    use crate::cli::command;
    let folder = folder("conflicts-stdout");
    fs::write(folder.join("a.html"), PAGE).expect("a page");
    let out = fs::OpenOptions::new().append(true).open(folder.join("a.html")).expect("the page");
    let child = command(&["a.html"], &folder).stdout(out).spawn().expect("the command starts");
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(2));
    let expected = "unboil: a.html: standard output is written to it\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
    assert_eq!(fs::read_to_string(folder.join("a.html")).expect("the page"), PAGE);
}

#[test]
fn other_fields_of_a_row_come_out_as_they_went_in() {
    let row = "{\"big\":123456789012345678901234567890,\"v\":393.35362306983956,\"html\":\"\",\"text\":\"The ferry runs again.\"}";
    let ran = run_in(&folder("conflicts-rows"), &["-f", "jsonl"], row.as_bytes());
    assert!(ran.stdout.contains("\"big\":123456789012345678901234567890,\"v\":393.35362306983956"), "{}", ran.stdout);
    assert!(ran.stdout.contains("The ferry runs again."), "{}", ran.stdout);
}
