//! The lines of HTML as blocks of their own, and back: letters are judged line by line, pages are not.

use std::borrow::Cow;
use std::ops::Range;

use super::{Block, BlockKind, Document, Span};

/// The last spans of a line among which the one is looked for that goes on in the next: there are not more kinds.
const SPANS_OPEN: usize = 8;

impl Document {
    /// The document with each line of a block that `<br>` ends as a block of its own.
    #[must_use]
    pub(crate) fn in_lines(mut self) -> Self {
        let mut starts = Vec::with_capacity(self.blocks.len() + 1);
        let mut lines = Vec::with_capacity(self.blocks.len());
        for block in std::mem::take(&mut self.blocks) {
            starts.push(lines.len() as u32);
            part(block, &mut lines);
        }
        starts.push(lines.len() as u32);
        self.blocks = lines;
        self.renumber(&starts);
        self
    }

    /// The document with its lines joined to blocks as they stood in the page, and for each line the number of its
    /// block; `None` where no block is in lines.
    #[must_use]
    pub(crate) fn in_blocks(&self) -> Option<(Self, Vec<u32>)> {
        if !self.blocks.iter().any(|block| block.joins) {
            return None;
        }
        let mut numbers = Vec::with_capacity(self.blocks.len() + 1);
        let mut blocks: Vec<Block> = Vec::new();
        for line in &self.blocks {
            match blocks.last_mut().filter(|_| line.joins) {
                Some(block) => block.append(line),
                None => blocks.push(line.clone()),
            }
            numbers.push(blocks.len() as u32 - 1);
        }
        let mut whole = Self {
            kind: self.kind,
            url: self.url.clone(),
            blocks,
            signs: self.signs.clone(),
            outline: self.outline.clone(),
            head: self.head.clone(),
            links: self.links.clone(),
            lines: self.lines.clone(),
            // That it is a letter counts, and not its body.
            letter: self.letter.as_ref().map(|_| Box::default()),
            limit: self.limit,
        };
        let ends = numbers.iter().copied().chain([whole.blocks.len() as u32]);
        whole.renumber(&ends.collect::<Vec<u32>>());
        Some((whole, numbers))
    }

    /// Gives what counts blocks their new numbers; `numbers` has one for each old block and one for their end.
    fn renumber(&mut self, numbers: &[u32]) {
        let new = |old: u32| numbers.get(old as usize).copied().unwrap_or(old);
        for element in &mut self.outline.elements {
            element.blocks = new(element.blocks.start)..new(element.blocks.end);
        }
        for (_, block) in &mut self.head.times {
            *block = new(*block);
        }
    }
}

impl Block {
    /// Adds a line that goes on from this block.
    fn append(&mut self, line: &Self) {
        let before = self.text.len() as u32;
        self.text.push('\n');
        let start = self.text.len() as u32;
        self.text.push_str(&line.text);
        for span in &line.spans {
            let goes_on = |known: &&mut Span| known.kind == span.kind && known.range.end == before;
            let reach = if span.range.start == 0 { SPANS_OPEN } else { 0 };
            let known = self.spans.iter_mut().rev().take(reach).find(goes_on);
            match known {
                Some(known) => known.range.end = span.range.end + start,
                None => {
                    self.spans.push(Span { range: span.range.start + start..span.range.end + start, kind: span.kind })
                }
            }
        }
    }
}

/// Some blocks in a row, of which those that go on from the one before are added to it.
pub(crate) fn joined<'d>(blocks: impl Iterator<Item = (usize, &'d Block)>) -> Vec<Cow<'d, Block>> {
    let mut whole: Vec<Cow<'d, Block>> = Vec::new();
    let mut next = None;
    for (number, block) in blocks {
        match whole.last_mut().filter(|_| block.joins && next == Some(number)) {
            Some(before) => before.to_mut().append(block),
            None => whole.push(Cow::Borrowed(block)),
        }
        next = Some(number + 1);
    }
    whole
}

/// Adds the lines of a block. What is counted of it stays with the first.
fn part(block: Block, lines: &mut Vec<Block>) {
    if block.kind == BlockKind::Code || !block.text.contains('\n') {
        lines.push(block);
        return;
    }
    let mut joins = block.joins;
    for (line, spans) in block.text.split('\n').zip(spans_of_lines(&block)) {
        if line.is_empty() {
            continue;
        }
        let (text, wishes) = (line.to_owned(), block.wishes.clone());
        let first = Block { text, spans, wishes, joins, lines: block.lines.clone(), ..block };
        lines.push(if joins { Block { images: 0, inlines: 0, ..first } } else { first });
        joins = true;
    }
}

/// Where the lines of a text begin.
fn line_starts(text: &str) -> impl Iterator<Item = u32> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1))
}

/// The spans of each line of a block, those cut that go over several.
fn spans_of_lines(block: &Block) -> Vec<Vec<Span>> {
    let starts: Vec<u32> = line_starts(&block.text).collect();
    let end = |line: usize| starts.get(line + 1).map_or(block.text.len() as u32, |next| next - 1);
    let mut spans = vec![Vec::new(); starts.len()];
    for span in &block.spans {
        let first = starts.partition_point(|start| *start <= span.range.start).saturating_sub(1);
        let lines = starts.iter().enumerate().skip(first).take_while(|(_, start)| **start < span.range.end);
        for (line, start) in lines {
            spans[line].extend(within(span, &(*start..end(line))));
        }
    }
    spans
}

/// The part of a span that stands in a line.
fn within(span: &Span, line: &Range<u32>) -> Option<Span> {
    let range = span.range.start.max(line.start)..span.range.end.min(line.end);
    (!range.is_empty()).then(|| Span { range: range.start - line.start..range.end - line.start, kind: span.kind })
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, SpanKind};
    use crate::options::Limits;

    fn page() -> Document {
        let html = "<div>one<br><b>two<br>three</b></div><img><p>four<br>-- <br>five</p><pre>a\nb</pre><p>end";
        crate::segment::html::segment(html, Limits::default(), &[])
    }

    #[test]
    fn lines_become_blocks_and_count_as_such() {
        let lines = page().in_lines();
        let shown: Vec<(&str, bool)> = lines.blocks.iter().map(|block| (&*block.text, block.joins)).collect();
        let expected = [
            ("one", false),
            ("two", true),
            ("three", true),
            ("four", false),
            ("--", true),
            ("five", true),
            ("a\nb", false),
            ("end", false),
        ];
        assert_eq!(shown, expected);
        let strong = |at: usize| lines.blocks[at].spans.iter().any(|span| span.kind == SpanKind::Strong);
        assert_eq!([0, 1, 2, 3].map(strong), [false, true, true, false]);
        let ranges: Vec<_> = lines.outline.elements.iter().map(|element| element.blocks.clone()).collect();
        assert!(ranges.contains(&(0..3)) && ranges.contains(&(3..6)), "{ranges:?}");
    }

    #[test]
    fn joined_again_they_are_the_blocks_of_the_page() {
        assert!(page().in_blocks().is_none());
        let (whole, numbers) = page().in_lines().in_blocks().expect("lines");
        assert_eq!(whole, page());
        assert_eq!(numbers, [0, 0, 0, 1, 1, 1, 2, 3]);
    }
}
