//! The invite list of a session (C2, C3): people found by name or email, pasted as a list, taken from a file.

use super::invite_many::InviteManyDialog;
use super::person_field::PersonField;
use crate::api::fetch;
use crate::api::invitation::{
    Invitation, Invitations, InvitationsVariables, InviteMany, InviteManyInput, InviteManyPayload, InviteManyVariables,
    Uninvite, UninviteInput, UninviteVariables,
};
use crate::api::query::Pages;
use crate::api::{Failure, Problem, ProblemCode};
use crate::browser;
use crate::components::{Avatar, Button, EmptyState, Form, Glyph, IconButton, SubmitButton, use_toasts};
use crate::pages::paged::Paged;
use crate::pages::submit::Sending;
use crate::pages::words;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `version` is the session's: the list is fetched again when it changes, as somebody else may have invited. `about` says
/// what being on the list means.
#[component]
pub fn InviteList(
    session_id: cynic::Id,
    version: Memo<Option<i32>>,
    #[prop(into)] about: Signal<String>,
) -> impl IntoView {
    let (id, total) = (session_id.clone(), RwSignal::new(None::<i32>));
    let pages: Pages<Invitation> = Pages::new(
        || (),
        move |(), after| {
            let id = id.clone();
            async move {
                let answer = fetch::send(Invitations::build(InvitationsVariables { id, after })).await?;
                let page = answer.session.map(|session| session.invitations);
                total.try_set(page.as_ref().map(|page| page.total_count));
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
    let typed = RwSignal::new(String::new());
    let (sending, toasts, many) = (Sending::default(), use_toasts(), RwSignal::new(false));
    let id = session_id.clone();
    let invite = Callback::new(move |email: String| {
        if email.trim().is_empty() {
            return;
        }
        let input = InviteManyInput { session_id: id.clone(), emails: vec![email] };
        let request = async move { answered(send(input).await?) };
        sending.send(request, move |_: InviteManyPayload| {
            typed.set(String::new());
            pages.reload();
        });
    });
    let removed = session_id.clone();
    let remove = Callback::new(move |email: String| {
        let input = UninviteInput { session_id: removed.clone(), email };
        spawn_local(async move {
            if let Err(failure) = fetch::send(Uninvite::build(UninviteVariables { input })).await {
                toasts.bad(words::failure(&failure));
            }
            pages.reload();
        });
    });
    view! {
        <section class="card editor-section" aria-label=t!("invite-list")>
            <div class="page-head">
                <h2>{t!("invite-list")}" "<span class="muted">{move || total.get().map(browser::format_number)}</span></h2>
                <Button label=t!("invite-many") icon=Glyph::Upload on=move |()| many.set(true)/>
            </div>
            <p class="muted">{about}</p>
            <Form problems=sending.problems on=move |()| invite.run(typed.get_untracked()) label=t!("invite")>
                <div class="invite">
                    <PersonField label=t!("invite-by-email") name="invited" typed on=invite hint=t!("invite-hint")/>
                    <SubmitButton label=t!("invite") busy=sending.busy/>
                </div>
            </Form>
            <Paged
                pages
                key=|one: &Invitation| format!("{}/{}", one.email, one.person.is_some())
                row=move |one| view! { <Row one remove/> }
                empty=move || view! { <EmptyState icon=Glyph::Mail title=t!("nobody-invited-title") text=t!("nobody-invited-text")/> }
            />
            <InviteManyDialog session_id=session_id.clone() open=many done=move |()| pages.reload()/>
        </section>
    }
}

pub async fn send(input: InviteManyInput) -> Result<InviteManyPayload, Failure> {
    Ok(fetch::send(InviteMany::build(InviteManyVariables { input })).await?.invite_many)
}

/// The answer for one address: that it is none is a problem of the field.
fn answered(answer: InviteManyPayload) -> Result<InviteManyPayload, Failure> {
    if answer.refused.is_empty() {
        return Ok(answer);
    }
    let problem = Problem::found("invited", ProblemCode::Invalid);
    Err(Failure::Refused { code: crate::api::Code::InvalidInput, problems: vec![problem] })
}

#[component]
fn Row(one: Invitation, remove: Callback<String>) -> impl IntoView {
    let email = one.email.clone();
    let waits = one.person.is_none();
    // Until somebody registers with the address, it is all that is known of them.
    let name = one.person.map_or_else(|| one.email.clone(), |person| person.name);
    let shown = name.clone();
    let below = move || if waits { text!("invitation-waits") } else { one.email.clone() };
    view! {
        <li class="row person-row">
            <Avatar name=name.clone() size="small"/>
            <div class="row-name"><strong>{name}</strong><span class="muted small">{below}</span></div>
            <IconButton label=t!("uninvite", name = shown.clone()) icon=Glyph::Close on=move |()| remove.run(email.clone())/>
        </li>
    }
}
