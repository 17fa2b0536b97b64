//! K8: what hosts make a replay is seen by whoever may watch its session, and by nobody else.

use crate::harness::Person;
use crate::harness::recording::{Ground, block, ended, file, ground, id};
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::recording::{Block, BlockEnd, BlockState, Failure};
use serde_json::{Value, json};

const CHANGES: &str =
    "subscription($id: ID!) { recordingChanged(eventId: $id) { recording { id isReplay } deletedId } }";
const ACTIONS: &str = "{ event(slug: \"summit\") { hostActions { nodes { action actor { name } } } } }";

impl Ground {
    /// A session with these fields and a replay.
    async fn with_replay(&mut self, fields: Value) -> (String, Block) {
        let session = self.olivia.session(&self.event, "Table", fields).await;
        let block = self.app.ready(&mut self.media, &self.olivia, &session, file(100)).await;
        self.olivia.set_replay(&block, true).await.unwrap();
        (session, block)
    }
}

/// Whether they see it everywhere where it is to be seen, or nowhere.
async fn sees(person: &Person, session: &str, block: &Block) -> bool {
    let listed = person.recordings_of(session).await.contains(&id(block));
    let found = !person.recording(block).await.is_null();
    let played = person.may_download(block).await;
    assert!(listed == found && found == played, "{listed} {found} {played}");
    played
}

/// K8: hosts alone decide, of what is ready alone.
#[tokio::test]
async fn k8_hosts_make_a_replay_and_take_it_back() {
    let Ground { app, olivia, session, mo, ada, mut media, .. } = ground().await;
    let unready = ended(&block(&app, &session), BlockEnd::SwitchedOff);
    for state in
        [BlockState::Recording, BlockState::Processing { percent: 5 }, BlockState::Failed { failure: Failure::Encoder }]
    {
        media.recordings(&[Block { state: state.clone(), ..unready.clone() }]).await;
        let shown = match state {
            BlockState::Recording => "RECORDING",
            BlockState::Processing { .. } => "PROCESSING",
            BlockState::Failed { .. } => "FAILED",
        };
        olivia.sees_state(&unready, shown).await;
        assert_eq!(mo.set_replay(&unready, true).await, Err("CONFLICT".into()), "{shown}");
    }
    let block = app.ready(&mut media, &olivia, &session, file(100)).await;
    assert!(!sees(&ada, &session, &block).await);
    assert_eq!(ada.set_replay(&block, true).await, Err("NOT_FOUND".into()));
    assert_eq!(app.stranger().set_replay(&block, true).await, Err("UNAUTHENTICATED".into()));
    assert_eq!(mo.set_replay(&block, true).await, Ok(()));
    assert!(sees(&ada, &session, &block).await);
    assert_eq!(ada.set_replay(&block, false).await, Err("FORBIDDEN".into()));
    for _ in 0..2 {
        assert_eq!(olivia.set_replay(&block, false).await, Ok(()));
    }
    assert!(!sees(&ada, &session, &block).await);
    assert!(sees(&mo, &session, &block).await, "hosts see all");
    assert_eq!(olivia.recording(&block).await["version"], 4, "what stays is no change");
}

/// K8, C1–C4: each of the ways in which somebody may watch a session is one to its replays.
#[tokio::test]
async fn k8_a_replay_is_for_whoever_may_watch_the_session() {
    let mut ground = ground().await;
    let bob = ground.app.attendee(&ground.event, "Bob").await;
    let vip = ground.olivia.ticket_type(&ground.event, "VIP", json!({})).await;
    let (anyone, open) = ground.with_replay(json!({})).await;
    let (private, secret) = ground.with_replay(json!({ "watchAccess": "PRIVATE" })).await;
    let tickets = json!({ "watchAccess": "TICKETS", "ticketTypeIds": [vip] });
    let (for_tickets, by_ticket) = ground.with_replay(tickets).await;
    let (unlisted, by_link) = ground.with_replay(json!({ "watchAccess": "UNLISTED" })).await;
    let Ground { app, olivia, event, ada, .. } = &ground;
    olivia.invite(&private, "ada@example.org").await;
    let hold =
        "mutation($input: UpdateRegistrationInput!) { updateRegistration(input: $input) { registration { id } } }";
    let registration = ada.registration("summit").await;
    olivia.ok(hold, json!({ "input": { "id": registration, "ticketTypeId": vip } })).await;
    let admit = "mutation($input: AdmitInput!) { admit(input: $input) { session { id } } }";
    let link = olivia.link_token(&unlisted).await;
    ada.ok(admit, json!({ "input": { "sessionId": unlisted, "linkToken": link } })).await;
    let nora = app.person("Nora").await;
    for (session, block, of_bob) in [
        (&anyone, &open, true),
        (&private, &secret, false),
        (&for_tickets, &by_ticket, false),
        (&unlisted, &by_link, false),
    ] {
        assert!(sees(olivia, session, block).await);
        assert!(sees(ada, session, block).await);
        assert_eq!(sees(&bob, session, block).await, of_bob);
        assert!(!sees(&nora, session, block).await, "she is not registered");
        assert!(!sees(&app.stranger(), session, block).await);
    }
    // A3: the event is over; who it is for is not.
    app.advance(2 * 3600);
    assert!(sees(ada, &private, &secret).await && !sees(&bob, &private, &secret).await);
    // A3: a draft is for organizers alone.
    let draft = "mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { id } } }";
    olivia.ok(draft, json!({ "input": { "id": event, "published": false } })).await;
    assert!(!sees(ada, &anyone, &open).await && sees(olivia, &anyone, &open).await);
}

