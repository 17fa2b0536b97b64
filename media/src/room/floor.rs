//! Who is on screen: seats, what is sent from them, and how long they are held. Pure: time comes in with each call.

use protocol::room::{Counts, OFFER_SECONDS, SEAT_HELD_SECONDS, Seat, Source, Speaker};
use protocol::signalling::ErrorCode;
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// How long the seat of a lost person is kept (E1).
const HELD: Duration = Duration::from_secs(SEAT_HELD_SECONDS);

/// How long a free seat is kept for the person whose turn it is (D5).
const OFFERED: Duration = Duration::from_secs(OFFER_SECONDS);

/// How long it is kept for who left meanwhile: a page that is loaded again leaves, and comes back.
const AWAY: Duration = Duration::from_secs(10);

/// The people on screen and their seats. Every change of what others see of them is told by the answer of its function.
#[derive(Debug)]
pub struct Floor {
    max: u32,
    people: BTreeMap<String, OnScreen>,
    /// Counts up with everybody who comes, for the order of the tiles.
    came: u64,
    /// Who was approved while every seat was taken, the next one first (D5).
    waiting: VecDeque<String>,
    /// For whom a free seat is kept.
    offers: BTreeMap<String, Offer>,
}

#[derive(Debug)]
struct Offer {
    until: Instant,
    /// Set while the person is away.
    back_by: Option<Instant>,
}

impl Offer {
    fn stands(&self, now: Instant) -> bool {
        now < self.until && self.back_by.is_none_or(|until| now < until)
    }
}

#[derive(Debug)]
struct OnScreen {
    name: String,
    came: u64,
    seats: BTreeMap<Seat, Taken>,
}

impl OnScreen {
    /// The seats on which the person or their screen is seen.
    fn shown(&self) -> impl Iterator<Item = &Taken> {
        self.seats.iter().filter(|(seat, _)| **seat != Seat::Youtube).map(|(_, taken)| taken)
    }
}

#[derive(Debug, Default)]
struct Taken {
    /// What is sent from the seat, or was when the person was lost, and whether it is muted.
    sources: BTreeMap<Source, Muting>,
    /// Set while the person is lost: until when the seat is theirs.
    held_until: Option<Instant>,
    /// Of who is back on the seat: what has not come back with them yet. It does so as a host left it, up to `missing_until`.
    missing: BTreeMap<Source, Muting>,
    missing_until: Option<Instant>,
}

/// Whether a source is muted, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Muting {
    Not,
    Own,
    /// The person has not unmuted it since, and perhaps not heard of it (D7).
    ByHost,
}

impl Floor {
    pub fn new(max: u32) -> Self {
        Self { max, people: BTreeMap::new(), came: 0, waiting: VecDeque::new(), offers: BTreeMap::new() }
    }

    /// Another maximum. Lowering it removes nobody, it refuses new ones (E1).
    pub fn set_max(&mut self, max: u32) {
        self.max = max;
    }

    /// Seats in use, those held or offered included.
    pub fn seats(&self) -> u32 {
        let taken: usize = self.people.values().map(|person| person.seats.len()).sum();
        u32::try_from(taken + self.offers.len()).unwrap_or(u32::MAX)
    }

    pub fn counts(&self, viewers: usize) -> Counts {
        Counts { seats: self.seats(), max_seats: self.max, viewers: u32::try_from(viewers).unwrap_or(u32::MAX) }
    }

    /// Whether the person is one of the speakers, also while the seat is only held. Who shares a video alone is not seen themselves.
    pub fn shows(&self, person: &str) -> bool {
        self.people.get(person).is_some_and(|on| on.shown().next().is_some())
    }

    /// Whether the person has this seat, held or not.
    pub fn has(&self, person: &str, seat: Seat) -> bool {
        self.people.get(person).is_some_and(|on| on.seats.contains_key(&seat))
    }

    /// Gives the person a seat from which nothing of ours is sent, when one is free (J4).
    pub fn claim_seat(&mut self, person: &str, name: &str, seat: Seat) -> Result<(), ErrorCode> {
        if self.has(person, seat) {
            return Err(ErrorCode::WrongState);
        }
        if self.seats() >= self.max {
            return Err(ErrorCode::Full);
        }
        self.on_screen(person, name).seats.insert(seat, Taken::default());
        Ok(())
    }

