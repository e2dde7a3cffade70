//! Text to blocks: the parse ([`dom`]), the DOM's blocks ([`html`]), and the blocks of plain text ([`text`]).

pub mod dom;
pub mod html;
pub mod mail;
pub mod text;
