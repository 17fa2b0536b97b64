//! The room of a session: the entrance, then the stage, or why there is neither.

mod around;
mod asking;
mod by_time;
mod chat;
mod check;
mod closing;
mod controls;
mod devices;
mod ending;
mod ending_soon;
mod entrance;
mod hands;
mod host_controls;
mod hosting;
mod info;
mod looks;
mod panel;
mod people;
mod reactions;
mod recording;
mod replays;
mod schedule_panel;
mod session;
mod share_dialog;
mod shortcuts;
mod stage;
mod tile;
mod words;
mod youtube;

pub use asking::Ask;
pub use chat::ChatPanel;
pub use check::CheckBefore;
pub use host_controls::HostControls;
pub use people::PeoplePanel;
pub use replays::Replays;
pub use share_dialog::{DeviceMenus, ShareForm};
pub use youtube::{VideoForm, VideoPlayer};

use super::landing::Landing;
use crate::api::event::{Event, EventChanged, EventIdVariables, EventState};
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::{Code, Failure, fetch};
use crate::browser;
use crate::components::{Skeleton, use_toasts};
use crate::live::call::{Call, Word};
use crate::live::shim;
use crate::pages::event::{CurrentEvent, Scope, WithEvent};
use crate::pages::gate::Failed;
use crate::pages::not_found::NotFound;
use crate::state::Loaded;
use crate::state::room::place::Place;
use crate::state::room::{Announcement, Ending, Notice, Phase};
use crate::state::timing::Timing;
use crate::text;
use cynic::{QueryBuilder, SubscriptionBuilder};
use hosting::Hosting;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use session::{RoomChanged, RoomNow, RoomVariables, Session, SessionById, SessionChanged, SessionVariables};
use std::collections::VecDeque;

/// What the room's parts share, as a context: the session as it is now, and the way into its room.
#[derive(Clone, Copy)]
struct Here {
    session: RwSignal<Session>,
    /// Who is inside, as the api knows it: for the entrance.
    now: RwSignal<RoomNow>,
    call: Call,
    /// Where the session stands by its schedule, as the clock goes on.
    timing: Memo<Timing>,
    /// Whether the person wants to be seen and heard: what they said last is asked again the next time.
    camera_wanted: RwSignal<bool>,
    microphone_wanted: RwSignal<bool>,
    /// Whether the last look before going on screen is open (D6).
    sharing: RwSignal<bool>,
    aloud: RwSignal<Aloud>,
}

impl Here {
    /// For screen readers (H8).
    fn say(self, text: String) {
        self.aloud.try_update(|aloud| aloud.say(text));
    }

    /// While the connection comes back, what is pressed would reach nobody (H5).
    fn is_away(self) -> bool {
        self.call.room.with(|room| room.phase != Phase::Inside)
    }
}

/// The page at `/e/:slug/sessions/:id`.
#[component]
pub fn Room() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| format!("session:{}", params.read().get("id").unwrap_or_default()));
    // The chunk is here by the time somebody presses the button.
    shim::preload_media();
    let query = Query::new(
        move || id.get(),
        |id| async move {
            let link_token = browser::link_token();
            let operation = SessionById::build(SessionVariables { id: cynic::Id::new(id), link_token });
            fetch::send(operation).await.map(|answer| answer.session)
        },
    );
    // The room is made once per session: a later answer to the same question must not throw anybody out. Of a session that is
    // gone too, for whoever is inside stays until the room itself closes, and it may come back meanwhile (B8).
    let shown = Memo::new(move |before: Option<&Shown>| match query.value.get() {
        Loaded::Waiting => Shown::Waiting,
        Loaded::Here(Some(session)) => Shown::Session(session.id.into_inner()),
        answer if is_absent(&answer) => match before {
            Some(Shown::Session(known)) if id.with_untracked(|id| id == known) => Shown::Session(known.clone()),
            _ => Shown::Nothing,
        },
        Loaded::Failed(Failure::Refused { code: Code::Unauthenticated, .. }) => Shown::SignedOut,
        Loaded::Failed(failure) => Shown::Failed(failure),
        Loaded::Here(None) => Shown::Nothing,
    });
    move || match shown.get() {
        Shown::Waiting => {
            view! { <main class="room room-entrance"><Skeleton shape="room-card-skeleton"/></main> }.into_any()
        }
        Shown::Session(_) => {
            let session = query.value.with_untracked(|value| value.here().cloned().flatten());
            session.map(|session| view! { <RoomOf session query/> }).into_any()
        }
        Shown::Nothing => view! { <WithEvent><Absent query/></WithEvent> }.into_any(),
        Shown::SignedOut => view! { <main class="room room-entrance"><ending::SignedOut/></main> }.into_any(),
        Shown::Failed(failure) => view! {
            <main class="room room-entrance"><Failed failure again=move |()| query.reload()/></main>
        }
        .into_any(),
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Session(String),
    Nothing,
    SignedOut,
    Failed(Failure),
}

