//! The command as its users meet it: arguments, streams, files, and exit codes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Prose that no pattern can name as boilerplate.
const ARTICLE: &str = "\
The ferry to the island runs again from Monday, the harbour office said, after the storm had closed the pier.
For nine days the mail came by rowing boat, and the baker on the far side ran out of flour on the third of them.

Two divers looked at the piles and found them sound. The planks were laid anew by men from three villages,
who worked from the first light until the tide came in and asked for nothing but bread and hot coffee.
";

/// Prose with a footer that everybody would drop.
const LETTER: &str = "\
The ferry to the island runs again from Monday, the harbour office said, after the storm had closed the pier.

You are receiving this email because you subscribed to our newsletter. Unsubscribe
";

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    fn new(code: i32, stdout: &str, stderr: &str) -> Self {
        Self { code: Some(code), stdout: stdout.to_owned(), stderr: stderr.to_owned() }
    }
}

pub(crate) fn command(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unboil"));
    command.args(args).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run_in(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = command(args, folder).spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // The command may end without reading.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the input is written");
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn run(args: &[&str], input: &str) -> Ran {
    run_in(Path::new("."), args, input.as_bytes())
}

/// An empty folder of a test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn an_article_passes_unchanged_from_standard_input_or_a_file() {
    let folder = folder("article");
    fs::write(folder.join("a.txt"), ARTICLE).expect("written");
    for args in [&[][..], &["-"], &["a.txt"], &["-f", "text", "-m", "recall", "-"], &["--or-input", "a.txt"]] {
        assert_eq!(run_in(&folder, args, ARTICLE.as_bytes()), Ran::new(0, ARTICLE, ""), "{args:?}");
    }
}

#[test]
fn several_files_are_printed_one_after_the_other() {
    let folder = folder("several");
    fs::write(folder.join("a.txt"), ARTICLE).expect("written");
    let ran = run_in(&folder, &["a.txt", "-", "a.txt"], ARTICLE.as_bytes());
    assert_eq!(ran, Ran::new(0, &[ARTICLE; 3].concat(), ""));
}

#[test]
fn documents_of_one_output_stand_apart_and_nothing_is_added_to_one() {
    let folder = folder("apart");
    let open = ARTICLE.trim_end();
    let page = "<p>The ferry to the island runs again from Monday, the harbour office said.</p>";
    let paragraph = "The ferry to the island runs again from Monday, the harbour office said.\n";
    let inputs = [("open", open), ("whole", ARTICLE), ("page", page), ("empty", "\n")];
    inputs.iter().for_each(|(name, text)| fs::write(folder.join(name), text).expect("written"));
    let blank = format!("{ARTICLE}\n");
    fs::write(folder.join("blank"), &blank).expect("written");
    let cases = [
        (&["open"][..], open.to_owned()),
        (&["open", "open"], format!("{open}\n{open}")),
        (&["page", "empty", "open", "page"], format!("{paragraph}\n{open}\n\n{paragraph}")),
        (&["blank", "whole"], format!("{blank}{ARTICLE}")),
        (&["-v", "whole", "open"], String::new()),
    ];
    for (args, expected) in cases {
        assert_eq!(run_in(&folder, args, b"").stdout, expected, "{args:?}");
        run_in(&folder, &[args, &["-o", "out"]].concat(), b"");
        assert_eq!(fs::read_to_string(folder.join("out")).expect("an output"), expected, "{args:?}");
    }
    let rows = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
    assert_eq!(run(&["-t", "text"], rows).stdout, "one\n\ntwo");
    let mixed = run_in(&folder, &["open", "-", "open"], rows.as_bytes()).stdout;
    let lines: Vec<&str> = mixed.lines().collect();
    assert_eq!((lines[5].get(..2), lines[6].get(..2), lines[7]), (Some("{\""), Some("{\""), ""), "{mixed}");
    // The pieces of a long text are one document.
    let long = "The ferry runs again. ".repeat(100_000);
    assert_eq!(run(&["-f", "text"], &long).stdout, long);
    let wide: Vec<u8> = "\u{feff}The ferry runs again.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.join("wide"), &wide).expect("written");
    run_in(&folder, &["wide", "wide", "-o", "out"], b"");
    let expected = [&wide[..], b"\n\0", &wide].concat();
    assert_eq!(fs::read(folder.join("out")).expect("an output"), expected);
}

#[test]
fn nothing_to_keep_prints_nothing_and_exits_1() {
    for args in [&[][..], &["-t", "md"], &["-v"], &["--mark"], &["--metadata", "--url", "https://a.example/"]] {
        assert_eq!(run(args, ""), Ran::new(1, "", ""), "{args:?}");
    }
    assert_eq!(run(&[], "\n \n"), Ran::new(1, "", ""));
    assert_eq!(run(&["--or-input"], "\n \n"), Ran::new(1, "\n \n", ""));
}

#[test]
fn a_failing_input_is_one_line_and_the_others_are_processed() {
    let folder = folder("failing");
    fs::create_dir(folder.join("dir")).expect("a folder");
    let missing = "unboil: missing.txt: no such file or directory\n";
    assert_eq!(run_in(&folder, &["missing.txt"], b""), Ran::new(2, "", missing));
    let ran = run_in(&folder, &["missing.txt", "-", "dir"], ARTICLE.as_bytes());
    assert_eq!(
        ran,
        Ran::new(2, ARTICLE, &format!("{missing}unboil: dir: is a directory (-r reads the files in it)\n"))
    );
}

#[test]
fn binary_input_is_an_error() {
    let ran = run(&[], &"\0\u{1}\u{2}\u{3}".repeat(500));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.starts_with("unboil: -: ") && ran.stderr.lines().count() == 1, "{}", ran.stderr);
}

