//! Plain texts: what must pass untouched, what must go, and what the caller can ask for. All texts were written for this
//! project.

use unboil::{Extractor, Family, Kind, Options, Record, render};

fn clean_with(options: Options, text: &str) -> String {
    let record = Record::new(text).kind(Kind::Text);
    String::from_utf8_lossy(&render::text(&Extractor::new(options).extract(&record))).into_owned()
}

fn clean(text: &str) -> String {
    clean_with(Options::default(), text)
}

const ARTICLE: &str = "\
Ferry crews learn to read the sandbanks again
The channel into Port Ellery has moved so far to the west that the harbour's own chart, printed nine years ago, now shows deep water where children dig for worms at low tide.
Since January the ferry crews have been sounding the passage by hand every Monday morning, and every sounding is written down and pinned to a board at the ticket office.
\"It is slow, but it cannot be switched off by salt water,\" says the mate of the Morning Heron, Birgit Aalund.
Two electronic surveys were planned for the spring. One was cancelled when the survey launch itself ran aground.
Until new buoys are laid in June, the last crossing of the day will leave forty minutes early whenever the tide table gives less than two metres at the outer mark.
";

const PROMPTS: [&str; 12] = [
    "Join the Harbourwatch.example mailing list",
    "Newsletter abonnieren und nichts verpassen",
    "Inscrivez-vous à notre newsletter",
    "Suscríbete a nuestro boletín",
    "Iscriviti alla nostra newsletter",
    "Assine nossa newsletter",
    "Schrijf je in voor onze nieuwsbrief",
    "Zapisz się do newslettera",
    "Подпишитесь на нашу рассылку",
    "メルマガ登録はこちら",
    "订阅我们的新闻通讯",
    "Sign up for our free newsletter",
];

#[test]
fn a_prompt_in_a_flattened_table_goes_in_every_language_and_line_end() {
    for prompt in PROMPTS {
        let text = format!("{ARTICLE}|\nNEWSLETTER\n|\n| {prompt} |\n|\n|\n|\n");
        let expected = format!("{ARTICLE}|\nNEWSLETTER\n");
        assert_eq!(clean(&text), expected, "{prompt}");
        assert_eq!(clean(&text.replace('\n', "\r\n")), expected.replace('\n', "\r\n"), "{prompt} with CRLF");
        assert_eq!(clean(text.trim_end()), expected, "{prompt} without a final newline");
    }
}

#[test]
fn a_prompt_that_no_pattern_names_goes_by_its_wording() {
    let text = format!("{ARTICLE}\nFancy more like this? Leave us your address\n");
    let record = Record::new(text.as_str()).kind(Kind::Text);
    let extraction = Extractor::new(Options::default()).extract(&record);
    let last = extraction.verdicts.last().expect("a verdict for each block");
    assert!(!last.keep && last.reason.rules.is_empty(), "{last:?}");
    assert_eq!(last.reason.note, Some("sounds like a prompt"));
    assert!(extraction.verdicts.iter().rev().skip(1).all(|verdict| verdict.keep));
}

#[test]
fn the_pipes_may_stand_on_other_lines() {
    let forms = [
        "|\n| {} |\n|\n",
        "| {} |\n",
        "|\n|\n{} |\n|\n",
        "|\n{}\n|\n|\n",
        "| | {} | |\n|\n---|---\n|\n",
        "{}\n|\n",
        "| {}\n|\n|\n",
    ];
    for form in forms {
        let text = format!("{ARTICLE}{}", form.replace("{}", PROMPTS[0]));
        assert_eq!(clean(&text), ARTICLE, "{form}");
    }
}

