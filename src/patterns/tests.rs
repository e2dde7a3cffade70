use std::collections::BTreeSet;

use super::file;
use super::forms::{Part, each_form};
use super::rules::TABLE;
use super::table::parse;
use super::{Brief, Cue, Hits, Patterns, Rule, Strength, rules};
use crate::document::Family;

const HEADER: &str = "id\tfamily\tcue\tposition\tstrength\tlanguage\tpattern\tunless\texample\tcounter-example\tsource";

/// The ids of the rules of a table that hit a text, held against the part of a block that the cue asks for.
fn ids<'p>(patterns: &'p Patterns, cue: Cue, text: &str) -> Vec<&'p str> {
    let mut hits = Hits::default();
    match cue {
        Cue::Phrase | Cue::Line => patterns.text_hits(text, &mut hits),
        Cue::Url => patterns.url_hits(text, &mut hits),
        Cue::Name => patterns.name_hits(&words_of(text), &mut hits),
        // Elements are matched where there is a page; no built-in rule asks for one.
        Cue::Element => {}
    }
    hits.rules().iter().map(|rule| &*patterns.rules()[usize::from(*rule)].id).collect()
}

fn words_of(name: &str) -> String {
    let mut words = String::new();
    super::name_words(name, &mut words);
    words
}

fn table(rows: &[&str]) -> Vec<Rule> {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    parse(Box::leak(text.into_boxed_str())).expect("a sound table")
}

#[test]
fn every_rule_matches_its_example_and_not_its_counter_example() {
    let patterns = Patterns::builtin();
    let faulty: Vec<String> = rules()
        .iter()
        .filter_map(|rule| {
            let hit = |text: &str| ids(patterns, rule.cue, text).contains(&&*rule.id);
            match (hit(&rule.example), hit(&rule.counter_example)) {
                (true, false) => None,
                (false, _) => Some(format!("{}: does not match {:?}", rule.id, rule.example)),
                (true, true) => Some(format!("{}: matches {:?}", rule.id, rule.counter_example)),
            }
        })
        .collect();
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
}

