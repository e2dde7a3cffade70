//! `lab`: the development tools of unboil. Arguments come in, a report goes to standard output.
//!
//! Exit codes: 0 done, 1 a quality floor was missed, 2 an error. Nothing here is published; nothing here may be needed
//! to use the library.
#![allow(clippy::print_stderr, reason = "a command reports its errors on standard error")]

mod agreement;
mod align;
mod calibration;
mod clock;
mod commands;
mod compare;
mod documents;
mod error;
mod evaluation;
mod extractors;
mod floors;
mod folds;
mod furniture;
mod fuzz;
mod groups;
mod letters;
mod lexicon;
mod lightgbm;
mod page_file;
mod rows;
mod runner;
mod score;
mod set;
mod table;
mod tallies;
mod templates;
mod truncate;
mod wording;
mod worlds;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match commands::Cli::parse().run() {
        Ok(commands::Outcome::Done) => ExitCode::SUCCESS,
        Ok(commands::Outcome::BelowFloor) => ExitCode::from(1),
        Err(error) if error::is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lab: {error}");
            ExitCode::from(2)
        }
    }
}
