//! A thousand people who come into one room within seconds, on a node with a worker for each core.

use crate::Scale;
use crate::publisher::{Publisher, Sends};
use crate::quantiles::Quantiles;
use crate::server::Server;
use crate::signalling::Failure;
use crate::viewer::{Care, Viewer};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::time::{sleep, sleep_until, timeout};

/// They come evenly over this time, however long it takes the ones before them.
const RUSH: Duration = Duration::from_secs(5);

/// Whoever is not inside after that counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn measure(scale: Scale) -> Value {
    let people = scale.joins;
    let server = Server::start(None).await;
    let publisher = Publisher::start(server.address, "joins", Sends::Silence).await;
    sleep(Duration::from_secs(1)).await;
    let (resident, cpu) = (server.resident(), server.all());
    let began = Instant::now();
    let coming = (0..people).map(|number| tokio::spawn(come(&server, began, number, people)));
    let mut entered = Vec::new();
    let mut failures: Vec<Failure> = Vec::new();
    for came in join_all(coming).await {
        match came.expect("no client panics") {
            Ok(one) => entered.push(one),
            Err(failure) => failures.push(failure),
        }
    }
    let all = entered.iter().map(|one| one.first).max().unwrap_or(began) - began;
    let cpu = (server.all() - cpu).cpu;
    let phase = |at: fn(&Entered) -> Instant| Quantiles::of(entered.iter().map(|one| at(one) - one.viewer.times.began));
    let phases = [
        ("welcome", phase(|one| one.viewer.times.welcome)),
        ("joined", phase(|one| one.viewer.times.joined)),
        ("connected", phase(|one| one.connected)),
        ("firstPacket", phase(|one| one.first)),
    ];
    println!("\njoins: {people} people into one room, coming evenly over {} s", RUSH.as_secs());
    println!(
        "all inside with a first packet after {:.1} s (aim: 1,000 people within 30 s); {} failed; server CPU {:.1} ms for each",
        all.as_secs_f64(),
        failures.len(),
        cpu.as_secs_f64() * 1000.0 / people as f64
    );
    for (name, times) in &phases {
        println!("{name:>12}: p50 {:.0} ms, p95 {:.0} ms, most {:.0} ms", times.p50, times.p95, times.most);
    }
    assert!(failures.is_empty(), "{} of {people} did not get in; the first: {:?}", failures.len(), failures[0]);
    // What only the joining took is given back.
    sleep(scale.time / 2).await;
    let inside = entered.iter().filter(|one| one.viewer.is_inside()).count();
    let after = server.resident();
    let each = after.saturating_sub(resident) / people as u64;
    println!("memory with {inside} inside: {} MB, {} kB for each viewer", after / 1_000_000, each / 1000);
    drop(publisher);
    json!({
        "people": people,
        "overSeconds": RUSH.as_secs_f64(),
        "allAfterSeconds": all.as_secs_f64(),
        "inside": inside,
        "serverCpuSeconds": cpu.as_secs_f64(),
        "milliseconds": phases.iter().map(|(name, times)| ((*name).to_owned(), times.json())).collect::<serde_json::Map<_, _>>(),
        "residentBytes": {"before": resident, "after": after, "perViewer": each},
    })
}

/// One who is inside.
struct Entered {
    viewer: Viewer,
    connected: Instant,
    first: Instant,
}

fn come(
    server: &Server,
    began: Instant,
    number: usize,
    people: usize,
) -> impl Future<Output = Result<Entered, Failure>> + use<> {
    let address = server.address;
    let at = began + RUSH.mul_f64(number as f64 / people as f64);
    async move {
        sleep_until(at.into()).await;
        let entering = async {
            let viewer = Viewer::enter(address, "joins", &format!("person {number}"), Care::Counting).await?;
            let (connected, first) = (viewer.tally.connected().await, viewer.tally.first().await);
            Ok(Entered { viewer, connected, first })
        };
        timeout(PATIENCE, entering).await.unwrap_or_else(|_late| Err(format!("not within {PATIENCE:?}")))
    }
}
