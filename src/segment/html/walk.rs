//! The walk over the tree: what opens and closes a block, and what each element hands down to its children.

use std::str::FromStr;

use scraper::Selector;

use super::alternatives::{emoji, formula};
use super::below::{beginning_of, text_of};
use super::block::{Finished, Marks, OpenBlock};
use super::elements::{Display, heading_level, keeps_space};
use super::grid::Grid;
use super::joint::Edges;
use super::shown::{Place, colour, colour_of, has_line_beside, hides, indents, shown};
use super::{cells, head};
use crate::document::{BESIDE, BlockKind, Document, Element, ElementId, INDENT, Kind, Name, SpanKind, Tag, Wish};
use crate::hash::KeyMap;
use crate::segment::dom::{Content, Name as DomName, NodeId, NodeRef, Tree, scraped};
use crate::spaces::collapse;

/// `<br>` in a row that part two blocks; a single one is a line break (design study, section 2).
const BREAKS_THAT_SPLIT: u32 = 2;

/// Levels between a heading element and a block that is still that heading: `<h2><a><div>` is one.
const HEADING_REACH: u8 = 2;

/// What running text is that stands in no list, heading or table.
#[derive(Debug, Clone, Copy, Default)]
enum Flow {
    #[default]
    Plain,
    Quote,
    Caption,
}

/// What an open element hands down to its children.
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    /// The element itself, in the outline.
    element: ElementId,
    /// The block element around the text.
    block_element: ElementId,
    /// The nearest `tr`, and the column of the nearest cell.
    row: ElementId,
    column: u16,
    /// The paragraph in here is all that stands in a cell.
    fills_cell: bool,
    marks: Marks,
    /// The level of a heading at most [`HEADING_REACH`] levels up, or 0.
    heading: u8,
    heading_distance: u8,
    flow: Flow,
    preformatted: bool,
    /// Block elements in here are lines of a program's text, each with its own element, and end no block.
    lines: bool,
    /// How many of [`Walk::wishes`] hold here.
    wishes: usize,
}

impl Context {
    /// Whether white space here is the author's, and none may be added.
    fn is_code(&self) -> bool {
        self.preformatted || self.marks.code.is_some()
    }
}

/// An open element on the way down.
struct Frame {
    context: Context,
    display: Display,
    tag: Tag,
}

/// An open list item; the first block in it carries its marker.
struct Item {
    depth: u8,
    number: u32,
    pending: bool,
}

/// What is still to do, innermost last. The stack stands for recursion: its size is the depth of the tree.
enum Step<'a> {
    Visit(NodeRef<'a>),
    Leave,
}

struct Walk {
    /// What is wished of elements, by node; `None` where nothing is.
    wanted: Option<KeyMap<NodeId, Vec<Wish>>>,
    /// The wishes of the open elements, outermost first.
    wishes: Vec<Wish>,
    document: Document,
    open: OpenBlock,
    frames: Vec<Frame>,
    /// The number before the next one of each open list; `None` for unordered ones.
    lists: Vec<Option<u32>>,
    items: Vec<Item>,
    /// The open block carries the marker of the innermost item.
    marks_item: bool,
    /// The open tables.
    grids: Vec<Grid>,
    break_run: u32,
    edges: Edges,
}

/// What browsers set around the contents of `q`.
const QUOTATION: (&str, &str) = ("“", "”");

/// Walks the tree and collects blocks, outline, links and head.
pub(super) fn walk(tree: &Tree, selectors: &[(&Selector, Wish)]) -> Document {
    let root = Frame { context: Context::default(), display: Display::Block, tag: Tag::Html };
    let mut walk = Walk {
        wanted: (!selectors.is_empty()).then(|| wanted(tree, selectors)),
        wishes: Vec::new(),
        document: Document::empty(Kind::Html, None),
        open: OpenBlock::default(),
        frames: vec![root],
        lists: Vec::new(),
        items: Vec::new(),
        marks_item: false,
        grids: Vec::new(),
        break_run: 0,
        edges: Edges::default(),
    };
    // Most nodes are elements and texts in turn.
    walk.document.outline.elements.reserve(tree.len() / 2);
    let mut steps: Vec<Step<'_>> = tree.root().first_child().map(Step::Visit).into_iter().collect();
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave => walk.leave(),
            Step::Visit(node) => {
                steps.extend(node.next_sibling().map(Step::Visit));
                if walk.enter(node) {
                    steps.push(Step::Leave);
                    steps.extend(node.first_child().map(Step::Visit));
                }
            }
        }
    }
    walk.leave();
    walk.document
}

impl Walk {
    fn context(&self) -> Context {
        self.frames.last().map_or_else(Context::default, |frame| frame.context)
    }

