//! B3: what a link says of itself, to whoever asks. Nothing of what is not for everybody.

use crate::harness::{TestApp, text};
use serde_json::json;

async fn document(app: &TestApp, path: &str) -> String {
    let answer = app.stranger().get(path).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    answer.text().await.unwrap()
}

/// B3, A3: a published event and a session that anyone may watch are told of, with the cover that a machine may fetch.
#[tokio::test]
async fn b3_the_preview_of_a_public_link() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let fields = json!({
        "description": "Tea & <script>alert(1)</script> \"biscuits\"", "pictureId": olivia.picture(&event).await,
        "pictureAlt": "Two \"cups\"",
    });
    let session = olivia.session(&event, "Tea", fields).await;
    let html = document(&app, "/e/summit").await;
    assert!(html.contains("<meta property=\"og:title\" content=\"summit\">"), "{html}");
    assert!(!html.contains("og:image"), "{html}");
    let html = document(&app, &format!("/e/summit/sessions/{}", session.replace("session:", ""))).await;
    assert!(html.contains("<meta property=\"og:title\" content=\"Tea · summit\">"), "{html}");
    let escaped = "Tea &amp; &lt;script&gt;alert(1)&lt;/script&gt; &quot;biscuits&quot;";
    assert!(html.contains(escaped) && !html.contains("<script>alert"), "{html}");
    assert!(html.contains("<meta property=\"og:image:alt\" content=\"Two &quot;cups&quot;\">"), "{html}");
    let image = html.split_once("og:image\" content=\"").unwrap().1.split_once('"').unwrap().0;
    let path = image.strip_prefix(&app.address).unwrap();
    assert_eq!(app.stranger().look_at(path).await.headers()["content-type"], "image/jpeg");
    // Without a cover of its own a session has the event's.
    let update =
        "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { picture { full { url } } } } }";
    let cover = json!({ "input": { "id": event, "pictureId": olivia.picture(&event).await } });
    let covered = olivia.ok(update, cover).await;
    let url = text(&covered["updateEvent"]["event"]["picture"]["full"]["url"]);
    let plain = olivia.session(&event, "Plain", json!({})).await;
    for path in ["/e/summit".to_owned(), format!("/e/summit/sessions/{}", plain.replace("session:", ""))] {
        assert!(document(&app, &path).await.contains(&format!("{}{url}", app.address)));
    }
}

/// C1–C4, A3: whoever asks, of private, unlisted and ticket holders' sessions, of drafts, and of what is somewhere else there
/// is what there is at a wrong address.
#[tokio::test]
async fn c2_c3_c4_no_preview_of_what_is_not_for_everybody() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    app.live_event(&olivia, "other").await;
    let draft = app.draft_event(&olivia, "draft", (0, 60)).await;
    let ticket = app.first_ticket_type(&event).await;
    let nothing = document(&app, &format!("/e/summit/sessions/{}", "0".repeat(26))).await;
    assert!(!nothing.contains("og:"));
    let address = |slug: &str, id: &str| format!("/e/{slug}/sessions/{}", id.replace("session:", ""));
    for access in ["PRIVATE", "TICKETS", "UNLISTED"] {
        let mut fields = json!({ "watchAccess": access });
        if access == "TICKETS" {
            fields["ticketTypeIds"] = json!([ticket]);
        }
        let session = olivia.session(&event, "Hidden", fields).await;
        assert_eq!(document(&app, &address("summit", &session)).await, nothing, "{access}");
        let organizers = olivia.look_at(&address("summit", &session)).await.text().await.unwrap();
        assert_eq!(organizers, nothing, "{access}: not for its organizer either");
    }
    let open = olivia.session(&event, "Open", json!({})).await;
    let of_draft = olivia.session(&draft, "Early", json!({})).await;
    for path in [
        address("other", &open),
        address("draft", &of_draft),
        "/e/draft".into(),
        "/e/nothing".into(),
        "/".into(),
        format!("/dashboard/summit/sessions/{}", open.replace("session:", "")),
    ] {
        assert_eq!(document(&app, &path).await, nothing, "{path}");
    }
    assert_ne!(document(&app, &address("summit", &open)).await, nothing);
}
