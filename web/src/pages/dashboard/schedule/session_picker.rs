//! The sessions that a segment leads to: found by what somebody types; an always open one has to become scheduled first (F1).

use super::speaker_picker::Finder;
use crate::api::fetch;
use crate::api::query::Query;
use crate::api::segment::LinkedSession;
use crate::api::segment_links::{
    FindSessions, FindSessionsVariables, FoundSession, ScheduleSession, ScheduleSessionInput, ScheduleSessionVariables,
};
use crate::api::session::Scheduling;
use crate::components::{Button, Glyph, Icon, IconButton, use_toasts};
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::words;
use crate::state::segment_form::SESSIONS;
use crate::t;
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn SessionPicker(chosen: RwSignal<Vec<LinkedSession>>) -> impl IntoView {
    let (current, programme): (CurrentEvent, Programme) = (expect_context(), expect_context());
    let typed = RwSignal::new(String::new());
    let asked = super::speaker_picker::rested(typed);
    let open = RwSignal::new(false);
    let query = Query::new(
        move || (current.slug(), asked.get(), open.get()),
        |(slug, search, open)| async move {
            if !open {
                return Ok(Vec::new());
            }
            let search = Some(search).filter(|search| !search.is_empty());
            let answer = fetch::send(FindSessions::build(FindSessionsVariables { slug, search })).await?;
            Ok(answer.event.map(|event| event.sessions.nodes).unwrap_or_default())
        },
    );
    let found = move || {
        let all = query.value.with(|value| value.here().cloned().unwrap_or_default());
        let own = chosen.get();
        all.into_iter().filter(|one| own.iter().all(|known| known.id != one.id)).collect::<Vec<_>>()
    };
    let link = move |session: FoundSession| {
        chosen.update(|chosen| chosen.push(LinkedSession { id: session.id, title: session.title }));
    };
    let toasts = use_toasts();
    let make_scheduled = move |session: FoundSession| {
        let input =
            ScheduleSessionInput { id: session.id, scheduling: Some(Scheduling::Scheduled), unlink_segments: None };
        spawn_local(async move {
            match fetch::send(ScheduleSession::build(ScheduleSessionVariables { input })).await {
                Ok(answer) => {
                    link(answer.update_session.session);
                    query.reload();
                }
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
        });
    };
    let results = move || {
        let option = |session: FoundSession| {
            let (title, one) = (session.title.clone(), session.clone());
            let named = title.clone();
            let action = match session.scheduling {
                Scheduling::Scheduled => view! {
                    <IconButton label=t!("link-session", title = named.clone()) icon=Glyph::Add on=move |()| link(one.clone())/>
                }
                .into_any(),
                Scheduling::AlwaysOpen => view! {
                    <span class="muted small">{t!("session-is-always-open")}</span>
                    <Button label=t!("make-scheduled") icon=Glyph::Calendar on=move |()| make_scheduled(one.clone())/>
                }
                .into_any(),
            };
            view! { <li><span class="found-name">{title}</span>{action}</li> }
        };
        found().into_iter().map(option).collect_view()
    };
    let chips = move || {
        let chip = |session: LinkedSession| {
            let (now, id) = (programme.session(session.id.inner().to_owned()), session.id.clone());
            let known = session.title.clone();
            let title = Signal::derive(move || {
                now.with(|now| now.as_ref().map_or_else(|| known.clone(), |now| now.title.clone()))
            });
            let remove = move |()| chosen.update(|chosen| chosen.retain(|other| other.id != id));
            view! {
                <li class="tag">
                    {title}
                    <IconButton label=t!("unlink-session", title = title.get()) icon=Glyph::Close on=remove/>
                </li>
            }
        };
        chosen.get().into_iter().map(chip).collect_view()
    };
    let nothing = move || open.get() && query.value.with(|value| value.here().is_some()) && found().is_empty();
    let full = Signal::derive(move || chosen.with(|chosen| chosen.len() >= SESSIONS));
    view! {
        <Finder name="sessionIds" label=t!("sessions") hint=t!("linked-sessions-hint") typed open full>
            <ul class="tags" aria-label=t!("sessions-chosen")>{chips}</ul>
            <ul class="found">{results}</ul>
            <Show when=nothing><p class="muted small with-icon"><Icon glyph=Glyph::Info/>{t!("no-session-found")}</p></Show>
        </Finder>
    }
}
