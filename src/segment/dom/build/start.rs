//! Start tags and end tags by mode, but for those in the body and in tables.

use super::super::name::Name;
use super::super::tree::Space;
use super::{Active, Builder, Mode, Raw, StartTag, Step};
use crate::document::Tag;

impl Builder {
    /// Processes a start tag by the rules of a mode.
    pub(super) fn start_in(&mut self, mode: Mode, tag: StartTag) -> Step {
        match mode {
            Mode::InBody => self.start_in_body(tag),
            Mode::Initial => self.begin_next(mode),
            Mode::BeforeHtml if tag.name.tag() == Tag::Html => {
                self.create_root(tag.attributes);
                Step::Done
            }
            Mode::BeforeHtml => self.begin_html(),
            Mode::BeforeHead => self.start_before_head(tag),
            Mode::InHead => self.start_in_head(tag),
            Mode::InHeadNoscript => self.start_in_head_noscript(tag),
            Mode::AfterHead => self.start_after_head(tag),
            // A tag is text there.
            Mode::Text => Step::Done,
            Mode::InTable => self.start_in_table(tag),
            Mode::InTableText => {
                self.flush_table_text();
                Step::Again
            }
            Mode::InCaption => self.start_in_caption(tag),
            Mode::InColumnGroup => self.start_in_column_group(tag),
            Mode::InTableBody => self.start_in_table_body(tag),
            Mode::InRow => self.start_in_row(tag),
            Mode::InCell => self.start_in_cell(tag),
            Mode::InTemplate => self.start_in_template(tag),
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => self.start_at_frameset(mode, tag),
            Mode::AfterBody | Mode::AfterAfterBody if tag.name.tag() == Tag::Html => self.start_in_body(tag),
            Mode::AfterBody | Mode::AfterAfterBody => self.again(Mode::InBody),
        }
    }

    /// Processes an end tag by the rules of a mode.
    pub(super) fn end_in(&mut self, mode: Mode, name: Name) -> Step {
        let tag = name.tag();
        match mode {
            Mode::InBody => self.end_in_body(name),
            Mode::Initial => self.begin_next(mode),
            Mode::BeforeHtml if is_end_of_page(tag) || tag == Tag::Head => self.begin_html(),
            Mode::BeforeHead if is_end_of_page(tag) || tag == Tag::Head => self.begin_head(),
            Mode::InHead if tag == Tag::Head => {
                self.stack.pop();
                self.mode = Mode::AfterHead;
                Step::Done
            }
            Mode::InHead if is_end_of_page(tag) => self.leave_for(Mode::AfterHead),
            Mode::InHead | Mode::AfterHead if tag == Tag::Template => self.end_template(),
            Mode::InHeadNoscript if tag == Tag::Noscript => {
                self.stack.pop();
                self.mode = Mode::InHead;
                Step::Done
            }
            Mode::InHeadNoscript if tag == Tag::Br => self.leave_for(Mode::InHead),
            Mode::AfterHead if is_end_of_page(tag) => self.begin_body(),
            Mode::BeforeHtml | Mode::BeforeHead | Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead => Step::Done,
            Mode::Text => {
                self.stack.pop();
                self.mode = self.original;
                Step::Done
            }
            Mode::InTable => self.end_in_table(name),
            Mode::InTableText => {
                self.flush_table_text();
                Step::Again
            }
            Mode::InCaption => self.end_in_caption(name),
            Mode::InColumnGroup => self.end_in_column_group(name),
            Mode::InTableBody => self.end_in_table_body(name),
            Mode::InRow => self.end_in_row(name),
            Mode::InCell => self.end_in_cell(name),
            Mode::InTemplate if tag == Tag::Template => self.end_template(),
            Mode::InTemplate => Step::Done,
            Mode::AfterBody if tag == Tag::Html => {
                self.mode = Mode::AfterAfterBody;
                Step::Done
            }
            Mode::AfterBody | Mode::AfterAfterBody => self.again(Mode::InBody),
            Mode::InFrameset if tag == Tag::Frameset => self.end_frameset(),
            Mode::AfterFrameset if tag == Tag::Html => {
                self.mode = Mode::AfterAfterFrameset;
                Step::Done
            }
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => Step::Done,
        }
    }

