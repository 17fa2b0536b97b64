//! Making and changing a session: its fields in sections, and beside them the card as attendees will see it (B1, B10).

use super::access_section::AccessSection;
use super::changed_by_both::ChangedByBoth;
use super::chosen_people::{ChosenPeople, Role};
use super::invite_list::InviteList;
use super::inviting::{Inviting, InvitingDialog};
use super::scheduling::SchedulingSection;
use super::session_details::{Known, WithDetails};
use super::session_picture::SessionPicture;
use super::tags::TagField;
use super::unlisted_link::UnlistedLink;
use super::visibility::VisibilitySection;
use crate::api::Failure;
use crate::api::fetch;
use crate::api::picture::Picture;
use crate::api::session::{
    CreateSession, CreateSessionVariables, DisplaySize, Saved, Scheduling, Session, SessionChange, ShareAccess,
    UpdateSession, UpdateSessionInput, UpdateSessionVariables, WatchAccess,
};
use crate::components::{
    Button, ButtonLink, Choice, Form, Glyph, Icon, Possibility, RichTextField, Skeleton, SubmitButton, TextArea,
    TextField, use_toasts,
};
use crate::drafts;
use crate::leaving::ask_before_leaving;
use crate::pages::event::{CurrentEvent, Programme, people_inside};
use crate::pages::gate::Failed;
use crate::pages::not_found::NotFound;
use crate::pages::submit::{Sending, page_title};
use crate::pages::venue::card::{Card, CardFace};
use crate::state::Loaded;
use crate::state::form::Field;
use crate::state::form::{ADDITIONAL_INFORMATION, DESCRIPTION, TITLE};
use crate::state::session_form::Typed;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use std::sync::Arc;

/// A signal for each field.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    description: RwSignal<String>,
    additional_information: RwSignal<String>,
    tags: RwSignal<Vec<String>>,
    display_size: RwSignal<DisplaySize>,
    priority: RwSignal<String>,
    watch_access: RwSignal<WatchAccess>,
    tickets: RwSignal<Vec<String>>,
    share_access: RwSignal<ShareAccess>,
    max_participants: RwSignal<String>,
    picture: RwSignal<Option<Picture>>,
    picture_alt: RwSignal<String>,
    scheduling: RwSignal<Scheduling>,
}

impl Fields {
    fn of(typed: Typed) -> Self {
        Self {
            title: RwSignal::new(typed.title),
            description: RwSignal::new(typed.description),
            additional_information: RwSignal::new(typed.additional_information),
            tags: RwSignal::new(typed.tags),
            display_size: RwSignal::new(typed.display_size),
            priority: RwSignal::new(typed.priority),
            watch_access: RwSignal::new(typed.watch_access),
            tickets: RwSignal::new(typed.tickets),
            share_access: RwSignal::new(typed.share_access),
            max_participants: RwSignal::new(typed.max_participants),
            picture: RwSignal::new(typed.picture),
            picture_alt: RwSignal::new(typed.picture_alt),
            scheduling: RwSignal::new(typed.scheduling),
        }
    }

    fn typed(self) -> Typed {
        Typed {
            title: self.title.get(),
            description: self.description.get(),
            additional_information: self.additional_information.get(),
            tags: self.tags.get(),
            display_size: self.display_size.get(),
            priority: self.priority.get(),
            watch_access: self.watch_access.get(),
            tickets: self.tickets.get(),
            share_access: self.share_access.get(),
            max_participants: self.max_participants.get(),
            picture: self.picture.get(),
            picture_alt: self.picture_alt.get(),
            scheduling: self.scheduling.get(),
        }
    }

    fn set(self, typed: Typed) {
        self.title.set(typed.title);
        self.description.set(typed.description);
        self.additional_information.set(typed.additional_information);
        self.tags.set(typed.tags);
        self.display_size.set(typed.display_size);
        self.priority.set(typed.priority);
        self.watch_access.set(typed.watch_access);
        self.tickets.set(typed.tickets);
        self.share_access.set(typed.share_access);
        self.max_participants.set(typed.max_participants);
        self.picture.set(typed.picture);
        self.picture_alt.set(typed.picture_alt);
        self.scheduling.set(typed.scheduling);
    }
}

/// A form for a session: what is typed, and what the server has.
#[derive(Clone, Copy)]
struct Draft {
    fields: Fields,
    saved: RwSignal<Typed>,
    /// The fields that somebody else has changed as well, since they were typed in.
    both: RwSignal<Vec<Field>>,
    sending: Sending,
    /// Whether saving takes the session off the schedule (F3).
    unlink: RwSignal<bool>,
}

