//! The server of a test: on a free port, with a folder, a database and a clock of its own.

use super::Person;
use actix_web::web::Data;
use api::app::App;
use api::clock::{Clock, Time};
use api::config::Config;
use api::feed::Topic;
use api::ids::{EventId, Id};
use api::model;
use api::server::{self, State};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use metrics_exporter_prometheus::PrometheusBuilder;
use protocol::pass::{Pass, key};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tempfile::TempDir;

/// The moment at which every test begins.
pub const BEGINNING: &str = "2027-03-01T09:00:00Z";

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A clock that stands still until it is moved.
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Time {
        DateTime::<Utc>::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap().into()
    }
}

pub struct TestApp {
    pub address: String,
    pub app: Arc<App>,
    clock: Arc<TestClock>,
    _folder: TempDir,
    _server: Stopper,
}

/// Stops the server's thread with the test.
struct Stopper(actix_web::dev::ServerHandle);

impl Drop for Stopper {
    fn drop(&mut self) {
        drop(self.0.stop(false));
    }
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With more settings in the environment.
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pages = folder.path().join("web");
        std::fs::create_dir_all(pages.join("assets")).unwrap();
        std::fs::write(pages.join("index.html"), "<!doctype html><title>Roundtable</title>").unwrap();
        std::fs::write(pages.join("assets/a-1.js"), "export {}").unwrap();
        let mut env: HashMap<String, String> = HashMap::from([
            ("DATA_DIR".into(), folder.path().join("data").display().to_string()),
            ("WEB_DIR".into(), pages.display().to_string()),
            ("DATABASE_CONNECTIONS".into(), "4".into()),
        ]);
        if let Ok(server) = std::env::var("TEST_POSTGRES_URL") {
            env.insert("DATABASE_URL".into(), new_database(&server));
        }
        env.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_map(&env).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let beginning = DateTime::parse_from_rfc3339(BEGINNING).unwrap().timestamp_millis();
        let clock = Arc::new(TestClock(AtomicI64::new(beginning)));
        let app = Arc::new(App::new(config, address.clone(), Arc::clone(&clock) as Arc<dyn Clock>).unwrap());
        let (started, handle) = mpsc::channel();
        let served = Arc::clone(&app);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let metrics = PrometheusBuilder::new().build_recorder().handle();
                actix_web::rt::spawn(api::timer::run(Arc::clone(&served)));
                actix_web::rt::spawn(api::mail::worker::run(Arc::clone(&served)));
                let (_stop, stopping) = tokio::sync::watch::channel(false);
                let server = server::start(Data::new(State::new(served, metrics, stopping)), listener).unwrap();
                started.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = Stopper(handle.recv().unwrap());
        Self { address, app, clock, _folder: folder, _server: server }
    }

    /// The time of the test, as the API writes it, so many seconds from now.
    pub fn at(&self, seconds: i64) -> String {
        self.clock.now().plus_seconds(seconds).utc().to_rfc3339()
    }

    /// Moves the clock, and wakes what waits for it.
    pub fn advance(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
        self.app.times_changed.notify_one();
        self.app.mails_due.notify_one();
    }

    /// Waits until so many listen to a topic: a subscription starts by itself after its frame was read.
    pub async fn wait_for_listeners(&self, topic: Topic, count: usize) {
        let listening = async {
            while self.app.feed.listeners(topic) < count {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(super::PATIENCE, listening).await.expect("nobody listens");
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Person {
        Person::new(&self.address)
    }

    /// Somebody with an account, `NAME@example.org`, and that address confirmed.
    pub async fn person(&self, name: &str) -> Person {
        let person = self.unverified(name).await;
        let email = format!("{}@example.org", name.to_lowercase());
        self.verify_in_the_database(&email).await;
        person
    }

    /// Somebody who has just signed up, as `NAME@example.org`.
    pub async fn unverified(&self, name: &str) -> Person {
        let mut person = self.stranger();
        person.sign_up(name).await;
        person
    }

    pub async fn verify_in_the_database(&self, email: &str) {
        let (email, now) = (email.to_owned(), self.app.clock.now());
        let verify = move |conn: &mut _| {
            let account = model::account::by_email(conn, &email)?.unwrap();
            Ok(model::account::verify(conn, account.id, now)?)
        };
        self.app.db.write(verify).await.unwrap();
    }

    pub async fn add_organizer_in_the_database(&self, organization: &str, account: &str) {
        let organization = api::ids::OrganizationId::parse(organization).unwrap();
        let (account, now) = (api::ids::AccountId::parse(account).unwrap(), self.app.clock.now());
        let add = move |conn: &mut _| Ok(model::organization::add_organizer(conn, organization, account, now)?);
        self.app.db.write(add).await.unwrap();
    }

    /// The first organizer of a new installation, called Olivia.
    pub async fn organizer(&self) -> Person {
        let mut person = self.stranger();
        person.set_up().await;
        person
    }

    /// A published event of the organizer that runs now; gives its id.
    pub async fn live_event(&self, organizer: &Person, slug: &str) -> String {
        let event = self.draft_event(organizer, slug, (-3600, 3600)).await;
        organizer.publish(&event).await;
        event
    }

    /// An event of the organizer with start and end in seconds from now; gives its id.
    pub async fn draft_event(&self, organizer: &Person, slug: &str, (start, end): (i64, i64)) -> String {
        let input = json!({
            "organizationId": organizer.organization().await, "slug": slug, "name": slug,
            "startsAt": self.at(start), "endsAt": self.at(end), "timeZone": "Europe/Berlin",
        });
        let data = organizer
            .ok(
                "mutation($input: CreateEventInput!) { createEvent(input: $input) { event { id } } }",
                json!({ "input": input }),
            )
            .await;
        text(&data["createEvent"]["event"]["id"])
    }

    /// The id of the ticket type that the event began with.
    pub async fn first_ticket_type(&self, event: &str) -> String {
        let event = EventId::parse(event).unwrap();
        let read = move |conn: &mut _| Ok(model::ticket_type::of_event(conn, event)?);
        self.app.db.read(read).await.unwrap()[0].id.to_string()
    }

    /// The pass that the person gets for the session, without its expiry, which runs on the test's clock.
    pub async fn pass(&self, person: &Person, session: &str) -> Pass {
        let join = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";
        let data = person.ok(join, json!({ "input": { "sessionId": session } })).await;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.set_audience(&["roundtable-media"]);
        let key = key(&self.app.config.secret, "pass");
        let token = text(&data["joinSession"]["pass"]);
        decode(&token, &DecodingKey::from_secret(key.as_bytes()), &validation).unwrap().claims
    }

    /// Somebody with an account who is registered for the event.
    pub async fn attendee(&self, event: &str, name: &str) -> Person {
        let person = self.person(name).await;
        person.register(event).await;
        person
    }
}

/// The text of a JSON value that must be one.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Makes a database on the PostgreSQL server of the tests, for one test.
fn new_database(server: &str) -> String {
    let number = DATABASES.fetch_add(1, Ordering::SeqCst);
    let name = format!("test_{}_{number}", std::process::id());
    let mut conn = PgConnection::establish(server).expect("TEST_POSTGRES_URL must be a server that is running");
    diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut conn).unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
