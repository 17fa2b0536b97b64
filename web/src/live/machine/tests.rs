//! Tests of the signalling's state machine: a room is played by hand.

use super::*;
use crate::live::engine::{Step, TransportState};
use crate::state::room::{Own, Trouble};
use protocol::recording::BlockEnd;
use protocol::room::{Counts, Hands, Insider, Seat, Speaker};
use protocol::signalling::{CloseCode, Consumer, ErrorCode, PersonQuality, Quality, Receiving, StopReason, Transport};
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
        self.let_in(share, consumers, false)
    }

    /// The same, while what is on screen is recorded.
    fn joined_recorded(&mut self) -> Vec<Effect> {
        self.let_in(false, vec![], true)
    }

    fn let_in(&mut self, share: bool, consumers: Vec<Consumer>, recording: bool) -> Vec<Effect> {
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
            speakers: vec![],
            hands: Hands::default(),
            receive_transport: transport("receive"),
            consumers,
            youtube: None,
            recording,
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

/// I3: a hand is raised and a reaction sent at once, inside alone; what the room tells is taken as it is.
#[test]
fn i3_hands_and_reactions_go_at_once_and_only_inside() {
    let mut machine = machine();
    assert_eq!(machine.handle(Input::RaiseHand(true)), []);
    machine.handle(Input::Enter);
    assert_eq!(machine.handle(Input::React(Reaction::Heart)), []);
    machine.joined(false, vec![]);
    let effects = machine.handle(Input::RaiseHand(true));
    assert!(matches!(sent(&effects)[..], [ClientMessage::RaiseHand { raised: true, .. }]), "{effects:?}");
    assert!(effects.contains(&Effect::Change(Change::OwnHand(true))));
    let effects = machine.handle(Input::React(Reaction::Heart));
    assert!(matches!(sent(&effects)[..], [ClientMessage::React { emoji: Reaction::Heart, .. }]), "{effects:?}");
    let hands = Hands { up: vec![Insider { person: "me".into(), name: "Me".into() }], count: 1 };
    assert_eq!(machine.hear(ServerMessage::Hands { hands: hands.clone() }), [Effect::Change(Change::Hands(hands))]);
    let counts = vec![(Reaction::Heart, 3)];
    let effects = machine.hear(ServerMessage::Reactions { counts: counts.clone() });
    assert_eq!(effects, [Effect::Change(Change::Reactions(counts))]);
}

#[test]
fn entering_waits_for_nothing_after_joined() {
    let mut machine = machine();
    let effects = machine.handle(Input::Enter);
    assert_eq!(effects[0], Effect::Change(Change::Phase(Phase::Joining)));
    assert_eq!(effects[1], Effect::AskPass { attempt: 1 });
    assert_eq!(machine.granted()[0], Effect::OpenSocket { attempt: 1, url: "ws://media".into() });
    let effects = machine.hear(ServerMessage::Welcome { router_rtp_capabilities: json!(1) });
    assert_eq!(effects, [Effect::Engine(Command::Load { router_rtp_capabilities: json!(1) })]);
    let effects = machine.handle(Input::Engine(Event::Loaded { rtp_capabilities: json!(2) }));
    let join = ClientMessage::Join { id: 1, pass: "pass".into(), tab: "tab-1".into(), rtp_capabilities: json!(2) };
    assert_eq!(effects, [Effect::Send(join)]);
    let effects = machine.hear(ServerMessage::Joined {
        id: 1,
        person: "me".into(),
        share: true,
        counts: Counts::default(),
        speakers: vec![],
        hands: Hands::default(),
        receive_transport: transport("r"),
        consumers: vec![consumer("c1")],
        youtube: None,
        recording: false,
    });
    assert_eq!(effects[0], Effect::Engine(Command::ReceiveTransport { transport: transport("r") }));
    assert_eq!(effects[1], Effect::Engine(Command::Consume { consumers: vec![consumer("c1")] }));
    assert_eq!(phases(&effects), [Phase::Inside]);
    let effects =
        machine.handle(Input::Engine(Event::Connect { direction: Direction::Receive, dtls_parameters: json!(3) }));
    let connect = ClientMessage::ConnectTransport { id: 2, direction: Direction::Receive, dtls_parameters: json!(3) };
    assert_eq!(sent(&effects), [&connect]);
    machine.handle(Input::Show(shown(&[("ada", 1)])));
    let effects = machine.handle(Input::Engine(Event::Consumed { consumers: vec!["c1".into()] }));
    let receiving = vec![Receiving { consumer: "c1".into(), layer: Some(1) }];
    assert_eq!(sent(&effects), [&ClientMessage::SetReceiving { id: 3, consumers: receiving }]);
    let received = Change::Received { person: "ada".into(), source: Source::Camera, consumer: "c1".into() };
    assert_eq!(effects[0], Effect::Change(received));
}

/// Before any transport is made, and with each pass anew: the names on them end.
#[test]
fn h9_the_media_layer_hears_of_turn_servers_with_each_pass() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let told = Effect::Engine(Command::IceServers { ice_servers: vec![turn_server()] });
    assert!(machine.granted().contains(&told));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    assert!(machine.granted().contains(&told));
}

