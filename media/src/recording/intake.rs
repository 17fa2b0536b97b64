//! From the threads of mediasoup's workers to the one that writes: packets are copied one behind the other, and taken all at once.
//! Nothing is allocated for a packet, nobody is woken by one, and nobody waits while something is written.
//!
//! Every `at` is in microseconds since 1970, on the clock of `clock.rs`.

use super::clock;
use super::tap::TapId;
use protocol::recording::BlockEnd;
use protocol::room::{Source, Speaker};
use protocol::timeline::Codec;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes that may wait: four seconds of fifty people in front of good cameras.
pub const LIMIT: usize = 32 * 1024 * 1024;

/// What is kept for the next packets when all have been taken.
const KEPT: usize = 4 * 1024 * 1024;

/// What there is for the writer, in the order in which it came.
#[derive(Debug)]
pub enum Entry {
    /// An RTP packet: so many of the bytes, and when it came.
    Rtp {
        tap: TapId,
        at: i64,
        length: u32,
    },
    /// A compound RTCP packet about any of the taps.
    Rtcp {
        at: i64,
        length: u32,
    },
    Order(Box<Order>),
}

/// What the writer is to do, with the moment for its timeline.
#[derive(Debug)]
pub enum Order {
    OnScreen {
        at: i64,
        speakers: Vec<Speaker>,
    },
    Track {
        at: i64,
        tap: TapId,
        track: Track,
    },
    TrackEnd {
        at: i64,
        tap: TapId,
    },
    /// Opens the files of the next block beside those of this one.
    Prepare {
        at: i64,
    },
    /// Removes them.
    Discard,
    /// This block ends, and the next one begins.
    Follow {
        at: i64,
    },
    /// The last order.
    End {
        at: i64,
        end: BlockEnd,
    },
}

/// What comes from one tap.
#[derive(Debug)]
pub struct Track {
    pub person: String,
    pub source: Source,
    pub codec: Codec,
    /// The header extension that says how loud it is.
    pub level: Option<u8>,
}

#[derive(Debug, Default)]
pub struct Batch {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
}

impl Batch {
    fn size(&self) -> usize {
        self.bytes.len() + self.entries.len() * size_of::<Entry>()
    }

    /// The entries with their bytes, which are none for orders.
    pub fn drain(&mut self) -> impl Iterator<Item = (Entry, &[u8])> {
        let mut rest = self.bytes.as_slice();
        self.entries.drain(..).map(move |entry| {
            let length = match &entry {
                Entry::Rtp { length, .. } | Entry::Rtcp { length, .. } => *length as usize,
                Entry::Order(_) => 0,
            };
            let (bytes, after) = rest.split_at(length);
            rest = after;
            (entry, bytes)
        })
    }

    /// Ready for more, in the same memory unless that was an exception.
    fn clear(&mut self) {
        self.entries.clear();
        self.bytes.clear();
        self.bytes.shrink_to(KEPT);
    }
}

pub struct Intake {
    queue: Mutex<Queue>,
    ready: Condvar,
    limit: usize,
    /// Called once when more comes than may wait: from there on no packet is taken.
    overflow: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct Queue {
    batch: Batch,
    /// There is an order.
    urgent: bool,
    full: bool,
}

impl Intake {
    pub fn new(limit: usize, overflow: impl Fn() + Send + Sync + 'static) -> Self {
        Self { queue: Mutex::default(), ready: Condvar::new(), limit, overflow: Box::new(overflow) }
    }

    pub fn rtp(&self, tap: TapId, packet: &[u8]) {
        self.put(packet, |at, length| Entry::Rtp { tap, at, length });
    }

    pub fn rtcp(&self, packet: &[u8]) {
        self.put(packet, |at, length| Entry::Rtcp { at, length });
    }

