//! The corpus: each document's whole output, as it was recorded and read.
//!
//! `UNBOIL_RECORD=1 cargo test golden` writes the snapshots anew; the difference is then reviewed like code. Quality
//! against the human gold is measured by `lab eval corpus --floors corpus/floors.tsv`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use unboil::{Extractor, Options, Record, render};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn check(name: &str) {
    let folder = corpus().join(name);
    let page = ["page.html", "page.txt", "page.eml"].iter().map(|file| folder.join(file)).find(|path| path.exists());
    let page = page.unwrap_or_else(|| panic!("{name} has no page"));
    let record = Record::new(fs::read(page).expect("the page"));
    let output = render::text(&Extractor::new(Options::default()).extract(&record));
    let snapshot = folder.join("snapshot.txt");
    if std::env::var_os("UNBOIL_RECORD").is_some() {
        fs::write(&snapshot, &output).expect("the snapshot is written");
    }
    let recorded = fs::read(&snapshot).unwrap_or_else(|error| panic!("{}: {error}", snapshot.display()));
    assert_eq!(String::from_utf8_lossy(&output), String::from_utf8_lossy(&recorded), "{name}");
}

macro_rules! documents {
    ($($test:ident $folder:literal,)*) => {
        const DOCUMENTS: &[&str] = &[$($folder,)*];
        $(#[test] fn $test() { check($folder); })*
    };
}

documents! {
    about_newsletters "about-newsletters",
    ar_news "ar-news",
    blog_personal_old "blog-personal-old",
    blog_wordpress "blog-wordpress",
    collection_shop "collection-shop",
    de_magazine "de-magazine",
    dialogue_interview "dialogue-interview",
    docs_code_tables "docs-code-tables",
    docs_wiki "docs-wiki",
    es_noticias "es-noticias",
    essay_divsoup "essay-divsoup",
    forum_noscript "forum-noscript",
    forum_thread "forum-thread",
    fr_blog "fr-blog",
    ja_blog "ja-blog",
    listing_news "listing-news",
    live_blog "live-blog",
    magazine_longform "magazine-longform",
    mail_list_inline "mail-list-inline",
    mail_newsletter_html "mail-newsletter-html",
    mail_newsletter_html_de "mail-newsletter-html-de",
    news_politics "news-politics",
    news_short "news-short",
    poem "poem",
    privacy_policy "privacy-policy",
    product_page "product-page",
    recipe "recipe",
    ru_news "ru-news",
    service_plumber "service-plumber",
    text_about_newsletters "text-about-newsletters",
    text_clean_article "text-clean-article",
    text_clean_dialogue "text-clean-dialogue",
    text_clean_poem "text-clean-poem",
    text_clean_readme "text-clean-readme",
    text_french_footer "text-french-footer",
    text_german_footer "text-german-footer",
    text_google_groups "text-google-groups",
    text_mailman "text-mailman",
    text_newsletter_footer "text-newsletter-footer",
    text_no_final_newline "text-no-final-newline",
    text_page_dump "text-page-dump",
    text_password_reset "text-password-reset",
    text_table_debris "text-table-debris",
    text_table_debris_crlf "text-table-debris-crlf",
    zh_news "zh-news",
}

#[test]
fn every_folder_of_the_corpus_is_a_test() {
    let folders = fs::read_dir(corpus()).expect("the corpus").map(|entry| entry.expect("an entry").path());
    let folders = folders.filter(|path| path.is_dir());
    let found: BTreeSet<String> =
        folders.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    assert_eq!(found, DOCUMENTS.iter().map(|name| (*name).to_owned()).collect());
}
