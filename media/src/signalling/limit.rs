//! How much a browser may ask for: a burst when it joins, a trickle after that. Pure.

use protocol::signalling::ClientMessage;
use std::time::Duration;
use tokio::time::Instant;

/// What may be spent at once: joining a full room takes some hundred frames.
const BURST: f64 = 300.0;

/// What comes back each second.
const RATE: f64 = 30.0;

pub struct Limit {
    left: f64,
    at: Instant,
}

impl Limit {
    pub fn new(now: Instant) -> Self {
        Self { left: BURST, at: now }
    }

    /// Whether something of this cost may come now. A frame costs 1.
    pub fn take(&mut self, now: Instant, cost: u32) -> bool {
        let passed = now.checked_duration_since(self.at).unwrap_or(Duration::ZERO).as_secs_f64();
        self.at = now;
        self.left = (self.left + passed * RATE).min(BURST) - f64::from(cost);
        self.left >= 0.0
    }
}

/// What a message costs beyond its frame: some make work for everybody in the room.
pub fn more_than_a_frame(message: &ClientMessage) -> u32 {
    match message {
        ClientMessage::Produce { .. }
        | ClientMessage::StopProducing { .. }
        | ClientMessage::StartYoutube { .. }
        | ClientMessage::StopYoutube { .. } => 14,
        ClientMessage::RestartIce { .. } | ClientMessage::CreateSendTransport { .. } => 9,
        // A page says it four times a second while its tiles move, and each time may be a few requests to the worker.
        ClientMessage::SetMuted { .. }
        | ClientMessage::SetReceiving { .. }
        | ClientMessage::ControlYoutube { .. }
        | ClientMessage::RaiseHand { .. } => 4,
        ClientMessage::Join { .. }
        | ClientMessage::ConnectTransport { .. }
        | ClientMessage::ResumeConsumers { .. }
        | ClientMessage::React { .. }
        | ClientMessage::Leave { .. }
        | ClientMessage::Ping { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::Source;

    #[test]
    fn a_burst_passes_and_a_flood_does_not() {
        let start = Instant::now();
        let mut limit = Limit::new(start);
        let passed = (0..1000).filter(|_| limit.take(start, 1)).count();
        assert_eq!(passed, 300);
    }

    #[test]
    fn what_is_quiet_gets_its_burst_back() {
        let start = Instant::now();
        let mut limit = Limit::new(start);
        for _ in 0..300 {
            limit.take(start, 1);
        }
        assert!(!limit.take(start, 1) && limit.take(start + Duration::from_secs(10), 1));
    }

    /// E4: a stage whose tiles move without end is no flood, and ten times that is.
    #[test]
    fn e4_a_page_may_say_what_it_shows_four_times_a_second() {
        let start = Instant::now();
        let cost = 1 + more_than_a_frame(&ClientMessage::SetReceiving { id: 1, consumers: vec![] });
        let passed = |every: u64| {
            let mut limit = Limit::new(start);
            (0..10_000).all(|n| limit.take(start + Duration::from_millis(n * every), cost))
        };
        assert!(passed(250) && !passed(25));
    }

    /// Two starts or stops a second are nothing that a person does, and each one is work for everybody in the room.
    #[test]
    fn starting_and_stopping_without_end_is_a_flood() {
        let start = Instant::now();
        let mut limit = Limit::new(start);
        let stop = ClientMessage::StopProducing { id: 1, source: Source::Camera };
        let cost = 1 + more_than_a_frame(&stop);
        let allowed = (0..10_000).take_while(|n| limit.take(start + Duration::from_millis(n * 100), cost)).count();
        assert!((20..40).contains(&allowed), "{allowed}");
    }
}
