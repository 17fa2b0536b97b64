//! D3, D5: asking to go on screen, the queue, and what hosts decide.

use crate::harness::{FakeMedia, Person, Socket, TestApp, room, text, two_attendees};
use api::clock::Time;
use api::feed::Topic;
use api::ids::{EventId, Id, SessionId, TicketTypeId};
use api::limits;
use api::model::account::{self, Account};
use api::model::registration::{self, Registration};
use api::model::share_request::{self, ShareRequest};
use protocol::link::FromApi;
use serde_json::{Value, json};

const REQUEST: &str = "mutation($input: RequestToShareInput!) { requestToShare(input: $input) { session { id } } }";
const WITHDRAW: &str =
    "mutation($input: WithdrawShareRequestInput!) { withdrawShareRequest(input: $input) { session { id } } }";
const APPROVE: &str = "mutation($input: ApproveShareRequestInput!) { approveShareRequest(input: $input) {
    request { state person { name } decidedBy { name } } } }";
const DECLINE: &str = "mutation($input: DeclineShareRequestInput!) { declineShareRequest(input: $input) {
    request { state person { name } decidedBy { name } } } }";
const DECLINE_ALL: &str =
    "mutation($input: DeclineAllShareRequestsInput!) { declineAllShareRequests(input: $input) { declined } }";
const QUEUE: &str =
    "query($id: ID!) { session(id: $id) { shareRequests { totalCount nodes { id person { name } } } } }";
const MINE: &str = "query($id: ID!) { session(id: $id) { viewerMayShare myShare { state position requestId } } }";
const CHANGES: &str = "subscription($event: ID!, $session: ID) {
    shareRequestsChanged(eventId: $event, sessionId: $session) {
    sessionId waitingCount request { person { name } state decidedBy { name } } } }";
const MY_CHANGES: &str = "subscription($id: ID!) { myShareChanged(sessionId: $id) { state position } }";

/// An event that runs, and a moderated session of it.
pub struct Ground {
    pub app: TestApp,
    pub olivia: Person,
    pub event: String,
    pub session: String,
}

impl Ground {
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let olivia = app.organizer().await;
        let event = app.live_event(&olivia, "summit").await;
        let session = olivia.session(&event, "Table", json!({ "shareAccess": "MODERATED" })).await;
        Self { app, olivia, event, session }
    }

    /// An attendee who moderates the session.
    pub async fn moderator(&self, name: &str) -> Person {
        let moderator = self.app.attendee(&self.event, name).await;
        let email = format!("{}@example.org", name.to_lowercase());
        self.olivia.choose("addModerator", &self.session, &email).await;
        moderator
    }

    /// The person asks, later than others before; gives the id of the request.
    pub async fn ask(&self, person: &Person) -> String {
        self.ask_in(person, &self.session).await
    }

    async fn ask_in(&self, person: &Person, session: &str) -> String {
        self.app.advance(1);
        person.ok(REQUEST, input(session)).await;
        text(&person.ok(MINE, json!({ "id": session })).await["session"]["myShare"]["requestId"])
    }

    /// The person asks, and this host approves it.
    pub async fn be_approved(&self, person: &Person, host: &Person) {
        let request = self.ask(person).await;
        host.ok(APPROVE, id(&request)).await;
    }

    /// The names of those who wait, as this person sees them.
    async fn queue(&self, person: &Person) -> Vec<String> {
        let data = person.ok(QUEUE, json!({ "id": self.session })).await;
        let nodes = data["session"]["shareRequests"]["nodes"].as_array().unwrap().clone();
        assert_eq!(data["session"]["shareRequests"]["totalCount"], nodes.len());
        nodes.iter().map(|node| text(&node["person"]["name"])).collect()
    }
}

pub fn input(session: &str) -> Value {
    json!({ "input": { "sessionId": session } })
}

fn id(request: &str) -> Value {
    json!({ "input": { "id": request } })
}

/// How the person stands to going on screen, and their place in the queue.
pub async fn stands(person: &Person, session: &str) -> (String, Option<i64>) {
    let data = person.ok(MINE, json!({ "id": session })).await;
    let mine = &data["session"]["myShare"];
    let may = ["MAY_SHARE", "APPROVED"].contains(&mine["state"].as_str().unwrap());
    assert_eq!(data["session"]["viewerMayShare"], may, "{data}");
    (text(&mine["state"]), mine["position"].as_i64())
}

