//! What must always hold, whatever the document: for random bytes, and for every document of the corpus.

use std::fs;
use std::path::Path;

use unboil::{Extractor, Kind, Mode, Options, Record, render};

/// A generator of pseudo-random numbers with a fixed seed (xorshift64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.next() % of.len()]
    }
}

fn text(bytes: &[u8]) -> Record {
    Record::new(bytes).kind(Kind::Text)
}

/// Every page and text of the corpus.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut found = Vec::new();
    for entry in fs::read_dir(root).expect("the corpus") {
        let folder = entry.expect("an entry").path();
        for file in ["page.html", "page.txt"] {
            if let Ok(bytes) = fs::read(folder.join(file)) {
                found.push((folder.join(file).display().to_string(), bytes));
            }
        }
    }
    found.sort();
    assert!(found.len() >= 30, "the corpus has {} documents", found.len());
    found
}

/// Texts that are hard to keep whole: patterns, pipes, all line ends, bytes that are no UTF-8, byte order marks.
fn hostile_texts() -> Vec<Vec<u8>> {
    let parts: [&[u8]; 20] = [
        b"|",
        b"Join our mailing list",
        b"\r\n",
        b"\n",
        b"\n\n",
        b"\r",
        b" \t",
        b"\0",
        b"\xff\xfe",
        b"\xc3\x28",
        b"-- \n",
        b"_______________________________________________\n",
        b"Unsubscribe",
        b"\xe2\x80\x8b",
        b"\x1b$B",
        b"The ferry runs again from Monday, the harbour office said, after a storm had closed the pier.\n",
        b"| a | b |\n|---|---|\n",
        b"\xa9 2024 Harbour",
        "購読".as_bytes(),
        b"\x83\x5c",
    ];
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut document = || (0..random.next() % 24).flat_map(|_| random.pick(&parts).to_vec()).collect();
    (0..1500).map(|_| document()).collect()
}

/// The lines of kept and dropped text, merged back, are the input: every line went to one side, in order.
fn assert_complement(name: &str, record: &Record, options: &Options) {
    let extraction = Extractor::new(options.clone()).extract(record);
    let (kept, removed) = (render::text(&extraction), render::removed(&extraction));
    assert_eq!(kept.len() + removed.len(), record.bytes.len(), "{name}: bytes were lost or made up");
    let (mut kept, mut removed) = (kept.as_slice(), removed.as_slice());
    for (line, keep) in extraction.document.lines.iter().zip(render::kept_lines(&extraction)) {
        let line = &record.bytes[line.clone()];
        let side = if keep { &mut kept } else { &mut removed };
        *side = side.strip_prefix(line).unwrap_or_else(|| panic!("{name}: a line is not where it belongs"));
    }
    assert!(kept.is_empty() && removed.is_empty(), "{name}: something is left over");
}

#[test]
fn kept_and_dropped_lines_are_the_input_byte_for_byte() {
    for mode in [Mode::Precision, Mode::Balanced, Mode::Recall] {
        let options = Options::default().mode(mode);
        for (number, bytes) in hostile_texts().iter().enumerate() {
            assert_complement(&format!("text {number}"), &text(bytes), &options);
        }
    }
    for (name, bytes) in corpus() {
        assert_complement(&name, &text(&bytes), &Options::default());
    }
}

#[test]
fn the_same_input_gives_the_same_output() {
    for (name, bytes) in corpus() {
        let extractor = Extractor::new(Options::default());
        let (first, second) = (Record::new(bytes.clone()), Record::new(bytes));
        assert_eq!(render::text(&extractor.extract(&first)), render::text(&extractor.extract(&second)), "{name}");
    }
}

