//! May they? The one place for permissions: pure functions named after the act. Callers load, then ask.
//!
//! What may not be seen does not exist: the answer is the same as for a wrong id.

use crate::error::{Error, Result};
use crate::ids::{AccountId, LoginId, OrganizationId, TicketTypeId};
use crate::model::account::Account;
use crate::model::event::{Event, State};
use crate::model::recording::Which;
use crate::model::session::{Session, ShareAccess, WatchAccess};
use crate::timing::Timing;

/// Whoever makes a request, resolved once at the edge.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub account: Option<Account>,
    /// The sign-in that the request came with.
    pub login: Option<LoginId>,
    /// The organizations that the account is an organizer of.
    pub organizes: Vec<OrganizationId>,
}

impl Caller {
    /// The caller's account; nobody who is not signed in gets further.
    pub fn account(&self) -> Result<&Account> {
        self.account.as_ref().ok_or(Error::Unauthenticated)
    }

    pub fn is_organizer_of(&self, organization: OrganizationId) -> bool {
        self.organizes.contains(&organization)
    }
}

/// What a caller is in one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Of the organization that owns the event.
    pub organizer: bool,
    /// With which ticket type; nothing for who is not registered, or is blocked (A7).
    pub ticket: Option<TicketTypeId>,
}

impl Standing {
    pub fn is_registered(&self) -> bool {
        self.ticket.is_some()
    }
}

/// What a person was given for one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// On its invite list (C2, C3).
    pub invited: bool,
    /// Holds one of its ticket types (C3).
    pub holds_ticket: bool,
    /// Came by its link once (C4).
    pub admitted: bool,
    /// One of its moderators (D4). That alone lets nobody in (C5).
    pub moderator: bool,
    /// May go on screen where that is by invitation only (D2).
    pub sharer: bool,
    /// May go on screen where that is moderated (D3).
    pub granted: bool,
    /// Taken off the screen until a host lifts that (D7).
    pub barred: bool,
    /// Speaks in a segment that it is linked to (F6).
    pub speaker: bool,
}

/// Manage an organization: its events, its organizers (A2).
pub fn manage_organization(caller: &Caller, organization: OrganizationId) -> Result<()> {
    caller.account()?;
    if caller.is_organizer_of(organization) { Ok(()) } else { Err(Error::NotFound("organization")) }
}

/// Accept an invitation to organize that was sent to this address (A2).
pub fn accept_invitation(account: &Account, email: &str) -> Result<()> {
    if account.email == email {
        Ok(())
    } else {
        Err(Error::Forbidden("This invitation was sent to another email address. Sign in with that one."))
    }
}

/// See an event's public side. A draft is for organizers only (A3).
pub fn see_event(caller: &Caller, event: &Event) -> Result<()> {
    if event.published || caller.is_organizer_of(event.organization_id) {
        Ok(())
    } else {
        Err(Error::NotFound("event"))
    }
}

/// Change an event and everything in it (A2).
pub fn manage_event(caller: &Caller, event: &Event) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    if caller.is_organizer_of(event.organization_id) {
        Ok(())
    } else {
        Err(Error::Forbidden("Only organizers of this event may do that."))
    }
}

/// See who is registered for an event.
pub fn see_people(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Remove a person from an event and keep them out (A7). Who runs it cannot be kept out.
pub fn block(organizers: &[AccountId], person: AccountId) -> Result<()> {
    if organizers.contains(&person) {
        Err(Error::Forbidden("This person is an organizer. Take their organizer's powers back first."))
    } else {
        Ok(())
    }
}

/// See who is invited to the sessions of an event.
pub fn see_invitations(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Register for an event (A3): from its publication to its end. `blocked` says that the person, or whoever had the address
/// before, was removed (A7).
pub fn register(caller: &Caller, event: &Event, state: State, blocked: bool) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    if blocked {
        return Err(Error::Forbidden("You were removed from this event by its organizers and cannot register again."));
    }
    match state {
        State::Upcoming | State::Live => Ok(()),
        State::Draft => Err(Error::NotOpen("The event is not published yet.")),
        State::Ended => Err(Error::NotOpen("The event is over; registration is closed.")),
    }
}

/// Be in an event's venue at all.
pub fn be_in_venue(caller: &Caller, event: &Event, standing: Standing) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    if standing.organizer || standing.is_registered() {
        Ok(())
    } else {
        Err(Error::Forbidden("Register for this event first."))
    }
}

