//! The event's sessions as organizers work on them: found, put in order, opened, changed, copied, deleted.

mod arranging;
mod bulk;
mod deleting;
mod leading;
mod rows;
mod selection;

use super::import_file::{ImportFile, Importing};
use super::visibility::{self, VisibilityNote, Visible};
use crate::api::session::{Session, ShareAccess, WatchAccess};
use crate::api::visibility::Thumb;
use crate::components::{
    Button, ButtonLink, EmptyState, Glyph, Icon, IconButton, Kind, SearchField, ShownPicture, Skeleton, use_toasts,
};
use crate::pages::copy::copy_link;
use crate::pages::event::{CurrentEvent, List, Programme, Tags, people_inside};
use crate::pages::filters::{FilterButton, FilterPanel, Filters};
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::pages::venue::card::Placeholder;
use crate::{t, text};
use arranging::{Arranging, Handle, duplicate};
pub use deleting::every_recording;
use deleting::{DeleteDialog, Deleting};
use leading::{Led, LedBy};
use leptos::prelude::*;
use leptos_router::components::A;
use rows::{Rows, Standing};
use selection::{BulkBar, Selection};
use std::sync::Arc;

#[component]
pub fn Sessions() -> impl IntoView {
    page_title(|| text!("sessions"));
    // The form is here by the time somebody opens it.
    crate::areas::load_session_editor();
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let (filters, open) = (Filters::in_address(), RwSignal::new(false));
    let (list, ids) = programme.list(move || filters.wanted());
    let (deleting, selection) = (Deleting::new(), Selection::default());
    provide_context(deleting);
    provide_context(selection);
    provide_context(visibility::follow());
    provide_context(leading::follow());
    let arranging = Arranging::new(programme, use_toasts(), ids);
    provide_context(arranging);
    let importing = RwSignal::new(false);
    let file = move || current.event.with(|event| format!("/events/{}/sessions.csv", event.id.inner()));
    let add = move || {
        view! {
            <ButtonLink label=t!("add-session") href=current.dashboard("/sessions/new") kind=Kind::Primary icon=Glyph::Add/>
        }
    };
    view! {
        <div class="page-head">
            <h1>{t!("sessions")}</h1>
            <div class="toolbar">
                <Button label=t!("import") icon=Glyph::Upload on=move |()| importing.set(true)/>
                <a class="button secondary" href=file rel="external" download="sessions.csv"><Icon glyph=Glyph::Download/><span>{t!("export")}</span></a>
                {add()}
            </div>
        </div>
        <div class="toolbar">
            <SearchField label=t!("search-sessions") value=filters.text on=filters.set_text/>
            <FilterButton filters open/>
        </div>
        <FilterPanel filters open/>
        {move || match list.get() {
            List::Waiting => view! { <div class="rows"><Skeleton shape="row"/><Skeleton shape="row"/><Skeleton shape="row"/></div> }.into_any(),
            List::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
            List::Empty => view! {
                <EmptyState icon=Glyph::Sessions title=t!("no-sessions-title") text=t!("no-sessions-text")>{add()}</EmptyState>
            }.into_any(),
            List::NoMatch => view! {
                <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                    <Button label=t!("clear-search") on=move |()| filters.clear()/>
                </EmptyState>
            }.into_any(),
            List::Here => view! {
                <BulkBar selection shown=ids/>
                <Rows ids/>
            }.into_any(),
        }}
        <DeleteDialog deleting selection/>
        <ImportFile what=Importing::Sessions open=importing done=move |()| ()/>
    }
}

