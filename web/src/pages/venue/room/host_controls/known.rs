//! What the server tells hosts of the session, as it is now: who asks to go on screen, who is kept off it, who can share.

use super::super::Here;
use super::super::panel::{Beside, Panel};
use super::ring::Ring;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::room_people::{InSession, PresenceChanged};
use crate::api::screen::{Screen, ScreenBar, ScreenVariables};
use crate::api::session::ShareAccess;
use crate::api::share_request::{OfEvent, ShareRequest, ShareRequestsChanged};
use crate::api::{Failure, fetch};
use crate::components::use_toasts;
use crate::pages::gathered::Gathered;
use crate::pages::venue::host_news::{self, Place};
use crate::state::Loaded;
use crate::state::share_queue::{Heard, ShareQueue};
use crate::text;
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Known {
    pub queue: RwSignal<ShareQueue>,
    pub bars: RwSignal<Vec<ScreenBar>>,
    /// Who can share; nothing before the server has said so.
    pub access: RwSignal<Option<ShareAccess>>,
    /// Whether the person changes who can share.
    pub can_edit: RwSignal<bool>,
    pub query: Query<Option<Fetched>>,
    heard: StoredValue<Heard>,
    /// Who is on screen, while every seat is taken.
    seated: Memo<Option<Vec<String>>>,
}

/// One answer, with every page of the queue.
#[derive(Clone)]
pub struct Fetched {
    access: ShareAccess,
    can_edit: bool,
    bars: Vec<ScreenBar>,
    waiting: Vec<ShareRequest>,
}

impl Known {
    /// Asks whenever the session changes and when the controls are opened, keeps the queue by what is pushed meanwhile, and
    /// rings for each new request. Those of other sessions that the person is a host of are told as well.
    pub fn follow(here: Here, beside: Beside, ring: Ring) -> Self {
        let id = here.session.with_untracked(|session| session.id.clone());
        let open = Memo::new(move |_| beside.shows(Panel::Host));
        let version = Memo::new(move |_| here.session.with(|session| session.version));
        let heard = StoredValue::new(Heard::default());
        let asked = id.clone();
        let query = Query::kept(
            move || asked.clone(),
            move |id| {
                // Read, and not only tracked: a memo that nobody has read follows nothing yet.
                let _ = (version.get(), open.get());
                heard.set_value(Heard::default());
                all(id)
            },
        );
        let seated = Memo::new(move |_| {
            here.call.room.with(|room| {
                let full = room.counts.seats >= room.counts.max_seats;
                full.then(|| room.speakers.iter().map(|speaker| speaker.person.clone()).collect())
            })
        });
        let known = Self {
            queue: RwSignal::default(),
            bars: RwSignal::default(),
            access: RwSignal::new(None),
            can_edit: RwSignal::new(false),
            query,
            heard,
            seated,
        };
        Effect::new(move |_| {
            if let Some(Some(fetched)) = query.value.with(|answer| answer.here().cloned()) {
                let now = ShareQueue::new(fetched.waiting).with(heard.get_value());
                known.queue.update(|queue| *queue = now.after(queue));
                known.bars.set(fetched.bars);
                known.access.set(Some(fetched.access));
                known.can_edit.set(fetched.can_edit);
            }
        });
        Effect::new(move |_| known.settle(seated.get()));
        known.follow_presence(id.clone());
        known.listen(here, id, ring);
        known
    }

    /// Who of those that wait comes in and who goes, as long as anybody waits.
    fn follow_presence(self, session_id: cynic::Id) {
        let live: Live = expect_context();
        let anybody = Memo::new(move |_| self.count() > 0);
        Effect::new(move |_| {
            if !anybody.get() {
                return;
            }
            let operation = PresenceChanged::build(InSession { session_id: session_id.clone() });
            let changes = live.subscribe(&operation, move |change: Result<PresenceChanged, Failure>| {
                let Ok(PresenceChanged { room_people_changed: change }) = change else { return };
                if change.anew {
                    self.query.reload();
                }
                let came = || change.joined.iter().map(|one| &one.person.id);
                self.heard.try_update_value(|heard| {
                    heard.moved(change.left.iter(), false);
                    heard.moved(came(), true);
                });
                self.queue.try_maybe_update(|queue| {
                    let left = queue.moved(change.left.iter(), false);
                    let came = queue.moved(came(), true);
                    (left || came, ())
                });
            });
            let changes = StoredValue::new_local(changes);
            on_cleanup(move || changes.dispose());
            // Who left before this was heard is still inside by what was read.
            self.query.reload();
        });
    }

    fn listen(self, here: Here, id: cynic::Id, ring: Ring) {
        let (live, toasts): (Live, _) = (expect_context(), use_toasts());
        let event_id = here.session.with_untracked(|session| session.event.id.clone());
        let elsewhere = Gathered::new(move |changes| {
            let slug = here.session.with_untracked(|session| session.event.slug.clone());
            host_news::tell(toasts, &slug, changes, Place::Room);
        });
        let changes = live.subscribe(
            &ShareRequestsChanged::build(OfEvent { event_id }),
            move |change: Result<ShareRequestsChanged, Failure>| match change {
                Ok(ShareRequestsChanged { share_requests_changed: change }) if change.session_id == id => {
                    let name = change.request.person.name.clone();
                    // Whoever asks is there, even if they came in a moment ago, which is told once a second.
                    if self.take(ShareRequest { inside: true, ..change.request }) {
                        ring.ring();
                        here.say(untrack(|| text!("asks-aloud", name = name)));
                    }
                }
                Ok(ShareRequestsChanged { share_requests_changed: change }) => elsewhere.take(change),
                // What one may see has changed: ask again.
                Err(_) => self.query.reload(),
            },
        );
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    }

    pub fn reload(self) {
        self.query.reload();
    }

    /// How many wait.
    pub fn count(self) -> usize {
        self.queue.with(|queue| queue.waiting().len())
    }

    /// Takes a request as it is now, and says whether it is a new one.
    fn take(self, request: ShareRequest) -> bool {
        self.heard.try_update_value(|heard| heard.request(request.clone()));
        let new = self.queue.try_update(|queue| queue.apply(request)).unwrap_or(false);
        self.settle(self.seated.try_get_untracked().flatten());
        new
    }

    /// Whose turn is over, by who is on screen while every seat is taken, is not next any more (D5).
    fn settle(self, seated: Option<Vec<String>>) {
        self.queue.try_maybe_update(|queue| (queue.settle(seated.as_deref()), ()));
    }

    /// Why there is nothing to show, if that is so.
    pub fn failure(self) -> Option<Failure> {
        self.query.value.with(|answer| if let Loaded::Failed(failure) = answer { Some(failure.clone()) } else { None })
    }
}

async fn all(id: cynic::Id) -> Result<Option<Fetched>, Failure> {
    let (mut waiting, mut after) = (Vec::new(), None);
    loop {
        let variables = ScreenVariables { id: id.clone(), after };
        let Some(session) = fetch::send(Screen::build(variables)).await?.session else { return Ok(None) };
        waiting.extend(session.share_requests.nodes);
        if !session.share_requests.page_info.has_next_page {
            let (access, can_edit, bars) = (session.share_access, session.viewer_can_edit, session.bars.nodes);
            return Ok(Some(Fetched { access, can_edit, bars, waiting }));
        }
        after = session.share_requests.page_info.end_cursor;
    }
}
