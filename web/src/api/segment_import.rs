//! Segments from a file: the answer to it (F7).

/// What an import of segments did, or would do: the answer to a file that is posted as it is.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    pub lines: i32,
    pub added: i32,
    pub already: i32,
    pub problems: Vec<LineProblem>,
    pub new_tags: Vec<String>,
    pub unknown_columns: Vec<String>,
}

/// Why a line of the file is left out.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub struct LineProblem {
    /// As editors count, from 1.
    pub line: u32,
    pub code: LineProblemCode,
    /// In the server's words, with the names that belong to it.
    pub message: String,
}

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

/// The answer around the report.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    pub import_segments: ImportReport,
}
