//! A recording that is played in front of the page. The browser's own controls are reached by keyboard, and it fetches what it
//! plays part by part.

use super::{Known, keep_focus, name};
use crate::components::{Dialog, Glyph, Icon};
use crate::t;
use leptos::prelude::*;

/// Which one is played, as a context.
#[derive(Clone, Copy, Default)]
pub struct Playing {
    id: RwSignal<Option<String>>,
    open: RwSignal<bool>,
}

impl Playing {
    pub fn play(self, id: String) {
        self.id.set(Some(id));
        self.open.set(true);
    }
}

#[component]
pub fn PlayerDialog(known: Known, playing: Playing) -> impl IntoView {
    let Playing { id, open } = playing;
    let recording = Memo::new(move |_| id.with(|id| id.as_deref().and_then(|id| known.find(id))));
    // Not with every change of it: what plays goes on.
    let url = Memo::new(move |_| recording.with(|one| one.as_ref().and_then(|one| one.url.clone())));
    let title = Memo::new(move |before: Option<&String>| {
        recording.with(|one| one.as_deref().map(name)).or_else(|| before.cloned()).unwrap_or_default()
    });
    // It was deleted meanwhile, or is no replay any more.
    Effect::new(move |_| {
        if url.with(Option::is_none) && open.get_untracked() {
            open.set(false);
            keep_focus();
        }
    });
    view! { <Dialog title open><Player url title/></Dialog> }
}

#[component]
fn Player(url: Memo<Option<String>>, title: Memo<String>) -> impl IntoView {
    let broken = RwSignal::new(false);
    view! {
        <div class="player">
            <video
                controls
                autoplay
                playsinline
                preload="metadata"
                aria-label=title
                src=move || url.get()
                on:error=move |_| broken.set(true)
            ></video>
            <div role="alert">
                <Show when=move || broken.get()>
                    <p class="problem"><Icon glyph=Glyph::Error/>{t!("recording-unplayable")}</p>
                </Show>
            </div>
            <p class="muted small">{t!("recording-no-captions")}</p>
        </div>
    }
}
