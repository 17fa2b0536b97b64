//! The media node of a test.

use super::Browser;
use media::config::Config;
use media::node::Running;
use metrics_exporter_prometheus::PrometheusBuilder;
use protocol::pass::{Pass, key};
use protocol::room::Settings;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{SystemTime, UNIX_EPOCH};

pub const SECRET: &str = "the secret of a test";

pub struct TestNode {
    pub running: Running,
}

impl TestNode {
    pub async fn start() -> Self {
        Self::start_with(|_config| {}).await
    }

    /// With another configuration.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            listen: "127.0.0.1:0".into(),
            public_url: None,
            rtc_listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            rtc_port: 0,
            announced_address: "127.0.0.1".into(),
            workers: 1,
            links: Vec::new(),
            secret: SECRET.into(),
            tls: None,
            max_viewers: 5000,
        };
        change(&mut config);
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        Self { running: Running::start(config, metrics).await.unwrap() }
    }

    /// A connection that has not joined.
    pub async fn connect(&self) -> Browser {
        Browser::open(&format!("ws://{}/signalling", self.running.address)).await
    }

    /// Somebody in the room of `session` who may go on screen.
    pub async fn join(&self, session: &str, person: &str) -> Browser {
        let mut browser = self.connect().await;
        browser.join(&sign(&pass(session, person, 50))).await;
        browser
    }
}

/// A pass of now that lets share, to a room with this many seats.
pub fn pass(session: &str, person: &str, max_seats: u32) -> Pass {
    let settings = Settings { version: 1, max_seats };
    let mut pass = Pass::new(session.into(), person.into(), person.to_uppercase(), now(), settings);
    pass.share = true;
    pass
}

pub fn sign(pass: &Pass) -> String {
    pass.sign(key(SECRET, "pass").as_bytes())
}

#[expect(clippy::disallowed_methods, reason = "passes run on the system's clock")]
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}
