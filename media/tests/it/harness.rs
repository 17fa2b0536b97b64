//! What the tests start and talk with: a node in this process, browsers without media, an api that says what it is told.

mod api;
mod block;
mod browser;
mod call;
mod camera;
mod ending;
pub mod parameters;
mod peer;
mod rtc;
mod store;

pub use api::{FakeApi, Link};
pub use block::{Block, Packet, Track};
pub use browser::Browser;
pub use call::{Ear, Voice, send_on};
pub use camera::{Came, Counting, Face, NOTHING_LOST, is_key};
pub use peer::{Peer, Sending};

use media::config::Config;
use media::node::Running;
use metrics_exporter_prometheus::PrometheusBuilder;
use protocol::pass::{Pass, key};
use protocol::room::Settings;
use protocol::signalling::{ErrorCode, ServerMessage};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// How long a test waits for what must come: much longer than it takes, for a machine that is busy.
pub const LIMIT: Duration = Duration::from_secs(30);

pub const SECRET: &str = "what the tests share with the node";

/// A node in this process, on free ports.
pub struct Node {
    pub running: Running,
    /// Its recordings, unless the test has a folder for them.
    pub recordings: TempDir,
}

impl Node {
    pub async fn start() -> Self {
        Self::start_with(|_config| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        ending::waits_for_workers();
        let recordings = tempfile::tempdir().unwrap();
        let mut config = config(recordings.path());
        change(&mut config);
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let running = Running::start(config, metrics).await.expect("the node starts");
        Self { running, recordings }
    }

    /// A node with a link to `api`.
    pub async fn linked_to(api: &FakeApi) -> Self {
        let link = api.url();
        Self::start_with(|config| config.links = vec![link]).await
    }

    pub fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// The recordings that it keeps, the oldest block first.
    pub fn blocks(&self) -> Vec<Block> {
        Block::all(self.recordings.path())
    }

    /// Waits until its recordings are as `are` wants them.
    pub async fn recorded(&self, what: &str, are: impl Fn(&[Block]) -> bool) -> Vec<Block> {
        Block::wait(self.recordings.path(), what, are).await
    }

    /// A browser that is connected and has not joined.
    pub async fn connect(&self) -> Browser {
        Browser::connect(self.address()).await
    }

    /// A browser that is in the room of the pass.
    pub async fn join(&self, pass: &Pass) -> Browser {
        Browser::enter(self.address(), pass).await
    }

    /// A browser that is in the room and has a transport to send on.
    pub async fn join_to_share(&self, pass: &Pass) -> Browser {
        let mut browser = self.join(pass).await;
        browser.create_send_transport().await;
        browser
    }
}

pub fn config(recordings: &Path) -> Config {
    Config {
        listen: "127.0.0.1:0".into(),
        public_url: None,
        rtc_listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
        rtc_port: 0,
        announced_address: "127.0.0.1".into(),
        workers: 1,
        links: Vec::new(),
        link_certificate: None,
        secret: SECRET.into(),
        tls: None,
        max_viewers: 5000,
        router_members: 150,
        recordings: recordings.to_owned(),
        recording_block: Duration::from_secs(7200),
        recording_silence: Duration::from_secs(3600),
        renders: 1,
        ffmpeg: "ffmpeg".into(),
        renderer: env!("CARGO_BIN_EXE_media").into(),
        render_silence: Duration::from_secs(600),
        render_spare: Duration::from_secs(600),
        silence: Duration::from_secs(35),
    }
}

/// A fresh pass for a room with the default number of seats, with the right to share.
pub fn pass(session: &str, person: &str) -> Pass {
    pass_at(now(), session, person)
}

/// A pass that was given at `at`.
pub fn pass_at(at: i64, session: &str, person: &str) -> Pass {
    let settings = Settings { version: 1, max_seats: 50, youtube: Default::default(), record: false, starts: 1 };
    let mut pass = Pass::new(self::session(session), account(person), person.to_owned(), at, settings);
    pass.share = true;
    pass
}

/// A pass for a room with `seats` seats.
pub fn pass_with_seats(session: &str, person: &str, seats: u32) -> Pass {
    let mut pass = pass(session, person);
    pass.settings.max_seats = seats;
    pass
}

/// The pass of somebody who may only watch.
pub fn viewer(session: &str, person: &str) -> Pass {
    let mut pass = pass(session, person);
    pass.share = false;
    pass
}

pub fn sign(pass: &Pass) -> String {
    pass.sign(key(SECRET, "pass").as_bytes())
}

pub fn account(person: &str) -> String {
    format!("account:{person}")
}

pub fn session(name: &str) -> String {
    format!("session:{name}")
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "passes are checked against the system's clock")]
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

/// The code of an answer that must be an error.
pub fn refused(answer: &ServerMessage) -> ErrorCode {
    match answer {
        ServerMessage::Error { code, .. } => *code,
        other => panic!("refused, not {other:?}"),
    }
}

/// Waits for `future`, with a word about what is missing when it takes too long.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, future).await.unwrap_or_else(|_late| panic!("{what}: not within {LIMIT:?}"))
}
