//! Deleting a recording: the question says what is lost (K5).

use crate::api::fetch;
use crate::api::recording::{
    DeleteRecording, DeleteRecordingInput, DeleteRecordingVariables, Recording, RecordingChange, RecordingState,
};
use crate::components::{Button, Dialog, Kind, use_toasts};
use crate::pages::recording::{Known, keep_focus, name};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Which one is about to be deleted, as a context, and whether the question is open.
#[derive(Clone, Copy, Default)]
pub struct Deleting {
    id: RwSignal<Option<String>>,
    open: RwSignal<bool>,
}

impl Deleting {
    pub fn ask(self, id: String) {
        self.id.set(Some(id));
        self.open.set(true);
    }
}

#[component]
pub fn DeleteDialog(known: Known, deleting: Deleting) -> impl IntoView {
    let Deleting { id, open } = deleting;
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    // As it is now, and as it was while it goes.
    let doomed = Memo::new(move |before: Option<&Option<Arc<Recording>>>| {
        let now = id.with(|id| id.as_deref().and_then(|id| known.find(id)));
        now.or_else(|| before.cloned().flatten())
    });
    let lost = move || doomed.with(|one| one.as_deref().map(lost).unwrap_or_default());
    let delete = move |()| {
        let Some(id) = id.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let recording_id = cynic::Id::new(id);
            let input = DeleteRecordingInput { recording_id: recording_id.clone() };
            match fetch::tell(DeleteRecording::build(DeleteRecordingVariables { input })).await {
                Ok(()) => {
                    known.take(RecordingChange { recording: None, deleted_id: Some(recording_id) });
                    toasts.good(untrack(|| text!("recording-deleted")));
                }
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
            open.try_set(false);
            keep_focus();
        });
    };
    view! {
        <Dialog title=t!("delete-recording-title") open>
            {move || lost().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            <div class="form-actions">
                <Button label=t!("delete") kind=Kind::Danger busy on=delete/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}

fn lost(recording: &Recording) -> Vec<String> {
    let lines = [
        Some(text!("delete-recording-text", name = name(recording))),
        recording.is_replay.then(|| text!("delete-recording-replay")),
        (recording.state == RecordingState::Recording).then(|| text!("delete-recording-now")),
    ];
    lines.into_iter().flatten().collect()
}
