//! The list of everybody in the room: what of it is loaded, kept as it is now, and only the rows in sight of it.

use super::super::Here;
use super::super::panel::keep_focus;
use super::rows::{Row, Standing};
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::room_people::{
    InSession, RoomPeople, RoomPeopleChange, RoomPeopleChanged, RoomPeoplePage, RoomPeopleVariables, RoomPerson,
    RoomRole, SessionPeople,
};
use crate::api::{Failure, fetch};
use crate::components::{Button, EmptyState, Glyph, SearchField, Skeleton};
use crate::live::shim::{self, Listener};
use crate::pages::gate::Failed;
use crate::pages::gathered::Gathered;
use crate::state::Loaded;
use crate::state::room::people::{Crowd, in_sight};
use crate::{t, text};
use cynic::{QueryBuilder, SubscriptionBuilder};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::sync::Arc;

/// Milliseconds after the last letter until it is searched.
const TYPED_MS: u32 = 250;
/// Milliseconds within which everybody who looks reads the list again, so that not all do so at once.
const ANEW_MS: f64 = 2_000.0;
/// Pixels of a row, as its style has it.
const ROW: f64 = 52.0;
/// Rows before the end of what is loaded at which more is fetched.
const AHEAD: usize = 30;

#[derive(Clone, Copy)]
pub struct Inside {
    pub here: Here,
    pub crowd: RwSignal<Crowd>,
    typed: RwSignal<String>,
    search: RwSignal<String>,
    query: Query<Option<Anew>>,
    /// How many pages are shown.
    pages: StoredValue<usize>,
    busy: RwSignal<bool>,
    /// The next page could not be fetched.
    failed: RwSignal<bool>,
}

async fn page(id: cynic::Id, search: String, after: Option<String>) -> Result<Option<SessionPeople>, Failure> {
    let search = Some(search).filter(|search| !search.trim().is_empty());
    let variables = RoomPeopleVariables { id, search, after, hosts: Some(RoomRole::Host) };
    fetch::send(RoomPeople::build(variables)).await.map(|answer| answer.session)
}

/// All that is shown, read again.
#[derive(Clone)]
struct Anew {
    /// Whether attendees see each other (A6).
    people_visible: bool,
    hosts: Vec<RoomPerson>,
    pages: Vec<RoomPeoplePage>,
}

impl Anew {
    /// So many pages, one after the other.
    async fn read(id: cynic::Id, search: String, wanted: usize) -> Result<Option<Self>, Failure> {
        let Some(SessionPeople { event, room }) = page(id.clone(), search.clone(), None).await? else {
            return Ok(None);
        };
        let mut pages = vec![room.people];
        while pages.len() < wanted {
            let Some(after) = pages.last().and_then(RoomPeoplePage::more) else { break };
            let Some(next) = page(id.clone(), search.clone(), Some(after)).await? else { break };
            pages.push(next.room.people);
        }
        Ok(Some(Self { people_visible: event.people_visible, hosts: room.hosts.nodes, pages }))
    }
}

impl Inside {
    pub fn follow(here: Here) -> Self {
        let id = here.session.with_untracked(|session| session.id.clone());
        let search = RwSignal::new(String::new());
        let asked = id.clone();
        let (pages, before) = (StoredValue::new(1_usize), StoredValue::new(String::new()));
        let query = Query::kept(
            move || (asked.clone(), search.get()),
            move |(id, search)| {
                // Whoever has read far down stays there; of another search they see the beginning.
                if before.get_value() != search {
                    before.set_value(search.clone());
                    pages.set_value(1);
                }
                Anew::read(id, search, pages.get_value())
            },
        );
        let inside = Self {
            here,
            crowd: RwSignal::default(),
            typed: RwSignal::default(),
            search,
            query,
            pages,
            busy: RwSignal::new(false),
            failed: RwSignal::new(false),
        };
        Effect::new(move |_| {
            if let Some(Some(Anew { hosts, pages, .. })) = query.value.with(|answer| answer.here().cloned()) {
                inside.failed.set(false);
                inside.crowd.update(|crowd| crowd.take_anew(pages, hosts));
            }
        });
        inside.listen(id);
        inside
    }