#[test]
fn h1_entering_asks_for_no_device_and_sends_nothing() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    assert!(sent(&machine.joined(true, vec![])).is_empty());
}

#[test]
fn h5_a_lost_connection_asks_for_another_pass_and_sends_again_what_was_sent() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::SetMuted { source: Source::Microphone, muted: true });
    let effects = machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    assert_eq!(phases(&effects), [Phase::Reconnecting]);
    assert!(effects.contains(&Effect::Engine(Command::Reset)));
    let closes_device = |effect: &Effect| matches!(effect, Effect::Engine(Command::CloseCapture { .. }));
    assert!(!effects.iter().any(closes_device), "the devices stay on");
    assert!(retry(&effects).unwrap() < 500);
    let effects = machine.ring(Timer::Retry);
    assert_eq!(effects[0], Effect::AskPass { attempt: machine.attempt });
    let effects = machine.joined(true, vec![]);
    let produced = machine.finish_sharing(&effects);
    let muted: Vec<(Source, bool)> = produced
        .iter()
        .map(|message| match message {
            ClientMessage::Produce { source, paused, .. } => (*source, *paused),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(muted, [(Source::Microphone, true), (Source::Camera, false)]);
}

#[test]
fn h5_attempts_go_on_until_a_media_node_is_back() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    for _ in 0..50 {
        machine.ring(Timer::Retry);
        let effects = machine.handle(Input::Pass { attempt: machine.attempt, answer: Err(Refusal::Temporary) });
        assert_eq!(phases(&effects), [Phase::Reconnecting]);
        assert!(retry(&effects).is_some());
    }
    machine.ring(Timer::Retry);
    assert_eq!(phases(&machine.joined(true, vec![])), [Phase::Inside]);
}

#[test]
fn h5_silence_between_two_pings_is_a_lost_connection() {
    let mut machine = Machine::on_screen();
    let effects = machine.ring(Timer::Ping);
    let [ClientMessage::Ping { id }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let id = *id;
    machine.hear(ServerMessage::Ok { id });
    assert_eq!(phases(&machine.ring(Timer::Ping)), []);
    assert_eq!(phases(&machine.ring(Timer::Ping)), [Phase::Reconnecting]);
}

#[test]
fn h5_broken_packets_restart_ice_and_ask_for_a_sign_of_life() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    let effects = machine.handle(transport_is(Direction::Receive, TransportState::Disconnected));
    let [ClientMessage::Ping { .. }, ClientMessage::RestartIce { id, direction: Direction::Receive }] =
        sent(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    let id = *id;
    let effects = machine.hear(ServerMessage::IceRestarted { id, ice_parameters: json!(9) });
    let restart = Command::RestartIce { direction: Direction::Receive, ice_parameters: json!(9) };
    assert_eq!(effects, [Effect::Engine(restart)]);
    assert_eq!(phases(&machine.ring(Timer::Probe)), [], "an answer came");
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    assert!(machine.ring(Timer::Heal(Way::Receive)).is_empty(), "healed");
}

#[test]
fn h5_no_sign_of_life_replaces_the_connection() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Disconnected));
    assert_eq!(phases(&machine.ring(Timer::Probe)), [Phase::Reconnecting]);
}

#[test]
fn h5_another_network_is_tried_at_once() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    let effects = machine.handle(Input::NetworkChanged);
    assert!(matches!(effects[0], Effect::AskPass { .. }));
}

