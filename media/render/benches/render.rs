//! How fast files are made: made-up cameras that move all the time, as many as there are tiles, and a screen (K7).
//!
//! `cargo bench -p render --bench render` measures all; `RENDER=short` in the environment only shows that it works. Where the machine
//! has more than the two cores that the aim is for, only two of them are used. A factor of 2 is twice as fast as real time. What comes
//! out is printed, and kept in `e2e/bench/results/render.json`.

#[path = "../tests/it/harness/block.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod block;
#[path = "../tests/it/harness/film.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod film;
#[path = "../tests/it/harness/source.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod source;
#[path = "../tests/it/harness/wire.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod wire;

use block::{Block, speaker};
use protocol::room::{Source, Speaker};
use render::{Rendered, Stages};
use serde_json::{Map, Value, json};
use source::{frames, opus, tone};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wire::Track;

/// Tiles that are to be rendered at least as fast as they were recorded, on so many cores.
const AIM: (usize, usize) = (9, 2);

/// What is measured.
struct Take {
    name: &'static str,
    tiles: usize,
    /// Of a camera.
    size: (usize, usize),
    has_screen: bool,
}

const TAKES: [Take; 6] = [
    Take { name: "1 tile of 720p", tiles: 1, size: (1280, 720), has_screen: false },
    Take { name: "4 tiles of 720p", tiles: 4, size: (1280, 720), has_screen: false },
    Take { name: "9 tiles of 360p", tiles: 9, size: (640, 360), has_screen: false },
    Take { name: "9 tiles of 720p", tiles: 9, size: (1280, 720), has_screen: false },
    Take { name: "50 tiles of 360p", tiles: 50, size: (640, 360), has_screen: false },
    Take { name: "a screen of 1080p and 4 tiles of 360p", tiles: 4, size: (640, 360), has_screen: true },
];

fn main() {
    let seconds = if std::env::var("RENDER").is_ok_and(|value| value == "short") { 2 } else { 20 };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let all = cores();
    stay_on_few();
    let cores = cores();
    println!("renders of {seconds} s, on {cores} of {all} cores; load of the machine before: {}", load.trim());
    let (mut slowest, mut results) = (f64::INFINITY, Vec::new());
    for take in &TAKES {
        let (factor, result) = measure(take, seconds);
        if take.tiles == AIM.0 {
            slowest = slowest.min(factor);
        }
        results.push(result);
    }
    let met = slowest >= 1.0;
    let (word, (tiles, wanted)) = (if met { "met" } else { "missed" }, AIM);
    println!(
        "{tiles} tiles: {slowest:.2} × real time at the least on {cores} cores (aim: 1 on {wanted}, {word}); raw figures: \
         e2e/bench/results/render.json"
    );
    keep(&json!({
        "cores": cores,
        "coresOfMachine": all,
        "loadBefore": load.trim(),
        "seconds": seconds,
        "takes": results,
        "aim": { "tiles": tiles, "cores": wanted, "factor": 1, "slowest": slowest, "met": met },
    }));
}

/// On which this thread may run.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Leaves all cores but the first ones to others: what is started from now on, whether thread or program, stays there as well.
fn stay_on_few() {
    let (first, own) = (format!("0-{}", AIM.1 - 1), std::process::id().to_string());
    let mut command = Command::new("taskset");
    command.args(["-c", "-p", &first, &own]).stdout(Stdio::null());
    if cores() > AIM.1 && !command.status().is_ok_and(|status| status.success()) {
        println!("taskset is missing or failed: all cores are used");
    }
}

