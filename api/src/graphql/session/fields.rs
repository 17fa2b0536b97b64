//! What clients read of a session.

use super::choice::{DisplaySize, Scheduling, SessionTiming, SessionWindow, ShareAccess, WatchAccess};
use super::{Session, Viewer};
use crate::access::{self, ShareStanding};
use crate::feed::{self, ShareRequestView};
use crate::graphql::account::Person;
use crate::graphql::chat::{Chat, WriteRefusal};
use crate::graphql::connection::{is_read, moment_and_id, paged, slice};
use crate::graphql::context::Ask;
use crate::graphql::event::{self, Event};
use crate::graphql::invitation::{Invitation, InvitationConnection};
use crate::graphql::loaders::{
    AdditionalInformationOf, KnownOf, ModeratorsOf, PersonOf, PlaceIn, SegmentsOf, SharersOf, SpeaksIn, TagsOf,
    TicketsOf,
};
use crate::graphql::message::{self, MessageConnection};
use crate::graphql::picture::Picture;
use crate::graphql::recording::{self, RecordingConnection, RecordingEnd};
use crate::graphql::room::RoomState;
use crate::graphql::screen::{ScreenBar, ScreenBarConnection};
use crate::graphql::segment::{Reader, Segment};
use crate::graphql::share_request::{MyShare, ShareRequest, ShareRequestConnection};
use crate::graphql::ticket_type::TicketType;
use crate::graphql::visibility::VisibilitySentence;
use crate::media_link::Live;
use crate::ops;
use crate::ops::list::{Listed, Total};
use crate::timing::Timing;
use crate::visibility;
use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// A room of the programme.
#[Object]
impl Session {
    /// Its id.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The event that it belongs to.
    async fn event(&self) -> Event {
        Event(Arc::clone(&self.event))
    }

    /// Its title, up to 60 characters.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What it is about, up to 140 characters.
    async fn description(&self) -> &str {
        &self.row.description
    }

    /// More about it, as sanitised HTML with links, pictures of ours and embedded videos; empty when there is none. It can be
    /// put into a page as it is.
    #[graphql(complexity = 10)]
    async fn additional_information(&self, ctx: &Context<'_>) -> Result<String> {
        let known = match &self.additional_information {
            Some(html) => Some(Arc::clone(html)),
            None => ctx.loaders().load_one(AdditionalInformationOf(self.row.id)).await?,
        };
        Ok(known.map(|html| html.to_string()).unwrap_or_default())
    }

