//! What a room costs in memory: many with two people in each, who are connected and send nothing. What a viewer costs in a full room
//! is measured with the joins.

use crate::Scale;
use crate::server::Server;
use crate::viewer::{Care, Viewer};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Rooms that begin at the same moment.
const AT_ONCE: usize = 10;

/// A room without anybody is over after a moment.
const OVER: Duration = Duration::from_secs(5);

pub async fn measure(scale: Scale) -> Value {
    let server = Server::start(None).await;
    // The first room pays for what all share.
    drop(room(&server, "first").await);
    sleep(OVER).await;
    let before = server.resident();
    let mut rooms = Vec::new();
    while rooms.len() < scale.rooms {
        let names: Vec<_> =
            (0..AT_ONCE.min(scale.rooms - rooms.len())).map(|more| (rooms.len() + more).to_string()).collect();
        rooms.extend(join_all(names.iter().map(|name| room(&server, name))).await);
    }
    sleep(scale.time / 3).await;
    let full = server.resident();
    let each = full.saturating_sub(before) / scale.rooms as u64;
    drop(rooms);
    sleep(OVER).await;
    let after = server.resident();
    println!("\nmemory: {} rooms with two people in each, who send nothing", scale.rooms);
    println!(
        "{} MB before, {} MB with them, {} MB after; {} kB for each room and its two people",
        before / 1_000_000,
        full / 1_000_000,
        after / 1_000_000,
        each / 1000
    );
    json!({"rooms": scale.rooms, "residentBytes": {"before": before, "full": full, "after": after, "perRoom": each}})
}

async fn room(server: &Server, name: &str) -> [Viewer; 2] {
    let person = async |number: u8| {
        let viewer = Viewer::enter(server.address, name, &format!("{name} {number}"), Care::Counting).await;
        let viewer = viewer.expect("somebody comes in");
        timeout(Duration::from_secs(60), viewer.tally.connected()).await.expect("a transport connects");
        viewer
    };
    [person(1).await, person(2).await]
}
