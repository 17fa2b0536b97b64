//! One recording in the list.

use super::deleting::Deleting;
use crate::api::fetch;
use crate::api::recording::{
    Recording, RecordingEnd, RecordingFailure, RecordingState, RetryRecording, RetryRecordingInput,
    RetryRecordingVariables,
};
use crate::browser::{self, Style};
use crate::components::{Button, Glyph, Icon, IconButton, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::recording::{Known, One, Playing, ReplaySwitch, State, length, name, part, size};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

#[component]
pub fn Row(recording: One) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (known, playing, deleting): (Known, Playing, Deleting) = (expect_context(), expect_context(), expect_context());
    let session = part(recording, |one| one.bare_session().to_owned());
    let of_session = move || format!("/dashboard/{}/recordings?session={}", current.slug(), session.get());
    let id = StoredValue::new(
        recording.with_untracked(|one| one.as_ref().map(|one| one.id.inner().to_owned()).unwrap_or_default()),
    );
    let called = part(recording, name);
    let deleted = Memo::new(move |_| recording.with(|one| one.as_ref().is_some_and(|one| one.session_deleted)));
    let ready = Memo::new(move |_| recording.with(|one| one.as_ref().is_some_and(|one| one.url.is_some())));
    let problem = Memo::new(move |_| recording.with(|one| one.as_deref().and_then(problem)));
    let failed = |one: &Recording| one.state == RecordingState::Failed && !one.is_lost();
    let again = Memo::new(move |_| recording.with(|one| one.as_deref().is_some_and(failed)));
    let download = part(recording, |one| one.url.as_ref().map(|url| format!("{url}?download=1")).unwrap_or_default());
    view! {
        <li class="row recording-row">
            <div class="row-name">
                <A href=of_session>{part(recording, |one| one.session_title.clone())}</A>
                <Show when=move || deleted.get()><span class="badge creator">{t!("recording-of-deleted")}</span></Show>
                <span class="muted small">
                    {part(recording, |one| text!("recording-block", block = one.block))}" · "<Begin recording/>
                </span>
                {move || problem.get().map(|said| view! {
                    <p class="problem small"><Icon glyph=Glyph::Alert/><span>{said}</span></p>
                })}
            </div>
            <div class="row-facts">
                <span><span class="offscreen">{t!("recording-length")}" "</span>{part(recording, length)}</span>
                <span><span class="offscreen">{t!("recording-size")}" "</span>{part(recording, |one| size(one.bytes))}</span>
                <State recording/>
                // Without its session no attendee would see it (B8).
                <Show when=move || ready.get() && !deleted.get()><ReplaySwitch known recording/></Show>
            </div>
            <div class="row-actions">
                <Show when=move || again.get()><Again recording known/></Show>
                <Show when=move || ready.get()>
                    <IconButton
                        label=t!("play-of", title = called.get())
                        icon=Glyph::Video
                        on=move |()| playing.play(id.get_value())
                    />
                    <a
                        class="icon-button"
                        href=download
                        rel="external"
                        download
                        title=t!("download-of", title = called.get())
                        aria-label=t!("download-of", title = called.get())
                    >
                        <Icon glyph=Glyph::Download/>
                    </a>
                </Show>
                <IconButton
                    label=t!("delete-of", title = called.get())
                    icon=Glyph::Trash
                    on=move |()| deleting.ask(id.get_value())
                />
            </div>
        </li>
    }
}

/// When it began, in the zone of the event.
#[component]
fn Begin(recording: One) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let at = Memo::new(move |_| recording.with(|one| one.as_ref().map(|one| one.started_at)));
    let zone = Memo::new(move |_| current.event.with(|event| event.time_zone.clone()));
    let written = move |style: Style| zone.with(|zone| at.get().map(|at| browser::format_instant(at, zone, style)));
    view! {
        <time
            datetime=move || at.get().map(|at| at.to_rfc3339())
            title=move || written(Style::Full).map(|full| format!("{full} · {}", zone.get()))
        >
            {move || written(Style::Moment)}
        </time>
    }
}

/// Tries once more to make it into a file.
#[component]
fn Again(recording: One, known: Known) -> impl IntoView {
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
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
    view! { <Button label=t!("try-again") icon=Glyph::Reload busy on=again/> }
}

/// Why there is no file, or less in it than somebody may expect.
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
