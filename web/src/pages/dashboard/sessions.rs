//! The event's sessions as organizers work on them: found, put in order, opened, changed, copied, deleted.

mod arranging;

use crate::api::fetch;
use crate::api::session::{DeleteSession, DeleteSessionInput, DeleteSessionVariables, Session, WatchAccess};
use crate::components::{
    Button, ButtonLink, Dialog, EmptyState, Glyph, Icon, IconButton, Kind, SearchField, Skeleton, in_address,
    use_toasts,
};
use crate::pages::copy::copy_link;
use crate::pages::event::{CurrentEvent, List, Programme, Tags, people_inside};
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::pages::words;
use crate::{t, text};
use arranging::{Arranging, Handle, duplicate, restore};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use std::sync::Arc;

/// The session that is about to be deleted, as a context, and whether the question is open.
#[derive(Clone, Copy)]
struct Deleting {
    session: RwSignal<Option<Arc<Session>>>,
    open: RwSignal<bool>,
}

impl Deleting {
    fn ask(self, session: Option<Arc<Session>>) {
        self.session.set(session);
        self.open.set(true);
    }
}

#[component]
pub fn Sessions() -> impl IntoView {
    page_title(|| text!("sessions"));
    // The form is here by the time somebody opens it.
    crate::areas::load_session_editor();
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let (search, set_search) = in_address("q");
    let (list, ids) = programme.list(move || (search.get(), String::new()));
    let deleting = Deleting { session: RwSignal::new(None), open: RwSignal::new(false) };
    provide_context(deleting);
    let arranging = Arranging::new(programme, use_toasts(), ids);
    provide_context(arranging);
    let add = move || {
        view! {
            <ButtonLink label=t!("add-session") href=current.dashboard("/sessions/new") kind=Kind::Primary icon=Glyph::Add/>
        }
    };
    view! {
        <div class="page-head"><h1>{t!("sessions")}</h1>{add()}</div>
        <div class="toolbar"><SearchField label=t!("search-sessions") value=search on=set_search/></div>
        {move || match list.get() {
            List::Waiting => view! { <div class="rows"><Skeleton shape="row"/><Skeleton shape="row"/><Skeleton shape="row"/></div> }.into_any(),
            List::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
            List::Empty => view! {
                <EmptyState icon=Glyph::Sessions title=t!("no-sessions-title") text=t!("no-sessions-text")>{add()}</EmptyState>
            }.into_any(),
            List::NoMatch => view! {
                <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                    <Button label=t!("clear-search") on=move |()| set_search.run(String::new())/>
                </EmptyState>
            }.into_any(),
            List::Here => view! {
                <ul class="rows">
                    <For each=move || ids.get() key=String::clone let:id><Row session=programme.session(id)/></For>
                </ul>
            }.into_any(),
        }}
        <DeleteDialog deleting/>
    }
}

#[component]
fn Row(session: Memo<Option<Arc<Session>>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let arranging: Arranging = expect_context();
    let deleting: Deleting = expect_context();
    let toasts = use_toasts();
    let title =
        move || session.with(|session| session.as_ref().map(|session| session.title.clone()).unwrap_or_default());
    let address = move |area: &str| {
        let id =
            session.with(|session| session.as_ref().map(|session| session.bare_id().to_owned()).unwrap_or_default());
        format!("/{area}/{}/sessions/{id}", current.slug())
    };
    let room = Signal::derive(move || address("e"));
    let copy = move |()| {
        let link =
            session.with_untracked(|session| session.as_ref().map(|session| session.url.clone()).unwrap_or_default());
        copy_link(toasts, link);
    };
    let id =
        StoredValue::new(session.with_untracked(|session| {
            session.as_ref().map(|session| session.id.inner().to_owned()).unwrap_or_default()
        }));
    let copying = RwSignal::new(false);
    let copy_session = move |()| duplicate(programme, toasts, id.get_value(), copying);
    let over = move |event: leptos::ev::DragEvent| {
        if arranging.is_dragging() {
            event.prevent_default();
        }
    };
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        arranging.drop_on(&id.get_value());
    };
    view! {
        <li class="row session-row" class:dragged=move || arranging.drags(&id.get_value()) on:dragover=over on:drop=drop>
            <Handle id title=Signal::derive(title)/>
            <div class="row-name">
                <A href=move || address("dashboard")>{title}</A>
                {move || session.get().map(|session| view! { <Tags names=session.tags.clone()/> })}
            </div>
            <div class="row-facts">
                {move || session.get().map(|session| view! { <Access access=session.watch_access/> })}
                <span class="with-icon">
                    <Icon glyph=Glyph::Viewers/>
                    {move || session.with(|session| session.as_ref().map(|session| people_inside(&session.room)))}
                </span>
            </div>
            <div class="row-actions">
                <IconButton label=t!("copy-link-of", title = title()) icon=Glyph::Link on=copy/>
                <a class="icon-button" href=room target="_blank" title=t!("open-room") aria-label=t!("open-room-of", title = title())>
                    <Icon glyph=Glyph::Venue/>
                </a>
                <IconButton label=t!("duplicate-of", title = title()) icon=Glyph::Copy on=copy_session/>
                <IconButton label=t!("delete-of", title = title()) icon=Glyph::Trash on=move |()| deleting.ask(session.get_untracked())/>
            </div>
        </li>
    }
}

/// Who can watch, in one word.
#[component]
fn Access(access: WatchAccess) -> impl IntoView {
    let (glyph, label) = match access {
        WatchAccess::Anyone => (Glyph::People, t!("watch-anyone")),
        WatchAccess::Private => (Glyph::Lock, t!("watch-private")),
        WatchAccess::Tickets => (Glyph::People, t!("watch-tickets")),
        WatchAccess::Unlisted => (Glyph::Lock, t!("watch-unlisted")),
    };
    view! { <span class="with-icon"><Icon glyph/>{label}</span> }
}

/// Asks before it deletes, and says how many are inside.
#[component]
fn DeleteDialog(deleting: Deleting) -> impl IntoView {
    let Deleting { session, open } = deleting;
    let programme: Programme = expect_context();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let id = move || session.with(|session| session.as_ref().map(|session| session.id.clone()));
    // As it is now: people may come and go while the question is open.
    let now = Memo::new(move |_| {
        let id = id()?;
        programme.sessions.with(|sessions| sessions.here().and_then(|sessions| sessions.find(id.inner()).cloned()))
    });
    let question = move || {
        now.get().map(|session| match session.room.people() {
            0 => text!("delete-session-text", title = session.title.clone()),
            people => text!("delete-session-inside", title = session.title.clone(), count = people),
        })
    };
    let delete = move |()| {
        let Some(id) = untrack(id) else { return };
        busy.set(true);
        spawn_local(async move {
            let input = DeleteSessionInput { id: id.clone() };
            match fetch::send(DeleteSession::build(DeleteSessionVariables { input })).await {
                Ok(_) => {
                    programme.remove(&id);
                    toasts.undoable(text!("session-deleted"), move || restore(programme, toasts, id.clone()));
                }
                Err(failure) => toasts.bad(words::failure(&failure)),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <Dialog title=t!("delete-session-title") open>
            <p>{question}</p>
            <div class="form-actions">
                <Button label=t!("delete") kind=Kind::Danger busy on=delete/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
