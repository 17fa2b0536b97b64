//! The client's half of graphql-transport-ws as a pure state machine: what happened goes in, what to do comes out.
//!
//! It queues subscriptions until the server acknowledges, subscribes again after a reconnect, answers pings, asks a silent
//! server whether it is there, and backs off. Deliberately missing: the socket itself and any timer, which are in `live`.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A subscription of this page, unique while the page lives.
pub type Id = u32;

/// What the browser has to do next.
#[derive(Debug)]
pub enum Effect {
    Send(String),
    /// A result for a subscription: the body of a GraphQL response.
    Next(Id, Box<RawValue>),
    /// The server refused the subscription with these errors; it is over, unless its operation is sent again.
    Failed {
        id: Id,
        operation: String,
        errors: Box<RawValue>,
    },
    /// The subscription ended by itself.
    Completed(Id),
    /// The server answers. Whatever was fetched before may have changed unheard.
    Ready {
        payload: Option<Box<RawValue>>,
    },
    /// The connection is lost; open the next one in so many milliseconds.
    Reconnect(u32),
    /// The server will not have this client; trying again would change nothing.
    Fatal(u16),
    /// The server breaks the protocol: close the socket with this code.
    Close(u16),
    /// The connection is dead without having said so: forget the socket.
    Abandon,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Closed,
    /// Open, `connection_init` sent.
    Greeting,
    Ready,
    /// Given up.
    Over,
}

#[derive(Debug)]
pub struct Machine {
    phase: Phase,
    /// Every live subscription with its `subscribe` payload.
    subscriptions: LiteMap<Id, String>,
    next: Id,
    attempts: u32,
    /// How many looks found that nothing had come.
    silent: u32,
    /// Whether the server was asked and has said nothing since.
    asked: bool,
}

#[derive(Deserialize)]
struct Incoming {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    payload: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Outgoing<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<&'a RawValue>,
}

impl Default for Machine {
    fn default() -> Self {
        Machine { phase: Phase::Closed, subscriptions: LiteMap::new(), next: 1, attempts: 0, silent: 0, asked: false }
    }
}

impl Machine {
    /// The socket opened.
    pub fn opened(&mut self) -> Vec<Effect> {
        self.phase = Phase::Greeting;
        self.heard();
        vec![send("connection_init", None, None)]
    }

    /// A new subscription; `operation` is its JSON with query and variables.
    pub fn subscribe(&mut self, operation: String) -> (Id, Vec<Effect>) {
        let id = self.next;
        self.next += 1;
        (id, self.renew(id, operation))
    }

    /// Tries one again that was refused for a while.
    pub fn renew(&mut self, id: Id, operation: String) -> Vec<Effect> {
        let effects = if self.phase == Phase::Ready { vec![subscribe(id, &operation)] } else { Vec::new() };
        self.subscriptions.insert(id, operation);
        effects
    }

    /// Nobody listens to the subscription any longer.
    pub fn unsubscribe(&mut self, id: Id) -> Vec<Effect> {
        let known = self.subscriptions.remove(&id).is_some();
        if known && self.phase == Phase::Ready { vec![send("complete", Some(id), None)] } else { Vec::new() }
    }

    /// A text message arrived.
    pub fn message(&mut self, text: &str) -> Vec<Effect> {
        let Ok(message) = serde_json::from_str::<Incoming>(text) else {
            return vec![Effect::Close(4400)];
        };
        self.heard();
        let id = message.id.as_deref().and_then(|id| id.parse::<Id>().ok());
        match (message.kind.as_str(), id) {
            ("connection_ack", _) => self.acknowledged(message.payload),
            ("ping", _) => vec![send("pong", None, None)],
            ("pong", _) => Vec::new(),
            ("next", Some(id)) => match message.payload {
                // What was still on its way when nobody listened any longer is dropped.
                Some(payload) if self.subscriptions.contains_key(&id) => vec![Effect::Next(id, payload)],
                _ => Vec::new(),
            },
            ("error", Some(id)) => match (self.subscriptions.remove(&id), message.payload) {
                (Some(operation), Some(errors)) => vec![Effect::Failed { id, operation, errors }],
                (Some(_), None) => vec![Effect::Completed(id)],
                (None, _) => Vec::new(),
            },
            ("complete", Some(id)) => match self.subscriptions.remove(&id) {
                Some(_) => vec![Effect::Completed(id)],
                None => Vec::new(),
            },
            _ => vec![Effect::Close(4400)],
        }
    }

    /// The socket closed, or could not be opened.
    pub fn closed(&mut self, code: u16) -> Vec<Effect> {
        if self.phase == Phase::Over {
            return Vec::new();
        }
        // A login that has ended closes what was open for it. As a stranger one may still be here.
        let signed_out = self.phase == Phase::Ready && matches!(code, 4401 | 4403);
        if matches!(code, 4400 | 4401 | 4403 | 4406 | 4409 | 4429) && !signed_out {
            self.phase = Phase::Over;
            return vec![Effect::Fatal(code)];
        }
        self.phase = Phase::Closed;
        let wait = backoff(self.attempts);
        self.attempts += 1;
        vec![Effect::Reconnect(wait)]
    }

