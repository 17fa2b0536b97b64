//! The dialogs of the bulk bar: tags and access of many sessions (B8).

use crate::api::session::{
    SessionChange, ShareAccess, UpdateSessions, UpdateSessionsInput, UpdateSessionsVariables, WatchAccess,
};
use crate::api::{Failure, fetch};
use crate::components::{Button, Dialog, Form, SubmitButton, use_toasts};
use crate::pages::dashboard::tags::TagField;
use crate::pages::dashboard::ticket_picker::TicketPicker;
use crate::pages::event::Programme;
use crate::pages::inviting::InviteQuestion;
use crate::pages::submit::Sending;
use crate::state::bulk::{AT_ONCE, OnScreen, tags_of};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;

/// Changes all of them alike; `input` is made for each part that the API takes at once.
async fn change(
    programme: Programme,
    ids: Vec<String>,
    input: impl Fn(Vec<cynic::Id>) -> UpdateSessionsInput,
) -> Result<usize, Failure> {
    let mut changed = 0;
    for some in ids.chunks(AT_ONCE) {
        let input = input(some.iter().map(cynic::Id::new).collect());
        let answer = fetch::send(UpdateSessions::build(UpdateSessionsVariables { input })).await?;
        changed += answer.update_sessions.sessions.len();
        answer.update_sessions.sessions.into_iter().for_each(|session| programme.apply(SessionChange::now(session)));
    }
    Ok(changed)
}

#[component]
pub fn TagsDialog(ids: Memo<Vec<String>>, open: RwSignal<bool>) -> impl IntoView {
    let programme: Programme = expect_context();
    let (sending, toasts) = (Sending::default(), use_toasts());
    let (add, remove) = (RwSignal::new(Vec::<String>::new()), RwSignal::new(Vec::<String>::new()));
    Effect::new(move |_| {
        if open.get() {
            add.set(Vec::new());
            remove.set(Vec::new());
            sending.problems.clear();
        }
    });
    let there = Memo::new(move |_| ids.with(|ids| programme.sessions.with(|sessions| tags_of(ids, sessions.here()))));
    let send = move |()| {
        let (add, remove) = (add.get_untracked(), remove.get_untracked());
        let input = move |ids| UpdateSessionsInput {
            add_tags: Some(add.clone()),
            remove_tags: Some(remove.clone()),
            ..UpdateSessionsInput::of(ids)
        };
        sending.send(change(programme, ids.get_untracked(), input), move |count| {
            toasts.good(text!("sessions-changed", count = count));
            open.set(false);
        });
    };
    let nothing = Signal::derive(move || add.with(Vec::is_empty) && remove.with(Vec::is_empty));
    view! {
        <Dialog title=t!("bulk-tags-title", count = ids.with(Vec::len)) open>
            <Form problems=sending.problems on=send label=t!("bulk-tags")>
                <TagField tags=add/>
                <Show when=move || !there.with(Vec::is_empty)>
                    <fieldset class="choice">
                        <legend>{t!("bulk-remove-tags")}</legend>
                        <div class="filter-choices">
                            <For each=move || there.get() key=String::clone let:tag>
                                {
                                    let own = StoredValue::new(tag.clone());
                                    let toggle = move |event| remove.update(|remove| {
                                        remove.retain(|other| own.with_value(|own| other != own));
                                        if event_target_checked(&event) {
                                            remove.push(own.get_value());
                                        }
                                    });
                                    let is_chosen = move || remove.with(|remove| own.with_value(|own| remove.contains(own)));
                                    view! { <label><input type="checkbox" prop:checked=is_chosen on:change=toggle/><span>{tag}</span></label> }
                                }
                            </For>
                        </div>
                    </fieldset>
                </Show>
                <div class="form-actions">
                    <SubmitButton label=t!("save") busy=sending.busy disabled=nothing/>
                    <Button label=t!("cancel") on=move |()| open.set(false)/>
                </div>
            </Form>
        </Dialog>
    }
}