/// C6: whoever may not watch the session any more does not see its replays either.
#[tokio::test]
async fn c6_a_replay_is_lost_with_its_session() {
    let mut ground = ground().await;
    let (session, block) = ground.with_replay(json!({ "watchAccess": "PRIVATE" })).await;
    let Ground { olivia, ada, .. } = &ground;
    olivia.invite(&session, "ada@example.org").await;
    assert!(sees(ada, &session, &block).await);
    let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
    olivia.ok(uninvite, json!({ "input": { "sessionId": session, "email": "ada@example.org" } })).await;
    assert!(!sees(ada, &session, &block).await);
}

/// K8, A7: who was removed from the event sees nothing of it.
#[tokio::test]
async fn a7_who_was_removed_sees_no_replay() {
    let mut ground = ground().await;
    let (session, block) = ground.with_replay(json!({})).await;
    let Ground { olivia, ada, .. } = &ground;
    assert!(sees(ada, &session, &block).await);
    let blocking = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(blocking, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    assert!(!sees(ada, &session, &block).await);
}

/// K8: those who may watch hear of a replay as it comes and goes; others hear nothing of it.
#[tokio::test]
async fn k8_those_who_may_watch_hear_of_it() {
    let mut ground = ground().await;
    let session = ground.olivia.session(&ground.event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    ground.olivia.invite(&session, "ada@example.org").await;
    let secret = ground.app.ready(&mut ground.media, &ground.olivia, &session, file(100)).await;
    let bob = ground.app.attendee(&ground.event, "Bob").await;
    let (mut invited, mut other) = (ground.ada.socket().await, bob.socket().await);
    for socket in [&mut invited, &mut other] {
        socket.subscribe("s", CHANGES, json!({ "id": ground.event })).await;
    }
    let topic = Topic::Recordings(EventId::parse(&ground.event).unwrap());
    ground.app.wait_for_listeners(topic, 2).await;
    let come = |block: &Block| json!({ "recordingChanged": { "recording": { "id": id(block), "isReplay": true }, "deletedId": null } });
    let gone = |block: &Block| json!({ "recordingChanged": { "recording": null, "deletedId": id(block) } });
    ground.olivia.set_replay(&secret, true).await.unwrap();
    assert_eq!(invited.data("s").await, come(&secret));
    ground.olivia.set_replay(&secret, false).await.unwrap();
    assert_eq!(invited.data("s").await, gone(&secret));
    ground.olivia.set_replay(&secret, true).await.unwrap();
    assert_eq!(invited.data("s").await, come(&secret));
    ground.olivia.on_recording("deleteRecording", &secret).await.unwrap();
    assert_eq!(invited.data("s").await, gone(&secret));
    let (_, open) = ground.with_replay(json!({})).await;
    assert_eq!(invited.data("s").await, come(&open));
    assert_eq!(other.data("s").await, come(&open), "it is the first that he hears of");
}

/// K8, B8: without its session nobody would see it as a replay, so it becomes none; what was one can be taken back.
#[tokio::test]
async fn k8_without_its_session_it_becomes_no_replay() {
    let mut ground = ground().await;
    let (session, shown) = ground.with_replay(json!({})).await;
    let other = ground.app.ready(&mut ground.media, &ground.olivia, &session, file(100)).await;
    let Ground { olivia, ada, .. } = &ground;
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    olivia.ok(delete, json!({ "input": { "id": session } })).await;
    assert_eq!(olivia.set_replay(&other, true).await, Err("CONFLICT".into()));
    assert_eq!(olivia.recording(&other).await["isReplay"], false);
    assert_eq!(olivia.set_replay(&shown, false).await, Ok(()));
    let restore = "mutation($input: RestoreSessionInput!) { restoreSession(input: $input) { session { id } } }";
    olivia.ok(restore, json!({ "input": { "id": session } })).await;
    assert!(!sees(ada, &session, &shown).await);
    assert_eq!(olivia.set_replay(&other, true).await, Ok(()));
    assert!(sees(ada, &session, &other).await);
}

/// K8: two hosts at once agree on what it is.
#[tokio::test]
async fn k8_two_hosts_at_once_make_it_one_thing() {
    let mut ground = ground().await;
    let (session, block) = ground.with_replay(json!({ "shareAccess": "MODERATED" })).await;
    let Ground { olivia, mo, ada, .. } = &ground;
    olivia.choose("addModerator", &session, "mo@example.org").await;
    let (one, other) = tokio::join!(olivia.set_replay(&block, false), mo.set_replay(&block, false));
    assert_eq!((one, other), (Ok(()), Ok(())));
    assert!(!sees(ada, &session, &block).await);
    assert_eq!(olivia.recording(&block).await["version"], 4, "made, ready, shown, taken back");
}

/// O2: what hosts do with recordings is written down, once.
#[tokio::test]
async fn o2_k8_what_hosts_do_is_written_down() {
    let mut ground = ground().await;
    let (_session, block) = ground.with_replay(json!({})).await;
    let Ground { app, olivia, .. } = &ground;
    app.advance(1);
    olivia.set_replay(&block, true).await.unwrap();
    olivia.set_replay(&block, false).await.unwrap();
    app.advance(1);
    olivia.on_recording("deleteRecording", &block).await.unwrap();
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    let line = |action: &str| json!({ "action": action, "actor": { "name": "Olivia" } });
    assert_eq!(log, json!([line("DELETED_RECORDING"), line("WITHDREW_REPLAY"), line("PUBLISHED_REPLAY")]));
}
