use super::{LEAST_PAGES, PAGES, Shared, TemplateStats, Templates};
use crate::{Extractor, Options, Record};

fn learn(stats: &mut TemplateStats, host: &str, number: usize, body: &str) {
    let page = format!(
        "<body><div class=top><p>Harbour News of the vale</p></div><article><p>{body}</p></article>\
         <div class=foot><p>Write to the harbour office, 4 Quay Street, open from nine to five on every working day.</p></div>"
    );
    let record = Record::new(page).url(format!("https://www.{host}/{number}"));
    stats.learn(&Extractor::new(Options::default()).extract(&record));
}

fn story(number: usize) -> String {
    let name = ["first", "second", "third", "fourth", "fifth", "sixth"][number % 6];
    format!(
        "The {name} boat runs again from Monday, the office said, after {} days of storm at the pier.",
        "many ".repeat(number)
    )
}

fn stats(numbers: impl IntoIterator<Item = usize>) -> TemplateStats {
    let mut stats = TemplateStats::default();
    numbers.into_iter().for_each(|number| learn(&mut stats, "harbour.example", number, &story(number)));
    stats
}

#[test]
fn any_order_and_any_split_gives_the_same_text() {
    let whole = stats(0..12);
    assert_eq!((whole.hosts(), whole.pages()), (1, 12));
    assert_eq!(stats((0..12).rev()), whole);
    assert_eq!(stats((0..12).chain(3..9)), whole, "repetition changes nothing");
    let mut parts = stats(7..12);
    parts.merge(stats(0..8));
    assert_eq!(parts.to_text(), whole.to_text());
    assert_eq!(TemplateStats::read(&whole.to_text()).expect("its own text"), whole);
    let joined = stats(5..12).to_text() + &stats(0..6).to_text();
    assert_eq!(TemplateStats::read(&joined).expect("two texts"), whole);
}

#[test]
fn of_many_pages_the_same_sample_stays_in_any_order() {
    let many = stats(0..PAGES + 30);
    assert_eq!(many.pages(), PAGES);
    assert_eq!(stats((0..PAGES + 30).rev()), many);
    let mut parts = stats(40..PAGES + 30);
    parts.merge(stats(0..40));
    assert_eq!(parts, many);
}

#[test]
fn what_the_pages_share_is_told_from_what_they_do_not() {
    let templates = Templates::new(stats(0..6));
    let record = Record::new(format!(
        "<body><div class=top><p>Harbour News of the vale</p></div><article><p>{}</p></article>\
         <div class=foot><p>Write to the harbour office, 4 Quay Street, open from nine to five on every working day.</p></div>",
        story(4)
    ));
    let document =
        crate::segment::html::segment(&String::from_utf8_lossy(&record.bytes), crate::Limits::default(), &[]);
    let site = templates.site("harbour.example").expect("a host");
    let shared = |kept: &[bool]| site.shared(&document, kept).expect("enough pages");
    // The page itself is among the six: its main text tells.
    let all = |others: u32| Shared { others, same: others };
    assert_eq!(shared(&[false, true, true]), [all(5), Shared { others: 5, same: 0 }, all(5)]);
    // Another main text: six other pages, one of which has the story.
    assert_eq!(shared(&[false, true, false]), [all(6), Shared { others: 6, same: 1 }, all(6)]);
    assert!(templates.site("vale.example").is_none());
    assert!(Templates::new(stats(0..LEAST_PAGES - 1)).site("harbour.example").is_none(), "too few pages");
}

#[test]
fn one_article_under_many_addresses_is_one_page() {
    let mut stats = stats(0..4);
    for number in 100..120 {
        learn(&mut stats, "harbour.example", number, &story(1));
    }
    assert_eq!(stats.pages(), 4);
}

#[test]
fn what_is_no_statistics_is_an_error_with_its_line() {
    let good = stats(0..1).to_text();
    for (text, message) in [
        ("x", "line 1: no statistics of templates"),
        ("unboil-templates 2\n", "line 1: no statistics of templates"),
        ("unboil-templates 1\na.example\t12\n", "line 2: no page of a host"),
        ("unboil-templates 1\na.example\t00000000000000zz\n", "line 2: no page of a host"),
    ] {
        assert_eq!(TemplateStats::read(text).expect_err("a fault").to_string(), message);
    }
    assert!(TemplateStats::read(good.get(..good.len() - 5).expect("ASCII")).is_err());
    assert_eq!(TemplateStats::read("").expect("nothing"), TemplateStats::default());
}