impl Draft {
    /// `key` names it among the drafts that this browser remembers.
    fn new(saved: Typed, key: &str) -> Self {
        let draft = Self {
            fields: Fields::of(saved.clone()),
            saved: RwSignal::new(saved),
            both: RwSignal::default(),
            sending: Sending::default(),
            unlink: RwSignal::new(false),
        };
        let put_back = |left: drafts::Left<Typed>| draft.meet(&left.typed, &left.base);
        drafts::keep(key, move || draft.saved.get(), move || draft.fields.typed(), put_back);
        draft
    }

    /// Fills the fields with what is saved and, over it, what differs in `typed` from the `base` that it was typed on.
    fn meet(self, typed: &Typed, base: &Typed) {
        let (merged, collided) = self.saved.with_untracked(|saved| typed.merge(base, saved));
        self.fields.set(merged);
        self.both.update(|both| {
            both.retain(|known| !collided.contains(known));
            both.extend(collided);
        });
    }

    fn unsaved(self) -> Memo<bool> {
        Memo::new(move |_| self.fields.typed() != self.saved.get())
    }

    fn discard(self) {
        self.sending.problems.clear();
        self.both.set(Vec::new());
        self.fields.set(self.saved.get_untracked());
    }
}

/// The form of the session that the address names, or of a new one.
#[component]
pub fn SessionEditor() -> impl IntoView {
    let params = use_params_map();
    let new = params.with_untracked(|params| params.get("id").is_none());
    if new { view! { <NewSession/> }.into_any() } else { view! { <EditSession/> }.into_any() }
}

#[component]
fn NewSession() -> impl IntoView {
    page_title(|| text!("add-session"));
    let current: CurrentEvent = expect_context();
    let event = current.event.with_untracked(|event| event.id.clone());
    let key = format!("session.new.{}", event.inner());
    let draft = Draft::new(Typed::default(), &key);
    let send = adding(draft, key);
    view! {
        <div class="page-head"><h1>{t!("add-session")}</h1></div>
        <Editor draft send=move |()| send() label=t!("add-session") new=true inside=Signal::derive(|| None)/>
    }
}

/// What sends the draft as a new session, and then leads to where it goes on.
fn adding(draft: Draft, key: String) -> impl Fn() + Clone {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let event = current.event.with_untracked(|event| event.id.clone());
    let (toasts, navigate) = (use_toasts(), use_navigate());
    move || {
        let typed = untrack(|| draft.fields.typed());
        let input = match typed.create(event.clone()) {
            Ok(input) => input,
            Err(failure) => return draft.sending.problems.set(failure),
        };
        let (navigate, key) = (navigate.clone(), key.clone());
        draft.sending.send(fetch::send(CreateSession::build(CreateSessionVariables { input })), move |done| {
            let session = done.create_session.session;
            toasts.good(text!("session-added"));
            programme.apply(SessionChange::now(session.clone()));
            if draft.sending.is_left() {
                return drafts::settle(&key, typed);
            }
            draft.saved.set(typed);
            // The lists of who is invited and who may share stand there.
            let has_people = matches!(session.watch_access, WatchAccess::Private | WatchAccess::Tickets)
                || session.share_access != ShareAccess::Anyone;
            let to = if has_people {
                format!("/dashboard/{}/sessions/{}", current.slug(), session.bare_id())
            } else {
                format!("/dashboard/{}/sessions", current.slug())
            };
            navigate(&to, NavigateOptions::default());
        });
    }
}

#[component]
fn EditSession() -> impl IntoView {
    let programme: Programme = expect_context();
    let params = use_params_map();
    let id = Memo::new(move |_| format!("session:{}", params.read().get("id").unwrap_or_default()));
    // The form is made once per session: neither a change nor somebody's deletion may lose what is typed in it.
    let shown = Memo::new(move |before: Option<&Shown>| {
        let id = id.get();
        programme.sessions.with(|sessions| match sessions {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(sessions) => {
                let open = Shown::Session(id.clone());
                if sessions.find(&id).is_some() || before == Some(&open) { open } else { Shown::Nothing }
            }
        })
    });
    move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="line"/><Skeleton shape="tall"/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
        Shown::Nothing => view! { <NotFound/> }.into_any(),
        Shown::Session(id) => {
            let session = programme.session(id);
            let first = session.get_untracked();
            first.map(|first| {
                let id = first.id.clone();
                view! { <WithDetails id form=move |details| view! { <Existing first=first.clone() session details/> }.into_any()/> }
            }).into_any()
        }
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(Failure),
    Nothing,
    Session(String),
}