/// Whether the answer is that there is no such session to this person.
fn is_absent(answer: &Loaded<Option<Session>>) -> bool {
    let refused = |code: Code| matches!(code, Code::NotFound | Code::InvalidInput);
    match answer {
        Loaded::Here(session) => session.is_none(),
        Loaded::Failed(failure) => failure.code().is_some_and(refused),
        Loaded::Waiting => false,
    }
}

/// There is no such session to this person (any more): who is not registered for its event does that first, and then asks
/// again.
#[component]
fn Absent(query: Query<Option<Session>>, #[prop(optional)] was_here: bool) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let inside = Memo::new(move |_| current.event.with(Event::is_open_to_viewer));
    Effect::new(move |before: Option<bool>| {
        let now = inside.get();
        if before == Some(false) && now {
            query.reload();
        }
        now
    });
    move || match (inside.get(), was_here) {
        (true, false) => view! { <NotFound/> }.into_any(),
        (true, true) => {
            view! { <main class="room room-entrance"><ending::Ended ending=Ending::AccessLost/></main> }.into_any()
        }
        (false, _) => view! { <Landing/> }.into_any(),
    }
}

#[component]
fn RoomOf(session: Session, query: Query<Option<Session>>) -> impl IntoView {
    let toasts = use_toasts();
    let aloud = RwSignal::new(Aloud::default());
    let shown = RwSignal::new(session.clone());
    let call = Call::new(session.id.inner().to_owned(), move |word| match word {
        Word::Notice(notice @ (Notice::NextSeat | Notice::RecordingOn | Notice::RecordingOff)) => {
            toasts.good(untrack(|| words::notice(notice)));
        }
        Word::Notice(notice) => toasts.bad(untrack(|| words::notice(notice))),
        // Whose turn it is to speak is the hosts' to see.
        Word::Aloud(Announcement::RaisedHand(_))
            if shown.try_with_untracked(|session| session.viewer_is_host) != Some(true) => {}
        Word::Aloud(news) => {
            aloud.try_update(|aloud| aloud.say(untrack(|| announcement(news))));
        }
    });
    let timing = by_time::timing(shown);
    let here = Here {
        session: shown,
        now: RwSignal::new(session.room.clone()),
        call,
        timing,
        camera_wanted: RwSignal::new(true),
        microphone_wanted: RwSignal::new(true),
        sharing: RwSignal::new(false),
        aloud,
    };
    provide_context(here);
    provide_context(Hosting::default());
    provide_context(chat::Talk::new(here));
    let gone = follow(here, &session, query);

    Effect::new(move |_| {
        let title = here.session.with(|session| session.title.clone());
        browser::document().set_title(&format!("{title} · {}", text!("product")));
    });

    // The address bar always holds the link that one can pass on, also after it was replaced (C4).
    let url = Memo::new(move |_| here.session.with(|session| session.url.clone()));
    Effect::new(move |_| url.with(|url| browser::keep_link(url)));

    let phase = Memo::new(move |_| call.room.with(|room| room.phase));
    let closed = Memo::new(move |_| here.session.with(|session| by_time::closed_until(session, timing.get())));
    let gone = Memo::new(move |_| gone.with(Option::is_some));
    let place = Memo::new(move |_| Place::of(phase.get(), closed.get(), gone.get()));
    view! {
        <div class="offscreen" role="log">
            <For each=move || aloud.with(|aloud| aloud.said.clone()) key=|said| said.0 let:said><p>{said.1}</p></For>
        </div>
        {move || match place.get() {
            Place::Entrance => view! { <main class="room room-entrance"><entrance::Entrance/></main> }.into_any(),
            Place::Before(opens_at) => {
                view! { <main class="room room-entrance"><by_time::Before opens_at/></main> }.into_any()
            }
            Place::Gone => {
                view! { <WithEvent scope=Scope::Part><Absent query was_here=true/></WithEvent> }.into_any()
            }
            Place::Stage => view! { <stage::StagePage/> }.into_any(),
            Place::Waiting => view! { <main class="room room-entrance"><ending::Waiting/></main> }.into_any(),
            Place::Ended(ending) => view! { <main class="room room-entrance"><ending::Ended ending/></main> }.into_any(),
        }}
    }
}

