//! What it costs to record a room full of people on screen: CPU over that of a room that is not recorded, and room on the disk (K7).

use crate::Scale;
use crate::processes::{Forwarder, Used, used, written};
use crate::publisher::{Publisher, Sends};
use crate::server::{Server, pass, recorded_pass};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Threads that write recordings are named so.
const WRITER: &str = "recording";

/// People that come on screen at the same moment.
const AT_ONCE: usize = 10;

pub async fn measure(scale: Scale) -> Value {
    println!("\nrecording: one worker, {} people on screen with sound and picture, nobody watches", scale.recorded);
    println!("recorded  packets/s  worker core (waited)  writer core (waited)  whole server  MB/s written");
    let without = room(scale, false).await;
    without.print("no");
    let with = room(scale, true).await;
    with.print("yes");
    // Of what each packet costs, since the two rooms may have had different numbers of them.
    let cost = |of: fn(&Share) -> f64| (of(&with) / with.packets - of(&without) / without.packets) * with.packets;
    let (whole, bytes) = (cost(|share| share.server), (with.written - without.written).max(0.0));
    println!(
        "recording takes {:.1} % of a core more (aim: 15 %), and {:.1} GB an hour of the disk",
        whole * 100.0,
        bytes * 3600.0 / 1e9,
    );
    json!({
        "people": scale.recorded,
        "without": without.json(),
        "with": with.json(),
        "coreMore": whole,
        "workerCoreMore": cost(|share| share.worker.0),
        "bytesPerHour": (bytes * 3600.0).round(),
    })
}

/// A second of one room: shares of a core, of which each thread also waited for one, and packets and bytes.
struct Share {
    packets: f64,
    worker: (f64, f64),
    writer: (f64, f64),
    server: f64,
    written: f64,
}

async fn room(scale: Scale, recorded: bool) -> Share {
    let server = Server::start(Some(1)).await;
    let mut publishers: Vec<Publisher> = Vec::new();
    while publishers.len() < scale.recorded {
        let numbers = publishers.len()..(publishers.len() + AT_ONCE).min(scale.recorded);
        let come = numbers.map(|number| {
            let person = format!("publisher {number}");
            let pass = if recorded { recorded_pass("load", &person) } else { pass("load", &person, true) };
            Publisher::with(server.address, pass, Sends::SoundAndPicture)
        });
        publishers.extend(join_all(come).await);
    }
    // Handshakes and first key frames are over.
    sleep(scale.time / 3).await;
    let Forwarder { process, threads } = server.forwarder();
    let look = || {
        let sent: u64 = publishers.iter().map(Publisher::sent).sum();
        (Instant::now(), sent, written(process), [threads, WRITER, ""].map(|name| used(process, name)))
    };
    let (began, sent, bytes, before) = look();
    sleep(scale.time).await;
    let (ended, sent_then, bytes_then, after) = look();
    let time = ended - began;
    let share = |part: Duration| part.as_secs_f64() / time.as_secs_f64();
    let [worker, writer, whole]: [Used; 3] = std::array::from_fn(|index| after[index] - before[index]);
    let rate = |number: u64| number as f64 / time.as_secs_f64();
    Share {
        packets: rate(sent_then - sent),
        worker: (share(worker.cpu), share(worker.waited)),
        writer: (share(writer.cpu), share(writer.waited)),
        server: share(whole.cpu),
        written: rate(bytes_then - bytes),
    }
}

impl Share {
    fn print(&self, recorded: &str) {
        println!(
            "{recorded:>8}  {:9.0}  {:11.2} ({:.2})  {:13.2} ({:.2})  {:12.2}  {:12.2}",
            self.packets,
            self.worker.0,
            self.worker.1,
            self.writer.0,
            self.writer.1,
            self.server,
            self.written / 1e6,
        );
    }

    fn json(&self) -> Value {
        let thread = |(cpu, waited): (f64, f64)| json!({"core": cpu, "waited": waited});
        json!({
            "packetsPerSecond": self.packets.round(),
            "worker": thread(self.worker),
            "writer": thread(self.writer),
            "serverCore": self.server,
            "writtenPerSecond": self.written.round(),
        })
    }
}
