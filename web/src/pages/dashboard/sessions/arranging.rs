//! Sessions are put in order by dragging and by keyboard (B6), copied, and brought back after a deletion (B8).

use crate::api::fetch;
use crate::api::session::{
    DuplicateSession, DuplicateSessionInput, DuplicateSessionVariables, MoveSession, MoveSessionInput,
    MoveSessionVariables, RestoreSessions, RestoreSessionsInput, RestoreSessionsVariables, SessionChange,
};
use crate::components::{Glyph, Icon, Toasts};
use crate::pages::event::Programme;
use crate::pages::words;
use crate::state::bulk::AT_ONCE;
use crate::state::sessions::{Place, dropped, neighbour};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is being dragged, and among which rows, as a context.
#[derive(Clone, Copy)]
pub struct Arranging {
    programme: Programme,
    toasts: Toasts,
    shown: Memo<Vec<String>>,
    dragged: RwSignal<Option<String>>,
    /// What was moved last by this person.
    moved: RwSignal<Option<String>>,
}

impl Arranging {
    pub fn new(programme: Programme, toasts: Toasts, shown: Memo<Vec<String>>) -> Self {
        Self { programme, toasts, shown, dragged: RwSignal::new(None), moved: RwSignal::new(None) }
    }

    pub fn is_dragging(self) -> bool {
        self.dragged.with_untracked(Option::is_some)
    }

    pub fn drags(self, id: &str) -> bool {
        self.dragged.with(|dragged| dragged.as_deref() == Some(id))
    }

    pub fn drop_on(self, target: &str) {
        let Some(id) = self.dragged.get_untracked() else { return };
        self.dragged.set(None);
        if let Some(place) = self.shown.with_untracked(|shown| dropped(shown, &id, target)) {
            self.put(id, place);
        }
    }

    /// One step up (-1) or down (1), within its priority.
    fn step(self, id: &str, step: isize) {
        let beside = self.shown.with_untracked(|shown| neighbour(shown, id, step));
        let priority = |id: &str| self.find(id, |session| session.priority);
        match beside.filter(|beside| priority(beside) == priority(id)) {
            Some(beside) if step < 0 => self.put(id.to_owned(), Place::Before(beside)),
            Some(beside) => self.put(id.to_owned(), Place::After(beside)),
            None => self.toasts.good(text!("cannot-move-further", title = self.title(id))),
        }
    }

    fn put(self, id: String, place: Place) {
        let (title, moved) = (self.title(&id), id.clone());
        let (done, input) = match place {
            Place::After(other) => (
                text!("moved-after", title = title, other = self.title(&other)),
                MoveSessionInput { id: id.into(), after_id: Some(other.into()), before_id: None },
            ),
            Place::Before(other) => (
                text!("moved-before", title = title, other = self.title(&other)),
                MoveSessionInput { id: id.into(), after_id: None, before_id: Some(other.into()) },
            ),
        };
        spawn_local(async move {
            match fetch::send(MoveSession::build(MoveSessionVariables { input })).await {
                Ok(answer) => {
                    self.programme.apply(SessionChange::now(answer.move_session.session));
                    self.moved.try_set(Some(moved));
                    self.toasts.good(done);
                }
                Err(failure) => self.toasts.bad(words::failure(&failure)),
            }
        });
    }

    fn title(self, id: &str) -> String {
        self.find(id, |session| session.title.clone()).unwrap_or_default()
    }

    fn find<T>(self, id: &str, what: impl Fn(&crate::api::session::Session) -> T) -> Option<T> {
        self.programme.sessions.with_untracked(|sessions| {
            sessions.here().and_then(|sessions| sessions.find(id)).map(|session| what(session))
        })
    }
}

/// What a row is dragged by; with the focus on it the arrow keys move the row.
#[component]
pub fn Handle(id: StoredValue<String>, title: Signal<String>) -> impl IntoView {
    let arranging: Arranging = expect_context();
    let node = NodeRef::<leptos::html::Button>::new();
    // A row that moves in the page takes its focus off itself; whoever moves it step by step goes on from there.
    Effect::new(move |_| {
        arranging.moved.track();
        let own = arranging.moved.with_untracked(|moved| moved.as_deref() == Some(id.get_value().as_str()));
        if let Some(button) = node.get_untracked().filter(|_| own) {
            request_animation_frame(move || _ = button.focus());
        }
    });
    let press = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" => -1,
            "ArrowDown" => 1,
            _ => return,
        };
        event.prevent_default();
        arranging.step(&id.get_value(), step);
    };
    view! {
        <button
            type="button"
            class="icon-button handle"
            node_ref=node
            draggable="true"
            title=t!("move-of", title = title.get())
            aria-label=t!("move-of", title = title.get())
            on:keydown=press
            on:dragstart=move |_| arranging.dragged.set(Some(id.get_value()))
            on:dragend=move |_| arranging.dragged.set(None)
        >
            <Icon glyph=Glyph::Grip/>
        </button>
    }
}

/// Makes a second session like this one.
pub fn duplicate(programme: Programme, toasts: Toasts, id: String, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        let input = DuplicateSessionInput { id: id.into() };
        match fetch::send(DuplicateSession::build(DuplicateSessionVariables { input })).await {
            Ok(answer) => {
                let session = answer.duplicate_session.session;
                toasts.good(text!("session-duplicated", title = session.title.clone()));
                programme.apply(SessionChange::now(session));
            }
            Err(failure) => toasts.bad(words::failure(&failure)),
        }
        busy.try_set(false);
    });
}

/// Takes a deletion back.
pub fn restore(programme: Programme, toasts: Toasts, ids: Vec<cynic::Id>) {
    spawn_local(async move {
        let mut count = 0;
        for some in ids.chunks(AT_ONCE) {
            let input = RestoreSessionsInput { ids: some.to_vec() };
            match fetch::send(RestoreSessions::build(RestoreSessionsVariables { input })).await {
                Ok(answer) => {
                    let restored = answer.restore_sessions.sessions;
                    count += restored.len();
                    restored.into_iter().for_each(|session| programme.apply(SessionChange::now(session)));
                }
                Err(failure) => return toasts.bad(words::failure(&failure)),
            }
        }
        toasts.good(text!("sessions-restored", count = count));
    });
}
