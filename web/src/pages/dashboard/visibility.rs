//! Why each session is (in)visible now, and to whom, in words (B9); and its picture as the list has it, which comes along.

use crate::api::event::EventIdVariables;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::session::SessionsVariables;
use crate::api::visibility::{Sentence, Thumb, Visibilities, Visibility, VisibilityChanged, VisibilityCode};
use crate::api::{Failure, fetch};
use crate::browser::{self, Style};
use crate::components::{Glyph, Icon};
use crate::pages::event::CurrentEvent;
use crate::{t, text};
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;

/// What is said of every session, by its id.
type Said = HashMap<String, Visibility>;

/// The sentences as a context; kept as they are now.
#[derive(Clone, Copy)]
pub struct Visible(RwSignal<Said>);

impl Visible {
    pub fn of(self, id: &str) -> Vec<Sentence> {
        self.0.with(|all| all.get(id).map(|one| one.visibility.clone()).unwrap_or_default())
    }

    pub fn picture(self, id: &str) -> Option<Thumb> {
        self.0.with(|all| all.get(id)?.picture.clone())
    }
}

thread_local! {
    /// What was said last, and of which event: who comes back finds rows as high as they were.
    static SAID: RefCell<Option<(cynic::Id, Said)>> = const { RefCell::new(None) };
}

/// Fetches the sentences of the event's sessions, and keeps them.
pub fn follow() -> Visible {
    let (live, current): (Live, CurrentEvent) = (expect_context(), expect_context());
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let said = SAID.take().filter(|(event, _)| *event == event_id).map(|(_, said)| said);
    let all = RwSignal::new(said.unwrap_or_default());
    // An event that is published, opened, over, or at another time says something else of all its sessions.
    let key = move || current.event.with(|event| (event.slug.clone(), event.version, event.state as u8));
    let query = Query::new(key, |(slug, _, _)| every(slug));
    Effect::new(move |_| {
        query.value.with(|value| {
            if let Some(list) = value.here() {
                all.set(list.iter().map(|one| (one.id.inner().to_owned(), one.clone())).collect());
            }
        });
    });
    let said_of = event_id.clone();
    let operation = VisibilityChanged::build(EventIdVariables { event_id });
    let changes = live.subscribe(&operation, move |change: Result<VisibilityChanged, Failure>| {
        if let Ok(VisibilityChanged { session_changed: change }) = change
            && let Some(one) = change.session
        {
            all.try_update(|all| all.insert(one.id.inner().to_owned(), one));
        }
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || {
        changes.dispose();
        SAID.set(all.try_get_untracked().map(|all| (said_of, all)));
    });
    Visible(all)
}

/// Every page of the list.
async fn every(slug: String) -> Result<Vec<Visibility>, Failure> {
    let (mut list, mut after) = (Vec::new(), None);
    loop {
        let variables = SessionsVariables { slug: slug.clone(), after };
        let Some(event) = fetch::send(Visibilities::build(variables)).await?.event else { return Ok(list) };
        list.extend(event.sessions.nodes);
        if !event.sessions.page_info.has_next_page {
            return Ok(list);
        }
        after = event.sessions.page_info.end_cursor;
    }
}

/// The sentences, those first that somebody should look at.
#[component]
pub fn VisibilityNote(#[prop(into)] sentences: Signal<Vec<Sentence>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let zone = Memo::new(move |_| current.event.with(|event| event.time_zone.clone()));
    let part = move |warnings: bool| {
        let zone = zone.get();
        let said = |list: &Vec<Sentence>| {
            let wanted = list.iter().filter(|one| one.code.is_warning() == warnings);
            wanted.map(|one| said(one, &zone)).collect::<Vec<_>>()
        };
        sentences.with(said)
    };
    view! {
        <div class="visibility small">
            {move || part(true).into_iter().map(|one| view! {
                <p class="with-icon warning"><Icon glyph=Glyph::Alert/><span>{one}</span></p>
            }).collect_view()}
            {move || Some(part(false)).filter(|parts| !parts.is_empty()).map(|parts| view! {
                <p class="with-icon muted"><Icon glyph=Glyph::Viewers/><span>{parts.join(" ")}</span></p>
            })}
        </div>
    }
}

/// The same as a part of the editor.
#[component]
pub fn VisibilitySection(#[prop(into)] sentences: Signal<Vec<Sentence>>) -> impl IntoView {
    view! {
        <section class="notice visibility-section" aria-label=t!("visibility")>
            <VisibilityNote sentences/>
        </section>
    }
}

/// A sentence in words, with times in the zone of the event, and how many invitations take effect later.
fn said(sentence: &Sentence, zone: &str) -> String {
    match sentence.waiting {
        0 => plainly(sentence, zone),
        count => format!("{} {}", plainly(sentence, zone), text!("visible-invitations-wait", count = count)),
    }
}

fn plainly(sentence: &Sentence, zone: &str) -> String {
    let at = sentence.at.map(|at| browser::format_instant(at, zone, Style::Moment)).unwrap_or_default();
    let (names, count) = (sentence.names.join(", "), sentence.count);
    let more = count - i32::try_from(sentence.names.len()).unwrap_or(i32::MAX);
    match sentence.code {
        VisibilityCode::EventIsDraft => text!("visible-draft"),
        VisibilityCode::EventIsOver => text!("visible-event-over"),
        VisibilityCode::OpensWithEvent => text!("visible-opens-with-event", at = at),
        VisibilityCode::AlwaysOpen => text!("visible-now"),
        VisibilityCode::NotLinked => text!("visible-not-linked"),
        VisibilityCode::SegmentsAreDrafts => text!("visible-segments-drafts"),
        VisibilityCode::Opens => text!("visible-opens", at = at),
        VisibilityCode::OpenUntil => text!("visible-until", at = at),
        VisibilityCode::Over => text!("visible-over"),
        VisibilityCode::ForEverybody => text!("visible-to-everybody"),
        VisibilityCode::ForInvited => text!("visible-to-invited", count = count),
        VisibilityCode::ForNobody => text!("visible-to-nobody"),
        VisibilityCode::ForTicketHolders => text!("visible-to-tickets", names = names, count = count),
        VisibilityCode::ForThoseWithTheLink => text!("visible-by-link"),
        VisibilityCode::ModeratorsCannotWatch => text!("visible-not-to-moderators", names = names, more = more),
        VisibilityCode::SharersCannotWatch => text!("visible-not-to-sharers", names = names, more = more),
    }
}
