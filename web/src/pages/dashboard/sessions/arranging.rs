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
use crate::state::sessions::{Place, dropped, moved};
use crate::text::name;
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
    /// The row that the focus was in last: it is made wherever it stands, so that the focus goes along.
    focused: RwSignal<Option<String>>,
}

/// Places that a press of page up or down moves a row by.
const PAGE: usize = 10;

impl Arranging {
    pub fn new(programme: Programme, toasts: Toasts, shown: Memo<Vec<String>>) -> Self {
        let nothing = || RwSignal::new(None);
        Self { programme, toasts, shown, dragged: nothing(), moved: nothing(), focused: nothing() }
    }

    pub fn focus(self, id: String) {
        self.focused.set(Some(id));
    }

    /// Where the rows stand that must not go, also out of sight.
    pub fn kept(self) -> Vec<usize> {
        let kept = [self.focused.get(), self.dragged.get()];
        let place = |id: &String| self.shown.with(|shown| shown.iter().position(|other| other == id));
        kept.iter().flatten().filter_map(place).collect()
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

    /// Up (-1) or down (1), within its priority.
    fn step(self, id: &str, step: isize, most: usize) {
        let priority = |id: &str| self.find(id, |session| session.priority);
        let own = priority(id);
        match self.shown.with_untracked(|shown| moved(shown, id, step, most, |other| priority(other) == own)) {
            Some(place) => self.put(id.to_owned(), place),
            None => self.toasts.good(text!("cannot-move-further", title = name(&self.title(id)))),
        }
    }

    fn put(self, id: String, place: Place) {
        let (title, moved) = (name(&self.title(&id)), id.clone());
        let (done, input) = match place {
            Place::After(other) => (
                text!("moved-after", title = title, other = name(&self.title(&other))),
                MoveSessionInput { id: id.into(), after_id: Some(other.into()), before_id: None },
            ),
            Place::Before(other) => (
                text!("moved-before", title = title, other = name(&self.title(&other))),
                MoveSessionInput { id: id.into(), after_id: None, before_id: Some(other.into()) },
            ),
        };
        spawn_local(async move {
            match fetch::send(MoveSession::build(MoveSessionVariables { input })).await {
                Ok(answer) => {
                    self.focused.try_set(Some(moved.clone()));
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
    // A row that moves in the page takes its focus off itself; whoever moves it step by step goes on from there. One that was
    // made just now, since it came into sight, was not moved just now.
    Effect::new(move |before: Option<()>| {
        let own = arranging.moved.with(|moved| moved.as_deref() == Some(id.get_value().as_str()));
        if let Some(button) = node.get_untracked().filter(|_| own && before.is_some()) {
            request_animation_frame(move || _ = button.focus());
        }
    });
    let press = move |event: leptos::ev::KeyboardEvent| {
        let (step, most) = match event.key().as_str() {
            "ArrowUp" => (-1, 1),
            "ArrowDown" => (1, 1),
            "PageUp" => (-1, PAGE),
            "PageDown" => (1, PAGE),
            "Home" => (-1, usize::MAX),
            "End" => (1, usize::MAX),
            _ => return,
        };
        event.prevent_default();
        arranging.step(&id.get_value(), step, most);
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
                toasts.good(text!("session-duplicated", title = name(&session.title)));
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
