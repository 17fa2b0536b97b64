//! The sharer's own player is where the video is: what the sharer does in it is told to the room.

use super::clock::Clock;
use super::growth::Growth;
use super::{Act, Doing, FAR, FINE, Follower, Sample, Shared, Told};
use protocol::youtube::{MAX_POSITION, RATES};

/// Seconds for which a player must do the same, for a moment's pause is a part of every seek.
const SETTLED: f64 = 0.4;
/// Seconds for which a small difference must last.
const LASTING: f64 = 2.0;
/// Seconds in which the room answers.
const ANSWER: f64 = 2.0;
/// Seconds between two tellings at the least.
const BETWEEN: f64 = 0.5;

#[derive(Clone, Debug, Default)]
pub struct Leader {
    /// Who comes back to an own video finds the way as everybody does, and leads from then on.
    follower: Follower,
    leads: bool,
    clock: Clock,
    doing: Option<(Doing, f64)>,
    off_since: Option<f64>,
    /// The change of the room's video when something was told, and when.
    told: Option<(u64, f64)>,
    asked: Option<f64>,
    growth: Growth,
}

impl Leader {
    /// What follows from what the sharer's player says.
    pub fn lead(&mut self, shared: &Shared, sample: &Sample) -> Vec<Act> {
        if self.leads { self.tell(shared, sample).into_iter().collect() } else { self.begin(shared, sample) }
    }

    fn begin(&mut self, shared: &Shared, sample: &Sample) -> Vec<Act> {
        let Sample { doing, time, now, rate, .. } = *sample;
        if !shared.video.started {
            self.leads = matches!(doing, Doing::Playing | Doing::Paused);
            let ask = matches!(doing, Doing::Unstarted | Doing::Cued) && self.asked.is_none_or(|at| now - at > ANSWER);
            if ask {
                self.asked = Some(now);
                return vec![Act::Play];
            }
            return Vec::new();
        }
        let there = shared.video.live || (time - shared.position(now)).abs() < FAR;
        let as_told = match doing {
            Doing::Playing => shared.video.playing,
            Doing::Paused => !shared.video.playing,
            _ => false,
        };
        self.leads = there && as_told;
        if self.leads && rate != shared.video.rate {
            return vec![Act::Rate(shared.video.rate)];
        }
        if self.leads { Vec::new() } else { self.follower.follow(shared, sample) }
    }

    fn tell(&mut self, shared: &Shared, sample: &Sample) -> Option<Act> {
        let Sample { doing, time, duration, rate, now } = *sample;
        // It pauses nobody, and where it goes on is told then.
        if matches!(doing, Doing::Buffering | Doing::Unstarted) {
            self.clock.clear();
            self.doing = None;
            return None;
        }
        let since = match self.doing {
            Some((known, since)) if known == doing => since,
            _ => {
                self.doing = Some((doing, now));
                now
            }
        };
        let playing = doing == Doing::Playing;
        let position = if playing { self.clock.read(now, time, rate) } else { Some(time) };
        let live = if playing { self.growth.read(now, duration) } else { None };
        let position = position?.clamp(0.0, MAX_POSITION);
        if now - since < SETTLED || !self.may_tell(shared, now) {
            return None;
        }
        let told = Told { playing, position, rate: rate.clamp(*RATES.start(), *RATES.end()), live };
        if self.differs(shared, told, now) {
            self.told = Some((shared.video.revision, now));
            self.off_since = None;
            return Some(Act::Tell(told));
        }
        None
    }

    /// Not before the room has answered the last telling.
    fn may_tell(&self, shared: &Shared, now: f64) -> bool {
        self.told
            .is_none_or(|(revision, at)| now - at > ANSWER || now - at > BETWEEN && revision != shared.video.revision)
    }

    fn differs(&mut self, shared: &Shared, told: Told, now: f64) -> bool {
        let video = &shared.video;
        let other_kind = told.live.is_some_and(|live| live != video.live);
        if told.playing != video.playing || (told.rate - video.rate).abs() > 0.01 || other_kind {
            return true;
        }
        if video.live {
            return false;
        }
        let off = (told.position - shared.position(now)).abs();
        if off > FAR || !told.playing && off > FINE {
            return true;
        }
        if off <= FINE {
            self.off_since = None;
            return false;
        }
        now - *self.off_since.get_or_insert(now) > LASTING
    }
}
