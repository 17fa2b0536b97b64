//! Why a session is (in)visible now, and to whom (B9). Pure: from what is known of it and the clock to sentences that pages
//! put into words.

use crate::access::{self, Claim, Standing};
use crate::clock::Time;
use crate::model::event::{Event, State};
use crate::model::session::{Session, ShareAccess, WatchAccess};
use crate::timing::{Timing, Window};

/// Names that one sentence holds.
const NAMES: usize = 5;

/// What has to be known of a session, beside its row and its event.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Of its published segments.
    pub windows: Vec<Window>,
    /// Whether any segment leads to it, drafts included.
    pub linked: bool,
    /// How many of those on its invite list are registered.
    pub invited: i64,
    /// How many addresses on its invite list are nobody's yet.
    pub waiting: i64,
    /// The names of its ticket types.
    pub tickets: Vec<String>,
    pub moderators: Vec<Chosen>,
    pub sharers: Vec<Chosen>,
}

/// Somebody who is chosen for the session, and what they are in its event.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub name: String,
    pub standing: Standing,
    pub claim: Claim,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    pub says: Says,
    /// The moment that it names.
    pub at: Option<Time>,
    /// The names that it holds, the first few.
    pub names: Vec<String>,
    /// How many there are in all.
    pub count: i64,
    /// How many more are invited, once they register and their addresses are known to be theirs.
    pub waiting: i64,
}

/// What a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    EventIsDraft,
    EventIsOver,
    OpensWithEvent,
    AlwaysOpen,
    NotLinked,
    SegmentsAreDrafts,
    Opens,
    OpenUntil,
    Over,
    ForEverybody,
    ForInvited,
    ForNobody,
    ForTicketHolders,
    ForThoseWithTheLink,
    ModeratorsCannotWatch,
    SharersCannotWatch,
}

impl Says {
    fn plain(self) -> Sentence {
        Sentence { says: self, at: None, names: Vec::new(), count: 0, waiting: 0 }
    }

    fn at(self, at: Time) -> Sentence {
        Sentence { at: Some(at), ..self.plain() }
    }

    fn of(self, names: &[String]) -> Sentence {
        let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
        Sentence { names: names.iter().take(NAMES).cloned().collect(), count, ..self.plain() }
    }
}

/// When the session can be found, to whom, and who was chosen for it in vain: one sentence each, the last two where there is
/// anybody.
pub fn of(event: &Event, session: &Session, known: &Known, now: Time) -> Vec<Sentence> {
    let mut sentences = vec![when(event, session, known, now), to_whom(session, known)];
    let outside = |chosen: &[Chosen]| -> Vec<String> {
        let cannot = |one: &&Chosen| !access::is_among_watchers(one.standing, session, one.claim);
        chosen.iter().filter(cannot).map(|one| one.name.clone()).collect()
    };
    let (says, chosen) = match session.share_access {
        ShareAccess::Anyone => return sentences,
        ShareAccess::Moderated => (Says::ModeratorsCannotWatch, outside(&known.moderators)),
        ShareAccess::InviteOnly => (Says::SharersCannotWatch, outside(&known.sharers)),
    };
    if !chosen.is_empty() {
        sentences.push(says.of(&chosen));
    }
    sentences
}

fn when(event: &Event, session: &Session, known: &Known, now: Time) -> Sentence {
    let timing = Timing::of(session.scheduling, &known.windows, now);
    let next = known.windows.iter().map(|window| window.opens_at).filter(|opens_at| now < *opens_at).min();
    match (event.state(now), timing) {
        (State::Draft, _) => Says::EventIsDraft.plain(),
        (State::Ended, _) => Says::EventIsOver.plain(),
        (_, Timing::Unlinked) if known.linked => Says::SegmentsAreDrafts.plain(),
        (_, Timing::Unlinked) => Says::NotLinked.plain(),
        (State::Upcoming, Timing::AlwaysOpen) => Says::OpensWithEvent.at(event.starts_at),
        (State::Live, Timing::AlwaysOpen) => Says::AlwaysOpen.plain(),
        (_, Timing::Open) => match closes(&known.windows, now) {
            Some(at) => Says::OpenUntil.at(at),
            None => Says::Over.plain(),
        },
        (_, Timing::Before(at)) => Says::Opens.at(at),
        (_, Timing::Over) => next.map_or_else(|| Says::Over.plain(), |at| Says::Opens.at(at)),
    }
}

/// When it closes that is open now: windows that meet are one (F5).
fn closes(windows: &[Window], now: Time) -> Option<Time> {
    let mut until = now;
    while let Some(window) = windows.iter().find(|window| window.opens_at <= until && until < window.closes_at) {
        until = window.closes_at;
    }
    (until != now).then_some(until)
}

fn to_whom(session: &Session, known: &Known) -> Sentence {
    let listed = |sentence: Sentence| Sentence { count: known.invited, waiting: known.waiting, ..sentence };
    match session.watch_access {
        WatchAccess::Anyone => Says::ForEverybody.plain(),
        WatchAccess::Private if known.invited == 0 => listed(Says::ForNobody.plain()),
        WatchAccess::Private => listed(Says::ForInvited.plain()),
        WatchAccess::Tickets => listed(Says::ForTicketHolders.of(&known.tickets)),
        WatchAccess::Unlisted => Says::ForThoseWithTheLink.plain(),
    }
}

#[cfg(test)]
mod tests;
