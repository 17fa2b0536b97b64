//! Who may see and enter a private session, beside the organizers (C2).

use crate::api::fetch;
use crate::api::invitation::{
    Invitation, Invitations, InvitationsVariables, Invite, InviteInput, InviteVariables, Uninvite, UninviteInput,
    UninviteVariables,
};
use crate::api::query::Pages;
use crate::components::{Avatar, EmptyState, Form, Glyph, IconButton, SubmitButton, TextField, use_toasts};
use crate::pages::paged::Paged;
use crate::pages::submit::Sending;
use crate::pages::words;
use crate::t;
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `version` is the session's: the list is fetched again when it changes, as somebody else may have invited.
#[component]
pub fn InviteList(session_id: cynic::Id, version: Memo<Option<i32>>) -> impl IntoView {
    let id = session_id.clone();
    let pages: Pages<Invitation> = Pages::new(
        || (),
        move |(), after| {
            let id = id.clone();
            async move {
                let answer = fetch::send(Invitations::build(InvitationsVariables { id, after })).await?;
                let page = answer.session.map(|session| session.invitations);
                Ok(page.map(|page| (page.nodes, page.page_info)))
            }
        },
    );
    Effect::new(move |before: Option<Option<i32>>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            pages.reload();
        }
        now
    });
    let email = RwSignal::new(String::new());
    let (sending, toasts) = (Sending::default(), use_toasts());
    let id = session_id.clone();
    let invite = move |()| {
        let input = InviteInput { session_id: id.clone(), email: email.get_untracked() };
        sending.send(fetch::send(Invite::build(InviteVariables { input })), move |_| {
            email.set(String::new());
            pages.reload();
        });
    };
    let remove = Callback::new(move |email: String| {
        let input = UninviteInput { session_id: session_id.clone(), email };
        spawn_local(async move {
            if let Err(failure) = fetch::send(Uninvite::build(UninviteVariables { input })).await {
                toasts.bad(words::failure(&failure));
            }
            pages.reload();
        });
    });
    view! {
        <section class="card editor-section" aria-label=t!("invite-list")>
            <h2>{t!("invite-list")}</h2>
            <p class="muted">{t!("invite-list-text")}</p>
            <Form problems=sending.problems on=invite label=t!("invite")>
                <div class="invite">
                    <TextField label=t!("invite-by-email") name="email" kind="email" value=email/>
                    <SubmitButton label=t!("invite") busy=sending.busy/>
                </div>
            </Form>
            <Paged
                pages
                key=|one: &Invitation| one.email.clone()
                row=move |one| view! { <Row one remove/> }
                empty=move || view! { <EmptyState icon=Glyph::Mail title=t!("nobody-invited-title") text=t!("nobody-invited-text")/> }
            />
        </section>
    }
}

#[component]
fn Row(one: Invitation, remove: Callback<String>) -> impl IntoView {
    let email = one.email.clone();
    // Until somebody registers with the address, it is all that is known of them.
    let name = one.person.map_or_else(|| one.email.clone(), |person| person.name);
    let shown = name.clone();
    view! {
        <li class="row person-row">
            <Avatar name=name.clone() size="small"/>
            <div class="row-name"><strong>{name}</strong><span class="muted small">{one.email}</span></div>
            <IconButton label=t!("uninvite", name = shown.clone()) icon=Glyph::Close on=move |()| remove.run(email.clone())/>
        </li>
    }
}
