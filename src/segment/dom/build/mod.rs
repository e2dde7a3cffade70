//! The tree builder: tokens to the tree.
//!
//! Input: tags, texts and comments in the order of the page. Output: the [`Tree`] that html5ever's tree builder makes
//! of them, with scripting off; tests compare the two over made-up pages. It follows section 13.2.6 of the HTML
//! standard, "Tree construction", with the words of the standard for what it keeps, and leaves out what concerns
//! fragments, scripts, form owners and errors. Nothing recurses on the input: a rule that is "processed using the rules
//! of" another mode calls that one.

mod adoption;
mod body;
mod foreign;
mod sets;
mod stack;
mod start;
mod tables;
mod text;

use self::sets::{IMPLIED, THOROUGH};
use self::stack::{Open, Stack};
use super::name::Name;
use super::tree::{Attributes, NodeId, Quirks, Space, Spot, Tree};
use crate::document::Tag;

pub(super) use self::sets::{is_formatting, is_marker, is_raw, never_nests};

/// The insertion modes of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct StartTag {
    pub(super) name: Name,
    pub(super) attributes: Attributes,
    pub(super) closes_itself: bool,
}

impl StartTag {
    /// A tag without attributes.
    fn bare(tag: Tag) -> Self {
        Self { name: Name::of(tag), attributes: Attributes::default(), closes_itself: false }
    }
}

/// Whether the tokenizer reads text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// No: markup.
    No,
    /// Up to the end tag of the element.
    ToEndTag,
    /// To the end: `plaintext`.
    ToEndOfFile,
}

/// What comes of a token in a mode.
#[derive(Debug, Clone, Copy)]
enum Step {
    Done,
    /// It is processed again, in the mode that is set now.
    Again,
    Raw(Raw),
}

/// An entry of the list of active formatting elements.
#[derive(Debug, Clone, Copy)]
enum Active {
    Marker,
    Element { id: NodeId, tag: StartTag },
}

/// The tree builder.
pub(super) struct Builder {
    pub(super) tree: Tree,
    mode: Mode,
    /// Where the modes of text and of text in tables go back to.
    original: Mode,
    template_modes: Vec<Mode>,
    table_text: String,
    stack: Stack,
    active: Vec<Active>,
    head: Option<NodeId>,
    form: Option<NodeId>,
    frameset_ok: bool,
    /// A line feed right behind the tag of a `pre` is none of its text.
    ignores_line_feed: bool,
    foster_parenting: bool,
    /// Formatting elements made so far, and their attributes.
    formatting: usize,
}

