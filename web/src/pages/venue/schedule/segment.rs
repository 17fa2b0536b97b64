//! One segment of the schedule: when, what, and where it leads (G1, G2), with the ways into the agenda and into a calendar
//! (G3).

use crate::api::event::EventState;
use crate::api::timetable::{LinkedSession, Segment, SegmentKind};
use crate::components::{ButtonLink, Glyph, Icon, Kind, Menu, PictureSize, UploadedPicture};
use crate::pages::event::{CurrentEvent, Tags};
use crate::pages::venue::card::Placeholder;
use crate::pages::venue::happening::Outwards;
use crate::pages::venue::schedule::RoomOf;
use crate::pages::venue::timetable::Schedule;
use crate::pages::venue::when::{Hours, PhaseMark};
use crate::state::timetable::Phase;
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::HashMap;
use std::sync::Arc;

#[component]
pub fn SegmentRow(
    segment: Memo<Option<Arc<Segment>>>,
    id: String,
    clashing: Memo<HashMap<String, Vec<String>>>,
) -> impl IntoView {
    let schedule: Schedule = expect_context();
    let of = id.clone();
    let clashes = Memo::new(move |_| clashing.with(|clashing| clashing.get(&of).cloned().unwrap_or_default()));
    move || {
        segment.get().map(|segment| {
            let (starts_at, ends_at, of) = (segment.starts_at, segment.ends_at, segment.clone());
            let phase = Memo::new(move |_| schedule.phase(&of));
            let pause = segment.kind == SegmentKind::Break;
            let is = move |wanted: Phase| move || phase.get() == wanted;
            view! {
                <article
                    class="segment"
                    class:live=is(Phase::Live)
                    class:past=is(Phase::Past)
                    class:pause=pause
                >
                    <div class="segment-when"><Hours starts_at ends_at/><PhaseMark phase starts_at/></div>
                    <Picture segment=segment.clone()/>
                    <About segment=segment.clone() clashes/>
                    <Actions segment id=id.clone() phase/>
                </article>
            }
        })
    }
}

/// The picture of the first session that it leads to (B3), or what stands where there is none.
#[component]
fn Picture(segment: Arc<Segment>) -> impl IntoView {
    segment.sessions.first().map(|session| match session.picture.clone() {
        Some(picture) => view! {
            <div class="cover"><UploadedPicture picture size=PictureSize::Card alt=session.picture_alt.clone()/></div>
        }
        .into_any(),
        None => {
            let title = session.title.clone();
            view! { <Placeholder title=Memo::new(move |_| title.clone())/> }.into_any()
        }
    })
}

#[component]
fn About(segment: Arc<Segment>, clashes: Memo<Vec<String>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let name = segment.name.clone();
    let head = match (segment.sessions.as_slice(), segment.kind, segment.url.clone()) {
        ([only], ..) if !RoomOf::is(only.bare_id()) => {
            let (bare, target) = (only.bare_id().to_owned(), RoomOf::target());
            view! { <A href=move || format!("/e/{}/sessions/{bare}", current.slug()) attr:target=target>{name}</A> }
                .into_any()
        }
        (_, SegmentKind::ExternalLink, Some(url)) => {
            view! { <a href=url target="_blank" rel="noopener noreferrer">{name}</a> }.into_any()
        }
        _ => view! { {name} }.into_any(),
    };
    let speakers = segment.speakers.iter().map(|speaker| speaker.name.clone()).collect::<Vec<_>>().join(", ");
    let description = segment.description.clone();
    let pause = segment.kind == SegmentKind::Break;
    let draft = !segment.published;
    view! {
        <div class="segment-text">
            <h4>{head}</h4>
            {(pause || draft).then(|| view! {
                <p class="segment-marks">
                    {pause.then(|| view! { <span class="badge">{t!("segment-break")}</span> })}
                    {draft.then(|| view! { <span class="badge">{t!("segment-draft")}</span> })}
                </p>
            })}
            <Show when=move || !clashes.with(Vec::is_empty)>
                <p class="clash"><Icon glyph=Glyph::Alert/><span>{move || text!("clashes-with", names = clashes.get().join(", "))}</span></p>
            </Show>
            {(!speakers.is_empty()).then(|| view! { <p class="muted small">{t!("with-speakers", names = speakers.clone())}</p> })}
            <Tags names=segment.tags.clone()/>
            {(!description.is_empty()).then(|| view! {
                <details><summary>{t!("segment-more")}</summary><p class="segment-description">{description}</p></details>
            })}
        </div>
    }
}

