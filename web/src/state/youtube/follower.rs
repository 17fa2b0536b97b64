//! Brings a player to where the room's video stands, and keeps it there.
//!
//! Small differences are made good by the speed, which nobody notices; large ones by seeking, ahead by as long as seeking takes
//! here. A player that buffers is left alone: it is told nothing until it plays.

use super::clock::Clock;
use super::{Act, Doing, FAR, FINE, Sample, Shared};

/// Seconds within which the speed becomes the video's own again.
const CLOSE: f64 = 0.1;
/// By how much the speed is changed.
const NUDGE: f64 = 0.05;
/// Seconds from which a player is sought in that takes only the speeds of YouTube's menu.
const FAR_WITHOUT_NUDGES: f64 = 0.7;
/// Seconds in which a player must say that it has the speed it was told.
const PROOF: f64 = 2.0;
/// Seconds for which a player is not judged after it was sought in, or buffered.
const QUIET: f64 = 1.2;
const QUIET_AFTER_BUFFERING: f64 = 0.5;
/// Seconds between two tellings of the same.
const AGAIN: f64 = 1.5;
/// Seconds between two seeks, and after some in vain.
const SEEKS: f64 = 2.5;
const SEEKS_IN_VAIN: f64 = 20.0;
/// Seconds that a seek may take.
const LONGEST_LEAD: f64 = 3.0;

#[derive(Clone, Debug)]
pub struct Follower {
    clock: Clock,
    /// How long a seek takes here, as far as that is known.
    lead: f64,
    /// The change of the room's video for which it was sought last, until that is judged.
    sought: Option<u64>,
    quiet_until: f64,
    last_seek: f64,
    seeks: f64,
    /// The speed that the player was told, and when.
    told_rate: Option<(f64, f64)>,
    nudged: bool,
    /// It does not take other speeds than those of the menu.
    no_nudges: bool,
    asked: f64,
    /// The change of the room's video whose picture is shown.
    shown: Option<u64>,
    revision: u64,
}

impl Default for Follower {
    fn default() -> Self {
        Self {
            clock: Clock::default(),
            lead: 0.3,
            sought: None,
            quiet_until: f64::NEG_INFINITY,
            last_seek: f64::NEG_INFINITY,
            seeks: SEEKS,
            told_rate: None,
            nudged: false,
            no_nudges: false,
            asked: f64::NEG_INFINITY,
            shown: None,
            revision: 0,
        }
    }
}

impl Follower {
    /// What to tell the player that says this.
    pub fn follow(&mut self, shared: &Shared, sample: &Sample) -> Vec<Act> {
        if self.revision != shared.video.revision {
            self.revision = shared.video.revision;
            self.seeks = SEEKS;
            self.last_seek = f64::NEG_INFINITY;
        }
        if shared.video.playing { self.play(shared, sample) } else { self.rest(shared, sample) }
    }

    fn rest(&mut self, shared: &Shared, sample: &Sample) -> Vec<Act> {
        let Sample { doing, time, duration, now, .. } = *sample;
        let wanted = shared.position(now);
        let seeks = shared.video.started && !shared.video.live;
        self.clock.clear();
        match doing {
            Doing::Playing | Doing::Buffering if self.may_ask(now) => vec![Act::Pause],
            Doing::Paused if seeks && (time - wanted).abs() > FINE && now - self.last_seek > AGAIN => {
                self.last_seek = now;
                vec![Act::Seek(wanted)]
            }
            // It would play, to be over again.
            Doing::Ended if wanted > duration - FAR => Vec::new(),
            Doing::Unstarted | Doing::Cued | Doing::Ended if seeks && self.shown != Some(self.revision) => {
                self.shown = Some(self.revision);
                vec![Act::Show(wanted)]
            }
            _ => Vec::new(),
        }
    }

