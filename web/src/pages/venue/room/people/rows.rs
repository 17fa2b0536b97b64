//! The sections above the list, and what one row of a person is.

use super::super::Here;
use super::super::hands::{self, Mark};
use super::super::hosting::{Hosting, is_host};
use super::list::Inside;
use crate::api::room_people::{RoomPerson, RoomRole};
use crate::components::{Avatar, Button, Glyph, Icon, IconButton, use_toasts};
use crate::live::shim;
use crate::state::room::tiles::Stage;
use crate::{t, text};
use leptos::prelude::*;
use protocol::room::Seat;
use std::collections::HashSet;
use std::sync::Arc;

/// Ids with names, in order.
type Named = Memo<Vec<(String, String)>>;

fn named(one: &Arc<RoomPerson>) -> (String, String) {
    (one.person.id.inner().to_owned(), one.person.name.clone())
}

/// Raised hands, hosts, and who is on screen: each person once.
#[component]
pub fn Sections(inside: Inside) -> impl IntoView {
    let Here { call, .. } = inside.here;
    let (host, toasts) = (is_host(), use_toasts());
    let hands: Named = Memo::new(move |_| {
        call.room.with(|room| room.hands.up.iter().map(|hand| (hand.person.clone(), hand.name.clone())).collect())
    });
    let raised = Memo::new(move |_| hands.with(|hands| hands.iter().map(|(id, _)| id.clone()).collect::<HashSet<_>>()));
    let hosts: Named = Memo::new(move |_| {
        raised.with(|raised| {
            let others = |one: &&Arc<RoomPerson>| !raised.contains(one.person.id.inner());
            inside.crowd.with(|crowd| crowd.hosts().iter().filter(others).map(named).collect())
        })
    });
    let on_screen: Named = Memo::new(move |_| {
        let hosts: HashSet<String> = hosts.with(|hosts| hosts.iter().map(|(id, _)| id.clone()).collect());
        raised.with(|raised| {
            let others = |id: &String| !raised.contains(id) && !hosts.contains(id);
            call.room.with(|room| {
                let speakers = room.speakers.iter().filter(|one| others(&one.person));
                speakers.map(|one| (one.person.clone(), one.name.clone())).collect()
            })
        })
    });
    let list = NodeRef::<leptos::html::Div>::new();
    // The button that was pressed goes with its row: the focus goes to the next.
    Effect::new(move |before: Option<usize>| {
        let now = hands.with(Vec::len);
        if before.is_some_and(|before| before > now) {
            request_animation_frame(move || {
                list.try_get_untracked().flatten().into_iter().for_each(|list| shim::keep_focus_in(&list));
            });
        }
        now
    });
    view! {
        <Show when=move || !hands.with(Vec::is_empty)>
            <div class="host-head">
                <h3>{t!("hands-up")}</h3>
                <Show when=move || host.get()>
                    <Button label=t!("hands-lower-all") on=move |()| hands::lower(inside.here, toasts, None)/>
                </Show>
            </div>
            // Without the head: whoever presses twice lowers two hands, and not all.
            <div node_ref=list><People inside people=hands label=t!("hands-up")/></div>
        </Show>
        <Show when=move || !hosts.with(Vec::is_empty)>
            <h3>{t!("people-hosts")}</h3>
            <People inside people=hosts label=t!("people-hosts")/>
        </Show>
        <Show when=move || !on_screen.with(Vec::is_empty)>
            <h3>{t!("on-screen-now")}</h3>
            <People inside people=on_screen label=t!("on-screen-now")/>
        </Show>
    }
}

#[component]
fn People(inside: Inside, people: Named, #[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <ul class="people-list" aria-label=label>
            <For each=move || people.get() key=Clone::clone let:one>
                <Row inside person=one.0 name=one.1/>
            </For>
        </ul>
    }
}

