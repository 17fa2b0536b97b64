//! C5, D2, D4: moderators and sharers of a session.

use crate::harness::{FakeMedia, Person, TestApp, room};
use protocol::link::FromApi;
use serde_json::{Value, json};

const ADD: &str = "mutation($input: AddModeratorInput!) { addModerator(input: $input) { session {
    moderators { name } } } }";
const REMOVE: &str = "mutation($input: RemoveModeratorInput!) { removeModerator(input: $input) { session { id } } }";
const ADD_SHARER: &str = "mutation($input: AddSharerInput!) { addSharer(input: $input) { session {
    sharers { name } } } }";
const REMOVE_SHARER: &str = "mutation($input: RemoveSharerInput!) { removeSharer(input: $input) { session { id } } }";
const MINE: &str = "query($id: ID!) { session(id: $id) { viewerIsHost viewerMayShare } }";

fn chosen(session: &str, email: &str, invite: bool) -> Value {
    json!({ "input": { "sessionId": session, "email": email, "invite": invite } })
}

/// C5: who is not among those who can watch is refused with an offer, and invited in the same step when that is taken.
#[tokio::test]
async fn c5_a_moderator_is_among_those_who_can_watch() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    let cases = [
        json!({ "watchAccess": "PRIVATE" }),
        json!({ "watchAccess": "UNLISTED" }),
        json!({ "watchAccess": "TICKETS", "ticketTypeIds": [vip] }),
    ];
    for access in cases {
        let session = olivia.session(&event, "Hidden", access.clone()).await;
        for add in [ADD, ADD_SHARER] {
            let offer = [("invite".to_owned(), "REQUIRED".to_owned())];
            assert_eq!(olivia.problems(add, chosen(&session, "ada@example.org", false)).await, offer, "{access}");
            let sees = "query($id: ID!) { session(id: $id) { title } }";
            if add == ADD {
                assert!(ada.ok(sees, json!({ "id": session })).await["session"].is_null(), "refused leaves nothing");
            }
            olivia.ok(add, chosen(&session, "ada@example.org", true)).await;
            assert_eq!(ada.ok(sees, json!({ "id": session })).await["session"]["title"], "Hidden", "{access}");
            if add == ADD {
                // For the sharer's turn: taken out again.
                olivia.update_session(&session, json!({ "watchAccess": "ANYONE" })).await;
                let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
                olivia.ask(uninvite, json!({ "input": { "sessionId": session, "email": "ada@example.org" } })).await;
                let rotate =
                    "mutation($input: RotateSessionLinkInput!) { rotateSessionLink(input: $input) { session { id } } }";
                olivia.ok(rotate, json!({ "input": { "sessionId": session, "keepAdmitted": false } })).await;
                olivia.update_session(&session, json!({ "watchAccess": access["watchAccess"] })).await;
            }
        }
    }
    let open = olivia.session(&event, "Open", json!({})).await;
    let added = olivia.ok(ADD, chosen(&open, "ada@example.org", false)).await;
    assert_eq!(added["addModerator"]["session"]["moderators"], json!([{ "name": "Ada" }]));
}

/// D4: a moderator must be registered for the event.
#[tokio::test]
async fn d4_a_moderator_is_registered() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Open", json!({})).await;
    app.person("Nora").await;
    for email in ["nora@example.org", "nobody@example.org"] {
        for add in [ADD, ADD_SHARER] {
            let problems = olivia.problems(add, chosen(&session, email, true)).await;
            assert_eq!(problems, [("email".to_owned(), "NOT_FOUND".to_owned())], "{email}");
        }
    }
    app.attendee(&event, "Ada").await;
    olivia.ok(ADD, chosen(&session, "ada@example.org", false)).await;
}

/// D4: moderators are hosts while the session is moderated, and kept while it is not.
#[tokio::test]
async fn d4_moderators_are_kept_and_inactive_while_not_moderated() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({ "shareAccess": "MODERATED" })).await;
    let ada = app.attendee(&event, "Ada").await;
    let bob = app.attendee(&event, "Bob").await;
    olivia.ok(ADD, chosen(&session, "ada@example.org", false)).await;
    let rights = async |person: &Person| {
        let pass = app.pass(person, &session).await;
        let mine = &person.ok(MINE, json!({ "id": session })).await["session"];
        assert_eq!((pass.host, pass.share), (mine["viewerIsHost"] == true, mine["viewerMayShare"] == true));
        (pass.host, pass.share)
    };
    assert_eq!(rights(&ada).await, (true, true));
    assert_eq!(rights(&bob).await, (false, false));
    assert_eq!(rights(&olivia).await, (true, true));
    for (mode, share) in [("INVITE_ONLY", false), ("ANYONE", true)] {
        olivia.update_session(&session, json!({ "shareAccess": mode })).await;
        assert_eq!(rights(&ada).await, (false, share), "{mode}");
    }
    olivia.update_session(&session, json!({ "shareAccess": "MODERATED" })).await;
    assert_eq!(rights(&ada).await, (true, true), "kept");
    let remove = json!({ "input": { "sessionId": session, "personId": ada.id().await } });
    olivia.ok(REMOVE, remove.clone()).await;
    assert_eq!(rights(&ada).await, (false, false));
    assert_eq!(olivia.code(REMOVE, remove).await, "NOT_FOUND");
}

/// D2: chosen people may share where that is by invitation only; hosts always may, the others watch.
#[tokio::test]
async fn d2_chosen_people_share_and_the_others_watch() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Panel", json!({ "shareAccess": "INVITE_ONLY" })).await;
    let ada = app.attendee(&event, "Ada").await;
    let bob = app.attendee(&event, "Bob").await;
    let added = olivia.ok(ADD_SHARER, chosen(&session, "ada@example.org", false)).await;
    assert_eq!(added["addSharer"]["session"]["sharers"], json!([{ "name": "Ada" }]));
    assert!(app.pass(&ada, &session).await.share);
    assert!(!app.pass(&bob, &session).await.share);
    assert!(app.pass(&olivia, &session).await.share);
    let listed = "query($id: ID!) { session(id: $id) { sharers { name } } }";
    assert_eq!(bob.ok(listed, json!({ "id": session })).await["session"]["sharers"], json!([]), "for organizers");
}

/// D2, D4, D8: what somebody inside may do follows at once: they are told, and media with them.
#[tokio::test]
async fn d2_d4_rights_follow_those_inside() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Panel", json!({ "shareAccess": "INVITE_ONLY" })).await;
    let ada = app.attendee(&event, "Ada").await;
    let person = ada.id().await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(&session, &person, 0)]).await;
    let mut told = async |share: bool| {
        let wanted =
            FromApi::Rights { session: session.clone(), person: person.clone(), share, host: false, asked: false };
        media.wait_for(|command| *command == wanted).await;
    };
    olivia.ok(ADD_SHARER, chosen(&session, "ada@example.org", false)).await;
    told(true).await;
    olivia.ok(REMOVE_SHARER, json!({ "input": { "sessionId": session, "personId": person } })).await;
    told(false).await;
    olivia.update_session(&session, json!({ "shareAccess": "ANYONE" })).await;
    told(true).await;
    olivia.update_session(&session, json!({ "shareAccess": "INVITE_ONLY" })).await;
    told(false).await;
}