#[test]
fn h9_missing_packets_are_told_after_ten_seconds_and_no_more_when_they_come() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![consumer("c1")]);
    let effects =
        machine.handle(Input::Engine(Event::Connect { direction: Direction::Receive, dtls_parameters: Value::Null }));
    let reach = Effect::SetTimer { attempt: machine.attempt, timer: Timer::Reach(Way::Receive), ms: REACH_MS };
    assert!(effects.contains(&reach));
    assert!(
        machine.ring(Timer::Reach(Way::Receive)).contains(&Effect::Change(Change::Trouble(Some(Trouble::Packets))))
    );
    let effects = machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    assert_eq!(effects, [Effect::Change(Change::Trouble(None))]);
}

#[test]
fn h9_an_entry_that_does_not_succeed_is_told_and_tried_on() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let trouble = Effect::Change(Change::Trouble(Some(Trouble::Packets)));
    let mut told = Vec::new();
    for _ in 0..5 {
        machine.granted();
        let effects = machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
        told.push(effects.contains(&trouble));
        assert_eq!(phases(&effects), [Phase::Joining]);
        machine.ring(Timer::Retry);
    }
    assert_eq!(told, [false, false, false, true, true]);
}

#[test]
fn h9_an_entry_that_takes_ten_seconds_is_told_with_what_is_in_the_way() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let told = |trouble| Effect::Change(Change::Trouble(Some(trouble)));
    assert!(machine.ring(Timer::Enter).contains(&told(Trouble::Server)), "nobody answered at all");
    machine.ring(Timer::Retry);
    machine.granted();
    assert!(machine.ring(Timer::Enter).contains(&told(Trouble::Packets)), "a pass came, and nothing after it");
}

#[test]
fn h5_a_way_that_worked_and_cannot_be_mended_ends_with_its_connection() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    machine.handle(transport_is(Direction::Receive, TransportState::Failed));
    let phases: Vec<Vec<Phase>> = (0..=HEALS).map(|_| phases(&machine.ring(Timer::Heal(Way::Receive)))).collect();
    assert_eq!(phases.last(), Some(&vec![Phase::Reconnecting]));
    assert!(phases[..phases.len() - 1].iter().all(Vec::is_empty), "{phases:?}");
}

#[test]
fn h9_a_way_that_never_worked_is_tried_on_without_another_connection() {
    let mut machine = Machine::on_screen();
    let mut effects = machine.ring(Timer::Reach(Way::Receive));
    for _ in 0..3 * HEALS {
        let restart = sent(&effects).into_iter().find_map(|message| match message {
            ClientMessage::RestartIce { id, .. } => Some(*id),
            _ => None,
        });
        machine.hear(ServerMessage::IceRestarted { id: restart.expect("another try"), ice_parameters: json!(1) });
        effects = machine.ring(Timer::Heal(Way::Receive));
        assert_eq!(phases(&effects), []);
    }
}

#[test]
fn h5_a_probe_starts_the_regular_ping_over() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Awake);
    let [ClientMessage::Ping { .. }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let ping = Effect::SetTimer { attempt: machine.attempt, timer: Timer::Ping, ms: PING_MS };
    assert!(effects.contains(&ping), "a regular ping a moment later would hear nothing yet");
    assert_eq!(phases(&machine.ring(Timer::Probe)), [Phase::Reconnecting], "the computer slept too long");
}

#[test]
fn h5_another_network_starts_an_entry_over() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let old = machine.attempt;
    let effects = machine.handle(Input::NetworkChanged);
    assert!(effects.contains(&Effect::AskPass { attempt: machine.attempt }));
    assert!(machine.attempt > old);
}

#[test]
fn h5_each_press_of_the_button_has_its_own_name_and_a_reconnect_has_not() {
    let mut machine = machine();
    let mut names = Vec::new();
    let join = |machine: &mut Machine| {
        machine.granted();
        machine.hear(ServerMessage::Welcome { router_rtp_capabilities: Value::Null });
        let effects = machine.handle(Input::Engine(Event::Loaded { rtp_capabilities: Value::Null }));
        let [ClientMessage::Join { tab, .. }] = sent(&effects)[..] else { panic!("{effects:?}") };
        tab.clone()
    };
    machine.handle(Input::Enter);
    names.push(join(&mut machine));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    names.push(join(&mut machine));
    machine.handle(Input::Closed { attempt: machine.attempt, code: CloseCode::TakenOver.number() });
    machine.handle(Input::Enter);
    names.push(join(&mut machine));
    assert_eq!(names, ["tab-1", "tab-1", "tab-2"]);
}

