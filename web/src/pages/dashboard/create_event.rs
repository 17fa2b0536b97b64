//! Making an event.

use super::SignedIn;
use super::draft::FormFields;
use super::event_form::{EventFields, EventFieldset, Typed};
use crate::api::account::Organization;
use crate::api::event::{CreateEvent as CreateEventMutation, CreateEventInput, CreateEventVariables};
use crate::api::fetch;
use crate::app::Me;
use crate::components::{ButtonLink, Form, SubmitButton};
use crate::drafts;
use crate::leaving::ask_before_leaving;
use crate::pages::gate::{AccountMenu, Brand};
use crate::pages::not_found::NotFound;
use crate::pages::submit::{Sending, page_title};
use crate::t;
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub fn CreateEvent() -> impl IntoView {
    view! { <SignedIn><OfOrganization/></SignedIn> }
}

#[component]
fn OfOrganization() -> impl IntoView {
    let Me(start) = expect_context();
    let organization = Memo::new(move |_| {
        let me = start.value.with(|start| start.here().and_then(|start| start.me.clone()));
        me.and_then(|me| me.organizations.into_iter().next())
    });
    move || match organization.get() {
        Some(organization) => view! { <Page organization/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn Page(organization: Organization) -> impl IntoView {
    page_title(|| text!("create-event"));
    let fields = EventFields::empty();
    let saved = RwSignal::new(untrack(|| fields.typed()));
    let put_back = |left: drafts::Left<Typed>| fields.put_back(&left.typed, &left.base);
    let key = format!("event.new.{}", organization.id.inner());
    drafts::keep(&key, move || saved.get(), move || fields.typed(), put_back);
    ask_before_leaving(Memo::new(move |_| fields.typed() != saved.get()));
    let sending = Sending::default();
    let navigate = use_navigate();
    let send = move |()| {
        let (starts_at, ends_at) = match fields.times() {
            Ok(times) => times,
            Err(failure) => return sending.problems.set(failure),
        };
        let input = CreateEventInput {
            organization_id: organization.id.clone(),
            slug: fields.slug.get_untracked(),
            name: fields.name.get_untracked(),
            description: Some(fields.description.get_untracked()),
            starts_at,
            ends_at,
            time_zone: fields.time_zone.get_untracked(),
        };
        let (navigate, sent, key) = (navigate.clone(), untrack(|| fields.typed()), key.clone());
        sending.send(fetch::send(CreateEventMutation::build(CreateEventVariables { input })), move |done| {
            if sending.is_left() {
                // Who left the form is not led into the event.
                return drafts::settle(&key, sent);
            }
            saved.set(sent);
            navigate(&format!("/dashboard/{}", done.create_event.event.slug), NavigateOptions::default());
        });
    };
    view! {
        <header class="gate-top"><Brand/><AccountMenu/></header>
        <main class="page">
            <div class="page-head"><h1>{t!("create-event")}</h1></div>
            <div class="card">
                <Form problems=sending.problems on=send>
                    <EventFieldset fields/>
                    <div class="form-actions">
                        <SubmitButton label=t!("create-event") busy=sending.busy/>
                        <ButtonLink label=t!("cancel") href="/"/>
                    </div>
                </Form>
            </div>
        </main>
    }
}
