//! Recordings as a media node tells of them and hands them over, and as people see them.

use super::{FakeMedia, PATIENCE, Person, TestApp, text};
use api::ids::{Id, RecordingId};
use protocol::link::FromMedia;
use protocol::pass::key;
use protocol::recording::{Block, BlockEnd, BlockState};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// All that one sees of a recording.
pub const RECORDING: &str = "id sessionId sessionTitle sessionDeleted block startedAt endedAt lengthSeconds bytes state
    percent end failure isReplay url version";

/// What tests of recordings begin with.
pub struct Ground {
    pub app: TestApp,
    pub olivia: Person,
    pub event: String,
    /// Recorded, and moderated by Mo.
    pub session: String,
    pub mo: Person,
    pub ada: Person,
    pub media: FakeMedia,
}

pub async fn ground() -> Ground {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({ "record": true, "shareAccess": "MODERATED" })).await;
    let (mo, ada) = (app.attendee(&event, "Mo").await, app.attendee(&event, "Ada").await);
    olivia.choose("addModerator", &session, "mo@example.org").await;
    let media = FakeMedia::link(&app.address, &app.app).await;
    Ground { app, olivia, event, session, mo, ada, media }
}

/// A block that has been going on for a minute.
pub fn block(app: &TestApp, session: &str) -> Block {
    let id: RecordingId = app.app.ids.next();
    Block {
        id: id.bare().to_owned(),
        session: session.to_owned(),
        started_at: app.app.clock.now().millis() - 60_000,
        ended_at: None,
        length: 60_000,
        bytes: 1_000,
        state: BlockState::Recording,
        end: None,
    }
}

/// The same once it has ended, on its way to a file.
pub fn ended(block: &Block, end: BlockEnd) -> Block {
    let ended_at = Some(block.started_at + block.length);
    Block { ended_at, end: Some(end), state: BlockState::Processing { percent: 0 }, ..block.clone() }
}

/// The recording's id at the edge.
pub fn id(block: &Block) -> String {
    format!("{}:{}", RecordingId::PREFIX, block.id)
}

/// A file whose bytes say where they stand.
pub fn file(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect()
}

impl FakeMedia {
    pub async fn recordings(&mut self, blocks: &[Block]) {
        self.send(&FromMedia::Recordings { blocks: blocks.to_vec() }).await;
    }
}

impl TestApp {
    /// Hands a file over as a media node does.
    pub fn put(&self, block: &str, secret: &str) -> reqwest::RequestBuilder {
        reqwest::Client::new().put(format!("{}/media/recordings/{block}", self.address)).bearer_auth(secret)
    }

    pub fn link_key(&self) -> String {
        key(&self.app.config.secret, "link")
    }

    pub async fn hand_over(&self, block: &Block, bytes: Vec<u8>) -> StatusCode {
        self.put(&block.id, &self.link_key()).body(bytes).send().await.unwrap().status()
    }

    /// A recording of the session that is ready, told by this node.
    pub async fn ready(&self, media: &mut FakeMedia, organizer: &Person, session: &str, bytes: Vec<u8>) -> Block {
        let block = ended(&block(self, session), BlockEnd::SwitchedOff);
        media.recordings(std::slice::from_ref(&block)).await;
        organizer.sees_recording(&block, |seen| !seen.is_null()).await;
        assert_eq!(self.hand_over(&block, bytes).await, StatusCode::OK);
        block
    }
}

impl Person {
    /// The recording as they see it; nothing for who does not.
    pub async fn recording(&self, block: &Block) -> Value {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Recording {{ {RECORDING} }} }} }}");
        self.ok(&query, json!({ "id": id(block) })).await["node"].take()
    }

    /// Waits until they see it like this.
    pub async fn sees_recording(&self, block: &Block, wanted: impl Fn(&Value) -> bool) -> Value {
        let wait = async {
            loop {
                let seen = self.recording(block).await;
                if wanted(&seen) {
                    return seen;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("the recording is not seen like that")
    }

    /// Waits until its state is this.
    pub async fn sees_state(&self, block: &Block, state: &str) -> Value {
        self.sees_recording(block, |seen| seen["state"] == state).await
    }

    /// The ids of the recordings of a session that they see there.
    pub async fn recordings_of(&self, session: &str) -> Vec<String> {
        let query = "query($id: ID!) { session(id: $id) { recordings { nodes { id } } } }";
        let data = self.ok(query, json!({ "id": session })).await;
        let nodes = data["session"]["recordings"]["nodes"].as_array();
        nodes.into_iter().flatten().map(|node| text(&node["id"])).collect()
    }

    /// Asks for the file, with these headers.
    pub async fn download(&self, block: &Block, headers: &[(&str, &str)]) -> Response {
        let request = self.get(&format!("/recordings/{}.mp4", block.id));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.header("cookie", self.cookie.clone().unwrap_or_default()).send().await.unwrap()
    }

    pub async fn may_download(&self, block: &Block) -> bool {
        match self.download(block, &[]).await.status() {
            StatusCode::OK => true,
            StatusCode::NOT_FOUND => false,
            other => panic!("{other}"),
        }
    }

    /// `setReplay`, with the code of its error.
    pub async fn set_replay(&self, block: &Block, replay: bool) -> Result<(), String> {
        let query = "mutation($input: SetReplayInput!) { setReplay(input: $input) { recording { isReplay } } }";
        self.about_recording(query, json!({ "recordingId": id(block), "replay": replay })).await
    }

    /// `deleteRecording` or `retryRecording`, with the code of its error.
    pub async fn on_recording(&self, mutation: &str, block: &Block) -> Result<(), String> {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename }} }}");
        self.about_recording(&query, json!({ "recordingId": id(block) })).await
    }

    /// `startRecording`, with the code of its error.
    pub async fn start_recording(&self, session: &str) -> Result<(), String> {
        let query = "mutation($input: StartRecordingInput!) { startRecording(input: $input) { session { id } } }";
        self.about_recording(query, json!({ "sessionId": session })).await
    }

    async fn about_recording(&self, query: &str, input: Value) -> Result<(), String> {
        let answer = self.ask(query, json!({ "input": input })).await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            None => Ok(()),
            Some(code) => Err(code.to_owned()),
        }
    }
}
