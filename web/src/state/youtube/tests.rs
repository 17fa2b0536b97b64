//! Tests of watching together: players with clocks of their own are played by hand.

use super::*;
use crate::state::room::{Change, Own};
use protocol::room::Source;

/// Seconds between two reports of a player to the page.
const STEP: f64 = 0.21;

/// A player as YouTube's are: its own speed is not exactly 1, seeking takes a while, what it reports is up to 250 ms old.
struct Player {
    position: f64,
    speed: f64,
    rate: f64,
    doing: Doing,
    seek: Option<(f64, f64)>,
    /// Takes speeds other than those of the menu.
    fine_rates: bool,
    deaf: bool,
    seeks: usize,
}

impl Player {
    fn at(position: f64, speed: f64) -> Self {
        let (rate, doing, seek) = (1.0, Doing::Playing, None);
        Self { position, speed, rate, doing, seek, fine_rates: true, deaf: false, seeks: 0 }
    }

    fn go_on(&mut self, now: f64) {
        if self.doing == Doing::Playing {
            self.position += STEP * self.speed * self.rate;
        }
        if let Some((at, target)) = self.seek
            && now >= at
        {
            (self.position, self.seek) = (target, None);
        }
    }

    fn sample(&self, now: f64) -> Sample {
        let time = (self.position / 0.25).floor() * 0.25;
        Sample { doing: self.doing, time, duration: 600.0, rate: self.rate, now }
    }

    fn obey(&mut self, acts: &[Act], now: f64) {
        for act in acts.iter().filter(|_| !self.deaf) {
            match *act {
                Act::Play => self.doing = Doing::Playing,
                Act::Pause => self.doing = Doing::Paused,
                Act::Seek(to) | Act::Show(to) => {
                    self.seeks += 1;
                    self.seek = Some((now + 0.5, to));
                }
                Act::Rate(rate) => self.rate = if self.fine_rates { rate } else { rate.round() },
                Act::Tell(_) => panic!("a follower tells nothing"),
            }
        }
    }
}

fn video(playing: bool, position: f64) -> Youtube {
    Youtube {
        video: "dQw4w9WgXcQ".into(),
        live: false,
        person: "ada".into(),
        name: "Ada".into(),
        started: true,
        playing,
        position,
        rate: 1.0,
        revision: 2,
    }
}

fn shared(playing: bool, position: f64) -> Shared {
    Shared { video: video(playing, position), heard: 0.0 }
}

/// Follows for so many seconds; gives how far off the player is at each moment, by when.
fn follow(player: &mut Player, shared: &Shared, seconds: f64) -> Vec<(f64, f64)> {
    let (mut follower, mut off, mut now) = (Follower::default(), Vec::new(), 0.0);
    while now < seconds {
        now += STEP;
        player.go_on(now);
        let acts = follower.follow(shared, &player.sample(now));
        player.obey(&acts, now);
        off.push((now, player.position - shared.position(now)));
    }
    off
}

fn worst_after(off: &[(f64, f64)], seconds: f64) -> f64 {
    off.iter().filter(|(now, _)| *now > seconds).map(|(_, off)| off.abs()).fold(0.0, f64::max)
}

/// J1: a clock that is 1 % fast or slow is made good by the speed, without a single seek, for as long as it takes.
#[test]
fn j1_a_drifting_player_is_kept_close_without_seeking() {
    for speed in [0.99, 1.01] {
        let mut player = Player::at(30.0, speed);
        let off = follow(&mut player, &shared(true, 30.0), 300.0);
        assert!(worst_after(&off, 0.0) < 0.6, "{speed}: {}", worst_after(&off, 0.0));
        assert_eq!(player.seeks, 0, "{speed}");
    }
}

/// J1: the same without correction leaves the second that is allowed.
#[test]
fn j1_a_drifting_player_that_obeys_nothing_is_seconds_off() {
    let mut player = Player { deaf: true, ..Player::at(30.0, 1.01) };
    assert!(worst_after(&follow(&mut player, &shared(true, 30.0), 300.0), 200.0) > 2.0);
}

