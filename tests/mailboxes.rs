//! Mailboxes and Maildirs: many letters, one row or text for each, whatever is damaged between them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use unboil::input::{Format, Reading, Records};

use crate::cli::{folder, run_in};

const FROM: &str = "From ada@harbour.example Mon Feb  3 10:00:00 2025\n";

fn letter(number: usize) -> String {
    format!(
        "From: Ada Lovell <ada@harbour.example>\nTo: ben@vale.example\nSubject: Boat {number}\n\
         Date: Mon, 3 Feb 2025 10:00:00 +0100\nMessage-ID: <{number}@harbour.example>\n\n\
         Boat number {number} runs again from Monday, and the night boat returns a week later.\n\
         >From here it takes an hour.\n\n-- \nAda Lovell, Harbour Office\n"
    )
}

fn mailbox(letters: usize) -> String {
    (0..letters).map(|number| format!("{FROM}{}\n", letter(number))).collect()
}

fn body(number: usize) -> String {
    format!(
        "Boat number {number} runs again from Monday, and the night boat returns a week later.\nFrom here it takes an hour.\n"
    )
}

fn rows(output: &str) -> Vec<Value> {
    output.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect()
}

/// What comes out of a letter, its title, and its status.
fn read(letter: &str) -> (String, Option<String>, unboil::Status) {
    let record = unboil::Record::new(letter).kind(unboil::Kind::Mail);
    let extraction = unboil::Extractor::default().extract(&record);
    let text = String::from_utf8_lossy(&unboil::render::text(&extraction)).into_owned();
    (text, extraction.metadata.title.clone(), extraction.status)
}

#[test]
fn addresses_and_subjects_that_look_like_media_types_are_none() {
    let links: String = (0..300).map(|at| format!("https://lists.harbour.example/message/{at}\n")).collect();
    let letter = format!("From: ada@harbour.example\nSubject: All of them\n\nThese are the letters of May:\n\n{links}");
    let (text, _, status) = read(&letter);
    assert_eq!((text.lines().count(), status), (302, unboil::Status::Ok));
    let asked = "From: ada@harbour.example\nSubject: What is Content-Type: multipart/digest?\n\nIt came with this:\n\n\
        --abc\nContent-Type: text/plain\n\nand nothing else in it.\n";
    let (_, title, status) = read(asked);
    assert_eq!((title.as_deref(), status), (Some("What is Content-Type: multipart/digest?"), unboil::Status::Ok));
}

#[test]
fn a_letter_of_a_header_alone_is_empty_and_a_cut_part_is_none() {
    let header = "From: ada@harbour.example\nTo: ben@vale.example\nSubject: Boats";
    for end in ["", "\n", "\r\n", "\n\n"] {
        let (text, title, status) = read(&format!("{header}{end}"));
        assert_eq!((text.as_str(), title.as_deref(), status), ("", Some("Boats"), unboil::Status::Empty), "{end:?}");
    }
    let cut =
        "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe ferry";
    assert_eq!(read(&format!("{header}{cut}")).2, unboil::Status::Malformed);
}

#[test]
fn every_letter_of_a_mailbox_has_its_row_in_order() {
    let folder = folder("mailbox");
    let mailbox = mailbox(60);
    let one = run_in(&folder, &["-j1"], mailbox.as_bytes());
    let rows = rows(&one.stdout);
    assert_eq!((one.code, rows.len(), one.stderr.as_str()), (Some(0), 60, ""));
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(row["id"], format!("-#{}", number + 1));
        assert_eq!(row["title"], format!("Boat {number}"));
        assert_eq!(row["text"].as_str().map(str::trim_end), Some(body(number).trim_end()));
    }
    assert_eq!(run_in(&folder, &["-j2"], mailbox.as_bytes()), one);
    assert_eq!(run_in(&folder, &["-f", "mbox"], mailbox.as_bytes()), one);
    let texts = run_in(&folder, &["-t", "text"], mailbox.as_bytes());
    assert_eq!(texts.stdout, (0..60).map(body).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_packed_mailbox_goes_into_a_folder_a_file_for_each_letter() {
    let folder = folder("mailbox-packed");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(mailbox(3).as_bytes()).expect("packed");
    std::fs::write(folder.join("old.mbox.gz"), packed.finish().expect("packed")).expect("written");
    let ran = run_in(&folder, &["old.mbox.gz", "-t", "text", "-o", "out/"], b"");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let mut texts: Vec<(String, String)> = walkdir::WalkDir::new(folder.join("out"))
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(entry.path()).expect("text"))
        })
        .collect();
    texts.sort();
    assert_eq!(texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), (0..3).map(body).collect::<Vec<_>>());
}

