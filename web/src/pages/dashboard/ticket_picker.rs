//! The ticket types whose holders can watch a session (C3).

use crate::api::event::SlugVariables;
use crate::api::fetch;
use crate::api::query::Query;
use crate::api::ticket_type::{TicketName, TicketNames};
use crate::components::field::FieldNote;
use crate::components::{FormProblems, Skeleton};
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::state::Loaded;
use crate::t;
use cynic::QueryBuilder;
use leptos::prelude::*;

/// `chosen` holds their ids.
#[component]
pub fn TicketPicker(chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let problem = problems.of("ticketTypeIds");
    let query = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(TicketNames::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.ticket_types).unwrap_or_default())
        },
    );
    let toggle = move |id: &str, on: bool| {
        problems.clear_field("ticketTypeIds");
        chosen.update(|chosen| {
            chosen.retain(|other| other != id);
            if on {
                chosen.push(id.to_owned());
                // As the server has them, so that the same choice is the same, in whatever order it was made.
                chosen.sort();
            }
        });
    };
    let one = move |ticket: TicketName| {
        let id = StoredValue::new(ticket.id.into_inner());
        view! {
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| id.with_value(|id| chosen.contains(id)))
                    aria-describedby="ticketTypeIds-note"
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    on:change=move |event| id.with_value(|id| toggle(id, event_target_checked(&event)))
                />
                <span>{ticket.name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice ticket-picker">
            <legend>{t!("ticket-types-who-watch")}</legend>
            {move || match query.value.get() {
                Loaded::Waiting => view! { <Skeleton shape="line"/> }.into_any(),
                Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
                Loaded::Here(tickets) => tickets.into_iter().map(one).collect_view().into_any(),
            }}
            <FieldNote name="ticketTypeIds" hint=t!("ticket-types-who-watch-hint").into() problem/>
        </fieldset>
    }
}
