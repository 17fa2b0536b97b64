//! Packets in the order in which they were sent: each once, those that were sent again at their place.

use crate::packet::Packet;
use std::collections::BTreeMap;

/// Microseconds for which a packet that is missing is waited for: as long as one is ever sent again.
const PATIENCE: i64 = 2_000_000;

/// Microseconds after the first packet in which one from before it may still come.
const BEGINNING: i64 = 200_000;

/// Packets that are held at the most.
const HELD: usize = 4_096;

pub struct Ordered<I> {
    packets: I,
    held: BTreeMap<i64, Packet>,
    /// The sequence number to go on with; none before the first packet was handed out.
    next: Option<i64>,
    /// The latest arrival.
    now: i64,
    ended: bool,
}

impl<I: Iterator<Item = Packet>> Ordered<I> {
    pub fn new(packets: I) -> Self {
        Self { packets, held: BTreeMap::new(), next: None, now: i64::MIN, ended: false }
    }

    /// What was sent before this one is left out.
    pub fn starting_with(mut self, sequence: i64) -> Self {
        self.next = Some(sequence);
        self
    }

    fn take(&mut self, packet: Packet) {
        self.now = self.now.max(packet.stamp.arrival);
        let is_late = self.next.is_some_and(|next| packet.sequence < next);
        if !is_late {
            self.held.entry(packet.sequence).or_insert(packet);
        }
    }

    /// Whether the first of those held may go: it is the next one, or the next one will not come any more.
    fn is_due(&self) -> bool {
        let Some((sequence, packet)) = self.held.first_key_value() else { return false };
        let patience = match self.next {
            Some(next) if next == *sequence => return true,
            Some(_) => PATIENCE,
            None => BEGINNING,
        };
        self.ended || self.held.len() >= HELD || self.now - packet.stamp.arrival >= patience
    }
}

impl<I: Iterator<Item = Packet>> Iterator for Ordered<I> {
    type Item = Packet;

    fn next(&mut self) -> Option<Packet> {
        while !self.is_due() {
            match self.packets.next() {
                Some(packet) => self.take(packet),
                None if self.ended => return None,
                None => self.ended = true,
            }
        }
        let (sequence, packet) = self.held.pop_first()?;
        self.next = Some(sequence + 1);
        Some(packet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Stamp;

    /// Packets with these sequence numbers, one each 10 ms.
    fn ordered(sequences: &[i64]) -> Vec<i64> {
        let packets = sequences.iter().zip(0..).map(|(sequence, position)| Packet {
            stamp: Stamp { timestamp: 0, arrival: position * 10_000 },
            sequence: *sequence,
            marker: false,
            offset: 0,
            payload: Vec::new(),
        });
        Ordered::new(packets).map(|packet| packet.sequence).collect()
    }

    #[test]
    fn packets_come_in_order_and_once() {
        assert_eq!(ordered(&[2, 1, 3, 5, 5, 4, 4, 6]), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn one_that_is_sent_again_within_the_patience_finds_its_place() {
        let mut sent: Vec<i64> = (1..150).filter(|sequence| *sequence != 40).collect();
        sent.insert(100, 40);
        assert_eq!(ordered(&sent), (1..150).collect::<Vec<_>>());
    }

    #[test]
    fn one_that_is_lost_holds_nothing_up_for_good_and_comes_too_late_after_that() {
        let mut sent: Vec<i64> = (1..1_000).filter(|sequence| *sequence != 40).collect();
        sent.push(40);
        assert_eq!(ordered(&sent), (1..1_000).filter(|sequence| *sequence != 40).collect::<Vec<_>>());
    }

    #[test]
    fn a_sender_that_jumps_costs_a_bounded_number_of_packets() {
        let sent: Vec<i64> = (0..10).chain(20_000..40_000).collect();
        assert_eq!(ordered(&sent), sent);
    }
}