#[test]
fn h9_packets_that_come_in_time_are_not_talked_about() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    assert!(machine.ring(Timer::Reach(Way::Receive)).is_empty());
}

fn transport_is(direction: Direction, state: TransportState) -> Input {
    Input::Engine(Event::Transport { direction, state })
}

#[test]
fn every_close_code_leads_somewhere() {
    let expected = [
        (CloseCode::TakenOver, Phase::Ended(Ending::TakenOver)),
        (CloseCode::AccessLost, Phase::Ended(Ending::AccessLost)),
        (CloseCode::SessionClosed, Phase::Ended(Ending::SessionClosed)),
        (CloseCode::RoomFull, Phase::WaitingForPlace),
        (CloseCode::InvalidPass, Phase::Reconnecting),
        (CloseCode::Restarting, Phase::Reconnecting),
        (CloseCode::TooSlow, Phase::Reconnecting),
        (CloseCode::NotJoined, Phase::Reconnecting),
        (CloseCode::BadMessage, Phase::Ended(Ending::Refused)),
        (CloseCode::TooMany, Phase::Ended(Ending::Refused)),
        (CloseCode::TooMuch, Phase::Ended(Ending::Refused)),
    ];
    for (code, phase) in expected {
        let mut machine = Machine::on_screen();
        let before = machine.attempt;
        let effects = machine.hear(ServerMessage::Closed { code, message: String::new() });
        assert_eq!(phases(&effects), [phase], "{code:?}");
        let late = machine.handle(Input::Closed { attempt: before, code: code.number() });
        assert_eq!(late, [], "{code:?}: the socket's own end adds nothing");
        let mut machine = Machine::on_screen();
        let effects = machine.handle(Input::Closed { attempt: machine.attempt, code: code.number() });
        assert_eq!(phases(&effects), [phase], "{code:?} as a number");
    }
}

#[test]
fn an_end_switches_the_devices_off() {
    let mut machine = Machine::on_screen();
    let effects = machine.hear(ServerMessage::Closed { code: CloseCode::TakenOver, message: String::new() });
    for source in BOTH {
        assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source })));
    }
    assert_eq!(phases(&machine.handle(Input::Enter)), [Phase::Joining], "\"use it here\" enters again");
}

#[test]
fn e3_a_full_room_is_asked_again_until_a_place_is_free() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.granted();
    let effects = machine.hear(ServerMessage::Closed { code: CloseCode::RoomFull, message: String::new() });
    assert_eq!(phases(&effects), [Phase::WaitingForPlace]);
    assert_eq!(retry(&effects), Some(PLACE_MS));
    machine.ring(Timer::Retry);
    assert_eq!(phases(&machine.joined(true, vec![])), [Phase::Inside]);
}

#[test]
fn c6_a_pass_that_is_refused_ends_with_its_reason() {
    for (refusal, ending) in [
        (Refusal::NotFound, Ending::AccessLost),
        (Refusal::NotOpen, Ending::NotOpen),
        (Refusal::SignedOut, Ending::SignedOut),
    ] {
        let mut machine = machine();
        machine.handle(Input::Enter);
        let effects = machine.handle(Input::Pass { attempt: machine.attempt, answer: Err(refusal) });
        assert_eq!(phases(&effects), [Phase::Ended(ending)]);
        assert_eq!(retry(&effects), None);
    }
}

#[test]
fn e2_a_refused_seat_switches_the_devices_off_and_says_full_once() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    let effects = machine.handle(Input::Share(BOTH.to_vec()));
    let [ClientMessage::CreateSendTransport { id }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let id = *id;
    machine.hear(ServerMessage::SendTransport { id, transport: transport("s") });
    let mut requests = Vec::new();
    for source in BOTH {
        let effects = machine.handle(Input::Engine(Event::Produce { source, rtp_parameters: Value::Null }));
        requests.push(sent(&effects)[0].id());
    }
    let mut notices = Vec::new();
    for id in requests {
        let effects = machine.hear(ServerMessage::Error { id, code: ErrorCode::Full, message: String::new() });
        notices.extend(effects.into_iter().filter(|effect| matches!(effect, Effect::Notice(_))));
    }
    assert_eq!(notices, [Effect::Notice(Notice::Full)]);
    assert!(machine.wanted.is_empty());
}

