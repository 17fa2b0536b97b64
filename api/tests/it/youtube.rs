//! J1–J4: whether a video may be shared in a session and by whom, its end by a host, and what integrators see of it.

use crate::harness::{FakeMedia, Person, room, text, two_attendees};
use crate::share_request::Ground;
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::link::{FromApi, RoomState};
use protocol::youtube::{Youtube, YoutubeSharing};
use serde_json::{Value, json};

const REMOVE: &str = "mutation($input: RemoveYoutubeInput!) { removeYoutube(input: $input) { session { id } } }";
const TAKE_OFF: &str =
    "mutation($input: RemoveFromScreenInput!) { removeFromScreen(input: $input) { session { id } } }";
const ACTIONS: &str = "{ event(slug: \"summit\") { hostActions { nodes { action actor { name } person { name } } } } }";
const SHOWN: &str = "youtube { videoId live sharer { name } playing position rate at }";

fn input(session: &str) -> Value {
    json!({ "input": { "sessionId": session } })
}

/// A room in which somebody shares a video.
fn watching(session: &str, person: &str) -> RoomState {
    let youtube = Youtube {
        video: "dQw4w9WgXcQ".into(),
        live: false,
        person: person.into(),
        name: "Ada".into(),
        started: true,
        playing: true,
        position: 12.5,
        rate: 1.0,
        revision: 3,
    };
    RoomState { youtube: Some(youtube), ..room(session, person, 1) }
}

async fn shown(person: &Person, session: &str) -> Value {
    let query = format!("query($id: ID!) {{ session(id: $id) {{ room {{ {SHOWN} }} }} }}");
    person.ok(&query, json!({ "id": session })).await["session"]["room"]["youtube"].take()
}

/// J1: off in a new session; organizers switch it while the room is live, one session or many, and everybody sees it.
#[tokio::test]
async fn j1_organizers_switch_it() {
    let ground = Ground::new().await;
    let Ground { app, olivia, event, .. } = &ground;
    let ada = app.attendee(event, "Ada").await;
    let setting = async |id: &str| {
        let query = "query($id: ID!) { session(id: $id) { youtubeSharing } }";
        ada.ok(query, json!({ "id": id })).await["session"]["youtubeSharing"].clone()
    };
    let plain = olivia.session(event, "Plain", json!({})).await;
    assert_eq!(setting(&plain).await, false);
    let made = olivia.session(event, "With videos", json!({ "youtubeSharing": true })).await;
    assert_eq!(setting(&made).await, true);
    olivia.update_session(&made, json!({ "title": "Renamed" })).await;
    assert_eq!(setting(&made).await, true, "what is not given stays");
    let update = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }";
    let on = json!({ "input": { "id": plain, "youtubeSharing": true } });
    assert_eq!(ada.code(update, on).await, "FORBIDDEN");
    assert_eq!(setting(&plain).await, false);
    let many =
        "mutation($input: UpdateSessionsInput!) { updateSessions(input: $input) { sessions { youtubeSharing } } }";
    let changed = olivia.ok(many, json!({ "input": { "ids": [plain, made], "youtubeSharing": false } })).await;
    let both = json!([{ "youtubeSharing": false }, { "youtubeSharing": false }]);
    assert_eq!(changed["updateSessions"]["sessions"], both);
}

/// J3: media hears who may share a video, by the mode: hosts only where it is moderated; with the pass, and with each change.
#[tokio::test]
async fn j3_media_hears_who_may_by_the_mode() {
    let ground = Ground::new().await;
    let Ground { app, olivia, event, .. } = &ground;
    let ada = app.attendee(event, "Ada").await;
    let session = olivia.session(event, "Table", json!({})).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    assert_eq!(app.pass(&ada, &session).await.settings.youtube, YoutubeSharing::Nobody);
    let mut version = 1;
    let cases = [
        ("ANYONE", true, YoutubeSharing::OnScreen),
        ("INVITE_ONLY", true, YoutubeSharing::OnScreen),
        ("MODERATED", true, YoutubeSharing::Hosts),
        ("MODERATED", false, YoutubeSharing::Nobody),
    ];
    for (mode, on, expected) in cases {
        olivia.update_session(&session, json!({ "shareAccess": mode, "youtubeSharing": on })).await;
        let newer = |command: &FromApi| match command {
            FromApi::Settings { session: of, settings, .. } => *of == session && settings.version > version,
            _ => false,
        };
        let FromApi::Settings { settings, .. } = media.wait_for(newer).await else { unreachable!() };
        version = settings.version;
        assert_eq!(settings.youtube, expected, "{mode}");
        assert_eq!(app.pass(&ada, &session).await.settings.youtube, expected, "{mode}");
    }
}

/// J3, D4: media hears who is a host now, as moderators become and cease to be one while they are inside.
#[tokio::test]
async fn j3_d4_media_hears_who_is_a_host() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let person = mo.id().await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(session, &person, 0)]).await;
    for (mode, is_host) in [("ANYONE", false), ("MODERATED", true)] {
        olivia.update_session(session, json!({ "shareAccess": mode })).await;
        let heard = |command: &FromApi| match command {
            FromApi::Rights { person: of, host, .. } => *of == person && *host == is_host,
            _ => false,
        };
        media.wait_for(heard).await;
    }
}