fn waits(place: i64) -> (String, Option<i64>) {
    ("WAITING".into(), Some(place))
}

fn is(state: &str) -> (String, Option<i64>) {
    (state.into(), None)
}

/// D3, D5: those who ask wait in their order; who is approved goes on screen, and media keeps the next free seat for them.
#[tokio::test]
async fn d3_d5_who_asks_waits_in_order_and_is_approved() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let mut media = FakeMedia::link(&ground.app.address, &ground.app.app).await;
    assert_eq!(stands(&ada, session).await, is("MAY_ASK"));
    let request = ground.ask(&ada).await;
    ground.ask(&bob).await;
    assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (waits(1), waits(2)));
    assert_eq!(ground.queue(&ground.olivia).await, ["Ada", "Bob"]);
    assert!(!ground.app.pass(&ada, session).await.share, "asking gives nothing");

    let approved = ground.olivia.ok(APPROVE, id(&request)).await;
    let expected = json!({ "state": "APPROVED", "person": { "name": "Ada" }, "decidedBy": { "name": "Olivia" } });
    assert_eq!(approved["approveShareRequest"]["request"], expected);
    assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (is("APPROVED"), waits(1)));
    assert_eq!(ground.queue(&ground.olivia).await, ["Bob"]);
    let rights =
        FromApi::Rights { session: session.clone(), person: ada.id().await, share: true, host: false, asked: true };
    media.wait_for(|command| *command == rights).await;
    assert!(ground.app.pass(&ada, session).await.share);
    assert_eq!(ada.code(REQUEST, input(session)).await, "CONFLICT", "there is nothing to ask for");
}

/// D3: with no host inside too; the room says whether there is one.
#[tokio::test]
async fn d3_requests_are_made_with_no_host_inside() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    let host_inside = async || {
        let data =
            ada.ok("query($id: ID!) { session(id: $id) { room { hostInside } } }", json!({ "id": session })).await;
        data["session"]["room"]["hostInside"] == true
    };
    let mut occupied = room(session, &ada.id().await, 1);
    let media = FakeMedia::link_with(&ground.app.address, &ground.app.app, vec![occupied.clone()]).await;
    assert!(!host_inside().await);
    ground.ask(&ada).await;
    assert_eq!(stands(&ada, session).await, waits(1));
    drop(media);
    occupied.hosts = 1;
    let _media = FakeMedia::link_with(&ground.app.address, &ground.app.app, vec![occupied]).await;
    assert!(host_inside().await);
}

/// D3, A3: as long as one may be in the room: not before the event is live, nor after its end.
#[tokio::test]
async fn d3_a3_requests_are_made_while_one_may_be_in_the_room() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (600, 1200)).await;
    olivia.publish(&event).await;
    let session = olivia.session(&event, "Table", json!({ "shareAccess": "MODERATED" })).await;
    let ada = app.attendee(&event, "Ada").await;
    assert_eq!(ada.code(REQUEST, input(&session)).await, "NOT_OPEN");
    app.advance(600);
    ada.ok(REQUEST, input(&session)).await;
    ada.ok(WITHDRAW, input(&session)).await;
    app.advance(600);
    assert_eq!(ada.code(REQUEST, input(&session)).await, "NOT_OPEN");
}