    /// Orders are few, and always taken.
    pub fn order(&self, order: Order) {
        let mut queue = self.lock();
        queue.batch.entries.push(Entry::Order(Box::new(order)));
        queue.urgent = true;
        drop(queue);
        self.ready.notify_one();
    }

    /// Takes everything into `batch`: as soon as there is an order, else after `longest`, and without that only then.
    pub fn take(&self, batch: &mut Batch, longest: Option<Duration>) {
        batch.clear();
        let idle = |queue: &mut Queue| !queue.urgent;
        let queue = self.lock();
        let mut queue = match longest {
            Some(longest) => {
                let waited = self.ready.wait_timeout_while(queue, longest, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.ready.wait_while(queue, idle).unwrap_or_else(PoisonError::into_inner),
        };
        queue.urgent = false;
        std::mem::swap(&mut queue.batch, batch);
    }

    fn put(&self, packet: &[u8], entry: impl FnOnce(i64, u32) -> Entry) {
        let at = clock::now();
        let Ok(length) = u32::try_from(packet.len()) else { return };
        let mut queue = self.lock();
        if queue.full {
            return;
        }
        queue.full = queue.batch.size() + packet.len() > self.limit;
        if queue.full {
            drop(queue);
            return (self.overflow)();
        }
        queue.batch.bytes.extend_from_slice(packet);
        queue.batch.entries.push(entry(at, length));
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const AT_ONCE: Option<Duration> = Some(Duration::ZERO);

    fn names(batch: &mut Batch) -> Vec<String> {
        let name = |(entry, bytes): (Entry, &[u8])| {
            let bytes = String::from_utf8_lossy(bytes).into_owned();
            match entry {
                Entry::Rtp { tap, .. } => format!("{tap} {bytes}"),
                Entry::Rtcp { .. } => format!("report {bytes}"),
                Entry::Order(order) => format!("{order:?}{bytes}"),
            }
        };
        batch.drain().map(name).collect()
    }

    #[test]
    fn everything_is_taken_in_the_order_in_which_it_came() {
        let intake = Intake::new(LIMIT, || {});
        let mut batch = Batch::default();
        intake.rtp(1, b"first");
        intake.order(Order::Discard);
        intake.rtcp(b"of all");
        intake.rtp(2, b"second");
        intake.take(&mut batch, None);
        assert_eq!(names(&mut batch), ["1 first", "Discard", "report of all", "2 second"]);
        intake.take(&mut batch, AT_ONCE);
        assert_eq!(names(&mut batch), [""; 0]);
        intake.rtp(3, b"third");
        intake.take(&mut batch, AT_ONCE);
        assert_eq!(names(&mut batch), ["3 third"], "and so on");
    }

    /// What comes too fast is told once, costs no more memory, and keeps no order from coming through.
    #[test]
    fn of_more_than_may_wait_nothing_is_taken_but_orders() {
        let told = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&told);
        let intake = Intake::new(1000, move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        for _ in 0..100 {
            intake.rtp(1, &[0; 100]);
        }
        intake.order(Order::Discard);
        let mut batch = Batch::default();
        intake.take(&mut batch, None);
        let taken = names(&mut batch);
        assert_eq!(taken.last().map(String::as_str), Some("Discard"));
        assert!((2..11).contains(&taken.len()), "{}", taken.len());
        intake.rtp(1, b"late");
        intake.take(&mut batch, AT_ONCE);
        assert_eq!(names(&mut batch), [""; 0], "there would be a gap");
        assert_eq!(told.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn an_order_wakes_the_writer() {
        let intake = Arc::new(Intake::new(LIMIT, || {}));
        let waiting = Arc::clone(&intake);
        let writer = std::thread::spawn(move || {
            let mut batch = Batch::default();
            waiting.take(&mut batch, None);
            names(&mut batch)
        });
        intake.rtp(1, b"sound");
        intake.order(Order::Discard);
        assert_eq!(writer.join().unwrap(), ["1 sound", "Discard"]);
    }
}
