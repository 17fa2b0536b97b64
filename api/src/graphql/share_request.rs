//! Requests to go on screen in GraphQL (D3, D5): asking, deciding, and hearing of both.

use super::account::Person;
use super::connection::connection;
use super::context::{Ask, parse};
use super::once::Once;
use super::session::{Session, SessionPayload};
use super::subscription::{Place, Watch};
use crate::access;
use crate::error::Error;
use crate::feed::{self, Change, ShareRequestView, Topic};
use crate::ids::SessionId;
use crate::model::account::Account;
use crate::ops;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt, future, stream};
use std::sync::Arc;

/// What became of a request to go on screen.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::share_request::State")]
enum ShareRequestState {
    /// No host has decided it yet.
    Waiting,
    /// The person may go on screen.
    Approved,
    /// For this time: the person may ask again.
    Declined,
    /// By the person, who may also give back what was approved, or since they need not or may not ask any more.
    Withdrawn,
}

pub(super) struct ShareRequest(pub ShareRequestView);

/// Somebody asking to go on screen. Seen by hosts of the session.
#[Object]
impl ShareRequest {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.request.id.to_string())
    }

    /// Who asks.
    async fn person(&self) -> Person {
        named(&self.0.person)
    }

    /// Whether they are in the room now.
    async fn inside(&self, ctx: &Context<'_>) -> bool {
        let (session, person) = (self.0.request.session_id, self.0.request.account_id);
        ctx.app().rooms.with_people(session, |people, _| people.find(person).is_some())
    }

    /// Since when.
    async fn requested_at(&self) -> DateTime<Utc> {
        self.0.request.created_at.utc()
    }

    /// What became of it.
    async fn state(&self) -> ShareRequestState {
        self.0.request.state.into()
    }

    /// The host who approved or declined it.
    async fn decided_by(&self) -> Option<Person> {
        self.0.decided_by.as_ref().map(named)
    }

    /// When it was decided or withdrawn.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.request.decided_at.map(|at| at.utc())
    }
}

connection!(ShareRequestConnection, ShareRequestEdge, ShareRequest, "requests to go on screen");

fn named(account: &Arc<Account>) -> Person {
    Person { id: account.id.to_string(), name: account.name.clone(), account: Some(Arc::clone(account)), picture: None }
}

/// How somebody stands to going on screen in a session.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::access::ShareStanding")]
enum ShareStanding {
    /// May, without asking.
    MayShare,
    /// Asks a host first.
    MayAsk,
    /// Has asked, and no host has decided it yet.
    Waiting,
    /// May: a host approved it, or they were on screen when the session became moderated.
    Approved,
    /// Watches: only chosen people go on screen.
    MayNot,
    /// Was taken off the screen, and stays off it until a host lifts that.
    Barred,
}

/// How the caller stands to going on screen in a session.
#[derive(SimpleObject)]
pub(super) struct MyShare {
    /// Whether they may, by asking or without.
    state: ShareStanding,
    /// Of who waits: the place in the queue, from 1.
    position: Option<i32>,
    /// Of who waits: their request.
    request_id: Option<ID>,
}

impl From<feed::MyShare> for MyShare {
    fn from(mine: feed::MyShare) -> Self {
        let (request, position) = mine.waiting.unzip();
        Self { state: mine.standing.into(), position, request_id: request.map(|id| ID(id.to_string())) }
    }
}

/// For `requestToShare`.
#[derive(InputObject)]
struct RequestToShareInput {
    /// The session.
    session_id: ID,
}

/// For `withdrawShareRequest`.
#[derive(InputObject)]
struct WithdrawShareRequestInput {
    /// The session in which the caller waits.
    session_id: ID,
}

/// For `approveShareRequest`.
#[derive(InputObject)]
struct ApproveShareRequestInput {
    /// The request.
    id: ID,
}

/// For `declineShareRequest`.
#[derive(InputObject)]
struct DeclineShareRequestInput {
    /// The request.
    id: ID,
}

/// For `declineAllShareRequests`.
#[derive(InputObject)]
struct DeclineAllShareRequestsInput {
    /// The session.
    session_id: ID,
}

/// A request after it was decided.
#[derive(SimpleObject)]
struct ShareRequestPayload {
    /// The request.
    request: ShareRequest,
    /// The session in which somebody asked.
    session: Session,
}

/// Nobody waits any more.
#[derive(SimpleObject)]
struct DeclineAllShareRequestsPayload {
    /// The session.
    session: Session,
    /// How many waited.
    declined: usize,
}

#[derive(Default)]
pub(super) struct ShareRequestMutation;

