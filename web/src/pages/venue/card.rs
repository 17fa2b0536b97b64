//! A session as a card: what attendees see of it in lists, and organizers beside the form.

use crate::api::picture::Picture;
use crate::api::session::{DisplaySize, RoomState, Session, WatchAccess};
use crate::components::{Avatar, Glyph, Icon, PictureSize, UploadedPicture};
use crate::pages::event::{Tags, people_inside};
use crate::state::person;
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::components::A;

/// Faces of people on screen that a card shows.
const FACES: usize = 4;

/// What a card shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CardFace {
    pub title: String,
    pub description: String,
    pub tags: Vec<String>,
    pub large: bool,
    pub private: bool,
    pub picture: Option<Picture>,
    pub picture_alt: String,
    /// Whether others do not see it yet (F6).
    pub test_run: bool,
    /// Who is inside, if anybody.
    pub room: Option<RoomState>,
    /// To its hosts: how many ask to go on screen there (D3).
    pub asking: i32,
}

impl From<&Session> for CardFace {
    fn from(session: &Session) -> Self {
        Self {
            title: session.title.clone(),
            description: session.description.clone(),
            tags: session.tags.clone(),
            large: session.display_size == DisplaySize::Large,
            private: session.watch_access == WatchAccess::Private,
            picture: session.picture.clone(),
            picture_alt: session.picture_alt.clone(),
            test_run: session.test_run,
            room: Some(session.room.clone()).filter(|room| room.people() > 0),
            asking: 0,
        }
    }
}

/// With an address, the whole card is a link to it.
#[component]
pub fn Card(face: Signal<CardFace>, #[prop(optional, into)] href: MaybeProp<String>) -> impl IntoView {
    let title = Memo::new(move |_| face.with(|face| face.title.clone()));
    let cover =
        Memo::new(move |_| face.with(|face| face.picture.clone().map(|picture| (picture, face.picture_alt.clone()))));
    let head = move || match href.get() {
        Some(href) => view! { <A href>{move || title.get()}</A> }.into_any(),
        None => view! { {move || title.get()} }.into_any(),
    };
    let room = Memo::new(move |_| face.with(|face| face.room.clone()));
    view! {
        <article class="session-card" class:large=move || face.with(|face| face.large)>
            {move || match cover.get() {
                Some((picture, alt)) => view! { <div class="cover"><UploadedPicture picture size=PictureSize::Card alt/></div> }.into_any(),
                None => view! { <Placeholder title/> }.into_any(),
            }}
            <div class="session-card-text">
                <h2>{head}</h2>
                {move || {
                    let description = face.with(|face| face.description.clone());
                    (!description.is_empty()).then(|| view! { <p class="muted">{description}</p> })
                }}
                {move || view! { <Tags names=face.with(|face| face.tags.clone())/> }}
                <div class="session-card-foot">
                    {move || match room.get() {
                        Some(room) => view! { <Inside room/> }.into_any(),
                        None => view! { <span>{t!("nobody-inside")}</span> }.into_any(),
                    }}
                    {move || {
                        let asking = face.with(|face| face.asking);
                        (asking > 0).then(|| view! { <span class="badge live">{text!("requests-waiting", count = asking)}</span> })
                    }}
                    <Show when=move || face.with(|face| face.test_run)>
                        <span class="badge good" title=t!("test-run-hint")>{t!("test-run")}</span>
                    </Show>
                    <Show when=move || face.with(|face| face.private)>
                        <span class="with-icon"><Icon glyph=Glyph::Lock/>{t!("watch-private")}</span>
                    </Show>
                </div>
            </div>
        </article>
    }
}

/// What stands where there is no picture: made from the title, so that it stays the same (B3).
#[component]
pub fn Placeholder(title: Memo<String>) -> impl IntoView {
    let hue = move || format!("cover hue-{}", person::hue(&title.get()));
    view! { <div class=hue aria-hidden="true">{move || person::initials(&title.get())}</div> }
}

/// Faces and numbers of who is in a room.
#[component]
pub fn Inside(room: RoomState) -> impl IntoView {
    let faces = room.on_screen.iter().take(FACES).map(|speaker| speaker.person.name.clone()).collect::<Vec<_>>();
    view! {
        <span class="badge live">{t!("live")}</span>
        {(!faces.is_empty()).then(|| view! {
            <span class="faces">{faces.into_iter().map(|name| view! { <Avatar name size="small"/> }).collect_view()}</span>
        })}
        <span>{move || people_inside(&room)}</span>
    }
}
