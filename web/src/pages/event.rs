//! The event that a page belongs to: fetched by its address, kept as it is now, with the sessions that the person finds.

use super::gate::{Failed, is_signed_in};
use super::gathered::Gathered;
use super::not_found::NotFound;
use super::words;
use crate::api::event::{
    Event, EventBySlug, EventChanged, EventIdVariables, EventState, MyStandingChanged, SlugVariables,
};
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::session::{
    EventIdVariables as OfEvent, RoomChanged, RoomState, Session, SessionChange, SessionChanged, Sessions as Page,
    SessionsVariables,
};
use crate::api::{DateTime, Failure, fetch};
use crate::app::Clock;
use crate::browser::{self, Style};
use crate::components::Skeleton;
use crate::state::Loaded;
use crate::state::session_filter::Filter;
use crate::state::sessions::{Heard, Sessions};
use crate::state::timetable::Turn;
use crate::{t, text};
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use std::sync::Arc;

/// The event as it is now, as a context.
#[derive(Clone, Copy)]
pub struct CurrentEvent {
    pub event: RwSignal<Event>,
    query: Query<Option<Event>>,
    /// Grows whenever what the person is in the event has changed: they may find something else then (C6).
    standing: RwSignal<u32>,
}

/// What is made with an event around it.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Scope {
    /// A page, with the list of sessions.
    #[default]
    Page,
    /// A part of a page that is there already, and needs no list of sessions.
    Part,
}

impl CurrentEvent {
    /// Takes a newer copy; an older one that comes late changes nothing.
    pub fn take(self, event: Event) {
        self.event.try_update(|known| {
            if known.id == event.id && known.version <= event.version {
                *known = event;
            }
        });
    }

    pub fn reload(self) {
        self.query.reload();
    }

    /// Follows what the person is in the event, where it is called reactively.
    pub fn track_standing(self) {
        self.standing.track();
    }

    pub fn slug(self) -> String {
        self.event.with(|event| event.slug.clone())
    }

    /// An address below the event's in the dashboard.
    pub fn dashboard(self, rest: &'static str) -> Signal<String> {
        Signal::derive(move || format!("/dashboard/{}{rest}", self.slug()))
    }

    /// An address below the event's in the venue.
    pub fn venue(self, rest: &'static str) -> Signal<String> {
        Signal::derive(move || format!("/e/{}{rest}", self.slug()))
    }
}

/// The sessions that the person finds, as a context.
#[derive(Clone, Copy)]
pub struct Programme {
    /// Those that this place lists.
    pub sessions: Signal<Loaded<Sessions>>,
    /// All of them.
    found: RwSignal<Loaded<Sessions>>,
    query: Query<Vec<Session>>,
    heard: StoredValue<Heard>,
}

/// What a list of sessions shows as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    Waiting,
    Failed(Failure),
    /// There is no session at all.
    Empty,
    /// There are some, but none that was looked for.
    NoMatch,
    Here,
}

impl Programme {
    /// As the venue lists them: only what is open now, which changes by itself as time goes on (F5), and nothing unlisted.
    pub fn in_venue(self) -> Self {
        let clock: Clock = expect_context();
        let turn = Memo::new(move |_| {
            let now = clock.now();
            self.found.with(|found| found.here().map(|found| found.turn(now)))
        });
        Effect::new(move |_| {
            if let Some(Turn { until: Some(until), .. }) = turn.get() {
                clock.tick_at(until);
            }
        });
        let listed = Memo::new(move |_| {
            let since = turn.get().map(|turn| turn.since).unwrap_or_default();
            self.found.with(|found| found.map(|found| found.listed(since)))
        });
        Self { sessions: listed.into(), ..self }
    }

    pub fn reload(self) {
        self.query.reload();
    }

    /// One session as it is now; none when it is not found (any more).
    pub fn session(self, id: String) -> Memo<Option<Arc<Session>>> {
        Memo::new(move |_| {
            self.sessions.with(|sessions| sessions.here().and_then(|sessions| sessions.find(&id).cloned()))
        })
    }

    /// The ids of the sessions that are wanted, in the order of lists; and what to show.
    pub fn list(self, wanted: impl Fn() -> Filter + Send + Sync + 'static) -> (Memo<List>, Memo<Vec<String>>) {
        let current: CurrentEvent = expect_context();
        let zone = Memo::new(move |_| current.event.with(|event| event.time_zone.clone()));
        let ids = Memo::new(move |_| {
            let (wanted, zone) = (wanted(), zone.get());
            let offset = |at| browser::zone_offset(&zone, at);
            let ids = |sessions: &Sessions| {
                sessions.matching(&wanted, offset).into_iter().map(|session| session.id.inner().to_owned()).collect()
            };
            self.sessions.with(|sessions| sessions.here().map(ids).unwrap_or_default())
        });
        let list = Memo::new(move |_| {
            self.sessions.with(|sessions| match sessions {
                Loaded::Waiting => List::Waiting,
                Loaded::Failed(failure) => List::Failed(failure.clone()),
                Loaded::Here(sessions) if sessions.all().is_empty() => List::Empty,
                Loaded::Here(_) if ids.with(Vec::is_empty) => List::NoMatch,
                Loaded::Here(_) => List::Here,
            })
        });
        (list, ids)
    }

