//! What can go wrong in the api, in the caller's words.
//!
//! Which one: `Unauthenticated` when signing in would help; `NotFound` for what does not exist *or may not be seen*, so
//! that both look alike; `Forbidden` for what may be seen but not done; `Invalid` for input, all problems at once;
//! `Conflict` when somebody else was faster. `Internal` is logged where it is made and says nothing to the caller.

use crate::validate::Problem;
use async_graphql::{ErrorExtensionValues, Value};
use diesel::result::{DatabaseErrorKind, Error as Diesel};

pub type Result<T> = std::result::Result<T, Error>;

/// Not a `std::error::Error`: async-graphql would turn anything that can be displayed into an error without a code.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    Unauthenticated,
    /// With what the caller may do instead.
    Forbidden(&'static str),
    /// With what was looked for.
    NotFound(&'static str),
    Invalid(Vec<Problem>),
    /// With what was faster.
    Conflict(&'static str),
    /// The same, where it is somebody with a name.
    Overtaken(String),
    WrongCredentials,
    RateLimited {
        seconds: u64,
    },
    /// A chat's slow mode.
    SlowMode {
        seconds: u64,
    },
    /// With what is missing.
    NotOpen(&'static str),
    Unavailable,
    Internal,
}

impl Error {
    /// The stable code that clients decide by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::NotFound(_) => "NOT_FOUND",
            Self::Invalid(_) => "INVALID_INPUT",
            Self::Conflict(_) | Self::Overtaken(_) => "CONFLICT",
            Self::WrongCredentials => "WRONG_CREDENTIALS",
            Self::RateLimited { .. } | Self::SlowMode { .. } => "RATE_LIMITED",
            Self::NotOpen(_) => "NOT_OPEN",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// What was wrong and what to do, in the caller's words.
    pub fn message(&self) -> String {
        match self {
            Self::Unauthenticated => "Sign in first.".into(),
            Self::NotFound(what) => format!("There is no such {what}, or it cannot be seen with this account."),
            Self::Forbidden(text) | Self::Conflict(text) | Self::NotOpen(text) => (*text).into(),
            Self::Overtaken(text) => text.clone(),
            Self::Invalid(problems) => {
                problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
            }
            Self::WrongCredentials => "The email address or the password is wrong.".into(),
            Self::RateLimited { seconds } => format!("Too many tries. Try again in {seconds} seconds."),
            Self::SlowMode { seconds: 1 } => "Slow mode: write again in 1 second.".into(),
            Self::SlowMode { seconds } => format!("Slow mode: write again in {seconds} seconds."),
            Self::Unavailable => "The service is busy or starting. Try again in a moment.".into(),
            Self::Internal => "Something went wrong on our side. Try again; if it stays, tell the organizer.".into(),
        }
    }

    /// Whether the same unique value was written by somebody else at the same moment.
    pub fn is_unique_violation(error: &diesel::result::Error) -> bool {
        matches!(error, Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        let passes = passes(&error);
        match &error {
            // Only of these: what a broken uniqueness has to say repeats the value, which may be an address.
            Diesel::DatabaseError(kind, information) if passes => {
                let details = information.details().unwrap_or_default();
                tracing::error!(%error, ?kind, details, "a database statement failed, and may be tried again");
            }
            Diesel::DatabaseError(kind, information) => {
                let table = information.table_name().unwrap_or_default();
                let constraint = information.constraint_name().unwrap_or_default();
                tracing::error!(%error, ?kind, table, constraint, "a database statement failed");
            }
            _ => tracing::error!(%error, "a database statement failed"),
        }
        if passes { Self::Unavailable } else { Self::Internal }
    }
}

/// Whether the same would work a moment later: it was in the way of somebody else's change, or the database went away.
fn passes(error: &Diesel) -> bool {
    let Diesel::DatabaseError(kind, information) = error else { return false };
    match kind {
        DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ClosedConnection => true,
        // SQLite gave up waiting for another writer; PostgreSQL ended one of two that waited for each other (40P01), for which
        // diesel has no kind.
        _ => ["database is locked", "deadlock detected"].iter().any(|text| information.message().contains(text)),
    }
}

/// The one conversion to GraphQL.
impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code());
        match &error {
            Error::Invalid(problems) => {
                let problems = problems.iter().map(Problem::to_value).collect();
                extensions.set("problems", Value::List(problems));
            }
            Error::RateLimited { seconds } | Error::SlowMode { seconds } => {
                extensions.set("retryAfterSeconds", *seconds)
            }
            _ => {}
        }
        let mut converted = Self::new(error.message());
        converted.extensions = Some(extensions);
        converted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who is in the way of somebody else may try again; what is wrong in the statement stays wrong.
    #[test]
    fn what_passes_may_be_tried_again() {
        let failed = |kind, text: &str| Error::from(Diesel::DatabaseError(kind, Box::new(text.to_owned())));
        assert_eq!(failed(DatabaseErrorKind::Unknown, "deadlock detected"), Error::Unavailable);
        assert_eq!(failed(DatabaseErrorKind::Unknown, "database is locked"), Error::Unavailable);
        assert_eq!(failed(DatabaseErrorKind::SerializationFailure, "could not serialize access"), Error::Unavailable);
        assert_eq!(failed(DatabaseErrorKind::ClosedConnection, "gone"), Error::Unavailable);
        assert_eq!(failed(DatabaseErrorKind::Unknown, "syntax error"), Error::Internal);
        assert_eq!(failed(DatabaseErrorKind::NotNullViolation, "null value"), Error::Internal);
        assert_eq!(Error::from(Diesel::NotFound), Error::Internal);
    }
}
