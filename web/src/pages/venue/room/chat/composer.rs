//! Where messages are written, or why that cannot be.

use super::super::panel::keep_focus;
use super::field::Field;
use super::row::quoted;
use super::{About, Talk};
use crate::api::chat::{EditMessage, EditMessageInput, EditMessageVariables, WriteRefusal};
use crate::api::{Code, Failure, ProblemCode, fetch};
use crate::app::Clock;
use crate::components::{Glyph, Icon, IconButton};
use crate::pages::words;
use crate::state::chat::MESSAGE;
use crate::state::chat::draft::Draft;
use crate::{browser, t, text};
use chrono::TimeDelta;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// From how many characters on the rest is counted.
const COUNTED: usize = MESSAGE - 200;

impl Talk {
    /// Puts the draft back that was there before an edit.
    pub(super) fn end_edit(self) {
        if let About::Edit { draft, .. } = self.about.get_untracked() {
            self.draft.set(draft);
        }
        self.about.set(About::Nothing);
    }

    /// The same after an answer: the room may be gone by then, or another message is edited.
    fn end_edit_of(self, message: &cynic::Id) {
        let edits = |about: &About| matches!(about, About::Edit { id, .. } if id == message);
        if self.about.try_with_untracked(edits) == Some(true) {
            self.end_edit();
        }
    }
}

/// Why a message was refused.
pub(super) fn why(failure: &Failure) -> String {
    let names_somebody_else =
        failure.problems().iter().any(|one| one.field == "text" && one.code == ProblemCode::NotFound);
    match failure {
        Failure::Refused { code: Code::InvalidInput, .. } if names_somebody_else => text!("chat-mention-refused"),
        _ => words::failure(failure),
    }
}

/// So many seconds in words, as minutes where they are whole ones.
pub(super) fn time(seconds: i64) -> String {
    let minutes = if seconds % 60 == 0 { seconds / 60 } else { 0 };
    text!("chat-time", seconds = seconds, minutes = minutes)
}

/// What is left of a wait: nobody counts seconds while it is more than a minute.
fn left(seconds: i64) -> String {
    time(if seconds > 60 { (seconds + 59).div_euclid(60) * 60 } else { seconds })
}

#[component]
pub fn Composer(talk: Talk) -> impl IntoView {
    let refusal = talk.refusal;
    // Before its time there is no chat at all.
    let closed = Memo::new(move |_| talk.answered.get() && talk.known.with(|known| !known.has_begun()));
    let refused = Memo::new(move |_| refusal.get().or_else(|| closed.get().then_some(WriteRefusal::NotOpen)));
    let note = move |refusal| match refusal {
        WriteRefusal::Muted => view! {
            <p class="chat-note" role="status"><strong>{t!("muted-title")}</strong>" "{t!("muted-text")}</p>
        }
        .into_any(),
        WriteRefusal::Paused => view! { <p class="chat-note" role="status">{t!("chat-paused")}</p> }.into_any(),
        WriteRefusal::NotOpen => view! { <p class="chat-note" role="status">{t!("chat-not-open")}</p> }.into_any(),
    };
    move || match refused.get() {
        Some(refusal) => note(refusal),
        None => view! { <Write talk/> }.into_any(),
    }
}