/// J1: YouTube may round speeds to those of its menu. Such a player is sought in before it is a second off, and rarely.
#[test]
fn j1_a_player_without_fine_speeds_is_sought_in() {
    let mut player = Player { fine_rates: false, ..Player::at(30.0, 1.01) };
    let off = follow(&mut player, &shared(true, 30.0), 300.0);
    assert!(worst_after(&off, 5.0) < 1.0, "{}", worst_after(&off, 5.0));
    assert!((2..=8).contains(&player.seeks), "{} seeks", player.seeks);
}

/// J1: one that is far off is there in a moment; the first seek measures how long one takes.
#[test]
fn j1_a_player_that_is_far_off_is_there_in_a_moment() {
    for position in [0.0, 90.0] {
        let mut player = Player::at(position, 1.0);
        let off = follow(&mut player, &shared(true, 30.0), 30.0);
        assert!(worst_after(&off, 4.0) < 0.6, "{position}: {off:?}");
        assert!(player.seeks <= 2, "{} seeks", player.seeks);
    }
}

/// J1: who comes later begins where the others are; who comes while it is paused sees the same picture.
#[test]
fn j1_who_comes_later_begins_where_the_others_are() {
    let mut player = Player { doing: Doing::Unstarted, ..Player::at(0.0, 1.0) };
    let off = follow(&mut player, &shared(true, 100.0), 20.0);
    assert!(worst_after(&off, 4.0) < 0.6, "{off:?}");
    let mut player = Player { doing: Doing::Cued, ..Player::at(0.0, 1.0) };
    let off = follow(&mut player, &shared(false, 100.0), 5.0);
    assert!(worst_after(&off, 2.0) < 0.01, "{off:?}");
}

/// J1: who is shown a place in silence hears the video when it goes on before it stood still there.
#[test]
fn j1_what_goes_on_while_a_place_is_shown_is_heard() {
    let sample = |doing, now: f64| Sample { doing, time: 99.0 + now, duration: 600.0, rate: 1.0, now };
    let mut follower = Follower::default();
    assert_eq!(follower.follow(&shared(false, 100.0), &sample(Doing::Cued, 1.0)), [Act::Show(100.0)]);
    let playing = Shared { video: Youtube { revision: 3, ..video(true, 100.0) }, heard: 1.0 };
    assert_eq!(follower.follow(&playing, &sample(Doing::Playing, 1.2)), [Act::Play]);
    assert_eq!(follower.follow(&playing, &sample(Doing::Playing, 1.4)), [], "it is told once");
    assert_eq!(Follower::default().follow(&playing, &sample(Doing::Playing, 1.2)), [], "and only who was shown it");
}

/// J1: what is over for everybody is not shown anew, for that would play its last moment; what was taken back is.
#[test]
fn j1_a_video_that_is_over_is_not_shown_anew() {
    let over = Sample { doing: Doing::Ended, time: 600.0, duration: 600.0, rate: 1.0, now: 1.0 };
    for (wanted, acts) in [(600.0, vec![]), (599.5, vec![]), (100.0, vec![Act::Show(100.0)])] {
        assert_eq!(Follower::default().follow(&shared(false, wanted), &over), acts, "{wanted}");
    }
}

/// J1: pause reaches a player; a place that was sought in while it is paused as well.
#[test]
fn j1_a_pause_is_at_the_same_place() {
    let mut player = Player::at(52.0, 1.0);
    let off = follow(&mut player, &shared(false, 50.0), 5.0);
    assert_eq!(player.doing, Doing::Paused);
    assert!(worst_after(&off, 3.0) < 0.01, "{off:?}");
}

