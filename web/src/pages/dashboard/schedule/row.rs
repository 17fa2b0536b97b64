//! One segment in the table.

use super::Looking;
use super::deleting::Deleting;
use super::plan::Plan;
use super::table::Chosen;
use super::words;
use crate::api::segment::Segment;
use crate::components::{Glyph, Icon, IconButton};
use crate::pages::event::{CurrentEvent, Programme, Tags};
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

#[component]
pub fn Row(segment: Memo<Option<Arc<Segment>>>, id: String) -> impl IntoView {
    let (plan, chosen): (Plan, Chosen) = (expect_context(), expect_context());
    let (looking, deleting): (Looking, Deleting) = (expect_context(), expect_context());
    let name = move || segment.with(|one| one.as_ref().map(|one| one.name.clone()).unwrap_or_default());
    let id = StoredValue::new(id);
    let own = move || id.get_value();
    let edit = move |_| {
        if let Some(segment) = segment.get_untracked() {
            looking.set_form.run(segment.bare_id().to_owned());
        }
    };
    let cells = move || {
        segment.get().map(|segment| {
            let (kind, published) = (segment.kind, segment.published);
            let speakers = segment.speakers.iter().map(|person| person.name.clone()).collect::<Vec<_>>().join(", ");
            view! {
                <td class="kind"><span class="with-icon"><Icon glyph=words::glyph(kind)/>{words::kind(kind)}</span></td>
                <td><Sessions segment=segment.clone()/></td>
                <td>{speakers}</td>
                <td>
                    <span class=if published { "badge good" } else { "badge" }>{words::state(published)}</span>
                </td>
            }
        })
    };
    let time = move || segment.get().map(|one| words::times(plan, plan.span(&one)));
    let tags = move || segment.get().map(|one| view! { <Tags names=one.tags.clone()/> });
    view! {
        <tr class:chosen=move || chosen.has(&own())>
            <td class="choose">
                <input
                    type="checkbox"
                    aria-label=move || text!("choose-segment", name = name())
                    prop:checked=move || chosen.has(&own())
                    on:change=move |event| chosen.set(&own(), event_target_checked(&event))
                />
            </td>
            <td class="time">{time}</td>
            <th scope="row"><button type="button" class="plain" on:click=edit>{name}</button>{tags}</th>
            {cells}
            <td class="row-end">
                <IconButton label=t!("delete-of", title = name()) icon=Glyph::Trash on=move |()| deleting.ask(plan, vec![own()])/>
            </td>
        </tr>
    }
}

/// The sessions that a segment leads to, by the titles that they have now.
#[component]
fn Sessions(segment: Arc<Segment>) -> impl IntoView {
    let (current, programme): (CurrentEvent, Programme) = (expect_context(), expect_context());
    let links = segment.sessions.iter().map(|session| {
        let (now, title) = (programme.session(session.id.inner().to_owned()), session.title.clone());
        let shown = move || now.with(|now| now.as_ref().map_or_else(|| title.clone(), |now| now.title.clone()));
        let bare = session.id.inner().trim_start_matches("session:").to_owned();
        let to = move || format!("/dashboard/{}/sessions/{bare}", current.slug());
        view! { <li><A href=to>{shown}</A></li> }
    });
    view! { <ul class="linked-sessions">{links.collect_view()}</ul> }
}
