//! Whether those who may watch the session see the recording on its page (K8).

use super::{Known, One};
use crate::api::fetch;
use crate::api::recording::{SetReplay, SetReplayInput, SetReplayVariables};
use crate::components::use_toasts;
use crate::pages::words;
use crate::t;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn ReplaySwitch(known: Known, recording: One) -> impl IntoView {
    let toasts = use_toasts();
    let now = Memo::new(move |_| recording.with(|one| one.as_ref().is_some_and(|one| one.is_replay)));
    // What the person chose shows at once, and goes back where it is refused.
    let shown = RwSignal::new(now.get_untracked());
    Effect::new(move |_| shown.set(now.get()));
    let turn = move |event: web_sys::Event| {
        let replay = event_target_checked(&event);
        let Some(recording_id) = recording.with_untracked(|one| one.as_ref().map(|one| one.id.clone())) else { return };
        shown.set(replay);
        let input = SetReplayInput { recording_id, replay };
        spawn_local(async move {
            match fetch::send(SetReplay::build(SetReplayVariables { input })).await {
                Ok(done) => known.take_answer(done.set_replay.recording),
                Err(failure) => {
                    toasts.bad(untrack(|| words::failure(&failure)));
                    shown.try_set(!replay);
                }
            }
        });
    };
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=shown on:change=turn/>
            <span>{t!("show-as-replay")}</span>
        </label>
    }
}
