//! The outbox: written with what causes a mail, sent by a worker that waits for a mail server that is away.

use crate::harness::{Letter, SmtpServer, TestApp};
use api::model;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};

const ADA: &str = "ada@example.org";

async fn with_server(server: &SmtpServer) -> TestApp {
    let url = format!("smtp://{}", server.address);
    TestApp::start_with(&[("SMTP_URL", &url), ("MAIL_FROM", "Roundtable <rooms@example.org>")]).await
}

fn accept(_recipient: &str) -> &'static str {
    "250 ok"
}

/// The lines of a quoted-printable or plain body, put together again.
fn plain(wire: &str) -> String {
    wire.replace("=\r\n", "").replace("=3D", "=").replace("\r\n", "\n")
}

#[tokio::test]
async fn a1_a_mail_goes_to_a_mail_server() {
    let mut server = SmtpServer::away();
    server.start(accept);
    let app = with_server(&server).await;
    app.unverified("Ada").await;
    let wire = plain(&server.wait_for(1).await[0]);
    let letter = app.mail(ADA, "Confirm", 1).await;
    for part in ["From: Roundtable <rooms@example.org>", "To: ada@example.org", "Subject: Confirm your email address"] {
        assert!(wire.contains(part), "{wire}");
    }
    assert!(wire.contains(&format!("{}/verify-email#token={}", app.address, letter.token())), "{wire}");
}

/// A server that is away delays mail, loses none, and gets each once.
#[tokio::test]
async fn a1_mail_waits_for_a_server_that_is_away_and_arrives_once() {
    let mut server = SmtpServer::away();
    let app = with_server(&server).await;
    let names: Vec<String> = (0..6).map(|number| format!("Person{number}")).collect();
    for name in &names {
        app.unverified(name).await;
    }
    let first = format!("{}@example.org", names[0].to_lowercase());
    tried(&app).await;
    assert!(!app.mail(&first, "Confirm", 1).await.sent);
    server.start(accept);
    app.advance(3600);
    let taken = server.wait_for(names.len()).await;
    for name in &names {
        let to = format!("To: {}@example.org", name.to_lowercase());
        assert_eq!(taken.iter().filter(|mail| mail.contains(&to)).count(), 1, "{to}");
    }
    // Nothing is left to send, also much later.
    settled(&app).await;
    app.advance(24 * 3600);
    app.unverified("Last").await;
    assert_eq!(server.wait_for(names.len() + 1).await.len(), names.len() + 1);
}

/// What a server refuses for good is given up after some tries, and holds nothing else up.
#[tokio::test]
async fn a1_a_refused_mail_is_given_up_and_holds_nothing_up() {
    let mut server = SmtpServer::away();
    server.start(|line| if line.contains("<ada@") { "550 no such user" } else { "250 ok" });
    let app = with_server(&server).await;
    app.unverified("Ada").await;
    app.unverified("Bob").await;
    server.wait_for(1).await;
    for tries in 1..=5 {
        until(&app, move |mail| mail.recipient != ADA || mail.attempts >= tries && mail.failure.is_some()).await;
        app.advance(3600);
    }
    settled(&app).await;
    let rows = app.app.db.read(|conn| Ok(model::mail::latest(conn, 10)?)).await.unwrap();
    let ada = rows.iter().find(|mail| mail.recipient == ADA).unwrap();
    assert!(ada.sent_at.is_none() && ada.failure.as_deref().unwrap().contains("no such user"), "{ada:?}");
    assert_eq!(ada.attempts, 5);
    assert_eq!(server.taken().len(), 1);
}

/// A server that wants another name and password is as good as away: that is for the operator to mend.
#[tokio::test]
async fn a1_a_server_that_does_not_know_us_loses_no_mail() {
    static KNOWN: AtomicBool = AtomicBool::new(false);
    let mut server = SmtpServer::away();
    server.start(|_line| if KNOWN.load(Ordering::SeqCst) { "250 ok" } else { "530 authentication required" });
    let app = with_server(&server).await;
    app.unverified("Ada").await;
    for tries in 1..=8 {
        until(&app, move |mail| mail.attempts >= tries && mail.failure.is_some()).await;
        app.advance(24 * 3600);
    }
    KNOWN.store(true, Ordering::SeqCst);
    app.advance(24 * 3600);
    server.wait_for(1).await;
    settled(&app).await;
    assert!(app.mail(ADA, "Confirm", 1).await.sent);
}