    /// An own deletion.
    pub fn remove(self, id: &cynic::Id) {
        let known = self.found.with_untracked(|sessions| {
            sessions.here().and_then(|sessions| sessions.find(id.inner()).map(|session| session.version))
        });
        if let Some(version) = known {
            self.apply(SessionChange { session_id: id.clone(), version: version + 1, session: None });
        }
    }

    /// An own change, before it comes back from the server.
    pub fn apply(self, change: SessionChange) {
        self.heard.try_update_value(|heard| heard.session(change.clone()));
        self.found.try_update(|sessions| {
            if let Some(sessions) = sessions.here_mut() {
                sessions.apply(change);
            }
        });
    }
}

/// Shows `children` with the event of the address around them, or why there is none.
#[component]
pub fn WithEvent(#[prop(optional)] scope: Scope, children: ChildrenFn) -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let query = Query::new(
        move || slug.get(),
        |slug| async move { fetch::send(EventBySlug::build(SlugVariables { slug })).await.map(|answer| answer.event) },
    );
    let children = StoredValue::new(children);
    // The pages are made once per event: another answer to the same question must not lose what is typed in them.
    let shown = Memo::new(move |_| {
        query.value.with(|value| match value {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Here(Some(event)) => Shown::Event(event.id.inner().to_owned()),
            Loaded::Here(None) => Shown::Nothing,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
        })
    });
    move || match shown.get() {
        Shown::Waiting => around(scope, view! { <Skeleton shape="tall"/><Skeleton shape="row"/> }.into_any()),
        Shown::Event(_) => {
            let event = query.value.with_untracked(|value| value.here().cloned().flatten());
            event.map(|event| view! { <Provided event query scope children/> }).into_any()
        }
        Shown::Nothing => view! { <NotFound/> }.into_any(),
        Shown::Failed(failure) => around(scope, view! { <Failed failure again=move |()| query.reload()/> }.into_any()),
    }
}

