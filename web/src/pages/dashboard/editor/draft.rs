//! What is typed into the form of a session: kept over a reload, and met by what another organizer saves.

use crate::api::picture::Picture;
use crate::api::session::{Details, DisplaySize, Scheduling, Session, ShareAccess, WatchAccess};
use crate::drafts;
use crate::pages::dashboard::changed_by_both::{Both, switched};
use crate::pages::dashboard::session_details::Known;
use crate::pages::submit::Sending;
use crate::state::form::Field;
use crate::state::rich_text;
use crate::state::saving::Base;
use crate::state::session_form::Typed;
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// A signal for each field.
#[derive(Clone, Copy)]
pub struct Fields {
    pub title: RwSignal<String>,
    pub description: RwSignal<String>,
    pub additional_information: RwSignal<String>,
    pub tags: RwSignal<Vec<String>>,
    pub display_size: RwSignal<DisplaySize>,
    pub priority: RwSignal<String>,
    pub watch_access: RwSignal<WatchAccess>,
    pub tickets: RwSignal<Vec<String>>,
    pub share_access: RwSignal<ShareAccess>,
    pub max_participants: RwSignal<String>,
    pub youtube_sharing: RwSignal<bool>,
    pub record: RwSignal<bool>,
    pub picture: RwSignal<Option<Picture>>,
    pub picture_alt: RwSignal<String>,
    pub scheduling: RwSignal<Scheduling>,
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
            youtube_sharing: RwSignal::new(typed.youtube_sharing),
            record: RwSignal::new(typed.record),
            picture: RwSignal::new(typed.picture),
            picture_alt: RwSignal::new(typed.picture_alt),
            scheduling: RwSignal::new(typed.scheduling),
        }
    }

    pub fn typed(self) -> Typed {
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
            youtube_sharing: self.youtube_sharing.get(),
            record: self.record.get(),
            picture: self.picture.get(),
            picture_alt: self.picture_alt.get(),
            scheduling: self.scheduling.get(),
        }
    }

    pub fn set(self, typed: Typed) {
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
        self.youtube_sharing.set(typed.youtube_sharing);
        self.record.set(typed.record);
        self.picture.set(typed.picture);
        self.picture_alt.set(typed.picture_alt);
        self.scheduling.set(typed.scheduling);
    }
}

/// A form for a session: what is typed, and what the server has.
#[derive(Clone, Copy)]
pub struct Draft {
    pub fields: Fields,
    pub saved: RwSignal<Typed>,
    /// Which version of the session that is.
    version: StoredValue<i32>,
    /// The fields that somebody else has changed as well, since they were typed in.
    pub both: RwSignal<Vec<Field>>,
    pub sending: Sending,
    /// Whether saving takes the session off the schedule (F3).
    pub unlink: RwSignal<bool>,
}

impl Draft {
    /// `key` names it among the drafts that this browser remembers.
    pub fn new(saved: Base<Typed>, key: &str) -> Self {
        let draft = Self {
            fields: Fields::of(saved.typed.clone()),
            saved: RwSignal::new(saved.typed),
            version: StoredValue::new(saved.version),
            both: RwSignal::default(),
            sending: Sending::default(),
            unlink: RwSignal::new(false),
        };
        let put_back = |left: drafts::Left<Typed>| draft.meet(&left.typed, &left.base);
        drafts::keep(key, move || draft.saved.get(), move || draft.fields.typed(), put_back);
        draft
    }

    /// Fills the fields with what is saved and, over it, what differs in `typed` from the `base` that it was typed on.
    pub fn meet(self, typed: &Typed, base: &Typed) {
        let (merged, collided) = self.saved.with_untracked(|saved| typed.merge(base, saved));
        self.fields.set(merged);
        self.both.update(|both| {
            both.retain(|known| !collided.contains(known));
            both.extend(collided);
        });
    }

    /// What it is typed on.
    pub fn base(self) -> Base<Typed> {
        Base { typed: self.saved.get_untracked(), version: self.version.get_value() }
    }

