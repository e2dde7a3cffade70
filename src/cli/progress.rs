//! How far it is, on standard error: a bar on a terminal, and a line now and then where there is none.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Args;
use super::inputs;
use super::tally::{counted, size};

/// The bar that is shown; messages make room in it.
static BAR: OnceLock<ProgressBar> = OnceLock::new();

/// How often a line is printed where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);

/// Runs shorter than this need no progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// Progress that is shown, or not.
#[derive(Debug)]
pub(crate) struct Progress {
    start: Instant,
    /// When the last line was printed; `None` where none are.
    line: Option<Instant>,
    is_wanted: bool,
    total: Option<u64>,
}

impl Progress {
    pub(crate) fn new(args: &Args) -> Self {
        let now = Instant::now();
        let on_terminal = io::stderr().is_terminal();
        let has_files = !args.input.files.is_empty() || args.input.files_from.is_some();
        let is_free = args.output.path.is_some() || !io::stdout().is_terminal();
        let by_default = on_terminal && has_files && is_free && !args.other.quiet;
        let is_wanted = args.bounds.progress || by_default;
        let total = if is_wanted { inputs::total_bytes(args) } else { None };
        Self { start: now, line: (is_wanted && !on_terminal).then_some(now), is_wanted, total }
    }

    /// Shows how far it is.
    pub(crate) fn show(&mut self, documents: u64, read: u64) {
        if !self.is_wanted {
            return;
        }
        if let Some(last) = self.line {
            if last.elapsed() >= EVERY {
                self.line = Some(Instant::now());
                super::report(format_args!("{}", self.text(documents, read)));
            }
        } else if self.start.elapsed() >= PATIENCE {
            let bar = BAR.get_or_init(|| bar(self.total));
            bar.set_position(read);
            bar.set_message(counted(documents));
        }
    }

    fn text(&self, documents: u64, read: u64) -> String {
        let seconds = self.start.elapsed().as_secs_f64();
        let rate = read as f64 / seconds;
        let remaining = self.total.map_or_else(String::new, |total| {
            let left = total.saturating_sub(read) as f64 / rate;
            format!(" of {}, {left:.0} s left", size(total as f64))
        });
        format!("{}, {}/s, {} read{remaining}", counted(documents), size(rate), size(read as f64))
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        if let Some(bar) = BAR.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr()),
            "{msg}  {bytes} of {total_bytes}  {bytes_per_sec}  {eta} left  [{wide_bar}]",
        ),
        None => (
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()),
            "{msg}  {bytes}  {bytes_per_sec}  {elapsed}",
        ),
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Prints to standard error above the bar.
pub(crate) fn beside(print: impl FnOnce()) {
    match BAR.get() {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}
