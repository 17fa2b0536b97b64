//! What the room says of its recording: that it is or will be recorded, and to hosts that this has stopped by itself (K1, K2).

use super::Here;
use crate::api::fetch;
use crate::api::recording::{RecordingEnd, StartRecording, StartRecordingInput, StartRecordingVariables};
use crate::components::{Button, Glyph, Icon, use_toasts};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether who goes on screen is recorded.
pub fn is_recorded() -> Memo<bool> {
    let Here { session, call, .. } = expect_context();
    Memo::new(move |_| {
        let wanted = session.with(|session| session.record && session.record_stopped.is_none());
        wanted || call.room.with(|room| room.recording)
    })
}

/// Says so before anything of the person can be in it.
#[component]
pub fn Told() -> impl IntoView {
    let recorded = is_recorded();
    view! {
        // The region is there before the words are: only then they are read aloud.
        <div role="status" class="told">
            <Show when=move || recorded.get()>
                <div class="room-warning"><Icon glyph=Glyph::Film/><p>{t!("rec-told")}</p></div>
            </Show>
        </div>
    }
}

/// Stands for as long as what is on screen is recorded.
#[component]
pub fn RecSign() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let on = Memo::new(move |_| call.room.with(|room| room.recording));
    view! {
        <Show when=move || on.get()>
            <span class="badge live" role="img" aria-label=t!("rec-on") title=t!("rec-on")>{t!("rec")}</span>
        </Show>
    }
}

/// To hosts, for as long as recording waits for one of them.
#[component]
pub fn RecordingStopped() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    let stopped = Memo::new(move |_| session.with(|session| session.record_stopped.filter(|_| session.viewer_is_host)));
    let start = move |()| {
        busy.set(true);
        let input = StartRecordingInput { session_id: session.with_untracked(|session| session.id.clone()) };
        let told = fetch::tell(StartRecording::build(StartRecordingVariables { input }));
        spawn_local(async move {
            if let Err(failure) = told.await {
                toasts.bad(untrack(|| words::failure(&failure)));
            }
            busy.try_set(false);
        });
    };
    view! {
        <div role="status" class="told">
            {move || stopped.get().map(|why| view! {
                <div class="room-banner">
                    <Icon glyph=Glyph::Alert/>
                    <p>{move || if why == RecordingEnd::Disk { text!("rec-disk") } else { text!("rec-silence") }}</p>
                    <Button label=t!("rec-again") busy on=start/>
                </div>
            })}
        </div>
    }
}