#[test]
fn wrong_usage_is_one_line_and_exits_2() {
    let cases: &[&[&str]] = &[
        &["--no-such-flag"],
        &["-t", "pdf"],
        &["-f", "mp3"],
        &["-m", "fast"],
        &["--title", "maybe"],
        &["--charset", "no-such-charset"],
        &["--max-bytes", "7X"],
        &["--max-nodes", "-1"],
        &["-v", "--mark"],
        &["-v", "-t", "md"],
        &["--mark", "-t", "json"],
        &["--check", "-o", "out.txt"],
        &["--or-input", "-v"],
        &["--metadata", "--mark"],
        &["--files-from", "-", "-"],
        &["--list-rules", "a.txt"],
        &["--list-rules", "-o", "rules.txt"],
        &["--learn", "site.stats.xz"],
    ];
    for args in cases {
        let ran = run(args, ARTICLE);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        let one_line = ran.stderr.starts_with("unboil: ") && ran.stderr.ends_with(" (try --help)\n");
        assert!(one_line && ran.stderr.lines().count() == 1, "{args:?}: {}", ran.stderr);
    }
    let told = [
        (&["--nope"][..], "unexpected argument '--nope' found"),
        (&["--skip-existing", "a.txt"], "--skip-existing needs -o PATH"),
        (&["-0"], "-0 needs --files-from FILE"),
        (&["--glob", "*.txt"], "--glob needs -r"),
        (&["-o", "a.jsonl.xz"], "-o a.jsonl.xz: files are written as .gz or .zst, not as .xz"),
        (&["-o", "a.BZ2"], "-o a.BZ2: files are written as .gz or .zst, not as .bz2"),
    ];
    for (args, what) in told {
        assert_eq!(run(args, ""), Ran::new(2, "", &format!("unboil: {what} (try --help)\n")), "{args:?}");
    }
}

#[test]
fn an_option_that_is_given_again_counts_as_it_was_given_last_unless_it_is_a_list() {
    let folder = folder("again");
    fs::write(folder.join("a.txt"), ARTICLE).expect("written");
    let twice =
        ["-t", "json", "-t", "text", "-q", "-q", "-m", "recall", "-m", "balanced", "-o", "x/y", "-o", "-", "a.txt"];
    assert_eq!(run_in(&folder, &twice, b""), Ran::new(0, ARTICLE, ""));
    let (first, last) = (ARTICLE.lines().next().expect("a line"), ARTICLE.lines().last().expect("a line"));
    let listed = ["--drop-text", ".", "--keep-text", "storm", "--keep-text", "tide"];
    assert_eq!(run(&listed, ARTICLE).stdout, format!("{first}\n\n{last}\n"));
}

#[test]
fn control_characters_of_a_name_are_told_of_and_not_sent_to_the_terminal() {
    let told = "unboil: no\\u{1b}[31m file: no such file or directory\n";
    assert_eq!(run(&["no\u{1b}[31m\nfile"], ""), Ran::new(2, "", told));
    let row = r#"{"id": "a\u001b[31m\nb", "html": "<p class='x\u001b[31m'>The ferry runs again from Monday."}"#;
    let explained = run(&["--explain", "-f", "jsonl"], row).stderr;
    assert!(explained.starts_with("a\\u{1b}[31m b: ") && explained.lines().count() == 2, "{explained:?}");
    assert!(!explained.contains('\u{1b}'), "{explained:?}");
}