/// Texts that say what footers say, and mean it; and texts whose form looks like debris.
const TRAPS: [(&str, &str); 14] = [
    (
        "a password letter",
        "Hello Corin,\n\nYou are receiving this email because you requested a password reset for your account at the Lantern \
         Street Library.\n\nTo choose a new password, open this page:\nhttps://library.example/reset/7Q2M\n\nThe link works once \
         and expires after two hours. If you did not ask for this, you need not do anything.\n\nHenrike Dallow\n",
    ),
    (
        "documentation that says join our mailing lists",
        "Getting help\n\nThe project has three ways to ask a question. Before you do, please read the manual, because most \
         answers stand there.\n\nJoin our mailing lists and correspond with the developers directly. The list for users is \
         the right place for questions about installation; the list for developers is about the code itself.\n\nOpen an \
         issue if you are sure that you found a fault. Say which version you use, what you did, and what happened.\n",
    ),
    (
        "an article about newsletters",
        "How to grow a newsletter\n\nThe first hundred readers come from people you know. Ask each of them to forward one \
         letter to one friend, and thank them by name in the next.\n\nPut the form where the text ends. \"Subscribe to our \
         newsletter\" is the weakest line you can write there; say instead what a reader gets and how often.\n\nMake it easy \
         to leave. A link that says \"unsubscribe\" and works at once does more for your name than any promise.\n",
    ),
    (
        "a cookie policy",
        "Cookie policy\n\nThis site uses cookies. A cookie is a small file that your browser keeps for us and sends back with \
         each request.\n\nWe use two kinds. The first keeps you logged in and is deleted when you close the browser. The second \
         counts how many people read a page, and is deleted after thirty days.\n\nYou can refuse the second kind in the settings \
         of your account. If you do, nothing on this site stops working.\n",
    ),
    (
        "a patch",
        "From 5f3c8a52 Mon Sep 17 00:00:00 2001\nFrom: Oswin Pell <oswin@mill.example>\nSubject: [PATCH] tide: round towards \
         the shore\n\nThe table gave less water than there was.\n---\n tide.c | 2 +-\n 1 file changed, 1 insertion(+), 1 \
         deletion(-)\n\ndiff --git a/tide.c b/tide.c\n--- a/tide.c\n+++ b/tide.c\n@@ -10,7 +10,7 @@ int depth(int mark)\n \
         {\n-\treturn mark / 10;\n+\treturn (mark + 9) / 10;\n }\n-- \n2.51.0\n",
    ),
    (
        "rules between sections",
        "The mill stands on the east bank, where the water is fast and the road is near. It has ground oats since \
         1742.\n\n---\n\nThe second mill came later. It was built of brick, with a chimney, and never made any \
         money.\n\n---\n\nOf the third only the wheel is left. Children swim under it in August, when the sluice is shut.\n",
    ),
    (
        "an article about disclaimers",
        "The sentence that nobody reads\n\nFor eleven years Birgit Aalund has collected the last lines of letters, and has \
         sorted them by length. The longest came from a firm that sells rope.\n\n\"If you are not the intended recipient, \
         please notify the sender and delete all copies\" has no force in law, she says, whoever writes it below a letter; \
         and of the four thousand people who were asked to delete one, she knows of none who did.\n",
    ),
    (
        "an article about what telephones add",
        "A line for everyone\n\nThe telephone of the harbour master adds a line to all that he writes, and in nine years he has \
         not found out how to stop it.\n\nSent from my iPhone, it says, and that is how the islanders know that he is on the \
         boat and cannot be asked about the tide before he is back in the evening.\n",
    ),
    (
        "a poem",
        "Low water\n\nThe heron counts the stones again,\none foot above the stream,\nand every stone is where it was\nwhen \
         last she had the dream.\n\nThe sluice is shut, the mill is still,\nthe eels lie in the mud,\nand no one comes to lift \
         the gate\nuntil the autumn flood.\n",
    ),
    (
        "a dialogue",
        "ANNA: Did you bring the rope?\nBEN: Which rope?\nANNA: The long one.\nBEN: No.\nANNA: Then how do we get down?\nBEN: \
         We wait.\nANNA: For what?\nBEN: For low water.\n",
    ),
    (
        "a table of numbers",
        "Depth at the outer mark, in metres, as it was measured on Mondays:\n\n| Month | Low | High |\n|---|---|---|\n| March \
         | 1.9 | 5.2 |\n| April | 2.1 | 5.0 |\n| May | 2.4 | 4.8 |\n\nThe figures for June are not yet in.\n",
    ),
    (
        "code",
        "Run the program like this:\n\n    $ tide --mark outer --date 2024-05-01\n    2.1\n\nThe option takes a date. Without \
         it the program uses today's:\n\n    for mark in inner outer; do\n        tide --mark $mark | tail -1\n    done\n",
    ),
    (
        "a list under prose",
        "For the walk to the mill you need a few things, most of which you have at home:\n\n- boots that may get wet\n- a map of \
         the east bank\n- bread\n- a torch, if you come back late\n\nThe bus back leaves at ten past six.\n",
    ),
    (
        "headings of prose",
        "About us\n\nThe library was founded in 1903 by four printers, who gave their own books and built the shelves \
         themselves.\n\nContact\n\nThe front desk is open from nine to five. In the evening you can ring the caretaker, who lives \
         next door and has a key.\n\nPrivacy\n\nWe keep a record of what you borrow until you bring it back. After that nobody, \
         we included, can find out what you read.\n",
    ),
];

