//! Selectors: what the caller keeps and drops by elements, on all pages or on those of a host.

use unboil::{Extractor, Options, Record, render};

use crate::cli::{folder, run_in};

const PAGE: &str = "<html><body><nav class=menu><a href=/>Home</a> <a href=/news>News of the harbour</a></nav>\
    <article><h1>Night ferry stays</h1>\
    <p>The night ferry will keep running for three more years, the council said after a long meeting on Monday.</p>\
    <div class='box promo'><p>The harbour office sells a map of all the boats, and it has been drawn by hand with care.</p>\
    <p class=note>It shows where the divers found the old anchor, which stands before the chapel today.</p></div>\
    <p><span class=sign>The baker on the far side has run out of flour, and the divers wait for better weather.</span></p>\
    <p>A rowing boat took the mail <span class=sign>for nine days</span>, until the planks of the pier were laid anew.</p>\
    </article><footer class=foot>Copyright 2024 The Ledger</footer></body></html>";

fn text(options: Options) -> String {
    let record = Record::new(PAGE).url("https://news.harbour.example/night-ferry");
    String::from_utf8(render::text(&Extractor::new(options).extract(&record))).expect("UTF-8")
}

fn with(keep: &[&str], drop: &[&str]) -> String {
    let options = drop.iter().fold(Options::default(), |options, css| options.drop(css).expect("a selector"));
    text(keep.iter().fold(options, |options, css| options.keep(css).expect("a selector")))
}

#[test]
fn elements_are_kept_and_dropped_and_the_innermost_decides() {
    let all = text(Options::default());
    assert!(
        all.contains("map of all") && all.contains("old anchor") && all.contains("baker") && !all.contains("Ledger")
    );
    let dropped = with(&[], &["div.promo"]);
    assert!(dropped.contains("council") && !dropped.contains("map of all") && !dropped.contains("old anchor"));
    let inner = with(&[".note"], &[".promo"]);
    assert!(!inner.contains("map of all") && inner.contains("old anchor"), "{inner}");
    let outer = with(&[".promo"], &["p.note"]);
    assert!(outer.contains("map of all") && !outer.contains("old anchor"), "{outer}");
    let both = with(&[".promo"], &[".promo"]);
    assert!(both.contains("map of all"), "on one element keeping wins");
    assert!(with(&["footer"], &[]).contains("Ledger"));
    assert!(with(&["body > nav.menu"], &[]).contains("News of the harbour"));
}

#[test]
fn a_part_of_a_block_is_not_the_block() {
    let dropped = with(&[], &[".sign"]);
    assert!(!dropped.contains("baker") && dropped.contains("for nine days"), "{dropped}");
}

const HEADER: &str =
    "id\tfamily\tcue\tposition\tstrength\tlanguage\tpattern\tunless\texample\tcounter-example\tsource\thost\n";

#[test]
fn rules_may_ask_for_elements_and_count_on_the_pages_of_a_host() {
    let rules = |rows: &str| Options::default().rules(&[("own", &format!("{HEADER}{rows}"))]).expect("a table");
    let row = |cue: &str, pattern: &str, host: &str| {
        format!("ads.own.any\tads\t{cue}\tany\tstrong\t*\t{pattern}\t\t\t\t\t{host}\n")
    };
    for host in ["", "harbour.example", "news.harbour.example", "www.harbour.example"] {
        assert!(!text(rules(&row("element", "div.promo", host))).contains("map of all"), "{host}");
        assert!(!text(rules(&row("phrase", "rowing boat", host))).contains("rowing boat"), "{host}");
    }
    for host in ["arbour.example", "www.arbour.example", "vale.example"] {
        assert!(text(rules(&row("element", "div.promo", host))).contains("map of all"), "{host}");
        assert!(text(rules(&row("phrase", "rowing boat", host))).contains("rowing boat"), "{host}");
    }
    let explained = rules(&row("element", "div.promo", "")).detail(unboil::Detail::Full);
    let record = Record::new(PAGE);
    let extraction = Extractor::new(explained).extract(&record);
    let verdict =
        extraction.document.blocks.iter().zip(&extraction.verdicts).find(|(block, _)| block.text.contains("map"));
    let (_, verdict) = verdict.expect("the block");
    assert_eq!(verdict.reason.rules.first().map(|id| &**id), Some("ads.own.any"));
}

#[test]
fn what_is_no_selector_is_one_line_of_error() {
    let folder = folder("selectors");
    let cases = [("--keep", "div["), ("--drop", "p::"), ("--drop", "")];
    for (option, css) in cases {
        let ran = run_in(&folder, &[option, css], PAGE.as_bytes());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{css}");
        let expected = format!("unboil: {option} `{css}` is no CSS selector");
        assert!(ran.stderr.starts_with(&expected) && ran.stderr.lines().count() <= 2, "{}", ran.stderr);
    }
    let table = format!("{HEADER}ads.own.any\tads\telement\tany\tstrong\t*\tdiv[\t\t\t\t\t\n");
    std::fs::write(folder.join("rules.tsv"), table).expect("written");
    let ran = run_in(&folder, &["--rules", "rules.tsv"], PAGE.as_bytes());
    assert!(
        ran.stderr.starts_with("unboil: rule ads.own.any: field pattern: `div[` is no CSS selector"),
        "{}",
        ran.stderr
    );
    let dropped = run_in(&folder, &["--drop", ".promo", "--explain"], PAGE.as_bytes());
    assert!(dropped.stderr.contains("an element to drop"), "{}", dropped.stderr);
}