#[component]
fn Write(talk: Talk) -> impl IntoView {
    let Talk { draft, about, known, .. } = talk;
    let clock: Clock = expect_context();
    let node = NodeRef::<leptos::html::Textarea>::new();
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let editing = Memo::new(move |_| about.with(|about| matches!(about, About::Edit { .. })));
    // As the server counts it.
    let count = Memo::new(move |_| draft.with(|draft| draft.wire().chars().count()));
    let slow = Memo::new(move |_| known.with(|known| known.chat().map_or(0, |chat| chat.slow_seconds)));
    let paused = Memo::new(move |_| known.with(|known| known.chat().is_some_and(|chat| chat.paused)));
    let wrote = Memo::new(move |_| talk.me.with(|me| known.with(|known| known.wrote_last(me.as_deref()))));
    // Seconds until the person may write again.
    let wait = Memo::new(move |_| {
        if editing.get() {
            return 0;
        }
        let (slow, blocked) = (slow.get(), talk.blocked_for());
        let Some(wrote) = wrote.get().filter(|_| slow > 0 && !talk.is_host()) else { return blocked };
        let left = wrote + TimeDelta::seconds(i64::from(slow)) - clock.now();
        (left.num_milliseconds() + 999).div_euclid(1_000).max(blocked)
    });
    // Whoever was writing when they may not any more stays in the panel: outside of it, keys do more than write.
    on_cleanup(move || {
        let field = node.try_get_untracked().flatten();
        if field.is_some_and(|field| field.matches(":focus").unwrap_or(false)) {
            keep_focus(".room-panel");
        }
    });
    let ready = move || (1..=MESSAGE).contains(&count.get()) && wait.get() == 0 && !busy.get();
    Effect::new(move |_| {
        if about.with(|about| *about != About::Nothing)
            && let Some(field) = node.get()
        {
            // An element that cannot be focused leaves the focus where it is.
            let _ = field.focus();
        }
    });
    let send = move || {
        if !untrack(ready) {
            return;
        }
        let written = draft.get_untracked();
        problem.set(None);
        match about.get_untracked() {
            About::Edit { id, .. } => {
                busy.set(true);
                let input = EditMessageInput { id: id.clone(), text: written.wire() };
                let told = fetch::tell(EditMessage::build(EditMessageVariables { input }));
                spawn_local(async move {
                    match told.await {
                        Ok(()) => talk.end_edit_of(&id),
                        // What was typed stays.
                        Err(failure) => _ = problem.try_set(Some(untrack(|| why(&failure)))),
                    }
                    busy.try_set(false);
                });
            }
            About::Reply(quote) => {
                about.set(About::Nothing);
                draft.set(Draft::default());
                talk.send(&written, Some(quote));
            }
            About::Nothing => {
                draft.set(Draft::default());
                talk.send(&written, None);
            }
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        // Enter also ends what an input method is composing.
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            send();
        } else if event.key() == "Escape" && about.with_untracked(|about| *about != About::Nothing) {
            event.prevent_default();
            talk.end_edit();
        }
    };
    let around = move || {
        let (label, quote) = match about.get() {
            About::Nothing => return ().into_any(),
            About::Edit { .. } => (t!("chat-editing"), None),
            About::Reply(quote) => (t!("chat-replying"), Some(quoted(&quote))),
        };
        view! {
            <div class="chat-about">
                <div class="chat-body"><p class="chat-meta">{label}</p>{quote}</div>
                <IconButton label=t!("chat-cancel") icon=Glyph::Close on=move |()| talk.end_edit()/>
            </div>
        }
        .into_any()
    };
    let hint = move || match (wait.get(), slow.get()) {
        (0, 0) if paused.get() => text!("chat-paused-host"),
        (0, 0) => String::new(),
        (0, slow) => text!("chat-slow-hint", time = time(i64::from(slow))),
        (wait, 0) => text!("chat-wait", time = left(wait)),
        (wait, _) => text!("chat-slow-wait", time = left(wait)),
    };
    let counter = move || {
        let count = count.get();
        let left = i32::try_from(MESSAGE).unwrap_or_default() - i32::try_from(count).unwrap_or(i32::MAX);
        (count >= COUNTED)
            .then(|| view! { <span class="chat-counter" class:over=left < 0>{browser::format_number(left)}</span> })
    };
    view! {
        <form class="chat-form" aria-label=t!("chat-write") on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            {around}
            {move || problem.get().map(|problem| view! { <p class="chat-refused" role="alert">{problem}</p> })}
            <div class="chat-field">
                <Field talk node on_key=key/>
                <button
                    type="submit"
                    class="icon-button"
                    disabled=move || !ready()
                    aria-label=move || if editing.get() { text!("chat-save") } else { text!("chat-send") }
                >
                    <Icon glyph=Glyph::Send/>
                </button>
            </div>
            <p class="chat-meta chat-hint"><span>{hint}</span>{counter}</p>
        </form>
    }
}