#[cfg(unix)]
#[test]
fn a_directory_as_standard_input_fails_as_a_missing_file_does() {
    let directory = || fs::File::open(".").expect("a directory");
    let output = command(&["-t", "json"], Path::new(".")).stdin(directory()).output().expect("the command runs");
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a row");
    assert_eq!((&row["id"], &row["status"]), (&"-".into(), &"error: is a directory".into()));
    assert_eq!((output.status.code(), &*output.stderr), (Some(2), &b"unboil: -: is a directory\n"[..]));
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_gives_no_threads_the_work_is_done_all_the_same() {
    let folder = folder("threads");
    fs::write(folder.join("rows.jsonl"), "{\"text\":\"The ferry runs again from Monday.\"}\n".repeat(50))
        .expect("written");
    let expected = run_in(&folder, &["-j1", "rows.jsonl"], b"");
    // No thread's stack fits in the address space.
    let script = format!("ulimit -v 3000000 && exec '{}' -j 100 rows.jsonl", env!("CARGO_BIN_EXE_unboil"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).env("RUST_MIN_STACK", "4000000000").current_dir(&folder);
    let output = shell.output().expect("a shell");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (expected.code, &b""[..]));
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected.stdout);
}

#[test]
fn check_prints_nothing() {
    assert_eq!(run(&["--check"], ARTICLE), Ran::new(0, "", ""));
    assert_eq!(run(&["--check", "-t", "json"], ""), Ran::new(1, "", ""));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for input in [ARTICLE.to_owned(), ARTICLE.repeat(2000)] {
        let mut child = command(&[], Path::new(".")).spawn().expect("the command starts");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input.as_bytes()).expect("the input is read");
        drop(stdin);
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}

/// What each line of the input became, `+` or `-`, if the two outputs together are the input.
fn sides(input: &str, kept: &str, removed: &str) -> String {
    let mut kept = kept.split_inclusive('\n').peekable();
    let mut removed = removed.split_inclusive('\n').peekable();
    let sides = input
        .split_inclusive('\n')
        .map(|line| {
            if kept.next_if_eq(&line).is_some() {
                '+'
            } else {
                assert_eq!(removed.next(), Some(line), "neither kept nor removed");
                '-'
            }
        })
        .collect();
    assert_eq!((kept.next(), removed.next()), (None, None));
    sides
}

#[test]
fn kept_and_inverted_lines_together_are_the_input() {
    for input in [ARTICLE, LETTER, LETTER.trim_end(), &LETTER.replace('\n', "\r\n"), "\n\nUnsubscribe"] {
        let (kept, removed) = (run(&[], input), run(&["--invert"], input));
        sides(input, &kept.stdout, &removed.stdout);
        assert_eq!((&kept.stderr, kept.code), (&removed.stderr, removed.code));
    }
    let (kept, removed) = (run(&[], LETTER), run(&["-v"], LETTER));
    assert_eq!(sides(LETTER, &kept.stdout, &removed.stdout), "+--");
}

#[test]
fn mark_prints_every_line_with_its_sign() {
    let marked = run(&["--mark"], LETTER);
    let lines: Vec<&str> = marked.stdout.lines().collect();
    let signs: String = lines.iter().filter_map(|line| line.chars().next()).collect();
    assert_eq!((signs.as_str(), marked.code), ("+--", Some(0)));
    for (marked, line) in lines.iter().zip(LETTER.lines()) {
        assert!(marked.ends_with(line), "{marked}");
    }
}

#[test]
fn explanations_stand_beside_the_output() {
    let ran = run(&["--explain"], ARTICLE);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ARTICLE));
    assert!(ran.stderr.starts_with("-: text, UTF-8 ("), "{}", ran.stderr);
    let ran = run(&["--explain=json", "--check"], ARTICLE);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    for line in ran.stderr.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let fields: Vec<&String> = row.as_object().expect("an object").keys().collect();
        let expected = ["doc", "block", "lines", "path", "keep", "score", "family", "rules", "features", "text"];
        assert_eq!(fields, expected);
        assert_eq!((&row["doc"], &row["path"], &row["keep"]), (&"-".into(), &serde_json::Value::Null, &true.into()));
    }
    assert!(!ran.stderr.is_empty());
}

