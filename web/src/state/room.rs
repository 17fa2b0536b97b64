//! What one browser knows of the room it is in: a pure reducer over what the signalling reports.

pub mod capacity;
pub mod grid;
pub mod hands;
pub mod layout;
pub mod people;
pub mod place;
pub mod receiving;
pub mod recorded;
pub mod scene;
pub mod sharing;
pub mod spotlight;
pub mod tiles;

use super::youtube::Shared;
use hands::Burst;
use litemap::LiteMap;
use protocol::recording::BlockEnd;
use protocol::room::{Counts, Hands, Reaction, Seat, Source, Speaker};
use protocol::signalling::{PersonQuality, Quality};

/// Whether the person is in the room, and if not, why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Before joining.
    #[default]
    Outside,
    Joining,
    Inside,
    /// The connection is lost and comes back by itself (H5).
    Reconnecting,
    /// Everybody who may watch at once is watching; comes in by itself when a place frees (E3).
    WaitingForPlace,
    Ended(Ending),
}

/// Why the person is not in the room any more, or cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Left,
    /// In the room with another tab.
    TakenOver,
    /// May not see the session (any more): the page says not found.
    AccessLost,
    SessionClosed,
    /// The event is not open now.
    NotOpen,
    SignedOut,
    /// This browser cannot take part.
    Unsupported,
    /// The server refused this page for good; trying again by hand may help.
    Refused,
}

/// What is in the way of somebody who waits (H9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server does not answer, or cannot let anybody in now.
    Server,
    /// The server answers, but nothing of the room's own connection gets through.
    Packets,
}

/// Something to tell the person once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Every seat was taken meanwhile (E2).
    Full,
    MayNotShare,
    ShareFailed(Source),
    /// A device went away by itself.
    CaptureEnded(Source),
    /// A host muted an own source for everyone (D7).
    MutedByHost(Source),
    /// A host ended what was sent from this seat (D7).
    Removed(Seat),
    /// Approved while every seat is taken: the next free one is the person's (D5).
    NextSeat,
    /// The seat is not kept for the person any more (D5).
    OfferLapsed,
    /// Somebody else shares a video already (J4).
    VideoTaken,
    VideoFailed,
    /// The person may not share a video, or not any more (J3).
    VideoMayNot,
    /// A host ended the person's video (J4).
    VideoRemoved,
    /// What is on screen is recorded from now on (K1).
    RecordingOn,
    /// It is not any more: nobody is on screen, or it was switched off.
    RecordingOff,
    /// Recording has ended by itself, until a host starts it again (K2).
    RecordingStopped(BlockEnd),
}

/// What the person sends, or is about to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    pub muted: bool,
    /// The server knows it: it is on screen.
    pub on_screen: bool,
}

/// One thing that happened to the room.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Phase(Phase),
    Joined {
        person: String,
        share: bool,
        counts: Counts,
        speakers: Vec<Speaker>,
        hands: Hands,
    },
    Counts(Counts),
    Speakers(Vec<Speaker>),
    /// `waiting` is the person's place among those who wait for a free seat, from 1 (D5).
    Rights {
        share: bool,
        waiting: Option<u32>,
    },
    /// For how many more seconds a free seat is kept for the person; none when it is not any more (D5).
    Offered(Option<u64>),
    /// Who has raised a hand now (I3).
    Hands(Hands),
    /// The person raised the own hand, or lowered it.
    OwnHand(bool),
    /// How often everybody together reacted with what in the last second (I3).
    Reactions(Vec<(Reaction, u32)>),
    /// A picture or sound of somebody else arrives, as `consumer`.
    Received {
        person: String,
        source: Source,
        consumer: String,
    },
    Gone {
        consumer: String,
    },
    /// Nothing arrives any more: the connection ended.
    NothingReceived,
    Own {
        source: Source,
        own: Own,
    },
    OwnStopped(Source),
    /// Who is heard now; `own` for the person's own voice.
    Speaking {
        people: Vec<String>,
        own: bool,
    },
    SoundBlocked(bool),
    /// How well these people are received, and the own sources sent, from now on (H4).
    Quality(Vec<PersonQuality>),
    /// What is in the way now, if anything is (H9).
    Trouble(Option<Trouble>),
    /// The video that is watched together (J1).
    Video(Option<Shared>),
    /// Whether what is on screen is recorded now (K1).
    Recording(bool),
}

