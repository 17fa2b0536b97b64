//! Who is registered for the event: search, ticket types, who was muted or removed (A4, A7).

use super::import_file::{ImportFile, Importing};
use crate::api::event::SlugVariables;
use crate::api::query::{Pages, Query};
use crate::api::registration::{
    BlockPerson, MutePerson, People as PeopleQuery, PeopleVariables, PersonInEventInput, PersonInEventVariables,
    Registration, UnblockPerson, UnmutePerson, UpdateRegistration, UpdateRegistrationInput,
    UpdateRegistrationVariables,
};
use crate::api::ticket_type::{TicketType, TicketTypes};
use crate::api::{Code, Failure, fetch};
use crate::browser::{self, Style};
use crate::components::{
    Avatar, Button, Dialog, EmptyState, Glyph, Icon, IconButton, Kind, SearchField, Toasts, in_address, use_toasts,
};
use crate::pages::event::CurrentEvent;
use crate::pages::paged::Paged;
use crate::pages::words;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// The list and what is done to its people.
#[derive(Clone, Copy)]
struct List {
    pages: Pages<Registration>,
    tickets: Memo<Vec<TicketType>>,
    /// Who is about to be removed.
    removing: RwSignal<Option<Registration>>,
    toasts: Toasts,
}

impl List {
    /// Sends a change of one person and shows what came of it.
    fn change(self, request: impl Future<Output = Result<Registration, Failure>> + 'static) {
        spawn_local(async move {
            match request.await {
                Ok(changed) => {
                    _ = self.pages.query.value.try_update(|value| {
                        let list = value.here_mut().into_iter().flatten();
                        list.filter(|one| one.id == changed.id).for_each(|one| *one = changed.clone());
                    })
                }
                Err(failure) => {
                    let full = failure.code() == Some(Code::Conflict);
                    self.toasts.bad(untrack(|| if full { text!("ticket-full") } else { words::failure(&failure) }));
                    // What the row shows did not happen.
                    self.pages.reload();
                }
            }
        });
    }

    fn give(self, id: cynic::Id, ticket: String) {
        let input = UpdateRegistrationInput { id, ticket_type_id: Some(cynic::Id::new(ticket)) };
        let request = fetch::send(UpdateRegistration::build(UpdateRegistrationVariables { input }));
        self.change(async move { Ok(request.await?.update_registration.registration) });
    }

    fn remove(self, id: cynic::Id) {
        let input = PersonInEventInput { registration_id: id };
        let request = fetch::send(BlockPerson::build(PersonInEventVariables { input }));
        self.change(async move { Ok(request.await?.block_person.registration) });
    }

    fn mute(self, id: cynic::Id, muted: bool) {
        let variables = PersonInEventVariables { input: PersonInEventInput { registration_id: id } };
        self.change(async move {
            Ok(if muted {
                fetch::send(MutePerson::build(variables)).await?.mute_person.registration
            } else {
                fetch::send(UnmutePerson::build(variables)).await?.unmute_person.registration
            })
        });
    }

    fn let_back(self, id: cynic::Id) {
        let input = PersonInEventInput { registration_id: id };
        let request = fetch::send(UnblockPerson::build(PersonInEventVariables { input }));
        self.change(async move { Ok(request.await?.unblock_person.registration) });
    }
}

#[component]
pub fn Registered() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (search, set_search) = in_address("q");
    let (ticket, set_ticket) = in_address("ticket");
    let (found, all) = (RwSignal::new(None::<i32>), RwSignal::new(None::<i32>));
    let pages: Pages<Registration> = Pages::new(
        move || (current.slug(), search.get(), ticket.get()),
        move |(slug, search, ticket), after| async move {
            let given = |text: String| Some(text).filter(|text| !text.is_empty());
            let whole = search.is_empty() && ticket.is_empty();
            let ticket = given(ticket).map(cynic::Id::new);
            let variables = PeopleVariables { slug, search: given(search), ticket, after };
            let answer = fetch::send(PeopleQuery::build(variables)).await?;
            let page = answer.event.map(|event| event.registrations);
            let count = page.as_ref().map(|page| page.total_count);
            found.try_set(count);
            if whole {
                all.try_set(count);
            }
            Ok(page.map(|page| (page.nodes, page.page_info)))
        },
    );
    let tickets = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(TicketTypes::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.ticket_types).unwrap_or_default())
        },
    );
    let tickets = Memo::new(move |_| tickets.value.with(|value| value.here().cloned().unwrap_or_default()));
    let list = List { pages, tickets, removing: RwSignal::new(None), toasts: use_toasts() };
    let clear = move |()| {
        set_search.run(String::new());
        set_ticket.run(String::new());
    };
    let empty = move || {
        if search.with(String::is_empty) && ticket.with(String::is_empty) {
            view! { <EmptyState icon=Glyph::People title=t!("nobody-registered-title") text=t!("nobody-registered-text")/> }.into_any()
        } else {
            view! {
                <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                    <Button label=t!("clear-search") on=clear/>
                </EmptyState>
            }
            .into_any()
        }
    };
    // While somebody searches, of how many.
    let counted = move || {
        let (found, all) = (found.get()?, all.get());
        let others = all.filter(|all| *all != found).map(|all| format!("/{}", browser::format_number(all)));
        Some(browser::format_number(found) + &others.unwrap_or_default())
    };
    let importing = RwSignal::new(false);
    let file = move || current.event.with(|event| format!("/events/{}/people.csv", event.id.inner()));
    let key =
        |one: &Registration| format!("{}/{}/{}/{}", one.id.inner(), one.ticket_type.id.inner(), one.blocked, one.muted);
    view! {
        <section class="section" aria-label=t!("registered")>
            <div class="page-head">
                <h2>{t!("registered")}" "<span class="muted">{counted}</span></h2>
                <div class="toolbar">
                    <Button label=t!("import-people") icon=Glyph::Upload on=move |()| importing.set(true)/>
                    <a class="button secondary" href=file rel="external" download="people.csv"><Icon glyph=Glyph::Download/><span>{t!("export-people")}</span></a>
                </div>
            </div>
            <div class="toolbar people-filters">
                <SearchField label=t!("search-people") value=search on=set_search/>
                <TicketSelect label=t!("filter-by-ticket") all=true tickets value=ticket on=set_ticket/>
            </div>
            <Paged pages key row=move |one| view! { <Row one list/> } empty/>
            <Removing list/>
            <ImportFile what=Importing::People open=importing done=move |()| pages.reload()/>
        </section>
    }
}

