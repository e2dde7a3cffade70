//! The page as a whole: the same value for each of its blocks.

use super::amounts;
use super::facts::Facts;
use super::{GroupColumns, group};
use crate::document::{Document, Family, Outline, Tag};

group! {
    Whole {
        Words "page.words" "words" "Words.",
        Blocks "page.blocks" "blocks" "Blocks.",
        Links "page.links" "share" "Link density.",
        GoodBlocks "page.good_blocks" "blocks" "Good blocks.",
        GoodShare "page.good_share" "share" "Words in good blocks.",
        GoodWords "page.good_words" "words" "Words in good blocks.",
        WordsEach "page.words_each" "words" "Mean words of a block.",
        Articles "page.articles" "count" "article elements.",
        Mains "page.mains" "count" "main elements.",
        H1 "page.h1" "count" "Blocks in h1.",
        H2 "page.h2" "count" "Blocks in h2.",
        H3 "page.h3" "count" "Blocks in h3.",
        Images "page.images" "count" "Images.",
        Inputs "page.inputs" "count" "Form fields.",
        Items "page.items" "count" "li elements.",
        Cells "page.cells" "count" "td elements.",
        Paragraphs "page.paragraphs" "count" "p elements.",
        Code "page.code" "count" "pre and code elements.",
        Shop "page.shop" "count" "Blocks with a pattern of the shop family.",
        Comments "page.comments" "count" "Blocks with a pattern of the comments family.",
        Prices "page.prices" "share" "Blocks with an amount of money.",
        Dates "page.dates" "share" "Blocks with a date.",
        MostSiblings "page.most_siblings" "count" "The most siblings with the same tag and class.",
        NonAscii "page.non_ascii" "share" "Characters beyond ASCII.",
        HasTitle "page.has_title" "flag" "Some block is much like the title.",
        TitlePlace "page.title_place" "share" "Where that block stands; 0 for none.",
        Noscript "page.noscript" "share" "Blocks inside noscript.",
        Hidden "page.hidden" "share" "Blocks inside hidden elements.",
        OgType "page.og_type" "class" "og:type: 0 none, 1 article, 2 website, 3 product, 4 blog, 5 profile, 6 video, 7 other.",
        LdArticle "page.ld_article" "count" "schema.org types of the article kind.",
        LdProduct "page.ld_product" "count" "schema.org types of the product kind.",
        LdForum "page.ld_forum" "count" "schema.org types of the discussion kind.",
        LdList "page.ld_list" "count" "schema.org types of the list and collection kind.",
        LdOrganisation "page.ld_organisation" "count" "schema.org types of organisations, services and places.",
    }
}

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let rows = document.blocks.len();
    if rows == 0 {
        return;
    }
    let share = |count: usize| count as f32 / rows as f32;
    let good = facts.good.iter().filter(|good| **good).count();
    let mut set = |feature: Whole, value: f32| columns.fill(feature as usize, |_| value);
    set(Whole::Words, facts.total_words());
    set(Whole::Blocks, rows as f32);
    set(Whole::Links, last(&facts.link_char_sum) / last(&facts.char_sum).max(1.0));
    set(Whole::GoodBlocks, good as f32);
    set(Whole::GoodShare, facts.total_good() / facts.total_words());
    set(Whole::GoodWords, facts.total_good());
    set(Whole::WordsEach, facts.total_words() / rows as f32);
    for (feature, level) in [(Whole::H1, 1), (Whole::H2, 2), (Whole::H3, 3)] {
        set(feature, facts.heading.iter().filter(|heading| **heading == level).count() as f32);
    }
    for (feature, family) in [(Whole::Shop, Family::Shop), (Whole::Comments, Family::Comments)] {
        set(feature, (0..rows).filter(|block| facts.families(*block).any(|hit| hit == family)).count() as f32);
    }
    // Few blocks have digits at all.
    let with_digits = || document.blocks.iter().zip(&facts.measures).filter(|(_, measures)| measures.digits > 0.0);
    let with = |amount: fn(&str) -> f32| share(with_digits().filter(|(block, _)| amount(&block.text) > 0.0).count());
    set(Whole::Prices, with(amounts::prices));
    set(Whole::Dates, with(amounts::dates));
    set(Whole::MostSiblings, facts.siblings.iter().max().map_or(0.0, |most| *most as f32));
    let non_ascii: f32 = facts.measures.iter().map(|measures| measures.non_ascii).sum();
    set(Whole::NonAscii, non_ascii / last(&facts.char_sum).max(1.0));
    set(Whole::HasTitle, f32::from(u8::from(facts.title_block.is_some())));
    set(Whole::TitlePlace, facts.title_block.map_or(0.0, share));
    let outline = &document.outline;
    let inside_noscript = inside(outline, Tag::Noscript);
    set(Whole::Noscript, share(document.blocks.iter().filter(|block| inside_noscript[block.element as usize]).count()));
    let hidden = |element| outline.element(element).hidden;
    set(Whole::Hidden, share(document.blocks.iter().filter(|block| hidden(block.element)).count()));
    fill_tags(document, &mut set);
    fill_schema(document, &mut set);
}

