//! `lab eval` and `lab worst` as a developer calls them: files in, report and exit code out.
#![allow(missing_docs, reason = "a test crate has no readers of its docs")]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;

/// id, type, gold.
const PAGES: [(&str, &str, &str); 3] = [
    ("ferry", "article", "The ferry runs again."),
    ("pier", "forum", "The pier is closed for nine days."),
    ("shop", "forum", "Nets and rope."),
];

const PREDICTIONS: &str = r#"{"ferry": "The ferry runs again.", "pier": "Menu: the pier is closed", "shop": null}"#;

/// Worked out by hand: `pier` has 4 of 5 words right and 4 of 7 found, so F1 is 2/3; `shop` is lost.
const TABLE: &str = "\
group            pages       P       R      F1    with without    lost
all                  3  0.6000  0.5238  0.5556  1.0000  0.0000  0.3333
article              1  1.0000  1.0000  1.0000  1.0000  0.0000  0.0000
forum                2  0.4000  0.2857  0.3333  1.0000  0.0000  0.5000
";

fn room(name: &str) -> io::Result<PathBuf> {
    let room = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if room.exists() {
        fs::remove_dir_all(&room)?;
    }
    fs::create_dir_all(&room)?;
    fs::write(room.join("predictions.json"), PREDICTIONS)?;
    Ok(room)
}

fn gzip(path: &Path, text: &str) -> io::Result<()> {
    let mut file = GzEncoder::new(File::create(path)?, Compression::fast());
    file.write_all(text.as_bytes())?;
    file.finish().map(drop)
}

fn rows() -> String {
    let row =
        |(id, page_type, gold)| serde_json::json!({"id": id, "type": page_type, "body": gold, "raw": "x"}).to_string();
    PAGES.map(row).join("\n")
}

fn corpus(room: &Path) -> io::Result<()> {
    for (id, page_type, gold) in PAGES {
        let folder = room.join("set").join(id);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("page.html"), "<p>x")?;
        fs::write(folder.join("gold.txt"), gold)?;
        fs::write(folder.join("about.json"), serde_json::json!({"type": page_type}).to_string())?;
    }
    fs::write(room.join("set/README.md"), "not a page")
}

fn lab(room: &Path, command: &str, arguments: &[&str]) -> io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_lab")).arg(command).args(arguments).current_dir(room).output()
}

fn eval(room: &Path, arguments: &[&str]) -> io::Result<Output> {
    lab(room, "eval", arguments)
}

