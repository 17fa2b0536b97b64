//! What the session is about, beside the stage (H6).

use super::Here;
use crate::components::{Glyph, IconButton, RichText};
use crate::t;
use leptos::prelude::*;

#[component]
pub fn InfoPanel(open: RwSignal<bool>) -> impl IntoView {
    let Here { session, .. } = expect_context();
    // Not with every change of the session: a video that plays goes on.
    let information = Memo::new(move |_| session.with(|session| session.additional_information.clone()));
    view! {
        <aside class="room-panel" aria-label=t!("room-info")>
            <header>
                <h2>{t!("room-info")}</h2>
                <IconButton label=t!("room-info-close") icon=Glyph::Close on=move |()| open.set(false)/>
            </header>
            <p class="room-panel-text">{move || session.with(|session| session.description.clone())}</p>
            <RichText html=information/>
        </aside>
    }
}
