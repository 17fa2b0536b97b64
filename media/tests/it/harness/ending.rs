//! The last test of all waits until the threads of its workers have ended, as the program itself does.

use media::workers;
use std::sync::atomic::{AtomicUsize, Ordering};

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
        if TESTS.fetch_sub(1, Ordering::SeqCst) == 1 {
            workers::wait_for_end();
        }
    }
}

/// This test has a node.
pub fn waits_for_workers() {
    THIS_TEST.with(|_test| {});
}