    /// Asks the server whether it is there: the device was asleep, or its network has changed.
    pub fn ask(&mut self) -> Vec<Effect> {
        if self.phase != Phase::Ready {
            return Vec::new();
        }
        self.asked = true;
        vec![send("ping", None, None)]
    }

    /// Called a while after `ask`: a server that has not answered is given up.
    pub fn answer_is_due(&mut self) -> Vec<Effect> {
        if self.phase == Phase::Ready && self.asked { self.abandon() } else { Vec::new() }
    }

    /// Called at intervals: a server that was silent for one of them is asked, one that stays silent is given up.
    pub fn look(&mut self) -> Vec<Effect> {
        if !matches!(self.phase, Phase::Greeting | Phase::Ready) {
            return Vec::new();
        }
        self.silent += 1;
        match self.silent {
            1 => Vec::new(),
            2 => self.ask(),
            _ => self.abandon(),
        }
    }

    fn heard(&mut self) {
        self.silent = 0;
        self.asked = false;
    }

    fn abandon(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Abandon];
        effects.extend(self.closed(1006));
        effects
    }

    /// Starts over after a fatal close, when the reason is gone: somebody signed in or out.
    pub fn revive(&mut self) {
        self.phase = Phase::Closed;
        self.attempts = 0;
    }

    pub fn is_over(&self) -> bool {
        self.phase == Phase::Over
    }

    fn acknowledged(&mut self, payload: Option<Box<RawValue>>) -> Vec<Effect> {
        if self.phase != Phase::Greeting {
            return vec![Effect::Close(4400)];
        }
        self.phase = Phase::Ready;
        self.attempts = 0;
        // The subscriptions go first: what changes between the two is then seen by one of them at least.
        let mut effects: Vec<Effect> =
            self.subscriptions.iter().map(|(id, operation)| subscribe(*id, operation)).collect();
        effects.push(Effect::Ready { payload });
        effects
    }
}

/// Half a second, doubled with each failure, at most 15 s.
fn backoff(attempts: u32) -> u32 {
    500_u32.saturating_mul(2_u32.saturating_pow(attempts)).min(15_000)
}

fn subscribe(id: Id, operation: &str) -> Effect {
    let payload = RawValue::from_string(operation.to_owned()).ok();
    send("subscribe", Some(id), payload.as_deref())
}

