//! Why there is no file of a recording, and trying once more to make one (K5).

use super::{Known, One};
use crate::api::fetch;
use crate::api::recording::{
    Recording, RecordingEnd, RecordingFailure, RetryRecording, RetryRecordingInput, RetryRecordingVariables,
};
use crate::components::{Button, Glyph, Icon, use_toasts};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Why there is none, or less in it than somebody may expect; nothing where all is well.
#[component]
pub fn Problem(recording: One) -> impl IntoView {
    let problem = Memo::new(move |_| recording.with(|one| one.as_deref().and_then(problem)));
    move || {
        problem.get().map(|said| {
            view! { <p class="problem small"><Icon glyph=Glyph::Alert/><span>{said}</span></p> }
        })
    }
}

/// Tries once more to make it into a file, where that may help.
#[component]
pub fn Again(recording: One, known: Known) -> impl IntoView {
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    let helps = Memo::new(move |_| recording.with(|one| one.as_deref().is_some_and(Recording::may_be_retried)));
    let again = move |()| {
        let Some(recording_id) = recording.with_untracked(|one| one.as_ref().map(|one| one.id.clone())) else { return };
        busy.set(true);
        let input = RetryRecordingInput { recording_id };
        spawn_local(async move {
            let answer = fetch::send(RetryRecording::build(RetryRecordingVariables { input })).await;
            // First: the button may go with what is taken.
            busy.try_set(false);
            match answer {
                Ok(done) => known.take_answer(done.retry_recording.recording),
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
        });
    };
    view! { <Show when=move || helps.get()><Button label=t!("try-again") icon=Glyph::Reload busy on=again/></Show> }
}

fn problem(recording: &Recording) -> Option<String> {
    match (recording.failure, recording.end) {
        (Some(RecordingFailure::Damaged), _) => Some(text!("recording-damaged")),
        // There is nothing that could be tried again.
        (Some(RecordingFailure::Disk), Some(RecordingEnd::Disk)) if recording.is_lost() => Some(text!("rec-disk")),
        (Some(RecordingFailure::Disk), _) => Some(text!("recording-no-room")),
        (Some(RecordingFailure::Empty), _) => Some(text!("recording-nothing")),
        (Some(RecordingFailure::Encoder), _) => Some(text!("recording-no-encoder")),
        (Some(RecordingFailure::Storage), _) => Some(text!("recording-no-storage")),
        (None, Some(RecordingEnd::Disk)) => Some(text!("rec-disk")),
        (None, _) => None,
    }
}
