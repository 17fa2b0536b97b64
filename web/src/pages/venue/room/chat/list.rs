//! The messages, from the oldest that is loaded to those on their way. It stays at its end unless the reader has scrolled up:
//! it is laid out from its end, which keeps that in place by itself.

use super::composer;
use super::row::{Row, quoted, said};
use super::{Talk, page};
use crate::api::chat::{DeleteMessage, DeleteMessageInput, DeleteMessageVariables};
use crate::api::{Failure, fetch};
use crate::components::{Button, Dialog, Glyph, Icon, Kind, Skeleton};
use crate::pages::gate::Failed;
use crate::pages::words;
use crate::state::chat::{Conversation, Pending, Sending};
use crate::t;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Pixels from the end within which the reader is at it.
const END: i32 = 48;

#[component]
pub fn List(talk: Talk) -> impl IntoView {
    let Talk { known, failure, .. } = talk;
    // Not what came in hours while nobody looked.
    known.update(Conversation::trim);
    let node = NodeRef::<leptos::html::Div>::new();
    // Whose actions are open, and which message is about to be deleted.
    let (open, deleting) = (RwSignal::new(None::<i32>), RwSignal::new(None::<cynic::Id>));
    let (at_end, news, busy) = (RwSignal::new(true), RwSignal::new(false), RwSignal::new(false));
    let numbers = Memo::new(move |_| known.with(Conversation::numbers));
    let has_older = Memo::new(move |_| known.with(|known| known.older().is_some()));
    let begun = Memo::new(move |_| known.with(Conversation::has_begun));
    let pending = Memo::new(move |_| known.with(|known| known.pending().to_vec()));
    Effect::new(move |before: Option<i32>| {
        let last = numbers.with(|numbers| numbers.last().copied().unwrap_or_default());
        if !at_end.get_untracked() {
            news.update(|news| *news |= before.is_some_and(|before| before < last));
        } else if before.is_some_and(|before| before != last) {
            known.update(Conversation::trim);
        }
        last
    });
    let scrolled = move |_| {
        if let Some(list) = node.get_untracked() {
            let now = list.scroll_top() > -END;
            if now != at_end.get_untracked() {
                at_end.set(now);
            }
            if now {
                news.set(false);
            }
        }
    };
    let to_end = move || {
        if let Some(list) = node.get_untracked() {
            list.set_scroll_top(0);
        }
    };
    // What one writes oneself one sees.
    Effect::new(move |before: Option<usize>| {
        let now = pending.with(Vec::len);
        if before.is_some_and(|before| before < now) {
            to_end();
        }
        now
    });
    let older = move |()| {
        let Some(before) = known.with_untracked(|known| known.older().cloned()) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match page(talk.session(), Some(before)).await {
                Ok(Some(answer)) => _ = known.try_update(|known| known.take_older(answer.messages)),
                Ok(None) => talk.reload(),
                Err(failure) => talk.toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
        });
    };
    let empty = Memo::new(move |_| numbers.with(Vec::is_empty) && pending.with(Vec::is_empty));
    let state = move || match (begun.get(), failure.get(), talk.answered.get()) {
        (true, ..) if !empty.get() => ().into_any(),
        (true, ..) => view! { <p class="chat-empty">{t!("chat-empty")}</p> }.into_any(),
        (false, Some(failure), _) => view! { <Failed failure again=move |()| talk.reload()/> }.into_any(),
        // What the composer says is enough.
        (false, None, true) => ().into_any(),
        (false, None, false) => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
    };
    let sure = RwSignal::new(false);
    Effect::new(move |_| sure.set(deleting.with(Option::is_some)));
    Effect::new(move |_| {
        if !sure.get() && deleting.with_untracked(Option::is_some) {
            deleting.set(None);
        }
    });
    let delete = move |()| {
        if let Some(id) = deleting.get_untracked() {
            let input = DeleteMessageInput { id };
            talk.post(fetch::tell(DeleteMessage::build(DeleteMessageVariables { input })), || {});
        }
        sure.set(false);
    };
    view! {
        <div
            node_ref=node
            class="chat-list"
            role="log"
            aria-live="polite"
            aria-label=t!("chat-messages")
            aria-busy=move || busy.get().then_some("true")
            tabindex="0"
            on:scroll=scrolled
        >
            <div class="chat-flow">
                <Show when=move || has_older.get()>
                    <Button label=t!("chat-older") busy on=older/>
                </Show>
                {state}
                <ol>
                    <For each=move || numbers.get() key=|number| *number let:number>
                        <Row talk number open deleting/>
                    </For>
                    <For
                        each=move || shown(&pending.get())
                        key=|one| (one.client_id.clone(), std::mem::discriminant(&one.sending))
                        let:one
                    >
                        <OnItsWay talk one/>
                    </For>
                </ol>
            </div>
        </div>
        <Show when=move || news.get()>
            <button type="button" class="button secondary chat-news" on:click=move |_| to_end()>
                <Icon glyph=Glyph::ChevronDown/><span>{t!("chat-news")}</span>
            </button>
        </Show>
        <Dialog title=t!("chat-delete-title") open=sure>
            <p>{t!("chat-delete-text")}</p>
            <div class="form-actions">
                <Button label=t!("chat-delete") kind=Kind::Danger on=delete/>
                <Button label=t!("chat-keep") on=move |()| sure.set(false)/>
            </div>
        </Dialog>
    }
}

/// Those that are not among the messages yet.
fn shown(pending: &[Pending]) -> Vec<Pending> {
    pending.iter().filter(|one| one.sending != Sending::Told).cloned().collect()
}

/// An own message before the server has it, or that it did not take.
#[component]
fn OnItsWay(talk: Talk, one: Pending) -> impl IntoView {
    let Pending { client_id, text, mentions, reply_to, sending, .. } = one;
    let (again, gone) = (client_id.clone(), client_id);
    // Who was too fast sends it themselves: whether it still fits is theirs to say. When that is, the composer says; here each second
    // of it would be read aloud.
    let wait = Memo::new(move |_| talk.blocked_for());
    let why = move |failure: Option<&Failure>| match failure {
        Some(Failure::TooOften { .. }) | None => String::new(),
        Some(failure) => composer::why(failure),
    };
    let state = match sending {
        Sending::Refused(_) | Sending::Left => {
            let failure = if let Sending::Refused(failure) = sending { Some(failure) } else { None };
            let send = move |()| {
                talk.known.update(|known| known.set_sending(&again, Sending::Waiting));
                talk.pump();
            };
            let discard = move |()| talk.known.update(|known| known.drop_pending(&gone));
            view! {
                <p class="chat-refused" role="alert">{t!("chat-not-sent")}" "{move || why(failure.as_ref())}</p>
                <Button label=t!("chat-again") icon=Glyph::Reload disabled=Signal::derive(move || wait.get() > 0) on=send/>
                <Button label=t!("chat-discard") icon=Glyph::Trash on=discard/>
            }
            .into_any()
        }
        Sending::Offline => view! { <p class="chat-meta">{t!("chat-offline")}</p> }.into_any(),
        Sending::Waiting | Sending::Told => view! { <p class="chat-meta">{t!("chat-sending")}</p> }.into_any(),
    };
    view! { <li class="chat-row pending"><div class="chat-body">{reply_to.as_ref().map(quoted)}<p class="chat-text" dir="auto">{said(&text, &mentions, None)}</p>{state}</div></li> }
}