fn send(kind: &str, id: Option<Id>, payload: Option<&RawValue>) -> Effect {
    let message = Outgoing { kind, id: id.map(|id| id.to_string()), payload };
    Effect::Send(serde_json::to_string(&message).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(effects: &[Effect]) -> Vec<String> {
        effects
            .iter()
            .filter_map(|effect| if let Effect::Send(text) = effect { Some(text.clone()) } else { None })
            .collect()
    }

    fn ready(machine: &mut Machine) -> Vec<Effect> {
        machine.opened();
        machine.message(r#"{"type":"connection_ack","payload":{"serverTime":"2026-01-01T00:00:00Z"}}"#)
    }

    #[test]
    fn o3_subscriptions_wait_for_the_acknowledgement() {
        let mut machine = Machine::default();
        let (id, effects) = machine.subscribe(r#"{"query":"subscription { x }"}"#.into());
        assert!(effects.is_empty());
        assert_eq!(sent(&machine.opened()), [r#"{"type":"connection_init"}"#]);
        let effects = machine.message(r#"{"type":"connection_ack"}"#);
        let expected = format!(r#"{{"type":"subscribe","id":"{id}","payload":{{"query":"subscription {{ x }}"}}}}"#);
        assert_eq!(sent(&effects), [expected]);
        assert!(matches!(effects.last(), Some(Effect::Ready { .. })));
    }

    #[test]
    fn o3_live_subscriptions_are_made_again_after_a_loss_and_ended_ones_are_not() {
        let mut machine = Machine::default();
        ready(&mut machine);
        let (kept, _) = machine.subscribe(r#"{"query":"a"}"#.into());
        let (ended, _) = machine.subscribe(r#"{"query":"b"}"#.into());
        assert_eq!(sent(&machine.unsubscribe(ended)), [format!(r#"{{"type":"complete","id":"{ended}"}}"#)]);
        assert!(matches!(machine.closed(1006)[..], [Effect::Reconnect(500)]));
        let effects = ready(&mut machine);
        assert_eq!(sent(&effects), [format!(r#"{{"type":"subscribe","id":"{kept}","payload":{{"query":"a"}}}}"#)]);
        assert!(matches!(effects.last(), Some(Effect::Ready { .. })));
    }

    #[test]
    fn the_wait_doubles_up_to_a_bound_and_starts_over_after_success() {
        let mut machine = Machine::default();
        let waits: Vec<u32> = (0..7)
            .map(|_| match machine.closed(1006)[..] {
                [Effect::Reconnect(wait)] => wait,
                _ => panic!("a lost connection is made again"),
            })
            .collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
        ready(&mut machine);
        assert!(matches!(machine.closed(1001)[..], [Effect::Reconnect(500)]));
    }

    #[test]
    fn a_login_that_ended_leaves_a_connection_as_a_stranger() {
        let mut machine = Machine::default();
        ready(&mut machine);
        assert!(matches!(machine.closed(4403)[..], [Effect::Reconnect(500)]));
        // The server will not have it at all, with or without a login.
        machine.opened();
        assert!(matches!(machine.closed(4403)[..], [Effect::Fatal(4403)]));
    }

    #[test]
    fn a_silent_server_is_asked_and_then_given_up() {
        let mut machine = Machine::default();
        assert!(machine.look().is_empty(), "there is nobody to ask yet");
        ready(&mut machine);
        for _ in 0..2 {
            assert!(machine.look().is_empty(), "it may have answered just before");
            assert_eq!(sent(&machine.look()), [r#"{"type":"ping"}"#]);
            machine.message(r#"{"type":"pong"}"#);
        }
        machine.look();
        machine.look();
        assert!(matches!(machine.look()[..], [Effect::Abandon, Effect::Reconnect(500)]));
        assert!(machine.look().is_empty(), "it is being made again");
    }

    #[test]
    fn a_server_that_never_greets_is_given_up() {
        let mut machine = Machine::default();
        machine.opened();
        assert!(machine.look().is_empty() && machine.look().is_empty());
        assert!(matches!(machine.look()[..], [Effect::Abandon, Effect::Reconnect(500)]));
    }

    #[test]
    fn a_device_that_wakes_up_asks_at_once() {
        let mut machine = Machine::default();
        assert!(machine.ask().is_empty());
        ready(&mut machine);
        assert_eq!(sent(&machine.ask()), [r#"{"type":"ping"}"#]);
        machine.message(r#"{"type":"pong"}"#);
        assert!(machine.answer_is_due().is_empty());
        machine.ask();
        assert!(matches!(machine.answer_is_due()[..], [Effect::Abandon, Effect::Reconnect(500)]));
    }

    #[test]
    fn fatal_codes_end_it_until_the_reason_is_gone() {
        for code in [4400, 4401, 4403, 4406, 4409, 4429] {
            let mut machine = Machine::default();
            machine.opened();
            assert!(matches!(machine.closed(code)[..], [Effect::Fatal(fatal)] if fatal == code));
            assert!(machine.is_over() && machine.closed(1006).is_empty());
            machine.revive();
            assert!(!machine.is_over());
        }
        assert!(matches!(Machine::default().closed(4408)[..], [Effect::Reconnect(_)]));
    }

    #[test]
    fn results_reach_their_subscription_and_late_ones_nobody() {
        let mut machine = Machine::default();
        ready(&mut machine);
        let (id, _) = machine.subscribe("{}".into());
        let next = format!(r#"{{"type":"next","id":"{id}","payload":{{"data":{{"a":1}}}}}}"#);
        assert!(matches!(&machine.message(&next)[..], [Effect::Next(to, payload)]
            if *to == id && payload.get() == r#"{"data":{"a":1}}"#));
        machine.unsubscribe(id);
        assert!(machine.message(&next).is_empty());
    }

    #[test]
    fn pings_are_answered_and_nonsense_is_not_endured() {
        let mut machine = Machine::default();
        ready(&mut machine);
        assert_eq!(sent(&machine.message(r#"{"type":"ping"}"#)), [r#"{"type":"pong"}"#]);
        assert!(matches!(machine.message("nonsense")[..], [Effect::Close(4400)]));
        assert!(matches!(machine.message(r#"{"type":"unheard_of"}"#)[..], [Effect::Close(4400)]));
    }

    #[test]
    fn an_error_ends_the_subscription() {
        let mut machine = Machine::default();
        ready(&mut machine);
        let (id, _) = machine.subscribe("{}".into());
        let error = format!(r#"{{"type":"error","id":"{id}","payload":[{{"message":"no"}}]}}"#);
        assert!(matches!(machine.message(&error)[..], [Effect::Failed { id: of, .. }] if of == id));
        machine.closed(1006);
        assert!(sent(&ready(&mut machine)).is_empty());
        assert_eq!(sent(&machine.renew(id, "{}".into())).len(), 1);
        machine.closed(1006);
        assert_eq!(sent(&ready(&mut machine)).len(), 1, "once renewed, it is a subscription like any other");
    }
}