#[test]
fn texts_that_only_look_like_boilerplate_pass_unchanged() {
    let changed: Vec<String> = TRAPS
        .iter()
        .filter(|(_, text)| clean(text) != *text)
        .map(|(name, text)| format!("{name}:\n{}", difference(text)))
        .collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Data and settings are no pages, however little they look like prose; nor are the addresses under a list of changes.
#[test]
fn what_machines_read_passes_unchanged() {
    const MARKS: [&str; 8] = [
        "Aldern Sound",
        "Bransea",
        "Great Corrow",
        "Dunmere Head",
        "Ellery",
        "Farrow and the Skerries",
        "Gallan",
        "Harwick Bay",
    ];
    const WORDS: [&str; 15] = [
        "mark", "sound", "depth", "limit", "outer", "inner", "table", "month", "season", "heron", "ferry", "chart",
        "light", "buoy", "sluice",
    ];
    let rows = |count: usize, row: fn(usize, &str, &str) -> String| -> String {
        (0..count).map(|at| row(at, MARKS[at % MARKS.len()], WORDS[at % WORDS.len()])).collect()
    };
    let data = rows(40, |at, mark, _| {
        format!(
            r#"    {{
      "code": "{}",
      "name": "{mark}",
      "number": "{}",
      "withdrawn": "19{at}"
    }},
"#,
            mark.chars().take(2).collect::<String>().to_uppercase(),
            at + 10
        )
    });
    let settings = rows(75, |at, _, word| {
        format!("{word}_{}_in_{} = \"warn\"\n", WORDS[(at * 7 + 3) % WORDS.len()], WORDS[(at * 4 + 1) % WORDS.len()])
    });
    let builds = rows(25, |at, _, word| {
        format!("      - build: {word}\n        os: {}-latest\n", WORDS[(at + 4) % WORDS.len()])
    });
    let changes = rows(20, |at, mark, _| {
        format!(
            "## [1.{at}]\n\n### Changed\n\n- {mark} is read from the second table, because the first has no mark for it.\n\n"
        )
    });
    let references = rows(20, |at, _, _| format!("[1.{at}]: https://code.example/tide/releases/tag/v1.{at}\n"));
    let texts = [
        format!("{{\n  \"marks\": [\n{data}  ]\n}}\n"),
        format!("[package]\nname = \"marks\"\nlicense = \"MIT\"\n\n[lints]\n{settings}"),
        format!("jobs:\n  test:\n    matrix:\n      include:\n{builds}    steps:\n    - uses: tide/checkout@v4\n"),
        format!("# Changes\n\nWhat changed for those who use the program, the newest first.\n\n{changes}{references}"),
    ];
    for text in texts {
        assert_eq!(difference(&text), "", "{}", text.lines().take(6).collect::<Vec<_>>().join("\n"));
    }
}

/// The lines that are dropped.
fn difference(text: &str) -> String {
    let record = Record::new(text).kind(Kind::Text);
    String::from_utf8_lossy(&render::removed(&Extractor::new(Options::default()).extract(&record))).into_owned()
}

const LETTER: &str = "\
Hi everyone,

thanks for coming to the workshop on Saturday. Nineteen of us repaired twenty-three lamps and one stubborn accordion.
The next date is 14 March. If you would like to bring something large, write to me beforehand.

Cheers,
Oswin
";

