//! My Agenda: the segments that the person marked, what of them clashes, and the way into their calendar (G3, A6).

use super::schedule::days::Days;
use super::timetable::Schedule;
use crate::api::query::Query;
use crate::api::timetable::{Feed, FeedVariables, RotateFeed, RotateFeedInput, RotateFeedVariables};
use crate::api::{Failure, fetch};
use crate::components::{Button, ButtonLink, Dialog, EmptyState, Glyph, Icon, Kind, Skeleton, use_toasts};
use crate::pages::copy::copy_link;
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::timetable::{Timetable, clashes};
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Agenda() -> impl IntoView {
    page_title(|| text!("my-agenda"));
    let current: CurrentEvent = expect_context();
    let enabled = Memo::new(move |_| current.event.with(|event| event.agenda_enabled));
    view! {
        <div class="page-head"><h1>{t!("my-agenda")}</h1></div>
        {move || if enabled.get() {
            view! { <Own/><Calendar/> }.into_any()
        } else {
            view! { <EmptyState icon=Glyph::Calendar title=t!("agenda-off-title") text=t!("agenda-off-text")/> }.into_any()
        }}
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(Failure),
    Empty,
    Here,
}

#[component]
fn Own() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let schedule: Schedule = expect_context();
    let own = Memo::new(move |_| {
        schedule.segments.with(|segments| {
            let all = segments.here().map_or(&[][..], Timetable::all);
            all.iter().filter(|one| schedule.is_marked(one.id.inner())).cloned().collect::<Vec<_>>()
        })
    });
    let clashing = Memo::new(move |_| own.with(|own| clashes(own)));
    let shown = Memo::new(move |_| {
        schedule.segments.with(|segments| match segments {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(_) if own.with(Vec::is_empty) => Shown::Empty,
            Loaded::Here(_) => Shown::Here,
        })
    });
    move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| schedule.reload()/> }.into_any(),
        Shown::Empty => view! {
            <EmptyState icon=Glyph::CalendarAdd title=t!("agenda-empty-title") text=t!("agenda-empty-text")>
                <ButtonLink label=t!("to-schedule") href=current.venue("") kind=Kind::Primary/>
            </EmptyState>
        }
        .into_any(),
        Shown::Here => view! {
            <section class="section schedule" aria-label=t!("my-agenda")><Days segments=own clashing/></section>
        }
        .into_any(),
    }
}

/// The agenda in the person's own calendar: once, as a file, or for good, by an address that follows it.
#[component]
fn Calendar() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let query: Query<Option<String>> = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(Feed::build(FeedVariables { slug })).await?;
            Ok(answer.event.and_then(|event| event.my_feed_url))
        },
    );
    view! {
        <section class="card feed" aria-label=t!("feed-title")>
            <h2>{t!("feed-title")}</h2>
            <p class="muted">{t!("feed-text")}</p>
            {move || match query.value.get() {
                Loaded::Waiting => view! { <Skeleton shape="line"/> }.into_any(),
                Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
                Loaded::Here(None) => ().into_any(),
                Loaded::Here(Some(url)) => view! { <Address url query/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Address(url: String, query: Query<Option<String>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (toasts, open, busy) = (use_toasts(), RwSignal::new(false), RwSignal::new(false));
    let renew = move |()| {
        busy.set(true);
        let event_id = current.event.with_untracked(|event| event.id.clone());
        let input = RotateFeedInput { event_id };
        spawn_local(async move {
            match fetch::send(RotateFeed::build(RotateFeedVariables { input })).await {
                Ok(done) => {
                    toasts.good(untrack(|| text!("feed-renewed")));
                    query.value.try_set(Loaded::Here(Some(done.rotate_feed.url)));
                }
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    // The page may be open under another name than the one that is given to calendar programs.
    let here = web_sys::Url::new(&url).map_or_else(|_| url.clone(), |url| url.pathname());
    let copied = url.clone();
    view! {
        <p><code class="feed-address">{url}</code></p>
        <div class="form-actions">
            <Button label=t!("feed-copy") kind=Kind::Primary icon=Glyph::Link on=move |()| copy_link(toasts, copied.clone())/>
            <a class="button secondary" href=here rel="external" download>
                <Icon glyph=Glyph::CalendarFile/><span>{t!("feed-file")}</span>
            </a>
            <Button label=t!("feed-renew") icon=Glyph::Reload on=move |()| open.set(true)/>
        </div>
        <Dialog title=t!("feed-renew-title") open>
            <p>{t!("feed-renew-text")}</p>
            <div class="form-actions">
                <Button label=t!("feed-renew") kind=Kind::Danger busy on=renew/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
