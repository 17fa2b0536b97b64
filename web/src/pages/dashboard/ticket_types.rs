//! What people register with: the ticket types of the event, in the order in which they are offered (A4).

use super::ticket_form::{TicketDialog, TicketFields};
use crate::api::event::SlugVariables;
use crate::api::query::Query;
use crate::api::ticket_type::{
    DeleteTicketType, DeleteTicketTypeInput, DeleteTicketTypeVariables, TicketType, TicketTypes as TicketTypesQuery,
    UpdateTicketType, UpdateTicketTypeInput, UpdateTicketTypeVariables,
};
use crate::api::{Code, Failure, fetch};
use crate::components::{Button, Dialog, Glyph, IconButton, Kind, Skeleton, Toasts, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::pages::words;
use crate::state::Loaded;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// The list and what is done to it.
#[derive(Clone, Copy)]
struct List {
    query: Query<Vec<TicketType>>,
    fields: TicketFields,
    /// Which one is about to be deleted.
    deleting: RwSignal<Option<TicketType>>,
    toasts: Toasts,
}

impl List {
    fn take(self, tickets: Vec<TicketType>) {
        self.query.value.try_set(Loaded::Here(tickets));
    }

    fn change(self, request: impl Future<Output = Result<Vec<TicketType>, Failure>> + 'static) {
        spawn_local(async move {
            match request.await {
                Ok(tickets) => self.take(tickets),
                Err(failure) => {
                    let last = failure.code() == Some(Code::Conflict);
                    let said = |problem| words::problem(problem);
                    self.toasts.bad(untrack(|| match failure.problems().first() {
                        Some(problem) => said(problem),
                        None if last => text!("last-ticket-type"),
                        None => words::failure(&failure),
                    }));
                    self.query.reload();
                }
            }
        });
    }

    fn update(self, input: UpdateTicketTypeInput) {
        let request = fetch::send(UpdateTicketType::build(UpdateTicketTypeVariables { input }));
        self.change(async move { Ok(request.await?.update_ticket_type.event.ticket_types) });
    }

    fn place(self, id: cynic::Id, position: usize) {
        let position = i32::try_from(position).ok();
        self.update(UpdateTicketTypeInput { id, open: None, position });
    }

    fn set_open(self, id: cynic::Id, open: bool) {
        self.update(UpdateTicketTypeInput { id, open: Some(open), position: None });
    }

    fn delete(self, id: cynic::Id) {
        let input = DeleteTicketTypeInput { id };
        let request = fetch::send(DeleteTicketType::build(DeleteTicketTypeVariables { input }));
        self.change(async move { Ok(request.await?.delete_ticket_type.event.ticket_types) });
    }
}

#[component]
pub fn TicketTypes() -> impl IntoView {
    page_title(|| text!("ticket-types"));
    let current: CurrentEvent = expect_context();
    let query = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(TicketTypesQuery::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.ticket_types).unwrap_or_default())
        },
    );
    // Another organizer may have changed them: then the event is told anew.
    Effect::new(move |before: Option<()>| {
        current.event.track();
        if before.is_some() {
            query.reload();
        }
    });
    let list = List { query, fields: TicketFields::empty(), deleting: RwSignal::new(None), toasts: use_toasts() };
    view! {
        <div class="page-head">
            <h1>{t!("ticket-types")}</h1>
            <Button label=t!("add-ticket-type") kind=Kind::Primary icon=Glyph::Add on=move |()| list.fields.add()/>
        </div>
        <p class="muted">{t!("ticket-types-text")}</p>
        {move || match query.value.get() {
            Loaded::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
            Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
            Loaded::Here(tickets) => {
                let count = tickets.len();
                let row = |(place, ticket)| view! { <Row ticket place count list/> };
                view! { <ol class="rows">{tickets.into_iter().enumerate().map(row).collect_view()}</ol> }.into_any()
            }
        }}
        <TicketDialog fields=list.fields saved=move |tickets| list.take(tickets)/>
        <Deleting list/>
    }
}

