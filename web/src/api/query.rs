//! Fetching for a view: again whenever what it depends on changes and after each reconnect, keeping what is shown
//! meanwhile.

use super::failure::Failure;
use super::live::Live;
use super::registration::PageInfo;
use crate::state::Loaded;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

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
    pub fn new<Key, Fetching>(
        key: impl Fn() -> Key + Send + Sync + 'static,
        fetch: impl Fn(Key) -> Fetching + 'static,
    ) -> Self
    where
        Key: Clone + PartialEq + Send + Sync + 'static,
        Fetching: Future<Output = Result<T, Failure>> + 'static,
    {
        Self::make(key, fetch, false)
    }

    /// As `new`, for what is large and kept by changes from then on: it waits for the socket that brings them.
    pub fn kept<Key, Fetching>(
        key: impl Fn() -> Key + Send + Sync + 'static,
        fetch: impl Fn(Key) -> Fetching + 'static,
    ) -> Self
    where
        Key: Clone + PartialEq + Send + Sync + 'static,
        Fetching: Future<Output = Result<T, Failure>> + 'static,
    {
        Self::make(key, fetch, true)
    }

    fn make<Key, Fetching>(
        key: impl Fn() -> Key + Send + Sync + 'static,
        fetch: impl Fn(Key) -> Fetching + 'static,
        kept: bool,
    ) -> Self
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
            let live = live.clone();
            spawn_local(async move {
                if kept {
                    live.settle().await;
                    if latest.try_get_value() != Some(number) {
                        return;
                    }
                }
                let answer = fetching.await;
                // A page that was left, or a newer fetch, makes the answer useless.
                if latest.try_get_value() == Some(number) {
                    value.try_maybe_update(|value| (value.refresh(answer), ()));
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

/// A list that is fetched page by page.
pub struct Pages<T: Send + Sync + 'static> {
    pub query: Query<Vec<T>>,
    /// Where the next page begins, when there is one.
    end: RwSignal<Option<String>>,
    /// How many pages are shown.
    shown: StoredValue<usize>,
    pub busy: RwSignal<bool>,
    next: StoredValue<Option<Next<T>>, LocalStorage>,
}

/// Fetches the page after a cursor.
type Next<T> = Rc<dyn Fn(Option<String>) -> Pin<Box<dyn Future<Output = Page<T>>>>>;

/// One page; none of them is an empty list too.
type Page<T> = Result<Option<(Vec<T>, PageInfo)>, Failure>;

impl<T: Send + Sync + 'static> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Pages<T> {}

impl<T: Clone + Send + Sync + 'static> Pages<T> {
    /// As `Query::new`; `fetch` also gets the cursor after which its page begins.
    pub fn new<Key, Fetching>(
        key: impl Fn() -> Key + Send + Sync + 'static,
        fetch: impl Fn(Key, Option<String>) -> Fetching + 'static,
    ) -> Self
    where
        Key: Clone + PartialEq + Send + Sync + 'static,
        Fetching: Future<Output = Page<T>> + 'static,
    {
        let (end, shown, busy) = (RwSignal::new(None), StoredValue::new(1), RwSignal::new(false));
        let next = StoredValue::new_local(None::<Next<T>>);
        let (fetch, before) = (Rc::new(fetch), StoredValue::new(None::<Key>));
        let query = Query::new(key, move |key: Key| {
            if before.get_value().as_ref() != Some(&key) {
                before.set_value(Some(key.clone()));
                shown.set_value(1);
            }
            let fetch = Rc::clone(&fetch);
            let page: Next<T> = Rc::new(move |after| Box::pin(fetch(key.clone(), after)));
            next.set_value(Some(Rc::clone(&page)));
            let wanted = shown.get_value();
            async move {
                let (mut list, mut after) = (Vec::new(), None);
                for _ in 0..wanted {
                    let Some((nodes, info)) = page(after.take()).await? else { break };
                    list.extend(nodes);
                    after = info.end_cursor.filter(|_| info.has_next_page);
                    if after.is_none() {
                        break;
                    }
                }
                end.try_set(after);
                Ok(list)
            }
        });
        Self { query, end, shown, busy, next }
    }

    pub fn reload(self) {
        self.query.reload();
    }

    pub fn has_more(self) -> bool {
        self.end.with(Option::is_some)
    }

    /// Adds the next page to what is shown; `failed` hears why there is none.
    pub fn more(self, failed: impl FnOnce(Failure) + 'static) {
        let (Some(after), Some(next)) = (self.end.get_untracked(), self.next.get_value()) else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match next(Some(after.clone())).await {
                // A fetch of the whole list may have come in between.
                Ok(Some((nodes, info))) if self.end.try_get_untracked() == Some(Some(after)) => {
                    self.shown.try_update_value(|shown| *shown += 1);
                    self.query.value.try_update(|value| {
                        if let Some(list) = value.here_mut() {
                            list.extend(nodes);
                        }
                    });
                    self.end.try_set(info.end_cursor.filter(|_| info.has_next_page));
                }
                Ok(_) => {}
                Err(failure) => failed(failure),
            }
            self.busy.try_set(false);
        });
    }
}