#[test]
fn a_letter_over_the_limit_is_a_fault_in_its_place() {
    let folder = folder("mailbox-long");
    let long = format!("{FROM}Subject: long\n\n{}\n\n", "x ".repeat(4000));
    let mailbox = format!("{FROM}{}\n{long}{FROM}{}", letter(1), letter(2));
    let ran = run_in(&folder, &["--max-bytes", "4000"], mailbox.as_bytes());
    let statuses: Vec<Value> = rows(&ran.stdout).into_iter().map(|row| row["status"].clone()).collect();
    assert_eq!(statuses, ["ok", "limit:bytes", "ok"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), "unboil: -#2: larger than 4000 bytes (limit:bytes)\n"));
}

#[test]
fn a_damaged_member_costs_its_letters_alone() {
    let member = |number: usize| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(format!("{FROM}{}\n", letter(number)).as_bytes()).expect("packed");
        packed.finish().expect("packed")
    };
    let mut members: Vec<Vec<u8>> = (0..5).map(member).collect();
    let middle = members[2].len() / 2;
    members[2][middle] ^= 0xff;
    let bytes = members.concat();
    let reading = Reading::default();
    let records = Records::new(bytes.as_slice(), &reading);
    assert_eq!(records.format(), Format::Mbox);
    let (mut whole, mut faults) = (Vec::new(), Vec::new());
    for envelope in records {
        match envelope {
            Ok(envelope) => {
                let bytes = envelope.open(&reading).expect("a letter").record.bytes;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                whole.extend(
                    (0..5).filter(|number| {
                        text.contains(&format!("Subject: Boat {number}\n")) && text.contains("Office")
                    }),
                );
            }
            Err(fault) => faults.push(fault.offset),
        }
    }
    assert_eq!(whole, [0, 1, 3, 4]);
    assert_eq!(faults, [(members[0].len() + members[1].len()) as u64]);
}

#[test]
fn a_maildir_is_read_letter_by_letter_and_without_what_is_not_finished() {
    let folder = folder("maildir");
    for name in ["cur", "new", "tmp"] {
        std::fs::create_dir_all(folder.join("Mail").join(name)).expect("a folder");
    }
    // In a file of its own a letter needs no escapes.
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join("Mail").join(name), text.replace("\n>From", "\nFrom")).expect("written");
    };
    write("cur/1700000001.a.host:2,S", &letter(1));
    write("new/1700000002.b.host", &letter(2));
    write("tmp/1700000003.c.host", &letter(3));
    // Not to be told from a text, were it not for its place.
    write("cur/1700000004.d.host:2,", &format!("X-Odd: 1\n\n{}", body(4)));
    let all = [1, 4, 2].map(body).join("\n");
    for args in [&["Mail"][..], &["-r", "Mail"], &["-r", "."], &["Mail/"]] {
        let ran = run_in(&folder, args, b"");
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), all.as_str(), ""), "{args:?}");
    }
    let rows = rows(&run_in(&folder, &["Mail", "-t", "jsonl"], b"").stdout);
    assert_eq!(
        rows.iter().map(|row| row["id"].as_str().expect("an id")).collect::<Vec<_>>()[2],
        "Mail/new/1700000002.b.host"
    );
}

#[test]
fn the_folders_of_a_maildir_are_read_where_directories_are_descended_into() {
    let folder = folder("maildir-folders");
    for (at, number) in
        [("Mail", 1), ("Mail/.Sent", 2), ("Mail/.Sent/.deep", 3), ("Mail/.Trash.old", 4), (".hidden", 5)]
    {
        for name in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(folder.join(at).join(name)).expect("a folder");
        }
        std::fs::write(folder.join(at).join("cur/1.host:2,S"), letter(number)).expect("written");
    }
    std::fs::create_dir(folder.join("Mail/.cache")).expect("a folder");
    std::fs::write(folder.join("Mail/.cache/1"), letter(6)).expect("written");
    let titles = |args: &[&str]| -> Vec<String> {
        let ran = run_in(&folder, &[args, &["-t", "jsonl"]].concat(), b"");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        rows(&ran.stdout).iter().map(|row| row["title"].as_str().expect("a title").to_owned()).collect()
    };
    for args in [&["-r", "Mail"][..], &["-r", "."]] {
        assert_eq!(titles(args), ["Boat 3", "Boat 2", "Boat 4", "Boat 1"].map(String::from), "{args:?}");
    }
    assert_eq!(titles(&["Mail"]), ["Boat 1"]);
}
