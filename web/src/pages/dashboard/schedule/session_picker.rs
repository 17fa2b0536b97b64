//! The sessions that a segment leads to: found by what somebody types; an always open one becomes scheduled when the segment
//! is saved (F1).

use super::plan::list;
use super::speaker_picker::{Finder, NothingFound, back_to};
use crate::api::fetch;
use crate::api::query::Query;
use crate::api::segment_links::{FindSessions, FindSessionsVariables, FoundSession};
use crate::api::session::Scheduling;
use crate::components::{Button, Glyph, Icon, IconButton};
use crate::pages::event::{CurrentEvent, Programme};
use crate::state::segment_form::{Linked, SESSIONS};
use crate::t;
use cynic::QueryBuilder;
use leptos::prelude::*;

#[component]
pub fn SessionPicker(
    chosen: RwSignal<Vec<Linked>>,
    /// The ids of those that become scheduled when the segment is saved.
    to_schedule: RwSignal<Vec<String>>,
) -> impl IntoView {
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
    let found = Memo::new(move |_| {
        let own = chosen.get();
        let others = |all: &Vec<FoundSession>| -> Vec<FoundSession> {
            all.iter().filter(|one| own.iter().all(|known| known.id != one.id)).cloned().collect()
        };
        query.value.with(|value| value.here().map(others).unwrap_or_default())
    });
    let link = move |session: FoundSession| {
        back_to("sessionIds");
        // It stays always open until the segment is saved: a form that is thrown away changes nothing.
        if session.scheduling == Scheduling::AlwaysOpen {
            to_schedule.update(|ids| ids.push(session.id.inner().to_owned()));
        }
        chosen.update(|chosen| chosen.push(Linked { id: session.id, title: session.title }));
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
                    <Button label=t!("make-scheduled") icon=Glyph::Calendar on=move |()| link(one.clone())/>
                }
                .into_any(),
            };
            view! { <li><span class="found-name">{title}</span>{action}</li> }
        };
        found.get().into_iter().map(option).collect_view()
    };
    let chips = move || {
        let chip = |session: Linked| {
            let (now, id) = (programme.session(session.id.inner().to_owned()), session.id.clone());
            let known = session.title.clone();
            let title = Signal::derive(move || {
                now.with(|now| now.as_ref().map_or_else(|| known.clone(), |now| now.title.clone()))
            });
            let remove = move |()| {
                to_schedule.update(|ids| ids.retain(|other| other != id.inner()));
                chosen.update(|chosen| chosen.retain(|other| other.id != id));
            };
            view! {
                <li class="tag">
                    {title}
                    <IconButton label=t!("unlink-session", title = title.get()) icon=Glyph::Close on=remove/>
                </li>
            }
        };
        chosen.get().into_iter().map(chip).collect_view()
    };
    let becoming = Memo::new(move |_| {
        let ids = to_schedule.get();
        let own = chosen.get().into_iter().filter(|session| ids.iter().any(|id| id == session.id.inner()));
        own.map(|session| session.title).collect::<Vec<_>>()
    });
    let full = Signal::derive(move || chosen.with(|chosen| chosen.len() >= SESSIONS));
    view! {
        <Finder name="sessionIds" label=t!("sessions") hint=t!("linked-sessions-hint") typed open full>
            <ul class="tags" aria-label=t!("sessions-chosen")>{chips}</ul>
            <Show when=move || becoming.with(|titles| !titles.is_empty())>
                <p class="muted small with-icon" role="status">
                    <Icon glyph=Glyph::Info/>{t!("scheduled-when-saved", titles = list(&becoming.get()))}
                </p>
            </Show>
            <ul class="found">{results}</ul>
            <NothingFound query open found=Signal::derive(move || found.with(Vec::len)) nothing=t!("no-session-found")/>
        </Finder>
    }
}
