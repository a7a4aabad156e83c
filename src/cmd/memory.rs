//! How much memory this process takes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use crate::MEMORY;

/// Watches the memory in use until the process ends. It looks every millisecond: to count at each allocation would
/// slow all reading down.
pub(super) struct Watch(Arc<AtomicUsize>);

impl Watch {
    pub(super) fn start() -> Watch {
        let most = Arc::new(AtomicUsize::new(0));
        let watched = Arc::clone(&most);
        thread::spawn(move || {
            loop {
                watched.fetch_max(MEMORY.allocated(), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(1));
            }
        });
        Watch(most)
    }

    /// The most memory that was seen in use so far, in bytes.
    pub(super) fn most(&self) -> u64 {
        let now = MEMORY.allocated();
        self.0.fetch_max(now, Ordering::Relaxed).max(now) as u64
    }
}
