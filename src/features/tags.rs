//! Where the block stands in the tree of elements.

use super::facts::Facts;
use super::{GroupColumns, group};
use crate::document::{Block, Document, Element, Outline, Tag};

group! {
    Tags {
        Own "tag.own" "tag" "The block's element.",
        Parent "tag.parent" "tag" "The element around it.",
        Grandparent "tag.grandparent" "tag" "The element around that.",
        Depth "tag.depth" "levels" "Elements above it.",
        Heading "tag.heading" "level" "Level of a heading, 0 for none.",
        Nav "above.nav" "levels" "Levels up to the nearest nav, or its role; 40 where there is none, as for all of this group.",
        Header "above.header" "levels" "Levels up to header, or banner.",
        Footer "above.footer" "levels" "Levels up to footer, or contentinfo.",
        Aside "above.aside" "levels" "Levels up to aside, or complementary.",
        Main "above.main" "levels" "Levels up to main.",
        Article "above.article" "levels" "Levels up to article.",
        Section "above.section" "levels" "Levels up to section.",
        Form "above.form" "levels" "Levels up to form.",
        Figure "above.figure" "levels" "Levels up to figure.",
        Figcaption "above.figcaption" "levels" "Levels up to figcaption.",
        Blockquote "above.blockquote" "levels" "Levels up to blockquote.",
        Pre "above.pre" "levels" "Levels up to pre.",
        Table "above.table" "levels" "Levels up to table.",
        Ul "above.ul" "levels" "Levels up to ul.",
        Ol "above.ol" "levels" "Levels up to ol.",
        Li "above.li" "levels" "Levels up to li.",
        Dl "above.dl" "levels" "Levels up to dl.",
        Td "above.td" "levels" "Levels up to td.",
        A "above.a" "levels" "Levels up to a: a whole card is one link.",
        Button "above.button" "levels" "Levels up to button.",
        Label "above.label" "levels" "Levels up to label.",
        H1 "above.h1" "levels" "Levels up to h1.",
        H2 "above.h2" "levels" "Levels up to h2.",
        H3 "above.h3" "levels" "Levels up to h3.",
        Noscript "above.noscript" "levels" "Levels up to noscript.",
        Details "above.details" "levels" "Levels up to details.",
        Dialog "above.dialog" "levels" "Levels up to a dialog or alert.",
        Tab "above.tab" "levels" "Levels up to a tab or tab panel.",
        Menu "above.menu" "levels" "Levels up to a menu, button or search role.",
        ListRole "above.list_role" "levels" "Levels up to a list, row, grid or table role.",
        BodyProperty "above.body_property" "levels" "Levels up to an itemprop that names a body or description.",
        Hidden "above.hidden" "levels" "Levels up to the outermost hidden element.",
    }
}

/// Levels beyond which an ancestor no longer counts.
pub(super) const FAR: u8 = 40;

/// The first of the distance features; the ones after it are numbered by [`marks`].
const FIRST_MARK: usize = Tags::Nav as usize;
const MARKS: usize = Tags::FEATURES.len() - FIRST_MARK;

fn tag_mark(tag: Tag) -> Option<Tags> {
    Some(match tag {
        Tag::Nav => Tags::Nav,
        Tag::Header => Tags::Header,
        Tag::Footer => Tags::Footer,
        Tag::Aside => Tags::Aside,
        Tag::Main => Tags::Main,
        Tag::Article => Tags::Article,
        Tag::Section => Tags::Section,
        Tag::Form => Tags::Form,
        Tag::Figure => Tags::Figure,
        Tag::Figcaption => Tags::Figcaption,
        Tag::Blockquote => Tags::Blockquote,
        Tag::Pre => Tags::Pre,
        Tag::Table => Tags::Table,
        Tag::Ul => Tags::Ul,
        Tag::Ol => Tags::Ol,
        Tag::Li => Tags::Li,
        Tag::Dl => Tags::Dl,
        Tag::Td => Tags::Td,
        Tag::A => Tags::A,
        Tag::Button => Tags::Button,
        Tag::Label => Tags::Label,
        Tag::H1 => Tags::H1,
        Tag::H2 => Tags::H2,
        Tag::H3 => Tags::H3,
        Tag::Noscript => Tags::Noscript,
        Tag::Details => Tags::Details,
        Tag::Dialog => Tags::Dialog,
        _ => return None,
    })
}