/// J1: nothing is told to a player that buffers; it is brought back when it plays again.
#[test]
fn j1_a_player_that_buffers_is_left_alone_until_it_plays() {
    let (shared, mut follower) = (shared(true, 30.0), Follower::default());
    let sample = |doing, now: f64| Sample { doing, time: 30.0, duration: 600.0, rate: 1.0, now };
    for step in 0..40 {
        let acts = follower.follow(&shared, &sample(Doing::Buffering, f64::from(step) * STEP));
        assert!(acts.is_empty(), "{acts:?}");
    }
    let later = (40..60).flat_map(|step| follower.follow(&shared, &sample(Doing::Playing, f64::from(step) * STEP)));
    assert!(later.into_iter().any(|act| matches!(act, Act::Seek(to) if to > 38.0)));
}

/// J1: a live stream is played and paused, and nobody seeks in it or changes its speed.
#[test]
fn j1_nobody_seeks_in_a_live_stream() {
    let live = Shared { video: Youtube { live: true, ..video(true, 5_000.0) }, heard: 0.0 };
    let mut player = Player::at(4_000.0, 1.0);
    follow(&mut player, &live, 30.0);
    assert_eq!((player.seeks, player.rate, player.doing), (0, 1.0, Doing::Playing));
    player.doing = Doing::Paused;
    follow(&mut player, &live, 3.0);
    assert_eq!((player.seeks, player.doing), (0, Doing::Playing));
}

/// A sharer with what the room knows; each telling is answered at once.
struct Sharing {
    leader: Leader,
    shared: Shared,
    told: Vec<Told>,
    now: f64,
}

impl Sharing {
    fn of(video: Youtube) -> Self {
        Self { leader: Leader::default(), shared: Shared { video, heard: 0.0 }, told: Vec::new(), now: 0.0 }
    }

    /// The player goes on for so many seconds; gives what it was told.
    fn go_on(&mut self, player: &mut Player, seconds: f64) -> Vec<Act> {
        let (until, mut acts) = (self.now + seconds, Vec::new());
        while self.now < until {
            self.now += STEP;
            player.go_on(self.now);
            for act in self.leader.lead(&self.shared, &player.sample(self.now)) {
                match act {
                    Act::Tell(told) => {
                        self.told.push(told);
                        let video = &mut self.shared.video;
                        (video.playing, video.position, video.rate) = (told.playing, told.position, told.rate);
                        video.started |= told.playing;
                        video.revision += 1;
                        self.shared.heard = self.now;
                    }
                    other => {
                        player.obey(&[other], self.now);
                        acts.push(other);
                    }
                }
            }
        }
        acts
    }
}

/// J1: the video begins for everybody when the sharer's player has begun, at its place.
#[test]
fn j1_it_begins_with_the_sharers_player() {
    let mut sharing = Sharing::of(Youtube { started: false, playing: false, ..video(false, 30.0) });
    let mut player = Player { doing: Doing::Unstarted, ..Player::at(30.0, 1.0) };
    assert_eq!(sharing.go_on(&mut player, 2.0), [Act::Play]);
    assert_eq!(sharing.told.len(), 1);
    assert!(sharing.told[0].playing && (sharing.told[0].position - 30.5).abs() < 0.5, "{:?}", sharing.told);
    sharing.go_on(&mut player, 20.0);
    assert_eq!(sharing.told.len(), 1, "nothing has changed since");
}

/// J1: play, pause, seek and speed of the sharer are told, once each; a moment's pause within a seek is none.
#[test]
fn j1_what_the_sharer_does_is_told_once() {
    let mut sharing = Sharing::of(video(true, 30.0));
    let mut player = Player::at(30.0, 1.0);
    sharing.go_on(&mut player, 3.0);
    assert_eq!(sharing.told, []);
    player.doing = Doing::Paused;
    sharing.go_on(&mut player, STEP);
    (player.doing, player.position) = (Doing::Buffering, 200.0);
    sharing.go_on(&mut player, 1.0);
    player.doing = Doing::Playing;
    sharing.go_on(&mut player, 2.0);
    assert_eq!(sharing.told.len(), 1, "{:?}", sharing.told);
    assert!(sharing.told[0].playing && sharing.told[0].position > 199.0);
    player.doing = Doing::Paused;
    sharing.go_on(&mut player, 2.0);
    assert!(sharing.told.len() == 2 && !sharing.told[1].playing, "{:?}", sharing.told);
    player.position = 10.0;
    sharing.go_on(&mut player, 2.0);
    assert!(sharing.told.len() == 3 && sharing.told[2].position == 10.0, "{:?}", sharing.told);
    (player.doing, player.rate) = (Doing::Playing, 1.5);
    sharing.go_on(&mut player, 3.0);
    assert!(sharing.told.len() == 4 && sharing.told[3].rate == 1.5, "{:?}", sharing.told);
}

