//! Tests of the signalling's state machine: a room is played by hand.

mod ending;
mod entering;
mod hands;
mod offers;
mod packets;
mod receiving;
mod reconnecting;
mod recording;
mod sending;
mod youtube;

use super::*;
use protocol::recording::BlockEnd;
use protocol::room::{Counts, Hands, Speaker};
use protocol::signalling::{Consumer, Transport};
use protocol::youtube::Youtube;
use serde_json::{Value, json};

const BOTH: [Source; 2] = [Source::Microphone, Source::Camera];

fn machine() -> Machine {
    Machine::new("tab".into(), 5)
}

fn transport(id: &str) -> Transport {
    Transport { id: id.into(), ice_parameters: Value::Null, ice_candidates: Value::Null, dtls_parameters: Value::Null }
}

fn turn_server() -> IceServer {
    IceServer { urls: vec!["turn:turn.example.org".into()], username: "1:ada".into(), credential: "c".into() }
}

fn consumer(id: &str) -> Consumer {
    Consumer {
        id: id.into(),
        producer: format!("producer-{id}"),
        person: "ada".into(),
        source: Source::Camera,
        rtp_parameters: Value::Null,
    }
}

/// Cameras that the page shows.
fn shown(cameras: &[(&str, u8)]) -> Shown {
    cameras.iter().map(|(person, layer)| (((*person).to_owned(), Source::Camera), *layer)).collect()
}

fn sent(effects: &[Effect]) -> Vec<&ClientMessage> {
    effects.iter().filter_map(|effect| if let Effect::Send(message) = effect { Some(message) } else { None }).collect()
}

fn phases(effects: &[Effect]) -> Vec<Phase> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Change(Change::Phase(phase)) = effect { Some(*phase) } else { None })
        .collect()
}

fn retry(effects: &[Effect]) -> Option<u32> {
    effects.iter().find_map(|effect| match effect {
        Effect::SetTimer { timer: Timer::Retry, ms, .. } => Some(*ms),
        _ => None,
    })
}

/// What a room says of itself to whom it lets in.
#[derive(Default)]
struct Found {
    share: bool,
    consumers: Vec<Consumer>,
    speakers: Vec<Speaker>,
    hands: Hands,
    youtube: Option<Youtube>,
    recording: bool,
    began: i64,
}

impl Machine {
    fn hear(&mut self, message: ServerMessage) -> Vec<Effect> {
        self.handle(Input::Message { attempt: self.attempt, message })
    }

    fn ring(&mut self, timer: Timer) -> Vec<Effect> {
        self.handle(Input::Timer { attempt: self.attempt, timer })
    }

    fn granted(&mut self) -> Vec<Effect> {
        let ice_servers = vec![turn_server()];
        let grant = Grant { pass: "pass".into(), url: "ws://media".into(), ice_servers };
        self.handle(Input::Pass { attempt: self.attempt, answer: Ok(grant) })
    }

    /// From a pass to inside; returns what `joined` led to.
    fn joined(&mut self, share: bool, consumers: Vec<Consumer>) -> Vec<Effect> {
        self.finds(Found { share, consumers, ..Found::default() })
    }

    /// The same, while what is on screen is recorded.
    fn joined_recorded(&mut self) -> Vec<Effect> {
        self.finds(Found { recording: true, ..Found::default() })
    }

    /// The connection is lost, and this is what the next one leads to: into the same room.
    fn comes_back(&mut self, found: Found) -> Vec<Effect> {
        let began = self.room.expect("it was in a room");
        self.loses_for(Found { began, ..found })
    }

    /// The same, into another room: media has started anew meanwhile.
    fn comes_anew(&mut self, found: Found) -> Vec<Effect> {
        let began = self.room.expect("it was in a room") + 1;
        self.loses_for(Found { began, ..found })
    }

    fn loses_for(&mut self, found: Found) -> Vec<Effect> {
        self.handle(Input::Closed { attempt: self.attempt, code: 1006 });
        self.ring(Timer::Retry);
        self.finds(found)
    }

    fn finds(&mut self, found: Found) -> Vec<Effect> {
        let Found { share, consumers, speakers, hands, youtube, recording, began } = found;
        self.granted();
        self.hear(ServerMessage::Welcome { router_rtp_capabilities: json!({"codecs": []}) });
        let effects = self.handle(Input::Engine(Event::Loaded { rtp_capabilities: json!({}) }));
        let [ClientMessage::Join { id, .. }] = sent(&effects)[..] else { panic!("no join in {effects:?}") };
        let id = *id;
        self.hear(ServerMessage::Joined {
            id,
            person: "me".into(),
            share,
            counts: Counts::default(),
            speakers,
            hands,
            receive_transport: transport("receive"),
            consumers,
            youtube,
            recording,
            began,
        })
    }

    fn hears_of_recording(&mut self, recording: bool, end: Option<BlockEnd>) -> Vec<Effect> {
        self.hear(ServerMessage::Recording { recording, end })
    }

    /// Sending both sources, known to the server.
    fn on_screen() -> Self {
        let mut machine = machine();
        machine.handle(Input::Enter);
        machine.joined(true, vec![]);
        let effects = machine.handle(Input::Share(BOTH.to_vec()));
        machine.finish_sharing(&effects);
        machine
    }

    /// Plays server and media layer from `createSendTransport` on; returns the `produce` messages.
    fn finish_sharing(&mut self, effects: &[Effect]) -> Vec<ClientMessage> {
        let id = sent(effects).iter().find_map(|message| match message {
            ClientMessage::CreateSendTransport { id } => Some(*id),
            _ => None,
        });
        let id = id.unwrap_or_else(|| panic!("no createSendTransport in {effects:?}"));
        let effects = self.hear(ServerMessage::SendTransport { id, transport: transport("send") });
        let sources: Vec<Source> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Engine(Command::Produce { source, .. }) => Some(*source),
                _ => None,
            })
            .collect();
        let mut produced = Vec::new();
        for source in sources {
            let effects = self.handle(Input::Engine(Event::Produce { source, rtp_parameters: Value::Null }));
            produced.extend(sent(&effects).into_iter().cloned());
        }
        for message in &produced {
            self.hear(ServerMessage::Produced { id: message.id(), producer: "p".into() });
        }
        produced
    }
}

fn notices(effects: &[Effect]) -> Vec<Notice> {
    effects.iter().filter_map(|effect| if let Effect::Notice(notice) = effect { Some(*notice) } else { None }).collect()
}
