//! What it costs to record a room full of people on screen: CPU over that of the same room when it is only forwarded to somebody who
//! watches, and room on the disk (K7).

use crate::Scale;
use crate::processes::{Forwarder, Used, used, written};
use crate::publisher::{Publisher, Sends};
use crate::server::{Server, pass, recorded_pass};
use crate::tally::Sum;
use crate::viewer::{Care, Viewer};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::iter::once;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// Threads that write recordings are named so.
const WRITER: &str = "recording";

/// People that come on screen at the same moment.
const AT_ONCE: usize = 10;

/// Of a core, that recording may take over forwarding.
const AIM: f64 = 0.15;

/// Of what was sent, what must be written and forwarded for the comparison to be one.
const NEARLY_ALL: f64 = 0.95;

/// Each picture comes anew once a second: by then all of them are forwarded and recorded.
const SETTLED: Duration = Duration::from_secs(2);

/// After the measurement, for what was sent last to be with the system.
const WRITTEN: Duration = Duration::from_secs(10);

pub async fn measure(scale: Scale) -> Value {
    println!(
        "\nrecording: one worker, {} people on screen with sound and picture, and one who watches all of them",
        scale.recorded
    );
    println!(
        "recorded  packets/s  forwarded/s  worker core (waited)  writer core (waited)  whole server  MB/s written"
    );
    let mut pairs = Vec::new();
    for _ in 0..scale.pairs {
        // One right after the other, so that what else the machine does is much the same for both.
        let without = room(scale, false).await;
        without.print("no");
        let with = room(scale, true).await;
        with.print("yes");
        pairs.push(Pair { without, with });
    }
    let whole = Spread::of(pairs.iter().map(|pair| pair.more(|run| run.server)));
    let worker = Spread::of(pairs.iter().map(|pair| pair.more(|run| run.worker)));
    let bytes = Spread::of(pairs.iter().map(|pair| pair.written() * 3600.0));
    let met = whole.middle <= AIM;
    println!(
        "recording takes {:.1} % of a core more than forwarding ({:.1} to {:.1} in {} comparisons; aim: {:.0} %, {}), and {:.1} GB an \
         hour of the disk",
        whole.middle * 100.0,
        whole.least * 100.0,
        whole.most * 100.0,
        pairs.len(),
        AIM * 100.0,
        if met { "met" } else { "missed" },
        bytes.middle / 1e9,
    );
    json!({
        "people": scale.recorded,
        "pairs": pairs.iter().map(Pair::json).collect::<Vec<_>>(),
        "coreMore": whole.json(),
        "workerCoreMore": worker.json(),
        "bytesPerHour": bytes.json(),
        "aim": {"coreMore": AIM, "met": met},
    })
}

/// The same room twice.
struct Pair {
    without: Run,
    with: Run,
}

impl Pair {
    /// How much more of a core the recorded room took, by what each packet costs: the two may have had different numbers of them.
    fn more(&self, of: fn(&Run) -> Used) -> f64 {
        let cost = |run: &Run| of(run).cpu.as_secs_f64() / run.packets as f64;
        (cost(&self.with) - cost(&self.without)) * self.with.rate(self.with.packets)
    }

    /// Bytes of recordings in a second.
    fn written(&self) -> f64 {
        (self.with.rate(self.with.written) - self.without.rate(self.without.written)).max(0.0)
    }

    fn json(&self) -> Value {
        json!({"without": self.without.json(), "with": self.with.json()})
    }
}

/// What one room took and gave.
struct Run {
    time: Duration,
    packets: u64,
    bytes: u64,
    forwarded: Sum,
    worker: Used,
    writer: Used,
    server: Used,
    written: u64,
}

