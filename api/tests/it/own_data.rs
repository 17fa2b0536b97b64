//! A8: what people say of themselves, everything that is kept about them as a file, and deleting it.

use crate::harness::picture::png;
use crate::harness::{FakeMedia, PASSWORD, Person, TestApp, room, text};
use protocol::link::FromApi;
use reqwest::StatusCode;
use serde_json::{Value, json};

const UPDATE: &str = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) {
    account { name headline } } }";
const DELETE: &str = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }";

async fn data_of(person: &Person) -> Value {
    let answer = person.look_at("/account/data.json").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// A8: name and headline within their limits, one's own alone.
#[tokio::test]
async fn a8_a_person_edits_name_and_headline() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let input = json!({ "input": { "name": " Ada L. ", "headline": "Counts on engines" } });
    let expected = json!({ "name": "Ada L.", "headline": "Counts on engines" });
    assert_eq!(ada.ok(UPDATE, input).await["updateProfile"]["account"], expected);
    let people = "{ event(slug: \"summit\") { registrations { nodes { person { name headline } } } } }";
    assert_eq!(olivia.ok(people, json!({})).await["event"]["registrations"]["nodes"][0]["person"], expected);
    let only_headline = json!({ "input": { "headline": "" } });
    assert_eq!(ada.ok(UPDATE, only_headline).await["updateProfile"]["account"]["name"], "Ada L.");
    for (field, value, code) in [
        ("name", String::new(), "REQUIRED"),
        ("name", "x".repeat(81), "TOO_LONG"),
        ("headline", "x".repeat(81), "TOO_LONG"),
    ] {
        let input = json!({ "input": { field: value } });
        assert_eq!(ada.problems(UPDATE, input).await, [(field.to_owned(), code.to_owned())]);
    }
    assert_eq!(app.stranger().code(UPDATE, json!({ "input": { "name": "X" } })).await, "UNAUTHENTICATED");
}

/// A8: the file has everything, and nothing that would open something.
#[tokio::test]
async fn a8_the_export_has_everything_that_is_kept() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Bob").await);
    let session = olivia.session(&event, "Engines", json!({ "shareAccess": "MODERATED" })).await;
    let private = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.choose("addModerator", &session, "ada@example.org").await;
    olivia.choose("addSharer", &session, "ada@example.org").await;
    olivia.invite(&private, "ada@example.org").await;
    let picture = ada.uploaded("/pictures", png(300, 300)).await;
    ada.ok(UPDATE, json!({ "input": { "headline": "Counts", "pictureId": picture["id"] } })).await;
    let data = data_of(&ada).await;
    assert_eq!(data["account"]["email"], "ada@example.org");
    assert_eq!((&data["account"]["headline"], &data["account"]["pictureId"]), (&json!("Counts"), &picture["id"]));
    assert_eq!(data["registrations"][0]["event"], "summit");
    assert_eq!(data["moderatorOf"][0]["session"], "Engines");
    assert_eq!(data["mayShareIn"][0]["session"], "Engines");
    assert_eq!(data["invitations"][0]["session"], "Secret");
    assert_eq!(data["pictures"].as_array().unwrap().len(), 1);
    assert_eq!(data["signIns"].as_array().unwrap().len(), 1);
    assert!(!data["mails"].as_array().unwrap().is_empty(), "{data}");
    let whole = data.to_string();
    for secret in ["argon2", "password_hash", "tokenHash", ada.cookie.as_deref().unwrap().split_once('=').unwrap().1] {
        assert!(!whole.contains(secret), "{secret}");
    }
    assert!(!data_of(&bob).await.to_string().contains("ada@example.org"), "nothing of others");
    assert_eq!(app.stranger().look_at("/account/data.json").await.status(), StatusCode::UNAUTHORIZED);
}

/// A8, C2: the file is no way around who may watch: nobody learns from it what is meant for an address that they only say is
/// theirs, or what they lost.
#[tokio::test]
async fn a8_the_export_names_nothing_that_one_may_not_see() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let private = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&private, "eve@example.org").await;
    olivia.invite(&private, "ada@example.org").await;
    let eve = app.unverified("Eve").await;
    eve.register(&event).await;
    assert!(!data_of(&eve).await.to_string().contains("Secret"));
    let ada = app.attendee(&event, "Ada").await;
    assert!(data_of(&ada).await.to_string().contains("Secret"));
    let block = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(block, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    let data = data_of(&ada).await;
    assert!(!data.to_string().contains("Secret"), "{data}");
    assert_eq!(data["keptOutOf"][0]["event"], "summit");
}

