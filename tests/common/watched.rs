//! The most memory that a piece of work takes, for the tests and the benchmark that count it.

use std::{
    alloc::System,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use cap::Cap;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// What work yields, and the most memory that it takes, in bytes, as seen every millisecond.
pub(crate) fn watched<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let (before, done) = (MEMORY.allocated(), AtomicBool::new(false));
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut most = before;
            while !done.load(Ordering::Relaxed) {
                most = most.max(MEMORY.allocated());
                thread::sleep(Duration::from_millis(1));
            }
            most - before
        });
        let yielded = work();
        done.store(true, Ordering::Relaxed);
        (yielded, watch.join().unwrap())
    })
}
