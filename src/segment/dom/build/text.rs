//! Text by mode.

use super::sets::TABLE_PARTS;
use super::{Builder, Mode};
use crate::document::Tag;

/// What a piece of text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Space,
    Words,
}

impl Builder {
    /// Takes text.
    pub(in super::super) fn text(&mut self, text: &str) {
        let mut rest = text;
        if std::mem::take(&mut self.ignores_line_feed) {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        while !rest.is_empty() {
            let (piece, after) = if self.is_foreign_text() || !self.splits_text() { (rest, "") } else { split(rest) };
            while !self.text_step(piece) {}
            rest = after;
        }
    }

    /// Takes a NUL: html5ever's tokenizer makes each a token of its own.
    pub(in super::super) fn nul(&mut self) {
        self.ignores_line_feed = false;
        if self.is_foreign_text() {
            self.insert_text("\u{fffd}");
            return;
        }
        // Where text is ignored or begins an element that is missing, a NUL does as much.
        while let Mode::Initial
        | Mode::BeforeHtml
        | Mode::BeforeHead
        | Mode::InHead
        | Mode::InHeadNoscript
        | Mode::AfterHead = self.mode
        {
            self.begin_next(self.mode);
        }
        match self.mode {
            Mode::AfterBody | Mode::AfterAfterBody => self.mode = Mode::InBody,
            Mode::InColumnGroup if self.stack.current_is(Tag::Colgroup) => {
                self.leave_for(Mode::InTable);
                self.begin_table_text();
            }
            Mode::InTable | Mode::InTableBody | Mode::InRow => drop(self.begin_table_text()),
            _ => {}
        }
    }

    /// Begins to gather the text of a table, if it is one that would have no place; whether it is.
    fn begin_table_text(&mut self) -> bool {
        let has_no_place = self.stack.current().is_some_and(|open| open.is_one_of(TABLE_PARTS));
        if has_no_place {
            (self.original, self.mode) = (self.mode, Mode::InTableText);
        }
        has_no_place
    }

    /// Whether the mode tells white space from words.
    fn splits_text(&self) -> bool {
        !matches!(
            self.mode,
            Mode::InBody
                | Mode::Text
                | Mode::InTable
                | Mode::InTableText
                | Mode::InCaption
                | Mode::InTableBody
                | Mode::InRow
                | Mode::InCell
                | Mode::InTemplate
        )
    }

    /// Processes a piece of text; false where it is to be processed again.
    fn text_step(&mut self, text: &str) -> bool {
        if self.is_foreign_text() {
            if has_words(text) {
                self.frameset_ok = false;
            }
            self.insert_text(text);
            return true;
        }
        match self.mode {
            Mode::InBody | Mode::InCell | Mode::InCaption | Mode::InTemplate => self.text_in_body(text),
            Mode::Text => self.insert_text(text),
            Mode::InTable | Mode::InTableBody | Mode::InRow => {
                if self.begin_table_text() {
                    return false;
                }
                self.foster_text(text);
            }
            Mode::InTableText => self.table_text.push_str(text),
            mode => return self.split_text_step(mode, text),
        }
        true
    }

    fn text_in_body(&mut self, text: &str) {
        self.reconstruct();
        if self.frameset_ok && has_words(text) {
            self.frameset_ok = false;
        }
        self.insert_text(text);
    }

    /// Processes white space or words in a mode that tells them apart; false where they are to be processed again.
    fn split_text_step(&mut self, mode: Mode, text: &str) -> bool {
        match (mode, kind(text)) {
            (Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead, Piece::Space) => {}
            (Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead | Mode::InColumnGroup, Piece::Space)
            | (Mode::InFrameset | Mode::AfterFrameset, Piece::Space) => self.insert_text(text),
            (Mode::AfterBody | Mode::AfterAfterBody | Mode::AfterAfterFrameset, Piece::Space) => {
                self.text_in_body(text)
            }
            (Mode::AfterBody | Mode::AfterAfterBody, Piece::Words) => {
                self.mode = Mode::InBody;
                return false;
            }
            (Mode::InColumnGroup, Piece::Words) if self.stack.current_is(Tag::Colgroup) => {
                self.leave_for(Mode::InTable);
                return false;
            }
            (Mode::InColumnGroup | Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset, Piece::Words) => {
            }
            (_, Piece::Words) => {
                self.begin_next(mode);
                return false;
            }
            (_, Piece::Space) => {}
        }
        true
    }

    /// Inserts text at the appropriate place.
    fn insert_text(&mut self, text: &str) {
        let spot = self.place(None);
        self.tree.insert_text(spot, text);
    }

    /// Puts text that has no place in a table before it.
    fn foster_text(&mut self, text: &str) {
        self.foster_parenting = true;
        self.text_in_body(text);
        self.foster_parenting = false;
    }

    /// Inserts the text that was gathered in a table: where it stands if it is white space, else before the table.
    pub(super) fn flush_table_text(&mut self) {
        let text = std::mem::take(&mut self.table_text);
        self.mode = self.original;
        if has_words(&text) {
            self.foster_text(&text);
        } else if !text.is_empty() {
            self.insert_text(&text);
        }
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

fn kind(text: &str) -> Piece {
    if text.bytes().next().is_some_and(is_space) { Piece::Space } else { Piece::Words }
}

/// The white space or the words at the beginning, and what follows.
fn split(text: &str) -> (&str, &str) {
    let begins = kind(text) == Piece::Space;
    let end = text.bytes().position(|byte| is_space(byte) != begins).unwrap_or(text.len());
    text.split_at(end)
}

fn has_words(text: &str) -> bool {
    !text.bytes().all(is_space)
}
