//! The program itself: what it prints, what it refuses to start with, how it ends.

use crate::harness::{PATIENCE, Person};
use protocol::link::BADLY_SET;
use std::fs::Permissions;
use std::io::{BufRead, BufReader, Lines, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

fn program(data: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_api"));
    command
        .env_clear()
        .envs([("LISTEN", "127.0.0.1:0"), ("MEDIA_EXTERNAL", "1")])
        .env("DATA_DIR", data)
        .envs(settings.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Ends the program with the test, also when the test fails. What it prints can be read as long.
struct Running(Child, Option<Lines<BufReader<ChildStdout>>>);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it, and reads what it prints up to a line that begins with `last`.
fn start(data: &Path, settings: &[(&str, &str)], last: &str) -> (Running, Vec<String>) {
    let mut child = program(data, settings).spawn().unwrap();
    let output = child.stdout.take().map(|output| BufReader::new(output).lines());
    let mut running = Running(child, output);
    let mut lines = Vec::new();
    for line in running.1.as_mut().unwrap() {
        lines.push(line.unwrap());
        if lines.last().is_some_and(|line| line.trim_start().starts_with(last)) {
            return (running, lines);
        }
    }
    panic!("it ended after {lines:?}");
}

/// What it says when it does not start.
fn refusal(data: &Path, settings: &[(&str, &str)]) -> String {
    let mut child = Running(program(data, settings).spawn().unwrap(), None);
    let began = Instant::now();
    while child.0.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < PATIENCE, "it started");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(!child.0.wait().unwrap().success());
    let mut text = String::new();
    child.0.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    text
}

const PRODUCTION: [(&str, &str); 2] =
    [("ROUNDTABLE_ENV", "production"), ("SECRET", "0123456789abcdef0123456789abcdef")];

/// The demo prints its logins, which work; another start finds it there; production will not have it.
#[tokio::test]
async fn the_demo_is_seeded_once_and_never_served_in_production() {
    let data = tempfile::tempdir().unwrap();
    let (first, lines) = start(data.path(), &[("DEMO", "1")], "chien@example.org");
    let address = lines[0].strip_prefix("listening on ").unwrap().to_owned();
    let mut olivia = Person::new(&address);
    let answer = olivia.sign_in("olivia@example.org", api::ops::demo::PASSWORD).await;
    assert_eq!(answer["data"]["signIn"]["account"]["name"], "Olivia Organizer");
    let query = "{ me { organizations { events { nodes { slug state } } } } event(slug: \"demo\") { sessions { totalCount } registrations { totalCount } } }";
    let data_of = |answer: serde_json::Value| answer["me"]["organizations"][0]["events"]["nodes"].clone();
    let seeded = olivia.ok(query, serde_json::json!({})).await;
    assert_eq!(
        (&seeded["event"]["sessions"]["totalCount"], &seeded["event"]["registrations"]["totalCount"]),
        (&5.into(), &5.into())
    );
    let chat =
        "{ event(slug: \"demo\") { sessions { nodes { title chat { pinned { text } } messages { totalCount nodes { text
        mentions { name } } } } } } }";
    let rooms = olivia.ok(chat, serde_json::json!({})).await["event"]["sessions"]["nodes"].take();
    let lobby = rooms.as_array().unwrap().iter().find(|room| room["title"] == "Lobby").unwrap();
    assert!(lobby["chat"]["pinned"]["text"].as_str().unwrap().starts_with("Welcome!"));
    let written = lobby["messages"]["nodes"].as_array().unwrap();
    assert!(written.len() > 5, "a first look at a room is not empty");
    let asked = written.iter().find(|message| message["mentions"][0]["name"] == "Chien-Shiung Wu");
    assert!(asked.is_some(), "{written:?}");
    let events = data_of(seeded);
    let expected = serde_json::json!([
        { "slug": "next", "state": "UPCOMING" }, { "slug": "demo", "state": "LIVE" }, { "slug": "last", "state": "ENDED" },
    ]);
    assert_eq!(events, expected);
    for (name, email) in api::ops::demo::PEOPLE {
        assert!(lines.iter().any(|line| line.contains(email)), "{email}");
        let answer = Person::new(&address).sign_in(email, api::ops::demo::PASSWORD).await;
        assert_eq!(answer["data"]["signIn"]["account"]["name"], name);
    }
    drop(first);

    let (again, lines) = start(data.path(), &[("DEMO", "1")], "chien@example.org");
    let mut olivia = Person::new(lines[0].strip_prefix("listening on ").unwrap());
    olivia.sign_in("olivia@example.org", api::ops::demo::PASSWORD).await;
    assert_eq!(data_of(olivia.ok(query, serde_json::json!({})).await), expected);
    drop(again);

    assert!(refusal(data.path(), &PRODUCTION).contains("demo"));
}

#[test]
fn a_start_that_cannot_work_says_what_to_do() {
    let data = tempfile::tempdir().unwrap();
    assert!(refusal(data.path(), &[("ROUNDTABLE_ENV", "production")]).contains("openssl rand -hex 32"));
    assert!(refusal(data.path(), &[PRODUCTION[0], PRODUCTION[1], ("DEMO", "1")]).contains("DEMO"));
    assert!(refusal(data.path(), &[("DATABASE_URL", "mysql://x")]).contains("DATABASE_URL"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert!(refusal(data.path(), &[("LISTEN", &address)]).contains("Set LISTEN to another address"));
    start(data.path(), &PRODUCTION, "listening on");
}

/// It would be started again for ever, and nobody could enter a room, while all looked well.
#[test]
fn settings_with_which_media_cannot_run_end_the_api_as_well() {
    let data = tempfile::tempdir().unwrap();
    let media = data.path().join("media");
    std::fs::write(&media, format!("#!/bin/sh\necho 'media: RENDERS: few is no number' >&2\nexit {BADLY_SET}\n"))
        .unwrap();
    std::fs::set_permissions(&media, Permissions::from_mode(0o755)).unwrap();
    let said = refusal(data.path(), &[("MEDIA_EXTERNAL", "0"), ("MEDIA_BIN", media.to_str().unwrap())]);
    assert!(said.contains("RENDERS") && said.contains("media cannot run with its settings"), "{said}");
}
