//! Before the room: what it is, who is inside, and one button that leads in (H1, H2).

use super::Here;
use super::by_time::{EndedBySchedule, Marks};
use super::recording::{RecordingStopped, Told};
use super::session::{RoomNow, Session};
use crate::areas::{self, CheckArea, ReplaysArea};
use crate::components::{Avatar, Button, Glyph, Icon, Kind, PictureSize, RichText, UploadedPicture};
use crate::live::shim;
use crate::pages::venue::card::Placeholder;
use crate::state::room::place::has_way_in;
use crate::state::room::{Ending, Phase, Trouble};
use crate::state::timing::Timing;
use crate::t;
use crate::text;
use leptos::prelude::*;
use leptos_router::components::A;

/// Names that are written out before the rest is a number.
const NAMES: usize = 3;

#[component]
pub fn Entrance() -> impl IntoView {
    let Here { session, now, call, timing, .. } = expect_context();
    // It is here by the time somebody asks for it.
    areas::load_check();
    let over = Memo::new(move |_| timing.get() == Timing::Over);
    let inside = Memo::new(move |_| now.with(RoomNow::people));
    let event_over = Memo::new(move |_| session.with(Session::is_of_ended_event));
    let way_in = Memo::new(move |_| has_way_in(event_over.get(), inside.get()));
    let checking = RwSignal::new(false);
    let joining = Memo::new(move |_| call.room.with(|room| room.phase == Phase::Joining));
    let left = Memo::new(move |_| call.room.with(|room| room.phase == Phase::Ended(Ending::Left)));
    let trouble = Memo::new(move |_| call.room.with(|room| room.trouble));
    let why = move || match trouble.get() {
        Some(Trouble::Packets) => text!("room-no-packets"),
        Some(Trouble::Server) | None => text!("room-no-server"),
    };
    let join_label = Signal::derive(move || match (joining.get(), left.get()) {
        (true, _) => text!("room-joining"),
        (false, true) => text!("room-rejoin"),
        (false, false) => text!("room-join"),
    });
    let check_label =
        Signal::derive(move || if checking.get() { text!("room-check-done") } else { text!("room-check") });
    let title = NodeRef::<leptos::html::H1>::new();
    // Whoever comes out of the room finds the focus here.
    let came_out = left.get_untracked();
    Effect::new(move |_| {
        if let (Some(title), true) = (title.get(), came_out) {
            // An element that cannot be focused leaves the focus where it is.
            let _ = title.focus();
        }
    });
    view! {
        <div class="entrance" class:checking=checking>
            // What there still is of an event that is over.
            <Show when=move || event_over.get()><ReplaysArea/></Show>
            <section class="entrance-card">
                <Cover/>
                <A href=move || session.with(|session| format!("/e/{}/sessions", session.event.slug)) attr:class="entrance-back">
                    <Icon glyph=Glyph::ArrowLeft/>{t!("room-back")}
                </A>
                <p class="entrance-event">{move || session.with(|session| session.event.name.clone())}<Marks/></p>
                <h1 node_ref=title tabindex="-1">{move || session.with(|session| session.title.clone())}</h1>
                <Show when=move || left.get()>
                    <p class="entrance-left" role="status"><strong>{t!("room-left-title")}</strong>" "{t!("room-left-text")}</p>
                </Show>
                <Show when=move || event_over.get()>
                    <p class="entrance-left" role="status"><strong>{t!("venue-ended-title")}</strong>" "{t!("venue-ended-text")}</p>
                </Show>
                <Show when=move || over.get() && !event_over.get()><p class="entrance-left">{t!("ended-by-schedule")}</p></Show>
                <Description/>
                <More/>
                <Show when=move || way_in.get()>
                    <Inside/>
                    <EndedBySchedule inside/>
                    <RecordingStopped/>
                    <div class="entrance-actions" on:pointerenter=move |_| call.prepare() on:focusin=move |_| call.prepare()>
                        <Button label=join_label kind=Kind::Primary busy=joining on=move |()| call.enter()/>
                        <Button label=check_label icon=Glyph::Sliders on=move |()| checking.update(|on| *on = !*on)/>
                    </div>
                    <p class="entrance-hint">{t!("room-join-hint")}</p>
                    <Told/>
                </Show>
                <Show when=move || joining.get() && trouble.get().is_some()>
                    <div class="room-warning" role="alert">
                        <Icon glyph=Glyph::WifiOff/>
                        <p><strong>{t!("room-still-trying")}</strong>" "{why}</p>
                    </div>
                </Show>
                <Show when=|| !shim::is_secure()>
                    <div class="room-warning"><Icon glyph=Glyph::Lock/><p>{t!("room-insecure")}</p></div>
                </Show>
            </section>
            <Show when=move || checking.get() && way_in.get()>
                <section class="entrance-check" aria-label=t!("room-check")>
                    <CheckArea/>
                </section>
            </Show>
            <Show when=move || !event_over.get()><ReplaysArea/></Show>
        </div>
    }
}

/// The session's picture, or what stands where there is none (B3).
#[component]
pub fn Cover() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let title = Memo::new(move |_| session.with(|session| session.title.clone()));
    let cover = Memo::new(move |_| {
        session.with(|session| session.picture.clone().map(|picture| (picture, session.picture_alt.clone())))
    });
    view! {
        <div class="entrance-cover">
            {move || match cover.get() {
                Some((picture, alt)) => view! { <UploadedPicture picture size=PictureSize::Full alt/> }.into_any(),
                None => view! { <Placeholder title/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Description() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let text = Memo::new(move |_| session.with(|session| session.description.clone()));
    move || {
        let text = text.get();
        (!text.is_empty()).then(|| view! { <p class="entrance-description">{text}</p> })
    }
}

/// What else there is to know, folded away: the way in comes first.
#[component]
fn More() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let information = Memo::new(move |_| session.with(|session| session.additional_information.clone()));
    view! {
        <Show when=move || !information.with(String::is_empty)>
            <details class="entrance-more">
                <summary>{t!("room-more")}</summary>
                <RichText html=information/>
            </details>
        </Show>
    }
}

#[component]
fn Inside() -> impl IntoView {
    let Here { now, .. } = expect_context();
    let names = Memo::new(move |_| {
        now.with(|now| now.on_screen.iter().map(|speaker| speaker.person.name.clone()).collect::<Vec<_>>())
    });
    let watching = Memo::new(move |_| now.with(|now| now.viewer_count));
    let anybody = move || watching.get() > 0;
    let sentence = move || {
        names.with(|names| {
            let shown = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
            match names.len() {
                0 => text!("room-inside-nobody"),
                count if count <= NAMES => text!("room-inside-people", names = shown),
                count => text!("room-inside-more", names = shown, count = count - NAMES),
            }
        })
    };
    view! {
        <div class="entrance-inside">
            <div class="entrance-faces">
                {move || names.get().into_iter().take(5).map(|name| view! { <Avatar name size="small"/> }).collect_view()}
            </div>
            <p>
                {sentence}
                <Show when=anybody>
                    <span class="entrance-watching"><Icon glyph=Glyph::Viewers/>{move || text!("room-watching", count = watching.get())}</span>
                </Show>
            </p>
        </div>
    }
}
