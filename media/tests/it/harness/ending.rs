//! The last test of all waits until the threads of its workers have ended: the process that exits under them would crash, since C++
//! takes apart what they still use.

use super::LIMIT;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Tests that have a node and have not ended.
static TESTS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static THIS_TEST: Test = Test::begin();
}

struct Test;

impl Test {
    fn begin() -> Self {
        TESTS.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

/// At the end of the test's thread, when its runtime is gone, and with it what had held the workers.
impl Drop for Test {
    fn drop(&mut self) {
        TESTS.fetch_sub(1, Ordering::SeqCst);
        let began = Instant::now();
        while TESTS.load(Ordering::SeqCst) == 0 && workers() > 0 && began.elapsed() < LIMIT {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// This test has a node.
pub fn waits_for_workers() {
    THIS_TEST.with(|_test| {});
}

/// Threads of mediasoup's workers in this process; the system cuts names after 15 characters.
fn workers() -> usize {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.starts_with("mediasoup-worke")).count()
}