/// A8: an account goes with everything: the login, the registration, the place in the room, the picture.
#[tokio::test]
async fn a8_a_deleted_account_is_gone_everywhere() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut ada = app.attendee(&event, "Ada").await;
    let id = ada.id().await;
    let session = olivia.session(&event, "Engines", json!({ "shareAccess": "MODERATED" })).await;
    olivia.choose("addModerator", &session, "ada@example.org").await;
    let picture = ada.uploaded("/pictures", png(300, 300)).await;
    ada.ok(UPDATE, json!({ "input": { "pictureId": picture["id"] } })).await;
    let url = text(&picture["thumb"]["url"]);
    assert_eq!(olivia.look_at(&url).await.status(), StatusCode::OK);
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    media.report(room(&session, &id, 1)).await;

    let wrong = json!({ "input": { "confirmation": "not the password" } });
    assert_eq!(ada.problems(DELETE, wrong).await, [("confirmation".into(), "INVALID".into())]);
    ada.id().await;
    let deleted = ada.ok(DELETE, json!({ "input": { "confirmation": PASSWORD } })).await;
    assert_eq!(deleted["deleteAccount"]["id"], json!(id));
    media.wait_for(|command| matches!(command, FromApi::Remove { person, .. } if *person == id)).await;
    assert!(ada.ok("{ me { id } }", json!({})).await["me"].is_null(), "the login is over");
    let signed_in = ada.sign_in("ada@example.org", PASSWORD).await;
    assert_eq!(signed_in["errors"][0]["extensions"]["code"], "WRONG_CREDENTIALS");
    let people = "{ event(slug: \"summit\") { registrations { nodes { id } } } }";
    assert_eq!(olivia.ok(people, json!({})).await["event"]["registrations"]["nodes"], json!([]));
    let moderators =
        olivia.ok("query($id: ID!) { session(id: $id) { moderators { id } } }", json!({ "id": session })).await;
    assert_eq!(moderators["session"]["moderators"], json!([]));
    assert_eq!(olivia.look_at(&url).await.status(), StatusCode::NOT_FOUND);
    // The address is free again, and nothing of before comes back with it.
    let again = app.person("Ada").await;
    assert_eq!(data_of(&again).await["registrations"], json!([]));
}

/// A8, A7: who was kept out stays so after deleting the account.
#[tokio::test]
async fn a8_deleting_does_not_undo_a_removal() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let block = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(block, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    ada.ok(DELETE, json!({ "input": { "confirmation": PASSWORD } })).await;
    let again = app.person("Ada").await;
    let register = "mutation($input: RegisterInput!) { register(input: $input) { registration { id } } }";
    assert_eq!(again.code(register, json!({ "input": { "eventId": event } })).await, "FORBIDDEN");
}

/// A8, A2: the last organizer stays until there is another one.
#[tokio::test]
async fn a8_the_last_organizer_is_refused() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let input = json!({ "input": { "confirmation": PASSWORD } });
    let answer = olivia.ask(DELETE, input.clone()).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "CONFLICT");
    assert!(text(&answer["errors"][0]["message"]).contains("Add another organizer first"), "{answer}");
    let otto = app.person("Otto").await;
    let account = otto.id().await;
    let organization = olivia.organization().await;
    app.add_organizer_in_the_database(&organization, &account).await;
    olivia.ok(DELETE, input.clone()).await;
    assert_eq!(otto.code(DELETE, input).await, "CONFLICT", "now Otto is the last one");
}

/// A8: every table that names a person is in the export, and goes with the account, or says here why not.
#[test]
fn a8_every_table_that_names_a_person_is_known() {
    const EXPORTED: [&str; 20] = [
        "accounts",
        "admissions",
        "agenda_entries",
        "bars",
        "blocked_emails",
        "grants",
        "host_actions",
        "invitations",
        "logins",
        "mail_tokens",
        "mails",
        "message_reactions",
        "messages",
        "moderators",
        "organizers",
        "pictures",
        "registrations",
        "segment_speakers",
        "share_requests",
        "sharers",
    ];
    const ELSEWHERE: [(&str, &str); 2] = [
        ("sessions", "by who made it: `createdSessions`"),
        ("agenda_feeds", "only the secret of an address, which is shown where it is made"),
    ];
    let schema = include_str!("../../src/schema.rs");
    let mut unknown = Vec::new();
    for table in schema.split("diesel::table! {").skip(1) {
        let name = table.trim().split(' ').next().unwrap();
        let names_people = [
            "account_id ->",
            "actor_id ->",
            "barred_by ->",
            "creator_id ->",
            "decided_by ->",
            "sender_id ->",
            "email ->",
            "recipient ->",
            "person_id ->",
        ];
        let columns = table.split("\n}").next().unwrap();
        let is_known = EXPORTED.contains(&name) || ELSEWHERE.iter().any(|(known, _)| *known == name);
        if names_people.iter().any(|column| columns.contains(column)) && !is_known {
            unknown.push(name);
        }
    }
    assert!(unknown.is_empty(), "`model/own_data.rs` and this test must know of {unknown:?}");
}
