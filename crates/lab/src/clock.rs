//! The time that this thread has had of a processor: on a busy machine it says more than a clock on the wall.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Where Linux tells it: nanoseconds on a processor, nanoseconds of waiting, and how often it was scheduled.
const SCHEDULE: &str = "/proc/thread-self/schedstat";

/// Processor time of this thread so far; since the first call where the system does not tell.
pub(crate) fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string(SCHEDULE).ok().and_then(|line| line.split(' ').next()?.parse().ok());
    told.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::processor_time;

    #[test]
    fn time_passes_while_something_is_worked_on() {
        let start = processor_time();
        let mut sum = 0_u64;
        while processor_time() == start {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        assert!(processor_time() > start);
    }
}