    /// Its tags, in its order.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        match &self.tags {
            Some(tags) => Ok(tags.to_vec()),
            None => Ok(ctx.loaders().load_one(TagsOf(self.row.id)).await?.unwrap_or_default()),
        }
    }

    /// How wide its card is.
    async fn display_size(&self) -> DisplaySize {
        self.row.display_size.into()
    }

    /// Its place in lists: higher first.
    async fn priority(&self) -> i32 {
        self.row.priority
    }

    /// Its place among those of the same priority: they stand in the order of these texts, by their code points.
    async fn sort_key(&self) -> &str {
        &self.row.sort_key
    }

    /// Who can watch.
    async fn watch_access(&self) -> WatchAccess {
        self.row.watch_access.into()
    }

    /// The ticket types whose holders can watch, where that goes by ticket.
    async fn ticket_type_ids(&self, ctx: &Context<'_>) -> Result<Vec<ID>> {
        let tickets = match &self.tickets {
            Some(tickets) => tickets.to_vec(),
            None => ctx.loaders().load_one(TicketsOf(self.row.id)).await?.unwrap_or_default(),
        };
        Ok(tickets.into_iter().map(|ticket| ID(ticket.to_string())).collect())
    }

    /// The same as things of their own.
    async fn ticket_types(&self, ctx: &Context<'_>) -> Result<Vec<TicketType>> {
        let loaders = ctx.loaders();
        let ids = match &self.tickets {
            Some(tickets) => tickets.to_vec(),
            None => loaders.load_one(TicketsOf(self.row.id)).await?.unwrap_or_default(),
        };
        let found = loaders.load_many(ids.iter().copied()).await?;
        Ok(ids.iter().filter_map(|id| found.get(id).map(|row| TicketType((**row).clone()))).collect())
    }

    /// Its cover.
    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Picture>> {
        let Some(id) = self.row.picture_id else { return Ok(None) };
        match &self.picture {
            Some(picture) => Ok(Some(Picture(Arc::clone(picture)))),
            None => Ok(ctx.loaders().load_one(id).await?.map(Picture)),
        }
    }

    /// What the cover says to who does not see it, up to 140 characters; empty for one that only decorates.
    async fn picture_alt(&self) -> &str {
        &self.row.picture_alt
    }

    /// Who can share audio and video.
    async fn share_access(&self) -> ShareAccess {
        self.row.share_access.into()
    }

    /// Seats on screen at the most, 1 to 50.
    async fn max_participants(&self) -> i32 {
        self.row.max_participants
    }

    /// Whether a YouTube video may be shared, which everybody inside then watches at the same position: by hosts where it is
    /// moderated, otherwise by whoever is on screen and by hosts.
    async fn youtube_sharing(&self) -> bool {
        self.row.youtube_sharing
    }

    /// Whether it is recorded: from the moment at which somebody comes on screen, in blocks of two hours unless media is set
    /// otherwise. Everybody who sees the session may know. Sessions of attendees are not recorded.
    async fn record(&self) -> bool {
        self.row.record
    }

    /// Why recording has stopped by itself, until a host starts it again: `SILENCE` or `DISK`. Whoever goes on screen meanwhile is not
    /// recorded, and everybody who sees the session may know.
    async fn record_stopped(&self) -> Option<RecordingEnd> {
        self.row.record_stopped.filter(|_| self.row.record).map(RecordingEnd::from)
    }

    /// Its recordings, in the order of its blocks: for hosts all, for others who may watch it those that are replays.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn recordings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<RecordingConnection> {
        let slice = slice(first, after, |block| block.parse::<i32>().ok())?;
        let which = access::seen_recordings(self.viewer(ctx).await?.host);
        recording::of_session(ctx, self.row.id, which, slice).await
    }

    /// When it is open.
    async fn scheduling(&self) -> Scheduling {
        self.row.scheduling.into()
    }

    /// When it is shown, by the published segments that it is linked to, the earliest first. An always open session has none.
    async fn windows(&self, ctx: &Context<'_>) -> Result<Vec<SessionWindow>> {
        Ok(self.known_windows(ctx).await?.into_iter().map(SessionWindow::from).collect())
    }

    /// Where it stands now.
    async fn timing(&self, ctx: &Context<'_>) -> Result<SessionTiming> {
        Ok(match self.stands(ctx).await? {
            Timing::AlwaysOpen => SessionTiming::AlwaysOpen,
            Timing::Unlinked => SessionTiming::Unlinked,
            Timing::Before(_) => SessionTiming::Before,
            Timing::Open => SessionTiming::Open,
            Timing::Over => SessionTiming::Over,
        })
    }

    /// The segments that lead to it and that the caller sees, by start; 50 at the most.
    #[graphql(complexity = "50 * child_complexity + 1")]
    async fn segments(&self, ctx: &Context<'_>) -> Result<Vec<Segment>> {
        let standing = event::standing(ctx, &self.event).await?;
        let reader = Reader::of(&ctx.caller(), standing);
        let Some(by) = reader.by() else { return Ok(Vec::new()) };
        let rows = ctx.loaders().load_one(SegmentsOf(self.row.id, by)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Segment::listed(row, &self.event, reader)).collect())
    }

    /// Whether an attendee made it.
    async fn attendee_created(&self) -> bool {
        self.row.creator_id.is_some()
    }

    /// The attendee who made it.
    async fn creator(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        let Some(creator) = self.row.creator_id else { return Ok(None) };
        let account = ctx.loaders().load_one(PersonOf(creator)).await?;
        Ok(account.as_ref().map(Person::from))
    }

    /// Whether the caller sees and enters it before its time, as an organizer or as a speaker of a segment that leads to it: a
    /// test run, which attendees do not see.
    async fn test_run(&self, ctx: &Context<'_>) -> Result<bool> {
        if !matches!(self.stands(ctx).await?, Timing::Before(_)) {
            return Ok(false);
        }
        if let Some(early) = self.early {
            return Ok(early);
        }
        let caller = ctx.caller();
        let Some(account) = &caller.account else { return Ok(false) };
        let speaks = match &self.speakers {
            Some(speakers) => speakers.contains(&account.id),
            None => ctx.loaders().load_one(SpeaksIn(self.row.id, account.id)).await?.unwrap_or(false),
        };
        Ok(access::sees_test_run(ops::stands(&caller, &self.event, None), speaks))
    }

    /// Counts its changes, those of its tags and invitations included: of two copies the higher one is newer.
    async fn version(&self) -> i64 {
        self.row.version
    }

    /// The address of its room. That of an unlisted session is its link: whoever sees the session may pass it on.
    async fn url(&self, ctx: &Context<'_>) -> String {
        ops::session::url(&ctx.app().public_url, &self.event, &self.row)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row.updated_at.utc()
    }

    /// Whether the caller may change it.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        access::manage_event(&ctx.caller(), &self.event).is_ok()
    }

    /// Whether the caller is a host of it: organizers, its moderators while it is moderated, and the attendee who made it.
    async fn viewer_is_host(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.viewer(ctx).await?.host)
    }

    /// Whether the caller may go on screen now, since they need not ask or were approved.
    async fn viewer_may_share(&self, ctx: &Context<'_>) -> Result<bool> {
        let Viewer { standing, host, claim } = self.viewer(ctx).await?;
        Ok(ctx.caller().account.is_some() && access::may_share(standing, &self.row, host, claim))
    }

    /// How the caller stands to going on screen, and their place among those who wait for a host.
    async fn my_share(&self, ctx: &Context<'_>) -> Result<MyShare> {
        let Viewer { standing, host, claim } = self.viewer(ctx).await?;
        let caller = ctx.caller();
        let Some(account) = &caller.account else { return Ok(feed::MyShare::new(ShareStanding::MayNot, None).into()) };
        let place = ctx.loaders().load_one(PlaceIn(self.row.id, account.id)).await?;
        let standing = access::share_standing(standing, &self.row, host, claim);
        Ok(feed::MyShare::new(standing, place).into())
    }

    /// Those who wait for a host to let them on screen, in the order they asked; 500 at the most. For hosts; none for others.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn share_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<ShareRequestConnection> {
        let slice = slice(first, after, moment_and_id)?;
        let has_previous = slice.after.is_some();
        let host = self.viewer(ctx).await?.host;
        let list = match host && !is_read(ctx) {
            true => Listed { total: Total::WaitingIn(self.row.id), ..Listed::nothing() },
            false => ops::share_request::list(ctx.app(), host, self.row.id, slice).await?,
        };
        Ok(paged(list, has_previous, |(request, account)| {
            let view = ShareRequestView { request, person: Arc::new(account), decided_by: None };
            (format!("{}/{}", view.request.created_at.millis(), view.request.id), ShareRequest(view))
        }))
    }

    /// Those who were taken off the screen and stay off it until a host lifts that, the earliest first. For hosts; none for
    /// others.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn bars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<ScreenBarConnection> {
        let slice = slice(first, after, moment_and_id)?;
        let has_previous = slice.after.is_some();
        let host = self.viewer(ctx).await?.host;
        let list = ops::screen::bars(ctx.app(), host, self.row.id, slice).await?;
        Ok(paged(list, has_previous, |(row, account)| {
            (format!("{}/{}", row.created_at.millis(), row.account_id), ScreenBar { row, account })
        }))
    }

    /// Its moderators by name, 50 at the most. They are hosts while it is moderated.
    async fn moderators(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let people = ctx.loaders().load_one(ModeratorsOf(self.row.id)).await?.unwrap_or_default();
        Ok(people.iter().map(Person::from).collect())
    }

    /// Who may go on screen where that is by invitation only, by name, 500 at the most. For organizers; none for others.
    async fn sharers(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        if access::see_sharers(&ctx.caller(), &self.event).is_err() {
            return Ok(Vec::new());
        }
        let people = ctx.loaders().load_one(SharersOf(self.row.id)).await?.unwrap_or_default();
        Ok(people.iter().map(Person::from).collect())
    }

    /// Who is on screen and how many watch, now. A test run looks empty to those who do not see it (F5).
    async fn room(&self, ctx: &Context<'_>) -> Result<RoomState> {
        let before = matches!(self.stands(ctx).await?, Timing::Before(_));
        let live = match before && !self.test_run(ctx).await? {
            true => Live::default(),
            false => ctx.app().rooms.live(self.row.id),
        };
        Ok(RoomState::of(self.row.id, live))
    }

    /// Its chat; nothing for who may not read it, or not yet.
    #[graphql(complexity = "child_complexity + 10")]
    async fn chat(&self, ctx: &Context<'_>) -> Result<Option<Chat>> {
        Ok(ops::chat::find(ctx.app(), &ctx.caller(), self.row.id).await?.map(Chat::from))
    }

    /// Why the caller may not write in its chat now; nothing for who may.
    #[graphql(complexity = 10)]
    async fn viewer_write_refusal(&self, ctx: &Context<'_>) -> Result<Option<WriteRefusal>> {
        Ok(ops::chat::refusal(ctx.app(), &ctx.caller(), self.row.id).await?.map(WriteRefusal::from))
    }

    /// The messages of its chat, from the oldest to the newest: the last 50 unless said otherwise. None for who may not read it,
    /// or not yet.
    #[graphql(complexity = "first.or(last).unwrap_or(50).max(0) as usize * child_complexity + 10")]
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the beginning, or after the cursor, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "So many from the end, or before the cursor, 1 to 100; 50 unless given.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
    ) -> Result<MessageConnection> {
        let stretch = message::stretch((first, after), (last, before))?;
        let history = ops::chat::history(ctx.app(), &ctx.caller(), self.row.id, stretch).await?;
        Ok(MessageConnection::of(history, stretch))
    }

    /// Why it can be found now or not, and by whom: one sentence each, at least two. For organizers; none for others.
    #[graphql(complexity = 10)]
    async fn visibility(&self, ctx: &Context<'_>) -> Result<Vec<VisibilitySentence>> {
        if access::manage_event(&ctx.caller(), &self.event).is_err() {
            return Ok(Vec::new());
        }
        let known = ctx.loaders().load_one(KnownOf(self.row.id)).await?.unwrap_or_default();
        let sentences = visibility::of(&self.event, &self.row, &known, ctx.app().clock.now());
        Ok(sentences.into_iter().map(VisibilitySentence::from).collect())
    }

    /// Who is invited, by email address. For organizers; none for others.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn invitations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<InvitationConnection> {
        let slice = slice(first, after, |email| Some(email.to_owned()))?;
        let has_previous = slice.after.is_some();
        let list = ops::invitation::list(ctx.app(), &ctx.caller(), &self.event, self.row.id, slice).await?;
        Ok(paged(list, has_previous, |(row, account)| (row.email.clone(), Invitation { row, account })))
    }
}
