//! Segments from a file: what can be wrong with them (F7).

/// What can be wrong with a line of a file of segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LineProblemCode {
    AmbiguousSession,
    AlwaysOpenSession,
    BreakOverlaps,
    Full,
    Link,
    Name,
    Outside,
    Text,
    Time,
    Twice,
    Type,
    UnknownSession,
    UnknownSpeaker,
    #[serde(other)]
    Unknown,
}
