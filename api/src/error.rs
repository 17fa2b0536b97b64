//! What can go wrong in the api, in the caller's words.
//!
//! Which one: `Unauthenticated` when signing in would help; `NotFound` for what does not exist *or may not be seen*, so
//! that both look alike; `Forbidden` for what may be seen but not done; `Invalid` for input, all problems at once;
//! `Conflict` when somebody else was faster. `Internal` is logged where it is made and says nothing to the caller.

use crate::validate::Problem;
use async_graphql::{ErrorExtensionValues, ErrorExtensions, Value};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("Sign in first.")]
    Unauthenticated,
    /// With what the caller may do instead.
    #[error("{0}")]
    Forbidden(&'static str),
    /// With what was looked for.
    #[error("There is no such {0}, or it cannot be seen with this account.")]
    NotFound(&'static str),
    #[error("{}", sentence(.0))]
    Invalid(Vec<Problem>),
    #[error("{0}")]
    Conflict(&'static str),
    #[error("The email address or the password is wrong.")]
    WrongCredentials,
    #[error("Too many tries. Try again in {seconds} seconds.")]
    RateLimited { seconds: u64 },
    /// With what is missing.
    #[error("{0}")]
    NotOpen(&'static str),
    #[error("The service is busy or starting. Try again in a moment.")]
    Unavailable,
    #[error("Something went wrong on our side. Try again; if it stays, tell the organizer.")]
    Internal,
}

fn sentence(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
}

impl Error {
    /// The stable code that clients decide by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::NotFound(_) => "NOT_FOUND",
            Self::Invalid(_) => "INVALID_INPUT",
            Self::Conflict(_) => "CONFLICT",
            Self::WrongCredentials => "WRONG_CREDENTIALS",
            Self::RateLimited { .. } => "RATE_LIMITED",
            Self::NotOpen(_) => "NOT_OPEN",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// Whether the same unique value was written by somebody else at the same moment.
    pub fn is_unique_violation(error: &diesel::result::Error) -> bool {
        use diesel::result::{DatabaseErrorKind, Error as Diesel};
        matches!(error, Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        tracing::error!(%error, "a database statement failed");
        Self::Internal
    }
}

/// The one conversion to GraphQL. async-graphql's blanket conversion from `Display` would drop the code.
impl ErrorExtensions for Error {
    fn extend(&self) -> async_graphql::Error {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code());
        match self {
            Self::Invalid(problems) => {
                let problems = problems.iter().map(Problem::to_value).collect();
                extensions.set("problems", Value::List(problems));
            }
            Self::RateLimited { seconds } => extensions.set("retryAfterSeconds", *seconds),
            _ => {}
        }
        let mut error = async_graphql::Error::new(self.to_string());
        error.extensions = Some(extensions);
        error
    }
}
