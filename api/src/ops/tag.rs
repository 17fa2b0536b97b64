//! Tags as somebody types them (B4, F4).

use crate::app::App;
use crate::ids::TagId;
use crate::limits;
use crate::validate::{Code, Problem, Problems};
use std::collections::HashSet;

/// Checks the tags of a session or a segment, which `what` names; names that differ only in case are one. The ids are for those
/// that are new.
pub(super) fn checked(app: &App, problems: &mut Problems, what: &str, names: &[String]) -> Vec<(TagId, String)> {
    if names.len() > limits::TAGS {
        let message = format!("A {what} has {} tags at the most.", limits::TAGS);
        problems.push(Problem::new("tags", Code::OutOfRange, message));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut checked = Vec::new();
    for name in names {
        let name = problems.line("tags", name, limits::TAG);
        if seen.insert(name.to_lowercase()) {
            checked.push((app.ids.next(), name));
        }
    }
    checked
}
