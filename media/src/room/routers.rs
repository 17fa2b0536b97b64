//! The routers of a room. One worker carries a room until more people are inside than it should bear; the next ones come to
//! a router of the same room on another worker, and what is sent in the room is piped to where somebody receives it.

use super::Sending;
use crate::workers::{Load, RoomRouter, Workers};
use mediasoup::prelude::*;
use mediasoup::router::RouterId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::sleep;

/// What comes from other workers, by the producer there, each piped once however many receive it.
type Piped = Arc<Mutex<HashMap<ProducerId, Arc<OnceCell<Producer>>>>>;

pub struct Routers {
    workers: Arc<Workers>,
    /// People on one router before the next ones come to another.
    limit: usize,
    /// One of each worker at the most. A router lives as long as somebody is on it.
    stations: Mutex<Vec<Weak<Station>>>,
}

struct Station {
    worker: usize,
    members: AtomicUsize,
    router: OnceCell<Arc<RoomRouter>>,
    piped: Piped,
}

/// One member, counted on a station.
struct Counted {
    station: Arc<Station>,
    _load: Load,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.station.members.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Where one member of the room stands.
pub struct Place {
    routers: Arc<Routers>,
    router: Arc<RoomRouter>,
    counted: Counted,
}

impl Routers {
    pub fn new(workers: Arc<Workers>, limit: usize) -> Arc<Self> {
        Arc::new(Self { workers, limit, stations: Mutex::default() })
    }

    /// A place for one more.
    pub async fn place(self: &Arc<Self>) -> Result<Place, String> {
        let counted = self.count();
        let station = &counted.station;
        let make = || async { self.workers.router(station.worker).await.map(Arc::new) };
        let router = Arc::clone(station.router.get_or_try_init(make).await?);
        Ok(Place { routers: Arc::clone(self), router, counted })
    }

    fn count(&self) -> Counted {
        let mut stations = lock(&self.stations);
        stations.retain(|station| station.strong_count() > 0);
        let loads = self.workers.loads();
        let mut inside = vec![None; loads.len()];
        let standing: Vec<Arc<Station>> = stations.iter().filter_map(Weak::upgrade).collect();
        for station in &standing {
            inside[station.worker] = Some(station.members.load(Ordering::Relaxed));
        }
        let worker = choose(&inside, &loads, self.limit);
        let station = standing.into_iter().find(|station| station.worker == worker).unwrap_or_else(|| {
            let station = Arc::new(Station {
                worker,
                members: AtomicUsize::new(0),
                router: OnceCell::new(),
                piped: Arc::default(),
            });
            stations.push(Arc::downgrade(&station));
            station
        });
        station.members.fetch_add(1, Ordering::Relaxed);
        Counted { station, _load: self.workers.load(worker) }
    }

    /// A transport between this process itself and a router on which somebody stands.
    pub async fn direct(&self, id: RouterId) -> Result<DirectTransport, String> {
        let router = self.find(id).ok_or("nobody stands on this router any more")?;
        let made = router.router.create_direct_transport(DirectTransportOptions::default()).await;
        made.map_err(|error| format!("no direct transport: {error}"))
    }

    fn find(&self, id: RouterId) -> Option<Arc<RoomRouter>> {
        let stations = lock(&self.stations);
        let mut routers = stations.iter().filter_map(|station| station.upgrade()?.router.get().cloned());
        routers.find(|router| router.router.id() == id)
    }
}

impl Place {
    /// A transport between the member and the router.
    pub async fn transport(&self) -> Result<WebRtcTransport, String> {
        self.router.transport().await
    }

    pub fn router(&self) -> RouterId {
        self.router.router.id()
    }

    /// Whether somebody here with these capabilities can receive what is sent. What is sent on another worker is brought here.
    pub async fn reaches(&self, sending: &Sending, capabilities: &RtpCapabilities) -> bool {
        let own = &self.router.router;
        if sending.router == own.id() {
            return own.can_consume(&sending.producer, capabilities);
        }
        // Who sent it may be gone, and their router with them.
        let Some(from) = self.routers.find(sending.router) else { return false };
        if !from.router.can_consume(&sending.producer, capabilities) {
            return false;
        }
        let brought = self.bring(&from.router, sending.producer).await;
        if let Err(error) = &brought {
            tracing::warn!(error, "what is sent could not be brought to another worker");
        }
        brought.is_ok()
    }

