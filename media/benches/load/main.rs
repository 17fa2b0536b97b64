//! What a node bears: real WebRTC clients (`str0m`) on the real program, over UDP on this machine, with the real signalling.
//!
//! `cargo bench -p media --bench load` measures all; with `-- forwarding`, `-- joins`, `-- memory` or `-- recording` only that.
//! `LOAD=short` goes through everything with a few clients, to see that it works. With `JANUS=/usr`, or where else the Debian
//! package `janus` is, the same clients are put on that too. What comes out is printed, and kept whole in
//! `e2e/bench/results/media-load.json`.

mod forwarding;
mod janus;
mod joins;
mod memory;
#[path = "../../tests/it/harness/parameters.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod parameters;
mod peer;
mod picture;
mod processes;
mod publisher;
mod quantiles;
mod recording;
#[path = "../../tests/it/harness/rtc.rs"]
mod rtc;
mod server;
mod signalling;
mod tally;
mod viewer;

use serde_json::{Map, Value, json};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Scale {
    /// Viewers in one room, step by step until something is saturated.
    steps: &'static [usize],
    /// Of each step.
    time: Duration,
    joins: usize,
    rooms: usize,
    /// People on screen whose packets are recorded.
    recorded: usize,
    /// Times that this is compared with the same room unrecorded.
    pairs: usize,
}

const WHOLE: Scale = Scale {
    steps: &[20, 40, 80, 120, 160, 200, 240, 300, 400, 600, 800],
    time: Duration::from_secs(8),
    joins: 1_000,
    rooms: 100,
    recorded: 50,
    pairs: 3,
};

const SHORT: Scale = Scale { steps: &[4, 8], time: Duration::from_secs(2), joins: 20, rooms: 5, recorded: 4, pairs: 1 };

fn main() {
    let short = std::env::var("LOAD").is_ok_and(|value| value == "short");
    let scale = if short { SHORT } else { WHOLE };
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut results = Map::new();
    results.insert("cores".into(), json!(cores));
    results.insert("loadBefore".into(), json!(load.trim()));
    println!("media, on {cores} cores; load of the machine before: {}", load.trim());
    // Each on a node of its own.
    if is_wanted("forwarding") {
        results.insert("forwarding".into(), on_one_thread(move || forwarding::measure(scale)));
    }
    if is_wanted("joins") {
        results.insert("joins".into(), on_one_thread(move || joins::measure(scale)));
    }
    if is_wanted("memory") {
        results.insert("memory".into(), on_one_thread(move || memory::measure(scale)));
    }
    if is_wanted("recording") {
        results.insert("recording".into(), on_one_thread(move || recording::measure(scale)));
    }
    keep(&Value::Object(results));
}

/// The thread that all viewers live on; its CPU time tells what they cost.
pub const VIEWERS: &str = "viewers";

fn on_one_thread<F: Future<Output = Value>>(measure: impl FnOnce() -> F + Send + 'static) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let thread = thread::Builder::new().name(VIEWERS.into()).spawn(move || runtime.block_on(measure()));
    thread.expect("a thread starts").join().expect("the measurement ends")
}

fn keep(results: &Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e/bench/results");
    std::fs::create_dir_all(&folder).expect("a folder for the results");
    let file = folder.join("media-load.json");
    let text = serde_json::to_string_pretty(results).expect("results are plain data");
    std::fs::write(&file, text + "\n").expect("the results are kept");
    println!("raw figures: e2e/bench/results/media-load.json");
}
