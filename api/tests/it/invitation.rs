//! C3: invite lists and ticket types, as data.

use crate::harness::{FakeMedia, Person, TestApp, keeps, text};
use api::feed::Topic;
use api::ids::{EventId, Id};
use serde_json::{Value, json};

const UPDATE: &str = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session {
    watchAccess ticketTypeIds } } }";
const CREATE: &str = "mutation($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }";
const INVITE_MANY: &str = "mutation($input: InviteManyInput!) { inviteMany(input: $input) {
    added already refused { position text code } } }";
const UNINVITE: &str = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";

async fn invited(olivia: &Person, session: &str) -> Value {
    let query = "query($id: ID!) { session(id: $id) { invitations(first: 100) { totalCount nodes { email person { name } } } } }";
    olivia.ok(query, json!({ "id": session })).await["session"]["invitations"].take()
}

/// C3: holders of the chosen ticket types find the session, and the invited; nobody else.
#[tokio::test]
async fn c3_ticket_holders_and_the_invited_find_it() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let (first, vip) = (app.first_ticket_type(&event).await, olivia.ticket_type(&event, "VIP", json!({})).await);
    let by_ticket = json!({ "watchAccess": "TICKETS", "ticketTypeIds": [first] });
    let session = olivia.session(&event, "For holders", by_ticket).await;
    assert_eq!(ada.titles("summit").await, ["For holders"]);
    let input = json!({ "input": { "id": session, "ticketTypeIds": [vip] } });
    let changed = olivia.ok(UPDATE, input).await;
    assert_eq!(changed["updateSession"]["session"]["ticketTypeIds"], json!([vip]));
    assert!(ada.titles("summit").await.is_empty(), "her ticket is another one");
    olivia.invite(&session, "ada@example.org").await;
    assert_eq!(ada.titles("summit").await, ["For holders"], "tickets or list");
}

/// C3: a session for ticket holders has a ticket type of its own event.
#[tokio::test]
async fn c3_ticket_types_are_checked() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let other = app.live_event(&olivia, "other").await;
    let foreign = app.first_ticket_type(&other).await;
    let problem = |code: &str| [("ticketTypeIds".to_owned(), code.to_owned())];
    let create = |fields: Value| {
        let mut input = json!({ "eventId": event, "title": "X", "watchAccess": "TICKETS" });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!({ "input": input })
    };
    assert_eq!(olivia.problems(CREATE, create(json!({}))).await, problem("REQUIRED"));
    assert_eq!(olivia.problems(CREATE, create(json!({ "ticketTypeIds": [foreign] }))).await, problem("NOT_FOUND"));
    assert_eq!(olivia.problems(CREATE, create(json!({ "ticketTypeIds": ["ticket:x"] }))).await, problem("NOT_FOUND"));
    let session = olivia.session(&event, "Open", json!({})).await;
    let update = |fields: Value| {
        let mut input = fields;
        input["id"] = session.clone().into();
        json!({ "input": input })
    };
    assert_eq!(olivia.problems(UPDATE, update(json!({ "watchAccess": "TICKETS" }))).await, problem("REQUIRED"));
    assert_eq!(olivia.titles("summit").await, ["Open"], "what was refused left nothing");
}

/// C3: pasted lists and files: what is no address is told one by one, and nothing of the rest is lost.
#[tokio::test]
async fn c3_many_are_invited_and_bad_addresses_are_told_one_by_one() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    app.attendee(&event, "Ada").await;
    olivia.invite(&session, "bob@example.org").await;
    let emails = ["Ada@Example.org", "nobody", "bob@example.org", "ada@example.org", "", "new@example.org"];
    let data = olivia.ok(INVITE_MANY, json!({ "input": { "sessionId": session, "emails": emails } })).await;
    let refused = |position: usize, text: &str| json!({ "position": position, "text": text, "code": "INVALID" });
    assert_eq!(
        data["inviteMany"],
        json!({ "added": 2, "already": 2, "refused": [refused(2, "nobody"), refused(5, "")] })
    );
    let list = invited(&olivia, &session).await;
    assert_eq!(
        list["nodes"],
        json!([
            { "email": "ada@example.org", "person": { "name": "Ada" } },
            { "email": "bob@example.org", "person": null },
            { "email": "new@example.org", "person": null },
        ])
    );
    let only_bad = json!({ "input": { "sessionId": session, "emails": ["nobody"] } });
    assert_eq!(olivia.ok(INVITE_MANY, only_bad).await["inviteMany"]["added"], 0);
}

/// C3: a thousand addresses go at once, and one more does not.
#[tokio::test]
async fn c3_a_thousand_are_invited_at_once_and_no_more() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let emails = |count: usize| (0..count).map(|n| format!("p{n}@example.org")).collect::<Vec<_>>();
    let many = |count| json!({ "input": { "sessionId": session, "emails": emails(count) } });
    for count in [0, 1001] {
        let code = if count == 0 { "REQUIRED" } else { "OUT_OF_RANGE" };
        assert_eq!(olivia.problems(INVITE_MANY, many(count)).await, [("emails".to_owned(), code.to_owned())]);
    }
    assert_eq!(olivia.ok(INVITE_MANY, many(1000)).await["inviteMany"]["added"], 1000);
    assert_eq!(invited(&olivia, &session).await["totalCount"], 1000);
}

