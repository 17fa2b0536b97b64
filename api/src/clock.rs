//! Time: the one clock, and the product's type for a moment.

use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Timestamp;

/// A moment in UTC with milliseconds: what both databases keep and give back alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Time(NaiveDateTime);

impl Time {
    /// Milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0.and_utc().timestamp_millis()
    }

    /// Seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    pub fn year(self) -> i32 {
        chrono::Datelike::year(&self.0)
    }

    pub fn plus_millis(self, millis: i64) -> Self {
        Self(self.0 + TimeDelta::milliseconds(millis))
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + TimeDelta::seconds(seconds))
    }
}

impl From<DateTime<Utc>> for Time {
    fn from(value: DateTime<Utc>) -> Self {
        Self(value.naive_utc().trunc_subsecs(3))
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for Time
where
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for Time
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        NaiveDateTime::from_sql(bytes).map(Self)
    }
}

/// Where the time comes from. Tests bring their own.
pub trait Clock: Send + Sync {
    fn now(&self) -> Time;

    /// Puts the clock ahead of the machine's, where tests may do so: development builds have it, the product does not.
    #[cfg(debug_assertions)]
    fn put_ahead(&self, _millis: i64) {}
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else takes the time from")]
    fn now(&self) -> Time {
        Utc::now().into()
    }
}

/// The machine's clock, which browser tests put ahead. It is no part of the product.
#[cfg(debug_assertions)]
#[derive(Default)]
pub struct MovedClock(std::sync::atomic::AtomicI64);

#[cfg(debug_assertions)]
impl Clock for MovedClock {
    fn now(&self) -> Time {
        let ahead = self.0.load(std::sync::atomic::Ordering::Relaxed);
        Time(SystemClock.now().0 + TimeDelta::milliseconds(ahead))
    }

    fn put_ahead(&self, millis: i64) {
        self.0.store(millis, std::sync::atomic::Ordering::Relaxed);
    }
}

/// The clock that the program runs by.
#[cfg(debug_assertions)]
pub fn of_program() -> std::sync::Arc<dyn Clock> {
    std::sync::Arc::new(MovedClock::default())
}

/// The clock that the program runs by.
#[cfg(not(debug_assertions))]
pub fn of_program() -> std::sync::Arc<dyn Clock> {
    std::sync::Arc::new(SystemClock)
}
