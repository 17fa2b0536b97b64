//! Fetching for a view: again whenever what it depends on changes and after each reconnect, keeping what is shown
//! meanwhile.

use super::failure::Failure;
use super::live::Live;
use crate::state::Loaded;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// A fetched value and the way to fetch it again.
pub struct Query<T: Send + Sync + 'static> {
    pub value: RwSignal<Loaded<T>>,
    turn: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// `fetch` is called in a reactive scope: the signals it reads before its future starts decide when it is called
    /// again. A different `key` is a different thing: the old value is not shown for it.
    pub fn new<Key, Fetching>(key: impl Fn() -> Key + Send + Sync + 'static, fetch: impl Fn(Key) -> Fetching + 'static) -> Self
    where
        Key: Clone + PartialEq + Send + Sync + 'static,
        Fetching: Future<Output = Result<T, Failure>> + 'static,
    {
        let value = RwSignal::new(Loaded::Waiting);
        let turn = RwSignal::new(0_u32);
        let live = expect_context::<Live>();
        let key = Memo::new(move |_| key());
        let latest = StoredValue::new(0_u32);
        Effect::new(move |before: Option<Key>| {
            turn.track();
            live.epoch();
            let now = key.get();
            if before.is_some_and(|before| before != now) {
                value.set(Loaded::Waiting);
            }
            let number = latest.get_value() + 1;
            latest.set_value(number);
            let fetching = fetch(now.clone());
            spawn_local(async move {
                let answer = fetching.await;
                // A page that was left, or a newer fetch, makes the answer useless.
                if latest.try_get_value() == Some(number) {
                    value.try_update(|value| value.refresh(answer));
                }
            });
            now
        });
        Query { value, turn }
    }

    /// Fetches again; what is shown stays until the answer is here.
    pub fn reload(self) {
        self.turn.try_update(|turn| *turn += 1);
    }
}
