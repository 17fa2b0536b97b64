//! Dashboard › Recordings: what was recorded in the event's sessions, and what is being done with it (K5, K8).

mod deleting;
mod row;

use crate::api::event::SlugVariables;
use crate::api::fetch;
use crate::api::query::Query;
use crate::api::recording::{Recordings as Fetched, RecordingsVariables, Stored};
use crate::components::{Button, EmptyState, Glyph, Icon, in_address};
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::paged::Awaited;
use crate::pages::recording::{Known, PlayerDialog, Playing, Rows, size};
use crate::pages::submit::page_title;
use crate::state::recordings::{Order, changes_room};
use crate::{t, text};
use cynic::QueryBuilder;
use deleting::{DeleteDialog, Deleting};
use leptos::prelude::*;
use row::Row;

#[component]
pub fn Recordings() -> impl IntoView {
    page_title(|| text!("recordings"));
    let current: CurrentEvent = expect_context();
    // Which session's, as the session stands in other addresses.
    let (bare, set_bare) = in_address("session");
    let session = Memo::new(move |_| bare.with(|bare| (!bare.is_empty()).then(|| format!("session:{bare}"))));
    let known = Known::new(
        session.into(),
        Order::Newest,
        move || (current.slug(), session.get()),
        |(slug, session), after| async move {
            let variables = RecordingsVariables { slug, after, session_id: session.map(cynic::Id::new) };
            let event = fetch::send(Fetched::build(variables)).await?.event;
            Ok(event.map(|event| (event.recordings.nodes, event.recordings.page_info)))
        },
    );
    let stored = Query::new(
        move || current.slug(),
        |slug| async move {
            let event = fetch::send(Stored::build(SlugVariables { slug })).await?.event;
            Ok(event.map(|event| event.recording_bytes))
        },
    );
    known.follow(current.event.with_untracked(|event| event.id.clone()), move |change| {
        if changes_room(&change) {
            stored.reload();
        }
        known.take(change);
    });
    let (playing, deleting) = (Playing::default(), Deleting::default());
    provide_context(known);
    provide_context(playing);
    provide_context(deleting);
    let room = move || stored.value.with(|value| value.here().copied().flatten());
    view! {
        <div class="page-head">
            <div>
                <h1>{t!("recordings")}</h1>
                {move || room().map(|bytes| view! { <p class="muted">{text!("recordings-stored", size = size(bytes))}</p> })}
            </div>
        </div>
        <OfOne session known all=move |()| set_bare.run(String::new())/>
        <List known/>
        <PlayerDialog known playing/>
        <DeleteDialog known deleting/>
    }
}

#[component]
fn List(known: Known) -> impl IntoView {
    let is_empty = Memo::new(move |_| known.list.with(Vec::is_empty));
    let empty = || {
        view! { <EmptyState icon=Glyph::Film title=t!("recordings-empty-title") text=t!("recordings-empty-text")/> }
    };
    view! {
        <Awaited pages=known.pages is_empty empty>
            <Rows known row=|recording| view! { <Row recording/> }.into_any()/>
        </Awaited>
    }
}

/// That these are the recordings of one session, and the way to all.
#[component]
fn OfOne(session: Memo<Option<String>>, known: Known, #[prop(into)] all: Callback<()>) -> impl IntoView {
    let programme: Programme = expect_context();
    let title = Memo::new(move |_| {
        let id = session.get()?;
        let listed = programme.sessions.with(|sessions| {
            sessions.here().and_then(|sessions| sessions.find(&id).map(|session| session.title.clone()))
        });
        // A deleted one is in no list; its recordings have its name.
        let recorded = || known.list.with(|list| list.first().map(|one| one.session_title.clone()));
        Some(listed.or_else(recorded).unwrap_or_else(|| text!("session")))
    });
    move || {
        title.get().map(|title| {
            view! {
                <div class="notice recordings-of">
                    <Icon glyph=Glyph::Film/>
                    <p>{text!("recordings-of", title = title)}</p>
                    <Button label=t!("recordings-all") on=all/>
                </div>
            }
        })
    }
}
