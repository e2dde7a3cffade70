//! Foreign content: SVG and MathML.

use super::super::name::Name;
use super::super::tree::Space;
use super::sets::{self, BREAKOUT, is_html_integration_point, is_text_integration_point};
use super::{Builder, Open, StartTag, Step};
use crate::document::Tag;

impl Builder {
    /// Whether the rules of foreign content apply to an end tag or a comment.
    pub(super) fn is_foreign(&self) -> bool {
        self.stack.current().is_some_and(|current| current.space != Space::Html)
    }

    /// Whether they apply to text.
    pub(super) fn is_foreign_text(&self) -> bool {
        let current = self.stack.current().filter(|current| current.space != Space::Html);
        current.is_some_and(|current| !holds_html(&current))
    }

    /// Whether they apply to a start tag.
    pub(super) fn is_foreign_start(&self, name: Name) -> bool {
        let Some(current) = self.stack.current().filter(|current| current.space != Space::Html) else { return false };
        let stays = matches!(name, Name::MGLYPH | Name::MALIGNMARK);
        let holds_svg =
            current.space == Space::MathMl && current.name == Name::ANNOTATION_XML && name.tag() == Tag::Svg;
        !(holds_svg
            || is_html_integration_point(current.name, current.space)
            || is_text_integration_point(current.name, current.space) && !stays)
    }

    pub(super) fn start_in_foreign(&mut self, tag: StartTag) -> Step {
        let is_old_font = || {
            let looks = [Name::COLOR, Name::FACE, Name::SIZE];
            tag.name.tag() == Tag::Font
                && looks.iter().any(|look| self.tree.attribute_of(tag.attributes, *look).is_some())
        };
        if sets::is_in(tag.name, BREAKOUT) || is_old_font() {
            self.break_out();
            return self.start_in(self.mode, tag);
        }
        let space = self.stack.current().map_or(Space::Html, |current| current.space);
        self.insert_foreign(tag, space);
        Step::Done
    }

    pub(super) fn end_in_foreign(&mut self, name: Name) -> Step {
        if matches!(name.tag(), Tag::Br | Tag::P) {
            self.break_out();
            return self.end_in(self.mode, name);
        }
        let top = self.stack.len().saturating_sub(1);
        for at in (1..=top).rev() {
            let Some(open) = self.stack.get(at) else { break };
            if at < top && open.space == Space::Html {
                return self.end_in(self.mode, name);
            }
            if open.name == name {
                self.stack.truncate(at);
                break;
            }
        }
        Step::Done
    }

    /// Closes foreign elements up to one in which HTML may stand.
    fn break_out(&mut self) {
        self.stack.pop_above(|open| open.space == Space::Html || holds_html(open));
    }

    /// Inserts `svg` or `math`.
    pub(super) fn enter_foreign(&mut self, tag: StartTag, space: Space) -> Step {
        self.reconstruct();
        self.insert_foreign(tag, space);
        Step::Done
    }

    fn insert_foreign(&mut self, tag: StartTag, space: Space) {
        let id = self.insert_closed(tag, space);
        if !tag.closes_itself {
            self.stack.push(Open::new(id, tag.name, space));
        }
    }
}

/// Whether text in an element of SVG or MathML is HTML.
fn holds_html(open: &Open) -> bool {
    is_text_integration_point(open.name, open.space) || is_html_integration_point(open.name, open.space)
}
