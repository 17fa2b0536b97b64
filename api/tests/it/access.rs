//! Who may do what: every root field of the schema for every role, as a committed table. A new mutation, query or
//! subscription without a row fails this test, and so does any change of an outcome.

use crate::harness::recording;
use crate::harness::{FakeMedia, PATIENCE, Person, Socket, TestApp, room, text};
use api::feed::{Change, Topic};
use api::ids::{AccountId, EventId, Id, OrganizationId, SessionId};
use api::model;
use protocol::recording::Block;
use serde_json::{Value, json};
use std::fmt::Write;

const COMMITTED: &str = include_str!("access.txt");
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/access.txt");

/// One of each role, in the order of the table's columns.
struct Roles(Vec<(&'static str, Person)>);

/// What the cells work on.
struct Ground {
    app: TestApp,
    olivia: Person,
    event: String,
    draft: String,
    open: String,
    private: String,
    segment: String,
    draft_segment: String,
    /// A moderated session, and an attendee who asks to go on screen in it.
    moderated: String,
    asks: Person,
    /// The id of that attendee.
    ada: String,
    /// What the organizer wrote in the open session.
    message: String,
}

#[tokio::test]
async fn every_root_field_does_for_every_role_what_the_table_says() {
    let mut ground = ground().await;
    let mut media = FakeMedia::link(&ground.app.address, &ground.app.app).await;
    let roles = roles(&ground).await;
    let mut table = format!("{:<32}", "operation");
    for (role, _) in &roles.0 {
        write!(table, "{role:<18}").unwrap();
    }
    for (row, operation) in operations(&ground).await.into_iter().enumerate() {
        // Who prepares the cells writes from another address for each row: from one it would be too often.
        ground.olivia = ground.olivia.at_address(format!("192.0.2.{row}"));
        write!(table, "\n{operation:<32}").unwrap();
        for (_, person) in &roles.0 {
            let outcome = outcome(&ground, &mut media, &operation, person).await;
            write!(table, "{outcome:<18}").unwrap();
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if std::env::var("UPDATE_ACCESS_TABLE").is_ok() {
        std::fs::write(FILE, &table).unwrap();
    } else {
        assert!(
            table == COMMITTED,
            "rights changed: read the difference, then run UPDATE_ACCESS_TABLE=1 cargo test -p api every_root_field\n{table}"
        );
    }
}

async fn ground() -> Ground {
    let app = TestApp::start_with(&[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let draft = app.draft_event(&olivia, "draft", (0, 3600)).await;
    let open = olivia.session(&event, "Open", json!({})).await;
    let private = olivia.session(&event, "Private", json!({ "watchAccess": "PRIVATE" })).await;
    let times = (app.at(0), app.at(60));
    let segment =
        |name, published: bool| olivia.segment(&event, name, (&times.0, &times.1), json!({ "published": published }));
    let (segment, draft_segment) = (segment("Segment", true).await, segment("Draft", false).await);
    app.attendee(&event, "Rita").await;
    let ada = app.attendee(&event, "Ada").await;
    let moderated = olivia.session(&event, "Moderated", json!({ "shareAccess": "MODERATED" })).await;
    let message = olivia.written(&open, "Welcome").await;
    olivia.write(&private, "Psst").await;
    let id = ada.id().await;
    Ground { olivia, event, draft, open, private, segment, draft_segment, moderated, ada: id, asks: ada, message, app }
}

async fn roles(ground: &Ground) -> Roles {
    let app = &ground.app;
    let invited = app.attendee(&ground.event, "Ida").await;
    ground.olivia.invite(&ground.private, "ida@example.org").await;
    let elsewhere = app.person("Eve").await;
    insert_organizer_of_another_organization_into_the_database(app, &elsewhere).await;
    Roles(vec![
        ("signed out", app.stranger()),
        ("not registered", app.person("Nora").await),
        ("attendee", app.attendee(&ground.event, "Abe").await),
        ("invited", invited),
        ("other organizer", elsewhere),
        ("organizer", ground.olivia.clone()),
    ])
}

async fn insert_organizer_of_another_organization_into_the_database(app: &TestApp, person: &Person) {
    let account = AccountId::parse(&person.id().await).unwrap();
    let (id, now): (OrganizationId, _) = (app.app.ids.next(), app.app.clock.now());
    let organization = model::organization::Organization { id, name: "Elsewhere".into(), created_at: now };
    app.app
        .db
        .write(move |conn| {
            model::organization::insert(conn, &organization)?;
            Ok(model::organization::add_organizer(conn, id, account, now)?)
        })
        .await
        .unwrap();
}

/// Every root field that the schema has; `signOut` last, since the role is signed out after it.
async fn operations(ground: &Ground) -> Vec<String> {
    let query = "{ __schema { queryType { fields { name } } mutationType { fields { name } }
        subscriptionType { fields { name } } } }";
    let data = ground.olivia.ok(query, json!({})).await;
    let mut names = Vec::new();
    for (root, kind) in [("queryType", "query"), ("subscriptionType", "subscription"), ("mutationType", "mutation")] {
        let fields = data["__schema"][root]["fields"].as_array().unwrap();
        let mut of_root: Vec<String> = fields.iter().map(|field| format!("{kind} {}", text(&field["name"]))).collect();
        of_root.sort_by_key(|name| (name.ends_with("signOut"), name.clone()));
        names.extend(of_root);
    }
    let more = [
        "query event of a draft",
        "query session that is private",
        "query segment that is a draft",
        "query registrations",
        "query messages",
        "query chat",
        "query messages of a private one",
        "query invitations",
        "query organizer invitations",
        "query requests to share",
        "query bars",
        "query host actions",
        "query people inside",
        "query people of a private one",
        "query recordings",
        "query hidden recording",
        "query replay",
    ];
    names.splice(0..0, more.map(str::to_owned));
    names
}

async fn outcome(ground: &Ground, media: &mut FakeMedia, operation: &str, person: &Person) -> String {
    if let Some(name) = operation.strip_prefix("mutation ") {
        return mutation(ground, media, name, person).await;
    }
    if let Some(name) = operation.strip_prefix("subscription ") {
        return subscription(ground, media, name, person).await;
    }
    let (query, variables) = match operation {
        "query event" => ("query { event(slug: \"summit\") { id } }", json!({})),
        "query event of a draft" => ("query { event(slug: \"draft\") { id } }", json!({})),
        "query instance" => ("query { instance { version } }", json!({})),
        "query me" => ("query { me { id } }", json!({})),
        "query organizerInvitation" => ("query { organizerInvitation(token: \"no token\") { email } }", json!({})),
        "query organizer invitations" => (
            "query($id: ID!) { node(id: $id) { ... on Organization { organizerInvitations { email } } } }",
            json!({ "id": ground.olivia.organization().await }),
        ),
        "query node" => ("query($id: ID!) { node(id: $id) { id } }", json!({ "id": ground.open })),
        "query session" => ("query($id: ID!) { session(id: $id) { id } }", json!({ "id": ground.open })),
        "query segment" => ("query($id: ID!) { segment(id: $id) { id } }", json!({ "id": ground.segment })),
        "query segment that is a draft" => {
            ("query($id: ID!) { segment(id: $id) { id } }", json!({ "id": ground.draft_segment }))
        }
        "query session that is private" => {
            ("query($id: ID!) { session(id: $id) { id } }", json!({ "id": ground.private }))
        }
        "query registrations" => ("query { event(slug: \"summit\") { registrations { nodes { id } } } }", json!({})),
        "query messages" => {
            ("query($id: ID!) { session(id: $id) { messages { nodes { id } } } }", json!({ "id": ground.open }))
        }
        "query messages of a private one" => {
            ("query($id: ID!) { session(id: $id) { messages { nodes { id } } } }", json!({ "id": ground.private }))
        }
        "query chat" => ("query($id: ID!) { session(id: $id) { chat { sessionId } } }", json!({ "id": ground.open })),
        "query invitations" => (
            "query($id: ID!) { session(id: $id) { invitations { nodes { email } } } }",
            json!({ "id": ground.private }),
        ),
        "query requests to share" => {
            ground.ask_to_share().await;
            (
                "query($id: ID!) { session(id: $id) { shareRequests { nodes { id } } } }",
                json!({ "id": ground.moderated }),
            )
        }
        "query bars" => {
            ground.bar().await;
            ("query($id: ID!) { session(id: $id) { bars { nodes { createdAt } } } }", json!({ "id": ground.moderated }))
        }
        // By now there are some, of the rows before.
        "query host actions" => ("query { event(slug: \"summit\") { hostActions { nodes { id } } } }", json!({})),
        "query people inside" | "query people of a private one" => {
            let session = if operation == "query people inside" { &ground.open } else { &ground.private };
            media.people(session, &[("account:01ARZ3NDEKTSV4RRFFQ69G5FAV", "Somebody")], &[]).await;
            ground.wait_for_people(session).await;
            (
                "query($id: ID!) { session(id: $id) { room { people { nodes { person { id } } } } } }",
                json!({ "id": session }),
            )
        }
        "query recordings" => {
            ground.recording(media).await;
            ("query { event(slug: \"summit\") { recordings { nodes { id } } } }", json!({}))
        }
        "query hidden recording" => {
            ("query($id: ID!) { node(id: $id) { id } }", json!({ "id": ground.recording(media).await }))
        }
        "query replay" => ("query($id: ID!) { node(id: $id) { id } }", json!({ "id": ground.replay(media).await })),
        other => panic!("the access table has no row for {other}: add one to `outcome`"),
    };
    let answer = person.ask(query, variables).await;
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    // The innermost value says whether anything was found.
    let mut value = &answer["data"];
    while let Some(inner) = value.as_object().and_then(|map| map.values().next()) {
        value = inner;
    }
    let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if empty { "nothing" } else { "found" }.to_owned()
}

async fn subscription(ground: &Ground, media: &mut FakeMedia, name: &str, person: &Person) -> String {
    let selection = match name {
        "sessionChanged" => "sessionId",
        "segmentChanged" => "segmentId",
        "eventChanged" | "myStandingChanged" => "id",
        "agendaChanged" => "segmentId",
        "roomChanged" | "shareRequestsChanged" | "chatChanged" | "roomPeopleChanged" => "sessionId",
        "myShareChanged" => "state",
        "messageChanged" => "number",
        "recordingChanged" => "deletedId",
        other => panic!("the access table has no row for {other}: add one to `subscription`"),
    };
    let mut socket = Socket::open(&ground.app.address, person.cookie.as_deref()).await;
    socket.init().await;
    let (argument, id) = match name {
        "messageChanged" | "chatChanged" | "myShareChanged" | "roomPeopleChanged" => ("sessionId", &ground.open),
        _ => ("eventId", &ground.event),
    };
    let query = format!("subscription($id: ID!) {{ {name}({argument}: $id) {{ {selection} }} }}");
    socket.subscribe("s", &query, json!({ "id": id })).await;
    // Whoever may listen hears of what happens; the others are told that they may not.
    let frame = socket
        .answer_to(async || match name {
            "sessionChanged" => _ = ground.olivia.update_session(&ground.open, json!({ "priority": 1 })).await,
            "segmentChanged" => _ = ground.olivia.update_segment(&ground.segment, json!({})).await,
            "eventChanged" => ground.olivia.publish(&ground.event).await,
            "myStandingChanged" => change_standing(ground, person).await,
            "agendaChanged" => mark_segment(ground, person).await,
            "shareRequestsChanged" => _ = ground.ask_to_share().await,
            "messageChanged" => _ = mutation(ground, media, "editMessage", &ground.olivia).await,
            "chatChanged" => _ = mutation(ground, media, "unpinMessage", &ground.olivia).await,
            "recordingChanged" => _ = ground.replay(media).await,
            "roomPeopleChanged" => {
                media.report(room(&ground.open, "account:somebody", 1)).await;
                let fresh: AccountId = ground.app.app.ids.next();
                media.people(&ground.open, &[(&fresh.to_string(), "Somebody")], &[]).await;
            }
            _ => media.report(room(&ground.open, "account:somebody", 1)).await,
        })
        .await;
    match frame["type"].as_str() {
        Some("next") if frame["payload"]["errors"].is_null() => "listens".into(),
        _ => text(&frame["payload"]["errors"][0]["extensions"]["code"]),
    }
}

/// Whatever is published when what somebody is in an event changes.
async fn change_standing(ground: &Ground, person: &Person) {
    let me = person.ok("{ me { id } }", json!({})).await;
    if let Some(account) = me["me"]["id"].as_str().and_then(AccountId::parse) {
        ground.app.app.feed.publish(Topic::Account(account), Change::Standing);
    }
}

/// What is published when somebody takes a segment into their agenda.
async fn mark_segment(ground: &Ground, person: &Person) {
    let me = person.ok("{ me { id } }", json!({})).await;
    if let Some(account) = me["me"]["id"].as_str().and_then(AccountId::parse) {
        let (event, segment) = (EventId::parse(&ground.event).unwrap(), ground.app.app.ids.next());
        ground.app.app.feed.publish(Topic::Account(account), Change::Agenda { event, segment, included: true });
    }
}

async fn mutation(ground: &Ground, media: &mut FakeMedia, name: &str, person: &Person) -> String {
    let Ground { app, olivia, event, draft, .. } = ground;
    // Of the priority that the open one has since the row of `sessionChanged`.
    let session = || olivia.session(event, "Fresh", json!({ "priority": 1 }));
    let organization = olivia.organization().await;
    let input: Value = match name {
        "setUp" => {
            json!({ "organizationName": "X", "name": "X", "email": "x@example.org", "password": "long enough!" })
        }
        "signUp" => {
            let email = format!("{}@example.org", app.app.ids.secret());
            json!({ "name": "X", "email": email, "password": "long enough!" })
        }
        "signIn" => json!({ "email": "nobody@example.org", "password": "long enough!" }),
        "changePassword" => json!({ "currentPassword": "wrong", "newPassword": "long enough!" }),
        "inviteOrganizer" => json!({ "organizationId": organization, "email": "olivia@example.org" }),
        "withdrawOrganizerInvitation" => {
            let invite = "mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) {
                organization { organizerInvitations { id email } } } }";
            let email = format!("{}@example.org", app.app.ids.secret());
            let input = json!({ "input": { "organizationId": organization, "email": email } });
            let invited = olivia.ok(invite, input).await;
            let open = &invited["inviteOrganizer"]["organization"]["organizerInvitations"];
            json!({ "id": open.as_array().unwrap().iter().find(|one| one["email"] == email).unwrap()["id"] })
        }
        "acceptOrganizerInvitation" | "verifyEmail" | "signInWithLink" => json!({ "token": "no token" }),
        "resetPassword" => json!({ "token": "no token", "newPassword": "long enough!" }),
        "setPassword" => json!({ "newPassword": "long enough!" }),
        "requestPasswordReset" => json!({ "email": format!("{}@example.org", app.app.ids.secret()) }),
        "requestSignInLink" => {
            json!({ "email": format!("{}@example.org", app.app.ids.secret()), "eventSlug": "summit" })
        }
        "resendVerification" => {
            return ask(person, "mutation { resendVerification { account { id } } }", json!({})).await;
        }
        "removeOrganizer" => json!({ "organizationId": organization, "personId": olivia.id().await }),
        "deleteAccount" => json!({ "confirmation": "wrong" }),
        "updateProfile" => json!({ "headline": "Here" }),
        "createEvent" => json!({
            "organizationId": organization, "slug": format!("e{}", &app.app.ids.secret()[..20]), "name": "X",
            "startsAt": app.at(0), "endsAt": app.at(60), "timeZone": "UTC",
        }),
        "updateEvent" => json!({ "id": event, "description": "changed" }),
        "publishEvent" => json!({ "id": event, "published": true }),
        "openEvent" => json!({ "id": draft }),
        "register" => {
            let published = app.draft_event(olivia, &format!("e{}", &app.app.ids.secret()[..20]), (0, 60)).await;
            olivia.publish(&published).await;
            json!({ "eventId": published })
        }
        "createTicketType" => json!({ "eventId": event, "name": fresh_name(app) }),
        "updateTicketType" => json!({ "id": olivia.ticket_type(event, &fresh_name(app), json!({})).await }),
        "deleteTicketType" => json!({ "id": olivia.ticket_type(event, &fresh_name(app), json!({})).await }),
        "updateRegistration" => json!({ "id": ground.registration().await }),
        "blockPerson" | "unblockPerson" | "mutePerson" | "unmutePerson" => {
            json!({ "registrationId": ground.registration().await })
        }
        "importPeople" => json!({ "eventId": event, "csv": "Name,Email,Ticket type\n", "dryRun": true }),
        "createSession" => json!({ "eventId": event, "title": "X" }),
        "updateSession" => json!({ "id": session().await, "title": "X" }),
        "moveSession" => json!({ "id": session().await, "afterId": ground.open }),
        "importSessions" => json!({ "eventId": event, "csv": "Title\n", "dryRun": true }),
        "duplicateSession" => json!({ "id": session().await }),
        "updateSessions" | "deleteSessions" => json!({ "ids": [session().await] }),
        "restoreSession" | "restoreSessions" => {
            let fresh = session().await;
            let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
            olivia.ok(delete, json!({ "input": { "id": fresh } })).await;
            if name == "restoreSession" { json!({ "id": fresh }) } else { json!({ "ids": [fresh] }) }
        }
        "deleteSession" => json!({ "id": session().await }),
        "createSegment" => json!({ "eventId": event, "name": "X", "startsAt": app.at(0), "endsAt": app.at(60) }),
        "updateSegment" => json!({ "id": ground.segment, "description": "changed" }),
        "deleteSegment" => {
            json!({ "id": olivia.segment(event, "X", (&app.at(0), &app.at(60)), json!({ "published": true })).await })
        }
        "importSegments" => json!({ "eventId": event, "csv": "Name,Start,End\n", "dryRun": true }),
        "publishSegments" => json!({ "eventId": event, "segmentIds": [ground.segment], "published": true }),
        "invite" => json!({ "sessionId": session().await, "email": "ada@example.org" }),
        "uninvite" => {
            let fresh = session().await;
            olivia.invite(&fresh, "ida@example.org").await;
            json!({ "sessionId": fresh, "email": "ida@example.org" })
        }
        "inviteMany" => json!({ "sessionId": session().await, "emails": ["ada@example.org", "no address"] }),
        "addModerator" | "addSharer" => json!({ "sessionId": session().await, "email": "ada@example.org" }),
        "removeModerator" | "removeSharer" => {
            let fresh = session().await;
            let add = name.replace("remove", "add");
            olivia.choose(&add, &fresh, "ada@example.org").await;
            json!({ "sessionId": fresh, "personId": ground.ada })
        }
        "admit" => {
            let unlisted = olivia.session(event, "Unlisted", json!({ "watchAccess": "UNLISTED" })).await;
            json!({ "sessionId": unlisted, "linkToken": olivia.link_token(&unlisted).await })
        }
        "rotateSessionLink" => json!({ "sessionId": session().await, "keepAdmitted": true }),
        "addToAgenda" | "removeFromAgenda" => json!({ "segmentId": "segment:01ARZ3NDEKTSV4RRFFQ69G5FAV" }),
        "rotateFeed" => json!({ "eventId": event }),
        "createOwnSession" => json!({ "eventId": event, "title": "X", "moderated": false }),
        "sendMessage" => json!({ "sessionId": ground.open, "text": "Hello", "clientId": app.app.ids.secret() }),
        "editMessage" => json!({ "id": ground.message, "text": "Welcome, all" }),
        "deleteMessage" => json!({ "id": olivia.written(&ground.open, "Fresh").await }),
        "addReaction" | "removeReaction" => json!({ "messageId": ground.message, "emoji": "👍" }),
        "pinMessage" => json!({ "messageId": ground.message }),
        "unpinMessage" | "updateChat" => json!({ "sessionId": ground.open }),
        "removeYoutube" => json!({ "sessionId": ground.moderated }),
        "closeRoom" => json!({ "sessionId": ground.open }),
        "requestToShare" => json!({ "sessionId": ground.moderated }),
        // Of who has not asked, or has just done so in the row before.
        "withdrawShareRequest" => json!({ "sessionId": ground.moderated }),
        "approveShareRequest" | "declineShareRequest" => json!({ "id": ground.ask_to_share().await }),
        "declineAllShareRequests" => json!({ "sessionId": ground.moderated }),
        "removeFromScreen" | "removeScreenShare" => json!({ "sessionId": ground.moderated, "personId": ground.ada }),
        "muteOnScreen" => json!({ "sessionId": ground.moderated, "personId": ground.ada, "source": "CAMERA" }),
        "lowerHand" => json!({ "sessionId": ground.moderated, "personId": ground.ada }),
        "lowerAllHands" => json!({ "sessionId": ground.moderated }),
        "liftBar" => {
            ground.bar().await;
            json!({ "sessionId": ground.moderated, "personId": ground.ada })
        }
        "startRecording" => json!({ "sessionId": ground.open }),
        "deleteRecording" | "retryRecording" => json!({ "recordingId": ground.recording(media).await }),
        "setReplay" => json!({ "recordingId": ground.replay(media).await, "replay": false }),
        "joinSession" => json!({ "sessionId": ground.private }),
        "signOut" => return ask(person, "mutation { signOut { signedOut } }", json!({})).await,
        other => panic!("the access table has no row for {other}: add one to `mutation`"),
    };
    let kind = match name {
        "blockPerson" | "unblockPerson" | "mutePerson" | "unmutePerson" => "PersonInEventInput".to_owned(),
        _ => format!("{}{}Input", name[..1].to_uppercase(), &name[1..]),
    };
    ask(
        person,
        &format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ __typename }} }}"),
        json!({ "input": input }),
    )
    .await
}

