//! Recordings as two places show them: the organizers' list of all, and the page of a session (K5, K8).

mod download;
mod player;
mod problem;
mod replay_switch;

pub use download::Download;
pub use player::{PlayerDialog, Playing};
pub use problem::{Again, Problem};
pub use replay_switch::ReplaySwitch;

use super::focus;
use super::paged::More;
use crate::api::Failure;
use crate::api::event::EventIdVariables;
use crate::api::live::Live;
use crate::api::query::Pages;
use crate::api::recording::{Recording, RecordingChange, RecordingChanged, RecordingState};
use crate::api::registration::PageInfo;
use crate::browser;
use crate::state::recordings::{self, Heard, Order, Size};
use crate::{t, text};
use cynic::SubscriptionBuilder;
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;

/// One recording as it is now; nothing once it is gone.
pub type One = Memo<Option<Arc<Recording>>>;

/// One page of a list; nothing where there is none for the person.
pub type Page = Result<Option<(Vec<Recording>, PageInfo)>, Failure>;

/// The recordings that a place shows, as a context of its rows.
#[derive(Clone, Copy)]
pub struct Known {
    pub pages: Pages<Recording>,
    heard: RwSignal<Heard>,
    /// The session that they are of, unless they are those of all.
    session: Signal<Option<String>>,
    pub list: Memo<Vec<Arc<Recording>>>,
}

impl Known {
    /// As `Pages::new`; what `fetch` gives stands in this order. With a `session`, they are those of the one with this id.
    pub fn new<Key, Fetching>(
        session: Signal<Option<String>>,
        order: Order,
        key: impl Fn() -> Key + Send + Sync + 'static,
        fetch: impl Fn(Key, Option<String>) -> Fetching + 'static,
    ) -> Self
    where
        Key: Clone + PartialEq + Send + Sync + 'static,
        Fetching: Future<Output = Page> + 'static,
    {
        let heard = RwSignal::new(Heard::default());
        let pages = Pages::new(key, move |key: Key, after: Option<String>| {
            let whole = after.is_none();
            if whole {
                // Nothing that is shown changes by it.
                heard.try_maybe_update(|heard| {
                    heard.asked();
                    (false, ())
                });
            }
            let fetching = fetch(key, after);
            async move {
                let page = fetching.await?;
                if whole {
                    heard.try_update(|heard| heard.answered());
                }
                Ok(page)
            }
        });
        let list = Memo::new(move |_| {
            let more = pages.has_more();
            pages.query.value.with(|value| match value.here() {
                Some(fetched) => heard.with(|heard| heard.over(fetched, more, order)),
                None => Vec::new(),
            })
        });
        Self { pages, heard, session, list }
    }

    /// Gives `told` each change of what is shown here, or may be, for as long as the caller's scope lives.
    pub fn follow(self, event_id: cynic::Id, told: impl Fn(RecordingChange) + 'static) {
        let live: Live = expect_context();
        let operation = RecordingChanged::build(EventIdVariables { event_id });
        let changes = live.subscribe(&operation, move |change: Result<RecordingChanged, Failure>| match change {
            Ok(RecordingChanged { recording_changed: change }) => {
                let of = change.recording.as_ref().map(|one| one.session_id.inner());
                // Whose it was that is gone is not told.
                let wanted = |id: &String| of.is_none_or(|of| of == id);
                if self.session.try_get_untracked().flatten().as_ref().is_none_or(wanted) {
                    told(change);
                }
            }
            // What the person may see has changed: ask again.
            Err(_) => self.pages.reload(),
        });
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    }

    pub fn take(self, change: RecordingChange) {
        self.heard.try_update(|heard| heard.take(change));
    }

    /// An own change, before it comes back from the server.
    pub fn take_answer(self, recording: Recording) {
        self.take(RecordingChange { recording: Some(recording), deleted_id: None });
    }

    pub fn find(self, id: &str) -> Option<Arc<Recording>> {
        self.list.with(|list| list.iter().find(|one| one.id.inner() == id).cloned())
    }

    fn one(self, id: String) -> One {
        Memo::new(move |_| self.find(&id))
    }
}

/// A row for each, and the way to more.
#[component]
pub fn Rows(known: Known, row: fn(One) -> AnyView) -> impl IntoView {
    let ids = Memo::new(move |_| {
        known.list.with(|list| list.iter().map(|one| one.id.inner().to_owned()).collect::<Vec<String>>())
    });
    view! {
        <ul class="rows"><For each=move || ids.get() key=String::clone let:id>{row(known.one(id))}</For></ul>
        <More pages=known.pages/>
    }
}

/// A dialog about a recording closes, and what had the focus before may be gone with that: the focus goes to what the page is called
/// then, rather than nowhere.
pub fn keep_focus() {
    focus::keep("main :is(h1, h2)");
}

/// What is being done with it: in a word, and while it is made into a file how far that is.
#[component]
pub fn State(recording: One) -> impl IntoView {
    let state = Memo::new(move |_| recording.with(|one| one.as_ref().map(|one| one.state)));
    let percent = Memo::new(move |_| recording.with(|one| one.as_ref().map_or(0, |one| one.percent)));
    let processing = t!("recording-processing", percent = percent.get());
    move || match state.get() {
        Some(RecordingState::Recording) => view! { <span class="badge live">{t!("recording-now")}</span> }.into_any(),
        Some(RecordingState::Processing) => view! {
            <span class="recording-progress">
                {processing}<progress max="100" value=move || percent.get() aria-label=processing></progress>
            </span>
        }
        .into_any(),
        Some(RecordingState::Ready) => view! { <span class="badge good">{t!("recording-ready")}</span> }.into_any(),
        Some(RecordingState::Failed) => view! { <span class="badge bad">{t!("recording-failed")}</span> }.into_any(),
        None => ().into_any(),
    }
}

/// What it is called: its session, and which block of it.
pub fn name(recording: &Recording) -> String {
    text!("recording-name", title = recording.session_title.clone(), block = recording.block)
}

/// A part of it in words; none of it once it is gone.
pub fn part(recording: One, read: fn(&Recording) -> String) -> Signal<String> {
    Signal::derive(move || recording.with(|one| one.as_deref().map(read).unwrap_or_default()))
}

/// How long it is.
pub fn length(recording: &Recording) -> String {
    recordings::length(recording.length_seconds)
}

/// How much room a file takes, in words.
pub fn size(bytes: f64) -> String {
    let (amount, unit) = match Size::of(bytes) {
        Size::Kilobytes(amount) => (amount, "kb"),
        Size::Megabytes(amount) => (amount, "mb"),
        Size::Gigabytes(amount) => (amount, "gb"),
    };
    text!("file-size", amount = browser::format_decimal(amount), unit = unit)
}