#[track_caller]
fn assert_output(output: &Output, stdout: &str, code: i32) {
    let found = (String::from_utf8_lossy(&output.stdout), output.status.code());
    assert_eq!(found, (stdout.into(), Some(code)), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_three_forms_of_a_set_give_the_same_table() -> io::Result<()> {
    let letters = room("letters")?;
    gzip(&letters.join("set.jsonl.gz"), &rows())?;
    assert_output(&eval(&letters, &["set.jsonl.gz", "--from", "predictions.json"])?, TABLE, 0);

    let pages = room("pages")?;
    fs::create_dir(pages.join("set"))?;
    gzip(&pages.join("set/truth.jsonl.gz"), &rows())?;
    assert_output(&eval(&pages, &["set", "--from", "predictions.json"])?, TABLE, 0);

    let folders = room("folders")?;
    corpus(&folders)?;
    assert_output(&eval(&folders, &["set", "--from", "predictions.json"])?, TABLE, 0);
    Ok(())
}

#[test]
fn a_missed_floor_is_printed_and_exits_with_one() -> io::Result<()> {
    let room = room("floors")?;
    corpus(&room)?;
    let check = |floors: &str| {
        fs::write(room.join("floors.tsv"), floors)?;
        eval(&room, &["set", "absent", "--from", "predictions.json", "--floors", "floors.tsv"])
    };
    let held = check("# set\tgroup\tmeasure\tfloor\nset\tall\tF1\t0.5556\nset\tforum\tlost\t0.5\n")?;
    let table = format!("set\n{TABLE}");
    let skipped = "absent: skipped, the set is not present\n";
    assert_output(&held, &format!("{table}{skipped}floors: 2 held, 0 missed, 0 skipped\n"), 0);
    let missed = check("set\tall\tF1\t0.5557\nabsent\tall\tF1\t0.9\n")?;
    let report = format!("set all F1: 0.5556 is below 0.5557\n{skipped}floors: 0 held, 1 missed, 1 skipped\n");
    assert_output(&missed, &(table + &report), 1);
    Ok(())
}

#[test]
fn predictions_and_scores_written_are_read_again_as_they_were() -> io::Result<()> {
    let room = room("again")?;
    corpus(&room)?;
    let first = ["set", "--from", "predictions.json", "--predictions", "again.json", "--per-page", "a.tsv"];
    assert_output(&eval(&room, &first)?, TABLE, 0);
    assert_output(&eval(&room, &["set", "--from", "again.json", "--per-page", "b.tsv", "-j", "3"])?, TABLE, 0);
    let again = fs::read_to_string(room.join("again.json"))?;
    assert_eq!(again, "{\"ferry\":\"The ferry runs again.\",\"pier\":\"Menu: the pier is closed\",\"shop\":\"\"}\n");
    assert_eq!(fs::read(room.join("a.tsv"))?, fs::read(room.join("b.tsv"))?);
    Ok(())
}

#[test]
fn a_comparison_is_the_same_from_predictions_and_from_scores() -> io::Result<()> {
    let room = room("compare")?;
    corpus(&room)?;
    fs::write(
        room.join("better.json"),
        r#"{"ferry": "The ferry", "pier": "The pier is closed for nine days", "shop": "rope"}"#,
    )?;
    for name in ["predictions", "better"] {
        eval(&room, &["set", "--from", &format!("{name}.json"), "--per-page", &format!("{name}.tsv")])?;
    }
    let from_predictions = eval(&room, &["set", "--compare", "predictions.json", "better.json"])?;
    let from_scores = eval(&room, &["--compare", "predictions.tsv", "better.tsv"])?;
    let expected = "\
set: F1, the second less the first, with standard error and 95 % interval
group            pages    first   second    moved    error      low     high
all                  3   0.5556   0.7222  +0.1667   0.2546  -0.3333  +0.5000
article              1   1.0000   0.6667  -0.3333   0.0000  -0.3333  -0.3333
forum                2   0.3333   0.7500  +0.4167   0.0833  +0.3333  +0.5000
3 of 3 pages moved: 2 rose, 1 fell
fell most:
   -0.3333  1.0000 -> 0.6667  set article - ferry
rose most:
   +0.5000  0.0000 -> 0.5000  set forum - shop
   +0.3333  0.6667 -> 1.0000  set forum - pier
";
    assert_output(&from_predictions, expected, 0);
    assert_output(&from_scores, expected, 0);
    Ok(())
}

#[test]
fn what_is_no_set_is_an_error_with_code_two() -> io::Result<()> {
    let room = room("none")?;
    fs::create_dir(room.join("empty"))?;
    for arguments in [["absent", "-j", "1"], ["empty", "-j", "1"], ["predictions.json", "-j", "1"]] {
        assert_output(&eval(&room, &arguments)?, "", 2);
    }
    Ok(())
}

#[test]
fn the_worst_pages_come_lowest_f1_first() -> io::Result<()> {
    let room = room("worst")?;
    corpus(&room)?;
    let expected = "\
\x20     F1       P       R  type          lang id  address
  0.0000  0.0000  0.0000  forum         -    shop  -
  0.6667  0.8000  0.5714  forum         -    pier  -
";
    assert_output(&lab(&room, "worst", &["set", "-n", "2", "--from", "predictions.json"])?, expected, 0);
    Ok(())
}

#[test]
fn only_and_limit_choose_the_pages() -> io::Result<()> {
    let room = room("only")?;
    corpus(&room)?;
    let expected = "\
group            pages       P       R      F1    with without    lost
all                  1  0.8000  0.5714  0.6667  1.0000  0.0000  0.0000
forum                1  0.8000  0.5714  0.6667  1.0000  0.0000  0.0000
";
    let arguments = ["set", "--from", "predictions.json", "--only", "forum", "--limit", "1"];
    assert_output(&eval(&room, &arguments)?, expected, 0);
    Ok(())
}
