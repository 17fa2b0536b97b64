//! Who is on screen now, with what a host can do about it (D7).

use super::super::{Here, youtube};
use super::acts::{Acts, Who};
use crate::components::{Avatar, Glyph, Icon, IconButton, use_toasts};
use crate::{t, text};
use leptos::prelude::*;
use protocol::room::{Seat, Source, Speaker};

#[component]
pub fn OnScreen(acts: Acts) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let people = Memo::new(move |_| {
        call.room.with(|room| room.speakers.iter().map(|speaker| speaker.person.clone()).collect::<Vec<_>>())
    });
    view! {
        <section class="host-section" aria-label=t!("on-screen-now")>
            <h3>{t!("on-screen-now")}</h3>
            <Show
                when=move || !people.with(Vec::is_empty)
                fallback=move || view! { <p class="host-empty">{t!("room-empty-title")}</p> }
            >
                <ul class="host-list">
                    <For each=move || people.get() key=String::clone let:person><Row person acts/></For>
                </ul>
            </Show>
            <Video/>
        </section>
    }
}

/// The video that somebody else shares, which may not be among those on screen (J4).
#[component]
fn Video() -> impl IntoView {
    let (here, toasts): (Here, _) = (expect_context(), use_toasts());
    let sharer = Memo::new(move |_| {
        here.call.room.with(|room| {
            let others = room.video.as_ref().filter(|_| !room.shares_video());
            others.map(|shared| shared.video.name.clone())
        })
    });
    move || {
        sharer.get().map(|name| {
            let (shown, label) = (name.clone(), name.clone());
            view! {
                <div class="host-row">
                    <Icon glyph=Glyph::Video/>
                    <span class="host-name">{t!("youtube-of", name = shown.clone())}</span>
                    <div class="host-actions">
                        <IconButton label=t!("youtube-remove", name = label.clone()) icon=Glyph::Ban on=move |()| youtube::remove(here, toasts, &name)/>
                    </div>
                </div>
            }
        })
    }
}

#[component]
fn Row(person: String, acts: Acts) -> impl IntoView {
    let Here { call, .. } = expect_context();
    let own = call.room.with_untracked(|room| room.me.as_deref() == Some(&person));
    let person = StoredValue::new(person);
    let of = move |read: fn(&Speaker) -> bool| {
        let find = |person: &String| {
            call.room.with(|room| room.speakers.iter().find(|speaker| speaker.person == *person).is_some_and(read))
        };
        person.with_value(find)
    };
    // Kept while the row is on its way out.
    let name = RwSignal::new(call.room.with_untracked(|room| {
        let named = room.speakers.iter().find(|speaker| person.with_value(|person| speaker.person == *person));
        named.map(|speaker| speaker.name.clone()).unwrap_or_default()
    }));
    let heard = Memo::new(move |_| {
        of(|one| one.sources.contains(&Source::Microphone) && !one.muted.contains(&Source::Microphone))
    });
    let shares = Memo::new(move |_| of(|one| one.sources.iter().any(|source| source.seat() == Seat::Screen)));
    let who = move || Who { person: person.get_value(), name: name.get_untracked() };
    let shown = move || if own { text!("room-you", name = name.get()) } else { name.get() };
    view! {
        <li class="host-row">
            <Avatar name/>
            <div class="host-name">
                <strong>{shown}</strong>
                <Show when=move || shares.get()>
                    <span class="small with-icon"><Icon glyph=Glyph::ScreenShare/>{t!("shares-screen")}</span>
                </Show>
            </div>
            {(!own).then(|| view! {
                <div class="host-actions">
                    <Show when=move || heard.get()>
                        <IconButton label=t!("mute-for-everyone-name", name = name.get()) icon=Glyph::MicrophoneOff on=move |()| acts.mute(who())/>
                    </Show>
                    <Show when=move || shares.get()>
                        <IconButton label=t!("remove-screen-share-name", name = name.get()) icon=Glyph::ScreenShareOff on=move |()| acts.end_screen_share(who())/>
                    </Show>
                    <IconButton label=t!("remove-from-screen-name", name = name.get()) icon=Glyph::Ban on=move |()| acts.remove(who())/>
                </div>
            })}
        </li>
    }
}
