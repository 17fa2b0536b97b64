//! A session's cover, in its form (B3).

use crate::api::picture::Picture;
use crate::components::PictureField;
use crate::pages::event::CurrentEvent;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn SessionPicture(value: RwSignal<Option<Picture>>, alt: RwSignal<String>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let address = current.event.with_untracked(|event| format!("/events/{}/pictures", event.id.inner()));
    view! { <PictureField label=t!("picture") hint=t!("picture-hint") value address alt/> }
}