#[test]
fn every_word_of_a_page_s_output_stands_in_the_page() {
    for (name, bytes) in corpus().iter().filter(|(name, _)| name.ends_with(".html")) {
        let record = Record::new(bytes.clone());
        let extraction = Extractor::new(Options::default()).extract(&record);
        let blocks: Vec<&str> = extraction.document.blocks.iter().map(|block| block.text.as_str()).collect();
        let all = blocks.join("\n");
        let output = String::from_utf8(render::text(&extraction)).expect("output is UTF-8");
        for word in output.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
            let marker = word.trim_end_matches('.').chars().all(|c| c.is_ascii_digit());
            assert!(marker || all.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn modes_keep_more_from_precision_to_recall() {
    let words = |mode, bytes: &[u8]| {
        let record = Record::new(bytes);
        let output = render::text(&Extractor::new(Options::default().mode(mode)).extract(&record));
        String::from_utf8_lossy(&output).split_whitespace().count()
    };
    for (name, bytes) in corpus() {
        let counts = [Mode::Precision, Mode::Balanced, Mode::Recall].map(|mode| words(mode, &bytes));
        assert!(counts.is_sorted(), "{name}: {counts:?}");
    }
}

#[test]
fn cleaning_a_cleaned_text_changes_nothing_in_the_corpus() {
    for (name, bytes) in corpus().into_iter().filter(|(name, _)| name.ends_with(".txt")) {
        let extractor = Extractor::new(Options::default());
        let once = render::text(&extractor.extract(&text(&bytes)));
        let twice = render::text(&extractor.extract(&text(&once)));
        assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice), "{name}");
    }
}

/// Texts of some paragraphs, some menu lines and some footer lines, in an order that pages have.
fn generated_texts() -> Vec<String> {
    let prose = [
        "The ferry runs again from Monday, the harbour office said, after a storm had closed the pier for nine days.",
        "Two divers looked at the piles and found them sound, and men from three villages laid the planks anew.",
        "\"It is slow, but it cannot be switched off by salt water,\" says the mate of the Morning Heron.",
        "Growers in the vale say that one cold night in April may have cost them two thirds of this year's plums.",
        "Das Museum am Hafen zeigt ab Sonntag, was Taucher im Frühjahr aus dem Wrack vor der Mole geholt haben.",
        "Паром снова ходит с понедельника, сообщила контора порта, после того как шторм закрыл причал на девять дней.",
        "渡し船は月曜日から再び運航すると港の事務所が発表した。嵐のため桟橋は九日間閉鎖されていた。",
    ];
    let menu = ["Home", "News", "Sport", "Log in", "Search", "Skip to content", "What's on", "Jobs"];
    let footer = [
        "Share this article",
        "Related stories",
        "Join our mailing list",
        "Subscribe to our newsletter",
        "© 2024 Harbour News. All rights reserved.",
        "Leave a comment",
        "Privacy policy",
        "|",
        "---",
        "",
    ];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut text = || {
        let mut lines = Vec::new();
        for (parts, most) in [(&menu[..], 6), (&prose[..], 9), (&footer[..], 10)] {
            for _ in 0..random.next() % most {
                lines.push(random.pick(parts).to_owned());
                if random.next().is_multiple_of(3) {
                    lines.push(String::new());
                }
            }
        }
        lines.join("\n")
    };
    (0..300).map(|_| text()).collect()
}

#[test]
fn cleaning_a_cleaned_text_changes_at_most_one_in_a_hundred() {
    let texts = generated_texts();
    let extractor = Extractor::new(Options::default());
    let changes = |input: &&String| {
        let once = render::text(&extractor.extract(&text(input.as_bytes())));
        render::text(&extractor.extract(&text(&once))) != once
    };
    let changed: Vec<&String> = texts.iter().filter(changes).collect();
    assert!(changed.len() * 100 <= texts.len(), "{} of {}: {changed:#?}", changed.len(), texts.len());
}

#[test]
fn wrapping_a_page_in_more_elements_does_not_change_its_text() {
    for (name, bytes) in corpus().iter().filter(|(name, _)| name.ends_with("essay-divsoup/page.html")) {
        let page = String::from_utf8(bytes.clone()).expect("this page is UTF-8");
        let wrapped = page
            .replacen("<div id=\"root\">", "<div><div><div id=\"root\">", 1)
            .replace("</body>", "</div></div></body>");
        assert_ne!(page, wrapped, "{name} has the element that is wrapped");
        let extractor = Extractor::new(Options::default());
        let (plain, wrapped) = (Record::new(page.into_bytes()), Record::new(wrapped.into_bytes()));
        assert_eq!(render::text(&extractor.extract(&plain)), render::text(&extractor.extract(&wrapped)));
    }
}

/// The pages of the corpus as UTF-8 text, with their output.
fn pages() -> Vec<(String, String, String)> {
    let pages = corpus().into_iter().filter(|(name, _)| name.ends_with(".html"));
    let whole = pages.filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)));
    whole.map(|(name, page)| (name, output(&page), page)).map(|(name, output, page)| (name, page, output)).collect()
}

