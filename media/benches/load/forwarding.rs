//! Packets forwarded for each second of CPU of the worker thread: one publisher, and more viewers step by step, until a side has
//! no more to give.

use crate::janus::Janus;
use crate::processes::{Forwarder, Used, resident, used};
use crate::publisher::{Publisher, Sends};
use crate::server::Server;
use crate::signalling::Failure;
use crate::tally::Sum;
use crate::viewer::{Care, Viewer};
use crate::{Scale, VIEWERS};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// So much of one core is all of it.
const ALL: f64 = 0.95;

/// Clients that come in at the same moment.
const AT_ONCE: usize = 20;

pub async fn measure(scale: Scale) -> Value {
    let whole = on_a_node(Care::Whole, scale).await;
    let counting = on_a_node(Care::Counting, scale).await;
    let mut results = json!({"viewersAsBrowsers": whole, "viewersThatCount": counting});
    if let Some(janus) = Janus::start().await {
        results["janusViewersAsBrowsers"] = on_janus(&janus, Care::Whole, scale).await;
    }
    results
}

async fn on_a_node(care: Care, scale: Scale) -> Value {
    println!("\nforwarding: one worker, one publisher of sound and picture; {}", words(care));
    let server = Server::start(Some(1)).await;
    let publisher = Publisher::start(server.address, "load", Sends::SoundAndPicture).await;
    let enter = async |number: usize| Viewer::enter(server.address, "load", &format!("viewer {number}"), care).await;
    climb(scale, care, server.forwarder(), &publisher, enter).await
}

/// Each client has a thread there; what all of them need together is compared with.
async fn on_janus(janus: &Janus, care: Care, scale: Scale) -> Value {
    println!("\nforwarding by Janus, whose \"worker\" is the whole process; {}", words(care));
    let publisher = Publisher::on(Sends::SoundAndPicture, janus.screen()).await;
    climb(scale, care, janus.forwarder(), &publisher, async |_number| janus.viewer(care).await).await
}

/// What one step took and gave.
struct Step {
    viewers: usize,
    lost_viewers: usize,
    time: Duration,
    published: u64,
    came: Sum,
    worker: Used,
    server: Used,
    clients: Used,
    viewing: Used,
    resident: u64,
}

async fn climb(
    scale: Scale,
    care: Care,
    forwarder: Forwarder,
    publisher: &Publisher,
    enter: impl AsyncFn(usize) -> Result<Viewer, Failure>,
) -> Value {
    println!(
        "viewers  packets/s  Mbit/s   lost  per CPU-second  worker core (waited)  viewers' core (waited)  server  clients"
    );
    let mut viewers: Vec<Viewer> = Vec::new();
    let mut steps = Vec::new();
    let mut best: f64 = 0.0;
    let mut saturated = None;
    'steps: for wanted in scale.steps {
        while viewers.len() < *wanted {
            let numbers = viewers.len()..(*wanted).min(viewers.len() + AT_ONCE);
            let came: Option<Vec<Viewer>> =
                join_all(numbers.map(|number| come_in(&enter, number))).await.into_iter().collect();
            let Some(came) = came else {
                saturated = Some(format!("beyond {} viewers, who came got nothing for a minute", viewers.len()));
                break 'steps;
            };
            viewers.extend(came);
        }
        // What they asked for when they came is over.
        sleep(scale.time / 3).await;
        let step = step(forwarder, publisher, &viewers, scale.time).await;
        step.print();
        saturated = step.saturated();
        best = best.max(step.per_second_of_cpu());
        steps.push(step.json());
        if saturated.is_some() {
            break;
        }
    }
    let said = saturated.unwrap_or_else(|| "nothing, up to the last step".into());
    println!("saturated: {said}; best {best:.0} packets per CPU-second of the worker (aim: 25,000)");
    json!({"what": words(care), "steps": steps, "saturated": said, "bestPerWorkerSecond": best.round()})
}

/// With a first packet; nothing when none comes for a minute.
async fn come_in(enter: &impl AsyncFn(usize) -> Result<Viewer, Failure>, number: usize) -> Option<Viewer> {
    let viewer = enter(number).await.expect("a viewer comes in");
    timeout(Duration::from_secs(60), viewer.tally.first()).await.ok()?;
    Some(viewer)
}

