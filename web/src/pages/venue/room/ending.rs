//! Why the person is not in the room (any more), and what they can do about it.

use super::Here;
use super::session::Session;
use crate::areas::ReplaysArea;
use crate::browser;
use crate::components::{Button, ButtonLink, EmptyState, Glyph, Kind, Spinner};
use crate::pages::gate::{here, sign_in_address};
use crate::state::room::Ending;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Ended(ending: Ending) -> impl IntoView {
    let Here { session, call, .. } = expect_context();
    let sessions = Signal::derive(move || session.with(|session| format!("/e/{}/sessions", session.event.slug)));
    let back = move || view! { <ButtonLink label=t!("room-back") href=sessions/> };
    let rejoin = move || view! { <Button label=t!("room-rejoin") kind=Kind::Primary on=move |()| call.enter()/> };
    match ending {
        Ending::Left => rejoin().into_any(),
        Ending::TakenOver => view! {
            <EmptyState focus=true icon=Glyph::Copy title=t!("room-taken-over-title") text=t!("room-taken-over-text")>
                <Button label=t!("room-use-here") kind=Kind::Primary on=move |()| call.enter()/>
                {back()}
            </EmptyState>
        }
        .into_any(),
        Ending::AccessLost => view! {
            <EmptyState focus=true icon=Glyph::Lock title=t!("room-access-lost-title") text=t!("room-access-lost-text")>{back()}</EmptyState>
        }
        .into_any(),
        Ending::SessionClosed => view! {
            <EmptyState focus=true icon=Glyph::Venue title=t!("room-closed-title") text=t!("room-closed-text")>{back()}</EmptyState>
        }
        .into_any(),
        // It does not open again by itself; when an organizer does that, the way in is back.
        Ending::NotOpen if session.with_untracked(Session::is_of_ended_event) => view! {
            <EmptyState focus=true icon=Glyph::Clock title=t!("venue-ended-title") text=t!("venue-ended-text")>{back()}</EmptyState>
            <ReplaysArea/>
        }
        .into_any(),
        Ending::NotOpen => view! {
            <EmptyState focus=true icon=Glyph::Clock title=t!("room-not-open-title") text=t!("room-not-open-text")>
                {rejoin()}
                {back()}
            </EmptyState>
            <ReplaysArea/>
        }
        .into_any(),
        Ending::SignedOut => view! { <SignedOut/> }.into_any(),
        Ending::Unsupported => view! {
            <EmptyState focus=true icon=Glyph::Alert title=t!("room-unsupported-title") text=t!("room-unsupported-text")>{back()}</EmptyState>
        }
        .into_any(),
        Ending::Refused => view! {
            <EmptyState focus=true icon=Glyph::Alert title=t!("room-refused-title") text=t!("room-refused-text")>
                <Button label=t!("room-reload") kind=Kind::Primary icon=Glyph::Reload on=|()| reload()/>
                {back()}
            </EmptyState>
        }
        .into_any(),
    }
}

/// Everybody who may watch at once is watching (E3).
#[component]
pub fn Waiting() -> impl IntoView {
    let Here { call, .. } = expect_context();
    view! {
        <EmptyState focus=true icon=Glyph::Waiting title=t!("room-waiting-title") text=t!("room-waiting-text")>
            <Spinner/>
            <Button label=t!("room-cancel-waiting") on=move |()| call.leave()/>
        </EmptyState>
    }
}

#[component]
pub fn SignedOut() -> impl IntoView {
    view! {
        <EmptyState focus=true icon=Glyph::SignIn title=t!("room-signed-out-title") text=t!("room-signed-out-text")>
            <ButtonLink label=t!("room-sign-in") kind=Kind::Primary href=sign_in_address(&here())/>
        </EmptyState>
    }
}

fn reload() {
    // A browser that refuses to reload leaves the page as it is.
    let _ = browser::window().location().reload();
}