    /// Takes a node in; true if it was opened and is to be left again.
    fn enter(&mut self, node: NodeRef<'_>) -> bool {
        match node.content() {
            Content::Text(text) => {
                self.text(text);
                false
            }
            Content::Element(tag) => self.element(tag, node),
            // The contents of a template that is entered.
            Content::Fragment => {
                self.frames.push(Frame { context: self.context(), display: Display::Inline, tag: Tag::Template });
                true
            }
            _ => false,
        }
    }

    fn text(&mut self, text: &str) {
        let context = self.context();
        let blank = text.trim_ascii_start().trim_start().is_empty();
        if self.open.is_empty() {
            if blank {
                return;
            }
            let kind = self.kind(context);
            self.open.begin(context.block_element, kind);
        }
        if !blank && self.wanted.is_some() {
            self.open.wish(&self.wishes);
        }
        if !blank && !context.is_code() && self.edges.set_apart(self.open.text(), text) {
            self.open.push_space();
        }
        if context.preformatted {
            self.open.push_preformatted(text, context.marks);
        } else {
            self.open.push_text(text, context.marks);
        }
        if !blank {
            self.break_run = 0;
        }
        self.edges = Edges::default();
    }

    /// What the block that begins here is. Takes the marker of a list item that is still to be given; a block without a word
    /// gives it back.
    fn kind(&mut self, context: Context) -> BlockKind {
        let item = self.items.last_mut().and_then(|item| std::mem::take(&mut item.pending).then_some(&*item));
        self.marks_item = item.is_some();
        let in_cell = || matches!(self.document.outline.element(context.block_element).tag, Tag::Td | Tag::Th);
        let cell = BlockKind::TableCell { row: context.row, column: context.column };
        if context.preformatted {
            BlockKind::Code
        } else if context.fills_cell {
            cell
        } else if context.heading > 0 {
            BlockKind::Heading(context.heading)
        } else if in_cell() {
            cell
        } else if let Some(item) = item {
            BlockKind::ListItem { depth: item.depth, number: item.number }
        } else {
            match context.flow {
                Flow::Plain => BlockKind::Paragraph,
                Flow::Quote => BlockKind::Quote,
                Flow::Caption => BlockKind::Caption,
            }
        }
    }

    fn element(&mut self, tag: Tag, node: NodeRef<'_>) -> bool {
        match tag {
            Tag::Html if self.document.outline.elements.len() == 1 => return self.enter_root(node),
            // The head is entered for its facts; whatever shows text in it stands in no block.
            Tag::Head => return self.enter_head(),
            Tag::Title | Tag::Meta | Tag::Link | Tag::Base | Tag::Script => {
                head::gather(&mut self.document.head, tag, node, || text_of(node));
                return false;
            }
            _ => {}
        }
        let context = self.context();
        let place = Place {
            block: self.document.outline.element(context.block_element).tag,
            preformatted: context.preformatted,
            lines: context.lines,
        };
        match shown(tag, node, place) {
            Display::Absent => false,
            Display::Formula => {
                self.text(&formula(node));
                false
            }
            Display::Break => {
                self.line_break();
                false
            }
            Display::Empty => {
                self.empty_element(tag, node);
                false
            }
            shown => {
                self.open_element(tag, shown, node);
                true
            }
        }
    }

    /// The page's `html` element is the root of the outline, which stands there already.
    fn enter_root(&mut self, node: NodeRef<'_>) -> bool {
        self.document.head.lang = node.attribute(DomName::LANG).unwrap_or_default().trim().to_owned();
        let class = self.document.outline.intern(node.attribute(DomName::CLASS).unwrap_or_default());
        if let Some(root) = self.document.outline.elements.first_mut() {
            root.class = class;
        }
        self.wish(node);
        let context = Context { wishes: self.wishes.len(), ..self.context() };
        self.frames.push(Frame { context, display: Display::Inline, tag: Tag::Html });
        true
    }

    fn enter_head(&mut self) -> bool {
        self.frames.push(Frame { context: self.context(), display: Display::Inline, tag: Tag::Head });
        true
    }

    fn line_break(&mut self) {
        if self.context().preformatted {
            self.open.push_preformatted("\n", Marks::default());
            return;
        }
        self.break_run += 1;
        if self.break_run >= BREAKS_THAT_SPLIT {
            self.flush();
        } else {
            self.open.push_line_break();
        }
    }

    fn empty_element(&mut self, tag: Tag, node: NodeRef<'_>) {
        self.record(tag, node);
        if tag == Tag::Img {
            self.open.images += 1;
            if let Some(emoji) = emoji(node) {
                self.text(emoji);
            }
        }
    }