    /// The person is back on a seat from which nothing of ours is sent: it is not only held any more.
    pub fn resume(&mut self, person: &str, seat: Seat) {
        if let Some(taken) = self.people.get_mut(person).and_then(|on| on.seats.get_mut(&seat)) {
            taken.held_until = None;
        }
    }

    fn on_screen(&mut self, person: &str, name: &str) -> &mut OnScreen {
        self.people.entry(person.to_owned()).or_insert_with(|| {
            self.came += 1;
            OnScreen { name: name.to_owned(), came: self.came, seats: BTreeMap::new() }
        })
    }

    /// Whether a seat is the person's: one they sit on, one that is held, or one that is kept for them.
    pub fn holds(&self, person: &str) -> bool {
        self.people.contains_key(person) || self.offers.contains_key(person)
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Everybody who has a seat, also one that is only held, with their names.
    pub fn people(&self) -> impl Iterator<Item = (&str, &str)> {
        self.people.iter().map(|(person, on)| (person.as_str(), on.name.as_str()))
    }

    /// Starts a source: on the seat that the person has already, or on a free one. The answer to the last free seat goes
    /// to one only, since the room asks one after the other (E2). Says whether it is muted though the person did not want that: a
    /// host has muted it, and the person comes back to the seat (D7).
    pub fn claim(&mut self, person: &str, name: &str, source: Source, muted: bool) -> Result<bool, ErrorCode> {
        let full = self.seats() >= self.max;
        let seat = source.seat();
        let has_seat = self.people.get(person).is_some_and(|on| on.seats.contains_key(&seat));
        if full && !has_seat && !self.offers.contains_key(person) {
            return Err(ErrorCode::Full);
        }
        if !has_seat {
            self.forget_turn(person);
        }
        let taken = self.on_screen(person, name).seats.entry(seat).or_default();
        if let Some(until) = taken.held_until.take() {
            taken.missing = std::mem::take(&mut taken.sources);
            taken.missing_until = Some(until);
        }
        if taken.sources.contains_key(&source) {
            return Err(ErrorCode::WrongState);
        }
        let by_host = taken.missing.remove(&source) == Some(Muting::ByHost);
        let muting = match (by_host, muted) {
            (true, _) => Muting::ByHost,
            (false, true) => Muting::Own,
            (false, false) => Muting::Not,
        };
        taken.sources.insert(source, muting);
        Ok(by_host && !muted)
    }

    /// Whether the person sends the source from a seat.
    pub fn sends(&self, person: &str, source: Source) -> bool {
        let taken = self.people.get(person).and_then(|on| on.seats.get(&source.seat()));
        taken.is_some_and(|taken| taken.sources.contains_key(&source))
    }

    /// Ends a source; the seat is free with its last one. Says whether there was one.
    pub fn release(&mut self, person: &str, source: Source) -> bool {
        let Some(on) = self.people.get_mut(person) else { return false };
        let Some(taken) = on.seats.get_mut(&source.seat()) else { return false };
        let was = taken.sources.remove(&source).is_some();
        if taken.sources.is_empty() {
            on.seats.remove(&source.seat());
        }
        if on.seats.is_empty() {
            self.people.remove(person);
        }
        was
    }

    /// Frees one seat of a person, whatever is sent from it. Says whether they had it.
    pub fn clear(&mut self, person: &str, seat: Seat) -> bool {
        let Some(on) = self.people.get_mut(person) else { return false };
        let was = on.seats.remove(&seat).is_some();
        if on.seats.is_empty() {
            self.people.remove(person);
        }
        was
    }

    /// The person mutes or unmutes what they send. Says whether that changed anything.
    pub fn set_muted(&mut self, person: &str, source: Source, muted: bool) -> bool {
        let taken = self.people.get_mut(person).and_then(|on| on.seats.get_mut(&source.seat()));
        let Some(muting) = taken.and_then(|taken| taken.sources.get_mut(&source)) else { return false };
        let changes = (*muting != Muting::Not) != muted;
        if changes {
            *muting = if muted { Muting::Own } else { Muting::Not };
        }
        changes
    }

    /// A host mutes what the person sends. What the seat is only held for comes back muted (D7). Says whether that changed
    /// anything.
    pub fn mute(&mut self, person: &str, source: Source) -> bool {
        let taken = self.people.get_mut(person).and_then(|on| on.seats.get_mut(&source.seat()));
        let Some(taken) = taken else { return false };
        let mut known = taken.sources.get_mut(&source).into_iter().chain(taken.missing.get_mut(&source));
        let Some(muting) = known.find(|muting| **muting == Muting::Not) else { return false };
        *muting = Muting::ByHost;
        true
    }

    /// The person's connection broke: their seats are held (E1). Says whether they had any.
    pub fn lost(&mut self, person: &str, now: Instant) -> bool {
        let Some(on) = self.people.get_mut(person) else { return false };
        for taken in on.seats.values_mut() {
            taken.held_until.get_or_insert(now + HELD);
            // Who is lost once more on the way back.
            for (source, muting) in std::mem::take(&mut taken.missing) {
                taken.sources.entry(source).or_insert(muting);
            }
        }
        true
    }

    /// The person left: their seats are free. The place in the row stays theirs while others pass by, and a seat that is kept for
    /// them stays so for a moment, since they may be about to come back. Says whether they were on screen.
    pub fn leave(&mut self, person: &str, now: Instant) -> bool {
        if let Some(offer) = self.offers.get_mut(person) {
            offer.back_by = Some(now + AWAY);
        }
        self.people.remove(person).is_some()
    }

    /// The person is inside, perhaps again.
    pub fn enter(&mut self, person: &str) {
        if let Some(offer) = self.offers.get_mut(person) {
            offer.back_by = None;
        }
    }

    /// The person may not share any more: their seats are free, and their turn is the next one's. Says whether they were on
    /// screen.
    pub fn forget(&mut self, person: &str) -> bool {
        self.forget_turn(person);
        self.people.remove(person).is_some()
    }

    /// Frees the seats of everybody else. Says whether there were any.
    pub fn keep(&mut self, may_stay: impl Fn(&str) -> bool) -> bool {
        let before = self.people.len();
        self.people.retain(|person, _| may_stay(person));
        self.waiting.retain(|person| may_stay(person));
        self.offers.retain(|person, _| may_stay(person));
        self.people.len() != before
    }

    /// Somebody was approved (D5). While every seat is taken they wait for the next one.
    pub fn approve(&mut self, person: &str) {
        let seated = self.people.get(person).is_some_and(|on| on.seats.contains_key(&Seat::Person));
        let has_turn = self.offers.contains_key(person) || self.waiting.iter().any(|waiting| waiting == person);
        if !seated && !has_turn && self.seats() >= self.max {
            self.waiting.push_back(person.to_owned());
        }
    }

    /// Keeps each free seat for the next who waits and is inside, for [`OFFER_SECONDS`] (D5). Gives for whom.
    pub fn offer(&mut self, now: Instant, is_inside: impl Fn(&str) -> bool) -> Vec<String> {
        let mut offered = Vec::new();
        while self.seats() < self.max {
            let next = self.waiting.iter().position(|person| is_inside(person));
            let Some(person) = next.and_then(|place| self.waiting.remove(place)) else { break };
            self.offers.insert(person.clone(), Offer { until: now + OFFERED, back_by: None });
            offered.push(person);
        }
        offered
    }

    /// For how many more seconds a free seat is kept for the person, if one is.
    pub fn offered(&self, person: &str, now: Instant) -> Option<u64> {
        let offer = self.offers.get(person)?;
        Some(offer.until.saturating_duration_since(now).as_secs_f64().ceil() as u64)
    }

    /// Who waits for a seat, the next one first.
    pub fn waiting(&self) -> &VecDeque<String> {
        &self.waiting
    }

    fn forget_turn(&mut self, person: &str) {
        self.waiting.retain(|waiting| waiting != person);
        self.offers.remove(person);
    }

    /// Frees the seats that were held or offered long enough. Says whether there were any.
    pub fn expire(&mut self, now: Instant) -> bool {
        let before = self.seats();
        self.offers.retain(|_, offer| offer.stands(now));
        for on in self.people.values_mut() {
            on.seats.retain(|_, taken| taken.held_until.is_none_or(|until| now < until));
            for taken in on.seats.values_mut().filter(|taken| taken.missing_until.is_some_and(|until| until <= now)) {
                taken.missing.clear();
            }
        }
        self.people.retain(|_, on| !on.seats.is_empty());
        self.seats() != before
    }

    /// The people on screen in the order they came.
    pub fn speakers(&self) -> Vec<Speaker> {
        let mut people: Vec<_> = self.people.iter().filter(|(_, on)| on.shown().next().is_some()).collect();
        people.sort_by_key(|(_, on)| on.came);
        people.into_iter().map(|(person, on)| speaker(person, on)).collect()
    }
}

fn speaker(person: &str, on: &OnScreen) -> Speaker {
    let lost = on.shown().all(|taken| taken.held_until.is_some());
    // Of who came back with one seat, what was sent from another is over, though that seat is still held.
    let shown = on.shown().filter(|taken| lost || taken.held_until.is_none());
    let mut sources: Vec<(Source, bool)> =
        shown.flat_map(|taken| &taken.sources).map(|(source, muting)| (*source, *muting != Muting::Not)).collect();
    sources.sort();
    Speaker {
        person: person.to_owned(),
        name: on.name.clone(),
        muted: sources.iter().filter(|(_, muted)| *muted).map(|(source, _)| *source).collect(),
        sources: sources.into_iter().map(|(source, _)| source).collect(),
        lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Source::{Camera, Microphone, Screen, ScreenAudio};

    fn claim(floor: &mut Floor, person: &str, source: Source) -> Result<(), ErrorCode> {
        floor.claim(person, person, source, false).map(drop)
    }

    fn leave(floor: &mut Floor, person: &str) -> bool {
        floor.leave(person, Instant::now())
    }

    /// E1: one seat per person with camera, microphone or both; one more per screen share.
    #[test]
    fn e1_camera_and_microphone_share_a_seat_and_a_screen_has_its_own() {
        let mut floor = Floor::new(50);
        for (source, seats) in [(Microphone, 1), (Camera, 1), (Screen, 2), (ScreenAudio, 2)] {
            claim(&mut floor, "ada", source).unwrap();
            assert_eq!(floor.seats(), seats, "{source:?}");
        }
    }

    /// E1: a screen share takes a seat also without a camera, and with one seat left it still fits.
    #[test]
    fn e1_with_49_people_one_share_fits() {
        let mut floor = Floor::new(50);
        for n in 0..49 {
            claim(&mut floor, &n.to_string(), Camera).unwrap();
        }
        assert_eq!(claim(&mut floor, "watcher", Screen), Ok(()));
        assert_eq!(claim(&mut floor, "late", Camera), Err(ErrorCode::Full));
    }

    /// E1, J4: a video takes a seat like everything else; who shares nothing else is not among those on screen.
    #[test]
    fn e1_j4_a_video_takes_a_seat_and_shows_nobody() {
        let mut floor = Floor::new(2);
        assert_eq!(floor.claim_seat("olga", "Olga", Seat::Youtube), Ok(()));
        assert_eq!((floor.seats(), floor.speakers().len(), floor.shows("olga")), (1, 0, false));
        claim(&mut floor, "ada", Camera).unwrap();
        assert_eq!(claim(&mut floor, "olga", Camera), Err(ErrorCode::Full), "the seat is the video's");
        floor.leave("ada", Instant::now());
        claim(&mut floor, "olga", Camera).unwrap();
        assert_eq!(floor.claim_seat("bob", "Bob", Seat::Youtube), Err(ErrorCode::Full));
        assert_eq!(floor.claim_seat("olga", "Olga", Seat::Youtube), Err(ErrorCode::WrongState));
    }

    /// E1, H5: the seat of a video is held like others, and goes on at once when its sharer is back, with or without a camera.
    #[test]
    fn e1_h5_the_seat_of_a_video_is_held_and_resumed() {
        let mut floor = Floor::new(9);
        let start = Instant::now();
        claim(&mut floor, "ada", Camera).unwrap();
        floor.claim_seat("ada", "Ada", Seat::Youtube).unwrap();
        floor.lost("ada", start);
        floor.resume("ada", Seat::Youtube);
        assert!(floor.speakers()[0].lost, "the camera is not back");
        floor.expire(start + Duration::from_secs(60));
        assert!(floor.has("ada", Seat::Youtube) && !floor.has("ada", Seat::Person));
        floor.lost("ada", start);
        assert!(floor.expire(start + Duration::from_secs(60)) && floor.is_empty());
    }

    /// E2: the server refuses the 51st; who sits already may add to the own seat.
    #[test]
    fn e2_full_refuses_new_seats_only() {
        let mut floor = Floor::new(1);
        claim(&mut floor, "ada", Microphone).unwrap();
        assert_eq!(claim(&mut floor, "bob", Microphone), Err(ErrorCode::Full));
        assert_eq!(claim(&mut floor, "ada", Camera), Ok(()));
        assert_eq!(claim(&mut floor, "ada", Screen), Err(ErrorCode::Full));
    }

    /// E1: lowering the maximum removes nobody; it refuses new ones.
    #[test]
    fn e1_lowering_the_maximum_removes_nobody() {
        let mut floor = Floor::new(3);
        for person in ["ada", "bob"] {
            claim(&mut floor, person, Camera).unwrap();
        }
        floor.set_max(1);
        assert_eq!(floor.seats(), 2);
        assert_eq!(claim(&mut floor, "cleo", Camera), Err(ErrorCode::Full));
        leave(&mut floor, "ada");
        assert_eq!(claim(&mut floor, "cleo", Camera), Err(ErrorCode::Full));
        leave(&mut floor, "bob");
        assert_eq!(claim(&mut floor, "cleo", Camera), Ok(()));
    }

    /// E1: a seat is held for 60 s after a network loss, and is the person's again when they come back.
    #[test]
    fn e1_a_lost_seat_is_held_for_60_seconds() {
        let mut floor = Floor::new(1);
        let start = Instant::now();
        claim(&mut floor, "ada", Camera).unwrap();
        floor.lost("ada", start);
        assert!(floor.speakers()[0].lost && floor.shows("ada"));
        assert!(!floor.expire(start + Duration::from_secs(59)));
        assert_eq!(claim(&mut floor, "bob", Camera), Err(ErrorCode::Full));
        assert_eq!(claim(&mut floor, "ada", Microphone), Ok(()));
        assert_eq!(floor.speakers()[0].sources, [Microphone], "what was sent before is over");
        floor.lost("ada", start);
        assert!(floor.expire(start + Duration::from_secs(60)));
        assert_eq!(claim(&mut floor, "bob", Camera), Ok(()));
    }

    /// E1: who comes back without the screen share is not shown with it, though its seat is still held.
    #[test]
    fn e1_what_is_only_held_is_not_shown_beside_what_is_live() {
        let mut floor = Floor::new(9);
        claim(&mut floor, "ada", Camera).unwrap();
        claim(&mut floor, "ada", Screen).unwrap();
        floor.lost("ada", Instant::now());
        assert_eq!(floor.speakers()[0].sources, [Camera, Screen]);
        claim(&mut floor, "ada", Camera).unwrap();
        let speaker = floor.speakers().remove(0);
        assert_eq!((speaker.sources, speaker.lost, floor.seats()), (vec![Camera], false, 2));
        assert!(floor.sends("ada", Camera) && !floor.sends("ada", Microphone));
    }

    /// D5: approved while full, people get the next free seats in their order; those who are not inside are passed over.
    #[test]
    fn d5_free_seats_are_offered_in_order_to_who_is_inside() {
        let mut floor = Floor::new(1);
        let start = Instant::now();
        claim(&mut floor, "ada", Camera).unwrap();
        for person in ["away", "bob", "cleo", "bob"] {
            floor.approve(person);
        }
        let inside = |person: &str| person != "away";
        assert!(floor.offer(start, inside).is_empty(), "no seat is free yet");
        leave(&mut floor, "ada");
        assert_eq!(floor.offer(start, inside), ["bob"]);
        assert_eq!(*floor.waiting(), ["away", "cleo"]);
        assert_eq!(claim(&mut floor, "dan", Camera), Err(ErrorCode::Full), "the seat is kept for Bob");
        assert_eq!(claim(&mut floor, "bob", Camera), Ok(()));
        assert_eq!(floor.seats(), 1);
        leave(&mut floor, "bob");
        assert_eq!(floor.offer(start, |_| true), ["away"]);
    }

    /// D5: a page that is loaded again leaves and comes back. The place in the row waits for it; a seat does for 10 s.
    #[test]
    fn d5_who_leaves_and_comes_back_has_the_turn_still() {
        let mut floor = Floor::new(1);
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        claim(&mut floor, "ada", Camera).unwrap();
        for person in ["bob", "cleo"] {
            floor.approve(person);
        }
        floor.leave("bob", start);
        assert_eq!(*floor.waiting(), ["bob", "cleo"]);
        floor.leave("ada", start);
        assert_eq!(floor.offer(start, |person| person != "bob"), ["cleo"], "who is away is passed by");
        floor.leave("cleo", start);
        assert!(!floor.expire(start + second * 9));
        floor.enter("cleo");
        assert!(!floor.expire(start + second * 20), "it stands as long as ever");
        floor.leave("cleo", start + second * 15);
        assert!(floor.expire(start + second * 25));
        assert_eq!(floor.offer(start + second * 25, |_| true), ["bob"]);
    }

    /// D5: who comes back while a seat is kept is told how long that still lasts.
    #[test]
    fn d5_an_offer_says_how_long_it_still_stands() {
        let mut floor = Floor::new(1);
        let start = Instant::now();
        claim(&mut floor, "ada", Camera).unwrap();
        floor.approve("bob");
        assert_eq!(floor.offered("bob", start), None, "he waits");
        leave(&mut floor, "ada");
        floor.offer(start, |_| true);
        assert_eq!(floor.offered("bob", start), Some(30));
        assert_eq!(floor.offered("bob", start + Duration::from_millis(12_500)), Some(18));
        claim(&mut floor, "bob", Camera).unwrap();
        assert_eq!(floor.offered("bob", start), None, "he sits");
    }

    /// D5: an offer stands for 30 s; then the seat goes to the next.
    #[test]
    fn d5_an_offer_lapses_after_30_seconds() {
        let mut floor = Floor::new(1);
        let start = Instant::now();
        claim(&mut floor, "ada", Camera).unwrap();
        floor.approve("bob");
        floor.approve("cleo");
        leave(&mut floor, "ada");
        assert_eq!(floor.offer(start, |_| true), ["bob"]);
        assert!(!floor.expire(start + Duration::from_secs(29)));
        assert!(floor.expire(start + Duration::from_secs(30)));
        assert_eq!(floor.offer(start + Duration::from_secs(30), |_| true), ["cleo"]);
        assert_eq!(claim(&mut floor, "bob", Camera), Err(ErrorCode::Full), "his turn is over");
    }

    /// D5: who is approved while a seat is free waits for nothing, and no seat is kept.
    #[test]
    fn d5_approved_with_a_free_seat_nobody_waits() {
        let mut floor = Floor::new(2);
        claim(&mut floor, "ada", Camera).unwrap();
        floor.approve("bob");
        floor.approve("ada");
        assert!(floor.waiting().is_empty());
        assert_eq!(claim(&mut floor, "cleo", Camera), Ok(()), "the seat is everybody's");
    }

    /// D5: who loses the right has no turn any more.
    #[test]
    fn d5_who_loses_the_right_gives_the_turn_away() {
        let mut floor = Floor::new(1);
        let start = Instant::now();
        claim(&mut floor, "ada", Camera).unwrap();
        for person in ["bob", "cleo", "dan"] {
            floor.approve(person);
        }
        floor.forget("bob");
        leave(&mut floor, "ada");
        assert_eq!(floor.offer(start, |_| true), ["cleo"]);
        floor.forget("cleo");
        assert_eq!(floor.offer(start, |_| true), ["dan"]);
        floor.keep(|person| person != "dan");
        assert_eq!(floor.seats(), 0);
    }

    /// D7, H5: what a host mutes while its seat is held comes back muted, once, whether it comes first or not.
    #[test]
    fn d7_what_a_host_mutes_while_the_seat_is_held_comes_back_muted() {
        let mut floor = Floor::new(9);
        let start = Instant::now();
        for source in [Camera, Microphone] {
            claim(&mut floor, "ada", source).unwrap();
        }
        floor.lost("ada", start);
        assert!(floor.mute("ada", Microphone) && !floor.mute("ada", Microphone), "it is muted already");
        assert_eq!(floor.speakers()[0].muted, [Microphone]);
        assert_eq!(floor.claim("ada", "ada", Camera, false), Ok(false));
        assert_eq!(floor.claim("ada", "ada", Microphone, false), Ok(true));
        assert_eq!(floor.speakers()[0].muted, [Microphone]);

        assert!(floor.set_muted("ada", Microphone, false));
        floor.lost("ada", start);
        assert_eq!(floor.claim("ada", "ada", Microphone, false), Ok(false), "she has unmuted it since");
        // Between the return of one source and of the next; and she is lost once more before that.
        assert!(floor.mute("ada", Camera));
        floor.lost("ada", start);
        assert_eq!(floor.claim("ada", "ada", Microphone, true), Ok(false));
        assert_eq!(floor.claim("ada", "ada", Camera, false), Ok(true));
    }

    /// D7, H5: the same of what was muted just before the loss, of which the page may not have heard. One that has heard asks for
    /// nothing else.
    #[test]
    fn d7_what_a_host_muted_just_before_the_loss_comes_back_muted() {
        let mut floor = Floor::new(9);
        for (person, page, told) in [("ada", false, true), ("bob", true, false)] {
            claim(&mut floor, person, Microphone).unwrap();
            assert!(floor.mute(person, Microphone));
            assert!(!floor.set_muted(person, Microphone, true));
            floor.lost(person, Instant::now());
            assert_eq!(floor.claim(person, person, Microphone, page), Ok(told), "{person}");
        }
        assert!(floor.speakers().iter().all(|speaker| speaker.muted == [Microphone]));
    }

    /// D7: what a host muted is forgotten with the seat, and after the time for which it was held.
    #[test]
    fn d7_who_gave_the_seat_up_comes_back_unmuted() {
        let mut floor = Floor::new(9);
        let (start, over) = (Instant::now(), Duration::from_secs(60));
        for person in ["leaves", "too late", "stops", "not yet"] {
            for source in [Camera, Microphone] {
                claim(&mut floor, person, source).unwrap();
            }
            floor.mute(person, Microphone);
        }
        leave(&mut floor, "leaves");
        for source in [Camera, Microphone] {
            assert!(floor.release("stops", source));
        }
        floor.lost("too late", start);
        floor.lost("not yet", start);
        assert_eq!(floor.claim("not yet", "not yet", Camera, false), Ok(false));
        assert!(floor.expire(start + over));
        for person in ["leaves", "too late", "stops", "not yet"] {
            assert_eq!(floor.claim(person, person, Microphone, false), Ok(false), "{person}");
        }
        assert!(!floor.mute("nobody", Microphone) && !floor.mute("leaves", Screen));
    }

    #[test]
    fn a_seat_is_free_with_its_last_source() {
        let mut floor = Floor::new(1);
        claim(&mut floor, "ada", Microphone).unwrap();
        claim(&mut floor, "ada", Camera).unwrap();
        assert_eq!(claim(&mut floor, "ada", Camera), Err(ErrorCode::WrongState));
        assert!(floor.release("ada", Camera));
        assert_eq!(floor.seats(), 1);
        assert!(floor.release("ada", Microphone));
        assert!(!floor.release("ada", Microphone));
        assert!(floor.is_empty());
    }

    #[test]
    fn speakers_stand_in_the_order_they_came() {
        let mut floor = Floor::new(9);
        for person in ["zoe", "ada"] {
            claim(&mut floor, person, Camera).unwrap();
        }
        assert!(floor.set_muted("zoe", Camera, true) && !floor.set_muted("zoe", Camera, true));
        let speakers = floor.speakers();
        assert_eq!(speakers.iter().map(|speaker| speaker.person.as_str()).collect::<Vec<_>>(), ["zoe", "ada"]);
        assert_eq!(speakers[0].muted, [Camera]);
    }
}