#[test]
fn json_is_one_object_for_each_document() {
    let folder = folder("json");
    fs::write(folder.join("a.txt"), ARTICLE).expect("written");
    let args = ["-t", "json", "--url", "https://News.Example/1", "a.txt", "-"];
    let ran = run_in(&folder, &args, b"");
    let rows: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let facts: Vec<_> = rows
        .iter()
        .map(|row| [&row["id"], &row["host"], &row["text"], &row["status"]].map(|field| field.as_str().expect("text")))
        .collect();
    assert_eq!(facts, [["a.txt", "news.example", ARTICLE, "ok"], ["-", "news.example", "", "empty"]], "{}", ran.stdout);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn metadata_stands_in_front() {
    let ran = run(&["--metadata", "--url", "https://a.example/1"], ARTICLE);
    assert!(ran.stdout.starts_with("---\n") && ran.stdout.contains("url: \"https://a.example/1\"\n"), "{}", ran.stdout);
    assert!(ran.stdout.ends_with(&format!("\n---\n\n{ARTICLE}")), "{}", ran.stdout);
}

#[test]
fn a_document_over_the_limit_fails_and_says_so() {
    let limit = ["--max-bytes", "20", "-q", "-f", "html"];
    let error = "unboil: -: larger than 20 bytes (limit:bytes)\n";
    assert_eq!(run(&limit, ARTICLE), Ran::new(2, "", error));
    let ran = run(&[&limit[..], &["-t", "json"]].concat(), ARTICLE);
    let row: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(
        (&row["status"], &row["text"], &row["chars_in"], &row["confidence"]),
        (&"limit:bytes".into(), &"".into(), &serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), error));
    let short = "The ferry runs again";
    assert_eq!(run(&[&limit[..], &["-t", "json"]].concat(), short).code, Some(0));
    let long = ARTICLE.repeat(20);
    assert_eq!(run(&["--max-bytes", "1k"], &long), Ran::new(0, &long, ""), "a text is cleaned in pieces");
    let told = run(&["--max-bytes", "1k", "--stats"], &long).stderr;
    assert!(told.starts_with("unboil: 1 document: 1 with content; "), "{told}");
    assert_eq!(run(&["--max-bytes", "1k", "--or-input"], &long).code, Some(2), "it is needed whole");
}

#[test]
fn an_output_file_is_replaced_when_it_is_whole() {
    let folder = folder("output");
    let out = folder.join("out.txt");
    fs::write(&out, "old").expect("written");
    assert_eq!(run_in(&folder, &["-o", "out.txt", "missing.txt"], b"").code, Some(2));
    assert_eq!(fs::read_to_string(&out).expect("the old file"), "old");
    let ran = run_in(&folder, &["-o", "out.txt", "-", "missing.txt"], ARTICLE.as_bytes());
    assert_eq!(ran, Ran::new(2, "", "unboil: missing.txt: no such file or directory\n"));
    assert_eq!(fs::read_to_string(&out).expect("the new file"), ARTICLE);
    assert_eq!(run_in(&folder, &["-o", "out.txt"], b""), Ran::new(1, "", ""));
    assert_eq!(fs::read_to_string(&out).expect("the empty file"), "");
    assert_eq!(names(&folder), ["out.txt"]);
    let error = "unboil: no/out.txt: no such file or directory\n";
    assert_eq!(run_in(&folder, &["-o", "no/out.txt"], ARTICLE.as_bytes()), Ran::new(2, "", error));
}

