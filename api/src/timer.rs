//! What the clock does by itself: events that start and end are announced, and what is over is tidied up.

use crate::app::App;
use crate::clock::Time;
use crate::model;
use crate::ops;
use std::sync::Arc;
use std::time::Duration;

/// Sleeps at the most so long, to tidy up.
const LONGEST: Duration = Duration::from_secs(600);

/// Runs for ever.
pub async fn run(app: Arc<App>) {
    let mut announced = app.clock.now();
    loop {
        let now = app.clock.now();
        announced = turn(&app, announced, now).await;
        app.rates.tidy();
        tokio::select! {
            () = tokio::time::sleep(until_next(&app, now).await) => {}
            () = app.times_changed.notified() => {}
        }
    }
}

/// Announces the events that turned since `from`; gives up to when that is done.
async fn turn(app: &App, from: Time, to: Time) -> Time {
    if to <= from {
        return from;
    }
    match app.db.read(move |conn| Ok(model::event::turning(conn, from, to)?)).await {
        Ok(events) => {
            for event in events {
                ops::event::announce(app, event);
            }
            to
        }
        Err(_) => from,
    }
}

async fn until_next(app: &App, now: Time) -> Duration {
    let next = app.db.read(move |conn| Ok(model::event::next_turn(conn, now)?)).await.ok().flatten();
    match next {
        // One more millisecond, so that the moment has passed on a clock that shows milliseconds.
        Some(next) => Duration::from_millis(u64::try_from(next.millis() - now.millis()).unwrap_or(0) + 1).min(LONGEST),
        None => LONGEST,
    }
}
