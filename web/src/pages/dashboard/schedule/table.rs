//! The schedule as a table: a part for each day, each with a line to add to it; many chosen at once (F7).

use super::Looking;
use super::deleting::Deleting;
use super::plan::Plan;
use super::quick_add::QuickAdd;
use super::row::Row;
use super::words;
use crate::api::fetch;
use crate::api::segment::{PublishSegments, PublishSegmentsInput, PublishSegmentsVariables};
use crate::components::{Button, EmptyState, Glyph, Icon, in_address, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::words as said;
use crate::state::schedule::days::Day;
use crate::state::schedule::table::{Key, Sort, by_day};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;

/// Days of which each is shown, also one without a segment; of a longer event, those that have some.
const FEW_DAYS: usize = 7;

/// The segments that are chosen, as a context.
#[derive(Clone, Copy, Default)]
pub struct Chosen(pub RwSignal<HashSet<String>>);

impl Chosen {
    pub fn has(self, id: &str) -> bool {
        self.0.with(|chosen| chosen.contains(id))
    }

    pub fn set(self, id: &str, on: bool) {
        self.0.update(|chosen| _ = if on { chosen.insert(id.to_owned()) } else { chosen.remove(id) });
    }
}

#[component]
pub fn Table() -> impl IntoView {
    let (plan, looking): (Plan, Looking) = (expect_context(), expect_context());
    let (sort, set_sort) = in_address("sort");
    let order = Memo::new(move |_| Sort::read(&sort.get()));
    let chosen = Chosen::default();
    provide_context(chosen);
    let groups = Memo::new(move |_| {
        let (days, one) = (plan.days.get(), looking.chosen(plan));
        let few = days.len() <= FEW_DAYS;
        let groups = by_day(&plan.all(), &days, order.get());
        let shown = groups.into_iter().enumerate().filter(|(index, (day, own))| match one {
            Some(one) => *day == one,
            None => few || !own.is_empty() || *index == 0,
        });
        let id = |segment: &std::sync::Arc<crate::api::segment::Segment>| segment.id.inner().to_owned();
        shown.map(|(_, (day, own))| (day, own.iter().map(id).collect::<Vec<_>>())).collect::<Vec<_>>()
    });
    // What is deleted is not chosen any more, nor what is not shown.
    Effect::new(move |_| {
        let shown: HashSet<String> = groups.with(|groups| groups.iter().flat_map(|(_, ids)| ids.clone()).collect());
        if chosen.0.with_untracked(|chosen| !chosen.is_subset(&shown)) {
            chosen.0.update(|chosen| chosen.retain(|id| shown.contains(id)));
        }
    });
    let press = Callback::new(move |key: Key| set_sort.run(order.get_untracked().toggled(key).in_address()));
    let empty =
        Memo::new(move |_| plan.segments.with(|segments| segments.here().is_some_and(|all| all.all().is_empty())));
    let days = move || groups.with(|groups| groups.iter().map(|(day, _)| *day).collect::<Vec<_>>());
    view! {
        <Show when=move || empty.get()>
            <EmptyState icon=Glyph::Calendar title=t!("no-segments-title") text=t!("no-segments-text")/>
        </Show>
        <Bulk chosen/>
        <For each=days key=|day| *day let:day>
            {
                let ids = Memo::new(move |_| {
                    groups.with(|groups| groups.iter().find(|(own, _)| *own == day).map(|(_, ids)| ids.clone()).unwrap_or_default())
                });
                view! { <DayTable day ids order press/> }
            }
        </For>
    }
}

#[component]
fn DayTable(day: Day, ids: Memo<Vec<String>>, order: Memo<Sort>, press: Callback<Key>) -> impl IntoView {
    let (plan, chosen): (Plan, Chosen) = (expect_context(), expect_context());
    let title = move || words::day(plan, day);
    let every = move || ids.with(|ids| !ids.is_empty() && ids.iter().all(|id| chosen.has(id)));
    let choose = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        ids.with_untracked(|ids| ids.iter().for_each(|id| chosen.set(id, on)));
    };
    let head = move |key: Key, label: Signal<String>| {
        let turned = move || {
            let Sort { key: by, descending } = order.get();
            (by == key).then_some(if descending { "descending" } else { "ascending" })
        };
        let glyph = Signal::derive(move || {
            if order.get() == (Sort { key, descending: true }) { Glyph::ChevronDown } else { Glyph::ChevronUp }
        });
        view! {
            <th scope="col" aria-sort=turned>
                <button type="button" class="sort" on:click=move |_| press.run(key)>
                    {label}
                    <Show when=move || order.get().key == key><Icon glyph/></Show>
                </button>
            </th>
        }
    };
    view! {
        <section class="section day-section" aria-label=title>
            <h2>{title}</h2>
            <div class="day-card">
                <Show when=move || ids.with(|ids| !ids.is_empty())>
                    <table class="segments">
                        <caption class="offscreen">{title}</caption>
                        <thead>
                            <tr>
                                <th scope="col" class="choose">
                                    <input type="checkbox" aria-label=move || text!("choose-all-of", day = title()) prop:checked=every on:change=choose/>
                                </th>
                                {head(Key::Time, t!("time"))}
                                {head(Key::Name, t!("name"))}
                                {head(Key::Kind, t!("type"))}
                                <th scope="col">{t!("sessions")}</th>
                                <th scope="col">{t!("speakers")}</th>
                                {head(Key::State, t!("state"))}
                                <th scope="col"><span class="offscreen">{t!("delete")}</span></th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || ids.get() key=String::clone let:id><Row segment=plan.segment(id.clone()) id/></For>
                        </tbody>
                    </table>
                </Show>
                <QuickAdd day key=day.in_address()/>
            </div>
        </section>
    }
}

