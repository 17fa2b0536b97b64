//! When a session is open: always, or while segments of the schedule lead to it; and the question whether one that becomes
//! always open goes off the schedule (F1, F3).

use crate::api::event::EventIdVariables;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::segment::SegmentChanged;
use crate::api::session::Scheduling;
use crate::api::session_schedule::{LinkedSegment, SessionSegments, SessionSegmentsVariables};
use crate::api::{Failure, ProblemCode, fetch};
use crate::browser::{self, Style};
use crate::components::field::FieldNote;
use crate::components::{Button, Choice, Dialog, FormProblems, Glyph, Icon, Kind, Possibility, Skeleton};
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::state::Loaded;
use crate::{t, text};
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos_router::components::A;

/// `session` is nothing for one that is not there yet. `unlink` sends the form once more, and takes the session off the
/// schedule with that.
#[component]
pub fn SchedulingSection(
    value: RwSignal<Scheduling>,
    session: Option<cynic::Id>,
    #[prop(into)] unlink: Callback<()>,
) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let problem = problems.of("scheduling");
    let segments = session.map(linked);
    let question = move || {
        let quoted = |segment: &LinkedSegment| text!("quoted", name = segment.name.clone());
        let names = segments.map(|query| {
            query.value.with(|all| all.here().map(|all| all.iter().map(quoted).collect::<Vec<_>>()).unwrap_or_default())
        });
        match names.unwrap_or_default() {
            names if names.is_empty() => text!("off-schedule-text-unnamed"),
            names => text!("off-schedule-text", names = names.join(", ")),
        }
    };
    let asking = RwSignal::new(false);
    Effect::new(move |_| asking.set(problems.has("scheduling", ProblemCode::InUse)));
    let take_off = move |()| {
        asking.set(false);
        unlink.run(());
    };
    let possibilities = vec![
        Possibility { value: Scheduling::AlwaysOpen, label: t!("always-open"), hint: t!("always-open-hint") },
        Possibility { value: Scheduling::Scheduled, label: t!("scheduled"), hint: t!("scheduled-hint") },
    ];
    let list = move || {
        let query = segments.filter(|_| value.get() == Scheduling::Scheduled)?;
        Some(view! { <Segments query/> })
    };
    view! {
        <section class="card editor-section" aria-label=t!("scheduling")>
            <h2>{t!("scheduling")}</h2>
            <Choice legend=t!("when-open") name="scheduling" value possibilities/>
            <FieldNote name="scheduling" hint=MaybeProp::default() problem/>
            {list}
            <Dialog title=t!("off-schedule-title") open=asking>
                <p>{question}</p>
                <div class="form-actions">
                    <Button label=t!("off-schedule") kind=Kind::Primary on=take_off/>
                    <Button label=t!("cancel") on=move |()| asking.set(false)/>
                </div>
            </Dialog>
        </section>
    }
}

/// The segments that lead to a session, as they are now.
fn linked(session: cynic::Id) -> Query<Vec<LinkedSegment>> {
    let asked = session.clone();
    let query = Query::new(
        move || asked.clone(),
        |id| async move {
            let answer = fetch::send(SessionSegments::build(SessionSegmentsVariables { id })).await?;
            Ok(answer.session.map(|session| session.segments).unwrap_or_default())
        },
    );
    let (live, current): (Live, CurrentEvent) = (expect_context(), expect_context());
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let operation = SegmentChanged::build(EventIdVariables { event_id });
    let changes = live.subscribe(&operation, move |change: Result<SegmentChanged, Failure>| {
        let Ok(SegmentChanged { segment_changed: change }) = change else { return };
        let known = query.value.try_with_untracked(|all| match all {
            Loaded::Here(all) => all.iter().any(|segment| segment.id == change.segment_id),
            // Whether it is one of them is not known.
            Loaded::Waiting | Loaded::Failed(_) => true,
        });
        let leads_here = |segment: crate::api::segment::Segment| segment.sessions.iter().any(|one| one.id == session);
        if known == Some(true) || change.segment.is_some_and(leads_here) {
            query.reload();
        }
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
    query
}

#[component]
fn Segments(query: Query<Vec<LinkedSegment>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let row = move |segment: LinkedSegment| {
        let zone = current.event.with(|event| event.time_zone.clone());
        let at = browser::format_instant(segment.starts_at, &zone, Style::Full);
        let id = segment.id.inner().trim_start_matches("segment:").to_owned();
        let to = move || format!("/dashboard/{}/schedule?segment={id}", current.slug());
        view! {
            <li class="linked-segment">
                <A href=to>{segment.name}</A>
                <span class="muted small">{at}</span>
                {(!segment.published).then(|| view! { <span class="badge">{t!("draft")}</span> })}
            </li>
        }
    };
    move || {
        let all = match query.value.get() {
            Loaded::Here(all) => all,
            Loaded::Waiting => return view! { <Skeleton shape="line"/> }.into_any(),
            Loaded::Failed(failure) => {
                return view! { <Failed failure again=move |()| query.reload()/> }.into_any();
            }
        };
        if all.is_empty() {
            let to = current.dashboard("/schedule");
            return view! {
                <p class="notice"><Icon glyph=Glyph::Alert/><span>{t!("no-segment-leads-here")}" "<A href=move || to.get()>{t!("open-schedule")}</A></span></p>
            }
            .into_any();
        }
        view! {
            <p class="muted small">{t!("segments-lead-here")}</p>
            <ul class="linked-segments">{all.into_iter().map(row).collect_view()}</ul>
        }
        .into_any()
    }
}