#[Object]
impl ShareRequestMutation {
    /// Asks the hosts of a moderated session to go on screen; who waits already goes on waiting. For those who may be in its room
    /// now and are no hosts of it, also muted ones. `CONFLICT` for who may go on screen by then.
    async fn request_to_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: RequestToShareInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        Ok(SessionPayload { session: ops::share_request::request(ctx.app(), &ctx.caller(), id).await?.into() })
    }

    /// Takes the caller's request back, or the right that came of it. `CONFLICT` when there is neither any more.
    async fn withdraw_share_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: WithdrawShareRequestInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        Ok(SessionPayload { session: ops::share_request::withdraw(ctx.app(), &ctx.caller(), id).await?.into() })
    }

    /// Lets somebody on screen who asked: when every seat is taken, the next free one is kept for them. For hosts. `CONFLICT`
    /// when another host was faster, with who that was in the message.
    async fn approve_share_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: ApproveShareRequestInput,
    ) -> Result<ShareRequestPayload> {
        let id = parse(&input.id, "request")?;
        let (session, request) = ops::share_request::approve(ctx.app(), &ctx.caller(), id).await?;
        Ok(ShareRequestPayload { request: ShareRequest(request), session: session.into() })
    }

    /// Declines a request; the person may ask again. For hosts. `CONFLICT` as for `approveShareRequest`.
    async fn decline_share_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: DeclineShareRequestInput,
    ) -> Result<ShareRequestPayload> {
        let id = parse(&input.id, "request")?;
        let (session, request) = ops::share_request::decline(ctx.app(), &ctx.caller(), id).await?;
        Ok(ShareRequestPayload { request: ShareRequest(request), session: session.into() })
    }

    /// Declines everybody who waits. For hosts.
    async fn decline_all_share_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: DeclineAllShareRequestsInput,
    ) -> Result<DeclineAllShareRequestsPayload> {
        let id = parse(&input.session_id, "session")?;
        let (session, declined) = ops::share_request::decline_all(ctx.app(), &ctx.caller(), id).await?;
        Ok(DeclineAllShareRequestsPayload { session: session.into(), declined })
    }
}

/// A request was made, or has ended.
#[derive(SimpleObject)]
struct ShareRequestChange {
    /// The session in which somebody asked.
    session_id: ID,
    /// The request as it is now.
    request: ShareRequest,
    /// How many wait in the session now.
    waiting_count: usize,
}

#[derive(Default)]
pub(super) struct ShareRequestSubscription;

#[Subscription]
impl ShareRequestSubscription {
    /// Every request that is made or has ended, in the sessions of an event that the subscriber is a host of then. For
    /// organizers, for moderators of one of its sessions, and for attendees who made one.
    async fn share_requests_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose sessions to watch.")] event_id: ID,
        #[graphql(desc = "One session instead of all.")] session_id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Once<ShareRequestChange>>>> {
        let event = parse(&event_id, "event")?;
        let only: Option<SessionId> = session_id.map(|id| parse(&id, "session")).transpose()?;
        let person = ctx.caller().account()?.id;
        let watch = Watch::new(ctx, Topic::ShareRequests(event), event, Place::Venue).await?;
        let organizer = watch.watcher.standing.organizer;
        access::hear_requests(organizer || ops::share_request::hosts_in(ctx.app(), event, person).await?)?;
        Ok(watch.listen(move |watcher, change| match change {
            Change::ShareRequest(request) => {
                let (sharing, view) = (&request.sharing.sharing, &request.view);
                let session = view.request.session_id;
                let hears = only.is_none_or(|only| only == session)
                    && watcher.finds(&request.sharing.audience)
                    && sharing.is_host(person);
                let payload = || ShareRequestChange {
                    session_id: ID(session.to_string()),
                    request: ShareRequest(view.clone()),
                    waiting_count: sharing.queue.len(),
                };
                hears.then(|| Once::shared(payload(), change))
            }
            _ => None,
        }))
    }

    /// How the subscriber stands to going on screen in a session: at once, and then whenever that changes, the own place in the
    /// queue included. For those who may watch it.
    async fn my_share_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] session_id: ID,
    ) -> Result<impl Stream<Item = Result<MyShare>>> {
        let id = parse(&session_id, "session")?;
        let person = ctx.caller().account()?.id;
        let missing = || Error::NotFound("session");
        let event = ops::session::find(ctx.app(), &ctx.caller(), id).await?.ok_or_else(missing)?.event.id;
        let watch = Watch::new(ctx, Topic::Sharing(id), event, Place::Venue).await?;
        // Listening by now: what changes in between is heard.
        let now = ops::room::sharing_now(ctx.app(), id).await?;
        let now = now.filter(|now| watch.watcher.finds(&now.audience)).ok_or_else(missing)?;
        let first = now.sharing.of(person);
        let mut told = first;
        let changes = watch.listen(move |watcher, change| match change {
            Change::Sharing(change) if watcher.finds(&change.audience) => {
                let mine = change.sharing.of(person);
                let differs = std::mem::replace(&mut told, mine) != mine;
                differs.then(|| MyShare::from(mine))
            }
            _ => None,
        });
        Ok(stream::once(future::ready(Ok(MyShare::from(first)))).chain(changes))
    }
}
