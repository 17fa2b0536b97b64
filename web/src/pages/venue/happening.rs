//! "What's happening now": what is live by the schedule, other rooms with people in them, then what is soon (G1, G4).

use super::card::{Inside, Placeholder};
use super::timetable::Schedule;
use super::when::{DayUnlessToday, Hours, PhaseMark};
use crate::api::picture::Picture;
use crate::api::session::Session;
use crate::api::timetable::{LinkedSession, Segment, SegmentKind};
use crate::components::{ButtonLink, EmptyState, Glyph, Icon, Kind, PictureSize, Skeleton, UploadedPicture};
use crate::pages::event::{CurrentEvent, List, Programme};
use crate::pages::gate::Failed;
use crate::state::session_filter::Filter;
use crate::state::timetable::{Phase, Timetable, now};
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// How much is named: of rooms, and of what is soon.
const ROOMS: usize = 6;
const SOON: usize = 4;

#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    live: Vec<String>,
    rooms: Vec<String>,
    soon: Vec<String>,
}

impl Shown {
    fn of(schedule: Schedule, programme: Programme) -> Self {
        let id = |segment: &Arc<Segment>| segment.id.inner().to_owned();
        let since = schedule.turn.get().since;
        schedule.segments.with(|segments| {
            let (live, soon) = now(segments.here().map_or(&[], Timetable::all), since);
            let led_to: Vec<&str> =
                live.iter().flat_map(|one| one.sessions.iter().map(|session| session.id.inner())).collect();
            let busy = programme.sessions.with(|sessions| sessions.here().map(|here| here.busy()).unwrap_or_default());
            let rooms = busy.iter().map(|session| session.id.inner().to_owned());
            Self {
                rooms: rooms.filter(|id| !led_to.contains(&id.as_str())).take(ROOMS).collect(),
                live: live.iter().map(id).collect(),
                soon: soon.iter().take(SOON).map(id).collect(),
            }
        })
    }

    fn is_quiet(&self) -> bool {
        self.live.is_empty() && self.rooms.is_empty()
    }
}

