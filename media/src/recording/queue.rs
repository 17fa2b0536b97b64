//! Renders: blocks become files in programs of their own, few at once, the oldest block first, and after everything that is live.

use super::shelf::{Job, Shelf};
use crate::config::Config;
use protocol::recording::Failure;
use rustix::process::{Pid, Signal, kill_process_group};
use serde::Deserialize;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::OnceCell;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

/// Programs that start another one so that it ends with this process, however that ends; so that it gets what time of the processor
/// and of the disk live media leaves. A machine may lack some.
const LAUNCHERS: [&[&str]; 3] =
    [&["setpriv", "--pdeathsig", "KILL"], &["nice", "-n", "19"], &["ionice", "-t", "-c", "3"]];

/// What a render gets to know of the environment: where programs, libraries, fonts and room for temporary files are. It reads what
/// strangers sent, and secrets, addresses and passwords are none of its business, whoever they belong to.
pub const ENVIRONMENT: [&str; 9] = [
    "PATH",
    "HOME",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "RUST_LOG",
    "RUST_BACKTRACE",
];

fn environment() -> impl Iterator<Item = (&'static str, OsString)> {
    ENVIRONMENT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)))
}

/// So many times its length a render may take, beside what every one may: the slowest machine needs a few times.
const SLOWEST: u32 = 20;

/// How blocks are rendered.
#[derive(Clone, Debug)]
pub struct Renders {
    /// The program: called with `render`, a block's folder and where to write its file.
    pub program: PathBuf,
    pub ffmpeg: PathBuf,
    pub at_once: usize,
    /// After so long without a word a render is given up.
    pub silence: Duration,
    /// What a render may take, however short the recording is: with [`SLOWEST`] times its length.
    pub spare: Duration,
}

impl Renders {
    pub fn new(config: &Config) -> Self {
        Self {
            program: config.renderer.clone(),
            ffmpeg: config.ffmpeg.clone(),
            at_once: config.renders,
            silence: config.render_silence,
            spare: config.render_spare,
        }
    }

    /// After so long a render is given up that says something again and again: what strangers sent must not hold the others up for ever.
    fn longest(&self, job: &Job) -> Duration {
        let length = Duration::from_millis(u64::try_from(job.length).unwrap_or_default());
        length.saturating_mul(SLOWEST).saturating_add(self.spare)
    }
}

/// One line of what a render says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    percent: Option<u8>,
    done: Option<Done>,
    failed: Option<Failure>,
    message: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Done {
    /// Milliseconds.
    length: i64,
}

/// Why there is no file, and a word for who runs the node.
struct Fault {
    failure: Failure,
    message: String,
}

/// Renders what waits for it, for ever.
pub async fn run(shelf: Arc<Shelf>, renders: Renders) {
    let mut changes = shelf.watch();
    let mut running = JoinSet::new();
    let launch = OnceCell::new();
    loop {
        while running.len() < renders.at_once
            && let Some(job) = shelf.take_job()
        {
            let launch = Arc::clone(launch.get_or_init(|| async { Arc::new(launchers().await) }).await);
            running.spawn(render(Arc::clone(&shelf), renders.clone(), launch, job));
        }
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            Some(_) = running.join_next() => {}
        }
    }
}

/// Says so at the start when nothing can be encoded here, rather than when the first recording has failed (K5).
pub async fn warn_without(ffmpeg: PathBuf) {
    let mut command = Command::new(&ffmpeg);
    command.arg("-version").env_clear().envs(environment()).kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let why = match command.status().await {
        Ok(status) if status.success() => return,
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    let ffmpeg = ffmpeg.display();
    tracing::warn!(%ffmpeg, why, "recordings cannot become files: install ffmpeg, or set FFMPEG to where it is");
}

/// Those of [`LAUNCHERS`] that work here, one after the other.
async fn launchers() -> Vec<OsString> {
    let mut found = Vec::new();
    for launcher in LAUNCHERS {
        let (program, arguments) = launcher.split_first().expect("a program");
        let mut command = Command::new(program);
        command.args(arguments).arg("true").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if command.status().await.is_ok_and(|status| status.success()) {
            found.extend(launcher.iter().map(OsString::from));
        } else {
            tracing::warn!(program, "renders start without a program that this machine lacks");
        }
    }
    found
}

async fn render(shelf: Arc<Shelf>, renders: Renders, launch: Arc<Vec<OsString>>, job: Job) {
    let began = Instant::now();
    tracing::info!(block.id = job.block, "a render begins");
    let longest = renders.longest(&job);
    let outcome = tokio::select! {
        outcome = timeout(longest, follow(&shelf, &renders, &launch, &job)) => {
            outcome.unwrap_or_else(|_late| Err(encoder(format!("not done within {} s", longest.as_secs()))))
        }
        () = shelf.gone(&job.block) => return tracing::info!(block.id = job.block, "what was rendered was deleted"),
    };
    match outcome {
        Ok(done) => {
            metrics::histogram!("render_duration_seconds").record(began.elapsed().as_secs_f64());
            tracing::info!(block.id = job.block, duration_ms = began.elapsed().as_millis(), "a render is done");
            shelf.rendered(&job.block, done.length);
        }
        Err(Fault { failure, message }) => {
            tracing::error!(block.id = job.block, ?failure, message, "a render failed");
            shelf.fail(&job.block, failure);
        }
    }
}

fn encoder(message: String) -> Fault {
    Fault { failure: Failure::Encoder, message }
}

/// From the start of the program to its end.
async fn follow(shelf: &Shelf, renders: &Renders, launch: &[OsString], job: &Job) -> Result<Done, Fault> {
    let mut program = Program::start(renders, launch, job).map_err(|error| encoder(format!("no start: {error}")))?;
    let stdout = program.0.stdout.take().ok_or_else(|| encoder("it cannot be heard".into()))?;
    let mut lines = BufReader::new(stdout).lines();
    let silent = |_late| encoder(format!("nothing heard for {} s", renders.silence.as_secs()));
    let mut done = None;
    while let Ok(Some(line)) = timeout(renders.silence, lines.next_line()).await.map_err(silent)? {
        // What is no such line is a word of something that it uses.
        let said: Said = serde_json::from_str(&line).unwrap_or_default();
        if let Some(percent) = said.percent {
            shelf.progress(&job.block, percent);
        }
        if let Some(failure) = said.failed {
            return Err(Fault { failure, message: said.message });
        }
        done = said.done.or(done);
    }
    let status = timeout(renders.silence, program.0.wait()).await.map_err(silent)?;
    let status = status.map_err(|error| encoder(error.to_string()))?;
    done.filter(|_| status.success()).ok_or_else(|| encoder(format!("it ended without a file: {status}")))
}

/// A render as long as this lives, with everything that it has started.
struct Program(Child);

impl Program {
    /// Called on a thread that lives as long as the process, since what `setpriv` arranges is bound to the thread: on one of the
    /// runtime, that is, and not on one for what blocks.
    fn start(renders: &Renders, launch: &[OsString], job: &Job) -> std::io::Result<Self> {
        let mut words = launch.iter().map(OsString::as_os_str).chain([renders.program.as_os_str()]);
        let mut command = Command::new(words.next().unwrap_or_default());
        command
            .args(words)
            .arg("render")
            .arg(&job.folder)
            .arg(&job.output)
            .env_clear()
            .envs(environment())
            .env("FFMPEG", &renders.ffmpeg)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command.spawn().map(Self)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // None once it has ended and that was seen: its number may be another's then.
        let number = self.0.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        if let Some(group) = number {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}