    fn play(&mut self, shared: &Shared, sample: &Sample) -> Vec<Act> {
        let Sample { doing, time, duration, now, .. } = *sample;
        let (wanted, live) = (shared.position(now), shared.video.live);
        match doing {
            // It plays in silence what it was to show, unless it is told to play.
            Doing::Playing if self.shown.take().is_some() => vec![Act::Play],
            Doing::Playing => self.keep_up(shared, sample),
            Doing::Buffering => {
                self.quiet(now, QUIET_AFTER_BUFFERING);
                Vec::new()
            }
            // It is over here as well, or nearly.
            Doing::Ended if live || wanted > duration - FAR => Vec::new(),
            Doing::Unstarted | Doing::Cued | Doing::Paused | Doing::Ended => {
                self.clock.clear();
                if !self.may_ask(now) {
                    return Vec::new();
                }
                let mut acts = Vec::new();
                if !live && (time - wanted).abs() > FINE {
                    acts.push(self.seek(shared, now));
                }
                acts.push(Act::Play);
                acts
            }
        }
    }

    fn keep_up(&mut self, shared: &Shared, sample: &Sample) -> Vec<Act> {
        let Sample { time, rate, now, .. } = *sample;
        let base = shared.video.rate;
        if shared.video.live {
            return self.own_speed(1.0, rate, now);
        }
        if now < self.quiet_until {
            return Vec::new();
        }
        let Some(position) = self.clock.read(now, time, rate) else { return Vec::new() };
        let drift = position - shared.position(now);
        if self.sought.take() == Some(self.revision) && drift.abs() < LONGEST_LEAD {
            // By how much a seek came too late is what the next one is ahead by.
            self.lead = (self.lead - 0.7 * drift).clamp(0.0, LONGEST_LEAD);
        }
        let far = if self.no_nudges { FAR_WITHOUT_NUDGES } else { FAR };
        if drift.abs() > far {
            if now - self.last_seek < self.seeks {
                return Vec::new();
            }
            self.seeks = (self.seeks * 2.0).min(SEEKS_IN_VAIN);
            let mut acts = vec![self.seek(shared, now)];
            acts.extend(self.end_nudge(base, now));
            return acts;
        }
        if drift.abs() < FINE {
            self.seeks = SEEKS;
        }
        if self.nudged {
            let asked = self.told_rate.unwrap_or((base, now));
            let refused = now - asked.1 > PROOF && (rate - asked.0).abs() > 0.01;
            self.no_nudges |= refused;
            let made_good = drift.abs() < CLOSE || (asked.0 > base) == (drift > 0.0);
            return if refused || made_good { self.end_nudge(base, now).into_iter().collect() } else { Vec::new() };
        }
        if drift.abs() > FINE && !self.no_nudges {
            self.nudged = true;
            let rate = if drift > 0.0 { base * (1.0 - NUDGE) } else { base * (1.0 + NUDGE) };
            self.told_rate = Some((rate, now));
            return vec![Act::Rate(rate)];
        }
        self.own_speed(base, rate, now)
    }

    /// The speed at which the video plays for everybody.
    fn own_speed(&mut self, base: f64, rate: f64, now: f64) -> Vec<Act> {
        let told_lately = self.told_rate.is_some_and(|(_, at)| now - at < PROOF);
        if (rate - base).abs() < 0.01 || told_lately {
            return Vec::new();
        }
        self.told_rate = Some((base, now));
        vec![Act::Rate(base)]
    }

    fn end_nudge(&mut self, base: f64, now: f64) -> Option<Act> {
        let nudged = std::mem::take(&mut self.nudged);
        nudged.then(|| {
            self.told_rate = Some((base, now));
            Act::Rate(base)
        })
    }

    fn seek(&mut self, shared: &Shared, now: f64) -> Act {
        self.sought = Some(self.revision);
        self.last_seek = now;
        self.quiet(now, QUIET);
        Act::Seek(shared.position(now) + self.lead * shared.video.rate)
    }

    fn quiet(&mut self, now: f64, seconds: f64) {
        self.clock.clear();
        self.quiet_until = self.quiet_until.max(now + seconds);
    }

    fn may_ask(&mut self, now: f64) -> bool {
        let may = now - self.asked > AGAIN;
        if may {
            self.asked = now;
        }
        may
    }
}
