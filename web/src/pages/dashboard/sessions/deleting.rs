//! Deleting sessions, one or many: the question says how many are inside, which segments lead there, and how many recordings stay;
//! ten seconds can take it back (B8).

use super::arranging::restore;
use super::selection::Selection;
use crate::api::query::Query;
use crate::api::recording::{Recorded, RecordedSession, RecordingsVariables};
use crate::api::segment::SegmentsVariables;
use crate::api::session::{DeleteSessions, DeleteSessionsInput, DeleteSessionsVariables};
use crate::api::session_schedule::{LeadingSegment, LeadingSegments};
use crate::api::{Failure, fetch};
use crate::components::{Button, Dialog, Kind, Spinner, use_toasts};
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::words;
use crate::state::Loaded;
use crate::state::bulk::{AT_ONCE, Doomed, leading, recordings_of};
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Segments that are named.
const NAMED: usize = 10;

/// The ids of the sessions that are about to be deleted, as a context, and whether the question is open.
#[derive(Clone, Copy)]
pub struct Deleting {
    ids: RwSignal<Vec<String>>,
    open: RwSignal<bool>,
}

impl Deleting {
    pub fn new() -> Self {
        Self { ids: RwSignal::default(), open: RwSignal::new(false) }
    }

    pub fn ask(self, ids: Vec<String>) {
        self.ids.set(ids);
        self.open.set(true);
    }
}

#[component]
pub fn DeleteDialog(deleting: Deleting, selection: Selection) -> impl IntoView {
    let Deleting { ids, open } = deleting;
    let programme: Programme = expect_context();
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    // As it is now: people may come and go while the question is open.
    let doomed =
        Memo::new(move |_| ids.with(|ids| programme.sessions.with(|sessions| Doomed::of(ids, sessions.here()))));
    let leading = leading_there(deleting, doomed);
    let recorded = recorded(deleting);
    let delete = move |()| {
        let ids = ids.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let mut gone = Vec::new();
            for some in ids.chunks(AT_ONCE) {
                match delete(some).await {
                    Ok(deleted) => gone.extend(deleted),
                    Err(failure) => {
                        toasts.bad(words::failure(&failure));
                        break;
                    }
                }
            }
            gone.iter().for_each(|id| programme.remove(id));
            selection.drop(&gone);
            if !gone.is_empty() {
                let said = untrack(|| text!("sessions-deleted", count = gone.len()));
                toasts.undoable(said, move || restore(programme, toasts, gone.clone()));
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <Dialog title=t!("delete-sessions-title", count = ids.with(Vec::len)) open>
            {move || {
                let Doomed { titles, inside, .. } = doomed.get();
                let title = titles.first().cloned().unwrap_or_default();
                let lines = [
                    Some(text!("delete-sessions-text", count = titles.len(), title = title)),
                    (inside > 0).then(|| text!("delete-sessions-inside", count = inside)),
                ];
                lines.into_iter().flatten().map(|line| view! { <p>{line}</p> }).collect_view()
            }}
            <div role="status">
                {move || match leading.value.get() {
                    Loaded::Waiting => view! { <p class="busy-line"><Spinner/>{t!("delete-sessions-looking")}</p> }.into_any(),
                    Loaded::Failed(_) => view! { <p>{t!("delete-sessions-unknown")}</p> }.into_any(),
                    Loaded::Here(names) if names.is_empty() => ().into_any(),
                    Loaded::Here(names) => {
                        let (count, names) = (names.len(), listed(&names));
                        view! { <p>{text!("delete-sessions-segments", count = count, names = names)}</p> }.into_any()
                    }
                }}
                {move || match recorded.value.get() {
                    Loaded::Waiting => view! { <p class="busy-line"><Spinner/>{t!("recordings-counting")}</p> }.into_any(),
                    Loaded::Failed(_) => view! { <p>{t!("delete-sessions-recordings-unknown")}</p> }.into_any(),
                    Loaded::Here(0) => ().into_any(),
                    Loaded::Here(count) => view! { <p>{text!("delete-sessions-recordings", count = count)}</p> }.into_any(),
                }}
            </div>
            <div class="form-actions">
                <Button label=t!("delete") kind=Kind::Danger busy on=delete/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}

/// The names of the segments that lead to what is about to be deleted, asked for when the question opens.
fn leading_there(deleting: Deleting, doomed: Memo<Doomed>) -> Query<Vec<String>> {
    let current: CurrentEvent = expect_context();
    let Deleting { ids, open } = deleting;
    Query::new(
        move || (open.get() && doomed.with(|doomed| doomed.scheduled)).then(|| ids.get()),
        move |asked| {
            let slug = current.event.with_untracked(|event| event.slug.clone());
            async move {
                let Some(ids) = asked else { return Ok(Vec::new()) };
                Ok(leading(&ids, &every_segment(slug).await?))
            }
        },
    )
}

/// How many recordings there are of what is about to be deleted, asked for when the question opens.
fn recorded(deleting: Deleting) -> Query<usize> {
    let current: CurrentEvent = expect_context();
    let Deleting { ids, open } = deleting;
    Query::new(
        move || open.get().then(|| ids.get()),
        move |asked| {
            let slug = current.event.with_untracked(|event| event.slug.clone());
            async move {
                let Some(ids) = asked else { return Ok(0) };
                Ok(recordings_of(&ids, &every_recording(slug, &ids).await?))
            }
        },
    )
}

/// Every page of the event's recordings, or of the one session's.
pub async fn every_recording(slug: String, ids: &[String]) -> Result<Vec<RecordedSession>, Failure> {
    let only = if let [id] = ids { Some(cynic::Id::new(id)) } else { None };
    let (mut list, mut after) = (Vec::new(), None);
    loop {
        let variables = RecordingsVariables { slug: slug.clone(), after, session_id: only.clone() };
        let Some(event) = fetch::send(Recorded::build(variables)).await?.event else { return Ok(list) };
        list.extend(event.recordings.nodes);
        if !event.recordings.page_info.has_next_page {
            return Ok(list);
        }
        after = event.recordings.page_info.end_cursor;
    }
}

/// Every page of the schedule.
pub(super) async fn every_segment(slug: String) -> Result<Vec<LeadingSegment>, Failure> {
    let (mut list, mut after) = (Vec::new(), None);
    loop {
        let variables = SegmentsVariables { slug: slug.clone(), after };
        let Some(event) = fetch::send(LeadingSegments::build(variables)).await?.event else { return Ok(list) };
        list.extend(event.segments.nodes);
        if !event.segments.page_info.has_next_page {
            return Ok(list);
        }
        after = event.segments.page_info.end_cursor;
    }
}

/// The first of the names, and how many more there are.
fn listed(names: &[String]) -> String {
    let first: Vec<String> = names.iter().take(NAMED).map(|name| text!("quoted", name = name.clone())).collect();
    match names.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => text!("names-and-more", names = first.join(", "), count = more),
    }
}

async fn delete(ids: &[String]) -> Result<Vec<cynic::Id>, Failure> {
    let input = DeleteSessionsInput { ids: ids.iter().map(cynic::Id::new).collect() };
    Ok(fetch::send(DeleteSessions::build(DeleteSessionsVariables { input })).await?.delete_sessions.ids)
}
