//! The people of the event: who is registered, and who organizes.

use super::registered::Registered;
use crate::api::account::Account;
use crate::api::organization::{
    AddOrganizer, AddOrganizerInput, AddOrganizerVariables, Organizers as OrganizersQuery, RemoveOrganizer,
    RemoveOrganizerInput, RemoveOrganizerVariables, SlugVariables,
};
use crate::api::query::Query;
use crate::api::registration::Person;
use crate::api::{Code, Failure, ProblemCode, fetch};
use crate::app::Me;
use crate::browser;
use crate::components::{Avatar, Form, Glyph, IconButton, Skeleton, SubmitButton, TextField, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::submit::{Sending, page_title};
use crate::pages::words;
use crate::state::Loaded;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn People() -> impl IntoView {
    page_title(|| text!("people"));
    view! {
        <div class="page-head"><h1>{t!("people")}</h1></div>
        <Registered/>
        <Organizers/>
    }
}

/// Everybody who runs the events of the organization (A2).
#[component]
fn Organizers() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let Me(start) = expect_context();
    let me = Memo::new(move |_| start.value.with(|start| start.here().and_then(|start| start.me.clone())));
    let query: Query<Option<Vec<Person>>> = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(OrganizersQuery::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.organization.organizers))
        },
    );
    let organization = move || current.event.with_untracked(|event| event.organization.id.clone());
    let email = RwSignal::new(String::new());
    let (sending, toasts) = (Sending::default(), use_toasts());
    let add = move |()| {
        let input = AddOrganizerInput { organization_id: organization(), email: email.get_untracked() };
        let request = fetch::send(AddOrganizer::build(AddOrganizerVariables { input }));
        sending.send(async move { request.await.map_err(among_accounts) }, move |done| {
            email.set(String::new());
            query.value.set(Loaded::Here(Some(done.add_organizer.organization.organizers)));
        });
    };
    let remove = Callback::new(move |person: Person| {
        let question = untrack(|| text!("remove-organizer-question", name = person.name.clone()));
        if !browser::window().confirm_with_message(&question).unwrap_or(false) {
            return;
        }
        let input = RemoveOrganizerInput { organization_id: organization(), person_id: person.id };
        spawn_local(async move {
            match fetch::send(RemoveOrganizer::build(RemoveOrganizerVariables { input })).await {
                Ok(done) => _ = query.value.try_set(Loaded::Here(Some(done.remove_organizer.organization.organizers))),
                Err(Failure::Refused { code: Code::Conflict, .. }) => toasts.bad(untrack(|| text!("last-organizer"))),
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
        });
    });
    view! {
        <section class="section" aria-label=t!("organizers")>
            <h2>{t!("organizers")}</h2>
            <p class="muted">{t!("organizers-text")}</p>
            <Form problems=sending.problems on=add label=t!("add-organizer")>
                <div class="invite">
                    <TextField label=t!("organizer-email") name="email" kind="email" value=email/>
                    <SubmitButton label=t!("add-organizer") busy=sending.busy/>
                </div>
            </Form>
            {move || match query.value.get() {
                Loaded::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
                Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
                Loaded::Here(people) => view! {
                    <ul class="rows">
                        {people.into_iter().flatten().map(|person| view! { <Organizer person me=me.get() remove/> }).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </section>
    }
}

/// Whoever was not found was looked for among all accounts, not among the event's people.
fn among_accounts(mut failure: Failure) -> Failure {
    if let Failure::Refused { problems, .. } = &mut failure {
        problems.iter_mut().filter(|problem| problem.code == ProblemCode::NotFound).for_each(|problem| {
            problem.code = ProblemCode::NoAccount;
        });
    }
    failure
}

#[component]
fn Organizer(person: Person, me: Option<Account>, remove: Callback<Person>) -> impl IntoView {
    let own = me.is_some_and(|me| me.id == person.id);
    let (name, shown, gone) = (person.name.clone(), person.name.clone(), person);
    view! {
        <li class="row person-row">
            <Avatar name=name.clone()/>
            <div class="row-name"><strong>{name}</strong>{own.then(|| view! { <span class="muted small">{t!("that-is-you")}</span> })}</div>
            <IconButton label=t!("remove-organizer", name = shown.clone()) icon=Glyph::Close on=move |()| remove.run(gone.clone())/>
        </li>
    }
}
