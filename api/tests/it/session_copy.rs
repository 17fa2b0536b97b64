//! B8: what a duplicate of a session has of its source, and what it never has. Who may make one stands in `access.txt`.

use crate::harness::{Person, TestApp, text, two_attendees};
use serde_json::{Value, json};

const DUPLICATE: &str =
    "mutation($input: DuplicateSessionInput!) { duplicateSession(input: $input) { session { id } } }";
const BY_LINK: &str = "query($id: ID!, $link: String) { session(id: $id, linkToken: $link) { title } }";

/// An event of Olivia's that is live.
async fn ground() -> (TestApp, Person, String) {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    (app, olivia, event)
}

/// Duplicates a session; gives the id of the other one.
async fn duplicate(organizer: &Person, source: &str) -> String {
    let data = organizer.ok(DUPLICATE, json!({ "input": { "id": source } })).await;
    let copy = text(&data["duplicateSession"]["session"]["id"]);
    assert_ne!(copy, source);
    copy
}

/// These fields of a session, as the person sees them; null for who does not find it.
async fn seen(person: &Person, session: &str, fields: &str) -> Value {
    let query = format!("query($id: ID!) {{ session(id: $id) {{ {fields} }} }}");
    person.ok(&query, json!({ "id": session })).await["session"].take()
}

/// B8: every setting that a session can have, its title apart, which says what it is.
#[tokio::test]
async fn b8_a_copy_has_the_settings_and_tags_of_its_source() {
    let (_app, olivia, event) = ground().await;
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    let fields = json!({
        "description": "About", "additionalInformation": "<p>More about it</p>", "tags": ["x", "a"],
        "displaySize": "LARGE", "priority": 3, "watchAccess": "TICKETS", "ticketTypeIds": [vip],
        "shareAccess": "INVITE_ONLY", "maxParticipants": 7, "youtubeSharing": true, "record": true, "scheduling": "SCHEDULED",
        "pictureId": olivia.picture(&event).await, "pictureAlt": "A table",
    });
    let source = olivia.session(&event, "Table", fields).await;
    let plain = olivia.session(&event, "Plain", json!({})).await;
    let copy = duplicate(&olivia, &source).await;
    assert_eq!(seen(&olivia, &copy, "title").await["title"], "Table (copy)");
    let settings = "description additionalInformation tags displaySize priority watchAccess ticketTypeIds shareAccess
        maxParticipants youtubeSharing record scheduling picture { id } pictureAlt";
    let of_plain = seen(&olivia, &plain, settings).await;
    let (of_source, of_copy) = (seen(&olivia, &source, settings).await, seen(&olivia, &copy, settings).await);
    for (name, value) in of_source.as_object().unwrap() {
        assert_ne!(*value, of_plain[name], "{name} is what every session begins with, so it tells nothing");
        assert_eq!(of_copy[name], *value, "{name}");
    }
}

/// B8: who is invited, also by an address that nobody has yet, who moderates, and who may share; each finds their way into
/// the copy.
#[tokio::test]
async fn b8_a_copy_has_the_people_of_its_source() {
    let (app, olivia, event) = ground().await;
    let (ada, _bob) = two_attendees(&app, &event).await;
    app.attendee(&event, "Cleo").await;
    let fields = json!({ "watchAccess": "PRIVATE", "shareAccess": "MODERATED" });
    let source = olivia.session(&event, "Table", fields).await;
    for name in ["ada", "bob", "cleo", "nobody"] {
        olivia.invite(&source, &format!("{name}@example.org")).await;
    }
    olivia.choose("addModerator", &source, "bob@example.org").await;
    olivia.choose("addSharer", &source, "cleo@example.org").await;
    let copy = duplicate(&olivia, &source).await;
    let invited = seen(&olivia, &copy, "invitations(first: 10) { nodes { email } }").await;
    let emails: Vec<String> =
        invited["invitations"]["nodes"].as_array().unwrap().iter().map(|node| text(&node["email"])).collect();
    assert_eq!(emails, ["ada@example.org", "bob@example.org", "cleo@example.org", "nobody@example.org"]);
    assert_eq!(seen(&ada, &copy, "title").await["title"], "Table (copy)", "an invitation is one, and not only listed");
    assert_eq!(seen(&olivia, &copy, "moderators { name }").await["moderators"], json!([{ "name": "Bob" }]));
    assert_eq!(seen(&olivia, &copy, "sharers { name }").await["sharers"], json!([{ "name": "Cleo" }]));
}

/// B8: segments lead to the source alone, drafts too, and so the copy is shown nowhere.
#[tokio::test]
async fn b8_a_copy_is_in_no_segment() {
    let (app, olivia, event) = ground().await;
    let ada = app.attendee(&event, "Ada").await;
    let source = olivia.session(&event, "Table", json!({ "scheduling": "SCHEDULED" })).await;
    for (name, published) in [("Slot", true), ("Draft", false)] {
        let fields = json!({ "sessionIds": [source], "published": published });
        olivia.segment(&event, name, (&app.at(0), &app.at(600)), fields).await;
    }
    let copy = duplicate(&olivia, &source).await;
    assert_eq!(seen(&olivia, &source, "segments { name }").await["segments"].as_array().unwrap().len(), 2);
    assert_eq!(seen(&olivia, &copy, "segments { name }").await["segments"], json!([]));
    assert_eq!(seen(&olivia, &copy, "windows { opensAt }").await["windows"], json!([]));
    assert_eq!(ada.titles("summit").await, ["Table"]);
}

/// B8, C4: the link of the source leads to the source alone, and so does having come by it.
#[tokio::test]
async fn b8_c4_a_copy_has_a_link_of_its_own() {
    let (app, olivia, event) = ground().await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let source = olivia.session(&event, "Hidden", json!({ "watchAccess": "UNLISTED" })).await;
    let token = olivia.link_token(&source).await;
    let admit = "mutation($input: AdmitInput!) { admit(input: $input) { session { id } } }";
    ada.ok(admit, json!({ "input": { "sessionId": source, "linkToken": token } })).await;
    let copy = duplicate(&olivia, &source).await;
    let own = olivia.link_token(&copy).await;
    assert_ne!(own, token);
    let by_link = async |token: &str| bob.ok(BY_LINK, json!({ "id": copy, "link": token })).await["session"].take();
    assert_eq!(by_link(&own).await["title"], "Hidden (copy)");
    assert!(by_link(&token).await.is_null(), "the link of the source opens the copy");
    assert_eq!(seen(&ada, &source, "title").await["title"], "Hidden");
    assert!(seen(&ada, &copy, "title").await.is_null(), "who was admitted to the source finds the copy");
}

/// B8, N2: the copy of an attendee's session is the organizers' own: its source's creator is no host of it.
#[tokio::test]
async fn b8_n2_a_copy_is_nobodys_own() {
    let (app, olivia, event) = ground().await;
    let ada = app.attendee(&event, "Ada").await;
    let allow = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    olivia.ok(allow, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let create = "mutation($input: CreateOwnSessionInput!) { createOwnSession(input: $input) { session { id } } }";
    let input = json!({ "eventId": event, "title": "Corner", "moderated": true });
    let source = text(&ada.ok(create, json!({ "input": input })).await["createOwnSession"]["session"]["id"]);
    let copy = duplicate(&olivia, &source).await;
    let whose = "attendeeCreated viewerIsHost";
    assert_eq!(seen(&ada, &source, whose).await, json!({ "attendeeCreated": true, "viewerIsHost": true }));
    assert_eq!(seen(&ada, &copy, whose).await, json!({ "attendeeCreated": false, "viewerIsHost": false }));
}
