//! Ids: every kind is its own type, a ULID as text in the database, `kind:ULID` at the edge.

use crate::clock::Clock;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use std::fmt;
use std::sync::{Arc, Mutex};
use ulid::Ulid;

/// The 26 characters of a ULID. Sorts by the time it was made.
type Characters = [u8; 26];

/// A kind of id.
pub trait Id: Sized {
    /// What stands before the colon at the edge.
    const PREFIX: &'static str;

    fn from_ulid(ulid: Ulid) -> Self;

    /// The id in `text`, or nothing if `text` is no id of this kind.
    fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(Self::PREFIX)?.strip_prefix(':')?;
        Ulid::from_string(rest).ok().map(Self::from_ulid)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub struct $name(Characters);

        impl Id for $name {
            const PREFIX: &'static str = $prefix;

            fn from_ulid(ulid: Ulid) -> Self {
                let mut characters = Characters::default();
                ulid.array_to_str(&mut characters);
                Self(characters)
            }
        }

        impl $name {
            /// The ULID alone, as it stands in the database and in page addresses.
            pub fn bare(&self) -> &str {
                std::str::from_utf8(&self.0).expect("a ULID is ASCII")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}:{}", Self::PREFIX, self.bare())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.bare().to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Self::from_ulid(Ulid::from_string(&String::from_sql(bytes)?)?))
            }
        }
    };
}

id!(
    /// A person with an account.
    AccountId,
    "account"
);
id!(
    /// A sign-in.
    LoginId,
    "login"
);
id!(
    /// A mail that waits to be sent, or was.
    MailId,
    "mail"
);
id!(
    /// What opens by a link in a mail.
    MailTokenId,
    "mail-token"
);
id!(
    /// Who owns events.
    OrganizationId,
    "organization"
);
id!(EventId, "event");
id!(
    /// One person's admission to one event.
    RegistrationId,
    "registration"
);
id!(
    /// A room of the programme.
    SessionId,
    "session"
);
id!(TagId, "tag");
id!(
    /// What a person registers with.
    TicketTypeId,
    "ticket"
);
id!(
    /// A slot in an event's schedule.
    SegmentId,
    "segment"
);

id!(
    /// Somebody asking to go on screen.
    ShareRequestId,
    "share-request"
);
id!(
    /// What a host did.
    HostActionId,
    "host-action"
);
id!(
    /// What somebody uploaded to be seen.
    PictureId,
    "picture"
);

id!(
    /// A block of a recording, made by media.
    RecordingId,
    "recording"
);

id!(
    /// What somebody wrote in a chat.
    MessageId,
    "message"
);

/// The one source of ids and randomness.
pub struct Ids {
    clock: Arc<dyn Clock>,
    random: Mutex<StdRng>,
}

impl Ids {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, random: Mutex::new(StdRng::from_os_rng()) }
    }

    /// A new id, later than those of an earlier millisecond.
    pub fn next<I: Id>(&self) -> I {
        let millis = u64::try_from(self.clock.now().millis()).unwrap_or(0);
        I::from_ulid(Ulid::from_parts(millis, self.locked(|random| random.random())))
    }

    /// A secret of 256 bits as 64 hex digits, for cookies and tokens.
    pub fn secret(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.locked(|random| random.fill_bytes(&mut bytes));
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// 16 random bytes, for a password's salt.
    pub fn salt(&self) -> [u8; 16] {
        self.locked(|random| random.random())
    }

    fn locked<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.random.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    #[test]
    fn an_id_comes_back_from_its_text_only_as_its_own_kind() {
        let id: SessionId = Ids::new(Arc::new(SystemClock)).next();
        assert_eq!(SessionId::parse(&id.to_string()), Some(id));
        assert_eq!(EventId::parse(&id.to_string()), None);
        assert_eq!(SessionId::parse(id.bare()), None);
        assert_eq!(SessionId::parse("session:x"), None);
    }
}
