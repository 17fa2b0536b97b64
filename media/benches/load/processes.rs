//! What the kernel says of a process: the CPU time of its threads to the nanosecond, and its memory.

use serde_json::{Value, json};
use std::fs::read_to_string;
use std::ops::{Add, Sub};
use std::path::Path;
use std::time::Duration;

/// What a thread, or several together, had of the CPU.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    pub cpu: Duration,
    /// Ready to run, while others had every core.
    pub waited: Duration,
}

impl Used {
    pub fn json(self) -> Value {
        json!({"cpuSeconds": self.cpu.as_secs_f64(), "waitedSeconds": self.waited.as_secs_f64()})
    }
}

impl Add for Used {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { cpu: self.cpu + other.cpu, waited: self.waited + other.waited }
    }
}

impl Sub for Used {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        // Threads may have ended since.
        Self { cpu: self.cpu.saturating_sub(before.cpu), waited: self.waited.saturating_sub(before.waited) }
    }
}

/// What forwards packets.
#[derive(Clone, Copy)]
pub struct Forwarder {
    pub process: u32,
    /// How the names of the threads begin that do it.
    pub threads: &'static str,
}

/// What the threads of a process used so far whose names begin like this; with nothing given, all of them.
pub fn used(process: u32, name: &str) -> Used {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).expect("the process runs");
    let threads = tasks.filter_map(|task| thread(&task.ok()?.path(), name));
    threads.fold(Used::default(), Used::add)
}

/// Nothing for a thread of another name, or one that ended in this moment.
fn thread(task: &Path, name: &str) -> Option<Used> {
    let named = read_to_string(task.join("comm")).ok()?;
    if !named.starts_with(name) {
        return None;
    }
    let times = read_to_string(task.join("schedstat")).ok()?;
    let mut times = times.split_whitespace().map(|number| number.parse().map(Duration::from_nanos));
    let (Some(Ok(cpu)), Some(Ok(waited))) = (times.next(), times.next()) else { return None };
    Some(Used { cpu, waited })
}

/// Bytes of a process that are in memory.
pub fn resident(process: u32) -> u64 {
    let status = read_to_string(format!("/proc/{process}/status")).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the kernel tells it");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number of kB") * 1024
}

/// Bytes that a process wrote to files so far, in whatever way.
pub fn written(process: u32) -> u64 {
    let counters = read_to_string(format!("/proc/{process}/io")).expect("the process runs");
    let line = counters.lines().find_map(|line| line.strip_prefix("wchar:")).expect("the kernel tells it");
    line.trim().parse().expect("a number")
}