/// J1: the sharer's buffering pauses nobody; where it goes on is told then. Their own clock's drift is told before it matters.
#[test]
fn j1_the_sharers_buffering_and_drift_are_made_good() {
    let mut sharing = Sharing::of(video(true, 30.0));
    let mut player = Player::at(30.0, 1.0);
    sharing.go_on(&mut player, 3.0);
    player.doing = Doing::Buffering;
    sharing.go_on(&mut player, 2.0);
    assert_eq!(sharing.told, [], "nobody is paused");
    player.doing = Doing::Playing;
    sharing.go_on(&mut player, 2.0);
    assert_eq!(sharing.told.len(), 1);
    player.speed = 0.99;
    sharing.go_on(&mut player, 120.0);
    assert!((3..=6).contains(&sharing.told.len()), "{}", sharing.told.len());
    assert!((player.position - sharing.shared.position(sharing.now)).abs() < 0.6);
}

/// J1, H5: who comes back to an own video goes where it is, and does not take the others back to the beginning.
#[test]
fn j1_h5_a_sharer_who_comes_back_first_finds_the_place() {
    let mut sharing = Sharing::of(video(true, 100.0));
    let mut player = Player { doing: Doing::Unstarted, ..Player::at(0.0, 1.0) };
    sharing.go_on(&mut player, 8.0);
    assert!((player.position - sharing.shared.position(sharing.now)).abs() < 0.6);
    assert!(sharing.told.iter().all(|told| told.playing && told.position > 99.0), "{:?}", sharing.told);
    player.doing = Doing::Paused;
    sharing.go_on(&mut player, 2.0);
    assert!(sharing.told.last().is_some_and(|told| !told.playing), "and leads from then on");
}

/// J1: a stream is known by its duration, whatever its link says.
#[test]
fn j1_a_live_stream_is_known_by_its_growth() {
    let mut growth = growth::Growth::default();
    let seen: Vec<_> = (0..20).map(|now| growth.read(f64::from(now), 3_600.0 + f64::from(now))).collect();
    assert_eq!((seen[1], seen[3]), (None, Some(true)));
    let mut still = growth::Growth::default();
    let seen: Vec<_> = (0..20).map(|now| still.read(f64::from(now), 600.0)).collect();
    assert_eq!((seen[5], seen[19]), (None, Some(false)));
}

/// J3: the button is there for hosts in any mode, for others on screen where it is not moderated, and nowhere when it is off.
#[test]
fn j3_who_may_share_a_video() {
    let mut on_screen = Room::default();
    on_screen.apply(Change::Own { source: Source::Microphone, own: Own { muted: true, on_screen: true } });
    let watching = Room::default();
    let cases = [
        (true, ShareAccess::Anyone, false, &on_screen, true),
        (true, ShareAccess::InviteOnly, false, &on_screen, true),
        (true, ShareAccess::Anyone, false, &watching, false),
        (true, ShareAccess::Anyone, true, &watching, true),
        (true, ShareAccess::Moderated, false, &on_screen, false),
        (true, ShareAccess::Moderated, true, &watching, true),
        (false, ShareAccess::Anyone, true, &on_screen, false),
    ];
    for (allowed, access, host, room, may) in cases {
        assert_eq!(may_share(allowed, access, host, room), may, "{allowed} {access:?} {host}");
    }
}