    async fn bring(&self, from: &Router, producer: ProducerId) -> Result<(), String> {
        let piped = &self.counted.station.piped;
        let cell = Arc::clone(lock(piped).entry(producer).or_default());
        let start = || async {
            let brought = pipe(from, producer, &self.router.router).await?;
            let piped = Arc::downgrade(piped);
            let forget = move || {
                let over = piped.upgrade().and_then(|piped| lock(&piped).remove(&producer));
                drop(over);
            };
            brought.on_close(forget).detach();
            Ok::<_, String>(brought)
        };
        let brought = cell.get_or_try_init(start).await.map(|_producer| ());
        if brought.is_err() && !cell.initialized() {
            lock(piped).remove(&producer);
        }
        brought
    }
}

/// Pipes a producer to a router on another worker, under the same id. It ends with the one it comes from; muting and requests
/// for key frames go through it.
async fn pipe(from: &Router, producer: ProducerId, to: &Router) -> Result<Producer, String> {
    let mut tries = 20;
    let pair = loop {
        tries -= 1;
        let mut options = PipeToRouterOptions::new(to.clone());
        options.enable_sctp = false;
        match from.pipe_producer_to_router(producer, options).await {
            Ok(pair) => break pair,
            // A router of this room that stood on that worker a moment ago may still hold the id.
            Err(PipeProducerToRouterError::ProduceFailed(_)) if tries > 0 => sleep(Duration::from_millis(50)).await,
            Err(error) => return Err(error.to_string()),
        }
    };
    let (here, there) = (pair.pipe_consumer, pair.pipe_producer.into_inner());
    // What was muted or unmuted while the pipe was laid has passed it by.
    let followed = match (here.producer_paused(), there.paused()) {
        (true, false) => there.pause().await,
        (false, true) => there.resume().await,
        _ => Ok(()),
    };
    followed.map(|()| there).map_err(|error| error.to_string())
}

/// The worker for one more: where the room is already and there is room; else one that is new to the room and carries least;
/// else where the fewest of the room are. `inside` says of each worker how many of the room are there, if it has a router.
fn choose(inside: &[Option<usize>], loads: &[usize], limit: usize) -> usize {
    let here = || inside.iter().enumerate().filter_map(|(worker, members)| Some((worker, (*members)?)));
    let together = here().filter(|(_, members)| *members < limit).max_by_key(|(_, members)| *members);
    let fresh = || (0..loads.len()).filter(|worker| inside[*worker].is_none()).min_by_key(|worker| loads[*worker]);
    let fewest = || here().min_by_key(|(_, members)| *members);
    together.map(|(worker, _)| worker).or_else(fresh).or_else(|| Some(fewest()?.0)).unwrap_or(0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_room_begins_on_the_worker_that_carries_least() {
        assert_eq!(choose(&[None, None, None], &[5, 2, 3], 150), 1);
        assert_eq!(choose(&[None, None], &[0, 0], 150), 0);
    }

    #[test]
    fn people_of_a_room_stand_together_while_there_is_room() {
        assert_eq!(choose(&[None, Some(149)], &[0, 500], 150), 1);
        assert_eq!(choose(&[Some(3), Some(149), None], &[3, 149, 0], 150), 1);
    }

    #[test]
    fn who_comes_over_the_limit_stands_on_the_next_worker_that_carries_least() {
        assert_eq!(choose(&[Some(150), None, None], &[150, 9, 2], 150), 2);
    }

    #[test]
    fn when_every_worker_is_over_the_limit_the_fewest_get_one_more() {
        assert_eq!(choose(&[Some(200), Some(170)], &[200, 900], 150), 1);
        assert_eq!(choose(&[Some(2)], &[2], 1), 0, "with one worker there is no choice");
    }
}
