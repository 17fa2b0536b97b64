//! Changes that come one by one and are shown together: what an organizer does to many things at once is one change of what
//! is looked at, and each drawing of a list shows many of them.

use leptos::prelude::*;

/// Milliseconds for which changes are gathered.
const GATHER_MS: u32 = 150;

/// Changes on their way, in the order in which they came.
pub struct Gathered<T: Send + Sync + 'static> {
    waiting: StoredValue<Vec<T>>,
    apply: Callback<Vec<T>>,
}

impl<T: Send + Sync + 'static> Clone for Gathered<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Gathered<T> {}

impl<T: Send + Sync + 'static> Gathered<T> {
    pub fn new(apply: impl Fn(Vec<T>) + Send + Sync + 'static) -> Self {
        Self { waiting: StoredValue::new(Vec::new()), apply: Callback::new(apply) }
    }

    pub fn take(self, change: T) {
        let first = self.waiting.try_update_value(|waiting| {
            waiting.push(change);
            waiting.len() == 1
        });
        if first == Some(true) {
            gloo_timers::callback::Timeout::new(GATHER_MS, move || self.apply()).forget();
        }
    }

    fn apply(self) {
        // A page that was left has nothing to show them in.
        if let Some(changes) = self.waiting.try_update_value(std::mem::take) {
            self.apply.try_run(changes);
        }
    }
}