#[component]
fn Actions(segment: Arc<Segment>, id: String, phase: Memo<Phase>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let schedule: Schedule = expect_context();
    let enabled = Memo::new(move |_| current.event.with(|event| event.agenda_enabled));
    let (name, bare) = (StoredValue::new(segment.name.clone()), segment.bare_id().to_owned());
    let own = id.clone();
    let marked = Memo::new(move |_| schedule.is_marked(&own));
    let glyph = Signal::derive(move || if marked.get() { Glyph::CalendarCheck } else { Glyph::CalendarAdd });
    let toggle_label = t!("mark-segment", name = name.get_value());
    let file_label = t!("segment-file", name = name.get_value());
    let id = StoredValue::new(id);
    let public = segment.published;
    // What is in the agenda stays to be seen after the event, as it is then (A3).
    let over = Memo::new(move |_| current.event.with(|event| event.state == EventState::Ended));
    let offered = Memo::new(move |_| public && enabled.get() && (marked.get() || !over.get()));
    view! {
        <div class="segment-actions">
            <WaysIn segment phase/>
            <Show when=move || offered.get()>
                <button
                    type="button" class="icon-button" class:on=marked title=toggle_label aria-label=toggle_label disabled=over
                    aria-pressed=move || if marked.get() { "true" } else { "false" }
                    on:click=move |_| schedule.toggle(id.get_value())
                ><Icon glyph/></button>
            </Show>
            {public.then(|| view! {
                <a
                    class="icon-button" rel="external" download title=file_label aria-label=file_label
                    href=move || format!("/e/{}/segments/{bare}.ics", current.slug())
                ><Icon glyph=Glyph::CalendarFile/></a>
            })}
        </div>
    }
}

/// Straight into the only session, a choice of several, or elsewhere (G2).
#[component]
fn WaysIn(segment: Arc<Segment>, phase: Memo<Phase>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    if segment.kind == SegmentKind::ExternalLink {
        return segment.url.clone().map(|url| view! { <Outwards url name=segment.name.clone()/> }).into_any();
    }
    let href = move |session: &LinkedSession| {
        let bare = session.bare_id().to_owned();
        Signal::derive(move || format!("/e/{}/sessions/{bare}", current.slug()))
    };
    let target = RoomOf::target();
    match segment.sessions.as_slice() {
        [] => ().into_any(),
        [only] if RoomOf::is(only.bare_id()) => {
            view! { <span class="badge good">{t!("you-are-here")}</span> }.into_any()
        }
        [only] => {
            let href = href(only);
            move || {
                let (label, kind) = match phase.get() {
                    Phase::Live => (t!("join"), Kind::Primary),
                    _ => (t!("to-session"), Kind::Secondary),
                };
                view! { <ButtonLink label href kind attr:target=target/> }
            }
        }
        .into_any(),
        several => {
            let way = |session: &LinkedSession| {
                let href = Some(href(session)).filter(|_| !RoomOf::is(session.bare_id()));
                (href, session.title.clone())
            };
            let ways = several.iter().map(way).collect::<Vec<_>>();
            let face = move || {
                view! {
                    <span class="button secondary">{t!("choose-session")}<Icon glyph=Glyph::ChevronDown/></span>
                }
            };
            view! {
                <Menu label=t!("choose-session-of", name = segment.name.clone()) face>
                    {ways.into_iter().map(|(href, title)| match href {
                        Some(href) => view! {
                            <A href=move || href.get() attr:class="menu-item" attr:target=target>
                                <Icon glyph=Glyph::Venue/>{title}
                            </A>
                        }.into_any(),
                        None => view! {
                            <span class="menu-item">{title}<span class="badge good">{t!("you-are-here")}</span></span>
                        }.into_any(),
                    }).collect_view()}
                </Menu>
            }
        }
        .into_any(),
    }
}
