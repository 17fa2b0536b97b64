//! What the pool asks for: connections, made by the scheme of the address.
//!
//! Diesel's derived `establish` would try one database after the other and swallow the reason, so it is not used.

use super::Conn;
use crate::model::page::register_lower;
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Settings of every SQLite connection; the busy timeout first, since the others may have to wait.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
                               PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;";

/// Makes connections to one database.
pub struct Manager {
    target: Target,
    statements: Arc<AtomicU64>,
}

/// Counts the statements of a connection.
struct Counter(Arc<AtomicU64>);

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

enum Target {
    Sqlite(String),
    Postgres(String),
}

impl Manager {
    /// `url` is `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    pub fn new(url: &str) -> Result<Self, String> {
        let target = if let Some(path) = url.strip_prefix("sqlite:") {
            Target::Sqlite(path.trim_start_matches("//").to_owned())
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Target::Postgres(url.to_owned())
        } else {
            return Err("DATABASE_URL must begin with sqlite: or postgres://".into());
        };
        Ok(Self { target, statements: Arc::default() })
    }

    /// How many statements its connections have run.
    pub fn statements(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.statements)
    }

    /// For messages: never the address itself, which may hold a password.
    pub fn describe(&self) -> String {
        match &self.target {
            Target::Sqlite(path) => format!("the SQLite file {path}"),
            Target::Postgres(_) => "the PostgreSQL database of DATABASE_URL".into(),
        }
    }

    /// A PostgreSQL connection can die while it lies in the pool; a SQLite one cannot.
    pub fn tests_on_check_out(&self) -> bool {
        matches!(self.target, Target::Postgres(_))
    }
}

impl diesel::r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        use diesel::r2d2::Error::{ConnectionError, QueryError};
        match &self.target {
            Target::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(path).map_err(ConnectionError)?;
                conn.batch_execute(SQLITE_SETTINGS).map_err(QueryError)?;
                register_lower(&mut conn).map_err(QueryError)?;
                conn.set_instrumentation(Counter(self.statements()));
                Ok(Conn::Sqlite(conn))
            }
            Target::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(ConnectionError)?;
                conn.set_instrumentation(Counter(self.statements()));
                Ok(Conn::Pg(conn))
            }
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        use diesel::connection::TransactionManager;
        use diesel::r2d2::R2D2Connection;
        match conn {
            Conn::Pg(pg) => pg.is_broken(),
            Conn::Sqlite(sqlite) => {
                <SqliteConnection as Connection>::TransactionManager::is_broken_transaction_manager(sqlite)
            }
        }
    }
}