#[component]
pub fn HappeningNow() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (programme, schedule): (Programme, Schedule) = (expect_context(), expect_context());
    let (list, _) = programme.list(Filter::default);
    let shown = Memo::new(move |_| Shown::of(schedule, programme));
    let quiet = Memo::new(move |_| shown.with(Shown::is_quiet));
    let soon = Memo::new(move |_| !shown.with(|shown| shown.soon.is_empty()));
    let all =
        move || view! { <ButtonLink label=t!("all-sessions") href=current.venue("/sessions") icon=Glyph::Sessions/> };
    let waiting = Memo::new(move |_| schedule.segments.with(|segments| segments == &crate::state::Loaded::Waiting));
    view! {
        <section class="section" aria-label=t!("happening-now")>
            <div class="page-head"><h2>{t!("happening-now")}</h2>{all()}</div>
            {move || match list.get() {
                List::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
                _ if waiting.get() => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
                List::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
                List::Empty if quiet.get() && !soon.get() => view! {
                    <EmptyState icon=Glyph::Sessions title=t!("venue-no-sessions-title") text=t!("venue-no-sessions-text")/>
                }.into_any(),
                _ if quiet.get() => view! {
                    <EmptyState icon=Glyph::Armchair title=t!("quiet-title") text=t!("quiet-text")>
                        <ButtonLink label=t!("choose-session") href=current.venue("/sessions") kind=Kind::Primary/>
                    </EmptyState>
                }.into_any(),
                _ => view! {
                    <ul class="now">
                        <For each=move || shown.with(|shown| shown.live.clone()) key=String::clone let:id>
                            <Running segment=schedule.segment(id)/>
                        </For>
                        <For each=move || shown.with(|shown| shown.rooms.clone()) key=String::clone let:id>
                            <Busy session=programme.session(id)/>
                        </For>
                    </ul>
                }.into_any(),
            }}
            <Show when=move || soon.get()>
                <h3>{t!("soon")}</h3>
                <ul class="now soon" aria-label=t!("soon")>
                    <For each=move || shown.with(|shown| shown.soon.clone()) key=String::clone let:id>
                        <Running segment=schedule.segment(id)/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

/// A segment that is on, or soon: it leads straight into its session, or to each of several (G2).
#[component]
fn Running(segment: Memo<Option<Arc<Segment>>>) -> impl IntoView {
    let schedule: Schedule = expect_context();
    move || {
        segment.get().map(|segment| {
            let (of, starts_at, ends_at) = (segment.clone(), segment.starts_at, segment.ends_at);
            let phase = Signal::derive(move || schedule.phase(&of));
            let live = Memo::new(move |_| phase.get() == Phase::Live);
            view! {
                <li class="now-room">
                    {segment.sessions.first().map(|session| {
                        let (title, picture) = (session.title.clone(), session.picture.clone());
                        view! { <Face title=Memo::new(move |_| title.clone()) picture=Signal::stored(picture)/> }
                    })}
                    <div>
                        <h3>{segment.name.clone()}</h3>
                        <p class="session-card-foot"><PhaseMark phase starts_at/><DayUnlessToday at=starts_at/><Hours starts_at ends_at/></p>
                    </div>
                    <WaysIn segment live/>
                </li>
            }
        })
    }
}

/// Where a segment leads: to its sessions, which one joins while it is live, elsewhere, or nowhere.
#[component]
fn WaysIn(segment: Arc<Segment>, live: Memo<bool>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    if segment.kind == SegmentKind::ExternalLink {
        return segment.url.clone().map(|url| view! { <Outwards url name=segment.name.clone()/> }).into_any();
    }
    if segment.sessions.is_empty() {
        return ().into_any();
    }
    let ways = move || {
        let (several, live) = (segment.sessions.len() > 1, live.get());
        let way = |session: &LinkedSession| {
            let (title, bare) = (session.title.clone(), session.bare_id().to_owned());
            let word = if live { "join" } else { "to-session" };
            let label = if several { title.clone() } else { text!(word) };
            let name = if live { text!("join-session", title = title) } else { label.clone() };
            let class = if live { "button primary" } else { "button secondary" };
            view! {
                <li>
                    <A
                        href=move || format!("/e/{}/sessions/{bare}", current.slug())
                        attr:class=class
                        attr:aria-label=name
                    >{label}</A>
                </li>
            }
        };
        segment.sessions.iter().map(way).collect_view()
    };
    view! { <ul class="ways-in">{ways}</ul> }.into_any()
}

/// A link to somewhere else, which opens beside the event.
#[component]
pub fn Outwards(url: String, name: String) -> impl IntoView {
    view! {
        <a
            class="button secondary" href=url target="_blank" rel="noopener noreferrer"
            aria-label=t!("open-elsewhere-name", name = name.clone())
        ><Icon glyph=Glyph::External/><span>{t!("open-elsewhere")}</span></a>
    }
}

/// The picture of a session, or what stands where there is none (B3): its title stands beside it.
#[component]
fn Face(title: Memo<String>, #[prop(into)] picture: Signal<Option<Picture>>) -> impl IntoView {
    view! {
        <div class="now-picture">
            {move || match picture.get() {
                Some(picture) => view! { <UploadedPicture picture size=PictureSize::Card/> }.into_any(),
                None => view! { <Placeholder title/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Busy(session: Memo<Option<Arc<Session>>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let title = Memo::new(move |_| {
        session.with(|session| session.as_ref().map(|session| session.title.clone()).unwrap_or_default())
    });
    let href = Signal::derive(move || {
        let id =
            session.with(|session| session.as_ref().map(|session| session.bare_id().to_owned()).unwrap_or_default());
        format!("/e/{}/sessions/{id}", current.slug())
    });
    let cover =
        Memo::new(move |_| session.with(|session| session.as_ref().and_then(|session| session.picture.clone())));
    view! {
        <li class="now-room">
            <Face title picture=cover/>
            <div>
                <h3><A href=move || href.get()>{move || title.get()}</A></h3>
                <p class="session-card-foot">{move || session.get().map(|session| view! { <Inside room=session.room.clone()/> })}</p>
            </div>
            <A href=move || href.get() attr:class="button primary" attr:aria-label=t!("join-session", title = title.get())>{t!("join")}</A>
        </li>
    }
}