/// Of a ticket type: they are unique in an event, which has 50 at the most.
fn fresh_name(app: &TestApp) -> String {
    app.app.ids.secret()[..20].to_owned()
}

impl Ground {
    /// Somebody asks to go on screen who did not do so before; gives the request.
    async fn ask_to_share(&self) -> String {
        let target = json!({ "input": { "sessionId": self.moderated, "personId": self.ada } });
        // Whatever a row before has left behind.
        for undo in ["removeFromScreen", "liftBar"] {
            let kind = format!("{}{}Input", undo[..1].to_uppercase(), &undo[1..]);
            let query = format!("mutation($input: {kind}!) {{ {undo}(input: $input) {{ session {{ id }} }} }}");
            self.olivia.ok(&query, target.clone()).await;
        }
        let ask = "mutation($input: RequestToShareInput!) { requestToShare(input: $input) { session { myShare {
            requestId } } } }";
        let asked = self.asks.ok(ask, json!({ "input": { "sessionId": self.moderated } })).await;
        text(&asked["requestToShare"]["session"]["myShare"]["requestId"])
    }

    /// A recording of the open session that is ready.
    async fn ready(&self, media: &mut FakeMedia) -> Block {
        self.app.ready(media, &self.olivia, &self.open, vec![1]).await
    }

    /// The id of one that only hosts see.
    async fn recording(&self, media: &mut FakeMedia) -> String {
        recording::id(&self.ready(media).await)
    }

    /// The id of one that everybody sees who may watch the session.
    async fn replay(&self, media: &mut FakeMedia) -> String {
        let block = self.ready(media).await;
        self.olivia.set_replay(&block, true).await.unwrap();
        recording::id(&block)
    }

    /// Until the api knows that somebody is inside.
    async fn wait_for_people(&self, session: &str) {
        let session = SessionId::parse(session).unwrap();
        let told = async {
            while self.app.app.rooms.with_people(session, |people, _| people.is_empty()) {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, told).await.expect("the people are told");
    }

    /// Somebody is barred from the screen.
    async fn bar(&self) {
        let remove = "mutation($input: RemoveFromScreenInput!) { removeFromScreen(input: $input) { session { id } } }";
        let target = json!({ "input": { "sessionId": self.moderated, "personId": self.ada } });
        self.olivia.ok(remove, target).await;
    }

    /// The registration of somebody who has no other part in the table.
    async fn registration(&self) -> String {
        let query = "{ event(slug: \"summit\") { registrations(search: \"rita@\") { nodes { id } } } }";
        text(&self.olivia.ok(query, json!({})).await["event"]["registrations"]["nodes"][0]["id"])
    }
}

async fn ask(person: &Person, query: &str, variables: Value) -> String {
    let answer = person.ask(query, variables).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("ok").to_owned()
}
