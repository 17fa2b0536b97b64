//! Which passes still open a room: signed and not over is not enough when the right was lost after it was given. Pure.

use protocol::pass::{PASS_SECONDS, Pass};
use std::collections::HashMap;

/// Remembers what was taken back, for as long as a pass from before could live.
#[derive(Debug, Default)]
pub struct Passes {
    /// By session: the lowest version that opens it, and when that was said (seconds since 1970).
    versions: HashMap<String, (i64, i64)>,
    /// By session and person: when they were removed.
    removed: HashMap<(String, String), i64>,
}

impl Passes {
    /// Whether the pass still opens its room.
    pub fn opens(&self, pass: &Pass) -> bool {
        let newest = self.versions.get(&pass.session).is_none_or(|(version, _)| pass.settings.version >= *version);
        let given = pass.exp - PASS_SECONDS;
        let key = (pass.session.clone(), pass.sub.clone());
        newest && self.removed.get(&key).is_none_or(|removed| given > *removed)
    }

    /// From now on, passes with a lower version open nothing.
    pub fn require(&mut self, session: &str, version: i64, now: i64) {
        self.tidy(now);
        let entry = self.versions.entry(session.to_owned()).or_insert((version, now));
        *entry = (version.max(entry.0), now);
    }

    /// Passes that this person has already open nothing.
    pub fn remove(&mut self, session: &str, person: &str, now: i64) {
        self.tidy(now);
        self.removed.insert((session.to_owned(), person.to_owned()), now);
    }

    fn tidy(&mut self, now: i64) {
        let lives = |said: i64| said + PASS_SECONDS >= now;
        self.versions.retain(|_, (_, said)| lives(*said));
        self.removed.retain(|_, said| lives(*said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::Settings;

    fn pass(version: i64, at: i64) -> Pass {
        Pass::new(
            "s".into(),
            "p".into(),
            "P".into(),
            at,
            Settings { version, max_seats: 50, youtube: Default::default(), record: false, starts: 0 },
        )
    }

    /// C6: a pass from before the change opens nothing after it, also when the room went empty meanwhile.
    #[test]
    fn c6_an_older_version_opens_nothing() {
        let mut passes = Passes::default();
        assert!(passes.opens(&pass(1, 100)));
        passes.require("s", 2, 110);
        passes.require("s", 1, 111);
        assert!(!passes.opens(&pass(1, 100)));
        assert!(passes.opens(&pass(2, 112)));
    }

    /// C6: a removed person needs a pass that was given after the removal.
    #[test]
    fn c6_a_removed_person_needs_a_new_pass() {
        let mut passes = Passes::default();
        passes.remove("s", "p", 110);
        assert!(!passes.opens(&pass(1, 110)));
        assert!(passes.opens(&pass(1, 111)));
    }

    #[test]
    fn what_no_pass_can_break_any_more_is_forgotten() {
        let mut passes = Passes::default();
        passes.require("s", 2, 0);
        passes.remove("s", "p", 0);
        passes.require("t", 1, PASS_SECONDS + 1);
        assert!(passes.versions.len() == 1 && passes.removed.is_empty());
    }
}
