//! What was recorded in the session, on its page: to everybody its replays, and to hosts all of it, with what makes a replay of it (K8),
//! and why there is no file and another try where that failed (K5).

use super::Here;
use super::hosting::is_host;
use crate::api::fetch;
use crate::api::recording::{OfSession, OfSessionVariables};
use crate::browser::{self, Style};
use crate::components::{Button, Glyph};
use crate::pages::gate::Failed;
use crate::pages::recording::{
    Again, Download, Known, One, PlayerDialog, Playing, Problem, ReplaySwitch, Rows, State, length, name, part,
};
use crate::state::Loaded;
use crate::state::recordings::Order;
use crate::t;
use cynic::QueryBuilder;
use leptos::prelude::*;

#[component]
pub fn Replays() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let (id, event_id) = session.with_untracked(|session| (session.id.clone(), session.event.id.clone()));
    let host = is_host();
    let known = Known::new(
        Signal::stored(Some(id.inner().to_owned())),
        Order::Oldest,
        // Who becomes a host sees more.
        move || host.get(),
        move |_host, after| {
            let variables = OfSessionVariables { id: id.clone(), link_token: browser::link_token(), after };
            async move {
                let session = fetch::send(OfSession::build(variables)).await?.session;
                Ok(session.map(|session| (session.recordings.nodes, session.recordings.page_info)))
            }
        },
    );
    known.follow(event_id, move |change| {
        // What is no replay any more is told as gone; a host has it still.
        if change.deleted_id.is_some() && host.try_get_untracked() == Some(true) {
            known.pages.reload();
        } else {
            known.take(change);
        }
    });
    let playing = Playing::default();
    provide_context(known);
    provide_context(playing);
    // Who may not see them, or not any more, reads that elsewhere on the page.
    let failure = Memo::new(move |_| {
        known.pages.query.value.with(|value| match value {
            Loaded::Failed(failure) => Some(failure.clone()).filter(|failure| failure.is_passing()),
            Loaded::Waiting | Loaded::Here(_) => None,
        })
    });
    let some = Memo::new(move |_| !known.list.with(Vec::is_empty));
    view! {
        <Show when=move || some.get() || failure.with(Option::is_some)>
            <section class="entrance-card replays" aria-label=t!("replays")>
                <h2>{t!("replays")}</h2>
                {move || failure.get().map(|failure| view! { <Failed failure again=move |()| known.pages.reload()/> })}
                <Show when=move || some.get()>
                    <Rows known row=|recording| view! { <Row recording/> }.into_any()/>
                </Show>
            </section>
        </Show>
        <PlayerDialog known playing/>
    }
}

#[component]
fn Row(recording: One) -> impl IntoView {
    let (known, playing): (Known, Playing) = (expect_context(), expect_context());
    let host = is_host();
    let zone = browser::own_zone();
    let at = Memo::new(move |_| recording.with(|one| one.as_ref().map(|one| one.started_at)));
    let ready = Memo::new(move |_| recording.with(|one| one.as_ref().is_some_and(|one| one.url.is_some())));
    let called = part(recording, name);
    let play = move |()| {
        if let Some(id) = recording.with_untracked(|one| one.as_ref().map(|one| one.id.inner().to_owned())) {
            playing.play(id);
        }
    };
    view! {
        <li class="row">
            <div class="row-name">
                <strong>{called}</strong>
                <span class="muted small">
                    <time datetime=move || at.get().map(|at| at.to_rfc3339())>
                        {move || at.get().map(|at| browser::format_instant(at, &zone, Style::Moment))}
                    </time>
                    " · "{part(recording, length)}
                </span>
                <Show when=move || host.get()><Problem recording/></Show>
                <Show when=move || host.get() && ready.get()><ReplaySwitch known recording/></Show>
            </div>
            <div class="row-actions">
                <Show when=move || ready.get() fallback=move || view! { <State recording/> }>
                    <Button label=t!("play") icon=Glyph::Video on=play attr:aria-label=t!("play-of", title = called.get())/>
                    <Show when=move || host.get()><Download recording/></Show>
                </Show>
                <Show when=move || host.get()><Again recording known/></Show>
            </div>
        </li>
    }
}