/// Keep an agenda of an event that one is in (A6, G3).
pub fn keep_agenda(event: &Event) -> Result<()> {
    if event.agenda_enabled { Ok(()) } else { Err(Error::Forbidden("My Agenda is switched off for this event.")) }
}

/// Change one's agenda: once the event is over it stays as it is (A3).
pub fn change_agenda(event: &Event, state: State) -> Result<()> {
    keep_agenda(event)?;
    match state {
        State::Ended => Err(Error::NotOpen("The event is over. Your agenda stays as it is.")),
        State::Draft | State::Upcoming | State::Live => Ok(()),
    }
}

/// See who else is in an event (A6): organizers always, attendees while the list of people is visible.
pub fn see_each_other(caller: &Caller, event: &Event, standing: Standing) -> Result<()> {
    be_in_venue(caller, event, standing)?;
    if standing.organizer || event.people_visible {
        Ok(())
    } else {
        Err(Error::Forbidden("The list of people is switched off for this event."))
    }
}

/// Make a session of one's own, as an attendee (N1).
pub fn create_own_session(caller: &Caller, event: &Event, standing: Standing, state: State) -> Result<()> {
    be_in_venue(caller, event, standing)?;
    if !event.attendees_create_sessions {
        return Err(Error::Forbidden("The organizers of this event do not let attendees create sessions."));
    }
    match state {
        State::Live => Ok(()),
        State::Draft | State::Upcoming => Err(Error::NotOpen("The event has not started yet.")),
        State::Ended => Err(Error::NotOpen("The event is over.")),
    }
}

/// Upload a picture into an event: for what one manages there, or for a session of one's own (B3, N1).
pub fn upload_to_event(caller: &Caller, event: &Event, standing: Standing, state: State) -> Result<()> {
    match manage_event(caller, event) {
        Err(_refused) if create_own_session(caller, event, standing, state).is_ok() => Ok(()),
        managing => managing,
    }
}