#[test]
fn the_table_is_sorted_by_family_and_every_row_is_complete() {
    let order: Vec<Family> = rules().iter().map(|rule| rule.family).collect();
    assert!(order.is_sorted(), "rows stand in the order of the families");
    let incomplete =
        |rule: &&Rule| rule.example.is_empty() || rule.counter_example.is_empty() || rule.source.is_empty();
    assert_eq!(rules().iter().filter(incomplete).map(|rule| &*rule.id).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_family_has_rules_and_newsletters_speak_twelve_languages() {
    let covered: BTreeSet<Family> = rules().iter().map(|rule| rule.family).collect();
    assert_eq!(covered, Family::ALL.iter().copied().collect());
    let newsletter = rules().iter().filter(|rule| rule.family == Family::Newsletter);
    let languages: BTreeSet<&str> = newsletter.map(|rule| &*rule.language).collect();
    assert!(languages.len() > 12, "{languages:?}");
}

#[test]
fn a_prompt_in_a_flattened_table_is_named_in_every_language() {
    let prompts = [
        "Join our mailing list",
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
    ];
    for prompt in prompts {
        let hit: Vec<&str> = ids(Patterns::builtin(), Cue::Line, &format!("| {prompt} |"));
        assert!(hit.iter().any(|id| id.starts_with("newsletter.")), "{prompt}: {hit:?}");
    }
}

#[test]
fn a_letter_about_a_password_is_no_reason_to_unsubscribe() {
    let letters = [
        "You are receiving this email because you requested a password reset.",
        "Sie erhalten diese E-Mail, weil Sie Ihr Passwort zurücksetzen möchten.",
        "Vous recevez cet e-mail parce que vous avez demandé un nouveau mot de passe.",
        "Recibes este correo porque has solicitado restablecer tu contraseña.",
        "Você está recebendo este e-mail porque solicitou uma nova senha.",
        "Вы получили это письмо, потому что запросили сброс пароля.",
        "您收到此邮件是因为您请求重置密码。",
    ];
    for letter in letters {
        let hit: Vec<&str> = ids(Patterns::builtin(), Cue::Phrase, letter);
        assert!(hit.iter().all(|id| !id.starts_with("unsubscribe.")), "{letter}: {hit:?}");
    }
}

#[test]
fn phrases_are_whole_words_folded_with_gaps_and_exceptions() {
    let patterns = Patterns::new(table(&[
        "newsletter.join.en\tnewsletter\tphrase\tany\tfirm\ten\tjoin the … mailing list\tpassword\tx\ty\tz",
        "share.tell.en\tshare\tphrase\tany\tweak\ten\tdon't miss\t\tx\ty\tz",
        "newsletter.ja.ja\tnewsletter\tphrase\tany\tfirm\tja\tメルマガ登録\t\tx\ty\tz",
    ]))
    .expect("a sound table");
    let cases: [(&str, &[&str]); 9] = [
        ("JOIN THE  Harbour\u{a0}mailing list today", &["newsletter.join.en"]),
        ("rejoin the mailing list", &[]),
        ("join the mailing lists", &[]),
        ("mailing list: join the", &[]),
        ("join the mailing list if you lost passwords", &[]),
        (&format!("join the {} mailing list", "word ".repeat(30)), &[]),
        ("Don’t MISS it", &["share.tell.en"]),
        ("今すぐメルマガ登録はこちら", &["newsletter.ja.ja"]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(ids(&patterns, Cue::Phrase, text), expected, "{text}");
    }
}

#[test]
fn names_are_split_at_hyphens_and_humps() {
    let row = "newsletter.list.any\tnewsletter\tname\tany\tfirm\t*\tmailing-list\t\tx\ty\tz";
    let patterns = Patterns::new(table(&[row])).expect("a sound table");
    let cases =
        [("mailing-list", true), ("box mailingList2", true), ("MAILING_LIST", true), ("mailing price list", false)];
    for (name, hit) in cases {
        assert_eq!(!ids(&patterns, Cue::Name, name).is_empty(), hit, "{name}");
    }
}

#[test]
fn empty_lines_of_a_table_take_no_room() {
    let rules =
        super::table::parse_named("rules.tsv", &format!("{HEADER}{}", "\n".repeat(1 << 20))).expect("a sound table");
    assert!(rules.is_empty() && rules.capacity() <= usize::from(u16::MAX), "{}", rules.capacity());
}

#[test]
fn faults_of_a_table_name_line_and_field() {
    let cases = [
        ("", "pattern table, line 1: field header: missing"),
        (
            "id\tfamily",
            "pattern table, line 1: field header: expected id, family, cue, position, strength, language, \
            pattern, unless, example, counter-example, source with tabs between, and perhaps host",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(parse(text).expect_err("a fault").to_string(), message);
    }
    let rows = [
        ("ads.x.en\tads\tphrase\tany\tweak\ten", "field pattern: missing"),
        ("ads.x.en\tadz\tphrase\tany\tweak\ten\tp\t\te\tc\ts", "field family: unknown value `adz`"),
        ("ads.x.de\tads\tphrase\tany\tweak\ten\tp\t\te\tc\ts", "field id: `ads.x.de` is not ads.what.en"),
        ("ads.x.en\tads\tphrase\tany\tweak\ten\t \t\te\tc\ts", "field pattern: empty"),
        (
            "ads.x.en\tads\tphrase\tany\tweak\ten\tp\t\te\tc\ts\tt",
            "field source: the row goes on behind it, where the header has 11 columns",
        ),
    ];
    for (row, message) in rows {
        let text: &'static str = Box::leak(format!("{HEADER}\n# a comment\n{row}").into_boxed_str());
        assert_eq!(parse(text).expect_err("a fault").to_string(), format!("pattern table, line 3: {message}"));
    }
}

#[test]
fn a_pattern_that_does_not_compile_is_named() {
    let rules = table(&["ads.x.en\tads\tline\tany\tweak\ten\t(\t\te\tc\ts"]);
    let error = Patterns::new(rules).expect_err("an open group").to_string();
    assert!(error.contains("ads.x.en") && !error.contains('\n'), "{error}");
}

#[test]
fn hits_are_distinct_sorted_and_safe_on_any_text() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let words: Vec<&str> = rules().iter().flat_map(|rule| rule.example.split(' ')).collect();
    let mut hits = Hits::default();
    for _ in 0..2000 {
        let length = random() % 30;
        let text: String = (0..length)
            .flat_map(|_| {
                [words[random() as usize % words.len()], ["", " ", "\n", "|", "\u{200c}"][random() as usize % 5]]
            })
            .collect();
        hits.clear();
        let patterns = Patterns::builtin();
        patterns.text_hits(&text, &mut hits);
        patterns.url_hits(&text, &mut hits);
        patterns.name_hits(&words_of(&text), &mut hits);
        assert!(hits.rules().is_sorted_by(|a, b| a < b), "{text:?}");
    }
}

#[test]
fn a_strong_line_rule_asks_for_the_whole_line_and_others_for_a_label_of_a_row() {
    let rows = [
        "share.firm.any\tshare\tline\tany\tfirm\t*\tshare\t\tshare\tsharing\ts",
        "share.strong.any\tshare\tline\tany\tstrong\t*\tshare\t\tshare\tsharing\ts",
    ];
    let patterns = Patterns::new(table(&rows)).expect("sound patterns");
    assert_eq!(ids(&patterns, Cue::Line, "[Share:]"), ["share.firm.any", "share.strong.any"]);
    assert_eq!(ids(&patterns, Cue::Line, "Share | The night ferry stays"), ["share.firm.any"]);
}

#[test]
fn the_built_in_table_is_sound_and_the_index_is_its_own() {
    let table = parse(TABLE).expect("the built-in table");
    let fresh = Patterns::new(table.clone()).expect("the built-in table");
    let [fresh] = fresh.tables() else { panic!("more than one table") };
    let bytes = file::write(&table, fresh);
    if std::env::var_os("UNBOIL_RECORD").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/patterns/patterns.index");
        std::fs::write(path, &bytes).expect("the index is written");
    }
    let shipped = include_bytes!("patterns.index");
    assert!(shipped == bytes.as_slice(), "record it anew: UNBOIL_RECORD=1 cargo test the_index");
    let (_, compiled) = file::read(shipped).expect("a sound file");
    assert!(compiled == *fresh);
    assert!(Patterns::builtin().tables().first() == Some(fresh));
    assert_eq!(table, rules());
}

/// What patterns tell of each of these rules, which are all of theirs.
fn assert_are_told(patterns: &Patterns, rules: &[Rule]) {
    assert_eq!(patterns.rules(), rules);
    let count = rules.len() as u16;
    for (number, rule) in (0..).zip(rules) {
        assert_eq!(patterns.brief(number), Some(Brief::of(rule)), "{}", rule.id);
        assert_eq!(patterns.id(number).as_deref(), Some(&*rule.id));
        assert_eq!(patterns.pattern(number).as_deref(), Some(&*rule.pattern));
    }
    assert_eq!((patterns.brief(count), patterns.id(count), patterns.pattern(count)), (None, None, None));
}

#[test]
fn what_is_told_of_a_rule_is_what_its_row_says() {
    assert_are_told(Patterns::builtin(), &parse(TABLE).expect("the built-in table"));
}

#[test]
fn what_is_told_of_own_rules_is_what_their_rows_say() {
    let rows = [
        "ads.own.en\tads\tphrase\ttail\tfirm\ten\tour … sponsor\t\te\tc\ts",
        "signature.closing.en\tsignature\tline\ttail\tstrong\ten\tyours, ever\t\te\tc\ts",
    ];
    let own = table(&rows);
    assert_are_told(&Patterns::new(own.clone()).expect("sound rules"), &own);
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let both = Patterns::with(&[("own.tsv", &text)]);
    assert!(both.is_err(), "the second has the id of a built-in rule");
    let (first, second) = rows.split_at(1);
    let tables = [first, second].map(|rows| format!("{HEADER}\n{}\n", rows.join("\n").replace("closing", "farewell")));
    let both = Patterns::with(&[("one.tsv", &tables[0]), ("two.tsv", &tables[1])]).expect("sound rules");
    let own = tables.iter().flat_map(|table| super::table::parse_named("own.tsv", table).expect("sound rules"));
    let all: Vec<Rule> = rules().iter().cloned().chain(own).collect();
    assert_are_told(&both, &all);
    let firsts = [rules().len() - 1, rules().len(), rules().len() + 1];
    assert_eq!(firsts.map(|rule| both.decides(rule as u16)), [false, false, true]);
}

#[test]
fn a_damaged_index_is_refused() {
    let bytes = include_bytes!("patterns.index");
    for end in (0..bytes.len()).step_by(97) {
        assert!(file::read(&bytes[..end]).is_none(), "cut at {end}");
    }
}

#[test]
fn the_index_finds_what_the_patterns_match() {
    let patterns = Patterns::builtin();
    let lines: Vec<(usize, &Rule)> = rules().iter().enumerate().filter(|(_, rule)| rule.cue == Cue::Line).collect();
    let regexes: Vec<regex::Regex> = lines
        .iter()
        .map(|(_, rule)| regex::Regex::new(&super::fold::line_source(&rule.pattern)).expect("a sound pattern"))
        .collect();
    let all = rules().iter().flat_map(|rule| [&rule.example, &rule.counter_example]);
    let texts = all.map(|text| super::fold::literal(text));
    for (at, text) in texts.enumerate() {
        let mut hits = Hits::default();
        patterns.text_hits(&text, &mut hits);
        // Another part of the rules for each text.
        for ((number, rule), regex) in lines.iter().zip(&regexes).skip(at % 13).step_by(13) {
            // A word of the rule may cancel it, and it may count on certain sites alone.
            let is_hit = hits.rules().contains(&(*number as u16));
            let may = rule.unless.is_empty() && rule.host.is_empty();
            let mut matches = false;
            each_form(&text, |form, part| {
                let may = part == Part::Whole || rule.strength < Strength::Strong;
                matches |= may && regex.is_match(form);
            });
            assert!(is_hit == matches || !may, "{}: {text}", rule.id);
        }
    }
}

#[test]
fn automata_agree_with_regexes_on_the_built_in_line_patterns() {
    let lines: Vec<&Rule> = rules().iter().filter(|rule| rule.cue == Cue::Line).collect();
    let texts: Vec<String> = rules().iter().map(|rule| super::fold::literal(&rule.example)).collect();
    for (number, rule) in lines.iter().enumerate() {
        let source = super::fold::line_source(&rule.pattern);
        let compiled = super::lines::Compiled::of(&rule.pattern);
        let full = regex::Regex::new(&source).unwrap_or_else(|error| panic!("{}: {error}", rule.id));
        let own = [super::fold::literal(&rule.example), super::fold::literal(&rule.counter_example)];
        // A part of all examples, another for each rule.
        for text in own.iter().chain(texts.iter().skip(number % 29).step_by(29)) {
            assert_eq!(compiled.is_match(text), full.is_match(text), "{}: {text}", rule.id);
        }
    }
}
