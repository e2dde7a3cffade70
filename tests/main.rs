//! Integration tests: the structure, the corpus, what must always hold, and the command.

mod architecture;
mod bulk;
mod cli;
mod conflicts;
mod crawlers;
mod dumps;
mod glued;
mod golden;
mod hostile;
mod killed;
mod letters;
mod mailboxes;
mod metamorphic;
mod selectors;
mod signatures;
mod sites;
mod spoken;
mod texts;