#[test]
fn e1_a_refused_screen_takes_its_sound_along_and_leaves_the_person_on_screen() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Share(vec![Source::Screen, Source::ScreenAudio]));
    assert!(effects.contains(&Effect::Engine(Command::Produce { source: Source::Screen, muted: false })));
    let effects = machine.handle(Input::Engine(Event::Produce { source: Source::Screen, rtp_parameters: Value::Null }));
    let id = sent(&effects)[0].id();
    machine.hear(ServerMessage::Error { id, code: ErrorCode::Full, message: String::new() });
    assert_eq!(machine.wanted.keys().copied().collect::<Vec<_>>(), BOTH);
}

#[test]
fn d8_who_may_not_share_is_told_and_asks_the_server_for_nothing() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    let effects = machine.handle(Input::Share(BOTH.to_vec()));
    assert!(sent(&effects).is_empty());
    assert!(effects.contains(&Effect::Notice(Notice::MayNotShare)));
    assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source: Source::Camera })));
}

#[test]
fn d9_a_right_taken_back_stops_what_is_sent_with_one_message() {
    let mut machine = Machine::on_screen();
    let mut notices = 0;
    machine.hear(ServerMessage::Rights { share: false, waiting: None });
    for source in BOTH {
        let effects = machine.hear(ServerMessage::Stopped { source, reason: StopReason::MayNotShare });
        assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source })));
        notices += effects.iter().filter(|effect| matches!(effect, Effect::Notice(_))).count();
    }
    assert_eq!(notices, 1);
}

fn notices(effects: &[Effect]) -> Vec<Notice> {
    effects.iter().filter_map(|effect| if let Effect::Notice(notice) = effect { Some(*notice) } else { None }).collect()
}

fn offers(effects: &[Effect]) -> Vec<Option<u64>> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Change(Change::Offered(left)) = effect { Some(*left) } else { None })
        .collect()
}

#[test]
fn d7_a_host_mutes_and_the_person_may_unmute_again() {
    let mut machine = Machine::on_screen();
    let source = Source::Microphone;
    let effects = machine.hear(ServerMessage::Muted { source });
    assert!(effects.contains(&Effect::Engine(Command::SetMuted { source, muted: true })), "nothing is sent any more");
    let shown = Change::Own { source, own: Own { muted: true, on_screen: true } };
    assert!(effects.contains(&Effect::Change(shown)));
    assert_eq!(notices(&effects), [Notice::MutedByHost(source)]);
    assert!(sent(&effects).is_empty(), "the server knows it");
    let effects = machine.handle(Input::SetMuted { source, muted: false });
    assert!(matches!(sent(&effects)[..], [ClientMessage::SetMuted { muted: false, .. }]));
}

#[test]
fn d7_what_is_not_sent_any_more_is_not_muted() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::StopSharing(BOTH.to_vec()));
    assert_eq!(machine.hear(ServerMessage::Muted { source: Source::Microphone }), []);
}

#[test]
fn d7_who_is_removed_from_the_screen_is_told_once_and_stays_inside() {
    let mut machine = Machine::on_screen();
    let mut told = Vec::new();
    for source in BOTH {
        let effects = machine.hear(ServerMessage::Stopped { source, reason: StopReason::Removed });
        assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source })));
        assert!(sent(&effects).is_empty() && phases(&effects).is_empty());
        told.extend(notices(&effects));
    }
    told.extend(notices(&machine.hear(ServerMessage::Rights { share: false, waiting: None })));
    assert_eq!(told, [Notice::Removed(Seat::Person)]);
}

#[test]
fn d7_a_removed_screen_share_leaves_the_person_on_screen() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Share(vec![Source::Screen]));
    let effects = machine.hear(ServerMessage::Stopped { source: Source::Screen, reason: StopReason::Removed });
    assert_eq!(notices(&effects), [Notice::Removed(Seat::Screen)]);
    assert_eq!(machine.wanted.keys().copied().collect::<Vec<_>>(), BOTH);
}

