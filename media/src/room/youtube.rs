//! The YouTube video that a room watches together: who shares it, and where it stands (J1, J3, J4).
//!
//! Nothing of it passes through here. The room says where the video stands, from what its sharer's player reports, and each
//! browser brings its own player there.

use super::{Command, Event, MemberId, Pace, Room, RoomHandle, SPEAKERS, say};
use protocol::room::Seat;
use protocol::signalling::{ErrorCode, ServerMessage};
use protocol::youtube::{MAX_POSITION, RATES, Youtube, YoutubeEnd, YoutubeSharing, is_video_id};
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// What somebody wants of the video.
#[derive(Debug)]
pub enum Wish {
    Start { video: String, at: f64, live: bool },
    Control(Control),
    Stop,
}

/// How the sharer's player stands; what is not given is as before.
#[derive(Clone, Copy, Debug)]
pub struct Control {
    pub playing: bool,
    pub position: f64,
    pub rate: Option<f64>,
    pub live: Option<bool>,
}

/// The video that is shared, as it was at one moment.
#[derive(Clone, Debug)]
pub struct Shared {
    state: Youtube,
    at: Instant,
    /// Whether its sharer is a host, as long as that is known: a lost connection says nothing of it.
    by_host: bool,
    /// At the last look the sharer might not share it any more.
    doubted: bool,
}

impl Shared {
    /// As it stands now: a video that plays goes on by itself.
    pub fn now(&self, now: Instant) -> Youtube {
        let played = now.saturating_duration_since(self.at).as_secs_f64() * self.state.rate;
        let position = if self.state.playing { self.state.position + played } else { self.state.position };
        Youtube { position, ..self.state.clone() }
    }

    fn control(&mut self, control: Control, now: Instant) {
        let Control { playing, position, rate, live } = control;
        self.state.playing = playing;
        self.state.started |= playing;
        self.state.position = position;
        self.state.rate = rate.unwrap_or(self.state.rate);
        self.state.live = live.unwrap_or(self.state.live);
        self.at = now;
    }
}

/// What a room keeps of its video.
#[derive(Default)]
pub struct Screening {
    pub shared: Option<Shared>,
    /// Counts what is shared and each change of it.
    revision: u64,
    /// When it is told.
    pub pace: Pace,
    /// Why the last one ended, until that is told.
    end: Option<YoutubeEnd>,
}

impl RoomHandle {
    /// Starts, moves or ends the video for a member.
    pub async fn youtube(&self, member: MemberId, wish: Wish) -> Result<(), ErrorCode> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Youtube { member, wish, reply }).await;
        answer.await.unwrap_or(Err(ErrorCode::Internal))
    }
}

impl Room {
    pub(super) fn youtube_wish(&mut self, member: MemberId, wish: Wish) -> Result<(), ErrorCode> {
        let person = self.person(member).ok_or(ErrorCode::WrongState)?;
        let begins = matches!(wish, Wish::Start { .. });
        match wish {
            Wish::Start { video, at, live } => self.start_youtube(member, &person, video, (at, live))?,
            Wish::Control(control) => {
                let rate_is_fine = control.rate.is_none_or(|rate| RATES.contains(&rate));
                if !is_position(control.position) || !rate_is_fine {
                    return Err(ErrorCode::InvalidParameters);
                }
                self.own_youtube(&person)?.control(control, Instant::now());
            }
            Wish::Stop => {
                self.own_youtube(&person)?;
                self.end_youtube(None);
            }
        }
        self.youtube_changed();
        // What a host ends is written down (O2), so the api must not be behind.
        if begins {
            self.board.post_at_once(self.state());
        }
        Ok(())
    }

    /// The video, of its sharer only.
    fn own_youtube(&mut self, person: &str) -> Result<&mut Shared, ErrorCode> {
        let shared = self.screening.shared.as_mut().ok_or(ErrorCode::WrongState)?;
        if shared.state.person == person { Ok(shared) } else { Err(ErrorCode::MayNotShare) }
    }

    fn start_youtube(
        &mut self,
        id: MemberId,
        person: &Arc<str>,
        video: String,
        (at, live): (f64, bool),
    ) -> Result<(), ErrorCode> {
        if !is_video_id(&video) || !is_position(at) {
            return Err(ErrorCode::InvalidParameters);
        }
        let member = self.members.get(&id).ok_or(ErrorCode::WrongState)?;
        if !self.may_youtube(person, member.host) {
            return Err(ErrorCode::MayNotShare);
        }
        if self.screening.shared.is_some() {
            return Err(ErrorCode::WrongState);
        }
        self.floor.claim_seat(person, &member.name, Seat::Youtube)?;
        let state = Youtube {
            video,
            live,
            person: person.to_string(),
            name: member.name.clone(),
            started: false,
            playing: false,
            position: at,
            rate: 1.0,
            revision: 0,
        };
        self.screening.shared = Some(Shared { state, at: Instant::now(), by_host: member.host, doubted: false });
        Ok(())
    }