    /// Takes over what others saved, into every field that this person has not touched.
    pub fn take_over(self, theirs: Base<Typed>) {
        let base = self.saved.get_untracked();
        self.version.set_value(theirs.version);
        if theirs.typed != base {
            self.saved.set(theirs.typed);
            self.meet(&untrack(|| self.fields.typed()), &base);
        }
    }

    /// What was `sent` is saved. The server may have written it more neatly; what was typed on meanwhile stays.
    pub fn settle(self, sent: &Typed, neat: Base<Typed>) {
        let (merged, _) = untrack(|| self.fields.typed()).merge(sent, &neat.typed);
        self.version.set_value(neat.version);
        self.saved.set(neat.typed);
        self.fields.set(merged);
        self.both.set(Vec::new());
    }

    /// What both changed, and what the other one made of it.
    pub fn changed_by_both(self) -> Signal<Vec<Both>> {
        let both = move |field: Field, saved: &Typed| Both {
            field,
            name: field_name(field),
            theirs: field_text(field, saved),
        };
        Signal::derive(move || {
            let fields = self.both.get();
            self.saved.with(|saved| fields.into_iter().map(|field| both(field, saved)).collect())
        })
    }

    /// In this field the person takes what the other one made of it.
    pub fn take_theirs(self, field: Field) {
        let typed = untrack(|| self.fields.typed());
        self.fields.set(self.saved.with_untracked(|saved| typed.taking(field, saved)));
        self.both.update(|both| both.retain(|known| *known != field));
    }

    pub fn unsaved(self) -> Memo<bool> {
        Memo::new(move |_| self.fields.typed() != self.saved.get())
    }

    pub fn discard(self) {
        self.sending.problems.clear();
        self.both.set(Vec::new());
        self.fields.set(self.saved.get_untracked());
    }
}

/// Takes over what others save.
pub fn follow(draft: Draft, session: Memo<Option<Arc<Session>>>, details: Known) {
    Effect::new(move |_| {
        if let Some(session) = session.get() {
            draft.take_over(details.now.with(|details| base_of(&session, details)));
        }
    });
}

/// What the server has, in the version of the older of its parts: they come one after the other.
pub fn base_of(session: &Session, details: &Details) -> Base<Typed> {
    Base { typed: Typed::of(session, details), version: session.version.min(details.version) }
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
        "youtubeSharing" => text!("youtube-sharing"),
        "record" => text!("record"),
        _ => text!("max-participants"),
    }
}

/// What a field holds, as text.
fn field_text(field: Field, typed: &Typed) -> String {
    match field {
        "title" => typed.title.clone(),
        "description" => typed.description.clone(),
        "additionalInformation" => rich_text::plain(&typed.additional_information),
        "tags" => typed.tags.join(", "),
        "displaySize" => match typed.display_size {
            DisplaySize::Medium => text!("size-medium"),
            DisplaySize::Large => text!("size-large"),
        },
        "priority" => typed.priority.clone(),
        "watchAccess" => match typed.watch_access {
            WatchAccess::Anyone => text!("watch-anyone"),
            WatchAccess::Tickets => text!("watch-tickets"),
            WatchAccess::Private => text!("watch-private"),
            WatchAccess::Unlisted => text!("watch-unlisted"),
        },
        "pictureId" if typed.picture.is_some() => text!("theirs-picture"),
        "pictureId" => text!("theirs-no-picture"),
        "pictureAlt" => typed.picture_alt.clone(),
        "ticketTypeIds" => text!("theirs-tickets", count = typed.tickets.len()),
        "shareAccess" => match typed.share_access {
            ShareAccess::Anyone => text!("share-anyone"),
            ShareAccess::InviteOnly => text!("share-invite-only"),
            ShareAccess::Moderated => text!("share-moderated"),
        },
        "scheduling" => match typed.scheduling {
            Scheduling::AlwaysOpen => text!("always-open"),
            Scheduling::Scheduled => text!("scheduled"),
        },
        "youtubeSharing" => switched(typed.youtube_sharing),
        "record" => switched(typed.record),
        _ => typed.max_participants.clone(),
    }
}