fn around(scope: Scope, view: AnyView) -> AnyView {
    match scope {
        Scope::Page => view! { <main class="page">{view}</main> }.into_any(),
        Scope::Part => view,
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Event(String),
    Nothing,
    Failed(Failure),
}

#[component]
fn Provided(
    event: Event,
    query: Query<Option<Event>>,
    scope: Scope,
    children: StoredValue<ChildrenFn>,
) -> impl IntoView {
    let current = followed(event, query);
    follow_address(current);
    provide_context(current);
    if scope == Scope::Page {
        provide_context(programme(current));
    }
    children.with_value(|children| children())
}

/// The event as it is from now on, for as long as the caller's scope lives.
pub fn followed(event: Event, query: Query<Option<Event>>) -> CurrentEvent {
    let live: Live = expect_context();
    let id = event.id.clone();
    let current = CurrentEvent { event: RwSignal::new(event), query, standing: RwSignal::new(0) };
    Effect::new(move |_| {
        if let Some(event) = query.value.with(|value| value.here().cloned().flatten()) {
            current.take(event);
        }
    });
    let changes = live.subscribe(
        &EventChanged::build(EventIdVariables { event_id: id }),
        move |change: Result<EventChanged, Failure>| {
            match change {
                Ok(change) => current.take(change.event_changed),
                // The event cannot be found any more: ask what is left.
                Err(_) => current.reload(),
            }
        },
    );
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
    follow_standing(current);
    current
}

/// What the person is in the event has changed: the event says what they may now, and they find other sessions (C6).
fn follow_standing(current: CurrentEvent) {
    let live: Live = expect_context();
    let signed_in = is_signed_in();
    let signed_in = Memo::new(move |_| signed_in.get() == Some(true));
    let event_id = current.event.with_untracked(|event| event.id.clone());
    Effect::new(move |_| {
        if !signed_in.get() {
            return;
        }
        let changes = live.subscribe(
            &MyStandingChanged::build(EventIdVariables { event_id: event_id.clone() }),
            move |change: Result<MyStandingChanged, Failure>| match change {
                Ok(change) => {
                    current.take(change.my_standing_changed);
                    current.standing.try_update(|standing| *standing += 1);
                }
                Err(_) => current.reload(),
            },
        );
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    });
}

/// Goes on at the event's new address when an organizer changed it; the old one leads here, until another event takes it.
fn follow_address(current: CurrentEvent) {
    let slug = Memo::new(move |_| current.slug());
    let (location, navigate) = (use_location(), use_navigate());
    Effect::new(move |_| {
        let now = slug.get();
        let path = location.pathname.get_untracked();
        let mut parts: Vec<&str> = path.split('/').collect();
        if let Some(part) = parts.get_mut(2).filter(|part| **part != now) {
            *part = &now;
            let search = location.search.get_untracked();
            let search = if search.is_empty() { search } else { format!("?{search}") };
            navigate(
                &format!("{}{search}", parts.join("/")),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
}

/// Fetches the sessions whenever the person may see them, and keeps them as they are.
fn programme(current: CurrentEvent) -> Programme {
    let live: Live = expect_context();
    let may = Memo::new(move |_| current.event.with(Event::is_open_to_viewer));
    let slug = Memo::new(move |_| current.slug());
    let heard = StoredValue::new(Heard::default());
    let query = Query::kept(
        move || (slug.get(), may.get()),
        move |(slug, may)| {
            current.track_standing();
            heard.set_value(Heard::default());
            async move { if may { all(slug).await } else { Ok(Vec::new()) } }
        },
    );
    let sessions = RwSignal::new(Loaded::Waiting);
    Effect::new(move |_| {
        query.value.with(|answer| {
            sessions.set(match answer {
                Loaded::Waiting => Loaded::Waiting,
                Loaded::Here(list) => Loaded::Here(Sessions::new(list.clone()).with(heard.get_value())),
                Loaded::Failed(failure) => Loaded::Failed(failure.clone()),
            });
        });
    });
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let told = Gathered::new(move |told| take(sessions, told));
    Effect::new(move |_| {
        if !may.get() {
            return None;
        }
        let changed = live.subscribe(
            &SessionChanged::build(OfEvent { event_id: event_id.clone() }),
            move |change: Result<SessionChanged, Failure>| match change {
                Ok(change) => {
                    let change = change.session_changed;
                    heard.try_update_value(|heard| heard.session(change.clone()));
                    told.take(Told::Session(Box::new(change)));
                }
                // What one may see has changed: ask again.
                Err(_) => current.reload(),
            },
        );
        let rooms = live.subscribe(
            &RoomChanged::build(OfEvent { event_id: event_id.clone() }),
            move |change: Result<RoomChanged, Failure>| {
                if let Ok(RoomChanged { room_changed: room }) = change {
                    heard.try_update_value(|heard| heard.room(room.clone()));
                    told.take(Told::Room(room));
                }
            },
        );
        let both = StoredValue::new_local((changed, rooms));
        on_cleanup(move || both.dispose());
        Some(())
    });
    Programme { sessions: sessions.into(), found: sessions, query, heard }
}

/// What is told of the sessions, in one order: the room of a new session comes after it.
enum Told {
    Session(Box<SessionChange>),
    Room(RoomState),
}

fn take(sessions: RwSignal<Loaded<Sessions>>, told: Vec<Told>) {
    sessions.try_update(|sessions| {
        let Some(sessions) = sessions.here_mut() else { return };
        for one in told {
            match one {
                Told::Session(change) => sessions.apply(*change),
                Told::Room(room) => sessions.set_room(room),
            }
        }
    });
}

/// Every page of the list.
async fn all(slug: String) -> Result<Vec<Session>, Failure> {
    let mut list = Vec::new();
    let mut after = None;
    loop {
        let variables = SessionsVariables { slug: slug.clone(), after };
        let Some(event) = fetch::send(Page::build(variables)).await?.event else { return Ok(list) };
        list.extend(event.sessions.nodes);
        if !event.sessions.page_info.has_next_page {
            return Ok(list);
        }
        after = event.sessions.page_info.end_cursor;
    }
}

/// What the event is now, as a small label.
#[component]
pub fn StateBadge(#[prop(into)] state: Signal<EventState>) -> impl IntoView {
    let class = move || match state.get() {
        EventState::Live => "badge live",
        EventState::Upcoming => "badge good",
        EventState::Draft | EventState::Ended => "badge",
    };
    view! { <span class=class>{move || words::event_state(state.get())}</span> }
}

/// The tags of a session.
#[component]
pub fn Tags(names: Vec<String>) -> impl IntoView {
    (!names.is_empty()).then(|| {
        view! {
            <ul class="tags" aria-label=t!("tags")>
                {names.into_iter().map(|name| view! { <li class="tag">{name}</li> }).collect_view()}
            </ul>
        }
    })
}

/// From when to when, in the reader's own zone, with the event's zone on hover, and beside it where that differs (G3).
#[component]
pub fn Times(starts_at: DateTime, ends_at: DateTime, #[prop(into)] time_zone: String) -> impl IntoView {
    let own = browser::own_zone();
    let zone = time_zone.clone();
    let title = move || format!("{} · {zone}", browser::format_instant(starts_at, &zone, Style::Full));
    let elsewhere = browser::is_elsewhere(&time_zone, &[starts_at, ends_at]);
    let there = move || {
        elsewhere.then(|| format!(" · {}", browser::format_range(starts_at, ends_at, &time_zone, Style::MomentZone)))
    };
    view! {
        <time datetime=starts_at.to_rfc3339() title=title>{move || browser::format_range(starts_at, ends_at, &own, Style::Moment)}</time>
        {there}
    }
}

/// "3 on screen · 12 watching", or that nobody is there.
pub fn people_inside(room: &RoomState) -> String {
    match room.people() {
        0 => text!("nobody-inside"),
        _ => text!("people-inside", screen = room.on_screen.len(), watching = room.viewer_count),
    }
}