#[component]
pub fn AccessDialog(ids: Memo<Vec<String>>, open: RwSignal<bool>) -> impl IntoView {
    let programme: Programme = expect_context();
    let (sending, toasts) = (Sending::default(), use_toasts());
    let (watch, share) = (RwSignal::new(None::<WatchAccess>), RwSignal::new(None::<ShareAccess>));
    let tickets = RwSignal::new(Vec::<String>::new());
    Effect::new(move |_| {
        if open.get() {
            watch.set(None);
            share.set(None);
            tickets.set(Vec::new());
            sending.problems.clear();
        }
    });
    let by_ticket = move || watch.get() == Some(WatchAccess::Tickets);
    let on_screen =
        Memo::new(move |_| ids.with(|ids| programme.sessions.with(|sessions| OnScreen::of(ids, sessions.here()))));
    let asking = RwSignal::new(false);
    let change_all = move |invite_on_screen: Option<bool>| {
        let chosen: Vec<cynic::Id> = tickets.with_untracked(|tickets| tickets.iter().map(cynic::Id::new).collect());
        let (watch_access, share_access) = (watch.get_untracked(), share.get_untracked());
        let input = move |ids| UpdateSessionsInput {
            watch_access,
            ticket_type_ids: (watch_access == Some(WatchAccess::Tickets)).then(|| chosen.clone()),
            share_access,
            invite_on_screen,
            ..UpdateSessionsInput::of(ids)
        };
        sending.send(change(programme, ids.get_untracked(), input), move |count| {
            toasts.good(text!("sessions-changed", count = count));
            open.set(false);
        });
    };
    let send = move |()| {
        let closes = share.get_untracked() == Some(ShareAccess::InviteOnly);
        if closes && on_screen.get_untracked().people > 0 { asking.set(true) } else { change_all(None) }
    };
    let answer = Callback::new(move |invite: bool| {
        asking.set(false);
        change_all(Some(invite));
    });
    let sentence = Signal::derive(move || {
        let OnScreen { people, sessions } = on_screen.get();
        text!("bulk-on-screen", people = text!("bulk-people", count = people), count = sessions)
    });
    let watching = || {
        vec![
            (Some(WatchAccess::Anyone), t!("watch-anyone")),
            (Some(WatchAccess::Tickets), t!("watch-tickets")),
            (Some(WatchAccess::Private), t!("watch-private")),
            (Some(WatchAccess::Unlisted), t!("watch-unlisted")),
        ]
    };
    let sharing = || {
        vec![
            (Some(ShareAccess::Anyone), t!("share-anyone")),
            (Some(ShareAccess::InviteOnly), t!("share-invite-only")),
            (Some(ShareAccess::Moderated), t!("share-moderated")),
        ]
    };
    let nothing = Signal::derive(move || watch.get().is_none() && share.get().is_none());
    view! {
        <Dialog title=t!("bulk-access-title", count = ids.with(Vec::len)) open>
            <Form problems=sending.problems on=send label=t!("bulk-access")>
                <Select label=t!("watch-access") name="bulkWatch" value=watch possibilities=watching()/>
                <Show when=by_ticket><TicketPicker chosen=tickets/></Show>
                <Select label=t!("share-access") name="bulkShare" value=share possibilities=sharing()/>
                <p class="muted small">{t!("bulk-access-text")}</p>
                <div class="form-actions">
                    <SubmitButton label=t!("save") busy=sending.busy disabled=nothing/>
                    <Button label=t!("cancel") on=move |()| open.set(false)/>
                </div>
            </Form>
        </Dialog>
        <InviteQuestion open=asking sentence answer/>
    }
}

/// One of a few answers, or none: each session keeps its own then.
#[component]
fn Select<T>(
    label: Signal<String>,
    name: &'static str,
    value: RwSignal<Option<T>>,
    possibilities: Vec<(Option<T>, Signal<String>)>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let values: Vec<Option<T>> = possibilities.iter().map(|(value, _)| *value).collect();
    let choose = move |event| {
        let chosen = event_target_value(&event).parse::<usize>().ok().and_then(|place| values.get(place).copied());
        value.set(chosen.flatten());
    };
    view! {
        <div class="field">
            <div class="field-head"><label for=name>{label}</label></div>
            <select id=name on:change=choose>
                <option value="" selected=move || value.get().is_none()>{t!("leave-as-it-is")}</option>
                {possibilities.into_iter().enumerate().map(|(place, (own, label))| view! {
                    <option value=place selected=move || value.get() == own>{label}</option>
                }).collect_view()}
            </select>
        </div>
    }
}
