//! The api's program: `api` serves, `api schema` prints the GraphQL schema, `api seed` makes a large event in an empty database.

use actix_web::web::Data;
use api::app::App;
use api::clock;
use api::config::{Config, MailRoute};
use api::server::{self, State};
use api::{graphql, mail, media_process, ops, timer};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::io::Write;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("schema") => {
            print!("{}", graphql::sdl());
            ExitCode::SUCCESS
        }
        Some("seed") => run(seed()),
        Some(other) => {
            eprintln!(
                "api: unknown command {other}. Use `api` to serve, `api schema` to print the schema, `api seed` to make a \
                 large event in an empty database."
            );
            ExitCode::FAILURE
        }
        None => run(serve()),
    }
}

fn run(work: impl Future<Output = Result<(), String>>) -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match actix_web::rt::System::new().block_on(work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("api: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes a large event for measurements. Its passwords are those of the demo, so production does not serve it.
async fn seed() -> Result<(), String> {
    let size = ops::seed::Size::parse(std::env::args().skip(2))?;
    let config = Config::from_env()?;
    let app = App::new(config, "http://localhost".into(), clock::of_program())?;
    app.files.check().await?;
    ops::seed::seed(&app, size).await.map_err(|error| error.message())?;
    say(&ops::seed::done(size));
    Ok(())
}

async fn serve() -> Result<(), String> {
    let config = Config::from_env()?;
    let listener = TcpListener::bind(&config.listen)
        .map_err(|error| format!("cannot listen on {}: {error}. Set LISTEN to another address.", config.listen))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("{scheme}://localhost:{}", bound.port()));
    let (media_external, demo) = (config.media_external, config.demo);
    let production = config.production;
    let app = Arc::new(App::new(config, public_url, clock::of_program())?);
    app.files.check().await?;
    if demo {
        ops::demo::seed(&app).await.map_err(|error| format!("the demo event: {}", error.message()))?;
    }
    let is_demo = ops::demo::is_seeded(&app).await.map_err(|error| error.message())?;
    if is_demo && production {
        return Err("this data holds the demo, whose passwords everybody knows. Start with an empty DATA_DIR.".into());
    }
    let metrics = metrics()?;
    let (stop, stopped) = watch::channel(false);
    let server = server::start(Data::new(State::new(Arc::clone(&app), metrics, stopped.clone())), listener)?;
    let certificate = app.config.tls.as_ref().map(server::certificate_digest).transpose()?;
    let mut media = tokio::spawn({
        let (app, mut stopped) = (Arc::clone(&app), stopped);
        async move {
            if media_external {
                let _ = stopped.wait_for(|stopped| *stopped).await;
                return Ok(());
            }
            media_process::supervise(app, media_process::Link { bound, certificate }, stopped).await
        }
    });
    say_where_mail_goes(&app).await;
    let mail = tokio::spawn(mail::worker::run(Arc::clone(&app)));
    let timer = tokio::spawn(timer::run(app));
    say(&format!("listening on {scheme}://{bound}"));
    if is_demo {
        say(&ops::demo::logins());
    }
    let handle = server.handle();
    let serving = tokio::spawn(server);
    // Without media nobody could enter a room, and all would look well.
    let ended = tokio::select! {
        () = asked_to_stop() => None,
        ended = &mut media => Some(ended),
    };
    tracing::info!("stopping");
    // Sockets and media hear of it at once and end side by side.
    let _ = stop.send(true);
    let media = match ended {
        None => tokio::join!(media, handle.stop(true)).0,
        Some(ended) => {
            handle.stop(true).await;
            ended
        }
    };
    timer.abort();
    // A mail that is on its way is tried again after the next start.
    mail.abort();
    serving.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    media.map_err(|error| error.to_string())?
}

async fn say_where_mail_goes(app: &App) {
    match &app.config.mail {
        MailRoute::Smtp { .. } => {}
        MailRoute::Folder(_) => tracing::info!("mails are not sent but shown at {}/dev/mail", app.public_url),
        MailRoute::Kept => {
            let waiting = ops::mail::count_waiting(app).await.unwrap_or_default();
            tracing::warn!(
                waiting,
                "SMTP_URL is not set: mails are kept in the database and nobody gets one, so that nobody can confirm an \
                 address or set a forgotten password"
            );
        }
    }
}

/// Tells whoever started this. That nobody reads it is no reason to stop.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The recorder of all figures; what it collects is put together every few seconds, also while nobody reads it.
fn metrics() -> Result<PrometheusHandle, String> {
    let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
    let builder = PrometheusBuilder::new().set_buckets(&seconds).map_err(|error| error.to_string())?;
    let handle = builder.install_recorder().map_err(|error| error.to_string())?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(5));
        loop {
            every.tick().await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}

/// Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => return tracing::error!(%error, "signals cannot be watched"),
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