/// C3: an address that nobody had yet takes effect when somebody registers with it, and whoever watches the list hears it.
#[tokio::test]
async fn c3_a_kept_invitation_takes_effect_on_registration() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&session, "ada@example.org").await;
    let mut socket = olivia.socket().await;
    let changed = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId session { title } } }";
    socket.subscribe("s", changed, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let other = app.attendee(&event, "Bob").await;
    assert!(other.titles("summit").await.is_empty());
    let ada = app.person("Ada").await;
    assert!(ada.titles("summit").await.is_empty(), "not registered yet");
    ada.register(&event).await;
    assert_eq!(ada.titles("summit").await, ["Secret"]);
    assert_eq!(socket.data("s").await["sessionChanged"]["sessionId"], session.as_str());
    assert_eq!(invited(&olivia, &session).await["nodes"][0]["person"]["name"], "Ada");
}

/// C3, A4: only mail to the address opens an account that was imported, so invitations are theirs at once, whichever came first;
/// also of who had an account before. Of who only says that an address is theirs, they wait.
#[tokio::test]
async fn c3_an_invitation_of_who_is_imported_takes_effect_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let dana = app.person("Dana").await;
    app.unverified("Eve").await;
    for name in ["cleo", "dana", "eve", "nobody"] {
        olivia.invite(&session, &format!("{name}@example.org")).await;
    }
    let mut socket = olivia.socket().await;
    let changed =
        "subscription($id: ID!) { sessionChanged(eventId: $id) { session { visibility { code count waiting } } } }";
    socket.subscribe("s", changed, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let people = "mutation($input: ImportPeopleInput!) { importPeople(input: $input) { added } }";
    let csv = "Name,Email\nBen,ben@example.org\nCleo,cleo@example.org\nDana,dana@example.org\nEve,eve@example.org\n";
    let import = json!({ "input": { "eventId": event, "csv": csv, "dryRun": false } });
    assert_eq!(olivia.ok(people, import).await["importPeople"]["added"], 4);
    let told = socket.data("s").await["sessionChanged"]["session"]["visibility"][1].take();
    assert_eq!(told, json!({ "code": "FOR_INVITED", "count": 2, "waiting": 2 }));
    assert_eq!(dana.titles("summit").await, ["Secret"]);
    olivia.invite(&session, "ben@example.org").await;
    let list = invited(&olivia, &session).await;
    let of =
        |email: &str, name: Option<&str>| json!({ "email": email, "person": name.map(|name| json!({ "name": name })) });
    let expected = json!([
        of("ben@example.org", Some("Ben")),
        of("cleo@example.org", Some("Cleo")),
        of("dana@example.org", Some("Dana")),
        of("eve@example.org", None),
        of("nobody@example.org", None),
    ]);
    assert_eq!(list["nodes"], expected);
}

/// C6: whoever loses the ticket type or the invitation is put out of the room; who keeps either stays.
#[tokio::test]
async fn c6_losing_the_ticket_type_or_the_invitation_ends_being_inside() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let bob = app.attendee(&event, "Bob").await;
    let (first, vip) = (app.first_ticket_type(&event).await, olivia.ticket_type(&event, "VIP", json!({})).await);
    let by_ticket = json!({ "watchAccess": "TICKETS", "ticketTypeIds": [first] });
    let session = olivia.session(&event, "For holders", by_ticket).await;
    olivia.invite(&session, "bob@example.org").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let (ada, bob, olivia_id) = (ada.id().await, bob.id().await, olivia.id().await);
    // The change of the ticket types names who stays; before it, holders of the first one were among them.
    olivia.update_session(&session, json!({ "title": "Renamed" })).await;
    media.wait_for(|command| keeps(command, &[ada.clone(), bob.clone(), olivia_id.clone()])).await;
    olivia.update_session(&session, json!({ "ticketTypeIds": [vip] })).await;
    media.wait_for(|command| keeps(command, &[bob.clone(), olivia_id.clone()])).await;
    olivia.ok(UNINVITE, json!({ "input": { "sessionId": session, "email": "bob@example.org" } })).await;
    media.wait_for(|command| keeps(command, std::slice::from_ref(&olivia_id))).await;
}

/// C3: the invite list is the organizers': nobody else adds many to it, or learns that the session is there.
#[tokio::test]
async fn c3_only_organizers_invite_many() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Open", json!({})).await;
    let hidden = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let ada = app.attendee(&event, "Ada").await;
    let many = |id: &str| json!({ "input": { "sessionId": id, "emails": ["ada@example.org"] } });
    assert_eq!(ada.code(INVITE_MANY, many(&session)).await, "FORBIDDEN");
    assert_eq!(ada.code(INVITE_MANY, many(&hidden)).await, "NOT_FOUND");
    assert_eq!(text(&olivia.ok(INVITE_MANY, many(&hidden)).await["inviteMany"]["added"].to_string().into()), "1");
}