#[test]
fn an_output_directory_gets_a_file_for_each_input() {
    let folder = folder("directory");
    for sub in ["out", "in", "in2"] {
        fs::create_dir(folder.join(sub)).expect("a folder");
    }
    for name in ["in/a.htm.txt", "in/b", "in2/b.txt", "c.txt"] {
        fs::write(folder.join(name), ARTICLE).expect("written");
    }
    let ran = run_in(&folder, &["-o", "out", "in/a.htm.txt", "in/b", "in2/b.txt", "-"], ARTICLE.as_bytes());
    let taken = "unboil: in2/b.txt: out/b.txt already holds the output of in/b\n";
    assert_eq!(ran, Ran::new(2, "", &taken.replace('/', std::path::MAIN_SEPARATOR_STR)));
    assert_eq!(names(&folder.join("out")), ["a.htm.txt", "b.txt", "stdin.txt"]);
    assert_eq!(fs::read_to_string(folder.join("out/b.txt")).expect("an output"), ARTICLE);
    assert_eq!(run_in(&folder, &["-o", "out", "-t", "md", "in/a.htm.txt"], b""), Ran::new(0, "", ""));
    assert_eq!(names(&folder.join("out")), ["a.htm.md", "a.htm.txt", "b.txt", "stdin.txt"]);
    let ran = run_in(&folder, &["-o", ".", "c.txt"], b"");
    assert_eq!(ran, Ran::new(2, "", "unboil: c.txt: its output would overwrite it\n"));
    assert_eq!(run_in(&folder, &["-o", "c.txt", "c.txt"], b""), ran);
    assert_eq!(fs::read_to_string(folder.join("c.txt")).expect("the input"), ARTICLE);
}

#[test]
fn what_follows_a_dot_stays_where_it_is_no_extension() {
    let folder = folder("dots");
    let inputs = ["notes-1.2", "notes-1.3", "1700000000.M1P1.a,S=12:2,S", "page.HTML"];
    inputs.iter().for_each(|name| fs::write(folder.join(name), ARTICLE).expect("written"));
    let ran = run_in(&folder, &[&["-o", "out/"], &inputs[..]].concat(), b"");
    assert_eq!(ran, Ran::new(0, "", ""));
    let outputs = ["1700000000.M1P1.a,S=12:2,S.txt", "notes-1.2.txt", "notes-1.3.txt", "page.txt"];
    assert_eq!(names(&folder.join("out")), outputs);
    assert_eq!(run_in(&folder, &["-o", "-", "notes-1.2"], b""), Ran::new(0, ARTICLE, ""));
}

#[test]
fn where_nothing_is_found_it_says_so() {
    let folder = folder("nothing");
    fs::create_dir(folder.join("in")).expect("a folder");
    assert_eq!(run_in(&folder, &["-r", "in"], b""), Ran::new(1, "", "unboil: no document found\n"));
    assert_eq!(
        run_in(&folder, &["-j", "0"], b"").stderr.lines().next(),
        Some("unboil: invalid value '0' for '--threads <N>': expected a number from 1 on (try --help)")
    );
}

#[cfg(unix)]
#[test]
fn an_output_keeps_what_it_replaces_in_place() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("in-place");
    let out = folder.join("out.txt");
    fs::write(&out, "old").expect("written");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("out.txt", folder.join("link.txt")).expect("a link");
    assert_eq!(run_in(&folder, &["-o", "link.txt"], ARTICLE.as_bytes()), Ran::new(0, "", ""));
    assert!(folder.join("link.txt").is_symlink());
    assert_eq!(fs::read_to_string(&out).expect("the file"), ARTICLE);
    assert_eq!(fs::metadata(&out).expect("the file").permissions().mode() & 0o777, 0o640);
    assert_eq!(run_in(&folder, &["-o", "/dev/stdout"], ARTICLE.as_bytes()), Ran::new(0, ARTICLE, ""));
}

