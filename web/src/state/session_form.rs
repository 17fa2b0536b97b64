//! The fields of a session as they are typed, and how two people's changes of them meet.

use super::form::{self, Meeting, Meets, each_by_itself};
use crate::api::picture::{Picture, PictureChange};
use crate::api::session::{
    CreateSessionInput, Details, DisplaySize, Scheduling, Session, ShareAccess, UpdateSessionInput, WatchAccess,
};
use crate::api::{Code, Failure};
use serde::{Deserialize, Serialize};

/// What the fields hold; numbers as they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    pub title: String,
    pub description: String,
    /// HTML (B2). What an older page kept of a draft has none.
    #[serde(default)]
    pub additional_information: String,
    pub tags: Vec<String>,
    pub display_size: DisplaySize,
    pub priority: String,
    pub watch_access: WatchAccess,
    /// The ids of the ticket types whose holders can watch, in order (C3).
    #[serde(default)]
    pub tickets: Vec<String>,
    #[serde(default = "anyone")]
    pub share_access: ShareAccess,
    pub max_participants: String,
    /// Whether a video may be watched together (J1).
    #[serde(default)]
    pub youtube_sharing: bool,
    /// Whether who is on screen is recorded (K1).
    #[serde(default)]
    pub record: bool,
    /// What an older page kept of a draft has none.
    #[serde(default)]
    pub picture: Option<Picture>,
    #[serde(default)]
    pub picture_alt: String,
    #[serde(default = "always_open")]
    pub scheduling: Scheduling,
}

/// What an older page kept of a draft does not say who can share.
fn anyone() -> ShareAccess {
    ShareAccess::Anyone
}

/// What an older page kept of a draft does not say when the session is open.
fn always_open() -> Scheduling {
    Scheduling::AlwaysOpen
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            additional_information: String::new(),
            tags: Vec::new(),
            display_size: DisplaySize::Medium,
            priority: "0".into(),
            watch_access: WatchAccess::Anyone,
            tickets: Vec::new(),
            share_access: ShareAccess::Anyone,
            max_participants: "50".into(),
            youtube_sharing: false,
            record: false,
            picture: None,
            picture_alt: String::new(),
            scheduling: Scheduling::AlwaysOpen,
        }
    }
}

impl Typed {
    /// What the server has of a session.
    pub fn of(session: &Session, details: &Details) -> Self {
        let mut tickets: Vec<String> = session.ticket_type_ids.iter().map(|id| id.inner().to_owned()).collect();
        tickets.sort();
        Self {
            tickets,
            share_access: session.share_access,
            title: session.title.clone(),
            description: session.description.clone(),
            additional_information: details.additional_information.clone(),
            tags: session.tags.clone(),
            display_size: session.display_size,
            priority: session.priority.to_string(),
            watch_access: session.watch_access,
            max_participants: session.max_participants.to_string(),
            youtube_sharing: session.youtube_sharing,
            record: details.record,
            picture: session.picture.clone(),
            picture_alt: session.picture_alt.clone(),
            scheduling: session.scheduling,
        }
    }
}

impl Meets for Typed {
    fn meet(&self, base: &Typed, theirs: &Typed, meeting: &mut Meeting) -> Typed {
        each_by_itself!(self, base, theirs, meeting, {
            title: "title",
            description: "description",
            additional_information: "additionalInformation",
            tags: "tags",
            display_size: "displaySize",
            priority: "priority",
            watch_access: "watchAccess",
            tickets: "ticketTypeIds",
            share_access: "shareAccess",
            max_participants: "maxParticipants",
            youtube_sharing: "youtubeSharing",
            record: "record",
            picture: "pictureId",
            picture_alt: "pictureAlt",
            scheduling: "scheduling",
        })
    }
}

impl Typed {
    /// As the API takes a new session.
    pub fn create(&self, event_id: cynic::Id) -> Result<CreateSessionInput, Failure> {
        let (priority, max_participants) = self.numbers()?;
        Ok(CreateSessionInput {
            event_id,
            title: self.title.clone(),
            description: Some(self.description.clone()),
            additional_information: Some(self.additional_information.clone()),
            tags: Some(self.tags.clone()),
            display_size: Some(self.display_size),
            priority: Some(priority),
            watch_access: Some(self.watch_access),
            ticket_type_ids: Some(self.ticket_ids()),
            share_access: Some(self.share_access),
            max_participants: Some(max_participants),
            youtube_sharing: Some(self.youtube_sharing),
            record: Some(self.record),
            picture_id: self.picture.as_ref().map(|picture| picture.id.clone()),
            picture_alt: Some(self.picture_alt.clone()),
            scheduling: Some(self.scheduling),
        })
    }

    /// As the API takes a change: only what differs from `base`, so that somebody else's change of another field stays.
    pub fn update(&self, id: cynic::Id, base: &Typed) -> Result<UpdateSessionInput, Failure> {
        let (priority, max_participants) = self.numbers()?;
        fn changed<T: Clone + PartialEq>(mine: &T, base: &T) -> Option<T> {
            (mine != base).then(|| mine.clone())
        }
        Ok(UpdateSessionInput {
            id,
            version: None,
            title: changed(&self.title, &base.title),
            description: changed(&self.description, &base.description),
            additional_information: changed(&self.additional_information, &base.additional_information),
            tags: changed(&self.tags, &base.tags),
            display_size: changed(&self.display_size, &base.display_size),
            priority: (self.priority != base.priority).then_some(priority),
            watch_access: changed(&self.watch_access, &base.watch_access),
            ticket_type_ids: (self.tickets != base.tickets).then(|| self.ticket_ids()),
            share_access: changed(&self.share_access, &base.share_access),
            max_participants: (self.max_participants != base.max_participants).then_some(max_participants),
            youtube_sharing: changed(&self.youtube_sharing, &base.youtube_sharing),
            record: changed(&self.record, &base.record),
            picture_id: PictureChange::between(base.picture.as_ref(), self.picture.as_ref()),
            picture_alt: changed(&self.picture_alt, &base.picture_alt),
            scheduling: changed(&self.scheduling, &base.scheduling),
            unlink_segments: None,
            invite_on_screen: None,
        })
    }