#[component]
fn Row(one: Registration, list: List) -> impl IntoView {
    let zone = browser::own_zone();
    let since = move || browser::format_instant(one.created_at, &zone, Style::Date);
    let (name, held) = (one.person.name.clone(), one.ticket_type.id.inner().to_owned());
    let (shown, id, person) = (name.clone(), one.id.clone(), one.clone());
    let give = move |ticket: String| list.give(id.clone(), ticket);
    let (blocked, muted, again, own) = (one.blocked, one.muted, one.id.clone(), one.id.clone());
    let of = name.clone();
    let mute_label = Signal::derive(move || {
        if muted { text!("unmute-person", name = of.clone()) } else { text!("mute-person", name = of.clone()) }
    });
    let mute_icon = if muted { Glyph::Message } else { Glyph::MessageOff };
    view! {
        <li class="row person-row registered-row">
            <Avatar name=name.clone()/>
            <div class="row-name">
                <strong>{name.clone()}{muted.then(|| view! { " "<span class="badge">{t!("person-muted")}</span> })}</strong>
                <span class="muted small">{one.email}" · "{move || text!("registered-on", day = since())}</span>
            </div>
            {if blocked {
                view! {
                    <span class="badge">{t!("person-removed")}</span>
                    <Button label=t!("let-back-in") on=move |()| list.let_back(again.clone())/>
                }.into_any()
            } else {
                view! {
                    <TicketSelect label=t!("ticket-of", name = shown.clone()) tickets=list.tickets value=Memo::new(move |_| held.clone()) on=give/>
                    <div class="row-actions">
                        <IconButton label=mute_label icon=mute_icon on=move |()| list.mute(own.clone(), !muted)/>
                        <IconButton label=t!("remove-person", name = name.clone()) icon=Glyph::Ban on=move |()| list.removing.set(Some(person.clone()))/>
                    </div>
                }.into_any()
            }}
        </li>
    }
}

/// One of the event's ticket types; with `all`, none in particular too.
#[component]
fn TicketSelect(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] all: bool,
    tickets: Memo<Vec<TicketType>>,
    value: Memo<String>,
    #[prop(into)] on: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get();
        let option = |ticket: TicketType| {
            let id = ticket.id.into_inner();
            view! { <option value=id.clone() selected=id == chosen>{ticket.name}</option> }
        };
        tickets.get().into_iter().map(option).collect_view()
    };
    view! {
        <select class="ticket-select" aria-label=label on:change=move |event| on.run(event_target_value(&event))>
            {all.then(|| view! { <option value="" selected=move || value.with(String::is_empty)>{t!("all-ticket-types")}</option> })}
            {options}
        </select>
    }
}

/// Asks before somebody is removed: they leave every room in that moment.
#[component]
fn Removing(list: List) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if list.removing.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && list.removing.with_untracked(Option::is_some) {
            list.removing.set(None);
        }
    });
    let sentence = move || {
        list.removing.with(|one| {
            let one = one.as_ref()?;
            Some(text!("remove-person-text", name = one.person.name.clone(), email = one.email.clone()))
        })
    };
    let remove = move |()| {
        if let Some(one) = list.removing.get_untracked() {
            list.remove(one.id);
        }
        open.set(false);
    };
    view! {
        <Dialog title=t!("remove-person-title") open>
            <p>{sentence}</p>
            <div class="form-actions">
                <Button label=t!("remove-from-event") kind=Kind::Danger on=remove/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