#[test]
fn help_fits_a_screen() {
    let help = run(&["--help"], "");
    assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
    assert_eq!(run(&["-h"], ""), help);
    assert!(help.stdout.lines().count() <= 75, "{}", help.stdout);
    assert!(help.stdout.lines().all(|line| line.chars().count() <= 100), "{}", help.stdout);
    let version = format!("unboil {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(&["--version"], ""), Ran::new(0, &version, ""));
}

#[test]
fn the_built_in_patterns_are_listed_in_columns() {
    let ran = run(&["--list-rules"], "");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(ran.stdout.lines().count(), unboil::rules().len());
    let mut starts = std::collections::BTreeSet::new();
    for (line, rule) in ran.stdout.lines().zip(unboil::rules()) {
        let mut rest = line;
        for column in [&*rule.id, rule.family.name(), &rule.language] {
            starts.insert((line.len() - rest.len(), column == rule.family.name()));
            rest = rest.strip_prefix(column).unwrap_or_else(|| panic!("{column}: {line}")).trim_start();
        }
        assert_eq!(rest, rule.example.trim_start());
    }
    let places: std::collections::BTreeSet<usize> = starts.into_iter().map(|(start, _)| start).collect();
    assert_eq!(places.len(), 3, "{places:?}");
}

#[test]
fn own_rules_are_listed_behind_the_built_in_ones() {
    let room = folder("listed-rules");
    fs::write(room.join("own.tsv"), readme_rules()).expect("written");
    let built_in = run(&["--list-rules"], "").stdout.lines().count();
    let listed = run_in(&room, &["--list-rules", "--rules", "own.tsv"], b"");
    assert_eq!((listed.code, listed.stdout.lines().count()), (Some(0), built_in + 1));
    let last: Vec<&str> = listed.stdout.lines().last().expect("a line").split_whitespace().collect();
    assert_eq!(last, ["ads.own-box.any", "ads", "*"]);
}

/// The rules that the README shows.
fn readme_rules() -> String {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let lines = readme.lines().skip_while(|line| !line.starts_with("id\tfamily\t")).take_while(|line| *line != "```");
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn own_rules_and_patterns_are_obeyed_and_their_faults_are_one_line() {
    let room = folder("own-rules");
    let head = "id\tfamily\tcue\tposition\tstrength\tlanguage\tpattern\tunless\texample\tcounter-example\tsource";
    fs::write(
        room.join("own.tsv"),
        format!("{head}\nads.baker.en\tads\tphrase\tany\tstrong\ten\tout of flour\t\t\t\t\n"),
    )
    .expect("a file");
    fs::write(room.join("bad.tsv"), format!("# mine\n{head}\nads.x.en\tads\tsmell\tany\tweak\ten\tx\t\t\t\t\n"))
        .expect("a file");
    let first = ARTICLE.lines().next().expect("a line");
    let kept: Vec<&str> = ARTICLE.lines().filter(|line| !line.contains("baker")).collect();
    let without_baker = kept.join("\n") + "\n";
    let cases = [
        (&["--rules", "own.tsv"][..], Ran::new(0, &without_baker, "")),
        (&["--drop-text", "out of flour$|flour on"], Ran::new(0, &without_baker, "")),
        (&["--drop-text", ".", "--keep-text", "storm"], Ran::new(0, &format!("{first}\n"), "")),
        (
            &["--rules", "bad.tsv"],
            Ran::new(2, "", "unboil: bad.tsv:3: field cue: `smell` is none of name, phrase, line, url, element\n"),
        ),
        (&["--rules", "none.tsv"], Ran::new(2, "", "unboil: none.tsv: no such file or directory\n")),
        (&["--keep-text", "("], Ran::new(2, "", "unboil: --keep-text `(`: unclosed group\n")),
    ];
    for (args, expected) in cases {
        assert_eq!(run_in(&room, args, ARTICLE.as_bytes()), expected, "{args:?}");
    }
}

#[test]
fn the_examples_of_the_readme_are_what_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let page = "corpus/text-newsletter-footer/page.txt";
    let tail = |text: &str, count: usize| {
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len() - count..].iter().map(|line| format!("{line}\n")).collect::<String>()
    };
    let marked = run_in(root, &["--mark", page], b"").stdout;
    assert!(readme.contains(&tail(&marked, 8)), "{marked}");
    let explained = run_in(root, &["--explain", page], b"").stderr;
    let lines: String = tail(&explained, 4).lines().take(2).map(|line| format!("{line}\n")).collect();
    assert!(readme.contains(&lines), "{explained}");
    let room = folder("readme-rules");
    fs::write(room.join("own.tsv"), readme_rules()).expect("written");
    let page = "<p>The ferry to the island runs again from Monday, the harbour office said.</p>\
        <div class=partner><p>The planks were laid anew by three men, who came from the far side of the bay.</p></div>";
    let read = |url: &str| run_in(&room, &["--rules", "own.tsv", "--url", url], page.as_bytes());
    assert_eq!(read("https://www.example.com/a").stdout.lines().count(), 1);
    assert_eq!(read("https://www.example.org/a").stdout.lines().count(), 3);
    let languages: std::collections::BTreeSet<&str> = unboil::rules().iter().map(|rule| &*rule.language).collect();
    let (rules, languages) = (unboil::rules().len(), languages.len() - 1);
    let families = unboil::Family::ALL.len();
    let number = format!("{},{:03}", rules / 1000, rules % 1000);
    let told = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("{number} patterns of {families} families in {languages} languages")));
    let changes = fs::read_to_string(root.join("CHANGELOG.md")).expect("the changelog");
    assert!(changes.contains(&format!("{number} rules of {families} families in {languages} languages")));
}