fn output(page: &str) -> String {
    let record = Record::new(page).kind(Kind::Html);
    String::from_utf8(render::text(&Extractor::new(Options::default()).extract(&record))).expect("UTF-8")
}

/// The share of the words of one text that the other has as well.
fn agreement(one: &str, other: &str) -> f64 {
    let mut counts = std::collections::HashMap::new();
    one.split_whitespace().for_each(|word| *counts.entry(word).or_insert(0_i64) += 1);
    other.split_whitespace().for_each(|word| *counts.entry(word).or_insert(0) -= 1);
    let all = one.split_whitespace().count() + other.split_whitespace().count();
    1.0 - counts.values().map(|count| count.unsigned_abs() as f64).sum::<f64>() / all.max(1) as f64
}

#[test]
fn line_ends_and_space_between_tags_change_nothing() {
    let pages = pages();
    assert!(pages.len() >= 20);
    for (name, page, before) in pages {
        // Code keeps its line ends, so that pages with code are another matter.
        if page.contains("<pre") || page.contains("<textarea") {
            continue;
        }
        assert_eq!(output(&page.replace('\n', "\r\n")), before, "{name}: CRLF");
        assert_eq!(output(&page.replace(">\n", ">\n\n  \t\n")), before, "{name}: more space");
    }
}

#[test]
fn the_order_of_attributes_changes_nothing() {
    // A tag of two attributes without quotes inside, turned round.
    let turned = regex::Regex::new(r#"<(\w+) ([\w-]+="[^"<>]*") ([\w-]+="[^"<>]*")>"#).expect("a pattern");
    let mut changed = 0;
    for (name, page, before) in pages() {
        let other = turned.replace_all(&page, "<$1 $3 $2>");
        changed += usize::from(other != page);
        assert_eq!(output(&other), before, "{name}");
    }
    assert!(changed >= 10, "{changed} pages have such tags");
}

#[test]
fn another_encoding_changes_nothing() {
    for (name, page, before) in pages() {
        let wide: Vec<u8> = [0xfeff].into_iter().chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let record = Record::new(wide).kind(Kind::Html);
        let after = render::text(&Extractor::new(Options::default()).extract(&record));
        assert_eq!(String::from_utf8(after).expect("UTF-8"), before, "{name}");
    }
}

#[test]
fn a_footer_and_a_second_menu_move_little() {
    let footer = "<footer class=\"site-footer\"><a href=/about>About us</a> <a href=/terms>Terms of use</a> \
        <p>Sign up for our newsletter and get the latest news in your inbox.</p><p>© 2025 Harbour Media. All rights reserved.</p></footer>";
    let menu = "<nav class=\"menu\"><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li><li><a href=/sport>Sport</a></li></ul></nav>";
    let mut agreements = Vec::new();
    for (name, page, before) in pages() {
        let end = page.rfind("</body>").unwrap_or(page.len());
        let (head, tail) = page.split_at(end);
        for more in [footer, menu] {
            let after = output(&format!("{head}{more}{tail}"));
            assert!(!after.contains("Harbour Media") || before.contains("Harbour Media"), "{name}: {after}");
            agreements.push(agreement(&before, &after));
        }
    }
    let mean = agreements.iter().sum::<f64>() / agreements.len() as f64;
    let least = agreements.iter().copied().fold(1.0, f64::min);
    assert!(mean >= 0.99 && least >= 0.8, "mean {mean:.4}, least {least:.4}");
}
