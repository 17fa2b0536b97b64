//! Who is in a room, in GraphQL (I2): a page of them, and who comes and goes.

use super::account::Person;
use super::context::{Ask, parse};
use super::once::Once;
use super::subscription::{Place, Watch};
use crate::feed::{self, Change, PeopleChange, Roles, Topic};
use crate::media_link::{Insider, Live};
use crate::ops;
use crate::ops::room::people::RoomPeople;
use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject, Subscription};
use futures_util::Stream;

/// What somebody is in a session: the first of these that is true.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "feed::Role")]
pub(super) enum RoomRole {
    /// Organizers, moderators while the session is moderated, and the attendee who made it.
    Host,
    /// Speaks in a segment that leads to the session.
    Speaker,
    /// Everybody else.
    Attendee,
}

/// Somebody in a room.
#[derive(SimpleObject)]
pub(super) struct RoomPerson {
    /// Who.
    person: Person,
    /// What they are there.
    role: RoomRole,
    /// Whether they are on screen.
    on_screen: bool,
    /// Their place among those who have raised a hand, from 1; nothing for others, and behind the first 200.
    hand: Option<usize>,
    /// Their place in the list: people stand in the order of these texts, by their code points.
    sort_key: String,
}

impl RoomPerson {
    fn of(insider: &Insider, roles: &Roles, live: &Live) -> Self {
        let id = insider.account.to_string();
        Self {
            role: roles.of(insider.account).into(),
            on_screen: live.speakers.iter().any(|speaker| speaker.person == id),
            hand: live.hands.up.iter().position(|hand| hand.person == id).map(|place| place + 1),
            sort_key: insider.key.to_string(),
            person: Person { id, name: insider.name.to_string(), account: None, picture: None },
        }
    }
}

/// Not declared by the macro, since it carries a revision as well, and knows how long the list is.
pub(super) struct RoomPersonConnection {
    entries: Vec<RoomPerson>,
    has_previous: bool,
    has_next: bool,
    total: usize,
    revision: i64,
}

/// A page of a list of people in a room.
#[Object]
impl RoomPersonConnection {
    /// The entries with their cursors.
    async fn edges(&self) -> Vec<RoomPersonEdge<'_>> {
        self.entries.iter().map(|node| RoomPersonEdge { cursor: &node.sort_key, node }).collect()
    }

    /// The entries alone.
    async fn nodes(&self) -> &[RoomPerson] {
        &self.entries
    }

    /// Whether there is more, and where.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.entries.first().map(|one| one.sort_key.clone()),
            end_cursor: self.entries.last().map(|one| one.sort_key.clone()),
        }
    }

    /// How many entries the whole list has, on all pages.
    async fn total_count(&self) -> usize {
        self.total
    }

    /// Up to which change of who is inside the page is true: what `roomPeopleChanged` tells with a higher one came later.
    async fn revision(&self) -> i64 {
        self.revision
    }
}

/// One entry of a list of people in a room.
#[derive(SimpleObject)]
struct RoomPersonEdge<'a> {
    /// Where a page after this entry begins; it stays that place whoever comes and goes.
    cursor: &'a str,
    /// The entry.
    node: &'a RoomPerson,
}

impl RoomPersonConnection {
    pub(super) fn of(people: RoomPeople, has_previous: bool) -> Self {
        let RoomPeople { rows, has_next, total, revision, roles, live } = people;
        let entries = rows.iter().map(|insider| RoomPerson::of(insider, &roles, &live)).collect();
        Self { entries, has_previous, has_next, total, revision }
    }
}

/// People came into a room and went, or are something else there.
#[derive(SimpleObject)]
struct RoomPeopleChange {
    /// The session.
    session_id: ID,
    /// Counts such changes: of two the higher is newer.
    revision: i64,
    /// Who came in, or changed: as they are now.
    joined: Vec<RoomPerson>,
    /// The ids of those who went.
    left: Vec<ID>,
    /// How many are inside now.
    count: usize,
    /// So much has changed that nobody is named: the list has to be read again.
    anew: bool,
}

impl From<&PeopleChange> for RoomPeopleChange {
    fn from(change: &PeopleChange) -> Self {
        let moved = &change.moved;
        let joined = moved.joined.iter().map(|insider| RoomPerson::of(insider, &change.roles, &change.live));
        Self {
            session_id: ID(moved.session.to_string()),
            revision: moved.revision,
            joined: joined.collect(),
            left: moved.left.iter().map(|person| ID(person.to_string())).collect(),
            count: moved.count,
            anew: change.anew,
        }
    }
}

#[derive(Default)]
pub(super) struct RoomPeopleSubscription;

#[Subscription]
impl RoomPeopleSubscription {
    /// Who comes into the room of a session and who goes, at most once a second: whoever does both in between is not told. For those
    /// who may see who is there, as `RoomState.people` has it.
    async fn room_people_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] session_id: ID,
    ) -> Result<impl Stream<Item = Result<Once<RoomPeopleChange>>>> {
        let id = parse(&session_id, "session")?;
        let caller = ctx.caller();
        let person = caller.account()?.id;
        let (event, _) = ops::room::people::seen(ctx.app(), &caller, id).await?;
        let watch = Watch::new(ctx, Topic::People(id), event, Place::Venue).await?;
        let rooms = ctx.app().rooms.clone();
        Ok(watch.listen(move |watcher, change| match change {
            Change::People(people)
                if watcher.finds(&people.audience)
                    && people.is_for(person, watcher.standing, rooms.was_inside(id, person)) =>
            {
                Some(Once::shared(RoomPeopleChange::from(&**people), change))
            }
            _ => None,
        }))
    }
}