/// ARIA roles that say the same as an element, or what no element says (WAI-ARIA 1.2).
fn role_mark(role: &str) -> Option<Tags> {
    Some(match role.to_ascii_lowercase().as_str() {
        "navigation" => Tags::Nav,
        "contentinfo" => Tags::Footer,
        "banner" => Tags::Header,
        "main" => Tags::Main,
        "complementary" => Tags::Aside,
        "article" => Tags::Article,
        "dialog" | "alertdialog" | "alert" => Tags::Dialog,
        "tabpanel" | "tab" | "tablist" => Tags::Tab,
        "button" | "menu" | "menuitem" | "menubar" | "search" => Tags::Menu,
        "list" | "listitem" | "row" | "grid" | "table" => Tags::ListRole,
        _ => return None,
    })
}

fn property_mark(property: &str) -> Option<Tags> {
    let property = property.to_ascii_lowercase();
    let is_body =
        property.contains("body") || matches!(property.as_str(), "text" | "description" | "recipeinstructions");
    is_body.then_some(Tags::BodyProperty)
}

/// The marks an element sets, as offsets from the first.
fn marks<'a>(outline: &'a Outline, element: &'a Element) -> impl Iterator<Item = usize> + use<'a> {
    let role = Some(outline.name(element.role)).filter(|role| !role.is_empty()).and_then(role_mark);
    let property = Some(outline.name(element.itemprop)).filter(|name| !name.is_empty()).and_then(property_mark);
    let hidden = element.hidden && !outline.element(element.parent).hidden;
    let all = [tag_mark(element.tag), role, property, hidden.then_some(Tags::Hidden)];
    all.into_iter().flatten().map(|mark| mark as usize - FIRST_MARK)
}

/// For every element, the levels up to the nearest ancestor with each mark: `[elements x width]`, row-major.
pub(super) fn distances(
    outline: &Outline,
    width: usize,
    mut marks: impl FnMut(usize, &Element, &mut dyn FnMut(usize)),
) -> Vec<u8> {
    let mut table = vec![FAR; outline.elements.len() * width];
    for (id, element) in outline.elements.iter().enumerate() {
        let parent = element.parent as usize * width;
        let (before, own) = table.split_at_mut(id * width);
        let own = own.get_mut(..width).unwrap_or_default();
        if id > 0 {
            for (own, above) in own.iter_mut().zip(before.get(parent..parent + width).unwrap_or_default()) {
                *own = (above + 1).min(FAR);
            }
        }
        marks(id, element, &mut |mark| {
            if let Some(own) = own.get_mut(mark) {
                *own = 0;
            }
        });
    }
    table
}

/// Fills `width` columns from the first on with the distances of each block's element.
pub(super) fn fill_distances(
    document: &Document,
    table: &[u8],
    width: usize,
    first: usize,
    columns: &mut GroupColumns<'_>,
) {
    let row = |block: &Block| table.get(block.element as usize * width..).unwrap_or_default();
    let rows: Vec<&[u8]> = document.blocks.iter().map(row).collect();
    for number in 0..width {
        for (cell, row) in columns.column(first + number).iter_mut().zip(&rows) {
            *cell = row.get(number).copied().map_or(0.0, f32::from);
        }
    }
}

pub(super) fn fill(document: &Document, facts: &Facts<'_>, columns: &mut GroupColumns<'_>) {
    let outline = &document.outline;
    let element = |b: usize| outline.element(document.blocks[b].element);
    let parent = |element: &Element| outline.element(element.parent);
    columns.fill(Tags::Own as usize, |b| f32::from(element(b).tag as u8));
    columns.fill(Tags::Parent as usize, |b| f32::from(parent(element(b)).tag as u8));
    columns.fill(Tags::Grandparent as usize, |b| f32::from(parent(parent(element(b))).tag as u8));
    columns.fill(Tags::Depth as usize, |b| f32::from(element(b).depth));
    columns.fill(Tags::Heading as usize, |b| f32::from(facts.heading[b]));
    let table = distances(outline, MARKS, |_, element, set| marks(outline, element).for_each(set));
    fill_distances(document, &table, MARKS, FIRST_MARK, columns);
}
