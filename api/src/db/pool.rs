//! What the pool asks for: connections, made by the scheme of the address.
//!
//! Diesel's derived `establish` would try one database after the other and swallow the reason, so it is not used.

use super::Conn;
use crate::model::page::register_lower;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// Settings of every SQLite connection; the busy timeout first, since the others may have to wait.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
                               PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;";

/// Makes connections to one database.
pub struct Manager {
    target: Target,
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
        Ok(Self { target })
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
                Ok(Conn::Sqlite(conn))
            }
            Target::Postgres(url) => PgConnection::establish(url).map(Conn::Pg).map_err(ConnectionError),
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
