//! The media process as a child: started, started again with back-off when it ends, stopped with the api.
//!
//! A media that outlived an api that was killed is not started twice: its number stands in the data folder, and while
//! it lives it is watched instead. Calls go on, and it links to the new api by itself.

use crate::app::App;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
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

/// How long a media may take to say goodbye.
const STOP: Duration = Duration::from_secs(5);

/// Keeps a media running until `stop` says true, then stops it. `port` is where this api listens.
pub async fn supervise(app: Arc<App>, port: u16, mut stop: watch::Receiver<bool>) {
    let number = app.config.data_dir.join("media.pid");
    let mut wait = FIRST_WAIT;
    if let Some(pid) = running(&number, &app.config.media_bin) {
        tracing::info!(media.pid = pid.as_raw_nonzero().get(), "a media process is running already");
        tokio::select! {
            () = ended(pid) => {}
            () = asked(&mut stop) => return terminate(pid).await,
        }
    }
    while !*stop.borrow() {
        let started = Instant::now();
        match start(&app, port) {
            Ok(mut child) => {
                let pid = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
                if let Some(pid) = pid {
                    let _ = std::fs::write(&number, pid.as_raw_nonzero().to_string());
                }
                tokio::select! {
                    status = child.wait() => {
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
                        return;
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, media.binary = %app.config.media_bin.display(), "media cannot be started");
            }
        }
        wait = if started.elapsed() > WELL { FIRST_WAIT } else { (wait * 2).min(LONGEST_WAIT) };
        tokio::select! {
            () = sleep(wait) => {}
            () = asked(&mut stop) => {}
        }
    }
}

/// Until it is time to stop.
async fn asked(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn start(app: &App, port: u16) -> std::io::Result<Child> {
    let scheme = if app.config.tls.is_some() { "wss" } else { "ws" };
    let mut command = Command::new(&app.config.media_bin);
    command
        .env("API_LINK", format!("{scheme}://127.0.0.1:{port}/media/link"))
        .env("SECRET", &app.config.secret)
        .stdin(Stdio::null())
        // Its own group: Ctrl-C reaches the api, which then stops it in order.
        .process_group(0);
    command.spawn()
}

/// The process of the number in the file, if it still is a media.
fn running(number: &Path, binary: &Path) -> Option<Pid> {
    let raw: i32 = std::fs::read_to_string(number).ok()?.trim().parse().ok()?;
    let program = std::fs::read_link(format!("/proc/{raw}/exe")).ok()?;
    let same = program.file_name() == binary.file_name();
    Pid::from_raw(raw).filter(|pid| same && test_kill_process(*pid).is_ok())
}

async fn ended(pid: Pid) {
    while test_kill_process(pid).is_ok() {
        sleep(Duration::from_millis(250)).await;
    }
}

async fn terminate(pid: Pid) {
    let _ = kill_process(pid, Signal::TERM);
    if timeout(STOP, ended(pid)).await.is_err() {
        let _ = kill_process(pid, Signal::KILL);
    }
}
