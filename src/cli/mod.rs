//! The command line: arguments to options, inputs to outputs, and the exit code.
//!
//! Uses only the library's public interface. Standard output carries data alone; errors, warnings and explanations go
//! to standard error, an error always as one line. Nothing here judges a document.
//!
//! Exit status: 0 content was kept in at least one document; 1 all went well and nothing was kept; 2 wrong usage, or at
//! least one input failed. It tells about the documents, whatever is printed about them.

mod args;
mod claims;
mod document;
mod inputs;
mod interrupt;
mod learned;
mod list;
mod output;
mod pending;
mod pipeline;
mod progress;
mod reader;
mod run;
mod tally;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::Args;
use run::Stop;

/// Wrong usage, or an input that failed.
const FAILED: u8 = 2;

/// Runs the command.
pub(crate) fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(words) {
        Ok(args) => args,
        Err(error) => return explain_usage(&error),
    };
    if let Err(wrong) = args.check() {
        report(format_args!("{wrong} (try --help)"));
        return ExitCode::from(FAILED);
    }
    if args.other.list_rules {
        return list_rules(&args);
    }
    let has_names = !args.input.files.is_empty() || args.input.files_from.is_some();
    if !has_names && io::stdin().is_terminal() {
        let usage = Args::command().render_usage();
        complain(&format!("{usage}\nReads standard input where no FILE is given; see unboil --help.\n"));
        return ExitCode::from(FAILED);
    }
    let options = match args.options() {
        Ok(options) => options,
        Err(wrong) => {
            report(format_args!("{wrong}"));
            return ExitCode::from(FAILED);
        }
    };
    let Ok(ran) = catch_unwind(AssertUnwindSafe(|| run::run(&args, options))) else {
        // It was told of when it happened.
        return ExitCode::from(FAILED);
    };
    match ran {
        Ok(tally) => {
            if args.bounds.stats {
                report(format_args!("{}", tally.summary()));
            }
            tally.exit_code()
        }
        // As filters do when nobody reads on: what was printed went well.
        Err(Stop::Closed { failed: false }) => ExitCode::SUCCESS,
        Err(Stop::Closed { failed: true }) => ExitCode::from(FAILED),
        Err(Stop::Usage(wrong)) => {
            report(format_args!("{wrong} (try --help)"));
            ExitCode::from(FAILED)
        }
        Err(Stop::Learned(wrong)) => {
            report(format_args!("{wrong}"));
            ExitCode::from(FAILED)
        }
        Err(Stop::Output(error)) => {
            report(format_args!("{error}"));
            ExitCode::from(FAILED)
        }
    }
}

/// The patterns that a run with these arguments has.
fn list_rules(args: &Args) -> ExitCode {
    match args.options() {
        Ok(options) => print(&list::rules(options.table())),
        Err(wrong) => {
            report(format_args!("{wrong}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Help and version are data; any other answer of the parser is an error.
fn explain_usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if !error.use_stderr() {
        return print(&text);
    }
    // The parser's message ends at its first blank line; hints and usage follow.
    let message: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let message = message.join(" ");
    report(format_args!("{} (try --help)", message.strip_prefix("error: ").unwrap_or(&message)));
    ExitCode::from(FAILED)
}

/// Prints to standard output.
fn print(text: &str) -> ExitCode {
    match output::to_stdout(text.as_bytes()) {
        Err(error) if !output::is_closed(&error) => {
            report(format_args!("standard output: {}", output::reason(&error)));
            ExitCode::from(FAILED)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Prints an error or a warning on one line. What a name or a document put into it does not reach the terminal as it is.
fn report(message: std::fmt::Arguments<'_>) {
    complain(&format!("unboil: {}\n", visible(&message.to_string())));
}

/// A text on one line, without what would steer a terminal.
fn visible(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => line.push(' '),
            c if c.is_control() => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    line
}

/// Prints to standard error. Where that fails there is nobody to tell.
fn complain(text: &str) {
    progress::beside(|| drop(io::stderr().lock().write_all(text.as_bytes())));
}
