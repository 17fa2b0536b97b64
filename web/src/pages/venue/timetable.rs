//! The event's schedule and the person's agenda as they are now, as a context of the venue's pages and of the room (G3, G4).

use crate::api::event::SlugVariables;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::timetable::{
    AddToAgenda, AddToAgendaInput, AddToAgendaVariables, AgendaChanged, EventIdVariables, Marks, RemoveFromAgenda,
    RemoveFromAgendaInput, RemoveFromAgendaVariables, Segment, SegmentChange, SegmentChanged, TimetablePage,
    TimetableVariables,
};
use crate::api::{Failure, fetch};
use crate::app::Clock;
use crate::components::{Toasts, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::gathered::Gathered;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::timetable::{Heard, Phase, Timetable, Turn};
use cynic::{MutationBuilder, QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Segments, and the ids of those in the agenda.
type Answer = (Vec<Segment>, Vec<String>);

#[derive(Clone, Copy)]
pub struct Schedule {
    pub segments: RwSignal<Loaded<Timetable>>,
    /// The ids of the segments in the agenda.
    pub agenda: RwSignal<HashSet<String>>,
    /// Between which moments nothing changes its phase: what is live, soon and over is computed from it alone.
    pub turn: Memo<Turn>,
    query: Query<Answer>,
    toasts: Toasts,
}

impl Schedule {
    /// Fetches the schedule once, and keeps it by what is pushed from then on.
    pub fn of(current: CurrentEvent) -> Self {
        let clock: Clock = expect_context();
        let slug = Memo::new(move |_| current.slug());
        let (heard, marked) = (StoredValue::new(Heard::new()), StoredValue::new(HashMap::<String, bool>::new()));
        let query = Query::kept(
            move || slug.get(),
            move |slug| {
                current.track_standing();
                heard.set_value(Heard::new());
                marked.set_value(HashMap::new());
                all(slug)
            },
        );
        let (segments, agenda) = (RwSignal::new(Loaded::Waiting), RwSignal::new(HashSet::new()));
        Effect::new(move |_| {
            query.value.with(|answer| match answer {
                Loaded::Waiting => segments.set(Loaded::Waiting),
                Loaded::Failed(failure) => segments.set(Loaded::Failed(failure.clone())),
                Loaded::Here((list, ids)) => {
                    agenda.set(ids.iter().cloned().collect());
                    marked.get_value().into_iter().for_each(|(id, included)| mark(agenda, id, included));
                    segments.set(Loaded::Here(Timetable::new(list.clone()).with(heard.get_value())));
                }
            });
        });
        follow(current, segments, heard, move |id, included| {
            marked.try_update_value(|marked| marked.insert(id.clone(), included));
            mark(agenda, id, included);
        });
        fetch_marks_when_switched_on(current, move |ids| {
            agenda.set(ids);
            marked.get_value().into_iter().for_each(|(id, included)| mark(agenda, id, included));
        });
        let turn = Memo::new(move |_| {
            let now = clock.now();
            segments.with(|segments| Turn::at(segments.here().map_or(&[], Timetable::all), now))
        });
        Effect::new(move |_| turn.get().until.into_iter().for_each(|until| clock.tick_at(until)));
        Self { segments, agenda, turn, query, toasts: use_toasts() }
    }

    pub fn reload(self) {
        self.query.reload();
    }

    /// One segment as it is now; none when it is not there (any more).
    pub fn segment(self, id: String) -> Memo<Option<Arc<Segment>>> {
        Memo::new(move |_| self.segments.with(|segments| segments.here().and_then(|list| list.find(&id).cloned())))
    }

    /// Where a segment stands now; follows each change-over where it is read reactively.
    pub fn phase(self, segment: &Segment) -> Phase {
        Phase::of(segment, self.turn.get().since)
    }

    pub fn is_marked(self, id: &str) -> bool {
        self.agenda.with(|agenda| agenda.contains(id))
    }

    /// Adds a segment to the agenda, or removes it: at once, and taken back if the server will not.
    pub fn toggle(self, id: String) {
        let include = !self.agenda.with_untracked(|agenda| agenda.contains(&id));
        mark(self.agenda, id.clone(), include);
        spawn_local(async move {
            let segment_id = cynic::Id::new(&id);
            let done = if include {
                let input = AddToAgendaInput { segment_id };
                fetch::send(AddToAgenda::build(AddToAgendaVariables { input })).await.map(drop)
            } else {
                let input = RemoveFromAgendaInput { segment_id };
                fetch::send(RemoveFromAgenda::build(RemoveFromAgendaVariables { input })).await.map(drop)
            };
            if let Err(failure) = done {
                mark(self.agenda, id, !include);
                self.toasts.bad(untrack(|| words::failure(&failure)));
            }
        });
    }
}

fn mark(agenda: RwSignal<HashSet<String>>, id: String, included: bool) {
    agenda.try_update(|agenda| if included { agenda.insert(id) } else { agenda.remove(&id) });
}

/// When the organizer switches agendas on, what the person marked before counts again.
fn fetch_marks_when_switched_on(current: CurrentEvent, take: impl Fn(HashSet<String>) + Copy + 'static) {
    let enabled = Memo::new(move |_| current.event.with(|event| event.agenda_enabled));
    Effect::new(move |before: Option<bool>| {
        let now = enabled.get();
        if now && before == Some(false) {
            let slug = current.event.with_untracked(|event| event.slug.clone());
            spawn_local(async move {
                // One that fails leaves the agenda as it was known, until the schedule is fetched again.
                if let Ok(Marks { event: Some(event) }) = fetch::send(Marks::build(SlugVariables { slug })).await {
                    take(event.my_agenda.into_iter().map(cynic::Id::into_inner).collect());
                }
            });
        }
        now
    });
}

/// Hears of every change of the schedule and of the agenda.
fn follow(
    current: CurrentEvent,
    segments: RwSignal<Loaded<Timetable>>,
    heard: StoredValue<Heard>,
    marked: impl Fn(String, bool) + 'static,
) {
    let live: Live = expect_context();
    let told = Gathered::new(move |changes: Vec<SegmentChange>| {
        segments.try_update(|segments| segments.here_mut().map(|segments| segments.apply(changes)));
    });
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let changes = live.subscribe(
        &SegmentChanged::build(EventIdVariables { event_id: event_id.clone() }),
        move |change: Result<SegmentChanged, Failure>| match change {
            Ok(SegmentChanged { segment_changed: change }) => {
                let id = change.segment_id.inner().to_owned();
                heard.try_update_value(|heard| heard.insert(id, change.clone()));
                told.take(change);
            }
            // What one may see has changed: ask again.
            Err(_) => current.reload(),
        },
    );
    let agenda = live.subscribe(
        &AgendaChanged::build(EventIdVariables { event_id }),
        move |change: Result<AgendaChanged, Failure>| {
            if let Ok(AgendaChanged { agenda_changed: change }) = change {
                marked(change.segment_id.into_inner(), change.included);
            }
        },
    );
    let both = StoredValue::new_local((changes, agenda));
    on_cleanup(move || both.dispose());
}

/// Every page of the schedule.
async fn all(slug: String) -> Result<Answer, Failure> {
    let (mut list, mut after) = (Vec::new(), None);
    loop {
        let variables = TimetableVariables { slug: slug.clone(), after };
        let Some(event) = fetch::send(TimetablePage::build(variables)).await?.event else {
            return Ok((list, Vec::new()));
        };
        list.extend(event.segments.nodes);
        if !event.segments.page_info.has_next_page {
            return Ok((list, event.my_agenda.into_iter().map(cynic::Id::into_inner).collect()));
        }
        after = event.segments.page_info.end_cursor;
    }
}