#[test]
fn d5_who_is_approved_while_full_hears_of_it_once() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    assert_eq!(notices(&machine.hear(ServerMessage::Rights { share: true, waiting: None })), []);
    let effects = machine.hear(ServerMessage::Rights { share: true, waiting: Some(2) });
    assert_eq!(notices(&effects), [Notice::NextSeat]);
    let effects = machine.hear(ServerMessage::Rights { share: true, waiting: Some(1) });
    assert_eq!(
        effects,
        [Effect::Change(Change::Rights { share: true, waiting: Some(1) })],
        "only the place is another"
    );
}

#[test]
fn d5_an_offer_counts_down_and_lapses() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    assert_eq!(offers(&machine.hear(ServerMessage::Offered { seconds: 3 })), [Some(3)]);
    assert_eq!(offers(&machine.ring(Timer::Offer)), [Some(2)]);
    assert_eq!(offers(&machine.ring(Timer::Offer)), [Some(1)]);
    let effects = machine.ring(Timer::Offer);
    assert_eq!(offers(&effects), [None]);
    assert_eq!(notices(&effects), [Notice::OfferLapsed]);
    assert_eq!(machine.ring(Timer::Offer), []);
}

#[test]
fn d5_a_taken_seat_ends_the_offer() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.hear(ServerMessage::Offered { seconds: 30 });
    let effects = machine.handle(Input::Share(BOTH.to_vec()));
    machine.finish_sharing(&effects);
    assert_eq!(machine.ring(Timer::Offer), []);
}

#[test]
fn h5_an_offer_goes_on_after_a_reconnect_unless_the_right_is_lost() {
    for share in [true, false] {
        let mut machine = machine();
        machine.handle(Input::Enter);
        machine.joined(true, vec![]);
        machine.hear(ServerMessage::Offered { seconds: 30 });
        machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
        machine.ring(Timer::Retry);
        machine.joined(share, vec![]);
        assert_eq!(offers(&machine.ring(Timer::Offer)).len(), usize::from(share));
    }
}

#[test]
fn a_source_that_stops_while_it_starts_is_not_sent() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.handle(Input::Share(vec![Source::Screen]));
    machine.handle(Input::Engine(Event::CaptureEnded { source: Source::Screen }));
    let effects = machine.handle(Input::Engine(Event::Produce { source: Source::Screen, rtp_parameters: Value::Null }));
    assert_eq!(effects, [Effect::Engine(Command::StopProducing { source: Source::Screen })]);
}

#[test]
fn ending_a_screen_share_in_the_browser_ends_its_sound_too_and_is_no_accident() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Share(vec![Source::Screen, Source::ScreenAudio]));
    for effect in effects {
        if let Effect::Engine(Command::Produce { source, .. }) = effect {
            machine.handle(Input::Engine(Event::Produce { source, rtp_parameters: Value::Null }));
        }
    }
    let effects = machine.handle(Input::Engine(Event::CaptureEnded { source: Source::Screen }));
    let stopped: Vec<Source> = sent(&effects)
        .into_iter()
        .map(|message| match message {
            ClientMessage::StopProducing { source, .. } => *source,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(stopped, [Source::Screen, Source::ScreenAudio]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Notice(_))));
}

#[test]
fn an_unplugged_microphone_is_told() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Engine(Event::CaptureEnded { source: Source::Microphone }));
    assert!(effects.contains(&Effect::Notice(Notice::CaptureEnded(Source::Microphone))));
    assert_eq!(machine.wanted.keys().copied().collect::<Vec<_>>(), [Source::Camera]);
}

#[test]
fn muting_before_the_server_knows_the_source_starts_it_muted() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.handle(Input::Share(vec![Source::Microphone]));
    let effects = machine.handle(Input::SetMuted { source: Source::Microphone, muted: true });
    assert!(sent(&effects).is_empty());
    let effects =
        machine.handle(Input::Engine(Event::Produce { source: Source::Microphone, rtp_parameters: Value::Null }));
    assert!(matches!(sent(&effects)[..], [ClientMessage::Produce { paused: true, .. }]));
}

#[test]
fn a_browser_that_cannot_take_part_is_told_and_not_tried_again() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.granted();
    machine.hear(ServerMessage::Welcome { router_rtp_capabilities: Value::Null });
    let failed = |step| Input::Engine(Event::Failed { step, source: None, message: String::new() });
    let mut other = machine.clone();
    assert_eq!(phases(&machine.handle(failed(Step::Unsupported))), [Phase::Ended(Ending::Unsupported)]);
    assert_eq!(phases(&other.handle(failed(Step::Load))), [Phase::Joining], "a chunk that did not load may load later");
}

