//! What the session is about, beside the stage (H6).

use super::Here;
use super::panel::{Beside, PanelFrame};
use crate::components::RichText;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn InfoPanel(beside: Beside) -> impl IntoView {
    let Here { session, .. } = expect_context();
    // Not with every change of the session: a video that plays goes on.
    let information = Memo::new(move |_| session.with(|session| session.additional_information.clone()));
    let head = view! { <h2>{t!("room-info")}</h2> }.into_any();
    view! {
        <PanelFrame beside label=t!("room-info") head close=t!("room-info-close")>
            <p class="room-panel-text">{move || session.with(|session| session.description.clone())}</p>
            <RichText html=information/>
        </PanelFrame>
    }
}
