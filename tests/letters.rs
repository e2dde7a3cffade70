//! Letters: what is read of them, and that no damage stops the reading.

use crate::cli::{folder, run_in};
use unboil::{Detail, Extraction, Extractor, Family, Kind, Options, Quotes, Record, Signatures, Status, input, render};

const HEAD: &str = "From: Ada Lovell <ada@harbour.example>\nTo: Ben <ben@vale.example>\nSubject: The ferry\n\
                    Date: Mon, 3 Feb 2025 10:00:00 +0100\nMIME-Version: 1.0\n";
const BODY: &str = "The ferry runs again from Monday, and the night boat returns a week later.\n";

fn with<R>(message: &[u8], options: Options, look: impl FnOnce(&Extraction<'_>) -> R) -> R {
    let record = Record::new(message).kind(Kind::Mail);
    look(&Extractor::new(options).extract(&record))
}

pub(crate) fn body(message: &[u8]) -> String {
    with(message, Options::default(), |extraction| String::from_utf8(render::text(extraction)).expect("UTF-8"))
}

pub(crate) fn letter(fields: &str, text: &str) -> Vec<u8> {
    format!("{HEAD}{fields}\n{text}").into_bytes()
}

fn multipart(kind: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: String = parts.iter().map(|(fields, text)| format!("--xyz\n{fields}\n\n{text}\n")).collect();
    letter(&format!("Content-Type: multipart/{kind}; boundary=\"xyz\"\n"), &format!("{parts}--xyz--\n"))
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8";
fn utf8(text: &str) -> Vec<u8> {
    letter(&format!("{PLAIN}\n"), text)
}

const HTML: &str = "Content-Type: text/html; charset=utf-8";

#[test]
fn bodies_are_decoded() {
    let page = format!("<html><body><p>{BODY}</p></body></html>");
    let stub = "View this letter in your browser: https://news.example/a";
    let long = BODY.repeat(8);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bare", letter("", BODY), BODY),
        ("envelope", [b"From ada Mon Feb  3 10:00:00 2025\n", &letter("", BODY)[..]].concat(), BODY),
        (
            "quoted-printable",
            letter(
                "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
                "Gr=FC=DFe =\nan alle.\n",
            ),
            "Grüße an alle.\n",
        ),
        (
            "base64",
            letter(
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
                "R3LDvMOfZSBhbiBhbGxlLgo=\n",
            ),
            "Grüße an alle.\n",
        ),
        (
            "a wrong charset loses",
            letter("Content-Type: text/plain; charset=us-ascii\n", "Grüße an alle.\n"),
            "Grüße an alle.\n",
        ),
        (
            "flowed",
            letter(
                "Content-Type: text/plain; charset=utf-8; format=flowed\n",
                "The ferry runs \nagain from Monday.\nSo it is.\n",
            ),
            "The ferry runs again from Monday.\nSo it is.\n",
        ),
        ("alternative", multipart("alternative", &[(PLAIN, BODY), (HTML, &page)]), BODY),
        ("a stub of text", multipart("alternative", &[(PLAIN, "See the HTML."), (HTML, &page)]), BODY),
        (
            "a stub of text beside a short letter",
            multipart("alternative", &[(PLAIN, "This program shows no HTML: open it elsewhere."), (HTML, &page)]),
            BODY,
        ),
        ("a stub of html", multipart("alternative", &[(PLAIN, &long), (HTML, stub)]), &long),
        (
            "an attachment",
            multipart(
                "mixed",
                &[
                    (PLAIN, BODY),
                    ("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt", "Attached."),
                ],
            ),
            BODY,
        ),
        (
            "a letter that only holds another",
            multipart(
                "mixed",
                &[("Content-Type: message/rfc822", &String::from_utf8(letter("", BODY)).expect("UTF-8"))],
            ),
            BODY,
        ),
    ];
    for (name, message, expected) in cases {
        assert_eq!(body(&message).trim_end(), expected.trim_end(), "{name}");
    }
}

#[test]
fn headers_are_metadata() {
    let fields = "List-Id: Harbour talk <talk.harbour.example>\nMessage-ID: <1@harbour.example>\n\
                  List-Unsubscribe: <mailto:leave@harbour.example>, <https://harbour.example/leave?u=1>\n";
    with(&letter(fields, BODY), Options::default(), |extraction| {
        let found = &extraction.metadata;
        let found = [&found.title, &found.author, &found.date, &found.list, &found.message_id, &found.unsubscribe];
        let expected = [
            "The ferry",
            "Ada Lovell",
            "2025-02-03",
            "talk.harbour.example",
            "1@harbour.example",
            "https://harbour.example/leave?u=1",
        ];
        assert_eq!(found.map(|field| field.as_deref().unwrap_or_default()), expected);
    });
}

#[test]
fn quotes_signatures_and_footers_go_as_asked() {
    let text = "Hello Ben,\n\nyes, on Monday at ten.\n\nBest regards,\nAda\n\n-- \nAda Lovell, Harbour Office\n\
                Tel: +44 20 7946 0000\n\nOn Sun, 2 Feb 2025, Ben <ben@vale.example> wrote:\n> Does the ferry run?\n\
                _______________________________________________\nTalk mailing list\nTalk@harbour.example\n\
                https://harbour.example/mailman/listinfo/talk\n";
    let run = |quotes, signatures| {
        with(&letter("", text), Options::default().quotes(quotes).signatures(signatures), |extraction| {
            let (kept, gone) = (render::text(extraction), render::removed(extraction));
            assert_eq!(kept.len() + gone.len(), text.len());
            String::from_utf8(kept).expect("UTF-8")
        })
    };
    let own = "Hello Ben,\n\nyes, on Monday at ten.\n\nBest regards,\nAda\n\n";
    let signature = "-- \nAda Lovell, Harbour Office\nTel: +44 20 7946 0000\n\n";
    let quote = "On Sun, 2 Feb 2025, Ben <ben@vale.example> wrote:\n> Does the ferry run?\n";
    assert_eq!(run(Quotes::Context, Signatures::Drop).trim_end(), own.trim_end());
    assert_eq!(run(Quotes::Drop, Signatures::Keep).trim_end(), format!("{own}{signature}").trim_end());
    assert_eq!(run(Quotes::Keep, Signatures::Drop), format!("{own}{quote}"));
    assert_eq!(run(Quotes::Keep, Signatures::Keep), format!("{own}{signature}{quote}"));
}

#[test]
fn answered_quotes_stay_as_context() {
    let text = "On Sun, Ben <ben@vale.example> wrote:\n> Does the ferry run on Monday?\nYes, from ten on, every hour.\n\n\
                > And the night boat?\nNot before the week after next.\n\n> Thanks, Ben\n";
    let expected = text.strip_suffix("> Thanks, Ben\n").expect("the last line");
    assert_eq!(body(&letter("", text)).trim_end(), expected.trim_end());
}

/// Letters that are damaged in one way each.
fn damaged() -> Vec<(&'static str, Vec<u8>)> {
    let page = format!("<p>{BODY}</p>");
    let sound = multipart("alternative", &[(PLAIN, BODY), (HTML, &page)]);
    let text = String::from_utf8(sound.clone()).expect("UTF-8");
    let nested = |depth: usize, kind: &str| format!("Content-Type: {kind}\n\n").repeat(depth) + BODY;
    let base64 = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n";
    let printable = "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n";
    let multiparts: String =
        (0..2000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let parts: String = (0..10_000).map(|n| format!("--xyz\nContent-Type: text/plain\n\nPart {n}.\n")).collect();
    let mixed = "Content-Type: multipart/mixed; boundary=xyz\n";
    vec![
        ("nothing", Vec::new()),
        ("an empty line", b"\n".to_vec()),
        ("a header alone", HEAD.as_bytes().to_vec()),
        ("half a header", HEAD.as_bytes()[..30].to_vec()),
        ("no header", BODY.as_bytes().to_vec()),
        ("a body without the empty line", [HEAD.as_bytes(), BODY.as_bytes()].concat()),
        ("a colon", b":".to_vec()),
        ("colons", b":\n".repeat(10_000)),
        ("an endless field", [b"Subject: ", &b"x"[..].repeat(1_000_000)[..]].concat()),
        ("an endless folded field", [b"Subject: a\n", &b" b\n"[..].repeat(300_000)[..]].concat()),
        ("an endless header", b"X-A: b\n".repeat(200_000)),
        ("an endless field name", b"x".repeat(1_000_000)),
        ("an address of brackets", letter(&format!("Cc: {}\n", "<(\"".repeat(100_000)), BODY)),
        ("encoded words without end", letter(&format!("X: y\nSubject: {}\n", "=?utf-8?q?".repeat(50_000)), BODY)),
        ("a boundary without parts", letter("Content-Type: multipart/mixed; boundary=abc\n", BODY)),
        ("no boundary named", text.replace("; boundary=\"xyz\"", "").into_bytes()),
        ("another boundary named", text.replace("boundary=\"xyz\"", "boundary=\"abc\"").into_bytes()),
        ("an empty boundary", text.replace("boundary=\"xyz\"", "boundary=\"\"").into_bytes()),
        ("an unclosed boundary name", text.replace("boundary=\"xyz\"", "boundary=\"xyz").into_bytes()),
        ("no last boundary", text.replace("--xyz--", "").into_bytes()),
        ("cut in the first part", sound[..sound.len() / 2].to_vec()),
        ("cut in the second part", sound[..sound.len() - 30].to_vec()),
        ("cut in a part's header", text.split("Content-Type: text/html").next().expect("a part").as_bytes().to_vec()),
        ("only boundaries", letter(mixed, &"--xyz\n".repeat(50_000))),
        ("only last boundaries", letter(mixed, &"--xyz--\n".repeat(50_000))),
        ("ten thousand parts", letter(mixed, &format!("{parts}--xyz--\n"))),
        ("truncated base64", letter(base64, "R3LDvMOfZSBhbiBhbG")),
        ("base64 with a footer", letter(base64, "R3LDvMOfZSBhbiBhbGxlLgo=\n____\nTalk mailing list\n")),
        ("base64 of nothing", letter(base64, "====")),
        ("base64 that is text", letter(base64, BODY)),
        ("quoted-printable that is not", letter(printable, "a=b =zz =\n= =4 100 % = all\n=")),
        ("an unknown encoding", letter("Content-Transfer-Encoding: rot13\n", BODY)),
        ("an unknown charset", letter("Content-Type: text/plain; charset=klingon\n", BODY)),
        ("an unsafe charset", letter("Content-Type: text/plain; charset=iso-2022-kr\n", BODY)),
        ("utf-16 that is ASCII", letter("Content-Type: text/plain; charset=utf-16\n", BODY)),
        ("utf-7", letter("Content-Type: text/plain; charset=utf-7\n", "Gr+APwA3w-e\n")),
        ("bytes of no encoding", [&letter("", "")[..], b"\xff\xfe\x00\x80caf\xe9\n"].concat()),
        ("zero bytes", [&letter("", "")[..], &[0; 10_000][..]].concat()),
        ("a content type of nothing", letter("Content-Type:\n", BODY)),
        ("a content type of slashes", letter("Content-Type: ////;;;==\"\n", BODY)),
        ("a date that is none", letter("Date: yesterday 99:99 +9999\n", BODY)),
        ("messages within messages", nested(20_000, "message/rfc822").into_bytes()),
        ("digests within digests", nested(20_000, "multipart/digest; boundary=x").into_bytes()),
        ("multiparts within multiparts", multiparts.into_bytes()),
        (
            "a message in base64",
            letter("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n", "U3ViamVjdDogYQoKYg==\n"),
        ),
        ("a million marks", letter("", &">".repeat(1_000_000))),
        ("a hundred thousand quotes", letter("", &"> a\nb\n".repeat(100_000))),
        ("a hundred thousand separators", letter("", &"-- \n".repeat(100_000))),
        (
            "separators behind quotes",
            letter("", &format!("{}{}", "> a\n".repeat(50_000), "> a\n-- \nb c\n".repeat(20_000))),
        ),
        ("underscores without end", letter("", &format!("a{}", "_".repeat(500_000)))),
        ("carriage returns alone", text.replace('\n', "\r").into_bytes()),
        ("mixed line ends", text.replace(":", ":\r\n ").into_bytes()),
        ("an envelope alone", b"From ada Mon Feb  3 10:00:00 2025".to_vec()),
        ("a page of nested tables", letter("Content-Type: text/html\n", &"<table><tr><td>a".repeat(5_000))),
    ]
}

#[test]
fn damage_never_stops_the_reading() {
    let letters = damaged();
    assert!(letters.len() >= 40);
    for (name, message) in letters {
        with(&message, Options::default(), |extraction| {
            let text = render::text(extraction);
            assert!(std::str::from_utf8(&text).is_ok(), "{name}");
            assert_eq!(extraction.document.blocks.len(), extraction.verdicts.len(), "{name}");
            if extraction.document.kind == Kind::Text {
                let letter = extraction.document.letter.as_ref().expect("a letter");
                let both = text.len() + render::removed(extraction).len();
                assert_eq!(both, letter.body.len(), "{name}");
            }
            assert!(render::json(extraction, &render::JsonFields::default()).starts_with('{'), "{name}");
        });
    }
}

#[test]
fn damage_costs_no_more_than_what_is_damaged() {
    let said = |name: &str| {
        let (_, message) = damaged().into_iter().find(|(of, _)| *of == name).expect("a letter");
        with(&message, Options::default(), |extraction| {
            (String::from_utf8_lossy(&render::text(extraction)).trim_end().to_owned(), extraction.status)
        })
    };
    let body = BODY.trim_end().to_owned();
    for name in ["no boundary named", "another boundary named", "no last boundary", "cut in the second part"] {
        assert_eq!(said(name), (body.clone(), Status::Malformed), "{name}");
    }
    for name in ["no header", "base64 that is text"] {
        assert_eq!(said(name).1, Status::Malformed, "{name}");
    }
    for name in ["an unknown encoding", "an unknown charset", "utf-16 that is ASCII", "a content type of nothing"] {
        assert_eq!(said(name), (body.clone(), Status::Ok), "{name}");
    }
    assert_eq!(said("truncated base64"), ("Grüße an al".to_owned(), Status::Malformed));
}

#[test]
fn no_field_of_the_header_costs_the_body() {
    let fields = [
        "Date",
        "Resent-Date",
        "From",
        "Sender",
        "To",
        "Cc",
        "Reply-To",
        "Subject",
        "Message-ID",
        "References",
        "In-Reply-To",
        "Return-Path",
        "Received",
        "MIME-Version",
        "Content-Type",
        "Content-Disposition",
        "Content-ID",
        "Content-Transfer-Encoding",
        "Content-Language",
        "Content-Description",
        "List-Id",
        "List-Unsubscribe",
        "List-Post",
        "Keywords",
        "X-Boat",
    ];
    let values = [
        "",
        "x",
        "text",
        "/",
        ";;;",
        "a=b",
        "\\",
        "\"open",
        "(open",
        "<open",
        "[1.2",
        "a@b \"x",
        "a (b (c)",
        "<>",
        "=?",
        "=?utf-8?q?abc",
        "=?utf-8?b?",
        "group: a, b;",
        "group: \"a",
        "Sun, 25 Aug 2002 16:50:54 UT",
        "Sun, 25 Aug 2002 16:50:54 -",
        "Sun, 25 Aug 2002 16:50:54 PDT (x",
        "2002-08-25",
        "99999999999999",
        "base64",
        "quoted-printable",
        "7bit (",
        "text/plain; charset=\"utf-8",
        "text/plain; name*0=\"a",
        "text/enriched",
        "multipart/mixed",
        "multipart/mixed; boundary=abc",
        "multipart/mixed; boundary=\"abc",
        "<mailto:a@b?subject=c",
    ];
    let second = "The second paragraph follows the first, as it should.\n";
    for (field, value) in fields.into_iter().flat_map(|field| values.into_iter().map(move |value| (field, value))) {
        let message = format!("Subject: The ferry\nFrom: ada@harbour.example\n{field}: {value}\n\n{BODY}\n{second}");
        let text = body(message.as_bytes());
        assert_eq!(text, format!("{BODY}\n{second}"), "{field}: {value}");
    }
}

#[test]
fn html_and_text_side_by_side_are_both_read() {
    let page = format!("<p>{BODY}</p>");
    let more = "And the pier opens in May.\n";
    let expected = format!("{BODY}\n{more}");
    assert_eq!(body(&multipart("mixed", &[(HTML, &page), (PLAIN, more)])), expected);
    let page = format!("<p>{more}</p>");
    assert_eq!(body(&multipart("mixed", &[(PLAIN, BODY.trim_end()), (HTML, &page)])), expected);
}

#[test]
fn lines_may_end_in_carriage_returns_alone() {
    let message = letter("", BODY);
    let returns: Vec<u8> = message.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect();
    assert_eq!(body(&returns), BODY);
}

#[test]
fn a_part_without_a_type_is_text() {
    let untyped = multipart("mixed", &[(PLAIN, BODY), ("Content-Type: text", "And the pier opens in May.\n")]);
    assert_eq!(body(&untyped).replace("\n\n", "\n"), format!("{BODY}And the pier opens in May.\n"));
    let endless = String::from_utf8(untyped).expect("UTF-8").replace("--xyz--\n", "");
    assert_eq!(body(endless.as_bytes()).matches("the pier opens").count(), 1, "read once");
    let page =
        multipart("mixed", &[(HTML, &format!("<p>{BODY}</p>")), ("Content-Type: text", "And the pier opens.\n")]);
    assert_eq!(body(&page), format!("{BODY}\nAnd the pier opens.\n"));
    let file = multipart("mixed", &[(PLAIN, BODY), ("Content-Type: pdf; name=boats.pdf", "%PDF-1.4\n")]);
    assert_eq!(body(&file).trim_end(), BODY.trim_end());
    let unknown = multipart("mixed", &[("Content-Type: text/enriched", BODY)]);
    assert_eq!(body(&unknown).trim_end(), BODY.trim_end());
    let calendar = multipart("mixed", &[(PLAIN, BODY), ("Content-Type: text/calendar", "BEGIN:VCALENDAR\n")]);
    assert_eq!(body(&calendar).trim_end(), BODY.trim_end());
}

#[test]
fn every_cut_of_a_letter_is_read() {
    let page = format!("<p>{BODY}</p>");
    let message = multipart("alternative", &[(PLAIN, BODY), (HTML, &page)]);
    for end in 0..message.len() {
        with(&message[..end], Options::default(), |extraction| {
            assert_eq!(extraction.document.blocks.len(), extraction.verdicts.len());
        });
    }
}

#[test]
fn letters_are_told_from_texts() {
    let cases: [(&[u8], Kind); 6] = [
        (b"From: a@b.example\nSubject: c\n\nd\n", Kind::Mail),
        (b"Received: x\n\tby y\nDate: z\n\nd\n", Kind::Mail),
        (b"From a@b.example Mon Feb  3 10:00:00 2025\nX-Any: y\n\nd\n", Kind::Mail),
        (b"Subject: one field alone\n\nd\n", Kind::Text),
        (b"From: the pier\nit is far\n\nTo: nobody\n", Kind::Text),
        (b"Dear Ben,\n\nFrom: a\nTo: b\n", Kind::Text),
    ];
    for (bytes, kind) in cases {
        assert_eq!(input::detect(bytes).expect("no binary"), kind, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_newsletter_without_headers_loses_its_wrapped_footer() {
    let text = format!(
        "{BODY}\nThe baker on the far side had run out of flour, and two divers looked at the piles of the pier\n\
         before the planks were laid anew by men from three villages.\n\n\
         Harbour News is free. If you do not\nwish to receive it any longer, or if you want to know how\n\
         to unsubscribe from all our letters, write to us.\nCopyright 2025 Harbour Office. All rights reserved.\n"
    );
    let kept = body(&letter("", &text));
    assert!(kept.ends_with("three villages.\n") && kept.starts_with(BODY), "{kept}");
}

#[test]
fn prose_below_a_bare_rule_is_no_signature() {
    let parts = "The first boat leaves at nine and takes the mail with it, too.\n\n--\nThe second boat leaves at ten.\n\
                 It takes everybody who has missed the first, and also the baker.\nThe third one leaves at noon, as ever.\n\
                 Nobody knows when the last boat leaves, for it waits for the choir.\n";
    assert_eq!(body(&letter("", parts)), parts);
    let signed = format!("{BODY}\n--\nAda Lovell\nHarbour Office, 4 Quay Street\n");
    assert_eq!(body(&letter("", &signed)).trim_end(), BODY.trim_end());
}

#[test]
fn who_wrote_a_quote_goes_with_it_in_any_language() {
    let quote = "> The night boat returns in a week.\n> Or so they say.\n";
    for told in ["Ben Vale wrote:", "ben31;5265 Wrote:", "Dom, 2025-02-02 às 17:54 +0100, Ben Vale escreveu:"] {
        assert_eq!(body(&letter("", &format!("{told}\n\n{quote}\n{BODY}"))).trim(), BODY.trim_end(), "{told}");
    }
    let said = "In February the log of the pier has these lines:";
    assert!(body(&letter("", &format!("{said}\n\n{quote}\n{BODY}"))).starts_with(said));
    let separated = format!("{BODY}\n> Regards,\n> Ben\n-- \nAda Lovell\nada \"at\" harbour.example\n");
    assert_eq!(body(&letter("", &separated)).trim_end(), BODY.trim_end());
}

#[test]
fn who_wrote_a_quote_goes_with_it_over_however_many_lines_it_is_wrapped() {
    let quote = "> The night boat returns in a week.\n> Or so they say.\n";
    let told = [
        "On Wed, 30 Aug 2017 at 16:59 Ben Vale <ben@vale.example>\nwrote:",
        "On Wed, Aug 30, 2017 at 4:59 PM, Ben Vale <\nben@vale.example> wrote:",
        "On Wed, Aug 30, 2017 at 4:59 PM, Ben\nVale <ben@vale.example>\nwrote:",
        "Am Mi., 30. Aug. 2017 um 16:59 Uhr schrieb Ben Vale <\nben@vale.example>:",
        "Le mer. 30 août 2017 à 16:59, Ben Vale <ben@vale.example> a\nécrit :",
        "El mié, 30 ago 2017 a las 16:59, Ben Vale (<ben@vale.example>)\nescribió:",
        "30 августа 2017 г., 16:59 пользователь Ben Vale <ben@vale.example>\nнаписал:",
        "In article <tide.7@vale.example>,\nBen Vale <ben@vale.example> wrote:",
        "Ben Vale schrieb am 30.08.2017 um 16:59:",
        "Ben Vale a écrit :",
        "--- Ben Vale <ben@vale.example> wrote:",
        "Às 16:59 de 30/08/17, Ben Vale escreveu:",
        "Ben Vale kirjoitti 30.8.2017 klo 16.59:",
        "Dne 30. 08. 17 je Ben Vale napisal-a:",
        "Dana 30.8.2017. u 16:59, Ben Vale je\nnapisao/la:",
        "در تاریخ ۳۰ اوت ۲۰۱۷، ۱۶:۵۹ Ben Vale\n<ben@vale.example> نوشت:",
        "Ben Vale <ben@vale.example>\n于2017年8月30日周三 16:59写道：",
        "[ Ben Vale wrote on Wed 30.Aug'17 at 16:59:04 +0100 ]",
        "\"Ben Vale\" <ben@vale.example> wrote in message\nnews:7f3a@vale.example...",
        "Quoth Ben Vale on Aug 30 at 4:59 pm:",
        "* Ben Vale [2017-08-30 16:59]:",
        "Du schriebst am 30.8.2017:",
        "Ben Vale said:",
        "[Ben Vale]:",
        "\"Ben Vale\" <ben@vale.example> wrote in message",
        "Ben Vale yazmış:",
        "Ben Vale wrote:\n\n<snip>",
    ];
    for told in told {
        for gap in ["\n", "\n\n"] {
            let text = format!("{BODY}\n{told}{gap}{quote}");
            assert_eq!(body(&utf8(&text)).trim_end(), BODY.trim_end(), "{told}");
            let text = format!("{told}{gap}{quote}\n{BODY}");
            assert_eq!(body(&utf8(&text)).trim(), BODY.trim_end(), "{told}");
        }
    }
    for said in
        ["What I did:", "The log has this:", "Since version 2.6.32 of the clock the hands of Ida and Kit show me this:"]
    {
        let text = format!("{BODY}\n{said}\n\n{quote}");
        assert_eq!(body(&letter("", &text)).trim_end(), format!("{BODY}\n{said}"), "{said}");
    }
    for said in ["Thanks", "The key hangs behind the door, and the door is open.", "Ask at 020 7946 0991"] {
        let text = format!("{BODY}\n{said}\nBen Vale wrote:\n{quote}");
        assert_eq!(body(&letter("", &text)).trim_end(), format!("{BODY}\n{said}"), "{said}");
    }
}

/// A header in a language that no list has, with the letter's own subject.
const FOREIGN: &str =
    "Bho: Ben Vale\nAir a chur: Diciadain, 30 Lùnastal 2017 16:59\nGu: Ada Lovell\nCuspair: Re: The ferry";

#[test]
fn a_letter_copied_below_its_header_goes_in_any_language() {
    let copied = "The night boat returns in a week.\nCould you tell the choir, please?\n\nBen\n";
    let date = "2017-08-30 16:59";
    let fields = [
        ["From", "Sent", "To", "Subject"],
        ["Von", "Gesendet", "An", "Betreff"],
        ["De", "Enviado el", "Para", "Asunto"],
        ["Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"],
        ["Od", "Wysłano", "Do", "Temat"],
        ["De la", "Trimis", "Către", "Subiect"],
        ["Kimden", "Gönderildi", "Kime", "Konu"],
        ["Από", "Στάλθηκε", "Προς", "Θέμα"],
        ["От", "Отправлено", "Кому", "Тема"],
        ["מאת", "נשלח", "אל", "נושא"],
        ["من", "تم الإرسال", "إلى", "الموضوع"],
        ["发件人", "发送时间", "收件人", "主题"],
        ["Od", "Odoslané", "Komu", "Predmet"],
        ["Saatja", "Saadetud", "Kellele", "Teema"],
        ["Từ", "Đã gửi", "Đến", "Chủ đề"],
        ["प्रेषक", "भेजा गया", "प्रति", "विषय"],
    ];
    let headers = fields.map(|[from, sent, to, subject]| {
        format!("{from}: Ben Vale <ben@vale.example>\n{sent}: {date}\n{to}: Ada Lovell\n{subject}: Boats")
    });
    let mut headers = Vec::from(headers);
    headers.extend([
        format!("{}\n{}", "_".repeat(32), headers[0]),
        format!("Anfang der weitergeleiteten Nachricht:\n\n{}", headers[1]),
        "On Wednesday, August 30, 2017, Ben Vale <ben@vale.example> wrote:".to_owned(),
        "On Wednesday, August 30, 2017, Ben Vale\n<ben@vale.example> wrote:".to_owned(),
        "---- On Wed, 30 Aug 2017 16:59:00 +0100 Ben Vale <ben@vale.example> wrote ----".to_owned(),
        "El 30 ag 2017, a les 16:59, Ben Vale <ben@vale.example> va escriure:".to_owned(),
        "في ٣٠ أغسطس ٢٠١٧، الساعة ١٦:٥٩ م، كتب Ben Vale <ben@vale.example>:".to_owned(),
        // A language that no list has, and the letter's own subject.
        FOREIGN.to_owned(),
        "Avy: Ben Vale\nNalefa: Alarobia, 30 Aogositra 2017 16:59\nHo an'i: Ada Lovell\nLohahevitra: The ferry".to_owned(),
        format!("________Reply Separator________\nSubject: Boats\nAuthor: Ben Vale <ben@vale.example>\nDate: {date}"),
        format!("-----Jatorrizko mezua-----\n{}", headers[0]),
        format!("----- Forwarded message from Ben Vale <ben@vale.example> -----\n\n{}", headers[0]),
        "Videresendt melding:\n\nFra: Ben Vale <ben@vale.example>\nEmne: Boats\nDato: 30.8.2017 16:59:04\nTil: Ada Lovell".to_owned(),
    ]);
    for header in &headers {
        let text = format!("{BODY}\n{header}\n\n{copied}");
        assert_eq!(body(&utf8(&text)).trim_end(), BODY.trim_end(), "{header}");
    }
    let divs: String = FOREIGN.lines().map(|field| format!("<div><b>{field}</b></div>")).collect();
    let page = format!("<div>{BODY}</div><div><br></div>{divs}<div><br></div><div>{copied}</div>");
    assert_eq!(body(&letter(&format!("{HTML}\n"), &page)).trim_end(), BODY.trim_end());
    // A number over the header is no date of it.
    let counted = format!("{BODY}\nboats = 1408, crew = 4\nropes = 12\n");
    let text =
        format!("{counted}\n--- On Fri, 10/24/08, Ben Vale <ben@vale.example> wrote:\n{}\n\n{copied}", headers[0]);
    assert_eq!(body(&letter("", &text)).trim_end(), counted.trim_end());
    // Over the author's text the quote may end anywhere; a story has no address.
    let kept = [
        format!("On Wednesday, August 30, 2017, Ben Vale <ben@vale.example> wrote:\n\n{copied}\n{BODY}"),
        format!("{BODY}\nOn August 30, 2017, at 16:59, Ben Vale wrote:\n\n{copied}"),
    ];
    let announced = format!("{BODY}\nSee what he writes:\n");
    let text = format!("{announced}\nFrom: Ben Vale\nSent: {date}\nTo: Ada Lovell\nSubject: Boats\n\n{copied}");
    assert_eq!(body(&letter("", &text)).trim_end(), announced.trim_end());
    kept.into_iter().for_each(|text| assert_eq!(body(&letter("", &text)).trim_end(), text.trim_end()));
}

#[test]
fn what_programs_and_lawyers_add_goes_in_any_language() {
    let added = [
        "Outlook für iOS beziehen",
        "Télécharger Outlook pour Android",
        "Trimis de pe iPhone-ul meu",
        "Elküldve az iPhone-omról",
        "נשלח מה-iPhone שלי",
        "Diese E-Mail wurde von Avast Antivirus-Software auf Viren geprüft.\nhttps://www.avast.com/antivirus",
        "Antes de imprimir este correo, piense en el medio ambiente.",
        "Do You Yahoo!?\nYahoo! Mail - your free e-mail address\nhttp://mail.yahoo.com/",
        "Als u dit bericht per abuis hebt ontvangen, verzoeken wij u de afzender te informeren en het bericht te \
         verwijderen.",
        "—\nReply to this email directly, view it on GitHub, or unsubscribe.\nYou are receiving this because you \
         authored the thread.",
    ];
    for added in added {
        let text = format!("{BODY}\n{added}\n");
        assert_eq!(body(&utf8(&text)).trim_end(), BODY.trim_end(), "{added}");
    }
}

#[test]
fn below_a_drawn_rule_the_name_again_begins_a_signature() {
    let rule = "-".repeat(60);
    let below = "The last boat that nobody missed\nand nobody took.\n";
    let closed = format!("{BODY}\nBest wishes\n\nAda\n");
    let signed = format!("{closed}{rule}\nAda Lovell   ada@{{harbour.example, vale.example}}\n{rule}\n{below}");
    assert_eq!(body(&letter("", &signed)).trim_end(), closed.trim_end());
    let other = format!("{closed}{rule}\n{below}");
    assert_eq!(body(&letter("", &other)), other);
}

const NEWS: [&str; 2] = [
    "The harbour office said on Tuesday that the ferry will run again from Monday, after nine days in which the pier was\n\
     closed and the islanders bought their bread from a fishing boat that came twice a day.\n",
    "The library opens on Sundays from May on, and asks for people who know how to mend the spines of old books, bring\n\
     their own glue and do not mind the cold of the reading room before the stove is lit.\n",
];

#[test]
fn notices_over_a_newsletter_and_the_footer_under_its_heading_go() {
    let [first, second] = NEWS;
    let notice = "You receive this letter because you signed up for it at the harbour office, and you\n\
                  may unsubscribe by answering it.\n";
    let footer = "HOW TO UNSUBSCRIBE\n\nWe send these letters every four to six weeks, and hope that they are of use to all who \
                  live\nby the water. If they are not, tell the office, which takes a day or two to do as you ask.\n";
    let text = format!("{notice}\nTIDES AND NEWS\n\n{first}\n{second}\n~~~~~~~~~~~~~~~~\n{footer}");
    assert_eq!(
        body(&letter("Precedence: bulk\n", &text)).trim(),
        format!("TIDES AND NEWS\n\n{first}\n{second}").trim()
    );
}

#[test]
fn a_sponsors_box_between_rules_goes_and_no_other() {
    let [first, second] = NEWS;
    let rule = "-".repeat(40);
    let fields = "Precedence: bulk\n";
    let sold = "Rope of all lengths at the chandler's, this week with a knot for free:\nhttps://rope.example/knots\n";
    let cases = [
        (format!("{first}\n----ADVERTISEMENT{rule}\n{sold}{rule}\n\n{second}"), format!("{first}\n{second}")),
        (
            format!("{first}\n{rule}\nADVERTISEMENT\n{rule}\n{sold}\n{rule}\nLIBRARY\n\n{second}"),
            format!("{first}\n{rule}\nLIBRARY\n\n{second}"),
        ),
        (
            format!("{first}\n{rule}\nLIBRARY\n{rule}\n\n{second}"),
            format!("{first}\n{rule}\nLIBRARY\n{rule}\n\n{second}"),
        ),
    ];
    for (text, expected) in cases {
        let squeezed = |text: &str| text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(squeezed(&body(&letter(fields, &text))), squeezed(&expected), "{text}");
    }
}

#[test]
fn a_footer_takes_nothing_of_the_author_with_it() {
    let footer = "_______________________________________________\nReeds mailing list\nReeds@lists.vale.example\n\
                  https://lists.vale.example/mailman/listinfo/reeds\n";
    let changed = "ben@vale.example changed:\n\nWhat    |Removed        |Added\n-------------------------------\n\
                   CC      |               |oars@lists.vale.example\nOwner   |oars@          |ben@vale.example\n\n";
    let remark = "The planks come from the far side now. I think the best is to ask the mill\nfor two more of them.\n";
    let text = format!("{BODY}\n{changed}{remark}");
    assert_eq!(body(&letter("", &format!("{text}\n{footer}"))).trim_end(), text.trim_end());
    let log = format!("{BODY}\nSep 15 11:45:09 pier mailscanner[61]: the check timed out,\nfailure 3 of 7\n");
    let notice = "-- \nThis message has been scanned for viruses and\ndangerous content by MailScanner, and is\n\
                  believed to be clean.\n";
    assert_eq!(body(&letter("", &format!("{log}\n\n{notice}"))).trim_end(), log.trim_end());
    let owner = "-- \nAda Lovell <mailto: ada@harbour.example>\nThe Harbour Office, 4 Quay Street\n";
    let signed = format!("{BODY}\n{owner}");
    let message = letter("", &format!("{signed}https://vale.example/mailman/listinfo/reeds\n"));
    with(&message, Options::default().signatures(Signatures::Keep), |extraction| {
        assert_eq!(String::from_utf8_lossy(&render::text(extraction)).trim_end(), signed.trim_end());
    });
}

#[test]
fn a_letter_that_ends_in_a_notice_or_is_nothing_else_is_not_lost() {
    let [first, second] = NEWS;
    let notice = "To unsubscribe from this list, click below.";
    let joined = format!("{first}{second}{first}{second}").replace('\n', " ");
    let page = format!("{HTML}\nPrecedence: bulk\n");
    let one_block = body(&letter(&page, &format!("<body><div>{joined}<br>{notice}</div></body>")));
    assert!(one_block.starts_with(joined.trim()), "{one_block}");
    let alone = "You receive this letter because you signed up for it.\n";
    assert_eq!(body(&letter("Precedence: bulk\n", alone)), alone);
}

#[test]
fn what_only_looks_like_a_signature_stays() {
    let companies: String =
        ["Quay Ropes Ltd", "Vale Mills Inc", "North Pier Company", "Tide Consulting", "Oar Systems"]
            .iter()
            .flat_map(|name| [format!("{name}   open since May\n"), format!("{name} West   closed\n")])
            .collect();
    let bodies = [
        format!("{BODY}\n{companies}"),
        format!("{BODY}\nhttps://harbour.example/boats/2025-0203-0150/night_boat_20250203_am\nended.pdf\n"),
        format!(
            "{BODY}\nIf you would rather sail on another day of the week, please ask\nBen Vale on (020) 7946 0991.\n"
        ),
        format!("{BODY}\nOur new address is:\n\nHarbour Office\n345 Quay Street\n(020) 7946-0991\n"),
        format!("{BODY}\nBen Vale 020 7946 0991\nIda Moor 020 7946 0992\nKit Lane 020 7946 0993\n"),
        format!("{BODY}\nFrom: Port Ellery\nTo: Ashgate\nDate: 3 February 2025\nSeat: 12\n\nHave a good journey!\n"),
    ];
    bodies.into_iter().for_each(|text| assert_eq!(body(&letter("", &text)), text));
    let closed = format!("{BODY}\nBest regards,\nAda\n");
    let notice = "This message and any attachment are confidential and intended only for the addressee. If you are not \
                  the intended recipient, please delete it.\n";
    assert_eq!(body(&letter("", &format!("{closed}{notice}"))), closed);
}

#[test]
fn contacts_of_somebody_else_are_what_a_letter_is_about() {
    // The letters are from Ada Lovell, at harbour.example.
    let bodies = [
        format!("{BODY}\nBen Vale\n+44 20 7946 0991\n"),
        "The boat leaves on Thursday at ten. You find it at\n\nNorth Pier\n12 Quay Street, 2nd floor\nTel. +44 20 7946 0992\n".to_owned(),
        format!("{BODY}\nBooking reference: ABC471\nPhone: +44 20 7946 0993\n"),
        format!(
            "{BODY}\nDate: Sunday, 10 March 2024\nTime: 4 pm\nTickets: +44 20 7946 0994\nWeb: https://harbour.example/choir\n"
        ),
        "Here is my card.\n\nBEGIN:VCARD\nFN:Ada Lovell\nTEL:+44 20 7946 0000\nEMAIL:ada@harbour.example\nEND:VCARD\n".to_owned(),
        format!(
            "{BODY}\nAda\n\n{}\nJoin the meeting now<https://teams.microsoft.com/l/meetup-join/19>\nMeeting ID: 271 104 711 04\n",
            "_".repeat(80)
        ),
    ];
    bodies.into_iter().for_each(|text| assert_eq!(body(&letter("", &text)), text));
    // A long text has the signature of its author, and a copied letter its own.
    let long = BODY.repeat(6);
    let passed_on = format!("{long}\nBen Vale\n+44 20 7946 0991\nbvale@vale.example\n");
    assert_eq!(body(&letter("", &passed_on)).trim_end(), long.trim_end());
    let copied =
        format!("From: Ben Vale <ben@vale.example>\nSent: 3.1.2024 12:11\nTo: Ada Lovell\nSubject: Boats\n\n{BODY}");
    let signed = format!("{BODY}\n{copied}\nBen Vale\n+44 20 7946 0991\n");
    with(&letter("", &signed), Options::default().quotes(Quotes::Keep), |extraction| {
        assert_eq!(
            String::from_utf8_lossy(&render::text(extraction)).trim_end(),
            format!("{BODY}\n{copied}").trim_end()
        );
    });
    let answer = "Ben Vale\n+44 20 7946 0991\n";
    let text = format!("{answer}\nOn Sun, 2 Feb 2025, Ben <ben@vale.example> wrote:\n> Whom can I call?\n");
    assert_eq!(body(&letter("", &text)).trim_end(), answer.trim_end());
}

#[test]
fn a_block_under_the_name_of_the_sender_goes_without_a_closing() {
    let rule = "=".repeat(27);
    let blocks = [
        format!("{rule}\nAda Lovell\nThe Harbour, Ellery\nhttps://harbour.example\n"),
        "-- Ada Lovell\n".to_owned(),
        "Ada Lovell\nHead of Boats\n\nThe Harbour\n12 Quay Street\n\nTel: +44 20 7946 0000\nWeb: www.harbour.example\n"
            .to_owned(),
        "Ada Lovell | Head of Boats | The Harbour | +44 20 7946 0000 | www.harbour.example\n".to_owned(),
    ];
    for block in blocks {
        assert_eq!(body(&letter("", &format!("{BODY}\n{block}"))).trim_end(), BODY.trim_end(), "{block}");
    }
    let other = format!("{BODY}\n{rule}\nBen Vale\nThe Mill, Vale\nhttps://vale.example\n");
    assert_eq!(body(&letter("", &other)), other);
    let closed = format!("{BODY}\nBest regards,\nAda Lovell\n");
    let whole = format!("{BODY}\nBest regards,\nAda\n");
    let signed = format!("{whole}\nAda Lovell\nHead of Boats\nTel: +44 20 7946 0000\n");
    assert_eq!(body(&letter("", &signed)).trim_end(), whole.trim_end());
    let titled = format!("{closed}Head of Boats\n\nTel: +44 20 7946 0000\n");
    assert_eq!(body(&letter("", &titled)).trim_end(), closed.trim_end());
}

#[test]
fn two_hyphens_in_a_program_are_no_separator() {
    let text = format!(
        "{BODY}\nDELETE FROM boats WHERE year < 2024;\n--\n-- the log as well\nVACUUM;\n\nTell me how long it took.\n"
    );
    assert_eq!(body(&letter("", &text)), text);
}

#[test]
fn what_is_told_of_devices_and_lists_is_no_footer() {
    let device = format!(
        "{BODY}\nSent from my iPhone\n\nThat is how it looks, and I would like to know where to turn it off.\n"
    );
    assert_eq!(body(&letter("", &device)), device);
    let list = "You asked how to leave the list: go to https://vale.example/mailman/listinfo/reeds and give your address at the \
                bottom of it.\n\nTo unsubscribe from this list you need the password that came with the first letter. If you have \
                lost it, tell me.\n\nAda\n";
    assert_eq!(body(&letter("List-Post: <mailto:reeds@vale.example>\n", list)), list);
}

#[test]
fn who_asks_to_leave_a_list_or_explains_it_is_heard() {
    let asked = "Dear support,\n\nplease unsubscribe me from all your newsletters. I no longer want to receive these emails.\n\nAda\n";
    assert_eq!(body(&letter("", asked)), asked);
    let told = "Hello all,\n\nsomebody asked how to leave this list. To unsubscribe send a message to reeds-request@vale.example with \
                the word unsubscribe in the subject.\n\nPlease do not send it to all of us.\n\nAda\n";
    assert_eq!(body(&letter("List-Id: <reeds.vale.example>\n", told)), told);
}

#[test]
fn an_answer_of_a_word_is_no_end_of_a_wrapped_line() {
    let text = "On Sun, 2 Feb 2025, Ben <ben@vale.example> wrote:\n\
                > Does the ferry run on Monday, or do we have to wait until after Easter?\nIt does.\n\
                > And the night boat, which I would much rather take, since it is cheaper?\nIt will.\n";
    assert_eq!(body(&letter("", text)), text);
}

#[test]
fn answers_in_a_copy_are_told_by_their_mark() {
    let copy = "From: Ben Vale <ben@vale.example>\nSent: Sunday, February 2, 2025 12:11 PM\nTo: Ada Lovell\nSubject: Boats\n\n\
                Does the ferry run?\n";
    for (told, mark) in [("See my remarks, marked with ###.", "###"), ("See below.", "[Ada]"), ("See below.", "[AL]")] {
        let text = format!("{told}\n\n{copy}{mark} It does, on Monday.\nAnd the night boat?\n{mark} A week later.\n");
        assert_eq!(body(&letter("", &text)), text, "{mark}");
    }
    let text = format!("See below.\n\n{copy}[Ida] It does, on Monday.\nAnd the night boat?\n[Ida] A week later.\n");
    assert_eq!(body(&letter("", &text)).trim_end(), "See below.");
}

#[test]
fn answers_in_a_copy_are_told_by_their_colour() {
    let header = "<p><b>From:</b> Ben Vale &lt;ben@vale.example&gt;<br><b>Sent:</b> 3.1.2024 12:11<br><b>To:</b> Ada Lovell<br>\
                  <b>Subject:</b> Boats</p>";
    let page = |first: &str, second: &str| {
        let text =
            format!("<p>{BODY}</p>{header}<p>When does it run?</p>{first}<p>Who steers it?</p>{second}<p>Ben</p>");
        body(&letter(&format!("{HTML}\n"), &text))
    };
    let answers = [
        ("<p style='color: red'>From Monday on.</p>", "<p><span style=\"color:#F00\">Ida does.</span></p>"),
        ("<p><font color=blue>From Monday on.</font></p>", "<p><i style='color:rgb(0, 0, 255)'>Ida does.</i></p>"),
    ];
    for (first, second) in answers {
        let kept = page(first, second);
        assert!(kept.ends_with("Who steers it?\n\nIda does.\n"), "{kept}");
    }
    let others = [
        ("<p style='color: red'>Timetable</p>", "<p style='color: red'>Crew</p>"),
        ("<p style='color: #333'>From Monday on.</p>", "<p style='color: #333'>Ida does.</p>"),
        ("<p style='color: red'>From Monday on.</p>", "<p>Ida does.</p>"),
        (
            "<p style='color: red'><a href='/a'>From Monday on.</a></p>",
            "<p style='color: red'><a href='/b'>Ida does.</a></p>",
        ),
    ];
    for (first, second) in others {
        assert_eq!(page(first, second).trim_end(), BODY.trim_end());
    }
}

#[test]
fn a_plain_letter_in_preformatted_html_is_read_as_text() {
    let quote = "On Sun, 2 Feb 2025, Ben <ben@vale.example> wrote:\n> Does the ferry run?\n";
    let text = format!("Hello Ben,\n\n{BODY}\nAda\n-- \nAda Lovell\nThe Harbour\n\n{quote}");
    let page = format!("<html><body><pre>{}</pre></body></html>", text.replace('<', "&lt;").replace('>', "&gt;"));
    let plain = format!("Hello Ben,\n\n{BODY}\nAda\n");
    assert_eq!(body(&letter(&format!("{HTML}\n"), &page)).trim_end(), plain.trim_end());
}

#[test]
fn the_armour_around_a_signed_text_goes_and_a_key_stays() {
    let footer = "_______________________________________________\nReeds mailing list\nReeds@lists.vale.example\n\
                  https://lists.vale.example/mailman/listinfo/reeds\n";
    let signed = format!(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{BODY}-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG v2\n\n\
         iEYEARECAAYFAk8EXAMPLE\n=a1B2\n-----END PGP SIGNATURE-----\n\n{footer}"
    );
    assert_eq!(body(&letter("", &signed)).trim(), BODY.trim_end());
    let key = format!(
        "{BODY}\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBGWVQkQBEADabcdefABCDEF\n=a1B2\n\
         -----END PGP PUBLIC KEY BLOCK-----\n\nAda\n"
    );
    assert_eq!(body(&letter("", &key)), key);
}

#[test]
fn a_journey_or_a_talk_of_headers_is_no_copied_letter() {
    let bodies = [
        "Deine Reise steht:\n\nVon: Ellery\nAn: Ashgate\nDatum: 12. März 2024\nBetreff: Sitzplatz 47\n\nGute Reise!\n",
        "The program writes these lines wrongly:\n\nFrom: Ben Vale\nTo: Ada Lovell\nSubject: =?utf-8?q?boats?=\n\nWho can help?\n",
    ];
    bodies.into_iter().for_each(|text| assert_eq!(body(&utf8(text)), text));
}

#[test]
fn what_is_written_behind_a_signature_stays() {
    for line in ["P.S. Bring the key.", "PS: 鍵を持ってきてください。", "附言：请带钥匙。"] {
        let text = format!("{BODY}\n-- \nAda Lovell\nHarbour Office\n\n{line}\n");
        assert_eq!(body(&letter("", &text)), format!("{BODY}\n{line}\n"));
    }
}

#[test]
fn what_is_marked_in_a_letter_that_answers_nothing_is_no_quote() {
    let text = format!("{BODY}\n> tide --set high\n> tide --log\n");
    assert_eq!(body(&letter("Message-ID: <1@harbour.example>\n", &text)), text);
    let answer = letter("Message-ID: <1@harbour.example>\nIn-Reply-To: <0@vale.example>\n", &text);
    assert_eq!(body(&answer).trim_end(), BODY.trim_end());
}

#[test]
fn cards_of_others_and_fields_of_anything_stay() {
    let from = |from: &str| format!("From: {from}\nMessage-ID: <1@harbour.example>\nSubject: Garden\n");
    let card =
        "This is the doctor who looked at my back.\n\nMaria Sanchez\nTel. +34 91 1234567\nmaria@harbour.example\n";
    let job = "Job: Garden\nPlace: Ashgate\nStart: 12 March 2024 10:00\n\nDo you want it? I would take it.\n";
    let header = "Is this one real?\n\nFrom: Bank <bank@vale.example>\nTo: ada@harbour.example\n\
        Date: Tue, 12 Mar 2024 10:00:00 +0100\nSubject: Your account\n\nI do not trust it at all.\n";
    let asked = "This message came from outside our organization, so I did not open it. Can you look?\n";
    let senders = [
        "Anna Berg <anna.berg@harbour.example>",
        "Ann Harbour <ann@harbour.example>",
        "Ed Miles <ed@vale.example>",
        "Li An <li.an@vale.example>",
    ];
    for sender in senders {
        for text in [card, job, header, asked] {
            let message = format!("{}Content-Type: text/plain; charset=utf-8\n\n{text}", from(sender));
            assert_eq!(body(message.as_bytes()), text, "{sender}");
        }
    }
}

#[test]
fn under_an_introduction_any_mark_quotes() {
    let told = "On Sun, 2 Feb 2025, Ben Vale wrote:";
    for mark in ["|", ":", "]", "}", "»", "＞"] {
        let quote = format!("{mark} Does the ferry run?\n{mark} And the night boat?\n");
        assert_eq!(body(&utf8(&format!("{told}\n{quote}\n{BODY}"))).trim(), BODY.trim_end(), "{mark}");
        let list = format!("{BODY}\nWhat the mill asks:\n{quote}");
        assert_eq!(body(&utf8(&list)), list, "{mark}");
    }
    let table = format!("{told}\n| Boat | Turns |\n| Night | 255 |\n\n{BODY}");
    assert_eq!(body(&letter("", &table)), table);
}

#[test]
fn a_closing_below_a_quote_is_no_answer() {
    let quote = "On Sun, 2 Feb 2025, Ben Vale wrote:\n> Does the ferry run?\n";
    let text = format!("{BODY}\nAnd the pier opens in May.\n\n{quote}\nBest regards,\nAda\n");
    assert!(!body(&letter("", &text)).contains("Does the ferry run?"));
}

#[test]
fn banners_of_gateways_go_from_the_head() {
    let banners = [
        "[EXTERNAL]",
        "CAUTION: This email originated from outside of the organization. Do not click links.",
        "ACHTUNG: Diese Nachricht kommt von einem externen Absender.",
        "You don't often get email from ada@harbour.example. Learn why this is important<https://aka.example/a>",
        "##- Please type your reply above this line -##",
    ];
    for banner in banners {
        assert_eq!(body(&letter("", &format!("{banner}\n\n{BODY}"))).trim_end(), BODY.trim_end(), "{banner}");
    }
    let text = format!("Warning signs stand outside the mill, and nobody reads them.\n\n{BODY}");
    assert_eq!(body(&letter("", &text)), text);
}

#[test]
fn the_letters_of_a_digest_are_what_it_is_about() {
    let item = |number: u8, text: &str| {
        format!(
            "Message: {number}\nDate: Mon, 3 Feb 2025 10:00:0{number} +0100\nFrom: Ben Vale <ben@vale.example>\n\
             To: harbour@harbour.example\nSubject: [Harbour] Boats\n\n{text}\n\n------------------------------\n\n"
        )
    };
    let text = format!(
        "Today's Topics:\n\n   1. Boats\n\n\n{}{}",
        item(1, BODY.trim_end()),
        item(2, "The pier is wet again.")
    );
    let kept = body(&letter("", &text));
    assert!(kept.contains(BODY.trim_end()) && kept.contains("The pier is wet again."), "{kept}");
    let parts = [
        (PLAIN, "Send Harbour mailing list submissions to\n\tharbour@harbour.example\n"),
        (
            "Content-Type: multipart/digest; boundary=\"abc\"",
            &*format!("--abc\n\nFrom: ben@vale.example\nSubject: Boats\n{PLAIN}\n\n{BODY}\n--abc--\n"),
        ),
    ];
    let kept = body(&multipart("mixed", &parts));
    assert!(kept.contains(BODY.trim_end()), "{kept}");
}

#[test]
fn a_block_of_contacts_goes_whatever_its_street_is_called() {
    let signed = format!("{BODY}\nAda Lovell\nHarbour Office\n345 Quay Street, Ste. 14\n(020) 7946-0991 ph.\n");
    assert_eq!(body(&letter("", &signed)).trim_end(), BODY.trim_end());
}

#[test]
fn the_caller_overrules_the_rules_of_letters() -> unboil::Result<()> {
    let footer = "_______________________________________________\nReeds mailing list\nReeds@lists.vale.example\n\
                  https://lists.vale.example/mailman/listinfo/reeds\n";
    let signature = "-- \nAda Lovell\n";
    let text = format!("{BODY}\n{signature}{footer}");
    let cases = [
        (Options::default(), BODY.to_owned()),
        (Options::default().no_strip(&[Family::MailingList]), format!("{BODY}\n{footer}")),
        (Options::default().strip(&[Family::MailingList]), format!("{BODY}\n{signature}")),
        (Options::default().keep_text("Lovell")?, format!("{BODY}\nAda Lovell\n")),
        (Options::default().drop_text("ferry")?, String::new()),
    ];
    for (options, expected) in cases {
        let printed = with(&letter("", &text), options, |extraction| String::from_utf8(render::text(extraction)));
        assert_eq!(printed.expect("UTF-8").trim_end(), expected.trim_end());
    }
    Ok(())
}

#[test]
fn a_newsletter_that_is_saved_as_a_page_loses_what_only_letters_have() {
    let [first, second] = NEWS;
    let table =
        |content: &str| format!("<table width=600><tbody><tr><td align=center>{content}</td></tr></tbody></table>");
    let footers = [
        [
            "View this email in your browser",
            "You are receiving this email because you opted in.",
            "Unsubscribe from this list",
        ],
        ["Diese E-Mail im Browser ansehen", "Sie erhalten diese E-Mail, weil Sie sich angemeldet haben.", "Abmelden"],
        ["Ver este correo en su navegador", "Recibe este correo porque se suscribió en la web.", "Darse de baja"],
        ["ブラウザで表示する", "このメールは、ご登録いただいた方にお送りしています。", "配信停止はこちら"],
    ];
    for [view, why, leave] in footers {
        let news = [
            format!("<a href=/1>{view}</a>"),
            format!("<h1>Ferry and library</h1><p>{first}</p>"),
            format!("<p>{second}</p>"),
        ];
        let footer =
            format!("Copyright © 2025 Vale News<br>{why}<br>Vale News<br>1 Quay Street<br><a href=/2>{leave}</a>");
        let cells: String = news.iter().chain([&footer]).map(|content| table(content)).collect();
        let in_tables = format!("<html><body><table class=wrapper><tr><td>{cells}</td></tr></table></body></html>");
        let in_divs = ["table", "tbody", "tr", "td"].iter().fold(in_tables.clone(), |page, tag| {
            page.replace(&format!("<{tag}"), "<div").replace(&format!("</{tag}>"), "</div>")
        });
        for page in [in_tables, in_divs] {
            let record = Record::new(page.as_str()).kind(Kind::Html);
            let printed = render::text(&Extractor::new(Options::default()).extract(&record));
            let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let expected = format!("Ferry and library {first} {second}");
            assert_eq!(squeezed(&String::from_utf8_lossy(&printed)), squeezed(&expected), "{view}");
        }
    }
}

#[test]
fn quotes_and_signatures_go_from_the_html_of_every_program() {
    let [first, second] =
        ["The ferry runs again from Monday, as the harbour office says.", "The night boat returns a week later."];
    let own = format!("<div>{first}</div><div><br></div><div>{second}</div>");
    let quoted = "<div>When does the ferry run again?</div><div>And the night boat?</div>";
    let header = |[from, sent, to, subject]: [&str; 4]| {
        format!(
            "<b>{from}:</b> Ben &lt;ben@vale.example&gt;<br><b>{sent}:</b> 30.08.2017 16:59<br><b>{to}:</b> Ada Lovell<br>\
             <b>{subject}:</b> Boats"
        )
    };
    let english = header(["From", "Sent", "To", "Subject"]);
    let wrote = "On Wed, Aug 30, 2017 at 4:59 PM Ben Vale &lt;ben@vale.example&gt; wrote:";
    let below = [
        format!(
            "<div class=gmail_quote><div class=gmail_attr>{wrote}<br></div><blockquote class=gmail_quote>{quoted}</blockquote></div>"
        ),
        format!(
            "<div class=moz-cite-prefix>{wrote}<br></div><blockquote type=cite>{quoted}</blockquote>\
                 <div class=moz-signature>-- <br>Ada Lovell</div>"
        ),
        format!("<div><blockquote type=cite><div>{wrote}</div><br>{quoted}</blockquote></div>"),
        format!("<div style='border-top:solid'><p class=MsoNormal>{english}</p></div>{quoted}"),
        format!(
            "<hr><div id=divRplyFwdMsg>{}<div>&nbsp;</div></div>{quoted}",
            header(["Von", "Gesendet", "An", "Betreff"])
        ),
        format!("<hr id=zwchr><div>{}<br></div>{quoted}", header(["De", "Envoyé", "À", "Objet"])),
        format!("<div>-----Original Message-----<br>{english}</div>{quoted}"),
        format!("<div class=yahoo_quoted><div>{wrote}</div>{quoted}</div>"),
        format!("<div id=x_divRplyFwdMsg><b>Lähtijä:</b> Ben Vale<br><b>Pvm:</b> 30.8.2017</div>{quoted}"),
        format!("<div name=quote>{quoted}</div>"),
        format!("<div data-marker=__QUOTED_TEXT__>{quoted}</div>"),
        format!("<div id=OLK_SRC_BODY_SECTION>{quoted}</div>"),
        "<p>Ben Vale wrote:</p><p>&gt; When does the ferry run again?<br>&gt; And the night boat?</p>".to_owned(),
        "<div class=signature><div>Ada Lovell</div><div>She turns wheels.</div></div>".to_owned(),
        "<div class=gmail_signature><div>Ada Lovell</div><div>Harbour Office</div></div>".to_owned(),
        "<div id=Signature><p>Ada Lovell</p><table><tr><td>Harbour Office</td></tr></table></div>".to_owned(),
    ];
    for below in below {
        let message =
            letter(&format!("In-Reply-To: <7@vale.example>\n{HTML}\n"), &format!("<body>{own}{below}</body>"));
        assert_eq!(body(&message).trim_end(), format!("{first}\n\n{second}"), "{below}");
    }
    // What somebody wrote into the element of a signature stays.
    let wrapped = format!("<div class=gmail_signature>{own}</div>");
    assert_eq!(body(&letter(&format!("{HTML}\n"), &wrapped)).trim_end(), format!("{first}\n\n{second}"));
}

#[test]
fn what_a_page_keeps_does_not_depend_on_how_much_is_explained() {
    let [first, second] = NEWS;
    // The name of an element is told in full alone, and says where a preview stands.
    let page = format!(
        "<body><div class=preheader>Ferry and library</div><div class=news><h1>Ferry</h1><p>{first}</p><p>{second}</p>\
         <p>You are receiving this email because you opted in on our website. If you no longer wish to receive these \
         emails, you can unsubscribe at any time.</p></div></body>"
    );
    let printed = |detail| {
        let record = Record::new(page.as_str()).kind(Kind::Html);
        render::text(&Extractor::new(Options::default().detail(detail)).extract(&record))
    };
    assert_eq!(printed(Detail::Brief), printed(Detail::Full));
    // Families by the names of elements decide in either.
    let page = format!(
        "<body><article><h1>Ferry</h1><p>{first}</p><p>{second}</p></article>\
         <div class=newsletter-site><div class=share-buttons><ul><li>Zorb<li>Quux</ul></div></div></body>"
    );
    let kept = |options: Options| {
        let record = Record::new(page.as_str()).kind(Kind::Html);
        String::from_utf8(render::text(&Extractor::new(options).extract(&record))).expect("UTF-8").contains("Zorb")
    };
    for detail in [Detail::Brief, Detail::Full] {
        let options = || Options::default().detail(detail);
        assert!(!kept(options().strip(&[Family::Share])));
        assert!(kept(options().no_strip(&[Family::Share])));
        assert!(!kept(options().no_strip(&[Family::Newsletter])), "the nearest name counts");
    }
}

#[test]
fn prose_right_under_lines_like_headers_is_a_text() {
    let text = "From: The harbour office\nDate: Monday\nThe ferry to the island runs again after the storm.\n\nThe mayor thanked the crew.\n";
    let ran = run_in(&folder("letters-prose"), &[], text.as_bytes());
    assert!(ran.stdout.contains("The ferry to the island runs again"), "{}", ran.stdout);
}

#[test]
fn a_letter_of_two_bytes_a_character_is_read() {
    let letter = "From: Ada <ada@a.example>\r\nTo: Ben\r\nSubject: Ferry\r\n\r\nThe ferry to the island runs again from Monday.\r\n";
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(letter.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let ran = run_in(&folder("letters-wide"), &["-t", "json"], &wide);
    assert!(ran.stdout.contains("\"title\":\"Ferry\""), "{}", ran.stdout);
    assert!(ran.stdout.contains("The ferry to the island runs again"), "{}", ran.stdout);
}

#[test]
fn what_a_letter_shows_cites_or_asks_stays() {
    let shown = [
        "They write \"If you have received this email in error, please delete it and notify the sender\" below each of them.\n",
        "Our lawyers want this text below each letter:\n\nThis message is confidential and intended solely for the addressee. \
         If you are not the intended recipient, please delete it.\n\nPlease add it by Friday.\n",
        "Write it like this:\n\n-- \nRay Oldman\n\nand send me a test.\n",
        "Here is the plan for the week.\n\nMonday: soup\n--\nTuesday: fish\n\nShall I swap them?\n",
        "The dump begins with these lines.\n\n--\n-- PostgreSQL database dump\n--\npg_dump: error\n",
    ];
    for text in shown {
        assert_eq!(body(&utf8(text)), text);
    }
    let rule = "_".repeat(47);
    let footer =
        format!("{rule}\nchoir mailing list\nchoir@lists.example\nhttp://lists.example/mailman/listinfo/choir\n");
    assert_eq!(body(&utf8(&format!("unsubscribe\n\n{footer}"))), "unsubscribe\n");
}

#[test]
fn of_a_letter_that_is_a_footer_alone_nothing_is_the_authors() {
    let rule = "_".repeat(47);
    let footer = format!(
        "{rule}\nchoir mailing list\nchoir@lists.example\nhttp://lists.example/mailman/listinfo/choir\n{rule}\n"
    );
    assert_eq!(body(&utf8(&footer)), "");
}

#[test]
fn a_letter_is_known_by_its_fields_wherever_the_look_at_it_ends() {
    let letter = format!(
        "From: Ada <ada@a.example>\nTo: Ben\nX-Long: {}\nX-Mailer: pen\n\nThe ferry runs again.\n",
        "a b ".repeat(20_000)
    );
    let ran = run_in(&folder("letters-long"), &["-t", "json"], letter.as_bytes());
    assert!(
        ran.stdout.contains("\"kind\":\"eml\"") || ran.stdout.contains("\"author\":\"Ada\""),
        "{:.300}",
        ran.stdout
    );
}

#[test]
fn a_letter_that_ends_as_one_to_many_is_judged_as_one() {
    let said = "The new pier opens on Friday. The mayor will cut a rope at noon, since\nnobody could find a ribbon that was \
                long enough for it.\n";
    let footer = format!(
        "\n{}\nThis goes to all who gave us their address. Want no more of these letters?\nTake yourself off here: \
         http://tide.example.org/off/8812\nMoved house? Tell us your new address: office@tide.example.org\n",
        "-".repeat(60)
    );
    let sent = body(&utf8(&format!("{said}{footer}")));
    assert!(sent.starts_with(said) && !sent.contains("Take yourself") && !sent.contains("Moved house"), "{sent}");
    // An answer is no letter to many, whatever it ends with.
    let answer = letter(&format!("In-Reply-To: <1@a.example>\n{PLAIN}\n"), &format!("{said}{footer}"));
    assert!(body(&answer).contains("Take yourself"));
}

#[test]
fn a_letter_without_any_address_loses_the_end_that_any_text_would_lose() {
    let said = "The willows by the mill came down on Thursday night. Nobody was hurt, and\nthe ducks have moved to the \
                other bank as if they had planned it.\n";
    let footer = "\nTo be taken off the mailing list of the allotments, tell the office.\n";
    assert_eq!(body(&utf8(&format!("{said}{footer}"))).trim_end(), said.trim_end());
    // An answer is no circular.
    let answer = letter(&format!("In-Reply-To: <1@a.example>\n{PLAIN}\n"), &format!("{said}{footer}"));
    assert!(body(&answer).contains("To be taken"));
}

#[test]
fn the_text_of_a_letter_to_many_has_a_model_of_its_own() {
    let scores =
        |record: &Record| Extractor::default().extract(record).verdicts.iter().map(|v| v.score).collect::<Vec<_>>();
    let as_text = scores(&Record::new(BODY).kind(Kind::Text));
    let as_letter = scores(&Record::new(letter("Precedence: bulk\n", BODY)).kind(Kind::Mail));
    assert!(as_text.len() == as_letter.len() && as_text != as_letter && as_letter.iter().all(|score| *score > 0.0));
}