    fn open_element(&mut self, tag: Tag, shown: Display, node: NodeRef<'_>) {
        if tag == Tag::Hr {
            self.flush();
        }
        match shown {
            Display::Block => {
                self.flush();
                self.break_run = 0;
            }
            Display::Line => self.open.end_line(),
            _ => {
                self.open.inlines += 1;
                self.edges.begin(tag);
            }
        }
        let (id, colour) = self.record(tag, node);
        if tag == Tag::Time {
            let value = node.attribute(DomName::DATETIME).map_or_else(|| collapse(&beginning_of(node)), str::to_owned);
            self.document.head.times.push((value, self.document.blocks.len() as u32));
        }
        let mut context = self.hand_down(tag, shown, id, node);
        self.wish(node);
        context.wishes = self.wishes.len();
        context.marks.colour = colour.or(context.marks.colour);
        self.enter_list(tag, node);
        self.frames.push(Frame { context, display: shown, tag });
        // Browsers set the marks.
        if tag == Tag::Q {
            self.text(QUOTATION.0);
        }
    }

    /// Adds what is wished of an element, unless the elements around it have it so already.
    fn wish(&mut self, node: NodeRef<'_>) {
        let wanted = self.wanted.as_ref().and_then(|wanted| wanted.get(&node.id()));
        for wish in wanted.into_iter().flatten() {
            let is_rule = |wish: &Wish| matches!(wish, Wish::Rule(_));
            let holds = if is_rule(wish) {
                self.wishes.contains(wish)
            } else {
                self.wishes.iter().rev().find(|known| !is_rule(known)) == Some(wish)
            };
            if !holds {
                self.wishes.push(*wish);
            }
        }
    }

    /// The context inside an element.
    fn hand_down(&mut self, tag: Tag, shown: Display, id: ElementId, node: NodeRef<'_>) -> Context {
        let mut context = Context { element: id, ..self.context() };
        if shown == Display::Block {
            context.block_element = id;
        }
        if keeps_space(tag) && !context.preformatted {
            context.preformatted = true;
            context.lines = !node.descendants().any(|node| is_prose(&node));
        }
        context.heading_distance = context.heading_distance.saturating_add(1);
        if let Some(level) = heading_level(tag) {
            (context.heading, context.heading_distance) = (level, 0);
        } else if context.heading_distance > HEADING_REACH {
            context.heading = 0;
        }
        match tag {
            Tag::A => context.marks.link = Some(self.link(node)),
            Tag::B | Tag::Strong => context.marks.add(SpanKind::Strong),
            Tag::I | Tag::Em => context.marks.add(SpanKind::Emphasis),
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => context.marks.code = context.marks.code.or(Some(id)),
            Tag::Blockquote => context.flow = Flow::Quote,
            Tag::Figcaption | Tag::Caption => context.flow = Flow::Caption,
            Tag::Sup => context.marks.add(SpanKind::Superscript),
            Tag::Sub => context.marks.add(SpanKind::Subscript),
            Tag::Del | Tag::S | Tag::Strike => context.marks.add(SpanKind::Deleted),
            Tag::Table => self.grids.push(Grid::default()),
            Tag::Tr => context.row = id,
            Tag::Td | Tag::Th => {
                let span = |name: DomName| number::<u16>(node, name).unwrap_or(1);
                let cell = |grid: &mut Grid| grid.cell(span(DomName::COLSPAN), span(DomName::ROWSPAN));
                context.column = self.grids.last_mut().map_or(0, cell);
                context.fills_cell = cells::holds_lines(node);
            }
            _ => {}
        }
        context
    }

    fn link(&mut self, node: NodeRef<'_>) -> u32 {
        self.document.links.push(node.attribute(DomName::HREF).unwrap_or_default().trim().to_owned());
        self.document.links.len() as u32 - 1
    }