/// Waits until something was tried and did not work.
async fn tried(app: &TestApp) {
    let wait = async {
        loop {
            let mails = app.app.db.read(|conn| Ok(model::mail::latest(conn, 100)?)).await.unwrap();
            if mails.iter().any(|mail| mail.failure.is_some()) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(crate::harness::PATIENCE, wait).await.expect("nothing was tried");
}

async fn settled(app: &TestApp) {
    until(app, |mail| mail.next_at.is_none()).await;
}

/// Waits until this holds for all mails.
async fn until(app: &TestApp, is: impl Fn(&model::mail::Mail) -> bool) {
    let wait = async {
        loop {
            let mails = app.app.db.read(|conn| Ok(model::mail::latest(conn, 100)?)).await.unwrap();
            if mails.iter().all(&is) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(crate::harness::PATIENCE, wait).await.expect("the outbox did not get there");
}

/// The database keeps no token, neither in its own row nor in the mail.
#[tokio::test]
async fn a1_tokens_are_in_mails_only() {
    let app = TestApp::start().await;
    app.unverified("Ada").await;
    let letter: Letter = app.mail(ADA, "Confirm", 1).await;
    assert!(!letter.stored.contains(&letter.token()), "{}", letter.stored);
    let hash = protocol::pass::digest(&letter.token());
    let find = move |conn: &mut _| Ok(model::mail_token::by_hash(conn, model::mail_token::Purpose::Verify, &hash)?);
    let row = app.app.db.read(find).await.unwrap().unwrap();
    assert_ne!(row.token_hash, letter.token());
}

/// In development a mail is a file, and a page shows it to whoever is on this machine.
#[tokio::test]
async fn mails_of_development_are_shown() {
    let app = TestApp::start().await;
    app.unverified("Ada").await;
    settled(&app).await;
    let folder = app.app.config.data_dir.join("mail");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let wire = plain(&std::fs::read_to_string(&files[0]).unwrap());
    let letter = app.mail(ADA, "Confirm", 1).await;
    assert!(wire.contains(&letter.token()), "{wire}");
    let stranger = app.stranger();
    let list = stranger.get("/dev/mail").send().await.unwrap().text().await.unwrap();
    let at = list.split_once("<li><a href=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(list.contains("Confirm your email address") && list.contains(ADA), "{list}");
    let page = stranger.get(at).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&format!("<a href=\"{}/verify-email#token={}\">", app.address, letter.token())), "{page}");
    for (name, value) in [("x-forwarded-for", "192.0.2.1"), ("host", "rebound.example.org")] {
        let foreign = stranger.get("/dev/mail").header(name, value).send().await.unwrap();
        assert!(!foreign.text().await.unwrap().contains("Confirm"), "only this machine is shown mail: {name}");
    }
}

#[tokio::test]
async fn mails_are_shown_neither_in_production_nor_when_they_are_sent() {
    let server = SmtpServer::away();
    let secret = "0123456789abcdef0123456789abcdef";
    let production = TestApp::start_with(&[("ROUNDTABLE_ENV", "production"), ("SECRET", secret)]).await;
    for app in [production, with_server(&server).await] {
        app.unverified("Ada").await;
        let id = app.app.db.read(|conn| Ok(model::mail::latest(conn, 1)?)).await.unwrap()[0].id;
        for path in ["/dev/mail".to_owned(), format!("/dev/mail/{}", id.bare())] {
            let page = app.stranger().get(&path).send().await.unwrap().text().await.unwrap();
            assert!(!page.contains("Confirm"), "{path}: {page}");
        }
    }
}

/// A4: 5,000 people of an import are written to in its transaction, and each has a link of their own.
#[tokio::test]
async fn a4_an_import_writes_to_everybody() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let lines: Vec<String> = (0..5_000).map(|number| format!("P {number},p{number}@example.org")).collect();
    let query = "mutation($input: ImportPeopleInput!) { importPeople(input: $input) { added } }";
    let csv = format!("Name,Email\n{}\n", lines.join("\n"));
    let ask = |dry_run: bool| json!({ "input": { "eventId": event, "csv": csv, "dryRun": dry_run } });
    olivia.ok(query, ask(true)).await;
    let written = || app.app.db.read(|conn| Ok(model::mail::latest(conn, 6_000)?));
    assert!(written().await.unwrap().is_empty(), "a dry run writes to nobody");
    olivia.ok(query, ask(false)).await;
    let mails = written().await.unwrap();
    assert_eq!(mails.len(), 5_000);
    let tokens: std::collections::HashSet<_> =
        mails.iter().map(|mail| api::ops::mail::body_of(&app.app, mail)).collect();
    assert_eq!(tokens.len(), 5_000);
    olivia.ok(query, ask(false)).await;
    assert_eq!(written().await.unwrap().len(), 5_000, "who is registered already is not written to again");
}