/// D3, A7: a muted person may still ask.
#[tokio::test]
async fn d3_a7_a_muted_person_asks() {
    let ground = Ground::new().await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    let mute = "mutation($input: PersonInEventInput!) { mutePerson(input: $input) { registration { id } } }";
    ground.olivia.ok(mute, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    ground.ask(&ada).await;
    assert_eq!(ground.queue(&ground.olivia).await, ["Ada"]);
}

/// D4, D1, D2: hosts never ask, and nobody does where the session is not moderated.
#[tokio::test]
async fn d4_who_need_not_ask_is_refused() {
    let ground = Ground::new().await;
    let Ground { olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    for host in [olivia, &mo] {
        assert_eq!(stands(host, session).await, is("MAY_SHARE"));
        assert_eq!(host.code(REQUEST, input(session)).await, "FORBIDDEN");
    }
    for (mode, state) in [("ANYONE", "MAY_SHARE"), ("INVITE_ONLY", "MAY_NOT")] {
        olivia.update_session(session, json!({ "shareAccess": mode })).await;
        assert_eq!(stands(&ada, session).await, is(state), "{mode}");
        assert_eq!(ada.code(REQUEST, input(session)).await, "FORBIDDEN", "{mode}");
    }
    olivia.update_session(session, json!({ "shareAccess": "MODERATED" })).await;
    ada.ok(REQUEST, input(session)).await;
}

/// D5: asking twice is one request.
#[tokio::test]
async fn d5_asking_twice_is_one_request() {
    let ground = Ground::new().await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    let twice = (ground.ask(&ada).await, ground.ask(&ada).await);
    assert_eq!(twice.0, twice.1);
    assert_eq!(ground.queue(&ground.olivia).await, ["Ada"]);
}

/// D5: a request can be withdrawn, once; the others move up.
#[tokio::test]
async fn d5_a_request_is_withdrawn() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let request = ground.ask(&ada).await;
    ground.ask(&bob).await;
    ada.ok(WITHDRAW, input(session)).await;
    assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (is("MAY_ASK"), waits(1)));
    assert_eq!(ada.code(WITHDRAW, input(session)).await, "CONFLICT");
    assert_eq!(ground.olivia.code(APPROVE, id(&request)).await, "CONFLICT", "withdrawn before it was decided");
    assert_eq!(stands(&ada, session).await, is("MAY_ASK"));
}

/// D5: who was approved can give that back, as long as they wait for a seat as well as later: hosts hear of it, passes from before
/// open nothing any more, and they may ask again.
#[tokio::test]
async fn d5_an_approval_is_given_back() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    ground.be_approved(&ada, &ground.olivia).await;
    let mut media = FakeMedia::link(&ground.app.address, &ground.app.app).await;
    let mut socket = listening(&ground, &ground.olivia, None).await;
    let before = ground.app.pass(&ada, session).await;
    ada.ok(WITHDRAW, input(session)).await;
    let person = ada.id().await;
    let right = FromApi::Rights { session: session.clone(), person, share: false, host: false, asked: false };
    media.wait_for(|command| *command == right).await;
    assert_eq!(heard(&mut socket).await, ("Ada".into(), "WITHDRAWN".into(), 0));
    assert_eq!(stands(&ada, session).await, is("MAY_ASK"));
    let after = ground.app.pass(&ada, session).await;
    assert!(before.share && !after.share && before.settings.version < after.settings.version);
    assert_eq!(ada.code(WITHDRAW, input(session)).await, "CONFLICT");

    ground.be_approved(&ada, &ground.olivia).await;
    ground.olivia.update_session(session, json!({ "shareAccess": "ANYONE" })).await;
    assert_eq!(
        ada.code(WITHDRAW, input(session)).await,
        "CONFLICT",
        "nobody has to ask, so there is nothing to give back"
    );
}

/// D5: who is declined may ask again, behind the others.
#[tokio::test]
async fn d5_a_declined_person_asks_again() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let request = ground.ask(&ada).await;
    ground.ask(&bob).await;
    let declined = ground.olivia.ok(DECLINE, id(&request)).await;
    assert_eq!(declined["declineShareRequest"]["request"]["state"], "DECLINED");
    assert_eq!(stands(&ada, session).await, is("MAY_ASK"));
    ground.ask(&ada).await;
    assert_eq!(ground.queue(&ground.olivia).await, ["Bob", "Ada"]);
}

/// D5: everybody at once.
#[tokio::test]
async fn d5_everybody_is_declined_at_once() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    ground.ask(&ada).await;
    ground.ask(&bob).await;
    assert_eq!(ada.code(DECLINE_ALL, input(session)).await, "FORBIDDEN");
    let mut socket = listening(&ground, &ground.olivia, None).await;
    let declined = ground.olivia.ok(DECLINE_ALL, input(session)).await;
    assert_eq!(declined["declineAllShareRequests"]["declined"], 2);
    assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (is("MAY_ASK"), is("MAY_ASK")));
    for name in ["Ada", "Bob"] {
        assert_eq!(heard(&mut socket).await, (name.into(), "DECLINED".into(), 0));
    }
    let again = ground.olivia.ok(DECLINE_ALL, input(session)).await;
    assert_eq!(again["declineAllShareRequests"]["declined"], 0);
}

