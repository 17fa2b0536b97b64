//! The media process: rooms with real audio and video for the browsers that the api lets in. As `media render FOLDER [OUTPUT]` it
//! makes the file of a recording instead, and ends.

use media::config::Config;
use media::node::Running;
use media::{open_files, workers};
use metrics_exporter_prometheus::PrometheusBuilder;
use protocol::link::BADLY_SET;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Renders are processes of their own, of low priority, so that no call notices them (K7).
    match render::cli::run(std::env::args_os().skip(1)) {
        Some(code) => code,
        None => {
            let code = run();
            // The runtime is gone, and with it what had held the workers.
            workers::wait_for_end();
            code
        }
    }
}

#[tokio::main]
async fn run() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => {
            eprintln!("media: {error}");
            return ExitCode::from(BADLY_SET);
        }
    };
    match serve(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("media: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> Result<(), String> {
    open_files::raise();
    let metrics = PrometheusBuilder::new().install_recorder().map_err(|error| error.to_string())?;
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut node = Running::start(config, metrics).await?;
    tracing::info!(media.address = %node.address, "media is ready");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        _ = &mut node.links => {}
    }
    node.stop().await;
    Ok(())
}
