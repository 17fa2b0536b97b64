//! What is typed into the form of a session: kept over a reload, and met by what another organizer saves.

use crate::api::picture::Picture;
use crate::api::session::{Details, DisplaySize, Scheduling, Session, ShareAccess, WatchAccess};
use crate::pages::dashboard::changed_by_both::switched;
use crate::pages::dashboard::draft::{self, FormFields};
use crate::pages::dashboard::session_details::Known;
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
    /// Whether saving takes the session off the schedule (F3), which is asked each time.
    pub unlink: RwSignal<bool>,
}

impl Fields {
    pub fn of(typed: Typed) -> Self {
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
            unlink: RwSignal::new(false),
        }
    }
}

impl FormFields for Fields {
    type Typed = Typed;

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
            youtube_sharing: self.youtube_sharing.get(),
            record: self.record.get(),
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
        self.youtube_sharing.set(typed.youtube_sharing);
        self.record.set(typed.record);
        self.picture.set(typed.picture);
        self.picture_alt.set(typed.picture_alt);
        self.scheduling.set(typed.scheduling);
    }

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

    fn field_text(field: Field, typed: &Typed) -> String {
        match field {
            "title" => typed.title.clone(),
            "description" => typed.description.clone(),
            "additionalInformation" => match rich_text::plain(&typed.additional_information) {
                words if words.is_empty() && rich_text::has_media(&typed.additional_information) => {
                    text!("theirs-media")
                }
                words => words,
            },
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
}

/// A form for a session: what is typed, and what the server has.
pub type Draft = draft::Draft<Fields>;

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