/// What the live region says (H8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    CameOnScreen(String),
    LeftScreen(String),
    SharesScreen(String),
    StoppedSharingScreen(String),
    SharesVideo(String),
    VideoEnded,
    /// For hosts (I3).
    RaisedHand(String),
}

/// The room as this browser knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Room {
    pub phase: Phase,
    /// The person's own id.
    pub me: Option<String>,
    pub may_share: bool,
    /// The person got the right to go on screen while inside, and has not used it yet (D6).
    pub granted: bool,
    /// The place among those who wait for a free seat, from 1 (D5).
    pub waiting: Option<u32>,
    /// For how many seconds a free seat is kept for the person (D5).
    pub offered: Option<u64>,
    pub counts: Counts,
    pub speakers: Vec<Speaker>,
    pub hands: Hands,
    /// Whether the own hand is up, also where it is not listed any more.
    pub hand_up: bool,
    pub reactions: Burst,
    /// Consumers by whose and what they are.
    pub received: LiteMap<(String, Source), String>,
    pub own: LiteMap<Source, Own>,
    /// Who is heard now.
    pub speaking: Vec<String>,
    /// Who spoke, the latest first: decides who keeps a tile (E4).
    pub spoken: Vec<String>,
    pub sound_blocked: bool,
    /// Of everybody who is not received well.
    pub quality: LiteMap<String, Quality>,
    pub trouble: Option<Trouble>,
    /// The video that is watched together (J1).
    pub video: Option<Shared>,
    /// What is on screen is being recorded (K1).
    pub recording: bool,
}

impl Room {
    /// The session is there again.
    pub fn found_again(&mut self) {
        if matches!(self.phase, Phase::Ended(Ending::AccessLost | Ending::SessionClosed)) {
            self.phase = Phase::Outside;
        }
    }

    /// The event is live: who was told that it is not stands before the room once more.
    pub fn opened(&mut self) {
        if self.phase == Phase::Ended(Ending::NotOpen) {
            self.phase = Phase::Outside;
        }
    }

    /// Applies one change and says what is worth telling aloud.
    pub fn apply(&mut self, change: Change) -> Vec<Announcement> {
        match change {
            Change::Phase(phase) => {
                self.phase = phase;
                if matches!(phase, Phase::Ended(_) | Phase::Outside) {
                    *self = Self { phase, me: self.me.take(), ..Self::default() };
                }
            }
            Change::Joined { person, share, counts, speakers, hands } => {
                self.me = Some(person);
                self.may_share = share;
                // A turn outlives a lost connection; the right without which there is none may be lost meanwhile.
                if !share {
                    self.no_turn();
                }
                self.counts = counts;
                self.trouble = None;
                // Whoever was on screen at the entry is no news.
                self.speakers = speakers;
                self.take_hands(hands);
            }
            Change::Hands(hands) => return self.take_hands(hands),
            Change::OwnHand(up) => self.hand_up = up,
            Change::Reactions(counts) => self.reactions.follow(counts),
            Change::Counts(counts) => self.counts = counts,
            Change::Speakers(speakers) => {
                let news = announcements(&self.speakers, &speakers, self.me.as_deref());
                self.spoken.retain(|person| speakers.iter().any(|speaker| speaker.person == *person));
                self.quality.retain(|person, _| speakers.iter().any(|speaker| speaker.person == *person));
                self.speakers = speakers;
                return news;
            }
            Change::Rights { share, waiting } => {
                self.granted = share && waiting.is_none() && (self.granted || !self.may_share);
                self.may_share = share;
                self.waiting = waiting;
                if !share {
                    self.offered = None;
                }
            }
            Change::Offered(seconds) => {
                self.waiting = None;
                self.offered = seconds;
            }
            Change::Received { person, source, consumer } => {
                self.received.insert((person, source), consumer);
            }
            Change::Gone { consumer } => self.received.retain(|_, known| *known != consumer),
            Change::NothingReceived => {
                self.received.clear();
                self.speaking.clear();
                self.quality.clear();
                self.trouble = None;
            }
            Change::Own { source, own } => {
                self.own.insert(source, own);
                if own.on_screen {
                    self.no_turn();
                }
            }
            Change::OwnStopped(source) => {
                self.own.remove(&source);
            }
            Change::Speaking { mut people, own } => {
                people.extend(self.me.clone().filter(|_| own));
                for person in &people {
                    self.spoken.retain(|known| known != person);
                    self.spoken.insert(0, person.clone());
                }
                self.speaking = people;
            }
            Change::SoundBlocked(blocked) => self.sound_blocked = blocked,
            Change::Quality(people) => {
                for PersonQuality { person, quality } in people {
                    if quality == Quality::Good {
                        self.quality.remove(&person);
                    } else {
                        self.quality.insert(person, quality);
                    }
                }
            }
            Change::Trouble(trouble) => self.trouble = trouble,
            Change::Video(video) => return self.take_video(video),
            Change::Recording(recording) => self.recording = recording,
        }
        Vec::new()
    }