impl Builder {
    /// With room for so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            tree: Tree::new(nodes),
            mode: Mode::Initial,
            original: Mode::InBody,
            template_modes: Vec::new(),
            table_text: String::new(),
            stack: Stack::default(),
            active: Vec::new(),
            head: None,
            form: None,
            frameset_ok: true,
            ignores_line_feed: false,
            foster_parenting: false,
            formatting: 0,
        }
    }

    /// Takes a start tag.
    pub(super) fn start(&mut self, tag: StartTag) -> Raw {
        self.ignores_line_feed = false;
        loop {
            let step = if self.is_foreign_start(tag.name) {
                self.start_in_foreign(tag)
            } else {
                self.start_in(self.mode, tag)
            };
            match step {
                Step::Done => return Raw::No,
                Step::Again => {}
                Step::Raw(raw) => return raw,
            }
        }
    }

    /// Takes an end tag.
    pub(super) fn end(&mut self, name: Name) {
        self.ignores_line_feed = false;
        while let Step::Again = if self.is_foreign() { self.end_in_foreign(name) } else { self.end_in(self.mode, name) }
        {
        }
    }

    /// Takes a comment.
    pub(super) fn comment(&mut self) {
        self.ignores_line_feed = false;
        // In foreign content a comment stands where it stands elsewhere.
        match self.mode {
            _ if self.is_foreign() => {}
            Mode::InTableText => self.flush_table_text(),
            Mode::Initial | Mode::BeforeHtml | Mode::AfterAfterBody | Mode::AfterAfterFrameset => {
                return self.tree.comment(Spot::Last(NodeId::DOCUMENT));
            }
            Mode::AfterBody => return self.tree.comment(Spot::Last(self.html())),
            Mode::Text => return,
            _ => {}
        }
        let spot = self.place(None);
        self.tree.comment(spot);
    }

    /// Takes a document type.
    pub(super) fn doctype(&mut self, quirks: Quirks) {
        self.ignores_line_feed = false;
        if self.mode == Mode::Initial {
            self.tree.doctype();
            self.tree.quirks = quirks;
            self.mode = Mode::BeforeHtml;
        }
    }

    /// Takes what html5ever's tokenizer tells of an error: for its tree builder it is a token.
    pub(super) fn error(&mut self) {
        self.ignores_line_feed = false;
    }

    /// Ends the page.
    pub(super) fn end_of_file(&mut self) {
        self.ignores_line_feed = false;
        while let Step::Again = self.end_of_file_in(self.mode) {}
    }

    fn end_of_file_in(&mut self, mode: Mode) -> Step {
        match mode {
            Mode::Initial
            | Mode::BeforeHtml
            | Mode::BeforeHead
            | Mode::InHead
            | Mode::InHeadNoscript
            | Mode::AfterHead => self.begin_next(mode),
            Mode::Text => self.leave_for(self.original),
            Mode::InTableText => {
                self.flush_table_text();
                Step::Again
            }
            Mode::InTemplate => self.end_of_file_in_template(),
            Mode::AfterBody
            | Mode::InFrameset
            | Mode::AfterFrameset
            | Mode::AfterAfterBody
            | Mode::AfterAfterFrameset => Step::Done,
            _ if self.template_modes.is_empty() => Step::Done,
            _ => self.end_of_file_in_template(),
        }
    }

    fn end_of_file_in_template(&mut self) -> Step {
        if !self.stack.has(Tag::Template) {
            return Step::Done;
        }
        self.stack.pop_to(Tag::Template);
        self.clear_to_marker();
        self.template_modes.pop();
        self.reset_mode();
        Step::Again
    }

    /// Sets the mode in which the token is processed again.
    fn again(&mut self, mode: Mode) -> Step {
        self.mode = mode;
        Step::Again
    }

    /// Closes the current node, and processes the token again in a mode.
    fn leave_for(&mut self, mode: Mode) -> Step {
        self.stack.pop();
        self.again(mode)
    }

    /// Goes on from a mode before the body to the next one, making what is missing, and processes the token again.
    fn begin_next(&mut self, mode: Mode) -> Step {
        match mode {
            Mode::Initial => {
                self.tree.quirks = Quirks::Full;
                self.again(Mode::BeforeHtml)
            }
            Mode::BeforeHtml => self.begin_html(),
            Mode::BeforeHead => self.begin_head(),
            Mode::InHead => self.leave_for(Mode::AfterHead),
            Mode::InHeadNoscript => self.leave_for(Mode::InHead),
            _ => self.begin_body(),
        }
    }

    /// Makes the missing `html` element, and processes the token again.
    fn begin_html(&mut self) -> Step {
        self.create_root(Attributes::default());
        Step::Again
    }

    fn create_root(&mut self, attributes: Attributes) {
        let (name, space) = (Name::of(Tag::Html), Space::Html);
        let id = self.tree.element(name, space, attributes);
        self.stack.push(Open::new(id, name, space));
        self.tree.insert(Spot::Last(NodeId::DOCUMENT), id);
        self.mode = Mode::BeforeHead;
    }

    /// Makes the missing `head` element, and processes the token again.
    fn begin_head(&mut self) -> Step {
        self.head = Some(self.insert(StartTag::bare(Tag::Head)));
        self.again(Mode::InHead)
    }

    /// Makes the missing `body` element, and processes the token again.
    fn begin_body(&mut self) -> Step {
        self.insert(StartTag::bare(Tag::Body));
        self.again(Mode::InBody)
    }

    /// The `html` element.
    fn html(&self) -> NodeId {
        self.stack.get(0).map_or(NodeId::DOCUMENT, |open| open.id)
    }

    /// The current node, and whether it is of SVG or MathML; the document where no element is open.
    pub(super) fn current(&self) -> (NodeId, bool) {
        let current = self.stack.current();
        current.map_or((NodeId::DOCUMENT, false), |current| (current.id, current.space != Space::Html))
    }

    /// Formatting elements made so far, and their attributes.
    pub(super) fn formatting(&self) -> usize {
        self.formatting
    }

    /// Nodes made, and open and formatting elements looked at: the work, for tests.
    #[cfg(test)]
    pub(super) fn calls(&self) -> u64 {
        self.tree.len() as u64 + self.stack.looks()
    }

    /// Entries of the list of active formatting elements, and up to two more.
    pub(super) fn entries(&self) -> usize {
        let elements = self.active.iter().filter(|entry| matches!(entry, Active::Element { .. })).count();
        elements + usize::from(self.head.is_some()) + usize::from(self.form.is_some())
    }

    /// The appropriate place for inserting a node; `target` stands for the current node.
    fn place(&self, target: Option<Open>) -> Spot {
        let Some(target) = target.or(self.stack.current()) else { return Spot::Last(NodeId::DOCUMENT) };
        let fosters = self.foster_parenting && target.is_one_of(sets::TABLE_PARTS);
        if !fosters {
            return Spot::Last(self.inside(target));
        }
        let found = self.stack.downwards().find(|(_, open)| open.is(Tag::Template) || open.is(Tag::Table));
        match found {
            Some((_, open)) if open.is(Tag::Template) => Spot::Last(self.tree.contents(open.id)),
            Some((_, table)) if self.tree.has_parent(table.id) => Spot::Before(table.id),
            Some((at, _)) => {
                Spot::Last(at.checked_sub(1).and_then(|at| self.stack.get(at)).map_or(NodeId::DOCUMENT, |open| open.id))
            }
            None => Spot::Last(self.html()),
        }
    }

    fn inside(&self, open: Open) -> NodeId {
        if open.is(Tag::Template) { self.tree.contents(open.id) } else { open.id }
    }

    fn create(&mut self, tag: StartTag, space: Space) -> NodeId {
        if space == Space::Html && is_formatting(tag.name) {
            self.formatting += 1 + tag.attributes.len();
        }
        self.tree.element(tag.name, space, tag.attributes)
    }

    /// Inserts the element of a tag that is not left open.
    fn insert_closed(&mut self, tag: StartTag, space: Space) -> NodeId {
        let spot = self.place(None);
        let id = self.create(tag, space);
        self.tree.insert(spot, id);
        id
    }

    /// Inserts the HTML element of a tag, and leaves it open.
    fn insert(&mut self, tag: StartTag) -> NodeId {
        let id = self.insert_closed(tag, Space::Html);
        self.stack.push(Open::new(id, tag.name, Space::Html));
        id
    }

    /// Inserts an element whose content is only text.
    fn insert_raw(&mut self, tag: StartTag) -> Step {
        self.insert(tag);
        self.original = self.mode;
        self.mode = Mode::Text;
        Step::Raw(Raw::ToEndTag)
    }

    /// Inserts a void element.
    fn insert_void(&mut self, tag: StartTag) -> Step {
        self.insert_closed(tag, Space::Html);
        Step::Done
    }

    /// Closes the cursory implied end tags, but for elements of one name.
    fn close_implied(&mut self, except: Option<Name>) {
        while let Some(open) = self.stack.current()
            && open.is_one_of(IMPLIED)
            && except != Some(open.name)
        {
            self.stack.pop();
        }
    }

    fn close_implied_thoroughly(&mut self) {
        while self.stack.current().is_some_and(|open| open.is_one_of(IMPLIED | THOROUGH)) {
            self.stack.pop();
        }
    }

    /// Closes a `p` element that is in button scope.
    fn close_paragraph(&mut self) {
        if self.stack.has_paragraph_in_button_scope() {
            self.close_implied(Some(Name::of(Tag::P)));
            self.stack.pop_to(Tag::P);
        }
    }

    /// Clears the list of active formatting elements up to the last marker.
    fn clear_to_marker(&mut self) {
        while let Some(Active::Element { .. }) = self.active.pop() {}
    }

    /// Resets the insertion mode appropriately.
    fn reset_mode(&mut self) {
        self.mode = self.mode_of_stack();
    }

    fn mode_of_stack(&self) -> Mode {
        for at in (0..self.stack.len()).rev() {
            let Some(open) = self.stack.get(at).filter(|open| open.space == Space::Html) else { continue };
            let is_last = at == 0;
            match open.name.tag() {
                Tag::Td | Tag::Th if !is_last => return Mode::InCell,
                Tag::Tr => return Mode::InRow,
                Tag::Tbody | Tag::Thead | Tag::Tfoot => return Mode::InTableBody,
                Tag::Caption => return Mode::InCaption,
                Tag::Colgroup => return Mode::InColumnGroup,
                Tag::Table => return Mode::InTable,
                Tag::Template => return self.template_modes.last().copied().unwrap_or(Mode::InBody),
                Tag::Head if !is_last => return Mode::InHead,
                Tag::Body => return Mode::InBody,
                Tag::Frameset => return Mode::InFrameset,
                Tag::Html if self.head.is_none() => return Mode::BeforeHead,
                Tag::Html => return Mode::AfterHead,
                _ => {}
            }
        }
        Mode::InBody
    }
}