    fn listen(self, session_id: cynic::Id) {
        let live: Live = expect_context();
        let waits = StoredValue::new(false);
        let again = move || {
            if waits.try_get_value() != Some(false) {
                return;
            }
            waits.set_value(true);
            Timeout::new((js_sys::Math::random() * ANEW_MS) as u32, move || {
                if waits.try_set_value(false).is_none() {
                    self.query.reload();
                }
            })
            .forget();
        };
        let told = Gathered::new(move |changes: Vec<RoomPeopleChange>| {
            // Whether who came is among those who are searched, the server knows.
            let searched = self.search.with_untracked(|search| !search.trim().is_empty());
            let mut anew = searched && changes.iter().any(|change| !change.joined.is_empty());
            self.crowd.update(|crowd| {
                for mut change in changes {
                    if searched {
                        change.joined.clear();
                        change.count = crowd.total();
                    }
                    anew |= crowd.apply(change);
                }
            });
            if anew {
                again();
            }
        });
        let changes = live.subscribe(
            &RoomPeopleChanged::build(InSession { session_id }),
            move |change: Result<RoomPeopleChanged, Failure>| {
                // Who may not hear of it sees that in what is fetched.
                if let Ok(change) = change {
                    told.take(change.room_people_changed);
                }
            },
        );
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    }

    pub fn is_searched(self) -> bool {
        self.search.with(|search| !search.trim().is_empty())
    }

    /// Whether the person sees everybody, which organizers can switch off (A6).
    pub fn shows_everybody(self) -> bool {
        let visible = self.query.value.with(|answer| match answer.here() {
            Some(Some(anew)) => anew.people_visible,
            _ => true,
        });
        visible || self.here.session.with(|session| session.viewer_is_host)
    }

    fn type_in(self, text: String) {
        self.typed.set(text.clone());
        Timeout::new(TYPED_MS, move || {
            if self.typed.try_with_untracked(|typed| *typed == text) == Some(true) {
                self.search.set(text);
            }
        })
        .forget();
    }

    fn more(self) {
        let Some(after) = self.crowd.with_untracked(|crowd| crowd.more().map(str::to_owned)) else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let id = self.here.session.with_untracked(|session| session.id.clone());
        let search = self.search.get_untracked();
        spawn_local(async move {
            let answer = page(id, search, Some(after.clone())).await;
            self.busy.try_set(false);
            match answer {
                Ok(Some(session)) => {
                    self.failed.try_set(false);
                    if self.crowd.try_update(|crowd| crowd.take_more(&after, session.room.people)) == Some(true) {
                        self.pages.try_update_value(|pages| *pages += 1);
                    }
                }
                Ok(None) => {}
                Err(_) => _ = self.failed.try_set(true),
            }
        });
    }
}

#[component]
pub fn Search(inside: Inside) -> impl IntoView {
    let value = Memo::new(move |_| inside.typed.get());
    let on = Callback::new(move |text| inside.type_in(text));
    let shown = Memo::new(move |_| inside.shows_everybody());
    // It had the focus, and goes when the list turns out to be switched off.
    Effect::new(move |_| {
        if !shown.get() {
            keep_focus(".room-panel");
        }
    });
    view! { <Show when=move || shown.get()><SearchField label=t!("find-people") value on/></Show> }
}