#[component]
fn Existing(first: Arc<Session>, session: Memo<Option<Arc<Session>>>, details: Known) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let id = first.id.clone();
    let key = format!("session.{}", id.inner());
    let draft = Draft::new(Typed::of(&first, &details.now.get_untracked()), &key);
    follow(draft, session, details);
    let toasts = use_toasts();
    let inside =
        Signal::derive(move || session.get().map(|session| session.room.clone()).filter(|room| room.people() > 0));
    let gone = Memo::new(move |_| session.with(Option::is_none));
    let title = Memo::new(move |known: Option<&String>| {
        session.get().map(|session| session.title.clone()).or_else(|| known.cloned()).unwrap_or_default()
    });
    page_title(move || title.get());
    let sent_id = id.clone();
    let add = adding(draft, key.clone());
    let inviting = Inviting::new(inside);
    let send = Callback::new(move |()| {
        if gone.get_untracked() {
            return add();
        }
        let typed = untrack(|| draft.fields.typed());
        if draft.saved.with_untracked(|saved| typed.closes_screen(saved)) && inviting.must_ask() {
            return;
        }
        let input = match draft.saved.with_untracked(|saved| typed.update(sent_id.clone(), saved)) {
            Ok(input) => UpdateSessionInput {
                unlink_segments: draft.unlink.get_untracked().then_some(true),
                invite_on_screen: inviting.take(),
                ..input
            },
            Err(failure) => return draft.sending.problems.set(failure),
        };
        let key = key.clone();
        draft.sending.send(fetch::send(UpdateSession::build(UpdateSessionVariables { input })), move |done| {
            let Saved { session, details: saved } = done.update_session.session;
            toasts.good(text!("saved"));
            let neat = Typed::of(&session, &saved);
            programme.apply(SessionChange::now(session));
            if draft.sending.is_left() {
                return drafts::settle(&key, typed);
            }
            // The server may have written it more neatly; what was typed on meanwhile stays.
            let (merged, _) = untrack(|| draft.fields.typed()).merge(&typed, &neat);
            draft.saved.set(neat);
            draft.fields.set(merged);
            draft.both.set(Vec::new());
            details.take(saved);
        });
    });
    let watched_by = Memo::new(move |_| draft.saved.with(|saved| saved.watch_access));
    let shared_by = Memo::new(move |_| draft.saved.with(|saved| saved.share_access));
    let unlisted = move || watched_by.get() == WatchAccess::Unlisted;
    let has_list = move || matches!(watched_by.get(), WatchAccess::Private | WatchAccess::Tickets);
    let about_list = Signal::derive(move || match watched_by.get() {
        WatchAccess::Tickets => text!("invite-list-tickets-text"),
        _ => text!("invite-list-text"),
    });
    let version = Memo::new(move |_| session.get().map(|session| session.version));
    let (invited_to, chosen_for) = (id.clone(), id.clone());
    let chosen = move || match shared_by.get() {
        ShareAccess::Anyone => ().into_any(),
        ShareAccess::InviteOnly => {
            view! { <ChosenPeople session_id=chosen_for.clone() role=Role::Sharer details/> }.into_any()
        }
        ShareAccess::Moderated => {
            view! { <ChosenPeople session_id=chosen_for.clone() role=Role::Moderator details/> }.into_any()
        }
    };
    let room = format!("/sessions/{}", first.bare_id());
    let open_room = Signal::derive(move || format!("/e/{}{room}", current.slug()));
    let save = Signal::derive(move || if gone.get() { text!("add-as-new") } else { text!("save") });
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            <Show when=move || !gone.get()>
                <ButtonLink label=t!("open-room") href=open_room icon=Glyph::Venue/>
            </Show>
        </div>
        <Show when=move || gone.get()>
            <div class="notice" role="status"><Icon glyph=Glyph::Alert/><p>{t!("deleted-meanwhile")}</p></div>
        </Show>
        <Show when=move || !gone.get()>
            <VisibilitySection sentences=Signal::derive(move || details.now.with(|details| details.visibility.clone()))/>
        </Show>
        <ChangedByBoth fields=Signal::derive(move || draft.both.get().into_iter().map(field_name).collect())/>
        <Editor draft send label=save new=false inside session=Some(first.id.clone())/>
        <InvitingDialog inviting send/>
        <Show when=move || unlisted() && !gone.get()><UnlistedLink session/></Show>
        <Show when=move || has_list() && !gone.get()>
            <InviteList session_id=invited_to.clone() version about=about_list/>
        </Show>
        {move || (!gone.get()).then(&chosen)}
    }
}

/// Takes over what others save, into every field that this person has not touched.
fn follow(draft: Draft, session: Memo<Option<Arc<Session>>>, details: Known) {
    Effect::new(move |known: Option<Typed>| {
        let theirs = session.get().map(|session| details.now.with(|details| Typed::of(&session, details)));
        let Some(theirs) = theirs else { return known.unwrap_or_default() };
        let base = draft.saved.get_untracked();
        if theirs != base {
            draft.saved.set(theirs.clone());
            draft.meet(&untrack(|| draft.fields.typed()), &base);
        }
        theirs
    });
}