/// Find and watch a session (C1–C5). A draft's are for organizers only (A3).
pub fn watch(standing: Standing, event: &Event, session: &Session, claim: Claim) -> Result<()> {
    let may = standing.organizer || event.published && is_among_watchers(standing, session, claim);
    if may { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// Whether somebody is among those who can watch a session (C5), be its event published already or not.
pub fn is_among_watchers(standing: Standing, session: &Session, claim: Claim) -> bool {
    standing.organizer
        || standing.is_registered()
            && match session.watch_access {
                WatchAccess::Anyone => true,
                WatchAccess::Private => claim.invited,
                WatchAccess::Tickets => claim.holds_ticket || claim.invited,
                WatchAccess::Unlisted => claim.admitted,
            }
}

/// Tell about a session to whoever has its address, registered or not: title, description and cover, for the preview of a
/// link (B3). Only what every attendee finds.
pub fn preview(event: &Event, session: &Session) -> Result<()> {
    if event.published && session.watch_access == WatchAccess::Anyone {
        Ok(())
    } else {
        Err(Error::NotFound("session"))
    }
}

/// See who may go on screen in the sessions of an event by invitation.
pub fn see_sharers(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Be admitted to an unlisted session by its link (C4). `same_token` says that the link's token is the right one.
pub fn be_admitted(standing: Standing, event: &Event, session: &Session, same_token: bool) -> Result<()> {
    let unlisted = session.watch_access == WatchAccess::Unlisted;
    if event.published && standing.is_registered() && unlisted && same_token {
        Ok(())
    } else {
        Err(Error::NotFound("session"))
    }
}

/// Whether somebody who may watch is a host of the session: organizers, its moderators while it is moderated (D4), and the
/// attendee who made it (N1).
pub fn is_host(person: AccountId, standing: Standing, session: &Session, claim: Claim) -> bool {
    let own = session.creator_id == Some(person);
    standing.organizer || own || session.share_access == ShareAccess::Moderated && claim.moderator
}

/// See who is in the room of a session that one may watch (I2): whoever may be there, while attendees see each other in this event
/// (A6); hosts always, and from outside.
pub fn see_people_inside((standing, host): (Standing, bool), event: &Event, early: bool, door: Door) -> Result<()> {
    if host {
        return Ok(());
    }
    enter(standing, early, door)?;
    if event.people_visible {
        Ok(())
    } else {
        Err(Error::Forbidden("The list of people is switched off for this event."))
    }
}

/// Lower somebody's raised hand, or all of them (I3).
pub fn lower_hand(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session lower the hands of others.")) }
}

/// React in a room (I3): whoever an organizer has not muted (A7).
pub fn react(standing: Standing, muted: bool) -> bool {
    standing.organizer || !muted
}

/// End a room for everybody inside (F5).
pub fn close_room(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may close its room.")) }
}

/// How somebody who may watch stands to going on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareStanding {
    /// Without asking (D1, D2, D4).
    MayShare,
    /// By asking a host (D3).
    MayAsk,
    /// Has asked, and waits.
    Waiting,
    /// By a grant.
    Approved,
    /// Watches (D2).
    MayNot,
    /// Until a host lifts that (D7).
    Barred,
}

impl ShareStanding {
    /// The same of who has asked already, if `asked`.
    pub fn once_asked(self, asked: bool) -> Self {
        if asked && self == Self::MayAsk { Self::Waiting } else { self }
    }
}

/// See a session before its time, as a test run (F6): organizers, and who speaks in a segment that leads to it.
pub fn sees_test_run(standing: Standing, speaker: bool) -> bool {
    standing.organizer || speaker
}

/// How somebody who may watch stands to going on screen (D1–D4, D7). Organizers cannot be barred.
pub fn share_standing(standing: Standing, session: &Session, host: bool, claim: Claim) -> ShareStanding {
    if claim.barred && !standing.organizer {
        return ShareStanding::Barred;
    }
    match session.share_access {
        ShareAccess::Anyone => ShareStanding::MayShare,
        ShareAccess::InviteOnly if host || claim.sharer => ShareStanding::MayShare,
        ShareAccess::InviteOnly => ShareStanding::MayNot,
        ShareAccess::Moderated if host => ShareStanding::MayShare,
        ShareAccess::Moderated if claim.granted => ShareStanding::Approved,
        ShareAccess::Moderated => ShareStanding::MayAsk,
    }
}

/// Whether somebody who may watch may go on screen now.
pub fn may_share(standing: Standing, session: &Session, host: bool, claim: Claim) -> bool {
    matches!(share_standing(standing, session, host, claim), ShareStanding::MayShare | ShareStanding::Approved)
}

/// Ask the hosts of a session that one may watch to go on screen (D3): also muted (A7), and with no host inside.
pub fn request_to_share(standing: Standing, session: &Session, host: bool, claim: Claim) -> Result<()> {
    match share_standing(standing, session, host, claim) {
        ShareStanding::MayAsk | ShareStanding::Waiting => Ok(()),
        ShareStanding::MayShare => Err(Error::Forbidden("You may go on screen here without asking.")),
        ShareStanding::Approved => Err(Error::Conflict("You may go on screen: a host has approved it already.")),
        ShareStanding::MayNot => Err(Error::Forbidden("Only people whom the organizers chose go on screen here.")),
        ShareStanding::Barred => {
            Err(Error::Forbidden("You were taken off the screen of this session. You can ask once a host lifts that."))
        }
    }
}

/// Do what hosts of a session do about who goes on screen: answer requests (D3), mute for everyone, lift a bar (D7).
pub fn direct_screen(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may do that.")) }
}

/// Hear of the requests of an event. `host` says that the caller is a host of one of its sessions, or may become one when
/// that is moderated.
pub fn hear_requests(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of a session of this event hear of requests.")) }
}

/// Take somebody, or what they show, off the screen (D7). `other` says that they are a host themselves: moderators do not
/// take each other or the organizers off.
pub fn remove_from_screen(actor: Standing, host: bool, other: bool) -> Result<()> {
    direct_screen(host)?;
    if other && !actor.organizer {
        return Err(Error::Forbidden("Only organizers take a host off the screen."));
    }
    Ok(())
}

/// Whether being taken off the screen also keeps somebody from it until a host lifts that (D7): by an organizer, or in a
/// session of one's `own` (N1). Organizers cannot be barred.
pub fn removal_bars(actor: Standing, own: bool, person: Standing) -> bool {
    (actor.organizer || own) && !person.organizer
}

/// Which recordings of a session that one may watch one sees: hosts all, others its replays (K8).
pub fn seen_recordings(host: bool) -> Which {
    if host { Which::All } else { Which::Replays }
}

/// Watch a recording (K8). `host` says that the caller is a host of its session, or an organizer, who alone sees those of a session
/// that is gone (B8); `replay` that attendees see it, and that the caller may watch its session.
pub fn watch_recording(host: bool, replay: bool) -> Result<()> {
    if host || replay { Ok(()) } else { Err(Error::NotFound("recording")) }
}

/// Let attendees watch a recording, or not any more (K8); have it made into a file once more (K5).
pub fn direct_recording(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may do that with its recordings.")) }
}

/// Start recording a session again that has stopped by itself (K2).
pub fn start_recording(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may start its recording.")) }
}

/// Delete a recording that one sees, for good (K5).
pub fn delete_recording(standing: Standing) -> Result<()> {
    if standing.organizer { Ok(()) } else { Err(Error::Forbidden("Only organizers of this event delete recordings.")) }
}

/// See all recordings of an event, and what they take (K5).
pub fn manage_recordings(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Have a session recorded (K1): none that an attendee made (N1).
pub fn record(session: &Session) -> bool {
    session.creator_id.is_none()
}

/// See what the hosts of an event did (O2).
pub fn see_host_actions(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// A room at the moment at which somebody wants to enter it.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    pub state: State,
    pub timing: Timing,
    pub occupied: bool,
    pub was_inside: bool,
}

/// Enter the room of a session that one may watch (A3, F5): while the event is live and the session's time has come; those
/// who come early (organizers, hosts, speakers, F6) before. After the end of the event a room that is still occupied goes
/// on: organizers may go there, and those come back whose connection breaks, but nobody new comes.
pub fn enter(standing: Standing, early: bool, door: Door) -> Result<()> {
    let early = early || standing.organizer;
    match door.state {
        State::Draft if !standing.organizer => Err(Error::NotOpen("The event has not started yet.")),
        State::Draft | State::Upcoming if early => Ok(()),
        State::Draft | State::Upcoming => Err(Error::NotOpen("The event has not started yet.")),
        State::Live if matches!(door.timing, Timing::Before(_)) && !early && !door.was_inside => {
            Err(Error::NotOpen("This session has not started yet. It opens by itself when its time comes."))
        }
        State::Live => Ok(()),
        State::Ended if door.occupied && (door.was_inside || standing.organizer) => Ok(()),
        State::Ended => Err(Error::NotOpen("The event is over.")),
    }
}

/// Why somebody who reads a chat may not write in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRefusal {
    /// With what is missing.
    NotOpen(&'static str),
    /// By an organizer, in the whole event (A7).
    Muted,
    /// By a host.
    Paused,
}

impl From<WriteRefusal> for Error {
    fn from(refusal: WriteRefusal) -> Self {
        match refusal {
            WriteRefusal::NotOpen(missing) => Self::NotOpen(missing),
            WriteRefusal::Muted => Self::Forbidden(
                "An organizer has muted you in this event: you cannot chat, vote or ask. You may still request to share.",
            ),
            WriteRefusal::Paused => Self::Forbidden("A host has paused the chat. Write again when it goes on."),
        }
    }
}

/// What says whether somebody who may be in the room may write in its chat.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    pub host: bool,
    pub muted: bool,
    pub paused: bool,
}

/// Read the chat of a session that one may watch (I1): whoever may enter its room, so nobody before its time (F5); and when
/// the event is over, which stays to be read (A3).
pub fn read_chat(standing: Standing, early: bool, door: Door) -> Result<()> {
    match door.state {
        State::Ended => Ok(()),
        State::Draft | State::Upcoming | State::Live => enter(standing, early, door),
    }
}

/// Write in a chat, edit and react (I1): whoever may enter the room, unless an organizer has muted them (A7); hosts also while
/// it is paused.
pub fn write_chat(
    standing: Standing,
    early: bool,
    door: Door,
    writer: Writer,
) -> std::result::Result<(), WriteRefusal> {
    match enter(standing, early, door) {
        Err(Error::NotOpen(missing)) => Err(WriteRefusal::NotOpen(missing)),
        Err(_) => Err(WriteRefusal::NotOpen("The chat is not open.")),
        Ok(()) if writer.muted && !standing.organizer => Err(WriteRefusal::Muted),
        Ok(()) if writer.paused && !writer.host => Err(WriteRefusal::Paused),
        Ok(()) => Ok(()),
    }
}

/// Pin a message, slow a chat down, pause it (I1).
pub fn moderate_chat(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may do that in its chat.")) }
}

/// Change what a message says: one's own alone.
pub fn edit_message(person: AccountId, author: Option<AccountId>) -> Result<()> {
    if author == Some(person) { Ok(()) } else { Err(Error::Forbidden("Only who wrote a message may edit it.")) }
}

/// Delete a message: one's own, and hosts any.
pub fn delete_message(person: AccountId, author: Option<AccountId>, host: bool) -> Result<()> {
    if host || author == Some(person) {
        Ok(())
    } else {
        Err(Error::Forbidden("Only who wrote a message and hosts of this session may delete it."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use crate::model::session::{DisplaySize, Scheduling, ShareAccess};

    const ORGANIZER: Standing = Standing { organizer: true, ticket: None };
    const STRANGER: Standing = Standing { organizer: false, ticket: None };
    const NOTHING: Claim = Claim {
        invited: false,
        holds_ticket: false,
        admitted: false,
        moderator: false,
        sharer: false,
        granted: false,
        barred: false,
        speaker: false,
    };

    fn attendee() -> Standing {
        Standing { organizer: false, ticket: Some(TicketTypeId::from_ulid(ulid::Ulid::nil())) }
    }

    fn session(watch_access: WatchAccess) -> Session {
        let at = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
        Session {
            id: crate::ids::SessionId::from_ulid(ulid::Ulid::nil()),
            event_id: crate::ids::EventId::from_ulid(ulid::Ulid::nil()),
            title: "T".into(),
            description: String::new(),
            display_size: DisplaySize::Medium,
            priority: 0,
            watch_access,
            share_access: ShareAccess::Anyone,
            max_participants: 50,
            youtube_sharing: false,
            record: false,
            record_stopped: None,
            scheduling: Scheduling::AlwaysOpen,
            sort_key: "1".into(),
            dragged: false,
            link_token: "secret".into(),
            deleted_at: None,
            creator_id: None,
            picture_id: None,
            picture_alt: String::new(),
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    fn event(published: bool) -> Event {
        let at = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
        Event {
            id: crate::ids::EventId::from_ulid(ulid::Ulid::nil()),
            organization_id: crate::ids::OrganizationId::from_ulid(ulid::Ulid::nil()),
            slug: "e".into(),
            name: "E".into(),
            description: String::new(),
            starts_at: at,
            ends_at: at,
            time_zone: "UTC".into(),
            published,
            opened_at: None,
            before_minutes: 5,
            after_minutes: 0,
            attendees_create_sessions: false,
            people_visible: true,
            agenda_enabled: true,
            chat_retention_days: None,
            recording_retention_days: None,
            picture_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    fn door(state: State, timing: Timing) -> Door {
        Door { state, timing, occupied: false, was_inside: false }
    }

    /// C1–C4: for each setting, what of all that one can be given opens it.
    #[test]
    fn c1_c2_c3_c4_who_watches() {
        let invited = Claim { invited: true, ..NOTHING };
        let ticket = Claim { holds_ticket: true, ..NOTHING };
        let admitted = Claim { admitted: true, ..NOTHING };
        let others = Claim { moderator: true, sharer: true, granted: true, speaker: true, ..NOTHING };
        let cases = [
            (WatchAccess::Anyone, [true, true, true, true, true]),
            (WatchAccess::Private, [false, true, false, false, false]),
            (WatchAccess::Tickets, [false, true, true, false, false]),
            (WatchAccess::Unlisted, [false, false, false, true, false]),
        ];
        for (access, may) in cases {
            for (claim, may) in [NOTHING, invited, ticket, admitted, others].into_iter().zip(may) {
                let answer = watch(attendee(), &event(true), &session(access), claim);
                let expected = if may { Ok(()) } else { Err(Error::NotFound("session")) };
                assert_eq!(answer, expected, "{access:?} {claim:?}");
                let answer = watch(STRANGER, &event(true), &session(access), claim);
                assert_eq!(answer, Err(Error::NotFound("session")), "not registered: {access:?} {claim:?}");
            }
        }
    }

    /// A3: what belongs to a draft is for organizers only.
    #[test]
    fn a3_sessions_of_a_draft_are_hidden() {
        let invited = Claim { invited: true, ..NOTHING };
        let session = session(WatchAccess::Anyone);
        assert_eq!(watch(attendee(), &event(false), &session, invited), Err(Error::NotFound("session")));
    }

    /// C4: the token admits to an unlisted session, and to nothing else.
    #[test]
    fn c4_the_link_admits_to_unlisted_sessions_only() {
        let refused = Err(Error::NotFound("session"));
        let unlisted = session(WatchAccess::Unlisted);
        assert_eq!(be_admitted(attendee(), &event(true), &unlisted, true), Ok(()));
        assert_eq!(be_admitted(attendee(), &event(true), &unlisted, false), refused);
        assert_eq!(be_admitted(STRANGER, &event(true), &unlisted, true), refused);
        assert_eq!(be_admitted(attendee(), &event(false), &unlisted, true), refused);
        assert_eq!(be_admitted(attendee(), &event(true), &session(WatchAccess::Private), true), refused);
    }

    /// C5: organizers see and enter all.
    #[test]
    fn c5_organizers_see_and_enter_all() {
        for access in [WatchAccess::Anyone, WatchAccess::Private, WatchAccess::Tickets, WatchAccess::Unlisted] {
            assert_eq!(watch(ORGANIZER, &event(false), &session(access), NOTHING), Ok(()));
        }
        assert_eq!(enter(ORGANIZER, false, door(State::Draft, Timing::Unlinked)), Ok(()));
        let occupied = Door { occupied: true, ..door(State::Ended, Timing::Over) };
        assert_eq!(enter(ORGANIZER, false, occupied), Ok(()));
    }

    /// D4: moderators are hosts while the session is moderated; N1: the creator always is.
    #[test]
    fn d4_who_is_a_host() {
        let moderator = Claim { moderator: true, ..NOTHING };
        let mut session = session(WatchAccess::Anyone);
        let person = AccountId::from_ulid(ulid::Ulid(7));
        assert!(is_host(person, ORGANIZER, &session, NOTHING));
        assert!(!is_host(person, attendee(), &session, moderator));
        session.share_access = ShareAccess::Moderated;
        assert!(is_host(person, attendee(), &session, moderator));
        assert!(!is_host(person, attendee(), &session, NOTHING));
        session.creator_id = Some(person);
        assert!(is_host(person, attendee(), &session, NOTHING));
    }

    /// D1–D4: for each mode, how a host stands to going on screen, and what else opens it.
    #[test]
    fn d1_d2_d3_d4_who_goes_on_screen() {
        use ShareStanding::{Approved, MayAsk, MayNot, MayShare};
        let sharer = Claim { sharer: true, ..NOTHING };
        let granted = Claim { granted: true, ..NOTHING };
        let cases = [
            (ShareAccess::Anyone, [MayShare, MayShare, MayShare, MayShare]),
            (ShareAccess::InviteOnly, [MayShare, MayNot, MayShare, MayNot]),
            (ShareAccess::Moderated, [MayShare, MayAsk, MayAsk, Approved]),
        ];
        for (mode, expected) in cases {
            let session = Session { share_access: mode, ..session(WatchAccess::Anyone) };
            let people = [(true, NOTHING), (false, NOTHING), (false, sharer), (false, granted)];
            for ((host, claim), expected) in people.into_iter().zip(expected) {
                assert_eq!(share_standing(attendee(), &session, host, claim), expected, "{mode:?} {host} {claim:?}");
                let may = may_share(attendee(), &session, host, claim);
                assert_eq!(may, matches!(expected, MayShare | Approved), "{mode:?} {host} {claim:?}");
            }
        }
    }

    /// D7: who is barred stays off the screen whatever else they were given, in every mode; organizers cannot be barred.
    #[test]
    fn d7_a_bar_outweighs_everything_but_an_organizer() {
        let barred = Claim { barred: true, sharer: true, granted: true, ..NOTHING };
        for mode in [ShareAccess::Anyone, ShareAccess::InviteOnly, ShareAccess::Moderated] {
            let session = Session { share_access: mode, ..session(WatchAccess::Anyone) };
            assert_eq!(share_standing(attendee(), &session, true, barred), ShareStanding::Barred, "{mode:?}");
            assert_eq!(share_standing(ORGANIZER, &session, true, barred), ShareStanding::MayShare, "{mode:?}");
        }
    }

    /// D3, D4: attendees of a moderated session ask; hosts never do, and nobody does where it would change nothing.
    #[test]
    fn d3_d4_who_asks() {
        let moderated = Session { share_access: ShareAccess::Moderated, ..session(WatchAccess::Anyone) };
        let invite_only = Session { share_access: ShareAccess::InviteOnly, ..session(WatchAccess::Anyone) };
        let (granted, barred) = (Claim { granted: true, ..NOTHING }, Claim { barred: true, ..NOTHING });
        assert_eq!(request_to_share(attendee(), &moderated, false, NOTHING), Ok(()));
        let forbidden = |answer| matches!(answer, Err(Error::Forbidden(_)));
        assert!(forbidden(request_to_share(attendee(), &moderated, true, NOTHING)), "a host");
        assert!(forbidden(request_to_share(attendee(), &moderated, false, barred)), "barred");
        assert!(forbidden(request_to_share(attendee(), &session(WatchAccess::Anyone), false, NOTHING)), "anyone");
        assert!(forbidden(request_to_share(attendee(), &invite_only, false, NOTHING)), "by invitation");
        let again = request_to_share(attendee(), &moderated, false, granted);
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    }

    /// D7: hosts take attendees off the screen, organizers everybody; what an organizer does, or the creator in a session of
    /// their own, bars as well.
    #[test]
    fn d7_who_takes_whom_off_the_screen() {
        assert!(remove_from_screen(attendee(), false, false).is_err());
        assert_eq!(remove_from_screen(attendee(), true, false), Ok(()));
        assert!(remove_from_screen(attendee(), true, true).is_err(), "a moderator and another host");
        assert_eq!(remove_from_screen(ORGANIZER, true, true), Ok(()));
        assert!(!removal_bars(attendee(), false, attendee()), "a moderator");
        assert!(removal_bars(attendee(), true, attendee()), "the creator");
        assert!(removal_bars(ORGANIZER, false, attendee()));
        assert!(!removal_bars(ORGANIZER, false, ORGANIZER), "organizers cannot be barred");
    }

    /// A3: attendees enter while the event is live; a room that is occupied at the end goes on.
    #[test]
    fn a3_attendees_enter_while_live() {
        let door = |state, occupied, was_inside| Door { state, timing: Timing::AlwaysOpen, occupied, was_inside };
        assert_eq!(enter(attendee(), false, door(State::Live, false, false)), Ok(()));
        assert_eq!(enter(attendee(), false, door(State::Ended, true, true)), Ok(()));
        let refused = [(State::Upcoming, true, true), (State::Ended, false, true), (State::Ended, true, false)];
        for (state, occupied, was_inside) in refused {
            let answer = enter(attendee(), false, door(state, occupied, was_inside));
            assert!(matches!(answer, Err(Error::NotOpen(_))), "{state:?} {occupied} {was_inside}");
        }
    }

    /// F5: no pass before the window, for others than hosts and speakers (F6); by link at any time after it.
    #[test]
    fn f5_nobody_enters_before_the_window() {
        let before = door(State::Live, Timing::Before(session(WatchAccess::Anyone).created_at));
        assert!(matches!(enter(attendee(), false, before), Err(Error::NotOpen(_))));
        assert_eq!(enter(attendee(), true, before), Ok(()));
        assert_eq!(enter(ORGANIZER, false, before), Ok(()));
        for timing in [Timing::Open, Timing::Over, Timing::Unlinked] {
            assert_eq!(enter(attendee(), false, door(State::Live, timing)), Ok(()), "{timing:?}");
        }
        assert!(matches!(enter(attendee(), true, door(State::Draft, Timing::Open)), Err(Error::NotOpen(_))));
    }

    /// I1, F5: no chat before the window, for others than hosts and speakers; A3: it stays to be read after the end.
    #[test]
    fn i1_who_reads_a_chat() {
        let before = Timing::Before(session(WatchAccess::Anyone).created_at);
        let may = |early, door| read_chat(attendee(), early, door).is_ok();
        assert!(!may(false, door(State::Live, before)) && may(true, door(State::Live, before)));
        assert!(!may(false, door(State::Upcoming, Timing::AlwaysOpen)));
        assert!(may(false, door(State::Live, Timing::Open)) && may(false, door(State::Ended, Timing::Over)));
    }

    /// I1, A3, A7: who writes in a chat, and why the others do not.
    #[test]
    fn i1_a7_who_writes_in_a_chat() {
        const FREE: Writer = Writer { host: false, muted: false, paused: false };
        let live = door(State::Live, Timing::Open);
        let write = |standing, writer| write_chat(standing, false, live, writer);
        assert_eq!(write(attendee(), FREE), Ok(()));
        assert_eq!(write(attendee(), Writer { muted: true, ..FREE }), Err(WriteRefusal::Muted));
        assert_eq!(write(attendee(), Writer { muted: true, host: true, ..FREE }), Err(WriteRefusal::Muted));
        assert_eq!(write(ORGANIZER, Writer { muted: true, host: true, ..FREE }), Ok(()));
        assert_eq!(write(attendee(), Writer { paused: true, ..FREE }), Err(WriteRefusal::Paused));
        assert_eq!(write(attendee(), Writer { paused: true, host: true, ..FREE }), Ok(()));
        let ended = door(State::Ended, Timing::Over);
        assert!(matches!(write_chat(attendee(), false, ended, FREE), Err(WriteRefusal::NotOpen(_))));
        let goes_on = Door { occupied: true, was_inside: true, ..ended };
        assert_eq!(write_chat(attendee(), false, goes_on, FREE), Ok(()));
    }

    /// I1: one's own message, and hosts delete any.
    #[test]
    fn i1_whose_message_it_is() {
        let (person, other) = (AccountId::from_ulid(ulid::Ulid(7)), AccountId::from_ulid(ulid::Ulid(8)));
        assert!(edit_message(person, Some(person)).is_ok());
        assert!(edit_message(person, Some(other)).is_err() && edit_message(person, None).is_err());
        assert!(delete_message(person, Some(person), false).is_ok());
        assert!(delete_message(person, Some(other), false).is_err());
        assert!(delete_message(person, Some(other), true).is_ok() && delete_message(person, None, true).is_ok());
    }
}
