//! The database: SQLite or PostgreSQL behind one connection type, chosen by the address at run time.
//!
//! Diesel blocks, so every use runs on a blocking thread, and no more of them wait than there are connections.

pub mod column;
mod pool;

use crate::error::{Error, Result};
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use diesel::migration::MigrationSource;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::r2d2::Pool;
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use pool::Manager;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// Held by PostgreSQL while migrations run, so that several api processes may start at once.
const MIGRATION_LOCK: i64 = 0x526f_756e_6474_6162;

/// How long a request waits for a connection.
pub(crate) const WAIT: Duration = Duration::from_secs(5);

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// The backend that stands for both: what rows implement `Selectable` for.
pub type Backend = MultiBackend;

/// A statement that both native databases accept but [`Backend`] lacks, such as `on_conflict`.
pub struct Both<Q>(pub Q);

impl<Q: QueryFragment<Pg> + QueryFragment<Sqlite>> QueryFragment<MultiBackend> for Both<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, out)
    }
}

impl<Q: QueryId> QueryId for Both<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for Both<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Conn> for Both<Q> {}

/// Runs an expression with the native connection: for batch inserts, which [`Backend`] lacks.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $native:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Pg($native) => $body,
            $crate::db::Conn::Sqlite($native) => $body,
        }
    };
}

/// The pool, and the right to wait for one of its connections.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    free: Arc<Semaphore>,
    statements: Arc<AtomicU64>,
}

impl Db {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`) and brings its tables up to date. Blocks.
    pub fn open(url: &str, connections: u32) -> std::result::Result<Self, String> {
        let manager = Manager::new(url)?;
        let (what, statements) = (manager.describe(), manager.statements());
        let pool = Pool::builder()
            .max_size(connections)
            .test_on_check_out(manager.tests_on_check_out())
            .connection_timeout(WAIT)
            .build(manager)
            .map_err(|error| format!("cannot open {what}: {error}"))?;
        let mut conn = pool.get().map_err(|error| format!("cannot open {what}: {error}"))?;
        migrate(&mut conn).map_err(|error| format!("cannot bring {what} up to date: {error}"))?;
        Ok(Self { pool, free: Arc::new(Semaphore::new(connections as usize)), statements })
    }

    /// How many statements were run. On PostgreSQL each use of a connection tests it by one more.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Reads: `work` runs on a blocking thread with a connection of its own, outside a transaction.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        // Not for ever: with a database that does not answer, the queue would only grow.
        let waiting = timeout(WAIT, Arc::clone(&self.free).acquire_owned()).await;
        let permit = waiting.map_err(|_late| Error::Unavailable)?.map_err(|_closed| Error::Unavailable)?;
        let pool = self.pool.clone();
        let started = std::time::Instant::now();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut conn = pool.get().map_err(|error| {
                tracing::error!(%error, "no database connection");
                Error::Unavailable
            })?;
            work(&mut conn)
        })
        .await;
        metrics::histogram!("database_duration_seconds").record(started.elapsed().as_secs_f64());
        done.unwrap_or_else(|panic| {
            tracing::error!(%panic, "a database task panicked");
            Err(Error::Internal)
        })
    }

    /// Writes: `work` runs in one transaction, which holds from its first statement and is undone when `work` fails.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.read(|conn| transaction(conn, work)).await
    }
}

/// SQLite takes its write lock at the start: a transaction that reads first and writes later would fail under
/// contention, and no busy timeout helps it.
fn transaction<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    match conn {
        Conn::Pg(pg) => AnsiTransactionManager::begin_transaction(pg)?,
        Conn::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?,
    }
    let mut open = OpenTransaction { conn, done: false };
    let value = work(open.conn)?;
    open.done = true;
    if let Err(error) = <Conn as Connection>::TransactionManager::commit_transaction(open.conn) {
        open.done = false;
        return Err(error.into());
    }
    Ok(value)
}

/// Rolls back when dropped undone, so also when `work` panics: otherwise a pooled connection would keep its lock.
struct OpenTransaction<'a> {
    conn: &'a mut Conn,
    done: bool,
}

impl Drop for OpenTransaction<'_> {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = <Conn as Connection>::TransactionManager::rollback_transaction(self.conn)
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }
}

fn migrate(conn: &mut Conn) -> std::result::Result<(), String> {
    let text = |error: diesel::result::Error| error.to_string();
    match conn {
        Conn::Pg(pg) => {
            diesel::sql_query(format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).execute(pg).map_err(text)?;
            let done = run(pg, POSTGRES);
            diesel::sql_query(format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})")).execute(pg).map_err(text)?;
            done
        }
        Conn::Sqlite(sqlite) => run(sqlite, SQLITE),
    }
}

fn run<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    migrations: impl MigrationSource<DB>,
) -> std::result::Result<(), String> {
    for name in conn.run_pending_migrations(migrations).map_err(|error| error.to_string())? {
        tracing::info!(migration.name = %name, "migrated");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::sessions;
    use diesel::connection::SimpleConnection;
    use diesel::migration::Migration;

    /// A database as it was before that migration.
    fn before(name: &str) -> SqliteConnection {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        for migration in conn.pending_migrations(SQLITE).unwrap() {
            if migration.name().to_string().ends_with(name) {
                break;
            }
            conn.run_migration(&migration).unwrap();
        }
        conn
    }

    /// K2, B8: what is recorded, or was, when starts begin to be counted was started once.
    #[test]
    fn k2_b8_what_was_recorded_before_was_started() {
        let mut conn = before("_record_starts");
        conn.batch_execute(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO sessions (id, event_id, title, description, display_size, priority, watch_access, share_access,
                 max_participants, scheduling, version, created_at, updated_at, record)
             SELECT column1, 'event', '', '', 'medium', 1, 'anyone', 'anyone', 50, 'always_open', 1, '2027-03-01',
                 '2027-03-01', column2 FROM (VALUES ('never', FALSE), ('off', FALSE), ('on', TRUE));
             INSERT INTO recordings (id, event_id, session_id, session_title, block, node, started_at, length_ms, bytes,
                 state, percent, replay, stored, version)
             VALUES ('block', 'event', 'off', '', 1, '', '2027-03-01', 0, 0, 'ready', 0, FALSE, FALSE, 1);",
        )
        .unwrap();
        run(&mut conn, SQLITE).unwrap();
        let starts = sessions::table.order(sessions::id).select((sessions::id, sessions::record_starts));
        let starts: Vec<(String, i64)> = starts.load(&mut conn).unwrap();
        assert_eq!(starts, [("never".into(), 0), ("off".into(), 1), ("on".into(), 1)]);
    }
}