#[component]
fn Row(session: Memo<Option<Arc<Session>>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let arranging: Arranging = expect_context();
    let (deleting, selection, visible): (Deleting, Selection, Visible) =
        (expect_context(), expect_context(), expect_context());
    let led: Led = expect_context();
    let toasts = use_toasts();
    let title =
        move || session.with(|session| session.as_ref().map(|session| session.title.clone()).unwrap_or_default());
    let bare_id = move || {
        session.with(|session| session.as_ref().map(|session| session.bare_id().to_owned()).unwrap_or_default())
    };
    let address = move |area: &str| format!("/{area}/{}/sessions/{}", current.slug(), bare_id());
    let room = Signal::derive(move || address("e"));
    let recordings = Signal::derive(move || format!("/dashboard/{}/recordings?session={}", current.slug(), bare_id()));
    let copy = move |()| {
        let link =
            session.with_untracked(|session| session.as_ref().map(|session| session.url.clone()).unwrap_or_default());
        copy_link(toasts, link);
    };
    let id =
        StoredValue::new(session.with_untracked(|session| {
            session.as_ref().map(|session| session.id.inner().to_owned()).unwrap_or_default()
        }));
    let standing = Standing::of(id.get_value());
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
        <li
            node_ref=standing.node
            class="row session-row"
            class:dragged=move || arranging.drags(&id.get_value())
            data-session=id.get_value()
            aria-posinset=move || standing.position()
            aria-setsize=move || standing.count()
            style:margin-block-start=move || standing.gap()
            on:dragover=over
            on:drop=drop
        >
            <input
                type="checkbox"
                aria-label=t!("select", title = title())
                prop:checked=move || id.with_value(|id| selection.has(id))
                on:change=move |event| id.with_value(|id| selection.set(id, event_target_checked(&event)))
            />
            <Handle id title=Signal::derive(title)/>
            <Thumbnail title=Memo::new(move |_| title()) picture=Memo::new(move |_| id.with_value(|id| visible.picture(id)))/>
            <div class="row-name">
                <A href=move || address("dashboard")>{title}</A>
                {move || session.get().and_then(|session| session.creator.clone()).map(|creator| view! { <Creator name=creator.name/> })}
                {move || session.get().map(|session| view! { <Tags names=session.tags.clone()/> })}
                <LedBy led session=id/>
                <VisibilityNote sentences=Signal::derive(move || id.with_value(|id| visible.of(id)))/>
            </div>
            <div class="row-facts">
                {move || session.get().map(|session| view! { <Access watch=session.watch_access share=session.share_access/> })}
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
                <a class="icon-button" href=recordings title=t!("recordings") aria-label=t!("recordings-of", title = title())>
                    <Icon glyph=Glyph::Film/>
                </a>
                <IconButton label=t!("duplicate-of", title = title()) icon=Glyph::Copy on=copy_session/>
                <IconButton label=t!("delete-of", title = title()) icon=Glyph::Trash on=move |()| deleting.ask(vec![id.get_value()])/>
            </div>
        </li>
    }
}

/// Its picture in small, or what stands where there is none (B3): its title stands beside it.
#[component]
fn Thumbnail(title: Memo<String>, picture: Memo<Option<Thumb>>) -> impl IntoView {
    view! {
        <div class="row-picture">
            {move || match picture.get() {
                Some(Thumb { thumb, is_animated }) => view! { <ShownPicture variant=thumb is_animated/> }.into_any(),
                None => view! { <Placeholder title/> }.into_any(),
            }}
        </div>
    }
}

/// That an attendee made the session, and who (N2).
#[component]
fn Creator(name: String) -> impl IntoView {
    view! { <span class="badge creator"><Icon glyph=Glyph::Person/>{move || text!("created-by-attendee", name = name.clone())}</span> }
}

/// Who can watch and who can share, each in a word.
#[component]
fn Access(watch: WatchAccess, share: ShareAccess) -> impl IntoView {
    let (glyph, label) = match watch {
        WatchAccess::Anyone => (Glyph::People, t!("watch-anyone")),
        WatchAccess::Private => (Glyph::Lock, t!("watch-private")),
        WatchAccess::Tickets => (Glyph::Ticket, t!("watch-tickets")),
        WatchAccess::Unlisted => (Glyph::Link, t!("watch-unlisted")),
    };
    let sharing = match share {
        ShareAccess::Anyone => t!("share-anyone"),
        ShareAccess::InviteOnly => t!("share-invite-only"),
        ShareAccess::Moderated => t!("share-moderated"),
    };
    view! {
        <span class="with-icon" title=t!("watch-access")><Icon glyph/>{label}</span>
        <span class="with-icon" title=t!("share-access")><Icon glyph=Glyph::Camera/>{sharing}</span>
    }
}
