//! What mails say. Plain text, in English.
//!
//! The token stands in the fragment of an address, which browsers send to nobody: it is in no log and no `Referer`. Nothing
//! that a stranger typed is in a mail to somebody else: it would make us carry their advertisements.

use crate::model::event::Event;
use chrono_tz::Tz;

/// Where the token stands in a body.
pub const TOKEN: &str = "{token}";

/// A mail without its recipient.
pub struct Letter {
    pub subject: String,
    pub body: String,
}

pub fn verification(url: &str) -> Letter {
    Letter {
        subject: "Confirm your email address".into(),
        body: format!(
            "Hello,\n\n\
             an account was made with this email address at {url}. Confirm that it is yours:\n\n\
             {url}/verify-email#token={TOKEN}\n\n\
             The link works for three days. If you did not make this account, do not open it: nothing else happens.\n"
        ),
    }
}

/// `first`: the account has no password yet.
pub fn reset(url: &str, first: bool) -> Letter {
    let (subject, what) = if first {
        ("Set a password", "somebody, hopefully you, asked to set a password for your account")
    } else {
        ("Set a new password", "somebody, hopefully you, asked to set a new password for your account")
    };
    Letter {
        subject: subject.into(),
        body: format!(
            "Hello,\n\n\
             {what} at {url}:\n\n\
             {url}/reset-password#token={TOKEN}\n\n\
             The link works once, within an hour. If you did not ask for it, ignore this mail: everything stays as it is.\n"
        ),
    }
}

pub fn sign_in_link(url: &str, event: &Event) -> Letter {
    Letter {
        subject: format!("Your link to {}", event.name),
        body: format!(
            "Hello,\n\n\
             here is your link to {}. It signs you in without a password:\n\n\
             {}\n\n{}",
            event.name,
            link(url),
            about(url, event)
        ),
    }
}

pub fn registered(url: &str, event: &Event) -> Letter {
    Letter {
        subject: format!("You are registered for {}", event.name),
        body: format!(
            "Hello,\n\n\
             you are registered for {}. This link signs you in without a password:\n\n\
             {}\n\n{}",
            event.name,
            link(url),
            about(url, event)
        ),
    }
}

fn link(url: &str) -> String {
    format!("{url}/sign-in-link#token={TOKEN}")
}

fn about(url: &str, event: &Event) -> String {
    format!(
        "When: {}\n\
         Where: {url}/e/{}\n\n\
         The link is yours alone: whoever has it takes part as you. It works until a week after the event.\n",
        times(event),
        event.slug
    )
}

pub fn organizer_invitation(url: &str, organization: &str, sender: &str) -> Letter {
    Letter {
        subject: format!("{organization} invites you to organize"),
        body: format!(
            "Hello,\n\n\
             {sender} invites you to organize the events of {organization}. Accept here, with an account of this email \
             address:\n\n\
             {url}/organizer-invitation#token={TOKEN}\n\n\
             The link works once, within two weeks. If you do not want to, ignore this mail.\n"
        ),
    }
}

pub fn organizer_added(url: &str, organization: &str, sender: &str) -> Letter {
    Letter {
        subject: format!("You organize the events of {organization}"),
        body: format!(
            "Hello,\n\n\
             {sender} made you an organizer of {organization}. Its events are waiting for you:\n\n\
             {url}/dashboard\n"
        ),
    }
}

/// Start and end in the event's own zone, like `Thursday, 4 March 2027, 09:00 to 17:30 (Europe/Berlin, UTC+01:00)`.
fn times(event: &Event) -> String {
    let zone: Tz = event.time_zone.parse().unwrap_or(Tz::UTC);
    let (start, end) = (event.starts_at.utc().with_timezone(&zone), event.ends_at.utc().with_timezone(&zone));
    const DAY: &str = "%A, %-d %B %Y, %H:%M";
    let until = if start.date_naive() == end.date_naive() { "%H:%M" } else { DAY };
    format!("{} to {} ({}, UTC{})", start.format(DAY), end.format(until), event.time_zone, start.format("%:z"))
}