    /// Whether saving makes it invite only, so that those on screen may have to leave it (D9).
    pub fn closes_screen(&self, base: &Typed) -> bool {
        self.share_access == ShareAccess::InviteOnly && base.share_access != ShareAccess::InviteOnly
    }

    fn ticket_ids(&self) -> Vec<cynic::Id> {
        self.tickets.iter().map(cynic::Id::new).collect()
    }

    /// Priority and maximum of participants, or what is wrong with them; the title's problem is told along with theirs.
    fn numbers(&self) -> Result<(i32, i32), Failure> {
        let priority = form::number("priority", &self.priority, form::PRIORITY);
        match (priority, form::number("maxParticipants", &self.max_participants, form::MAX_PARTICIPANTS)) {
            (Ok(priority), Ok(max_participants)) => Ok((priority, max_participants)),
            (priority, max_participants) => {
                let title = form::line("title", &self.title, form::TITLE);
                let problems = [title, priority.err(), max_participants.err()].into_iter().flatten().collect();
                Err(Failure::Refused { code: Code::InvalidInput, problems })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ProblemCode;

    fn typed(title: &str, priority: &str) -> Typed {
        Typed { title: title.into(), priority: priority.into(), ..Typed::default() }
    }

    #[test]
    fn b10_what_others_change_shows_and_what_one_typed_stays() {
        let (base, mine, theirs) = (typed("a", "0"), typed("b", "0"), typed("a", "5"));
        assert_eq!(mine.merge(&base, &theirs), (typed("b", "5"), vec![]));
    }

    #[test]
    fn b10_a_field_that_both_changed_is_named_unless_they_agree() {
        let base = typed("a", "0");
        assert_eq!(typed("b", "0").merge(&base, &typed("c", "0")), (typed("b", "0"), vec!["title"]));
        assert_eq!(typed("c", "0").merge(&base, &typed("c", "0")), (typed("c", "0"), vec![]));
    }

    #[test]
    fn b10_one_field_is_taken_as_the_other_one_saved_it_and_the_rest_stays() {
        let (mine, saved) = (typed("b", "7"), typed("c", "5"));
        assert_eq!(mine.taking("title", &saved), typed("c", "7"));
        assert_eq!(mine.taking("priority", &saved), typed("b", "5"));
    }

    #[test]
    fn b10_only_changed_fields_are_sent() {
        let input = typed("b", "0").update(cynic::Id::new("1"), &typed("a", "0")).unwrap();
        assert_eq!(input.title.as_deref(), Some("b"));
        assert!(input.priority.is_none() && input.tags.is_none() && input.watch_access.is_none());
    }

    #[test]
    fn k1_recording_is_sent_when_it_is_switched_and_kept_of_older_drafts_as_off() {
        let of = |record| Typed { record, ..Typed::default() };
        let sent = |mine: bool, base: bool| of(mine).update(cynic::Id::new("1"), &of(base)).unwrap().record;
        assert_eq!([sent(true, false), sent(false, true), sent(true, true)], [Some(true), Some(false), None]);
        assert_eq!(of(false).merge(&of(false), &of(true)), (of(true), vec![]));
        let mut kept = serde_json::to_value(of(true)).unwrap();
        kept.as_object_mut().unwrap().remove("record");
        assert_eq!(serde_json::from_value::<Typed>(kept).unwrap(), of(false));
    }

    #[test]
    fn d9_only_what_becomes_invite_only_closes_the_screen() {
        let of = |share_access| Typed { share_access, ..Typed::default() };
        let (anyone, invited) = (of(ShareAccess::Anyone), of(ShareAccess::InviteOnly));
        assert!(invited.closes_screen(&anyone));
        assert!(!invited.closes_screen(&invited), "it was so before");
        assert!(!of(ShareAccess::Moderated).closes_screen(&anyone));
    }

    #[test]
    fn b1_everything_that_is_wrong_is_named_before_anything_is_sent() {
        let named = |title: &str, priority: &str, max: &str| {
            let mine = Typed { max_participants: max.into(), ..typed(title, priority) };
            let failure = mine.create(cynic::Id::new("1")).unwrap_err();
            let named = failure.problems().iter().map(|problem| (problem.field.clone(), problem.code));
            named.collect::<Vec<_>>()
        };
        let found = |field: &str, code| (field.to_owned(), code);
        let max = found("maxParticipants", ProblemCode::OutOfRange);
        assert_eq!(named("a", "", "many"), [found("priority", ProblemCode::Required), max.clone()]);
        let all = [found("title", ProblemCode::Required), found("priority", ProblemCode::OutOfRange), max.clone()];
        assert_eq!(named(" ", "1.5", "51"), all);
        assert_eq!(named("a", "0", "51"), [max]);
    }
}
