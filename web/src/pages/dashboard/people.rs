//! The people of the event: who is registered, and who organizes.

use super::registered::Registered;
use crate::api::account::Account;
use crate::api::organization::{
    Organization, Organizers as OrganizersQuery, RemoveOrganizer, RemoveOrganizerInput, RemoveOrganizerVariables,
    SlugVariables,
};
use crate::api::organizer_invitation::{
    InviteOrganizer, InviteOrganizerInput, InviteOrganizerVariables, OrganizerInvitation, WithdrawOrganizerInvitation,
    WithdrawOrganizerInvitationInput, WithdrawVariables,
};
use crate::api::query::Query;
use crate::api::registration::Person;
use crate::api::{Code, Failure, fetch};
use crate::app::Me;
use crate::components::{
    Avatar, Button, Dialog, Form, Glyph, Icon, IconButton, Kind, Skeleton, SubmitButton, TextField, use_toasts,
};
use crate::pages::event::CurrentEvent;
use crate::pages::focus;
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
        <div class="page-head">
            <h1>{t!("people")}</h1>
            // They stand below as many people as there are.
            <a class="button secondary" href="#organizers" rel="external">{t!("organizers")}</a>
        </div>
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
    let query: Query<Option<Organization>> = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(OrganizersQuery::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.organization))
        },
    );
    let organization = move || current.event.with_untracked(|event| event.organization.id.clone());
    let email = RwSignal::new(String::new());
    let (sending, toasts) = (Sending::default(), use_toasts());
    let invite = move |()| {
        let asked = email.get_untracked();
        let input = InviteOrganizerInput { organization_id: organization(), email: asked.clone() };
        let request = fetch::send(InviteOrganizer::build(InviteOrganizerVariables { input }));
        sending.send(request, move |done| {
            email.set(String::new());
            let now = done.invite_organizer.organization;
            let asked = asked.trim().to_lowercase();
            let waits = now.organizer_invitations.iter().any(|one| one.email == asked);
            toasts.good(if waits {
                text!("organizer-invited", email = text::name(&asked))
            } else {
                text!("organizer-added")
            });
            query.value.set(Loaded::Here(Some(now)));
        });
    };
    let withdraw = Callback::new(move |id: cynic::Id| {
        let input = WithdrawOrganizerInvitationInput { id };
        spawn_local(async move {
            match fetch::send(WithdrawOrganizerInvitation::build(WithdrawVariables { input })).await {
                Ok(done) => {
                    let now = done.withdraw_organizer_invitation.organization;
                    query.value.try_set(Loaded::Here(Some(now)));
                }
                // It was accepted or withdrawn meanwhile: the list says which.
                Err(Failure::Refused { code: Code::NotFound, .. }) => query.reload(),
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
        });
    });
    let (removing, open) = (RwSignal::new(None::<Person>), RwSignal::new(false));
    let ask = Callback::new(move |person: Person| {
        let alone = |now: &Option<Organization>| now.as_ref().is_some_and(|now| now.organizers.len() == 1);
        if query.value.with_untracked(|value| value.here().is_some_and(alone)) {
            return toasts.bad(untrack(|| text!("last-organizer")));
        }
        removing.set(Some(person));
        open.set(true);
    });
    let remove = move |()| {
        open.set(false);
        let Some(person) = removing.get_untracked() else { return };
        let input = RemoveOrganizerInput { organization_id: organization(), person_id: person.id };
        spawn_local(async move {
            match fetch::send(RemoveOrganizer::build(RemoveOrganizerVariables { input })).await {
                Ok(done) => {
                    query.value.try_set(Loaded::Here(Some(done.remove_organizer.organization)));
                    // Whose button had it is not in the list any more.
                    focus::keep("#organizers > h2");
                }
                Err(Failure::Refused { code: Code::Conflict, .. }) => toasts.bad(untrack(|| text!("last-organizer"))),
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
        });
    };
    let name = move || removing.with(|one| one.as_ref().map(|one| one.name.clone()).unwrap_or_default());
    view! {
        <section class="section" id="organizers" aria-label=t!("organizers")>
            <h2>{t!("organizers")}</h2>
            <p class="muted">{t!("organizers-text")}</p>
            <Form problems=sending.problems on=invite label=t!("invite-organizer")>
                <div class="invite">
                    <TextField label=t!("organizer-email") name="email" kind="email" value=email/>
                    <SubmitButton label=t!("invite-organizer") icon=Glyph::Mail busy=sending.busy/>
                </div>
            </Form>
            {move || match query.value.get() {
                Loaded::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
                Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
                Loaded::Here(None) => ().into_any(),
                Loaded::Here(Some(now)) => view! {
                    <ul class="rows">
                        {now.organizers.into_iter().map(|person| view! { <Organizer person me=me.get() remove=ask/> }).collect_view()}
                    </ul>
                    {(!now.organizer_invitations.is_empty()).then(|| view! { <Invited all=now.organizer_invitations withdraw/> })}
                }.into_any(),
            }}
        </section>
        <Dialog title=t!("remove-organizer", name = name()) open>
            <p>{move || text!("remove-organizer-question", name = name())}</p>
            <div class="form-actions">
                <Button label=t!("remove-organizer-now") kind=Kind::Danger on=remove/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}

/// Whoever was invited and has not accepted yet.
#[component]
fn Invited(all: Vec<OrganizerInvitation>, withdraw: Callback<cynic::Id>) -> impl IntoView {
    let one = move |one: OrganizerInvitation| {
        let OrganizerInvitation { id, email, is_over } = one;
        let state = if is_over { t!("invitation-over") } else { t!("invitation-open") };
        view! {
            <li class="row person-row">
                <Icon glyph=Glyph::Mail/>
                <div class="row-name"><strong>{email.clone()}</strong><span class="muted small">{state}</span></div>
                <IconButton label=t!("withdraw-invitation", email = email.clone()) icon=Glyph::Close on=move |()| withdraw.run(id.clone())/>
            </li>
        }
    };
    view! {
        <h3>{t!("invited-organizers")}</h3>
        <ul class="rows">{all.into_iter().map(one).collect_view()}</ul>
    }
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