    fn take_video(&mut self, video: Option<Shared>) -> Vec<Announcement> {
        let before = std::mem::replace(&mut self.video, video);
        let sharer = |shared: &Option<Shared>| shared.as_ref().map(|shared| shared.video.person.clone());
        let others = |person: &String| Some(person) != self.me.as_ref();
        match (sharer(&before), &self.video) {
            // What there was at the entry is no news.
            _ if self.phase != Phase::Inside => Vec::new(),
            (was, Some(now)) if was.as_ref() != Some(&now.video.person) && others(&now.video.person) => {
                vec![Announcement::SharesVideo(now.video.name.clone())]
            }
            (Some(was), None) if others(&was) => vec![Announcement::VideoEnded],
            _ => Vec::new(),
        }
    }

    /// Whether the video that is watched together is the person's own.
    pub fn shares_video(&self) -> bool {
        self.video.as_ref().is_some_and(|shared| Some(&shared.video.person) == self.me.as_ref())
    }

    /// There is nothing to wait for any more: the person is on screen, or may not go there.
    fn no_turn(&mut self) {
        (self.granted, self.waiting, self.offered) = (false, None, None);
    }

    /// The person was told that they may go on screen now.
    pub fn grant_seen(&mut self) {
        self.granted = false;
    }

    /// Whether the person sits on `seat`, or is about to.
    pub fn seated(&self, seat: Seat) -> bool {
        self.own.keys().any(|source| source.seat() == seat)
    }

    /// Whether going on screen with `seat` would be refused, as far as this browser knows (E2).
    pub fn full(&self, seat: Seat) -> bool {
        !self.seated(seat)
            && !self.holds(seat)
            && self.offered.is_none()
            && self.counts.max_seats > 0
            && self.counts.seats >= self.counts.max_seats
    }

    /// Whether a seat is held for the person, from before a reload for one (E1).
    fn holds(&self, seat: Seat) -> bool {
        let me = self.speakers.iter().find(|speaker| Some(&speaker.person) == self.me.as_ref());
        me.is_some_and(|me| me.sources.iter().any(|source| source.seat() == seat))
    }

    /// Whether the person sends `source` and everybody gets it.
    pub fn sends(&self, source: Source) -> bool {
        self.own.get(&source).is_some_and(|own| !own.muted)
    }

    /// How many have a place on screen: what the header says (H1). Whoever is lost is one of them, also while they watch with
    /// another tab: viewers are those inside who have none.
    pub fn on_screen(&self) -> usize {
        self.speakers.len()
    }
}

fn announcements(before: &[Speaker], after: &[Speaker], me: Option<&str>) -> Vec<Announcement> {
    let shows = |speaker: &Speaker, seat: Seat| speaker.sources.iter().any(|source| source.seat() == seat);
    let was = |list: &[Speaker], person: &str, seat: Seat| {
        list.iter().any(|speaker| speaker.person == person && shows(speaker, seat))
    };
    let mut news = Vec::new();
    for (list, other, person_news, screen_news) in [
        (
            after,
            before,
            Announcement::CameOnScreen as fn(String) -> Announcement,
            Announcement::SharesScreen as fn(String) -> Announcement,
        ),
        (before, after, Announcement::LeftScreen, Announcement::StoppedSharingScreen),
    ] {
        // The person knows what they did themselves.
        for speaker in list.iter().filter(|speaker| Some(speaker.person.as_str()) != me) {
            for (seat, tell) in [(Seat::Person, person_news), (Seat::Screen, screen_news)] {
                if shows(speaker, seat) && !was(other, &speaker.person, seat) {
                    news.push(tell(speaker.name.clone()));
                }
            }
        }
    }
    news
}

#[cfg(test)]
mod tests;
