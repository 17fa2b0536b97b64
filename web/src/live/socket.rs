//! The signalling socket: frames in both directions, and its end.

use protocol::signalling::{ClientMessage, ServerMessage};
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// The close code of a socket that could not even be opened, as browsers name it.
pub const ABNORMAL: u16 = 1006;

/// What a socket tells.
#[allow(clippy::large_enum_variant, reason = "it is handed on at once")]
pub enum Heard {
    Message(ServerMessage),
    Closed(u16),
}

/// An open or opening socket; dropping it closes it without a word to its listener.
pub struct Socket {
    socket: WebSocket,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens `url`; none when it is no address of a socket.
    pub fn open(url: &str, on: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let socket = WebSocket::new(url).ok()?;
        let tell = on.clone();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A message of a newer server that this page does not know is not for it.
            let heard = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
            if let Some(heard) = heard {
                tell(Heard::Message(heard));
            }
        });
        let close = Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| on(Heard::Closed(event.code())));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        Some(Self { socket, _message: message, _close: close })
    }

    pub fn send(&self, message: &ClientMessage) {
        // A socket that is closing says so by its close event; sending into it would only leave an error in the console.
        if self.socket.ready_state() != WebSocket::OPEN {
            return;
        }
        if let Ok(json) = serde_json::to_string(message) {
            let _ = self.socket.send_with_str(&json);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing twice is not an error worth showing.
        let _ = self.socket.close();
    }
}
