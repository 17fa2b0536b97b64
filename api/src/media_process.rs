//! The media process as a child: started, started again with back-off when it ends, stopped with the api. Only where it cannot run with
//! its settings it is not started again.
//!
//! A media that outlived an api that was killed is not started twice: its number stands in the data folder, and while
//! it lives it is watched instead. Calls go on, and it links to the new api by itself.

use crate::app::App;
use protocol::link::BADLY_SET;
use rustix::process::{Pid, Signal, kill_process};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A child that lived so long was well: the next one starts at once.
const WELL: Duration = Duration::from_secs(10);

/// The folder in which media keeps what it records.
const RECORDINGS: &str = "MEDIA_RECORDINGS";

/// How long a media may take to say goodbye.
const STOP: Duration = Duration::from_secs(5);

/// Where and how a media finds this api.
pub struct Link {
    /// What the api listens on.
    pub bound: SocketAddr,
    /// The digest of the certificate that it shows, when it serves https.
    pub certificate: Option<String>,
}

/// Keeps a media running until `stop` says true, then stops it. An error when it cannot run with its settings.
pub async fn supervise(app: Arc<App>, link: Link, mut stop: watch::Receiver<bool>) -> Result<(), String> {
    let number = app.config.data_dir.join("media.pid");
    let mut wait = FIRST_WAIT;
    let binary = &app.config.media_bin;
    if let Some(pid) = running(&number, binary) {
        tracing::info!(media.pid = pid.as_raw_nonzero().get(), "a media process is running already");
        tokio::select! {
            () = ended(&number, binary) => {}
            () = asked(&mut stop) => {
                terminate(pid, &number, binary).await;
                return Ok(());
            }
        }
    }
    while !*stop.borrow() {
        let started = Instant::now();
        match start(&app, &link) {
            Ok(mut child) => {
                let pid = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
                if let Some(pid) = pid {
                    let _ = std::fs::write(&number, pid.as_raw_nonzero().to_string());
                }
                tokio::select! {
                    status = child.wait() => {
                        if status.as_ref().is_ok_and(|status| status.code() == Some(i32::from(BADLY_SET))) {
                            let _ = std::fs::remove_file(&number);
                            return Err("media cannot run with its settings: what it says above tells why".into());
                        }
                        tracing::error!(?status, "the media process ended; it is started again");
                    }
                    () = asked(&mut stop) => {
                        if let Some(pid) = pid {
                            let _ = kill_process(pid, Signal::TERM);
                        }
                        if timeout(STOP, child.wait()).await.is_err() {
                            let _ = child.kill().await;
                        }
                        let _ = std::fs::remove_file(&number);
                        return Ok(());
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, media.binary = %binary.display(), "media cannot be started");
            }
        }
        wait = if started.elapsed() > WELL { FIRST_WAIT } else { (wait * 2).min(LONGEST_WAIT) };
        tokio::select! {
            () = sleep(wait) => {}
            () = asked(&mut stop) => {}
        }
    }
    Ok(())
}

/// Until it is time to stop.
async fn asked(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn start(app: &App, link: &Link) -> std::io::Result<Child> {
    let scheme = if link.certificate.is_some() { "wss" } else { "ws" };
    let mut command = Command::new(&app.config.media_bin);
    command
        .env("API_LINK", format!("{scheme}://{}/media/link", own_address(link.bound)))
        .envs(link.certificate.as_ref().map(|digest| ("API_LINK_CERTIFICATE", digest)))
        .env("SECRET", &app.config.secret)
        // What is none of its business: it reads what strangers send.
        .env_remove("DATABASE_URL")
        .env_remove("FILES_URL")
        .env_remove("METRICS_TOKEN")
        .env_remove("SMTP_URL")
        .env_remove("TURN_SECRET")
        .stdin(Stdio::null())
        // Its own group: Ctrl-C reaches the api, which then stops it in order.
        .process_group(0);
    // Beside everything else that must not be lost, unless the operator says where.
    if std::env::var_os(RECORDINGS).is_none() {
        command.env(RECORDINGS, app.config.data_dir.join("recordings"));
    }
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.spawn()
}

/// Where a process on this machine reaches what listens on `bound`.
fn own_address(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, bound.port())
}

/// The process of the number in the file, if it still is a media. One that has ended and that nobody has waited for yet
/// has no program any more; one whose program was built anew still runs the old one.
fn running(number: &Path, binary: &Path) -> Option<Pid> {
    let raw: i32 = std::fs::read_to_string(number).ok()?.trim().parse().ok()?;
    let program = std::fs::read_link(format!("/proc/{raw}/exe")).ok()?;
    let name = program.file_name()?.to_str()?.trim_end_matches(" (deleted)");
    Pid::from_raw(raw).filter(|_| binary.file_name().is_some_and(|own| own == name))
}

async fn ended(number: &Path, binary: &Path) {
    while running(number, binary).is_some() {
        sleep(Duration::from_millis(250)).await;
    }
}

async fn terminate(pid: Pid, number: &Path, binary: &Path) {
    let _ = kill_process(pid, Signal::TERM);
    if timeout(STOP, ended(number, binary)).await.is_err() {
        let _ = kill_process(pid, Signal::KILL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_dials_where_the_api_listens() {
        let own = |text: &str| own_address(text.parse().unwrap()).to_string();
        assert_eq!(own("0.0.0.0:8080"), "127.0.0.1:8080");
        assert_eq!(own("[::]:8080"), "[::1]:8080");
        assert_eq!(own("192.168.1.5:8080"), "192.168.1.5:8080");
    }
}
