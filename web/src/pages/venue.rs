//! Where attendees are: the reception, the sessions, and the room.

pub mod room;
