//! The rules of tables.

use super::super::name::Name;
use super::sets::TABLE_SCOPE;
use super::{Active, Builder, Mode, Open, StartTag, Step};
use crate::document::Tag;

/// What "clear the stack back to a context" leaves open.
fn is_table_context(open: &Open) -> bool {
    open.is_one_of(TABLE_SCOPE)
}

fn is_body_context(open: &Open) -> bool {
    matches!(open.name.tag(), Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Template | Tag::Html) && open.is_html()
}

fn is_row_context(open: &Open) -> bool {
    matches!(open.name.tag(), Tag::Tr | Tag::Template | Tag::Html) && open.is_html()
}

impl Builder {
    pub(super) fn start_in_table(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Caption => {
                self.stack.pop_above(is_table_context);
                self.active.push(Active::Marker);
                self.insert_part(tag, Mode::InCaption)
            }
            Tag::Colgroup => {
                self.stack.pop_above(is_table_context);
                self.insert_part(tag, Mode::InColumnGroup)
            }
            Tag::Col => {
                self.stack.pop_above(is_table_context);
                self.insert(StartTag::bare(Tag::Colgroup));
                self.again(Mode::InColumnGroup)
            }
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                self.stack.pop_above(is_table_context);
                self.insert_part(tag, Mode::InTableBody)
            }
            Tag::Td | Tag::Th | Tag::Tr => {
                self.stack.pop_above(is_table_context);
                self.insert(StartTag::bare(Tag::Tbody));
                self.again(Mode::InTableBody)
            }
            Tag::Table => {
                if !self.stack.has_named_in(TABLE_SCOPE, tag.name) {
                    return Step::Done;
                }
                self.stack.pop_to(Tag::Table);
                self.reset_mode();
                Step::Again
            }
            Tag::Style | Tag::Script | Tag::Template => self.start_in_head(tag),
            Tag::Input if self.is_hidden(tag) => self.insert_void(tag),
            Tag::Form => {
                if !self.stack.has(Tag::Template) && self.form.is_none() {
                    self.form = Some(self.insert_closed(tag, super::Space::Html));
                }
                Step::Done
            }
            _ => {
                self.foster_parenting = true;
                let step = self.start_in_body(tag);
                self.foster_parenting = false;
                step
            }
        }
    }

    fn insert_part(&mut self, tag: StartTag, mode: Mode) -> Step {
        self.insert(tag);
        self.mode = mode;
        Step::Done
    }

    pub(super) fn end_in_table(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Table => {
                if self.stack.has_named_in(TABLE_SCOPE, name) {
                    self.stack.pop_to(Tag::Table);
                    self.reset_mode();
                }
                Step::Done
            }
            Tag::Template => self.end_template(),
            tag if is_part(tag) || matches!(tag, Tag::Body | Tag::Html) => Step::Done,
            _ => {
                self.foster_parenting = true;
                let step = self.end_in_body(name);
                self.foster_parenting = false;
                step
            }
        }
    }

    pub(super) fn start_in_caption(&mut self, tag: StartTag) -> Step {
        if !is_part(tag.name.tag()) {
            return self.start_in_body(tag);
        }
        if self.close_caption() { self.again(Mode::InTable) } else { Step::Done }
    }

    pub(super) fn end_in_caption(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Caption => {
                if self.close_caption() {
                    self.mode = Mode::InTable;
                }
                Step::Done
            }
            Tag::Table if self.close_caption() => self.again(Mode::InTable),
            Tag::Table | Tag::Body | Tag::Html => Step::Done,
            tag if is_part(tag) => Step::Done,
            _ => self.end_in_body(name),
        }
    }

    /// Closes the caption, if one is open; false if none is.
    fn close_caption(&mut self) -> bool {
        let is_open = self.stack.has_named_in(TABLE_SCOPE, Name::of(Tag::Caption));
        if is_open {
            self.close_implied(None);
            self.stack.pop_to(Tag::Caption);
            self.clear_to_marker();
        }
        is_open
    }

    pub(super) fn start_in_column_group(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Html => self.start_in_body(tag),
            Tag::Col => self.insert_void(tag),
            Tag::Template => self.start_in_head(tag),
            _ => self.leave_column_group(),
        }
    }

    pub(super) fn end_in_column_group(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Colgroup => {
                if self.stack.current_is(Tag::Colgroup) {
                    self.stack.pop();
                    self.mode = Mode::InTable;
                }
                Step::Done
            }
            Tag::Col => Step::Done,
            Tag::Template => self.end_template(),
            _ => self.leave_column_group(),
        }
    }

    fn leave_column_group(&mut self) -> Step {
        if self.stack.current_is(Tag::Colgroup) { self.leave_for(Mode::InTable) } else { Step::Done }
    }

    pub(super) fn start_in_table_body(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Tr => {
                self.stack.pop_above(is_body_context);
                self.insert_part(tag, Mode::InRow)
            }
            Tag::Th | Tag::Td => {
                self.stack.pop_above(is_body_context);
                self.insert(StartTag::bare(Tag::Tr));
                self.again(Mode::InRow)
            }
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => self.leave_table_body(),
            _ => self.start_in_table(tag),
        }
    }

    pub(super) fn end_in_table_body(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.stack.has_named_in(TABLE_SCOPE, name) {
                    self.stack.pop_above(is_body_context);
                    self.stack.pop();
                    self.mode = Mode::InTable;
                }
                Step::Done
            }
            Tag::Table => self.leave_table_body(),
            tag if is_part(tag) || matches!(tag, Tag::Body | Tag::Html) => Step::Done,
            _ => self.end_in_table(name),
        }
    }

    fn leave_table_body(&mut self) -> Step {
        // Of the parts of a table the head is not looked for, as html5ever has it.
        if !self.stack.has_in(TABLE_SCOPE, |open| open.is(Tag::Table) || open.is(Tag::Tbody) || open.is(Tag::Tfoot)) {
            return Step::Done;
        }
        self.stack.pop_above(is_body_context);
        self.leave_for(Mode::InTable)
    }

    pub(super) fn start_in_row(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Th | Tag::Td => {
                self.stack.pop_above(is_row_context);
                self.active.push(Active::Marker);
                self.insert_part(tag, Mode::InCell)
            }
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                if self.close_row() { self.again(Mode::InTableBody) } else { Step::Done }
            }
            _ => self.start_in_table(tag),
        }
    }

    pub(super) fn end_in_row(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Tr => {
                if self.close_row() {
                    self.mode = Mode::InTableBody;
                }
                Step::Done
            }
            Tag::Table if self.close_row() => self.again(Mode::InTableBody),
            Tag::Tbody | Tag::Tfoot | Tag::Thead if self.stack.has_named_in(TABLE_SCOPE, name) && self.close_row() => {
                self.again(Mode::InTableBody)
            }
            tag if is_part(tag) || matches!(tag, Tag::Table | Tag::Body | Tag::Html) => Step::Done,
            _ => self.end_in_table(name),
        }
    }

    /// Closes the row, if one is open; false if none is.
    fn close_row(&mut self) -> bool {
        let is_open = self.stack.has_named_in(TABLE_SCOPE, Name::of(Tag::Tr));
        if is_open {
            self.stack.pop_above(is_row_context);
            self.stack.pop();
        }
        is_open
    }

    pub(super) fn start_in_cell(&mut self, tag: StartTag) -> Step {
        if !is_part(tag.name.tag()) {
            return self.start_in_body(tag);
        }
        if !self.stack.has_in(TABLE_SCOPE, is_cell) {
            return Step::Done;
        }
        self.close_cell();
        self.again(Mode::InRow)
    }

    pub(super) fn end_in_cell(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Td | Tag::Th => {
                if self.stack.has_named_in(TABLE_SCOPE, name) {
                    self.close_implied(None);
                    self.stack.pop_to_named(name);
                    self.clear_to_marker();
                    self.mode = Mode::InRow;
                }
                Step::Done
            }
            Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html => Step::Done,
            tag if tag == Tag::Table || is_part(tag) => {
                if !self.stack.has_named_in(TABLE_SCOPE, name) {
                    return Step::Done;
                }
                self.close_cell();
                self.again(Mode::InRow)
            }
            _ => self.end_in_body(name),
        }
    }

    fn close_cell(&mut self) {
        self.close_implied(None);
        while self.stack.pop().is_some_and(|open| !is_cell(&open)) {}
        self.clear_to_marker();
    }
}

fn is_cell(open: &Open) -> bool {
    open.is(Tag::Td) || open.is(Tag::Th)
}

/// Whether an element of this name stands only in tables.
pub(super) fn is_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Td | Tag::Tfoot | Tag::Th | Tag::Thead | Tag::Tr
    )
}