#[test]
fn what_an_earlier_connection_still_says_is_ignored() {
    let mut machine = Machine::on_screen();
    let old = machine.attempt;
    machine.handle(Input::Closed { attempt: old, code: 1006 });
    machine.ring(Timer::Retry);
    for input in [
        Input::Closed { attempt: old, code: 4409 },
        Input::Message { attempt: old, message: ServerMessage::Speakers { speakers: Vec::<Speaker>::new() } },
        Input::Timer { attempt: old, timer: Timer::Ping },
        Input::Pass { attempt: old, answer: Err(Refusal::NotFound) },
    ] {
        assert_eq!(machine.handle(input), []);
    }
}

#[test]
fn leaving_says_so_and_leaves_nothing_on() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Leave);
    assert!(matches!(sent(&effects)[..], [ClientMessage::Leave { .. }]));
    let leave = effects.iter().position(|effect| matches!(effect, Effect::Send(_)));
    let close = effects.iter().position(|effect| *effect == Effect::CloseSocket);
    assert!(leave < close);
    assert_eq!(phases(&effects), [Phase::Ended(Ending::Left)]);
    assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source: Source::Camera })));
    assert_eq!(machine.handle(Input::Leave), []);
}

#[test]
fn a_device_that_opens_after_leaving_is_switched_off() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Leave);
    let effects = machine.handle(Input::Share(vec![Source::Camera]));
    assert_eq!(effects, [Effect::Engine(Command::CloseCapture { source: Source::Camera })]);
}

#[test]
fn a_consumer_that_ends_before_it_is_ready_is_not_resumed() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![consumer("c1")]);
    machine.hear(ServerMessage::ConsumerRemoved { consumer: "c1".into() });
    assert_eq!(machine.handle(Input::Engine(Event::Consumed { consumers: vec!["c1".into()] })), []);
}

/// What the server is told of pictures.
fn told(effects: &[Effect]) -> Vec<(&str, Option<u8>)> {
    let mut told = Vec::new();
    for message in sent(effects) {
        if let ClientMessage::SetReceiving { consumers, .. } = message {
            told.extend(consumers.iter().map(|one| (one.consumer.as_str(), one.layer)));
        }
    }
    told
}

fn of(person: &str, source: Source) -> Consumer {
    let id = format!("{person}-{source:?}");
    Consumer { person: person.into(), source, ..consumer(&id) }
}

/// Inside, with the cameras and voices of these, ready for packets.
fn watching(people: &[&str]) -> (Machine, Vec<Effect>) {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let consumers: Vec<Consumer> =
        people.iter().flat_map(|person| [of(person, Source::Camera), of(person, Source::Microphone)]).collect();
    let ids = consumers.iter().map(|consumer| consumer.id.clone()).collect();
    machine.joined(true, consumers);
    let effects = machine.handle(Input::Engine(Event::Consumed { consumers: ids }));
    (machine, effects)
}