    fn start_before_head(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Html => self.start_in_body(tag),
            Tag::Head => {
                self.head = Some(self.insert(tag));
                self.mode = Mode::InHead;
                Step::Done
            }
            _ => self.begin_head(),
        }
    }

    pub(super) fn start_in_head(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Html => self.start_in_body(tag),
            Tag::Base | Tag::Link | Tag::Meta => self.insert_void(tag),
            Tag::Title | Tag::Noframes | Tag::Style | Tag::Script => self.insert_raw(tag),
            Tag::Noscript => {
                self.insert(tag);
                self.mode = Mode::InHeadNoscript;
                Step::Done
            }
            Tag::Template => self.start_template(tag),
            Tag::Head => Step::Done,
            _ if matches!(tag.name, Name::BASEFONT | Name::BGSOUND) => self.insert_void(tag),
            _ => self.leave_for(Mode::AfterHead),
        }
    }

    fn start_in_head_noscript(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Html => self.start_in_body(tag),
            Tag::Link | Tag::Meta | Tag::Noframes | Tag::Style => self.start_in_head(tag),
            Tag::Head | Tag::Noscript => Step::Done,
            _ if matches!(tag.name, Name::BASEFONT | Name::BGSOUND) => self.start_in_head(tag),
            _ => self.leave_for(Mode::InHead),
        }
    }

    fn start_after_head(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Html => self.start_in_body(tag),
            Tag::Body => {
                self.insert(tag);
                self.frameset_ok = false;
                self.mode = Mode::InBody;
                Step::Done
            }
            Tag::Frameset => {
                self.insert(tag);
                self.mode = Mode::InFrameset;
                Step::Done
            }
            Tag::Head => Step::Done,
            _ if is_of_head(tag.name) => self.start_in_left_head(tag),
            _ => self.begin_body(),
        }
    }

    /// What belongs into the head and stands behind it is put into it all the same.
    fn start_in_left_head(&mut self, tag: StartTag) -> Step {
        let Some(head) = self.head else { return self.begin_body() };
        self.stack.push(super::Open::new(head, Name::of(Tag::Head), Space::Html));
        let step = self.start_in_head(tag);
        self.stack.remove_node(head);
        step
    }

    fn start_template(&mut self, tag: StartTag) -> Step {
        self.active.push(Active::Marker);
        self.frameset_ok = false;
        self.mode = Mode::InTemplate;
        self.template_modes.push(Mode::InTemplate);
        self.insert(tag);
        Step::Done
    }

    pub(super) fn end_template(&mut self) -> Step {
        if self.stack.has(Tag::Template) {
            self.close_implied_thoroughly();
            self.stack.pop_to(Tag::Template);
            self.clear_to_marker();
            self.template_modes.pop();
            self.reset_mode();
        }
        Step::Done
    }

    fn start_in_template(&mut self, tag: StartTag) -> Step {
        let mode = match tag.name.tag() {
            Tag::Caption | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => Mode::InTable,
            Tag::Col => Mode::InColumnGroup,
            Tag::Tr => Mode::InTableBody,
            Tag::Td | Tag::Th => Mode::InRow,
            _ if is_of_head(tag.name) => return self.start_in_head(tag),
            _ => Mode::InBody,
        };
        self.template_modes.pop();
        self.template_modes.push(mode);
        self.again(mode)
    }

    fn start_at_frameset(&mut self, mode: Mode, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Html => self.start_in_body(tag),
            Tag::Noframes => self.start_in_head(tag),
            Tag::Frameset if mode == Mode::InFrameset => {
                self.insert(tag);
                Step::Done
            }
            Tag::Frame if mode == Mode::InFrameset => self.insert_void(tag),
            _ => Step::Done,
        }
    }

    fn end_frameset(&mut self) -> Step {
        if self.stack.len() != 1 {
            self.stack.pop();
            if !self.stack.current_is(Tag::Frameset) {
                self.mode = Mode::AfterFrameset;
            }
        }
        Step::Done
    }

    /// Inserts an element that takes all that follows as its text.
    pub(super) fn start_plaintext(&mut self, tag: StartTag) -> Step {
        self.close_paragraph();
        self.insert(tag);
        Step::Raw(Raw::ToEndOfFile)
    }
}

/// End tags at which the elements of a page begin that are missing.
fn is_end_of_page(tag: Tag) -> bool {
    matches!(tag, Tag::Body | Tag::Html | Tag::Br)
}

/// Whether the rules of the head apply to a start tag wherever it stands.
pub(super) fn is_of_head(name: Name) -> bool {
    matches!(name, Name::BASEFONT | Name::BGSOUND)
        || matches!(
            name.tag(),
            Tag::Base | Tag::Link | Tag::Meta | Tag::Noframes | Tag::Script | Tag::Style | Tag::Template | Tag::Title
        )
}