async fn room(scale: Scale, recorded: bool) -> Run {
    let server = Server::start(Some(1)).await;
    let pass_of = |person: &str| match recorded {
        true => recorded_pass("load", person),
        false => pass("load", person, true),
    };
    let mut publishers: Vec<Publisher> = Vec::new();
    while publishers.len() < scale.recorded {
        let numbers = publishers.len()..(publishers.len() + AT_ONCE).min(scale.recorded);
        let come = numbers.map(|number| {
            Publisher::with(server.address, pass_of(&format!("publisher {number}")), Sends::SoundAndPicture)
        });
        publishers.extend(join_all(come).await);
    }
    // What others receive is what a room costs that is not recorded.
    let viewer = Viewer::with(server.address, pass_of("viewer"), Care::Counting).await.expect("a viewer comes in");
    timeout(Duration::from_secs(60), viewer.tally.first()).await.expect("the viewer receives something");
    sleep((scale.time / 3).max(SETTLED)).await;
    let Forwarder { process, threads } = server.forwarder();
    let look = || {
        let packets: u64 = publishers.iter().map(Publisher::sent).sum();
        let bytes: u64 = publishers.iter().map(Publisher::sent_bytes).sum();
        let threads = [threads, WRITER, ""].map(|name| used(process, name));
        (Instant::now(), [packets, bytes, written(process)], Sum::of(once(&*viewer.tally)), threads)
    };
    let (began, counts, came, before) = look();
    sleep(scale.time).await;
    let (ended, counts_then, came_then, after) = look();
    let [worker, writer, whole]: [Used; 3] = std::array::from_fn(|index| after[index] - before[index]);
    let [packets, bytes, in_files]: [u64; 3] = std::array::from_fn(|index| counts_then[index] - counts[index]);
    let run = Run {
        time: ended - began,
        packets,
        bytes,
        forwarded: came_then.since(came),
        worker,
        writer,
        server: whole,
        written: in_files,
    };
    assert!(viewer.is_inside(), "the viewer was lost");
    let forwarded = run.forwarded.sent;
    assert!(
        forwarded as f64 >= packets as f64 * NEARLY_ALL,
        "of {packets} packets only {forwarded} were forwarded: it is not forwarding that recording is compared with"
    );
    if recorded {
        // What is sent from now on is none of what is looked for.
        drop(publishers);
        all_written(process, counts[2], bytes).await;
    }
    run
}

/// Waits until what was sent is written: a recording that had stopped by itself would seem to cost nothing.
async fn all_written(process: u32, before: u64, sent: u64) {
    let began = Instant::now();
    while ((written(process) - before) as f64) < sent as f64 * NEARLY_ALL {
        assert!(
            began.elapsed() < WRITTEN,
            "of {sent} bytes that were sent only {} are written: recording has stopped, or packets were lost on the way",
            written(process) - before
        );
        sleep(Duration::from_millis(20)).await;
    }
}

impl Run {
    /// The share of one core.
    fn share(&self, time: Duration) -> f64 {
        time.as_secs_f64() / self.time.as_secs_f64()
    }

    fn rate(&self, number: u64) -> f64 {
        number as f64 / self.time.as_secs_f64()
    }

    fn print(&self, recorded: &str) {
        println!(
            "{recorded:>8}  {:9.0}  {:11.0}  {:11.2} ({:.2})  {:13.2} ({:.2})  {:12.2}  {:12.2}",
            self.rate(self.packets),
            self.rate(self.forwarded.packets),
            self.share(self.worker.cpu),
            self.share(self.worker.waited),
            self.share(self.writer.cpu),
            self.share(self.writer.waited),
            self.share(self.server.cpu),
            self.rate(self.written) / 1e6,
        );
    }

    fn json(&self) -> Value {
        json!({
            "seconds": self.time.as_secs_f64(),
            "published": self.packets,
            "publishedBytes": self.bytes,
            "forwarded": self.forwarded.packets,
            "forwardedBytes": self.forwarded.bytes,
            "sentToViewer": self.forwarded.sent,
            "worker": self.worker.json(),
            "writer": self.writer.json(),
            "server": self.server.json(),
            "writtenBytes": self.written,
        })
    }
}

/// Of several comparisons the one in the middle, and those at both ends.
struct Spread {
    least: f64,
    middle: f64,
    most: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        Self { least: at(0), middle: at(values.len() / 2), most: at(values.len().saturating_sub(1)) }
    }

    fn json(&self) -> Value {
        json!({"least": self.least, "middle": self.middle, "most": self.most})
    }
}
