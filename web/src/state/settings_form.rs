//! How the venue behaves, as it is typed, and how two organizers' changes of it meet (A5, A6, A8).

use super::form::{self, Field, Meeting, Meets, each_by_itself};
use crate::api::event_settings::{KeepChange, Settings, UpdateSettingsInput};
use crate::api::{Code, Failure};
use serde::{Deserialize, Serialize};

/// What the fields hold; numbers as they are written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    pub before: String,
    pub after: String,
    pub attendees_create: bool,
    pub people_visible: bool,
    pub agenda_enabled: bool,
    /// Days for which messages are kept; for ever without.
    pub chat_days: Option<String>,
    /// The same of recordings.
    pub recording_days: Option<String>,
}

impl Meets for Typed {
    fn meet(&self, base: &Typed, theirs: &Typed, meeting: &mut Meeting) -> Typed {
        each_by_itself!(self, base, theirs, meeting, {
            before: "beforeMinutes",
            after: "afterMinutes",
            attendees_create: "attendeesCreateSessions",
            people_visible: "peopleVisible",
            agenda_enabled: "agendaEnabled",
            chat_days: "chatRetentionDays",
            recording_days: "recordingRetentionDays",
        })
    }
}

impl Typed {
    pub fn of(settings: &Settings) -> Self {
        Self {
            before: settings.before_minutes.to_string(),
            after: settings.after_minutes.to_string(),
            attendees_create: settings.attendees_create_sessions,
            people_visible: settings.people_visible,
            agenda_enabled: settings.agenda_enabled,
            chat_days: settings.chat_retention_days.map(|days| days.to_string()),
            recording_days: settings.recording_retention_days.map(|days| days.to_string()),
        }
    }

    /// As the API takes a change: only what differs from `base`.
    pub fn update(&self, id: cynic::Id, base: &Typed) -> Result<UpdateSettingsInput, Failure> {
        let mut problems = Vec::new();
        let mut read = |mine: &str, base: Option<&str>, field: Field, range| {
            let number = form::number(field, mine, range).map_err(|problem| problems.push(problem)).ok();
            number.filter(|_| Some(mine) != base)
        };
        let before_minutes = read(&self.before, Some(&base.before), "beforeMinutes", form::DISPLAY_MINUTES);
        let after_minutes = read(&self.after, Some(&base.after), "afterMinutes", form::DISPLAY_MINUTES);
        let mut kept = |mine: Option<&str>, base: Option<&str>, field: Field| match mine {
            Some(days) => read(days, base, field, form::RETENTION_DAYS).map_or(KeepChange::None, KeepChange::Days),
            None if base.is_some() => KeepChange::ForEver,
            None => KeepChange::None,
        };
        let chat_retention_days = kept(self.chat_days.as_deref(), base.chat_days.as_deref(), "chatRetentionDays");
        let recording_retention_days =
            kept(self.recording_days.as_deref(), base.recording_days.as_deref(), "recordingRetentionDays");
        if !problems.is_empty() {
            return Err(Failure::Refused { code: Code::InvalidInput, problems });
        }
        let changed = |mine: bool, base: bool| (mine != base).then_some(mine);
        Ok(UpdateSettingsInput {
            id,
            version: None,
            before_minutes,
            after_minutes,
            attendees_create_sessions: changed(self.attendees_create, base.attendees_create),
            people_visible: changed(self.people_visible, base.people_visible),
            agenda_enabled: changed(self.agenda_enabled, base.agenda_enabled),
            chat_retention_days,
            recording_retention_days,
        })
    }
}

/// What a change keeps for fewer days than before, and for how many: what is older goes within minutes of saving that (A8).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shorter {
    pub chat: Option<i32>,
    pub recordings: Option<i32>,
}