/// D5: of two hosts who decide at the same moment one does, and the other is told who that was.
#[tokio::test]
async fn d5_the_first_decision_wins() {
    let ground = Ground::new().await;
    let Ground { olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    let request = id(&ground.ask(&ada).await);
    let (approved, declined) = tokio::join!(olivia.ask(APPROVE, request.clone()), mo.ask(DECLINE, request));
    let (late, told, state) = if approved["errors"].is_null() {
        (declined, "Olivia has approved this request already.", "APPROVED")
    } else {
        (approved, "Mo has declined this request already.", "MAY_ASK")
    };
    assert_eq!(late["errors"][0]["extensions"]["code"], "CONFLICT", "{late}");
    assert_eq!(late["errors"][0]["message"], told);
    assert_eq!(stands(&ada, session).await, is(state));
}

/// D5, I2: hosts see who of those that wait is not in the room.
#[tokio::test]
async fn d5_hosts_see_who_waits_and_is_not_inside() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let mut media = FakeMedia::link(&ground.app.address, &ground.app.app).await;
    ground.ask(&ada).await;
    ground.ask(&bob).await;
    let inside = async || {
        let query = "query($id: ID!) { session(id: $id) { shareRequests { nodes { inside } } } }";
        let data = ground.olivia.ok(query, json!({ "id": session })).await;
        let nodes = data["session"]["shareRequests"]["nodes"].as_array().unwrap().clone();
        nodes.iter().map(|node| node["inside"] == true).collect::<Vec<bool>>()
    };
    assert_eq!(inside().await, [false, false]);
    let (first, second) = (ada.id().await, bob.id().await);
    for (came, left, expected) in [
        (vec![(first.as_str(), "Ada"), (second.as_str(), "Bob")], vec![], [true, true]),
        (vec![], vec![first.as_str()], [false, true]),
    ] {
        media.people(session, &came, &left).await;
        let told = async {
            while inside().await != expected {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(crate::harness::PATIENCE, told).await.expect("who is inside is told");
    }
}

/// D3: hosts alone see the queue and decide. Of others' requests attendees know nothing.
#[tokio::test]
async fn d3_only_hosts_see_and_decide() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let request = ground.ask(&ada).await;
    let wrong = id("share-request:01ARZ3NDEKTSV4RRFFQ69G5FAV");
    for decide in [APPROVE, DECLINE] {
        assert_eq!(bob.code(decide, id(&request)).await, "NOT_FOUND", "as with a wrong id");
        assert_eq!(bob.code(decide, wrong.clone()).await, "NOT_FOUND");
        assert_eq!(ada.code(decide, id(&request)).await, "FORBIDDEN", "one's own");
        assert_eq!(ground.app.stranger().code(decide, id(&request)).await, "UNAUTHENTICATED");
    }
    assert_eq!((ground.queue(&ada).await, ground.queue(&bob).await), (vec![], vec![]));
    assert_eq!(ground.queue(&mo).await, ["Ada"]);
    mo.ok(APPROVE, id(&request)).await;
    assert_eq!(stands(&ada, session).await, is("APPROVED"));
}

/// C2: for who may not watch it, a session takes no requests and has none: the answers are those of a wrong id.
#[tokio::test]
async fn c2_a_hidden_session_answers_as_a_wrong_id() {
    let ground = Ground::new().await;
    let Ground { olivia, session, .. } = &ground;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    olivia.invite(session, "ada@example.org").await;
    olivia.update_session(session, json!({ "watchAccess": "PRIVATE" })).await;
    let request = ground.ask(&ada).await;
    let nora = ground.app.person("Nora").await;
    let wrong = input("session:01ARZ3NDEKTSV4RRFFQ69G5FAV");
    for stranger in [&bob, &nora] {
        for mutation in [REQUEST, WITHDRAW, DECLINE_ALL] {
            let answers = [stranger.ask(mutation, input(session)).await, stranger.ask(mutation, wrong.clone()).await];
            assert_eq!(answers[0]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{mutation}");
            assert_eq!(answers[0], answers[1], "{mutation}");
        }
        assert_eq!(stranger.code(APPROVE, id(&request)).await, "NOT_FOUND");
    }
    olivia.ok(APPROVE, id(&request)).await;
}

/// D5: 500 wait at the most; there is room again when one has gone.
#[tokio::test]
async fn d5_five_hundred_wait_at_the_most() {
    let ground = Ground::new().await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    fill_queue_in_the_database(&ground).await;
    let full = [("sessionId".to_owned(), "OUT_OF_RANGE".to_owned())];
    assert_eq!(ada.problems(REQUEST, input(&ground.session)).await, full);
    let first = ground.olivia.ok(QUEUE, json!({ "id": ground.session })).await;
    let first = text(&first["session"]["shareRequests"]["nodes"][0]["id"]);
    ground.olivia.ok(DECLINE, id(&first)).await;
    ground.ask(&ada).await;
    let place = i64::try_from(limits::SHARE_REQUESTS).unwrap();
    assert_eq!(stands(&ada, &ground.session).await, waits(place));
}

/// As many as may wait, who asked a while ago.
async fn fill_queue_in_the_database(ground: &Ground) {
    let (event, session) = (EventId::parse(&ground.event).unwrap(), SessionId::parse(&ground.session).unwrap());
    let ticket = TicketTypeId::parse(&ground.app.first_ticket_type(&ground.event).await).unwrap();
    let now: Time = ground.app.app.clock.now().plus_seconds(-60);
    let person = |number| Account {
        id: ground.app.app.ids.next(),
        email: format!("p{number}@example.org"),
        name: format!("Person {number}"),
        headline: String::new(),
        picture_id: None,
        password_hash: String::new(),
        verified_at: None,
        created_at: now,
    };
    let people: Vec<Account> = (0..limits::SHARE_REQUESTS).map(person).collect();
    let ids = &ground.app.app.ids;
    let registered = |account: &Account| Registration::new(ids.next(), event, account.id, ticket, now);
    let registrations: Vec<Registration> = people.iter().map(registered).collect();
    let asks = |account: &Account| ShareRequest::new(ids.next(), session, account.id, now);
    let requests: Vec<ShareRequest> = people.iter().map(asks).collect();
    let write = move |conn: &mut _| {
        account::insert_all(conn, &people)?;
        registration::insert_all(conn, &registrations)?;
        for request in &requests {
            share_request::insert(conn, request)?;
        }
        Ok(())
    };
    ground.app.app.db.write(write).await.unwrap();
}

/// C6, A7: a person who is removed from the event waits no more; the others move up, and hosts hear of it.
#[tokio::test]
async fn c6_a_blocked_person_waits_no_more() {
    let ground = Ground::new().await;
    let Ground { olivia, event, session, .. } = &ground;
    let (ada, bob) = two_attendees(&ground.app, event).await;
    let request = ground.ask(&ada).await;
    ground.ask(&bob).await;
    let mut socket = listening(&ground, olivia, None).await;
    let block = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(block, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    assert_eq!(heard(&mut socket).await, ("Ada".into(), "WITHDRAWN".into(), 1));
    assert_eq!(ground.queue(olivia).await, ["Bob"]);
    assert_eq!(stands(&bob, session).await, waits(1));
    assert_eq!(olivia.code(APPROVE, id(&request)).await, "NOT_FOUND");
}

/// C6: so does who loses the session alone, or with everybody else, and who has deleted their account (A8).
#[tokio::test]
async fn c6_who_loses_the_session_waits_no_more() {
    let ground = Ground::new().await;
    let Ground { olivia, event, session, .. } = &ground;
    let (ada, bob) = two_attendees(&ground.app, event).await;
    let cleo = ground.app.attendee(event, "Cleo").await;
    for email in ["ada@example.org", "cleo@example.org"] {
        olivia.invite(session, email).await;
    }
    for person in [&ada, &bob, &cleo] {
        ground.ask(person).await;
    }
    let mut socket = listening(&ground, olivia, None).await;
    olivia.update_session(session, json!({ "watchAccess": "PRIVATE" })).await;
    assert_eq!(heard(&mut socket).await, ("Bob".into(), "WITHDRAWN".into(), 2));
    let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
    olivia.ok(uninvite, json!({ "input": { "sessionId": session, "email": "ada@example.org" } })).await;
    assert_eq!(heard(&mut socket).await, ("Ada".into(), "WITHDRAWN".into(), 1));
    let delete = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }";
    cleo.ok(delete, json!({ "input": { "confirmation": crate::harness::PASSWORD } })).await;
    assert_eq!(heard(&mut socket).await, ("Cleo".into(), "WITHDRAWN".into(), 0));
    assert_eq!(ground.queue(olivia).await, Vec::<String>::new());
}

/// A3, C6: when the event becomes a draft, nobody waits any more.
#[tokio::test]
async fn a3_nobody_waits_in_a_draft() {
    let ground = Ground::new().await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    ground.ask(&ada).await;
    let publish = "mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { published } } }";
    ground.olivia.ok(publish, json!({ "input": { "id": ground.event, "published": false } })).await;
    assert_eq!(ground.queue(&ground.olivia).await, Vec::<String>::new());
    ground.olivia.publish(&ground.event).await;
    assert_eq!(stands(&ada, &ground.session).await, is("MAY_ASK"));
}

/// D4: who becomes a host waits no more.
#[tokio::test]
async fn d4_a_new_moderator_waits_no_more() {
    let ground = Ground::new().await;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    ground.ask(&ada).await;
    ground.ask(&bob).await;
    ground.olivia.choose("addModerator", &ground.session, "ada@example.org").await;
    assert_eq!(stands(&ada, &ground.session).await, is("MAY_SHARE"));
    assert_eq!(stands(&bob, &ground.session).await, waits(1));
}

/// A socket on which the person hears of requests in the event, or in one session.
async fn listening(ground: &Ground, person: &Person, session: Option<&str>) -> Socket {
    let topic = Topic::ShareRequests(EventId::parse(&ground.event).unwrap());
    let before = ground.app.app.feed.listeners(topic);
    let mut socket = person.socket().await;
    socket.subscribe("s", CHANGES, json!({ "event": ground.event, "session": session })).await;
    ground.app.wait_for_listeners(topic, before + 1).await;
    socket
}

/// Whose request it is, what became of it, and how many wait.
async fn heard(socket: &mut Socket) -> (String, String, i64) {
    let data = socket.data("s").await["shareRequestsChanged"].clone();
    let request = &data["request"];
    (text(&request["person"]["name"]), text(&request["state"]), data["waitingCount"].as_i64().unwrap())
}

/// O3: hosts hear of every request in their sessions, and of what becomes of it; and of no other session's.
#[tokio::test]
async fn o3_hosts_hear_of_requests_in_their_sessions() {
    let ground = Ground::new().await;
    let Ground { olivia, event, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(&ground.app, event).await;
    let other = olivia.session(event, "Other", json!({ "shareAccess": "MODERATED" })).await;
    let mut everywhere = listening(&ground, olivia, None).await;
    let mut here = listening(&ground, olivia, Some(session)).await;
    let mut moderating = listening(&ground, &mo, None).await;
    ground.ask_in(&ada, &other).await;
    let request = ground.ask(&bob).await;
    assert_eq!(heard(&mut everywhere).await, ("Ada".into(), "WAITING".into(), 1));
    for socket in [&mut everywhere, &mut here, &mut moderating] {
        let data = socket.data("s").await;
        let expected = json!({ "sessionId": session, "waitingCount": 1,
            "request": { "person": { "name": "Bob" }, "state": "WAITING", "decidedBy": null } });
        assert_eq!(data["shareRequestsChanged"], expected);
    }
    mo.ok(APPROVE, id(&request)).await;
    for socket in [&mut everywhere, &mut here, &mut moderating] {
        let data = socket.data("s").await;
        let expected = json!({ "sessionId": session, "waitingCount": 0,
            "request": { "person": { "name": "Bob" }, "state": "APPROVED", "decidedBy": { "name": "Mo" } } });
        assert_eq!(data["shareRequestsChanged"], expected);
    }
}

/// O3: who is a host of nothing hears nothing: it is refused; and a moderator hears no more once they are none.
#[tokio::test]
async fn o3_others_do_not_hear_of_requests() {
    let ground = Ground::new().await;
    let Ground { olivia, event, session, .. } = &ground;
    let (mo, max) = (ground.moderator("Mo").await, ground.moderator("Max").await);
    let ada = ground.app.attendee(event, "Ada").await;
    let mut socket = ada.socket().await;
    socket.subscribe("s", CHANGES, json!({ "event": event })).await;
    let refused = socket.receive().await;
    assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    let (mut former, mut still) = (listening(&ground, &mo, None).await, listening(&ground, &max, None).await);
    let remove = "mutation($input: RemoveModeratorInput!) { removeModerator(input: $input) { session { id } } }";
    olivia.ok(remove, json!({ "input": { "sessionId": session, "personId": mo.id().await } })).await;
    ground.ask(&ada).await;
    assert_eq!(heard(&mut still).await, ("Ada".into(), "WAITING".into(), 1));
    olivia.choose("addModerator", session, "mo@example.org").await;
    ada.ok(WITHDRAW, input(session)).await;
    assert_eq!(heard(&mut former).await, ("Ada".into(), "WITHDRAWN".into(), 0), "nothing of what was in between");
}

/// O3, D5: each person hears how they stand, at once and then when that has changed, and only then.
#[tokio::test]
async fn o3_d5_a_person_hears_of_their_own_place() {
    let ground = Ground::new().await;
    let Ground { olivia, event, session, .. } = &ground;
    let (ada, bob) = two_attendees(&ground.app, event).await;
    let cleo = ground.app.attendee(event, "Cleo").await;
    let first = ground.ask(&ada).await;
    let mut socket = bob.socket().await;
    socket.subscribe("s", MY_CHANGES, json!({ "id": session })).await;
    let mut told = async || {
        let mine = socket.data("s").await["myShareChanged"].clone();
        (text(&mine["state"]), mine["position"].as_i64())
    };
    assert_eq!(told().await, is("MAY_ASK"));
    ground.ask(&bob).await;
    assert_eq!(told().await, waits(2));
    ground.ask(&cleo).await;
    olivia.ok(DECLINE, id(&first)).await;
    assert_eq!(told().await, waits(1), "nothing of who asked after them");
    let mine = text(&bob.ok(MINE, json!({ "id": session })).await["session"]["myShare"]["requestId"]);
    olivia.ok(APPROVE, id(&mine)).await;
    assert_eq!(told().await, is("APPROVED"));
    olivia.update_session(session, json!({ "shareAccess": "INVITE_ONLY" })).await;
    assert_eq!(told().await, is("MAY_NOT"));
    olivia.choose("addSharer", session, "bob@example.org").await;
    assert_eq!(told().await, is("MAY_SHARE"));
}

/// C2: of a session that one may not watch there is nothing to hear: the answer is that of a wrong id.
#[tokio::test]
async fn c2_nobody_hears_of_a_hidden_session() {
    let ground = Ground::new().await;
    let Ground { olivia, event, session, .. } = &ground;
    let (ada, bob) = two_attendees(&ground.app, event).await;
    olivia.invite(session, "ada@example.org").await;
    olivia.update_session(session, json!({ "watchAccess": "PRIVATE" })).await;
    let mut answers = Vec::new();
    for id in [session.as_str(), "session:01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        let mut socket = bob.socket().await;
        socket.subscribe("s", MY_CHANGES, json!({ "id": id })).await;
        answers.push(socket.receive().await["payload"].clone());
    }
    assert_eq!(answers[0]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(answers[0], answers[1]);
    let mut socket = ada.socket().await;
    socket.subscribe("s", MY_CHANGES, json!({ "id": session })).await;
    assert_eq!(socket.data("s").await["myShareChanged"]["state"], "MAY_ASK");
}

/// D3, D8: media was started again, or the link was gone meanwhile: it hears of each right of those inside.
#[tokio::test]
async fn d3_d8_grants_survive_a_start_of_media() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    ground.be_approved(&ada, &ground.olivia).await;
    let mut held = room(session, &ada.id().await, 1);
    held.people.push(bob.id().await);
    let app = &ground.app;
    let mut media = FakeMedia::link_with_rooms_unread(&app.address, &app.app, vec![held]).await;
    for (person, share) in [(&ada, true), (&bob, false)] {
        let right =
            FromApi::Rights { session: session.clone(), person: person.id().await, share, host: false, asked: false };
        media.wait_for(|command| *command == right).await;
    }
}

/// D3, A8: what somebody asked for is in their own data.
#[tokio::test]
async fn a8_requests_are_in_ones_own_data() {
    let ground = Ground::new().await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    ground.be_approved(&ada, &ground.olivia).await;
    let data: Value = serde_json::from_str(&ada.look_at("/account/data.json").await.text().await.unwrap()).unwrap();
    let asked = &data["shareRequests"][0];
    assert_eq!((&asked["session"], &asked["state"]), (&json!("Table"), &json!("approved")));
    assert_eq!(data["approvedToShareIn"][0]["session"], "Table");
    let action = &data["hostActions"][0];
    assert_eq!((&action["action"], &action["isOwn"]), (&json!("approved_request"), &json!(false)));
}
