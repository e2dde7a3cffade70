//! The rules of the mode "in body".

use super::super::ATTRIBUTES;
use super::super::name::Name;
use super::super::tree::{Quirks, Space};
use super::sets::{self, BLOCK, HEADING, LIST_SCOPE, SCOPE, SPECIAL};
use super::start::is_of_head;
use super::tables::is_part;
use super::{Active, Builder, Mode, StartTag, Step};
use crate::document::Tag;

impl Builder {
    pub(super) fn start_in_body(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::P => self.start_block(tag),
            Tag::A => {
                self.close_misnested_link();
                self.insert_formatting(tag)
            }
            Tag::Li | Tag::Dd | Tag::Dt => self.start_item(tag),
            Tag::Nobr => self.start_nobr(tag),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.close_paragraph();
                if self.stack.current().is_some_and(|open| open.is_one_of(HEADING)) {
                    self.stack.pop();
                }
                self.insert_open(tag)
            }
            Tag::Area | Tag::Br | Tag::Embed | Tag::Img | Tag::Wbr => self.start_image(tag),
            Tag::Param | Tag::Source | Tag::Track => self.insert_void(tag),
            Tag::Input => self.start_input(tag),
            Tag::Hr => self.start_rule(tag),
            Tag::Table => self.start_table(tag),
            Tag::Frame | Tag::Head => Step::Done,
            Tag::Svg => self.enter_foreign(tag, Space::Svg),
            Tag::Math => self.enter_foreign(tag, Space::MathMl),
            Tag::Select | Tag::Option | Tag::Optgroup => self.start_choice(tag),
            Tag::Rb | Tag::Rtc | Tag::Rp | Tag::Rt => self.start_ruby(tag),
            Tag::Pre | Tag::Listing => {
                self.frameset_ok = false;
                let step = self.start_block(tag);
                self.ignores_line_feed = true;
                step
            }
            Tag::Textarea | Tag::Xmp | Tag::Iframe | Tag::Noembed => self.start_raw_in_body(tag),
            Tag::Plaintext => self.start_plaintext(tag),
            Tag::Form => self.start_form(tag),
            Tag::Button => self.start_button(tag),
            Tag::Applet | Tag::Marquee | Tag::Object => {
                self.frameset_ok = false;
                let step = self.start_other(tag);
                self.active.push(Active::Marker);
                step
            }
            Tag::Html => self.start_second_html(tag),
            Tag::Body => self.start_second_body(tag),
            Tag::Frameset => self.start_frameset(tag),
            _ if sets::is_in(tag.name, BLOCK) => self.start_block(tag),
            _ if sets::is_formatting(tag.name) => self.insert_formatting(tag),
            part if is_part(part) => Step::Done,
            _ if tag.name == Name::KEYGEN => self.start_image(tag),
            _ if tag.name == Name::IMAGE => self.start_image(StartTag { name: Name::of(Tag::Img), ..tag }),
            _ if is_of_head(tag.name) => self.start_in_head(tag),
            _ => self.start_other(tag),
        }
    }

    fn insert_open(&mut self, tag: StartTag) -> Step {
        self.insert(tag);
        Step::Done
    }

    fn start_block(&mut self, tag: StartTag) -> Step {
        self.close_paragraph();
        self.insert_open(tag)
    }

    /// An element that has no rules of its own.
    fn start_other(&mut self, tag: StartTag) -> Step {
        self.reconstruct();
        self.insert_open(tag)
    }

    fn start_image(&mut self, tag: StartTag) -> Step {
        self.reconstruct();
        self.frameset_ok = false;
        self.insert_void(tag)
    }

    fn start_item(&mut self, tag: StartTag) -> Step {
        self.frameset_ok = false;
        let is_list = tag.name.tag() == Tag::Li;
        let mut closes = None;
        for (_, open) in self.stack.downwards() {
            let is_item = if is_list { open.is(Tag::Li) } else { open.is(Tag::Dd) || open.is(Tag::Dt) };
            if is_item {
                closes = Some(open.name);
                break;
            }
            if open.is_one_of(SPECIAL) && !(open.is(Tag::Address) || open.is(Tag::Div) || open.is(Tag::P)) {
                break;
            }
        }
        if let Some(name) = closes {
            self.close_implied(Some(name));
            self.stack.pop_to_named(name);
        }
        self.start_block(tag)
    }

    fn start_nobr(&mut self, tag: StartTag) -> Step {
        self.reconstruct();
        if self.stack.has_in_scope(Tag::Nobr) {
            self.adopt(tag.name);
        }
        self.insert_formatting(tag)
    }

    fn start_input(&mut self, tag: StartTag) -> Step {
        if self.stack.has_in_scope(Tag::Select) {
            self.stack.pop_to(Tag::Select);
        }
        self.reconstruct();
        if !self.is_hidden(tag) {
            self.frameset_ok = false;
        }
        self.insert_void(tag)
    }

    /// Whether an `input` is of the type that shows nothing.
    pub(super) fn is_hidden(&self, tag: StartTag) -> bool {
        self.tree.attribute_of(tag.attributes, Name::TYPE).is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
    }

    fn start_rule(&mut self, tag: StartTag) -> Step {
        self.close_paragraph();
        if self.stack.has_in_scope(Tag::Select) {
            self.close_implied(None);
        }
        self.frameset_ok = false;
        self.insert_void(tag)
    }

    fn start_table(&mut self, tag: StartTag) -> Step {
        if self.tree.quirks != Quirks::Full {
            self.close_paragraph();
        }
        self.frameset_ok = false;
        self.mode = Mode::InTable;
        self.insert_open(tag)
    }

    /// A `select` and what it holds.
    fn start_choice(&mut self, tag: StartTag) -> Step {
        let in_select = self.stack.has_in_scope(Tag::Select);
        match tag.name.tag() {
            Tag::Select if in_select => {
                self.stack.pop_to(Tag::Select);
                return Step::Done;
            }
            Tag::Select => {
                self.frameset_ok = false;
                return self.start_other(tag);
            }
            Tag::Option if in_select => self.close_implied(Some(Name::of(Tag::Optgroup))),
            _ if in_select => self.close_implied(None),
            _ if self.stack.current_is(Tag::Option) => drop(self.stack.pop()),
            _ => {}
        }
        self.start_other(tag)
    }

    fn start_ruby(&mut self, tag: StartTag) -> Step {
        if self.stack.has_in_scope(Tag::Ruby) {
            let is_within = matches!(tag.name.tag(), Tag::Rp | Tag::Rt);
            self.close_implied(is_within.then_some(Name::of(Tag::Rtc)));
        }
        self.insert_open(tag)
    }

    fn start_raw_in_body(&mut self, tag: StartTag) -> Step {
        match tag.name.tag() {
            Tag::Noembed => {}
            Tag::Xmp => {
                self.close_paragraph();
                self.reconstruct();
                self.frameset_ok = false;
            }
            _ => self.frameset_ok = false,
        }
        let step = self.insert_raw(tag);
        self.ignores_line_feed = tag.name.tag() == Tag::Textarea;
        step
    }

    fn start_form(&mut self, tag: StartTag) -> Step {
        let in_template = self.stack.has(Tag::Template);
        if self.form.is_none() || in_template {
            self.close_paragraph();
            let form = self.insert(tag);
            if !in_template {
                self.form = Some(form);
            }
        }
        Step::Done
    }

    fn start_button(&mut self, tag: StartTag) -> Step {
        if self.stack.has_in_scope(Tag::Button) {
            self.close_implied(None);
            self.stack.pop_to(Tag::Button);
        }
        self.frameset_ok = false;
        self.start_other(tag)
    }

    fn start_second_html(&mut self, tag: StartTag) -> Step {
        if !self.stack.has(Tag::Template) {
            self.tree.add_missing(self.html(), tag.attributes, ATTRIBUTES);
        }
        Step::Done
    }

    fn start_second_body(&mut self, tag: StartTag) -> Step {
        if let Some(body) = self.stack.get(1).filter(|open| open.is(Tag::Body))
            && !self.stack.has(Tag::Template)
        {
            self.frameset_ok = false;
            self.tree.add_missing(body.id, tag.attributes, ATTRIBUTES);
        }
        Step::Done
    }

    fn start_frameset(&mut self, tag: StartTag) -> Step {
        if let Some(body) = self.stack.get(1).filter(|open| self.frameset_ok && open.is(Tag::Body)) {
            self.tree.detach(body.id);
            self.stack.truncate(1);
            self.insert(tag);
            self.mode = Mode::InFrameset;
        }
        Step::Done
    }

    pub(super) fn end_in_body(&mut self, name: Name) -> Step {
        match name.tag() {
            Tag::Button | Tag::Listing | Tag::Pre | Tag::Select => self.end_block(name),
            Tag::P => {
                if !self.stack.has_paragraph_in_button_scope() {
                    self.insert(StartTag::bare(Tag::P));
                }
                self.close_paragraph();
            }
            Tag::Li => self.end_item(name, SCOPE | LIST_SCOPE),
            Tag::Dd | Tag::Dt => self.end_item(name, SCOPE),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                if self.stack.has_in(SCOPE, |open| open.is_one_of(HEADING)) {
                    self.close_implied(None);
                    self.stack.pop_to_one_of(HEADING);
                }
            }
            Tag::Br => return self.start_image(StartTag::bare(Tag::Br)),
            Tag::Applet | Tag::Marquee | Tag::Object => {
                if self.stack.has_named_in(SCOPE, name) {
                    self.end_block(name);
                    self.clear_to_marker();
                }
            }
            Tag::Form => self.end_form(),
            Tag::Body | Tag::Html => return self.end_body(name),
            Tag::Template => return self.end_template(),
            _ if sets::is_in(name, BLOCK) => self.end_block(name),
            _ if sets::is_formatting(name) => self.adopt(name),
            _ => self.end_other(name),
        }
        Step::Done
    }

    fn end_block(&mut self, name: Name) {
        if self.stack.has_named_in(SCOPE, name) {
            self.close_implied(None);
            self.stack.pop_to_named(name);
        }
    }

    fn end_item(&mut self, name: Name, scope: u16) {
        if self.stack.has_named_in(scope, name) {
            self.close_implied(Some(name));
            self.stack.pop_to_named(name);
        }
    }

    fn end_form(&mut self) {
        if self.stack.has(Tag::Template) {
            self.end_block(Name::of(Tag::Form));
        } else if let Some(form) = self.form.take()
            && self.stack.has_in(SCOPE, |open| open.id == form)
        {
            self.close_implied(None);
            self.stack.remove_node(form);
        }
    }

    fn end_body(&mut self, name: Name) -> Step {
        if self.stack.has_in_scope(Tag::Body) {
            self.mode = Mode::AfterBody;
            if name.tag() == Tag::Html {
                return Step::Again;
            }
        }
        Step::Done
    }

    /// Any other end tag.
    pub(super) fn end_other(&mut self, name: Name) {
        let found = self.stack.downwards().find(|(_, open)| open.is_named(name) || open.is_one_of(SPECIAL));
        if let Some((at, _)) = found.filter(|(_, open)| open.is_named(name)) {
            self.close_implied(Some(name));
            self.stack.truncate(at);
        }
    }
}