    fn enter_list(&mut self, tag: Tag, node: NodeRef<'_>) {
        match tag {
            Tag::Ul | Tag::Menu => self.lists.push(None),
            Tag::Ol => {
                let start = number::<u32>(node, DomName::START).unwrap_or(1);
                self.lists.push(Some(start.saturating_sub(1)));
            }
            Tag::Li => {
                let value = number(node, DomName::VALUE);
                let number = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = value.unwrap_or(number.saturating_add(1));
                        *number
                    }
                    _ => 0,
                };
                let depth = self.lists.len().clamp(1, usize::from(u8::MAX)) as u8;
                self.items.push(Item { depth, number, pending: true });
            }
            _ => {}
        }
    }

    /// Writes an element into the outline. Returns its number, and the colour that it gives its text.
    fn record(&mut self, tag: Tag, node: NodeRef<'_>) -> (ElementId, Option<u32>) {
        let context = self.context();
        let blocks = self.document.blocks.len() as u32;
        let outline = &mut self.document.outline;
        let id = outline.elements.len() as ElementId;
        let depth = outline.element(context.element).depth.saturating_add(1);
        let mut entry = Element {
            tag,
            parent: context.element,
            end: id + 1,
            depth,
            blocks: blocks..blocks,
            hidden: outline.element(context.element).hidden,
            class: Name::default(),
            id: Name::default(),
            testid: Name::default(),
            role: Name::default(),
            itemprop: Name::default(),
            mark: Name::default(),
        };
        let (mut mark, mut style, mut ink) = (None, "", None);
        for (name, value) in node.attributes() {
            match name {
                DomName::CLASS => entry.class = outline.intern(value),
                DomName::ID => entry.id = outline.intern(value),
                DomName::DATA_TESTID => entry.testid = outline.intern(value),
                DomName::ROLE => entry.role = outline.intern(value),
                DomName::NAME if tag == Tag::Div => mark = Some(value),
                DomName::DATA_MARKER if tag == Tag::Div => mark = mark.or(Some(value)),
                DomName::COLOR if tag == Tag::Font => ink = colour_of(value),
                DomName::ITEMPROP => entry.itemprop = outline.intern(value),
                DomName::HIDDEN => entry.hidden = true,
                DomName::ARIA_HIDDEN => entry.hidden |= value.trim().eq_ignore_ascii_case("true"),
                DomName::STYLE => style = value,
                _ => {}
            }
        }
        if !style.is_empty() {
            entry.hidden |= hides(style);
            ink = colour(style).or(ink);
        }
        entry.mark = match (tag, mark.unwrap_or_default()) {
            (Tag::Div, "") if has_line_beside(style) => outline.intern(BESIDE),
            (Tag::Blockquote, _) if indents(style) => outline.intern(INDENT),
            (_, mark) => outline.intern(mark),
        };
        outline.elements.push(entry);
        (id, ink)
    }

    /// Closes the innermost open element.
    fn leave(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.tag == Tag::Q) {
            self.text(QUOTATION.1);
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.display {
            Display::Block => self.flush(),
            Display::Line => self.open.end_line(),
            _ => self.edges.end(frame.tag),
        }
        self.wishes.truncate(self.context().wishes);
        match frame.tag {
            Tag::Ul | Tag::Menu | Tag::Ol => drop(self.lists.pop()),
            Tag::Li => drop(self.items.pop()),
            Tag::Table => drop(self.grids.pop()),
            Tag::Tr => self.grids.last_mut().into_iter().for_each(Grid::end_row),
            _ => {}
        }
        let elements = self.document.outline.elements.len() as ElementId;
        let blocks = self.document.blocks.len() as u32;
        if let Some(entry) = self.document.outline.elements.get_mut(frame.context.element as usize) {
            entry.end = elements;
            entry.blocks.end = blocks;
        }
    }

    fn flush(&mut self) {
        self.edges = Edges::default();
        match self.open.finish() {
            Finished::Block(block) => self.document.blocks.push(block),
            Finished::Sign(sign) => self.document.signs.push(sign),
            Finished::Nothing => {
                let item = self.items.last_mut().filter(|_| self.marks_item);
                item.into_iter().for_each(|item| item.pending = true);
            }
        }
        self.marks_item = false;
    }
}

/// What selectors wish of each element that they match.
fn wanted(tree: &Tree, selectors: &[(&Selector, Wish)]) -> KeyMap<NodeId, Vec<Wish>> {
    let (html, known) = scraped(tree);
    let mut wanted: KeyMap<NodeId, Vec<Wish>> = KeyMap::default();
    for (selector, wish) in selectors {
        // All at once: to look at an element's place among its siblings takes as long as there are siblings, the first time.
        let matching = html.select(selector).filter_map(|element| known.get(&element.id()));
        matching.for_each(|id| wanted.entry(*id).or_default().push(*wish));
    }
    wanted
}

/// The number that an attribute gives.
fn number<N: FromStr>(element: NodeRef<'_>, name: DomName) -> Option<N> {
    element.attribute(name)?.trim().parse().ok()
}

/// Whether a node is no part of a program's text: one that stands in a `pre` shows a page in it, or a `pre` that was never
/// closed.
fn is_prose(node: &NodeRef<'_>) -> bool {
    let Some(tag) = node.tag() else { return false };
    heading_level(tag).is_some() || matches!(tag, Tag::P | Tag::Hr | Tag::Table | Tag::Form | Tag::Blockquote)
}
