//! Who moderates a session (D4), and who may share where that is by invitation only (D2): found by name or email, and invited
//! in the same step where they could not watch (C5).

use super::person_field::PersonField;
use super::session_details::Known;
use crate::api::chosen::{
    AddModerator, AddModeratorInput, AddModeratorVariables, AddSharer, AddSharerInput, AddSharerVariables,
    RemoveModerator, RemoveModeratorInput, RemoveModeratorVariables, RemoveSharer, RemoveSharerInput,
    RemoveSharerVariables,
};
use crate::api::registration::Person;
use crate::api::session::{Details, Saved, SessionChange};
use crate::api::{Failure, ProblemCode, fetch};
use crate::components::{Avatar, Button, Dialog, Form, Glyph, IconButton, Kind, SubmitButton, use_toasts};
use crate::pages::event::Programme;
use crate::pages::submit::Sending;
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What people are chosen for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Moderator,
    Sharer,
}

impl Role {
    fn of(self, details: &Details) -> Vec<Person> {
        match self {
            Self::Moderator => details.moderators.clone(),
            Self::Sharer => details.sharers.clone(),
        }
    }

    async fn add(self, session_id: cynic::Id, email: String, invite: bool) -> Result<Saved, Failure> {
        let invite = Some(invite);
        Ok(match self {
            Self::Moderator => {
                let input = AddModeratorInput { session_id, email, invite };
                fetch::send(AddModerator::build(AddModeratorVariables { input })).await?.add_moderator.session
            }
            Self::Sharer => {
                let input = AddSharerInput { session_id, email, invite };
                fetch::send(AddSharer::build(AddSharerVariables { input })).await?.add_sharer.session
            }
        })
    }

    async fn remove(self, session_id: cynic::Id, person_id: cynic::Id) -> Result<Saved, Failure> {
        Ok(match self {
            Self::Moderator => {
                let input = RemoveModeratorInput { session_id, person_id };
                fetch::send(RemoveModerator::build(RemoveModeratorVariables { input })).await?.remove_moderator.session
            }
            Self::Sharer => {
                let input = RemoveSharerInput { session_id, person_id };
                fetch::send(RemoveSharer::build(RemoveSharerVariables { input })).await?.remove_sharer.session
            }
        })
    }
}

/// The people of one role, and how they are added and taken away. What it does counts at once, and needs no saving.
#[component]
pub fn ChosenPeople(session_id: cynic::Id, role: Role, details: Known) -> impl IntoView {
    let programme: Programme = expect_context();
    let id = StoredValue::new(session_id);
    let (typed, sending, toasts) = (RwSignal::new(String::new()), Sending::default(), use_toasts());
    // Whom to invite as well, once somebody has said yes.
    let (outside, asking) = (RwSignal::new(String::new()), RwSignal::new(false));
    let took = move |saved: Saved| {
        details.take(saved.details);
        programme.apply(SessionChange::now(saved.session));
    };
    let (title, about, field, name) = match role {
        Role::Moderator => (t!("moderators"), t!("moderators-text"), t!("add-moderator"), "moderator"),
        Role::Sharer => (t!("sharers"), t!("sharers-text"), t!("add-sharer"), "sharer"),
    };
    let add = move |email: String, invite: bool| {
        let request = role.add(id.get_value(), email.clone(), invite);
        let asked = async move {
            match request.await {
                Err(failure) if needs_invitation(&failure) => {
                    outside.try_set(email);
                    asking.try_set(true);
                    Ok(None)
                }
                answer => answer.map(Some).map_err(|failure| named(failure, name)),
            }
        };
        sending.send(asked, move |saved: Option<Saved>| {
            if let Some(saved) = saved {
                took(saved);
                typed.set(String::new());
                asking.set(false);
            }
        });
    };
    let remove = Callback::new(move |person: cynic::Id| {
        spawn_local(async move {
            match role.remove(id.get_value(), person).await {
                Ok(saved) => took(saved),
                Err(failure) => toasts.bad(words::failure(&failure)),
            }
        });
    });
    let people = move || details.now.with(|details| role.of(details));
    view! {
        <section class="card editor-section" aria-label=title>
            <h2>{title}" "<span class="muted">{move || details.now.with(|details| role.of(details).len())}</span></h2>
            <p class="muted">{about}</p>
            <Form problems=sending.problems on=move |()| add(typed.get_untracked(), false) label=title>
                <div class="invite">
                    <PersonField label=field name typed on=move |email: String| add(email, false) hint=t!("person-field-hint")/>
                    <SubmitButton label=t!("add") busy=sending.busy/>
                </div>
            </Form>
            <ul class="rows" aria-label=title hidden=move || people().is_empty()>
                <For each=people key=|person| person.id.inner().to_owned() let:person>
                    <Row person remove/>
                </For>
            </ul>
            <Dialog title=t!("invite-too-title") open=asking>
                <p>{move || text!("invite-too-text", email = outside.get())}</p>
                <div class="form-actions">
                    <Button label=t!("invite-too") kind=Kind::Primary busy=sending.busy on=move |()| add(outside.get_untracked(), true)/>
                    <Button label=t!("cancel") on=move |()| asking.set(false)/>
                </div>
            </Dialog>
        </section>
    }
}

/// Whether the person is not among those who can watch (C5).
fn needs_invitation(failure: &Failure) -> bool {
    failure.problems().iter().any(|problem| problem.field == "invite" && problem.code == ProblemCode::Required)
}

/// What is wrong with the address stands beside the field that it was typed into.
fn named(mut failure: Failure, field: &str) -> Failure {
    if let Failure::Refused { problems, .. } = &mut failure {
        problems.iter_mut().filter(|problem| problem.field == "email").for_each(|problem| problem.field = field.into());
    }
    failure
}

#[component]
fn Row(person: Person, remove: Callback<cynic::Id>) -> impl IntoView {
    let Person { id, name } = person;
    let shown = name.clone();
    view! {
        <li class="row person-row">
            <Avatar name=name.clone() size="small"/>
            <div class="row-name"><strong>{name}</strong></div>
            <IconButton label=t!("remove-chosen", name = shown.clone()) icon=Glyph::Close on=move |()| remove.run(id.clone())/>
        </li>
    }
}
