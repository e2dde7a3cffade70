//! Work on many items at once, results in order.
//!
//! Each thread takes the next item, works on it, and hands the result over; whoever completes the next one in order
//! writes it, and what has waited for it. No thread does nothing but read or write, so that one thread means one.
//! Memory is bounded: where too much waits to be written, no more is taken.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

/// Items a thread may be ahead of the next one to be written. A page of 60 MB takes as long as some hundred others.
const AHEAD: usize = 64;

/// Bytes of results that may wait to be written.
const WAITING: usize = 64 << 20;

/// Where results go, in order.
struct Outlet<Done, Write, Error> {
    /// The number of the next result to be written.
    next: u64,
    waiting: BTreeMap<u64, Done>,
    bytes: usize,
    write: Write,
    failed: Option<Error>,
}

struct Intake<Next> {
    next: Next,
    /// Items taken.
    taken: u64,
    ended: bool,
}

/// Takes items with `next`, works on them with `work` in `threads` threads, and hands the results to `write` in the
/// order of the items.
///
/// # Errors
/// The first one of `write`; nothing is written after it.
pub(crate) fn run<Item, Done: Send, Error: Send>(
    threads: usize,
    mut next: impl FnMut() -> Option<Item> + Send,
    work: impl Fn(Item) -> Done + Sync,
    size: impl Fn(&Done) -> usize + Sync,
    mut write: impl FnMut(Done) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    if threads <= 1 {
        while let Some(item) = next() {
            write(work(item))?;
        }
        return Ok(());
    }
    let intake = Mutex::new(Intake { next, taken: 0, ended: false });
    let outlet = Mutex::new(Outlet { next: 0, waiting: BTreeMap::new(), bytes: 0, write, failed: None });
    let written = Condvar::new();
    let worker = || {
        while let Some((number, item)) = take(&intake, &outlet, &written, threads) {
            let done = work(item);
            let size_of_done = size(&done);
            let mut outlet = lock(&outlet);
            outlet.bytes += size_of_done;
            outlet.waiting.insert(number, done);
            drain(&mut outlet, &size);
            written.notify_all();
        }
    };
    std::thread::scope(|scope| {
        // This thread is one of them. Where the system gives no more, those that are there do the work.
        for _ in 1..threads {
            if Builder::new().spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        worker();
    });
    let outlet = outlet.into_inner().unwrap_or_else(PoisonError::into_inner);
    outlet.failed.map_or(Ok(()), Err)
}

/// The next item with its number, as soon as there is room for its result.
fn take<Item, Done, Error>(
    intake: &Mutex<Intake<impl FnMut() -> Option<Item>>>,
    outlet: &Mutex<Outlet<Done, impl FnMut(Done) -> Result<(), Error>, Error>>,
    written: &Condvar,
    threads: usize,
) -> Option<(u64, Item)> {
    let mut intake = lock(intake);
    {
        let mut outlet = lock(outlet);
        // What is next in order is in some other thread's hands, which does not wait here.
        while outlet.failed.is_none()
            && (intake.taken - outlet.next > (threads * AHEAD) as u64 || outlet.bytes > WAITING)
        {
            outlet = written.wait(outlet).unwrap_or_else(PoisonError::into_inner);
        }
        intake.ended |= outlet.failed.is_some();
    }
    if intake.ended {
        return None;
    }
    let item = (intake.next)();
    intake.ended = item.is_none();
    let number = intake.taken;
    intake.taken += 1;
    item.map(|item| (number, item))
}

fn drain<Done, Error>(
    outlet: &mut Outlet<Done, impl FnMut(Done) -> Result<(), Error>, Error>,
    size: impl Fn(&Done) -> usize,
) {
    while let Some(done) = outlet.waiting.remove(&outlet.next) {
        outlet.next += 1;
        outlet.bytes -= size(&done);
        if outlet.failed.is_none() {
            outlet.failed = (outlet.write)(done).err();
        }
    }
}

/// A thread that panicked has taken its item with it; the others go on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_written_in_order_with_any_number_of_threads() {
        for (count, threads) in [(0, 1), (0, 3), (1, 4), (5000, 1), (5000, 2), (5000, 7)] {
            let mut items = 0..count;
            let mut written = Vec::new();
            let result = run(
                threads,
                || items.next(),
                |item: u32| {
                    if item.is_multiple_of(97) {
                        std::thread::yield_now();
                    }
                    item * 2
                },
                |_| 1 << 20,
                |done| {
                    written.push(done);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!(result, Ok(()));
            assert_eq!(
                written,
                (0..count).map(|item| item * 2).collect::<Vec<_>>(),
                "{count} items, {threads} threads"
            );
        }
    }

    #[test]
    fn after_an_error_nothing_is_written_and_nothing_more_is_taken() {
        for threads in [1, 4] {
            let mut taken = 0_u32;
            let mut written = Vec::new();
            let next = || {
                taken += 1;
                Some(taken - 1)
            };
            let write = |done: u32| {
                if done == 10 {
                    return Err("full");
                }
                written.push(done);
                Ok(())
            };
            assert_eq!(run(threads, next, |item| item, |_| 0, write), Err("full"));
            assert_eq!(written, (0..10).collect::<Vec<_>>());
        }
    }
}
