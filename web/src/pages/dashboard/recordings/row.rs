//! One recording in the list.

use super::deleting::Deleting;
use crate::browser::{self, Style};
use crate::components::{Glyph, IconButton};
use crate::pages::event::CurrentEvent;
use crate::pages::recording::{
    Again, Download, Known, One, Playing, Problem, ReplaySwitch, State, length, name, part, size,
};
use crate::{t, text};
use leptos::prelude::*;
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
    view! {
        <li class="row recording-row">
            <div class="row-name">
                <A href=of_session>{part(recording, |one| one.session_title.clone())}</A>
                <Show when=move || deleted.get()><span class="badge creator">{t!("recording-of-deleted")}</span></Show>
                <span class="muted small">
                    {part(recording, |one| text!("recording-block", block = one.block))}" · "<Begin recording/>
                </span>
                <Problem recording/>
            </div>
            <div class="row-facts">
                <span><span class="offscreen">{t!("recording-length")}" "</span>{part(recording, length)}</span>
                <span><span class="offscreen">{t!("recording-size")}" "</span>{part(recording, |one| size(one.bytes))}</span>
                <State recording/>
                // Without its session no attendee would see it (B8).
                <Show when=move || ready.get() && !deleted.get()><ReplaySwitch known recording/></Show>
            </div>
            <div class="row-actions">
                <Again recording known/>
                <Show when=move || ready.get()>
                    <IconButton
                        label=t!("play-of", title = called.get())
                        icon=Glyph::Video
                        on=move |()| playing.play(id.get_value())
                    />
                    <Download recording/>
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
