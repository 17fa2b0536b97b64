//! What came to one viewer, and when it began.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::Notify;

/// Packets that only try out the network carry this SSRC.
const PROBE: u32 = 1234;

#[derive(Default)]
pub struct Tally {
    connected: OnceLock<Instant>,
    first: OnceLock<Instant>,
    came: Notify,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    packets: AtomicU64,
    bytes: AtomicU64,
    sent: AtomicU64,
    right: AtomicU64,
    wrong: AtomicU64,
}

/// Counts of one viewer, or of many together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    /// Packets with sound or picture that came.
    pub packets: u64,
    pub bytes: u64,
    /// Packets that must have been sent, by their numbers.
    pub sent: u64,
    /// Decrypted, with what the publisher had put into them.
    pub right: u64,
    /// Decrypted, with something else.
    pub wrong: u64,
}

impl Sum {
    pub fn of<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Self {
        tallies.fold(Self::default(), |sum, Tally { counts, .. }| {
            let plus = |number: u64, counter: &AtomicU64| number + counter.load(Ordering::Relaxed);
            Self {
                packets: plus(sum.packets, &counts.packets),
                bytes: plus(sum.bytes, &counts.bytes),
                sent: plus(sum.sent, &counts.sent),
                right: plus(sum.right, &counts.right),
                wrong: plus(sum.wrong, &counts.wrong),
            }
        })
    }

    pub fn since(self, before: Self) -> Self {
        Self {
            packets: self.packets - before.packets,
            bytes: self.bytes - before.bytes,
            sent: self.sent - before.sent,
            right: self.right - before.right,
            wrong: self.wrong - before.wrong,
        }
    }
}

impl Tally {
    pub fn is_connected(&self) -> bool {
        self.connected.get().is_some()
    }

    pub fn note_connected(&self) {
        if self.connected.set(Instant::now()).is_ok() {
            self.came.notify_waiters();
        }
    }

    /// A datagram with sound or picture, and how many it says were sent since the last one.
    pub fn note(&self, bytes: usize, sent: u64) {
        self.counts.packets.fetch_add(1, Ordering::Relaxed);
        self.counts.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.counts.sent.fetch_add(sent, Ordering::Relaxed);
        if self.first.get().is_none() && self.first.set(Instant::now()).is_ok() {
            self.came.notify_waiters();
        }
    }

    pub fn note_decrypted(&self, is_right: bool) {
        let counter = if is_right { &self.counts.right } else { &self.counts.wrong };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// When the transport was connected.
    pub async fn connected(&self) -> Instant {
        self.wait(&self.connected).await
    }

    /// When the first packet came.
    pub async fn first(&self) -> Instant {
        self.wait(&self.first).await
    }

    async fn wait(&self, moment: &OnceLock<Instant>) -> Instant {
        loop {
            let came = self.came.notified();
            if let Some(at) = moment.get() {
                return *at;
            }
            came.await;
        }
    }
}

/// The last number of each stream, to know what was lost. The head of a packet is not encrypted.
#[derive(Default)]
pub struct Streams(Vec<(u32, u16)>);

impl Streams {
    /// How many packets were sent since the last one of the same stream, this one included. Nothing for a probe.
    pub fn sent(&mut self, datagram: &[u8]) -> Option<u64> {
        let number = u16::from_be_bytes([datagram[2], datagram[3]]);
        let ssrc = u32::from_be_bytes([datagram[8], datagram[9], datagram[10], datagram[11]]);
        if ssrc == PROBE {
            return None;
        }
        let Some((_, last)) = self.0.iter_mut().find(|(known, _)| *known == ssrc) else {
            self.0.push((ssrc, number));
            return Some(1);
        };
        let more = number.wrapping_sub(*last);
        // One that came late was counted when a later one came.
        if more > u16::MAX / 2 {
            return Some(0);
        }
        *last = number;
        Some(u64::from(more))
    }
}
