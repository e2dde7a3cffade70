//! Extractions built by hand, for the tests of the renderers.

use std::ops::Range;

use crate::document::{
    Block, BlockKind, Charset, CharsetSource, Class, Document, Element, ElementId, Extraction, Family, Kind, Metadata,
    Reason, Span, SpanKind, Status, Tag, Verdict,
};

/// An extraction in the making.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) input: Vec<u8>,
    pub(super) document: Document,
    pub(super) verdicts: Vec<Verdict>,
    pub(super) metadata: Metadata,
    pub(super) confidence: Option<f32>,
    pub(super) charset: Charset,
}

impl Sample {
    pub(super) fn new() -> Self {
        Self {
            input: Vec::new(),
            document: Document::empty(Kind::Html, None),
            verdicts: Vec::new(),
            metadata: Metadata::default(),
            confidence: None,
            charset: Charset { name: "UTF-8", source: CharsetSource::Utf8, overruled: None },
        }
    }

    /// Adds a kept block.
    pub(super) fn keep(self, kind: BlockKind, text: &str) -> Self {
        self.block(kind, text, true)
    }

    /// Adds a dropped block.
    pub(super) fn drop(self, kind: BlockKind, text: &str) -> Self {
        self.block(kind, text, false)
    }

    /// Adds a span over the first place where `marked` stands in the last block.
    pub(super) fn span(mut self, kind: SpanKind, marked: &str) -> Self {
        let block = self.document.blocks.last_mut().expect("a block");
        let start = block.text.find(marked).expect("the marked text stands in the block") as u32;
        block.spans.push(Span { range: start..start + marked.len() as u32, kind });
        self
    }

    /// Adds a span that links to an address.
    pub(super) fn link(mut self, href: &str, marked: &str) -> Self {
        self.document.links.push(href.to_owned());
        let number = self.document.links.len() as u32 - 1;
        self.span(SpanKind::Link(number), marked)
    }

    /// Adds a table with one row to the outline and returns the row.
    pub(super) fn row_of_new_table(&mut self) -> ElementId {
        let table = self.element(Tag::Table, 0, "");
        self.element(Tag::Tr, table, "")
    }

    /// Adds an element to the outline.
    pub(super) fn element(&mut self, tag: Tag, parent: ElementId, class: &str) -> ElementId {
        let class = self.document.outline.intern(class);
        let elements = &mut self.document.outline.elements;
        let id = elements.len() as ElementId;
        elements.push(Element { tag, parent, end: id + 1, class, ..elements[0].clone() });
        id
    }

    /// Puts the last block into an element.
    pub(super) fn at(mut self, element: ElementId) -> Self {
        self.document.blocks.last_mut().expect("a block").element = element;
        self
    }

    /// Sets the scores of all blocks.
    pub(super) fn scores(&mut self, scores: &[f32]) {
        for (verdict, score) in self.verdicts.iter_mut().zip(scores) {
            verdict.score = *score;
        }
    }

    pub(super) fn html(&self) -> Extraction<'_> {
        self.extraction()
    }

    pub(super) fn extraction(&self) -> Extraction<'_> {
        let kept = self.verdicts.iter().any(|verdict| verdict.keep);
        let status = match self.document.limit {
            Some(limit) => Status::Limit(limit),
            None if kept => Status::Ok,
            None => Status::Empty,
        };
        Extraction {
            headline: None,
            input: &self.input,
            document: self.document.clone(),
            verdicts: self.verdicts.clone(),
            metadata: self.metadata.clone(),
            confidence: self.confidence,
            charset: self.charset,
            status,
        }
    }

    fn block(mut self, kind: BlockKind, text: &str, keep: bool) -> Self {
        self.document.blocks.push(Block {
            kind,
            text: text.to_owned(),
            spans: Vec::new(),
            element: 0,
            lines: 0..0,
            images: 0,
            inlines: 0,
            joins: false,
            wishes: Vec::new(),
        });
        let class = if keep { Class::Body } else { Class::Boilerplate(Some(Family::Newsletter)) };
        let score = if keep { 1.0 } else { -1.0 };
        self.verdicts.push(Verdict { class, keep, score, reason: Reason::default() });
        self
    }
}

/// A plain text, with the lines of its blocks and whether each is kept.
pub(super) fn lines(input: &[u8], blocks: &[(Range<u32>, bool)]) -> Sample {
    let mut sample = Sample::new();
    sample.input = input.to_vec();
    sample.document.kind = Kind::Text;
    let mut start = 0;
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        sample.document.lines.push(start..start + line.len());
        start += line.len();
    }
    for (range, keep) in blocks {
        let bytes = &input[sample.document.lines[range.start as usize].start..]
            [..sample.document.lines[range.end as usize - 1].end - sample.document.lines[range.start as usize].start];
        sample = sample.block(BlockKind::Line, String::from_utf8_lossy(bytes).trim(), *keep);
        sample.document.blocks.last_mut().expect("a block").lines = range.clone();
    }
    sample
}

/// A plain text from a sketch, one character a line: `K` kept, `D` dropped, `.` blank.
pub(super) fn pattern(sketch: &str) -> Sample {
    let input: String = sketch.chars().map(|c| if c == '.' { "\n".to_owned() } else { format!("{c}\n") }).collect();
    let blocks: Vec<(Range<u32>, bool)> =
        sketch.chars().zip(0_u32..).filter(|(c, _)| *c != '.').map(|(c, line)| (line..line + 1, c == 'K')).collect();
    lines(input.as_bytes(), &blocks)
}
