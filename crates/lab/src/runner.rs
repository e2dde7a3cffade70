//! Work on many pages at once: threads take pages as they become free, results come back in the order of the pages.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::error::{Result, at};
use crate::set::Page;

/// Runs `work` on every page with `jobs` threads. The first failing page, in their order, is the error; a panic is an
/// error that names its page.
pub(crate) fn each<T, F>(pages: &[Page], jobs: usize, work: F) -> Result<Vec<T>>
where
    T: Send,
    F: Fn(&Page) -> Result<T> + Sync,
{
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Result<T>>>> = Mutex::new(pages.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, pages.len().max(1)) {
            scope.spawn(|| {
                while let Some((index, page)) = take(&next, pages) {
                    let result = guarded(page, &work);
                    if let Ok(mut done) = done.lock() {
                        done[index] = Some(result);
                    }
                }
            });
        }
    });
    let done = done.into_inner().map_err(|_| "a thread broke down while it stored a result")?;
    done.into_iter().map(|result| result.unwrap_or_else(|| Err("a page was not worked on".into()))).collect()
}

fn take<'p>(next: &AtomicUsize, pages: &'p [Page]) -> Option<(usize, &'p Page)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    pages.get(index).map(|page| (index, page))
}

fn guarded<T>(page: &Page, work: impl Fn(&Page) -> Result<T>) -> Result<T> {
    let result = catch_unwind(AssertUnwindSafe(|| work(page)));
    result.unwrap_or_else(|_| Err("the extractor panicked".into())).map_err(|error| at(&page.id, error))
}

/// As many threads as the machine has cores.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::set::letter;

    fn pages(count: usize) -> Result<Vec<Page>> {
        (0..count).map(|id| letter(&json!({"id": id.to_string(), "raw": "", "body": ""}))).collect()
    }

    #[test]
    fn results_come_in_the_order_of_the_pages_with_any_number_of_threads() -> Result<()> {
        for (count, jobs) in [(0, 3), (1, 3), (100, 0), (100, 1), (100, 7)] {
            let expected: Vec<String> = (0..count).map(|id| id.to_string()).collect();
            assert_eq!(each(&pages(count)?, jobs, |page| Ok(page.id.clone()))?, expected, "{count} pages, {jobs} jobs");
        }
        Ok(())
    }

    #[test]
    fn the_first_failing_page_is_the_error_and_a_panic_names_its_page() -> Result<()> {
        let failing = each(&pages(50)?, 4, |page| match page.id.as_str() {
            "30" => Err("broken".into()),
            "20" => panic!("on purpose"),
            _ => Ok(()),
        });
        assert_eq!(failing.map_err(|error| error.to_string()), Err("20: the extractor panicked".to_owned()));
        Ok(())
    }
}