fn words(care: Care) -> &'static str {
    match care {
        Care::Whole => "viewers decrypt everything and report like browsers (TWCC, NACK, receiver reports)",
        Care::Counting => "viewers count packets without decrypting after the handshake, and report nothing",
    }
}

async fn step(forwarder: Forwarder, publisher: &Publisher, viewers: &[Viewer], time: Duration) -> Step {
    let (own, Forwarder { process, threads }) = (std::process::id(), forwarder);
    let look = || {
        let came = Sum::of(viewers.iter().map(|viewer| &*viewer.tally));
        let threads = [used(process, threads), used(process, ""), used(own, ""), used(own, VIEWERS)];
        (Instant::now(), publisher.sent(), came, threads)
    };
    let (began, published, came, before) = look();
    sleep(time).await;
    let (ended, published_then, came_then, after) = look();
    let [worker, server_all, clients, viewing] = std::array::from_fn(|index| after[index] - before[index]);
    Step {
        viewers: viewers.len(),
        lost_viewers: viewers.iter().filter(|viewer| !viewer.is_inside()).count(),
        time: ended - began,
        published: published_then - published,
        came: came_then.since(came),
        worker,
        server: server_all,
        clients,
        viewing,
        resident: resident(process),
    }
}

impl Step {
    fn per_second_of_cpu(&self) -> f64 {
        self.came.packets as f64 / self.worker.cpu.as_secs_f64()
    }

    /// The share of one core.
    fn share(&self, time: Duration) -> f64 {
        time.as_secs_f64() / self.time.as_secs_f64()
    }

    /// Of what was sent to the viewers, by its numbers.
    fn lost(&self) -> f64 {
        self.came.sent.saturating_sub(self.came.packets) as f64 / self.came.sent.max(1) as f64
    }

    fn rate(&self, number: u64) -> f64 {
        number as f64 / self.time.as_secs_f64()
    }

    /// Which side had no more to give, if one had not.
    fn saturated(&self) -> Option<String> {
        for (what, used) in [("the worker", self.worker), ("the clients", self.viewing)] {
            let (cpu, waited) = (self.share(used.cpu), self.share(used.waited));
            if cpu + waited >= ALL {
                let why = if waited > 0.1 { ": had no core while others ran" } else { "" };
                return Some(format!("{what} ({cpu:.2} of a core, waited {waited:.2}{why})"));
            }
        }
        if self.lost_viewers > 0 {
            return Some(format!("{} viewers were lost", self.lost_viewers));
        }
        (self.lost() > 0.01).then(|| format!("the clients' sockets ({:.1} % lost)", self.lost() * 100.0))
    }

    fn print(&self) {
        println!(
            "{:7}  {:9.0}  {:6.0}  {:4.1} %  {:14.0}  {:11.2} ({:.2})  {:14.2} ({:.2})  {:13.2}  {:7.2}",
            self.viewers,
            self.rate(self.came.packets),
            self.rate(self.came.bytes * 8) / 1e6,
            self.lost() * 100.0,
            self.per_second_of_cpu(),
            self.share(self.worker.cpu),
            self.share(self.worker.waited),
            self.share(self.viewing.cpu),
            self.share(self.viewing.waited),
            self.share(self.server.cpu),
            self.share(self.clients.cpu),
        );
    }

    fn json(&self) -> Value {
        json!({
            "viewers": self.viewers,
            "lostViewers": self.lost_viewers,
            "seconds": self.time.as_secs_f64(),
            "published": self.published,
            "forwarded": self.came.packets,
            "forwardedBytes": self.came.bytes,
            "sentToViewers": self.came.sent,
            "decryptedRight": self.came.right,
            "decryptedWrong": self.came.wrong,
            "perWorkerSecond": self.per_second_of_cpu().round(),
            "perServerSecond": (self.came.packets as f64 / self.server.cpu.as_secs_f64()).round(),
            "worker": self.worker.json(),
            "server": self.server.json(),
            "clients": self.clients.json(),
            "viewersThread": self.viewing.json(),
            "serverResidentBytes": self.resident,
            "saturated": self.saturated(),
        })
    }
}