#[test]
fn under_a_dated_headline_a_short_dump_keeps_lists_and_poems() {
    let above = "We use cookies to give you the best experience. Accept all\n\nHome\nPolitics\nSport\nCulture\nLog in\n\nHome > News > Local\n\n";
    let below = "\nTags: rivers, bridges\n\nShare this article\nFacebook\nTwitter\n\nYou may also like\nCouncil to spend more on walls\nWhy \
                 bread is getting cheaper\n\nSign up for our newsletter\nYour email address\nSubscribe\n\n© 2023 Vale Courier. All rights \
                 reserved.\n";
    let recipe = [
        "Lentil soup with lemon",
        "Serves 4",
        "Ingredients:",
        "2 tbsp olive oil",
        "1 large onion",
        "250 g red lentils",
        "Chop the onion and the carrots and cook them in the oil for eight minutes over a low heat.",
    ];
    let poem = [
        "The ferryman's daughter",
        "She knew the river by its sound,",
        "the low tone where the gravel lay,",
        "the high one where it leapt the ground,",
        "and every stroke, by night and day.",
        "Now stands the bridge. The cars go over.",
        "Nobody looks down at the brim.",
        "But sometimes on a night in clover",
        "a boat knocks softly on the rim.",
    ];
    for article in [&recipe[..], &poem[..]] {
        let (headline, lines) = article.split_first().expect("lines");
        let text =
            format!("{above}{headline}\n14 May 2023, 9.15 am | 3 min read | Share\n\n{}\n{below}", lines.join("\n"));
        let kept = clean(&text);
        for line in article {
            assert!(kept.contains(line), "{line}: {kept}");
        }
        for line in ["cookies", "Politics", "newsletter", "Vale Courier"] {
            assert!(!kept.contains(line), "{line}: {kept}");
        }
    }
}

#[test]
fn whole_footers_of_list_managers_go() {
    let footers = [
        "_______________________________________________\nMillbrook mailing list\nMillbrook@lists.mill.example\n\
         https://lists.mill.example/mailman/listinfo/millbrook\n",
        "_______________________________________________\nMillbrook mailing list -- millbrook@lists.mill.example\nTo \
         unsubscribe send an email to millbrook-leave@lists.mill.example\n",
        "-- \nYou received this message because you are subscribed to the Google Groups \"Millbrook\" group.\nTo unsubscribe from \
         this group and stop receiving emails from it, send an email to millbrook+unsubscribe@googlegroups.com.\nTo view this \
         discussion visit https://groups.google.com/d/msgid/millbrook/3f0c.\n",
        "########################################################################\n\nTo unsubscribe from the MILLBROOK list, \
         click the following link:\nhttps://www.lists.example/cgi-bin/webadmin?SUBED1=MILLBROOK&A=1\n",
        "------------------------ Yahoo! Groups Sponsor ---------------------~-->\nBuy tools at a discount\n\
         ---------------------------------------------------------------------~->\n\nTo unsubscribe from this group, send an \
         email to:\nmillbrook-unsubscribe@yahoogroups.com\n\nYour use of Yahoo! Groups is subject to \
         http://docs.yahoo.com/info/terms/\n",
        "-=-=-=-=-=-=-=-=-=-=-=-\nGroups.io Links: You receive all messages sent to this group.\nView/Reply Online (#155): \
         https://groups.example/g/millbrook/message/155\nMute This Topic: https://groups.example/mt/1/2\nUnsubscribe: \
         https://groups.example/g/millbrook/unsub\n-=-=-=-=-=-=-=-=-=-=-=-\n",
    ];
    for footer in footers {
        assert_eq!(clean(&format!("{LETTER}\n{footer}")), LETTER, "{footer}");
    }
}

#[test]
fn what_programs_and_lawyers_add_to_letters_goes_in_every_language() {
    let added = [
        "Inviato da iPhone",
        "Отправлено с iPhone",
        "iPhoneから送信",
        "Sent from my Samsung Galaxy smartphone.",
        "Outlook für Android beziehen",
        "Please consider the environment before printing this email.",
        "Diese E-Mail wurde von Avast Antivirus-Software auf Viren geprüft.\nhttps://www.avast.com/antivirus",
        "Recibe este correo porque se suscribió a nuestro boletín.\nDarse de baja: https://mill.example/u/123",
        "This email and any files transmitted with it are confidential and intended solely for the use of the individual \
         or entity to whom they are addressed. If you have received this email in error please notify the sender.",
        "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de ses \
         destinataires. Si vous avez reçu ce message par erreur, merci d'en avertir immédiatement l'expéditeur.",
    ];
    let prose = "Thank you, the second lamp is lit again and the cellar is dry.\n\nWe come on Friday to look at it, and we \
                 bring the new wick along.\n\nBest wishes,\nOswin\n";
    for added in added {
        assert_eq!(clean(&format!("{prose}\n{added}\n")), prose, "{added}");
    }
}