/// What a row knows of its place, in a list of which not all is drawn.
#[derive(Clone, Copy)]
pub struct Standing {
    /// Which row it is, and whose.
    pub own: Memo<Option<(usize, Arc<RoomPerson>)>>,
    /// Of how many.
    pub size: Signal<i32>,
}

impl Standing {
    pub fn name(self) -> Signal<String> {
        Signal::derive(move || {
            self.own.with(|own| own.as_ref().map(|(_, one)| one.person.name.clone()).unwrap_or_default())
        })
    }
}

#[component]
pub fn Row(
    inside: Inside,
    person: String,
    #[prop(into)] name: Signal<String>,
    /// Without one, what else is known of the person is looked for in the list.
    #[prop(optional)]
    standing: Option<Standing>,
) -> impl IntoView {
    let Here { call, .. } = inside.here;
    let Hosting { tile_menu, .. } = expect_context();
    let (host, toasts) = (is_host(), use_toasts());
    let own = call.room.with_untracked(|room| room.me.as_deref() == Some(&person));
    let id = StoredValue::new(person);
    let known = Memo::new(move |_| match standing {
        Some(Standing { own, .. }) => own.with(|own| own.as_ref().map(|(_, one)| Arc::clone(one))),
        None => inside.crowd.with(|crowd| {
            let is = |row: &&Arc<RoomPerson>| id.with_value(|id| row.person.id.inner() == id);
            crowd.hosts().iter().chain(crowd.rows()).find(is).cloned()
        }),
    });
    let picture = Signal::derive(move || known.with(|known| known.as_ref().and_then(|one| one.person.picture.clone())));
    let role = Memo::new(move |_| known.with(|known| known.as_ref().map(|one| one.role)));
    let hand = Memo::new(move |_| id.with_value(|id| call.room.with(|room| room.hand_of(id))));
    let tile = Memo::new(move |_| {
        let is = |person: &str| id.with_value(|id| person == id);
        call.room
            .with(|room| {
                // Most are not on screen: for them nothing is put together.
                let seated = room.speakers.iter().any(|speaker| is(&speaker.person));
                seated.then(|| {
                    let Stage { people, hidden, screens } = Stage::of(room, None);
                    // A video that they share is none of what they send.
                    let mut sent =
                        people.into_iter().chain(hidden).chain(screens).filter(|tile| tile.seat != Seat::Youtube);
                    sent.find(|tile| is(&tile.person))
                })
            })
            .flatten()
    });
    let on_screen = Memo::new(move |_| tile.with(Option::is_some));
    let menu = move || tile_menu.get().filter(|_| !own && on_screen.get()).map(|menu| menu(tile));
    let said = move || if own { text!("room-you", name = name.get()) } else { name.get() };
    let what = move || match (role.get(), on_screen.get()) {
        (Some(RoomRole::Host), _) => Some(text!("people-host")),
        (Some(RoomRole::Speaker), _) => Some(text!("people-speaker")),
        (_, true) => Some(text!("on-screen-now")),
        _ => None,
    };
    let place = move || standing?.own.with(|own| own.as_ref().map(|(place, _)| *place));
    let size = move || standing.map(|standing| standing.size.get());
    view! {
        <li class="people-row" class:own=own aria-posinset=place aria-setsize=size>
            <Avatar name size="small" picture/>
            <div class="host-name">
                <strong><bdi>{said}</bdi></strong>
                {move || what().map(|what| view! {
                    <span class="small with-icon">{on_screen.get().then(|| view! { <Icon glyph=Glyph::Camera/> })}{what}</span>
                })}
            </div>
            {move || hand.get().map(|number| view! { <Mark number/> })}
            <Show when=move || host.get() && hand.get().is_some()>
                <IconButton
                    label=t!("hand-lower-name", name = name.get())
                    icon=Glyph::HandDown
                    on=move |()| hands::lower(inside.here, toasts, Some(id.get_value()))
                />
            </Show>
            {menu}
        </li>
    }
}
