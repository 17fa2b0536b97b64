//! The event's cover (A3): saved as soon as it is uploaded, since nothing else depends on it.

use crate::api::event::{Event, UpdateEvent, UpdateEventInput, UpdateEventVariables};
use crate::api::fetch;
use crate::api::picture::{Picture, PictureChange};
use crate::components::{PictureField, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::submit::Sending;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;

#[component]
pub fn EventCover() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let event = current.event.get_untracked();
    let value = RwSignal::new(event.picture.clone());
    let address = format!("/events/{}/pictures", event.id.inner());
    // Somebody else may change it meanwhile.
    Effect::new(move |_| {
        let now = current.event.with(|event| event.picture.clone());
        if value.with_untracked(|value| *value != now) {
            value.set(now);
        }
    });
    let (sending, toasts) = (Sending::default(), use_toasts());
    let save = move |picture: Option<Picture>| {
        let input = change(&current.event.get_untracked(), picture.as_ref());
        sending.send(fetch::send(UpdateEvent::build(UpdateEventVariables { input })), move |done| {
            toasts.good(text!("saved"));
            current.take(done.update_event.event);
        });
    };
    provide_context(sending.problems);
    view! {
        <section class="card editor-section" aria-label=t!("event-cover")>
            <PictureField label=t!("event-cover") hint=t!("picture-hint") value address on_change=save/>
        </section>
    }
}

fn change(event: &Event, picture: Option<&Picture>) -> UpdateEventInput {
    UpdateEventInput {
        id: event.id.clone(),
        // Nobody types a cover: the last one that was chosen is the one.
        version: None,
        slug: None,
        name: None,
        description: None,
        starts_at: None,
        ends_at: None,
        time_zone: None,
        picture_id: PictureChange::between(event.picture.as_ref(), picture),
    }
}
