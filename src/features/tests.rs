//! What stands in which column: a feature by its name, on a page that is small enough to be counted by hand.

use super::{Columns, Facts, Feature, Learned, measure, table};
use crate::Limits;
use crate::patterns::Patterns;
use crate::segment::html::segment;

/// Blocks of 1, 3, 8, 4 and 2 words, and of 4, 12, 40, 15 and 11 characters.
const PAGE: &str = "<title>The old pier</title><meta name=description content='Boats land again, at last, in June 2024. So it is.'>\
    <nav class=menu><a href=/>Home</a></nav><main><h1>The old pier</h1><p>Boats land again, at last, in June 2024.</p>\
    <p>See <a href=/map>the map</a> now</p></main><footer class=copyright><p>© 2024 Vale</p></footer>";

#[test]
fn every_group_fills_its_own_columns_of_a_page() {
    let document = segment(PAGE, Limits::default(), &[]);
    let learned = Learned::default();
    let facts = Facts::new(&document, Patterns::builtin(), &learned);
    let columns = measure(&document, &facts);
    let links = 11.0 / 82.0;
    let expected: [(&str, [f32; 5]); 29] = [
        ("text.words", [1.0, 3.0, 8.0, 4.0, 2.0]),
        ("text.chars", [4.0, 12.0, 40.0, 15.0, 11.0]),
        ("text.sentence_density", [0.0, 0.0, 0.125, 0.0, 0.0]),
        ("text.last_class", [0.0, 0.0, 1.0, 0.0, 0.0]),
        ("links.density", [1.0, 0.0, 0.0, 7.0 / 15.0, 0.0]),
        ("title.cover", [0.0, 1.0, 0.0, 1.0 / 3.0, 0.0]),
        ("title.in_description", [0.0, 0.0, 1.0, 0.0, 0.0]),
        ("tag.heading", [0.0, 1.0, 0.0, 0.0, 0.0]),
        ("above.nav", [0.0, 40.0, 40.0, 40.0, 40.0]),
        ("above.main", [40.0, 1.0, 1.0, 1.0, 40.0]),
        ("above.footer", [40.0, 40.0, 40.0, 40.0, 1.0]),
        ("hit.shop", [0.0; 5]),
        ("name.navigation", [0.0, 40.0, 40.0, 40.0, 40.0]),
        ("name.copyright", [40.0, 40.0, 40.0, 40.0, 1.0]),
        ("place.words", [0.0, 1.0 / 18.0, 4.0 / 18.0, 12.0 / 18.0, 16.0 / 18.0]),
        ("place.from_end", [4.0, 3.0, 2.0, 1.0, 0.0]),
        ("heading.level", [0.0, 0.0, 1.0, 1.0, 1.0]),
        ("heading.next", [1.0, 99.0, 99.0, 99.0, 99.0]),
        ("near.links_before_1", [-1.0, 1.0, 0.0, 0.0, 7.0 / 15.0]),
        ("near.links_after_1", [0.0, 0.0, 7.0 / 15.0, 0.0, -1.0]),
        ("window.words_3", [4.0, 3.6, 3.6, 3.6, 4.25]),
        ("box1.share", [1.0, 15.0 / 18.0, 15.0 / 18.0, 15.0 / 18.0, 1.0]),
        ("box1.anchors", [0.4, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.4]),
        ("main70.inside", [0.0, 1.0, 1.0, 1.0, 0.0]),
        ("path.words", [1.0, 3.0, 6.0, 6.0, 2.0]),
        ("class1.count", [1.0, 1.0, 3.0, 3.0, 3.0]),
        ("page.links", [links; 5]),
        ("page.dates", [0.4; 5]),
        ("address.segments", [-1.0; 5]),
    ];
    hold(&columns, &table(), &expected);
    // A pattern of the family alone may be more than one row.
    let copyright = table().iter().position(|feature| feature.name == "hit.copyright").expect("a feature");
    assert!(columns.get(copyright, 4) > 0.0 && columns.get(copyright, 3) == 0.0);
}

/// Checks what stands in columns: features by their names, with a value for each row.
pub(super) fn hold<const ROWS: usize>(columns: &Columns, table: &[Feature], expected: &[(&str, [f32; ROWS])]) {
    for (name, values) in expected {
        let feature = table.iter().position(|feature| feature.name == *name).expect(name);
        for (row, value) in values.iter().enumerate() {
            let found = columns.get(feature, row);
            assert!((found - value).abs() < 1e-5, "{name} of row {row}: {found}, not {value}");
        }
    }
}
