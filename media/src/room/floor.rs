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
mod tests;
