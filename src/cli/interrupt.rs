//! Ctrl-C and its like: files that are being written are removed, and the exit status tells the signal.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, mpsc};

/// Temporary files that are there now.
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Creates a temporary file. An interrupt finds it from its first moment on.
pub(crate) fn create(path: &Path, create: impl FnOnce() -> io::Result<File>) -> io::Result<File> {
    let mut temporary = TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner);
    let file = create()?;
    temporary.insert(path.to_owned());
    Ok(file)
}

/// Forgets a temporary file after what is done to it: it is renamed or removed.
pub(crate) fn settle(path: &Path, end: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let mut temporary = TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner);
    end()?;
    temporary.remove(path);
    Ok(())
}

/// From now on SIGINT, SIGTERM and SIGHUP clean up, and end the process with 128 plus their number.
#[cfg(unix)]
pub(crate) fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored();
    let minded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & 1 << (signal - 1) == 0);
    let minded: Vec<i32> = minded.collect();
    let (ready, is_ready) = mpsc::channel::<()>();
    let wait = move || {
        let signals = signal_hook::iterator::Signals::new(minded);
        drop(ready);
        if let Some(signal) = signals.ok().and_then(|mut signals| signals.forever().next()) {
            let temporary = TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner);
            for path in temporary.iter() {
                let _ = fs::remove_file(path);
            }
            // The lock is held to the end, so that no file is renamed or created any more.
            std::process::exit(128 + signal);
        }
    };
    // Without the handlers or the thread a signal ends the process as ever, and a temporary file stays behind. No signal
    // is taken before there is a thread for it.
    if std::thread::Builder::new().spawn(wait).is_ok() {
        // Nothing is sent: the other end goes when the handlers are there.
        let _ = is_ready.recv();
    }
}

/// The signals that the process was started to ignore, as `nohup` and shells do, a bit for each: where the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Signals are left to the system.
#[cfg(not(unix))]
pub(crate) fn watch() {}