/// How much faster than real time it is, and all figures.
fn measure(take: &Take, seconds: usize) -> (f64, Value) {
    let block = made(take, seconds);
    let (began, used) = (Instant::now(), processor_seconds());
    let Rendered { length, bytes, stages } = block.try_render().expect("it renders");
    let took = began.elapsed();
    let processor = (processor_seconds() - used) / (length as f64 / 1e3);
    let factor = length as f64 / 1e3 / took.as_secs_f64();
    let an_hour = bytes as f64 * 3_600.0 / (length as f64 / 1e3) / 1e6;
    let shares = shares(&stages, took);
    let bottleneck = shares.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or("", |(name, _)| *name);
    let said = shares.map(|(name, share)| format!("{name} {:.0} %", share * 100.0));
    println!(
        "{:40} {factor:5.2} × real time, {processor:4.2} processor seconds a second, {an_hour:4.0} MB an hour; bottleneck: \
         {bottleneck}; {}",
        take.name,
        said.join(", ")
    );
    let result = json!({
        "name": take.name,
        "tiles": take.tiles,
        "factor": factor,
        "processorSecondsASecond": processor,
        "megabytesAnHour": an_hour,
        "seconds": took.as_secs_f64(),
        "bottleneck": bottleneck,
        "stages": shares.iter().map(|(name, share)| ((*name).to_owned(), json!(share))).collect::<Map<_, _>>(),
    });
    (factor, result)
}

/// What this process and the children that it waited for have used, in all. The kernel counts it in hundredths.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let counted = behind_name.split_whitespace().skip(11).take(4).filter_map(|number| number.parse::<f64>().ok());
    counted.sum::<f64>() / 100.0
}

/// Which share of the time each stage took. The largest one is what the others wait for.
fn shares(stages: &Stages, took: Duration) -> [(&'static str, f64); 6] {
    let Stages { reading, sound, decoding, composing, encoding, finishing } = stages;
    let named = [
        ("reading", reading),
        ("sound", sound),
        ("waiting for decoders", decoding),
        ("composing", composing),
        ("waiting for the encoder", encoding),
        ("finishing", finishing),
    ];
    named.map(|(name, time)| (name, time.as_secs_f64() / took.as_secs_f64()))
}

fn made(Take { tiles, size, has_screen, .. }: &Take, seconds: usize) -> Block {
    let mut block = Block::begin(0.0);
    let sources = [Source::Microphone, Source::Camera];
    let mut speakers: Vec<Speaker> = (0..*tiles).map(|number| speaker(&format!("person {number}"), &sources)).collect();
    let pictures = moving(*size, 30, seconds * 30);
    let sound = opus(seconds as f64, tone(300.0));
    for (number, speaker) in speakers.iter().enumerate() {
        let ssrc = 10 * number as u32;
        block.track(&speaker.person, Source::Camera, &Track::vp8(ssrc, 0.0, 30, &pictures));
        block.track(&speaker.person, Source::Microphone, &Track::opus(ssrc + 1, 0.0, &sound));
    }
    if *has_screen {
        speakers[0].sources.push(Source::Screen);
        let screen = moving((1920, 1080), 10, seconds * 10);
        block.track(&speakers[0].person, Source::Screen, &Track::vp8(7, 0.0, 10, &screen));
    }
    block.on_screen(0.0, &speakers);
    for second in 0..seconds {
        let person = &speakers[second % speakers.len()].person;
        block.speaking(second as f64, person, true);
        block.speaking(second as f64 + 0.8, person, false);
    }
    block.end(seconds as f64);
    block
}

/// Pictures of which a sixth moves all the time before something still with many details, as a head does before books. VP8, with key
/// frames far apart.
fn moving((width, height): (usize, usize), rate: usize, count: usize) -> Vec<Vec<u8>> {
    let still =
        format!("mandelbrot=size={width}x{height}:rate={rate},trim=end_frame=1,loop=-1:1,setpts=N/{rate}/TB[still]");
    let head = format!("testsrc2=size={}x{}:rate={rate}[head]", width / 3, height / 2);
    let source =
        format!("{still};{head};[still][head]overlay=x='W/3+W/60*sin(2*t)':y='H/3+H/60*cos(3*t)',format=yuv420p");
    let count = count.to_string();
    let rate = format!("{}k", (width * height * 15 / 10_000).max(300));
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", &source, "-frames:v", &count, "-c:v", "libvpx", "-b:v", &rate])
        .args(["-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0", "-g", "300", "-f", "ivf", "pipe:1"])
        .output()
        .expect("ffmpeg starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    frames(&output.stdout)
}

fn keep(results: &Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/bench/results");
    std::fs::create_dir_all(&folder).expect("there is a folder for results");
    std::fs::write(folder.join("render.json"), format!("{results:#}\n")).expect("results are kept");
}
