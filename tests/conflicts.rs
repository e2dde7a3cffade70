//! Inputs and outputs that stand in each other's way: nothing of the user's is overwritten, and nothing is passed over
//! in silence.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

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
fn the_output_of_an_input_that_ends_early_is_not_taken_for_done() {
    let folder = folder("conflicts-early");
    let row = |number: usize| format!("{{\"id\":\"{number}\",\"text\":\"The ferry runs again on day {number}.\"}}\n");
    let rows: String = (0..400).map(row).collect();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(rows.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let half = rows.get(..rows.len() / 2 + 5).expect("a half");
    let cases = [
        ("a.jsonl.gz", packed.clone(), &packed[..packed.len() / 2]),
        ("a.jsonl", rows.clone().into(), half.as_bytes()),
    ];
    for (name, whole, early) in cases {
        for (out, file) in [("dir/", "dir/a.jsonl"), ("rows.jsonl", "rows.jsonl")] {
            let args = [name, "-t", "jsonl", "-o", out, "--skip-existing"];
            fs::write(folder.join(name), early).expect("written");
            let ran = run_in(&folder, &args, b"");
            assert_eq!(ran.code, Some(2));
            assert!(
                ran.stderr.contains(&format!("unboil: {file}: not written, since an input failed")),
                "{}",
                ran.stderr
            );
            fs::write(folder.join(name), &whole).expect("written");
            assert_eq!(run_in(&folder, &args, b"").code, Some(0));
            assert_eq!(fs::read_to_string(folder.join(file)).expect("rows").lines().count(), 400, "{name} {file}");
            fs::remove_file(folder.join(file)).expect("removed");
        }
    }
    // What is damaged in its middle is as whole as it will be.
    fs::write(folder.join("b.jsonl"), format!("{}{{\"id\":\n{}", row(1), row(2))).expect("written");
    let ran = run_in(&folder, &["b.jsonl", "-t", "jsonl", "-o", "dir/", "--skip-existing"], b"");
    assert_eq!((ran.code, fs::read_to_string(folder.join("dir/b.jsonl")).expect("rows").lines().count()), (Some(2), 3));
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
fn a_link_that_leads_nowhere_is_told_of_and_a_linked_folder_is_left_out() {
    use std::os::unix::fs::symlink;
    let folder = folder("conflicts-links");
    for name in ["in", "other"] {
        fs::create_dir(folder.join(name)).expect("a folder");
        fs::write(folder.join(name).join("a.html"), PAGE).expect("a page");
    }
    let links = [("a.html", "in/b.html"), ("nowhere", "in/c.html"), ("nowhere", "in/d.txt"), ("../other", "in/e")];
    links.iter().for_each(|(to, link)| symlink(to, folder.join(link)).expect("a link"));
    let ran = run_in(&folder, &["-r", "in", "--glob", "*.html", "-t", "jsonl"], b"");
    let rows: Vec<serde_json::Value> =
        ran.stdout.lines().map(|row| serde_json::from_str(row).expect("a row")).collect();
    let statuses: Vec<&str> = rows.iter().filter_map(|row| row["status"].as_str()).collect();
    assert_eq!(statuses, ["ok", "ok", "error: no such file or directory"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), "unboil: in/c.html: no such file or directory\n"));
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

#[test]
fn an_output_never_takes_the_place_of_an_input_of_a_list() {
    let folder = folder("conflicts-listed");
    let at = |name: &str| folder.join(name);
    for (name, text) in [("a.html", PAGE), ("a.txt", "notes\n")] {
        fs::write(at(name), text).expect("written");
    }
    let ran = run_in(&folder, &["--files-from", "-", "-o", "."], b"a.html\na.txt\n");
    let expected = "unboil: a.html: its output would overwrite the input ./a.txt\n\
        unboil: a.txt: its output would overwrite it\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), expected));
    assert_eq!(fs::read(at("a.txt")).expect("notes"), b"notes\n");
}

#[test]
fn an_output_never_stands_among_the_files_of_a_directory_that_is_read() {
    let folder = folder("conflicts-nested");
    let at = |name: &str| folder.join(name);
    fs::create_dir_all(at("s/a/a/b")).expect("folders");
    fs::create_dir_all(at("s/a/b")).expect("folders");
    for (name, text) in [("s/a/a/x.html", PAGE), ("s/a/x.txt", "notes\n"), ("s/a/a/b/y.html", PAGE)] {
        fs::write(at(name), text).expect("written");
    }
    let ran = run_in(&folder, &["-r", "s/a", "-o", "s"], b"");
    assert_eq!((ran.code, ran.stderr.lines().count()), (Some(2), 2), "{}", ran.stderr);
    assert!(ran.stderr.contains("s/a/a/x.html: its output s/a/x.txt would stand among the inputs\n"), "{}", ran.stderr);
    assert_eq!(fs::read(at("s/a/x.txt")).expect("notes"), b"notes\n");
    assert!(!at("s/a/b/y.txt").exists());
    // Below the directory that is read nothing of the output is an input, also if it was not there at first.
    for _ in 0..2 {
        let ran = run_in(&folder, &["-r", ".", "-o", "s/b/out/"], b"");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert_eq!(
            walkdir::WalkDir::new(at("s/b/out")).into_iter().flatten().filter(|e| e.path().is_file()).count(),
            3 + 1
        );
    }
}

const LETTERS: &str = "\
From ada@harbour.example Mon Feb  3 10:00:00 2025
From: ada@harbour.example
Subject: Ferry

The ferry to the island runs again from Monday, the harbour office said.

From ada@harbour.example Tue Feb  4 10:00:00 2025
From: ada@harbour.example
Subject: Planks

Two divers looked at the piles and found them sound, and three men laid the planks anew.

";

#[test]
fn inputs_of_one_name_are_told_of_once_and_not_taken_for_done() {
    let folder = folder("conflicts-mailboxes");
    for (at, text) in [("x", LETTERS.to_owned()), ("y", LETTERS.replace("Ferry", "Boat"))] {
        fs::create_dir(folder.join(at)).expect("a folder");
        fs::write(folder.join(at).join("a.mbox"), text).expect("written");
    }
    let taken = "unboil: y/a.mbox: o/a.mbox already holds the output of x/a.mbox\n";
    let args = ["x/a.mbox", "y/a.mbox", "-t", "text", "-o", "o/"];
    for more in [&["--skip-existing", "-j1"][..], &["-j2"], &["--skip-existing", "-j2"]] {
        let ran = run_in(&folder, &[&args[..], more].concat(), b"");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), taken), "{more:?}");
    }
    let ran = run_in(&folder, &["x/a.mbox", "y/a.mbox", "-t", "jsonl", "-o", "rows/", "--stats"], b"");
    assert_eq!((ran.code, ran.stderr.lines().count()), (Some(2), 2), "{}", ran.stderr);
    assert!(ran.stderr.contains("unboil: 3 documents: 2 with content, 1 failed; "), "{}", ran.stderr);
}

#[test]
fn a_mailbox_in_the_place_of_its_own_folder_is_told_of_once() {
    let folder = folder("conflicts-folder");
    fs::write(folder.join("a.mbox"), LETTERS).expect("written");
    let ran = run_in(&folder, &["a.mbox", "-t", "text", "-o", "."], b"");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), "unboil: a.mbox: its output would overwrite it\n"));
    fs::create_dir(folder.join("out")).expect("a folder");
    fs::write(folder.join("out/a.mbox"), "notes\n").expect("notes");
    let ran = run_in(&folder, &["a.mbox", "-t", "text", "-o", "out"], b"");
    let expected = "unboil: a.mbox: out/a.mbox, where its documents would go, is a file\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), expected));
}