/// A field's name as its label has it.
fn field_name(field: Field) -> String {
    match field {
        "title" => text!("title"),
        "description" => text!("description"),
        "additionalInformation" => text!("additional-information"),
        "tags" => text!("tags"),
        "displaySize" => text!("display-size"),
        "priority" => text!("priority"),
        "watchAccess" => text!("watch-access"),
        "pictureId" => text!("picture"),
        "pictureAlt" => text!("picture-alt"),
        "ticketTypeIds" => text!("ticket-types-who-watch"),
        "shareAccess" => text!("share-access"),
        "scheduling" => text!("scheduling"),
        _ => text!("max-participants"),
    }
}

#[component]
fn Editor(
    draft: Draft,
    #[prop(into)] send: Callback<()>,
    #[prop(into)] label: Signal<String>,
    new: bool,
    /// Who is in the room now, if anybody.
    inside: Signal<Option<crate::api::session::RoomState>>,
    /// The session, if it is there already.
    #[prop(default = None)]
    session: Option<cynic::Id>,
) -> impl IntoView {
    let Draft { fields, sending, .. } = draft;
    let unsaved = draft.unsaved();
    let unlink = move |()| {
        draft.unlink.set(true);
        send.run(());
        draft.unlink.set(false);
    };
    let current: CurrentEvent = expect_context();
    let event = current.event.with_untracked(|event| event.id.inner().to_owned());
    ask_before_leaving(unsaved);
    let sizes = vec![
        Possibility { value: DisplaySize::Medium, label: t!("size-medium"), hint: t!("size-medium-hint") },
        Possibility { value: DisplaySize::Large, label: t!("size-large"), hint: t!("size-large-hint") },
    ];
    let face = Signal::derive(move || CardFace {
        title: Some(fields.title.get()).filter(|title| !title.trim().is_empty()).unwrap_or_else(|| text!("title")),
        description: fields.description.get(),
        tags: fields.tags.get(),
        large: fields.display_size.get() == DisplaySize::Large,
        private: fields.watch_access.get() == WatchAccess::Private,
        picture: fields.picture.get(),
        picture_alt: fields.picture_alt.get(),
        test_run: false,
        room: inside.get(),
    });
    view! {
        <div class="editor">
            <Form problems=sending.problems on=send label=t!("session")>
                <section class="card editor-section" aria-label=t!("section-basics")>
                    <h2>{t!("section-basics")}</h2>
                    <TextField label=t!("title") name="title" value=fields.title limit=TITLE/>
                    <TextArea label=t!("description") name="description" value=fields.description limit=DESCRIPTION/>
                    <RichTextField
                        label=t!("additional-information")
                        name="additionalInformation"
                        value=fields.additional_information
                        event=event
                        limit=ADDITIONAL_INFORMATION
                        placeholder=t!("additional-information-placeholder")
                        hint=t!("additional-information-hint")
                    />
                    <TagField tags=fields.tags/>
                </section>
                <section class="card editor-section" aria-label=t!("section-display")>
                    <h2>{t!("section-display")}</h2>
                    <SessionPicture value=fields.picture alt=fields.picture_alt/>
                    <Choice legend=t!("display-size") name="displaySize" value=fields.display_size possibilities=sizes/>
                    <TextField label=t!("priority") name="priority" kind="number" value=fields.priority hint=t!("priority-hint")/>
                </section>
                <section class="card editor-section" aria-label=t!("section-access")>
                    <h2>{t!("section-access")}</h2>
                    <AccessSection watch=fields.watch_access tickets=fields.tickets share=fields.share_access new/>
                    <TextField label=t!("max-participants") name="maxParticipants" kind="number" value=fields.max_participants hint=t!("max-participants-hint")/>
                </section>
                <SchedulingSection value=fields.scheduling session unlink/>
                <div class="savebar">
                    <SubmitButton label busy=sending.busy/>
                    <Show when=move || unsaved.get()>
                        <Button label=t!("discard") on=move |()| draft.discard()/>
                        <span class="muted" role="status">{t!("unsaved")}</span>
                    </Show>
                </div>
            </Form>
            <aside class="editor-preview" aria-label=t!("preview")>
                <p class="muted small">{t!("preview-hint")}</p>
                <Card face/>
                <Show when=move || inside.with(Option::is_some)>
                    <p class="notice"><span class="badge live">{t!("live-now")}</span>{move || inside.get().map(|room| people_inside(&room))}</p>
                </Show>
            </aside>
        </div>
    }
}