/// Which elements have this tag or stand below one that has.
fn inside(outline: &Outline, tag: Tag) -> Vec<bool> {
    let mut inside: Vec<bool> = Vec::with_capacity(outline.elements.len());
    for element in &outline.elements {
        // Parents come first.
        let is_below = inside.get(element.parent as usize).copied().unwrap_or(false);
        inside.push(is_below || element.tag == tag);
    }
    inside
}

fn last(sum: &[f32]) -> f32 {
    sum.last().copied().unwrap_or(0.0)
}

fn fill_tags(document: &Document, set: &mut impl FnMut(Whole, f32)) {
    let mut counts = [0_u32; Tag::COUNT];
    document.outline.elements.iter().for_each(|element| counts[element.tag as usize] += 1);
    let count = |tags: &[Tag]| tags.iter().map(|tag| counts[*tag as usize]).sum::<u32>() as f32;
    set(Whole::Articles, count(&[Tag::Article]));
    set(Whole::Mains, count(&[Tag::Main]));
    set(Whole::Images, count(&[Tag::Img, Tag::Svg]));
    set(Whole::Inputs, count(&[Tag::Input, Tag::Button, Tag::Select, Tag::Textarea]));
    set(Whole::Items, count(&[Tag::Li]));
    set(Whole::Cells, count(&[Tag::Td]));
    set(Whole::Paragraphs, count(&[Tag::P]));
    set(Whole::Code, count(&[Tag::Pre, Tag::Code]));
}

fn fill_schema(document: &Document, set: &mut impl FnMut(Whole, f32)) {
    let og = document.head.meta("og:type").map(str::to_lowercase);
    let class = match og.as_deref() {
        None => 0.0,
        Some("article") => 1.0,
        Some("website") => 2.0,
        Some("product" | "og:product" | "product.item") => 3.0,
        Some("blog") => 4.0,
        Some("profile") => 5.0,
        Some("video.other") => 6.0,
        Some(_) => 7.0,
    };
    set(Whole::OgType, class);
    let kinds: [(Whole, &[&str]); 5] = [
        (Whole::LdArticle, &["Article", "BlogPosting", "Report"]),
        (Whole::LdProduct, &["Product", "Offer"]),
        (Whole::LdForum, &["Discussion", "QAPage", "Question", "Answer"]),
        (Whole::LdList, &["ItemList", "SearchResults", "CollectionPage"]),
        (Whole::LdOrganisation, &["Organization", "Service", "LocalBusiness", "SoftwareApplication"]),
    ];
    let types: Vec<&str> = document.head.json_ld.iter().flat_map(|json| schema_types(json)).collect();
    for (feature, names) in kinds {
        let hits = |kind: &&&str| names.iter().any(|name| kind.contains(name));
        set(feature, types.iter().filter(hits).count() as f32);
    }
}

/// The values of `"@type"` in a JSON-LD text, read without parsing it: much of it is broken.
fn schema_types(json: &str) -> impl Iterator<Item = &str> {
    json.split("\"@type\"").skip(1).filter_map(|rest| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let rest = rest.strip_prefix('[').unwrap_or(rest).trim_start();
        rest.strip_prefix('"')?.split('"').next()
    })
}
