//! Letters to many: what is theirs stays, teasers and headings among it, and what tells how and by whom they were sent goes.

use unboil::{Extractor, Headline, Options, Record, render};

use crate::letters::{body, letter};

const BULK: &str = "List-Unsubscribe: <https://vale.example/u>\nPrecedence: bulk\n";
const PAGE: &str = "Content-Type: text/html; charset=utf-8\n";

/// The body of a letter to many that is a page.
fn page(html: &str) -> String {
    body(&letter(&format!("{BULK}{PAGE}"), html)).trim_end().to_owned()
}

const NEWS: &str = "The council voted on Monday to rebuild the pier, four years after the storm that took it, and the harbour \
                    office expects the first ferry to land there in June.";

#[test]
fn who_sent_a_letter_and_from_where_goes_with_the_footer_below_it() {
    let footer = "<p>Abmelden</p><p>Sie erhalten diese E-Mail, weil Sie sich angemeldet haben.</p>";
    let cases = [
        // The sender's name, and what stands below it in whatever form a country writes addresses.
        "<p>Ada Lovell</p><p>Rantakatu 3, 20100, Turku</p>",
        "<p>Ada Lovell, Bergstraße 40, 79100 Freiburg</p>",
        "<p>Vale Harbour GmbH, Kai 4, 20457 Hamburg</p>",
    ];
    for own in cases {
        assert_eq!(page(&format!("<p>{NEWS}</p>{own}{footer}")), NEWS, "{own}");
    }
    let stays = [
        // A name alone, or one that a closing opens, is the author's.
        ("<p>Ada Lovell</p>", "Ada Lovell"),
        ("<p>Best regards,</p><p>Ada Lovell</p>", "Best regards,\n\nAda Lovell"),
        // So is what the sender does, and when.
        (
            "<p>Ada Lovell reads from her book</p><p>12 March, 7 pm, Vale Library</p>",
            "Ada Lovell reads from her book\n\n12 March, 7 pm, Vale Library",
        ),
        ("<p>Ada Lovell</p><p>12 March 2024, Vale Library</p>", "Ada Lovell\n\n12 March 2024, Vale Library"),
        // What is announced, and addresses of the web, may be what the letter is about.
        (
            "<p>The plans lie here:</p><p>Vale Harbour Ltd, 4 Quay Street</p>",
            "The plans lie here:\n\nVale Harbour Ltd, 4 Quay Street",
        ),
        ("<p>https://vale.example/pier</p>", "https://vale.example/pier"),
    ];
    for (own, expected) in stays {
        assert_eq!(page(&format!("<p>{NEWS}</p>{own}{footer}")), format!("{NEWS}\n\n{expected}"), "{own}");
    }
}

#[test]
fn what_patterns_name_after_the_last_running_text_goes() {
    let foot = "<p>Please do not reply to this email.</p><p>Download on the App Store</p><p>Follow us on Facebook and Instagram</p>\
                <p>© 2024 Vale Harbour</p>";
    assert_eq!(page(&format!("<p>{NEWS}</p>{foot}")), NEWS);
}

#[test]
fn an_advertisement_goes_with_its_label() {
    let label = "<p>ADVERTISEMENT</p><p>Ropes of hemp, made on the west quay.</p><p><a href=/a>Buy yours</a></p>";
    let cell = "<table><tr><td>ADVERTISEMENT<br>Ropes of hemp, made on the west quay.<br><a href=/a>Buy yours</a></td></tr></table>";
    for own in [label, cell] {
        assert_eq!(
            page(&format!("<p>{NEWS}</p>{own}<p>{NEWS} So it is.</p>")),
            format!("{NEWS}\n\n{NEWS} So it is."),
            "{own}"
        );
    }
    // A label over prose without a link tells of nothing below it.
    let own = format!("<p>ADVERTISEMENT</p><p>{NEWS}</p><p>{NEWS} So it is.</p>");
    assert!(page(&own).ends_with(&format!("{NEWS}\n\n{NEWS} So it is.")), "{}", page(&own));
}

#[test]
fn teasers_keep_their_text_and_their_headings() {
    // The label on the last line of a cell names that line.
    let cell = format!("<table><tr><td><b>The pier</b><br>{NEWS}<br><a href=/p>Read more</a></td></tr></table>");
    assert!(page(&format!("{cell}{cell}")).contains(NEWS));
    // A linked headline between a button and its text is no button.
    let other = "Ropes of hemp are made on the west quay again, where nobody had turned the wheel since the war.";
    let items = [("Pier to be rebuilt", NEWS), ("The old wheel turns", other)].map(|(head, text)| {
        format!("<div><a href=/x>{head}</a></div><div>{text}</div><div><a href=/x>Read more</a></div>")
    });
    assert_eq!(page(&items.concat()), format!("Pier to be rebuilt\n\n{NEWS}\n\nThe old wheel turns\n\n{other}"));
}

#[test]
fn a_heading_like_the_subject_is_one_of_the_letter_unless_headlines_are_to_go() {
    let html = format!("<title>The ferry</title><h1>The ferry</h1><p>{NEWS}</p>");
    let message = letter(&format!("{BULK}{PAGE}"), &html);
    let printed = |options: Options| {
        let text = render::text(&Extractor::new(options).extract(&Record::new(message.as_slice())));
        String::from_utf8(text).expect("UTF-8")
    };
    assert!(printed(Options::default()).contains("The ferry\n"));
    assert!(!printed(Options::default().headline(Headline::Drop)).contains("The ferry\n"));
}
