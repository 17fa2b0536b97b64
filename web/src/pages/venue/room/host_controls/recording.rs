//! How the session's recording stands (K1, K2). What has stopped by itself is started again by the banner above the stage.

use super::super::Here;
use crate::api::recording::RecordingEnd;
use crate::state::room::recorded::Recorded;
use crate::{t, text};
use leptos::prelude::*;

#[component]
pub fn Recording() -> impl IntoView {
    let Here { session, call, .. } = expect_context();
    let recorded = Memo::new(move |_| {
        let now = call.room.with(|room| room.recording);
        session.with(|session| Recorded::of(now, session.record, session.record_stopped))
    });
    view! {
        <section class="host-section" aria-label=t!("rec-title")>
            <h3>{t!("rec-title")}</h3>
            <p class="small">
                {move || match recorded.get() {
                    Recorded::Now => text!("rec-on"),
                    Recorded::Waits => text!("rec-waits"),
                    Recorded::Stopped(RecordingEnd::Disk) => text!("rec-disk"),
                    Recorded::Stopped(_) => text!("rec-silence"),
                    Recorded::Off => text!("rec-none"),
                }}
            </p>
        </section>
    }
}
