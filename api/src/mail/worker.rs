//! Sends what is due in the outbox: wakes when a mail was written or one is to be tried again, and does not poll.

use super::{AT_ONCE, Failure, Transport};
use crate::app::App;
use crate::clock::Time;
use crate::error::Result;
use crate::limits;
use crate::model::mail::Mail;
use crate::ops;
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;

/// A mail that was taken for sending is tried again after this, should its process be lost: longer than a mail server may
/// take for it.
const LEASE_SECONDS: i64 = 600;

/// A mail or a server is tried again after this, and twice as long each time, up to the longest.
const FIRST_SECONDS: i64 = 15;
const LONGEST_SECONDS: i64 = 3600;
/// A server that is away comes back for all mails at once.
const AWAY_LONGEST_SECONDS: i64 = 300;

/// So often a mail is offered to a server that refuses it for good: a moment of wrong configuration there loses nothing.
const REFUSALS: i32 = 5;

/// Sleeps at the most so long.
const LONGEST_SLEEP: Duration = Duration::from_secs(300);

/// Runs for ever; at once done where mail is only kept.
pub async fn run(app: Arc<App>) {
    let Some(transport) = Transport::new(&app.config.mail) else { return };
    // How often the server was away, one after the other, and until when it is left alone.
    let (mut away, mut quiet_until) = (0, None);
    loop {
        let now = app.clock.now();
        let next = if quiet_until.is_some_and(|until| now < until) {
            quiet_until
        } else {
            match turn(&app, &transport, now).await {
                Ok(Turn::More) => {
                    away = 0;
                    continue;
                }
                Ok(Turn::Done(next)) => next,
                Ok(Turn::Away) => {
                    away += 1;
                    quiet_until = Some(now.plus_seconds(back_off(away, AWAY_LONGEST_SECONDS)));
                    quiet_until
                }
                Err(_) => Some(now.plus_seconds(FIRST_SECONDS)),
            }
        };
        let until = |next: Time| Duration::from_millis(u64::try_from(next.millis() - now.millis()).unwrap_or(0) + 1);
        tokio::select! {
            () = tokio::time::sleep(next.map_or(LONGEST_SLEEP, until).min(LONGEST_SLEEP)) => {}
            () = app.mails_due.notified() => {}
        }
    }
}

/// What came of trying what is due.
enum Turn {
    /// There may be more.
    More,
    /// Nothing is due until then.
    Done(Option<Time>),
    /// The server is away.
    Away,
}

async fn turn(app: &App, transport: &Transport, now: Time) -> Result<Turn> {
    // Looked at before it is locked for writing: mostly nothing is due.
    let first = ops::mail::next_due(app).await?;
    if first.is_none_or(|first| first > now) {
        return Ok(Turn::Done(first));
    }
    let (claimed, next) = ops::mail::claim_due(app, now, now.plus_seconds(LEASE_SECONDS), AT_ONCE).await?;
    if claimed.is_empty() {
        return Ok(Turn::Done(next));
    }
    let done = join_all(claimed.iter().map(|mail| deliver(app, transport, mail, now))).await;
    // A server that takes one of them is there, whatever it has against the others.
    let mut is_away = true;
    for one in done {
        is_away &= one?;
    }
    Ok(if is_away { Turn::Away } else { Turn::More })
}

/// Tries one mail and writes down what came of it; whether the server is away.
async fn deliver(app: &App, transport: &Transport, mail: &Mail, now: Time) -> Result<bool> {
    let id = mail.id;
    let Err(failure) = transport.send(mail, ops::mail::body_of(app, mail)).await else {
        metrics::counter!("mails_sent_total").increment(1);
        return ops::mail::sent(app, id, now).await.map(|()| false);
    };
    let after = |longest| Some(now.plus_seconds(back_off(mail.attempts, longest)));
    let retry = after(LONGEST_SECONDS);
    // Servers repeat the address in what they say, so their words stand in the row and not in the log.
    let (why, again, is_away) = match failure {
        Failure::Away(why) => {
            tracing::warn!(mail = id.bare(), why, "the mail server cannot be used; mail waits");
            (why, after(AWAY_LONGEST_SECONDS), true)
        }
        Failure::Later(why) => {
            let old = now.seconds() - mail.created_at.seconds() > limits::MAIL_REFUSED_SECONDS;
            (why, retry.filter(|_| !old), false)
        }
        Failure::Never(why) => (why, retry.filter(|_| mail.attempts < REFUSALS), false),
    };
    if again.is_none() {
        tracing::warn!(mail = id.bare(), attempts = mail.attempts, "a mail was given up; its row says why");
        metrics::counter!("mails_given_up_total").increment(1);
    }
    ops::mail::refused(app, id, why, again).await.map(|()| is_away)
}

/// Seconds after the try of this number.
fn back_off(tries: i32, longest: i64) -> i64 {
    let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or(0).min(16);
    (FIRST_SECONDS << doublings).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_an_hour() {
        let waits: Vec<i64> = (1..=10).map(|tries| back_off(tries, LONGEST_SECONDS)).collect();
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(back_off(i32::MAX, LONGEST_SECONDS), 3600);
    }
}
