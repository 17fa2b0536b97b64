//! What the clock does by itself: events that start and end are announced, and what is over is tidied up.

use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::model;
use crate::ops;
use std::sync::Arc;
use std::time::Duration;

/// Sleeps at the most so long, to tidy up.
const LONGEST: Duration = Duration::from_secs(300);

/// Between two times of tidying up, at the least.
const TIDY_MILLIS: i64 = 240_000;

/// Sleeps so long after the database did not answer.
const AGAIN: Duration = Duration::from_secs(1);

/// Runs for ever.
pub async fn run(app: Arc<App>) {
    let mut announced = app.clock.now();
    let mut tidied = announced;
    // What the api that ran before did not come to.
    ops::message::tell_untold(&app).await;
    loop {
        let now = app.clock.now();
        announced = turn(&app, announced, now).await;
        if now.millis() - tidied.millis() >= TIDY_MILLIS {
            tidy(&app, now).await;
            tidied = now;
        }
        let purged = ops::session::removal::purge(&app, now).await;
        let wait = if announced < now || purged.is_err() { AGAIN } else { until_next(&app, now).await };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = app.times_changed.notified() => {}
        }
    }
}

/// Forgets what is over.
async fn tidy(app: &App, now: Time) {
    app.rates.tidy();
    app.rooms.tidy(now);
    app.feed.tidy();
    ops::account::end_expired(app, now).await;
    ops::mail::forget(app, now).await;
    ops::picture::tidy(app, now).await;
    ops::chat::forget(app, now).await;
    ops::recording::forget(app, now).await;
    ops::message::tell_untold(app).await;
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
            match ops::session::announce_turning(app, from, to).await {
                Ok(()) => to,
                Err(_) => from,
            }
        }
        Err(_) => from,
    }
}

async fn until_next(app: &App, now: Time) -> Duration {
    let next = move |conn: &mut Conn| {
        let turns = [
            model::event::next_turn(conn, now)?,
            model::segment::next_turn(conn, now)?,
            ops::session::removal::next_purge(conn)?,
        ];
        Ok(turns.into_iter().flatten().min())
    };
    match app.db.read(next).await {
        // One more millisecond, so that the moment has passed on a clock that shows milliseconds.
        Ok(Some(next)) => {
            Duration::from_millis(u64::try_from(next.millis() - now.millis()).unwrap_or(0) + 1).min(LONGEST)
        }
        Ok(None) => LONGEST,
        Err(_) => AGAIN,
    }
}
