//! The node that is measured: the real program as a process of its own, on free ports.

use crate::processes::{Forwarder, Used, resident, used};
use protocol::pass::{Pass, key};
use protocol::room::Settings;
use protocol::youtube::YoutubeSharing;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::sleep;

const SECRET: &str = "what the measurements share with the node";

/// The worker threads of a node begin like this; the kernel cuts names after 15 characters.
const WORKER: &str = "mediasoup-worke";

pub struct Server {
    process: Child,
    _recordings: TempDir,
    pub address: SocketAddr,
}

impl Server {
    /// With so many workers, or one for each core.
    pub async fn start(workers: Option<usize>) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a free port");
        let mut command = Command::new(program());
        command.env_clear().env("SECRET", SECRET).env("RUST_LOG", "warn").env("MEDIA_LISTEN", address.to_string());
        command.env("MEDIA_RTC_LISTEN", "127.0.0.1").env("MEDIA_ANNOUNCED_ADDRESS", "127.0.0.1");
        let recordings = tempfile::tempdir().expect("a folder can be made");
        command.env("MEDIA_RTC_PORT", "0").env("MEDIA_RECORDINGS", recordings.path());
        if let Some(workers) = workers {
            command.env("MEDIA_WORKERS", workers.to_string());
        }
        let process = command.spawn().expect("the program starts");
        let began = Instant::now();
        while TcpStream::connect(address).await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(30), "the node does not answer");
            sleep(Duration::from_millis(20)).await;
        }
        Self { process, _recordings: recordings, address }
    }

    pub fn forwarder(&self) -> Forwarder {
        Forwarder { process: self.process.id(), threads: WORKER }
    }

    /// What all threads used.
    pub fn all(&self) -> Used {
        used(self.process.id(), "")
    }

    /// Bytes in memory.
    pub fn resident(&self) -> u64 {
        resident(self.process.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `PROGRAMS` is the folder of programs that are built already, as for the browser tests.
fn program() -> PathBuf {
    std::env::var_os("PROGRAMS")
        .map_or_else(|| env!("CARGO_BIN_EXE_media").into(), |folder| PathBuf::from(folder).join("media"))
}

/// A fresh pass of this person for this room, signed.
pub fn pass(session: &str, person: &str, share: bool) -> String {
    signed(session, person, share, false)
}

/// The same for a room in which who is on screen is recorded.
pub fn recorded_pass(session: &str, person: &str) -> String {
    signed(session, person, true, true)
}

fn signed(session: &str, person: &str, share: bool, record: bool) -> String {
    #[expect(clippy::disallowed_methods, reason = "passes are checked against the system's clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs() as i64;
    let settings = Settings { version: 1, max_seats: 50, youtube: YoutubeSharing::default(), record, starts: 1 };
    let mut pass =
        Pass::new(format!("session:{session}"), format!("account:{person}"), person.to_owned(), now, settings);
    pass.share = share;
    pass.sign(key(SECRET, "pass").as_bytes())
}