#[test]
fn e4_everybody_is_heard_at_once_and_nobody_is_seen_before_a_tile_shows_them() {
    let (mut machine, effects) = watching(&["ada", "bob"]);
    let voices = vec!["ada-Microphone".to_owned(), "bob-Microphone".into()];
    let resumed: Vec<_> = sent(&effects)
        .into_iter()
        .map(|message| match message {
            ClientMessage::ResumeConsumers { consumers, .. } => consumers.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(resumed, [voices]);
    let effects = machine.handle(Input::Show(shown(&[("bob", 2)])));
    assert_eq!(told(&effects), [("bob-Camera", Some(2))]);
}

#[test]
fn e4_what_is_not_shown_any_more_is_paused_and_what_stays_is_not_told_again() {
    let (mut machine, _) = watching(&["ada", "bob", "cleo"]);
    machine.handle(Input::Show(shown(&[("ada", 0), ("bob", 0)])));
    machine.ring(Timer::Show);
    let effects = machine.handle(Input::Show(shown(&[("ada", 0), ("cleo", 1)])));
    assert_eq!(told(&effects), [("bob-Camera", None), ("cleo-Camera", Some(1))]);
}

#[test]
fn e4_tiles_that_move_all_the_time_are_told_four_times_a_second() {
    let (mut machine, _) = watching(&["ada"]);
    let effects = machine.handle(Input::Show(shown(&[("ada", 0)])));
    assert!(effects.contains(&Effect::SetTimer { attempt: machine.attempt, timer: Timer::Show, ms: 250 }));
    for layer in [1, 2, 1] {
        assert!(told(&machine.handle(Input::Show(shown(&[("ada", layer)])))).is_empty());
    }
    assert_eq!(told(&machine.ring(Timer::Show)), [("ada-Camera", Some(1))], "only how it ended");
    assert!(machine.ring(Timer::Show).is_empty(), "nothing has changed");
    assert_eq!(told(&machine.handle(Input::Show(shown(&[])))), [("ada-Camera", None)], "and at once after a rest");
}

#[test]
fn e4_h5_after_a_reconnect_the_same_pictures_are_asked_for_again() {
    let (mut machine, _) = watching(&["ada", "bob"]);
    machine.handle(Input::Show(shown(&[("bob", 1)])));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    assert!(sent(&machine.handle(Input::Show(shown(&[("ada", 2)])))).is_empty(), "there is nobody to tell");
    machine.ring(Timer::Retry);
    machine.joined(true, vec![of("ada", Source::Camera), of("bob", Source::Camera)]);
    let ids = vec!["ada-Camera".into(), "bob-Camera".into()];
    let effects = machine.handle(Input::Engine(Event::Consumed { consumers: ids }));
    assert_eq!(told(&effects), [("ada-Camera", Some(2))]);
}

#[test]
fn h4_word_of_the_quality_reaches_the_room() {
    let (mut machine, _) = watching(&["ada"]);
    let people = vec![PersonQuality { person: "ada".into(), quality: Quality::Fair }];
    let effects = machine.hear(ServerMessage::Quality { people: people.clone() });
    assert_eq!(effects, [Effect::Change(Change::Quality(people))]);
}

#[test]
fn k1_everybody_is_told_when_recording_begins_and_ends() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    assert!(machine.joined(false, vec![]).contains(&Effect::Change(Change::Recording(false))));
    let told = |on, notice| vec![Effect::Change(Change::Recording(on)), Effect::Notice(notice)];
    assert_eq!(machine.hears_of_recording(true, None), told(true, Notice::RecordingOn));
    assert_eq!(machine.hears_of_recording(true, None), [Effect::Change(Change::Recording(true))], "no news");
    assert_eq!(machine.hears_of_recording(false, None), told(false, Notice::RecordingOff));
}

#[test]
fn k1_who_comes_in_is_told_each_time_and_who_reconnects_is_not() {
    let mut machine = machine();
    let notice = Effect::Notice(Notice::RecordingOn);
    machine.handle(Input::Enter);
    let effects = machine.joined_recorded();
    assert!(effects.contains(&notice) && effects.contains(&Effect::Change(Change::Recording(true))));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    assert!(!machine.joined_recorded().contains(&notice));
    machine.handle(Input::Leave);
    machine.handle(Input::Enter);
    assert!(machine.joined_recorded().contains(&notice));
}

#[test]
fn k1_what_changed_while_the_connection_was_lost_is_told_after_it() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined_recorded();
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    assert!(machine.joined(false, vec![]).contains(&Effect::Notice(Notice::RecordingOff)));
}

/// Silence comes an hour after nothing was recorded any more; a full disk in the middle of it.
#[test]
fn k2_that_recording_does_not_go_on_by_itself_is_told_with_the_reason() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    let silence = Effect::Notice(Notice::RecordingStopped(BlockEnd::Silence));
    assert_eq!(machine.hears_of_recording(false, Some(BlockEnd::Silence)).last(), Some(&silence));
    machine.hears_of_recording(true, None);
    let disk = Effect::Notice(Notice::RecordingStopped(BlockEnd::Disk));
    assert_eq!(machine.hears_of_recording(false, Some(BlockEnd::Disk)).last(), Some(&disk));
    machine.hears_of_recording(true, None);
    let off = Effect::Notice(Notice::RecordingOff);
    assert_eq!(machine.hears_of_recording(false, Some(BlockEnd::SwitchedOff)).last(), Some(&off), "it was wanted");
}
