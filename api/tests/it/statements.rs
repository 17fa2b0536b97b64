//! The cost of the lists that everybody opens, in SQL statements: as many for an event of 100 rows as for one of 10. And of what happens
//! to many sessions at once.

use crate::harness::{FakeMedia, Person, TestApp};
use api::ops::demo::PASSWORD;
use api::ops::seed::{self, Size};
use protocol::link::FromApi;
use serde_json::{Value, json};
use std::fmt::Write;

const SESSIONS: &str = "{ event(slug: \"large\") { sessions(first: 100) { totalCount nodes { id title description tags
    displaySize priority watchAccess shareAccess maxParticipants scheduling timing testRun windows { opensAt closesAt }
    viewerIsHost viewerMayShare attendeeCreated creator { name } segments { id name } ticketTypeIds url record
    recordings(first: 1) { totalCount nodes { id block } }
    myShare { state position } shareRequests { totalCount } room { viewerCount seatsInUse hostInside } } } } }";

const DASHBOARD: &str = "{ event(slug: \"large\") { sessions(first: 100) { nodes { id
    visibility { code at names count waiting } picture { isAnimated thumb { url stillUrl } } } } } }";

const SCHEDULE: &str =
    "{ event(slug: \"large\") { segments(first: 100) { totalCount nodes { id name description kind url
    startsAt endsAt localStartsAt tags speakers { id name } published version
    sessions { id title tags windows { opensAt closesAt } url } } } } }";

const RECEPTION: &str = "{ event(slug: \"large\") { id name state viewerRegistration { id } myAgenda tags
    segments(past: false, first: 100) { nodes { id name startsAt endsAt tags speakers { name } sessions { id title
    description timing } } }
    sessions(first: 50) { nodes { id title tags timing testRun viewerIsHost room { viewerCount } } } } }";

/// The statements of one answer, by whoever asks; the least of several tries, since the clock's own work may come between.
async fn statements(app: &TestApp, person: &Person, query: &str) -> (u64, usize) {
    let mut least = u64::MAX;
    let mut bytes = 0;
    for _ in 0..5 {
        let before = app.app.db.statements();
        let data = person.ok(query, json!({})).await;
        least = least.min(app.app.db.statements() - before);
        bytes = data.to_string().len();
    }
    (least, bytes)
}

/// Every query's statements, for the organizer and for an attendee, with the length of the answers.
async fn costs(rows: usize) -> Vec<(&'static str, u64, usize)> {
    let app = TestApp::start().await;
    let size = Size { sessions: rows, segments: rows, tags: rows, people: rows, messages: rows };
    seed::seed(&app.app, size).await.unwrap();
    let mut costs = Vec::new();
    for email in ["olivia@example.org", "ada@example.org"] {
        let mut person = app.stranger();
        person.sign_in(email, PASSWORD).await;
        let queries =
            [("sessions", SESSIONS), ("dashboard", DASHBOARD), ("schedule", SCHEDULE), ("reception", RECEPTION)];
        for (name, query) in queries {
            let (count, bytes) = statements(&app, &person, query).await;
            costs.push((name, count, bytes));
        }
        let data = person.ok(SESSIONS, json!({})).await;
        assert_ne!(data["event"]["sessions"]["nodes"], Value::Array(Vec::new()));
    }
    costs
}

#[tokio::test]
async fn lists_take_the_same_statements_whatever_their_length() {
    let (few, many) = (costs(10).await, costs(100).await);
    for ((name, few, short), (_, many, long)) in few.into_iter().zip(many) {
        println!("{name}: {few} statements for 10 rows, {many} for 100");
        assert!(long > 4 * short, "{name}: {short} and {long} bytes: the longer list is longer");
        // Two lists side by side may ask for the same kind of thing together or one after the other, by chance; PostgreSQL's
        // connections are tested by a statement of their own each time. What cost a statement per row would cost 90 more.
        assert!(many <= few + 12 && many <= 45, "{name}: {few} statements for 10 rows, {many} for 100");
    }
}

/// B8: of many sessions that go for good, what their recordings need is kept at once.
#[tokio::test]
async fn b8_many_sessions_go_in_the_statements_of_one() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let mut costs = Vec::new();
    for count in [1, 60] {
        let mut sessions = Vec::new();
        for number in 0..count {
            sessions.push(olivia.session(&event, &format!("Table {number}"), json!({ "record": true })).await);
        }
        let delete = "mutation($input: DeleteSessionsInput!) { deleteSessions(input: $input) { ids } }";
        olivia.ok(delete, json!({ "input": { "ids": sessions } })).await;
        let before = app.app.db.statements();
        app.advance(10);
        for _ in &sessions {
            media.wait_for(|command| matches!(command, FromApi::Close { .. })).await;
        }
        costs.push(app.app.db.statements() - before);
    }
    // The clock's own work comes between; a statement for each would be 59 more.
    assert!(costs[1] < costs[0] + 30, "{costs:?}");
}

/// C3, A4: an import that makes kept invitations people's own takes a statement for each person, to however many sessions they were
/// invited.
#[tokio::test]
async fn c3_a4_kept_invitations_to_many_sessions_cost_as_those_to_one() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut costs = Vec::new();
    for count in [1, 21] {
        let emails: Vec<String> = (0..20).map(|number| format!("p{number}of{count}@example.org")).collect();
        for number in 0..count {
            let private = json!({ "watchAccess": "PRIVATE" });
            let session = olivia.session(&event, &format!("Table {number} of {count}"), private).await;
            let invite = "mutation($input: InviteManyInput!) { inviteMany(input: $input) { added } }";
            olivia.ok(invite, json!({ "input": { "sessionId": session, "emails": emails } })).await;
        }
        let mut csv = String::from("Name,Email\n");
        for email in &emails {
            writeln!(csv, "Ada,{email}").unwrap();
        }
        let import = "mutation($input: ImportPeopleInput!) { importPeople(input: $input) { added } }";
        let input = json!({ "input": { "eventId": event, "csv": csv, "dryRun": false } });
        let before = app.app.db.statements();
        assert_eq!(olivia.ok(import, input).await["importPeople"]["added"], 20);
        costs.push(app.app.db.statements() - before);
    }
    // The mails are on their way meanwhile; a statement for each invitation would be 400 more.
    assert!(costs[1] < costs[0] + 200, "{costs:?}");
}

/// Nobody of the seed exists, so nothing is written to anybody; nor is the worker that sends mails in the seed's way.
#[tokio::test]
async fn the_seed_writes_no_mails() {
    let app = TestApp::start().await;
    seed::seed(&app.app, Size { sessions: 1, segments: 1, tags: 4, people: 20, messages: 1 }).await.unwrap();
    assert_eq!(api::ops::mail::latest(&app.app).await.unwrap().len(), 0);
}
