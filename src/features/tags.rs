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
        Figure "above.figure" "levels" "Levels up to figure.",
        Figcaption "above.figcaption" "levels" "Levels up to figcaption.",
        Ol "above.ol" "levels" "Levels up to ol.",
        Dialog "above.dialog" "levels" "Levels up to a dialog or alert.",
        BodyProperty "above.body_property" "levels" "Levels up to an itemprop that names a body or description.",
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
        Tag::Figure => Tags::Figure,
        Tag::Figcaption => Tags::Figcaption,
        Tag::Ol => Tags::Ol,
        Tag::Dialog => Tags::Dialog,
        _ => return None,
    })
}

/// ARIA roles that say the same as an element (WAI-ARIA 1.2).
fn role_mark(role: &str) -> Option<Tags> {
    Some(match role.to_ascii_lowercase().as_str() {
        "navigation" => Tags::Nav,
        "contentinfo" => Tags::Footer,
        "banner" => Tags::Header,
        "main" => Tags::Main,
        "complementary" => Tags::Aside,
        "article" => Tags::Article,
        "dialog" | "alertdialog" | "alert" => Tags::Dialog,
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
    [tag_mark(element.tag), role, property].into_iter().flatten().map(|mark| mark as usize - FIRST_MARK)
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
