//! A YouTube video that the room watches together: the button in the bar, and its place on the stage (J1–J4).

mod form;
mod player;

pub use form::VideoForm;
pub use player::VideoPlayer;

use super::Here;
use super::controls::BarButton;
use super::hosting::is_host;
use super::tile::translate;
use crate::api::fetch;
use crate::api::screen::{RemoveYoutube, RemoveYoutubeInput, RemoveYoutubeVariables};
use crate::areas::{VideoFormArea, VideoPlayerArea};
use crate::components::{Dialog, Glyph, Toasts};
use crate::live::machine::VideoWish;
use crate::pages::words;
use crate::state::room::grid::Rect;
use crate::state::room::tiles::Tile;
use crate::state::youtube::may_share;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::room::Seat;

/// The form for a link, as a context.
#[derive(Clone, Copy)]
struct Asked {
    /// It closes itself.
    open: RwSignal<bool>,
    /// What was typed, also when that could not be shared.
    link: RwSignal<String>,
}

/// Shares a video, or ends the person's own; there for who may (J3).
#[component]
pub fn VideoButton(open: RwSignal<bool>) -> impl IntoView {
    let here: Here = expect_context();
    let Here { call, session, .. } = here;
    let host = is_host();
    let own = Memo::new(move |_| call.room.with(|room| room.shares_video()));
    let may = Memo::new(move |_| {
        let (allowed, access) = session.with(|session| (session.youtube_sharing, session.share_access));
        call.room.with(|room| may_share(allowed, access, host.get(), room))
    });
    let taken = Memo::new(move |_| call.room.with(|room| room.video.is_some()));
    let full = Memo::new(move |_| call.room.with(|room| room.full(Seat::Youtube)));
    let label = Signal::derive(move || {
        if own.get() {
            text!("youtube-stop")
        } else if full.get() && !taken.get() {
            text!("youtube-full")
        } else {
            text!("youtube")
        }
    });
    let title = Signal::derive(move || match (own.get(), taken.get(), full.get()) {
        (true, _, _) => None,
        (false, true, _) => Some(text!("youtube-one-hint")),
        (false, false, true) => Some(text!("room-full-hint")),
        (false, false, false) => None,
    });
    let disabled = Signal::derive(move || here.is_away() || !own.get() && (taken.get() || full.get()));
    let press = move |()| {
        if own.get_untracked() {
            call.video(VideoWish::Stop);
        } else {
            open.set(true);
        }
    };
    view! {
        <Show when=move || may.get() || own.get()>
            <BarButton label title disabled glyph=Glyph::Video on=press/>
        </Show>
    }
}

#[component]
pub fn VideoDialog(open: RwSignal<bool>) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let link = RwSignal::new(String::new());
    let own = Memo::new(move |_| call.room.with(|room| room.shares_video()));
    Effect::new(move |_| {
        if own.get() {
            link.set(String::new());
        }
    });
    provide_context(Asked { open, link });
    view! { <Dialog title=t!("youtube-title") open><VideoFormArea/></Dialog> }
}

/// The video's place on the stage. `tile` may become none while it is on its way out.
#[component]
pub fn VideoTile(tile: Memo<Option<Tile>>, rect: Memo<Rect>) -> impl IntoView {
    let name = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| tile.name.clone()).unwrap_or_default()));
    view! {
        <div
            role="group"
            class="tile screen youtube"
            aria-label=move || text!("youtube-of", name = name.get())
            style:translate=move || translate(rect.get())
            style:inline-size=move || format!("{}px", rect.get().width)
            style:block-size=move || format!("{}px", rect.get().height)
        >
            <VideoPlayerArea/>
        </div>
    }
}

/// A host ends the video that somebody else shares, and reads what came of it (J4).
pub fn remove(here: Here, toasts: Toasts, name: &str) {
    let input = RemoveYoutubeInput { session_id: here.session.with_untracked(|session| session.id.clone()) };
    let told = fetch::tell(RemoveYoutube::build(RemoveYoutubeVariables { input }));
    let said = untrack(|| text!("youtube-was-removed", name = text::name(name)));
    spawn_local(async move {
        match told.await {
            Ok(()) => toasts.good(said),
            Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
        }
    });
}