#[test]
fn families_can_be_left_alone_or_be_the_only_ones() {
    let text = format!("{ARTICLE}\n{}\n\nCopyright 2024 Harbourwatch. All rights reserved.\n", PROMPTS[0]);
    let without = |family| clean_with(Options::default().no_strip(&[family]), &text);
    let only = |family| clean_with(Options::default().strip(&[family]), &text);
    let (prompt, rights) =
        (format!("{ARTICLE}\n{}\n", PROMPTS[0]), "Copyright 2024 Harbourwatch. All rights reserved.\n");
    assert_eq!(clean(&text), ARTICLE);
    assert_eq!(without(Family::Newsletter), prompt);
    assert_eq!(only(Family::Copyright), prompt);
    assert_eq!(only(Family::Newsletter), format!("{ARTICLE}\n{rights}"));
}

#[test]
fn texts_can_be_kept_and_dropped_by_pattern() -> unboil::Result<()> {
    let text = format!("{ARTICLE}{}\n", PROMPTS[0]);
    let kept = Options::default().keep_text("^Join the")?;
    assert_eq!(clean_with(kept, &text), text);
    let dropped = Options::default().drop_text("(?i)salt WATER")?;
    let expected: String =
        ARTICLE.lines().filter(|line| !line.contains("salt")).map(|line| format!("{line}\n")).collect();
    assert_eq!(clean_with(dropped, &text), expected);
    let both = Options::default().drop_text("Join")?.keep_text("mailing")?;
    assert_eq!(clean_with(both, &text), text);
    Ok(())
}

#[test]
fn a_page_obeys_patterns_and_own_rules_too() -> unboil::Result<()> {
    let page = "<article><p>The ferry runs again from Monday, the harbour office said, after the storm had closed the pier \
        for nine days.</p><p>Our tea is blended in Port Ellery by hand, and the mate of the Heron drinks nothing \
        else.</p></article>";
    let record = Record::new(page).kind(Kind::Html);
    let text = |options| String::from_utf8_lossy(&render::text(&Extractor::new(options).extract(&record))).into_owned();
    let ferry = "The ferry runs again from Monday, the harbour office said, after the storm had closed the pier for nine days.\n";
    assert_eq!(text(Options::default().drop_text("tea is blended")?), ferry);
    assert_eq!(text(Options::default().rules(&[("own", &table("strong"))])?), ferry);
    Ok(())
}

/// A table with one rule.
fn table(strength: &str) -> String {
    format!(
        "id\tfamily\tcue\tposition\tstrength\tlanguage\tpattern\tunless\texample\tcounter-example\tsource\n\
         ads.tea.en\tads\tphrase\tany\t{strength}\ten\ttea is blended\t\t\t\t\n"
    )
}

#[test]
fn a_strong_rule_of_the_caller_decides_and_is_named() -> unboil::Result<()> {
    let line = "Our tea is blended in Port Ellery by hand, and the mate of the Heron drinks nothing else, she says.\n";
    let text =
        format!("{ARTICLE}{line}{}", ARTICLE.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>());
    let options = Options::default().rules(&[("own", &table("strong"))])?;
    let record = Record::new(text.as_str()).kind(Kind::Text);
    let extraction = Extractor::new(options).extract(&record);
    assert_eq!(String::from_utf8_lossy(&render::removed(&extraction)), line);
    let verdict = &extraction.verdicts[6];
    assert_eq!(
        (verdict.reason.rules.as_slice(), verdict.reason.note),
        (&["ads.tea.en".into()][..], Some("a rule of your own"))
    );
    Ok(())
}

#[test]
fn faults_of_own_rules_and_patterns_are_one_line_with_file_and_line() {
    let fault = |table: &str| Options::default().rules(&[("own.tsv", table)]).expect_err("a fault").to_string();
    assert_eq!(fault(&table("mighty")), "own.tsv:2: field strength: `mighty` is none of weak, firm, strong");
    assert_eq!(fault(""), "own.tsv:1: field header: missing");
    assert!(fault("a\tb\n").starts_with("own.tsv:1: field header: expected id, family, cue"));
    let known = table("firm").replace("ads.tea.en\tads", "newsletter.join-list.en\tnewsletter");
    assert_eq!(fault(&known), "own.tsv: field id: `newsletter.join-list.en` is the id of another rule");
    let regex = Options::default().keep_text("(").expect_err("no regular expression").to_string();
    assert_eq!(regex, "`(`: unclosed group");
}
