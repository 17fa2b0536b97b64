//! The player of the video that the room watches together, and what a person does with their own (J1).

use super::super::Here;
use super::super::hosting::is_host;
use super::remove;
use crate::components::{Button, Glyph, Icon, IconButton, use_toasts};
use crate::live::call::Call;
use crate::live::machine::VideoWish;
use crate::live::player::{Player, Said, Wanted, now};
use crate::state::youtube::{Act, Follower, Leader, Sample};
use crate::{t, text};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What a player is in the way of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    NoPlayer,
    Gone,
    NoEmbed,
    Refused,
    Broken,
}

impl Trouble {
    /// By the numbers that YouTube documents.
    fn of(error: i32) -> Self {
        match error {
            2 | 100 => Self::Gone,
            101 | 150 => Self::NoEmbed,
            153 => Self::Refused,
            _ => Self::Broken,
        }
    }

    fn words(self) -> (String, String) {
        match self {
            Self::NoPlayer => (text!("youtube-no-player-title"), text!("youtube-no-player")),
            Self::Gone => (text!("youtube-gone-title"), text!("youtube-gone")),
            Self::NoEmbed => (text!("youtube-no-embed-title"), text!("youtube-no-embed")),
            Self::Refused => (text!("youtube-refused-title"), text!("youtube-refused")),
            Self::Broken => (text!("youtube-broken-title"), text!("youtube-broken")),
        }
    }

    /// Whether the same may work now.
    fn may_pass(self) -> bool {
        matches!(self, Self::NoPlayer | Self::Refused | Self::Broken)
    }
}

/// How the own player stands.
#[derive(Clone, Copy)]
struct Screen {
    player: StoredValue<Option<Player>, LocalStorage>,
    trouble: RwSignal<Option<Trouble>>,
    ready: RwSignal<bool>,
    blocked: RwSignal<bool>,
    muted: RwSignal<bool>,
    volume: RwSignal<f64>,
}

#[component]
pub fn VideoPlayer() -> impl IntoView {
    let Here { call, .. } = expect_context();
    let tries = RwSignal::new(0);
    // Another video, sharer or try is another player; whatever else changes is none.
    let which = Memo::new(move |_| {
        let which = call.room.with(|room| Some((room.video.as_ref()?.video.video.clone(), room.shares_video())));
        which.map(|(video, leads)| (video, leads, tries.get()))
    });
    move || {
        which.get().map(|(video, leads, _)| {
            view! { <One video leads again=move |()| tries.update(|tries| *tries += 1)/> }
        })
    }
}

#[component]
fn One(video: String, leads: bool, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let screen = Screen {
        player: StoredValue::new_local(None),
        trouble: RwSignal::new(None),
        ready: RwSignal::new(false),
        blocked: RwSignal::new(false),
        muted: RwSignal::new(false),
        volume: RwSignal::new(100.0),
    };
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        let video = video.clone();
        let shared = call.room.with_untracked(|room| room.video.clone());
        let title = untrack(|| match (&shared, leads) {
            (Some(shared), false) => text!("youtube-of", name = shared.video.name.clone()),
            _ => text!("youtube-own"),
        });
        let mut own = Own::new(leads);
        spawn_local(async move {
            let start = shared.as_ref().map_or(0.0, |shared| shared.position(now()));
            let wanted = Wanted { video: &video, leads, start, title: &title };
            let player = Player::open(&place, wanted, move |said| hear(call, screen, &mut own, said)).await;
            if player.is_none() {
                screen.trouble.try_set(Some(Trouble::NoPlayer));
            }
            // The page may have gone on meanwhile: then the player goes with this.
            screen.player.try_set_value(player);
        });
    });
    on_cleanup(move || screen.player.dispose());
    let named = Memo::new(move |_| {
        call.room.with(|room| room.video.as_ref().map(|shared| shared.video.name.clone()).unwrap_or_default())
    });
    let waits = move || !screen.ready.get() && screen.trouble.get().is_none();
    view! {
        <div class="video">
            <div class="video-place" class:gone=move || screen.trouble.get().is_some() node_ref=place></div>
            <Show when=waits><p class="video-state" role="status">{t!("youtube-loading")}</p></Show>
            {move || screen.trouble.get().map(|trouble| view! { <Failed trouble again/> })}
            <div class="video-foot">
                <span class="video-name"><Icon glyph=Glyph::Video/>
                    <span>{move || if leads { text!("youtube-own") } else { text!("youtube-of", name = named.get()) }}</span>
                </span>
                <Show when=move || screen.blocked.get()>
                    <span class="offscreen" role="status">{t!("youtube-click-text")}</span>
                    <Button label=t!("youtube-click") on=move |()| act(screen, Act::Play)/>
                </Show>
                {(!leads).then(|| view! { <Sound screen/> })}
                <End leads name=named/>
            </div>
        </div>
    }
}