#[component]
fn Row(ticket: TicketType, place: usize, count: usize, list: List) -> impl IntoView {
    let TicketType { id, name, description, open, sold_out, capacity, holders, session_titles } = ticket.clone();
    let holders = holders.unwrap_or_default();
    let held = move || match capacity {
        Some(capacity) => text!("ticket-holders-of", count = holders, capacity = capacity),
        None => text!("ticket-holders", count = holders),
    };
    let badge = match (open, sold_out) {
        (false, _) => view! { <span class="badge">{t!("ticket-closed")}</span> }.into_any(),
        (true, true) => view! { <span class="badge">{t!("sold-out")}</span> }.into_any(),
        (true, false) => view! { <span class="badge good">{t!("ticket-open")}</span> }.into_any(),
    };
    let sessions = session_titles.join(", ");
    let [up, down, toggle] = [id.clone(), id.clone(), id];
    let (edited, deleted) = (ticket.clone(), ticket);
    let [above, below, edit, delete] = [name.clone(), name.clone(), name.clone(), name.clone()];
    let is_last = place + 1 == count;
    view! {
        <li class="row ticket-row">
            <div class="ticket-order">
                <IconButton label=t!("move-up", name = above.clone()) icon=Glyph::ChevronUp disabled=Signal::derive(move || place == 0) on=move |()| list.place(up.clone(), place - 1)/>
                <IconButton label=t!("move-down", name = below.clone()) icon=Glyph::ChevronDown disabled=Signal::derive(move || is_last) on=move |()| list.place(down.clone(), place + 1)/>
            </div>
            <div class="row-name">
                <h3 class="ticket-name">{name}" "{badge}</h3>
                {(!description.is_empty()).then(|| view! { <p class="muted small">{description}</p> })}
                <p class="muted small">{held}</p>
                {(!sessions.is_empty()).then(|| view! { <p class="muted small">{move || text!("ticket-sessions", titles = sessions.clone())}</p> })}
            </div>
            <div class="toolbar">
                {if open {
                    view! { <Button label=t!("close-registration") on=move |()| list.set_open(toggle.clone(), false)/> }.into_any()
                } else {
                    view! { <Button label=t!("open-registration") on=move |()| list.set_open(toggle.clone(), true)/> }.into_any()
                }}
                <IconButton label=t!("edit-ticket", name = edit.clone()) icon=Glyph::Edit on=move |()| list.fields.edit(&edited)/>
                <IconButton label=t!("delete-of", title = delete.clone()) icon=Glyph::Trash on=move |()| list.deleting.set(Some(deleted.clone()))/>
            </div>
        </li>
    }
}

/// Asks before one is deleted, or says why it cannot be.
#[component]
fn Deleting(list: List) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if list.deleting.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && list.deleting.with_untracked(Option::is_some) {
            list.deleting.set(None);
        }
    });
    let delete = move |()| {
        if let Some(ticket) = list.deleting.get_untracked() {
            list.delete(ticket.id);
        }
        open.set(false);
    };
    let only = move || list.query.value.with(|value| value.here().is_some_and(|all| all.len() < 2));
    view! {
        <Dialog title=t!("delete-ticket-title") open>
            {move || list.deleting.get().map(|ticket| {
                let (holders, titles) = (ticket.holders.unwrap_or_default(), ticket.session_titles.join(", "));
                let free = holders == 0 && titles.is_empty() && !only();
                view! {
                    {(holders > 0).then(|| view! { <p>{move || text!("ticket-held", count = holders)}</p> })}
                    {(!titles.is_empty()).then(|| view! { <p>{move || text!("ticket-needed", titles = titles.clone())}</p> })}
                    {only().then(|| view! { <p>{t!("last-ticket-type")}</p> })}
                    {if free {
                        let name = ticket.name.clone();
                        view! {
                            <p>{move || text!("delete-ticket-text", name = name.clone())}</p>
                            <div class="form-actions">
                                <Button label=t!("delete") kind=Kind::Danger on=delete/>
                                <Button label=t!("cancel") on=move |()| open.set(false)/>
                            </div>
                        }.into_any()
                    } else {
                        view! { <div class="form-actions"><Button label=t!("close") on=move |()| open.set(false)/></div> }.into_any()
                    }}
                }
            })}
        </Dialog>
    }
}
