//! What an import of a file says of itself: the same for every kind of row, and for GraphQL and the routes of files alike.

use serde::Serialize;

/// What an import does, or would do. `Reason` is what can be wrong with a line.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report<Reason> {
    /// Lines with something in them, the first one apart.
    pub lines: usize,
    /// Rows that are made by it.
    pub added: usize,
    /// Lines of what is there already, which stays as it is.
    pub already: usize,
    /// Lines that are left out, in their order.
    pub problems: Vec<LineProblem<Reason>>,
    /// Columns that mean nothing here.
    pub unknown_columns: Vec<String>,
}

impl<Reason> Report<Reason> {
    /// Of a file of which nothing is made yet.
    pub fn of(lines: usize, unknown_columns: Vec<String>) -> Self {
        Self { lines, added: 0, already: 0, problems: Vec::new(), unknown_columns }
    }
}

/// Why a line is left out, and what to do.
#[derive(Debug, PartialEq, Serialize)]
pub struct LineProblem<Reason> {
    /// As editors count, from 1.
    pub line: u64,
    /// What is wrong. Stable: pages translate by it.
    #[serde(rename = "code")]
    pub reason: Reason,
    /// The same for people, in English.
    pub message: String,
    /// The names of what is in each other's way, as they are, for pages in other languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

impl<Reason> LineProblem<Reason> {
    pub fn new(line: u64, reason: Reason, message: String) -> Self {
        Self { line, reason, message, names: Vec::new() }
    }
}