/// By which version of it the session is not there for the person; none while it is.
type Gone = RwSignal<Option<i32>>;

/// Takes a copy of the session. An older one that comes late changes nothing.
fn take(here: Here, gone: Gone, session: Session) {
    let before = gone.try_get_untracked().flatten();
    if before.is_some_and(|before| before > session.version) {
        return;
    }
    here.session.try_update(|known| {
        if known.version <= session.version {
            *known = session;
        }
    });
    if before.is_some() {
        gone.try_set(None);
        here.call.found_again();
    }
}

/// Keeps the session and who is inside as they are now, from pushed changes and from what is fetched after a reconnect; and
/// whether it is there at all.
fn follow(here: Here, session: &Session, query: Query<Option<Session>>) -> Gone {
    let Here { session: shown, now, .. } = here;
    let gone = Gone::new(None);
    let id = session.id.clone();
    Effect::new(move |_| {
        query.value.with(|answer| match answer {
            Loaded::Here(Some(session)) if session.id == id => {
                now.set(session.room.clone());
                take(here, gone, session.clone());
            }
            answer if is_absent(answer) => gone.set(Some(shown.with_untracked(|known| known.version))),
            _ => {}
        });
    });
    let live: Live = expect_context();
    let variables = RoomVariables { event_id: session.event.id.clone(), session_id: session.id.clone() };
    let changes =
        live.subscribe(&SessionChanged::build(variables.clone()), move |change: Result<SessionChanged, Failure>| {
            let Ok(change) = change else {
                // What one may see has changed: ask again.
                query.reload();
                return;
            };
            let change = change.session_changed;
            match change.session {
                Some(session) => take(here, gone, session),
                None if shown.try_with_untracked(|known| known.version <= change.version) == Some(true) => {
                    gone.try_set(Some(change.version));
                }
                None => {}
            }
        });
    // Its address may change, and the links that lead out of the room with it; and it may be over, or open again.
    let event = live.subscribe(
        &EventChanged::build(EventIdVariables { event_id: session.event.id.clone() }),
        move |change: Result<EventChanged, Failure>| {
            if let Ok(EventChanged { event_changed: event }) = change {
                if event.state == EventState::Live {
                    here.call.opened();
                }
                shown.try_update(|shown| {
                    let Event { slug, name, state, .. } = event;
                    (shown.event.slug, shown.event.name, shown.event.state) = (slug, name, state);
                });
            }
        },
    );
    let people = live.subscribe(&RoomChanged::build(variables), move |change: Result<RoomChanged, Failure>| {
        if let Ok(change) = change {
            now.try_set(change.room_changed);
        }
    });
    let subscriptions = StoredValue::new_local((changes, event, people));
    on_cleanup(move || subscriptions.dispose());
    gone
}

/// What screen readers were told last: several things may happen at once, and each is said.
#[derive(Default)]
struct Aloud {
    said: VecDeque<(u32, String)>,
    count: u32,
}

impl Aloud {
    /// How many stay; older ones have been read.
    const KEPT: usize = 8;

    fn say(&mut self, text: String) {
        self.count += 1;
        self.said.push_back((self.count, text));
        if self.said.len() > Self::KEPT {
            self.said.pop_front();
        }
    }
}

fn announcement(news: Announcement) -> String {
    match news {
        Announcement::CameOnScreen(name) => text!("room-came", name = name),
        Announcement::LeftScreen(name) => text!("room-went", name = name),
        Announcement::SharesScreen(name) => text!("room-screen-came", name = name),
        Announcement::RaisedHand(name) => text!("hand-aloud", name = name),
        Announcement::StoppedSharingScreen(name) => text!("room-screen-went", name = name),
        Announcement::SharesVideo(name) => text!("youtube-came", name = name),
        Announcement::VideoEnded => text!("youtube-went"),
    }
}