    /// J3: hosts where it is moderated; otherwise who is on screen, and hosts. Who is about to come back on a seat that is held
    /// counts as there.
    fn may_youtube(&self, person: &str, host: bool) -> bool {
        let on_screen = || [Seat::Person, Seat::Screen].iter().any(|seat| self.floor.has(person, *seat));
        match self.settings.youtube {
            YoutubeSharing::Nobody => false,
            YoutubeSharing::Hosts => host,
            YoutubeSharing::OnScreen => host || on_screen(),
        }
    }

    /// Its seat is gone, by whatever way: so is the video (J4).
    pub(super) fn settle_youtube(&mut self) {
        let Some(shared) = &self.screening.shared else { return };
        if !self.floor.has(&shared.state.person, Seat::Youtube) {
            self.end_youtube(None);
        }
    }

    /// Ends the video of who may not share one any more, at the second look, a second apart: of a change of mode the room hears in
    /// several messages, who is a host among the last.
    pub(super) fn revoke_youtube(&mut self) {
        let Some(shared) = &mut self.screening.shared else { return };
        let member = self.by_person.get(shared.state.person.as_str()).and_then(|id| self.members.get(id));
        shared.by_host = member.map_or(shared.by_host, |member| member.host);
        let (person, host) = (shared.state.person.clone(), shared.by_host);
        let may = self.may_youtube(&person, host);
        let Some(shared) = &mut self.screening.shared else { return };
        if std::mem::replace(&mut shared.doubted, !may) && !may {
            self.end_youtube(Some(YoutubeEnd::MayNotShare));
        }
    }

    pub(super) fn end_youtube(&mut self, end: Option<YoutubeEnd>) {
        let Some(shared) = self.screening.shared.take() else { return };
        self.floor.clear(&shared.state.person, Seat::Youtube);
        self.screening.end = end;
        self.youtube_changed();
        self.board.post_at_once(self.state());
    }

    /// The sharer is back, perhaps with another page: the video has gone on meanwhile.
    pub(super) fn resume_youtube(&mut self, person: &str) {
        self.floor.resume(person, Seat::Youtube);
    }

    /// It is to be told: at once, or together with what changed a moment ago.
    fn youtube_changed(&mut self) {
        self.changed = true;
        self.screening.revision += 1;
        if let Some(shared) = &mut self.screening.shared {
            shared.state.revision = self.screening.revision;
        }
        self.screening.pace.change(SPEAKERS);
    }

    pub(super) fn tell_youtube(&mut self, now: Instant) {
        self.screening.pace.tell(now);
        let end = self.screening.end.take();
        self.broadcast(&self.youtube_event(now, end), None);
    }

    /// Written once for everybody.
    fn youtube_event(&self, now: Instant, end: Option<YoutubeEnd>) -> Event {
        let youtube = self.screening.shared.as_ref().map(|shared| shared.now(now));
        say(&ServerMessage::Youtube { end: end.filter(|_| youtube.is_none()), youtube })
    }
}

fn is_position(seconds: f64) -> bool {
    (0.0..=MAX_POSITION).contains(&seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn shared(at: Instant) -> Shared {
        let state = Youtube {
            video: "dQw4w9WgXcQ".into(),
            live: false,
            person: "ada".into(),
            name: "Ada".into(),
            started: false,
            playing: false,
            position: 30.0,
            rate: 1.0,
            revision: 1,
        };
        Shared { state, at, by_host: false, doubted: false }
    }

    fn control(playing: bool, position: f64, rate: Option<f64>) -> Control {
        Control { playing, position, rate, live: None }
    }

    /// J1: where the video stands is computed from what was last reported, at its speed, and stays while it is paused.
    #[test]
    fn j1_a_video_goes_on_by_itself_while_it_plays() {
        let start = Instant::now();
        let after = |seconds: u64| start + Duration::from_secs(seconds);
        let mut video = shared(start);
        assert_eq!(video.now(after(10)).position, 30.0, "it waits for the sharer's player");
        video.control(control(true, 30.5, None), after(10));
        assert_eq!(video.now(after(15)).position, 35.5);
        video.control(control(true, 100.0, Some(2.0)), after(20));
        assert_eq!(video.now(after(21)).position, 102.0);
        video.control(control(false, 103.0, None), after(22));
        let paused = video.now(after(60));
        assert_eq!((paused.position, paused.rate, paused.started), (103.0, 2.0, true));
    }

    #[test]
    fn positions_have_bounds() {
        for (seconds, is) in
            [(0.0, true), (MAX_POSITION, true), (-0.1, false), (MAX_POSITION + 1.0, false), (f64::NAN, false)]
        {
            assert_eq!(is_position(seconds), is, "{seconds}");
        }
    }
}
