//! B9: why a session is (in)visible now, and to whom, through the API; the cases are in `src/visibility/tests.rs`.

use crate::harness::TestApp;
use serde_json::json;

const QUERY: &str = "query($id: ID!) { session(id: $id) { visibility { code at names count } } }";

#[tokio::test]
async fn b9_a_session_says_why_it_is_visible_and_to_whom() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    app.attendee(&event, "Ada").await;
    let bob = app.attendee(&event, "Bob").await;
    let says = async |session: &str| olivia.ok(QUERY, json!({ "id": session })).await["session"]["visibility"].clone();
    let one =
        |code: &str, names: &[&str], count: i64| json!({ "code": code, "at": null, "names": names, "count": count });

    let session = olivia.session(&event, "Table", json!({ "scheduling": "SCHEDULED" })).await;
    assert_eq!(says(&session).await, json!([one("NOT_LINKED", &[], 0), one("FOR_EVERYBODY", &[], 0)]));
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    let fields = json!({ "scheduling": "ALWAYS_OPEN", "watchAccess": "TICKETS", "ticketTypeIds": [vip] });
    olivia.update_session(&session, fields).await;
    // An address that nobody is registered with finds nothing yet.
    for email in ["bob@example.org", "nobody@example.org"] {
        olivia.invite(&session, email).await;
    }
    assert_eq!(says(&session).await, json!([one("ALWAYS_OPEN", &[], 0), one("FOR_TICKET_HOLDERS", &["VIP"], 1)]));
    let waiting = "query($id: ID!) { session(id: $id) { visibility { waiting } } }";
    let waiting = olivia.ok(waiting, json!({ "id": session })).await["session"]["visibility"].take();
    assert_eq!(waiting, json!([{ "waiting": 0 }, { "waiting": 1 }]));
    olivia.update_session(&session, json!({ "watchAccess": "ANYONE", "shareAccess": "MODERATED" })).await;
    for email in ["ada@example.org", "bob@example.org"] {
        olivia.choose("addModerator", &session, email).await;
    }
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    let private = [one("ALWAYS_OPEN", &[], 0), one("FOR_INVITED", &[], 1), one("MODERATORS_CANNOT_WATCH", &["Ada"], 1)];
    assert_eq!(says(&session).await, json!(private));
    let seen = bob.ok(QUERY, json!({ "id": session })).await["session"]["visibility"].clone();
    assert_eq!(seen, json!([]), "it is for organizers");
    app.advance(3600);
    assert_eq!(says(&session).await[0], one("EVENT_IS_OVER", &[], 0));
}