/// What can be done to all that are chosen.
#[component]
fn Bulk(chosen: Chosen) -> impl IntoView {
    let (deleting, current): (Deleting, CurrentEvent) = (expect_context(), expect_context());
    let (plan, toasts): (Plan, _) = (expect_context(), use_toasts());
    let busy = RwSignal::new(false);
    let count = move || chosen.0.with(HashSet::len);
    let ids = move || chosen.0.with_untracked(|chosen| chosen.iter().cloned().collect::<Vec<String>>());
    let publish = move |published: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let event_id = current.event.with_untracked(|event| event.id.clone());
        let all = ids();
        spawn_local(async move {
            // As many as are taken at once.
            for some in all.chunks(100) {
                let segment_ids = Some(some.iter().map(|id| cynic::Id::new(id.clone())).collect());
                let input = PublishSegmentsInput { event_id: event_id.clone(), segment_ids, published };
                if let Err(failure) = fetch::send(PublishSegments::build(PublishSegmentsVariables { input })).await {
                    // Those that are left stay chosen, to try it again.
                    toasts.bad(untrack(|| said::failure(&failure)));
                    break;
                }
                chosen.0.try_update(|chosen| chosen.retain(|id| !some.contains(id)));
            }
            busy.try_set(false);
        });
    };
    let delete = move |_: ()| deleting.ask(plan, ids());
    view! {
        <Show when=move || { count() > 0 }>
            <div class="bulk" role="group" aria-label=t!("chosen-segments", count = count())>
                <strong role="status">{t!("chosen-segments", count = count())}</strong>
                <Button label=t!("publish") icon=Glyph::Viewers busy on=move |()| publish(true)/>
                <Button label=t!("make-drafts") busy on=move |()| publish(false)/>
                <Button label=t!("delete") icon=Glyph::Trash on=delete/>
                <Button label=t!("choose-none") on=move |()| chosen.0.update(HashSet::clear)/>
            </div>
        </Show>
    }
}