impl Shorter {
    pub fn of(change: &UpdateSettingsInput, base: &Typed) -> Self {
        let shorter = |change: KeepChange, base: Option<&str>| match change {
            KeepChange::Days(days) => {
                let before = base.and_then(|days| days.trim().parse::<i32>().ok());
                before.is_none_or(|before| days < before).then_some(days)
            }
            KeepChange::None | KeepChange::ForEver => None,
        };
        Self {
            chat: shorter(change.chat_retention_days, base.chat_days.as_deref()),
            recordings: shorter(change.recording_retention_days, base.recording_days.as_deref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Problem, ProblemCode};

    fn typed(before: &str, agenda_enabled: bool) -> Typed {
        Typed { before: before.into(), after: "0".into(), agenda_enabled, ..Typed::default() }
    }

    #[test]
    fn a5_only_what_changed_is_sent() {
        let input = typed("10", true).update(cynic::Id::new("1"), &typed("5", true)).unwrap();
        assert_eq!((input.before_minutes, input.after_minutes, input.agenda_enabled), (Some(10), None, None));
    }

    #[test]
    fn a5_what_is_no_number_is_named_before_anything_is_sent() {
        let failure = typed("soon", true).update(cynic::Id::new("1"), &typed("5", true)).unwrap_err();
        assert_eq!(failure.problems()[0].field, "beforeMinutes");
    }

    #[test]
    fn a5_everything_that_is_wrong_is_named_at_once() {
        let mine = Typed { after: "241".into(), chat_days: Some("0".into()), ..typed("soon", true) };
        let failure = mine.update(cynic::Id::new("1"), &typed("5", true)).unwrap_err();
        let named: Vec<_> = failure.problems().iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(named, ["beforeMinutes", "afterMinutes", "chatRetentionDays"]);
    }

    #[test]
    fn a8_messages_are_kept_for_some_days_or_for_ever_or_as_before() {
        let days = |days: Option<&str>| Typed { chat_days: days.map(str::to_owned), ..typed("5", true) };
        let sent = |mine, base| {
            let input = days(mine).update(cynic::Id::new("1"), &days(base));
            input.map(|input| serde_json::to_value(input).unwrap().get("chatRetentionDays").cloned())
        };
        assert_eq!(sent(Some("30"), None).unwrap(), Some(30.into()));
        assert_eq!(sent(None, Some("30")).unwrap(), Some(serde_json::Value::Null));
        assert_eq!([sent(Some("30"), Some("30")).unwrap(), sent(None, None).unwrap()], [None, None]);
        let wrong = |mine| sent(Some(mine), None).unwrap_err().problems()[0].clone();
        assert_eq!(wrong(""), Problem::found("chatRetentionDays", ProblemCode::Required));
        assert_eq!(wrong("a week"), Problem::found("chatRetentionDays", ProblemCode::OutOfRange));
    }

    #[test]
    fn a8_recordings_have_days_of_their_own() {
        let days = |days: Option<&str>| Typed { recording_days: days.map(str::to_owned), ..typed("5", true) };
        let sent = |mine, base| {
            let input = serde_json::to_value(days(mine).update(cynic::Id::new("1"), &days(base)).unwrap()).unwrap();
            ["recordingRetentionDays", "chatRetentionDays"].map(|field| input.get(field).cloned())
        };
        assert_eq!(sent(Some("30"), None), [Some(30.into()), None]);
        assert_eq!(sent(None, Some("30")), [Some(serde_json::Value::Null), None]);
        assert_eq!(sent(Some("30"), Some("30")), [None, None]);
        let failure = days(Some("")).update(cynic::Id::new("1"), &days(None)).unwrap_err();
        assert_eq!(failure.problems(), [Problem::found("recordingRetentionDays", ProblemCode::Required)]);
        let (_, both) = days(Some("30")).merge(&days(Some("7")), &days(None));
        assert_eq!(both, ["recordingRetentionDays"]);
    }

    #[test]
    fn a8_one_who_keeps_messages_for_ever_and_one_who_does_not_are_both_told() {
        let days = |days: Option<&str>| Typed { chat_days: days.map(str::to_owned), ..typed("5", true) };
        let (merged, both) = days(Some("30")).merge(&days(Some("7")), &days(None));
        assert_eq!((merged, both), (days(Some("30")), vec!["chatRetentionDays"]));
    }

    #[test]
    fn a8_what_is_kept_for_fewer_days_is_asked_about() {
        let days = |chat: Option<&str>, recordings: Option<&str>| Typed {
            chat_days: chat.map(str::to_owned),
            recording_days: recordings.map(str::to_owned),
            ..typed("5", true)
        };
        let shorter = |mine: Typed, base: Typed| {
            let Shorter { chat, recordings } = Shorter::of(&mine.update(cynic::Id::new("1"), &base).unwrap(), &base);
            [chat, recordings]
        };
        assert_eq!(shorter(days(None, Some("3")), days(None, Some("30"))), [None, Some(3)]);
        assert_eq!(shorter(days(Some("7"), Some("30")), days(None, None)), [Some(7), Some(30)]);
        assert_eq!(shorter(days(Some("30"), None), days(Some("7"), Some("7"))), [None, None]);
        let impossible = days(Some("3651"), Some("0")).update(cynic::Id::new("1"), &days(None, None));
        assert!(impossible.is_err(), "nobody is asked about what would be refused");
    }

    #[test]
    fn a6_what_another_organizer_switches_shows_and_what_one_typed_stays() {
        let (merged, both) = typed("10", true).merge(&typed("5", true), &typed("5", false));
        assert_eq!((merged, both), (typed("10", false), vec![]));
        let (_, both) = typed("10", true).merge(&typed("5", true), &typed("7", true));
        assert_eq!(both, ["beforeMinutes"]);
    }

    #[test]
    fn a6_one_setting_is_taken_as_the_other_one_saved_it_and_the_rest_stays() {
        let taken = typed("10", true).taking("beforeMinutes", &typed("7", false));
        assert_eq!(taken, typed("7", true));
    }
}