/// Whose player it is, which decides who follows whom.
enum Own {
    Leader(Leader),
    Follower(Follower),
}

impl Own {
    fn new(leads: bool) -> Self {
        if leads { Self::Leader(Leader::default()) } else { Self::Follower(Follower::default()) }
    }
}

fn hear(call: Call, screen: Screen, own: &mut Own, said: Said) {
    match said {
        Said::Ready => _ = screen.ready.try_set(true),
        Said::Plays => _ = screen.blocked.try_set(false),
        Said::Blocked => _ = screen.blocked.try_set(true),
        Said::Error(error) => _ = screen.trouble.try_set(Some(Trouble::of(error))),
        Said::Failed => _ = screen.trouble.try_set(Some(Trouble::NoPlayer)),
        Said::Sample(sample) => judge(call, screen, own, &sample),
    }
}

fn judge(call: Call, screen: Screen, own: &mut Own, sample: &Sample) {
    let Some(Some(shared)) = call.room.try_with_untracked(|room| room.video.clone()) else { return };
    let acts = match own {
        Own::Leader(leader) => leader.lead(&shared, sample),
        Own::Follower(follower) => follower.follow(&shared, sample),
    };
    for one in acts {
        match one {
            Act::Tell(told) => call.video(VideoWish::Tell(told)),
            other => act(screen, other),
        }
    }
}

fn act(screen: Screen, act: Act) {
    screen.player.try_with_value(|player| player.iter().for_each(|player| player.act(act)));
}

#[component]
fn Failed(trouble: Trouble, again: Callback<()>) -> impl IntoView {
    view! {
        <div class="video-state" role="alert">
            <Icon glyph=Glyph::Alert/>
            <strong>{move || trouble.words().0}</strong>
            <p>{move || trouble.words().1}</p>
            {trouble.may_pass().then(|| view! { <Button label=t!("try-again") icon=Glyph::Reload on=again/> })}
        </div>
    }
}

/// How loud the video is here.
#[component]
fn Sound(screen: Screen) -> impl IntoView {
    let Screen { player, muted, volume, .. } = screen;
    let label = Signal::derive(move || if muted.get() { text!("youtube-unmute") } else { text!("youtube-mute") });
    let icon = Signal::derive(move || if muted.get() { Glyph::SpeakerOff } else { Glyph::Speaker });
    let turn = move |()| {
        muted.update(|muted| *muted = !*muted);
        let now = muted.get_untracked();
        player.try_with_value(|player| player.iter().for_each(|player| player.set_muted(now)));
    };
    let louder = move |event| {
        let Ok(percent) = event_target_value(&event).parse::<f64>() else { return };
        volume.set(percent);
        player.try_with_value(|player| player.iter().for_each(|player| player.set_volume(percent)));
    };
    view! {
        <IconButton label icon on=turn/>
        <input class="video-volume" type="range" min="0" max="100" prop:value=volume aria-label=t!("youtube-volume") on:input=louder/>
    }
}

/// Ends the video: the own one, or as a host anybody's (J4).
#[component]
fn End(leads: bool, name: Memo<String>) -> impl IntoView {
    let here: Here = expect_context();
    let (host, toasts) = (is_host(), use_toasts());
    let end = move |()| {
        if leads {
            here.call.video(VideoWish::Stop);
        } else {
            remove(here, toasts, &name.get_untracked());
        }
    };
    let label =
        Signal::derive(move || if leads { text!("youtube-stop") } else { text!("youtube-remove", name = name.get()) });
    // A host's word goes another way.
    let disabled = Memo::new(move |_| leads && here.is_away());
    view! {
        <Show when=move || leads || host.get()><IconButton label icon=Glyph::Close disabled on=end/></Show>
    }
}