/// J4: hosts end the video, in every mode as they are hosts there; nobody else does. It is written down, with whose it was.
#[tokio::test]
async fn j4_hosts_end_a_video() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    assert_eq!(olivia.code(REMOVE, input(session)).await, "UNAVAILABLE", "nobody would hear of it");
    let watching = watching(session, &ada.id().await);
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![watching]).await;
    for mode in ["ANYONE", "MODERATED"] {
        olivia.update_session(session, json!({ "shareAccess": mode })).await;
        // The log is in the order of time.
        app.advance(1);
        for person in [&ada, &bob] {
            assert_eq!(person.code(REMOVE, input(session)).await, "FORBIDDEN", "{mode}");
        }
        if mode == "MODERATED" {
            mo.ok(REMOVE, input(session)).await;
        } else {
            assert_eq!(mo.code(REMOVE, input(session)).await, "FORBIDDEN", "{mode}");
            olivia.ok(REMOVE, input(session)).await;
        }
        media.wait_for(|command| *command == FromApi::StopYoutube { session: session.clone() }).await;
    }
    let mut log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    // The modes are written down as well.
    log.as_array_mut().unwrap().retain(|line| line["action"] == "REMOVED_YOUTUBE");
    let removed =
        |actor| json!({ "action": "REMOVED_YOUTUBE", "actor": { "name": actor }, "person": { "name": "Ada" } });
    assert_eq!(log, json!([removed("Mo"), removed("Olivia")]));
    assert_eq!(app.stranger().code(REMOVE, input(session)).await, "UNAUTHENTICATED");
    olivia.update_session(session, json!({ "watchAccess": "PRIVATE" })).await;
    assert_eq!(bob.code(REMOVE, input(session)).await, "NOT_FOUND");
}

/// J4, O2: where nobody shares a video its end is not written down, and media hears it all the same.
#[tokio::test]
async fn j4_o2_the_end_of_no_video_is_not_written_down() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let ada = app.attendee(&ground.event, "Ada").await;
    let held = room(session, &ada.id().await, 1);
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    olivia.ok(REMOVE, input(session)).await;
    media.wait_for(|command| *command == FromApi::StopYoutube { session: session.clone() }).await;
    assert_eq!(olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"], json!([]));
}

/// D7, O2: who shares nothing but a video is taken off the screen with it, which is written down.
#[tokio::test]
async fn d7_o2_the_end_of_a_video_with_its_sharer_is_written_down() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    let mut held = watching(session, &ada.id().await);
    held.speakers.clear();
    let _media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    for person in [&bob, &ada] {
        mo.ok(TAKE_OFF, json!({ "input": { "sessionId": session, "personId": person.id().await } })).await;
    }
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    let removed = json!({ "action": "REMOVED_FROM_SCREEN", "actor": { "name": "Mo" }, "person": { "name": "Ada" } });
    assert_eq!(log, json!([removed]));
}

/// J1, O3: integrators see the video of a room, when they ask and when it changes.
#[tokio::test]
async fn j1_o3_the_video_is_part_of_the_live_state() {
    let ground = Ground::new().await;
    let Ground { app, session, event, .. } = &ground;
    let ada = app.attendee(event, "Ada").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    assert_eq!(shown(&ada, session).await, Value::Null);
    let mut socket = ada.socket().await;
    let rooms = format!("subscription($id: ID!) {{ roomChanged(eventId: $id) {{ {SHOWN} }} }}");
    socket.subscribe("s", &rooms, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Rooms(EventId::parse(event).unwrap()), 1).await;
    media.report(watching(session, &ada.id().await)).await;
    let told = socket.data("s").await["roomChanged"]["youtube"].take();
    let expected = json!({ "videoId": "dQw4w9WgXcQ", "live": false, "sharer": { "name": "Ada" }, "playing": true,
        "position": 12.5, "rate": 1.0, "at": told["at"] });
    assert_eq!(told, expected);
    assert!(text(&told["at"]).starts_with("20"));
    assert_eq!(shown(&ada, session).await, expected);
    media.report(room(session, &ada.id().await, 1)).await;
    assert_eq!(socket.data("s").await["roomChanged"]["youtube"], Value::Null);
}

/// J1: the pages may fetch the player's scripts, and nothing else of that host; frames come from the host that sets no cookies.
#[tokio::test]
async fn j1_pages_may_fetch_the_player_and_nothing_else() {
    let ground = Ground::new().await;
    let page = ground.app.stranger().get("/").send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let part = |name: &str| policy.split(';').map(str::trim).find(|part| part.starts_with(name)).unwrap().to_owned();
    let scripts =
        "script-src 'self' 'wasm-unsafe-eval' https://www.youtube.com/iframe_api https://www.youtube.com/s/player/";
    assert_eq!(part("script-src"), scripts);
    assert!(
        part("frame-src").contains("https://www.youtube-nocookie.com") && !part("frame-src").contains("youtube.com")
    );
}