/// `children` are the sections above the list, which scroll with it and are not there during a search.
#[component]
pub fn Everybody(inside: Inside, children: ChildrenFn) -> impl IntoView {
    let Inside { here, crowd, query, .. } = inside;
    let children = StoredValue::new(children);
    let (pane, list) = (NodeRef::<leptos::html::Div>::new(), NodeRef::<leptos::html::Ul>::new());
    // Who has a place of their own above.
    let above = Memo::new(move |_| {
        if inside.is_searched() {
            return HashSet::new();
        }
        here.call.room.with(|room| {
            let hands = room.hands.up.iter().map(|hand| hand.person.clone());
            hands.chain(room.speakers.iter().map(|speaker| speaker.person.clone())).collect::<HashSet<String>>()
        })
    });
    let rows = Memo::new(move |_| {
        let searched = inside.is_searched();
        above.with(|above| {
            let here = |row: &&Arc<RoomPerson>| {
                (searched || row.role != RoomRole::Host) && !above.contains(row.person.id.inner())
            };
            crowd.with(|crowd| crowd.rows().iter().filter(here).cloned().collect::<Vec<_>>())
        })
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let sight = RwSignal::new((0.0, 0.0));
    let look = move || {
        let (Some(Some(pane)), Some(Some(list))) = (pane.try_get_untracked(), list.try_get_untracked()) else { return };
        let top = f64::from(pane.scroll_top() - list.offset_top());
        sight.try_set((top, f64::from(pane.client_height())));
    };
    let shown = Memo::new(move |_| in_sight(count.get(), ROW, sight.get()));
    // What stands above changes its height.
    Effect::new(move |_| {
        let _ = (count.get(), above.with(HashSet::len), crowd.with(|crowd| crowd.hosts().len()));
        request_animation_frame(look);
    });
    let listener = StoredValue::new_local(None::<Listener>);
    Effect::new(move |_| {
        if let Some(pane) = pane.get() {
            listener.set_value(Some(shim::watch_size(&pane, move |_, _| look())));
        }
    });
    on_cleanup(move || listener.dispose());
    let has_more = Memo::new(move |_| crowd.with(|crowd| crowd.more().is_some()));
    Effect::new(move |_| {
        if has_more.get() && shown.get().1 + AHEAD >= count.get() && !inside.failed.get() {
            inside.more();
        }
    });
    let visible = Memo::new(move |_| {
        let (from, to) = shown.get();
        rows.with(|rows| {
            let rows = rows.get(from..to.min(rows.len())).unwrap_or_default();
            (from + 1..).zip(rows.iter().cloned()).collect::<Vec<(usize, Arc<RoomPerson>)>>()
        })
    });
    let ids = move || {
        visible.with(|visible| visible.iter().map(|(_, row)| row.person.id.inner().to_owned()).collect::<Vec<_>>())
    };
    let size = Signal::derive(move || if has_more.get() { -1 } else { i32::try_from(count.get()).unwrap_or(-1) });
    let row = move |person: String| {
        let id = person.clone();
        // What it was stays for the moment in which the row goes.
        let own = Memo::new(move |before: Option<&Option<(usize, Arc<RoomPerson>)>>| {
            let is = |row: &&(usize, Arc<RoomPerson>)| row.1.person.id.inner() == id;
            visible.with(|visible| visible.iter().find(is).cloned()).or_else(|| before.cloned().flatten())
        });
        let standing = Standing { own, size };
        view! { <Row inside person name=standing.name() standing/> }
    };
    let before = move || format!("{}px", shown.get().0 as f64 * ROW);
    let behind = move || format!("{}px", count.get().saturating_sub(shown.get().1) as f64 * ROW);
    let waiting = Memo::new(move |_| query.value.with(|answer| matches!(answer, Loaded::Waiting)));
    let failure = Memo::new(move |_| {
        query.value.with(|answer| if let Loaded::Failed(failure) = answer { Some(failure.clone()) } else { None })
    });
    let nobody = Memo::new(move |_| inside.is_searched() && count.get() == 0);
    let state = move || match (failure.get(), waiting.get(), nobody.get()) {
        (Some(failure), ..) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
        (None, true, _) => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
        (None, false, true) => view! {
            <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                <Button label=t!("clear-search") on=move |()| inside.type_in(String::new())/>
            </EmptyState>
        }
        .into_any(),
        (None, false, false) => ().into_any(),
    };
    let found = move || {
        let told = inside.is_searched() && !waiting.get();
        told.then(|| text!("people-found", count = crowd.with(|crowd| crowd.total())))
    };
    view! {
        <p class="offscreen" role="status">{found}</p>
        <div
            node_ref=pane
            class="people-pane"
            tabindex="0"
            role="region"
            aria-label=t!("people-in-room")
            on:scroll=move |_| look()
        >
            <Show when=move || !inside.is_searched()>{move || children.with_value(|children| children())}</Show>
            <Show
                when=move || inside.shows_everybody()
                fallback=|| view! { <EmptyState icon=Glyph::People title=t!("people-off-title") text=t!("people-off-text")/> }
            >
                {state}
                <Show when=move || { count.get() > 0 && !inside.is_searched() }>
                    <h3>{t!("people-others")}</h3>
                </Show>
                <ul
                    node_ref=list
                    class="people-list"
                    aria-label=t!("people-others")
                    style:padding-block-start=before
                    style:padding-block-end=behind
                >
                    <For each=ids key=String::clone children=row/>
                </ul>
                <Show when=move || inside.failed.get()>
                    <Button label=t!("show-more") busy=inside.busy on=move |()| inside.more()/>
                </Show>
            </Show>
        </div>
    }
}
